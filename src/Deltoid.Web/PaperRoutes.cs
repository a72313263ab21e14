using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Payments that came on paper: typed, then looked at and posted as every other payment.</summary>
static class PaperRoutes
{
    const string Path = "/remittances/paper";

    public static void Map(WebApplication app)
    {
        app.MapGet(Path, static (PracticeDb db) => Page(db, new(static _ => ""), [], null)).Needs(Permission.Post);
        app.MapPost(Path, Take).Takes(static (_, name) => PaperForm.IsField(name), "key", "act", "payer", "trace",
            "day", "amount", "claims").Needs(Permission.Post);
    }

    static async Task<IResult> Page(PracticeDb db, PaperForm form, IReadOnlyList<PaperRow> rows, InputException? fault)
        => new RazorComponentResult<PaperPage>(new
        {
            Form = form, Rows = rows, Fault = fault,
            Payers = await db.Payers.AsNoTracking().OrderBy(static p => p.Name).ToListAsync(),
        }) { StatusCode = fault is null ? 200 : 422 };

    static async Task<IResult> Take(IFormCollection sent, PracticeDb db, JobHost host, TimeProvider clock,
        CancellationToken stop)
    {
        var form = new PaperForm(field => sent[field].ToString());
        IReadOnlyList<PaperRow> rows = [];
        try
        {
            rows = await form.Rows(db, stop);
            foreach (var row in rows) await Looks.Record(db, clock, $"claim/{row.Claim.Id}", "paper");
            if (form["act"] != "keep") return await Page(db, form, rows, null);
            var bytes = await PaperPayments.Write(db, form.Payment(rows), clock.Today(), stop);
            var job = await Jobs.Ask(db, new()
            {
                Key = Guid.TryParse(form["key"], out var key) ? key : Guid.NewGuid(), Kind = JobKind.LookAt,
                Name = $"paper {form["trace"].Trim()}.835", At = clock.Now(),
            }, bytes, stop);
            await host.Publish(job, stop);
            await FileRoutes.Wait(db, [job], stop);
            return TypedResults.Redirect("/remittances");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, form, rows, e);
        }
    }
}
