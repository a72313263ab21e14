using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Ncci;

/// <summary>Giving a vaccine and the vaccine are two lines; either alone says that something was left out.</summary>
public sealed class VaccineAdministrationWithoutProduct : Edit
{
    static readonly CodeGroups Administrations = Group.VaccineAdministration | Group.MedicareVaccineAdministration;

    static readonly FindingInfo
        NoProduct = new("NCC0104", "vaccine-administration-without-product", Severity.Warning, Outcome.Denial, Cited.Claims("ch. 18, §10.2"),
            "{0} has no vaccine beside it on this day", "INJ-066 INJ-067 INJ-069", Remedy.Chart("Add the vaccine, at no charge if it cost nothing"), [new("CO-16", "M20"), new("CO-B15")]),
        NoAdministration = new("NCC0105", "vaccine-without-administration", Severity.Warning, Outcome.Underpayment, Cited.Cpt("vaccines and toxoids"),
            "{0} is the vaccine only, and nothing on this day says that it was given", "C-03 INJ-066", Remedy.Chart("Add the administration that was done"), [new("CO-B15")]);

    public override FindingInfo Info => NoProduct;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [NoProduct, NoAdministration];

    public override CodeGroups Any => Administrations | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Any))
        {
            if (claim.Is(line, Group.VaccineProduct))
            {
                if (claim.FirstWith(Administrations, line) < 0) Report(claim, findings, NoAdministration, line, Field.Code, CodeAt(claim, line), first: Supply(claim, line, Field.Lines));
            }
            else if (claim.FirstWith(Group.VaccineProduct, line) < 0 && claim.IsFirstOfItsCode(line) && !claim.Is(line, Group.AddOn))
                Report(claim, findings, NoProduct, line, Field.Code, CodeAt(claim, line), first: Supply(claim, line, Field.Lines));
        }
    }
}
