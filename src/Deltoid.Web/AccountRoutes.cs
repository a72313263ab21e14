using System.Buffers.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// What a person sets up for themselves: password, authenticator, recovery codes, passkeys, sessions. Every change but
/// the end of a session asks for the password, since somebody else may sit at the open page.
/// </summary>
static class AccountRoutes
{
    const int RecoveryCodes = 10;

    public static void Map(WebApplication app)
    {
        app.MapGet("/account", static ([AsParameters] Mine mine, [FromQuery] string? done) =>
            Page(mine, "", done ?? "")).ForPeople();
        app.MapPost("/account/password", ChangePassword).ForPeople();
        app.MapPost("/account/authenticator", BeginAuthenticator).ForPeople();
        app.MapPost("/account/authenticator/code", AddAuthenticator).ForPeople();
        app.MapPost("/account/authenticator/remove", RemoveAuthenticator).ForPeople();
        app.MapPost("/account/codes", NewCodes).ForPeople();
        app.MapPost("/account/passkeys/options", PasskeyOptions).Takes("credential", "name").ForPeople();
        app.MapPost("/account/passkeys", AddPasskey).ForPeople();
        app.MapPost("/account/passkeys/remove", RemovePasskey).ForPeople();
        app.MapPost("/account/sessions/{id:long}/end", EndSession).ForPeople();
        app.MapPost("/account/sessions/end", EndOthers).ForPeople();
    }

    /// <summary>The person who asks, and what a change of the account needs.</summary>
    internal sealed record Mine(HttpContext Context, [FromServices] Acting.SignIns SignIns,
        [FromServices] PracticeDb Db, [FromServices] TimeProvider Clock)
    {
        public UserManager<Person> People => SignIns.UserManager;

        public DateTime Now => Clock.Now();

        public async Task<Person> Person() => (await People.GetUserAsync(Context.User))!;

        public long? Session => Sessions.IdOf(Context.User);

        /// <summary>A change of the account, as one event.</summary>
        public Task<T> Change<T>(string what, Func<Task<T>> act) => Db.Change(async _ =>
        {
            var result = await act();
            if (result is not IdentityResult { Succeeded: false })
                Db.Record(Now, "change", $"person/{Db.PersonId}", what);
            return result;
        });

        /// <summary>The other sessions end; this one continues as a new one.</summary>
        public async Task Renew(Person person, string method)
        {
            await Sessions.End(Db, Db.Sessions.Where(s => s.PersonId == person.Id && s.Id != Session), Now);
            SignIns.Method = method;
            await SignIns.SignInAsync(person, isPersistent: false);
        }

        public Task<string> Method() => Db.Sessions.Where(s => s.Id == Session).Select(static s => s.Method)
            .FirstAsync();
    }

    internal static async Task<IResult> Page(Mine mine, string fault, string done, string ticket = "")
    {
        var person = await mine.Person();
        var now = mine.Now;
        return new RazorComponentResult<AccountPage>(new
        {
            Person = person, Fault = fault, Done = done, Here = mine.Session,
            MustAdd = Sessions.NeedsSecondFactor(mine.Context.User),
            Ticket = ticket, Logins = await mine.People.GetLoginsAsync(person),
            Passkeys = await mine.People.GetPasskeysAsync(person),
            Codes = await mine.People.CountRecoveryCodesAsync(person),
            Sessions = await mine.Db.Sessions.AsNoTracking().Where(s => s.PersonId == person.Id && s.EndedAt == null
                && s.SeenAt > now - Web.Sessions.Idle && s.StartedAt > now - Web.Sessions.Longest)
                .OrderByDescending(static s => s.SeenAt).ToListAsync(),
        }) { StatusCode = fault.Length > 0 ? 422 : 200 };
    }

    internal static Task<IResult> Again(Mine mine, string fault)
    {
        mine.Db.ChangeTracker.Clear();
        return Page(mine, fault, "");
    }

    internal const string WrongPassword = "The password is not right. Nothing was changed.";

    /// <summary>Whether the password is the person's; wrong ones count as wrong tries to sign in.</summary>
    internal static async Task<bool> Confirm(Mine mine, Person person, string? password)
    {
        var tries = mine.Context.RequestServices.GetRequiredService<Tries>();
        var from = mine.Context.Connection.RemoteIpAddress;
        if (tries.Wait(from, person.UserName!) is not null) return false;
        if (password is { Length: > 0 and <= CommonPasswords.Longest }
            && await mine.People.CheckPasswordAsync(person, password)) return true;
        tries.Wrong(from, person.UserName!);
        return false;
    }

