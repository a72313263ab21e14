using System.Globalization;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.SettingFields;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What a practice sets up: the one table of its kinds and fields.</summary>
static class Settings
{
    /// <summary>Rows of a list; patients beyond them are found by their name.</summary>
    public const int Most = 500;

    static readonly (string, string)[]
        PayerKinds =
        [
            ("medicare", "Medicare Part B"), ("medicare-advantage", "Medicare Advantage"), ("medicaid", "Medicaid"),
            ("commercial", "commercial"), ("tricare", "TRICARE or VA"), ("workers-comp", "workers' compensation"),
            ("self-pay", "self-pay"),
        ],
        Sexes = [("F", "female"), ("M", "male"), ("U", "not known")],
        Ranks = [("1", "first"), ("2", "second"), ("3", "third")],
        Places =
        [
            ("11", "office (11)"), ("12", "home (12)"), ("20", "urgent care (20)"),
            ("19", "hospital clinic off campus (19)"), ("22", "hospital clinic (22)"), ("23", "emergency room (23)"),
            ("31", "skilled nursing (31)"), ("49", "independent clinic (49)"),
            ("50", "federally qualified health center (50)"), ("53", "community mental health (53)"),
            ("60", "mass immunization (60)"), ("71", "public health clinic (71)"), ("72", "rural health clinic (72)"),
        ],
        Routes =
        [
            ("im", "into muscle (IM)"), ("sc", "under the skin (SC)"), ("intradermal", "into the skin"),
            ("iv-push", "IV push"), ("intra-articular", "into a joint"),
        ];

    /// <summary>The rooms of the settings, in the order of the tabs.</summary>
    public static readonly (string Path, string Title)[] Rooms =
    [
        ("practice", "Practice"), ("people", "People"), ("locations", "Locations"), ("providers", "Providers"),
        ("payers", "Payers"), ("fees", "Fees"), ("treatments", "Treatments"), ("patients", "Patients"),
        ("chart-systems", "Chart systems"), ("import", "Import"),
    ];

    /// <summary>A kind by its name in addresses; null: there is none.</summary>
    public static async Task<SettingKind?> Of(PracticeDb db, string name) => Of(name, name == "providers"
        ? await db.Providers.AsNoTracking().OrderBy(static p => p.Family).ToListAsync() : []);

    /// <param name="providers">Who may supervise.</param>
    public static SettingKind? Of(string name, List<Provider> providers) => name switch
    {
        "practice" => Practice,
        "locations" => Locations,
        "providers" => Providers(providers),
        "payers" => Payers,
        "fees" => Fees,
        "treatments" => Treatments,
        "patients" => Patients,
        "chart-systems" => ChartSystems,
        _ => null,
    };

