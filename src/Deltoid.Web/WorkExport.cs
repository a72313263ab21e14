using System.Globalization;
using System.Text;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>A worklist as rows for a spreadsheet. No cell is taken for a formula; the look is in the trail.</summary>
static class WorkExport
{
    /// <summary>The most rows of a file.</summary>
    public const int Most = 20_000;

    public static async Task<IResult> Save(HttpContext context, PracticeDb db, TimeProvider clock,
        CancellationToken stop)
    {
        var filter = WorkFilter.Parse(context.Request.QueryString.Value);
        var people = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
            .ToDictionaryAsync(static u => u.Id, static u => u.Name, stop);
        var found = WorkFilter.InOrder(filter.Of(db).AsNoTracking()).Take(Most + 1);
        var claims = await found.Select(static c => new WorkRow(
            c.Id, c.Number, c.Life, c.Patient.Family, c.Patient.Given, c.ServiceDate, c.Payer.Name, c.Charge, c.Errors,
            c.Warnings, c.Why, c.FileBy, c.Rank, c.OwnerId, c.SnoozedUntil, c.Cause)).ToListAsync(stop);
        var text = new StringBuilder();
        Csv.AddRow(text, T("Claim"), T("State"), T("Patient"), T("Day"), T("Payer"), T("Charge"), T("To mend"),
            T("Why it is here"), T("File by"), T("Who"));
        foreach (var row in claims.Take(Most))
            Csv.AddRow(text, row.Number, T(AsShown.Of(row.Life)), $"{row.Family}, {row.Given}", AsShown.Day(row.Day),
                row.Payer, (row.Charge / 100m).ToString("0.00", CultureInfo.InvariantCulture),
                row.Errors.ToString(CultureInfo.InvariantCulture), row.Why,
                row.FileBy is { } by ? AsShown.Day(by) : "",
                row.Owner is { } owner ? people.GetValueOrDefault(owner, "") : "");
        if (claims.Count > Most) // the list has more, and a sum would miss them
            Csv.AddRow(text, T("Only the first {0} claims: choose a smaller list.", AsShown.Count(Most)));
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "export", "worklist",
                string.Create(CultureInfo.InvariantCulture, $"{Math.Min(claims.Count, Most)} claims as CSV"));
            return Task.FromResult(0);
        }, stop);
        return TypedResults.File(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv", "worklist.csv");
    }
}
