using System.Globalization;
using System.Text;
using Deltoid.Charting;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// The questions of <c>deltoid new</c>, one after the other, on standard error. An empty answer leaves the field out;
/// only the date has a default, which is shown.
/// </summary>
/// <param name="answers">Lines of the person who answers.</param>
sealed class NewQuestions(Terminal terminal, VisitDraft draft, TextReader answers)
{
    /// <summary>So many choices are offered, of so many hits.</summary>
    const int MostChoices = 8, MostHits = 40;

    bool isEnded;

    /// <summary>What every visit is asked before its drugs.</summary>
    static readonly (string Option, string Question)[] Head =
    [
        ("--payer", "Who pays"),
        ("--state", "In which state"),
        ("--locality", "Medicare locality or its city, for prices"),
        ("--place", "Place of service: 11 office, 12 home, 20 urgent care, 22 hospital clinic"),
        ("--birth-date", "The patient's birth date"),
        ("--sex", "The patient's sex"),
        ("--established", "Seen here within three years"),
        ("--supervision", "Supervision by the billing practitioner"),
        ("--role", "Who gave the injection"),
    ];

    /// <summary>What every drug is asked; the rest only when wanted.</summary>
    static readonly (string Option, string Question)[] OfDrug =
    [
        ("--dose", "Dose, with its unit"),
        ("--route", "Route"),
        ("--site", "Site, with its side"),
        ("--container", "Container"),
        ("--container-amount", "How much drug the container holds"),
        ("--discarded", "How much was thrown away; none if nothing was"),
        ("--ndc", "NDC on the label"),
    ];

    /// <summary>Asks all questions.</summary>
    /// <returns>False when the answers ended before the visit had what it needs.</returns>
    public bool Ask()
    {
        Say("Questions about one visit. An empty answer leaves a fact out: it "
            + "is not charted, and nothing is filled in.");
        AskDate();
        foreach (var (option, question) in Head) Ask(ChartField.Named(option), question);
        AskDiagnoses();
        AskVisit();
        do AskDrug(); while (!isEnded && Yes("Another drug?"));
        return draft.Missing().Count == 0;
    }

    void AskDate()
    {
        var (field, today) = (ChartField.Named("--date"), NewCommand.Today(terminal));
        while (!draft.Has(field) && !isEnded)
        {
            var answer = Answer($"Date of service [{today}]");
            if (!isEnded) Takes(field, answer.Length == 0 ? today : answer);
        }
    }

    /// <summary>Asks until the answer is understood or empty.</summary>
    void Ask(ChartField field, string question)
    {
        if (draft.Has(field)) return;
        var words = field.IsYesOrNo ? "yes, no" : string.Join(", ", field.Words);
        if (words.Length == 0 && field.Example.Length > 0) words = "such as " + field.Example;
        var asked = words.Length > 0 ? $"{question} ({words})" : question;
        while (Answer(asked) is { Length: > 0 } answer)
            if (Takes(field, answer)) return;
    }

    bool Takes(ChartField field, string answer)
    {
        var problem = field.Option switch
        {
            NewCommand.Locality => NewCommand.SetLocality(terminal, draft, answer),
            NewCommand.State => NewCommand.SetState(draft, answer),
            _ => draft.Set(field, answer),
        };
        if (problem is not { } fault) return true;
        Say(fault);
        return false;
    }

    /// <summary>Codes as they are, words looked up in the book; one at a time, until an empty answer.</summary>
    void AskDiagnoses()
    {
        var field = ChartField.Named("--dx");
        while (Answer("Diagnosis: a code, or words to look up (empty: no more)") is { Length: > 0 } answer)
        {
            var hits = DiagnosesFor(answer);
            var chosen = hits.Count == 1 ? hits[0] : Choose(hits, static h => $"{h.Code.ToDiagnosis()}  {h.Label}");
            if (chosen is not null) Say($"  {chosen.Code.ToDiagnosis()}  {chosen.Label}");
            if (chosen is not null) Takes(field, chosen.Code.ToDiagnosis());
            else if (hits.Count == 0) Takes(field, answer);
        }
    }

    /// <summary>The codes that words mean; of a code typed in full that code alone.</summary>
    List<CodeHit> DiagnosesFor(string answer)
    {
        var found = terminal.Book.Search.Find(answer, draft.Encounter.ServiceDate, MostHits);
        var hits = found.Where(static h => h.Kind == FindKind.Diagnosis && !h.IsHeader).Take(MostChoices).ToList();
        var code = answer.Replace(".", "", StringComparison.Ordinal);
        return hits.Find(h => h.Code.ToString().Equals(code, StringComparison.OrdinalIgnoreCase)) is { } exact
            ? [exact]
            : hits;
    }

