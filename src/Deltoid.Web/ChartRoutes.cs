using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>Screen 1: chart a shot. While it is typed, the page shows what will be billed, and keeps a draft.</summary>
static class ChartRoutes
{
    /// <summary>The form's name among a person's drafts: the new shot, or the claim that is completed.</summary>
    static string NameOf(long claim) => claim == 0 ? "shot"
        : string.Create(CultureInfo.InvariantCulture, $"claim/{claim}");

    /// <summary>How many choices a list under a field has.</summary>
    const int Choices = 8;

    public static void Map(WebApplication app)
    {
        app.MapGet("/chart", Show).Needs(Permission.Chart);
        app.MapPost("/chart/patients", Patients).ShowsPatients("patients").Needs(Permission.Chart);
        app.MapPost("/chart/drugs", Drugs).Needs(Permission.Chart);
        app.MapPost("/chart/diagnoses", Diagnoses).Needs(Permission.Chart);
        app.MapPost("/chart/fields", Fields).Needs(Permission.Chart);
        app.MapPost("/chart/preview", Preview).Needs(Permission.Chart);
        app.MapPost("/chart/draft", KeepDraft).Needs(Permission.Chart);
        app.MapPost("/chart/new", StartOver).Needs(Permission.Chart);
        app.MapGet("/chart/blank", Blank).Needs(Permission.Chart);
        app.MapGet("/chart/device", Device).Needs(Permission.Chart);
        app.MapPost("/chart", Save).Needs(Permission.Chart);
        app.MapPost("/chart/ask", Ask).Needs(Permission.Chart);
        Smart.SmartRoutes.Map(app); // another system opens this page
    }

    static async Task<IResult> Show(PracticeDb db, Engine engine, TimeProvider clock, HttpContext context,
        [FromQuery] long? saved, [FromQuery] long? claim, [AsParameters] AskedShot asked)
    {
        var draft = await DraftOf(db, claim ?? 0);
        var form = draft is not null ? JsonSerializer.Deserialize<VisitForm>(draft.Document) : null;
        // what was typed for another patient is no draft of this visit
        if (claim is { } held && (form is null || (await ChartViews.OfItsPatient(db, form)).Claim == 0))
            (form, draft) = (await ChartViews.Saved(db, held), null);
        if (claim is not null && form is null) return TypedResults.NotFound();
        form ??= New(clock, context);
        if (asked.Form is { } shot)
            form = form with { Shots = [.. form.Shots.Where(static s => s != new ShotForm()), shot] };
        var shown = (saved ?? claim) is { } id
            ? await db.Claims.AsNoTracking().Include(static c => c.Patient).FirstOrDefaultAsync(c => c.Id == id) : null;
        if ((form.Patient != 0 ? form.Patient : shown?.PatientId) is { } patient) await Read(db, clock, patient);
        return new RazorComponentResult<ChartPage>(new
        {
            View = await ChartViews.View(db, engine, form), Saved = shown, DraftAt = draft?.At,
            Asked = claim is null ? await AskedOf(db) : [], Nurses = await Nurses(db),
            Systems = claim is null
                ? await db.ChartSystems.AsNoTracking().OrderBy(static s => s.Name).ToListAsync() : [],
        });
    }

    /// <summary>Claims whose chart this person, or the first who comes, is asked to complete.</summary>
    static Task<List<WorkTask>> AskedOf(PracticeDb db) => db.Tasks.AsNoTracking().Include(static t => t.Claim)
        .Where(t => t.IsOfChart && t.DoneAt == null && (t.ForId == null || t.ForId == db.PersonId))
        .OrderBy(static t => t.Id).Take(Choices).ToListAsync();

