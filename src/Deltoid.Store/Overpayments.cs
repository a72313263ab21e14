using Deltoid.Remits;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Money that looks as if it was paid too much, and is not in the log yet.</summary>
/// <param name="Key">What it was found in: an entry of the log has it once.</param>
public sealed record FoundOverpayment(string Key, OverpaymentSource Source, long? ClaimId, string Number, long Cents,
    string Why, DateOnly On);

/// <summary>
/// The log of what was paid too much. Medicare and Medicaid get it back within 60 days after the practice knew of it;
/// an inquiry in good faith, begun in time, stops the clock until it ends, or until 180 days after the practice knew of
/// it (42 CFR 401.305(b)(3), as of 01/01/2025). Of other payers the contract says it.
/// </summary>
public static class Overpayments
{
    public const int InquiryDays = 180;

    /// <summary>Days before the last one from which it presses.</summary>
    public const int Soon = 14;

    /// <summary>
    /// The days that a law gives for what a payer paid too much; null where none does. Of what is about no one claim
    /// Medicare's count: its payer may be Medicare.
    /// </summary>
    public static int? DaysByLaw(Payer? payer, DateOnly day) =>
        Clocks.RowOf(payer is null ? PayerKind.Medicare : KindOf(payer), NextStep.Refund, day)?.Count;

    static PayerKind KindOf(Payer payer) => Words.PayerKinds.TryRead(payer.Kind, out var kind) ? kind : PayerKind.None;

    /// <summary>
    /// The last day; null where neither a law nor the payer's terms say one. While an inquiry is open it is the day
    /// that it can be at the latest; an inquiry that ends early brings it forward.
    /// </summary>
    /// <param name="payer">Of the claim; null where it is about no one claim.</param>
    public static DateOnly? DueOf(Overpayment of, Payer? payer)
    {
        if (DaysByLaw(payer, of.KnownOn) is not { } days)
            return Agreements.TermsOf(payer!).RefundDays is { } agreed ? of.KnownOn.AddDays(agreed) : null;
        if (of.InquiryFrom is not { } from) return of.KnownOn.AddDays(days);
        var longest = of.KnownOn.AddDays(InquiryDays);
        var thru = of.InquiryThru is { } ended && ended < longest ? ended : longest;
        return of.KnownOn.AddDays(days + thru.DayNumber - from.DayNumber);
    }

    /// <summary>What audits, stock, credits and take-backs show, and the log does not have; the latest first.</summary>
    public static async Task<List<FoundOverpayment>> Found(PracticeDb db, Engine engine, DateOnly today,
        CancellationToken stop = default)
    {
        var found = new List<FoundOverpayment>();
        found.AddRange(await OfAudits(db, stop));
        found.AddRange(await OfCredits(db, stop));
        found.AddRange(await OfTakeBacks(db, stop));
        foreach (var gap in (await StockReports.Of(db, engine, today, stop)).Gaps)
            if (gap.Kind == GapKind.Alarm)
                found.Add(new($"stock/claim/{gap.Claim.Id}", OverpaymentSource.Stock, gap.Claim.Id, gap.Claim.Number, 0,
                    "more was billed than was drawn: " + gap.Why, gap.Shot.Day));
        var known = (await db.Overpayments.Select(static o => o.Key).ToListAsync(stop)).ToHashSet();
        // a claim that a second audit draws is not paid too much a second time
        var audited = known.Where(static k => k.StartsWith("audit/", StringComparison.Ordinal))
            .Select(static k => k[k.IndexOf("/claim/", StringComparison.Ordinal)..]).ToHashSet();
        return [.. found.Where(f => !known.Contains(f.Key) && (f.Source != OverpaymentSource.Audit
            || !audited.Contains($"/claim/{f.ClaimId}"))).OrderByDescending(static f => f.On)
            .ThenBy(static f => f.Key, StringComparer.Ordinal)];
    }

    static async Task<IEnumerable<FoundOverpayment>> OfAudits(PracticeDb db, CancellationToken stop)
    {
        var judged = await db.SampledClaims.AsNoTracking().Where(static c => c.JudgedAt != null
                && c.Lines.Any(static l => l.Right < l.Paid))
            .Select(static c => new
            {
                c.SampleId, c.ClaimId, c.Claim.Number, At = c.JudgedAt!.Value,
                Cents = c.Lines.Sum(static l => l.Paid - l.Right),
                Reasons = c.Lines.Where(static l => l.Right < l.Paid).Select(static l => l.Reason).ToList(),
            }).ToListAsync(stop);
        return judged.Where(static j => j.Cents > 0).OrderBy(static j => j.At).GroupBy(static j => j.ClaimId)
            .Select(static of => of.Last()).Select(static j => new FoundOverpayment(
            $"audit/{j.SampleId}/claim/{j.ClaimId}", OverpaymentSource.Audit, j.ClaimId, j.Number, j.Cents,
            "audit: " + string.Join(", ", j.Reasons.Distinct()), DateOnly.FromDateTime(j.At)));
    }