    /// <summary>The one whose number is answered, or null.</summary>
    T? Choose<T>(List<T> choices, Func<T, string> words) where T : class
    {
        for (var i = 0; i < choices.Count; i++) Say($"  {i + 1}  {words(choices[i])}");
        if (choices.Count == 0) return null;
        var answer = Answer("Which one (number; empty: none)");
        var isNumber = int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= 1 && number <= choices.Count ? choices[number - 1] : null;
    }

    void AskVisit()
    {
        const string Question = "An office visit besides the injection: its code, such as 99213 (empty: none)";
        while (Answer(Question) is { Length: > 0 } answer)
        {
            if (!Takes(ChartField.Named("--visit"), answer)) continue;
            Ask(ChartField.Named("--separate-note"), "Does a note show work beyond the injection");
            return;
        }
    }

    void AskDrug()
    {
        draft.Begin(ChartPart.Administration);
        if (!AskName())
        {
            draft.Drop();
            return;
        }
        foreach (var (option, question) in OfDrug) Ask(ChartField.Named(option), question);
        SayLines();
        if (!Yes("Chart more: order, lot, needle, times, who gave the drug?")) return;
        foreach (var field in ChartField.All)
            if (field.Part == ChartPart.Administration) Ask(field, field.Says.TrimEnd('.'));
    }

    /// <summary>
    /// The drug as typed, or the one chosen of those with a name near it; shows its codes and containers.
    /// </summary>
    bool AskName()
    {
        var field = ChartField.Named("--drug");
        while (Answer("Drug, by any name") is { Length: > 0 } answer)
        {
            var known = terminal.Book.DrugNamed(answer);
            var drug = known ?? Suggested(answer);
            if (!Takes(field, known is null && drug is not null ? drug.Name : answer)) continue;
            if (drug is not null) Say($"  {drug.Name}: {CodesOf(drug)}");
            if (drug is not null && VialsOf(drug) is { Length: > 0 } vials)
                Say("  containers that the book knows: " + vials);
            return true;
        }
        return false;
    }

    /// <summary>Drugs whose names are near; when none is chosen, the name stays as it was typed.</summary>
    Drug? Suggested(string name)
    {
        var hits = terminal.Book.Search.Find(name, draft.Encounter.ServiceDate, MostHits);
        var near = hits.Where(static h => h.Drug is not null).Select(static h => h.Drug!).Distinct().Take(MostChoices)
            .ToList();
        if (near.Count == 0) Say("  this name is not in the code book: its line will be held until the code is known");
        return Choose(near, d => $"{d.Name}  {CodesOf(d)}");
    }

    string CodesOf(Drug drug)
    {
        var codes = new List<string>();
        foreach (var row in drug.Products)
        {
            var isNew = !codes.Contains(row.Hcpcs.ToString());
            if (isNew && terminal.Book.TryCode(row.Hcpcs, draft.Encounter.ServiceDate, out _))
                codes.Add(row.Hcpcs.ToString());
        }
        return codes.Count == 0 ? "no code of its own" : string.Join(" or ", codes);
    }

    static string VialsOf(Drug drug)
    {
        var vials = new List<string>();
        foreach (var vial in drug.Vials)
            if (vials.Count < MostChoices) vials.Add($"{Words.Containers[vial.Container]} {vial.Content} ({vial.Ndc})");
        return string.Join(", ", vials.Distinct());
    }

    /// <summary>What the visit comes to so far.</summary>
    void SayLines()
    {
        var visit = CodedVisit.Of(draft.Encounter, terminal.Book, new Scrubber());
        var lines = new List<string>();
        foreach (ref readonly var line in visit.Claim.Lines)
        {
            var text = line.Code.ToString();
            for (var i = 0; i < line.Modifiers.Count; i++) text += "-" + line.Modifiers[i];
            lines.Add($"{text} x{line.Units}");
        }
        Say(lines.Count == 0 ? "  so far there is nothing to bill" : "  so far: " + string.Join(", ", lines));
    }

    bool Yes(string question) => Answer(question + " [no]").StartsWith("y", StringComparison.OrdinalIgnoreCase);

    string Answer(string question)
    {
        if (isEnded) return "";
        terminal.Error.Write(question + ": ");
        terminal.Error.Flush();
        var answer = answers.ReadLine();
        isEnded = answer is null;
        return answer?.Trim() ?? "";
    }

    void Say(string text) => terminal.Error.WriteLine(text);
}
