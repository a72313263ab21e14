using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// J9: who writes a chart system connects it for the first time. A card names what the chart does not say yet, the
/// answer to the visit names its place, and the mended visit is one claim however often it is sent.
/// </summary>
public sealed class FirstIntegrationTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chart_system_has_its_first_clean_claim_in_six_requests()
    {
        await using var served = await ServedPractice.OpenWith(
            Directory.CreateTempSubdirectory("deltoid-first").FullName, "--PrivateWebhooks", "true");
        await using var receiver = await WebhookReceiver.Start();
        var (_, secret) = await served.InStore(db => Webhooks.Add(db,
            served.App.Services.GetRequiredService<FieldKeys>(), receiver.Url, true, DateTime.UtcNow, Stop));
        using var program = await ApiProgram.LetIn(served, 1, "encounters.write", "claims.read"); // 1: a token
        var (whole, without) = (Visit(), Visit());
        without["administrations"]![0]!.AsObject().Remove("dose");

        // 2: the chart system asks while the patient is still there, and shows the card
        var card = Assert.Single(await Cards(program, without));
        Assert.Equal("DRG0001", card.GetProperty("source").GetProperty("topic").GetProperty("code").GetString());

        // 3: who sends it all the same gets a claim that is held, with why, and where on the claim
        var (status, held) = await program.Ask("POST", "/api/v1/encounters", Sent(without), "visit-1");
        Assert.True(status == 201, held.GetRawText());
        Assert.Equal("held", held.GetProperty("state").GetString());
        Assert.Contains("no dose", held.GetProperty("why").GetString(), StringComparison.Ordinal);
        var finding = held.GetProperty("findings").EnumerateArray().First();
        Assert.Equal(("DRG0001", "/administrations/0/dose"), (finding.GetProperty("id").GetString(),
            finding.GetProperty("pointer").GetString())); // it is of the chart, which has no box
        foreach (var name in (string[])["message", "fix", "citation"])
            Assert.True(finding.TryGetProperty(name, out _), name);

        // 4: mended, no card comes; 5, 6: one claim, sent twice since the line was bad
        Assert.Empty(await Cards(program, whole));
        using var first = await program.Send("POST", "/api/v1/encounters", Sent(whole), "visit-2");
        using var again = await program.Send("POST", "/api/v1/encounters", Sent(whole), "visit-2");
        var (made, replayed) = (await first.Content.ReadAsStringAsync(Stop),
            await again.Content.ReadAsStringAsync(Stop));
        Assert.Equal(made, replayed);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        using var claim = JsonDocument.Parse(made);
        Assert.Equal("ready", claim.RootElement.GetProperty("state").GetString());
        Assert.Equal(2, await served.InStore(static db => db.Claims.CountAsync(Stop)));

        // and a message comes by itself, which only this practice can have signed
        var id = claim.RootElement.GetProperty("id").GetInt64();
        await served.App.Services.GetRequiredService<Api.WebhookHost>().Round(Stop);
        for (var i = 0; i < 400 && !receiver.Told.Any(t => IsOf(t.Body, id)); i++) await Task.Delay(50, Stop);
        var told = receiver.Told.First(t => IsOf(t.Body, id));
        Assert.Equal(WebhookReceiver.Signed(secret, told.Id, told.At, told.Body), told.Signature);
    }

    static bool IsOf(string message, long claim) => JsonDocument.Parse(message).RootElement.GetProperty("data")
        .GetProperty("claimId").GetInt64() == claim;

    static JsonObject Visit() => JsonNode.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, "examples", "b12-shot.json")))!.AsObject();

    /// <summary>The visit as a program charts it: place and payer are the practice's.</summary>
    static string Sent(JsonObject visit)
    {
        var own = visit.DeepClone().AsObject();
        foreach (var name in (string[])["placeOfService", "setting", "payer"]) own.Remove(name);
        own["patient"] = new JsonObject { ["established"] = true };
        return new JsonObject { ["patientId"] = 1, ["providerId"] = 1, ["encounter"] = own }.ToJsonString();
    }

    /// <summary>The cards at the end of the visit; the resources are those that a chart system has of it.</summary>
    static async Task<List<JsonElement>> Cards(ApiProgram program, JsonObject visit)
    {
        var (status, answer) = await program.Ask("POST", "/cds-services/inject-encounter-discharge", new JsonObject
        {
            ["hook"] = "encounter-discharge", ["hookInstance"] = Guid.NewGuid().ToString(),
            ["context"] = new JsonObject
            {
                ["userId"] = "Practitioner/1", ["patientId"] = "p1", ["encounterId"] = "e1",
            },
            ["prefetch"] = CdsTests.Prefetched(visit.ToJsonString()),
        }.ToJsonString());
        Assert.True(status == 200, answer.GetRawText());
        return [.. answer.GetProperty("cards").EnumerateArray()];
    }
}
