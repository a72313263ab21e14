using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;

namespace Deltoid.Web;

/// <summary>A practice to try things on; nobody in it exists.</summary>
static class Sample
{
    public const string Owner = "omar", Biller = "bea", Assistant = "mia", Password = "try deltoid here";

    /// <summary>The hash of the sample's password: slow on purpose, so it is made once, beside the store.</summary>
    public static string Hash(IServiceProvider services) =>
        services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(new() { Name = "" }, Password);

    /// <summary>Fills an empty store; the dates of vials and orders count from today.</summary>
    public static async Task Fill(PracticeDb db, Task<string> hash, DateOnly today)
    {
        var practice = new Practice
        {
            Name = "Sample Street Clinic", Npi = "1234567893", TaxId = "12-3456789", Taxonomy = "207Q00000X",
            Phone = "2175550100",
            Address = new() { Line = "100 Sample Street", City = "Springfield", State = "IL", Zip = "627010000" },
        };
        db.Practices.Add(practice);
        await db.SaveChangesAsync();
        db.PracticeId = practice.Id;
        foreach (var (name, shown, role) in new[]
            { (Owner, "Omar (owner)", Role.Owner), (Biller, "Bea (biller)", Role.Biller),
                (Assistant, "Mia (medical assistant)", Role.Assistant) })
            db.Users.Add(new()
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), Name = shown, Role = role,
                PracticeId = practice.Id, PasswordHash = await hash, SecurityStamp = Guid.NewGuid().ToString(),
                LockoutEnabled = true,
            });
        db.Locations.Add(new() { Name = "Sample Street", PlaceOfService = "11", Locality = "06102-16" });
        db.Locations.Add(new() { Name = "Home visits", PlaceOfService = "12", Locality = "06102-16" });
        db.Providers.Add(new()
        {
            Family = "Sample", Given = "Dana", Npi = "1245319599", Taxonomy = "207Q00000X", Credential = "MD"
        });
        foreach (var (code, cents) in new[] { ("96372", 3800L), ("J3420", 1250L), ("J1885", 1500L), ("J1030", 2000L) })
            db.Fees.Add(new() { Code = code, Cents = cents });
        var medicare = new Payer { Name = "Medicare Part B", Number = "MEDICARE-B", Kind = "medicare", Filing = "MB" };
        db.Payers.Add(medicare);
        foreach (var (family, given, born, sex, member) in new[]
            {
                ("Example", "Pat", new DateOnly(1958, 4, 9), "F", "1EG4TE5MK73"),
                ("Specimen", "Lee", new DateOnly(1949, 11, 2), "M", "2FH5UF6NM84"),
            })
        {
            var patient = new Patient
            {
                Family = family, Given = given, BirthDate = born, Sex = sex, SignedOn = new(2026, 1, 5),
                Address = new() { Line = "1 Example Road", City = "Springfield", State = "IL", Zip = "62701" },
            };
            patient.Coverages.Add(new() { Payer = medicare, MemberId = member });
            db.Patients.Add(patient);
        }
        foreach (var (name, administration) in new[]
            {
                ("B12 1,000 mcg, monthly",
                    """{ "drug": "cyanocobalamin", "dose": "1000 mcg", "route": "im", "diagnoses": ["D51.0"] }"""),
                ("Toradol 30 mg", """{ "drug": "ketorolac", "dose": "30 mg", "route": "im" }"""),
                ("Vivitrol 380 mg, every 4 weeks",
                    """{ "drug": "naltrexone extended-release", "dose": "380 mg", "route": "im" }"""),
            })
            db.Treatments.Add(new() { Name = name, Administration = administration });
        await db.SaveChangesAsync();
        await FillStock(db, today);
    }

    /// <summary>Vials on the shelf, and the standing order of one patient; dates count from today.</summary>
    static async Task FillStock(PracticeDb db, DateOnly today)
    {
        var day = today.AddDays(-28);
        var now = day.ToDateTime(new(15, 0), DateTimeKind.Utc);
        DateOnly EndOfMonth(int months) => new DateOnly(today.Year, today.Month, 1).AddMonths(months + 1).AddDays(-1);
        foreach (var (ndc, drug, number, expires, container, holds, unit, volume, source, vials) in new[]
            {
                ("00517003125", "cyanocobalamin", "XYZ2025", EndOfMonth(12), "single-dose", 1000L, "mcg", 1L,
                    StockSource.Own, 12),
                ("00143962010", "cyanocobalamin", "M-310", EndOfMonth(27), "multi-dose", 10_000L, "mcg", 10L,
                    StockSource.Own, 2),
                ("00409379501", "ketorolac", "K-118", EndOfMonth(16), "single-dose", 30L, "mg", 1L, StockSource.Own,
                    14),
                ("00409379649", "ketorolac", "K-220", EndOfMonth(18), "single-dose", 60L, "mg", 2L, StockSource.Own,
                    5),
                ("65757030001", "naltrexone extended-release", "V-77", EndOfMonth(20), "kit", 380L, "mg", 0L,
                    StockSource.Specialty, 1),
            })
            await Stock.Receive(db, new()
            {
                Ndc = ndc, Drug = drug, Number = number, Expires = expires, Container = container,
                Holds = holds * 1000, Unit = unit, Volume = volume * 1000, Source = source,
            }, vials, now, day);
        var patient = db.Patients.Local.First(static p => p.Family == "Example");
        db.StandingOrders.Add(new()
        {
            PatientId = patient.Id, Drug = "cyanocobalamin", By = "Dr. Sample", On = today.AddDays(-60),
            Thru = today.AddDays(300), Diagnosis = "D51.0", Indication = "B12 level 142 pg/mL",
        });
        await db.SaveChangesAsync();
    }
}
