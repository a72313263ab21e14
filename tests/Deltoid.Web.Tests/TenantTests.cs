using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Three practices in one store: nobody sees, guesses or changes what belongs to another.</summary>
public sealed partial class TenantTests(ThreePractices three) : IClassFixture<ThreePractices>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\{\w+(:\w+)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""<(?:input|select|textarea)[^>]*?\sname="([^"]+)""")]
    private static partial Regex FieldName();

    static string Filled(string path, long id) => Placeholder().Replace(path,
        match => match.Value.Contains(":long", StringComparison.Ordinal)
            ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : "patients");

    /// <summary>Numbers of rows by the first part of a route with a number.</summary>
    static string TableOf(string path) => path.Split('/') switch
    {
        [_, "claims", ..] => "Claims", [_, "files", ..] => "Files", [_, "stock", "lots", ..] => "Lots",
        [_, "stock", "shots", ..] => "Shots",
        [_, "settings", "patients", ..] => "Patients", [_, "settings", "people", ..] => "AspNetUsers",
        _ => "",
    };

    [Fact]
    public async Task Every_route_answers_each_role_of_each_practice_about_each_practice_as_the_table_says()
    {
        var numbers = new Dictionary<long, Dictionary<string, List<long>>>();
        foreach (var practice in three.Practices) numbers[practice] = await three.Numbers(practice);
        var cells = 0;
        foreach (var practice in three.Practices)
            foreach (var role in Enum.GetValues<Role>())
            {
                using var browsing = await Browsing.As(three.Served.Url, ThreePractices.NameOf(practice, role));
                foreach (var (method, path, permission) in three.Routes())
                    foreach (var about in path.Contains("{id", StringComparison.Ordinal) ? three.Practices : [practice])
                    {
                        if (permission is not { } needed) continue;
                        // a form without fields changes nothing: who may send it is what is asked here
                        using var answer = await browsing.Send(method, Filled(path, IdFor(numbers[about], path)));
                        var cell = $"{role} of {practice} on {about}: {method} {path}: {(int)answer.StatusCode}";
                        Assert.True(Browsing.IsRefused(answer) != Access.Allows(needed, role), cell);
                        Assert.True((int)answer.StatusCode < 500, cell);
                        if (about != practice && Access.Allows(needed, role))
                            Assert.True(IsNothing(answer), cell);
                        await SeesNothingOf(answer, practice, cell);
                        cells++;
                    }
            }
        Assert.True(cells > 1500, $"{cells} cells");
    }

    /// <summary>There is no such thing; or the form was not read at all, whatever the number.</summary>
    static bool IsNothing(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest;

    static long IdFor(Dictionary<string, List<long>> numbers, string path) =>
        numbers.TryGetValue(TableOf(path), out var ids) ? ids[^1] : numbers["Claims"][0];

    async Task SeesNothingOf(HttpResponseMessage answer, long practice, string cell)
    {
        var body = await answer.Content.ReadAsStringAsync(Stop);
        foreach (var other in three.Practices.Where(p => p != practice))
            Assert.False(body.Contains(ThreePractices.Marker(other), StringComparison.Ordinal), cell);
    }

    /// <summary>
    /// Every number of another practice, in the path, in the query and in every field of every form: nothing is shown,
    /// nothing is changed, and nothing of one's own refers to it.
    /// </summary>
    [Fact]
    public async Task A_number_of_another_practice_reaches_nothing_wherever_it_is_put()
    {
        var (mine, theirs) = (three.Practices[2], three.Practices[0]);
        var before = await three.Everything(theirs);
        var numbers = (await three.Numbers(theirs)).Where(static t => t.Key != "Events")
            .SelectMany(static t => t.Value.Take(2)).Distinct().ToList();
        var swaps = 0;
        foreach (var role in new[] { Role.Owner, Role.Biller, Role.Assistant })
        {
            using var browsing = await Browsing.As(three.Served.Url, ThreePractices.NameOf(mine, role));
            var fields = await FieldsOf(browsing, await three.Numbers(mine));
            foreach (var (method, path, permission) in three.Routes())
            {
                if (permission is not { } needed || !Access.Allows(needed, role)) continue;
                var taken = method == HttpMethod.Get ? [] : fields.Where(f => three.Takes(path, f)).ToList();
                // what takes no number is the same each time: once is enough
                var isAlike = method != HttpMethod.Get && taken.Count == 0 && Filled(path, 1) == Filled(path, 2);
                foreach (var id in isAlike ? numbers[..1] : numbers)
                {
                    var text = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    using var answer = method == HttpMethod.Get
                        ? await browsing.Send(method, Filled(path, id) + $"?edit={text}&saved={text}&claim={text}"
                            + $"&received={text}&before={text}&payer={text}&list=payer%3D{text}&version=1")
                        : await browsing.Send(method, Filled(path, id), [.. taken.Select(f => (f, text))]);
                    var cell = $"{role}: {method} {Filled(path, id)}: {(int)answer.StatusCode}";
                    Assert.True((int)answer.StatusCode < 500, cell);
                    if (path.Contains("{id", StringComparison.Ordinal))
                        Assert.True(IsNothing(answer), cell);
                    await SeesNothingOf(answer, mine, cell);
                    swaps++;
                }
            }
        }
        Assert.True(swaps > 1000, $"{swaps} swaps");
        var after = await three.Everything(theirs);
        foreach (var (table, rows) in before) Assert.True(rows == after[table], table);
        Assert.Empty(await Crossings());
    }

    /// <summary>The names of all fields on the pages of a person, and some that no page has.</summary>
    static async Task<HashSet<string>> FieldsOf(Browsing browsing, Dictionary<string, List<long>> mine)
    {
        var names = new HashSet<string>
        {
            "id", "claim", "patient", "Patient", "lot", "Shots[0].LotId", "PayerId", "PatientId", "LocationId", "all",
        };
        foreach (var path in new[]
            {
                "/chart", "/worklist", "/stock", "/stock/receive", "/files", $"/claims/{mine["Claims"][0]}",
                $"/stock/lots/{mine["Lots"][0]}", "/settings/practice", "/settings/people", "/settings/payers",
                "/settings/patients", $"/settings/patients/{mine["Patients"][0]}", "/settings/treatments",
            })
            foreach (Match match in FieldName().Matches((await browsing.Get(path)).Body))
                if (match.Groups[1].Value is var name && name != "__RequestVerificationToken") names.Add(name);
        return names;
    }

    /// <summary>References from a row of one practice to a row of another.</summary>
    Task<List<string>> Crossings() => three.InStore(0, static async db =>
    {
        var found = new List<string>();
        await db.Database.OpenConnectionAsync(Stop);
        var types = db.Model.GetEntityTypes().Where(static t => t.FindProperty("PracticeId") is not null).ToList();
        foreach (var key in types.SelectMany(static t => t.GetForeignKeys()).Where(k => types.Contains(
            k.PrincipalEntityType)))
        {
            var (child, column) = (key.DeclaringEntityType.GetTableName(), key.Properties[0].Name);
            await using DbCommand count = db.Database.GetDbConnection().CreateCommand();
            count.CommandText = $"""
                SELECT COUNT(*) FROM "{child}" AS c JOIN "{key.PrincipalEntityType.GetTableName()}" AS p
                ON c."{column}" = p."Id" WHERE c."PracticeId" <> p."PracticeId"
                """;
            if ((long)(await count.ExecuteScalarAsync(Stop))! > 0) found.Add($"{child}.{column}");
        }
        return found;
    });

    /// <summary>What the front desk may not see: claims, files of payers and to payers, the trail, people.</summary>
    [Fact]
    public async Task The_front_desk_gets_no_claim_no_file_and_no_trail()
    {
        var practice = three.Practices[0];
        var numbers = await three.Numbers(practice);
        using var browsing = await Browsing.As(three.Served.Url, ThreePractices.NameOf(practice, Role.FrontDesk));
        foreach (var path in new[]
            {
                "/files", $"/files/{numbers["Files"][0]}", $"/claims/{numbers["Claims"][0]}",
                $"/claims/{numbers["Claims"][0]}/x12", "/worklist", "/trail", "/settings/people", "/chart",
            })
        {
            using var answer = await browsing.Send(HttpMethod.Get, path);
            Assert.True(Browsing.IsRefused(answer), path);
        }
    }

    /// <summary>Fields that no form has, or that the role may not set, change nothing.</summary>
    [Fact]
    public async Task Fields_that_nobody_asked_for_change_nothing()
    {
        var (practice, other) = (three.Practices[1], three.Practices[0]);
        var numbers = await three.Numbers(practice);
        var others = await three.Everything(other);
        var before = await Guarded(practice);
        (string, string)[] forbidden =
        [
            ("PracticeId", other.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Id", "1"),
            ("NextClaim", "900"), ("NextControl", "900"), ("Charge", "1"), ("charge", "1"), ("Cents", "1"),
            ("Life", "Closed"), ("Document", "{}"), ("PasswordHash", "x"), ("SecurityStamp", "x"),
            ("UserName", "taken"), ("NormalizedUserName", "TAKEN"), ("TwoFactorEnabled", "true"),
            ("LockoutEnd", "2099-01-01"), ("PersonId", "1"), ("Hash", "x"), ("Number", "C999999"), ("Rank", "9"),
            ("Role", "Owner"), ("RequiresSecondFactor", "false"), ("Quantity", "999999"), ("Answer", "{}"),
        ];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var browsing = await Browsing.As(three.Served.Url, ThreePractices.NameOf(practice, role));
            foreach (var (method, path, permission) in three.Routes())
            {
                if (method == HttpMethod.Get || path is "/sign-out" or "/setup" or "/sign-in") continue;
                // an owner may change people and the practice: that is not what is asked here
                if (role is Role.Owner or Role.Manager && permission == Permission.SetUp) continue;
                foreach (var fields in new[] { forbidden, Array.FindAll(forbidden, f => three.Takes(path, f.Item1)) })
                {
                    var (status, _) = await browsing.Post(Filled(path, IdFor(numbers, path)), fields);
                    Assert.True((int)status < 500, $"{role}: {path}: {(int)status}");
                    Assert.True(fields != forbidden || (int)status is 302 or 400 or 404 or 422, $"{role}: {path}");
                }
            }
        }
        Assert.Equal(before, await Guarded(practice));
        Assert.Equal(others, await three.Everything(other));
    }

    /// <summary>What no form changes by the way: people, counters, money, and whose a claim is.</summary>
    Task<string> Guarded(long practice) => three.InStore(practice, async db => string.Join('\n',
        System.Text.Json.JsonSerializer.Serialize(await db.Users.AsNoTracking().OrderBy(static u => u.Id)
            .Select(static u => new { u.Id, u.UserName, u.Role, u.PracticeId, u.PasswordHash, u.IsDisabled })
            .ToListAsync(Stop)),
        System.Text.Json.JsonSerializer.Serialize(await db.Practices.AsNoTracking()
            .SingleAsync(p => p.Id == practice, Stop)),
        System.Text.Json.JsonSerializer.Serialize(await db.Claims.AsNoTracking().OrderBy(static c => c.Id)
            .Select(static c => new { c.Id, c.Number, c.PracticeId, c.PatientId, c.Charge, c.Document, c.Life })
            .ToListAsync(Stop)),
        System.Text.Json.JsonSerializer.Serialize(await db.Postings.AsNoTracking().OrderBy(static p => p.Id)
            .ToListAsync(Stop)),
        System.Text.Json.JsonSerializer.Serialize(await db.Fees.AsNoTracking().OrderBy(static f => f.Id)
            .ToListAsync(Stop))));

    [Fact]
    public async Task A_manager_makes_no_owner_and_changes_none()
    {
        var practice = three.Practices[1];
        using var browsing = await Browsing.As(three.Served.Url, ThreePractices.NameOf(practice, Role.Manager));
        var owner = await three.InStore(practice, static db => db.Users.FirstAsync(static u => u.Role == Role.Owner));
        foreach (var (path, fields) in new (string, (string, string)[])[]
            {
                ("/settings/people", [("Person", "X"), ("Name", "x-new"), ("Role", "Owner"),
                    ("Password", "0123456789ab")]),
                ($"/settings/people/{owner.Id}", [("Role", "Auditor")]),
                ($"/settings/people/{owner.Id}", [("Role", "Owner"), ("Password", "0123456789ab")]),
                ($"/settings/people/{owner.Id}", [("Role", "Owner"), ("Disabled", "true")]),
            })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browsing.Post(path, fields)).Status);
        var after = await three.InStore(practice, static db => db.Users.Where(static u => u.Role == Role.Owner)
            .ToListAsync(Stop));
        Assert.Equal((owner.Id, owner.PasswordHash, false), (Assert.Single(after).Id, after[0].PasswordHash,
            after[0].IsDisabled));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_is_disabled_or_gets_a_smaller_role_is_refused_with_the_next_request(bool isDisabled)
    {
        var practice = three.Practices[0];
        var name = ThreePractices.NameOf(practice, Role.Coder);
        using var coder = await Browsing.As(three.Served.Url, name);
        Assert.Equal(HttpStatusCode.OK, (await coder.Get("/worklist")).Status);
        var id = await three.InStore(practice, db => db.Users.Where(u => u.UserName == name).Select(static u => u.Id)
            .SingleAsync(Stop));
        // by the database alone: nothing has to be reported to a session
        await Set(id, practice, isDisabled ? Role.Coder : Role.FrontDesk, isDisabled);
        using (var answer = await coder.Send(HttpMethod.Get, "/worklist")) Assert.True(Browsing.IsRefused(answer));
        await Set(id, practice, Role.Coder, false);
    }

    Task<int> Set(long id, long practice, Role role, bool isDisabled) => three.InStore(practice, db => db.Users
        .Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(static u => u.Role, role)
            .SetProperty(static u => u.IsDisabled, isDisabled), Stop));
}
