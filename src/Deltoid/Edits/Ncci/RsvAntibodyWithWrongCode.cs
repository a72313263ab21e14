using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>RSV antibodies have administration codes of their own.</summary>
internal sealed class RsvAntibodyWithWrongCode : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0107", Name = "rsv-antibody-with-wrong-code", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Cpt("96380, 96381"),
        Message = "{0} is given with 96380 (counseled) or 96381, not with {1}",
        Rules = "INJ-035", Fix = Remedy.Chart("Use 96380 or 96381 on line {other}"),
        Predicts = [new("CO-97"), new("CO-16", "N56")], Effective = DateRange.Of(new(2023, 10, 6)),
    };

    public override CodeGroups All => Group.RsvProduct;

    public override CodeGroups Any => Group.Injection | Group.VaccineAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var product in claim.LinesIn(Group.RsvProduct))
        {
            if (claim.FirstWith(Group.RsvAdministration, product) >= 0) continue;
            var line = claim.FirstWith(Group.Injection, product);
            if (line < 0 && claim.FirstWith(Group.VaccineProduct, product) < 0)
                line = claim.FirstWith(Group.VaccineAdministration, product);
            if (line >= 0)
                Report(claim, findings, Info, product, Field.Code, CodeAt(claim, product), CodeAt(claim, line),
                    other: line, first: Supply(claim, line, Field.Code));
        }
    }
}
