using System.Collections.Concurrent;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// The real program, killed (kill -9) while it hands files to a real SFTP server, from which the payer takes them away
/// at random moments: the payer gets no file twice, and where nobody can know, a person is asked.
/// </summary>
public sealed class HandOverKillTests
{
    const int FilesOfRound = 16;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payer_gets_each_file_once_when_the_program_is_killed()
    {
        await using var server = await SshServer.Start();
        var folder = Directory.CreateTempSubdirectory("deltoid-handed").FullName;
        var (rounds, random) = (LongRun.Count(2, 300), new Random(96372));
        var control = await Prepare(folder, server, rounds * FilesOfRound);
        using var payer = new Payer(server.Outbound);
        for (var round = 0; round < rounds; round++)
        {
            MakeDue(folder);
            using var process = await ServedProcess.Start(folder);
            await payer.HasSeen(payer.Count + random.Next(1, FilesOfRound));
            await Task.Delay(random.Next(15), Stop);
            process.Kill();
        }
        await using var served = await ServedPractice.Open(folder);
        for (var i = 0; i < control.Count; i++) // twenty files at a time
        {
            MakeDue(folder);
            await served.App.Services.GetRequiredService<ClearinghouseHost>().Round(Stop);
            if (await Open(served) == 0) break;
        }
        await payer.HasTakenAll();
        await Check(served, payer, control);
    }

    static Task<int> Open(ServedPractice served) => served.InStore(static db => db.Transmissions.CountAsync(
        static t => t.State == TransmissionState.Waiting || t.State == TransmissionState.Sending, Stop));

    static async Task Check(ServedPractice served, Payer payer, IReadOnlyDictionary<long, string> control)
    {
        Assert.Equal(0, await Open(served));
        var ended = await served.InStore(static db => db.Transmissions.AsNoTracking().ToListAsync(Stop));
        Assert.Equal(control.Count, ended.Count);
        var taken = payer.Taken.ToLookup(static number => number);
        Assert.All(taken, static number => Assert.Single(number));
        Assert.Subset(control.Values.ToHashSet(), payer.Taken.ToHashSet());
        Assert.All(ended.Where(static t => t.State == TransmissionState.Delivered),
            t => Assert.True(taken.Contains(control[t.FileId])));
        // a kill leaves at most the one file that was on its way
        var uncertain = ended.Count(static t => t.State == TransmissionState.Uncertain);
        Assert.InRange(uncertain, 0, control.Count / FilesOfRound);
        TestContext.Current.SendDiagnosticMessage("{0} files, {1} of them for a person", ended.Count, uncertain);
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    /// <summary>A practice with so many files that are to be handed over; their control numbers.</summary>
    static async Task<IReadOnlyDictionary<long, string>> Prepare(string folder, SshServer server, int files)
    {
        var (numbers, served) = (new Dictionary<long, string>(), await ServedPractice.Open(folder));
        await served.InStore(db => Transmitting.Set(db, served.App.Services.GetRequiredService<FieldKeys>(),
            new("127.0.0.1", server.Port, Environment.UserName, "", server.Key, server.Fingerprint,
                server.Outbound, server.Inbound, IsOn: true), DateTime.UtcNow, Stop));
        for (var i = 0; i < files; i++)
        {
            var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
            var file = await served.InStore(db => Sending.Send(db, [claim.Id], DateTime.UtcNow, Stop));
            numbers.Add(file.Id, Payer.NumberOf(file.Content));
            // no round of this process hands it over
            await served.InStore(static db => db.Transmissions.ExecuteUpdateAsync(static set =>
                set.SetProperty(static t => t.NextAt, DateTime.UtcNow.AddYears(1)), Stop));
        }
        await served.End();
        Assert.Equal(files, numbers.Values.Distinct().Count());
        return numbers;
    }

    /// <summary>The time for the next try has come, also for one that has died.</summary>
    static void MakeDue(string folder)
    {
        using var db = new SqliteConnection($"Data Source={Path.Combine(folder, "deltoid.db")};Pooling=False");
        db.Open();
        using var set = db.CreateCommand();
        set.CommandText = "UPDATE Transmissions SET NextAt = '2026-01-01 00:00:00' WHERE State IN "
            + $"({(int)TransmissionState.Waiting}, {(int)TransmissionState.Sending})";
        set.ExecuteNonQuery();
    }

    /// <summary>Who takes away what lies whole in the folder, and leaves what is unfinished.</summary>
    sealed class Payer : IDisposable
    {
        readonly string folder;
        readonly CancellationTokenSource end = new();
        readonly Task taking;

        public Payer(string folder) => (this.folder, taking) = (folder, Task.Run(Take));

        /// <summary>The control number of each file it has taken, as often as it came.</summary>
        public ConcurrentBag<string> Taken { get; } = [];

        public int Count => Taken.Count;

        public static string NumberOf(byte[] file) => Encoding.ASCII.GetString(file).Split('*')[13];

        async Task Take()
        {
            var random = new Random(1);
            while (!end.IsCancellationRequested)
            {
                foreach (var file in Whole())
                {
                    Taken.Add(NumberOf(File.ReadAllBytes(file)));
                    File.Delete(file);
                    await Task.Delay(random.Next(8), Stop);
                }
                await Task.Delay(2, Stop);
            }
        }

        IEnumerable<string> Whole() =>
            Directory.GetFiles(folder).Where(static f => !f.EndsWith(".tmp", StringComparison.Ordinal));

        public async Task HasSeen(int files)
        {
            for (var i = 0; i < 12_000 && Count < files; i++) await Task.Delay(5, Stop);
            Assert.True(Count >= files, "the program hands nothing over");
        }

        public async Task HasTakenAll()
        {
            for (var i = 0; i < 1_000 && Whole().Any(); i++) await Task.Delay(5, Stop);
            Assert.False(taking.IsFaulted, taking.Exception?.ToString());
        }

        public void Dispose()
        {
            end.Cancel();
            taking.Wait(Stop);
            end.Dispose();
        }
    }
}
