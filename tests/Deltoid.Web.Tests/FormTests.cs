using System.Net;

namespace Deltoid.Web.Tests;

/// <summary>What every form must have and must not have: every route there is gets asked, and every form that a page
/// shows.</summary>
[Collection(nameof(WorkedPractice))]
public sealed class FormTests(WorkedPractice worked)
{
    [Fact]
    public async Task A_field_that_no_form_of_a_route_has_is_refused_by_its_name_and_nothing_is_changed()
    {
        var before = await worked.LastEvent();
        Assert.True(worked.Posts().Count >= 70, $"{worked.Posts().Count} routes");
        foreach (var route in worked.Posts())
        {
            var (status, body) = await worked.Owner.Post(WorkedPractice.Filled(route), ("zqfield", "1"));
            Assert.True(status == HttpStatusCode.UnprocessableEntity && body.Contains("zqfield:",
                StringComparison.Ordinal), $"{route.RoutePattern.RawText}: {(int)status}");
        }
        Assert.Equal(before, await worked.LastEvent());
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_by_every_route()
    {
        foreach (var route in worked.Posts())
        {
            using var answer = await worked.Owner.SendWithoutToken(WorkedPractice.Filled(route), ("claim", "1"));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route.RoutePattern.RawText}: "
                + (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Every_field_of_every_form_of_every_page_is_known_to_the_route_that_it_is_sent_to()
    {
        var (asked, faults) = (new HashSet<string>(), new HashSet<string>());
        foreach (var path in worked.Pages())
        {
            var (_, body) = await worked.Owner.Get(path);
            foreach (var (address, fields) in PageForm.Of(body).SelectMany(static f =>
                f.Addresses.Select(a => (a, f.Fields))))
            {
                if (worked.PostTo(address) is not var (route, values)) faults.Add($"{path}: {address} is no route");
                else if (WholeForms.Unknown(route, values, fields.Select(static f => f.Name)) is { } name)
                    faults.Add($"{path}: {address} does not know {name}");
                else asked.UnionWith(fields.Select(f => $"{route.RoutePattern.RawText} {f.Name}"));
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(asked.Count >= 200, $"{asked.Count} fields");
    }
}
