using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Setting the practice up, signing in and out.</summary>
static class SignInRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/", static (HttpContext context) =>
            TypedResults.Redirect(Acting.RoleOf(context.User) is { } role ? Access.Home(role) : "/sign-in"))
            .ForEverybody();
        app.MapGet("/sign-in", static IResult (string? back) =>
            new RazorComponentResult<SignIn>(new { Fault = "", Back = back ?? "" })).ForEverybody();
        app.MapPost("/sign-in", Enter).ForEverybody();
        app.MapGet("/sign-in/second", ShowSecond).ForEverybody();
        app.MapPost("/sign-in/second", EnterSecond).ForEverybody();
        app.MapPost("/sign-in/passkey/options", static async (Acting.SignIns signIns) =>
            TypedResults.Text(await signIns.MakePasskeyRequestOptionsAsync(null), "application/json"))
            .Takes("back", "credential").ForEverybody();
        app.MapPost("/sign-in/passkey", EnterByPasskey).ForEverybody();
        app.MapPost("/sign-out", Leave).ForPeople();
        app.MapPost("/language", Speak).ForPeople();
        app.MapGet("/nothing", static (HttpContext context) => Sessions.NeedsSecondFactor(context.User)
            ? (IResult)TypedResults.Redirect("/account")
            : new RazorComponentResult<Problem>(new
            {
                Message = "Your role has no part in this.", Next = "Ask the owner of the practice.", IsQuiet = true,
            }) { StatusCode = 403 }).ForEverybody();
        app.MapGet("/setup", static (string? key, FirstRun first) => first.Is(key)
            ? (IResult)new RazorComponentResult<Setup>(new { Key = key, Fault = "" })
            : TypedResults.Redirect("/sign-in")).ForEverybody();
        app.MapPost("/setup", SetUp).ForEverybody();
    }

    /// <summary>
    /// Who has no session is sent to sign in, and comes back to the page. A part of a page is refused instead: no other
    /// page is put into it.
    /// </summary>
    public static Task Ask(HttpContext context, string signIn)
    {
        if (context.Request.Headers.ContainsKey("HX-Request"))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) ? signIn : "/sign-in");
        return Task.CompletedTask;
    }

    /// <summary>An address of this program and of no other.</summary>
    internal static bool IsHere(string? back) => back is ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl);

    internal static RazorComponentResult<SignIn> Again(int status, string fault, string? back) =>
        new(new { Fault = fault, Back = back ?? "" }) { StatusCode = status };

    internal static RazorComponentResult<SignIn> Wait(HttpContext context, TimeSpan wait, string? back)
    {
        Tries.Say(context.Response, wait);
        return Again(429, $"There were too many wrong tries from here. Try again in {Math.Ceiling(wait.TotalMinutes)} "
            + "minutes.", back);
    }

    /// <summary>To the page that the person wanted, or to where the role works.</summary>
    static RedirectHttpResult Continue(Person person, string? back) =>
        TypedResults.Redirect(IsHere(back) ? back! : Access.Home(person.Role));

    const string DoesNotGo =
        "The name and the password do not go together. After ten wrong tries there is a pause of 15 minutes.";

    static async Task<IResult> Enter([FromForm] string? name, [FromForm] string? password, [FromForm] string? back,
        Acting.SignIns signIns, Tries tries, HttpContext context, PracticeDb db, TimeProvider clock)
    {
        var (typed, from) = (name ?? "", context.Connection.RemoteIpAddress);
        if (tries.Wait(from, typed) is { } wait) return Wait(context, wait, back);
        // a password that is longer than any is not hashed: it would only cost time
        var given = password is { Length: <= CommonPasswords.Longest } ? password : "";
        var person = await signIns.UserManager.FindByNameAsync(typed);
        if (person is null || person.IsDisabled || await signIns.UserManager.IsLockedOutAsync(person))
        {
            // so that it takes as long as for a name that there is
            signIns.UserManager.PasswordHasher.HashPassword(null!, given);
            tries.Wrong(from, typed);
            return Again(401, DoesNotGo, back);
        }
        var result = await signIns.PasswordSignInAsync(person, given, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor) return ToSecond(back);
        if (!result.Succeeded)
        {
            tries.Wrong(from, typed);
            await Refuse(db, person, "wrong password", clock);
            return Again(401, DoesNotGo, back);
        }
        tries.Right(from, typed);
        return Continue(person, back);
    }

    internal static RedirectHttpResult ToSecond(string? back) => TypedResults.Redirect("/sign-in/second"
        + (IsHere(back) ? QueryString.Create("back", back!) : default));

    /// <summary>A try to sign in as somebody is in the trail too.</summary>
    static Task<int> Refuse(PracticeDb db, Person person, string why, TimeProvider clock)
    {
        (db.PracticeId, db.PersonId) = (person.PracticeId, null);
        return db.Change(_ =>
        {
            db.Record(clock.Now(), "sign-in refused", $"person/{person.Id}", why);
            return Task.FromResult(0);
        });
    }

    static async Task<IResult> ShowSecond(string? back, Acting.SignIns signIns) =>
        await signIns.GetTwoFactorAuthenticationUserAsync() is { } person ? await SecondOf(signIns, person, "", back)
            : TypedResults.Redirect("/sign-in");

    static async Task<RazorComponentResult<SecondStep>> SecondOf(Acting.SignIns signIns, Person person, string fault,
        string? back) =>
        new(new
        {
            Fault = fault, Back = back ?? "", HasCode = person.TwoFactorEnabled,
            HasPasskey = (await signIns.UserManager.GetPasskeysAsync(person)).Count > 0,
        })
        {
            StatusCode = fault.Length > 0 ? 401 : 200
        };

    /// <summary>The code of an authenticator, or a recovery code; each is good once.</summary>
    static async Task<IResult> EnterSecond([FromForm] string? code, [FromForm] string? back, Acting.SignIns signIns,
        Tries tries, UsedCodes used, HttpContext context, PracticeDb db, TimeProvider clock)
    {
        if (await signIns.GetTwoFactorAuthenticationUserAsync() is not { } person)
            return TypedResults.Redirect("/sign-in");
        var from = context.Connection.RemoteIpAddress;
        if (tries.Wait(from, person.UserName!) is { } wait) return Wait(context, wait, back);
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var isOfApp = typed.Length == 6 && typed.All(char.IsAsciiDigit);
        signIns.Method = isOfApp ? Sessions.ByCode : Sessions.ByRecoveryCode;
        var result = !isOfApp ? await signIns.TwoFactorRecoveryCodeSignInAsync(typed)
            : used.Use(person.Id, typed) ? await signIns.TwoFactorAuthenticatorSignInAsync(typed, false, false)
            : Microsoft.AspNetCore.Identity.SignInResult.Failed;
        if (result.Succeeded)
        {
            tries.Right(from, person.UserName!);
            return Continue(person, back);
        }
        tries.Wrong(from, person.UserName!);
        await Refuse(db, person, "wrong code", clock);
        return await SecondOf(signIns, person, isOfApp
            ? "This code is not right, or was used. Wait for the next one."
            : "This recovery code is not right, or was used.", back);
    }

    static async Task<IResult> EnterByPasskey([FromForm] string? credential, [FromForm] string? back,
        Acting.SignIns signIns, Tries tries, HttpContext context)
    {
        var from = context.Connection.RemoteIpAddress;
        if (tries.Wait(from, "") is { } wait) return Wait(context, wait, back);
        signIns.Method = Sessions.ByPasskey;
        try
        {
            if (!string.IsNullOrEmpty(credential) && (await signIns.PasskeySignInAsync(credential)).Succeeded)
                return TypedResults.Redirect(IsHere(back) ? back! : "/");
        }
        catch (Exception e) when (e is InvalidOperationException or System.Text.Json.JsonException or FormatException)
        {
            // no options were asked for, or what came is no answer to them
        }
        tries.Wrong(from, "");
        return Again(401, "This passkey is not known here. Sign in with your name and password.", back);
    }

    static async Task<IResult> Leave(Acting.SignIns signIns, HttpContext context, PracticeDb db,
        TimeProvider clock)
    {
        var now = clock.Now();
        var session = Sessions.IdOf(context.User);
        await db.Change(async _ =>
        {
            db.Record(now, "sign-out", $"person/{db.PersonId}");
            return await Sessions.End(db, db.Sessions.Where(s => s.Id == session), now);
        });
        await signIns.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }

    /// <summary>A person sets the language of the screens.</summary>
    static async Task<IResult> Speak([FromForm] string? language, [FromForm] string? back, HttpContext context,
        Acting.SignIns signIns, PracticeDb db, TimeProvider clock)
    {
        var person = await signIns.UserManager.GetUserAsync(context.User);
        if (person is null || !Array.Exists(Texts.Languages, l => l.Code == language)) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "change", $"person/{person.Id}", "settings",
                new { Language = new[] { person.Language, language } });
            person.Language = language!;
            return Task.FromResult(0);
        });
        await signIns.RefreshSignInAsync(person);
        return TypedResults.Redirect(IsHere(back) ? back! : "/");
    }

    /// <summary>What the set-up page asks for.</summary>
    internal sealed record Asked(string Key, string Practice, string Npi, string TaxId, string Phone, string Line,
        string City, string State, string Zip, string Person, string Name, string Password);

    static async Task<IResult> SetUp([FromForm] Asked asked, FirstRun first, PracticeDb db,
        Acting.SignIns signIns)
    {
        if (!first.Is(asked.Key) || await db.Practices.AnyAsync()) return TypedResults.Redirect("/sign-in");
        var practice = new Practice
        {
            RequiresSecondFactor = true,
            Name = "", Npi = "", TaxId = "", Address = new() { Line = "", City = "", State = "", Zip = "" },
        };
        foreach (var (name, typed) in new[]
            {
                ("Name", asked.Practice), ("Npi", asked.Npi), ("TaxId", asked.TaxId), ("Phone", asked.Phone),
                ("Line", asked.Line), ("City", asked.City), ("State", asked.State), ("Zip", asked.Zip),
            })
            if (Settings.Practice.Fields.First(f => f.Name == name).Set(practice, typed ?? "") is { } fault)
                return Again(fault);
        db.Practices.Add(practice);
        await db.SaveChangesAsync();
        var owner = new Person
        {
            UserName = asked.Name, Name = asked.Person, Role = Role.Owner, PracticeId = practice.Id,
            Language = Texts.Language == "en" ? "" : Texts.Language,
        };
        var made = await signIns.UserManager.CreateAsync(owner, asked.Password);
        if (!made.Succeeded)
        {
            db.Practices.Remove(practice);
            await db.SaveChangesAsync();
            return Again(string.Join(' ', made.Errors.Select(static e => e.Description)));
        }
        first.Use();
        // the key of the console is a second proof; the next time another is asked
        signIns.Method = Sessions.BySetUp;
        await signIns.SignInAsync(owner, isPersistent: false);
        return TypedResults.Redirect(StartRoutes.Path);

        RazorComponentResult<Setup> Again(string fault) => new(new
        {
            asked.Key, Fault = fault, Typed = new Dictionary<string, string>
            {
                ["Practice"] = asked.Practice, ["Npi"] = asked.Npi, ["TaxId"] = asked.TaxId, ["Phone"] = asked.Phone,
                ["Line"] = asked.Line, ["City"] = asked.City, ["State"] = asked.State, ["Zip"] = asked.Zip,
                ["Person"] = asked.Person, ["Name"] = asked.Name,
            },
        }) { StatusCode = 422 };
    }
}
