using System.Globalization;
using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Store;

/// <summary>
/// Keeps the payments of a file and posts them: each whole, or not at all. All that is asked of the store is asked once
/// for a payment, not for each of its claims.
/// </summary>
sealed class PaymentPosting(PracticeDb db, StoredFile file, DateTime now, CancellationToken stop)
{
    readonly DateOnly day = DateOnly.FromDateTime(now);

    /// <summary>One side gains what the other gives.</summary>
    readonly record struct Movement(StoredClaim? Claim, int? Line, string Kind, Account Gains, Account Gives,
        long Cents);

    /// <summary>Keeps a payment: it waits to be posted, or is aside with what is wrong with it.</summary>
    /// <param name="surveyed">The payment as it was read; its answer is <paramref name="set"/>.</param>
    public Remittance Keep(SurveyedSet surveyed, JsonElement set)
    {
        var (trace, payer) = (Text(set, "trace"), Text(set, "payer"));
        var amount = Cents(set.GetProperty("totals"), "amount");
        var remittance = new Remittance
        {
            FileId = file.Id, Trace = trace, PayerName = payer, Amount = amount,
            Day = DateOnly.TryParse(Text(set, "effective"), CultureInfo.InvariantCulture, out var moved) ? moved : null,
            Verdict = "",
            Key = string.Create(CultureInfo.InvariantCulture, $"{payer}|{trace}|{amount}|{Text(set, "effective")}"),
            TraceKey = KnownBefore.KeyOf(surveyed.TraceKey), PayerKey = KnownBefore.KeyOf(surveyed.PayerKey),
            Carries = KnownBefore.CarriesBalance(surveyed),
        };
        Judge(remittance, set);
        db.Remittances.Add(remittance);
        return remittance;
    }

    static void Judge(Remittance remittance, JsonElement set)
    {
        remittance.Verdict = Text(set, "verdict");
        remittance.State = remittance.Verdict is "post" or "post-with-warning" ? RemittanceState.Waiting
            : RemittanceState.Aside;
        // what keeps it back is said before what is only odd; what is of form only is on its own page
        remittance.Fault = set.GetProperty("faults").EnumerateArray().Where(static f => Text(f, "severity") != "info")
            .OrderBy(static f => Text(f, "severity") == "error" ? 0 : 1).Select(static f => Text(f, "message"))
            .FirstOrDefault("");
    }

    /// <summary>Posts a payment, if all of it can be posted now; else it is aside with the reason.</summary>
    /// <param name="remittance">It has its number: its postings bear it.</param>
    /// <param name="set">Its answer as of now.</param>
    public async Task Post(Remittance remittance, JsonElement set)
    {
        Judge(remittance, set);
        if (remittance.State == RemittanceState.Aside) return;
        if (await db.Remittances.AnyAsync(r => r.Key == remittance.Key && r.State == RemittanceState.Posted, stop)
            || db.Remittances.Local.Any(r => r.Key == remittance.Key && r.State == RemittanceState.Posted))
        {
            Quarantine(remittance, "a payment of this payer with the same number, amount and day was posted, "
                + "and it said something else. Ask the payer which one counts");
            return;
        }
        var claims = await ClaimsOf(set);
        var owed = await Ledger.Owed(db, [.. claims.Values.Select(static c => c.Id)], stop);
        var movements = Movements(set, claims);
        await AddPutBack(movements, claims);
        await TakeUpAgain(movements, owed);
        var cash = movements.Sum(static m => m.Gains == Account.Cash ? m.Cents
            : m.Gives == Account.Cash ? -m.Cents : 0);
        if (cash != remittance.Amount)
        {
            Quarantine(remittance, FormattableString.Invariant(
                $"what would be posted comes to {cash / 100m:0.00}, and the payment is {remittance.Amount / 100m:0.00}")
                + ". Ask the payer what the difference is");
            return;
        }
        Write(remittance, set, claims, movements, owed);
        (remittance.State, remittance.Held) = (RemittanceState.Posted, "");
    }

    static void Quarantine(Remittance remittance, string why) =>
        (remittance.Verdict, remittance.State, remittance.Fault) = ("quarantine", RemittanceState.Aside, why);

    async Task<Dictionary<string, StoredClaim>> ClaimsOf(JsonElement set)
    {
        var numbers = set.GetProperty("claims").EnumerateArray().Select(Claim)
            .Concat(set.GetProperty("adjustments").EnumerateArray().Select(Recovered))
            .Where(static n => n.Length > 0).ToHashSet();
        return await db.Claims.Where(c => numbers.Contains(c.Number)).ToDictionaryAsync(static c => c.Number, stop);
    }

