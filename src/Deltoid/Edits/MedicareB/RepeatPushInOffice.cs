using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.MedicareB;

/// <summary>A second push of the same drug has a code for facilities only.</summary>
internal sealed class RepeatPushInOffice : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0139", Name = "repeat-push-in-office", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.FeeSchedule("status indicator X of 96376"),
        Message = "{0} is for facilities only: a practitioner has no code for pushing the same drug again",
        Rules = "INJ-058 INJ-009", Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-96"), new("CO-97")],
        Explains = "NCC0013",
    };

    public override CodeGroups All => Group.FacilityPush;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        foreach (var line in claim.LinesIn(Group.FacilityPush))
            Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), first: RemoveLine(claim, line));
    }
}