    /// <summary>Claims on which payers have paid more than was open.</summary>
    static async Task<IEnumerable<FoundOverpayment>> OfCredits(PracticeDb db, CancellationToken stop)
    {
        var credits = await db.Postings.AsNoTracking().Where(static p => p.ClaimId != null
                && p.Account == Account.Receivable)
            .GroupBy(static p => p.ClaimId!.Value)
            .Select(static g => new
            {
                Claim = g.Key, Cents = g.Sum(static p => p.Cents), Day = g.Max(static p => p.Day),
            })
            .Where(static g => g.Cents < 0)
            .Join(db.Claims, static g => g.Claim, static c => c.Id, static (g, c) =>
                new { c.Id, c.Number, g.Cents, g.Day }).ToListAsync(stop);
        return credits.Select(static c => new FoundOverpayment($"credit/claim/{c.Id}", OverpaymentSource.Credit, c.Id,
            c.Number, -c.Cents, "payers have paid more than was open", c.Day));
    }

    /// <summary>What payers kept from a payment: others like it may have been paid too much as well.</summary>
    static async Task<IEnumerable<FoundOverpayment>> OfTakeBacks(PracticeDb db, CancellationToken stop)
    {
        var kept = await db.Postings.AsNoTracking().Where(static p => p.Account == Account.ProviderLevel
                && p.FileId != null && p.Kind != PaymentPosting.Interest && p.Kind != PaymentPosting.Forward)
            .GroupBy(static p => p.FileId!.Value)
            .Select(static g => new
            {
                File = g.Key, Cents = g.Sum(static p => p.Cents), Day = g.Max(static p => p.Day),
            })
            .Where(static g => g.Cents > 0).ToListAsync(stop);
        return kept.Select(static k => new FoundOverpayment($"take-back/file/{k.File}", OverpaymentSource.TakeBack,
            null,
            "", k.Cents, "a payer kept money from a payment: look whether others are like it", k.Day));
    }

