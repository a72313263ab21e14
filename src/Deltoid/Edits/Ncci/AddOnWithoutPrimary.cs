using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// An add-on code needs one of the codes it adds to, on the same claim and day (type 1: a closed list).
/// </summary>
internal sealed class AddOnWithoutPrimary : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0020", Name = "add-on-without-primary", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §R, §W; add-on code edits"),
        Message = "{0} is an add-on to {1} or a similar code, and no such code is on this day",
        Rules = "INJ-065 INJ-013 INJ-058",
        Fix = Remedy.Chart("Add the primary service if it was done; otherwise use the code that is billed alone"),
        Predicts = [new("CO-107", "N122"), new("CO-B15")],
    };

    public override CodeGroups Any => Group.AddOn | Group.NerveBlock | Group.ImageGuidance | Group.Chemodenervation;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Any))
            if (claim.Book.AddOn(claim.CodeOf(line), claim.Day(line)) is { Type: 1, Count: > 0 } row
                && !HasParent(claim, row, line))
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), Arg.Of(claim.Book.Parents(row)[0]),
                    first: Supply(claim, line, Field.Lines));
    }

    static bool HasParent(BoundClaim claim, AddOnRow row, int line)
    {
        foreach (var parent in claim.Book.Parents(row))
            if (claim.FirstOf(parent, claim.Day(line)) is >= 0 and var found && found != line) return true;
        return false;
    }
}
