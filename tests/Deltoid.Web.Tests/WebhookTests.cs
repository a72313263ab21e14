using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deltoid.Web.Tests;

/// <summary>Messages to other programs: signed, in order for a claim, tried until they arrive.</summary>
public sealed class WebhookTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<ServedPractice> Served() => await ServedPractice.OpenWith(
        Directory.CreateTempSubdirectory("deltoid-webhooks").FullName, "--PrivateWebhooks", "true");

    static Task<(WebhookEndpoint Endpoint, string Secret)> Add(ServedPractice served, string url) =>
        served.InStore(db => Webhooks.Add(db, served.App.Services.GetRequiredService<FieldKeys>(), url, true,
            DateTime.UtcNow, Stop));

    static WebhookHost HostOf(ServedPractice served) => served.App.Services.GetRequiredService<WebhookHost>();

    /// <summary>What the server's own round tries now has a lease of two minutes; a wait is five at least.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    static async Task NobodyIsTrying(ServedPractice served)
    {
        while (await served.InStore(static db =>
            {
                var (now, later) = (DateTime.UtcNow, DateTime.UtcNow + Lease);
                return db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Waiting && d.NextAt > now
                    && d.NextAt < later, Stop);
            }))
            await Task.Delay(50, Stop);
    }

    /// <summary>What waits is due now; until nothing is.</summary>
    static async Task Rounds(ServedPractice served)
    {
        for (var i = 0; i < 3; i++)
        {
            await NobodyIsTrying(served);
            await served.InStore(static db =>
            {
                var (past, later) = (DateTime.UtcNow.AddDays(-1), DateTime.UtcNow + Lease);
                return db.WebhookDeliveries.Where(d => d.State == DeliveryState.Waiting && d.NextAt > later)
                    .ExecuteUpdateAsync(set => set.SetProperty(static d => d.NextAt, past), Stop);
            });
            await HostOf(served).Round(Stop);
        }
        await NobodyIsTrying(served);
    }

    [Fact]
    public async Task Each_change_of_a_claim_is_told_signed_and_in_order_and_names_no_patient()
    {
        await using var served = await Served();
        await using var receiver = await WebhookReceiver.Start();
        var (_, secret) = await Add(served, receiver.Url);
        var first = await ChartedClaims.Chart(served, "b12-shot-billing");
        var second = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(db => Sending.Send(db, [first.Id], DateTime.UtcNow, Stop));
        await Rounds(served);
        var told = receiver.Told.ToArray();
        Assert.All(told, one =>
            Assert.Equal(WebhookReceiver.Signed(secret, one.Id, one.At, one.Body), one.Signature));
        Assert.All(told, static one => Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds()
            - long.Parse(one.At, System.Globalization.CultureInfo.InvariantCulture), 0, 60));
        Assert.Equal(told.Length, told.Select(static t => t.Id).Distinct().Count());
        string[] Of(long claim) => [.. told.Select(static t => JsonDocument.Parse(t.Body).RootElement).Where(b =>
            b.GetProperty("data").GetProperty("claimId").GetInt64() == claim).Select(static b =>
            b.GetProperty("type").GetString()!)];
        Assert.Equal(["claim.created", "claim.sent"], Of(first.Id));
        Assert.Equal(["claim.created"], Of(second.Id));
        foreach (var word in (string[])["Example", "Pat", "1EG4", "C00000", "1958"])
            Assert.DoesNotContain(told, t => t.Body.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_is_refused_holds_back_its_claim_alone_and_dies_after_three_days()
    {
        await using var served = await Served();
        await using var receiver = await WebhookReceiver.Start();
        await Add(served, receiver.Url);
        var bad = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(db => Sending.Send(db, [bad.Id], DateTime.UtcNow, Stop));
        receiver.Answers = body => body.Contains("claim.created", StringComparison.Ordinal) ? 500 : 200;
        for (var i = 0; i <= Webhooks.Waits.Length; i++) await Rounds(served);
        var tried = receiver.Told.ToArray();
        var sent = Array.FindIndex(tried, static t => t.Body.Contains("claim.sent", StringComparison.Ordinal));
        Assert.Equal(Webhooks.Waits.Length + 1, sent); // only after the first was given up
        Assert.Single(tried[..sent].Select(static t => t.Id).Distinct()); // the same message each time
        Assert.InRange(Webhooks.Waits.Sum(static w => w.TotalHours), 70, 72);
        Assert.Equal(TimeSpan.FromMinutes(5), Webhooks.Waits[0]);
        Assert.Equal(("500", DeliveryState.Dead), await served.InStore(static async db => await db.WebhookDeliveries
            .Where(static d => d.Type == "claim.created").Select(static d => ValueTuple.Create(d.Says, d.State))
            .SingleAsync(Stop)));
        // a person sends it again, from the page
        receiver.Answers = static _ => 204;
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Contains("not arrived in three days", (await omar.Get("/settings/webhooks")).Body,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await omar.Post("/settings/webhooks/messages/1/again")).Status);
        await Rounds(served);
        Assert.Equal(tried[0].Id, receiver.Told.Last().Id);
        Assert.Equal(2, await served.InStore(static db => db.WebhookDeliveries.CountAsync(static d =>
            d.State == DeliveryState.Delivered, Stop)));
    }

    [Fact]
    public async Task An_address_that_was_ended_and_one_that_redirects_are_told_nothing_more()
    {
        await using var served = await Served();
        await using var receiver = await WebhookReceiver.Start();
        var (endpoint, _) = await Add(served, receiver.Url);
        receiver.Answers = static _ => 302;
        await ChartedClaims.Chart(served, "b12-shot-billing");
        await HostOf(served).Round(Stop);
        var told = receiver.Told.Count;
        Assert.True(told >= 1 && receiver.Told.All(static t => t.Id.Length > 0)); // nobody followed
        await served.InStore(db => Webhooks.End(db, endpoint.Id, DateTime.UtcNow, Stop));
        await Rounds(served);
        Assert.Equal(told, receiver.Told.Count);
    }

    [Theory]
    [InlineData("127.0.0.1", false), InlineData("10.1.2.3", false), InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false), InlineData("169.254.169.254", false), InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false), InlineData("255.255.255.255", false), InlineData("224.0.0.1", false)]
    [InlineData("::1", false), InlineData("::", false), InlineData("fe80::1", false), InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false), InlineData("::ffff:10.0.0.1", false), InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false), InlineData("2001:db8::1", false), InlineData("ff02::1", false)]
    [InlineData("8.8.8.8", true), InlineData("172.32.0.1", true), InlineData("2606:4700::1", true)]
    public void An_address_is_of_the_internet_or_it_is_not_asked(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task Without_leave_of_the_operator_no_message_reaches_a_machine_beside_this_one()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await using var receiver = await WebhookReceiver.Start();
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await omar.Post("/settings/webhooks",
            ("Url", receiver.Url))).Status); // no TLS
        foreach (var url in (string[])["https://user:word@example.com", "file:///etc/passwd", "x", ""])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await omar.Post("/settings/webhooks", ("Url", url)))
                .Status);
        // as if its name led here later
        await Add(served, receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await ChartedClaims.Chart(served, "b12-shot-billing");
        await Rounds(served);
        Assert.Empty(receiver.Told);
        Assert.Equal("no connection", await served.InStore(static db => db.WebhookDeliveries
            .Select(static d => d.Says).FirstAsync(Stop)));
    }
}
