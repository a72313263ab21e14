using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Every screen of the sample's three months, looked at by a browser; and what fails on the way to it.</summary>
public sealed class ScreenTests
{
    [Fact]
    public async Task Every_screen_is_for_everybody_and_every_file_adds_up()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, hasHistory: true,
            clock: ServedPractice.HistoryEnds);
        Journey.Run("every-screen.mjs", served.Url, TimeSpan.FromMinutes(20));
        var files = await served.InStore(static db => db.Files.AsNoTracking()
            .Select(static f => new { f.Id, f.Name, f.IsOutgoing }).ToListAsync());
        Assert.True(files.Count > 10, $"{files.Count} files");
        foreach (var file in files)
        {
            var inside = (await served.InStore(db => FileInside.Of(db, file.Id,
                TestContext.Current.CancellationToken)))!;
            Assert.True(inside.IsBalanced, file.Name);
            if (file.IsOutgoing) Assert.NotEmpty(inside.Claims);
        }
    }

    [Fact]
    public async Task What_fails_is_a_sentence_and_what_was_typed_stays()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await ChartedClaims.Chart(served, "b12-shot-billing");
        Journey.Run("wire.mjs", served.Url);
    }
}
