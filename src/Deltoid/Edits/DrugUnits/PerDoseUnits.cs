using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A code counted by the dose takes one unit for each administration, however much was given.</summary>
internal sealed class PerDoseUnits : Edit
{
    static readonly CodeGroups Administrations = Group.DrugAdministration | Group.JointInjection | Group.EyeInjection
        | Group.ImplantInsertion | Group.TendonInjection | Group.VaccineAdministration
        | Group.MedicareVaccineAdministration;

    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0140", Name = "per-dose-units", Severity = Severity.Warning, Outcome = Outcome.Overpayment,
        Citation = Cited.Ncci("ch. XII §D-9"),
        Message = "{1} units of {0} are billed; the code takes one unit for each administration, and the day has {2}",
        Rules = "INJ-092", Fix = Remedy.Chart("Bill one unit for each administration"),
        Predicts = [new("CO-151", "N362")],
    };

    public override CodeGroups All => Group.PerDoseDrug;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.PerDoseDrug))
        {
            if (!claim.IsFirstOfItsCode(i) || claim.Is(i, Group.UnclassifiedDrug)) continue;
            var (units, given) = (claim.UnitsOf(claim.CodeOf(i), claim.Day(i)), Quantity.Zero);
            foreach (var line in claim.LinesIn(Administrations))
                if (claim.Day(line) == claim.Day(i))
                    given += claim.ModifiersOf(line).Has(Modifier.M50)
                        ? claim.Line(line).Units + claim.Line(line).Units
                        : claim.Line(line).Units;
            if (units > Quantity.One && units > given && given > Quantity.Zero)
                Report(claim, findings, Info, i, Field.Units, CodeAt(claim, i), Arg.Of(units), Arg.Of(given),
                    first: Supply(claim, i, Field.Units));
        }
    }
}
