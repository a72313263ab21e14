using System.Globalization;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A claim of a file, read and judged, with what it says of patient and payer.</summary>
sealed record ImportedClaim(StoredClaim Claim, char Frequency, Patient Patient, Payer Payer, string[] Lines);

/// <summary>Whole claims of a file, from one of its claims on.</summary>
sealed record ImportChunk(long First, List<ImportedClaim> Claims);

/// <summary>Writes chunks of imported claims: a chunk is one change with one event. Nobody waits
/// for the disk between two of them: the end of the job does.</summary>
sealed class ImportRows(PracticeDb db, long jobId, long fileId, TimeProvider clock, CancellationToken stop)
{
    const int MostSaid = 20;

    readonly Dictionary<(string Member, DateOnly Born, string Family, string Given), long> patients = [];
    readonly Dictionary<string, Payer> payers = [];
    List<ImportedClaim> corrections = [];
    Task written = Task.CompletedTask; // rows of a chunk on their way, one table after the other

    /// <summary>What is known of patients and payers, read once.</summary>
    public async Task Open()
    {
        foreach (var known in await db.Set<Coverage>().AsNoTracking().Join(db.Patients, static c => c.PatientId,
            static p => p.Id, static (c, p) => new { c.MemberId, p.BirthDate, p.Family, p.Given, p.Id })
            .ToListAsync(stop))
            patients[(known.MemberId, known.BirthDate, Same(known.Family), Same(known.Given))] = known.Id;
        foreach (var payer in await db.Payers.AsNoTracking().OrderByDescending(static p => p.Id).ToListAsync(stop))
            payers[payer.Number] = payer;
    }

    static string Same(string name) => name.ToUpperInvariant();

    /// <exception cref="InvalidOperationException">Another run has written it already.</exception>
    public Task Write(ImportChunk chunk) => db.Commit(async practice =>
    {
        var job = await db.Jobs.SingleAsync(j => j.Id == jobId, stop);
        await db.Entry(job).ReloadAsync(stop);
        if (job.Done != chunk.First) throw new InvalidOperationException("a chunk of an import would be written twice");
        corrections = [];
        var fresh = await Fresh(job, chunk.Claims);
        await AddPayers(fresh);
        var ids = await new BulkRows<StoredClaim>(db, hasOwnIds: true).Ids(fresh.Count, stop);
        try
        {
            await AddPatients(fresh);
            AddClaims(fresh, ids);
        }
        finally
        {
            await written; // nothing is on its way when the change ends, however it ends
            written = Task.CompletedTask;
        }
        foreach (var correction in corrections) await Correct(job, correction);
        foreach (var claim in fresh) KeepFree(practice, claim.Claim.Number);
        job.Done += chunk.Claims.Count;
        db.Record(Now, "import", $"job/{jobId}", string.Create(CultureInfo.InvariantCulture,
            $"claims {chunk.First + 1} to {job.Done} of file/{fileId}"));
        return 0;
    }, stop);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// The claims whose numbers are free. A corrected or void claim (7, 8) is the next version of the one that it
    /// corrects; any other with a number that is taken is left out, and said.
    /// </summary>
    async Task<List<ImportedClaim>> Fresh(Job job, List<ImportedClaim> claims)
    {
        var numbers = claims.ConvertAll(static c => c.Claim.Number);
        var taken = (await db.Claims.Where(c => numbers.Contains(c.Number)).Select(static c => c.Number)
            .ToListAsync(stop)).ToHashSet();
        var fresh = new List<ImportedClaim>(claims.Count);
        foreach (var claim in claims)
            if (claim.Claim.Number.Length > 0 && taken.Add(claim.Claim.Number)) fresh.Add(claim);
            else if (claim.Frequency is '7' or '8') corrections.Add(claim);
            else LeaveOut(job, claim, claim.Claim.Number.Length == 0 ? "it has no number"
                : "the practice has a claim with this number");
        return fresh;
    }

    static void LeaveOut(Job job, ImportedClaim claim, string why)
    {
        if (++job.LeftOut <= MostSaid) job.Says += $"Claim {claim.Claim.Number} was left out: {why}.\n";
    }

    async Task AddPayers(List<ImportedClaim> claims)
    {
        foreach (var payer in claims.Select(static c => c.Payer).DistinctBy(static p => p.Number))
            if (payers.TryAdd(payer.Number, payer)) db.Payers.Add(payer);
        await db.SaveChangesAsync(stop);
        foreach (var claim in claims) claim.Claim.PayerId = payers[claim.Payer.Number].Id;
    }

