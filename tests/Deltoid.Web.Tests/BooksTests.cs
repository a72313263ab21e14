using System.Globalization;
using System.Text;
using Deltoid.Adjudication;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Account = Deltoid.Store.Model.Account;

namespace Deltoid.Web.Tests;

/// <summary>Months of the books: they agree with the payer's books and with the bank, and stay as they were closed.
/// </summary>
public sealed class BooksTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const int September = 202609, October = 202610;

    static Task<ClosedMonth> Close(ServedPractice served, int month) => served.InStore(db =>
        MonthBooks.Close(db, month, SampleMonths.Now, SampleMonths.Today, Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_month_of_the_sample_agrees_with_the_payers_books_and_with_the_bank_to_the_cent(Ground ground)
    {
        await using var served = await SampleMonths.Start(ground);
        var payer = await PayersBooks(served);
        await Close(served, September);
        var closed = await Close(served, October);
        var (first, last) = (Outcomes.FirstOf(October), MonthBooks.LastOf(October));
        bool IsIn(DateOnly day) => day >= first && day <= last;
        Assert.True(closed.Payments > 0);
        Assert.Equal(payer.Checks.Where(c => IsIn(c.Day)).Sum(static c => c.Cents), closed.Payments);
        var totals = new BookTotals();
        foreach (var paid in payer.Paid.Where(p => IsIn(p.Day))) totals.Add(paid.Claim);
        // what was not paid is settled, or open: below the agreed price, refused, or no share of the patient's
        var patients = await served.InStore(db => db.Postings.Where(p => p.Day >= first && p.Day <= last
            && p.Account == Account.Patient && p.FileId != null).SumAsync(static p => p.Cents, Stop));
        Assert.InRange(closed.Adjustments + patients, 1, totals.Charge.Cents - totals.Paid.Cents);
        // the money of a day is at the bank on the next
        Assert.Equal(payer.Checks.Where(c => c.Cents > 0 && IsIn(c.Day.AddDays(1))).Sum(static c => c.Cents),
            closed.Banked);
        var bank = await served.InStore(static db => MonthBooks.Bank(db, October, Stop));
        Assert.Equal((0, closed.Payments, closed.Banked), (bank.Difference, bank.Posted, bank.Banked));
        Assert.Empty(bank.Unknown);
        Assert.Equal(bank.Banked, bank.Posted - bank.PostedNotBanked.Sum(static p => p.Cents)
            + bank.BankedNotPosted.Sum(static p => p.Cents));
        // what is owed at the end of a month is what was owed before it, and what was charged, less what was settled
        var before = await served.InStore(static db => MonthBooks.Sums(db, September, Stop));
        Assert.Equal(closed.Payers + closed.Patients, before.Payers + before.Patients + closed.Charges
            - closed.Payments - closed.Adjustments - closed.WrittenOff - closed.BesideClaims);
        await EachClaimIsPaidAsThePayerRemembers(served, payer.Books, last);
    }

    /// <summary>A claim that was decided once: the ledger has the cash that the payer's books have.</summary>
    static async Task EachClaimIsPaidAsThePayerRemembers(ServedPractice served, PayerBooks books, DateOnly last)
    {
        var posted = await served.InStore(async db => (await (from posting in db.Postings
            join claim in db.Claims on posting.ClaimId equals claim.Id
            where posting.Account == Account.Cash && posting.Day <= last
            group posting.Cents by claim.Number into of
            select new { of.Key, Cents = of.Sum() }).ToListAsync(Stop))
            .ToDictionary(static p => p.Key, static p => p.Cents));
        var once = books.Accounts.Where(a => a is { Decisions: 1, IsTakenBack: false, Payment: not null }
            && a.PaidOn <= last && posted.ContainsKey(a.Id)).ToList();
        Assert.True(once.Count > 15, $"{once.Count} claims");
        Assert.All(once, a => Assert.Equal((a.Id, a.Payment!.Paid?.Cents ?? 0), (a.Id, posted[a.Id])));
    }

    sealed record PaidBooks(PayerBooks Books, List<(DateOnly Day, long Cents)> Checks,
        List<(DateOnly Day, Deltoid.Answers.ClaimPayment Claim)> Paid);

    /// <summary>
    /// The same claims on the same days to the same payer: what it remembers, and its checks and payments. A payment
    /// that does not add up, or that comes again, is aside in the practice with its fault, and no money.
    /// </summary>
    static Task<PaidBooks> PayersBooks(ServedPractice served) => served.InStore(async db =>
    {
        var (rates, made) = (new PracticeRates(), new PaidBooks(new(), [], []));
        rates.Take("late=0,deductible=0,coinsurance=0");
        var payer = new PracticePayer(ChartedClaims.EngineOf(served).Book, 20260105, rates, made.Books);
        var seen = new HashSet<string>();
        foreach (var day in (await db.Files.AsNoTracking().Where(static f => f.IsOutgoing).OrderBy(static f => f.Id)
            .ToListAsync(Stop)).GroupBy(static f => f.At))
        {
            var claims = new List<Claims.Claim>();
            foreach (var file in day)
            {
                var (source, found) = (new ClaimSource(new MemoryStream(file.Content)), new FindingList());
                while (source.Read(found) is { } claim) claims.Add(claim.Detach());
            }
            foreach (var file in payer.Answer(claims, []))
                if (file.Kind != "277CA" && seen.Add(Receiving.Digest(file.Bytes))) await Add(db, file.Bytes, made);
        }
        return made;
    });

    static async Task Add(PracticeDb db, byte[] file, PaidBooks made)
    {
        var digest = Receiving.Digest(file);
        var day = DateOnly.ParseExact(Encoding.ASCII.GetString(file).Split("BPR*")[1].Split('~', 2)[0].Split('*')[15],
            "yyyyMMdd", CultureInfo.InvariantCulture); // the sample takes a file in on the day of its first payment
        var cohort = new Reports.Cohort();
        new CohortRun(cohort).Read(new MemoryStream(file), Stop);
        foreach (var payment in await db.Remittances.AsNoTracking().Where(r => db.Files.Any(f => f.Id == r.FileId
            && !f.IsOutgoing && f.Digest == digest)).OrderBy(static r => r.Id).ToListAsync(Stop))
        {
            if (payment.State == RemittanceState.Aside)
            {
                Assert.True(payment.Fault.Length > 0 || payment.Verdict == "already-received", payment.Trace);
                continue;
            }
            made.Checks.Add((day, payment.Amount));
            made.Paid.AddRange(cohort.Payments.Where(p => p.Trace == payment.Trace
                && p.Payment.Amount?.Cents == payment.Amount).Select(p => (day, p.Claim)));
        }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_closed_month_stays_to_the_cent_whatever_is_written(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var month = Outcomes.MonthOf(claim.ServiceDate);
        var closed = await Close(served, month);
        Assert.Equal(5_050, closed.Charges);
        var today = SampleMonths.Now;
        // a charge that is changed, a claim that is charted late, a claim from a file
        var edited = await served.InStore(db => Editing.Save(db, ChartedClaims.EngineOf(served), claim.Id, 1,
            new Dictionary<string, string> { ["line.1.charge"] = "50.00" }, today, "typed over"));
        Assert.True(edited.IsSaved);
        await ChartLate(served, today);
        Assert.Equal((closed.Charges, closed.Payers), await SumsOf(served, month));
        var moved = await served.InStore(db => db.Postings.AsNoTracking().Where(p => p.ClaimId == claim.Id
            && p.Account == Account.Revenue && p.Day > MonthBooks.LastOf(month)).OrderBy(static p => p.Id)
            .ToListAsync(Stop));
        Assert.Equal([("charge-reversal", SampleMonths.Today, 1), ("charge", SampleMonths.Today, 1)],
            moved.ConvertAll(static p => (p.Kind, p.Day, p.Line ?? 0)));
        // a writer that knows nothing of it is refused by the database
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => served.InStore(async db => await db.Change(_ =>
        {
            foreach (var cents in new[] { 100L, -100L })
                db.Postings.Add(new()
                {
                    Entry = new("11111111-1111-1111-1111-111111111111"), Account = Account.Cash, Cents = cents,
                    Kind = "payment", Day = MonthBooks.LastOf(month), At = today,
                });
            return Task.FromResult(0);
        }, Stop)));
        Assert.Contains("the books of this day are closed", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal((closed.Charges, closed.Payers), await SumsOf(served, month));
    }

    static Task<(long, long)> SumsOf(ServedPractice served, int month) => served.InStore(async db =>
    {
        var sums = await MonthBooks.Sums(db, month, Stop);
        return (sums.Charges, sums.Payers);
    });

    /// <summary>The visit is of the closed month; its charge is of today.</summary>
    static Task<StoredClaim> ChartLate(ServedPractice served, DateTime now) => served.InStore(async db =>
    {
        var first = await db.Visits.AsNoTracking().OrderBy(static v => v.Id).FirstAsync(Stop);
        var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .OrderBy(static p => p.Id).FirstAsync(Stop);
        return await Visits.Chart(db, ChartedClaims.EngineOf(served), patient, await db.Locations.FirstAsync(Stop),
            patient.Coverages[0].Payer, number => first.Document.Replace("C000001", number, StringComparison.Ordinal),
            now, stop: Stop);
    });

    [Fact]
    public async Task A_month_is_closed_in_its_turn_once_it_has_ended_and_opened_by_an_owner_with_a_reason()
    {
        await using var served = await SampleMonths.Start(Ground.Sqlite);
        async Task Refused(string says, Func<Task> act) => Assert.Contains(says,
            (await Assert.ThrowsAsync<InputException>(act)).Message, StringComparison.Ordinal);
        await Refused("an earlier month, 2026-", () => Close(served, October));
        await Refused("has not ended", () => Close(served, 202611));
        await Refused("nothing was posted", () => Close(served, 202501));
        await Close(served, September);
        await Refused("the month is closed", () => Close(served, September));
        await Close(served, October);
        Task Reopen(int month, string why) => served.InStore(db => MonthBooks.Reopen(db, month, why, SampleMonths.Now,
            Stop));
        await Refused("not the last month", () => Reopen(September, "why"));
        await Refused("a reason is missing", () => Reopen(October, " "));
        await Reopen(October, "a deposit was missing");
        Assert.Equal(MonthBooks.LastOf(September), await served.InStore(static db =>
            db.Practices.Select(static p => p.ClosedThru).SingleAsync(Stop)));
        await Close(served, October);
        Assert.Equal(2, await served.InStore(static db => db.ClosedMonths.CountAsync(static m => m.Month == October,
            Stop)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (_, page) = await owner.Get("/manager/books?month=2026-10");
        Assert.Contains("The books and the bank agree to the cent.", page, StringComparison.Ordinal);
        Assert.Contains("a deposit was missing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_payment_of_a_file_is_taken_back_and_the_other_stays()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var now = new DateTime(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 2; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        var numbers = await served.InStore(async db =>
        {
            var claims = await db.Claims.OrderBy(static c => c.Id).ToListAsync(Stop);
            await Sending.Send(db, claims.ConvertAll(static c => c.Id), now, Stop);
            return claims.ConvertAll(static c => c.Number);
        });
        Task<string> Books(string number) => served.InStore(async db => string.Join(' ', (await db.Postings
            .Where(p => db.Claims.Any(c => c.Id == p.ClaimId && c.Number == number)).GroupBy(static p => p.Account)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).OrderBy(static g => g.Key)
            .ToListAsync(Stop)).Where(static g => g.Cents != 0)) + (await db.Claims.AsNoTracking()
            .SingleAsync(c => c.Number == number, Stop)).Life);
        var before = await Books(numbers[0]);
        var engine = ChartedClaims.EngineOf(served);
        var received = await served.InStore(db => Receiving.Receive(db, engine, "two.835", PaymentFiles.Write(1,
            new PaidSet("T1", "20260401", [new(numbers[0], "I1")]),
            new PaidSet("T2", "20260401", [new(numbers[1], "I2", Shot: 0)])), now, Stop));
        Assert.All(received.Remittances, static r => Assert.Equal(RemittanceState.Posted, r.State));
        var (first, second) = (await Books(numbers[0]), await Books(numbers[1]));
        await served.InStore(db => Remittances.TakeBackOne(db, engine, received.Remittances[0], "not ours", now, Stop));
        Assert.Equal((before, second), (await Books(numbers[0]), await Books(numbers[1])));
        var states = await served.InStore(static db => db.Remittances.AsNoTracking().OrderBy(static r => r.Id)
            .Select(static r => r.State).ToListAsync(Stop));
        Assert.Equal([RemittanceState.TakenBack, RemittanceState.Posted], states);
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Remittances.TakeBackOne(db, engine,
            received.Remittances[0], "again", now, Stop)));
        await served.InStore(db => Remittances.Post(db, engine, [received.Remittances[0].Id], now, Stop));
        Assert.Equal((first, second), (await Books(numbers[0]), await Books(numbers[1])));
    }
}