    /// <summary>Who may chart, and so be asked for what a chart misses.</summary>
    static async Task<List<Person>> Nurses(PracticeDb db) =>
        (await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && !u.IsProgram)
            .OrderBy(static u => u.Name).ToListAsync()).FindAll(static u => Access.Allows(Permission.Chart, u.Role));

    static async Task<IResult> Ask([FromForm] long claim, [FromForm(Name = "for")] string? person, PracticeDb db,
        Engine engine, TimeProvider clock)
    {
        if (!await db.Claims.AnyAsync(c => c.Id == claim)) return TypedResults.NotFound();
        await ChartTasks.Ask(db, engine, claim, long.TryParse(person, out var id) ? id : null,
            clock.Now());
        return TypedResults.Redirect($"/chart?claim={claim}");
    }

    /// <summary>The screen with nobody in it: a device keeps it for a house that has no network.</summary>
    static async Task<IResult> Blank(PracticeDb db, Engine engine, TimeProvider clock, HttpContext context) =>
        new RazorComponentResult<ChartPage>(new
        {
            View = await ChartViews.View(db, engine, New(clock, context)), IsBlank = true,
        });

    /// <summary>
    /// What a device needs to keep what is typed: a key that is the person's own, the same until the person's sessions
    /// are revoked, a token for saving what has waited, and how late the draft is that the server has.
    /// </summary>
    static async Task<IResult> Device([FromQuery] long? claim, PracticeDb db, HttpContext context,
        UserManager<Person> people, IAntiforgery forms, ServeOptions options)
    {
        if (!options.OnDevice || await people.GetUserAsync(context.User) is not { SecurityStamp: { } stamp } person)
            return TypedResults.NotFound();
        var draft = await DraftOf(db, claim ?? 0);
        return TypedResults.Json(new
        {
            edited = draft is null ? 0 : JsonSerializer.Deserialize<VisitForm>(draft.Document)!.Edited,
            person = person.Id,
            secret = HMACSHA256.HashData(Encoding.UTF8.GetBytes(stamp), "what is typed on a device"u8),
            token = forms.GetAndStoreTokens(context).RequestToken,
        });
    }

    /// <summary>A shot that was asked about before it is charted; it names no patient.</summary>
    sealed record AskedShot([FromQuery] string? Drug, [FromQuery] string? Dose, [FromQuery] string? Route,
        [FromQuery] string? Container)
    {
        public ShotForm? Form => (Drug ?? Dose ?? Route ?? Container) is null ? null
            : new() { Drug = Drug!, Dose = Dose!, Route = Route!, Container = Container! };
    }

    /// <summary>An empty form: the day, and what the account says of who charts.</summary>
    static VisitForm New(TimeProvider clock, HttpContext context) => new()
    {
        Key = Guid.CreateVersion7(), Day = clock.Today().Iso(), Shots = [new()],
        Role = Acting.RoleOf(context.User) == Role.Assistant ? "ma" : "",
    };

    static Task<Draft?> DraftOf(PracticeDb db, long claim)
    {
        var name = NameOf(claim);
        return db.Drafts.FirstOrDefaultAsync(d => d.PersonId == db.PersonId && d.Form == name);
    }

    /// <summary>Whose record was opened.</summary>
    static Task<int> Read(PracticeDb db, TimeProvider clock, long patient) => db.Change(_ =>
    {
        db.Record(clock.Now(), "read", $"patient/{patient}");
        return Task.FromResult(0);
    });

    /// <summary>Patients by what was typed of the name or the birth date: every word must fit.</summary>
    static async Task<IResult> Patients([FromForm] string? q, PracticeDb db)
    {
        var patients = db.Patients.AsNoTracking();
        foreach (var word in (q ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Take(4))
        {
            if (DateOnly.TryParse(word, CultureInfo.InvariantCulture, out var born))
            {
                patients = patients.Where(p => p.BirthDate == born);
                continue;
            }
#pragma warning disable CA1304, CA1311, CA1862 // the database folds
            var begins = word.ToLowerInvariant();
            patients = patients.Where(p => p.Family.ToLower().StartsWith(begins)
                || p.Given.ToLower().StartsWith(begins));
#pragma warning restore CA1304, CA1311, CA1862
        }
        var found = await patients.OrderBy(static p => p.Family).ThenBy(static p => p.Given).ThenBy(static p => p.Id)
            .Take(Choices).ToListAsync();
        return Options([.. found.Select(static p => new Choice("patient", p.Id.ToString(CultureInfo.InvariantCulture),
            $"{p.Family}, {p.Given}", T("born {0}", AsShown.Day(p.BirthDate))))]);
    }

    static IResult Options(List<Choice> choices) => new RazorComponentResult<Options>(new { Choices = choices });

    /// <summary>Usual treatments first, then drugs of the stock, then those of the code book.</summary>
    static async Task<IResult> Drugs([FromForm] string? q, [FromForm] long? patient, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        var typed = (q ?? "").Trim();
        var today = clock.Today();
        var last = (await db.Shots.AsNoTracking().Where(s => s.PatientId == patient).GroupBy(static s => s.Drug)
            .Select(static g => new { g.Key, Day = g.Max(static s => s.Day) }).ToListAsync())
            .ToDictionary(static l => l.Key, static l => l.Day);
        string Last(string drug) => last.TryGetValue(drug, out var day)
            ? day == today ? T("given today already") : T("last {0} days ago", today.DayNumber - day.DayNumber) : "";
        var named = typed.Length == 0 ? "" : ChartViews.DrugOf(engine, typed);
        var treatments = (await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).ToListAsync())
            .Select(t => (Treatment: t, Drug: ChartViews.DrugOf(engine, ShotForm.Of(t).Drug)))
            .Where(t => typed.Length == 0 || t.Drug == named
                || t.Treatment.Name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(t => last.GetValueOrDefault(t.Drug)).ToList();
        List<string> found = typed.Length == 0 ? [] : [.. engine.Book.Search.Find(typed, today, 40)
            .Where(static h => h.Drug is not null).Select(static h => h.Drug!.Name)];
        var shelf = (await db.Lots.AsNoTracking().Where(l => l.RecalledOn == null && l.Expires >= today)
            .Select(static l => l.Drug).Distinct().ToListAsync())
            .FindAll(d => found.Contains(d)
                || (typed.Length > 0 && d.Contains(typed, StringComparison.OrdinalIgnoreCase)));
        return Options([.. treatments.Select(t => new Choice("treatment",
                    t.Treatment.Id.ToString(CultureInfo.InvariantCulture), t.Treatment.Name, Last(t.Drug)))
            .Concat(shelf.Order(StringComparer.Ordinal).Concat(found).Distinct().Select(d => new Choice("drug", d, d,
                Last(d) is { Length: > 0 } before ? before : shelf.Contains(d) ? T("in stock") : ""))).Take(Choices)]);
    }

    static IResult Diagnoses([FromForm] string? q, Engine engine, TimeProvider clock)
    {
        var today = clock.Today();
        return Options([.. engine.Book.Search.Find(q ?? "", today, 40)
            .Where(static h => h.Kind == FindKind.Diagnosis && h.IsInForce && !h.IsHeader).Take(Choices)
            .Select(static h => new Choice("diagnosis", h.Code.ToDiagnosis(), h.Code.ToDiagnosis(), h.Label))]);
    }

    static async Task<IResult> Fields([FromForm] VisitForm form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        if (form.Act == "patient" && long.TryParse(form.Value, out var id)) await Read(db, clock, id);
        return new RazorComponentResult<VisitFields>(new { View = await new ChartActs(db, engine).Apply(form) });
    }

    static async Task<IResult> Preview([FromForm] VisitForm form, PracticeDb db, Engine engine)
    {
        if (await ChartViews.Load(db, engine, form) is not { } chart)
            return new RazorComponentResult<WillBill>(new { Form = form });
        try
        {
            var read = ChartReading.Of(engine, chart);
            var (rest, coded) = (read.Chart, read.Coded);
            var sums = new List<ShotSum>();
            foreach (var (shot, i) in rest.Form.Shots.Select(static (s, i) => (s, i)))
                sums.Add(ShotSums.Of(coded, shot, i, rest.Vials[i],
                    rest.Vials[i] is { } lot ? await Stock.OnHand(db, lot.Id) : 0));
            return new RazorComponentResult<WillBill>(new
            {
                Form = form, Coded = coded, Note = ShotNote.Of(rest), Sums = sums,
                Prompts = ShotSums.Prompts(rest.Form, coded, Visits.MissingIn(coded),
                    await ChartDoubts.Of(db, engine, rest), read.Unread),
            });
        }
        catch (InputException e)
        {
            return new RazorComponentResult<WillBill>(new { Form = form, Fault = e });
        }
    }

    /// <summary>Nothing typed is lost: the form is kept for its person until it is saved.</summary>
    static async Task<IResult> KeepDraft([FromForm] VisitForm form, PracticeDb db, TimeProvider clock)
    {
        var now = clock.Now();
        var text = JsonSerializer.Serialize(form with { Act = "", Value = "", Index = 0 });
        await db.Change(async _ =>
        {
            // a draft that arrives after its form was saved is not kept
            if (await db.Visits.AnyAsync(v => v.Key == form.Key) && form.Claim == 0) return 0;
            if (await DraftOf(db, form.Claim) is { } draft)
            {
                // two requests of one page may arrive in the other order: the later words stay
                var kept = JsonSerializer.Deserialize<VisitForm>(draft.Document)!;
                if (kept.Key != form.Key || kept.Edited <= form.Edited) (draft.Document, draft.At) = (text, now);
            }
            else
                db.Drafts.Add(new()
                {
                    PersonId = db.PersonId!.Value, Form = NameOf(form.Claim), Document = text, At = now,
                });
            return 0;
        });
        return TypedResults.Text(AsShown.Moment(now)[11..]);
    }

    /// <summary>The form of a new shot that something else has filled, in the place of the one that was there.</summary>
    internal static Task<int> KeepShot(PracticeDb db, VisitForm form, DateTime now) => db.Change(async _ =>
    {
        var text = JsonSerializer.Serialize(form);
        if (await DraftOf(db, 0) is { } draft) (draft.Document, draft.At) = (text, now);
        else
            db.Drafts.Add(new() { PersonId = db.PersonId!.Value, Form = NameOf(0), Document = text, At = now });
        return 0;
    });

    /// <summary>Whether something of a new shot was typed that is not saved.</summary>
    internal static async Task<bool> HasShot(PracticeDb db) => await DraftOf(db, 0) is { } draft
        && JsonSerializer.Deserialize<VisitForm>(draft.Document)! is var form
        && (form.Patient != 0 || form.Who.Trim().Length > 0 || form.Shots.Exists(static s => s != new ShotForm()));

    static async Task<IResult> StartOver([FromForm] long? claim, PracticeDb db)
    {
        await Forget(db, claim ?? 0);
        return TypedResults.Redirect("/chart");
    }

    /// <param name="key">Of the form that is saved: the draft of another one stays. Null for any.</param>
    static Task<int> Forget(PracticeDb db, long claim, Guid? key = null) => db.Change(async _ =>
    {
        if (await DraftOf(db, claim) is { } draft && (key is null
            || JsonSerializer.Deserialize<VisitForm>(draft.Document)!.Key == key)) db.Drafts.Remove(draft);
        return 0;
    });

    static async Task<IResult> Save([FromForm] VisitForm form, PracticeDb db, Engine engine, TimeProvider clock,
        HttpRequest request)
    {
        try
        {
            if (form.Waited) form = await new ChartActs(db, engine).LookUp(form);
            else await CheckWho(db, form);
            if (ChartViews.DayOf(form) is null)
                throw new InputException("Day", "the day of the shot is missing", "write it as 03/02/2026");
            if (await ChartViews.Load(db, engine, form) is not { } chart)
                throw new InputException("Patient", "no patient is chosen, or the patient has no coverage",
                    "choose a patient, and save again");
            var now = clock.Now();
            var claim = form.Claim == 0
                ? await Visits.Chart(db, engine, chart.Patient, chart.Location, chart.Coverage.Payer, chart.Document,
                    now, drawn: chart.Drawn, key: form.Key == Guid.Empty ? null : form.Key)
                : await Visits.Complete(db, engine, form.Claim, form.Version, chart.Patient.Id, chart.Document, now,
                    chart.Drawn, payerId: chart.Coverage.PayerId);
            db.ChangeTracker.Clear();
            await Forget(db, form.Claim, form.Key);
            var to = claim.Life == ClaimLife.Held ? $"/chart?claim={claim.Id}" : $"/chart?saved={claim.Id}";
            return IsFetch(request) ? TypedResults.Json(new { to }) : TypedResults.Redirect(to);
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            if (IsFetch(request))
                return TypedResults.Json(new { fault = EngineWords.InLanguage(e.Message), next = e.Try },
                    statusCode: 422);
            form = await ChartViews.OfItsPatient(db, form);
            return new RazorComponentResult<ChartPage>(new
            {
                View = await ChartViews.View(db, engine, form), Fault = e
            })
            { StatusCode = 422 };
        }
    }

    /// <summary>The page's own script asks, which goes where the answer says.</summary>
    static bool IsFetch(HttpRequest request) => request.Headers.Accept.Contains("application/json");

    /// <summary>Nobody is charted for whom the field does not name.</summary>
    static async Task CheckWho(PracticeDb db, VisitForm form)
    {
        if (!await ChartViews.IsNamed(db, form))
            throw new InputException("Patient", "the patient was typed over after one was chosen",
                "choose the patient from the list, and save again");
    }
}

/// <summary>A line of a list under a field.</summary>
/// <param name="Act">What choosing it does: patient, treatment, drug, diagnosis.</param>
public sealed record Choice(string Act, string Value, string Text, string Beside);
