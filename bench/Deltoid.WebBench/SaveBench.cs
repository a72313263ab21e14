using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// People who save claims at the same time, each claim with a changed charge: the whole request, answered when the new
/// version, its money and its event are on the disk. The practice has 100,000 other claims.
/// </summary>
static class SaveBench
{
    const int Others = 100_000, ClaimsOfEach = 40, Rounds = 16, WarmRounds = 5;

    public static async Task Run(Ground ground, int people)
    {
        var app = await ground.Serve();
        using var scope = app.Services.CreateScope();
        var (db, engine) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(),
            scope.ServiceProvider.GetRequiredService<Engine>());
        db.PracticeId = 1;
        await WorklistBench.Fill(db, Others);
        var clients = new List<(HttpClient Client, List<StoredClaim> Claims)>();
        for (var i = 0; i < people; i++)
        {
            var claims = new List<StoredClaim>();
            for (var n = 0; n < ClaimsOfEach; n++) claims.Add(await ChartedClaim.Of(db, engine));
            clients.Add((await Biller.SignIn(app), claims));
            db.ChangeTracker.Clear();
        }
        for (var from = 1; from < Rounds; from += WarmRounds)
        {
            var times = new Times($"saves by {people} people at once{(from == 1 ? ", not yet warm" : "")}");
            var watch = Stopwatch.StartNew();
            var before = Environment.CpuUsage.TotalTime;
            await Task.WhenAll(clients.ConvertAll(c => Save(c.Client, c.Claims, from, times)));
            var (saves, worked) = (people * ClaimsOfEach * WarmRounds, Environment.CpuUsage.TotalTime - before);
            Console.WriteLine($"  {saves / watch.Elapsed.TotalSeconds:0} saves/s; the processor "
                + $"{worked.TotalMilliseconds / saves:0.0} ms for each");
            times.Print();
        }
    }

    static async Task Save(HttpClient client, List<StoredClaim> claims, int version, Times times)
    {
        var token = Biller.TokenOf(await client.GetStringAsync($"/claims/{claims[0].Id}"));
        for (var last = version + WarmRounds; version < last; version++)
            foreach (var claim in claims)
            {
                var fields = ClaimForm.Of(Documents.Claim(claim.Document));
                (fields["version"], fields["__RequestVerificationToken"]) =
                    (version.ToString(CultureInfo.InvariantCulture), token);
                fields["line.1.charge"] = (100 + version).ToString(CultureInfo.InvariantCulture);
                using var answer = await times.Of("", () => client.PostAsync($"/claims/{claim.Id}",
                    new FormUrlEncodedContent(fields)));
                if (answer.StatusCode != HttpStatusCode.Redirect)
                    throw new InvalidOperationException("a save did not go through");
            }
    }
}
