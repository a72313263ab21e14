using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// What a plain fluid or a flush was for: only a fluid that treats the patient is hydration (INJ-055, INJ-059; NCCI
/// manual XI-B-4 to XI-B-6).
/// </summary>
internal static class Fluids
{
    /// <summary>
    /// False when the fluid is held: it ran with blood, or what it was for is charted in words that are not understood.
    /// </summary>
    public static bool IsBillable(Case visit, Given given)
    {
        if (given.Class != DrugClass.Hydration) return true;
        if (IsForBlood(visit, given)) return Hold(visit, given, CodingFindings.FluidWithBlood);
        var isUnderstood = !visit.Encounter.Unread.Contains(given.At(Field.Purpose));
        return isUnderstood || Hold(visit, given, CodingFindings.FluidNotUnderstood);
    }

    /// <summary>By its charted purpose, or by the words of its indication.</summary>
    static bool IsForBlood(Case visit, Given given) =>
        given.Charted.Purpose == Purpose.Transfusion
        || BodySite.HasTerm(visit.Book, "indication", "transfusion", given.Indication);

    static bool Hold(Case visit, Given given, FindingInfo info)
    {
        given.BillsDrug = given.BillsAdministration = false;
        visit.Say(info, given.At(Field.Purpose), Case.Name(given));
        return false;
    }

    /// <summary>
    /// Beside chemotherapy or a transfusion a fluid counts only for a need of its own: a diagnosis other than cancer,
    /// or a charted indication.
    /// </summary>
    public static bool HasOwnNeed(Case visit, Run fluid, List<Run> runs)
    {
        var beside = runs.Exists(static r => r.Kind == Run.Sort.Chemo) || visit.Drafts.Exists(IsTransfusion);
        if (!beside || fluid.Givens.Exists(g => HasNeed(visit, g))) return true;
        foreach (var given in fluid.Givens) Hold(visit, given, CodingFindings.FluidNeedNotCharted);
        return false;
    }

    static bool IsTransfusion(Draft draft) => draft.Code == Known.Transfusion;

    static bool HasNeed(Case visit, Given given) =>
        given.Charted.IndicationCharted || given.Charted.Diagnoses.Exists(d => !visit.IsNeoplasm(d));

    /// <summary>What people call an implanted port in a charted site.</summary>
    static readonly string[] Ports = ["port", "portacath", "mediport", "infusaport", "powerport"];

    /// <summary>
    /// A flush that is all that was done: 96523 for an implanted port; for any other line it is asked.
    /// </summary>
    /// <returns>True when it was a flush alone, so that nothing else is to be decided.</returns>
    public static bool TakeFlushAlone(Case visit, Given given)
    {
        var all = visit.Encounter;
        if (given.Charted.Purpose != Purpose.Flush || all.Visits.Count > 0 || all.Procedures.Count > 0) return false;
        if (given.Charted.Route == Route.IvInfusion || !all.Administrations.TrueForAll(IsFlush)) return false;
        given.BillsDrug = given.BillsAdministration = false;
        var where = $" {DrugName.Fold($"{given.Charted.Site} {given.Charted.Target}")} ";
        if (!Array.Exists(Ports, port => where.Contains($" {port} ", StringComparison.Ordinal)))
        {
            visit.Say(CodingFindings.FlushAlone, given.At(Field.Site), Case.Name(given));
            return true;
        }
        if (visit.Drafts.Find(static d => d.Code == Known.PortFlush) is { } line) line.Givens.Add(given);
        else
        {
            var flush = visit.Bill(given, Known.PortFlush);
            visit.Ask(flush, Questions.FlushAlone, Answer.Yes, given.At(Field.Site), Case.Name(given));
        }
        return true;
    }

    static bool IsFlush(Administration given) => given.Purpose == Purpose.Flush && given.Given != false;
}
