using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A line of a statement, in cents.</summary>
/// <param name="Line">0: the claim as a whole.</param>
/// <param name="Off">Taken off by contract, or given up.</param>
/// <param name="Share">What of it is the patient's.</param>
/// <param name="Paid">What the patient has paid.</param>
public sealed record StatementLine(int Line, string Code, long Charged, long Plan, long Off, long Share, long Paid);

/// <summary>What a patient was asked to pay, as it was then.</summary>
/// <param name="Number">From 1 for each claim.</param>
public sealed record PatientStatement(int Number, DateOnly Day, long Cents, IReadOnlyList<StatementLine> Lines);

/// <summary>Money of a patient, as a person writes it down.</summary>
/// <param name="How">One of <see cref="PatientMoney.Ways"/>.</param>
/// <param name="Reference">The number of the check, or of the receipt; may be empty for cash.</param>
public sealed record PatientPayment(long Cents, DateOnly Day, string How, string Reference);

/// <summary>A payment of a patient that is in the books.</summary>
/// <param name="Cents">Below zero: it went back to the patient.</param>
/// <param name="IsBack">The posting was taken back.</param>
public sealed record PostedPayment(Guid Entry, long Cents, DateOnly Day, string How, string Reference, bool IsBack);

/// <summary>
/// What is the patient's of a claim: asked for by a statement, paid, and given up. What was billed and how it was paid
/// is in the trail, which nobody changes; the money is in the ledger.
/// </summary>
public static class PatientMoney
{
    /// <summary>Kinds of postings.</summary>
    public const string Payment = "patient-payment", Refund = "patient-refund", GivenUp = "patient-write-off";

    /// <summary>Acts of the trail.</summary>
    const string Billed = "statement", Paid = "patient-payment", TakenBack = "patient-payment-back";

    /// <summary>How patients pay.</summary>
    public static readonly string[] Ways = ["cash", "check", "card"];

    /// <summary>Days until a statement that was sent is looked at again, and the most characters of a reference.
    /// </summary>
    public const int DaysToPay = 30, LongestReference = 40;

    static async Task<StoredClaim> Load(PracticeDb db, long claimId, CancellationToken stop) =>
        await db.Claims.SingleOrDefaultAsync(c => c.Id == claimId, stop)
        ?? throw new InputException("", "the claim is not here", "load the list again");

