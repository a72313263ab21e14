using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Ncci;

/// <summary>A vaccine is never given with 96372. No pair edit says so: the substance decides.</summary>
internal sealed class VaccineWithInjectionCode : Edit
{
    static readonly CodeGroups Administrations = Group.VaccineAdministration | Group.MedicareVaccineAdministration;

    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0101", Name = "vaccine-with-injection-code", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-13"),
        Message = "{0} does not report giving the vaccine {1}: vaccines have administration codes of their own",
        Rules = "INJ-003 C-01 C-03",
        Fix = Remedy.Chart("Use 90460, 90471, 90473 or 90480, or for Medicare G0008, G0009 or G0010, on line {line}"),
        Predicts = [new("CO-16", "N56", "N657")], Explains = "NCC0105",
    };

    public override CodeGroups All => Group.VaccineProduct | Group.Injection;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Injection))
        {
            if (claim.FirstWith(Group.VaccineProduct, line) is not (>= 0 and var product)
                || claim.FirstWith(Administrations, line) >= 0)
                continue;
            if (!claim.IsFirstOfItsCode(line) || HasOwnDrug(claim, line)) continue;
            Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, product), other: product,
                first: Supply(claim, line, Field.Code));
        }
    }

    /// <summary>
    /// With a drug for every injection the vaccine's administration is what is missing, and another edit says that.
    /// </summary>
    static bool HasOwnDrug(BoundClaim claim, int line)
    {
        var (drugs, injections) = (0L, claim.UnitsOf(claim.CodeOf(line), claim.Day(line)));
        foreach (var drug in claim.LinesIn(Group.DrugCode))
            if (claim.Day(drug) == claim.Day(line) && claim.IsFirstOfItsCode(drug)) drugs++;
        return injections.CompareTo(Values.Quantity.Of(drugs)) <= 0;
    }
}
