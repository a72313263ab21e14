using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;

namespace Deltoid.Web;

/// <summary>A practice to try things on; nobody in it exists.</summary>
static class Sample
{
    public const string Owner = "omar", Biller = "bea", Assistant = "mia", Password = "try deltoid here";

    public static async Task Fill(IServiceProvider services)
    {
        var db = services.GetRequiredService<PracticeDb>();
        var people = services.GetRequiredService<UserManager<Person>>();
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
        {
            var made = await people.CreateAsync(
                new Person { UserName = name, Name = shown, Role = role, PracticeId = practice.Id }, Password);
            if (!made.Succeeded) throw new InvalidOperationException("the sample's people cannot be made");
        }
        db.Locations.Add(new() { Name = "Sample Street", PlaceOfService = "11", Locality = "06102-16" });
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
        db.Treatments.Add(new()
        {
            Name = "B12 1,000 mcg, monthly",
            Administration = """
                { "drug": "cyanocobalamin", "dose": "1000 mcg", "route": "im", "ndc": "00517-0031-25",
                  "container": "single-dose", "containerAmount": "1000 mcg", "diagnoses": ["D51.0"] }
                """,
        });
        await db.SaveChangesAsync();
    }
}
