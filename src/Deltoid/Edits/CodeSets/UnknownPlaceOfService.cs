using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A place of service that CMS's list does not have on the day.</summary>
internal sealed class UnknownPlaceOfService : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0040", Name = "unknown-place-of-service", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 5, Citation = Cited.Claims("ch. 26, §10.5"),
        Message = "{0} is not a place of service on this day",
        Rules = "INJ-170", Fix = Remedy.Chart("Use the two-digit code of the place where the patient was"),
        Predicts = [new("CO-5", "M77")],
    };

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim || claim.ServiceDate == default) return;
        var own = claim.Claim.PlaceOfService;
        if (!own.IsNone && claim.Memory.PlaceOf(own, claim.ServiceDate) is null)
            Report(claim, findings, Info, Field.PlaceOfService, Arg.Place(own));
        for (var i = 0; i < claim.Count; i++)
            if (claim.Line(i).PlaceOfService is { IsNone: false } place
                && claim.Memory.PlaceOf(place, claim.Day(i)) is null)
                Report(claim, findings, Info, i, Field.PlaceOfService, Arg.Place(place));
    }
}
