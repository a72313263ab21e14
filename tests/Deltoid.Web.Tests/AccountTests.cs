using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Signing in, second factors and sessions.</summary>
public sealed partial class AccountTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly (string, string) Password = ("password", Sample.Password);

    /// <summary>A clock that the test moves.</summary>
    sealed class SetClock : TimeProvider
    {
        TimeSpan ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

        public void Pass(TimeSpan time) => ahead += time;
    }

    static Task<ServedPractice> Start(TimeProvider? clock = null) => ServedPractice.Start(Ground.Sqlite,
        change: clock is null ? null : builder => builder.Services.AddSingleton(clock));

    [GeneratedRegex("""id="key">([A-Z2-7 ]+)<""")]
    private static partial Regex Key();

    [GeneratedRegex("""<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>""")]
    private static partial Regex Code();

    /// <summary>The six digits that an app shows for a key, some half minutes from now (RFC 6238).</summary>
    static string Shown(string key, int later = 0)
    {
        var bits = string.Concat(key.Where(static c => c != ' ').Select(static c =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2)
                .PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(static b => b.Length == 8)
            .Select(static b => Convert.ToByte(new string(b), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + later);
#pragma warning disable CA5350 // as the apps do it
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sets up an authenticator.</summary>
    /// <returns>Its key, and the recovery codes.</returns>
    static async Task<(string Key, List<string> Codes)> AddAuthenticator(Browsing browsing)
    {
        var (status, page) = await browsing.Post("/account/authenticator", Password);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        var key = Key().Match(page).Groups[1].Value;
        browsing.Renew();
        var (_, wrong) = await browsing.Post("/account/authenticator/code", ("code", "000000"));
        Assert.Contains("not right", wrong, StringComparison.Ordinal);
        var (_, shown) = await browsing.Post("/account/authenticator/code", ("code", Shown(key)));
        var codes = Code().Matches(shown).Select(static m => m.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Distinct().Count());
        browsing.Renew();
        return (key, codes);
    }

    static async Task<string> To(Browsing browsing, string path, params (string, string)[] fields)
    {
        using var answer = await browsing.Send(HttpMethod.Post, path, fields);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Who_has_an_authenticator_needs_a_code_which_is_good_once()
    {
        await using var served = await Start();
        using var bea = await Browsing.As(served.Url, "bea");
        var (key, codes) = await AddAuthenticator(bea);
        Assert.Equal(HttpStatusCode.OK, (await bea.Get("/worklist")).Status);
        using var first = new Browsing(served.Url);
        Assert.Equal("/sign-in/second", await To(first, "/sign-in", ("name", "bea"), Password));
        using (var answer = await first.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        Assert.Equal("401", await To(first, "/sign-in/second", ("code", "000000")));
        Assert.Equal("401", await To(first, "/sign-in/second", ("code", Shown(key)))); // it set the authenticator up
        var next = Shown(key, 1);
        Assert.Equal("/worklist", await To(first, "/sign-in/second", ("code", next)));
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/worklist")).Status);
        using var second = new Browsing(served.Url);
        await To(second, "/sign-in", ("name", "bea"), Password);
        Assert.Equal("401", await To(second, "/sign-in/second", ("code", next)));
        Assert.Equal("/worklist", await To(second, "/sign-in/second", ("code", codes[0])));
        using var third = new Browsing(served.Url);
        await To(third, "/sign-in", ("name", "bea"), Password);
        Assert.Equal("401", await To(third, "/sign-in/second", ("code", codes[0])));
        Assert.Equal("/worklist", await To(third, "/sign-in/second", ("code", codes[1])));
        var trail = await served.InStore(static db => db.Events.Where(static e => e.Act.StartsWith("sign-in"))
            .Select(static e => e.Act + ": " + e.Why).ToListAsync(Stop));
        Assert.Contains("sign-in: with code", trail);
        Assert.Contains("sign-in: with recovery code", trail);
        Assert.Contains("sign-in refused: wrong code", trail);
    }

    [Fact]
    public async Task A_practice_that_requires_a_second_factor_opens_only_after_one_is_set_up()
    {
        await using var served = await Start();
        using var bea = await Browsing.As(served.Url, "bea");
        using var omar = await Browsing.As(served.Url, "omar");
        Assert.Equal("/settings/people?saved=0", await To(omar, "/settings/second-factor", ("required", "true")));
        foreach (var path in new[] { "/worklist", "/files", "/claims/1" })
            using (var answer = await bea.Send(HttpMethod.Get, path)) Assert.True(Browsing.IsRefused(answer), path);
        using (var answer = await bea.Send(HttpMethod.Get, "/nothing"))
            Assert.Equal("/account", answer.Headers.Location!.OriginalString);
        Assert.Contains("must-add", (await bea.Get("/account")).Body, StringComparison.Ordinal);
        await AddAuthenticator(bea);
        Assert.Equal(HttpStatusCode.OK, (await bea.Get("/worklist")).Status);
        Assert.Equal("422", await To(bea, "/account/authenticator/remove", Password));
        // an owner takes the factors of somebody who lost them: the sessions end, and it begins again
        using (var answer = await omar.Send(HttpMethod.Get, "/settings/people"))
            Assert.True(Browsing.IsRefused(answer)); // the owner is asked too
        await AddAuthenticator(omar);
        var id = await served.InStore(static db => db.Users.Where(static u => u.UserName == "bea")
            .Select(static u => u.Id).SingleAsync(Stop));
        Assert.Equal($"/settings/people?saved={id}", await To(omar, $"/settings/people/{id}/second-factor/remove"));
        using (var answer = await bea.Send(HttpMethod.Get, "/account")) Assert.True(Browsing.IsRefused(answer));
        using var again = await Browsing.As(served.Url, "bea");
        using (var answer = await again.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
    }

    [Fact]
    public async Task A_practice_that_is_set_up_new_requires_a_second_factor()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, isSample: false);
        using var browsing = new Browsing(served.Url);
        Assert.StartsWith("/", await To(browsing, "/setup",
            ("Key", served.App.Services.GetRequiredService<FirstRun>().Key), ("Practice", "New"), ("Npi", "1234567893"),
            ("TaxId", "12-3456789"), ("Phone", "2175550100"), ("Line", "1 Road"), ("City", "Springfield"),
            ("State", "IL"), ("Zip", "62701"), ("Person", "Ann"), ("Name", "ann"), ("Password", Sample.Password)));
        using var ann = await Browsing.As(served.Url, "ann");
        using var answer = await ann.Send(HttpMethod.Get, "/settings/practice");
        Assert.True(Browsing.IsRefused(answer));
        Assert.Contains("must-add", (await ann.Get("/account")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_account_needs_the_password()
    {
        await using var served = await Start();
        using var bea = await Browsing.As(served.Url, "bea");
        foreach (var path in new[]
            {
                "/account/authenticator", "/account/codes", "/account/passkeys/options", "/account/passkeys",
                "/account/passkeys/remove", "/account/authenticator/remove", "/account/password",
            })
            Assert.Equal("422", await To(bea, path, ("password", "wrong wrong wrong"), ("old", "wrong wrong wrong"),
                ("chosen", "entirely other words")));
        Assert.Equal(0, await served.InStore(static db => db.Events.CountAsync(
            static e => e.Act == "change" && e.Subject.StartsWith("person/"), Stop)));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_and_a_copied_cookie_ends_with_them()
    {
        await using var served = await Start();
        using var here = await Browsing.As(served.Url, "bea");
        using var there = await Browsing.As(served.Url, "bea");
        using var copied = there.Copy();
        Assert.Equal(HttpStatusCode.OK, (await copied.Get("/worklist")).Status);
        var ids = await served.InStore(static db => db.Sessions.OrderBy(static s => s.Id).Select(static s => s.Id)
            .ToListAsync(Stop));
        Assert.Equal("/account?done=session", await To(here, $"/account/sessions/{ids[1]}/end"));
        foreach (var gone in new[] { there, copied })
            using (var answer = await gone.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/worklist")).Status);
        // nobody ends a session of somebody else
        using var mia = await Browsing.As(served.Url, "mia");
        Assert.Equal("404", await To(mia, $"/account/sessions/{ids[0]}/end"));
        // after signing out, the cookie is worth nothing
        using var kept = here.Copy();
        Assert.Equal("/sign-in", await To(here, "/sign-out"));
        using (var answer = await kept.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
    }

    [Fact]
    public async Task Signing_in_again_and_a_new_password_end_the_sessions_before()
    {
        await using var served = await Start();
        using var bea = await Browsing.As(served.Url, "bea");
        using var before = bea.Copy();
        bea.Renew();
        Assert.Equal("/worklist", await To(bea, "/sign-in", ("name", "bea"), Password));
        bea.Renew();
        using (var answer = await before.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        using var other = await Browsing.As(served.Url, "bea");
        Assert.Equal("422", await To(bea, "/account/password", ("old", Sample.Password), ("chosen", "password1234")));
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/worklist")).Status);
        Assert.Equal("/account?done=password", await To(bea, "/account/password", ("old", Sample.Password),
            ("chosen", "entirely other words")));
        using (var answer = await other.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        Assert.Equal(HttpStatusCode.OK, (await bea.Get("/worklist")).Status);
    }

    [Fact]
    public async Task A_session_ends_after_15_minutes_without_use_and_after_12_hours()
    {
        var clock = new SetClock();
        await using var served = await Start(clock);
        using var bea = await Browsing.As(served.Url, "bea");
        for (var i = 0; i < 3; i++)
        {
            clock.Pass(TimeSpan.FromMinutes(14));
            Assert.Equal(HttpStatusCode.OK, (await bea.Get("/worklist")).Status);
        }
        // what a page asks by itself keeps nothing open
        for (var i = 0; i < 2; i++)
        {
            clock.Pass(TimeSpan.FromMinutes(7));
            await bea.Get("/claims/1/here");
        }
        clock.Pass(TimeSpan.FromMinutes(1.1));
        using (var answer = await bea.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        using var mia = await Browsing.As(served.Url, "mia");
        var open = TimeSpan.Zero;
        for (; open < TimeSpan.FromHours(12) - TimeSpan.FromMinutes(14); open += TimeSpan.FromMinutes(14))
        {
            Assert.Equal(HttpStatusCode.OK, (await mia.Get("/chart")).Status);
            clock.Pass(TimeSpan.FromMinutes(14));
        }
        Assert.Equal(HttpStatusCode.OK, (await mia.Get("/chart")).Status);
        clock.Pass(TimeSpan.FromHours(12) - open + TimeSpan.FromSeconds(1));
        using (var answer = await mia.Send(HttpMethod.Get, "/chart")) Assert.True(Browsing.IsRefused(answer));
    }

    [Fact]
    public async Task Ten_wrong_tries_from_one_place_wait_15_minutes_and_nobody_else_does()
    {
        var clock = new SetClock();
        await using var served = await Start(clock);
        using var guessing = new Browsing(served.Url);
        for (var i = 0; i < Tries.Most; i++)
        {
            Assert.Equal("401", await To(guessing, "/sign-in", ("name", "bea"), ("password", $"wrong password {i}")));
            clock.Pass(TimeSpan.FromSeconds(10));
        }
        using (var answer = await guessing.Send(HttpMethod.Post, "/sign-in", ("name", "bea"), Password))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            // 15 minutes after the first, 100 seconds of which are over, and what the tries took
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 700, 800);
        }
        Assert.Equal("429", await To(guessing, "/sign-in", ("name", "BEA"), Password));
        // the person herself is elsewhere; and this place has other people
        using var elsewhere = new Browsing(served.Url, "127.0.0.2");
        Assert.Equal("/worklist", await To(elsewhere, "/sign-in", ("name", "bea"), Password));
        Assert.Equal("/chart", await To(guessing, "/sign-in", ("name", "mia"), Password));
        guessing.Renew();
        clock.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal("/worklist", await To(guessing, "/sign-in", ("name", "bea"), Password));
    }

    [Fact]
    public void A_wait_is_exact_to_the_second_and_forgotten_after_it()
    {
        var clock = new FixedClock();
        var tries = new Tries(clock);
        var place = IPAddress.Parse("10.0.0.1");
        for (var i = 0; i < Tries.Most; i++)
        {
            Assert.Null(tries.Wait(place, "bea"));
            tries.Wrong(place, "bea");
            clock.Now += TimeSpan.FromSeconds(1);
        }
        Assert.Equal(TimeSpan.FromSeconds(890), tries.Wait(place, "Bea"));
        Assert.Null(tries.Wait(place, "mia"));
        Assert.Null(tries.Wait(IPAddress.Parse("10.0.0.2"), "bea"));
        Assert.NotNull(tries.Wait(IPAddress.Parse("::ffff:10.0.0.1"), "bea"));
        clock.Now += TimeSpan.FromSeconds(889);
        Assert.Equal(TimeSpan.FromSeconds(1), tries.Wait(place, "bea"));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(tries.Wait(place, "bea"));
        for (var i = 0; i < Tries.MostOfPlace; i++) tries.Wrong(place, $"name{i}");
        Assert.NotNull(tries.Wait(place, "anybody"));
    }

    sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public async Task A_name_that_nobody_has_takes_as_long_as_one_that_somebody_has()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, change: static builder =>
            builder.Services.PostConfigure<PasswordHasherOptions>(static o => o.IterationCount = 600_000));
        // the sample's passwords were hashed in fewer rounds, for the other tests: who signs in is hashed again
        using (await Browsing.As(served.Url, "bea")) { }
        using var browsing = new Browsing(served.Url);
        await To(browsing, "/sign-in", ("name", "warm"), ("password", "wrong password"));
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < 9; i++)
            foreach (var (name, times) in new[] { ("bea", known), ($"nobody{i}", unknown) })
            {
                var started = TimeProvider.System.GetTimestamp();
                Assert.Equal("401", await To(browsing, "/sign-in", ("name", name), ("password", "wrong password")));
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }
        // other tests run beside this one: a name without the hash would take a fiftieth
        var ratio = unknown.Order().ElementAt(4) / known.Order().ElementAt(4);
        Assert.InRange(ratio, 0.4, 2.5);
    }

    [Theory]
    [InlineData("password2026!"), InlineData("Password Password"), InlineData("qwerty123456")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("123456789012"), InlineData("abcdefghijklm"), InlineData("dragon-dragon"), InlineData("bea.winkler1")]
    [InlineData("1q2w3e4r5t6y"), InlineData("iloveyou 1999")]
    public void A_password_that_many_use_is_refused(string password) =>
        Assert.NotNull(CommonPasswords.Fault(password, "bea.winkler"));

    [Theory, InlineData("try deltoid here"), InlineData("seven green kettles"), InlineData("x9$Lq7!vTz02")]
    public void A_password_of_several_words_is_taken(string password) =>
        Assert.Null(CommonPasswords.Fault(password, "bea"));

    [Fact]
    public async Task What_is_no_passkey_opens_nothing()
    {
        await using var served = await Start();
        using var browsing = new Browsing(served.Url);
        Assert.Equal("401", await To(browsing, "/sign-in/passkey", ("credential", "{}"))); // nothing was asked for
        var (status, options) = await browsing.Post("/sign-in/passkey/options");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"userVerification\":\"required\"", options, StringComparison.Ordinal);
        foreach (var credential in new[] { "", "{}", "[]", "x", """{"id":"AA","rawId":"AA","type":"public-key"}""" })
            Assert.Equal("401", await To(browsing, "/sign-in/passkey", ("credential", credential)));
        using var answer = await browsing.Send(HttpMethod.Get, "/account");
        Assert.True(Browsing.IsRefused(answer));
    }
}
