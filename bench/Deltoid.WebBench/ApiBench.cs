using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.WebBench;

/// <summary>
/// Programs that chart visits at the same time, each request with a key of its own: answered when visit, claim, charges
/// and event are on the disk. Beside it the same programs code a visit, which writes nothing.
/// </summary>
static class ApiBench
{
    const int Each = 60, Rounds = 6, Patients = 6_000;

    public static async Task Run(Ground ground, int programs)
    {
        var app = await ground.Serve();
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = 1;
        await PostingBench.Import(db, scope.ServiceProvider.GetRequiredService<CodeBooks>(), 1, Patients);
        var (clients, patients) = (new List<HttpClient>(),
            await db.Patients.Select(static p => p.Id).OrderBy(static id => id).ToListAsync());
        for (var i = 0; i < programs; i++) clients.Add(await LetIn(db, app.Urls.First()));
        var (next, charted, coded) = (0, patients.ConvertAll(Charted), Coded());
        foreach (var (path, body, wanted) in new (string, Func<byte[]>, HttpStatusCode)[]
            {
                ("/api/v1/encounters", () => charted[Interlocked.Increment(ref next) % charted.Count],
                    HttpStatusCode.Created),
                ("/api/v1/code", () => coded, HttpStatusCode.OK),
            })
            for (var round = 0; round < Rounds; round++)
            {
                var times = new Times($"{path} by {programs} programs{(round == 0 ? ", not yet warm" : "")}");
                var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                await Task.WhenAll(clients.ConvertAll(c => Ask(c, path, body, wanted, times)));
                var (asked, worked) = (programs * Each, Environment.CpuUsage.TotalTime - before);
                Console.WriteLine($"  {asked / watch.Elapsed.TotalSeconds:N0} requests/s; the processor "
                    + $"{worked.TotalMilliseconds / asked:0.00} ms for each");
                times.Print();
            }
    }

    static async Task Ask(HttpClient client, string path, Func<byte[]> body, HttpStatusCode wanted, Times times)
    {
        for (var i = 0; i < Each; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(body());
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await times.Of("", () => client.SendAsync(request));
            if (answer.StatusCode != wanted)
                throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    static async Task<HttpClient> LetIn(PracticeDb db, string url)
    {
        var (program, secret) = await Programs.Make(db, "bench", ["encounters.write"], DateTime.UtcNow.AddDays(2),
            DateTime.UtcNow, default);
        var client = new HttpClient { BaseAddress = new(url), Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = program.ClientId, ["client_secret"] = secret,
            }));
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The visit as a program charts it: place and payer are the practice's.</summary>
    static byte[] Charted(long patient)
    {
        var visit = ChartedClaim.Visit();
        foreach (var name in (string[])["placeOfService", "setting", "payer", "billing"]) visit.Remove(name);
        visit["patient"] = new JsonObject { ["established"] = true };
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["patientId"] = patient, ["providerId"] = 1, ["encounter"] = visit,
        }.ToJsonString());
    }

    static byte[] Coded() => Encoding.UTF8.GetBytes(ChartedClaim.Visit().ToJsonString());
}
