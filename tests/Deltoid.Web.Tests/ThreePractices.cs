using System.Reflection;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// One store with three practices: each has a person of every role, two locations, patients, stock, claims, files. No
/// number of a row is used in two tables, so that a number says whose it is.
/// </summary>
public sealed class ThreePractices : IAsyncLifetime
{
    static readonly DateTime Now = new(2026, 3, 4, 15, 0, 0, DateTimeKind.Utc);

    internal ServedPractice Served { get; private set; } = null!;

    public IReadOnlyList<long> Practices { get; private set; } = [];

    /// <summary>What each practice alone has in its texts; the full stop is in no token of a form.</summary>
    public static string Marker(long practice) => $"Zq{practice % 1000}.x";

    public static string NameOf(long practice, Role role) => $"{role}-{practice}";

    public async ValueTask InitializeAsync()
    {
        Served = await ServedPractice.Start(Ground.Sqlite, isSample: false);
        using var scope = Served.App.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var at = 0;
        foreach (var table in Tables(db))
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO sqlite_sequence (name, seq) VALUES ({table}, {++at * 10_000})");
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>();
        var hash = hasher.HashPassword(null!, Sample.Password);
        var practices = new List<long>();
        for (var i = 0; i < 3; i++) practices.Add(await Fill(db, hash));
        Practices = practices;
        foreach (var practice in practices) // what is made of all this later would be a change
        {
            (db.PracticeId, db.PersonId) = (practice, null);
            db.ChangeTracker.Clear();
            await Outcomes.CatchUp(db, ChartedClaims.EngineOf(Served));
            await OpenClaims.CatchUp(db, ChartedClaims.EngineOf(Served), Now, CancellationToken.None);
            await Endings.Watch(db, DateOnly.FromDateTime(DateTime.Today), Now);
        }
    }

    static IEnumerable<string> Tables(PracticeDb db) => db.Model.GetEntityTypes()
        .Where(static t => t.ClrType.IsAssignableTo(typeof(Row)) || t.ClrType == typeof(Person)
            || t.ClrType == typeof(Practice)).Select(static t => t.GetTableName()!);

    async Task<long> Fill(PracticeDb db, string hash)
    {
        db.PracticeId = 0;
        db.ChangeTracker.Clear();
        var practice = new Practice
        {
            Name = "?", Npi = "1234567893", TaxId = "12-3456789", Phone = "2175550100",
            Address = new() { Line = "1 Road", City = "Springfield", State = "IL", Zip = "627010000" },
        };
        db.Practices.Add(practice);
        await db.SaveChangesAsync();
        var mark = Marker(practice.Id);
        db.PracticeId = practice.Id;
        practice.Name = mark + " Clinic";
        foreach (var role in Enum.GetValues<Role>())
            db.Users.Add(new()
            {
                UserName = NameOf(practice.Id, role), NormalizedUserName = NameOf(practice.Id, role).ToUpperInvariant(),
                Name = mark + role, Role = role, PracticeId = practice.Id, PasswordHash = hash,
                SecurityStamp = Guid.NewGuid().ToString(),
            });
        var payer = new Payer { Name = mark + " Plan", Number = "MEDICARE-B", Kind = "medicare", Filing = "MB" };
        db.Locations.AddRange(new() { Name = mark + " north", PlaceOfService = "11", Locality = "06102-16" },
            new() { Name = mark + " south", PlaceOfService = "11" });
        db.Providers.Add(new() { Family = mark, Given = "Dana", Npi = "1245319599" });
        db.AddRange(payer, new Fee { Code = "96372", Cents = 3800 }, new Fee { Code = "J3420", Cents = 1250 },
            new Treatment { Name = mark + " shot", Administration = """{ "drug": "cyanocobalamin" }""" });
        for (var i = 0; i < 2; i++)
        {
            var patient = new Patient
            {
                Family = mark + "son", Given = $"Pat{i}", BirthDate = new(1958, 4, 9), Sex = "F",
                SignedOn = new(2026, 1, 5),
                Address = new() { Line = mark + " Lane", City = "Springfield", State = "IL", Zip = "62701" },
            };
            patient.Coverages.Add(new() { Payer = payer, MemberId = $"{mark}MEMBER{i}" });
            db.Patients.Add(patient);
        }
        await db.SaveChangesAsync();
        await Chart(db, payer, mark);
        return practice.Id;
    }

