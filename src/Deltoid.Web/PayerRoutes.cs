using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>A payer's room: which rules judge its claims, its limits, and its contract, row by row.</summary>
static class PayerRoutes
{
    const int LongestContract = 4 << 20;

    static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    /// <summary>Fields of a row of a contract, and of the contract as a whole.</summary>
    static readonly string[] Words = ["from", "thru", "method", "source"],
        Numbers = ["percent", "amount", "year", "factor", "relativeValue"],
        GeneralWords = ["locality", "multipleProcedures"], YesOrNo = ["lesserOfCharge", "sequestration"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/payers/{id:long}", Show).Needs(Permission.SetUp);
        app.MapPost("/settings/payers/{id:long}", SaveTerms)
            .Takes(["mark", "plan", "contracted", .. PayerView.Limits.Select(static l => l.Name)])
            .Needs(Permission.SetUp);
        app.MapPost("/settings/payers/{id:long}/contract", SaveContract)
            .Takes(["mark", "act", "json", "place", "codes", "group", .. Words, .. Numbers, .. GeneralWords,
                .. YesOrNo])
            .Needs(Permission.SetUp);
    }

    static async Task<IResult> Show(long id, PracticeDb db, Engine engine, TimeProvider clock,
        [FromQuery] string? saved) => await Load(db, engine, clock, id) is { } view
            ? Page(view with { Saved = saved ?? "" }) : TypedResults.NotFound();

    static RazorComponentResult<PayerPage> Page(PayerView view, int status = 200) =>
        new(new { View = view }) { StatusCode = status };

