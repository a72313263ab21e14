using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Traces;

namespace Deltoid.Web;

/// <summary>What the engine answers to a situation: lines, prices, the way there, and what it has to ask.</summary>
static class AskAnswer
{
    const int MostQuestions = 3;

    /// <summary>A fact that the form can hold: the field that asks for it, and the question.</summary>
    static readonly (Field Field, string Input, string Question, Func<AskForm, string> Known)[] Askable =
    [
        (Field.PayerKind, "Payer", "Who pays?", static f => f.Payer),
        (Field.Drug, "Drug", "Which drug is it?", static f => f.Drug),
        (Field.Dose, "Dose", "How much was given, with its unit?", static f => f.Dose),
        (Field.Route, "Route", "How was it given?", static f => f.Route),
        (Field.PlaceOfService, "Place", "Where was it given?", static f => f.Place),
        (Field.SeparateNote, "Note", "Does the visit have a note of its own?", static f => f.Note),
        (Field.Diagnoses, "Diagnosis", "For which diagnosis?", static f => f.Diagnosis),
        (Field.Container, "Container", "Single-dose vial, multi-dose vial or prefilled syringe?",
            static f => f.Container),
        (Field.ContainerAmount, "Holds", "How much does the container hold?", static f => f.Holds),
        (Field.Discarded, "Discarded", "How much was thrown away?", static f => f.Discarded),
        (Field.Source, "Source", "Who bought the drug?", static f => f.Source),
        (Field.ProviderSupervision, "Supervision", "Where was the supervising practitioner?",
            static f => f.Supervision),
        (Field.ProviderRole, "Role", "Who gave it?", static f => f.Role),
        (Field.PatientEstablished, "Established", "Was the patient seen here within three years?",
            static f => f.Established),
        (Field.Site, "Site", "At which site?", static f => f.Site),
    ];

    /// <summary>At most three: what may cost most first. Each leads to the field that answers it.</summary>
    public static List<(string Input, string Question)> Questions(CodedVisit visit, AskForm form)
    {
        var open = new List<(string, string)>();
        foreach (var finding in visit.Findings.Span.ToArray().Where(static f => f.Severity != Severity.Info)
            .OrderByDescending(static f => f.Severity))
            if (AskableOf(finding) is { } row && string.IsNullOrWhiteSpace(row.Known(form))
                && !open.Contains((row.Input, row.Question)))
                open.Add((row.Input, row.Question));
        return open.Take(MostQuestions).ToList();
    }

    static (Field Field, string Input, string Question, Func<AskForm, string> Known)? AskableOf(in Finding finding)
    {
        foreach (var row in Askable)
            if (row.Field == finding.Place.ChartField || row.Field == finding.Place.ClaimField) return row;
        return null;
    }

    /// <summary>What is wrong or uncertain, without what is only asked for and what only the chart can say.</summary>
    public static List<Finding> Problems(CodedVisit visit, AskForm form) =>
    [
        .. visit.Findings.Span.ToArray().Where(f => f.Severity != Severity.Info && f.Under == 0
            && !IsOfChart(f) && !(AskableOf(f) is { } row && string.IsNullOrWhiteSpace(row.Known(form))))
            .OrderByDescending(static f => f.Severity),
    ];

    /// <summary>What charting asks for and a question before it cannot know: order, lot, consent …</summary>
    public static List<Finding> ChartingAsks(CodedVisit visit) =>
        [.. visit.Findings.Span.ToArray().Where(static f => f.Severity != Severity.Info && IsOfChart(f))];

    static bool IsOfChart(in Finding finding) => finding.Place.ChartField is Field.Order or Field.Lot or Field.Expires
        or Field.Ndc or Field.Needle or Field.Observed or Field.Response or Field.Instructions or Field.Consent
        or Field.Indication or Field.WhyNotOral or Field.Witness or Field.Checked or Field.Performer
        or Field.PatientBirthDate or Field.PatientSex or Field.LastGiven || finding.Place.ClaimField is Field.Ndc;

    /// <summary>What was left off the claim on purpose.</summary>
    public static List<Finding> LeftOff(CodedVisit visit) =>
        [.. visit.Findings.Span.ToArray().Where(static f => f.Severity == Severity.Info
            && CodingFindings.All.Contains(f.Info))];

    /// <summary>The way the decision was reached; what was answered with no is off the way.</summary>
    public static IEnumerable<(string Asked, string Answer, string Fact, string Cited, string? Url, bool IsTaken)>
        Path(CodedVisit visit)
    {
        Func<Arg, string> names = visit.Book.NameOf;
        foreach (var step in visit.Trace.Steps.ToArray())
            yield return (step.Question.Asked, Sentence.Answer(step, names), Sentence.Fact(step, names),
                Cites.Short(step.Question.Citation), Cites.Url(step.Question.Citation),
                step.Answer is Answer.Yes or Answer.Value);
    }
}
