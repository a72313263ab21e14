using System.Diagnostics;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web;
using Deltoid.Web.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// An 835 that pays so many claims of the practice, taken in as the queue of jobs does: matched, balanced, posted, and
/// what became of each claim kept. Each claim has two lines.
/// </summary>
static class PostingBench
{
    const int Rounds = 4, LinesOfClaim = 2;

    public static async Task Run(Ground ground, int claims)
    {
        var app = await ground.Serve();
        using var scope = app.Services.CreateScope();
        var (db, books) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(),
            scope.ServiceProvider.GetRequiredService<CodeBooks>());
        db.PracticeId = 1;
        for (var round = 1; round <= Rounds; round++)
        {
            await Import(db, books, round, claims);
            var paid = PaymentFiles.Write(1_000 + round, new PaidSet($"T{round}", "20260401", [.. Enumerable.Range(1,
                claims).Select(n => new PaidShot($"R{round}N{n}", $"I{round}N{n}", Member: $"M{n:000000}"))]));
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await Do(db, books, JobKind.TakeIn, $"{round}.835", paid);
            var (seconds, worked) = (watch.Elapsed.TotalSeconds,
                (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            if (await db.Remittances.CountAsync(static r => r.State == RemittanceState.Posted) != round)
                throw new InvalidOperationException("the payment is not posted");
            Console.WriteLine($"  {claims:N0} claims of {paid.Length / 1e6:0.0} MB posted in {seconds:0.00} s, "
                + $"{LinesOfClaim * claims / seconds:N0} lines/s; the processor {worked:0.0} s"
                + (round == 1 ? ", not yet warm" : ""));
        }
    }

    public static Task Import(PracticeDb db, CodeBooks books, int round, int claims) =>
        Do(db, books, JobKind.Import, $"{round}.837", ClaimsFiles.Write(round, $"R{round}N", claims));

    static async Task Do(PracticeDb db, CodeBooks books, JobKind kind, string name, byte[] bytes)
    {
        var asked = await Jobs.Ask(db,
            new() { Key = Guid.NewGuid(), Kind = kind, Name = name, At = DateTime.UtcNow }, bytes);
        db.ChangeTracker.Clear();
        await Jobs.Do(db, books, asked.Id, TimeProvider.System);
        db.ChangeTracker.Clear();
    }
}
