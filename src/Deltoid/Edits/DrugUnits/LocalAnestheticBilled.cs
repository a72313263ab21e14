using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.DrugUnits;

/// <summary>A local anaesthetic or diluent belongs to the injection it was used for.</summary>
public sealed class LocalAnestheticBilled : Edit
{
    static readonly CodeGroups Injections = Group.Injection | Group.JointInjection | Group.TendonInjection
        | Group.TriggerPoint | Group.NerveBlock | Group.Intralesional | Group.MinorProcedure | Group.ImplantInsertion;

    public override FindingInfo Info { get; } = new("DRG0160", "local-anesthetic-billed", Severity.Error, Outcome.Denial, Cited.Ncci("ch. I §C, §G; ch. III §C"),
        "{0}, a local anesthetic, is included in {1}", "INJ-106 INJ-046 C-18", Remedy.Chart("Remove line {line}"), [new("CO-97")]);

    public override CodeGroups All => Group.LocalAnestheticDrug;

    public override CodeGroups Any => Injections;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Group.LocalAnestheticDrug))
            if (claim.FirstWith(Injections, i) is >= 0 and var injection && claim.FirstWith(Group.InitialInfusion, i) < 0)
                Report(claim, findings, Info, i, Field.Code, CodeAt(claim, i), CodeAt(claim, injection), other: injection, first: RemoveLine(claim, i));
    }
}