    static async Task<PayerView?> Load(PracticeDb db, Engine engine, TimeProvider clock, long id)
    {
        if (await db.Payers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id) is not { } payer) return null;
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId);
        var locality = await db.Locations.AsNoTracking().OrderBy(static l => l.Id).Select(static l => l.Locality)
            .FirstOrDefaultAsync() ?? "";
        var today = clock.Today();
        return new(payer, PayerWords.Of(engine.Book, payer, practice.Address.State, locality, today))
        {
            Mark = MarkOf(payer), Fields = JsonNode.Parse(payer.Terms)!.AsObject(),
            Rows = payer.Contract.Length == 0 ? null : [.. Agreements.ReadContract(payer.Contract).Rates
                .Select(static r => new ContractRow(r.Number, r.CodesText, r.MethodText, r.Dates.From,
                    r.Dates.ThruDay == int.MaxValue ? null : DateOnly.FromDayNumber(r.Dates.ThruDay), r.Source))],
        };
    }

    /// <summary>Of the texts that a form was opened with: a save of others is refused.</summary>
    static string MarkOf(Payer payer) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(payer.Terms + "\n" + payer.Contract)))[..16];

    static Task<IResult> SaveTerms(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock) =>
        Save(id, form, db, engine, clock, "terms", payer =>
        {
            var terms = payer.Terms;
            foreach (var (name, _, _) in PayerView.Limits)
                terms = Agreements.With(terms, name, form[name].ToString().Trim());
            payer.Terms = Agreements.With(Agreements.With(terms, "plan", form["plan"].ToString().Trim()), "contracted",
                form["contracted"].ToString());
        });

    static Task<IResult> SaveContract(long id, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock) => Save(id, form, db, engine, clock, "contract", payer =>
        {
            var made = form["act"].ToString() switch
            {
                "row" => WithRow(payer.Contract, form),
                "general" => WithGeneral(payer.Contract, form),
                "json" => form["json"].ToString().Trim(),
                var act when act.StartsWith("remove-", StringComparison.Ordinal) => Without(payer.Contract, act),
                _ => payer.Contract,
            };
            if (made.Length > LongestContract)
                throw new InputException("", T("The contract is too long."), T("Cut it to the codes you bill."));
            if (made.Length > 0) Agreements.ReadContract(made);
            payer.Contract = made;
        });

    static JsonObject Parsed(string contract) => contract.Length == 0 ? new() { ["rates"] = new JsonArray() }
        : JsonNode.Parse(contract)!.AsObject();

    /// <summary>The contract with the row that was typed, as its last one or in the place of another.</summary>
    static string WithRow(string contract, IFormCollection form)
    {
        var all = Parsed(contract);
        var row = new JsonObject();
        var codes = form["codes"].ToString().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (codes.Length > 0)
            row["codes"] = new JsonArray([.. codes.Select(static c => (JsonNode?)c.ToUpperInvariant())]);
        else if (form["group"].ToString() is "otherwise") row["otherwise"] = true;
        else if (form["group"].ToString() is { Length: > 0 } group) row["group"] = group;
        foreach (var name in Words)
            if (form[name].ToString().Trim() is { Length: > 0 } text) row[name] = text;
        foreach (var name in Numbers)
            if (form[name].ToString().Trim() is { Length: > 0 } text)
                row[name] = decimal.TryParse(text.TrimStart('$').TrimEnd('%'), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out var number) ? number
                    : throw new InputException("", T("“{0}” is no number.", text), T("Write it as 110 or 30.00."));
        var rates = all["rates"]!.AsArray();
        if (int.TryParse(form["place"], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place >= 1 && place <= rates.Count) rates[place - 1] = row;
        else rates.Add((JsonNode)row);
        return all.ToJsonString(Written);
    }

    static string Without(string contract, string act)
    {
        var all = Parsed(contract);
        var rates = all["rates"]!.AsArray();
        if (int.TryParse(act.AsSpan("remove-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place >= 1 && place <= rates.Count) rates.RemoveAt(place - 1);
        return rates.Count == 0 ? "" : all.ToJsonString(Written);
    }

    static string WithGeneral(string contract, IFormCollection form)
    {
        var all = Parsed(contract);
        foreach (var name in GeneralWords)
            Put(all, name, form[name].ToString().Trim() is { Length: > 0 } text ? JsonValue.Create(text) : null);
        foreach (var name in YesOrNo)
            Put(all, name, form[name].ToString() is "true" or "false" ? JsonValue.Create(form[name] == "true") : null);
        return all.ToJsonString(Written);
    }

    static void Put(JsonObject all, string name, JsonNode? value)
    {
        if (value is null) all.Remove(name);
        else all[name] = value;
    }

    /// <summary>One change: what the form says, if nobody was faster and it reads; open claims follow it.</summary>
    static async Task<IResult> Save(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock,
        string part, Action<Payer> act)
    {
        var now = clock.Now();
        var (fault, clash) = ("", "");
        try
        {
            var isSaved = await db.Change(async _ =>
            {
                var payer = await db.Payers.FirstOrDefaultAsync(p => p.Id == id)
                    ?? throw new InputException("", T("This is not here any more."), T("Load the page again."));
                if (form["mark"] != MarkOf(payer))
                {
                    var (who, at) = await SettingSave.LastChange(db, $"payer/{id}");
                    clash = T("{0} has changed this payer in the meantime ({1}).", who, at);
                    return false;
                }
                act(payer);
                if (SettingSave.Changes(db.Entry(payer)) is not { Count: > 0 } changes) return true;
                db.Record(now, "change", $"payer/{id}", part, changes);
                await Agreements.ApplyToOpen(db, engine, payer, now);
                return true;
            });
            if (isSaved) return TypedResults.Redirect($"/settings/payers/{id}?saved={part}#{part}");
        }
        catch (InputException e)
        {
            fault = $"{(e.At.Length > 0 ? e.At + ": " : "")}{e.Message}. {e.Try}".Trim();
        }
        catch (JsonException)
        {
            fault = T("This is no JSON: a bracket, a comma or a quotation mark is missing or too many.");
        }
        db.ChangeTracker.Clear();
        return await Load(db, engine, clock, id) is { } view
            ? Page(view with { Fault = fault, Clash = clash, Part = part, Typed = form }, 422)
            : TypedResults.NotFound();
    }
}

/// <summary>A row of a contract, in words.</summary>
public sealed record ContractRow(int Number, string Codes, string Price, DateOnly? From, DateOnly? Thru, string Source);

/// <summary>What the page of a payer shows.</summary>
/// <param name="Rules">How the engine judges its claims, in words.</param>
public sealed record PayerView(Payer Payer, IReadOnlyList<(string Name, string Says)> Rules)
{
    public required string Mark { get; init; }

    /// <summary>The limits as they stand.</summary>
    public required JsonObject Fields { get; init; }

    /// <summary>The contract, row by row; null: there is none.</summary>
    public IReadOnlyList<ContractRow>? Rows { get; init; }

    /// <summary>What was saved: terms or contract.</summary>
    public string Saved { get; init; } = "";

    public string Fault { get; init; } = "";

    public string Clash { get; init; } = "";

    /// <summary>Which form was not saved, and what was typed in it.</summary>
    public string Part { get; init; } = "";

    public IFormCollection? Typed { get; init; }

    public static readonly (string Name, string Label, string Hint)[] Limits =
    [
        ("timelyDays", "Days to file a first claim", "90"), ("correctedDays", "Days for a corrected claim", "180"),
        ("appealDays", "Days to appeal", "180"), ("recordsDays", "Days to send records", "45"),
        ("refundDays", "Days to refund an overpayment", "60"),
    ];

    /// <summary>A field of a form: what was typed where it was not saved, else as it stands.</summary>
    public string Value(string part, string name, string stands) =>
        Part == part && Typed is { } typed ? typed[name].ToString() : stands;
}
