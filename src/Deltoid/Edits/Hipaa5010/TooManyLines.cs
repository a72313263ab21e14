using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A professional claim holds 50 lines, an institutional one 999; a claim holds at least one.</summary>
public sealed class TooManyLines : Edit
{
    static readonly FindingInfo
        TooMany = new("HIP0006", "too-many-lines", Severity.Error, Outcome.Rejection, Cited.Guide("loop 2400 LX"),
            "the claim has {0} lines; one claim takes at most {1}", "INJ-129", Remedy.Chart("Split the claim, each drug with its administration")),
        None = new("HIP0016", "claim-without-lines", Severity.Error, Outcome.Rejection, Cited.Guide("loop 2400"),
            "the claim has no service line", "INJ-129", Remedy.Chart("Add the services"));

    public override FindingInfo Info => TooMany;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [TooMany, None];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var (lines, most) = (claim.Claim.Lines.Length, claim.IsFacilityClaim ? BoundClaim.MostLines : 50);
        if (lines == 0 && claim.Encounter is null) findings.Add(None, Place.OfClaim(Field.Lines));
        else if (lines > most) Report(claim, findings, TooMany, Field.Lines, Arg.Count(lines), Arg.Count(most));
    }
}
