using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// A code past its last day. What took over may count another unit, so its units are worked out again from the dose.
/// </summary>
internal sealed class RetiredCode : Edit
{
    static readonly FindingInfo Replaced = new()
    {
        Id = "BND0002", Name = "retired-code", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Hcpcs("termination date"),
        Message = "{0} ended on {1}; {2} took over",
        Rules = "INJ-091 INJ-035 C-05 C-06 C-07 INJ-032",
        Fix = Remedy.Chart("Use the code of the product given ({2} or another that took "
            + "over) and count its units again from the dose"),
        Predicts = [new("CO-181", "M20"), new("CO-16", "N56")],
    };

    static readonly FindingInfo Gone = new()
    {
        Id = "BND0005", Name = "retired-code-without-successor", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 5, Citation = Cited.Hcpcs("termination date"),
        Message = "{0} ended on {1}",
        Rules = "INJ-091", Fix = Remedy.Chart("Find the code in force on the service date"),
        Predicts = [new("CO-181", "M20"), new("CO-16", "N56")],
    };

    public override FindingInfo Info => Replaced;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Replaced, Gone];

    public override CodeGroups All => Group.Unbound;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.Unbound))
        {
            if (claim.At(line).Standing != CodeStanding.Retired) continue;
            var last = LastDay(claim, line);
            var next = InForce(claim, line);
            if (next.IsNone)
                Report(claim, findings, Gone, line, Field.Code, CodeAt(claim, line), Arg.Of(last),
                    first: Supply(claim, line, Field.Code));
            else
                Report(claim, findings, Replaced, line, Field.Code, CodeAt(claim, line), Arg.Of(last), Arg.Of(next),
                    first: Supply(claim, line, Field.Code));
        }
    }

    static DateOnly LastDay(BoundClaim claim, int line)
    {
        var day = 0;
        foreach (ref readonly var row in claim.Book.Codes[claim.At(line).Id])
            if (row.Dates.ThruDay < claim.Day(line).DayNumber) day = Math.Max(day, row.Dates.ThruDay);
        return DateOnly.FromDayNumber(day);
    }

    /// <summary>
    /// The successor in force on the line's day; of several the one that is not one maker's (makers are in brackets),
    /// else the first. Only the chart can say which was given.
    /// </summary>
    static Code InForce(BoundClaim claim, int line)
    {
        Code first = default;
        foreach (var code in claim.Book.SuccessorsOf[claim.At(line).Id])
        {
            if (!claim.Book.TryCode(code, claim.Day(line), out var row)) continue;
            if (!claim.Book.Utf8(row.Label).Contains((byte)'(')) return code;
            if (first.IsNone) first = code;
        }
        return first;
    }
}
