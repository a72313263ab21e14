using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Web.Api;
using Json.Schema;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>The OpenAPI document: it has every route, and each of its examples is answered as it says.</summary>
public sealed class ApiDocumentTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An operation of the document, in its order.</summary>
    sealed record Operation(string Path, string Method, JsonNode Node)
    {
        public string Id => Node["operationId"]!.GetValue<string>();

        public string? Scope => Node["security"]!.AsArray() is [{ } one] ? one["token"]![0]!.GetValue<string>() : null;

        public (int Status, JsonNode Answer) Answer => Node["responses"]!.AsObject()
            .Where(static r => r.Key != "default")
            .Select(static r => (int.Parse(r.Key, CultureInfo.InvariantCulture), r.Value!)).Single();
    }

    static IEnumerable<Operation> Operations(JsonObject document) => document["paths"]!.AsObject().SelectMany(
        static p => p.Value!.AsObject().Select(o => new Operation(p.Key, o.Key.ToUpperInvariant(), o.Value!)));

    [Fact]
    public async Task It_has_every_route_with_its_scope_and_no_other()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var routes = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => r.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)
                && r.RoutePattern.RawText is not ("/api/v1/{**path}" or ApiDocument.Path))
            .Select(static r => $"{WorkedPractice.MethodOf(r)} "
                + r.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)
                + $" {r.Metadata.GetMetadata<Access.RoutePolicy>()!.Scope}");
        Assert.Equal(routes.Order(), Operations(ApiDocument.Make()).Select(static o =>
            $"{o.Method} {o.Path} {o.Scope}").Order());
        using var program = ApiProgram.Unknown(served.Url);
        var (status, document) = await program.Ask("GET", ApiDocument.Path);
        Assert.Equal((200, "3.1.1"), (status, document.GetProperty("openapi").GetString()));
    }

    [Fact]
    public async Task Each_example_is_answered_as_the_document_says()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, ApiPracticeTests.AllScopes);
        var document = ApiDocument.Make();
        var (asked, claim) = (0, "");
        foreach (var operation in Operations(document))
        {
            var (path, key, version) = Filled(document, operation);
            var (media, body) = BodyOf(operation, claim);
            using var answer = await program.Send(operation.Method, path, body, key, version, media);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True((int)answer.StatusCode == operation.Answer.Status, $"{operation.Id}: {text}");
            Check(document, operation, answer, text);
            if (operation.Id == "code") claim = JsonNode.Parse(text)!["claim"]!.ToJsonString();
            if (answer.StatusCode == System.Net.HttpStatusCode.Accepted)
                await ApiPracticeTests.Done(program, JsonDocument.Parse(text).RootElement);
            asked++;
        }
        Assert.True(asked >= 20, $"{asked} examples");
    }

    [Fact]
    public async Task A_client_that_is_made_of_it_compiles_and_charts_and_sends()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var program = await ApiProgram.LetIn(served, 1, ApiPracticeTests.AllScopes);
        Journey.Run("client.mjs", served.Url, ("DELTOID_TOKEN", program.Bearer),
            ("DELTOID_ENCOUNTER", ApiPracticeTests.Encounter()));
        Assert.Equal(1, await served.InStore(static db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task Its_page_comes_from_this_server_alone_and_breaks_no_policy()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("api-page.mjs", served.Url);
    }

    /// <summary>The address with its examples, and the headers of a change.</summary>
    static (string Path, string? Key, string? Version) Filled(JsonObject document, Operation operation)
    {
        var (path, query, key, version) = (operation.Path, new List<string>(), (string?)null, (string?)null);
        foreach (var named in operation.Node["parameters"]?.AsArray() ?? [])
        {
            var parameter = named!["$ref"] is { } reference ? document["components"]!["parameters"]![
                reference.GetValue<string>().Split('/')[^1]]! : named;
            if (parameter["example"] is not { } example) continue;
            var (name, text) = (parameter["name"]!.GetValue<string>(), example.ToString());
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path": path = path.Replace($"{{{name}}}", text, StringComparison.Ordinal); break;
                case "query": query.Add($"{name}={Uri.EscapeDataString(text)}"); break;
                case "header" when name == "If-Match": version = text; break;
                case "header": key = $"{text} {operation.Id}"; break;
            }
        }
        return (query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path, key, version);
    }

    static (string Media, string? Body) BodyOf(Operation operation, string claim)
    {
        foreach (var (media, content) in operation.Node["requestBody"]?["content"]?.AsObject() ?? [])
            if (content!["example"] is { } example)
                return (media, example.ToString() switch
                {
                    "@claim of /api/v1/code" => claim,
                    "@835" => Encoding.ASCII.GetString(PaymentFiles.Write(1,
                        new PaidSet("T1", "20260401", [new("C000001", "I1")]))),
                    _ => example.ToJsonString(),
                });
        return ("application/json", null);
    }

    static void Check(JsonObject document, Operation operation, HttpResponseMessage answer, string text)
    {
        var (media, content) = operation.Answer.Answer["content"]!.AsObject().Single();
        Assert.Equal(media, answer.Content.Headers.ContentType?.MediaType);
        foreach (var (header, _) in operation.Answer.Answer["headers"]?.AsObject() ?? [])
            Assert.True(answer.Headers.Contains(header), $"{operation.Id}: {header}");
        if (media != "application/json") return;
        var schema = new JsonObject
        {
            ["allOf"] = new JsonArray(content!["schema"]!.DeepClone()),
            ["$defs"] = document["components"]!["schemas"]!.DeepClone(),
        };
        var found = JsonSchema.FromText(schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/",
            StringComparison.Ordinal)).Evaluate(JsonNode.Parse(text), new() { OutputFormat = OutputFormat.List });
        Assert.True(found.IsValid, operation.Id + ": " + string.Join('\n', found.Details.Where(static d => d.HasErrors)
            .Select(static d => d.InstanceLocation + " " + string.Join(", ", d.Errors!.Values))));
    }
}
