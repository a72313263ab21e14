using System.Globalization;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>A field of what is set up.</summary>
/// <param name="Set">Takes what was typed; the fault where it cannot be so, else null.</param>
public sealed record SettingField(string Name, string Label, string Hint, Func<object, string> Get,
    Func<object, string, string?> Set, IReadOnlyList<(string Word, string Shown)>? Choices = null);

/// <summary>A kind of thing that a practice sets up, with its fields in the order of the form.</summary>
/// <param name="One">What one of them is called.</param>
/// <param name="New">A new one, all empty.</param>
public sealed record SettingKind(string Name, string Title, string One, IReadOnlyList<SettingField> Fields,
    Func<PracticeDb, Task<List<object>>> List, Func<PracticeDb, long, Task<object?>> Find, Func<object> New);

/// <summary>What a practice sets up: the one table of its kinds and fields.</summary>
static class Settings
{
    /// <summary>Rows of a list; patients beyond them are found by their name on the chart screen.</summary>
    const int Most = 500;

    static readonly (string, string)[] PayerKinds =
    [
        ("medicare", "Medicare Part B"), ("medicare-advantage", "Medicare Advantage"), ("medicaid", "Medicaid"),
        ("commercial", "commercial"), ("tricare", "TRICARE or VA"), ("workers-comp", "workers' compensation"),
        ("self-pay", "self-pay"),
    ];

    public static IReadOnlyList<SettingKind> Kinds { get; } =
    [
        Of<Location>("locations", "Locations", "location", static l => l.Name,
            static () => new() { Name = "", PlaceOfService = "" },
            Text<Location>("Name", "Name", "Main Street", static l => l.Name, static (l, v) => l.Name = v),
            Checked<Location>("PlaceOfService", "Place of service", "11", static l => l.PlaceOfService,
                static (l, v) => l.PlaceOfService = v, static v => v.Length == 2 && v.All(char.IsAsciiDigit)
                    ? null : "The place of service has two digits: 11 is an office."),
            Checked<Location>("Locality", "Medicare locality", "06102-16", static l => l.Locality,
                static (l, v) => l.Locality = v, static v => v.Length == 0 || (v.Length == 8 && v[5] == '-')
                    ? null : "The locality is five digits, a hyphen and two digits: 06102-16.")),
        Of<Provider>("providers", "Providers", "provider", static p => p.Family,
            static () => new() { Family = "", Given = "", Npi = "" },
            Text<Provider>("Family", "Family name", "", static p => p.Family, static (p, v) => p.Family = v),
            Text<Provider>("Given", "Given name", "", static p => p.Given, static (p, v) => p.Given = v),
            Checked<Provider>("Npi", "NPI", "ten digits", static p => p.Npi, static (p, v) => p.Npi = v, Npi),
            Free<Provider>("Taxonomy", "Taxonomy", "207Q00000X", static p => p.Taxonomy,
                static (p, v) => p.Taxonomy = v),
            Free<Provider>("Credential", "Credential", "MD", static p => p.Credential,
                static (p, v) => p.Credential = v)),
        Of<Payer>("payers", "Payers", "payer", static p => p.Name,
            static () => new() { Name = "", Number = "", Kind = "", Filing = "" },
            Text<Payer>("Name", "Name", "Medicare Part B", static p => p.Name, static (p, v) => p.Name = v),
            Text<Payer>("Number", "Payer id", "as on claims", static p => p.Number, static (p, v) => p.Number = v),
            Chosen<Payer>("Kind", "Kind", static p => p.Kind, static (p, v) => p.Kind = v, PayerKinds),
            Checked<Payer>("Filing", "Claim filing", "MB, MC, CI", static p => p.Filing,
                static (p, v) => p.Filing = v.ToUpperInvariant(), static v => v.Length == 2
                    ? null : "The claim filing indicator has two characters: MB for Medicare, CI for commercial.")),
        Of<Fee>("fees", "Fees", "fee", static f => f.Code, static () => new() { Code = "" },
            Checked<Fee>("Code", "Code", "96372", static f => f.Code, static (f, v) => f.Code = v.ToUpperInvariant(),
                static v => v.Length == 5 && Code.TryParse(v, out _) ? null : "A code has five characters."),
            Checked<Fee>("Cents", "Charge for one unit", "38.00",
                static f => (f.Cents / 100m).ToString("0.00", CultureInfo.InvariantCulture),
                static (f, v) => f.Cents = (long)(Dollars(v)! * 100), static v => Dollars(v) is not null
                    ? null : "Write the charge in dollars and cents: 38.00.")),
        Of<Treatment>("treatments", "Treatments", "treatment", static t => t.Name,
            static () => new() { Name = "", Administration = "{}" },
            [
                Text<Treatment>("Name", "Name", "B12 1,000 mcg, monthly", static t => t.Name,
                    static (t, v) => t.Name = v),
                .. Given("drug", "Drug", "cyanocobalamin"), .. Given("dose", "Dose", "1000 mcg"),
                .. Given("route", "Route", "im"), .. Given("ndc", "NDC", "00517-0031-25"),
                .. Given("container", "Container", "single-dose"),
                .. Given("containerAmount", "Container holds", "1000 mcg"),
                .. Given("discarded", "Thrown away", "none"), .. Given("indication", "Why, in words", ""),
                .. Given("diagnoses", "Diagnoses", "D51.0"),
            ]),
        Of<Patient>("patients", "Patients", "patient", static p => p.Family,
            static () => new()
            {
                Family = "", Given = "", Sex = "", Address = new() { Line = "", City = "", State = "", Zip = "" }
            },
            Text<Patient>("Family", "Family name", "", static p => p.Family, static (p, v) => p.Family = v),
            Text<Patient>("Given", "Given name", "", static p => p.Given, static (p, v) => p.Given = v),
            Checked<Patient>("BirthDate", "Birth date", "1958-04-09",
                static p => p.BirthDate == default ? "" : p.BirthDate.Iso(),
                static (p, v) => p.BirthDate = Days.Read(v), Day),
            Chosen<Patient>("Sex", "Sex", static p => p.Sex, static (p, v) => p.Sex = v,
                [("F", "female"), ("M", "male"), ("U", "not known")]),
            Text<Patient>("Line", "Street", "", static p => p.Address.Line, static (p, v) => p.Address.Line = v),
            Text<Patient>("City", "City", "", static p => p.Address.City, static (p, v) => p.Address.City = v),
            Checked<Patient>("State", "State", "IL", static p => p.Address.State,
                static (p, v) => p.Address.State = v.ToUpperInvariant(), State),
            Checked<Patient>("Zip", "ZIP", "62701", static p => p.Address.Zip, static (p, v) => p.Address.Zip = v,
                Zip),
            Checked<Patient>("SignedOn", "Signature on file since", "2026-01-05", static p => p.SignedOn.Iso(),
                static (p, v) => p.SignedOn = v.Length == 0 ? null : Days.Read(v),
                static v => v.Length == 0 ? null : Day(v))),
    ];

