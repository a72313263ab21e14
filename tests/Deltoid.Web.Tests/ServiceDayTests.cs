using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>A date of service is a day and never a moment: it stays that day in every time zone.</summary>
public sealed class ServiceDayTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly string[] Servers =
        LongRun.IsOn ? ["UTC", "America/New_York", "Pacific/Honolulu", "Asia/Tokyo"] : ["UTC", "Asia/Tokyo"],
        Devices = ["America/New_York", "Pacific/Honolulu", "Pacific/Auckland"],
        Moments = ["2026-03-03T04:59:00Z", "2026-03-03T05:01:00Z"]; // around midnight in New York

    /// <summary>A clock with its time zone, as a file says: a script in a browser sets it too.</summary>
    sealed class FileClock(string file) : TimeProvider
    {
        string[] Said => File.Exists(file) ? File.ReadAllText(file).Split(' ') : ["UTC", Moments[0]];

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.Parse(Said is [_, var at] ? at : Moments[0], CultureInfo.InvariantCulture);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.FindSystemTimeZoneById(Said[0]);
    }

    [Fact]
    public async Task A_shot_near_midnight_keeps_its_day_wherever_server_and_device_are()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"{Servers[0]} {Moments[0]}", Stop);
        await using var served = await ServedPractice.Start(Ground.Sqlite,
            change: builder => builder.Services.AddSingleton<TimeProvider>(new FileClock(file)));
        Journey.Run("service-day.mjs", served.Url, ("CLOCK", file), ("SERVERS", string.Join(' ', Servers)),
            ("DEVICES", string.Join(' ', Devices)), ("MOMENTS", string.Join(' ', Moments)));
        var visits = await served.InStore(static db => db.Visits.AsNoTracking().OrderBy(static v => v.Id)
            .ToListAsync(Stop));
        Assert.Equal(Servers.Length * Devices.Length * Moments.Length, visits.Count);
        // in New York it was the day before and the day itself, on the other devices always one day
        Assert.Equal(2, visits.Select(static v => v.ServiceDate).Distinct().Count());
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        foreach (var (visit, i) in visits.Select(static (v, i) => (v, i)))
        {
            await File.WriteAllTextAsync(file, $"{Servers[i % Servers.Length]} {Moments[i / 4 % 2]}", Stop);
            await Check(served, owner, visit);
        }
        File.Delete(file);
    }

    static async Task Check(ServedPractice served, Browsing owner, Store.Model.Visit visit)
    {
        var day = visit.ServiceDate;
        string Iso() => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (shown, compact) = (day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
            day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        Assert.Contains($"given on {Iso()}", visit.Document, StringComparison.Ordinal); // what the device showed
        Assert.Contains($"\"serviceDate\":\"{Iso()}\"", visit.Document.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        var claim = await served.InStore(db => db.Claims.AsNoTracking().Include(static c => c.Payer)
            .SingleAsync(c => c.VisitId == visit.Id, Stop));
        Assert.Equal(day, claim.ServiceDate);
        Assert.Contains(Iso(), claim.Document, StringComparison.Ordinal);
        var practice = await served.InStore(static db => db.Practices.AsNoTracking().SingleAsync(Stop));
        var x12 = Encoding.ASCII.GetString(Sending.Preview(practice, claim, new(2026, 3, 9, 23, 59, 0)));
        Assert.Contains($"DTP*472*D8*{compact}~", x12, StringComparison.Ordinal);
        Assert.DoesNotContain($"DTP*472*D8*{day.AddDays(1):yyyyMMdd}", x12, StringComparison.Ordinal);
        foreach (var path in new[] { $"/claims/{claim.Id}", "/worklist.csv" })
        {
            var (status, body) = await owner.Get(path);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(path[^1] == 'v' ? body.Split('\n').Single(l => l.Contains(claim.Number,
                StringComparison.Ordinal)).Contains(shown, StringComparison.Ordinal)
                : body.Contains(shown, StringComparison.Ordinal), $"{path}: {shown}");
        }
        using var paper = await owner.Send(HttpMethod.Get, $"/claims/{claim.Id}/paper?mode=red");
        var text = TextOf(await paper.Content.ReadAsByteArrayAsync(Stop));
        Assert.Contains(day.ToString("MM dd yy", CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.DoesNotContain(day.AddDays(1).ToString("MM dd yy", CultureInfo.InvariantCulture), text,
            StringComparison.Ordinal);
    }

    /// <summary>The content of a PDF's pages, unpacked.</summary>
    static string TextOf(byte[] pdf)
    {
        var (all, text, at) = (Encoding.Latin1.GetString(pdf), new StringBuilder(), 0);
        while ((at = all.IndexOf("stream\n", at, StringComparison.Ordinal)) >= 0)
        {
            at += "stream\n".Length;
            using var packed = new ZLibStream(new MemoryStream(pdf, at, pdf.Length - at), CompressionMode.Decompress);
            using var plain = new StreamReader(packed, Encoding.Latin1);
            try { text.Append(plain.ReadToEnd()); }
            catch (InvalidDataException) { } // a picture or a font
            at = all.IndexOf("endstream", at, StringComparison.Ordinal) + "endstream".Length;
        }
        return text.ToString();
    }
}
