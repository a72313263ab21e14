using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// An immune globulin is a drug, not a vaccine: it is given with 96372 (into a vein: 96365 or 96374).
/// </summary>
internal sealed class ImmuneGlobulinWithVaccineCode : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0106", Name = "immune-globulin-with-vaccine-code", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Cpt("immune globulins"),
        Message = "{0} is billed for giving {1}, an immune globulin: that is 96372, not a vaccine code",
        Rules = "INJ-033", Fix = Remedy.Chart("Use 96372 on line {line}"), Predicts = [new("CO-16", "N56")],
        Explains = "NCC0104",
    };

    public override CodeGroups All => Group.ImmuneGlobulinProduct;

    public override CodeGroups Any => Group.VaccineAdministration | Group.MedicareVaccineAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var product in claim.LinesIn(Group.ImmuneGlobulinProduct))
            if (claim.FirstWith(Group.VaccineProduct, product) < 0
                && claim.FirstWith(Group.DrugAdministration, product) < 0
                && claim.FirstWith(Any, product) is >= 0 and var line)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, product),
                    other: product, first: Replace(claim, line, Field.Code, Arg.Of(Values.Code.Of("96372"))));
    }
}
