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
/// that came. Which payment answers which claim is what was decided when it was posted. One serves piece after piece: a
/// file whose claims are in many of them is read once.
/// </summary>
sealed class SentAndPaid(PracticeDb db, CancellationToken stop)
{
    /// <summary>A claim as it stands.</summary>
    public sealed record Facts(long Id, string Number, long PayerId);

    /// <summary>A version of a claim that has to do with a file.</summary>
    public sealed record Step(int Version, long FileId, string Kind, DateTime At);

    readonly Dictionary<long, List<PaidClaim>> paid = [];
    readonly Dictionary<long, ILookup<long, PaidClaim>> files = [];
    Dictionary<long, Claim> sent = [];

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
        sent = await SentOf(Steps.Where(static s => s.Any(static f => f.Kind == "837"))
            .Select(static s => (s.Key, s.First(static f => f.Kind == "837").Version)));
    }

    async Task<Dictionary<long, Claim>> SentOf(IEnumerable<(long Claim, int Version)> left)
    {
        var found = new List<(long Claim, string Document)>();
        foreach (var of in left.GroupBy(static l => l.Version, static l => l.Claim))
        {
            var (version, alike) = (of.Key, of.ToList());
            found.AddRange((await db.ClaimVersions.AsNoTracking()
                .Where(v => v.Version == version && alike.Contains(v.ClaimId))
                .Select(static v => new { v.ClaimId, v.Document }).ToListAsync(stop))
                .Select(static v => (v.ClaimId, v.Document)));
        }
        return found.AsParallel().Select(static f => (f.Claim, Of: Documents.Claim(f.Document)))
            .ToDictionary(static f => f.Claim, static f => f.Of);
    }

    async Task LoadPayments()
    {
        paid.Clear();
        var answers = Steps.SelectMany(static of => of.Where(static s => s.Kind == "835")
            .Select(s => (s.FileId, ClaimId: of.Key))).ToLookup(static s => s.FileId, static s => s.ClaimId);
        foreach (var read in files.Keys.Where(id => !answers.Contains(id)).ToList()) files.Remove(read);
        foreach (var of in answers.OrderBy(static f => f.Key))
        {
            if (!files.TryGetValue(of.Key, out var placed)) files[of.Key] = placed = await PaymentsOf(of.Key);
            foreach (var id in of.Distinct())
                (paid.TryGetValue(id, out var list) ? list : paid[id] = []).AddRange(placed[id]);
        }
    }

    /// <summary>What a file paid, by claim.</summary>
    async Task<ILookup<long, PaidClaim>> PaymentsOf(long file)
    {
        var content = await db.Files.Where(f => f.Id == file).Select(static f => f.Content).SingleAsync(stop);
        var posted = (await db.Remittances.Where(r => r.FileId == file && r.State == RemittanceState.Posted)
            .Select(static r => new { r.Trace, r.Amount }).ToListAsync(stop))
            .Select(static r => (r.Trace, r.Amount)).ToHashSet();
        var byHand = await db.HandMatches.Where(h => h.FileId == file).ToDictionaryAsync(static h => h.Number,
            static h => h.ClaimId, stop);
        var answered = await (from version in db.ClaimVersions
            join claim in db.Claims on version.ClaimId equals claim.Id
            where version.FileId == file
            select new { claim.Number, claim.Id }).Distinct().ToDictionaryAsync(static c => c.Number, static c => c.Id,
                stop);
        var all = new Cohort();
        new CohortRun(all).Read(new MemoryStream(content, writable: false), stop);
        return await Place(all.Payments.FindAll(p => posted.Contains((p.Trace, p.Payment.Amount?.Cents ?? 0))),
            answered,
            byHand);
    }

    /// <summary>Each payment to the claim of the file that it answers: by hand, by its number, by what agrees.
    /// </summary>
    async Task<ILookup<long, PaidClaim>> Place(List<PaidClaim> payments, Dictionary<string, long> answered,
        Dictionary<string, long> byHand)
    {
        var ids = answered.Values.ToHashSet();
        SentClaims? alike = null;
        var placed = new List<(long Claim, PaidClaim Of)>(payments.Count);
        foreach (var one in payments)
        {
            var number = one.Claim.Text(one.Claim.Id);
            long? id = byHand.TryGetValue(number, out var chosen) ? chosen
                : answered.TryGetValue(number, out var named) ? named
                : (alike ??= await Alike(ids)).Of(one.Claim) is { Sent: { } match, Sure: not Sureness.Unsure }
                    && answered.TryGetValue(match.Claim.Text(ClaimText.Id), out var found) ? found : null;
            if (id is { } known && ids.Contains(known)) placed.Add((known, one));
        }
        return placed.ToLookup(static p => p.Claim, static p => p.Of);
    }

    /// <summary>The claims that a file answered, for payments that name none of them.</summary>
    async Task<SentClaims> Alike(HashSet<long> ids)
    {
        var left = await (from version in db.ClaimVersions
            join file in db.Files on version.FileId equals file.Id
            where ids.Contains(version.ClaimId) && file.Kind == "837"
            group version by version.ClaimId into of
            select new { of.Key, First = of.Min(static v => v.Version) }).ToListAsync(stop);
        var alike = new SentClaims();
        foreach (var (_, claim) in (await SentOf(left.Select(static l => (l.Key, l.First)))).OrderBy(static c => c.Key))
            alike.Add(claim);
        return alike;
    }
}
