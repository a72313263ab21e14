using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// A code that the book does not have. The book is not the whole of CPT, so absence is not a fault by itself; a wrong
/// shape is.
/// </summary>
internal sealed class UnknownCode : Edit
{
    static readonly FindingInfo Unknown = new()
    {
        Id = "BND0001", Name = "unknown-code", Severity = Severity.Warning, Snip = 5,
        Citation = Cited.Hcpcs("quarterly files"),
        Message = "{0} is not in this code book, so nothing about the line was checked",
        Rules = "INJ-091", Fix = Remedy.Chart("Check the code, or add its rows to the book"),
        Predicts = [new("CO-181", "M20")],
    };

    static readonly FindingInfo Shape = new()
    {
        Id = "BND0004", Name = "code-of-wrong-shape", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Hcpcs("layout"),
        Message = "{0} is not a procedure or drug code: those codes have five letters or digits",
        Rules = "INJ-091", Fix = Remedy.Chart("Write the five characters of the code"),
        Predicts = [new("CO-181", "M20"), new("CO-16", "M51")],
    };

    public override FindingInfo Info => Unknown;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Unknown, Shape];

    public override CodeGroups All => Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Unbound))
        {
            var code = claim.CodeOf(line);
            if (code.IsNone || claim.At(line).Standing != Binding.CodeStanding.Unknown) continue;
            Report(claim, findings, HasShape(code) ? Unknown : Shape, line, Field.Code, CodeAt(claim, line),
                first: Supply(claim, line, Field.Code));
        }
    }

    /// <summary>A letter or digit, three digits, a letter or digit.</summary>
    static bool HasShape(Code code) =>
        code.Length == 5 && char.IsAsciiDigit(code[1]) && char.IsAsciiDigit(code[2]) && char.IsAsciiDigit(code[3]);
}
