using System.Globalization;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>Who is treated in the sample, by whom it is paid, what is given, and the mistakes among it.</summary>
static class SamplePeople
{
    /// <summary>A kind of payer that the sample's first payer is not.</summary>
    public static List<Payer> Payers() =>
    [
        new() { Name = "Example Advantage", Number = "EXMA1", Kind = "medicare-advantage", Filing = "16" },
        new() { Name = "Illinois Medicaid (sample)", Number = "ILMCD", Kind = "medicaid", Filing = "MC" },
        new() { Name = "Example Health Plan", Number = "EXHP1", Kind = "commercial", Filing = "CI" },
        new() { Name = "Tricare (sample)", Number = "TRIC1", Kind = "tricare", Filing = "CH" },
        new() { Name = "Example Workers Fund", Number = "EXWC1", Kind = "workers-comp", Filing = "WC" },
        new() { Name = "Pays by themselves", Number = "SELF", Kind = "self-pay", Filing = "09" },
    ];

    public static readonly (string Code, long Cents)[] Fees =
        [("J1050", 150), ("J0696", 900), ("J0897", 3200), ("J1010", 60), ("J2315", 600), ("99213", 16500),
            ("90656", 2800), ("90460", 3200), ("90471", 3000)];

    static readonly (string Family, string Given, int Year, string Sex, string Kind)[] People =
    [
        ("Sample", "Ada", 1951, "F", "medicare"), ("Sample", "Ben", 1947, "M", "medicare"),
        ("Sample", "Cora", 1955, "F", "medicare"), ("Sample", "Dov", 1944, "M", "medicare-advantage"),
        ("Model", "Eve", 1953, "F", "medicare-advantage"), ("Model", "Finn", 1988, "M", "medicaid"),
        ("Model", "Gia", 1996, "F", "medicaid"), ("Model", "Hal", 1979, "M", "medicaid"),
        ("Pattern", "Ida", 1985, "F", "commercial"), ("Pattern", "Jon", 1990, "M", "commercial"),
        ("Pattern", "Kay", 1974, "F", "commercial"), ("Pattern", "Lou", 1982, "M", "commercial"),
        ("Instance", "May", 1993, "F", "tricare"), ("Instance", "Ned", 1976, "M", "tricare"),
        ("Instance", "Ora", 1969, "F", "workers-comp"), ("Instance", "Pip", 1987, "M", "workers-comp"),
        ("Instance", "Quin", 1998, "F", "self-pay"),
        ("Instance", "Rae", 2016, "F", "medicaid"), ("Instance", "Sol", 2014, "M", "commercial"),
    ];

    public static IEnumerable<Patient> Patients(List<Payer> payers)
    {
        for (var i = 0; i < People.Length; i++)
        {
            var (family, given, year, sex, kind) = People[i];
            var patient = new Patient
            {
                Family = family, Given = given, BirthDate = new(year, 1 + (i % 12), 1 + (i * 5 % 28)), Sex = sex,
                SignedOn = new(2026, 1, 5),
                Address = new()
                {
                    Line = string.Create(CultureInfo.InvariantCulture, $"{10 + i} Example Road"), City = "Springfield",
                    State = "IL", Zip = "62701"
                },
            };
            patient.Coverages.Add(new()
            {
                Payer = payers.Find(p => p.Kind == kind)!,
                // in the form of a Medicare number where it is one, and nobody's
                MemberId = kind == "medicare" ? string.Create(CultureInfo.InvariantCulture, $"1EG4TE5MK{60 + i}")
                    : string.Create(CultureInfo.InvariantCulture, $"SAMPLE{1000 + i}"),
            });
            yield return patient;
        }
    }

