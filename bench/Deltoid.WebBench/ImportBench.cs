using System.Diagnostics;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web;
using Deltoid.Web.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// Claims of another program, taken in as the queue of jobs does: read, checked with all edits, and written with their
/// patients, versions, charges and line numbers. Each claim has a patient that is new.
/// </summary>
static class ImportBench
{
    public static async Task Run(Ground ground, int claims)
    {
        var app = await ground.Serve();
        using var scope = app.Services.CreateScope();
        var (db, books) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(),
            scope.ServiceProvider.GetRequiredService<CodeBooks>());
        db.PracticeId = 1;
        await Import(db, books, 1, Math.Min(claims, 2_000)); // compiled, not counted
        for (var round = 2; round < 5; round++) await Import(db, books, round, claims);
    }

    static async Task Import(PracticeDb db, CodeBooks books, int round, int claims)
    {
        var bytes = ClaimsFiles.Write(round, $"R{round}-", claims);
        var asked = await Jobs.Ask(db, new()
        {
            Key = Guid.NewGuid(), Kind = JobKind.Import, Name = $"{round}.837", At = DateTime.UtcNow,
        }, bytes);
        db.ChangeTracker.Clear();
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Jobs.Do(db, books, asked.Id, TimeProvider.System);
        var (seconds, worked) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == asked.Id);
        if ((job.State, job.Done, job.LeftOut) != (JobState.Done, claims, 0))
            throw new InvalidOperationException("the import is not whole");
        Console.WriteLine($"  {claims:N0} claims of {bytes.Length / 1e6:0} MB in {seconds:0.0} s, "
            + $"{claims / seconds:N0} claims/s; the processor {worked:0.0} s, {claims / worked:N0} claims for each");
        db.ChangeTracker.Clear();
    }
}
