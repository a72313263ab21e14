using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A drug without its NDC, where the payer asks for one.</summary>
internal sealed class NdcMissing : Edit
{
    static readonly FindingInfo Required = new()
    {
        Id = "DRG0104", Name = "ndc-missing", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Cited.Law("SSA 1927(a)(7)"),
        Message = "this payer asks for the NDC of {0}",
        Rules = "INJ-125 INJ-231 DN-8", Fix = Remedy.Chart("Add the NDC from the label, with unit and quantity"),
        Predicts = [new("CO-16", "M119")],
    };

    static readonly FindingInfo Unclassified = new()
    {
        Id = "DRG0105", Name = "ndc-missing-on-unclassified", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Snip = 7, Citation = Cited.Claims("ch. 17, §20; ch. 26, §10.4"),
        Message = "{0} names no drug: payers ask for its NDC",
        Rules = "INJ-125 INJ-107", Fix = Remedy.Chart("Add the NDC from the label, with unit and quantity"),
        Predicts = [new("CO-16", "M119")],
    };

    public override FindingInfo Info => Required;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Required, Unclassified];

    public override CodeGroups All => Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (!claim.Line(i).Ndc.IsNone || !claim.Line(i).NdcText.IsEmpty) continue;
            if (claim.Payer.NdcRequired)
                Report(claim, findings, Required, i, Field.Ndc, CodeAt(claim, i), first: Supply(claim, i, Field.Ndc));
            else if (claim.Is(i, Group.UnclassifiedDrug))
                Report(claim, findings, Unclassified, i, Field.Ndc, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Ndc));
        }
    }
}
