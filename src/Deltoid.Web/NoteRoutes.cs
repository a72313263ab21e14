using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Notes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Models;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>
/// A note that was written elsewhere: pasted, read, and looked over. What a person confirms fills the form of a new
/// shot; the rest is left. The note itself is not kept.
/// </summary>
static class NoteRoutes
{
    const int LongestNote = 40_000;

    /// <summary>The end of the path of what was drawn up and not given.</summary>
    internal const string NotGiven = "/given";

    public static void Map(WebApplication app)
    {
        app.MapGet("/chart/note", static (NoteModel model) => Shown("", null, model)).Needs(Permission.Chart);
        app.MapPost("/chart/note", Read).Needs(Permission.Chart);
        app.MapPost("/chart/note/take", Take).Takes("take").Needs(Permission.Chart);
    }

    /// <param name="proposed">What a model proposed, so that it is not asked again.</param>
    /// <param name="fault">Why a model proposed nothing.</param>
    static IResult Shown(string note, NoteReading? reading, NoteModel model, string proposed = "",
        string fault = "") => new RazorComponentResult<PasteNotePage>(new
        {
            Note = note, Reading = reading is null ? null : PastedNote.Of(reading), Proposed = proposed,
            ModelHost = model.Host, ModelFault = fault,
        });

    static async Task<IResult> Read([FromForm] string? note, Engine engine, NoteModel model, CancellationToken stop)
    {
        var text = Cut(note);
        if (text.Trim().Length == 0) return Shown(text, null, model);
        var reading = engine.ReadNote(text);
        try
        {
            var proposed = await model.Propose(text, stop);
            engine.Propose(reading, proposed);
            return Shown(text, reading, model, model.IsOn ? Encoding.UTF8.GetString(proposed) : "");
        }
        catch (ModelException e)
        {
            return Shown(text, reading, model, fault: e.Message);
        }
    }

    /// <summary>A form sends line breaks as two characters, and a page shows them as one.</summary>
    static string Cut(string? note)
    {
        var text = (note ?? "").ReplaceLineEndings("\n");
        return text.Length <= LongestNote ? text
            : throw new InputException("note", "the note is longer than 40,000 characters",
            "paste the part about the shot");
    }

    /// <summary>Fills the form of a new shot with what was confirmed, and opens it.</summary>
    static async Task<IResult> Take([FromForm] string? note, [FromForm] string? proposed, HttpRequest request,
        PracticeDb db, Engine engine, TimeProvider clock)
    {
        var reading = engine.ReadNote(Cut(note));
        // it came back by way of a browser, and is checked as it was when the model proposed it
        if (!string.IsNullOrEmpty(proposed)) engine.Propose(reading, Encoding.UTF8.GetBytes(proposed));
        var confirmed = (await request.ReadFormAsync())["take"];
        var kept = reading.Facts.FindAll(f => confirmed.Contains(f.Path));
        // whatever is confirmed of an entry that was not given, it was not given
        kept.AddRange(reading.Facts.Where(f => f.Path.EndsWith(NotGiven, StringComparison.Ordinal) && !kept.Contains(f)
            && kept.Exists(k => k.Path.StartsWith(f.Path[..^(NotGiven.Length - 1)], StringComparison.Ordinal))));
        var form = NoteForm.Of(reading, kept, [.. reading.Refused.Where((_, i) =>
            confirmed.Contains(PastedRefusal.PathOf(i)))], clock.Today());
        await ChartRoutes.KeepShot(db, form, clock.Now());
        return TypedResults.Redirect("/chart");
    }
}

/// <summary>A value that was read, beside the words that say it.</summary>
/// <param name="IsProposed">A model found it; our own reader did not.</param>
public sealed record PastedFact(string Path, string Value, string Quote, int Start, int End, bool IsProposed);

/// <summary>A shot that was refused or held: a person may chart it so.</summary>
/// <param name="Shot">What was read of it: drug, dose, route.</param>
public sealed record PastedRefusal(string Path, string Why, string Shot, string Quote)
{
    internal static string PathOf(int index) => FormattableString.Invariant($"/refused/{index}");
}