    /// <summary>Puts something that was found, or that a person knows, into the log.</summary>
    /// <param name="key">Of what was found; empty for what a person writes.</param>
    /// <param name="number">The claim's number; empty where it is not one claim.</param>
    /// <exception cref="InputException">A field cannot be so, or it is in the log already.</exception>
    public static Task<Overpayment> Add(PracticeDb db, Engine engine, string key, string number, long cents, string why,
        DateOnly knownOn, DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var today = DateOnly.FromDateTime(now);
        if (knownOn > today) throw new InputException("known", "this day is to come",
            "write the day on which the practice knew");
        var found = key.Length == 0 ? null : (await Found(db, engine, today, stop)).Find(f => f.Key == key)
            ?? throw new InputException("", "this is in the log already, or was put right", "load the list again");
        if (found is { Cents: > 0 }) cents = found.Cents;
        if (cents <= 0) throw new InputException("amount", "the amount is missing", "write it in dollars: 12.50");
        if (found is null && why.Trim().Length is 0 or > 200)
            throw new InputException("why", "the reason is missing, or too long", "write why it was too much");
        if (number.Trim().Length == 0 && found is null)
            throw new InputException("claim", "the claim is missing", "write its number");
        var claim = found?.ClaimId ?? (found is null ? await db.Claims.Where(c => c.Number == number.Trim())
            .Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop)
            ?? throw new InputException("claim", "there is no claim of this number", "look at the number") : null);
        if (found is null && claim is { } of && await PaidOn(db, of, stop) is > 0 and var paid && cents > paid)
            throw new InputException("amount", "payers have not paid as much on this claim",
                "write what was paid too much");
        var entry = new Overpayment
        {
            Key = found?.Key ?? $"hand/{Guid.CreateVersion7()}", Source = found?.Source ?? OverpaymentSource.Other,
            ClaimId = claim, Cents = cents, Why = found?.Why ?? why.Trim(), KnownOn = knownOn, At = now,
            PersonId = db.PersonId,
        };
        db.Overpayments.Add(entry);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"overpayment/{entry.Id}", entry.Why, new { entry.Cents, entry.KnownOn, entry.Key });
        return entry;
    }, stop);

    /// <summary>What is left of what payers paid on a claim, in cents.</summary>
    static Task<long> PaidOn(PracticeDb db, long claimId, CancellationToken stop) => db.Postings
        .Where(p => p.ClaimId == claimId && p.Account == Account.Cash && !p.Kind.StartsWith("patient-"))
        .SumAsync(static p => p.Cents, stop);

    /// <summary>An inquiry into others like it begins, or ends.</summary>
    /// <exception cref="InputException">No law's clock runs, it began after its days, or ends before it
    /// began.</exception>
    public static Task<Overpayment> Inquire(PracticeDb db, long id, DateOnly day, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var of = await Open(db, id, stop);
        if (day > DateOnly.FromDateTime(now)) throw new InputException("day", "this day is to come",
            "write today or an earlier one");
        if (of.InquiryFrom is { } from)
        {
            if (of.InquiryThru is not null)
                throw new InputException("", "the inquiry has ended", "the money goes back now");
            if (day < from) throw new InputException("day", "this is before the inquiry began", "choose a later day");
            of.InquiryThru = day;
        }
        else
        {
            if (DaysByLaw(of.Claim?.Payer, of.KnownOn) is not { } days)
                throw new InputException("", "an inquiry stops the clock of Medicare and Medicaid only",
                    "refund it as the payer's contract says");
            if (day < of.KnownOn || day > of.KnownOn.AddDays(days))
                throw new InputException("day", $"an inquiry begins within {days} days after it was known",
                    "choose a day between them");
            of.InquiryFrom = day;
        }
        db.Record(now, "change", $"overpayment/{id}", of.InquiryThru is null ? "inquiry began" : "inquiry ended",
            new { of.InquiryFrom, of.InquiryThru, Due = DueOf(of, of.Claim?.Payer) });
        return of;
    }, stop);

    /// <summary>
    /// It is settled. Money that went back leaves the books of the claim: first what is there as a credit, then from
    /// what was billed too much.
    /// </summary>
    /// <exception cref="InputException">It is settled already, or nobody says how.</exception>
    public static Task<Overpayment> Settle(PracticeDb db, long id, OverpaymentEnd end, DateOnly day, string why,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        var of = await Open(db, id, stop);
        if (end == OverpaymentEnd.Open || !Enum.IsDefined(end))
            throw new InputException("end", "what became of it is missing", "choose one");
        if (day > DateOnly.FromDateTime(now) || day < of.KnownOn)
            throw new InputException("day", "this is not a day since it was known", "choose another day");
        if (why.Trim().Length is 0 or > 200)
            throw new InputException("why", "a word on it is missing, or too long",
                "write the check's number, or why nothing is owed");
        (of.End, of.EndedOn, of.EndedWhy) = (end, day, why.Trim());
        if (end == OverpaymentEnd.Refunded && of.Claim is { } claim)
            await Refund(db, claim, of.Cents, day, now, why.Trim(), stop);
        db.Record(now, "settle", $"overpayment/{id}", why.Trim(), new { End = end.ToString(), of.Cents, On = day });
        return of;
    }, stop);

    static async Task Refund(PracticeDb db, StoredClaim claim, long cents, DateOnly day, DateTime now, string why,
        CancellationToken stop)
    {
        var (payers, patient) = await Ledger.Owed(db, claim.Id, stop);
        Ledger.Move(db, new(claim.Id, null, "refund", null, day, now), Account.Receivable, Account.Cash, cents);
        var billedTooMuch = cents - Math.Min(cents, Math.Max(0, -payers));
        Ledger.Move(db, new(claim.Id, null, "refund-charge", null, day, now), Account.Revenue, Account.Receivable,
            billedTooMuch);
        if (claim.Life == ClaimLife.Answered && (payers + cents - billedTooMuch, patient) is (0, 0))
            claim.Life = ClaimLife.Closed;
        ClaimStory.Add(db, claim, now, "refund: " + why);
    }

    static async Task<Overpayment> Open(PracticeDb db, long id, CancellationToken stop)
    {
        var of = await db.Overpayments.Include(static o => o.Claim).ThenInclude(static c => c!.Payer)
            .FirstOrDefaultAsync(o => o.Id == id, stop)
            ?? throw new InputException("", "this entry is not here", "load the list again");
        return of.End == OverpaymentEnd.Open ? of
            : throw new InputException("", "this entry is settled", "load the list again");
    }
}
