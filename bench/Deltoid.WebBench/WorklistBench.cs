using System.Diagnostics;
using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// What a biller waits for where a practice has many claims: a page of the worklist with its counts and groups, by
/// every filter; the place of a claim in its list; its findings after a field was left. Times are of whole requests.
/// </summary>
static class WorklistBench
{
    const int Triples = 150, Patients = 500, Payers = 12, Opened = 100, Checked = 500;

    public static async Task Run(Ground ground, int claims)
    {
        var app = await ground.Serve();
        Console.WriteLine($"  {claims:N0} claims");
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        (db.PracticeId, var fill) = (1, Stopwatch.StartNew());
        if (await db.Claims.CountAsync() < claims)
        {
            await Fill(db, claims);
            Console.WriteLine($"  filled in {fill.Elapsed.TotalSeconds:0.0} s");
        }
        var payers = await db.Payers.OrderBy(static p => p.Id).Select(static p => p.Id).ToArrayAsync();
        var people = await db.Users.OrderBy(static u => u.Id).Select(static u => u.Id).ToArrayAsync();
        using var client = await Biller.SignIn(app);
        var lists = Filters(payers, people).ToList();
        await Pages(client, lists);
        await Places(db, lists);
        await Findings(client, scope.ServiceProvider.GetRequiredService<Engine>(), db);
    }

    public static async Task Fill(PracticeDb db, int claims)
    {
        for (var i = 0; i < Payers; i++)
            db.Payers.Add(new() { Name = $"Plan {i}", Number = $"P{i}", Kind = "commercial", Filing = "CI" });
        var first = await db.Patients.AsNoTracking().FirstAsync();
        for (var i = 0; i < Patients; i++)
            db.Patients.Add(new()
            {
                Family = $"Family{i}", Given = "Given", BirthDate = first.BirthDate, Sex = "F", Address = new()
                    { Line = "1 Example Road", City = "Springfield", State = "IL", Zip = "62701" },
            });
        await db.SaveChangesAsync();
        var payers = await db.Payers.OrderBy(static p => p.Id).Select(static p => p.Id).ToArrayAsync();
        var people = await db.Users.OrderBy(static u => u.Id).Select(static u => u.Id).ToArrayAsync();
        await new ManyClaims(1, await db.Patients.Select(static p => p.Id).ToArrayAsync(), payers, people)
            .Fill(db, claims, DateOnly.FromDateTime(DateTime.Now));
    }

    /// <summary>All that can be asked by one filter and by two, and some by three, grouped in each way.</summary>
    static IEnumerable<WorkFilter> Filters(long[] payers, long[] people)
    {
        ClaimLife?[] lives = [null, .. Enum.GetValues<ClaimLife>()];
        string[] causes = ["", .. ManyClaims.AllCauses];
        long?[] plans = [null, .. payers.Select(static p => (long?)p)],
            owners = [null, 0, .. people.Select(static p => (long?)p)];
        foreach (var life in lives)
        {
            foreach (var cause in causes) yield return new(life, cause);
            foreach (var plan in plans) yield return new(life, Payer: plan, By: WorkGrouping.Owner);
            foreach (var owner in owners) yield return new(life, Owner: owner, By: WorkGrouping.Payer);
            yield return new(life, IsAsleep: true);
        }
        foreach (var plan in plans)
        {
            foreach (var cause in causes) yield return new(Cause: cause, Payer: plan);
            foreach (var owner in owners) yield return new(Payer: plan, Owner: owner);
        }
        foreach (var owner in owners)
            foreach (var cause in causes) yield return new(Cause: cause, Owner: owner);
        var random = new Random(5);
        for (var i = 0; i < Triples; i++)
            yield return new(lives[random.Next(lives.Length)], causes[random.Next(causes.Length)],
                plans[random.Next(plans.Length)], owners[random.Next(owners.Length)], random.Next(8) == 0);
    }

    /// <summary>Each list from its first page on: three pages of it, as people turn them.</summary>
    static async Task Pages(HttpClient client, List<WorkFilter> lists)
    {
        var (times, next) = (new Times("page of the worklist, with counts and groups"), new Times("a page further on"));
        foreach (var list in lists.Take(20)) await client.GetStringAsync($"/worklist?{list}"); // compiled, not counted
        foreach (var list in lists)
        {
            var page = await times.Of(list.ToString(), () => client.GetStringAsync($"/worklist?{list}"));
            for (var turn = 0; turn < 2 && NextOf(page) is { } to; turn++)
                page = await next.Of(to, () => client.GetStringAsync(to));
        }
        times.Print();
        next.Print();
    }

    static string? NextOf(string page)
    {
        var at = page.IndexOf("rel=\"next\"", StringComparison.Ordinal);
        if (at < 0) return null;
        var from = page.LastIndexOf("href=\"", at, StringComparison.Ordinal) + 6;
        return WebUtility.HtmlDecode(page[from..page.IndexOf('"', from)]);
    }

    /// <summary>What the editor asks of the list that a claim was opened from: its place, and its neighbors.</summary>
    static async Task Places(PracticeDb db, List<WorkFilter> lists)
    {
        var (times, random) = (new Times("the place of a claim in its list, with its neighbors"), new Random(6));
        for (var i = 0; i < Opened; i++)
        {
            var list = lists[random.Next(lists.Count)];
            var claim = await WorkFilter.InOrder(list.Of(db).AsNoTracking()).Skip(random.Next(40))
                .FirstOrDefaultAsync();
            if (claim is not null) await times.Of(list.ToString(), () => list.Around(db, claim));
        }
        times.Print();
    }

    /// <summary>The whole form of a claim with a mistake, checked again and again as its fields change.</summary>
    static async Task Findings(HttpClient client, Engine engine, PracticeDb db)
    {
        var claim = await ChartedClaim.Of(db, engine);
        var page = await client.GetStringAsync($"/claims/{claim.Id}");
        var fields = ClaimForm.Of(Documents.Claim(claim.Document));
        (fields["version"], fields["__RequestVerificationToken"]) = ("1", Biller.TokenOf(page));
        var times = new Times("findings after a field was left");
        for (var i = 0; i < Checked; i++)
        {
            fields["line.1.units"] = (1 + (i % 7)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            fields["line.1.modifiers"] = i % 3 == 0 ? "" : "25";
            async Task<string> Check()
            {
                using var answer = await client.PostAsync($"/claims/{claim.Id}/check",
                    new FormUrlEncodedContent(fields));
                return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            }
            if (i < 20) await Check();
            else await times.Of("", Check);
        }
        times.Print();
    }
}
