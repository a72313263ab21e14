using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>
/// A large file goes through two workers while machines die around them: every claim is answered exactly once, the
/// findings are the command line's to the byte, and no message is left or given up.
/// </summary>
public sealed class DyingMachinesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-machines").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Each_machine_dies_once_and_every_claim_is_answered_once(bool hasBroker)
    {
        LongRun.Only();
        await using var team = await Team.Start(hasBroker);
        var (file, expected) = await Claims(20_000);
        var met = await Round(team, file, expected, 20_000, chunkBytes: 32 << 10, seed: 1, pause: 300, down: 600);
        Assert.InRange(met.Count, 3, 8);
    }

    [Theory, InlineData(200_000, false), InlineData(200_000, true), InlineData(1_000_000, true)]
    public async Task Ten_rounds_of_machines_that_die(int claims, bool hasBroker)
    {
        LongRun.Only();
        await using var team = await Team.Start(hasBroker);
        var (file, expected) = await Claims(claims);
        var undisturbed = await team.Share(file, Path.Combine(folder, "quiet.jsonl"), Usual);
        await Check(team, Path.Combine(folder, "quiet.jsonl"), expected, claims);
        var queue = hasBroker ? "RabbitMQ" : "PostgreSQL";
        Say($"{claims} claims, {queue}: undisturbed {undisturbed.TotalSeconds:0.0} s");
        for (var seed = 1; seed <= 10; seed++)
        {
            var watch = Stopwatch.StartNew();
            var met = await Round(team, file, expected, claims, Usual, seed, pause: 1_500, down: 2_000);
            Say($"seed {seed}: {watch.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", met)}");
            Assert.NotEmpty(met);
        }
    }

    [Fact]
    public async Task Two_workers_do_more_than_one()
    {
        LongRun.Only();
        await using var team = await Team.Start(hasBroker: false);
        var (file, _) = await Claims(200_000);
        var best = 0.0;
        for (var tried = 0; tried < 3 && best < 1.6; tried++)
        {
            var took = new double[2];
            for (var workers = 1; workers <= 2; workers++)
            {
                await team.StartWorkers(workers);
                took[workers - 1] = (await team.Share(file, Path.Combine(folder, "s.jsonl"), Usual)).TotalSeconds;
                await team.Forget();
            }
            best = Math.Max(best, took[0] / took[1]);
            Say($"one worker {took[0]:0.0} s, two {took[1]:0.0} s: {took[0] / took[1]:0.00} times");
        }
        Assert.True(best >= 1.6, $"{best:0.00} times");
    }

    const int Usual = Deltoid.Batch.ChunkSource.UsualSize;

    static void Say(FormattableString what) =>
        TestContext.Current.TestOutputHelper!.WriteLine(what.ToString(CultureInfo.InvariantCulture));

    /// <summary>A file of claims, some of them with faults, and what the command line says of it.</summary>
    async Task<(string File, byte[] Hash)> Claims(int count)
    {
        var file = Path.Combine(folder, "claims.837");
        var text = System.Text.Encoding.ASCII.GetString(ClaimsFiles.Write(1, "M", count));
        // every tenth or so: an office visit that is no shot, a drug without its administration
        text = text.Replace("FIELD3", "", StringComparison.Ordinal).Replace("*UN*1***1~DTP*472*D8*20260302~REF*6R*7",
            "*UN*9***1~DTP*472*D8*20260302~REF*6R*7", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text, System.Text.Encoding.ASCII, Stop);
        return (file, SHA256.HashData(await CheckingTests.CommandLine(file)));
    }

    /// <summary>One run while, in an order of the seed, each machine dies in each way until the run ends.</summary>
    /// <returns>What happened.</returns>
    async Task<List<string>> Round(Team team, string file, byte[] expected, int claims, int chunkBytes, int seed,
        int pause, int down)
    {
        await team.Forget();
        var (random, met) = (new Random(seed), new List<string>());
        var output = Path.Combine(folder, $"{seed}.jsonl");
        var faults = team.Faults.ToArray();
        random.Shuffle(faults);
        var sharing = team.Share(file, output, chunkBytes);
        foreach (var (name, act, mend) in faults)
        {
            await Task.WhenAny(sharing, Task.Delay(random.Next(pause), Stop));
            if (sharing.IsCompleted) break;
            act();
            met.Add(name);
            await Task.Delay(random.Next(down / 4, down), Stop);
            await mend();
        }
        await sharing;
        await Check(team, output, expected, claims);
        File.Delete(output);
        return met;
    }

    static async Task Check(Team team, string output, byte[] expected, int claims)
    {
        await using (var written = File.OpenRead(output))
            Assert.Equal(expected, await SHA256.HashDataAsync(written, Stop));
        var (job, answered, chunks, numbers) = await team.InStore(static async db => (
            await db.Jobs.AsNoTracking().SingleAsync(static j => j.Kind == JobKind.Check, Stop),
            await db.ChunkResults.SumAsync(static r => r.Claims, Stop), await db.ChunkResults.CountAsync(Stop),
            await db.ChunkResults.Select(static r => r.Number).Distinct().CountAsync(Stop)));
        Assert.Equal((JobState.Done, (long)claims, claims, 0), (job.State, job.Done, answered, job.Parts));
        Assert.Equal(chunks, numbers);
        var left = await team.Messages();
        for (var i = 0; i < 60 && left.OnTheirWay > 0; i++)
        {
            await Task.Delay(1_000, Stop); // who slept does chunks again that are done
            left = await team.Messages();
        }
        Assert.Equal((0, 0), left);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
