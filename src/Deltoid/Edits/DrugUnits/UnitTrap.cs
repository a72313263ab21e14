using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>
/// Milligrams (or micrograms, or units of drug) entered as billing units: far too many as billed, plausible as a dose.
/// Where the charted dose makes those units, they were counted.
/// </summary>
internal sealed class UnitTrap : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0111", Name = "unit-trap", Severity = Severity.Error, Outcome = Outcome.Overpayment,
        Citation = Cited.Claims("ch. 17, §10"),
        Message = "{1} units of {0} are {2} of drug; if {1} is the dose from the label, the units are {3}",
        Rules = "INJ-092 INJ-113", Fix = Remedy.Chart("Count the units again from the charted dose"),
        Predicts = [new("CO-16", "M53"), new("CO-151", "N362")], Explains = "NCC0012",
    };

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (!claim.IsFirstOfItsCode(i)
                || !claim.Book.TryUnitLimit(claim.At(i).Id, claim.Day(i), claim.IsFacilityClaim, out var limit)
                || limit.Limit == 0)
                continue;
            if (!claim.Book.TryUnit(claim.CodeOf(i), claim.Day(i), out var unit) || unit.IsPerDose
                || unit.Unit.Value <= 1)
                continue;
            var billed = claim.UnitsOf(claim.CodeOf(i), claim.Day(i));
            if (!(billed > Quantity.Of(limit.Limit)) || billed.Value < unit.Unit.Value || billed.Value > 1_000_000m)
                continue; // a dose is at least one unit
            if (UnitsDisagreeWithDose.Charted(claim, i) is { } charted
                && (charted == billed || charted == claim.Line(i).Units) && !IsDose(claim, billed))
                continue; // the chart has another number: nobody wrote a dose as units
            var meant = (Ratio.Of(billed.Value) / Ratio.Of(unit.Unit.Value)).Ceiling;
            if (meant > limit.Limit) continue;
            Report(claim, findings, Info, i, Field.Units, CodeAt(claim, i), Arg.Of(billed),
                Arg.Of(new Amount(billed.Value * unit.Unit.Value, unit.Unit.Unit)), Arg.Count(meant),
                first: Supply(claim, i, Field.Units));
        }
    }

    /// <summary>A charted dose is this number: 1000 mg where 1000 mcg is the unit.</summary>
    static bool IsDose(BoundClaim claim, Quantity billed)
    {
        foreach (var given in claim.Encounter!.Administrations)
            if (given.DoseCharted && given.Dose.Value == billed.Value) return true;
        return false;
    }
}
