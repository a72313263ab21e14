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

    /// <summary>The next number goes in by itself where it is all that has changed of the practice.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_number_is_taken_beside_other_changes_of_the_practice_and_given_back_with_them(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Task<int> Take(string name, bool fails) => served.InStore(db => db.Change(async practice =>
        {
            practice.NextClaim++;
            if (name.Length > 0) practice.Name = name;
            db.Record(Now, "change", "practice/1");
            await db.SaveChangesAsync(Stop);
            return fails ? throw new InvalidOperationException() : 0;
        }, Stop));
        await Take("", fails: false);
        await Take("Renamed", fails: false);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Take("", fails: true));
        var practice = await served.InStore(static db => db.Practices.SingleAsync(static p => p.Id == 1, Stop));
        Assert.Equal((3, "Renamed"), (practice.NextClaim, practice.Name));
        Assert.Equal("C000003", (await Chart(served)).Number);
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
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

    /// <summary>Rows that are many are written by other statements than a few: the result is the same.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_payment_of_many_claims_posts_each_as_a_payment_of_few_does(Ground ground)
    {
        const int Many = 230, Few = 20;
        await using var served = await ServedPractice.Start(ground);
        PaidShot Paid(int number) => new($"R{number}", $"I{number}", Member: $"M{number:000000}");
        await Do(served, JobKind.Import, ClaimsFiles.Write(1, "R", Many + Few));
        await Do(served, JobKind.TakeIn, PaymentFiles.Write(2,
            new PaidSet("T1", "20260401", [.. Enumerable.Range(1, Many).Select(Paid)]),
            new PaidSet("T2", "20260401", [.. Enumerable.Range(Many + 1, Few).Select(Paid)])));
        var claims = await served.InStore(static db => db.Claims.AsNoTracking().OrderBy(static c => c.Id)
            .ToListAsync(Stop));
        Assert.Equal(Many + Few, claims.Count);
        Assert.Single(claims.Select(static c => (c.Life, c.Version, c.Rank, c.Cause, c.Errors, c.Answer!.Length > 100))
            .Distinct());
        Assert.Equal((ClaimLife.Closed, 2), (claims[0].Life, claims[0].Version));
        var postings = await served.InStore(static db => db.Postings.AsNoTracking().ToListAsync(Stop));
        Assert.Single(postings.GroupBy(static p => p.ClaimId).Select(static g => string.Join(' ', g.OrderBy(static p =>
            p.Id).Select(static p => $"{p.Kind} {p.Line} {p.Account} {p.Cents} {p.Day}"))).Distinct());
        Assert.All(postings.GroupBy(static p => p.Entry), static e => Assert.Equal(0, e.Sum(static p => p.Cents)));
        Assert.Equal(Many + Few, await served.InStore(static db => db.ClaimVersions.CountAsync(
            static v => v.Version == 2 && v.RemittanceId != null && v.Why.StartsWith("answered in"), Stop)));
        Assert.Equal(Many + Few, await served.InStore(static db => db.PaidClaims.CountAsync(Stop)));
        Assert.Equal(Many + Few, await served.InStore(static db => db.Events.CountAsync(static e => e.Act == "post",
            Stop)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
        var counted = await served.InStore(static db => db.WorkCounts.Where(static w => w.Life == ClaimLife.Closed)
            .ToListAsync(Stop));
        Assert.Equal(((long)(Many + Few), (long)(Many + Few) * 5_050),
            (counted.Sum(static w => w.Claims), counted.Sum(static w => w.Cents)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Of_many_claims_that_change_together_one_that_a_colleague_changed_stops_all(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Do(served, JobKind.Import, ClaimsFiles.Write(1, "R", 210));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => served.InStore(async db =>
        {
            var claims = await db.Claims.OrderBy(static c => c.Id).ToListAsync(Stop);
            await served.InStore(other => other.Claims.Where(c => c.Id == claims[100].Id)
                .ExecuteUpdateAsync(static u => u.SetProperty(static c => c.Version, 7), Stop));
            return await db.Change(_ =>
            {
                foreach (var claim in claims) (claim.Why, claim.Version) = ("all", claim.Version + 1);
                return Task.FromResult(0);
            }, Stop);
        }));
        Assert.False(await served.InStore(static db => db.Claims.AnyAsync(static c => c.Why == "all", Stop)));
        await served.InStore(static async db => await db.Change(async _ =>
        {
            foreach (var claim in await db.Claims.ToListAsync(Stop)) (claim.Why, claim.OwnerId) = ("all", null);
            await db.SaveChangesAsync(Stop);
            foreach (var claim in db.Claims.Local) claim.Version++; // what was written is known as written
            return 0;
        }, Stop));
        Assert.Equal(210, await served.InStore(static db => db.Claims.CountAsync(static c => c.Why == "all"
            && (c.Version == 2 || c.Version == 8), Stop)));
    }

    static async Task Do(ServedPractice served, JobKind kind, byte[] bytes)
    {
        var asked = await served.InStore(db => Jobs.Ask(db, new()
        {
            Key = Guid.NewGuid(), Kind = kind, Name = "file", At = Now,
        }, bytes, Stop));
        await served.InStore(async db =>
        {
            await Jobs.Do(db, served.App.Services.GetRequiredService<CodeBooks>(), asked.Id, TimeProvider.System, Stop);
            return 0;
        });
        Assert.Equal(JobState.Done, await served.InStore(db => db.Jobs.Where(j => j.Id == asked.Id)
            .Select(static j => j.State).SingleAsync(Stop)));
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
