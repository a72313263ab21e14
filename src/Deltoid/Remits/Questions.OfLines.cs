using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Questions about the line beside the other lines of the claim, and about what the record says of it.
/// </summary>
internal static partial class Questions
{
    static Row[] OfLines =>
    [
        new("beside", static (at, args) => at.Of.Claim is null ? Truth.Unknown : Truths.Of(Beside(at, args).Any())),
        new("visit-modifier", static (at, args) => at.Of.Claim is not { } claim
            ? Truth.Unknown
            : Truths.Of(Beside(at, ["visit"]).Any(i =>
                Array.Exists(args, a => claim.Lines[i].Modifiers.Has(Modifier.Of(a)))))),
        new("visit-note", VisitNote, "separate-visit-note"),
        new("note-code", static (at, args) => Facts.First(at, "separate-visit-note")?["code"] is not { } code
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, code.Text == at.Code.ToString() ? "same" : "other") >= 0),
            "separate-visit-note"),
        new("ticket-differs", static (at, _) => TicketOf(at) is { } ticket
            ? Truths.Of((ticket["code"] is { } code && code.Text != at.Code.ToString())
                || (ticket["units"] is { } units && units.Number != at.Units?.Value)
                || (ticket["modifiers"] is { } marks && (marks.All.Length != at.Modifiers.Count
                    || !Array.TrueForAll(marks.All, m => at.Modifiers.Has(Modifier.Of(m))))))
            : Truth.Unknown, "charge-ticket"),
        new("policy-code", static (at, args) => PolicyCode(at) is not { } code
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, code == at.Code ? "same" : "other") >= 0), "payer-policy"),
        new("diagnosis-better", static (at, _) => at.Of.Claim is null || !Facts.Speaks(at, "diagnosis-documented")
            ? Truth.Unknown
            : Truths.Of(BetterDiagnoses(at).Any()), "diagnosis-documented"),
    ];

    /// <summary>The other lines of the claim that are of one of these kinds, by their indexes.</summary>
    public static IEnumerable<int> Beside(Situation at, string[] kinds)
    {
        for (var i = 0; at.Of.Claim is { } claim && i < claim.Lines.Length; i++)
            if (i != at.Sent && at.Book.TryCode(claim.Lines[i].Code, at.Day, out var row)
                && Kinds.Any(k => Array.IndexOf(kinds, k.Name) >= 0 && row.Groups.HasAny(k.Any)))
                yield return i;
    }

    /// <summary>A visit of the claim has a note of its own.</summary>
    static Truth VisitNote(Situation at, string[] args)
    {
        var (truth, isSaid) = (Truth.No, false);
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "separate-visit-note"
                && Beside(at, ["visit"]).Any(i => fact.Covers(at.Of.Claim!.Lines[i].Number)))
                (truth, isSaid) = (truth.Or(Truths.Of(fact.Is)), true);
        return isSaid ? truth : Truth.Unknown;
    }

    /// <summary>What the practice's own ticket says of the line.</summary>
    public static RecordFact? TicketOf(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "charge-ticket" && fact.Is && fact["line"]!.Number == at.LineNumber) return fact;
        return null;
    }

    /// <summary>The code under which the payer's policy wants the drug given; null where it names none.</summary>
    public static Code? PolicyCode(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "payer-policy" && fact.Is && fact.Covers(at.LineNumber)
                && fact["topic"]?.Text == "administration-class" && fact["says"]?.Text is { Length: 5 } says
                && Code.TryParse(says, out var code))
                return code;
        return null;
    }

    /// <summary>
    /// Diagnoses that the record documents by the day of service and the line does not point to. The chart's list is of
    /// the whole visit, so it counts only where the claim has not got them at all.
    /// </summary>
    public static IEnumerable<Code> BetterDiagnoses(Situation at)
    {
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "diagnosis-documented" || !fact.Is || !fact.Covers(at.LineNumber)) continue;
            if (fact["on"] is { } on && on.Day > at.Day) continue; // it was not known when the drug was given
            foreach (var text in fact["codes"]?.All ?? [])
                if (Code.TryParse(text, out var code) && !HasDiagnosis(at, code, onLine: !fact.IsCharted))
                    yield return code;
        }
    }

    static bool HasDiagnosis(Situation at, Code diagnosis, bool onLine)
    {
        var place = at.Of.Claim is { } claim ? claim.PositionOf(diagnosis) : 0;
        return place > 0 && (!onLine || at.Sent < 0 || at.Of.Claim!.Lines[at.Sent].Pointers.Has(place));
    }
}
