using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>
/// The engine for programs that speak FHIR R4: a Claim is scrubbed, a visit is coded. Nothing is kept, and no account
/// is needed. FHIR as XML is not read.
/// </summary>
static class FhirRoutes
{
    public const string Media = "application/fhir+json";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/fhir/Claim/$scrub", Scrub).ForAnyProgram();
        api.MapPost("/fhir/Encounter/$code", Code).ForAnyProgram();
    }

    /// <summary>A Claim comes in, an OperationOutcome goes out, with one issue for each finding.</summary>
    static Task<IResult> Scrub(HttpContext context, Engine engine) => Answer(context, body =>
    {
        var read = ClaimReader.Read(body);
        var claim = new Claim();
        ClaimJson.Read(read.Claim, claim);
        var findings = engine.Scrub(claim, null);
        return json => OutcomeResource.Write(findings, claim, engine.Book, read.Notes, json);
    });

    /// <summary>
    /// A Bundle about one visit comes in; out goes a Bundle with its Claim and an OperationOutcome of what is wrong or
    /// open.
    /// </summary>
    static Task<IResult> Code(HttpContext context, Engine engine, TimeProvider clock) => Answer(context, body =>
    {
        var read = BundleReader.Read(body, engine.Book);
        var coded = engine.Code(EncounterJson.Read(read.Encounter, ""));
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Bundle");
            json.WriteString("type", "collection");
            json.WriteStartArray("entry");
            Entry(json, 1, () => ClaimResource.Write(coded.Claim, clock.Today(), json));
            Entry(json, 2, () => OutcomeResource.Write(coded.Findings, coded.Claim, engine.Book, read.Notes, json));
            json.WriteEndArray();
            json.WriteEndObject();
        };
    });

    static void Entry(Utf8JsonWriter json, int number, Action write)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", FormattableString.Invariant($"urn:uuid:00000000-0000-8000-8000-{number:x12}"));
        json.WritePropertyName("resource");
        write();
        json.WriteEndObject();
    }

    /// <summary>Answers as FHIR, also what cannot be read.</summary>
    static async Task<IResult> Answer(HttpContext context, Func<byte[], Action<Utf8JsonWriter>> act)
    {
        if (!IsJson(context.Request.ContentType))
            return Fault(new("", "FHIR is read as JSON only", "send it as application/fhir+json"), 415);
        try
        {
            return ApiAnswer.Json(act(ApiBody.Some(await ApiBody.Read(context, ApiBody.MostJson))), indented: true)
                with { Media = Media };
        }
        catch (InputException e)
        {
            return Fault(e, 422);
        }
    }

    static bool IsJson(string? media) => media is null || media.Split(';')[0].Trim() is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals(Media, StringComparison.OrdinalIgnoreCase));

    static ApiAnswer Fault(InputException fault, int status) =>
        ApiAnswer.Json(json => OutcomeResource.Write(fault, json)) with { Media = Media, Status = status };
}
