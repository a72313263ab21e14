using System.Text.Json;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

public abstract partial class PracticeDb
{
    readonly List<AuditEvent> pending = [];

    /// <summary>
    /// What belongs to the next change, with what it came to: it is in the same transaction, and is done once.
    /// </summary>
    public Func<object?, Task>? Then { get; set; }

    /// <summary>
    /// One change, whole or not at all: what <paramref name="act"/> did, its events and its postings are of one
    /// transaction. Changes of a practice come one after the other. It is on the disk when this returns.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">A colleague has changed the same claim.</exception>
    public async Task<T> Change<T>(Func<Practice, Task<T>> act, CancellationToken stop = default)
    {
        var result = await Commit(act, stop);
        await OnDisk();
        return result;
    }

    /// <summary>
    /// A change that others see at once, and that is on the disk with the next <see cref="Change"/> at the latest: for
    /// one part of a work whose last part is waited for.
    /// </summary>
    internal async Task<T> Commit<T>(Func<Practice, Task<T>> act, CancellationToken stop = default)
    {
        pending.Clear();
        ForgetNew();
        held = null;
        await using var turn = await Turn(stop);
        await using var transaction = await Database.BeginTransactionAsync(stop);
        var isKnown = ChangeTracker.Entries<Practice>().Any(); // then it stays as it was read before
        var practice = await Lock(stop);
        (ClosedThru, held, hasChangedSetUp) = (practice.ClosedThru, isKnown ? null : practice, false);
        var result = await act(practice);
        if (Then is { } then)
        {
            Then = null;
            await then(result);
        }
        await Chain(stop);
        await SaveChangesAsync(stop);
        pending.Clear();
        await transaction.CommitAsync(stop);
        held = null;
        return result;
    }

    /// <summary>The texts of the practice's rules that are on, once they were asked for.</summary>
    internal string? RuleText { get; set; }

    /// <summary>The last day whose books are closed, as the change that is going on found it.</summary>
    public DateOnly? ClosedThru { get; private set; }

    /// <summary>Waits until this change may write, where the database would have it ask again and again.</summary>
    protected virtual Task<IAsyncDisposable?> Turn(CancellationToken stop) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Waits until all that was committed before is on the disk.</summary>
    internal virtual Task OnDisk() => Task.CompletedTask; // the commit itself waits

    /// <summary>The practice's row, held until the change is done.</summary>
    protected abstract Task<Practice> Lock(CancellationToken stop);

    /// <summary>An event of the change that is going on.</summary>
    /// <param name="subject">By number, never by name: <c>claim/12</c>.</param>
    /// <param name="changes">Old and new values by field; null where nothing was changed.</param>
    public void Record(DateTime at, string act, string subject, string why = "", object? changes = null) =>
        pending.Add(new()
        {
            At = Whole(at), PersonId = PersonId, Act = act, Subject = subject, Why = why, Hash = "",
            Changes = changes is null ? "" : JsonSerializer.Serialize(changes),
        });

    /// <summary>In whole microseconds: both engines give back the same moment.</summary>
    static DateTime Whole(DateTime at)
    {
        at = at.ToUniversalTime();
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Money is neither made nor lost: the postings of an entry come to zero.</summary>
    static void CheckEntries(IEnumerable<Posting> added)
    {
        foreach (var entry in added.GroupBy(static p => p.Entry))
            if (entry.Sum(static p => p.Cents) != 0)
                throw new InvalidOperationException("the postings of an entry do not come to zero");
    }

    async Task Chain(CancellationToken stop)
    {
        if (pending.Count == 0) return;
        var (number, hash) = await LastEvent(stop);
        foreach (var one in pending)
        {
            one.Number = ++number;
            one.PracticeId = PracticeId;
            one.Hash = hash = AuditChain.HashOf(hash, one);
            newEvents.Add(one);
        }
    }

    /// <summary>What the next event of the practice follows; zero and nothing where it is the first.</summary>
    internal virtual async Task<(long Number, string Hash)> LastEvent(CancellationToken stop)
    {
        var last = await Events.AsNoTracking().OrderByDescending(static e => e.Number)
            .Select(static e => new { e.Number, e.Hash }).FirstOrDefaultAsync(stop);
        return (last?.Number ?? 0, last?.Hash ?? "");
    }

    /// <summary>Whether a form was charted before, at whatever location.</summary>
    internal virtual Task<bool> IsCharted(Guid key, CancellationToken stop) =>
        Visits.IgnoreQueryFilters([OfLocation]).AnyAsync(v => v.Key == key, stop);

    /// <summary>
    /// The next claim number is all that most changes write of the practice. It goes in by itself: EF Core would look
    /// through all tables that hang on the practice.
    /// </summary>
    async Task WriteNumber(CancellationToken stop)
    {
        if (Database.CurrentTransaction is null || ChangeTracker.Entries<Practice>()
            .FirstOrDefault(static e => e.State == EntityState.Modified) is not { } entry)
            return;
        if (entry.ComplexProperties.Any(static p => p.IsModified) || entry.Properties.Any(static p => p.IsModified
            && p.Metadata.Name != nameof(Practice.NextClaim)))
            return;
        await WriteNextClaim(entry.Entity, stop);
        entry.OriginalValues.SetValues(entry.CurrentValues);
        entry.State = EntityState.Unchanged;
    }

    internal virtual Task WriteNextClaim(Practice of, CancellationToken stop) => Database.ExecuteSqlAsync(
        $"""UPDATE "Practices" SET "NextClaim" = {of.NextClaim} WHERE "Id" = {of.Id}""", stop);

    /// <summary>Follows the chain of events of this practice.</summary>
    /// <returns>The number of the first event that is not as it was written; null when all are.</returns>
    public async Task<long?> VerifyEvents(CancellationToken stop = default) =>
        (await AuditChain.Verify(this, [], stop)).Fault?.Number;
}
