using System.Text;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Remits;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What a new 835 has to do with what is there: the claims that its payments may answer, and the earlier files that
/// decided on the same payments and claims. They are found by the keys that were kept when they came, so that a file
/// costs what it and its relations cost, however many there are.
/// </summary>
/// <param name="before">Only earlier files with numbers below count.</param>
sealed class KnownBefore(PracticeDb db, SurveyedFile file, RemitInput input, long before, CancellationToken stop)
{
    static readonly ClaimLife[] AsSent =
        [ClaimLife.Sent, ClaimLife.Accepted, ClaimLife.Rejected, ClaimLife.Answered, ClaimLife.Closed];

    readonly HashSet<string> numbers = [], controls = [], lines = [], ofLaterPayers = [], named = [];
    readonly SortedDictionary<long, (string Number, Claim Claim, Encounter? Chart)> documents = [];
    ILookup<string, RecordFact> facts = null!;

    /// <summary>The claims as sent, with all that a payment of the file could mean.</summary>
    public async Task<SentClaims> Claims()
    {
        facts = await RecordFacts.All(db, stop);
        Collect();
        await Load(db.Claims.Where(c => numbers.Contains(c.Number) || named.Contains(c.Number)));
        await Load(db.Claims.Where(c => c.Reference != ""
            && (controls.Contains(c.Reference) || named.Contains(c.Reference))));
        await Load(db.LineNumbers.Where(l => lines.Contains(l.Control)).Join(db.Claims, static l => l.ClaimId,
            static c => c.Id, static (_, c) => c));
        await LoadLearned();
        await Load(db.HandMatches.Where(h => h.FileId == before).Join(db.Claims, static h => h.ClaimId,
            static c => c.Id, static (_, c) => c));
        byHand = await db.HandMatches.Where(h => h.FileId == before)
            .ToDictionaryAsync(static h => h.ClaimId, static h => h.Number, stop);
        var sent = Sent();
        return await LoadAlike(sent) ? Sent() : sent;
    }

    void Collect()
    {
        foreach (var set in file.Sets)
            foreach (var adjustment in set.Adjustments)
                named.UnionWith(RemitRun.NamesIn(set.Head.Text(adjustment.Row.Reference)));
        RemitRun.EachPayment(file, input, (_, payment) =>
        {
            var number = payment.Text(payment.Id);
            numbers.Add(number);
            if (payment.IsOfLaterPayer) ofLaterPayers.Add(number);
            if (payment.Text(payment.PayerControl) is { Length: > 0 } control) controls.Add(control);
            foreach (ref readonly var line in payment.Lines)
            {
                if (payment.Text(line.Control) is not { Length: > 0 } own) continue;
                lines.Add(own);
                if (ClaimLeads.NumberIn(own) is { } of) numbers.Add(of);
            }
        });
    }

    async Task Load(IQueryable<StoredClaim> claims)
    {
        var found = await claims.Where(static c => AsSent.Contains(c.Life))
            .Select(c => new
            {
                c.Id, c.Number, c.Document,
                Chart = db.Visits.Where(v => v.Id == c.VisitId).Select(static v => v.Document).FirstOrDefault(),
            }).ToListAsync(stop);
        foreach (var (id, known) in found.Where(c => !documents.ContainsKey(c.Id)).AsParallel()
            .Select(static c => (c.Id,
            (c.Number, Documents.Claim(c.Document), c.Chart is null ? null : Documents.Visit(c.Chart)))).ToList())
            documents[id] = known;
    }

    /// <summary>The payer's number of a claim in another payment, which had the claim's own number too.</summary>
    async Task LoadLearned()
    {
        var sent = Sent();
        var wanted = new HashSet<string>();
        RemitRun.EachPayment(file, input, (_, payment) =>
        {
            var control = ContentHash.OfNumber(payment[payment.PayerControl]);
            if (control == 0 || sent.Has(ContentHash.OfNumber(payment[payment.Id]))) return;
            wanted.Add(payment.Text(payment.PayerControl));
        });
        if (wanted.Count == 0) return;
        controlsWithoutClaim = wanted;
        await Load(db.PaidClaims.Where(p => wanted.Contains(p.Control)).Join(db.Claims, static p => p.Number,
            static c => c.Number, static (_, c) => c));
    }

    HashSet<string> controlsWithoutClaim = [];
    Dictionary<long, string> byHand = [];