    static async Task<IResult> ChangePassword([AsParameters] Mine mine, [FromForm] string? old,
        [FromForm] string? chosen)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, old)) return await Again(mine, WrongPassword);
        var method = await mine.Method();
        var result = await mine.Change("password", () => mine.People.ChangePasswordAsync(person, old!, chosen ?? ""));
        if (!result.Succeeded)
            return await Again(mine, string.Join(' ', result.Errors.Select(static e => e.Description)));
        await mine.Renew(person, method);
        return TypedResults.Redirect("/account?done=password");
    }

    /// <summary>A key that no authenticator has yet; it counts once a code of it was typed.</summary>
    static async Task<IResult> BeginAuthenticator([AsParameters] Mine mine, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return await Again(mine, WrongPassword);
        if (person.TwoFactorEnabled) return await Again(mine, "There is an authenticator already. Remove it first.");
        var method = await mine.Method();
        await mine.Change("key of an authenticator", () => mine.People.ResetAuthenticatorKeyAsync(person));
        await mine.Renew(person, method);
        return await Setup(mine, person, "");
    }

    static async Task<IResult> Setup(Mine mine, Person person, string fault) =>
        new RazorComponentResult<AuthenticatorPage>(new
        {
            Key = await mine.People.GetAuthenticatorKeyAsync(person) ?? "", Fault = fault, Name = person.UserName,
        }) { StatusCode = fault.Length > 0 ? 422 : 200 };

    static async Task<IResult> AddAuthenticator([AsParameters] Mine mine, [FromForm] string? code, UsedCodes used)
    {
        var person = await mine.Person();
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (person.TwoFactorEnabled || await mine.People.GetAuthenticatorKeyAsync(person) is null)
            return TypedResults.Redirect("/account");
        if (!await mine.People.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, typed)
            || !used.Use(person.Id, typed))
            return await Setup(mine, person,
                "This code is not right. Is the clock of the phone right? Type the next code.");
        var codes = await mine.Change("authenticator added", async () =>
        {
            await mine.People.SetTwoFactorEnabledAsync(person, true);
            return await mine.People.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes);
        });
        await mine.Renew(person, Sessions.ByCode);
        return new RazorComponentResult<CodesPage>(new { Codes = codes!.ToList() });
    }

    static async Task<IResult> RemoveAuthenticator([AsParameters] Mine mine, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return await Again(mine, WrongPassword);
        var passkeys = (await mine.People.GetPasskeysAsync(person)).Count;
        if (passkeys == 0 && await IsRequired(mine.Db))
            return await Again(mine,
                "Your practice asks for a second factor. Add a passkey before you remove this one.");
        await mine.Change("authenticator removed", async () =>
        {
            await mine.People.SetTwoFactorEnabledAsync(person, false);
            return await mine.People.ResetAuthenticatorKeyAsync(person);
        });
        await mine.Renew(person, passkeys > 0 ? Sessions.ByPasskey : Sessions.ByPassword);
        return TypedResults.Redirect("/account?done=removed");
    }

    static Task<bool> IsRequired(PracticeDb db) => db.Practices.Where(p => p.Id == db.PracticeId)
        .Select(static p => p.RequiresSecondFactor).SingleAsync();

    static async Task<IResult> NewCodes([AsParameters] Mine mine, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return await Again(mine, WrongPassword);
        var codes = await mine.Change("new recovery codes",
            () => mine.People.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes));
        return new RazorComponentResult<CodesPage>(new { Codes = codes!.ToList() });
    }

    static async Task<IResult> PasskeyOptions([AsParameters] Mine mine, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return TypedResults.StatusCode(422);
        return TypedResults.Text(await mine.SignIns.MakePasskeyCreationOptionsAsync(new()
        {
            Id = person.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Name = person.UserName!,
            DisplayName = person.Name,
        }), "application/json");
    }

    static async Task<IResult> AddPasskey([AsParameters] Mine mine, [FromForm] string? credential,
        [FromForm] string? name, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return await Again(mine, WrongPassword);
        PasskeyAttestationResult made;
        try
        {
            made = await mine.SignIns.PerformPasskeyAttestationAsync(credential ?? "");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return await Again(mine, "The passkey was not made. Try again.");
        }
        if (!made.Succeeded) return await Again(mine, "The passkey was not made. Try again.");
        made.Passkey.Name = (name ?? "").Trim() is { Length: > 0 } named ? named[..Math.Min(named.Length, 60)]
            : "Passkey";
        await mine.Change("passkey added", () => mine.People.AddOrUpdatePasskeyAsync(person, made.Passkey));
        await mine.Renew(person, Sessions.ByPasskey);
        if (await mine.People.CountRecoveryCodesAsync(person) > 0)
            return TypedResults.Redirect("/account?done=passkey");
        var codes = await mine.Change("new recovery codes",
            () => mine.People.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes));
        return new RazorComponentResult<CodesPage>(new { Codes = codes!.ToList() });
    }

    static async Task<IResult> RemovePasskey([AsParameters] Mine mine, [FromForm] string? id,
        [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await Confirm(mine, person, password)) return await Again(mine, WrongPassword);
        var passkeys = await mine.People.GetPasskeysAsync(person);
        if (passkeys.FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == id) is not { } passkey)
            return TypedResults.NotFound();
        if (passkeys.Count == 1 && !person.TwoFactorEnabled && await IsRequired(mine.Db))
            return await Again(mine, "Your practice asks for a second factor. Add another before you remove this one.");
        await mine.Change("passkey removed", () => mine.People.RemovePasskeyAsync(person, passkey.CredentialId));
        return TypedResults.Redirect("/account?done=removed");
    }

    static async Task<IResult> EndSession(long id, [AsParameters] Mine mine)
    {
        var which = mine.Db.Sessions.Where(s => s.Id == id && s.PersonId == mine.Db.PersonId);
        if (!await which.AnyAsync()) return TypedResults.NotFound();
        await mine.Change($"session {id} ended", () => Sessions.End(mine.Db, which, mine.Now));
        return TypedResults.Redirect("/account?done=session");
    }

    static async Task<IResult> EndOthers([AsParameters] Mine mine)
    {
        var here = mine.Session;
        await mine.Change("other sessions ended", () => Sessions.End(mine.Db,
            mine.Db.Sessions.Where(s => s.PersonId == mine.Db.PersonId && s.Id != here), mine.Now));
        return TypedResults.Redirect("/account?done=session");
    }
}
