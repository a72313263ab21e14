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
        app.MapGet("/sign-in", static () => new RazorComponentResult<SignIn>(new { Wrong = false })).ForEverybody();
        app.MapPost("/sign-in", Enter).ForEverybody();
        app.MapPost("/sign-out", Leave).ForPeople();
        app.MapPost("/language", Speak).ForPeople();
        app.MapGet("/nothing", static () => new RazorComponentResult<Problem>(new
        {
            Message = "Your role has no part in this.", Next = "Ask the owner of the practice.",
        })).ForEverybody();
        app.MapGet("/setup", static (string? key, FirstRun first) => first.Is(key)
            ? (IResult)new RazorComponentResult<Setup>(new { Key = key, Fault = "" })
            : TypedResults.Redirect("/sign-in")).ForEverybody();
        app.MapPost("/setup", SetUp).ForEverybody();
        app.MapGet("/healthz", static () => "ok").ForEverybody();
    }

    static async Task<IResult> Enter([FromForm] string name, [FromForm] string password,
        SignInManager<Person> signIns, PracticeDb db, TimeProvider clock)
    {
        var result = await signIns.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            var wrong = new RazorComponentResult<SignIn>(new { Wrong = true }) { StatusCode = 401 };
            return wrong;
        }
        var person = (await signIns.UserManager.FindByNameAsync(name))!;
        (db.PracticeId, db.PersonId) = (person.PracticeId, person.Id);
        await db.Change(_ =>
        {
            db.Record(clock.GetUtcNow().UtcDateTime, "sign-in", $"person/{person.Id}");
            return Task.FromResult(0);
        });
        return TypedResults.Redirect(Access.Home(person.Role));
    }

    static async Task<IResult> Leave(SignInManager<Person> signIns)
    {
        await signIns.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }

    /// <summary>A person sets the language of the screens.</summary>
    static async Task<IResult> Speak([FromForm] string? language, [FromForm] string? back, HttpContext context,
        SignInManager<Person> signIns, PracticeDb db, TimeProvider clock)
    {
        var person = await signIns.UserManager.GetUserAsync(context.User);
        if (person is null || !Array.Exists(Texts.Languages, l => l.Code == language)) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.GetUtcNow().UtcDateTime, "change", $"person/{person.Id}", "settings",
                new { Language = new[] { person.Language, language } });
            person.Language = language!;
            return Task.FromResult(0);
        });
        await signIns.RefreshSignInAsync(person);
        return back is ['/', not '/' and not '\\', ..] ? TypedResults.LocalRedirect(back) : TypedResults.Redirect("/");
    }

    /// <summary>What the set-up page asks for.</summary>
    internal sealed record Asked(string Key, string Practice, string Npi, string TaxId, string Phone, string Line,
        string City, string State, string Zip, string Person, string Name, string Password);

    static async Task<IResult> SetUp([FromForm] Asked asked, FirstRun first, PracticeDb db,
        SignInManager<Person> signIns)
    {
        if (!first.Is(asked.Key) || await db.Practices.AnyAsync()) return TypedResults.Redirect("/sign-in");
        var practice = new Practice
        {
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
