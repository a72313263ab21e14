using System.Text;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web.Tests;

/// <summary>How the fields of the chart screen are read, without a server: cases of what people type.</summary>
public sealed class ShotFormTests
{
    static readonly Lazy<Engine> engine = new(static () => new(StarterBook.Open()));

    static readonly ShotForm Toradol = new()
    {
        Drug = "ketorolac", Dose = "30 mg", Route = "im", Site = "left deltoid", Diagnosis = "M54.50",
        OrderBy = "Dr. Sample", OrderOn = "2026-03-02",
    };

    static readonly Lot Vial = new()
    {
        Ndc = "00409379501", Drug = "ketorolac", Number = "K-118", Expires = new(2027, 3, 31),
        Container = "single-dose", Holds = 30_000, Unit = "mg", Volume = 1000, Source = StockSource.Own,
    };

    static readonly Practice Practice = new()
    {
        Name = "Sample Street Clinic", Npi = "1234567893", TaxId = "12-3456789", Taxonomy = "207Q00000X",
        Phone = "2175550100", Address = Address(),
    };

    static Address Address() => new() { Line = "1 Example Road", City = "Springfield", State = "IL", Zip = "62701" };

    static ShotChart ChartOf(VisitForm form, string payer = "medicare", int born = 1958, params Lot?[] vials)
    {
        var patient = new Patient
        {
            Family = "Example", Given = "Pat", BirthDate = new(born, 4, 9), Sex = "F", SignedOn = new(2026, 1, 5),
            Address = Address(),
        };
        var coverage = new Coverage
        {
            MemberId = "1EG4TE5MK73", Payer = new() { Name = "Plan", Number = "PLAN", Kind = payer, Filing = "CI" },
        };
        return new(Practice, new() { Name = "Here", PlaceOfService = "11" }, patient, coverage,
            new() { Family = "Sample", Given = "Dana", Npi = "1245319599", Taxonomy = "207Q00000X", Credential = "MD" },
            [], WasSeen: true, form with { Day = form.Day.Length > 0 ? form.Day : "2026-03-02" },
            vials.Length > 0 ? vials : [.. form.Shots.Select(static _ => (Lot?)null)],
            [.. form.Shots.Select(static _ => (DateOnly?)null)]);
    }

    static VisitForm Visit(params ShotForm[] shots) =>
        new() { Supervision = "on-site", Role = "ma", Shots = [.. shots] };

    static Encounter Read(VisitForm form) =>
        EncounterJson.Read(Encoding.UTF8.GetBytes(ChartOf(form).Document("C1")), "chart.json");

    static Administration One(ShotForm shot) => Read(Visit(shot)).Administrations[0];

    static CodedVisit Code(ShotChart chart) => engine.Value.Code(Documents.Visit(chart.Document("C1")));

    static string LinesOf(ShotChart chart) => string.Join(", ", Code(chart).Claim.Lines.ToArray()
        .Select(static l => $"{l.Code}{AsShown.ModifiersOf(l)} ×{l.Units}"));

    [Fact]
    public void What_is_not_typed_is_not_charted()
    {
        var given = Toradol.Administration(null, null);
        Assert.Equal(["drug", "dose", "route", "site", "source", "diagnoses", "order"],
            given.Select(static p => p.Key));
        Assert.Equal(["source"], new ShotForm { Dose = "  " }.Administration(null, null).Select(static p => p.Key));
    }

    [Theory]
    [InlineData("10", 10), InlineData(" 15 ", 15), InlineData("15 min", 15), InlineData("", null)]
    public void Minutes_of_watching_are_read(string typed, int? minutes) =>
        Assert.Equal(minutes, One(Toradol with { Observed = typed }).ObservedMinutes);