/// <summary>A pasted note as it was read: what a person is asked to confirm.</summary>
public sealed record PastedNote(IReadOnlyList<PastedFact> Facts, IReadOnlyList<string> Questions,
    IReadOnlyList<(string Why, string Quote)> Left)
{
    public IReadOnlyList<PastedRefusal> Refused { get; init; } = [];

    internal static PastedNote Of(NoteReading reading) => new(
        [.. reading.Facts.Select(f => new PastedFact(f.Path, f.Written, reading.Quote(f), f.Start, f.End,
            f.By != "rule"))],
        [.. reading.Questions.Select(q => $"{ShotOf(reading, q.Path)}{EngineWords.InLanguage($"{q.Fact}: {q.Decides}")} "
            + string.Join(" / ", q.Quotes)).Select(static q => q.TrimEnd())],
        [.. reading.Ignored.Select(i => (i.Why, reading.Text[i.Start..i.End]))])
    {
        Refused = [.. reading.Refused.Select((r, i) => new PastedRefusal(PastedRefusal.PathOf(i), r.Why,
            string.Join(", ", new[] { r.Drug, r.Dose, NoteForm.Shown("/route", r.Route) }
                .Where(static t => t.Length > 0)), reading.Text[r.Start..r.End]))],
    };

    /// <summary>Which shot a question is about, where the note has several.</summary>
    static string ShotOf(NoteReading reading, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["administrations", var at, ..]
            && int.TryParse(at, out var index) && reading.Facts.Exists(static f => f.Path == "/administrations/1/drug")
            ? T("Shot {0}", index + 1) + " · " : "";
}

/// <summary>The chart form of facts that a person confirmed.</summary>
static class NoteForm
{
    /// <param name="refused">Shots that a person confirmed as refused or held.</param>
    public static VisitForm Of(NoteReading reading, IReadOnlyList<NotedFact> facts,
        IReadOnlyList<RefusedShot> refused, DateOnly today)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) NoteJson.WriteEncounter(facts, json);
        var encounter = JsonNode.Parse(bytes.ToArray())!.AsObject();
        string Text(string part, string name) =>
            (part.Length == 0 ? encounter : encounter[part] as JsonObject)?[name]?.ToString() ?? "";
        var shots = new List<ShotForm>();
        foreach (var given in encounter["administrations"] as JsonArray ?? [])
            if (given is JsonObject one) shots.Add(ShotForm.Of(one));
        // of what was drawn up and not given, the words say whether the patient refused it
        var notGiven = new Queue<NotedFact>(facts.Where(static f => f.Path.EndsWith(NoteRoutes.NotGiven,
            StringComparison.Ordinal)).OrderBy(static f => f.Path, StringComparer.Ordinal));
        shots = shots.ConvertAll(s => !s.Refused || !notGiven.TryDequeue(out var fact) || IsRefusal(reading.Quote(fact))
            ? s : s with { Refused = false, Held = true });
        shots.AddRange(refused.Select(static r => new ShotForm
        {
            Drug = r.Drug, Dose = r.Dose, Route = r.Route, Refused = r.Why == "refused", Held = r.Why != "refused",
        }));
        // the one reason of the visit is the reason of each shot that has none of its own
        if (encounter["diagnoses"] is JsonArray { Count: 1 } only && only[0]?.ToString() is { } why)
            shots = shots.ConvertAll(s => s.Diagnosis.Length > 0 ? s : s with { Diagnosis = why });
        return new()
        {
            Key = Guid.CreateVersion7(), Day = Text("", "serviceDate") is { Length: > 0 } day ? day : today.Iso(),
            Role = Text("provider", "role"), Supervision = Text("provider", "supervision"), Shots = shots.Count > 0
                ? shots : [new()],
        };
    }

    static bool IsRefusal(string words) => words.Contains("refus", StringComparison.OrdinalIgnoreCase)
        || words.Contains("declin", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the form of a shot has a field for; the rest of a reading is shown, and filled in by
    /// hand.</summary>
    public static bool HasField(string path) => path is "/serviceDate" or "/provider/role" or "/provider/supervision"
        or "/diagnoses/0" || (path.StartsWith("/administrations/", StringComparison.Ordinal)
        && path[(path.IndexOf('/', 17) + 1)..] is "drug" or "dose"
            or "route" or "site" or "ndc" or "lot" or "expires" or "container" or "containerAmount" or "discarded"
            or "witness"
            or "indication" or "response" or "observed" or "start" or "stop" or "order/by" or "order/on"
            or "order/standing" or "splitDose" or "given");

    /// <summary>A value in the words of the screen.</summary>
    public static string Shown(string path, string value) =>
        path.EndsWith("/route", StringComparison.Ordinal) ? value.Length == 0 ? "" : T(ShotNote.Route(value))
            : path.EndsWith(NoteRoutes.NotGiven, StringComparison.Ordinal) ? T("no")
            : path.EndsWith("/site", StringComparison.Ordinal) ? Hint(value) : value;

    /// <summary>A fact without a field on the screen, in words: <c>whyNotOral</c> is why not oral.</summary>
    public static string Named(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(parts[^1].All(char.IsAsciiDigit) && parts.Length > 1 ? parts[^2] : parts[^1]);
        return string.Concat(name.Select(static c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}"
            : $"{c}"));
    }

    /// <summary>The name of the field on the screen.</summary>
    public static string Label(string path) => path == "/diagnoses/0" ? "Why (diagnosis)" : path[(path.LastIndexOf('/') + 1)..] switch
    {
        "serviceDate" => "Day",
        "role" => "Role",
        "supervision" => "Supervision",
        "drug" => "Drug",
        "dose" => "Dose",
        "route" => "Route",
        "site" => "Site",
        "ndc" => "NDC",
        "lot" => "Lot",
        "expires" => "Expires",
        "container" => "Kind of vial",
        "containerAmount" => "Container holds",
        "discarded" => "Thrown away",
        "witness" => "Who saw it",
        "indication" => "Reason in words",
        "response" => "Reaction",
        "observed" => "Minutes observed",
        "start" => "Began",
        "stop" => "Ended",
        "by" => "Ordered by",
        "on" => "Ordered on",
        "standing" => "Standing order",
        "given" => "Given",
        _ => "Part of one ordered dose in several sticks",
    };
}
