using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.CodeSets;

/// <summary>An unlisted administration says nothing without its description.</summary>
public sealed class UnlistedWithoutNarrative : Edit
{
    public override FindingInfo Info { get; } = new("BND0050", "unlisted-without-narrative", Severity.Error, Outcome.Rejection, Cited.Cpt("unlisted services"),
        "{0} is an unlisted service and needs a description on the line", "INJ-040", Remedy.Chart("Describe the service, or use the code that exists for it"), [new("CO-16", "M51")]) { Snip = 5 };

    public override CodeGroups All => Group.UnlistedProcedure;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.UnlistedProcedure))
            if (claim.Line(line).Narrative.IsEmpty) Report(claim, findings, Info, line, Field.Narrative, CodeAt(claim, line), first: Supply(claim, line, Field.Narrative));
    }
}
