using System.Globalization;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Smart;

/// <summary>
/// SMART on FHIR: a chart system opens the chart page for its patient (EHR launch), or a person chooses the patient
/// there (standalone launch). Who signs in there gets no right here: a session and the role come first. The token is
/// used while the request lasts, and kept nowhere.
/// </summary>
static class SmartRoutes
{
    public const string LaunchPath = "/smart/launch";

    const string BackPath = "/smart/back", ChartPath = "/smart/chart", Draft = "smart";

    const int LongestHandle = 4_000;

    public static void Map(WebApplication app)
    {
        app.MapGet(LaunchPath, Launch).Needs(Permission.Chart);
        app.MapGet(BackPath, Back).Needs(Permission.Chart);
        app.MapGet(ChartPath, Show).Needs(Permission.Chart);
        app.MapPost(ChartPath, Fill).Takes("take").Needs(Permission.Chart);
    }

    static IResult Refused(string why, string next) => new RazorComponentResult<Problem>(new
    {
        Message = why, Next = next,
    }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

    /// <param name="iss">The FHIR address of the chart system.</param>
    /// <param name="launch">What it calls the chart that it has open; null: the person chooses a patient there.</param>
    static async Task<IResult> Launch([FromQuery] string? iss, [FromQuery] string? launch, PracticeDb db,
        SmartServer server, SmartLaunches launches, HttpContext context, CancellationToken stop)
    {
        var address = (iss ?? "").TrimEnd('/');
        if (await db.ChartSystems.AsNoTracking().FirstOrDefaultAsync(s => s.Address == address, stop)
            is not { } system || launch is { Length: > LongestHandle })
            return Refused("This chart system is not set up here.", SmartFault.AskOwner);
        try
        {
            var places = await server.Discover(system, stop);
            var (state, verifier) = (SmartLaunches.Random(), SmartLaunches.Random());
            var back = $"{context.Request.Scheme}://{context.Request.Host}{BackPath}";
            await launches.Begin(state, system, new(verifier, places.Token.AbsoluteUri, places.Issuer, back, address));
            return TypedResults.Redirect(Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
                places.Authorize.AbsoluteUri, new Dictionary<string, string?>
                {
                    ["response_type"] = "code", ["client_id"] = system.ClientId, ["redirect_uri"] = back,
                    ["scope"] = ScopesOf(launch is null, places.HasScopes2), ["state"] = state,
                    ["aud"] = iss, ["code_challenge"] = SmartLaunches.Challenge(verifier),
                    ["code_challenge_method"] = "S256", ["launch"] = launch,
                }));
        }
        catch (SmartFault e)
        {
            return Refused(e.Message, e.Next);
        }
    }

    /// <summary>What is read, and no more: the patient, the coverage, the visit, the orders of drugs.</summary>
    static string ScopesOf(bool isStandalone, bool hasScopes2) =>
        (isStandalone ? "launch/patient" : "launch") + string.Concat(
            new[] { "Patient", "Coverage", "Encounter", "MedicationRequest" }
                .Select(type => $" patient/{type}.{(hasScopes2 ? "rs" : "read")}"));

    /// <summary>What the chart system answers: a code, or why there is none.</summary>
    static async Task<IResult> Back([FromQuery] string? state, [FromQuery] string? code, [FromQuery] string? error,
        [FromQuery] string? iss, PracticeDb db, Engine engine, SmartServer server, SmartLaunches launches,
        TimeProvider clock, HttpContext context, CancellationToken stop)
    {
        if (await launches.Take(state) is not var (system, pending))
            return Refused("This way to the chart was not begun here, was used, or is too old.", SmartFault.Again);
        if (iss is not null && iss != pending.Issuer && iss != system.Address)
            return Refused("The answer is of another chart system.", SmartFault.Again);
        if (error is not null || code is not { Length: > 0 and <= LongestHandle })
            return Refused("The chart system did not let you in.", SmartFault.Again);
        try
        {
            var token = await server.Exchange(new(pending.Token), system, code, pending.Verifier, pending.Back, stop);
            var chart = await new SmartReading(server, system, token, stop).Read(db, engine, clock.Today());
            return await Open(db, chart, system, RoleOf(context), clock.Today(), clock.Now());
        }
        catch (SmartFault e)
        {
            return Refused(e.Message, e.Next);
        }
        catch (InputException)
        {
            return Refused("What the chart system sent cannot be read.", SmartFault.Again);
        }
    }

    static string RoleOf(HttpContext context) => Acting.RoleOf(context.User) == Role.Assistant ? "ma" : "";

    /// <summary>Fills the form where nothing is to be decided and nothing typed would be lost; else asks.</summary>
    static async Task<IResult> Open(PracticeDb db, SmartChart chart, ChartSystem system, string role, DateOnly today,
        DateTime now)
    {
        var isPlain = chart.IsPlain(today) && !await ChartRoutes.HasShot(db);
        await db.Change(async _ =>
        {
            db.Record(now, "launch", $"chart-system/{system.Id}", chart.Patient == 0 ? "" : $"patient/{chart.Patient}");
            if (await DraftOf(db) is { } old) db.Drafts.Remove(old);
            if (!isPlain)
                db.Drafts.Add(new()
                {
                    PersonId = db.PersonId!.Value, Form = Draft, Document = JsonSerializer.Serialize(chart), At = now,
                });
            return 0;
        });
        if (!isPlain) return TypedResults.Redirect(ChartPath);
        await ChartRoutes.KeepShot(db, chart.Form(chart.Orders, role), now);
        return TypedResults.Redirect("/chart");
    }

    static Task<Draft?> DraftOf(PracticeDb db) =>
        db.Drafts.FirstOrDefaultAsync(d => d.Form == Draft && d.PersonId == db.PersonId);

    static async Task<SmartChart?> ChartOf(PracticeDb db) => await DraftOf(db) is { } draft
        ? JsonSerializer.Deserialize<SmartChart>(draft.Document) : null;

    static async Task<IResult> Show(PracticeDb db, TimeProvider clock, HttpContext context)
    {
        if (await ChartOf(db) is not { } chart) return TypedResults.Redirect("/chart");
        await Looks.Record(db, clock, chart.Patient == 0 ? "launch" : $"patient/{chart.Patient}", "launch");
        return new RazorComponentResult<LaunchedPage>(new
        {
            Chart = chart, Today = clock.Today(), HasShot = await ChartRoutes.HasShot(db),
            MaySetUp = Access.Allows(Permission.SetUp, context.User),
        });
    }

    static async Task<IResult> Fill(HttpRequest request, PracticeDb db, TimeProvider clock)
    {
        if (await ChartOf(db) is not { Patient: not 0 } chart) return TypedResults.Redirect("/chart");
        var taken = (await request.ReadFormAsync())["take"].Select(static t => int.TryParse(t, NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : -1).ToHashSet();
        await ChartRoutes.KeepShot(db, chart.Form(chart.Orders.Where((_, i) => taken.Contains(i)),
            RoleOf(request.HttpContext)), clock.Now());
        await db.Change(async _ =>
        {
            if (await DraftOf(db) is { } draft) db.Drafts.Remove(draft);
            return 0;
        });
        return TypedResults.Redirect("/chart");
    }
}