    /// <summary>The practice itself: there is one.</summary>
    public static SettingKind Practice { get; } = new("practice", "Practice", "practice",
        [
            Text<Practice>("Name", "Name", "as on claims", static p => p.Name, static (p, v) => p.Name = v),
            Checked<Practice>("Npi", "Billing NPI", "ten digits", static p => p.Npi, static (p, v) => p.Npi = v, Npi),
            Text<Practice>("TaxId", "Tax number", "12-3456789", static p => p.TaxId, static (p, v) => p.TaxId = v),
            Free<Practice>("Taxonomy", "Taxonomy", "207Q00000X", static p => p.Taxonomy,
                static (p, v) => p.Taxonomy = v),
            Free<Practice>("Phone", "Telephone", "ten digits", static p => p.Phone, static (p, v) => p.Phone = v),
            Text<Practice>("Line", "Street", "", static p => p.Address.Line, static (p, v) => p.Address.Line = v),
            Text<Practice>("City", "City", "", static p => p.Address.City, static (p, v) => p.Address.City = v),
            Checked<Practice>("State", "State", "IL", static p => p.Address.State,
                static (p, v) => p.Address.State = v.ToUpperInvariant(), State),
            Checked<Practice>("Zip", "ZIP", "nine digits", static p => p.Address.Zip,
                static (p, v) => p.Address.Zip = v, Zip),
        ],
        static async db => [await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId)],
        static async (db, _) => await db.Practices.SingleAsync(p => p.Id == db.PracticeId),
        static () => throw new InvalidOperationException("a practice is set up once"));

    /// <summary>The coverages of one patient.</summary>
    public static SettingKind Coverages(long patient, IReadOnlyList<Payer> payers) => new("coverages", "Coverage",
        "coverage",
        [
            Chosen<Coverage>("PayerId", "Payer",
                static c => c.PayerId == 0 ? "" : c.PayerId.ToString(CultureInfo.InvariantCulture),
                static (c, v) => c.PayerId = long.Parse(v, CultureInfo.InvariantCulture),
                [.. payers.Select(static p => (p.Id.ToString(CultureInfo.InvariantCulture), p.Name))]),
            Text<Coverage>("MemberId", "Member number", "as on the card", static c => c.MemberId,
                static (c, v) => c.MemberId = v),
            Chosen<Coverage>("Rank", "Pays", static c => c.Rank.ToString(CultureInfo.InvariantCulture),
                static (c, v) => c.Rank = int.Parse(v, CultureInfo.InvariantCulture),
                [("1", "first"), ("2", "second"), ("3", "third")]),
        ],
        async db => [.. await db.Set<Coverage>().AsNoTracking().Where(c => c.PatientId == patient)
            .OrderBy(static c => c.Rank).ToListAsync()],
        async (db, id) => await db.Set<Coverage>().FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patient),
        () => new Coverage { PatientId = patient, MemberId = "" });

    static SettingKind Of<T>(string name, string title, string one,
        System.Linq.Expressions.Expression<Func<T, string>> order, Func<T> make, params SettingField[] fields)
        where T : Row => new(name, title, one, fields,
        async db => [.. await db.Set<T>().AsNoTracking().OrderBy(order).ThenBy(static r => r.Id).Take(Most)
            .ToListAsync()],
        static async (db, id) => await db.Set<T>().FirstOrDefaultAsync(r => r.Id == id), () => make());

    static SettingField Free<T>(string name, string label, string hint, Func<T, string> get, Action<T, string> set) =>
        Checked(name, label, hint, get, set, static _ => null);

    static SettingField Text<T>(string name, string label, string hint, Func<T, string> get, Action<T, string> set) =>
        Checked(name, label, hint, get, set, v => v.Length > 0 ? null : $"{label} is missing.");

    static SettingField Checked<T>(string name, string label, string hint, Func<T, string> get,
        Action<T, string> set, Func<string, string?> check) =>
        new(name, label, hint, of => get((T)of), (of, typed) => Take((T)of, typed, set, check));

    static SettingField Chosen<T>(string name, string label, Func<T, string> get, Action<T, string> set,
        IReadOnlyList<(string Word, string Shown)> choices) =>
        new(name, label, "", of => get((T)of), (of, typed) => Take((T)of, typed, set,
            v => choices.Any(c => c.Word == v) ? null : $"{label} is missing."), choices);

    static string? Take<T>(T of, string typed, Action<T, string> set, Func<string, string?> check)
    {
        typed = typed.Trim();
        if (typed.Length > 200) return "This is too long: at most 200 characters.";
        if (check(typed) is { } fault) return fault;
        set(of, typed);
        return null;
    }

    /// <summary>A member of a treatment's administration; what the form does not have stays as it is.</summary>
    static SettingField[] Given(string member, string label, string hint) =>
    [
        Free<Treatment>(member, label, hint,
            t => JsonNode.Parse(t.Administration)![member] switch
            {
                JsonArray list => string.Join(", ", list.Select(static i => i?.ToString())),
                { } value => value.ToString(),
                null => "",
            },
            (t, typed) =>
            {
                var given = JsonNode.Parse(t.Administration)!.AsObject();
                if (typed.Length == 0) given.Remove(member);
                else given[member] = member == "diagnoses"
                    ? new JsonArray([.. typed.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                        .Select(static code => (JsonNode?)code)])
                    : typed;
                t.Administration = given.ToJsonString();
            }),
    ];

    static string? Npi(string typed) => Values.Npi.TryParse(typed, out _) ? null
        : "This NPI is not right: it has ten digits, and the last one checks the others.";

    static string? State(string typed) => typed.Length == 2 && typed.All(char.IsAsciiLetter) ? null
        : "The state has two letters.";

    static string? Zip(string typed) => typed.Length is 5 or 9 && typed.All(char.IsAsciiDigit) ? null
        : "A ZIP code has five or nine digits, without a hyphen.";

    static string? Day(string typed) => Days.TryRead(typed, out _) ? null : "Write the day as 2026-03-02.";

    static decimal? Dollars(string typed) => decimal.TryParse(typed.Replace("$", "", StringComparison.Ordinal),
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var dollars)
        && dollars is > 0 and < 1_000_000 && decimal.Round(dollars, 2) == dollars ? dollars : null;
}
