using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What holds for every encounter, over many made at random from the whole starter book.</summary>
public sealed class CodingPropertyTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly string[] Sites =
        ["", "left deltoid", "right deltoid", "right knee", "left knee", "left gluteal", "abdomen", "right eye",
            "bilateral knees", "trapezius", "greater occipital nerve", "lumbar"];
    static readonly string[] Amounts =
        ["", "1 mg", "0.3 mg", "30 mg", "40 mg", "125 mg", "1 g", "1000 mcg", "0.5 mL", "2 mL", "100 units",
            "1.2 million units", "250 mL", "1000 mL", "10 mEq", "1 dose"];
    static readonly string[] Visits = ["99202", "99211", "99213", "99214", "99284", "99395", "G0439", "G2211", "99232"];
    static readonly string[] Procedures = ["20610", "12001", "96372", "36415", "20553", "64405", "93000"];
    static readonly string[] Diagnoses =
        ["D51.0", "E53.8", "M17.11", "C61", "C50.911", "Z23", "F11.20", "G43.709", "S61.412A", "Z29.81", "R53.83"];
    static readonly string[] Places = ["11", "11", "11", "20", "22", "23", "12", "02", "50", "58", "81"];

    static T Any<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    static Amount AnyAmount(Random random) => Amount.TryParse(Any(random, Amounts), out var amount) ? amount : default;

    internal static Encounter AnyEncounter(Random random)
    {
        var encounter = new Encounter
        {
            ServiceDate = new DateOnly(2023, 1, 1).AddDays(random.Next(1400)),
            PlaceOfService = Code.Of(Any(random, Places)),
            Setting = random.Next(4) == 0 ? Setting.Facility : Setting.Professional,
            PayerKind = (PayerKind)random.Next(8), Supervision = (Supervision)random.Next(6),
            BirthDate = random.Next(3) == 0 ? null : new DateOnly(1940, 1, 1).AddDays(random.Next(30000)),
            ProviderRole = (StaffRole)random.Next(12),
            Counseling = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            VascularAccesses = random.Next(6) == 0 ? 2 : null,
        };
        for (var i = random.Next(4); i > 0; i--)
            if (Code.TryParse(Any(random, Diagnoses), out var code) && !encounter.Diagnoses.Contains(code))
                encounter.Diagnoses.Add(code);
        for (var i = random.Next(3); i > 0; i--)
            encounter.Visits.Add(new Visit
            {
                Code = Code.Of(Any(random, Visits)),
                SeparateNote = random.Next(3) switch { 0 => null, 1 => true, _ => false }
            });
        if (random.Next(4) == 0)
            encounter.Procedures.Add(new Procedure
            {
                Code = Code.Of(Any(random, Procedures)), Site = Any(random, Sites)
            });
        for (var i = random.Next(1, 5); i > 0; i--) encounter.Administrations.Add(AnyAdministration(random, encounter));
        return encounter;
    }

    static Administration AnyAdministration(Random random, Encounter encounter)
    {
        var drug = Any(random, Book.Drugs);
        var start = random.Next(2) == 0 ? new TimeOnly(random.Next(24), random.Next(60)) : default(TimeOnly?);
        var given = new Administration
        {
            Drug = random.Next(20) == 0 ? "a drug nobody knows"
                : drug.Brands.Count > 0 && random.Next(2) == 0 ? drug.Brands[0]
                : drug.Name,
            Dose = AnyAmount(random), Route = (Route)random.Next(33), Site = Any(random, Sites),
            Container = (ContainerKind)random.Next(6), ContainerAmount = AnyAmount(random),
            Discarded = random.Next(4) == 0 ? AnyAmount(random) : default,
            NothingDiscarded = random.Next(5) == 0, Purpose = (Purpose)random.Next(17),
            Source = (DrugSource)random.Next(8), Start = start, Stop = start?.AddMinutes(random.Next(300)),
            Given = random.Next(10) == 0 ? false : null,
            Syringe = random.Next(6) == 0 ? "A" : "", SplitDose = random.Next(8) == 0 ? true : null,
            Muscles = random.Next(3) == 0 ? random.Next(5) : null,
            Lesions = random.Next(3) == 0 ? random.Next(12) : null,
            Performer = random.Next(10) == 0 ? StaffRole.Patient : StaffRole.None,
            NdcText = random.Next(6) switch { 0 => "00517-0031-25", 1 => "0517003125", 2 => "12345-67", _ => "" },
        };
        if (random.Next(2) == 0 && encounter.Diagnoses.Count > 0) given.Diagnoses.Add(Any(random, encounter.Diagnoses));
        return given;
    }

    static (Claim Claim, FindingList Findings, Trace Trace) Coded(Encounter encounter)
    {
        var (findings, trace) = (new FindingList(), new Trace());
        var profile = PayerProfile.For(Book.PayerSettings, encounter.PayerKind, encounter.ServiceDate);
        return (Coder.Code(encounter, Book, profile, trace, findings), findings, trace);
    }

    [Fact]
    public void Every_charted_administration_becomes_a_line_or_a_finding_and_no_modifier_stands_where_it_must_not()
    {
        var random = new Random(20261122);
        for (var i = 0; i < LongRun.Count(8_000, 100_000); i++)
        {
            var encounter = AnyEncounter(random);
            var (claim, findings, trace) = Coded(encounter);
            for (var a = 0; a < encounter.Administrations.Count; a++)
                Assert.True(claim.Origins.Exists(o => o.Part == Part.Administration && o.Ordinal == a)
                        || Speaks(findings, Part.Administration, a) || SpeakForSeveral.Any(findings.Has),
                    $"run {i}: administration {a} ({encounter.Administrations[a].Drug}, "
                        + $"{encounter.Administrations[a].Route}) left no line and no finding");
            for (var v = 0; v < encounter.Visits.Count; v++)
                Assert.True(claim.Origins.Exists(o => o.Part == Part.Visit && o.Ordinal == v)
                        || Speaks(findings, Part.Visit, v),
                    $"run {i}: visit {v} ({encounter.Visits[v].Code}) left no line and no finding");
            foreach (ref readonly var line in claim.Lines) CheckLine(i, encounter, claim, line);
            foreach (var (line, step) in trace.Links)
                Assert.True(line >= 1 && line <= claim.Lines.Length && step >= 1 && step <= trace.Count);
        }
    }

    static readonly string[] PlacesWithRules =
        ["11", "12", "50", "72", "58", "65", "31", "32", "34", "53", "60", "66", "05", "81", "10", "22"];

    /// <summary>
    /// What is on no line, although it was given, has a warning or an error that names it, or a reason that closes the
    /// question.
    /// </summary>
    [Fact]
    public void Nothing_given_is_lost_in_silence()
    {
        var random = new Random(20261128);
        for (var i = 0; i < LongRun.Count(8_000, 100_000); i++)
        {
            var encounter = AnyEncounter(random);
            encounter.PlaceOfService = Code.Of(Any(random, PlacesWithRules));
            var (claim, findings, _) = Coded(encounter);
            for (var a = 0; a < encounter.Administrations.Count; a++)
            {
                if (encounter.Administrations[a].Given == false
                    || claim.Origins.Exists(o => o.Part == Part.Administration && o.Ordinal == a))
                    continue;
                Assert.True(IsExplained(findings, a),
                    $"run {i}: {encounter.Administrations[a].Drug} by {encounter.Administrations[a].Route} in "
                        + $"{encounter.PlaceOfService} is on no line, and nothing says why");
            }
        }
    }

    /// <summary>
    /// Part of a procedure, a diluent, given by the patient, inside a clinic's rate, pushed or infused again: nothing
    /// is owed.
    /// </summary>
    static readonly string[] NothingIsOwed =
        ["COD0004", "COD0005", "COD0018", "COD0036", "COD0043", "COD0140", "COD0100", "COD0101", "COD0102", "COD0113"];

    static bool IsExplained(FindingList findings, int administration)
    {
        if (SpeakForSeveral.Any(findings.Has)) return true;
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Place.Part != Part.Administration || finding.Place.Ordinal != administration) continue;
            if (finding.Info.Severity != Severity.Info || NothingIsOwed.Contains(finding.Info.Id)) return true;
        }
        return false;
    }

    /// <summary>
    /// Unsupervised staff, a pair that is never allowed, muscles and lesions: one finding stands for all the
    /// administrations it concerns.
    /// </summary>
    static readonly string[] SpeakForSeveral = ["COD0024", "COD0022", "COD0010", "COD0011"];

    static bool Speaks(FindingList findings, Part part, int ordinal)
    {
        foreach (ref readonly var finding in findings.Span)
            if (finding.Place.Part == part && finding.Place.Ordinal == ordinal) return true;
        return false;
    }

    static void CheckLine(int run, Encounter encounter, Claim claim, in ServiceLine line)
    {
        var (number, modifiers, code) = (line.Number, line.Modifiers, line.Code);
        var origin = claim.Origins.Find(o => o.Line == number);
        Assert.True(!modifiers.Has(Modifier.M25) || origin.Part == Part.Visit, $"run {run}: 25 on {code}");
        Assert.False(modifiers.Has(Modifier.JW) && modifiers.Has(Modifier.JZ), $"run {run}: JW and JZ on {code}");
        var isDrug = Book.TryCode(code, encounter.ServiceDate, out var row) && row.Kind != CodeKind.Procedure;
        Assert.True(isDrug || !(modifiers.Has(Modifier.JW) || modifiers.Has(Modifier.JZ)),
            $"run {run}: JW or JZ on {code}");
        Assert.True(line.Units > Quantity.Zero && line.Units.IsWhole, $"run {run}: {line.Units} units of {code}");
        Assert.True(line.Pointers.Count > 0 || claim.DiagnosisCount == 0, $"run {run}: {code} points nowhere");
        if (modifiers.Has(Modifier.M25))
            Assert.True(encounter.Visits[origin.Ordinal].SeparateNote != false, $"run {run}: 25 against the chart");
    }

    /// <summary>
    /// What may earn 59 or an X modifier: another drug, a repeat by order, another structure, a reason of its own, a
    /// second access that is counted.
    /// </summary>
    static readonly string[] Earns =
    [
        "another drug is charted",
        "the same drug again",
        "another structure or side by name",
        "was given for a diagnosis of its own",
        "an indication of its own is charted",
    ];

    [Fact]
    public void No_modifier_is_earned_by_the_text_of_a_site()
    {
        var random = new Random(20261129);
        for (var i = 0; i < LongRun.Count(8_000, 100_000); i++)
        {
            var encounter = AnyEncounter(random);
            var (claim, findings, trace) = Coded(encounter);
            foreach (ref readonly var line in claim.Lines)
            {
                var number = line.Number;
                if (line.Modifiers.Distinct.IsNone || findings.Has("COD0037")) continue;
                var facts = trace.Links.Where(link => link.Line == number)
                    .Select(link => trace.Steps[link.Step - 1].Question.Fact).ToList();
                Assert.True(facts.Exists(fact =>
                        Array.Exists(Earns, earned => fact.Contains(earned, StringComparison.Ordinal))),
                    $"run {i}: {line.Modifiers.Distinct} on {line.Code} rests on nothing but a site");
            }
        }
    }

    static readonly string[][] Spellings =
    [
        ["right knee", "R knee joint", "knee, right", "rt. knee intra-articular", "RIGHT KNEE"],
        ["left shoulder", "L shoulder", "shoulder (left), subacromial", "lt glenohumeral joint"],
        ["right sacroiliac joint", "R SI joint", "SIJ right"],
        ["left thumb CMC", "L first CMC joint", "left 1st carpometacarpal of the thumb"],
        ["right hip", "hip, R, trochanteric", "rt trochanter"],
    ];

    [Fact]
    public void Two_spellings_of_one_site_give_one_claim()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var spellings = Any(random, Spellings);
            var both = OnJoints(spellings[0], Any(random, spellings));
            Assert.Equal(Written(OnJoints(spellings[0], spellings[0])), Written(both));
            Assert.DoesNotContain("XS", Written(both));
        }
    }

    static Encounter OnJoints(string first, string second)
    {
        var encounter = new Encounter { ServiceDate = new(2026, 3, 2), PlaceOfService = Code.Of("11"),
            PayerKind = PayerKind.Commercial };
        encounter.Diagnoses.Add(Code.Of("M1711"));
        foreach (var (drug, site) in new[] { ("Kenalog-40", first), ("ketorolac", second) })
            encounter.Administrations.Add(
                new Administration { Drug = drug, Dose = new(40, MeasureUnit.Mg), Route = Route.IntraArticular,
                    Site = site });
        return encounter;
    }

    static string Written(Encounter encounter)
    {
        var lines = new List<string>();
        foreach (ref readonly var line in Coded(encounter).Claim.Lines)
            lines.Add($"{line.Code} {line.Modifiers} x{line.Units}");
        return string.Join('\n', lines);
    }

    /// <summary>
    /// Given and discarded are what was opened: a line covers its dose with less than one unit to spare, and waste
    /// never reaches beyond the label.
    /// </summary>
    [Fact]
    public void Units_neither_lose_nor_create_drug()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var (dose, content) = (new Amount(random.Next(1, 4000) / 10m, MeasureUnit.Mg),
                new Amount(random.Next(1, 40) * 10, MeasureUnit.Mg));
            var encounter = new Encounter
            {
                ServiceDate = new(2026, 3, 2), PlaceOfService = Code.Of("11"), PayerKind = PayerKind.Medicare
            };
            encounter.Diagnoses.Add(Code.Of("M1711"));
            encounter.Administrations.Add(new Administration
            {
                Drug = Any(random,
                    ["triamcinolone acetonide", "ketorolac", "ceftriaxone", "methylprednisolone acetate"]), Dose = dose,
                Route = Route.Im, Container = ContainerKind.SingleDose, ContainerAmount = content
            });
            var claim = Coded(encounter).Claim;
            long given = 0, wasted = 0;
            Amount unit = default;
            foreach (ref readonly var line in claim.Lines)
            {
                if (!Book.TryUnit(line.Code, encounter.ServiceDate, out var row)) continue;
                unit = row.Unit;
                if (line.Modifiers.Has(Modifier.JW)) wasted += line.Units.Whole;
                else given += line.Units.Whole;
            }
            var opened = content.Value * Math.Ceiling(dose.Value / content.Value);
            Assert.True(given * unit.Value >= dose.Value && (given - 1) * unit.Value < dose.Value,
                $"{dose} is not {given} × {unit}");
            Assert.True(wasted == 0 || (given + wasted) * unit.Value <= opened,
                $"{given} + {wasted} × {unit} is more than {opened} mg opened for {dose}");
            Assert.True((given + wasted + 1) * unit.Value > opened - unit.Value,
                $"{given} + {wasted} × {unit} loses drug of {opened} mg");
        }
    }

    [Fact]
    public void The_order_of_the_chart_changes_no_code_and_no_finding()
    {
        var random = new Random(11);
        for (var i = 0; i < 3_000; i++)
        {
            var encounter = AnyEncounter(random);
            if (encounter.Administrations.Exists(a => a.Syringe.Length > 0 || a.SplitDose == true))
                continue; // which of several shares a needle is told by order
            var first = Summary(encounter);
            encounter.Administrations.Reverse();
            Assert.Equal(first, Summary(encounter));
        }
    }

    static string Summary(Encounter encounter)
    {
        var (claim, findings, _) = Coded(encounter);
        var lines = new List<string>();
        foreach (ref readonly var line in claim.Lines) lines.Add($"{line.Code}-{line.Modifiers} x{line.Units}");
        var ids = new List<string>();
        foreach (ref readonly var finding in findings.Span)
            if (finding.Info.Severity == Severity.Error) ids.Add(finding.Info.Id);
        lines.Sort(StringComparer.Ordinal);
        ids.Sort(StringComparer.Ordinal);
        return string.Join(" ", lines) + " | " + string.Join(" ", ids.Distinct());
    }
}
