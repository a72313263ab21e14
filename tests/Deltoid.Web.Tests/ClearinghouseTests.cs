using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Files go to a clearinghouse once, and what it answers is taken once: against a real SFTP server.</summary>
public sealed class ClearinghouseTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Task<Clearinghouse> SetUp(ServedPractice served, SshServer server, string? fingerprint = null,
        int? port = null) => served.InStore(db => Transmitting.Set(db,
            served.App.Services.GetRequiredService<FieldKeys>(), new("127.0.0.1", port ?? server.Port,
                Environment.UserName, "", server.Key, fingerprint ?? server.Fingerprint, server.Outbound,
                server.Inbound, true), DateTime.UtcNow, Stop));

    static async Task<StoredFile> Send(ServedPractice served)
    {
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        return await served.InStore(db => Sending.Send(db, [claim.Id], DateTime.UtcNow, Stop));
    }

    /// <summary>A round with all that waits due, and answers to be fetched.</summary>
    static async Task Round(ServedPractice served)
    {
        await served.InStore(static async db => await db.Transmissions.ExecuteUpdateAsync(static set =>
                set.SetProperty(static t => t.NextAt, DateTime.UtcNow.AddDays(-1)), Stop)
            + await db.Clearinghouses.ExecuteUpdateAsync(static set =>
                set.SetProperty(static c => c.FetchedAt, (DateTime?)null), Stop));
        await served.App.Services.GetRequiredService<ClearinghouseHost>().Round(Stop);
    }

    static Task<Transmission> Of(ServedPractice served) =>
        served.InStore(static db => db.Transmissions.AsNoTracking().SingleAsync(Stop));

    static Task<int> Put(ServedPractice served, TransmissionState state) => served.InStore(db =>
        db.Transmissions.ExecuteUpdateAsync(set => set.SetProperty(static t => t.State, state), Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_file_is_handed_over_whole_and_its_answer_is_taken_once(Ground ground)
    {
        await using var server = await SshServer.Start();
        await using var served = await ServedPractice.Start(ground);
        await SetUp(served, server);
        var file = await Send(served);
        await Round(served);
        var there = Assert.Single(Directory.GetFiles(server.Outbound));
        Assert.Equal(file.Name, Path.GetFileName(there)); // nothing unfinished is left
        Assert.Equal(file.Content, await File.ReadAllBytesAsync(there, Stop));
        Assert.Equal(TransmissionState.Delivered, (await Of(served)).State);
        var number = await served.InStore(static db => db.Claims.Select(static c => c.Number).SingleAsync(Stop));
        foreach (var name in (string[])["ERA 1.835", "era-again.835"]) // the same bytes come twice
        {
            await File.WriteAllBytesAsync(Path.Combine(server.Inbound, name),
                PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new(number, "I1")])), Stop);
            await Round(served);
            Assert.Empty(Directory.GetFiles(server.Inbound));
        }
        for (var i = 0; i < 200 && await served.InStore(static db => db.Remittances.CountAsync(Stop)) == 0; i++)
            await Task.Delay(50, Stop);
        Assert.Equal(RemittanceState.Posted, await served.InStore(static db => db.Remittances
            .Select(static r => r.State).SingleAsync(Stop)));
        await Round(served);
        Assert.Single(Directory.GetFiles(server.Outbound));
    }

    [Fact]
    public async Task A_server_with_another_key_gets_nothing_and_gives_nothing()
    {
        await using var server = await SshServer.Start();
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await SetUp(served, server, "SHA256:" + new string('A', 43));
        await Send(served);
        await File.WriteAllTextAsync(Path.Combine(server.Inbound, "a.835"), "ISA", Stop);
        await Round(served);
        Assert.Empty(Directory.GetFiles(server.Outbound));
        Assert.Single(Directory.GetFiles(server.Inbound));
        Assert.Equal((TransmissionState.Waiting, "the host has another key"), ((await Of(served)).State,
            (await Of(served)).Says));
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Contains("the host has another key", (await omar.Get("/settings/clearinghouse")).Body,
            StringComparison.Ordinal);
        await SetUp(served, server); // the right one
        await Round(served);
        Assert.Single(Directory.GetFiles(server.Outbound));
    }

    [Fact]
    public async Task A_file_waits_while_the_server_is_away()
    {
        await using var server = await SshServer.Start();
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await SetUp(served, server, port: 1);
        await Send(served);
        for (var tries = 1; tries <= 3; tries++)
        {
            await Round(served);
            var waiting = await Of(served);
            Assert.Equal((TransmissionState.Waiting, "no connection"), (waiting.State, waiting.Says));
            Assert.True(waiting.NextAt > DateTime.UtcNow.AddSeconds(50));
        }
        await SetUp(served, server);
        await Round(served);
        Assert.Equal(TransmissionState.Delivered, (await Of(served)).State);
    }

    [Fact]
    public async Task What_a_dead_try_left_is_looked_for_and_what_is_not_certain_is_for_a_person()
    {
        await using var server = await SshServer.Start();
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await SetUp(served, server);
        var file = await Send(served);
        var there = Path.Combine(server.Outbound, file.Name);
        // it died after the rename: it is there, and is not written again
        await File.WriteAllTextAsync(there, "taken", Stop);
        await Put(served, TransmissionState.Sending);
        await Round(served);
        Assert.Equal(TransmissionState.Delivered, (await Of(served)).State);
        Assert.Equal("taken", await File.ReadAllTextAsync(there, Stop));
        // it died while it wrote: nobody has taken an unfinished file
        File.Delete(there);
        await File.WriteAllTextAsync(there + ".tmp", "ISA*", Stop);
        await Put(served, TransmissionState.Sending);
        await Round(served);
        Assert.Equal((TransmissionState.Delivered, true, false), ((await Of(served)).State, File.Exists(there),
            File.Exists(there + ".tmp")));
        // neither is there: it may have been taken away at once, so it is never sent again by itself
        File.Delete(there);
        await Put(served, TransmissionState.Sending);
        for (var i = 0; i < 3; i++) await Round(served);
        Assert.Equal((TransmissionState.Uncertain, false), ((await Of(served)).State, File.Exists(there)));
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        Assert.Contains("It may be there or not", (await omar.Get("/settings/clearinghouse")).Body,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await omar.Post("/settings/clearinghouse/1", ("act", "again"))).Status);
        await Round(served);
        Assert.Equal((TransmissionState.Delivered, true), ((await Of(served)).State, File.Exists(there)));
        Assert.Equal(422, (int)(await omar.Post("/settings/clearinghouse/1", ("act", "again"))).Status);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task The_secret_is_sealed_and_never_shown_and_what_is_wrong_is_said()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var keys = FieldKeys.Read(Convert.ToBase64String(new byte[32]));
        var typed = new ClearinghouseForm("sftp.example.com", 22, "clinic", "hunter2hunter2", "",
            "SHA256:" + new string('A', 43), "/in", "/out", false);
        foreach (var (wrong, at) in new[]
            {
                (typed with { Host = "a b" }, "Host"), (typed with { Port = 0 }, "Port"),
                (typed with { User = "" }, "User"),
                (typed with { Fingerprint = "MD5:00" }, "Fingerprint"), (typed with { Outbound = "" }, "Outbound"),
                (typed with { Password = "" }, "Password"), (typed with { PrivateKey = "x" }, "Password"),
            })
            Assert.Equal(at, (await Assert.ThrowsAsync<Values.InputException>(() => served.InStore(db =>
                Transmitting.Set(db, keys, wrong, DateTime.UtcNow, Stop)))).At);
        await served.InStore(db => Transmitting.Set(db, keys, typed, DateTime.UtcNow, Stop));
        var kept = await served.InStore(static db => db.Clearinghouses.AsNoTracking().SingleAsync(Stop));
        Assert.DoesNotContain("hunter2", kept.Password, StringComparison.Ordinal);
        Assert.Equal("hunter2hunter2", await served.InStore(db => Task.FromResult(
            Transmitting.SecretsOf(db, keys, kept).Password)));
        Assert.DoesNotContain("hunter2", string.Join(' ', await served.InStore(static db => db.Events
            .Select(static e => e.Changes).ToListAsync(Stop))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")]
    public async Task A_private_key_that_does_not_read_is_refused_when_it_is_typed(string key)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (status, body) = await owner.Post("/settings/clearinghouse", ("Host", "sftp.example.com"), ("Port", "22"),
            ("User", "clinic"), ("PrivateKey", key), ("Fingerprint", "SHA256:" + new string('a', 43)),
            ("Outbound", "/out"), ("Inbound", "/in"), ("IsOn", "true"));
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The private key does not read", Browsing.Words(body), StringComparison.Ordinal);
        Assert.False(await served.InStore(static db => db.Clearinghouses.AnyAsync(Stop)));
    }
}
