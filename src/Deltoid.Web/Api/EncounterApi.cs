using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>A program charts a visit, as a person does on the chart screen: the claim and its charge follow.</summary>
static class EncounterApi
{
    /// <summary>What the practice's own records say of every visit.</summary>
    static readonly string[] OfPractice = ["billing", "payer", "placeOfService", "setting"];

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/encounters", Chart).AddEndpointFilter(Once.Filter).ForPrograms("encounters.write");

    static async Task<IResult> Chart(HttpContext context, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var once = Once.Of(context);
        var asked = ApiJson.Read(once.Body, "patientId", "locationId", "providerId", "lots", "encounter");
        var text = (asked.Object("encounter") ?? throw new InputException("/encounter", "the encounter is missing",
            "write what was given, as for /code")).GetRawText();
        var encounter = JsonNode.Parse(text)!.AsObject();
        var form = new VisitForm
        {
            Patient = asked.Number("patientId") ?? 0, Location = asked.Number("locationId") ?? 0,
            Provider = asked.Number("providerId") ?? 0, Day = DayOf(encounter),
        };
        // what the program says of it is written over what is found
        bool? wasSeen = encounter["patient"] is JsonObject of && of.ContainsKey("established") ? true : null;
        if (await ChartViews.Load(db, engine, form, wasSeen) is not { } chart)
            throw new InputException("/patientId", "no such patient has a plan on that day, or the practice has no "
                + "location", "read /patients, and add what is missing");
        var drawn = asked.Parts("lots", "lotId", "witness")
            .ConvertAll(static lot => new DrawnFrom(lot.Number("lotId"), lot.Text("witness") ?? ""));
        var charted = "";
        try
        {
            return await once.Do(() => Visits.Chart(db, engine, chart.Patient, chart.Location, chart.Coverage.Payer,
                    number => charted = Document(chart, encounter, number), clock.Now(), drawn, once.Name, stop),
                async claim => (charted.Length > 0 ? ClaimApi.Answer(engine, claim, Documents.Visit(charted))
                    : await ClaimApi.Answer(db, engine, claim, stop)) with
                {
                    Status = StatusCodes.Status201Created,
                    Location = FormattableString.Invariant($"/api/v1/claims/{claim.Id}"),
                });
        }
        catch (InputException e) when (e.At.StartsWith('/') && !e.At.StartsWith("/encounter", StringComparison.Ordinal))
        {
            throw e.Under("/encounter");
        }
    }

    static string DayOf(JsonObject encounter) => encounter["serviceDate"] is JsonValue value
        && value.TryGetValue<string>(out var text) && Days.TryRead(text, out var day) ? day.Iso()
        : throw new InputException("/encounter/serviceDate", "the service date is missing or no day",
            "write it as 2026-03-02");

    /// <summary>What was sent, with what the practice knows of patient, payer and biller.</summary>
    static string Document(ShotChart chart, JsonObject encounter, string number)
    {
        var visit = JsonNode.Parse(chart.Document(number))!.AsObject();
        foreach (var (name, value) in encounter)
        {
            if (OfPractice.Contains(name))
                throw new InputException("/encounter/" + name, "the practice's own records say this", "leave it out");
            if (name == "patient") Established(visit, value);
            else visit[name] = value?.DeepClone();
        }
        return visit.ToJsonString();
    }

    /// <summary>Of the patient only what the practice may not know: whether it has seen the patient before.</summary>
    static void Established(JsonObject visit, JsonNode? patient)
    {
        if (patient is not JsonObject of) return;
        foreach (var (name, value) in of)
            visit["patient"]![name] = name == "established" ? value?.DeepClone()
                : throw new InputException("/encounter/patient/" + (name.Length > 60 ? name[..60] : name),
                    "the practice's own records say this", "leave it out");
    }
}
