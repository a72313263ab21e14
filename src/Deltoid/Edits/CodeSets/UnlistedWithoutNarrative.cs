using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.CodeSets;

/// <summary>An unlisted administration says nothing without its description.</summary>
internal sealed class UnlistedWithoutNarrative : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0050", Name = "unlisted-without-narrative", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 5, Citation = Cited.Cpt("unlisted services"),
        Message = "{0} is an unlisted service and needs a description on the line",
        Rules = "INJ-040", Fix = Remedy.Chart("Describe the service, or use the code that exists for it"),
        Predicts = [new("CO-16", "M51")],
    };

    public override CodeGroups All => Group.UnlistedProcedure;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.UnlistedProcedure))
            if (claim.Line(line).Narrative.IsEmpty)
                Report(claim, findings, Info, line, Field.Narrative, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Narrative));
    }
}
