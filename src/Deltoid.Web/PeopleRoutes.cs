using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>
/// The people of the practice. Only an owner makes an owner or changes one; nobody disables himself, and one owner
/// stays. Who is given locations sees visits and claims of these alone, and nothing of the practice as a whole.
/// </summary>
static class PeopleRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/people", Show).Needs(Permission.SetUp);
        app.MapPost("/settings/people", Add).Takes("Person", "Name", "Role", "Password").Needs(Permission.SetUp);
        app.MapPost("/settings/people/{id:long}", Change).Takes("Role", "Password", "Disabled", "Location")
            .Needs(Permission.SetUp);
    }

    static Task<List<Person>> All(PracticeDb db) => db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId
        && !u.IsProgram).OrderBy(static u => u.IsDisabled).ThenBy(static u => u.Name).ToListAsync();

    static async Task<IResult> Show(PracticeDb db, HttpContext context, [FromQuery] long? saved) =>
        await Page(db, context, "", new("", "", null), saved);

    static async Task<RazorComponentResult<PeoplePage>> Page(PracticeDb db, HttpContext context, string fault,
        NewPerson typed, long? saved = null) => new(new
        {
            RequiresSecondFactor = await db.Practices.Where(p => p.Id == db.PracticeId)
                .Select(static p => p.RequiresSecondFactor).SingleAsync(),
            People = await All(db),
            Locations = await db.Locations.AsNoTracking().OrderBy(static l => l.Id).ToListAsync(),
            Me = db.PersonId ?? 0, IsOwner = IsOwner(context), Fault = fault, Typed = typed, Saved = saved,
        })
        {
            StatusCode = fault.Length > 0 ? 422 : 200
        };

    static bool IsOwner(HttpContext context) => Acting.RoleOf(context.User) == Role.Owner;

    static async Task<IResult> Add(IFormCollection form, PracticeDb db, UserManager<Person> people,
        HttpContext context, TimeProvider clock)
    {
        var typed = new NewPerson(form["Person"].ToString().Trim(), form["Name"].ToString().Trim(),
            Enum.TryParse<Role>(form["Role"], out var role) && Enum.IsDefined(role) ? role : null);
        return await Try(db, context, typed, async () =>
        {
            if (typed.Person.Length == 0) throw new InputException("", T("The person's name is missing."),
                T("Type it."));
            if (typed.Role is not { } chosen) throw new InputException("", T("The role is missing."),
                T("Choose one."));
            if (chosen == Role.Owner && !IsOwner(context)) throw new InputException("",
                T("Only an owner makes an owner."), T("Ask the owner of the practice."));
            var person = new Person
            {
                UserName = typed.Name, Name = typed.Person, Role = chosen, PracticeId = db.PracticeId
            };
            Done(await people.CreateAsync(person, form["Password"].ToString()));
            db.Record(clock.Now(), "create", $"person/{person.Id}", "settings",
                new { Name = new[] { null, person.Name }, Role = new[] { null, person.Role.ToString() } });
            return person.Id;
        });
    }

    static async Task<IResult> Change(long id, IFormCollection form, PracticeDb db, UserManager<Person> people,
        HttpContext context, TimeProvider clock)
    {
        if (!await db.Users.AnyAsync(u => u.Id == id && u.PracticeId == db.PracticeId && !u.IsProgram))
            return TypedResults.NotFound();
        return await Try(db, context, new("", "", null), async () =>
        {
            var person = await db.Users.SingleAsync(u => u.Id == id);
            var role = Enum.TryParse<Role>(form["Role"], out var asked) && Enum.IsDefined(asked) ? asked : person.Role;
            var isDisabled = form["Disabled"] == "true";
            await Check(db, context, person, role, isDisabled);
            (person.Role, person.IsDisabled) = (role, isDisabled);
            person.LocationIds = await LocationsIn(db, form, role);
            var changes = SettingSave.Changes(db.Entry(person));
            if (form["Password"].ToString() is { Length: > 0 } password)
            {
                Done(await people.RemovePasswordAsync(person));
                Done(await people.AddPasswordAsync(person, password));
                changes["Password"] = ["old", "new"]; // that it was changed, never what it is
            }
            // a person who holds a session under the old state loses it with the next request
            if (changes.Count > 0) Done(await people.UpdateSecurityStampAsync(person));
            if (changes.Count > 0)
                db.Record(clock.Now(), "change", $"person/{id}", "settings", changes);
            return id;
        });
    }

    internal static async Task Check(PracticeDb db, HttpContext context, Person person, Role role, bool isDisabled)
    {
        if ((person.Role == Role.Owner || role == Role.Owner) && !IsOwner(context))
            throw new InputException("", T("Only an owner changes an owner."), T("Ask the owner of the practice."));
        if (isDisabled && person.Id == db.PersonId)
            throw new InputException("", T("You cannot disable yourself."), T("Ask another owner or manager."));
        var staysOwner = role == Role.Owner && !isDisabled;
        if (person.Role == Role.Owner && !staysOwner && !await db.Users.AnyAsync(u => u.PracticeId == db.PracticeId
            && u.Id != person.Id && u.Role == Role.Owner && !u.IsDisabled))
            throw new InputException("", T("This is the last owner."), T("Make somebody else an owner first."));
    }

    /// <summary>The chosen locations; none is all of them.</summary>
    static async Task<List<long>> LocationsIn(PracticeDb db, IFormCollection form, Role role)
    {
        var chosen = form["Location"].Select(static id => long.TryParse(id, out var n) ? n : 0).ToHashSet();
        var known = await db.Locations.Where(l => chosen.Contains(l.Id)).OrderBy(static l => l.Id)
            .Select(static l => l.Id).ToListAsync();
        return role != Role.Owner || known.Count == 0 ? known : throw new InputException("",
            T("An owner is of the whole practice."), T("Take the locations out, or choose another role."));
    }

    internal static void Done(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InputException("", string.Join(' ', result.Errors.Select(static e => e.Description)),
                T("Mend it, and save again."));
    }

    static async Task<IResult> Try(PracticeDb db, HttpContext context, NewPerson typed, Func<Task<long>> act)
    {
        try
        {
            return TypedResults.Redirect($"/settings/people?saved={await db.Change(_ => act())}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, $"{e.Message} {e.Try}".Trim(), typed);
        }
        catch (DbUpdateException) // another practice of this store has the name, which is not seen from here
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, "This sign-in name is taken. Choose another.", typed);
        }
    }
}

/// <summary>What was typed of a new person; never the password.</summary>
public sealed record NewPerson(string Person, string Name, Role? Role);
