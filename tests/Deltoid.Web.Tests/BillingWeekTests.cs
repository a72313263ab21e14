using Deltoid.Books;
using Deltoid.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// The simulated billing week: thousands of orders in which things happen, and the books hold in each.
/// </summary>
public sealed class BillingWeekTests : IAsyncLifetime
{
    const int Steps = 12;

    /// <summary>Nothing here is about a disk, so in memory where there is such a folder.</summary>
    readonly string folder = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "deltoid-week-" + Guid.NewGuid())).FullName;

    readonly Engine engine = new(StarterBook.Open());
    readonly List<ServiceProvider> stores = [];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            var store = new ServiceCollection().AddStore(new() { Folder = Path.Combine(folder, $"{i}") })
                .BuildServiceProvider();
            using var scope = store.CreateScope();
            await StoreSetup.Migrate(scope.ServiceProvider.GetRequiredService<PracticeDb>());
            stores.Add(store);
        }
    }

    [Fact]
    public async Task The_books_hold_after_every_step_of_every_week()
    {
        var seeds = LongRun.Count(1_000, 10_000);
        var happened = new int[stores.Count];
        await Task.WhenAll(stores.Select((store, i) => Task.Run(async () =>
        {
            for (var seed = i; seed < seeds; seed += stores.Count)
            {
                var week = new BillingWeek(store, engine, seed);
                await week.Run(Steps);
                if (week.Came.Count > 0) happened[i]++;
            }
        }, Stop)));
        // in most weeks a payer has answered: the sentences were about something
        Assert.InRange(happened.Sum(), seeds / 3, seeds);
    }

    [Fact]
    public async Task A_week_is_the_same_each_time_that_its_seed_is_given()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (first, again) = (new BillingWeek(stores[0], engine, seed), new BillingWeek(stores[^1], engine, seed));
            await first.Run(30);
            await again.Run(30);
            Assert.Equal(first.Log.ToString(), again.Log.ToString());
        }
    }

    /// <summary>The books are looked at: a posting that somebody slips in beside the program is seen.</summary>
    [Theory]
    [InlineData("UPDATE \"Claims\" SET \"Charge\" = \"Charge\" + 1", "8:")]
    [InlineData("UPDATE \"Practices\" SET \"NextClaim\" = 99", "1:")]
    [InlineData("UPDATE \"Claims\" SET \"Version\" = \"Version\" + 1", "4:")]
    [InlineData("UPDATE \"Practices\" SET \"NextControl\" = 7", "5:")]
    [InlineData("UPDATE \"WorkCounts\" SET \"Claims\" = \"Claims\" + 1", "12:")]
    public async Task What_is_wrong_in_the_books_is_seen(string change, string sentence)
    {
        var week = new BillingWeek(stores[0], engine, 3);
        await week.Run(20);
        using var scope = stores[0].CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var practice = await db.Practices.MaxAsync(static p => p.Id, Stop);
        db.PracticeId = practice;
        Assert.Null(await new WeekBooks(db, week).Fault());
        await using (var open = new SqliteConnection(db.Database.GetConnectionString()))
        {
            await open.OpenAsync(Stop);
            await using var command = open.CreateCommand();
            command.CommandText = change;
            await command.ExecuteNonQueryAsync(Stop);
        }
        db.ChangeTracker.Clear();
        Assert.StartsWith(sentence, await new WeekBooks(db, week).Fault() ?? "", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
