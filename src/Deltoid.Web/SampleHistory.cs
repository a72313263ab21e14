using System.Globalization;
using System.Text;
using Deltoid.Adjudication;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Whether the sample's three months are still being written: screens say so.</summary>
sealed class SampleState
{
    public bool IsWanted { get; set; }

    public bool IsFilling { get; set; }
}

/// <summary>
/// Three months of the sample practice: shots for every kind of payer, mistakes among them, claims that were sent,
/// answered by the practice payer and posted. The server answers before it is done. A seed decides everything, so that
/// a day has the same sample each time; nobody in it exists.
/// </summary>
sealed partial class SampleHistory(IServiceProvider services, SampleState state, CodeBooks books, TimeProvider clock)
    : BackgroundService
{
    const int Days = 90, Visits = 150, UnsentDays = 8, BetweenFiles = 16, DaysToLook = 12, Seed = 20260105;

    readonly Random random = new(Seed);

    [LoggerMessage(LogLevel.Error, "the sample's history was not finished ({Kind})\n{Where}")]
    static partial void Log(ILogger logger, string kind, string where);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!state.IsWanted) return;
        state.IsFilling = true;
        try
        {
            await Fill(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what is written so far is whole: each visit is one change
        }
        catch (Exception e) when (e is InputException or DbUpdateException or InvalidOperationException
            or System.Data.Common.DbException)
        {
            Log(services.GetRequiredService<ILoggerFactory>().CreateLogger("Deltoid"), e.GetType().Name,
                e.StackTrace ?? "");
        }
        finally
        {
            state.IsFilling = false;
        }
    }

    /// <summary>Who and what is in every visit; read once.</summary>
    sealed record Surroundings(Practice Practice, Location Location, Provider Provider, List<Patient> Patients,
        List<Fee> Fees, Dictionary<string, long> People, SampleShelf Shelf);

    async Task Fill(CancellationToken stop)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var practice = await db.Practices.AsNoTracking().OrderBy(static p => p.Id).FirstAsync(stop);
        db.PracticeId = practice.Id;
        await AddPeopleWhoAreTreated(db, stop);
        var today = clock.Today();
        var shelf = new SampleShelf(db, books.Engine, today.AddDays(-Days), today);
        await shelf.Receive(stop);
        var around = new Surroundings(practice, await db.Locations.AsNoTracking().FirstAsync(stop),
            await db.Providers.AsNoTracking().FirstAsync(stop),
            await db.Patients.AsNoTracking().Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .OrderBy(static p => p.Id).ToListAsync(stop), await db.Fees.AsNoTracking().ToListAsync(stop),
            await db.Users.Where(u => u.PracticeId == practice.Id).ToDictionaryAsync(static u => u.UserName!,
                static u => u.Id, stop), shelf);
        var (payerBooks, answers) = (new PayerBooks(), new List<(DateOnly Day, string Name, byte[] Bytes)>());
        var rates = new PracticeRates();
        // its books follow its last answer, so a late one would move all later ones
        rates.Take("late=0,deductible=0,coinsurance=0");
        var practicePayer = new PracticePayer(books.Engine.Book, Seed, rates, payerBooks);
        var sent = today.AddDays(-Days);
        for (var back = Days; back > 0; back--)
        {
            var day = today.AddDays(-back);
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            await shelf.Happen(day, stop);
            for (var visit = VisitsOf(back); visit > 0; visit--) await Chart(db, around, day, stop);
            await Take(db, around, day, answers, stop);
            if (day < sent.AddDays(BetweenFiles) || back < UnsentDays) continue;
            sent = day;
            await Send(db, around, practicePayer, day, answers, stop);
        }
        await Take(db, around, today, answers, stop);
    }

    /// <summary>The visits of a weekday: they come to about as many as are wanted.</summary>
    static int VisitsOf(int back) => (back * Visits / 64) - ((back - 1) * Visits / 64);

    static async Task AddPeopleWhoAreTreated(PracticeDb db, CancellationToken stop)
    {
        var payers = SamplePeople.Payers();
        db.Payers.AddRange(payers);
        var all = await db.Payers.ToListAsync(stop);
        all.AddRange(payers);
        var fees = await db.Fees.Select(static f => f.Code).ToListAsync(stop);
        foreach (var (code, cents) in SamplePeople.Fees)
            if (!fees.Contains(code)) db.Fees.Add(new() { Code = code, Cents = cents });
        foreach (var patient in SamplePeople.Patients(all)) db.Patients.Add(patient);
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    async Task Chart(PracticeDb db, Surroundings around, DateOnly day, CancellationToken stop)
    {
        var patient = around.Patients[random.Next(around.Patients.Count)];
        var coverage = patient.Coverages.MinBy(static c => c.Rank)!;
        db.ChangeTracker.Clear();
        db.PersonId = around.People[Sample.Assistant];
        var visit = SamplePeople.Visit(random, patient, day);
        var vial = await around.Shelf.VialFor(visit.Shots[0], coverage.Payer.Kind, day, stop);
        var chart = new ShotChart(around.Practice, around.Location, patient, coverage, around.Provider, around.Fees,
            WasSeen: true, visit, [vial], [null]);
        await Store.Visits.Chart(db, books.Engine, patient, around.Location, coverage.Payer, chart.Document,
            At(day, 9 + random.Next(8)), chart.Drawn, stop: stop);
    }

    static DateTime At(DateOnly day, int hour) => day.ToDateTime(new(hour, 0), DateTimeKind.Utc);

    /// <summary>A file for each payer with its claims that are ready; the practice payer answers at once.</summary>
    static async Task Send(PracticeDb db, Surroundings around, PracticePayer payer, DateOnly day,
        List<(DateOnly Day, string Name, byte[] Bytes)> answers, CancellationToken stop)
    {
        var ready = await db.Claims.AsNoTracking().Where(static c => c.Life == ClaimLife.Ready
                && c.Payer.Kind != "self-pay").Select(static c => new { c.Id, c.PayerId }).ToListAsync(stop);
        var claims = new List<Claims.Claim>();
        foreach (var group in ready.GroupBy(static c => c.PayerId))
        {
            db.ChangeTracker.Clear();
            db.PersonId = around.People[Sample.Biller];
            var file = await Sending.Send(db, [.. group.Select(static c => c.Id)], At(day, 17), stop);
            var source = new ClaimSource(new MemoryStream(file.Content));
            var found = new FindingList();
            while (source.Read(found) is { } claim) claims.Add(claim.Detach());
        }
        if (claims.Count == 0) return;
        foreach (var file in payer.Answer(claims, []))
            if (file.Kind != "277CA") answers.Add((DayOf(file), file.Name, file.Bytes));
    }

    /// <summary>The day of payment of an 835 that the practice payer wrote: BPR16.</summary>
    static DateOnly DayOf(PayerFile file)
    {
        var payment = Encoding.ASCII.GetString(file.Bytes).Split("BPR*", 2)[1].Split('~', 2)[0].Split('*');
        return DateOnly.ParseExact(payment[15], "yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Takes in what payers have paid until a day. The money is at the bank a day later; what came last waits for the
    /// biller to look at it.
    /// </summary>
    async Task Take(PracticeDb db, Surroundings around, DateOnly day,
        List<(DateOnly Day, string Name, byte[] Bytes)> answers, CancellationToken stop)
    {
        foreach (var answer in answers.Where(a => a.Day <= day).OrderBy(static a => a.Day).ToList())
        {
            answers.Remove(answer);
            db.ChangeTracker.Clear();
            db.PersonId = around.People[Sample.Biller];
            var isLook = answer.Day > clock.Today().AddDays(-DaysToLook);
            await Receiving.Receive(db, books.Engine, answer.Name, answer.Bytes, At(answer.Day, 8), isLook,
                received => Bank(db, received, answer.Day.AddDays(1)), stop);
        }
        await db.Change(_ => Deposits.Match(db, stop), stop);
    }

    static void Bank(PracticeDb db, Received received, DateOnly day)
    {
        if (!received.IsNew) return; // the same file again is no more money
        foreach (var payment in received.Remittances)
            if (payment is { State: not RemittanceState.Aside, Amount: > 0 })
                db.Deposits.Add(new()
                {
                    Day = day, Amount = payment.Amount, Text = $"EFT {payment.Trace} {payment.PayerName}",
                });
    }
}
