using System.Text;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Whether a diagnosis is complete and in force on the day, and what the book says of it with a
/// drug.</summary>
internal static class DiagnosisAnswer
{
    const int Shown = 6, MostCodes = 4;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Diagnoses.Count is 0 or > MostCodes || asked.Book.Diagnoses(asked.Day) is not { } table) return null;
        foreach (var code in asked.Diagnoses) Say(asked, table, code, draft);
        foreach (var drug in DrugsOf(asked)) SaySupport(asked, drug, draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return draft.IsEmpty ? null : ReplyKind.Answer;
    }

    /// <summary>The drugs of the question, or the one that a drug's code of it is billed for.</summary>
    static List<Drug> DrugsOf(Inquiry asked)
    {
        var drugs = new List<Drug>(asked.Drugs);
        if (drugs.Count == 0)
            foreach (var code in asked.Codes)
                if (asked.Book.DrugsBilledAs(code) is [var only]) drugs.Add(asked.Book.Drugs[only]);
        return drugs;
    }

    static void Say(Inquiry asked, DiagnosisTable table, Code code, ReplyDraft draft)
    {
        var (text, label) = (code.ToDiagnosis(), table.Label(code));
        draft.State(text, "diagnosis", label, table.Dates, table.Source).Reckoned("day", "of service", asked.Day.Iso())
            .CiteRule("INJ-200");
        switch (table.Standing(code))
        {
            case DiagnosisStanding.Valid when asked.Drugs.Count == 0 || asked.Has("valid-word"):
                draft.Say($"{(asked.Has("valid-word") ? "Yes: " : "")}{text} ({label}) is a complete, billable code on {asked.Day.Iso()}");
                break;
            case DiagnosisStanding.Header:
                var under = table.Under(code).Where(each => table.Standing(each) == DiagnosisStanding.Valid)
                    .Take(Shown).ToList();
                foreach (var each in under) draft.State(each.ToDiagnosis(), "diagnosis", table.Label(each),
                    table.Dates, table.Source);
                draft.Say($"No: {text} ({label}) is a header and not billable on {asked.Day.Iso()}: more characters are needed, such as "
                    + $"{string.Join(", ", under.Select(static each => each.ToDiagnosis()))}. The record decides which");
                SayByName(asked, table, code, draft);
                break;
            case DiagnosisStanding.Invalid:
                draft.FromQuestion("diagnosis", text);
                draft.Say($"No: {text} is no diagnosis code on {asked.Day.Iso()}");
                break;
        }
    }

    /// <summary>Codes elsewhere in the list that are called as the question says: what was of a header may have moved
    /// out of it.</summary>
    static void SayByName(Inquiry asked, DiagnosisTable table, Code header, ReplyDraft draft)
    {
        var words = $"{asked.Text} . {FindWords.Joined(table.Label(header))}".Split(' ');
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (!IsName(words[i]) || !IsName(words[i + 1])) continue;
            var found = Called(table, header, $"{words[i]} {words[i + 1][..ShortestName]}");
            if (found.Count is 0 or > Shown) continue;
            foreach (var each in found) draft.State(each.ToDiagnosis(), "diagnosis", table.Label(each), table.Dates,
                table.Source);
            draft.Say($"Under {words[i]} {words[i + 1]} the list of the day has: "
                + string.Join("; ", found.ConvertAll(each => $"{each.ToDiagnosis()} ({table.Label(each)})")));
            return;
        }
    }

    const int ShortestName = 5;

    static bool IsName(string word) => word.Length >= ShortestName && word.All(char.IsAsciiLetterLower);

    /// <summary>The valid codes that are not under the header and whose label has the beginning of a name, its first
    /// letter large or small: fascia, fascial and fasciitis are one.</summary>
    static List<Code> Called(DiagnosisTable table, Code header, string name)
    {
        var (found, tail) = (new List<Code>(), Encoding.UTF8.GetBytes(name[1..]));
        for (var i = 0; i < table.Count; i++)
            if (table.Utf8LabelAt(i).IndexOf(tail) >= 0 && table[i].Code is var code
                && !code.ToString().StartsWith(header.ToString(), StringComparison.Ordinal)
                && table.Standing(code) == DiagnosisStanding.Valid)
                found.Add(code);
        return found;
    }

    static void SaySupport(Inquiry asked, Drug drug, ReplyDraft draft)
    {
        var (isKnown, policies) = (false, new List<PolicyRow>());
        foreach (var policy in drug.Policies)
            if (policy.Dates.Contains(asked.Day)) policies.Add(policy);
        foreach (var code in asked.Diagnoses)
            foreach (var policy in policies)
            {
                if (!Digits(code.ToDiagnosis())
                    .StartsWith(Digits(policy.Diagnosis), StringComparison.Ordinal)) continue;
                isKnown = true;
                draft.State(code.ToDiagnosis(), drug.Name, policy.Supports ? "supports it"
                    : "does not support it alone", policy.Dates, policy.Source);
                draft.Say(policy.Supports
                    ? $"{code.ToDiagnosis()} is a diagnosis that supports {drug.Name}, when it is the patient's and the record shows it"
                    : $"No: {code.ToDiagnosis()} alone does not support {drug.Name}");
            }
        draft.CiteRule("INJ-205");
        if (isKnown || asked.Diagnoses.Count == 0) return;
        draft.Say($"This code book has no row that says whether it supports {drug.Name}: see the payer's policy")
            .Ask("payer");
    }

    static string Digits(string code) => code.Replace(".", "", StringComparison.Ordinal);

    /// <summary>Which diagnoses support a drug, by the rows of the book: for reading, never for choosing one.</summary>
    public static ReplyKind? Support(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Diagnoses.Count > 0) return Answer(asked, row, draft);
        if (asked.Drugs.Count != 1) return null;
        var (yes, no) = (new List<string>(), new List<string>());
        foreach (var policy in asked.Drugs[0].Policies)
        {
            if (!policy.Dates.Contains(asked.Day)) continue;
            (policy.Supports ? yes : no).Add(policy.Diagnosis);
            draft.State(asked.Drugs[0].Name, policy.Supports ? "supported by"
                : "not supported by", policy.Diagnosis, policy.Dates, policy.Source);
        }
        if (yes.Count == 0) return null;
        draft.Say($"Diagnoses and categories that support {asked.Drugs[0].Name} in this code book: {string.Join(", ", yes.Distinct())}");
        if (no.Count > 0) draft.Say($"Not enough alone: {string.Join(", ", no.Distinct())}");
        draft.Say("The record decides which one is the patient's; the list is not for choosing").SayRule("INJ-205")
            .Ask("payer");
        if (asked.Has("code-asked")) DrugAnswer.Answer(asked, row with { Rules = [] }, draft);
        return ReplyKind.Answer;
    }
}
