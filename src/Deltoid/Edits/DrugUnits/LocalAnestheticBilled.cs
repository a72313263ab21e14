using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A local anesthetic or diluent belongs to the injection it was used for.</summary>
internal sealed class LocalAnestheticBilled : Edit
{
    static readonly CodeGroups Injections = Group.Injection | Group.JointInjection | Group.TendonInjection
        | Group.TriggerPoint | Group.NerveBlock | Group.Intralesional | Group.MinorProcedure | Group.ImplantInsertion;

    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0160", Name = "local-anesthetic-billed", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §C, §G; ch. III §C"),
        Message = "{0}, a local anesthetic, is included in {1}",
        Rules = "INJ-106 INJ-046 C-18", Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-97")],
    };

    public override CodeGroups All => Group.LocalAnestheticDrug;

    public override CodeGroups Any => Injections;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.LocalAnestheticDrug))
            if (claim.FirstWith(Injections, i) is >= 0 and var injection
                && claim.FirstWith(Group.InitialInfusion, i) < 0)
                Report(claim, findings, Info, i, Field.Code, CodeAt(claim, i), CodeAt(claim, injection),
                    other: injection, first: RemoveLine(claim, i));
    }
}