    /// <summary>Payments that no number leads to a claim: those of the same member or day may be it.</summary>
    async Task<bool> LoadAlike(SentClaims sent)
    {
        var (members, days) = (new HashSet<string>(), new HashSet<DateOnly>());
        RemitRun.EachPayment(file, input, (_, payment) =>
        {
            if (sent.Of(payment).By is not (MatchBy.None or MatchBy.BestMatch)) return;
            if (Encoding.UTF8.GetString(SentClaims.MemberOf(payment)) is { Length: > 0 } member) members.Add(member);
            if (SentClaims.FirstDayOf(payment) is var day && day != default) days.Add(day);
        });
        var count = documents.Count;
        if (members.Count > 0) await Load(db.Claims.Where(c => members.Contains(c.MemberId)));
        if (days.Count > 0)
        {
            await Load(db.Claims.Where(c => c.FirstDay == null && days.Contains(c.ServiceDate)));
            await Load(db.Claims.Where(c => c.FirstDay != null && days.Contains(c.FirstDay!.Value)));
        }
        return documents.Count > count;
    }

    /// <summary>In the order in which they came to be, as all of them would be.</summary>
    SentClaims Sent()
    {
        var sent = new SentClaims();
        foreach (var (id, (number, claim, chart)) in documents)
        {
            sent.Add(claim);
            (sent.All[^1].Record, sent.All[^1].Chart) = ([.. facts[number]], chart);
            if (byHand.TryGetValue(id, out var asPaid)) sent.MatchByHand(asPaid);
        }
        return sent;
    }

    /// <summary>Takes in the earlier files that have to do with this one, in the order in which they came.</summary>
    public async Task Recall(RemitRun run)
    {
        var ids = await Related();
        foreach (var id in ids.Where(id => id < before).Order())
        {
            var earlier = await db.Files.AsNoTracking().SingleAsync(f => f.Id == id, stop);
            var posted = await db.Remittances.Where(r => r.FileId == id).OrderBy(static r => r.Id)
                .Select(static r => r.State == RemittanceState.Posted).ToListAsync(stop);
            var content = earlier.Content;
            var surveyed = run.Survey(new(earlier.Name, () => new MemoryStream(content, writable: false)),
                isEarlier: true, stop);
            for (var i = 0; i < surveyed.Sets.Count; i++) surveyed.Sets[i].WasPosted = posted[i];
        }
    }

    /// <summary>The files of payments with the same numbers, decisions or balances.</summary>
    async Task<HashSet<long>> Related()
    {
        var (traces, payers, decisions) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        foreach (var set in file.Sets.Where(static s => s.IsRead))
        {
            if (set.TraceKey != 0) traces.Add(KeyOf(set.TraceKey));
            if (CarriesBalance(set)) payers.Add(KeyOf(set.PayerKey));
            foreach (ref readonly var mark in set.Marks.Span)
                if (mark is { Decision: not 0, IsReversal: false }) decisions.Add(DecisionOf(set, mark));
        }
        var (other, byNumber) = (controlsWithoutClaim.Union(named).ToHashSet(), ofLaterPayers.Union(named).ToHashSet());
        HashSet<long> ids = [
            .. await db.Remittances.Where(r => traces.Contains(r.TraceKey)).Select(static r => r.FileId)
                .ToListAsync(stop),
            .. await db.PaidClaims.Where(p => decisions.Contains(p.Decision)).Select(static p => p.FileId)
                .ToListAsync(stop)];
        if (payers.Count > 0)
            ids.UnionWith(await db.Remittances.Where(r => r.Carries && payers.Contains(r.PayerKey))
                .Select(static r => r.FileId).ToListAsync(stop));
        if (other.Count > 0)
            ids.UnionWith(await db.PaidClaims.Where(p => other.Contains(p.Control)).Select(static p => p.FileId)
                .ToListAsync(stop));
        if (byNumber.Count > 0)
            ids.UnionWith(await db.PaidClaims.Where(p => byNumber.Contains(p.Number)).Select(static p => p.FileId)
                .ToListAsync(stop));
        return ids;
    }

    /// <summary>A hash of the engine as databases keep it: the same bits with a sign.</summary>
    public static long KeyOf(ulong hash) => unchecked((long)hash); // the same bits

    public static bool CarriesBalance(SurveyedSet set)
    {
        foreach (var adjustment in set.Adjustments)
            if (adjustment.Row.Reason == ProviderAdjustments.Forward) return true;
        return false;
    }

    public static long DecisionOf(SurveyedSet set, in PaymentMark mark) =>
        mark.Decision == 0 ? 0 : KeyOf(ContentHash.With(mark.Decision, set.PayerKey));

    /// <summary>Keeps the keys of the file's payments for those that come later.</summary>
    public static void Keep(PracticeDb db, long fileId, SurveyedFile file, RemitInput input)
    {
        var at = new Dictionary<SurveyedSet, int>();
        RemitRun.EachPayment(file, input, (set, payment) =>
        {
            var index = at.GetValueOrDefault(set);
            at[set] = index + 1;
            db.NewPaidClaims.Add(new()
            {
                FileId = fileId, Number = payment.Text(payment.Id), Control = payment.Text(payment.PayerControl),
                Decision = DecisionOf(set, set.Marks[index]),
            });
        });
    }
}
