using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Where files go, and those that a person has to decide about.</summary>
static class ClearinghouseRoutes
{
    const int MostFiles = 50;

    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/clearinghouse", static (PracticeDb db) => Page(db, null)).Needs(Permission.Own);
        app.MapPost("/settings/clearinghouse", Save).Takes("Host", "Port", "User", "Password", "PrivateKey",
            "Fingerprint", "Outbound", "Inbound", "IsOn").Needs(Permission.Own);
        app.MapPost("/settings/clearinghouse/{id:long}", Decide).Takes("act")
            .About<Transmission>().Needs(Permission.Own);
    }

    static async Task<IResult> Page(PracticeDb db, ClearinghouseForm? typed, string fault = "", bool isSaved = false)
    {
        var kept = await db.Clearinghouses.AsNoTracking().FirstOrDefaultAsync();
        return new RazorComponentResult<ClearinghousePage>(new
        {
            Kept = kept, Fault = fault, IsSaved = isSaved,
            Form = typed ?? (kept is null ? new("", 22, "", "", "", "", "", "", true)
                : new(kept.Host, kept.Port, kept.User, "", "", kept.Fingerprint, kept.Outbound, kept.Inbound,
                    kept.IsOn)),
            Files = await (from sent in db.Transmissions.AsNoTracking()
                join file in db.Files on sent.FileId equals file.Id
                where sent.State != TransmissionState.Delivered && sent.State != TransmissionState.Left
                orderby sent.State descending, sent.Id
                select new FileUnderWay(sent.Id, file.Id, file.Name, sent.State, sent.Says)).Take(MostFiles)
                .ToListAsync(),
        })
        {
            StatusCode = fault.Length > 0 ? 422 : 200
        };
    }

    static async Task<IResult> Save(IFormCollection form, PracticeDb db, FieldKeys keys, TimeProvider clock)
    {
        string Text(string name) => form[name].ToString().Trim();
        var typed = new ClearinghouseForm(Text("Host"), int.TryParse(Text("Port"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var port) ? port : 0, Text("User"), form["Password"].ToString(),
            form["PrivateKey"].ToString(), Text("Fingerprint"), Text("Outbound"), Text("Inbound"),
            form["IsOn"] == "true");
        try
        {
            if (typed.PrivateKey.Length > 0) ClearinghouseHost.KeyOf(typed.PrivateKey).Dispose();
            await Transmitting.Set(db, keys, typed, clock.Now());
            return await Page(db, null, isSaved: true);
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, typed with { Password = "", PrivateKey = "" },
                $"{Results.Sentence.Capital(e.Message)}: {e.Try}.");
        }
    }

    static async Task<IResult> Decide(long id, IFormCollection form, PracticeDb db, TimeProvider clock) =>
        await Transmitting.Decide(db, id, form["act"].ToString() switch
        {
            "arrived" => TransmissionState.Delivered, "again" => TransmissionState.Waiting,
            _ => TransmissionState.Left,
        }, clock.Now()) ? TypedResults.Redirect("/settings/clearinghouse") : TypedResults.NotFound();
}

/// <summary>A file that has not arrived yet, or may have.</summary>
public sealed record FileUnderWay(long Id, long FileId, string Name, TransmissionState State, string Says);