    async Task AddPatients(List<ImportedClaim> claims)
    {
        var added = new List<(Patient Patient, Coverage Coverage)>();
        var made = new HashSet<(string, DateOnly, string, string)>();
        foreach (var claim in claims)
        {
            if (patients.ContainsKey(KeyOf(claim)) || !made.Add(KeyOf(claim))) continue;
            added.Add((claim.Patient, new()
            {
                PayerId = claim.Claim.PayerId, MemberId = claim.Claim.MemberId
            }));
        }
        var table = new BulkRows<Patient>(db, hasOwnIds: true);
        var ids = await table.Ids(added.Count, stop);
        for (var i = 0; i < added.Count; i++) added[i].Coverage.PatientId = added[i].Patient.Id = ids[i];
        written = table.Write(added.ConvertAll(static a => a.Patient), stop);
        Append(added.ConvertAll(static a => a.Coverage));
        foreach (var (patient, coverage) in added)
            patients[(coverage.MemberId, patient.BirthDate, Same(patient.Family), Same(patient.Given))] = patient.Id;
        foreach (var claim in claims) claim.Claim.PatientId = patients[KeyOf(claim)];
    }

    static (string, DateOnly, string, string) KeyOf(ImportedClaim claim) => (claim.Claim.MemberId,
        claim.Patient.BirthDate, Same(claim.Patient.Family), Same(claim.Patient.Given));

    void AddClaims(List<ImportedClaim> claims, IReadOnlyList<long> ids)
    {
        var now = Now;
        var (versions, postings, lines) = (new List<ClaimVersion>(), new List<Posting>(), new List<LineNumber>());
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i].Claim;
            (claim.Id, claim.SentIn) = (ids[i], fileId);
            versions.Add(new()
            {
                ClaimId = claim.Id, Version = 1, Document = claim.Document, At = now, PersonId = db.PersonId,
                Why = "imported", FileId = fileId,
            });
            // the claim was billed elsewhere: its charge is one entry
            postings.AddRange(Ledger.Entry(db, new(claim.Id, null, "charge", fileId, claim.ServiceDate, now),
                Account.Receivable, Account.Revenue, claim.Charge));
            foreach (var control in claims[i].Lines) lines.Add(new() { ClaimId = claim.Id, Control = control });
        }
        written = new BulkRows<StoredClaim>(db, hasOwnIds: true).Write(claims.ConvertAll(static c => c.Claim), stop,
            after: written);
        Append(versions);
        Append(postings);
        Append(lines);
    }

    void Append<T>(List<T> rows) where T : Row =>
        written = new BulkRows<T>(db, hasOwnIds: false).Write(rows, stop, after: written);

    /// <summary>A correction that was sent: the next version of the claim, with its charge.</summary>
    async Task Correct(Job job, ImportedClaim correction)
    {
        var claim = await db.Claims.SingleOrDefaultAsync(c => c.Number == correction.Claim.Number, stop);
        if (claim is null || claim.Life is not (ClaimLife.Sent or ClaimLife.Accepted or ClaimLife.Rejected))
        {
            LeaveOut(job, correction, "it corrects a claim that has been answered or changed here");
            return;
        }
        var after = Documents.Claim(correction.Claim.Document);
        await ClaimLeads.KeepLines(db, claim, Documents.Claim(claim.Document), after, stop);
        (claim.Document, claim.Charge, claim.Reference) =
            (correction.Claim.Document, correction.Claim.Charge, correction.Claim.Reference);
        (claim.Errors, claim.Warnings, claim.Cause, claim.Why) = (correction.Claim.Errors,
            correction.Claim.Warnings, correction.Claim.Cause, correction.Claim.Why);
        (claim.Life, claim.SentIn, claim.Rank) = (ClaimLife.Sent, fileId, correction.Claim.Rank);
        ClaimStory.Add(db, claim, Now,
            correction.Frequency == '7' ? "corrected claim imported" : "void claim imported", fileId);
        if (correction.Frequency == '8') await Voids.Leave(db, claim, Now, stop);
        else await Ledger.Recharge(db, claim, after, Now, stop);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>A number like those that the practice hands out is not handed out again.</summary>
    static void KeepFree(Practice practice, string number)
    {
        if (number is ['C', .. var digits] && digits.Length <= 12 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var used))
            practice.NextClaim = Math.Max(practice.NextClaim, used + 1);
    }
}
