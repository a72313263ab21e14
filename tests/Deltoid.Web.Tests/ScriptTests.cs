using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// Markup that people, charts and payers write stays text: it is put into every field of every form, into the chart,
/// into files and their names; then a browser visits every page.
/// </summary>
public sealed class ScriptTests
{
    const string Runs = "window.zq=1";

    /// <summary>Each would run a script or make an element (data-zq) where it is not written as text.</summary>
    static readonly string[] Payloads =
    [
        $"<script data-zq>{Runs}</script>", $"<img data-zq src=x onerror={Runs}>",
        $"\"><img data-zq src=x onerror={Runs}>", $"'><svg data-zq onload={Runs}>",
        $"</textarea><script data-zq>{Runs}</script>", $"</title><script data-zq>{Runs}</script>",
        $"--><script data-zq>{Runs}</script>", $"javascript:{Runs}", $"\" onfocus={Runs} autofocus data-zq=\"",
        $"' onmouseover='{Runs}' data-zq='", $"<a data-zq href=javascript:{Runs}>x</a>",
        $"<iframe data-zq srcdoc='<script>parent.{Runs}</script>'></iframe>",
        $"<iframe data-zq src=javascript:{Runs}>", $"<body data-zq onload={Runs}>",
        $"<details data-zq open ontoggle={Runs}>", $"<video data-zq><source onerror={Runs}>",
        $"<math data-zq><mtext></mtext><script>{Runs}</script></math>", "<base data-zq href=//elsewhere.example/>",
        "<form data-zq action=//elsewhere.example><input name=x autofocus>",
        $"<object data-zq data=javascript:{Runs}>", $"<embed data-zq src=javascript:{Runs}>",
        "<link data-zq rel=stylesheet href=//elsewhere.example/x.css>",
        "<meta data-zq http-equiv=refresh content=0;url=//elsewhere.example>",
        $"<style data-zq>@import '//elsewhere.example'", $"<div data-zq style=background:url(javascript:{Runs})>",
        $"<svg data-zq><animate onbegin={Runs} attributeName=x>",
        $"<div data-zq hx-get=/ hx-trigger=load hx-on:load={Runs}>",
        $"<div data-zq hx-vals='js:{{x:{Runs}}}' hx-post=/ hx-trigger=load>",
        $"<button data-zq data-open=x onclick={Runs}>", $"[x](javascript:{Runs})", $"![x](x\" onerror=\"{Runs})",
        $"{{{{constructor.constructor('{Runs}')()}}}}", $"${{{Runs}}}", $"<%= {Runs} %>",
        $"\\u003cscript data-zq\\u003e{Runs}", $"&lt;script data-zq&gt;{Runs}&lt;/script&gt;",
        $"&#60;script data-zq&#62;{Runs}", $"<scr<script>ipt data-zq>{Runs}</script>",
        $"<ScRiPt data-zq/x>{Runs}//</sCrIpT>", $"<marquee data-zq onstart={Runs}>é\u202e",
    ];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    int next;

    string Payload() => Payloads[next++ % Payloads.Length];

    [Fact]
    public async Task What_people_charts_and_payers_write_is_shown_as_text_and_runs_nowhere()
    {
        Assert.Equal(40, Payloads.Distinct().Count());
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await ChartedClaims.Toradol(served);
        await ChartedClaims.WithoutNdc(served);
        await ChartFields(served);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        await Drop(served);
        var kept = 0;
        foreach (var page in (string[])
            [
                "/settings/practice", "/settings/locations", "/settings/locations?edit=1", "/settings/providers",
                "/settings/payers", "/settings/patients?edit=1", "/settings/patients", "/settings/patients/1",
                "/settings/patients/1/orders", "/settings/fees", "/settings/treatments", "/settings/payers/1",
                "/settings/people", "/stock/receive", "/stock/lots/1", "/claims/1", "/claims/2",
                "/claims/1/record?fact=authorization-on-file", "/worklist", "/settings/import/patients", "/chart",
            ])
        {
            var (status, html) = await owner.Get(page);
            if (status == HttpStatusCode.OK) kept += await FillIn(owner, html);
        }
        Assert.True(kept > 100, $"{kept} forms were taken");
        var pages = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(static r => r.RoutePattern.RawText!.Replace("{id:long}", "1", StringComparison.Ordinal)
                .Replace("{kind}", "patients", StringComparison.Ordinal)).Where(static p => !p.Contains('{'));
        JourneyTests.Run("no-scripts.mjs", served.Url, TimeSpan.FromMinutes(5), ("PAGES", string.Join(' ', pages)));
    }

