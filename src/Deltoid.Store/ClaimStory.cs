using Deltoid.Store.Model;

namespace Deltoid.Store;

/// <summary>The story of a claim: each step is a version, with the document as it was then.</summary>
static class ClaimStory
{
    /// <summary>The next step.</summary>
    public static void Add(PracticeDb db, StoredClaim claim, DateTime now, string why)
    {
        claim.Version++;
        Keep(db, claim, now, why);
    }

    /// <summary>Where it was and where it is, for the trail.</summary>
    public static object Lived(ClaimLife was, ClaimLife now) => new { Life = new[] { $"{was}", $"{now}" } };

    /// <summary>Keeps the step that the claim is at already.</summary>
    public static void Keep(PracticeDb db, StoredClaim claim, DateTime now, string why) => db.ClaimVersions.Add(new()
    {
        ClaimId = claim.Id, Version = claim.Version, Document = claim.Document, At = now, PersonId = db.PersonId,
        Why = why,
    });
}
