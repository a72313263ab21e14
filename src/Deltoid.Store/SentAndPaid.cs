using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Reports;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using PaidClaim = Deltoid.Reports.PaidClaim;

namespace Deltoid.Store;

/// <summary>
/// Some claims as they left the first time, with the payments that are posted on them, by their versions and the files
/// that came. Which payment answers which claim is what was decided when it was posted.
/// </summary>
sealed class SentAndPaid(PracticeDb db, CancellationToken stop)
{
    /// <summary>A claim as it stands.</summary>
    public sealed record Facts(long Id, string Number, long PayerId);

    /// <summary>A version of a claim that has to do with a file.</summary>
    public sealed record Step(int Version, long FileId, string Kind, DateTime At);

    readonly Dictionary<long, List<PaidClaim>> paid = [];
    readonly Dictionary<long, Claim> sent = [];

    public List<Facts> Claims { get; private set; } = [];

    /// <summary>The files that a claim left in and was answered by, in their order.</summary>
    public ILookup<long, Step> Steps { get; private set; } = null!;

    public async Task Load(IReadOnlyCollection<long> ids)
    {
        Claims = await db.Claims.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(static c => c.Id)
            .Select(static c => new Facts(c.Id, c.Number, c.PayerId)).ToListAsync(stop);
        await LoadSteps(ids);
        await LoadPayments();
    }

    /// <summary>How an original stands; null where it never left, or replaces or voids another.</summary>
    public Standing? Of(long id)
    {
        if (!sent.TryGetValue(id, out var claim) || claim.Frequency is '7' or '8') return null;
        var standing = new Standing(new SentClaim(claim));
        foreach (var one in (paid.GetValueOrDefault(id) ?? []).OrderBy(static p => p.Day))
            if (one.Claim.IsReversal || Cohort.IsOfFirstPayer(one.Claim)) standing.Add(one);
        return standing;
    }

    async Task LoadSteps(IReadOnlyCollection<long> ids)
    {
        Steps = (await (from version in db.ClaimVersions
            join file in db.Files on version.FileId equals file.Id
            where ids.Contains(version.ClaimId)
            orderby version.Version
            select new { version.ClaimId, version.Version, FileId = file.Id, file.Kind, file.At }).ToListAsync(stop))
            .ToLookup(static s => s.ClaimId, static s => new Step(s.Version, s.FileId, s.Kind, s.At));
        foreach (var of in Steps.Where(static s => s.Any(static f => f.Kind == "837"))
            .GroupBy(static s => s.First(static f => f.Kind == "837").Version, static s => s.Key))
        {
            var (version, alike) = (of.Key, of.ToList());
            foreach (var one in await db.ClaimVersions.AsNoTracking()
                .Where(v => v.Version == version && alike.Contains(v.ClaimId))
                .Select(static v => new { v.ClaimId, v.Document }).ToListAsync(stop))
                sent[one.ClaimId] = Documents.Claim(one.Document);
        }
    }

    async Task LoadPayments()
    {
        var byNumber = Claims.ToDictionary(static c => c.Number, static c => c.Id);
        var files = Steps.SelectMany(static of => of.Where(static s => s.Kind == "835")
            .Select(s => (s.FileId, ClaimId: of.Key))).ToLookup(static s => s.FileId, static s => s.ClaimId);
        foreach (var of in files.OrderBy(static f => f.Key))
        {
            var content = await db.Files.Where(f => f.Id == of.Key).Select(static f => f.Content).SingleAsync(stop);
            var posted = (await db.Remittances.Where(r => r.FileId == of.Key && r.State == RemittanceState.Posted)
                .Select(static r => new { r.Trace, r.Amount }).ToListAsync(stop))
                .ConvertAll(static r => (r.Trace, r.Amount));
            var byHand = await db.HandMatches.Where(h => h.FileId == of.Key).ToDictionaryAsync(static h => h.Number,
                static h => h.ClaimId, stop);
            var answers = new Cohort();
            new CohortRun(answers).Read(new MemoryStream(content, writable: false), stop);
            Place(answers.Payments.Where(p => posted.Contains((p.Trace, p.Payment.Amount?.Cents ?? 0))), [.. of],
                byNumber, byHand);
        }
    }

    /// <summary>Each payment to the claim of the file that it answers: by hand, by its number, by what agrees.
    /// </summary>
    void Place(IEnumerable<PaidClaim> payments, HashSet<long> answered, Dictionary<string, long> byNumber,
        Dictionary<string, long> byHand)
    {
        var alike = new SentClaims();
        foreach (var id in answered)
            if (sent.TryGetValue(id, out var claim)) alike.Add(claim);
        foreach (var one in payments)
        {
            var number = one.Claim.Text(one.Claim.Id);
            long? id = byHand.TryGetValue(number, out var chosen) ? chosen
                : byNumber.TryGetValue(number, out var named) ? named
                : alike.Of(one.Claim) is { Sent: { } match, Sure: not Sureness.Unsure }
                    && byNumber.TryGetValue(match.Claim.Text(ClaimText.Id), out var found) ? found : null;
            if (id is { } known && answered.Contains(known))
                (paid.TryGetValue(known, out var list) ? list : paid[known] = []).Add(one);
        }
    }
}