    [Theory, InlineData("ten"), InlineData("-5"), InlineData("1.5.2"), InlineData("99999999999")]
    public void A_number_of_minutes_that_is_none_is_said_and_not_dropped(string typed)
    {
        string[] found;
        try
        {
            found = [.. Read(Visit(Toradol with { Observed = typed })).Unread
                .Select(static place => place.ChartField.ToString())];
        }
        catch (InputException e)
        {
            found = [e.At];
        }
        Assert.Contains(found, static at => at.Contains("bserved", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("09:00", "10:15", "", 75), InlineData("09:00", "10:15", "15", 60)]
    [InlineData("09:00", "10:15", " 5 ", 70), InlineData("09:00", "10:15", "0", 75)]
    [InlineData("23:30", "00:30", "10", 50)] // over midnight
    [InlineData("09:00", "", "", null), InlineData("", "", "", null)]
    public void An_infusion_runs_from_start_to_stop_without_its_pauses(string start, string stop, string paused,
        int? minutes)
    {
        var shot = Toradol with { Route = "iv-infusion", Start = start, Stop = stop, Paused = paused };
        Assert.Equal(minutes, One(shot).Minutes);
        // what was saved comes back as it was typed
        var again = ShotForm.Of(shot.Administration(null, null));
        Assert.Equal((start, stop, paused.Trim() == "0" ? "" : paused.Trim()), (again.Start, again.Stop, again.Paused));
    }

    [Theory]
    [InlineData("09:00", "10:15", "75"), InlineData("09:00", "10:15", "80"), InlineData("09:00", "10:15", "-1")]
    [InlineData("09:00", "10:15", "some"), InlineData("09:00", "", "5"), InlineData("", "10:15", "5")]
    public void A_pause_that_cannot_be_is_said(string start, string stop, string paused) =>
        Assert.Equal("Minutes paused", Assert.Throws<InputException>(() =>
            One(Toradol with { Start = start, Stop = stop, Paused = paused })).At);

    [Theory]
    [InlineData("iv-infusion", "10:00", "09:00"), InlineData("iv-infusion", "10:00", "10:00")]
    [InlineData("iv-push", "10:00", "09:30")]
    public void Times_that_are_turned_around_are_said_and_not_counted_into_the_next_day(string route, string start,
        string stop) => Assert.Equal("Ended", Assert.Throws<InputException>(() =>
            One(Toradol with { Route = route, Start = start, Stop = stop })).At);

    [Theory]
    [InlineData("iv-infusion", "23:30", "00:30", 60), InlineData("iv-push", "10:00", "10:00", 0)]
    public void A_run_past_midnight_and_a_push_within_a_minute_are_counted(string route, string start, string stop,
        int minutes)
    {
        var shot = Toradol with { Route = route, Start = start, Stop = stop };
        Assert.Equal(minutes, One(shot).Minutes);
        Assert.Equal(minutes > 0 ? minutes : null, shot.RanPastMidnight);
    }

    [Theory]
    [InlineData("2025-01-31", true), InlineData("2025-01-31", false), InlineData("", true), InlineData("", false)]
    public void The_sheet_of_a_vaccine_and_what_was_taught_come_back_as_they_were_typed(string sheet, bool isTaught)
    {
        var shot = Toradol with { Drug = "Fluarix", Sheet = sheet, Instructed = isTaught };
        var again = ShotForm.Of(shot.Administration(null, null));
        Assert.Equal((sheet, isTaught), (again.Sheet, again.Instructed));
        Assert.Equal(sheet.Length > 0, ShotNote.Of(ChartOf(Visit(shot))).Contains("(VIS): of 01/31/2025",
            StringComparison.Ordinal));
        Assert.Equal(sheet.Length > 0 || isTaught, One(shot).InstructionsCharted);
    }

    /// <summary>A volume is as much drug as the label says: it is summed and asked about as an amount is.</summary>
    [Theory]
    [InlineData("2 mL", 1950, "15 mg – 30 mg", "2 mL = 60 mg"), InlineData("60 mg", 1950, "15 mg – 30 mg", "60 mg ÷")]
    [InlineData("1 mL", 1950, "", "vial 30 mg − given 30 mg = nothing left")]
    [InlineData("0.5 mL", 1980, "", "vial 30 mg − given 15 mg = 15 mg left"), InlineData("2 mL", 1980, "", "4 units")]
    public void A_dose_in_milliliters_is_asked_about_as_its_amount_is(string dose, int born, string usual, string sum)
    {
        var shot = Toradol with { Dose = dose };
        var said = ShotSums.Of(Code(ChartOf(Visit(shot), born: born, vials: Vial)), shot, 0, Vial, 0);
        Assert.Equal(usual, said.Usual);
        Assert.Contains(sum, said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sticks_of_one_dose_share_a_vial_and_waste_that_is_charted_is_asked_about_no_more()
    {
        var vial = Of(Vial, StockSource.Own, "K-60");
        vial.Holds = 60_000;
        var half = Toradol with { Split = true };
        var coded = Code(ChartOf(Visit(half, half with { Site = "right deltoid" }), vials: [vial, vial]));
        Assert.Equal("", ShotSums.Of(coded, half, 0, vial, 0).Rest);
        var last = ShotSums.Of(coded, half, 1, vial, 0);
        Assert.Equal("", last.Rest);
        Assert.Contains("vial 60 mg − given 60 mg = nothing left", last.Text, StringComparison.Ordinal);

        foreach (var (thrown, rest) in new[] { ("", "30 mg"), ("10 mg", "30 mg"), ("30 mg", "") })
        {
            var one = Toradol with { Discarded = thrown };
            Assert.Equal(rest, ShotSums.Of(Code(ChartOf(Visit(one), vials: vial)), one, 0, vial, 0).Rest);
        }
    }

    [Theory]
    [InlineData("im", "left deltoid", "left deltoid", ""), InlineData("im", "left thigh", "", "left thigh")]
    [InlineData("iv-infusion", "left upper arm", "", "left upper arm"), InlineData("iv-push", "", "", "")]
    public void Where_a_line_goes_in_is_no_key_of_the_body(string route, string site, string key, string words)
    {
        var shot = Toradol with { Route = route, Site = "", SiteOther = site, Start = "09:00", Stop = "10:00" };
        var again = ShotForm.Of(shot.Administration(null, null));
        Assert.Equal((key, words, route != "im"), (again.Site, again.SiteOther, again.IsVein));
    }

    [Theory]
    [InlineData(true, false, ""), InlineData(true, false, "no reaction"), InlineData(false, false, "held her breath")]
    [InlineData(false, true, ""), InlineData(false, true, "blood pressure 200/110")]
    public void A_shot_that_was_refused_or_held_comes_back_as_it_was_typed(bool refused, bool held, string response)
    {
        var shot = Toradol with { Refused = refused, Held = held, Response = response };
        var again = ShotForm.Of(shot.Administration(null, null));
        Assert.Equal((refused, held, response), (again.Refused, again.Held, again.Response));
        Assert.Equal(refused || held ? false : (bool?)null, One(shot).Given);
        Assert.Equal(refused || held ? 0 : 1, Code(ChartOf(Visit(shot))).Claim.Lines.Length > 0 ? 1 : 0);
        Assert.Equal(held, ShotNote.Of(ChartOf(Visit(shot))).Contains("\nNot given: ketorolac",
            StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_note_says_was_refused_or_held_is_offered_as_such()
    {
        const string note = "Toradol 30 mg IM R delt at 1010, tol well.\nRocephin 1 g IM refused by pt. Zofran held.";
        var reading = engine.Value.ReadNote(note);
        Assert.Equal([("refused", "ceftriaxone", "1 g"), ("held", "ondansetron", "")],
            reading.Refused.Select(static r => (r.Why, r.Drug, r.Dose)));
        var shown = PastedNote.Of(reading).Refused;
        Assert.Equal(["/refused/0", "/refused/1"], shown.Select(static r => r.Path));
        Assert.StartsWith("ceftriaxone, 1 g", shown[0].Shot, StringComparison.Ordinal);
        // only what a person confirms
        Assert.Equal([new ShotForm()], NoteForm.Of(reading, [], [], new(2026, 3, 2)).Shots);
        var shots = NoteForm.Of(reading, [], reading.Refused, new(2026, 3, 2)).Shots;
        Assert.Equal([(true, false), (false, true)], shots.Select(static s => (s.Refused, s.Held)));
    }

    /// <summary>The rest of the visit is billed while one value cannot be read.</summary>
    [Theory]
    [InlineData("Dose-0", "-30 mg", "", "", ""), InlineData("Expires-0", "30 mg", "soon", "", "")]
    [InlineData("Order-0", "30 mg", "", "yesterday", ""), InlineData("Paused-0", "30 mg", "", "", "some")]
    public void A_value_that_cannot_be_read_is_asked_about_at_its_field(string field, string dose, string expires,
        string ordered, string paused)
    {
        var shot = Toradol with
        {
            Dose = dose, Expires = expires, OrderOn = ordered.Length > 0 ? ordered : Toradol.OrderOn, Paused = paused,
            Start = paused.Length > 0 ? "09:00" : "", Stop = paused.Length > 0 ? "10:00" : "",
        };
        var form = Visit(shot, Toradol with { Drug = "cyanocobalamin", Dose = "1000 mcg", Diagnosis = "D51.0" });
        var read = ChartReading.Of(engine.Value, ChartOf(form));
        Assert.Equal(field, Assert.Single(read.Unread).Field);
        Assert.True(read.Unread[0].Holds);
        Assert.Contains(read.Coded.Claim.Lines.ToArray(), static l => l.Code.ToString() == "J3420");
        var prompts = ShotSums.Prompts(read.Chart.Form, read.Coded, Visits.MissingIn(read.Coded), [], read.Unread);
        Assert.Single(prompts, p => p.Field == field);
        Assert.Throws<InputException>(() => Read(form)); // and it is not saved so
    }

    [Theory]
    [InlineData("2026-03-02", false), InlineData("2026-03-03", true), InlineData("2026-01-05", false)]
    [InlineData("", false)]
    public void An_order_of_a_day_after_the_shot_is_no_order_for_it(string on, bool isMissing)
    {
        var form = Visit(Toradol with { OrderOn = on });
        var coded = Code(ChartOf(form));
        Assert.Equal(isMissing, Visits.MissingIn(coded).Contains(3));
        Assert.Equal(isMissing, ShotSums.Prompts(form, coded, Visits.MissingIn(coded), [], [])
            .Exists(static p => p is { Text: "The order is dated after the shot", Field: "Order-0", Holds: true }));
    }

    [Theory]
    [InlineData("2027-03", "2027-03-31"), InlineData("2027-03-15", "2027-03-15")]
    [InlineData("8/2027", "2027-08-31"), InlineData("08/2027 ", "2027-08-31")]
    public void An_expiry_is_a_month_or_a_day(string typed, string expires) =>
        Assert.Equal(expires, One(Toradol with { Expires = typed }).Expires!.Value.Iso());

    [Theory]
    [InlineData("dose at 1:340: the number is negative", "write it without a sign",
        "Dose: the number is negative. Write it without a sign.")]
    [InlineData("this is no number of minutes", "", "This is no number of minutes.")]
    public void A_problem_of_a_form_is_whole_sentences_without_a_place_in_the_document(string message, string next,
        string said) => Assert.Equal(said, AsShown.Wrong(new("", message, next)));

    [Theory, InlineData("soon"), InlineData("2027-13"), InlineData("31.03.2027")]
    public void An_expiry_that_is_no_date_is_refused(string typed) =>
        Assert.Throws<InputException>(() => One(Toradol with { Expires = typed }));

    [Theory, InlineData("yesterday"), InlineData("2026-02-30")]
    public void A_day_of_an_order_or_a_visit_that_is_none_is_refused(string day)
    {
        Assert.Throws<InputException>(() => One(Toradol with { OrderOn = day }));
        Assert.Throws<InputException>(() => Read(Visit(Toradol) with { Day = day }));
        Assert.Null(ChartViews.DayOf(Visit(Toradol) with { Day = day }));
    }

    [Fact]
    public void Two_shots_of_a_visit_keep_what_is_theirs()
    {
        var second = Toradol with
        {
            Drug = "cyanocobalamin", Dose = "1000 mcg", Site = "", SiteOther = "left thigh", Diagnosis = "D51.0",
        };
        var visit = Read(Visit(Toradol, second));
        Assert.Equal([("ketorolac", "left deltoid"), ("cyanocobalamin", "left thigh")],
            visit.Administrations.Select(static a => (a.Drug, a.Site)));
        Assert.Equal(["M5450", "D510"], visit.Diagnoses.Select(static d => d.ToString()));
        var coded = Code(ChartOf(Visit(Toradol, second)));
        Assert.Equal(2, coded.Claim.Lines.ToArray().Where(static l => l.Code.ToString() == "96372")
            .Sum(static l => (int)l.Units.Value));
    }

    [Fact]
    public void The_label_of_the_chosen_vial_counts_and_not_what_was_typed_of_another()
    {
        var given = (Toradol with { Ndc = "1", Lot = "OTHER", Container = "kit" }).Administration(Vial, null);
        Assert.Equal(("00409379501", "K-118", "2027-03-31", "single-dose", "30 mg/1 mL", "stock"),
            (given["ndc"]!.ToString(), given["lot"]!.ToString(), given["expires"]!.ToString(),
                given["container"]!.ToString(), given["concentration"]!.ToString(), given["source"]!.ToString()));
    }

    /// <summary>Who paid for the vial decides what is billed: the drug only where the practice bought it.</summary>
    [Theory]
    [InlineData(StockSource.Own, "medicare", true), InlineData(StockSource.Discount340B, "medicare", true)]
    [InlineData(StockSource.Own, "commercial", true), InlineData(StockSource.Specialty, "commercial", false)]
    [InlineData(StockSource.Patient, "commercial", false), InlineData(StockSource.Sample, "commercial", false)]
    public void The_source_of_a_vial_decides_whether_its_drug_is_billed(StockSource source, string payer, bool isBilled)
    {
        var lines = LinesOf(ChartOf(Visit(Toradol), payer, vials: Of(Vial, source, "K-118")));
        Assert.Contains("96372 ×1", lines, StringComparison.Ordinal);
        Assert.Equal(isBilled, lines.Contains("J1885", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StockSource.Own, true), InlineData(StockSource.Vfc, false)]
    public void A_vaccine_for_children_has_no_charge_for_the_product(StockSource source, bool isCharged)
    {
        var shot = new ShotForm
        {
            Drug = "Fluarix", Dose = "0.5 mL", Route = "im", Site = "left deltoid", Diagnosis = "Z23",
            OrderBy = "Dr. Sample", OrderOn = "2026-03-02",
        };
        var chart = ChartOf(Visit(shot) with { Counseled = "yes" }, "medicaid", 2016, Of(Flu, source, "F-1")) with
        {
            Fees = [new() { Code = "90656", Cents = 2800 }, new() { Code = "90460", Cents = 3200 }],
        };
        var product = Assert.Single(Code(chart).Claim.Lines.ToArray(), static l => l.Code.ToString() == "90656");
        Assert.Equal(isCharged ? 2800 : 0, product.Charge!.Value.Cents);
        Assert.DoesNotContain(Code(chart).Findings.Span.ToArray(), static f => f.Info.Name == "free-drug-charged");
        Assert.Contains("90460", LinesOf(chart), StringComparison.Ordinal);
        Assert.DoesNotContain("90460", LinesOf(chart with { Form = chart.Form with { Counseled = "no" } }),
            StringComparison.Ordinal);
    }

    static Lot Of(Lot vial, StockSource source, string number) => new()
    {
        Ndc = vial.Ndc, Drug = vial.Drug, Number = number, Expires = vial.Expires, Container = vial.Container,
        Holds = vial.Holds, Unit = vial.Unit, Volume = vial.Volume, Source = source,
    };

    /// <summary>Two doses of one code in a visit: what was free has no charge, what was bought has its own.</summary>
    [Theory]
    [InlineData("medicaid", StockSource.Vfc, StockSource.Own, "90656 $28.00 90656-SL $0.00")]
    [InlineData("medicaid", StockSource.Vfc, StockSource.Vfc, "90656-SL $0.00")]
    [InlineData("medicaid", StockSource.Own, StockSource.Own, "90656 $56.00")]
    [InlineData("commercial", StockSource.Vfc, StockSource.Own, "90656 $28.00")]
    public void Each_dose_of_a_vaccine_has_its_own_charge(string payer, StockSource one, StockSource two, string lines)
    {
        var shot = new ShotForm
        {
            Drug = "Fluarix", Dose = "0.5 mL", Route = "im", Site = "left deltoid", Diagnosis = "Z23",
            OrderBy = "Dr. Sample", OrderOn = "2026-03-02",
        };
        Assert.Equal(lines, ChargesOf(Visit(shot, shot with { Site = "right deltoid" }), payer, 2016,
            Of(Flu, one, "F-1"), Of(Flu, two, "F-2")));
    }

    [Theory]
    [InlineData("medicare", StockSource.Sample, StockSource.Own, "J1885-JZ ×2 $30.00")]
    [InlineData("medicare", StockSource.Patient, StockSource.Own, "J1885-JZ ×2 $30.00")]
    [InlineData("medicare", StockSource.Specialty, StockSource.Discount340B, "J1885-TB-JZ ×2 $30.00")]
    [InlineData("medicare", StockSource.Own, StockSource.Discount340B, "J1885-JZ ×2 $30.00 J1885-TB-JZ ×2 $30.00")]
    [InlineData("medicare", StockSource.Own, StockSource.Own, "J1885-JZ ×4 $60.00")] // two lots of one drug
    [InlineData("medicare", StockSource.Sample, StockSource.Patient, "")]
    public void Each_dose_of_a_drug_has_its_own_charge(string payer, StockSource one, StockSource two, string lines)
    {
        var vial = Of(Vial, one, "K-1");
        Assert.Equal(lines, ChargesOf(Visit(Toradol, Toradol with { Site = "left gluteal" }), payer, 1958,
            vial, Of(Vial, two, "K-2")));
    }

    static readonly Lot Flu = new()
    {
        Ndc = "58160089052", Drug = "Fluarix", Number = "F-1", Expires = new(2027, 3, 31),
        Container = "prefilled-syringe", Holds = 500, Unit = "mL", Volume = 500, Source = StockSource.Own,
    };

    /// <summary>The lines of the product with units above one and charge, sorted; none may be a free drug's.</summary>
    static string ChargesOf(VisitForm form, string payer, int born, params Lot?[] vials)
    {
        var coded = Code(ChartOf(form, payer, born, vials) with
        {
            Fees = [new() { Code = "90656", Cents = 2800 }, new() { Code = "J1885", Cents = 1500 }],
        });
        Assert.DoesNotContain(coded.Findings.Span.ToArray(), static f => f.Info.Name == "free-drug-charged");
        return string.Join(' ', coded.Claim.Lines.ToArray().Where(static l => $"{l.Code}" is "90656" or "J1885")
            .Select(static l => $"{l.Code}{(l.Modifiers.Count > 0 ? "-" + l.Modifiers : "")}"
                + $"{(l.Units.Whole > 1 && $"{l.Code}" == "J1885" ? $" ×{l.Units.Whole}" : "")} ${l.Charge}")
            .Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("patient"), InlineData("caregiver")]
    public void What_the_patient_injects_has_no_administration_to_bill(string role)
    {
        var chart = ChartOf(Visit(Toradol) with { Role = role }, vials: Vial);
        var coded = Code(chart);
        Assert.Contains(coded.Findings.Span.ToArray(), static f => f.Info.Name == "self-administered");
        Assert.DoesNotContain("96372", LinesOf(chart), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ketorolac", "300 mg", "im", 1980, "15 mg – 60 mg"), InlineData("ketorolac", "30 mg", "im", 1980, "")]
    [InlineData("ketorolac", "60 mg", "im", 1950, "15 mg – 30 mg"), InlineData("ketorolac", "60 mg", "im", 1980, "")]
    [InlineData("cyanocobalamin", "1000 mg", "im", 1980, "30 mcg – 1,000 mcg")]
    [InlineData("naltrexone extended-release", "38 mg", "im", 1980, "380 mg")]
    [InlineData("ceftriaxone", "125 mg", "im", 2016, "")] // the row is for adults
    [InlineData("ketorolac", "300 mL", "im", 1980, "")] // a volume says no amount
    [InlineData("some new drug", "300 mg", "im", 1980, "")]
    public void An_unusual_dose_is_asked_about(string drug, string dose, string route, int born, string usual)
    {
        var shot = Toradol with { Drug = drug, Dose = dose, Route = route };
        var coded = Code(ChartOf(Visit(shot), born: born));
        Assert.Equal(usual, ShotSums.Of(coded, shot, 0, null, 0).Usual);
    }

    [Fact]
    public void A_dose_that_is_kept_is_in_the_record_and_of_another_dose_it_says_nothing()
    {
        var kept = Toradol with { Dose = "300 mg", Kept = "300 mg" };
        var chart = ChartOf(Visit(kept));
        Assert.Equal("", ShotSums.Of(Code(chart), kept, 0, null, 0).Usual);
        Assert.True(One(kept).DoseConfirmed);
        Assert.Contains("outside of what is usual; asked about and", ShotNote.Of(chart), StringComparison.Ordinal);
        Assert.Equal("300 mg", ShotForm.Of(kept.Administration(null, null)).Kept);
        var other = kept with { Dose = "200 mg" };
        Assert.Equal("15 mg – 60 mg", ShotSums.Of(Code(ChartOf(Visit(other), born: 1980)), other, 0, null, 0).Usual);
        Assert.Null(One(other).DoseConfirmed);
    }

    [Theory]
    [InlineData("15 mg", "single-dose", 30, 90_000, 50), InlineData("30 mg", "single-dose", 30, 90_000, 0)]
    [InlineData("45 mg", "single-dose", 30, 90_000, 50)] // half of the second vial
    [InlineData("30 mg", "multi-dose", 300, 570_000, 80), InlineData("270 mg", "multi-dose", 300, 270_000, 0)]
    [InlineData("", "single-dose", 30, 90_000, null), InlineData("2 mL", "single-dose", 30, 90_000, null)]
    public void The_vial_is_as_full_as_the_dose_leaves_it(string dose, string container, int holds, long left,
        int? full)
    {
        var vial = new Lot
        {
            Ndc = Vial.Ndc, Drug = Vial.Drug, Number = Vial.Number, Expires = Vial.Expires, Container = container,
            Holds = holds * 1000, Unit = "mg", Source = StockSource.Own,
        };
        var shot = Toradol with { Dose = dose };
        Assert.Equal(full, ShotSums.Of(Code(ChartOf(Visit(shot), vials: vial)), shot, 0, vial, left).Level);
    }

    [Theory]
    [InlineData("0517003125", 3), InlineData("00517-0031-25", 0), InlineData("00517003125", 0), InlineData("", 0)]
    public void Ten_digits_of_a_typed_label_are_asked_about(string ndc, int readings)
    {
        var shot = Toradol with { Ndc = ndc };
        Assert.Equal(readings, ShotSums.Of(Code(ChartOf(Visit(shot))), shot, 0, null, 0).Ndcs.Count);
    }

    [Theory]
    [InlineData("left deltoid", "right deltoid"), InlineData("right abdomen", "left abdomen")]
    [InlineData("left thigh", ""), InlineData("", "")]
    public void The_other_side_is_offered_after_the_last_one(string last, string today) =>
        Assert.Equal(today, Sites.OtherSide(last));
}