    async Task Chart(PracticeDb db, Payer payer, string mark)
    {
        var engine = ChartedClaims.EngineOf(Served);
        db.PersonId = (await db.Users.FirstAsync(static u => u.Role == Role.Owner)).Id;
        await Stock.Receive(db, new()
        {
            Ndc = "00517003125", Drug = "cyanocobalamin", Number = mark + "LOT", Expires = new(2027, 12, 31),
            Container = "single-dose", Holds = 1_000_000, Unit = "mcg", Source = StockSource.Own,
        }, 12, Now, new(2026, 3, 4));
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "b12-shot-billing.json"));
        var location = await db.Locations.OrderBy(static l => l.Id).FirstAsync();
        var claims = new List<StoredClaim>();
        foreach (var patient in await db.Patients.OrderBy(static p => p.Id).ToListAsync())
            claims.Add(await Visits.Chart(db, engine, patient, location, payer, number => document
                .Replace("SAMPLE-1", number, StringComparison.Ordinal)
                .Replace("Pat", mark, StringComparison.Ordinal), Now));
        await Sending.Send(db, [claims[0].Id], Now);
        db.Drafts.Add(new() { PersonId = db.PersonId.Value, Form = "shot", Document = "{}", At = Now });
        await db.SaveChangesAsync();
    }

    /// <summary>Every route of people that says whom it is for; those of programs are asked by their tokens.</summary>
    internal List<(HttpMethod Method, string Path, Permission? Permission)> Routes() =>
        [.. Served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => !ApiProgram.Asks(r))
            .Select(static r => (new HttpMethod(r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]),
                r.RoutePattern.RawText!, r.Metadata.GetMetadata<Access.RoutePolicy>()!.Permission))];

    /// <summary>Whether the form of a route has the field: any other is refused before the route is asked.</summary>
    internal bool Takes(string path, string field) => WholeForms.Unknown(Served.App.Services
        .GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().First(r =>
            r.RoutePattern.RawText == path && r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0] == "POST"),
        new(new Dictionary<string, object?> { ["section"] = "patients" }), [field]) is null;

    internal async Task<T> InStore<T>(long practice, Func<PracticeDb, Task<T>> ask) => await Served.InStore(db =>
    {
        db.PracticeId = practice;
        return ask(db);
    });

    /// <summary>The numbers of a practice's rows, by table.</summary>
    internal Task<Dictionary<string, List<long>>> Numbers(long practice) => InStore(practice, static async db =>
    {
        var numbers = new Dictionary<string, List<long>>();
        foreach (var (table, rows) in await Rows(db))
            numbers[table] = [.. rows.Select(static r => (long)r.GetType().GetProperty("Id")!.GetValue(r)!)];
        return numbers;
    });

    /// <summary>All that a practice keeps, as one text for each table.</summary>
    internal Task<Dictionary<string, string>> Everything(long practice) => InStore(practice, static async db =>
        (await Rows(db)).ToDictionary(static t => t.Key, static t => JsonSerializer.Serialize(
            t.Value.Select(static r => r.GetType().GetProperties().Where(static p => p.PropertyType.IsValueType
                || p.PropertyType == typeof(string) || p.PropertyType == typeof(byte[]))
                .ToDictionary(static p => p.Name, p => p.GetValue(r))))));

    static async Task<Dictionary<string, List<object>>> Rows(PracticeDb db)
    {
        var all = new Dictionary<string, List<object>>();
        foreach (var type in db.Model.GetEntityTypes().Where(static t => t.ClrType.IsAssignableTo(typeof(Row))
            || t.ClrType == typeof(Person)))
            all[type.GetTableName()!] = await (Task<List<object>>)typeof(ThreePractices)
                .GetMethod(nameof(RowsOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType).Invoke(null, [db])!;
        all["Practices"] = [await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId)];
        return all;
    }

    static async Task<List<object>> RowsOf<T>(PracticeDb db) where T : class =>
        [.. await db.Set<T>().AsNoTracking().OrderBy(static r => EF.Property<long>(r, "Id")).ToListAsync()];

    public ValueTask DisposeAsync() => Served.DisposeAsync();
}
