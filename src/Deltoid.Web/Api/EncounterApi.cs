using System.Text.Json.Nodes;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

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
        var (visit, coded) = (Visit(chart, encounter), default(CodedVisit));
        if (!encounter.ContainsKey("history"))
            visit["history"] = await BilledAlready(db, form.Patient, ChartViews.DayOf(form)!.Value, once.Name,
                stop);
        try
        {
            return await once.Do(() => Visits.Chart(db, engine, chart.Patient, chart.Location, chart.Coverage.Payer,
                    number => ShotChart.Numbered(visit, number), clock.Now(), drawn, once.Name, c => coded = c, stop),
                async claim => (coded is null ? await ClaimApi.Answer(db, engine, claim, stop)
                    : ClaimApi.Answer(engine, claim, coded.Claim, coded.Findings)) with
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

    /// <summary>
    /// What the practice bills of the patient for the day already: the same shot under another key is a finding. A visit
    /// that is held, and may be sent again when it is mended, is not billed yet. Null where nothing is.
    /// </summary>
    /// <param name="key">Of this visit: a colleague's process may have charted it just now.</param>
    static async Task<JsonArray?> BilledAlready(PracticeDb db, long patient, DateOnly day, Guid key,
        CancellationToken stop)
    {
        var visits = await db.Visits.Where(v => v.PatientId == patient && v.ServiceDate == day && v.Key != key)
            .Select(static v => v.Id).ToListAsync(stop);
        if (visits.Count == 0) return null; // as nearly always: claims are not asked
        var billed = await db.Claims.Where(c => c.VisitId != null && visits.Contains(c.VisitId.Value)
            && c.Life != ClaimLife.Held).Select(static c => c.Document).ToListAsync(stop);
        JsonArray? services = null;
        foreach (var claim in billed.ConvertAll(Documents.Claim))
            foreach (var line in claim.Lines.ToArray())
                (services ??= []).Add(new JsonObject { ["date"] = day.Iso(), ["code"] = line.Code.ToString() });
        return services;
    }

    static string DayOf(JsonObject encounter) => encounter["serviceDate"] is JsonValue value
        && value.TryGetValue<string>(out var text) && Days.TryRead(text, out var day) ? day.Iso()
        : throw new InputException("/encounter/serviceDate", "the service date is missing or no day",
            "write it as 2026-03-02");

    /// <summary>What was sent, with what the practice knows of patient, payer and biller.</summary>
    static JsonObject Visit(ShotChart chart, JsonObject encounter)
    {
        var visit = chart.Visit();
        foreach (var (name, value) in encounter)
        {
            if (OfPractice.Contains(name))
                throw new InputException("/encounter/" + name, "the practice's own records say this", "leave it out");
            if (name == "patient") Established(visit, value);
            else visit[name] = value?.DeepClone();
        }
        return visit;
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
