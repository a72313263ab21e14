using System.Text.Json;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Store.AnswerJson;

namespace Deltoid.Store;

/// <summary>
/// What people do with payments: look before anything is posted, post, take a posting back, hold some for a look.
/// </summary>
public static class Remittances
{
    /// <summary>Group and reason as payers write them: CO-97.</summary>
    static bool IsReason(string text) => text.Length is > 3 and < 8 && text[2] == '-'
        && text.AsSpan(0, 2) is "CO" or "OA" or "PI" or "PR" or "CR"
        && text.Skip(3).All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// Why a payment waits for a person, in words: a claim of it is not known, or a rule holds it; empty where it may
    /// be posted.
    /// </summary>
    internal static string HeldBy(IReadOnlyList<HoldRule> rules, Remittance remittance, JsonElement set)
    {
        if (remittance.State != RemittanceState.Waiting) return "";
        var unknown = set.GetProperty("claims").EnumerateArray().Where(static c => Claim(c).Length == 0)
            .Select(static c => Text(c, "claim")).ToList();
        if (unknown.Count > 0)
            return $"claim {unknown[0]} is not known here" + (unknown.Count == 1 ? ""
                : FormattableString.Invariant($", and {unknown.Count - 1} more"));
        foreach (var claim in set.GetProperty("claims").EnumerateArray())
            foreach (var posting in claim.GetProperty("posting").EnumerateArray())
            {
                if (Text(posting, "group") is not { Length: > 0 } group) continue;
                var reason = $"{group}-{Text(posting, "reason")}";
                foreach (var rule in rules)
                    if (rule.Reason == reason && rule.PayerName is "" || rule.Reason == reason
                        && rule.PayerName.Equals(remittance.PayerName, StringComparison.OrdinalIgnoreCase))
                        return $"{reason} on claim {Text(claim, "claim")}";
            }
        return "";
    }

    /// <summary>What the payment says now, as <c>deltoid remit</c> answers its set; the caller owns the document.
    /// </summary>
    public static async Task<(JsonDocument File, JsonElement Set)> Look(PracticeDb db, Engine engine,
        Remittance remittance, DateTime now, CancellationToken stop = default)
    {
        var answer = await Receiving.JudgeAgain(db, engine, remittance.FileId, now, stop);
        return (answer, await SetOf(db, answer, remittance, stop));
    }

    /// <summary>Payments are kept in the order of their file.</summary>
    static async Task<JsonElement> SetOf(PracticeDb db, JsonDocument answer, Remittance remittance,
        CancellationToken stop) => answer.RootElement.GetProperty("sets")[
            await db.Remittances.CountAsync(r => r.FileId == remittance.FileId && r.Id < remittance.Id, stop)];

