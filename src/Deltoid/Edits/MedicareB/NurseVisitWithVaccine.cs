using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// The manual counts a nurse visit into giving a vaccine, even where the pair tables let modifier 25 pass.
/// </summary>
internal sealed class NurseVisitWithVaccine : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0108", Name = "nurse-visit-with-vaccine", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-15"),
        Message = "{0} beside {1}: the manual does not pay a nurse visit for giving a "
            + "vaccine, although the pair table has no bar to it",
        Rules = "INJ-071 INJ-079", Fix = Remedy.Chart("Keep line {line} only if the chart shows a separate service"),
        Predicts = [new("CO-97", "M15")],
    };

    public override CodeGroups All => Group.NurseVisit;

    public override CodeGroups Any => Group.VaccineAdministration | Group.MedicareVaccineAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        foreach (var visit in claim.LinesIn(Group.NurseVisit))
            if (claim.FirstWith(Any, visit) is >= 0 and var vaccine
                && (claim.ModifiersOf(visit).Has(Modifier.M25) || !HasPair(claim, vaccine, visit)))
                Report(claim, findings, Info, visit, Field.Code, CodeAt(claim, visit), CodeAt(claim, vaccine),
                    other: vaccine);
    }

    static bool HasPair(BoundClaim claim, int one, int two) =>
        claim.Book.PractitionerPairs.TryFind(claim.At(one).Id, claim.At(two).Id, claim.Day(one).DayNumber, out _);
}
