using System.Data.Common;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deltoid.Store;

public abstract partial class PracticeDb
{
    /// <summary>
    /// Rows that go in with the next save, each table by one statement. Nobody looks at them before; those that others
    /// refer to bring their numbers (<see cref="NextId"/>).
    /// </summary>
    internal List<Posting> NewPostings { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<ClaimVersion> NewVersions { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<PaidClaim> NewPaidClaims { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<Visit> NewVisits { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<StoredClaim> NewClaims { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<Shot> NewShots { get; } = [];

    /// <inheritdoc cref="NewPostings"/>
    internal List<KeptAnswer> NewAnswers { get; } = [];

    readonly List<AuditEvent> newEvents = [];

    /// <summary>The number of a row that the change which is going on will write: at most one of each table.</summary>
    internal async Task<long> NextId<T>(CancellationToken stop) where T : Row =>
        (await new BulkRows<T>(this, hasOwnIds: true).Ids(1, stop))[0];

    /// <summary>What a change that failed did not write is not written by the next one.</summary>
    void ForgetNew()
    {
        NewPostings.Clear();
        NewVersions.Clear();
        NewPaidClaims.Clear();
        NewVisits.Clear();
        NewClaims.Clear();
        NewShots.Clear();
        NewAnswers.Clear();
        newEvents.Clear();
    }

    void TrackNew()
    {
        Visits.AddRange(NewVisits);
        Claims.AddRange(NewClaims);
        Shots.AddRange(NewShots);
        Postings.AddRange(NewPostings);
        ClaimVersions.AddRange(NewVersions);
        PaidClaims.AddRange(NewPaidClaims);
        KeptAnswers.AddRange(NewAnswers);
        Events.AddRange(newEvents);
        ForgetNew();
    }

    /// <summary>In an order in which each row finds those that it refers to; PostgreSQL is asked once for all.</summary>
    /// <exception cref="DbUpdateException">The database refuses a row.</exception>
    async Task WriteNew(CancellationToken stop)
    {
        try
        {
            await using var batch = Database.GetDbConnection() is NpgsqlConnection postgres ? new NpgsqlBatch(postgres)
                : null;
            await Append(NewVisits, true, batch, stop);
            await Append(NewClaims, true, batch, stop);
            await Append(NewShots, false, batch, stop);
            await Append(NewPostings, false, batch, stop);
            await Append(NewVersions, false, batch, stop);
            await Append(NewPaidClaims, false, batch, stop);
            await Append(NewAnswers, false, batch, stop);
            await Append(newEvents, false, batch, stop);
            if (batch?.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(stop);
        }
        catch (DbException e)
        {
            throw new DbUpdateException("a new row was refused", e);
        }
        AttachRange(NewVisits); // who made them may change them
        AttachRange(NewClaims);
        ForgetNew();
    }

    async Task Append<T>(List<T> rows, bool hasOwnIds, NpgsqlBatch? batch, CancellationToken stop) where T : Row
    {
        if (rows.Count == 0) return;
        var table = new BulkRows<T>(this, hasOwnIds);
        if (batch is null) await table.Write(rows, stop);
        else table.Add(rows, batch);
    }
}
