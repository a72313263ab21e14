using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Api;

namespace Deltoid.Web.Cds;

/// <summary>
/// CDS Hooks 2.0: a chart system asks while an injection is ordered and before the patient leaves, and gets cards. No
/// account, nothing kept of a patient, and no question to another server. Browsers of other sites may ask, since
/// chart systems do it from theirs.
/// </summary>
static class CdsRoutes
{
    public const string Path = "/cds-services";

    public static void Map(WebApplication app)
    {
        var hooks = app.MapGroup(Path).AddEndpointFilter(static (context, next) =>
        {
            Share(context.HttpContext);
            return next(context);
        });
        hooks.MapGet("", Discover).ForAnyProgram();
        hooks.MapPost("/{id}", Ask).ForAnyProgram();
        hooks.MapPost("/{id}/feedback", Hear).ForAnyProgram();
        hooks.MapMethods("/{**path}", ["OPTIONS"], Allow).ForAnyProgram();
        hooks.MapMethods("", ["OPTIONS"], Allow).ForAnyProgram();
        ApiRoutes.MapRest(hooks); // after all others
    }

    static void Share(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Location";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    static IResult Allow(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        context.Response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    static IResult Discover() => ApiAnswer.Json(static json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("services");
        foreach (var service in CdsService.All) service.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }, indented: true).Tagged();

    static ApiProblem NoService => ApiProblem.NotFound with { Fix = $"Look at {Path}: it lists the services." };

    static async Task<IResult> Ask(string id, HttpContext context, Engine engine, TimeProvider clock)
    {
        if (CdsService.Find(id) is not { } service) return NoService;
        var asked = CdsRequest.Read(ApiBody.Some(await ApiBody.Read(context, ApiBody.MostX12)), service);
        if (asked.Missing(service) is { Count: > 0 } missing)
            return new ApiProblem(StatusCodes.Status412PreconditionFailed, "prefetch",
                "The prefetch is missing: " + string.Join(", ", missing) + ".",
                "Send it: this service asks no other server. What is not there is sent as null.");
        var tree = FhirTree.Read(asked.Bundle(service));
        var read = service.IsOfOrders ? BundleReader.ReadPlanned(tree, clock.Today())
            : BundleReader.Read(tree, engine.Book, isPartial: true);
        var visit = engine.Code(EncounterJson.Read(read.Encounter, ""));
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        return ApiAnswer.Json(json =>
        {
            json.WriteStartObject();
            CdsCards.Write(visit, service, asked, address, json);
            json.WriteEndObject();
        });
    }

    static async Task<IResult> Hear(string id, HttpContext context, PracticeDb db, TimeProvider clock)
    {
        if (CdsService.Find(id) is not { } service) return NoService;
        var reported = CdsFeedback.Read(ApiBody.Some(await ApiBody.Read(context, ApiBody.MostJson)), service);
        if (!await CdsFeedback.Open(context, db))
            return new ApiProblem(StatusCodes.Status401Unauthorized, "practice",
                "Feedback must say whose it is, from another machine or where there are several practices.",
                "Send the access token of a program of the practice: Authorization: Bearer TOKEN.");
        await CardAnswers.Keep(db, reported, clock.Now());
        return TypedResults.Ok();
    }
}
