using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.WebBench;

/// <summary>A claim with a visit, an injection and a drug, charted as the application charts.</summary>
static class ChartedClaim
{
    public static async Task<StoredClaim> Of(PracticeDb db, Engine engine)
    {
        var patient = await db.Patients.OrderBy(static p => p.Id).FirstAsync();
        return await Visits.Chart(db, engine, patient, await db.Locations.FirstAsync(),
            await db.Payers.OrderBy(static p => p.Id).FirstAsync(), Document, DateTime.UtcNow);
    }

    static string Document(string number)
    {
        var visit = Visit();
        visit["billing"] = new JsonObject { ["id"] = number };
        return visit.ToJsonString();
    }

    /// <summary>The visit: a problem that is looked at, and the shot.</summary>
    public static JsonObject Visit() => new()
    {
        ["serviceDate"] = "2026-03-02", ["placeOfService"] = "11", ["setting"] = "professional",
        ["payer"] = new JsonObject { ["kind"] = "medicare", ["id"] = "MEDICARE-B", ["state"] = "IL" },
        ["patient"] = new JsonObject { ["birthDate"] = "1958-04-09", ["sex"] = "F", ["established"] = true },
        ["diagnoses"] = new JsonArray("D51.0"),
        ["visits"] = new JsonArray(new JsonObject { ["code"] = "99213", ["separateNote"] = true }),
        ["administrations"] = new JsonArray(new JsonObject
        {
            ["id"] = "a1", ["drug"] = "cyanocobalamin", ["dose"] = "1000 mcg", ["route"] = "IM",
            ["site"] = "left deltoid", ["container"] = "single-dose", ["containerAmount"] = "1000 mcg",
            ["ndc"] = "00517-0031-25", ["lot"] = "XYZ2025", ["expires"] = "2027-03", ["source"] = "stock",
        }),
    };
}
