using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>The story of a claim: each step is a version, with the document as it was then.</summary>
public static class ClaimStory
{
    /// <summary>The next step.</summary>
    /// <param name="file">The file that the claim left in, came from, or was answered by.</param>
    /// <param name="remittance">The payment of the file that answered it.</param>
    internal static void Add(PracticeDb db, StoredClaim claim, DateTime now, string why, long? file = null,
        long? remittance = null)
    {
        claim.Version++;
        Keep(db, claim, now, why, file, remittance);
    }

    /// <summary>Where it was and where it is, for the trail.</summary>
    public static object Lived(ClaimLife was, ClaimLife now) => new { Life = new[] { $"{was}", $"{now}" } };

    /// <summary>Keeps the step that the claim is at already.</summary>
    internal static void Keep(PracticeDb db, StoredClaim claim, DateTime now, string why, long? file = null,
        long? remittance = null) => db.NewVersions.Add(new()
        {
            ClaimId = claim.Id, Version = claim.Version, Document = claim.Document, At = now, PersonId = db.PersonId,
            Why = why, FileId = file, RemittanceId = remittance,
        });

    /// <summary>The claims that a file holds, or that it answered, by their numbers in order.</summary>
    public static IQueryable<long> ClaimsOf(PracticeDb db, long fileId) => db.ClaimVersions
        .Where(v => v.FileId == fileId).Select(static v => v.ClaimId).Distinct().OrderBy(static id => id);

    /// <summary>
    /// The version that the payer has: the last one that left in a file of claims, from here or from another program.
    /// Null where the claim was never sent.
    /// </summary>
    public static async Task<(string File, string Document)?> SentOf(PracticeDb db, long claimId,
        CancellationToken stop = default) => await
            (from version in db.ClaimVersions
                join file in db.Files on version.FileId equals file.Id
                where version.ClaimId == claimId && file.Kind == "837"
                orderby version.Version descending
                select new { File = file.Name, version.Document }).FirstOrDefaultAsync(stop) is { } sent
            ? (sent.File, sent.Document) : null;
}
