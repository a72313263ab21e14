using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>One clerical change that claims have in common: <c>NDC → 00517-0031-25</c>.</summary>
/// <param name="Key">The finding and the change, without the line: what "the same" means.</param>
public sealed record CommonFix(string Key, string Name, List<CommonFix.Row> Rows)
{
    /// <summary>A claim, the version that was looked at, and what would change in it.</summary>
    public sealed record Row(StoredClaim Claim, Setting Setting, IReadOnlyList<FieldChange> Changes);
}

/// <summary>What was fixed together, so that it can be undone together.</summary>
/// <param name="Batch">The word that the versions of this batch bear.</param>
public sealed record BulkFixed(string Batch, List<StoredClaim> Claims, List<StoredClaim> Left);

/// <summary>
/// The same clerical change on many claims at once. What needs a person's word on the record is never among them.
/// </summary>
public static class BulkFix
{
    /// <summary>The most claims of one batch: it is one transaction.</summary>
    public const int Most = 500;

    /// <summary>The changes that these claims have in common, most claims first. Nothing is changed.</summary>
    public static async Task<List<CommonFix>> Plan(PracticeDb db, Engine engine, IQueryable<StoredClaim> claims,
        CancellationToken stop = default)
    {
        var fixes = new Dictionary<string, CommonFix>();
        foreach (var stored in await WorkFilter.InOrder(claims.AsNoTracking().Include(static c => c.Patient)
            .Include(static c => c.Payer)).Take(Most).ToListAsync(stop))
        {
            if (Editing.IsWithPayer(stored)) continue;
            var claim = Documents.Claim(stored.Document);
            foreach (var proposal in await Clerical(db, engine, stored, claim, stop))
            {
                var key = KeyOf(proposal);
                if (!fixes.TryGetValue(key, out var fix)) fixes[key] = fix = new(key, proposal.Name, []);
                if (!fix.Rows.Exists(r => r.Claim.Id == stored.Id)) fix.Rows.Add(new(stored, claim.Setting,
                    proposal.Changes));
            }
        }
        return [.. fixes.Values.OrderByDescending(static f => f.Rows.Count)];
    }

    /// <summary>Applies one common fix, whole or not at all; claims that no longer have it are left.</summary>
    public static Task<BulkFixed> Apply(PracticeDb db, Engine engine, IReadOnlyCollection<long> claimIds, string key,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var done = new BulkFixed($"fixed together {Guid.CreateVersion7():N}", [], []);
        foreach (var stored in await db.Claims.Include(static c => c.Payer).Where(c => claimIds.Contains(c.Id))
            .OrderBy(static c => c.Id).Take(Most).ToListAsync(stop))
        {
            await db.Entry(stored).ReloadAsync(stop);
            var claim = Documents.Claim(stored.Document);
            var proposal = Editing.IsWithPayer(stored) ? null
                : (await Clerical(db, engine, stored, claim, stop)).Find(p => KeyOf(p) == key);
            if (proposal is null)
            {
                done.Left.Add(stored);
                continue;
            }
            ClaimForm.Write(claim, proposal.Changes.ToDictionary(static c => c.Name, static c => c.After));
            var edited = await Editing.Keep(db, engine, stored, claim, done.Batch, now, stop);
            (edited.IsSaved ? done.Claims : done.Left).Add(stored);
        }
        return done;
    }, stop);

    /// <summary>Takes a batch back: each claim that nobody has changed since gets its earlier version again.</summary>
    public static Task<BulkFixed> Undo(PracticeDb db, Engine engine, IReadOnlyCollection<long> claimIds, string batch,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var done = new BulkFixed(batch, [], []);
        foreach (var stored in await db.Claims.Include(static c => c.Payer).Where(c => claimIds.Contains(c.Id))
            .OrderBy(static c => c.Id).ToListAsync(stop))
        {
            await db.Entry(stored).ReloadAsync(stop);
            var versions = await db.ClaimVersions.AsNoTracking().Where(v => v.ClaimId == stored.Id
                && v.Version >= stored.Version - 1).OrderBy(static v => v.Version).ToListAsync(stop);
            if (Editing.IsWithPayer(stored) || versions.Count != 2 || versions[1].Why != batch)
            {
                done.Left.Add(stored);
                continue;
            }
            var edited = await Editing.Keep(db, engine, stored, Documents.Claim(versions[0].Document),
                "undone: " + batch, now, stop);
            (edited.IsSaved ? done.Claims : done.Left).Add(stored);
        }
        return done;
    }, stop);

    static async Task<List<Proposal>> Clerical(PracticeDb db, Engine engine, StoredClaim stored, Claim claim,
        CancellationToken stop) =>
        new Proposals(await engine.For(db, stop), await Visits.DocumentOf(db, stored, stop)).Of(claim)
            .FindAll(static p => p is { Safety: FixSafety.Clerical, Changes.Count: > 0 });

    static string KeyOf(Proposal proposal) => proposal.Name + ": " + string.Join(", ", proposal.Changes
        .Select(static c => $"{c.Name[(c.Name.LastIndexOf('.') + 1)..]} → {c.After}"));
}