    /// <summary>
    /// Posts payments that wait or were taken back, each whole, in one change; what cannot be posted any more is aside
    /// with its reason.
    /// </summary>
    public static Task<List<Remittance>> Post(PracticeDb db, Engine engine, IReadOnlyCollection<long> ids, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var wanted = await db.Remittances.Where(r => ids.Contains(r.Id)
            && (r.State == RemittanceState.Waiting || r.State == RemittanceState.TakenBack))
            .OrderBy(static r => r.Id).ToListAsync(stop);
        foreach (var ofFile in wanted.GroupBy(static r => r.FileId))
        {
            var file = await db.Files.AsNoTracking().SingleAsync(f => f.Id == ofFile.Key, stop);
            using var answer = await Receiving.JudgeAgain(db, engine, file.Id, now, stop);
            var posting = new PaymentPosting(db, file, now, stop);
            foreach (var remittance in ofFile)
            {
                await posting.Post(remittance, await SetOf(db, answer, remittance, stop));
                db.Record(now, remittance.State == RemittanceState.Posted ? "post" : "keep-aside",
                    $"remittance/{remittance.Id}", $"file/{file.Id}");
                await db.SaveChangesAsync(stop);
            }
        }
        return wanted;
    }, stop);

    /// <summary>Whether a payment is kept back because one that looks the same was posted.</summary>
    public static async Task<bool> IsTwin(PracticeDb db, Remittance payment, CancellationToken stop = default) =>
        payment is { State: RemittanceState.Aside, Verdict: "quarantine" } && await db.Remittances.AnyAsync(r =>
            r.Key == payment.Key && r.State == RemittanceState.Posted, stop);

    /// <summary>The payer has said that a payment is another one than its twin: it waits to be posted.</summary>
    /// <exception cref="InputException">It has no twin, or no reason is given.</exception>
    public static Task<int> IsAnother(PracticeDb db, long id, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (why.Trim().Length == 0)
            throw new InputException("why", "a reason is missing", "write who at the payer said it, and when");
        var payment = await db.Remittances.SingleAsync(r => r.Id == id, stop);
        if (!await IsTwin(db, payment, stop))
            throw new InputException("remittance", "no payment like this one is posted", "load the page again");
        payment.Key += FormattableString.Invariant($"|{payment.Id}");
        (payment.State, payment.Fault, payment.Held) = (RemittanceState.Waiting, "", "");
        db.Record(now, "change", $"remittance/{id}", "another payment: " + why.Trim());
        return 0;
    }, stop);

    /// <summary>
    /// Takes back all that a file posted, as new entries of today; its claims are where they were before, and its
    /// payments can be posted again.
    /// </summary>
    /// <returns>How many entries were taken back.</returns>
    /// <exception cref="InputException">Nothing of it is posted, or no reason is given.</exception>
    public static Task<int> TakeBack(PracticeDb db, Engine engine, long fileId, string why, DateTime now,
        CancellationToken stop = default) => TakeBack(db, engine, fileId, null, why, now, stop);

    /// <summary>Takes back what one payment of a file posted; the others stay.</summary>
    /// <inheritdoc cref="TakeBack(PracticeDb, Engine, long, string, DateTime, CancellationToken)"/>
    public static Task<int> TakeBackOne(PracticeDb db, Engine engine, Remittance payment, string why, DateTime now,
        CancellationToken stop = default) => TakeBack(db, engine, payment.FileId, payment.Id, why, now, stop);

    static Task<int> TakeBack(PracticeDb db, Engine engine, long fileId, long? only, string why, DateTime now,
        CancellationToken stop) => db.Change(async _ =>
    {
        if (why.Trim().Length == 0)
            throw new InputException("why", "a reason is missing", "write why the posting is taken back");
        var remittances = await db.Remittances.Where(r => r.FileId == fileId && r.State == RemittanceState.Posted
            && (only == null || r.Id == only)).ToListAsync(stop);
        if (remittances.Count == 0)
            throw new InputException("file", "nothing of this file is posted", "post it first");
        if (only is not null && await db.Postings.AnyAsync(p => p.FileId == fileId && p.Kind != "charge"
            && p.RemittanceId == null, stop))
            throw new InputException("file", "it was posted by an earlier version of the program",
                "take back the posting of the whole file");
        var entries = await Reverse(db, fileId, only, now, stop);
        foreach (var remittance in remittances)
        {
            remittance.State = RemittanceState.TakenBack;
            db.Record(now, "take-back", $"remittance/{remittance.Id}", $"file/{fileId}", new { why });
        }
        await db.SaveChangesAsync(stop);
        await Reopen(db, engine, fileId, only, now, stop);
        return entries;
    }, stop);

    /// <summary>Each sum that the file left on a claim's line goes back, with the day of today.</summary>
    static async Task<int> Reverse(PracticeDb db, long fileId, long? only, DateTime now, CancellationToken stop)
    {
        var posted = await db.Postings.AsNoTracking().Where(p => p.FileId == fileId
            && (only == null || p.RemittanceId == only)).ToListAsync(stop);
        var entries = 0;
        foreach (var of in posted.GroupBy(static p => (p.ClaimId, p.Line, p.Kind, p.RemittanceId)))
        {
            var sums = of.GroupBy(static p => p.Account).Select(static g => (g.Key, Cents: g.Sum(static p => p.Cents)))
                .Where(static s => s.Cents != 0).ToList();
            if (sums.Count == 0) continue;
            var entry = Guid.CreateVersion7();
            foreach (var (account, cents) in sums)
                db.NewPostings.Add(new()
                {
                    Entry = entry, ClaimId = of.Key.ClaimId, Line = of.Key.Line, Kind = of.Key.Kind, Account = account,
                    Cents = -cents, FileId = fileId, RemittanceId = of.Key.RemittanceId,
                    Day = DateOnly.FromDateTime(now), At = now,
                });
            entries++;
        }
        return entries;
    }

    /// <summary>The claims of a file whose posting was taken back: an earlier payment counts again, if there is one.
    /// </summary>
    /// <param name="only">The payment that was taken back; null: all of the file.</param>
    static async Task Reopen(PracticeDb db, Engine engine, long fileId, long? only, DateTime now,
        CancellationToken stop)
    {
        var ids = await (only is null ? ClaimStory.ClaimsOf(db, fileId) : db.ClaimVersions
            .Where(v => v.FileId == fileId && v.RemittanceId == only).Select(static v => v.ClaimId).Distinct()
            .OrderBy(static id => id)).ToListAsync(stop);
        ids.AddRange(await db.Postings.Where(p => p.FileId == fileId && (only == null || p.RemittanceId == only)
            && p.ClaimId != null && p.Kind == PaymentPosting.Recovery && !ids.Contains(p.ClaimId.Value))
            .Select(static p => p.ClaimId!.Value).Distinct().ToListAsync(stop));
        foreach (var claim in await db.Claims.Where(c => ids.Contains(c.Id)).ToListAsync(stop))
        {
            if (claim.Life is ClaimLife.Answered or ClaimLife.Closed) await Reopen(db, engine, claim, now, stop);
            ClaimStory.Add(db, claim, now, "the posting of its payment was taken back");
            db.Record(now, "take-back", $"claim/{claim.Id}", $"file/{fileId}");
        }
    }

    static async Task Reopen(PracticeDb db, Engine engine, StoredClaim claim, DateTime now, CancellationToken stop)
    {
        if (await LastOf(db, claim.Id, stop) is null)
        {
            await Visits.JudgeAgain(db, engine, claim, Documents.Claim(claim.Document), stop);
            Agreements.Limit(claim, await db.Payers.AsNoTracking().SingleAsync(p => p.Id == claim.PayerId, stop));
            claim.Life = await WasAccepted(db, claim, stop) ? ClaimLife.Accepted : ClaimLife.Sent;
            claim.Answer = null;
            return;
        }
        await Receiving.AnswerAgain(db, engine, claim, now, stop);
        claim.Life = await Ledger.Owed(db, claim.Id, stop) is (0, 0) ? ClaimLife.Closed : ClaimLife.Answered;
    }

    /// <summary>Whether the payer has said that it has the claim (277CA).</summary>
    static Task<bool> WasAccepted(PracticeDb db, StoredClaim claim, CancellationToken stop) =>
        db.ClaimVersions.AnyAsync(v => v.ClaimId == claim.Id
            && db.Files.Any(f => f.Id == v.FileId && f.Kind == "277CA"), stop);

    /// <summary>The file of the last payment that is posted on a claim; null where none is.</summary>
    internal static Task<long?> LastOf(PracticeDb db, long claimId, CancellationToken stop) => db.ClaimVersions
        .Where(v => v.ClaimId == claimId && db.Remittances.Any(r => r.FileId == v.FileId
            && r.State == RemittanceState.Posted && (v.RemittanceId == null || v.RemittanceId == r.Id)))
        .OrderByDescending(static v => v.Version).Select(static v => v.FileId).FirstOrDefaultAsync(stop);

    /// <summary>From now on a payment with this reason waits for a person; with the rule there, it goes.</summary>
    /// <param name="payer">As remittances name it; empty for every payer.</param>
    /// <exception cref="InputException">It is no reason code with its group.</exception>
    public static Task<HoldRule?> Hold(PracticeDb db, string payer, string reason, bool isOn, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        reason = reason.Trim().ToUpperInvariant();
        if (!IsReason(reason))
            throw new InputException("reason", $"\"{reason}\" is no group and reason code", "write it like CO-97");
        var rule = await db.HoldRules.SingleOrDefaultAsync(h => h.PayerName == payer && h.Reason == reason, stop);
        if (isOn == rule is not null) return rule;
        if (rule is not null) db.HoldRules.Remove(rule);
        else db.HoldRules.Add(rule = new() { PayerName = payer, Reason = reason, At = now, PersonId = db.PersonId });
        db.Record(now, isOn ? "add" : "remove", "hold-rule/" + reason, "", new { payer, reason });
        return isOn ? rule : null;
    }, stop);

    /// <summary>A person says which claim a payment answers.</summary>
    /// <param name="number">CLP01; no other payment of the file may have it.</param>
    /// <param name="claimNumber">The claim's number; empty takes an earlier word back.</param>
    /// <exception cref="InputException">There is no such claim, or it was posted already.</exception>
    public static Task<HandMatch?> Match(PracticeDb db, Remittance remittance, string number, string claimNumber,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (remittance.State is not (RemittanceState.Waiting or RemittanceState.TakenBack))
            throw new InputException("remittance", "this payment does not wait", "take its posting back first");
        if (await db.PaidClaims.CountAsync(p => p.FileId == remittance.FileId && p.Number == number, stop) != 1)
            throw new InputException("number", "the number is not that of one payment of the file",
                "ask the payer for a file with the claims' own numbers");
        var match = await db.HandMatches.SingleOrDefaultAsync(h => h.FileId == remittance.FileId && h.Number == number,
            stop);
        if (match is not null) db.HandMatches.Remove(match);
        if (claimNumber.Length == 0)
        {
            db.Record(now, "match", $"remittance/{remittance.Id}", "taken back");
            return null;
        }
        var claim = await db.Claims.AsNoTracking().SingleOrDefaultAsync(c => c.Number == claimNumber
            && c.Life >= ClaimLife.Sent, stop) ?? throw new InputException("claim",
            $"no claim {claimNumber} was sent", "write the number of a claim that was sent");
        await db.SaveChangesAsync(stop); // the old one goes first: there is one for a payment
        db.HandMatches.Add(match = new() { FileId = remittance.FileId, Number = number, ClaimId = claim.Id });
        db.Record(now, "match", $"remittance/{remittance.Id}", $"claim/{claim.Id}");
        return match;
    }, stop);
}
