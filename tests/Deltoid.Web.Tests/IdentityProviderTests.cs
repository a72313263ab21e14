using System.Net;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Signing in by the identity provider of the clinic.</summary>
public sealed class IdentityProviderTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<(IdentityProvider Provider, ServedPractice Served)> Start(params string[] more)
    {
        var provider = await IdentityProvider.Start();
        var folder = Directory.CreateTempSubdirectory("deltoid-provider").FullName;
        return (provider, await ServedPractice.OpenWith(folder, ["--OidcAuthority", provider.Url, "--OidcSecret",
            IdentityProvider.Secret, .. more]));
    }

    /// <summary>A browser that goes wherever it is sent, and keeps cookies.</summary>
    static HttpClient Browser(ServedPractice served) => new(new HttpClientHandler { AllowAutoRedirect = true })
    {
        BaseAddress = new(served.Url)
    };

    static async Task<string> Post(HttpClient browser, string page, string to, params (string, string)[] fields)
    {
        var html = await browser.GetStringAsync(page, Stop);
        var token = html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var answer = await browser.PostAsync(to, new FormUrlEncodedContent(fields.Append(
            ("__RequestVerificationToken", token)).ToDictionary(static f => f.Item1, static f => f.Item2)), Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    static async Task<(string Where, string Page)> Get(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Stop);
        return (answer.RequestMessage!.RequestUri!.AbsolutePath, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Bea signs in by her password and adds the account there.</summary>
    static async Task<string> Add(ServedPractice served)
    {
        using var browser = Browser(served);
        await Post(browser, "/sign-in", "/sign-in", ("name", Sample.Biller), ("password", Sample.Password));
        var way = await Post(browser, "/account", "/account/provider", ("password", Sample.Password));
        var ticket = WebUtility.HtmlDecode(way.Split("href=\"/account/provider?ticket=")[1].Split('"')[0]);
        return (await Get(browser, "/account/provider?ticket=" + ticket)).Page;
    }

    [Fact]
    public async Task A_person_adds_the_account_there_and_signs_in_by_it()
    {
        var (provider, served) = await Start();
        await using var ends = provider;
        await using var ended = served;
        Assert.Contains("you can also sign in by the identity provider", await Add(served), StringComparison.Ordinal);
        using var browser = Browser(served);
        Assert.Contains("/sign-in/provider", await browser.GetStringAsync("/sign-in", Stop), StringComparison.Ordinal);
        var (where, _) = await Get(browser, "/sign-in/provider?back=/worklist");
        Assert.Equal("/worklist", where);
        var methods = await served.InStore(static db => db.Sessions.Select(static s => s.Method).ToListAsync(Stop));
        Assert.Contains(Sessions.ByProvider, methods);
        Assert.Contains("added", string.Join('\n', await served.InStore(static db => db.Events.Select(static e => e.Why)
            .ToListAsync(Stop))), StringComparison.Ordinal);
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));

        await Post(browser, "/account", "/account/provider/remove", ("password", "wrong"));
        using var second = Browser(served);
        Assert.Equal("/worklist", (await Get(second, "/sign-in/provider?back=/worklist")).Where);
        await Post(browser, "/account", "/account/provider/remove", ("password", Sample.Password));
        using var third = Browser(served);
        Assert.Contains("Nobody here signs in by this account", (await Get(third, "/sign-in/provider")).Page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_the_provider_knows_is_not_let_in_for_that()
    {
        var (provider, served) = await Start();
        await using var ends = provider;
        await using var ended = served;
        await Add(served);
        provider.Subject = "somebody else";
        using var browser = Browser(served);
        Assert.Contains("Nobody here signs in by this account", (await Get(browser, "/sign-in/provider")).Page,
            StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await Get(browser, "/worklist")).Where);
    }

    [Theory]
    [InlineData(Lie.OtherNonce), InlineData(Lie.OtherClient), InlineData(Lie.OtherKey), InlineData(Lie.OtherIssuer)]
    [InlineData(Lie.TooOld), InlineData(Lie.NotSigned), InlineData(Lie.NoSubject), InlineData(Lie.Denied)]
    public async Task An_answer_that_is_not_right_signs_nobody_in(Lie lie)
    {
        var (provider, served) = await Start();
        await using var ends = provider;
        await using var ended = served;
        await Add(served);
        provider.Lie = lie;
        using var browser = Browser(served);
        Assert.Contains("The identity provider did not sign you in", (await Get(browser, "/sign-in/provider")).Page,
            StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await Get(browser, "/worklist")).Where);
    }

    [Fact]
    public async Task A_second_factor_there_is_one_here_and_a_password_there_is_not()
    {
        var (provider, served) = await Start();
        await using var ends = provider;
        await using var ended = served;
        await Add(served);
        await served.InStore(static db => db.Practices.ExecuteUpdateAsync(static set => set
            .SetProperty(static p => p.RequiresSecondFactor, true), Stop));
        using var once = Browser(served);
        await Get(once, "/sign-in/provider");
        Assert.Equal("/account", (await Get(once, "/worklist")).Where);
        provider.HasSecondFactor = true;
        using var twice = Browser(served);
        await Get(twice, "/sign-in/provider");
        Assert.Equal("/worklist", (await Get(twice, "/worklist")).Where);
    }

    [Fact]
    public async Task A_person_who_may_not_sign_in_does_not_come_in_there_either()
    {
        var (provider, served) = await Start("--OidcHasSecondFactor", "true");
        await using var ends = provider;
        await using var ended = served;
        await Add(served);
        await served.InStore(static db => db.Users.Where(static u => u.UserName == Sample.Biller)
            .ExecuteUpdateAsync(static set => set.SetProperty(static u => u.IsDisabled, true), Stop));
        using var browser = Browser(served);
        Assert.Contains("Nobody here signs in by this account", (await Get(browser, "/sign-in/provider")).Page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_there_is_of_one_person_and_added_only_by_the_password()
    {
        var (provider, served) = await Start();
        await using var ends = provider;
        await using var ended = served;
        await Add(served);
        using var omar = Browser(served);
        await Post(omar, "/sign-in", "/sign-in", ("name", Sample.Owner), ("password", Sample.Password));
        Assert.Contains("The password is not right", await Post(omar, "/account", "/account/provider",
            ("password", "wrong")), StringComparison.Ordinal);
        Assert.Equal("/account", (await Get(omar, "/account/provider?ticket=made-up")).Where);
        Assert.Equal("/account", (await Get(omar, "/account/provider/done?ticket=made-up")).Where);
        var way = await Post(omar, "/account", "/account/provider", ("password", Sample.Password));
        var ticket = WebUtility.HtmlDecode(way.Split("href=\"/account/provider?ticket=")[1].Split('"')[0]);
        Assert.Contains("This account is in use here already", (await Get(omar, "/account/provider?ticket=" + ticket))
            .Page, StringComparison.Ordinal);
        Assert.Equal(1, await served.InStore(static db => db.UserLogins.CountAsync(Stop)));
    }

    [Fact]
    public async Task While_the_provider_is_away_people_sign_in_by_password()
    {
        var (provider, served) = await Start();
        await using var ended = served;
        await provider.DisposeAsync();
        using var browser = Browser(served);
        Assert.Contains("The identity provider does not answer", (await Get(browser, "/sign-in/provider")).Page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_way_to_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var browser = Browser(served);
        Assert.DoesNotContain("provider", await browser.GetStringAsync("/sign-in", Stop), StringComparison.Ordinal);
        using var answer = await browser.GetAsync("/sign-in/provider", Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://login.example.org", "deltoid", true), InlineData("http://127.0.0.1:8080", "deltoid", true)]
    [InlineData("login.example.org", "deltoid", false), InlineData("http://login.example.org", "deltoid", false)]
    [InlineData("https://login.example.org", "", false), InlineData(null, "", true)]
    public void Settings_that_cannot_be_are_said_before_it_starts(string? authority, string client, bool isGood) =>
        Assert.Equal(isGood, ProviderRoutes.Fault(new() { OidcAuthority = authority, OidcClient = client }) is null);
}
