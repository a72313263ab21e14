using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>The pages of a diagnosis, of a package, and of a code with its modifiers.</summary>
static class ItemSheets
{
    /// <summary>Null when the table of the day does not have the code.</summary>
    public static FactSheet? OfDiagnosis(Code code, CodeBook book, DateOnly day)
    {
        if (book.Diagnoses(day) is not { } table) return null;
        if (table.Label(code) is not { Length: > 0 } label) return null;
        var sheet = new FactSheet("diagnosis", code.ToDiagnosis(), label);
        var isHeader = table.Standing(code) == DiagnosisStanding.Header;
        sheet.Add("ICD-10-CM",
            $"{(isHeader ? "a header: more characters are needed" : "billable")} in the edition {table.Dates}");
        if (isHeader)
            sheet.Add("such as",
                string.Join(", ",
                    table.Under(code).Take(Shown).Select(each => $"{each.ToDiagnosis()} {table.Label(each)}")));
        var drugs = (Yes: new List<string>(), No: new List<string>());
        foreach (var drug in book.Drugs)
            foreach (var row in drug.Policies)
                if (row.Dates.Contains(day) && code.ToDiagnosis().StartsWith(row.Diagnosis, StringComparison.Ordinal))
                    (row.Supports ? drugs.Yes : drugs.No).Add(drug.Name);
        sheet.Add("supports", Several(drugs.Yes));
        sheet.Add("not alone", Several(drugs.No));
        RuleSheet.AddNaming(sheet, code.ToDiagnosis());
        return sheet;
    }

    const int Shown = 6;

    static string Several(List<string> names) =>
        names.Count <= Shown * 2
            ? string.Join(", ", names.Distinct())
            : $"{string.Join(", ", names.Take(Shown * 2))} and {names.Count - Shown * 2} more";

    /// <summary>A package by its number in any layout; null when the text is no NDC.</summary>
    public static FactSheet? OfNdc(string text, CodeBook book, DateOnly day)
    {
        if (text.Count(char.IsAsciiDigit) < 9 || text.Any(static c => c != '-' && !char.IsAsciiDigit(c))) return null;
        if (!Ndc.TryParse(text, out var ndc, out var fault))
            return fault == NdcFault.AmbiguousTenDigits ? Ambiguous(text) : null;
        var sheet = new FactSheet("ndc", ndc.ToString(),
            book.TryContainer(ndc, out var drug, out var vial) ? book.Drugs[drug].Name : "");
        sheet.Add("on a claim", $"{ndc.AsBilled} (written as {ndc.Layout})");
        if (!vial.Content.IsNone) sheet.Add("holds", vial.Content.ToString());
        if (vial.Container != ContainerKind.None) sheet.Add("container", Words.Containers[vial.Container]);
        foreach (var hit in book.Search.Find(ndc.AsBilled.ToString(), day, Shown))
            if (hit.Kind == FindKind.Package && !hit.Code.IsNone) sheet.Add("billed as", $"{hit.Code} {hit.Label}");
        if (drug < 0 || sheet.Title.Length == 0) sheet.Add("", "this code book does not know the package");
        RuleSheet.AddRule(sheet, "INJ-120");
        return sheet;
    }

    static FactSheet Ambiguous(string ten)
    {
        var sheet = new FactSheet("ndc", ten, "ten digits without hyphens can be read three ways");
        sheet.Add("4-4-2", $"0{ten}");
        sheet.Add("5-3-2", $"{ten[..5]}0{ten[5..]}");
        sheet.Add("5-4-1", $"{ten[..9]}0{ten[9..]}");
        RuleSheet.AddRule(sheet, "INJ-120");
        return sheet;
    }

    /// <summary>What the edits say of a code with these modifiers (<c>25</c>, <c>JW-76</c>), alone on a line.</summary>
    public static FactSheet OfLine(Code code, string modifiers, CodeBook book, DateOnly day)
    {
        var (claim, findings) = (new Claim(), new FindingList());
        ClaimNotation.Read($"payer commercial dos {day.Iso()} pos 11 setting professional\n1 {code}-{modifiers} x1",
            claim);
        new Scrubber()
            .Check(claim, book, PayerProfile.For(book.PayerSettings, PayerKind.Commercial, day), null, null, findings);
        var sheet = new FactSheet("line", $"{code}-{modifiers}", BookWords.Label(book, code));
        var isRight = true;
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Place.ClaimField != Field.Modifiers) continue;
            isRight = false;
            sheet.Add("not right", $"{Sentence.Of(finding, claim, ResultJson.NamesOf(book))} [{finding.Info.Id}]");
        }
        if (isRight) sheet.Add("modifier", $"{modifiers} may be on {code} when it is true and charted");
        return sheet;
    }
}
