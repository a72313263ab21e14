using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// One initial infusion or push for each access and encounter; the others are sequential, concurrent or additional.
/// </summary>
internal sealed class SecondInitialInfusion : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0108", Name = "second-initial-infusion", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-2, §B-3"),
        Message = "{0} is a second initial service beside {1}; Medicare allows one a day "
            + "unless a second access or encounter was needed",
        Rules = "INJ-050 INJ-051 INJ-052",
        Fix = Remedy.Chart("Use the sequential or additional code; or add 59, XE or XS to line "
            + "{line} if the chart shows a second access or encounter"),
        Predicts = [new("CO-236"), new("CO-97")], Explains = "NCC0003",
    };

    public override CodeGroups All => Group.InitialInfusion;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var two in claim.LinesIn(Group.InitialInfusion))
            foreach (var one in claim.LinesIn(Group.InitialInfusion))
                if (one != two && claim.Day(one) == claim.Day(two) && claim.ModifiersOf(two).Distinct.IsNone
                    && claim.ModifiersOf(one).Distinct.IsNone && ComesBefore(claim, one, two))
                {
                    Report(claim, findings, Info, two, Field.Code, CodeAt(claim, two), CodeAt(claim, one), other: one,
                        first: Supply(claim, two, Field.Modifiers));
                    break;
                }
    }

    /// <summary>Column one of the pair leads; of two lines of one code, either.</summary>
    static bool ComesBefore(BoundClaim claim, int one, int two)
    {
        if (claim.CodeOf(one) == claim.CodeOf(two)) return claim.Compare(one, two) < 0;
        var table = claim.IsFacilityClaim ? claim.Book.HospitalPairs : claim.Book.PractitionerPairs;
        return table.TryFind(claim.At(one).Id, claim.At(two).Id, claim.Day(one).DayNumber, out _);
    }
}
