using System.Collections.Concurrent;
using System.Text;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Imports claims that were sent before, from an 837: one thread reads and checks, another writes chunks of whole
/// claims. After a stop it continues with the first claim that is not written.
/// </summary>
static class Importing
{
    const int ChunkClaims = 1_000, ChunksAhead = 3; // a chunk holds others up while it is written

    /// <summary>Keeps the file of a job, and says how much there is to do.</summary>
    /// <returns>False when the same file was received before: then the job is done.</returns>
    /// <exception cref="InputException">No claim is in the file.</exception>
    public static Task<bool> Begin(PracticeDb db, Job job, DateTime now, CancellationToken stop) =>
        db.Change(async _ =>
    {
        var upload = await db.Uploads.SingleAsync(u => u.JobId == job.Id, stop);
        db.Uploads.Remove(upload);
        var digest = Receiving.Digest(upload.Content);
        if (await db.Files.AsNoTracking().FirstOrDefaultAsync(f => !f.IsOutgoing && f.Digest == digest, stop)
            is { } known)
        {
            job.FileId = known.Id;
            job.Says = Jobs.KnownSince(known);
            return false;
        }
        job.Total = CountClaims(upload.Content);
        if (job.Total == 0 || new ClaimSource(new MemoryStream(upload.Content)).Read(new()) is null)
            throw new InputException("", "no claim of an 837 can be read in the file",
                "give the 837 as it was sent; 'deltoid check' says what is in this file");
        var file = new StoredFile
        {
            Name = job.Name, Kind = "837", Digest = digest, At = now, PersonId = db.PersonId,
            Content = upload.Content,
        };
        await Receiving.Keep(db, file, stop);
        job.FileId = file.Id;
        return true;
    }, stop);

    /// <summary>The CLM segments, for the progress that is shown.</summary>
    static long CountClaims(ReadOnlySpan<byte> bytes)
    {
        var count = 0L;
        for (int at; (at = bytes.IndexOf("CLM"u8)) >= 0; bytes = bytes[(at + 3)..])
            if (at > 0 && !char.IsAsciiLetterOrDigit((char)bytes[at - 1])) count++;
        return count;
    }

    /// <summary>Writes what is not yet written.</summary>
    public static async Task Run(PracticeDb db, Engine engine, Job job, TimeProvider clock, CancellationToken stop)
    {
        var content = (await db.Files.AsNoTracking().SingleAsync(f => f.Id == job.FileId, stop)).Content;
        await db.Database.OpenConnectionAsync(stop); // one connection: its cache stays warm
        if (db is SqliteDb) await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -65536", stop);
        var rows = new ImportRows(db, job.Id, job.FileId!.Value, clock, stop);
        await rows.Open();
        using var chunks = new BlockingCollection<ImportChunk>(ChunksAhead);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (first, token) = (job.Done, failed.Token);
        var reading = Task.Factory.StartNew(() => Read(engine, content, first, chunks, token), token,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var chunk in chunks.GetConsumingEnumerable(token))
            {
                await rows.Write(chunk);
                db.ChangeTracker.Clear(); // nothing of a chunk is asked again
                if (chunk.First == first) await Count(db, stop);
            }
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
        await reading;
    }

    /// <summary>
    /// PostgreSQL takes a practice for a small part of a table that it has never counted, and would read all its claims
    /// for each chunk.
    /// </summary>
    static async Task Count(PracticeDb db, CancellationToken stop)
    {
        if (db is PostgresDb && await db.Database.SqlQueryRaw<bool>(
            "SELECT reltuples < 0 AS \"Value\" FROM pg_class WHERE oid = '\"Claims\"'::regclass").SingleAsync(stop))
            await db.Database.ExecuteSqlRawAsync("ANALYZE \"Claims\", \"Patients\"", stop);
    }

    static void Read(Engine engine, byte[] content, long first, BlockingCollection<ImportChunk> chunks,
        CancellationToken stop)
    {
        try
        {
            var source = new ClaimSource(new MemoryStream(content, writable: false));
            var (scrubber, payers, findings) = (new Scrubber(), new ClaimPayers(engine.Book), new FindingList());
            var (number, chunk) = (0L, new ImportChunk(first, new(ChunkClaims)));
            while (source.Read(findings) is { } claim)
            {
                stop.ThrowIfCancellationRequested();
                if (number++ < first) continue;
                var payer = payers.Of(claim);
                scrubber.Check(claim, engine.Book, payer, null, null, findings);
                var stored = Stored(claim);
                Visits.Judge(engine, stored, claim, findings, known: payer);
                stored.Life = ClaimLife.Sent; // another program has sent it; what is wrong with it is kept all the same
                stored.Rank = Ranking.Of(stored);
                chunk.Claims.Add(new(stored, claim.Frequency, PatientOf(claim), PayerOf(claim),
                    [.. ClaimLeads.LinesOf(claim, stored.Number)]));
                if (chunk.Claims.Count < ChunkClaims) continue;
                chunks.Add(chunk, stop);
                chunk = new(number, new(ChunkClaims));
            }
            if (chunk.Claims.Count > 0) chunks.Add(chunk, stop);
        }
        finally
        {
            chunks.CompleteAdding();
        }
    }

    static StoredClaim Stored(Claim claim) => new()
    {
        Number = claim.Text(ClaimText.Id), Version = 1, Document = Documents.Of(claim),
    };

    /// <summary>The patient as the claim says: the insured, where no other person is named.</summary>
    static Patient PatientOf(Claim claim)
    {
        var who = claim.PatientParty;
        return new()
        {
            Family = claim.Text(who, PartyField.Name), Given = claim.Text(who, PartyField.First),
            BirthDate = claim.BirthDate ?? default,
            Sex = claim.Sex switch { Sex.Female => "F", Sex.Male => "M", _ => "U" },
            Address = new()
            {
                Line = claim.Text(who, PartyField.Address), City = claim.Text(who, PartyField.City),
                State = claim.Text(who, PartyField.State), Zip = claim.Text(who, PartyField.Zip),
            },
        };
    }

    static Payer PayerOf(Claim claim)
    {
        var (number, name) = (claim.Text(ClaimText.PayerId), claim.Text(ClaimText.PayerName));
        return new()
        {
            Number = number.Length > 0 ? number : name, Name = name.Length > 0 ? name : number,
            Kind = claim.PayerKind == PayerKind.None ? "" : Words.PayerKinds[claim.PayerKind],
            Filing = claim.Text(ClaimText.Filing),
        };
    }
}
