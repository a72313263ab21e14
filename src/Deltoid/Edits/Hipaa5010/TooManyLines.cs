using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A professional claim holds 50 lines, an institutional one 999; a claim holds at least one.</summary>
internal sealed class TooManyLines : Edit
{
    static readonly FindingInfo TooMany = new()
    {
        Id = "HIP0006", Name = "too-many-lines", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 LX"),
        Message = "the claim has {0} lines; one claim takes at most {1}",
        Rules = "INJ-129", Fix = Remedy.Chart("Split the claim, each drug with its administration"),
    };

    static readonly FindingInfo None = new()
    {
        Id = "HIP0016", Name = "claim-without-lines", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400"),
        Message = "the claim has no service line",
        Rules = "INJ-129", Fix = Remedy.Chart("Add the services"),
    };

    public override FindingInfo Info => TooMany;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [TooMany, None];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var (lines, most) = (claim.Claim.Lines.Length, claim.IsFacilityClaim ? BoundClaim.MostLines : 50);
        if (lines == 0 && claim.Encounter is null) findings.Add(None, Place.OfClaim(Field.Lines));
        else if (lines > most) Report(claim, findings, TooMany, Field.Lines, Arg.Count(lines), Arg.Count(most));
    }
}