    /// <summary>The claim on which the payer takes back what it paid too much; empty where it names none.</summary>
    static string Recovered(JsonElement adjustment) =>
        ProviderAdjustments.PostingOf(ReasonOf(adjustment)) == PostingKind.Recovery ? Text(adjustment, "claim") : "";

    static Code ReasonOf(JsonElement adjustment) => Code.Of(Text(adjustment, "reason"));

    static List<Movement> Movements(JsonElement set, Dictionary<string, StoredClaim> claims)
    {
        var movements = new List<Movement>();
        foreach (var answer in set.GetProperty("claims").EnumerateArray())
        {
            var claim = claims.GetValueOrDefault(Claim(answer));
            foreach (var posting in answer.GetProperty("posting").EnumerateArray())
            {
                var (kind, cents) = (Text(posting, "kind"), Cents(posting, "amount"));
                int? line = posting.TryGetProperty("line", out var at) && at.ValueKind == JsonValueKind.Number
                    ? at.GetInt32() : null;
                Account? gains = kind switch
                {
                    "payment" => Account.Cash,
                    "contractual" => Account.Contractual,
                    "patient" => Account.Patient,
                    _ => null, // what is denied, proposed or another payer's stays open on the claim
                };
                if (gains is { } account) movements.Add(new(claim, line, kind, account, Account.Receivable, cents));
            }
        }
        foreach (var adjustment in set.GetProperty("adjustments").EnumerateArray()) // what is kept from the check
            movements.Add(claims.TryGetValue(Recovered(adjustment), out var paid)
                ? new(paid, null, Recovery, Account.Receivable, Account.Cash, Cents(adjustment, "amount"))
                : new(null, null, KindOf(ReasonOf(adjustment)), Account.ProviderLevel, Account.Cash,
                    Cents(adjustment, "amount")));
        return movements;
    }

    /// <summary>A payer that takes its decision back puts back what a void that left has put back already.</summary>
    async Task AddPutBack(List<Movement> movements, Dictionary<string, StoredClaim> claims)
    {
        var back = movements.Where(static m => m is { Claim: not null, Cents: < 0,
                Gains: Account.Contractual or Account.Patient }).GroupBy(static m => (m.Claim!.Id, m.Gains))
            .ToDictionary(static g => g.Key, static g => g.Sum(static m => m.Cents));
        foreach (var (claim, line, kind, account, cents) in await Voids.PutBackTwice(db, back, stop))
            movements.Add(new(claims.Values.First(c => c.Id == claim), line, kind, account, Account.Receivable, cents));
    }

    /// <summary>What a payer takes back of a claim, or of no claim that it names; and what is no such thing.</summary>
    internal const string Recovery = "recovery", Interest = "interest", Forward = "forward-balance";

    static string KindOf(Code reason) => ProviderAdjustments.PostingOf(reason) switch
    {
        PostingKind.Recovery => Recovery,
        PostingKind.Interest => Interest,
        PostingKind.ForwardBalance => Forward,
        _ => "provider-level",
    };

    void Write(Remittance remittance, JsonElement set, Dictionary<string, StoredClaim> claims,
        List<Movement> movements, Dictionary<long, (long Payers, long Patient)> owed)
    {
        var twice = TakenOffTwice(movements, owed);
        foreach (var (claim, line, kind, gains, gives, cents) in movements)
        {
            Ledger.Move(db, new(claim?.Id, line, kind, file.Id, day, now, remittance.Id), gains, gives, cents);
            if (claim is null) continue;
            var (payers, patient) = owed.GetValueOrDefault(claim.Id);
            owed[claim.Id] = (gains == Account.Receivable ? payers + cents : payers - cents,
                gains == Account.Patient ? patient + cents : gives == Account.Patient ? patient - cents : patient);
        }
        var answered = new HashSet<long>();
        foreach (var answer in set.GetProperty("claims").EnumerateArray())
            if (claims.GetValueOrDefault(Claim(answer)) is { } claim)
            {
                answered.Add(claim.Id);
                Answered(remittance, claim, answer, owed.GetValueOrDefault(claim.Id),
                    twice.GetValueOrDefault(claim.Id));
            }
        foreach (var claim in movements.Where(static m => m is { Kind: Recovery, Claim: not null })
            .Select(static m => m.Claim!).DistinctBy(static c => c.Id).Where(c => !answered.Contains(c.Id)))
            TakenBack(claim, owed.GetValueOrDefault(claim.Id) is (0, 0));
    }

