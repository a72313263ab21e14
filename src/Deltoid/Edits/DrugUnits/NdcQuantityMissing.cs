using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>An NDC without its quantity and the unit it is counted in.</summary>
internal sealed class NdcQuantityMissing : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0103", Name = "ndc-quantity-missing", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2410 CTP04, CTP05"),
        Message = "the NDC of {0} has no quantity with its unit (UN, ML, GR, F2 or ME)",
        Rules = "INJ-122 INJ-123 INJ-124", Fix = Remedy.Chart("Give the quantity in package units"),
        Predicts = [new("CO-16", "N815", "N816")],
    };

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
            if (!claim.Line(i).Ndc.IsNone
                && (claim.Line(i).NdcUnit == NdcUnit.None || !(claim.Line(i).NdcQuantity > Quantity.Zero)))
                Report(claim, findings, Info, i, Field.NdcQuantity, CodeAt(claim, i),
                    first: Supply(claim, i, Field.NdcQuantity));
    }
}
