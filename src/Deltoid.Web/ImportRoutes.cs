using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>A file that is about to be imported, kept for its person until it is taken or left.</summary>
/// <param name="Columns">For each column of the file the name of ours; empty: it is left out.</param>
sealed record ImportDraft(string Text, IReadOnlyList<string> Columns);

/// <summary>
/// Import from CSV. A preview runs the whole import and takes it back, so it shows exactly what saving will do; nothing
/// is saved before a person says so.
/// </summary>
static class ImportRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/import", static IResult () => new RazorComponentResult<ImportIndex>()).Needs(Permission.SetUp);
        app.MapGet("/settings/import/{kind}", Show).Needs(Permission.SetUp);
        app.MapPost("/settings/import/{kind}", Give).Takes("file", "text").Needs(Permission.SetUp);
        app.MapPost("/settings/import/{kind}/columns", Choose)
            .Takes(static (_, name) => name.StartsWith("column-", StringComparison.Ordinal)).Needs(Permission.SetUp);
        app.MapPost("/settings/import/{kind}/confirm", Confirm).Takes("mark").Needs(Permission.SetUp);
        app.MapPost("/settings/import/{kind}/failed", Failed).Needs(Permission.SetUp);
        app.MapPost("/settings/import/{kind}/leave", Leave).Needs(Permission.SetUp);
    }

    internal static ImportKind? Of(string name) => ImportKinds.All.FirstOrDefault(k => k.Name == name);

    static string FormOf(ImportKind kind) => "import/" + kind.Name;

    static async Task<Draft?> Kept(PracticeDb db, ImportKind kind)
    {
        var form = FormOf(kind);
        return await db.Drafts.FirstOrDefaultAsync(d => d.PersonId == db.PersonId && d.Form == form);
    }

    static ImportDraft Read(Draft draft) => JsonSerializer.Deserialize<ImportDraft>(draft.Document)!;

    static string MarkOf(Draft draft) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(draft.Document)))[..16];

    static RazorComponentResult<ImportPage> Page(ImportKind kind, ImportView? view, string fault = "",
        string typed = "") =>
        new(new { Kind = kind.Name, View = view, Fault = fault, Typed = typed })
        {
            StatusCode = fault.Length > 0 ? 422 : 200,
        };

    static async Task<IResult> Show(string kind, PracticeDb db, Engine engine, TimeProvider clock) =>
        Of(kind) is not { } of ? TypedResults.NotFound()
        : await Kept(db, of) is { } draft ? Page(of, await Run(db, engine, clock, of, draft, isSaved: false))
        : Page(of, null);

    /// <summary>A file or a text was given: guesses the columns, and shows what would come of it.</summary>
    static async Task<IResult> Give(string kind, HttpContext context, PracticeDb db, Engine engine, TimeProvider clock)
    {
        if (Of(kind) is not { } of) return TypedResults.NotFound();
        var form = await context.Request.ReadFormAsync();
        var text = form["text"].ToString();
        try
        {
            if (form.Files.GetFile("file") is { Length: > 0 } file)
            {
                if (file.Length > ImportTable.MostBytes) ImportTable.TextOf(new byte[ImportTable.MostBytes + 1]);
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes);
                text = ImportTable.TextOf(bytes.ToArray());
            }
            var table = ImportTable.Read(text);
            await Keep(db, clock, of, new(text, Guess(of, table)));
        }
        catch (InputException e)
        {
            return Page(of, null, $"{e.Message} {e.Try}".Trim(), form["text"].ToString());
        }
        return TypedResults.Redirect($"/settings/import/{kind}");
    }

    /// <summary>The column of ours that each header names; each of ours once.</summary>
    static List<string> Guess(ImportKind kind, ImportTable table)
    {
        var free = kind.Columns.ToList();
        return [.. table.Headers.Select(header =>
        {
            var column = free.Find(c => c.IsNamed(header));
            if (column is not null) free.Remove(column);
            return column?.Name ?? "";
        })];
    }

    static async Task Keep(PracticeDb db, TimeProvider clock, ImportKind kind, ImportDraft draft)
    {
        var (text, now) = (JsonSerializer.Serialize(draft), clock.Now());
        await db.Change(async _ =>
        {
            if (await Kept(db, kind) is { } known) (known.Document, known.At) = (text, now);
            else
                db.Drafts.Add(new()
                {
                    PersonId = db.PersonId!.Value, Form = FormOf(kind), Document = text, At = now,
                });
            return 0;
        });
    }

    static async Task<IResult> Choose(string kind, IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        if (Of(kind) is not { } of) return TypedResults.NotFound();
        if (await Kept(db, of) is not { } draft) return TypedResults.Redirect($"/settings/import/{kind}");
        var read = Read(draft);
        var chosen = read.Columns.Select((was, i) =>
            form.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"column-{i}"), out var name)
            && (name.ToString().Length == 0 || of.Columns.Any(c => c.Name == name.ToString())) ? name.ToString() : was)
            .ToList();
        await Keep(db, clock, of, read with { Columns = chosen });
        return TypedResults.Redirect($"/settings/import/{kind}");
    }

    static async Task<IResult> Confirm(string kind, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        if (Of(kind) is not { } of) return TypedResults.NotFound();
        if (await Kept(db, of) is not { } draft || MarkOf(draft) != form["mark"].ToString())
            return TypedResults.Redirect($"/settings/import/{kind}"); // another file than the one that was shown
        return Page(of, await Run(db, engine, clock, of, draft, isSaved: true));
    }

    static async Task<IResult> Leave(string kind, PracticeDb db)
    {
        if (Of(kind) is not { } of) return TypedResults.NotFound();
        await db.Change(async _ =>
        {
            if (await Kept(db, of) is { } draft) db.Drafts.Remove(draft);
            return 0;
        });
        return TypedResults.Redirect($"/settings/import/{kind}");
    }

    /// <summary>The rows that were not taken, as they came, each with its reason.</summary>
    static async Task<IResult> Failed(string kind, PracticeDb db, Engine engine, TimeProvider clock)
    {
        if (Of(kind) is not { } of) return TypedResults.NotFound();
        if (await Kept(db, of) is not { } draft) return TypedResults.Redirect($"/settings/import/{kind}");
        var view = await Run(db, engine, clock, of, draft, isSaved: false);
        var text = new StringBuilder();
        Csv.AddRow(text, [.. view.Headers, T("Reason")]);
        foreach (var row in view.Rows.Where(static r => r.Outcome == ImportOutcome.Failed))
            Csv.AddRow(text, [.. view.Headers.Select((_, i) => i < row.Cells.Length ? row.Cells[i] : ""), row.Reason]);
        return TypedResults.File(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv", $"{kind}-failed.csv");
    }

    /// <summary>Takes a change back whole: the preview has seen what it would do.</summary>
    sealed class TakenBack : Exception;

    static async Task<ImportView> Run(PracticeDb db, Engine engine, TimeProvider clock, ImportKind kind, Draft draft,
        bool isSaved)
    {
        var (read, mark) = (Read(draft), MarkOf(draft));
        var table = ImportTable.Read(read.Text);
        var view = new ImportView
        {
            Headers = table.Headers, Columns = read.Columns, Mark = mark, IsSaved = isSaved, Count = table.Rows.Count,
            Missing = [.. kind.Columns.Where(c => c.IsRequired && !read.Columns.Contains(c.Name))
                .Select(static c => c.Label)],
        };
        if (view.Missing.Count > 0) return view with { IsSaved = false };
        var run = new ImportRun(db, engine, clock.Now(),
            clock.Today());
        db.ChangeTracker.Clear();
        var rows = new List<ImportedRow>();
        try
        {
            await db.Change(async _ =>
            {
                var taker = await kind.Begin(run);
                foreach (var (line, cells) in table.Rows) rows.Add(await Take(kind, taker, read, line, cells));
                await taker.End();
                if (!isSaved) throw new TakenBack();
                db.Record(run.Now, "import", FormOf(kind), $"{rows.Count} rows");
                if (rows.TrueForAll(static r => r.Outcome != ImportOutcome.Failed)
                    && await Kept(db, kind) is { } kept) db.Drafts.Remove(kept);
                return 0;
            });
        }
        catch (TakenBack)
        {
            db.ChangeTracker.Clear();
        }
        return view with { Rows = rows };
    }

    static async Task<ImportedRow> Take(ImportKind kind, ImportTaker taker, ImportDraft read, int line, string[] cells)
    {
        var (named, faults) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        for (var i = 0; i < read.Columns.Count && i < cells.Length; i++)
            if (kind.Columns.FirstOrDefault(c => c.Name == read.Columns[i]) is { } column)
                named[column.Name] = column.Normal(cells[i]);
        if (cells.Length > read.Columns.Count)
            faults[""] = T("The row has {0} cells, and the first line names {1}.", cells.Length, read.Columns.Count);
        taker.Kept.Clear();
        var outcome = faults.Count > 0 ? ImportOutcome.Failed : await taker.Take(named, faults);
        return new(line, cells, outcome, faults) { Kept = new Dictionary<string, string>(taker.Kept) };
    }
}

/// <summary>What the page of an import shows.</summary>
public sealed record ImportView
{
    public required IReadOnlyList<string> Headers { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Of the file and its columns: what is confirmed is what was shown.</summary>
    public required string Mark { get; init; }

    public bool IsSaved { get; init; }

    public int Count { get; init; }

    /// <summary>Columns that must be chosen first.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<ImportedRow> Rows { get; init; } = [];

    public int Of(ImportOutcome outcome) => Rows.Count(r => r.Outcome == outcome);
}
