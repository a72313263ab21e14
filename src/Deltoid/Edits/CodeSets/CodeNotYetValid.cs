using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A code before its first day.</summary>
internal sealed class CodeNotYetValid : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0003", Name = "code-not-yet-valid", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Hcpcs("add date"),
        Message = "{0} is valid from {1} on",
        Rules = "INJ-091",
        Fix = Remedy.Chart("Use the code in force on the service date and count its units again from the dose"),
        Predicts = [new("CO-181", "M20")],
    };

    public override CodeGroups All => Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Unbound))
            if (claim.At(line).Standing == CodeStanding.NotYetValid && claim.Day(line) != default)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line),
                    Arg.Of(claim.Book.Codes[claim.At(line).Id][0].Dates.From!.Value),
                    first: Supply(claim, line, Field.Code));
    }
}
