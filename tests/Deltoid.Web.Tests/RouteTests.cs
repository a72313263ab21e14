using System.Net;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Who may ask what: every route there is, with every role, and with none.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Every_route_says_who_may_use_it_and_refuses_all_others()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var routes = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .ToList();
        Assert.True(routes.Count >= 15, $"{routes.Count} routes");
        Assert.All(routes, static route => Assert.True(route.Metadata.GetMetadata<Access.RoutePolicy>() is not null,
            route.RoutePattern.RawText));
        foreach (var role in (Role?[])[null, .. Enum.GetValues<Role>().Cast<Role?>()])
        {
            using var client = await Client(served, role);
            foreach (var route in routes)
            {
                if (route.Metadata.GetMetadata<Access.RoutePolicy>()!.Permission is not { } permission) continue;
                var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                var path = route.RoutePattern.RawText!.Replace("{id:long}", "999999", StringComparison.Ordinal);
                using var answer = await client.SendAsync(new(new(method), path),
                    TestContext.Current.CancellationToken);
                var isRefused = answer.StatusCode == HttpStatusCode.Redirect
                    && answer.Headers.Location!.OriginalString is var to
                    && (to.Contains("/sign-in", StringComparison.Ordinal)
                        || to.Contains("/nothing", StringComparison.Ordinal));
                var may = role is { } known && Access.Allows(permission, known);
                Assert.True(isRefused != may, $"{role}: {method} {path}: {(int)answer.StatusCode}");
            }
        }
    }

    /// <summary>A browser that has signed in with a role; with none, one that has not.</summary>
    internal static async Task<HttpClient> Client(ServedPractice served, Role? role)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new(served.Url)
        };
        if (role is null) return client;
        var name = $"person-{role}";
        await served.InStore(async db =>
        {
            using var scope = served.App.Services.CreateScope();
            var people = scope.ServiceProvider
                .GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Person>>();
            var made = await people.CreateAsync(
                new Person { UserName = name, Name = name, Role = role.Value, PracticeId = 1 }, Sample.Password);
            Assert.True(made.Succeeded);
            return 0;
        });
        var page = await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = name, ["password"] = Sample.Password, ["__RequestVerificationToken"] = token,
        }), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var client = await Client(served, Role.Assistant);
        using var answer = await client.PostAsync("/chart",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["Patient"] = "1", ["Day"] = "2026-03-02" }),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await served.InStore(static db => db.Claims.CountAsync()));
    }

    [Fact]
    public async Task A_person_who_is_disabled_is_out_with_the_next_request()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var client = await Client(served, Role.Biller);
        Assert.Equal(HttpStatusCode.OK,
            (await client.GetAsync("/worklist", TestContext.Current.CancellationToken)).StatusCode);
        await served.InStore(static db => db.Users.Where(static u => u.UserName == "person-Biller")
            .ExecuteUpdateAsync(static set => set.SetProperty(static u => u.IsDisabled, true)
                .SetProperty(static u => u.SecurityStamp, "changed")));
        Assert.Equal(HttpStatusCode.Redirect,
            (await client.GetAsync("/worklist", TestContext.Current.CancellationToken)).StatusCode);
    }
}
