using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>The programs that an owner lets in, each with its scopes and its last day.</summary>
static class ProgramRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/programs", static (PracticeDb db, TimeProvider clock) =>
            Page(db, clock, new())).Needs(Permission.Own);
        app.MapPost("/settings/programs", Add).Takes("Name", "Scopes", "Expires").Needs(Permission.Own);
        app.MapPost("/settings/programs/{id:long}/revoke", Revoke).About<ApiClient>().Needs(Permission.Own);
    }

    static async Task<IResult> Page(PracticeDb db, TimeProvider clock, ProgramForm form) =>
        new RazorComponentResult<ProgramsPage>(new
        {
            Clients = await db.ApiClients.AsNoTracking().OrderBy(static c => c.RevokedAt != null)
                .ThenBy(static c => c.Name).ToListAsync(),
            Now = clock.Now(), Form = form with
            {
                Expires = form.Expires.Length > 0 ? form.Expires
                    : clock.Today().AddYears(1).Iso(),
            },
        })
        {
            StatusCode = form.Fault.Length > 0 ? 422 : 200
        };

    static async Task<IResult> Add(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        var typed = new ProgramForm
        {
            Name = form["Name"].ToString().Trim(), Expires = form["Expires"].ToString(),
            Scopes = [.. form["Scopes"].Where(static s => Access.Scopes.Any(known => known.Name == s)).Select(s => s!)],
        };
        try
        {
            if (!Days.TryRead(typed.Expires, out var day))
                throw new InputException("Expires", "the last day is missing", "choose the day");
            var (client, secret) = await Programs.Make(db, typed.Name, typed.Scopes,
                day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), clock.Now());
            // once: it is in no address, and in no row
            return await Page(db, clock, new() { ClientId = client.ClientId, Secret = secret });
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, clock, typed with { Fault = $"{Results.Sentence.Capital(e.Message)}: {e.Try}." });
        }
    }

    static async Task<IResult> Revoke(long id, PracticeDb db, TimeProvider clock) =>
        await Programs.Revoke(db, id, clock.Now()) ? TypedResults.Redirect("/settings/programs")
            : TypedResults.NotFound();
}

/// <summary>What was typed of a new program, or the secret of the one that was just let in.</summary>
public sealed record ProgramForm
{
    public string Name { get; init; } = "";

    public string Expires { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string Fault { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Secret { get; init; } = "";
}
