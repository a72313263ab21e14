using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Claims of the sample practice, charted from the examples, with mistakes that people make.</summary>
static class ChartedClaims
{
    static readonly DateTime Now = new(2026, 3, 12, 15, 0, 0, DateTimeKind.Utc);

    public static Engine EngineOf(ServedPractice served) => served.App.Services.GetRequiredService<Engine>();

    public static CodeBooks BooksOf(ServedPractice served) => served.App.Services.GetRequiredService<CodeBooks>();

    /// <summary>Charts an example, with the billing of the B12 shot and charges for its codes.</summary>
    public static Task<StoredClaim> Chart(ServedPractice served, string example, string payer = "medicare",
        params (string Field, string Text)[] mistakes) => served.InStore(async db =>
    {
        var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .OrderBy(static p => p.Id).FirstAsync();
        var claim = await Visits.Chart(db, EngineOf(served), patient, await db.Locations.FirstAsync(),
            await PayerOf(db, payer), number => Document(example, number, payer), Now);
        if (mistakes.Length == 0) return claim;
        var edited = await Editing.Save(db, EngineOf(served), claim.Id, 1,
            mistakes.ToDictionary(static m => m.Field, static m => m.Text), Now, "typed over");
        Assert.True(edited.IsSaved);
        return edited.Claim;
    });

    static async Task<Payer> PayerOf(PracticeDb db, string kind)
    {
        if (await db.Payers.FirstOrDefaultAsync(p => p.Kind == kind) is { } known) return known;
        var payer = new Payer { Name = "Plan " + kind, Number = kind.ToUpperInvariant(), Kind = kind,
            Filing = kind == "medicaid" ? "MC" : "CI" };
        db.Payers.Add(payer);
        await db.SaveChangesAsync();
        return payer;
    }

    internal static string Document(string example, string number, string payer)
    {
        var visit = Read(example);
        var billing = Read("b12-shot-billing")["billing"]!.DeepClone();
        billing["id"] = number;
        billing["charges"] = JsonNode.Parse("""
            { "96372": 38, "99202": 165, "J1885": 15, "J1010": 0.5, "J3420": 12.5 }
            """);
        if (payer != "medicare")
        {
            visit["payer"] = new JsonObject { ["kind"] = payer, ["id"] = payer.ToUpperInvariant(), ["state"] = "IL" };
            billing["payer"] = new JsonObject
            {
                ["kind"] = payer, ["id"] = payer.ToUpperInvariant(), ["name"] = "Plan " + payer,
                ["filing"] = payer == "medicaid" ? "MC" : "CI",
            };
        }
        visit["billing"] = billing;
        return visit.ToJsonString();
    }

    static JsonObject Read(string example) => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "examples", example + ".json")))!.AsObject();

    /// <summary>Ketorolac 30 mg beside a new patient's visit: 25 is missing, and so is one of two units.</summary>
    public static Task<StoredClaim> Toradol(ServedPractice served) =>
        Chart(served, "ketorolac-new-patient", mistakes: [("line.1.modifiers", ""), ("line.3.units", "1")]);

    /// <summary>Depo-Medrol and B12 in two arms: XS is missing, and the drug has a code that was retired.</summary>
    public static Task<StoredClaim> TwoShots(ServedPractice served) =>
        Chart(served, "steroid-and-b12", mistakes:
            [("line.2.code", "J1030"), ("line.2.units", "1"), ("line.3.modifiers", "")]);

    /// <summary>B12 for Medicaid, which asks for the NDC; the chart has it, the claim does not.</summary>
    public static Task<StoredClaim> WithoutNdc(ServedPractice served) =>
        Chart(served, "b12-shot-billing", "medicaid",
            ("line.2.ndc", ""), ("line.2.ndcUnit", ""), ("line.2.ndcQuantity", ""));
}
