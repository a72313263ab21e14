using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A code before its first day.</summary>
public sealed class CodeNotYetValid : Edit
{
    public override FindingInfo Info { get; } = new("BND0003", "code-not-yet-valid", Severity.Error, Outcome.Rejection, Cited.Hcpcs("add date"),
        "{0} is valid from {1} on", "INJ-091", Remedy.Chart("Use the code in force on the service date and count its units again from the dose"), [new("CO-181", "M20")]) { Snip = 5 };

    public override CodeGroups All => Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Unbound))
            if (claim.At(line).Standing == CodeStanding.NotYetValid && claim.Day(line) != default)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), Arg.Of(claim.Book.Codes[claim.At(line).Id][0].Dates.From!.Value), first: Supply(claim, line, Field.Code));
    }
}
