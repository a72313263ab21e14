using System.Globalization;
using Deltoid.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>Screen 6: the claim editor.</summary>
static class ClaimRoutes
{
    public static void Map(WebApplication app)
    {
        var claims = app.OfClaims();
        claims.MapGet("/claims/{id:long}", Show).Needs(Permission.ReadClaims);
        claims.MapGet("/claims/{id:long}/x12", ShowX12).Needs(Permission.ReadClaims);
        claims.MapGet("/claims/{id:long}/here", SayWhoIsHere).Needs(Permission.ReadClaims).Unattended();
        claims.MapPost("/claims/{id:long}/check", Check).TakesClaim().Needs(Permission.ReadClaims);
        claims.MapPost("/claims/{id:long}", Save).TakesClaim().Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/attest", Attest).Takes("what", "answer", "reason")
            .Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/restore", Restore).Takes("version", "list").Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/draft", KeepDraft).TakesClaim().Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/draft/forget", ForgetDraft).Takes("list").Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/compare", Compare).TakesClaim().Needs(Permission.ReadClaims);
        claims.MapGet("/claims/{id:long}/x12/beside", ShowBeside).Needs(Permission.ReadClaims);
    }

    /// <summary>The form of a claim: its fields, which version they are of, and where the person came from.</summary>
    static RouteHandlerBuilder TakesClaim(this RouteHandlerBuilder route) =>
        route.Takes(static (_, name) => FormFields.IsField(name), "version", "list", "act");

    /// <summary>Routes of a claim: one that the practice does not have is not found, whatever the form says.</summary>
    internal static RouteGroupBuilder OfClaims(this WebApplication app) => app.MapGroup("").About<StoredClaim>();

    static async Task<IResult> Show(long id, HttpContext context, PracticeDb db, Engine engine, TimeProvider clock,
        [FromQuery] string? list, [FromQuery] string? saved)
    {
        if (await ClaimView.Load(db, engine, id, list ?? "", context.User) is not { } view)
            return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"claim/{id}");
            return Task.FromResult(0);
        });
        view = await ClaimDrafts.Restored(db, view);
        return Page(view with { Note = saved is null ? "" : SavedNote(view, saved) });
    }

    static string SavedNote(ClaimView view, string saved) => T("Saved as version {0}.", view.Stored.Version)
        + (saved == "held" ? " " + T("It was not sent: look at what is wrong with it.") : "")
        + (saved == "merged" ? " " + T("What a colleague changed meanwhile is kept: the history shows both.") : "");

    static RazorComponentResult<ClaimPage> Page(ClaimView view) => new(new { View = view });

    /// <summary>The fields as they are in the form, checked; nothing is kept.</summary>
    static async Task<IResult> Check(long id, HttpContext context, IFormCollection form, PracticeDb db, Engine engine)
    {
        var stored = await db.Claims.AsNoTracking().Include(static c => c.Payer).FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return TypedResults.NotFound();
        try
        {
            var claim = await Editing.Draft(db, stored, int.TryParse(form["version"], NumberStyles.None,
                CultureInfo.InvariantCulture, out var version) ? version : stored.Version, FieldsOf(form));
            var problems = (await ClaimView.ProposalsOf(db, engine, stored)).Of(claim);
            // with the first change, all that was set aside counts again
            if (ClaimForm.Diff(Documents.Claim(stored.Document), claim).Count == 0)
                problems = ClaimView.Counting(problems, await Overrides.Of(db, id));
            return new RazorComponentResult<ClaimProblems>(new
            {
                Problems = problems, claim.Setting, MaySetAside = May(context, Permission.SetAside),
                MayEdit = May(context, Permission.EditClaims), Total = claim.Charge?.ToString() ?? "",
            });
        }
        catch (InputException e)
        {
            return new RazorComponentResult<ClaimProblems>(new { Problems = new List<Proposal>(),
                Documents.Claim(stored.Document).Setting, Fault = e });
        }
    }

    /// <summary>The fields of the claim that a form holds; what else it holds is left out.</summary>
    static Dictionary<string, string> FieldsOf(IFormCollection form) =>
        form.Where(static f => FormFields.IsField(f.Key))
            .ToDictionary(static f => f.Key, static f => f.Value.ToString());

    /// <summary>What would be saved, beside what is saved and what the payer has; nothing is kept.</summary>
    static async Task<IResult> Compare(long id, IFormCollection form, PracticeDb db)
    {
        var stored = await db.Claims.AsNoTracking().FirstAsync(c => c.Id == id);
        var (saved, draft) = (Documents.Claim(stored.Document), Documents.Claim(stored.Document));
        if (int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            try
            {
                draft = await Editing.Draft(db, stored, version, FieldsOf(form));
            }
            catch (InputException)
            {
                // the check beside the form says which text does not read; it is compared as it was saved
            }
        var sent = await Store.ClaimStory.SentOf(db, id);
        return new RazorComponentResult<ClaimCompare>(new
        {
            Unsaved = ClaimForm.Diff(saved, draft), saved.Setting,
            SentIn = sent?.File,
            Sent = sent is null ? [] : ClaimForm.Diff(Documents.Claim(sent.Value.Document), draft),
        });
    }

    static async Task<IResult> Save(long id, HttpContext context, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        var (list, isSent) = (form["list"].ToString(), form["act"] == "send");
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return TypedResults.NotFound();
        // the page itself is put together only where it is shown again
        async Task<IResult> Again(Func<ClaimView, ClaimView> with) =>
            await ClaimView.Load(db, engine, id, list, context.User) is { } view ? Page(with(view))
                : TypedResults.NotFound();
        var fields = FieldsOf(form);
        var next = isSent ? await ClaimView.NextOf(db, id, list) : null;
        Edited edited;
        try
        {
            edited = await Editing.Save(db, engine, id, version, fields, clock.Now());
        }
        catch (InputException e)
        {
            return await Again(view => view with { Typed = fields, Fault = e, Version = version });
        }
        if (edited.Clashes.Count > 0) // the next save has read the colleague's version, and decides field by field
            return await Again(view => view with { Typed = Without(fields, view, edited), Clashes = edited.Clashes });
        if (edited.Unattested.Count > 0)
            return await Again(view => view with
                { Typed = fields, Unattested = edited.Unattested, Version = version });
        await ClaimDrafts.Forget(db, id);
        if (!isSent)
            return TypedResults.Redirect(ClaimView.PathOf(id, list, edited.Theirs.Count > 0 ? "merged" : "yes"));
        if (edited.Claim.Life != ClaimLife.Ready || !May(context, Permission.SendClaims))
            return TypedResults.Redirect(ClaimView.PathOf(id, list, "held"));
        await Sending.Send(db, [id], clock.GetLocalNow().DateTime);
        return TypedResults.Redirect(ClaimView.PathOf(next ?? id, list, null));
    }

    static bool May(HttpContext context, Permission permission) =>
        Access.Allows(permission, context.User);

    static async Task<IResult> KeepDraft(long id, IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return TypedResults.BadRequest();
        await ClaimDrafts.Keep(db, id, version, FieldsOf(form), clock.Now());
        return TypedResults.Text(AsShown.Moment(clock.Now())[11..]);
    }

    static async Task<IResult> ForgetDraft(long id, IFormCollection form, PracticeDb db)
    {
        await ClaimDrafts.Forget(db, id);
        return TypedResults.Redirect(ClaimView.PathOf(id, form["list"].ToString(), null));
    }

    /// <summary>What colleagues changed and the person did not touch stands as they left it.</summary>
    static Dictionary<string, string> Without(Dictionary<string, string> typed, ClaimView view, Edited edited)
    {
        var now = ClaimForm.Of(view.Claim);
        foreach (var their in edited.Theirs)
            if (!edited.Clashes.Any(c => c.Name == their.Name))
                typed[their.Name] = now.GetValueOrDefault(their.Name, "");
        return typed;
    }

    static async Task<IResult> Attest(long id, IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        if (!await db.Claims.AnyAsync(c => c.Id == id)) return TypedResults.NotFound();
        foreach (var what in form["what"])
            await Attestations.Attest(db, id, what ?? "", form["answer"] == "yes", form["reason"].ToString().Trim(),
                clock.Now());
        return TypedResults.NoContent();
    }

    static async Task<IResult> Restore(long id, HttpContext context, IFormCollection form, PracticeDb db,
        Engine engine, TimeProvider clock)
    {
        var list = form["list"].ToString();
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return TypedResults.NotFound();
        if (!await db.Claims.AnyAsync(c => c.Id == id)) return TypedResults.NotFound();
        var edited = await Editing.Restore(db, engine, id, version, clock.Now());
        if (edited.IsSaved) return TypedResults.Redirect(ClaimView.PathOf(id, list, "yes"));
        return await ClaimView.Load(db, engine, id, list, context.User) is { } view
            ? Page(view with { Unattested = edited.Unattested }) : TypedResults.NotFound();
    }

    static async Task<IResult> SayWhoIsHere(long id, HttpContext context, PracticeDb db, Presence presence,
        [FromQuery] int? version)
    {
        var current = await db.Claims.Where(c => c.Id == id).Select(static c => c.Version).FirstOrDefaultAsync();
        if (current == 0) return TypedResults.NotFound();
        return new RazorComponentResult<ClaimHere>(new
        {
            Names = presence.See(db.PracticeId, id, db.PersonId ?? 0, Acting.Name(context.User)),
            IsNewer = version < current && await db.ClaimVersions.AnyAsync(
                v => v.ClaimId == id && v.Version > version && v.PersonId != db.PersonId),
        });
    }

    static async Task<IResult> ShowBeside(long id, PracticeDb db, TimeProvider clock)
    {
        var stored = await db.Claims.AsNoTracking().Include(static c => c.Payer).FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return TypedResults.NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId);
        var claim = Documents.Claim(stored.Document);
        await Looks.Record(db, clock, $"claim/{id}", "as X12");
        return new RazorComponentResult<ClaimBeside>(new
        {
            Claim = claim,
            Segments = X12Beside.Of(Sending.Preview(practice, stored, clock.GetLocalNow().DateTime), claim),
        });
    }

    static async Task<IResult> ShowX12(long id, PracticeDb db, TimeProvider clock)
    {
        var stored = await db.Claims.AsNoTracking().Include(static c => c.Payer).FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return TypedResults.NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId);
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"claim/{id}", "as X12");
            return Task.FromResult(0);
        });
        return new RazorComponentResult<ClaimX12>(new
        {
            Stored = stored, Segments = ClaimX12.Of(Sending.Preview(practice, stored, clock.GetLocalNow().DateTime)),
        });
    }
}
