using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// A day of service is a day of the calendar. Servers and browsers in zones that never have the same day, at a minute
/// before and after midnight: the day that was typed is in the chart, the claim, the 837, the CMS-1500 and on the page.
/// </summary>
public sealed class ServiceDayTests
{
    static readonly bool IsLong = Environment.GetEnvironmentVariable("DELTOID_LONG") == "1";

    /// <summary>The server is where the practice is: a practice has no zone of its own.</summary>
    static readonly string[] Servers = ["Pacific/Kiritimati", "America/Phoenix", "America/New_York", "UTC"];

    static readonly string[] Browsers = ["Pacific/Pago_Pago", "Pacific/Kiritimati", "America/Phoenix",
        "America/New_York", "Asia/Kolkata", "Europe/London"];

    /// <summary>Nights in which clocks change, a leap day, the end of a year, and a usual day.</summary>
    static readonly string[] Days =
        ["2026-03-08", "2024-02-29", "2025-12-31", "2025-11-02", "2026-01-01", "2026-03-02"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_day_that_was_typed_is_the_day_in_every_output_wherever_the_clocks_are()
    {
        var browsers = IsLong ? Browsers : Browsers[..2];
        foreach (var server in IsLong ? Servers : Servers[..1])
        {
            var folder = Directory.CreateTempSubdirectory("deltoid-days").FullName;
            using (var process = await ServedProcess.Start(folder, "env", "TZ=" + server))
            {
                JourneyTests.Run("service-day.mjs", process.Url, TimeSpan.FromMinutes(4),
                    ("ZONES", string.Join(' ', browsers)), ("DAYS", string.Join(' ', Days)));
                var cookies = new CookieContainer();
                await process.SignIn(cookies);
                using var client = process.Client(cookies);
                for (var i = 0; i < browsers.Length; i++)
                    Assert.Contains(AsPrinted(Days[i]), await Paper(client, i + 1), StringComparison.Ordinal);
            }
            await CheckKept(folder, browsers.Length);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As box 24A has it: month, day and year in two digits.</summary>
    static string AsPrinted(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        .ToString("MM dd yy", CultureInfo.InvariantCulture);

    static async Task<string> Paper(HttpClient client, int claim)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file,
            await client.GetByteArrayAsync($"/claims/{claim}/paper?mode=full", Stop), Stop);
        using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", file, "-"])
        {
            RedirectStandardOutput = true
        })!;
        var text = await process.StandardOutput.ReadToEndAsync(Stop);
        File.Delete(file);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    static async Task CheckKept(string folder, int count)
    {
        await using var services = new ServiceCollection().AddStore(new() { Folder = folder }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = 1;
        var claims = await db.Claims.AsNoTracking().OrderBy(static c => c.Id).ToListAsync(Stop);
        Assert.Equal(count, claims.Count);
        for (var i = 0; i < count; i++)
        {
            var day = DateOnly.ParseExact(Days[i], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.Equal(day, claims[i].ServiceDate);
            Assert.Contains($"\"{Days[i]}\"", claims[i].Document, StringComparison.Ordinal);
            var visit = await db.Visits.SingleAsync(v => v.Id == claims[i].VisitId, Stop);
            Assert.Equal(day, visit.ServiceDate);
            Assert.Contains(Days[i], visit.Document, StringComparison.Ordinal);
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(
            (Microsoft.Data.Sqlite.SqliteConnection)db.Database.GetDbConnection());
    }
}