    /// <summary>Sends each form once for each of its text fields, with markup in this field alone.</summary>
    async Task<int> FillIn(Browsing owner, string html)
    {
        var kept = 0;
        foreach (var form in PageForm.Of(html))
        {
            if (form.Action is "/sign-out" or "/language"
                || form.Action.StartsWith("/account", StringComparison.Ordinal)
                || form.Action.Contains("second-factor", StringComparison.Ordinal)) continue;
            foreach (var field in form.Fields.Where(static f => f.IsText))
            {
                var payload = Payload();
                var (status, _) = await owner.Post(form.Action, [.. form.Fields.Select(f =>
                    (f.Name, f == field ? payload : f.Typed))]);
                Assert.True((int)status < 500, $"{form.Action} {field.Name}: {(int)status} {payload}");
                if (status is HttpStatusCode.Redirect or HttpStatusCode.OK) kept++;
            }
        }
        return kept;
    }

    /// <summary>Charts a visit once for each text of its document, with markup in this text alone.</summary>
    async Task ChartFields(ServedPractice served)
    {
        var example = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "examples", "b12-shot-billing.json"), Stop);
        var texts = Texts(JsonNode.Parse(example)!).Count();
        for (var i = 0; i < texts; i++)
        {
            var visit = JsonNode.Parse(example)!;
            Texts(visit).ElementAt(i).ReplaceWith(Payload());
            await served.InStore(async db =>
            {
                var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                    .OrderBy(static p => p.Id).FirstAsync(Stop);
                try
                {
                    await Visits.Chart(db, ChartedClaims.EngineOf(served), patient,
                        await db.Locations.FirstAsync(Stop), patient.Coverages[0].Payer, number => visit.ToJsonString()
                            .Replace("SAMPLE-1", number, StringComparison.Ordinal), DateTime.UtcNow);
                }
                catch (InputException)
                {
                    // a code or a day takes no markup
                }
                return 0;
            });
        }
        Assert.True(await served.InStore(static db => db.Claims.CountAsync(Stop)) > 10);
    }

    static IEnumerable<JsonNode> Texts(JsonNode node) => node switch
    {
        JsonObject many => many.Where(static m => m.Value is not null).SelectMany(static m => Texts(m.Value!)),
        JsonArray list => list.Where(static n => n is not null).SelectMany(static n => Texts(n!)),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [node],
        _ => [],
    };

    /// <summary>Claims, a payment and a status, with markup where they have names and messages, in files named so.
    /// </summary>
    static async Task Drop(ServedPractice served)
    {
        using var client = await RouteTests.Client(served, Role.Biller);
        var token = await JobForms.Token(client);
        const string markup = "<img data-zq src=x onerror=window.zq=1>";
        byte[] Marked(byte[] file) => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(file)
            .Replace("FIELD", markup, StringComparison.Ordinal)
            .Replace("PAYER 1123456789", markup, StringComparison.Ordinal)
            .Replace("EXAMPLE", markup, StringComparison.Ordinal).Replace("DESK", markup, StringComparison.Ordinal)
            .Replace("OAK STREET MEDICINE", markup, StringComparison.Ordinal));
        foreach (var (name, bytes) in new[]
            {
                (markup + ".837", Marked(ClaimsFiles.Write(1, "X", 2))),
                (markup + ".835", Marked(PaymentFiles.Write(2,
                    new PaidSet(markup, "20260401", [new PaidShot("X1", markup)])))),
                ("<b data-zq>.835", Marked(PaymentFiles.Write(3,
                    new PaidSet("T2", "20260401", [new PaidShot("X2", "I2")], Off: 1)))),
                ("x.277", Marked(Answers.Status(1, ("X1", "A3:21", "U")))),
            })
            Assert.Equal(HttpStatusCode.Redirect, await JobForms.Drop(client, token, Guid.NewGuid(), (name, bytes)));
    }
}
