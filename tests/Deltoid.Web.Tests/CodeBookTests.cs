using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Deltoid.Web.Tests;

/// <summary>Another code book comes into use, and goes again, while the program runs.</summary>
public sealed class CodeBookTests : IDisposable
{
    const string Example = "ketorolac-new-patient"; // two units of J1885

    readonly string folder = Directory.CreateTempSubdirectory("deltoid-books").FullName;
    readonly Shelf shelf;
    readonly string wide, narrow;

    public CodeBookTests()
    {
        shelf = new(Path.Combine(folder, "shelf"));
        wide = shelf.Put(Pack(2026, 20));
        narrow = shelf.Put(Pack(2027, 1));
        shelf.Back();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A pack that says how many units of J1885 may be billed on a day.</summary>
    static byte[] Pack(int release, int limit)
    {
        var draft = new PackDraft();
        var since = DateRange.Of(new(2026, 1, 1));
        draft.Sources.Add(new("ncci-mue-practitioner", "MUE", $"MUE_{release}.csv", "00", "",
            DateRange.Of(new(release, 1, 1)), 1, false, false));
        draft.Mues.Add(new(draft.Id(Code.Of("J1885")), since, limit, 0, 3, 0));
        return draft.Write();
    }

    Task<ServedPractice> Serve() =>
        ServedPractice.OpenWith(Path.Combine(folder, "data"), "--Books", shelf.Folder);

    static Task Watch(ServedPractice served) => served.App.Services.GetServices<IHostedService>()
        .OfType<BookWatch>().Single().Round(Stop);

    static Task<(ClaimLife Life, string Cause)> OfClaim(ServedPractice served, long id) => served.InStore(async db =>
    {
        var claim = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop);
        return (claim.Life, claim.Cause);
    });

