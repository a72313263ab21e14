using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A code that names no drug: its line must, once, with one unit.</summary>
internal sealed class UnclassifiedWithoutNarrative : Edit
{
    static readonly FindingInfo Silent = new()
    {
        Id = "DRG0120", Name = "unclassified-without-narrative", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Claims("ch. 17, §10; ch. 26, §10.4"),
        Message = "{0} names no drug, and the line has no description",
        Rules = "INJ-107 DN-3", Fix = Remedy.Chart("Give name, strength, total dose, route and NDC on the line"),
        Predicts = [new("CO-16", "M123", "M119", "N350")],
    };

    static readonly FindingInfo Units = new()
    {
        Id = "DRG0122", Name = "unclassified-units", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 17, §10"),
        Message = "{0} takes one unit, not {1}: the description carries the dose",
        Rules = "INJ-107", Fix = Remedy.Chart("Bill one unit and describe the dose"), Predicts = [new("CO-16", "M53")],
    };

    public override FindingInfo Info => Silent;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Silent, Units];

    public override CodeGroups All => Group.UnclassifiedDrug;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.UnclassifiedDrug))
        {
            if (claim.Line(i).Narrative.IsEmpty)
                Report(claim, findings, Silent, i, Field.Narrative, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Narrative));
            if (claim.Line(i).Units > Quantity.One)
                Report(claim, findings, Units, i, Field.Units, CodeAt(claim, i), Arg.Of(claim.Line(i).Units),
                    first: Replace(claim, i, Field.Units, Arg.Of(Quantity.One)));
        }
    }
}
