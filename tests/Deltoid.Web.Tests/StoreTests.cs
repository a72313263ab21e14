using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>What the store promises, on SQLite and on PostgreSQL alike.</summary>
public sealed class StoreTests
{
    static readonly DateTime Now = new(2026, 3, 4, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A visit of the examples, as a document for any claim number.</summary>
    static string Document(string number) => File.ReadAllText(
        Path.Combine(Repository.Root, "examples", "b12-shot-billing.json"))
        .Replace("SAMPLE-1", number, StringComparison.Ordinal);

    static async Task<StoredClaim> Chart(ServedPractice served) => await served.InStore(async db =>
    {
        var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .OrderBy(static p => p.Id).FirstAsync(Stop);
        return await Visits.Chart(db, served.App.Services.GetRequiredService<Engine>(), patient,
            await db.Locations.FirstAsync(Stop), patient.Coverages[0].Payer, Document, Now, Stop);
    });

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_charted_visit_is_a_claim_with_its_charge_in_the_books(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served);
        Assert.Equal(("C000001", 5050, ClaimLife.Ready, 1), (claim.Number, claim.Charge, claim.Life, claim.Version));
        Assert.Equal((5050L, 0L), await served.InStore(db => Ledger.Owed(db, claim.Id, Stop)));
        Assert.Equal("C000002", (await Chart(served)).Number);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_written_once_cannot_be_changed_even_by_hand(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Chart(served);
        foreach (var table in new[] { "Postings", "Events", "ClaimVersions" })
            foreach (var statement in new[]
                {
                    $"UPDATE \"{table}\" SET \"PracticeId\" = 2 WHERE \"PracticeId\" = 1",
                    $"DELETE FROM \"{table}\" WHERE \"PracticeId\" = 1",
                })
            {
                var refused = await Assert.ThrowsAnyAsync<Exception>(() => served.InStore(
                    db => db.Database.ExecuteSqlRawAsync(statement, Stop)));
                Assert.Contains("written once", refused.Message, StringComparison.Ordinal);
            }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Another_practice_sees_and_changes_nothing(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served);
        var other = await served.InStore(async db =>
        {
            db.PracticeId = 0;
            var practice = new Practice
            {
                Name = "Other", Npi = "1234567893", TaxId = "1",
                Address = new() { Line = "1", City = "X", State = "IL", Zip = "62701" },
            };
            db.Practices.Add(practice);
            await db.SaveChangesAsync(Stop);
            return practice.Id;
        });
        await served.InStore(async db =>
        {
            db.PracticeId = other;
            Assert.Equal((0, 0, 0, 0), (await db.Claims.CountAsync(Stop), await db.Patients.CountAsync(Stop),
                await db.Events.CountAsync(Stop), await db.Postings.CountAsync(Stop)));
            db.Claims.Attach(claim).Entity.Charge = 1;
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Stop));
            await Assert.ThrowsAsync<InputException>(() => Sending.Send(db, [claim.Id], Now, Stop));
            return 0;
        });
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_claim_number_is_handed_out_once_to_many_at_a_time(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Chart(served), Stop)));
        Assert.Equal(20, numbers.Select(static c => c.Number).Distinct().Count());
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
        Assert.Equal(20, await served.InStore(static db => db.Events.CountAsync(static e => e.Act == "create", Stop)));
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_left_alone()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await served.InStore(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '99')", Stop);
            await Assert.ThrowsAsync<NewerStoreException>(() => StoreSetup.Migrate(db, Stop));
            return 0;
        });
    }
}
