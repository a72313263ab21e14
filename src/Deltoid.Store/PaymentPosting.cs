using System.Globalization;
using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Posts the payments of a file: each whole, or not at all. All that is asked of the store is asked once for a payment,
/// not for each of its claims.
/// </summary>
sealed class PaymentPosting(PracticeDb db, StoredFile file, DateTime now, CancellationToken stop)
{
    readonly DateOnly day = DateOnly.FromDateTime(now);

    /// <summary>One side gains what the other gives.</summary>
    readonly record struct Movement(StoredClaim? Claim, int? Line, string Kind, Account Gains, Account Gives,
        long Cents);

    /// <summary>Keeps a payment, and posts it where it adds up and all of it can be posted.</summary>
    /// <param name="surveyed">The payment as it was read; its answer is <paramref name="set"/>.</param>
    public async Task<Remittance> Post(SurveyedSet surveyed, JsonElement set)
    {
        var (trace, payer) = (Text(set, "trace"), Text(set, "payer"));
        var amount = Cents(set.GetProperty("totals"), "amount");
        var remittance = new Remittance
        {
            FileId = file.Id, Trace = trace, PayerName = payer, Amount = amount, Verdict = Text(set, "verdict"),
            Key = string.Create(CultureInfo.InvariantCulture, $"{payer}|{trace}|{amount}|{Text(set, "effective")}"),
            Fault = set.GetProperty("faults").EnumerateArray().Select(static f => Text(f, "message"))
                .FirstOrDefault(""),
            TraceKey = KnownBefore.KeyOf(surveyed.TraceKey), PayerKey = KnownBefore.KeyOf(surveyed.PayerKey),
            Carries = KnownBefore.CarriesBalance(surveyed),
        };
        db.Remittances.Add(remittance);
        if (remittance.Verdict is not ("post" or "post-with-warning")) return remittance;
        if (await db.Remittances.AnyAsync(r => r.Key == remittance.Key
            && (r.Verdict == "post" || r.Verdict == "post-with-warning"), stop)
            || db.Remittances.Local.Any(r => r != remittance && r.Key == remittance.Key
                && r.Verdict is "post" or "post-with-warning"))
            return Quarantine(remittance, "a payment of this payer with the same number, amount and day was posted, "
                + "and it said something else. Ask the payer which one counts");
        var claims = await ClaimsOf(set);
        var movements = Movements(set, claims);
        var cash = movements.Sum(static m => m.Gains == Account.Cash ? m.Cents
            : m.Gives == Account.Cash ? -m.Cents : 0);
        if (cash != amount)
            return Quarantine(remittance, FormattableString.Invariant(
                $"what would be posted comes to {cash / 100m:0.00}, and the payment is {amount / 100m:0.00}")
                + ". Ask the payer what the difference is");
        await Write(set, claims, movements);
        return remittance;
    }

    static Remittance Quarantine(Remittance remittance, string why)
    {
        (remittance.Verdict, remittance.Fault) = ("quarantine", why);
        return remittance;
    }

    static string NumberOf(JsonElement answer) =>
        answer.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object
            ? Text(match, "claim") : "";

    async Task<Dictionary<string, StoredClaim>> ClaimsOf(JsonElement set)
    {
        var numbers = set.GetProperty("claims").EnumerateArray().Select(NumberOf)
            .Where(static n => n.Length > 0).ToHashSet();
        return await db.Claims.Where(c => numbers.Contains(c.Number)).ToDictionaryAsync(static c => c.Number, stop);
    }

    static List<Movement> Movements(JsonElement set, Dictionary<string, StoredClaim> claims)
    {
        var movements = new List<Movement>();
        foreach (var answer in set.GetProperty("claims").EnumerateArray())
        {
            var claim = claims.GetValueOrDefault(NumberOf(answer));
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
            movements.Add(new(null, null, "provider-level", Account.ProviderLevel, Account.Cash,
                Cents(adjustment, "amount")));
        return movements;
    }

    async Task Write(JsonElement set, Dictionary<string, StoredClaim> claims, List<Movement> movements)
    {
        var owed = await Ledger.Owed(db, [.. claims.Values.Select(static c => c.Id)], stop);
        foreach (var (claim, line, kind, gains, gives, cents) in movements)
        {
            Ledger.Move(db, new(claim?.Id, line, kind, file.Id, day, now), gains, gives, cents);
            if (claim is null) continue;
            var (payers, patient) = owed.GetValueOrDefault(claim.Id);
            owed[claim.Id] = (payers - cents, gains == Account.Patient ? patient + cents : patient);
        }
        foreach (var answer in set.GetProperty("claims").EnumerateArray())
            if (claims.GetValueOrDefault(NumberOf(answer)) is { } claim)
                Answered(claim, answer, owed.GetValueOrDefault(claim.Id) is (0, 0));
    }

    void Answered(StoredClaim claim, JsonElement answer, bool isClosed)
    {
        claim.Answer = answer.GetRawText();
        claim.Life = isClosed ? ClaimLife.Closed : ClaimLife.Answered;
        ClaimStory.Add(db, claim, now, "answered in " + file.Name, file.Id);
        db.Record(now, "post", $"claim/{claim.Id}", $"file/{file.Id}");
    }

    static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Amounts are written with two decimals, from cents.</summary>
    static long Cents(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? (long)(value.GetDecimal() * 100) : 0;
}