    /// <summary>Asks without a pause, and notes which book each answer is of, and whether it has the finding.</summary>
    static async Task Ask(string url, List<(string Book, bool HasFinding)> answers, CancellationToken over)
    {
        var visit = File.ReadAllText(Path.Combine(Repository.Root, "examples", Example + ".json"));
        using var program = ApiProgram.Unknown(url);
        while (!over.IsCancellationRequested)
        {
            using var answer = await program.Send("POST", "/api/v1/code", visit);
            answer.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Stop));
            var has = json.RootElement.GetProperty("findings").EnumerateArray()
                .Any(static f => f.GetProperty("id").GetString()!.StartsWith("NCC001", StringComparison.Ordinal));
            lock (answers) answers.Add((json.RootElement.GetProperty("codeBook").GetString()!, has));
        }
    }

    [Fact]
    public async Task Each_answer_is_of_one_book_while_books_come_and_go()
    {
        await using var served = await Serve();
        var (books, answers) = (ChartedClaims.BooksOf(served), new List<(string Book, bool HasFinding)>());
        var first = books.Engine.Book.Version;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var people = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Ask(served.Url, answers, over.Token), Stop))
            .ToList();
        for (var i = 0; i < 6; i++)
        {
            await Asked(20);
            if (i % 2 == 0) shelf.Choose(narrow);
            else shelf.Back();
            await Watch(served);
            Assert.Equal(i % 2 == 1, books.Engine.Book.Version == first);
        }
        await Asked(20);
        await over.CancelAsync();
        await Task.WhenAll(people);
        Assert.Equal(2, answers.Select(static a => a.Book).Distinct().Count());
        Assert.All(answers, a => Assert.Equal(a.Book != first, a.HasFinding));

        async Task Asked(int more)
        {
            int Count()
            {
                lock (answers) return answers.Count;
            }
            for (var due = Count() + more; Count() < due && !people.Exists(static p => p.IsFaulted);)
                await Task.Delay(10, Stop);
        }
    }

    [Fact]
    public async Task Claims_that_have_not_left_are_judged_by_the_book_in_use()
    {
        await using var served = await Serve();
        var claim = await ChartedClaims.Chart(served, Example);
        await Watch(served);
        var before = await OfClaim(served, claim.Id);
        shelf.Choose(narrow);
        await Watch(served);
        var (life, cause) = await OfClaim(served, claim.Id);
        Assert.Equal(ClaimLife.Held, life);
        Assert.NotEqual(before.Cause, cause);
        shelf.Back();
        await Watch(served);
        Assert.Equal(before, await OfClaim(served, claim.Id));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task Many_claims_are_judged_piece_by_piece()
    {
        await using var served = await Serve();
        for (var i = 0; i < 7; i++) await ChartedClaims.Chart(served, Example);
        await Watch(served);
        shelf.Choose(narrow);
        ChartedClaims.BooksOf(served).Look();
        var more = new List<bool>();
        do
            more.Add(await CatchUp(served, most: 3));
        while (more[^1]);
        Assert.Equal([true, true, false], more);
        Assert.Equal(7, await served.InStore(static db => db.Claims.CountAsync(static c => c.Life == ClaimLife.Held,
            Stop)));
        Assert.False(await CatchUp(served, most: 3));
    }

    static Task<bool> CatchUp(ServedPractice served, int most) => served.InStore(db => OpenClaims.CatchUp(db,
        ChartedClaims.BooksOf(served).Engine, DateTime.UtcNow, Stop, most));

    [Fact]
    public async Task A_book_that_is_damaged_does_not_come_into_use_and_it_is_said()
    {
        await using var served = await Serve();
        var version = ChartedClaims.BooksOf(served).Engine.Book.Version;
        shelf.Choose(narrow);
        File.WriteAllBytes(shelf.PathOf(narrow), new byte[100]);
        await Watch(served);
        Assert.Equal(version, ChartedClaims.BooksOf(served).Engine.Book.Version);
        Assert.NotEmpty(ChartedClaims.BooksOf(served).Fault);
        using var client = await RouteTests.Client(served, Role.Owner);
        Assert.Contains("The code book that was chosen is not in use", await client.GetStringAsync("/manager/changes",
            Stop), StringComparison.Ordinal);
        Assert.False(ChartedClaims.BooksOf(served).Look()); // it is said once
        shelf.Back();
        Assert.False(ChartedClaims.BooksOf(served).Look()); // the one before is in use already
        Assert.Empty(ChartedClaims.BooksOf(served).Fault);
        shelf.Put(Pack(2027, 1)); // whole again, and taken into use
        Assert.True(ChartedClaims.BooksOf(served).Look());
        Assert.Equal(("", true), (ChartedClaims.BooksOf(served).Fault,
            ChartedClaims.BooksOf(served).Engine.Book.Version != version));
    }

    [Fact]
    public async Task A_file_ends_with_the_book_that_it_began_with()
    {
        await using var served = await Serve();
        var books = ChartedClaims.BooksOf(served);
        var first = books.Engine.Book.Version;
        var job = await served.InStore(static db => Jobs.Ask(db, new()
        {
            Key = Guid.NewGuid(), Kind = JobKind.Check, Name = "a.837", At = DateTime.UtcNow,
            MovedAt = DateTime.UtcNow.AddHours(1),
        }, null, Stop));
        await served.InStore(async db =>
        {
            await Checking.Cut(db, books, job.Id, new MemoryStream(ClaimsFiles.Write(1, "X", 100)),
                TimeProvider.System, 1 << 20, Stop);
            return 0;
        });
        shelf.Choose(narrow);
        Assert.True(books.Look());
        Assert.Equal(100, await served.InStore(db => Checking.Do(db, books, job.Id, 0, TimeProvider.System, Stop)));
        Assert.Equal(first, await served.InStore(db => db.Jobs.Where(j => j.Id == job.Id).Select(static j => j.Book)
            .SingleAsync(Stop)));
        Assert.Equal(first, CodeBooks.Open(shelf.Folder).Of(first).Book.Version); // also after a start
    }

    [Fact]
    public async Task What_changes_is_said_before_the_book_comes_into_use()
    {
        await using var served = await Serve();
        var claim = await ChartedClaims.Chart(served, Example);
        await served.InStore(async db =>
        {
            var today = DateOnly.FromDateTime(DateTime.Now);
            await db.Claims.ExecuteUpdateAsync(set => set.SetProperty(static c => c.ServiceDate, today.AddDays(-9)),
                Stop);
            return 0;
        });
        using var client = await RouteTests.Client(served, Role.Manager);
        var page = await client.GetStringAsync("/manager/changes?book=" + narrow, Stop);
        Assert.Contains("1 claim was asked, 1 change.", page, StringComparison.Ordinal);
        Assert.Contains("unit-limit", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/claims/{claim.Id}\"", page, StringComparison.Ordinal);
        // its rows end before the next quarter
        Assert.Contains("This book knows rules until", await client.GetStringAsync("/manager/changes", Stop),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-04-01"), InlineData("2026-03-31", "2026-04-01")]
    [InlineData("2026-11-30", "2027-01-01")]
    public void A_quarter_begins_with_its_first_month(string day, string next) =>
        Assert.Equal(DateOnly.Parse(next), BookChanges.NextQuarter(DateOnly.Parse(day)));
}