    /// <summary>
    /// The patient is asked for what is theirs. The claim is out of the lists until they should have paid, or something
    /// happens to it.
    /// </summary>
    /// <exception cref="InputException">Nothing is the patient's, or a payer has still to decide.</exception>
    public static Task<PatientStatement> Bill(PracticeDb db, long claimId, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var claim = await Load(db, claimId, stop);
        if (claim.Life is not (ClaimLife.Answered or ClaimLife.Closed))
            throw new InputException("", "the payer has not decided on this claim", "wait for its answer");
        var (_, patient) = await Ledger.Owed(db, claimId, stop);
        if (patient <= 0) throw new InputException("", "the patient owes nothing on this claim", "load it again");
        if (await Bars(db, claim, stop) is { } why)
            throw new InputException("", $"the patient must not be billed: {why}", "look at the answer");
        var of = new PatientStatement((await Statements(db, claimId, stop)).Count + 1, DateOnly.FromDateTime(now),
            patient, await LinesOf(db, claim, stop));
        if (claim.Life == ClaimLife.Answered)
            (claim.SnoozedUntil, claim.IsSnoozedForNews) = (of.Day.AddDays(DaysToPay), true);
        ClaimStory.Add(db, claim, now, $"statement {of.Number} to the patient: {Dollars(patient)}");
        db.Record(now, Billed, $"claim/{claimId}", "", of);
        return of;
    }, stop);

    /// <summary>
    /// Why the patient must not be billed for what is theirs by the payer's words; null where they may: Medicaid and
    /// QMB members, injured workers, and where another payer is asked first. What a person decided counts for more.
    /// </summary>
    public static async Task<string?> Bars(PracticeDb db, StoredClaim claim, CancellationToken stop = default)
    {
        if (claim.Answer is null) return null;
        using (var answer = JsonDocument.Parse(claim.Answer))
            if (!answer.RootElement.TryGetProperty("patientOwes", out _)
                || AnswerJson.Cents(answer.RootElement, "patientOwes") > 0) return null;
        return await db.Postings.AnyAsync(p => p.ClaimId == claim.Id && p.Kind == "bill-patient", stop) ? null
            : Denials.Forbids(claim, "bill-patient") ?? "another payer is asked first";
    }

    static async Task<List<StatementLine>> LinesOf(PracticeDb db, StoredClaim stored, CancellationToken stop)
    {
        var sums = (await db.Postings.Where(p => p.ClaimId == stored.Id).GroupBy(static p => new
            { Line = p.Line ?? 0, p.Account, IsPatients = p.Kind.StartsWith("patient-") })
            .Select(static g => new { g.Key.Line, g.Key.Account, g.Key.IsPatients, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop)).ToLookup(static s => s.Line);
        var codes = new Dictionary<int, string>();
        foreach (ref readonly var line in Documents.Claim(stored.Document).Lines)
            codes[line.Number] = (line.Code.IsNone ? line.RevenueCode : line.Code).ToString();
        return [.. sums.Select(static s => s.Key).Union(codes.Keys).Order().Select(line =>
        {
            long On(Account account, bool isPatients = false) =>
                sums[line].Where(s => s.Account == account && s.IsPatients == isPatients).Sum(static s => s.Cents);
            return new StatementLine(line, codes.GetValueOrDefault(line, ""), -On(Account.Revenue), On(Account.Cash),
                On(Account.Contractual) + On(Account.WriteOff), On(Account.Patient),
                -On(Account.Patient, isPatients: true));
        }).Where(static l => l is not { Charged: 0, Plan: 0, Off: 0, Share: 0, Paid: 0 })];
    }

    /// <summary>What was billed, the first before the others.</summary>
    public static async Task<List<PatientStatement>> Statements(PracticeDb db, long claimId,
        CancellationToken stop = default)
    {
        var subject = $"claim/{claimId}";
        return (await db.Events.AsNoTracking().Where(e => e.Subject == subject && e.Act == Billed)
            .OrderBy(static e => e.Number).Select(static e => e.Changes).ToListAsync(stop))
            .ConvertAll(static text => JsonSerializer.Deserialize<PatientStatement>(text)!);
    }

    /// <summary>What came from the patient, and what went back.</summary>
    public static async Task<List<PostedPayment>> Payments(PracticeDb db, long claimId,
        CancellationToken stop = default)
    {
        var subject = $"claim/{claimId}";
        var events = (await db.Events.AsNoTracking().Where(e => e.Subject == subject
                && (e.Act == Paid || e.Act == TakenBack)).OrderBy(static e => e.Number)
            .Select(static e => new { e.Act, e.Changes }).ToListAsync(stop))
            .ConvertAll(static e => (e.Act, Of: JsonSerializer.Deserialize<PostedPayment>(e.Changes)!));
        return [.. events.Where(static e => e.Act == Paid).Select(e => e.Of with
            { IsBack = events.Exists(b => b.Act == TakenBack && b.Of.Entry == e.Of.Entry) })];
    }

    /// <summary>The patient has paid. A claim on which nothing is open any more is closed.</summary>
    /// <exception cref="InputException">It is more than the patient owes, or a field cannot be so.</exception>
    public static Task<PostedPayment> Pay(PracticeDb db, long claimId, PatientPayment typed, DateOnly today,
        DateTime now, CancellationToken stop = default) =>
        Post(db, claimId, typed, isBack: false, today, now, stop);

    /// <summary>What the patient has paid too much goes back.</summary>
    /// <inheritdoc cref="Pay"/>
    public static Task<PostedPayment> PayBack(PracticeDb db, long claimId, PatientPayment typed, DateOnly today,
        DateTime now, CancellationToken stop = default) => Post(db, claimId, typed, isBack: true, today, now, stop);

    static Task<PostedPayment> Post(PracticeDb db, long claimId, PatientPayment typed, bool isBack, DateOnly today,
        DateTime now, CancellationToken stop) => db.Change(async _ =>
    {
        var claim = await Load(db, claimId, stop);
        Check(typed, claim, today);
        var (_, patient) = await Ledger.Owed(db, claimId, stop);
        var most = isBack ? -patient : patient;
        if (typed.Cents > most)
            throw new InputException("amount", most <= 0 ? isBack ? "the patient has paid nothing too much"
                : "the patient owes nothing on this claim" : $"at most {Dollars(most)} is open",
                isBack ? "look at what is open" : "take what is open, and the rest for another claim");
        var entry = Ledger.Entry(db, new(claimId, null, isBack ? Refund : Payment, null, typed.Day, now),
            isBack ? Account.Patient : Account.Cash, isBack ? Account.Cash : Account.Patient, typed.Cents);
        db.NewPostings.AddRange(entry);
        var posted = new PostedPayment(entry[0].Entry, isBack ? -typed.Cents : typed.Cents, typed.Day, typed.How,
            typed.Reference.Trim(), IsBack: false);
        await Close(db, claim, isBack ? typed.Cents : -typed.Cents, stop);
        ClaimStory.Add(db, claim, now, $"{(isBack ? "paid back to" : "paid by")} the patient: {Dollars(typed.Cents)}");
        db.Record(now, Paid, $"claim/{claimId}", typed.How, posted);
        return posted;
    }, stop);

    static void Check(PatientPayment typed, StoredClaim claim, DateOnly today)
    {
        if (typed.Cents <= 0)
            throw new InputException("amount", "the amount is missing", "write dollars, such as 12.50");
        if (typed.Day > today || typed.Day < claim.ServiceDate)
            throw new InputException("day", "this is no day from the service until today",
                "write the day on which it was paid");
        if (!Ways.Contains(typed.How)) throw new InputException("how", "how it was paid is missing", "choose one");
        var reference = typed.Reference.Trim();
        if (reference.Length > LongestReference || (typed.How != "cash" && reference.Length == 0))
            throw new InputException("reference", "the number of the check or of the receipt is missing, or too long",
                $"write it in at most {LongestReference} characters");
    }

    /// <summary>Where nothing is open any more, the claim is closed; where something is again, it is not.</summary>
    /// <param name="moved">What this change adds to what the patient owes.</param>
    static async Task Close(PracticeDb db, StoredClaim claim, long moved, CancellationToken stop)
    {
        var (payers, patient) = await Ledger.Owed(db, claim.Id, stop);
        if (Editing.IsWithNobody(claim)) return;
        if (claim.Life == ClaimLife.Answered && (payers, patient + moved) is (0, 0)) claim.Life = ClaimLife.Closed;
        else if (claim.Life == ClaimLife.Closed && patient + moved != 0) claim.Life = ClaimLife.Answered;
    }

    /// <summary>A payment that was written down wrong, or that the bank gave back: what it posted is taken back.
    /// </summary>
    /// <exception cref="InputException">It is not here, was taken back, or no reason is given.</exception>
    public static Task<PostedPayment> TakeBack(PracticeDb db, long claimId, Guid entry, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (why.Trim().Length == 0)
            throw new InputException("why", "a reason is missing", "write why it is taken back");
        var claim = await Load(db, claimId, stop);
        var paid = (await Payments(db, claimId, stop)).Find(p => p.Entry == entry && !p.IsBack)
            ?? throw new InputException("", "this payment is not here, or was taken back", "load the claim again");
        Ledger.Move(db, new(claimId, null, Payment + "-reversal", null, DateOnly.FromDateTime(now), now),
            Account.Patient, Account.Cash, paid.Cents);
        await Close(db, claim, paid.Cents, stop);
        ClaimStory.Add(db, claim, now, "a payment of the patient was taken back: " + why.Trim());
        db.Record(now, TakenBack, $"claim/{claimId}", why.Trim(), paid);
        return paid;
    }, stop);

    /// <summary>Gives up what the patient still owes.</summary>
    /// <returns>What was given up; 0 where a second person is asked first.</returns>
    /// <exception cref="InputException">Nothing is owed, or no reason is given.</exception>
    public static Task<long> WriteOff(PracticeDb db, long claimId, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (why.Trim().Length == 0) throw new InputException("why", "a reason is missing", "write why");
        var claim = await Load(db, claimId, stop);
        var (_, patient) = await Ledger.Owed(db, claimId, stop);
        if (patient <= 0) throw new InputException("", "the patient owes nothing on this claim", "load it again");
        if (!await FourEyes.Agree(db, claim, GivenUp, patient, why, now, stop)) return 0;
        Ledger.Move(db, new(claimId, null, GivenUp, null, DateOnly.FromDateTime(now), now), Account.WriteOff,
            Account.Patient, patient);
        await Close(db, claim, -patient, stop);
        ClaimStory.Add(db, claim, now, $"the patient's {Dollars(patient)} were given up: {why.Trim()}");
        db.Record(now, GivenUp, $"claim/{claimId}", why.Trim(), new { cents = patient });
        return patient;
    }, stop);

    static string Dollars(long cents) => (cents / 100m).ToString("$0.00", CultureInfo.InvariantCulture);
}
