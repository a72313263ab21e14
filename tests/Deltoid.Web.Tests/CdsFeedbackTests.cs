using System.Net;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Cds;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What became of cards: whose it is, what is kept, and what a manager sees.</summary>
public sealed class CdsFeedbackTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static CdsService Sign => CdsService.Find(CdsTests.Sign)!;

    static string Card(int number, string finding = "CHT0003") =>
        CdsCardId.Of("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", $"key {number}", finding, Sign).ToString();

    static string Item(string card, string outcome, string reason = "") => $$"""
        { "card": "{{card}}", "outcome": "{{outcome}}", "outcomeTimestamp": "2026-03-02T10:00:00Z",
          "overrideReason": { "reason": { "code": "{{reason}}" }, "userComment": "ZZMARKER" } }
        """;

    static async Task<HttpStatusCode> Send(HttpClient client, string service, params string[] items)
    {
        using var answer = await client.PostAsync($"/cds-services/{service}/feedback", new StringContent(
            $$"""{ "feedback": [{{string.Join(',', items)}}] }""", Encoding.UTF8, "application/json"), Stop);
        return answer.StatusCode;
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Feedback_is_kept_without_what_a_person_typed_and_a_manager_sees_the_counts(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        Assert.Equal(HttpStatusCode.OK, await Send(client, CdsTests.Sign, Item(Card(1), "overridden", "later"),
            Item(Card(2), "accepted"), Item(Card(3, "BND0011"), "overridden", "ZZMARKER")));
        // what was reported last of a card holds
        Assert.Equal(HttpStatusCode.OK, await Send(client, CdsTests.Sign, Item(Card(1), "overridden", "wrong"),
            Item(Card(4), "overridden", "wrong")));
        var kept = await served.InStore(static db => db.CardAnswers.OrderBy(static a => a.Id).ToListAsync(Stop));
        Assert.Equal([("CHT0003", false, "wrong"), ("CHT0003", true, ""), ("BND0011", false, ""),
            ("CHT0003", false, "wrong")], kept.Select(static a => (a.Finding, a.IsAccepted, a.Reason)));
        Assert.All(kept, static a => Assert.Equal((CdsTests.Sign, 1), (a.Service, a.PracticeId)));
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        var (_, page) = await omar.Get("/manager/cards");
        Assert.Contains("CHT0003", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZMARKER", page, StringComparison.Ordinal);
        var row = Browsing.Words(page.Split("<tbody>")[1].Split("</tr>")[0]);
        Assert.EndsWith("1 2 0 0 0 2 0", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_card_of_the_service_is_refused_and_nothing_is_kept()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        foreach (var (service, item) in new[]
        {
            (CdsTests.Sign, Item(Guid.Empty.ToString(), "accepted")), (CdsTests.Sign, Item("x", "accepted")),
            (CdsTests.Sign, Item("ffffffff-ffff-8fff-bfff-ffffffffffff", "accepted")),
            (CdsTests.Sign, Item(Card(1, "ZZZ9999"), "accepted")), (CdsTests.Sign, Item(Card(1), "ignored")),
            (CdsTests.Discharge, Item(Card(1), "accepted")),
        })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(client, service, Item(Card(2), "accepted"),
                item));
        Assert.Equal(0, await served.InStore(static db => db.CardAnswers.CountAsync(Stop)));
    }

    /// <summary>Behind a proxy everybody seems to be on this machine: nobody is believed without a token.</summary>
    [Fact]
    public async Task Behind_a_proxy_nothing_is_written_without_a_token()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-cds").FullName;
        await using var served = await ServedPractice.OpenWith(folder, "--PlainHttp", "true");
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(client, CdsTests.Sign, Item(Card(1), "accepted")));
        Assert.Equal(0, await served.InStore(static db => db.CardAnswers.CountAsync(Stop)));
    }

    [Fact]
    public async Task Of_several_practices_feedback_must_say_whose_it_is()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (id, secret) = await served.InStore(static async db =>
        {
            db.PersonId = 1;
            var made = await Programs.Make(db, "EHR", ["claims.read"], DateTime.UtcNow.AddDays(9),
                DateTime.UtcNow);
            return (made.Client.ClientId, made.Secret);
        });
        await served.InStore(static db =>
        {
            db.Practices.Add(new()
            {
                Name = "Second", Npi = "1234567893", TaxId = "12-3456789",
                Address = new() { Line = "1", City = "X", State = "IL", Zip = "62701" },
            });
            return db.SaveChangesAsync(Stop);
        });
        using var client = new HttpClient { BaseAddress = new(served.Url) };
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(client, CdsTests.Sign, Item(Card(1), "accepted")));
        using var mia = await Browsing.As(served.Url, Sample.Assistant); // a session is no program
        using var given = await client.PostAsync("/connect/token", new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
            }), Stop);
        var token = System.Text.Json.Nodes.JsonNode.Parse(await given.Content.ReadAsStringAsync(Stop))!["access_token"]!
            .GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, await Send(client, CdsTests.Sign, Item(Card(1), "accepted")));
        Assert.Equal(1, (await served.InStore(static db => db.CardAnswers.SingleAsync(Stop))).PracticeId);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(client, CdsTests.Sign, Item(Card(2), "accepted")));
    }

    [Fact]
    public void Every_finding_of_ours_comes_back_from_the_id_of_its_card() => Assert.All(HelpPages.All, static info =>
        Assert.Equal(info.Id, CdsCardId.FindingOf(CdsCardId.Of("a", "b", info.Id, Sign), Sign)));
}
