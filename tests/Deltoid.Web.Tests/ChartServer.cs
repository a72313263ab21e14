using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Deltoid.Web.Tests;

/// <summary>What a chart system may do that it must not.</summary>
public enum ChartLie
{
    None, OtherState, OtherIssuer, OtherPatient, ExpiredCode, RedirectedDiscovery, OtherTokenHost, OtherSignInHost,
    NoPkce, HugeAnswer, EndlessAnswer, RedirectedToken, RedirectedPatient, NoPatient, WrongKindOfToken, TokenWithBreak,
    OrdersOfOthers, CoverageOfOthers, CoverageRefused, NoFhir, Denied, NoCode, IdWithPath,
}

/// <summary>
/// A chart system on a port of this machine: FHIR, and SMART on FHIR as SMART 2 says. It checks client, PKCE,
/// redirect, audience and launch, and writes down each request that bears a token.
/// </summary>
sealed class ChartServer : IAsyncDisposable
{
    public const string Client = "deltoid-smart", OpenChart = "chart-77", TokenText = "ZZTOKEN.abc_123";

    readonly Dictionary<string, (string Challenge, string Back)> codes = [];
    readonly WebApplication app;

    ChartServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public string Fhir => Url + "/fhir";

    public ChartLie Lie { get; set; }

    /// <summary>Where it sends people and codes when it lies about hosts.</summary>
    public string OtherHost { get; set; } = "";

    public string Patient { get; set; } =
        """{ "resourceType": "Patient", "id": "p1", "name": [{ "family": "Example", "given": ["Pat", "Q"] }], "birthDate": "1958-04-09" }""";

    public string VisitDay { get; set; } = DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Member { get; set; } = "1EG4TE5MK73";

    public List<string> Orders { get; } =
    [
        Order("cyanocobalamin", "1000", "mcg", "im", "D51.0"), Order("metformin", "500", "mg", "oral", "E11.9"),
    ];

    /// <summary>Paths and queries of requests for FHIR that had the token.</summary>
    public List<string> Read { get; } = [];

    /// <summary>Every request, for what must not be in it.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What the browser was sent with.</summary>
    public IQueryCollection? SentWith { get; private set; }

    public static string Order(string drug, string dose, string unit, string route, string reason) =>
        $$"""
        { "resourceType": "MedicationRequest", "id": "{{drug}}", "status": "active", "intent": "order",
          "medicationCodeableConcept": { "text": "{{drug}}" }, "subject": { "reference": "Patient/p1" },
          "requester": { "display": "Dr. Sample" }, "authoredOn": "2026-01-05",
          "reasonCode": [{ "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "{{reason}}" }] }],
          "dosageInstruction": [{ "route": { "text": "{{route}}" },
            "doseAndRate": [{ "doseQuantity": { "value": {{dose}}, "unit": "{{unit}}" } }] }] }
        """;

