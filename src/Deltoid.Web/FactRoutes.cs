using System.Text.Json;
using Deltoid.Results.Letters;
using Deltoid.Rules;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>A field of a fact as the page shows it.</summary>
/// <param name="Words">The words that it takes; empty: any text.</param>
public sealed record FactInput(string Name, string Hint, bool IsRequired, bool IsDay, IReadOnlyList<string> Words);

/// <summary>What the page of a claim's record shows.</summary>
/// <param name="Asked">Facts that the payer's answer asks for, each with what it decides.</param>
public sealed record FactView(StoredClaim Claim, IReadOnlyList<(string Fact, string Decides)> Asked,
    IReadOnlyList<RecordedFact> Facts, IReadOnlyList<string> Kinds)
{
    /// <summary>The fact that is being written.</summary>
    public string Kind { get; init; } = "";

    public IReadOnlyList<FactInput> Fields { get; init; } = [];

    public IFormCollection? Typed { get; init; }

    public string Fault { get; init; } = "";
}

/// <summary>Facts of the record of a claim: what an answer asks for is written here, and answers it again.</summary>
static class FactRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/claims/{id:long}/record", Show).Needs(Permission.ReadClaims);
        app.MapPost("/claims/{id:long}/record", Add)
            .Takes(static (_, name) => IsField(name), "fact", "is", "where").Needs(Permission.EditClaims);
        app.MapPost("/claims/{id:long}/record/withdraw", Withdraw).Needs(Permission.EditClaims);
    }

    /// <summary>Before the name of a field of a fact in a form.</summary>
    const string OfFact = "field.";

    static bool IsField(string name) => name.StartsWith(OfFact, StringComparison.Ordinal) && FactKinds.Shipped.All
        .Any(k => k.Fields.Any(f => name.AsSpan(OfFact.Length).SequenceEqual(f.Name)));

    static async Task<IResult> Show(long id, [FromQuery] string? fact, PracticeDb db, TimeProvider clock)
    {
        if (await Load(db, id, fact ?? "") is not { } view) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"claim/{id}", "record");
            return Task.FromResult(0);
        });
        return new RazorComponentResult<FactPage>(new { View = view });
    }

    static async Task<FactView?> Load(PracticeDb db, long id, string kind)
    {
        if (await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id) is not { } claim) return null;
        var named = FactKinds.Shipped.Find(kind);
        return new(claim, Asked(claim.Answer), await RecordFacts.Of(db, claim),
            [.. FactKinds.Shipped.All.Select(static k => k.Name).OrderBy(FactStatements.Shipped.LabelOf,
                StringComparer.Ordinal)])
        {
            Kind = named?.Name ?? "",
            Fields = [.. (named?.Fields ?? []).Select(static f => new FactInput(f.Name, HintOf(f.Type), f.IsRequired,
                f.Type is FactType.Day, f.Type is FactType.Flag ? ["true", "false"] : f.Words))],
        };
    }

    static List<(string, string)> Asked(string? answer)
    {
        if (answer is null) return [];
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("questions", out var questions)
            ? [.. questions.EnumerateArray().Select(static q => (q.GetProperty("fact").GetString()!,
                q.GetProperty("decides").GetString()!))] : [];
    }

    static string HintOf(FactType type) => type switch
    {
        FactType.Days => "2026-03-02, 2026-04-02", FactType.Moment => "2026-07-15T08:50", FactType.Code => "96372",
        FactType.Codes => "96372, J3420", FactType.Number => "2", FactType.Money => "30.00",
        FactType.Ndc => "00517-0031-25", FactType.Words or FactType.Texts => "with commas between",
        _ => "",
    };

    static async Task<IResult> Add(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        var kind = form["fact"].ToString();
        if (await Load(db, id, kind) is not { } view) return TypedResults.NotFound();
        try
        {
            await RecordFacts.Add(db, engine, id, kind, form["is"].ToString() != "no",
                view.Fields.ToDictionary(static f => f.Name, f => form[OfFact + f.Name].ToString()),
                form["where"].ToString(), clock.Now());
            return TypedResults.Redirect($"/claims/{id}/record");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return new RazorComponentResult<FactPage>(new
            {
                View = view with { Typed = form, Fault = $"{e.At} {e.Message}. {e.Try}".Trim() },
            }) { StatusCode = 422 };
        }
    }

    static async Task<IResult> Withdraw(long id, [FromForm] long fact, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        if (!await db.Claims.AnyAsync(c => c.Id == id)) return TypedResults.NotFound();
        await RecordFacts.Withdraw(db, engine, id, fact, clock.Now());
        return TypedResults.Redirect($"/claims/{id}/record");
    }
}
