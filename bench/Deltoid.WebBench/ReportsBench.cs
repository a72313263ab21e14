using System.Diagnostics;
using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// What a manager waits for where a practice has many claims: the figures of all months and of one, the drugs, and the
/// claims that each number counts. Times are of whole requests.
/// </summary>
static class ReportsBench
{
    const int Piece = 20_000, Seed = 20261130, Turns = 5;

    static readonly string[] Causes = ["DN-1", "DN-2", "DN-7", "DN-12", "DN-20", "DN-31", "unnamed"],
        Reasons = ["CO-4", "CO-11", "CO-16", "CO-29", "CO-50", "CO-97", "CO-197", "OA-18"],
        Drugs = ["cyanocobalamin", "ketorolac", "ceftriaxone", "denosumab", "medroxyprogesterone acetate"];

    public static async Task Run(Ground ground, int claims)
    {
        var app = await ground.Serve();
        Console.WriteLine($"  {claims:N0} claims");
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        (db.PracticeId, var fill) = (1, Stopwatch.StartNew());
        if (await db.Claims.CountAsync() < claims) await WorklistBench.Fill(db, claims);
        if (await db.ClaimOutcomes.CountAsync() < claims)
        {
            await Fill(db);
            Console.WriteLine($"  filled in {fill.Elapsed.TotalSeconds:0.0} s");
        }
        using var client = await Biller.SignIn(app);
        var month = DateTime.Now.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        foreach (var path in (string[])["/manager", "/manager?month=" + month, "/manager.csv", "/manager/drugs",
            .. Enum.GetValues<OutcomeSet>().Select(static s => "/manager/claims?set=" + s),
            .. Enum.GetValues<OutcomeSet>().Select(static s => "/manager/claims?set=" + s + "&drug=" + Drugs[0]),
            "/manager/claims?set=Answered&reason=" + Reasons[0], "/manager/claims?set=Refused&cause=" + Causes[0],
            "/manager/claims?set=Answered&payer=1", "/manager/claims?set=Answered&page=5000"])
        {
            var times = new Times(path);
            await client.GetStringAsync(path); // compiled, not counted
            for (var i = 0; i < Turns; i++) await times.Of(path, () => client.GetStringAsync(path));
            times.Print();
        }
    }

    static async Task Fill(PracticeDb db)
    {
        var random = new Random(Seed);
        await db.Database.OpenConnectionAsync();
        var (outcomes, lines, drugs) = (new BulkRows<ClaimOutcome>(db, hasOwnIds: false),
            new BulkRows<RefusedLine>(db, hasOwnIds: false), new BulkRows<DrugOutcome>(db, hasOwnIds: false));
        for (var after = 0L; ;)
        {
            var some = await db.Claims.AsNoTracking().Where(c => c.Id > after).OrderBy(static c => c.Id).Take(Piece)
                .Select(static c => new { c.Id, c.PayerId, c.ServiceDate, c.Charge }).ToListAsync();
            if (some.Count == 0) break;
            after = some[^1].Id;
            var made = some.ConvertAll(c => Of(random, c.Id, c.PayerId, c.ServiceDate, c.Charge));
            var ofDrugs = made.ConvertAll(o => DrugsOf(random, o));
            await using var transaction = await db.Database.BeginTransactionAsync();
            await outcomes.Write(made, default);
            await lines.Write(made.FindAll(static o => o.Is(OutcomeMarks.Refused)).ConvertAll(o => new RefusedLine
            {
                ClaimId = o.ClaimId, PayerId = o.PayerId, Month = o.Month, Code = "96372",
                Reason = Reasons[random.Next(Reasons.Length)], Cents = o.Refused,
            }), default);
            await drugs.Write([.. ofDrugs.SelectMany(static d => d)], default);
            await Outcomes.Sum(db, [], made, default);
            await transaction.CommitAsync();
        }
        if (db is PostgresDb) await db.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE)");
        await db.Database.CloseConnectionAsync();
    }

    static List<DrugOutcome> DrugsOf(Random random, ClaimOutcome of)
    {
        List<DrugOutcome> drugs = of.Month == 0 || random.Next(2) == 0 ? [] : [new()
        {
            Drug = Drugs[random.Next(Drugs.Length)], Paid = of.Paid / 2,
            Cost = random.Next(3) == 0 ? null : random.Next(20) == 0 ? of.Paid : of.Paid / 3,
            WasteCost = random.Next(500),
        }];
        OutcomePiece.MarkDrugs(of, drugs);
        return drugs;
    }

    static ClaimOutcome Of(Random random, long claim, long payer, DateOnly day, long charge)
    {
        var isAnswered = random.Next(10) > 0;
        var isRefused = isAnswered && random.Next(12) == 0;
        var (paid, answered) = (isRefused ? 0 : charge * 6 / 10, day.AddDays(14 + random.Next(30)));
        var outcome = new ClaimOutcome
        {
            ClaimId = claim, PayerId = payer, Provider = "1245319599", ServiceDate = day,
            ServiceMonth = Outcomes.MonthOf(day), Charge = charge, SentOn = day.AddDays(2),
            Marks = (random.Next(20) > 0 ? 0 : OutcomeMarks.NotClean)
                | (random.Next(25) == 0 ? OutcomeMarks.Reworked : 0)
                | (isRefused ? OutcomeMarks.Refused | OutcomeMarks.Denied : 0),
            Answered = isAnswered ? answered : null, Month = isAnswered ? Outcomes.MonthOf(answered) : 0, Lines = 2,
            RefusedLines = isRefused ? 1 : 0, Cause = isRefused ? Causes[random.Next(Causes.Length)] : "",
            Judged = isAnswered ? charge : 0, Refused = isRefused ? charge : 0, Paid = paid,
            Reduced = isAnswered && !isRefused ? charge * 3 / 10 : 0,
            Share = isAnswered && !isRefused ? charge - paid - (charge * 3 / 10) : 0,
            Open = isAnswered ? isRefused && random.Next(2) == 0 ? charge : 0 : charge, Received = paid,
            CreditSince = random.Next(1_000) == 0 ? answered : null,
        };
        OutcomePiece.MarkSums(outcome);
        return outcome;
    }
}