    public static async Task<ChartServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = new ChartServer(builder.Build());
        server.app.Urls.Add("http://127.0.0.1:0");
        server.Route();
        await server.app.StartAsync();
        return server;
    }

    void Route()
    {
        app.Use((context, next) =>
        {
            Asked.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} "
                + context.Request.Headers.Authorization);
            return next();
        });
        app.MapGet("/fhir/.well-known/smart-configuration", Configuration);
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", Token);
        app.MapGet("/fhir/{**path}", Resource);
        app.MapGet("/elsewhere/{**path}", Resource);
    }

    IResult Configuration()
    {
        if (Lie == ChartLie.RedirectedDiscovery) return TypedResults.Redirect(OtherHost + "/fhir/.well-known/smart-configuration");
        if (Lie == ChartLie.HugeAnswer) return Json($$"""{ "a": "{{new string('x', 5 << 20)}}" }""");
        var (signIn, token) = (Lie == ChartLie.OtherSignInHost ? OtherHost : Url, Lie == ChartLie.OtherTokenHost
            ? OtherHost : Url);
        return Json($$"""
            { "issuer": "{{Url}}/issuer", "authorization_endpoint": "{{signIn}}/authorize",
              "token_endpoint": "{{token}}/token", "capabilities": ["launch-ehr", "launch-standalone", "permission-v2"],
              "code_challenge_methods_supported": ["{{(Lie == ChartLie.NoPkce ? "plain" : "S256")}}"] }
            """);
    }

    static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Json(string text) => TypedResults.Text(text, "application/json");

    IResult Authorize(HttpRequest asked)
    {
        var query = SentWith = asked.Query;
        var isStandalone = query["scope"].ToString().StartsWith("launch/patient ", StringComparison.Ordinal);
        if (query["client_id"] != Client || query["code_challenge_method"] != "S256" || query["aud"] != Fhir
            || query["response_type"] != "code" || (isStandalone ? query.ContainsKey("launch")
                : query["launch"] != OpenChart))
            return TypedResults.BadRequest();
        var (back, state, code) = (query["redirect_uri"].ToString(), Uri.EscapeDataString(query["state"]!),
            Guid.NewGuid().ToString("N"));
        if (Lie == ChartLie.Denied) return TypedResults.Redirect($"{back}?error=access_denied&state={state}");
        if (Lie == ChartLie.NoCode) return TypedResults.Redirect($"{back}?state={state}");
        codes[code] = (query["code_challenge"].ToString(), back);
        var issuer = Lie == ChartLie.OtherIssuer ? "https://other.example" : Url + "/issuer";
        if (Lie == ChartLie.OtherState) state = new string('a', 43);
        return TypedResults.Redirect($"{back}?code={code}&state={state}&iss={Uri.EscapeDataString(issuer)}");
    }

    async Task<IResult> Token(HttpRequest asked)
    {
        var form = await asked.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(
            form["code_verifier"].ToString())));
        if (Lie == ChartLie.RedirectedToken) return TypedResults.Redirect(OtherHost + "/token", preserveMethod: true);
        if (Lie == ChartLie.ExpiredCode || !codes.Remove(form["code"].ToString(), out var given)
            || given.Challenge != challenge || given.Back != form["redirect_uri"] || form["client_id"] != Client)
            return TypedResults.Json(new { error = "invalid_grant" }, statusCode: 400);
        return Json($$"""
            { "access_token": "{{TokenText}}{{(Lie == ChartLie.TokenWithBreak ? "\\r\\nX: y" : "")}}",
              "token_type": "{{(Lie == ChartLie.WrongKindOfToken ? "mac" : "Bearer")}}", "expires_in": 300,
              {{Lie switch { ChartLie.NoPatient => "", ChartLie.IdWithPath => "\"patient\": \"../secrets?x=\",", _ => "\"patient\": \"p1\"," }}}
              "encounter": "e1" }
            """);
    }

    async Task<IResult> Resource(string path, HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer " + TokenText) return TypedResults.Unauthorized();
        Read.Add(path + context.Request.QueryString);
        if (Lie == ChartLie.EndlessAnswer)
        {
            context.Response.ContentType = "application/json";
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.WriteAsync(new string(' ', 65536), context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // the other side has heard enough
            }
            return TypedResults.Empty;
        }
        if (Lie == ChartLie.NoFhir) return TypedResults.Text("<html>sign in</html>", "text/html");
        if (Lie == ChartLie.RedirectedPatient && path == "Patient/p1")
            return TypedResults.Redirect(OtherHost + "/fhir/Patient/p1");
        return path switch
        {
            "Patient/p1" => Json(Lie == ChartLie.OtherPatient
                ? Patient.Replace("\"p1\"", "\"p2\"", StringComparison.Ordinal) : Patient),
            "Encounter/e1" => Json($$"""
                { "resourceType": "Encounter", "id": "e1", "status": "in-progress", "class": { "code": "AMB" },
                  "subject": { "reference": "Patient/p1" }, "period": { "start": "{{VisitDay}}" } }
                """),
            "Coverage" when Lie == ChartLie.CoverageRefused => TypedResults.StatusCode(403),
            "Coverage" => Json(Bundle($$"""
                { "resourceType": "Coverage", "id": "c1", "status": "active", "subscriberId": "{{Member}}",
                  "beneficiary": { "reference": "Patient/{{(Lie == ChartLie.CoverageOfOthers ? "p2" : "p1")}}" } }
                """)),
            "MedicationRequest" => Json(Bundle([.. Orders.Select(o => Lie == ChartLie.OrdersOfOthers
                ? o.Replace("Patient/p1", "Patient/p2", StringComparison.Ordinal) : o)])),
            _ => TypedResults.NotFound(),
        };
    }

    static string Bundle(params IReadOnlyList<string> resources) => $$"""
        { "resourceType": "Bundle", "type": "searchset",
          "entry": [{{string.Join(',', resources.Select(static r => $$"""{ "resource": {{r}} }"""))}}] }
        """;

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
