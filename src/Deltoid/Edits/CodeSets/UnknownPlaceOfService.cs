using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A place of service that CMS's list does not have on the day.</summary>
public sealed class UnknownPlaceOfService : Edit
{
    public override FindingInfo Info { get; } = new("BND0040", "unknown-place-of-service", Severity.Error, Outcome.Rejection, Cited.Claims("ch. 26, §10.5"),
        "{0} is not a place of service on this day", "INJ-170", Remedy.Chart("Use the two-digit code of the place where the patient was"), [new("CO-5", "M77")]) { Snip = 5 };

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim || claim.ServiceDate == default) return;
        var own = claim.Claim.PlaceOfService;
        if (!own.IsNone && claim.Book.Place(own, claim.ServiceDate) is null) Report(claim, findings, Info, Field.PlaceOfService, Arg.Place(own));
        for (var i = 0; i < claim.Count; i++)
            if (claim.Line(i).PlaceOfService is { IsNone: false } place && claim.Book.Place(place, claim.Day(i)) is null) Report(claim, findings, Info, i, Field.PlaceOfService, Arg.Place(place));
    }
}
