using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What an owner decides about second factors: whether everybody needs one, and who lost theirs.</summary>
static class SecondFactorRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/settings/second-factor", Require).Takes("required").Needs(Permission.Own);
        app.MapPost("/settings/people/{id:long}/second-factor/remove", Remove).Needs(Permission.Own);
    }

    static async Task<IResult> Require(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        var isRequired = form["required"] == "true";
        await db.Change(practice =>
        {
            db.Record(clock.Now(), "change", $"practice/{practice.Id}", "settings",
                new { RequiresSecondFactor = new[] { practice.RequiresSecondFactor, isRequired } });
            practice.RequiresSecondFactor = isRequired;
            return Task.FromResult(0);
        });
        return TypedResults.Redirect("/settings/people?saved=0");
    }

    /// <summary>Who lost phone and keys signs in with the password, and sets a factor up again. All sessions end.</summary>
    static async Task<IResult> Remove(long id, PracticeDb db, UserManager<Person> people,
        TimeProvider clock)
    {
        if (await db.Users.FirstOrDefaultAsync(u => u.Id == id && !u.IsProgram) is not { } person)
            return TypedResults.NotFound();
        // one's own are removed with one's password
        if (id == db.PersonId) return TypedResults.Redirect("/account");
        var now = clock.Now();
        await db.Change(async _ =>
        {
            await people.SetTwoFactorEnabledAsync(person, false);
            await people.ResetAuthenticatorKeyAsync(person);
            foreach (var passkey in await people.GetPasskeysAsync(person))
                await people.RemovePasskeyAsync(person, passkey.CredentialId);
            db.Record(now, "change", $"person/{id}", "second factors removed");
            return await Sessions.End(db, db.Sessions.Where(s => s.PersonId == id), now);
        });
        return TypedResults.Redirect($"/settings/people?saved={id}");
    }
}