    /// <summary>The practice itself: there is one.</summary>
    public static SettingKind Practice { get; } = new("practice", "practice")
    {
        Title = "Practice", NewTitle = "On every claim", ChangeTitle = "On every claim", IsOne = true,
        Fields =
        [
            Text<Practice>("Name", "Name", "as on claims", static p => p.Name, static (p, v) => p.Name = v),
            Checked<Practice>("Npi", "Billing NPI", "ten digits", static p => p.Npi, static (p, v) => p.Npi = v, Npi),
            Checked<Practice>("TaxId", "Tax number", "12-3456789", static p => p.TaxId, static (p, v) => p.TaxId = v,
                TaxId),
            Checked<Practice>("Taxonomy", "Taxonomy", "207Q00000X", static p => p.Taxonomy,
                static (p, v) => p.Taxonomy = v.ToUpperInvariant(), static v => Taxonomy(v.ToUpperInvariant())),
            Checked<Practice>("Phone", "Telephone", "ten digits", static p => p.Phone, static (p, v) => p.Phone = v,
                Phone),
            .. Address<Practice>(static p => p.Address),
        ],
        List = static async db => [await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId)],
        Find = static async (db, _) => await db.Practices.SingleAsync(p => p.Id == db.PracticeId),
        Make = static () => throw new InvalidOperationException("a practice is set up once"),
    };

    public static SettingKind Locations { get; } = Kind<Location>("locations", "location", static l => l.Name,
        static () => new() { Name = "", PlaceOfService = "" }) with
    {
        Title = "Locations", NewTitle = "New location", ChangeTitle = "Change this location",
        Empty = "No location yet. Add the place where you treat: charting needs one.",
        Fields =
        [
            Text<Location>("Name", "Name", "Main Street", static l => l.Name, static (l, v) => l.Name = v),
            Chosen<Location>("PlaceOfService", "Place of service", static l => l.PlaceOfService,
                static (l, v) => l.PlaceOfService = v, Places),
            Chosen<Location>("Setting", "Bills as", static l => l.Setting, static (l, v) => l.Setting = v,
                [("professional", "the professional (837P)"), ("facility", "the facility (837I)")]),
            Checked<Location>("Locality", "Medicare locality", "06102-16", static l => l.Locality,
                static (l, v) => l.Locality = v, static v => v.Length == 0 || (v.Length == 8 && v[5] == '-'
                    && v.Where(static c => c != '-').All(char.IsAsciiDigit)) ? null
                    : T("The locality is five digits, a hyphen and two digits: 06102-16."))
                with { IsOptional = true },
        ],
    };

    /// <summary>Those who give care, each with who supervises.</summary>
    public static SettingKind Providers(IReadOnlyList<Provider> all) => Kind<Provider>("providers", "provider",
        static p => p.Family, static () => new() { Family = "", Given = "", Npi = "" }) with
    {
        Title = "Providers", NewTitle = "New provider", ChangeTitle = "Change this provider", Columns = 6,
        Empty = "No provider yet. Add who treats and orders: claims name them.", IsImported = true,
        Fields =
        [
            Text<Provider>("Family", "Family name", "", static p => p.Family, static (p, v) => p.Family = v)
                with { Aliases = ["last name", "last", "surname", "apellido"] },
            Text<Provider>("Given", "Given name", "", static p => p.Given, static (p, v) => p.Given = v)
                with { Aliases = ["first name", "first", "nombre"] },
            Checked<Provider>("Npi", "NPI", "ten digits", static p => p.Npi, static (p, v) => p.Npi = v, Npi)
                with { Aliases = ["provider npi", "individual npi", "npi number"] },
            Checked<Provider>("Taxonomy", "Taxonomy", "207Q00000X", static p => p.Taxonomy,
                static (p, v) => p.Taxonomy = v.ToUpperInvariant(), static v => Taxonomy(v.ToUpperInvariant()))
                with { Aliases = ["taxonomy code", "specialty code"], IsOptional = true },
            Free<Provider>("Credential", "Credential", "MD", static p => p.Credential,
                static (p, v) => p.Credential = v) with { Aliases = ["credentials", "degree", "title"] },
            Chosen<Provider>("SupervisorId", "Supervised by", static p => Number(p.SupervisorId),
                static (p, v) => p.SupervisorId = v.Length == 0 ? null : Id(v),
                [("", "—"), .. all.Select(static p => (Number(p.Id), $"{p.Family}, {p.Given}"))])
                with { IsOwn = true, IsOptional = true },
        ],
    };

    public static SettingKind Payers { get; } = Kind<Payer>("payers", "payer", static p => p.Name,
        static () => new() { Name = "", Number = "", Kind = "", Filing = "" }) with
    {
        Title = "Payers", NewTitle = "New payer", ChangeTitle = "Change this payer",
        Empty = "No payer yet. Add whom you bill most: a patient's coverage needs one.",
        Links = [("", "Rules and contract")],
        Fields =
        [
            Text<Payer>("Name", "Name", "Medicare Part B", static p => p.Name, static (p, v) => p.Name = v),
            Text<Payer>("Number", "Payer id", "as on claims", static p => p.Number, static (p, v) => p.Number = v),
            Chosen<Payer>("Kind", "Kind", static p => p.Kind, static (p, v) => p.Kind = v, PayerKinds),
            Checked<Payer>("Filing", "Claim filing", "MB, MC, CI", static p => p.Filing,
                static (p, v) => p.Filing = v.ToUpperInvariant(),
                static v => v.Length == 2 && v.All(char.IsAsciiLetterOrDigit) ? null
                    : T("The claim filing indicator has two characters: MB for Medicare, CI for commercial.")),
        ],
    };

    public static SettingKind Fees { get; } = Kind<Fee>("fees", "fee", static f => f.Code,
        static () => new() { Code = "" }) with
    {
        Title = "Fees", NewTitle = "New fee", ChangeTitle = "Change this fee", IsImported = true,
        Empty = "No fee yet. Add what you charge for a shot: 96372, and the code of the drug.",
        Fields =
        [
            Checked<Fee>("Code", "Code", "96372", static f => f.Code, static (f, v) => f.Code = v.ToUpperInvariant(),
                static v => v.Length == 5 && Values.Code.TryParse(v, out _) ? null
                    : T("A code has five characters."))
                with { Aliases = ["cpt", "hcpcs", "procedure", "procedure code", "cpt code", "hcpcs code", "código"] },
            Checked<Fee>("Cents", "Charge for one unit", "38.00", static f => f.Cents == 0 ? "" : Money(f.Cents),
                static (f, v) => f.Cents = (long)(Dollars(v)! * 100), static v => Dollars(v) is not null ? null
                    : T("Write the charge in dollars and cents: 38.00."))
                with { Aliases = ["fee", "charge", "price", "amount", "tarifa", "precio"] },
        ],
    };

    /// <summary>Chart systems of others that may open the chart page (SMART on FHIR).</summary>
    public static SettingKind ChartSystems { get; } = Kind<ChartSystem>("chart-systems", "chart-system",
        static s => s.Name, static () => new() { Name = "", Address = "", ClientId = "" }) with
    {
        Title = "Chart systems", NewTitle = "New chart system", ChangeTitle = "Change this chart system",
        Empty = "No chart system is set up. One that you add may open the chart page for its patient (SMART on FHIR).",
        Fields =
        [
            Text<ChartSystem>("Name", "Name", "our EHR", static s => s.Name, static (s, v) => s.Name = v),
            Checked<ChartSystem>("Address", "Its FHIR address (iss)", "https://ehr.example.org/fhir",
                static s => s.Address, static (s, v) => s.Address = v.TrimEnd('/'), static v => Smart.SmartServer
                    .IsAddress(v, out _) ? null : T("Write the address as it is there; it begins with https://.")),
            Text<ChartSystem>("ClientId", "Client id", "how it calls this program", static s => s.ClientId,
                static (s, v) => s.ClientId = v),
            Checked<ChartSystem>("SignInHost", "Host of its sign-in, if another", "https://login.example.org",
                static s => s.SignInHost, static (s, v) => s.SignInHost = v.TrimEnd('/'),
                static v => v.Length == 0 || Smart.SmartServer.IsAddress(v, out _) ? null
                    : T("Write the address as it is there; it begins with https://.")) with { IsOptional = true },
        ],
    };

    static string Money(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>What is the same each time; vial, site and response are charted at each shot.</summary>
    public static SettingKind Treatments { get; } = Kind<Treatment>("treatments", "treatment", static t => t.Name,
        static () => new() { Name = "", Administration = "{}" }) with
    {
        Title = "Treatments", NewTitle = "New treatment", ChangeTitle = "Change this treatment",
        Empty = "No treatment yet. Add what you give every week: charting it then takes a few keys.",
        IsImported = true,
        Fields =
        [
            Text<Treatment>("Name", "Name", "B12 1,000 mcg, monthly", static t => t.Name, static (t, v) => t.Name = v)
                with { Aliases = ["treatment", "template", "nombre"] },
            Given("drug", "Drug", "cyanocobalamin", "medication", "medicamento") with
            {
                Options = "/settings/drugs", IsOptional = false,
            },
            Given("dose", "Dose", "1000 mcg", "dosis"),
            Given("route", "Route", "", "vía") with { Choices = [("", "not the same each time"), .. Routes] },
            Given("diagnoses", "Why (diagnosis)", "D51.0", "diagnosis", "icd-10", "icd10", "dx", "diagnóstico")
                with { Options = "/chart/diagnoses" },
            Given("indication", "In words", "B12 level 142 pg/mL", "reason", "indication"),
            Given("observed", "Minutes observed", "10", "observed"),
        ],
    };

    public static SettingKind Patients { get; } = Kind<Patient>("patients", "patient", static p => p.Family,
        static () => new()
        {
            Family = "", Given = "", Sex = "", Address = new() { Line = "", City = "", State = "", Zip = "" }
        }) with
    {
        Title = "Patients", NewTitle = "New patient", ChangeTitle = "Change this patient", Columns = 4,
        Empty = "No patient yet. Add the first one, or import your list.", IsImported = true,
        Links = [("", "Coverage"), ("/orders", "Standing orders")],
        Fields =
        [
            Text<Patient>("Family", "Family name", "", static p => p.Family, static (p, v) => p.Family = v)
                with { Aliases = ["last name", "last", "surname", "patient last name", "apellido"] },
            Text<Patient>("Given", "Given name", "", static p => p.Given, static (p, v) => p.Given = v)
                with { Aliases = ["first name", "first", "patient first name", "nombre"] },
            Day<Patient>("BirthDate", "Birth date", static p => p.BirthDate, static (p, v) => p.BirthDate = v)
                with { Aliases = ["dob", "date of birth", "birthdate", "born", "fecha de nacimiento"] },
            Chosen<Patient>("Sex", "Sex", static p => p.Sex, static (p, v) => p.Sex = v, Sexes)
                with { Aliases = ["gender", "sexo"] },
            .. Address<Patient>(static p => p.Address),
            FreeDay<Patient>("SignedOn", "Signature on file since", static p => p.SignedOn,
                static (p, v) => p.SignedOn = v)
                with { Aliases = ["signature on file", "signature date", "signed on", "sof"] },
        ],
    };

    /// <summary>The coverages of one patient.</summary>
    public static SettingKind Coverages(long patient, IReadOnlyList<Payer> payers) => new("patients", "coverage")
    {
        Title = "Coverage", NewTitle = "New coverage", ChangeTitle = "Change this coverage",
        Empty = "No coverage yet. Add the plan that pays first: without one no claim is made.",
        Fields =
        [
            Chosen<Coverage>("PayerId", "Payer", static c => c.PayerId == 0 ? "" : Number(c.PayerId),
                static (c, v) => c.PayerId = Id(v), [.. payers.Select(static p => (Number(p.Id), p.Name))])
                with { IsOwn = true },
            Text<Coverage>("MemberId", "Member number", "as on the card", static c => c.MemberId,
                static (c, v) => c.MemberId = v)
                with { Aliases = ["member id", "subscriber id", "policy number", "insurance id", "miembro"] },
            Chosen<Coverage>("Rank", "Pays", static c => Number(c.Rank),
                static (c, v) => c.Rank = int.Parse(v, CultureInfo.InvariantCulture), Ranks)
                with { Aliases = ["rank", "order", "priority", "paga"] },
            FreeDay<Coverage>("From", "From", static c => c.From, static (c, v) => c.From = v)
                with { Aliases = ["coverage from", "effective", "effective date", "start date", "desde"] },
            FreeDay<Coverage>("Thru", "Last day", static c => c.Thru, static (c, v) => c.Thru = v)
                with { Aliases = ["coverage thru", "termination", "termination date", "end date", "hasta"] },
        ],
        List = async db => [.. await db.Set<Coverage>().AsNoTracking().Where(c => c.PatientId == patient)
            .OrderBy(static c => c.Rank).ThenBy(static c => c.Id).ToListAsync()],
        Find = async (db, id) => await db.Set<Coverage>()
            .FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patient),
        Make = () => new Coverage { PatientId = patient, MemberId = "" },
    };

    /// <summary>The standing orders of one patient.</summary>
    public static SettingKind Orders(long patient) => new("patients", "order")
    {
        Title = "Standing orders", NewTitle = "New standing order", ChangeTitle = "Change this standing order",
        Empty = "No standing order. One that is here fills in who ordered a shot, when and why.",
        Fields =
        [
            Text<StandingOrder>("Drug", "Drug", "cyanocobalamin", static o => o.Drug, static (o, v) => o.Drug = v)
                with { Options = "/settings/drugs" },
            Text<StandingOrder>("By", "Ordered by", "Dr. Sample", static o => o.By, static (o, v) => o.By = v),
            Day<StandingOrder>("On", "Ordered on", static o => o.On, static (o, v) => o.On = v),
            Day<StandingOrder>("Thru", "Last day", static o => o.Thru, static (o, v) => o.Thru = v),
            Free<StandingOrder>("Diagnosis", "Why (diagnosis)", "D51.0", static o => o.Diagnosis,
                static (o, v) => o.Diagnosis = v.ToUpperInvariant()) with { Options = "/chart/diagnoses" },
            Free<StandingOrder>("Indication", "In words", "B12 level 142 pg/mL", static o => o.Indication,
                static (o, v) => o.Indication = v),
        ],
        List = async db => [.. await db.StandingOrders.AsNoTracking().Where(o => o.PatientId == patient)
            .OrderByDescending(static o => o.Thru).ToListAsync()],
        Find = async (db, id) => await db.StandingOrders
            .FirstOrDefaultAsync(o => o.Id == id && o.PatientId == patient),
        Make = () => new StandingOrder { PatientId = patient, Drug = "", By = "" },
    };

    static SettingKind Kind<T>(string name, string one, System.Linq.Expressions.Expression<Func<T, string>> order,
        Func<T> make) where T : Row => new(name, one)
    {
        Title = "", NewTitle = "", ChangeTitle = "", Fields = [],
        List = async db => [.. await db.Set<T>().AsNoTracking().OrderBy(order).ThenBy(static r => r.Id).Take(Most)
            .ToListAsync()],
        Find = static async (db, id) => await db.Set<T>().FirstOrDefaultAsync(r => r.Id == id),
        Make = () => make(),
    };

    static SettingField[] Address<T>(Func<T, Address> of) =>
    [
        Text<T>("Line", "Street", "", t => of(t).Line, (t, v) => of(t).Line = v)
            with { Aliases = ["address", "address 1", "address line 1", "dirección", "calle"] },
        Text<T>("City", "City", "", t => of(t).City, (t, v) => of(t).City = v) with { Aliases = ["town", "ciudad"] },
        Checked<T>("State", "State", "IL", t => of(t).State, (t, v) => of(t).State = v.ToUpperInvariant(),
            SettingFields.State) with { Aliases = ["st", "estado"] },
        Checked<T>("Zip", "ZIP", "62701", t => of(t).Zip,
            (t, v) => of(t).Zip = v.Replace("-", "", StringComparison.Ordinal),
            static v => Zip(v.Replace("-", "", StringComparison.Ordinal)))
            with { Aliases = ["zip code", "postal code", "zipcode", "código postal"] },
    ];

    static string Number(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    static long Id(string typed) => long.Parse(typed, CultureInfo.InvariantCulture);

    /// <summary>A member of a treatment's administration; what the form does not have stays as it is.</summary>
    static SettingField Given(string member, string label, string hint, params string[] aliases) =>
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
                else
                    given[member] = member switch
                    {
                        "diagnoses" => new JsonArray([.. typed.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                            .Select(static code => (JsonNode?)code)]),
                        "observed" when int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture,
                            out var minutes) => minutes,
                        _ => typed,
                    };
                t.Administration = given.ToJsonString();
            }) with { Aliases = aliases };
}