    /// <summary>What is given, with all that its chart needs.</summary>
    static readonly (string For, ShotForm Shot)[] Shots =
    [
        ("", new()
        {
            Drug = "cyanocobalamin", Dose = "1000 mcg", Route = "im", Ndc = "00517-0031-25",
            Container = "single-dose", Holds = "1000 mcg", Discarded = "none", Diagnosis = "D51.0",
            Indication = "B12 level low", Site = "left deltoid",
        }),
        ("", new()
        {
            Drug = "ketorolac", Dose = "30 mg", Route = "im", Container = "single-dose", Holds = "30 mg",
            Discarded = "none", Diagnosis = "M54.50", Indication = "acute back pain, walks with difficulty",
            Site = "right gluteal",
        }),
        ("F", new()
        {
            Drug = "medroxyprogesterone", Dose = "150 mg", Route = "im", Container = "single-dose", Holds = "150 mg",
            Discarded = "none", Diagnosis = "Z30.42", Indication = "contraception, every three months",
            Site = "left gluteal",
        }),
        ("", new()
        {
            Drug = "ceftriaxone", Dose = "1000 mg", Route = "im", Container = "single-dose", Holds = "1000 mg",
            Discarded = "none", Diagnosis = "J15.9", Indication = "pneumonia, vomits tablets", Site = "left gluteal",
        }),
        ("", new()
        {
            Drug = "Prolia", Dose = "60 mg", Route = "sc", Container = "prefilled-syringe", Holds = "60 mg",
            Discarded = "none", Diagnosis = "M81.0", Indication = "osteoporosis, fracture risk high",
            Site = "left upper arm",
        }),
        ("", new()
        {
            Drug = "methylprednisolone acetate", Dose = "40 mg", Route = "im", Container = "single-dose",
            Holds = "40 mg", Discarded = "none", Diagnosis = "L23.7", Indication = "severe contact dermatitis",
            Site = "right gluteal",
        }),
        ("child", new()
        {
            Drug = "Fluarix", Dose = "0.5 mL", Route = "im", Container = "prefilled-syringe", Holds = "0.5 mL",
            Discarded = "none", Diagnosis = "Z23", Indication = "yearly flu shot", Site = "left deltoid",
        }),
    ];

    /// <summary>The mistakes of every practice: a fact left out, or one that does not fit.</summary>
    static readonly Func<VisitForm, VisitForm>[] Mistakes =
    [
        Left(static shot => shot with { Container = "", Holds = "", Discarded = "" }),
        Left(static shot => shot with { Diagnosis = "" }),
        Left(static shot => shot with { Diagnosis = "Z00.00" }),
        static visit => visit with { Supervision = "none" },
        Left(static shot => shot with { OrderBy = "", OrderOn = "" }),
        Left(static shot => shot with { Ndc = "" }),
        Left(static shot => shot with { Dose = shot.Dose.Split(' ')[1] }),
        Left(static shot => shot with { Route = "" }),
    ];

    static Func<VisitForm, VisitForm> Left(Func<ShotForm, ShotForm> mistake) =>
        visit => visit with { Shots = [mistake(visit.Shots[0])] };

    /// <summary>Of so many visits one has a mistake.</summary>
    const int MistakeOf = 6;

    public static VisitForm Visit(Random random, Patient patient, DateOnly day)
    {
        var isChild = patient.BirthDate.Year > day.Year - 18;
        var fitting = Array.FindAll(Shots, s => isChild ? s.For == "child" : s.For.Length == 0
            || (s.For == patient.Sex && patient.BirthDate.Year > day.Year - 45));
        var shot = fitting[random.Next(fitting.Length)].Shot with
        {
            Lot = string.Create(CultureInfo.InvariantCulture, $"SMP{random.Next(100, 999)}"),
            Expires = string.Create(CultureInfo.InvariantCulture, $"{day.Year + 1}-06"), OrderBy = "Dana Sample MD",
            OrderOn = day.Iso(), Observed = "10", Response = "no reaction",
        };
        var visit = new VisitForm
        {
            Day = day.Iso(), Supervision = "on-site", Role = random.Next(3) == 0 ? "rn" : "ma", Shots = [shot],
            Counseled = isChild ? "yes" : "",
        };
        return random.Next(MistakeOf) == 0 ? Mistakes[random.Next(Mistakes.Length)](visit) : visit;
    }
}
