using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A drug without its NDC, where the payer asks for one.</summary>
public sealed class NdcMissing : Edit
{
    static readonly FindingInfo
        Required = new("DRG0104", "ndc-missing", Severity.Error, Outcome.Denial, Cited.Law("SSA 1927(a)(7)"),
            "this payer asks for the NDC of {0}", "INJ-125 INJ-231 DN-8", Remedy.Chart("Add the NDC from the label, with unit and quantity"), [new("CO-16", "M119")]) { Snip = 7 },
        Unclassified = new("DRG0105", "ndc-missing-on-unclassified", Severity.Warning, Outcome.Denial, Cited.Claims("ch. 17, §20; ch. 26, §10.4"),
            "{0} names no drug: payers ask for its NDC", "INJ-125 INJ-107", Remedy.Chart("Add the NDC from the label, with unit and quantity"), [new("CO-16", "M119")]) { Snip = 7 };

    public override FindingInfo Info => Required;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Required, Unclassified];

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (!claim.Line(i).Ndc.IsNone || !claim.Line(i).NdcText.IsEmpty) continue;
            if (claim.Payer.NdcRequired) Report(claim, findings, Required, i, Field.Ndc, CodeAt(claim, i), first: Supply(claim, i, Field.Ndc));
            else if (claim.Is(i, Group.UnclassifiedDrug)) Report(claim, findings, Unclassified, i, Field.Ndc, CodeAt(claim, i), first: Supply(claim, i, Field.Ndc));
        }
    }
}
