using Deltoid.Store.Model;

namespace Deltoid.Store;

/// <summary>What happens to a claim after it has left: each step is a version, whose document did not change.</summary>
static class ClaimStory
{
    public static void Add(PracticeDb db, StoredClaim claim, DateTime now, string why)
    {
        claim.Version++;
        db.ClaimVersions.Add(new()
        {
            ClaimId = claim.Id, Version = claim.Version, Document = claim.Document, At = now, PersonId = db.PersonId,
            Why = why,
        });
    }
}
