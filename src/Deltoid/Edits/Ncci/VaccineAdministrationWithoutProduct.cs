using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Ncci;

/// <summary>Giving a vaccine and the vaccine are two lines; either alone says that something was left out.</summary>
internal sealed class VaccineAdministrationWithoutProduct : Edit
{
    static readonly CodeGroups Administrations = Group.VaccineAdministration | Group.MedicareVaccineAdministration;

    static readonly FindingInfo NoProduct = new()
    {
        Id = "NCC0104", Name = "vaccine-administration-without-product", Severity = Severity.Warning,
        Outcome = Outcome.Denial, Citation = Cited.Claims("ch. 18, §10.2"),
        Message = "{0} has no vaccine beside it on this day",
        Rules = "INJ-066 INJ-067 INJ-069", Fix = Remedy.Chart("Add the vaccine, at no charge if it cost nothing"),
        Predicts = [new("CO-16", "M20"), new("CO-B15")],
    };

    static readonly FindingInfo NoAdministration = new()
    {
        Id = "NCC0105", Name = "vaccine-without-administration", Severity = Severity.Warning,
        Outcome = Outcome.Underpayment, Citation = Cited.Cpt("vaccines and toxoids"),
        Message = "{0} is the vaccine only, and nothing on this day says that it was given",
        Rules = "C-03 INJ-066", Fix = Remedy.Chart("Add the administration that was done"), Predicts = [new("CO-B15")],
    };

    public override FindingInfo Info => NoProduct;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [NoProduct, NoAdministration];

    public override CodeGroups Any => Administrations | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Any))
        {
            if (claim.Is(line, Group.VaccineProduct))
            {
                if (claim.FirstWith(Administrations, line) < 0)
                    Report(claim, findings, NoAdministration, line, Field.Code, CodeAt(claim, line),
                        first: Supply(claim, line, Field.Lines));
            }
            else if (claim.FirstWith(Group.VaccineProduct, line) < 0 && claim.IsFirstOfItsCode(line)
                && !claim.Is(line, Group.AddOn))
                Report(claim, findings, NoProduct, line, Field.Code, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Lines));
        }
    }
}