    /// <summary>
    /// A payer pays after all what was written off, or billed to the patient for it: that is taken back as far as the
    /// payer's decision needs it.
    /// </summary>
    async Task TakeUpAgain(List<Movement> movements, Dictionary<long, (long Payers, long Patient)> owed)
    {
        var needs = movements.Where(static m => m is { Claim: not null, Gives: Account.Receivable })
            .GroupBy(static m => m.Claim!).Select(g => (Claim: g.Key, Cents: g.Sum(static m => m.Cents)
                - Math.Max(0, owed.GetValueOrDefault(g.Key.Id).Payers))).Where(static n => n.Cents > 0)
            .ToDictionary(static n => n.Claim.Id);
        if (needs.Count == 0) return;
        var ids = needs.Keys.ToList();
        foreach (var gone in await db.Postings.Where(p => p.ClaimId != null && ids.Contains(p.ClaimId.Value)
                && (p.Account == Account.WriteOff && p.Kind == "write-off"
                    || p.Account == Account.Patient && p.Kind == "bill-patient"))
            .GroupBy(static p => new { Claim = p.ClaimId!.Value, p.Account, p.Kind })
            .Select(static g => new { g.Key.Claim, g.Key.Account, g.Key.Kind, Cents = g.Sum(static p => p.Cents) })
            .OrderBy(static g => g.Account).ToListAsync(stop))
        {
            var (claim, need) = needs[gone.Claim];
            if (Math.Min(need, gone.Cents) is not (> 0 and var back)) continue;
            movements.Insert(0, new(claim, null, gone.Kind, Account.Receivable, gone.Account, back));
            needs[gone.Claim] = (claim, need - back);
        }
    }

    /// <summary>
    /// A payer that decides twice on a claim takes off by contract, and puts to the patient, twice what it may once:
    /// beside what it pays, no more is taken off than is open. What it paid twice is a credit.
    /// </summary>
    /// <returns>What was not taken off again, by claim.</returns>
    static Dictionary<long, long> TakenOffTwice(List<Movement> movements,
        Dictionary<long, (long Payers, long Patient)> owed)
    {
        var twice = new Dictionary<long, long>();
        foreach (var of in Enumerable.Range(0, movements.Count).Where(i => movements[i].Claim is not null)
            .GroupBy(i => movements[i].Claim!.Id))
        {
            var off = of.Where(i => movements[i].Gains is Account.Contractual or Account.Patient).ToList();
            var paid = of.Except(off).Sum(i => movements[i].Gains == Account.Cash ? movements[i].Cents
                : -movements[i].Cents);
            var room = Math.Max(0, owed.GetValueOrDefault(of.Key).Payers - paid);
            var over = off.Sum(i => movements[i].Cents) - room;
            if (over <= 0) continue;
            twice[of.Key] = over;
            foreach (var i in off.OrderBy(i => movements[i].Gains == Account.Patient).ThenByDescending(static i => i))
            {
                var less = Math.Min(over, Math.Max(0, movements[i].Cents));
                movements[i] = movements[i] with { Cents = movements[i].Cents - less };
                over -= less;
            }
        }
        return twice;
    }

    void Answered(Remittance remittance, StoredClaim claim, JsonElement answer, (long Payers, long Patient) owed,
        long twice)
    {
        claim.Life = owed is (0, 0) ? ClaimLife.Closed : ClaimLife.Answered;
        Denials.Show(claim, answer, owed.Payers);
        if (claim.Why.Length == 0)
            claim.Why = owed switch
            {
                (<= 0, > 0) when Cents(answer, "patientOwes") > 0 =>
                    "The payer has decided, and the rest is the patient's: bill the patient.",
                (<= 0, > 0) => "The payer has decided, and the patient is not billed for the rest: look at the answer.",
                (_, < 0) => "The patient has paid what is not owed any more: pay it back.",
                _ => "",
            };
        ClaimStory.Add(db, claim, now, "answered in " + file.Name + (twice == 0 ? "" : FormattableString.Invariant(
            $"; {twice / 100m:0.00} that it takes off a second time is not taken off again")), file.Id,
            remittance.Id);
        db.Record(now, "post", $"claim/{claim.Id}", $"file/{file.Id}");
    }

    /// <summary>The payer has taken back, from a payment of others, what it paid too much: no answer to the claim.
    /// </summary>
    void TakenBack(StoredClaim claim, bool isClosed)
    {
        if (isClosed && claim.Life == ClaimLife.Answered) claim.Life = ClaimLife.Closed;
        ClaimStory.Add(db, claim, now, "the payer took money back in " + file.Name);
        db.Record(now, "post", $"claim/{claim.Id}", $"file/{file.Id}");
    }
}
