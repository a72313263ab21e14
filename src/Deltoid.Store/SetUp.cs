using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What a practice has set up and each visit asks for, as of one revision of the practice. Requests share it: nobody
/// changes these rows, and none is ever attached to a context.
/// </summary>
public sealed record SetUp(long Revision, IReadOnlyList<Location> Locations, IReadOnlyList<Provider> Providers,
    IReadOnlyDictionary<long, Payer> Payers, IReadOnlyList<Fee> Fees, string RuleText, Clearance? Clearance)
{
    /// <summary>For the context of one server; a store that was restored is another server's.</summary>
    static readonly ConditionalWeakTable<DbContextOptions, ConcurrentDictionary<long, SetUp>> Known = [];

    internal static ConcurrentDictionary<long, SetUp> Of(DbContextOptions options) => Known.GetOrCreateValue(options);

    /// <summary>Rows of all locations: who may not see one is kept from it by <see cref="PracticeDb.Sees"/>.</summary>
    internal static async Task<SetUp> Read(PracticeDb db, long revision, CancellationToken stop) => new(revision,
        await db.Locations.AsNoTracking().IgnoreQueryFilters([PracticeDb.OfLocation]).OrderBy(static l => l.Id)
            .ToListAsync(stop),
        await db.Providers.AsNoTracking().OrderBy(static p => p.Id).ToListAsync(stop),
        await db.Payers.AsNoTracking().ToDictionaryAsync(static p => p.Id, stop),
        await db.Fees.AsNoTracking().OrderBy(static f => f.Id).ToListAsync(stop),
        string.Join('\n', await db.PracticeRules.Where(static r => r.OnAt != null && r.OffAt == null)
            .OrderBy(static r => r.Number).Select(static r => r.Text).ToListAsync(stop)),
        await Clearance.Read(db, stop));
}

public abstract partial class PracticeDb
{
    /// <summary>
    /// What the practice has set up, as it is now. It is read when its revision is not the one that was read last: by
    /// whatever process it was changed. A change that has itself changed something of it sees that.
    /// </summary>
    public async Task<SetUp> SetUp(CancellationToken stop = default)
    {
        var known = Store.SetUp.Of(options);
        if (Database.CurrentTransaction is not null)
            return !hasChangedSetUp && held is { } practice && known.TryGetValue(PracticeId, out var same)
                && same.Revision == practice.Revision ? same : await Store.SetUp.Read(this, 0, stop);
        var revision = await RevisionOf(stop);
        if (known.TryGetValue(PracticeId, out var last) && last.Revision == revision) return last;
        var read = await Store.SetUp.Read(this, revision ?? 0, stop);
        // what is changed while it is read may be half of it
        if (revision is not null && await RevisionOf(stop) == revision) known[PracticeId] = read;
        return read;
    }

    /// <inheritdoc cref="SetUp(CancellationToken)"/>
    /// <param name="practice">As it was read just now.</param>
    public async Task<SetUp> SetUp(Practice practice, CancellationToken stop = default) =>
        Store.SetUp.Of(options).TryGetValue(practice.Id, out var same) && same.Revision == practice.Revision ? same
            : await SetUp(stop);

    /// <summary>The rules as they were when they were read last: a guess, which a change proves.</summary>
    internal string LastRules => Store.SetUp.Of(options).TryGetValue(PracticeId, out var last) ? last.RuleText : "";

    /// <summary>Null: there is no such practice.</summary>
    Task<long?> RevisionOf(CancellationToken stop) => Practices.Where(p => p.Id == PracticeId)
        .Select(static p => (long?)p.Revision).SingleOrDefaultAsync(stop);

    /// <summary>Whether the person works at a location.</summary>
    public bool Sees(Location location) => IsEverywhere || LocationIds.Contains(location.Id);

    /// <summary>The practice as the change that is going on has found it; null where it was known before.</summary>
    Practice? held;

    bool hasChangedSetUp;

    static bool IsSetUp(object row) =>
        row is Location or Fee or Provider or Payer or PracticeRule or ExclusionMatch or Credential;
}
