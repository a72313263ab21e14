using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>
/// What was given and is on no line: a reason closes the question, or a warning or error names it, or it is said here.
/// So no drug is lost in silence.
/// </summary>
internal static class Unbilled
{
    /// <summary>Findings that say all there is to say: nothing is owed for it on this claim.</summary>
    static readonly FindingInfo[] Closed =
    [
        CodingFindings.NotGiven,
        CodingFindings.SelfGiven,
        CodingFindings.Integral,
        CodingFindings.Anesthetic,
        CodingFindings.InsideVisitRate,
        CodingFindings.PushNotAgain,
        CodingFindings.TooShortAgain,
        CodingFindings.PartOfOperation,
        CodingFindings.PartOfTest,
        CodingFindings.LineCare,
        CodingFindings.DrugKeepsLine,
    ];

    /// <summary>Findings of one place that are for several administrations.</summary>
    static readonly FindingInfo[] ForSeveral =
    [
        CodingFindings.NotSupervised, CodingFindings.PairNotAllowed, CodingFindings.MusclesNotCharted,
        CodingFindings.LesionsNotCharted,
    ];

    public static void Say(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            if (visit.Drafts.Exists(d => !d.LeftOff && d.Givens.Contains(given)) || IsSaid(visit, given)) continue;
            visit.Say(CodingFindings.NothingBilled, given.At(Field.None), Case.Name(given));
        }
    }

    static bool IsSaid(Case visit, Given given)
    {
        foreach (ref readonly var finding in visit.Findings.Span)
        {
            if (Array.IndexOf(ForSeveral, finding.Info) >= 0) return true;
            if (finding.Place.Part != Part.Administration || finding.Place.Ordinal != given.Ordinal) continue;
            if (finding.Info.Severity != Severity.Info || Array.IndexOf(Closed, finding.Info) >= 0) return true;
        }
        return false;
    }
}
