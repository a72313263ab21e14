using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A code that the book does not have. The book is not the whole of CPT, so absence is not a fault by itself; a wrong shape is.</summary>
public sealed class UnknownCode : Edit
{
    static readonly FindingInfo
        Unknown = new("BND0001", "unknown-code", Severity.Warning, Outcome.None, Cited.Hcpcs("quarterly files"),
            "{0} is not in this code book, so nothing about the line was checked", "INJ-091", Remedy.Chart("Check the code, or add its rows to the book"), [new("CO-181", "M20")]) { Snip = 5 },
        Shape = new("BND0004", "code-of-wrong-shape", Severity.Error, Outcome.Rejection, Cited.Hcpcs("layout"),
            "{0} is not a procedure or drug code: those codes have five letters or digits", "INJ-091", Remedy.Chart("Write the five characters of the code"), [new("CO-181", "M20"), new("CO-16", "M51")]) { Snip = 5 };

    public override FindingInfo Info => Unknown;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Unknown, Shape];

    public override CodeGroups All => Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Unbound))
        {
            var code = claim.CodeOf(line);
            if (code.IsNone || claim.At(line).Standing != Binding.CodeStanding.Unknown) continue;
            Report(claim, findings, HasShape(code) ? Unknown : Shape, line, Field.Code, CodeAt(claim, line), first: Supply(claim, line, Field.Code));
        }
    }

    /// <summary>A letter or digit, three digits, a letter or digit.</summary>
    static bool HasShape(Code code) => code.Length == 5 && char.IsAsciiDigit(code[1]) && char.IsAsciiDigit(code[2]) && char.IsAsciiDigit(code[3]);
}
