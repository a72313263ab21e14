using System.Text;
using Deltoid.Charting;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Tests;

public sealed class EncounterJsonTests
{
    [Fact]
    public void All_unknown_fields_are_reported_in_one_run()
    {
        const string Visit =
            """{ "serviceDate": "2026-03-02", "pos": "11", "billing": { "idd": "P1", "billingProvider": { "nme": "x", "npi": "1234567893" }, "payer": { "kindd": { "a": [1] } } } }""";
        var error = Assert.Throws<InputException>(() =>
            EncounterJson.Read(System.Text.Encoding.UTF8.GetBytes(Visit), "-"));
        Assert.Equal("/pos", error.At);
        InputException[] all = [error, .. error.Also];
        foreach (var name in (string[])["'pos'", "'idd'", "'nme'", "'kindd'"])
            Assert.Single(all, e => e.Message.Contains(name, StringComparison.Ordinal));
        Assert.Contains(all, static e => e.Try.Contains("did you mean name?", StringComparison.Ordinal));
    }

    /// <summary>
    /// Every field of the contract. The patient's and the member's name are markers that no message may show.
    /// </summary>
    internal const string Everything = """
        {
          "serviceDate": "2026-03-02", "placeOfService": "11", "setting": "professional",
          "payer": { "kind": "medicare", "id": "MEDICARE-B", "state": "IL", "locality": "06102-16" },
          "patient": { "birthDate": "1958-04-09", "sex": "F", "established": true },
          "provider": { "supervision": "on-site", "role": "ma", "billing": "1234567893", "rendering": "1234567893", "supervising": "1234567893" },
          "diagnoses": ["D51.0", "e119"],
          "visits": [ { "code": "99213", "separateNote": true, "placeOfService": "12", "diagnoses": ["I10"], "modifiers": ["95"], "minutes": 20 } ],
          "procedures": [ { "code": "20610", "site": "right knee", "units": 1, "diagnoses": ["M17.11"], "modifiers": ["RT"] } ],
          "administrations": [
            { "id": "a1", "drug": "cyanocobalamin", "hcpcs": "J3420", "dose": "1,000 mcg/1 mL", "route": "IM", "site": "left deltoid",
              "container": "single-dose", "containerAmount": { "value": 1000, "unit": "mcg" }, "ndc": "00517-0031-25", "lot": "XYZ2025", "expires": "2027-02",
              "purpose": "therapeutic", "source": "stock", "diagnoses": ["D51.0"], "start": "09:00", "stop": "9:01 AM",
              "minutes": "15 min", "discarded": "none", "given": true, "syringe": "s1", "splitDose": false, "target": "deltoid", "muscles": 2, "lesions": 3,
              "lastGiven": "2026-02-02", "concentration": "1000 mcg/mL", "order": { "by": "ZZMARKER", "on": "2026-03-01", "standing": false },
              "performer": "RN", "needle": "25G 1 in", "observed": 15, "response": "tolerated well", "instructions": true, "consent": "yes",
              "indication": "pernicious anemia", "whyNotOral": { "reason": "malabsorption" }, "witness": "ZZMARKER", "checked": true, "doseConfirmed": true, "guidance": "ultrasound" }
          ],
          "counseling": false, "vascularAccesses": 1, "priorAuthorization": "A1",
          "history": [ { "date": "2026-02-02", "code": "J3420", "units": 1, "provider": "1234567893" } ],
          "billing": { "id": "P001", "subscriber": { "memberId": "ZZMARKER9", "name": "ZZMARKER", "first": "ZZMARKER" }, "charges": { "96372": 38.00, "J3420": 12.5 } }
        }
        """;

    static Encounter Read(string json) => EncounterJson.Read(Encoding.UTF8.GetBytes(json), "chart.json");

    static InputException Refused(string json) => Assert.Throws<InputException>(() => Read(json));

    static Administration One(string fields) =>
        Read($$"""{ "serviceDate": "2026-03-02", "administrations": [ { {{fields}} } ] }""").Administrations[0];

    static Encounter With(string fields) => Read($$"""{ "serviceDate": "2026-03-02", {{fields}} }""");

    [Theory]
    [InlineData("\"payer\": \"medicare\"", "an object is due, not a text",
        "write an object, such as { \"kind\": \"medicare\" }")]
    [InlineData("\"visit\": \"99213\"", "an object is due, not a text",
        "write an object, such as { \"code\": \"99213\" }")]
    [InlineData("\"diagnoses\": \"E53.8\"", "a list is due, not a text", "write a list, such as [ \"E53.8\" ]")]
    [InlineData("\"administrations\": { \"drug\": \"B12\" }", "a list is due, not an object",
        "write a list, such as [ { \"drug\": \"B12\"")]
    [InlineData("\"placeOfService\": 11", "a text is due, not a number", "write it in quotes")]
    [InlineData("\"placeOfService\": [ \"11\" ]", "a text is due, not a list", "write a text")]
    public void A_value_of_another_shape_gets_the_right_one(string field, string says, string remedy)
    {
        var fault = Assert.Throws<InputException>(() => With(field));
        Assert.EndsWith(says, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(remedy, fault.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_the_encounter_is_read()
    {
        var e = Read(Everything);
        Assert.Equal(new DateOnly(2026, 3, 2), e.ServiceDate);
        Assert.Equal(("11", Setting.Professional, PayerKind.Medicare, "MEDICARE-B", "IL", "06102-16"),
            (e.PlaceOfService.ToString(), e.Setting, e.PayerKind, e.PayerId, e.PayerState, e.PayerLocality));
        Assert.Equal((new DateOnly(1958, 4, 9), Sex.Female, true), (e.BirthDate!.Value, e.Sex, e.Established!.Value));
        Assert.Equal((Supervision.OnSite, StaffRole.Ma), (e.Supervision, e.ProviderRole));
        Assert.All([e.Billing, e.Rendering, e.Supervising], npi => Assert.Equal("1234567893", npi.ToString()));
        Assert.Equal(["D510", "E119"], e.Diagnoses.Select(d => d.ToString()));
        Assert.Equal((false, 1, "A1"), (e.Counseling!.Value, e.VascularAccesses!.Value, e.PriorAuthorization));
        var visit = Assert.Single(e.Visits);
        Assert.Equal(("99213", true, "12", "I10", "95", 20),
            (visit.Code.ToString(), visit.SeparateNote!.Value, visit.PlaceOfService.ToString(),
                visit.Diagnoses[0].ToString(), visit.Modifiers[0].ToString(), visit.Minutes!.Value));
        var procedure = Assert.Single(e.Procedures);
        Assert.Equal(("20610", "right knee", Quantity.One, "M1711", "RT"),
            (procedure.Code.ToString(), procedure.Site, procedure.Units, procedure.Diagnoses[0].ToString(),
                procedure.Modifiers[0].ToString()));
        Assert.Equal("J3420", Assert.Single(e.History!.Services).Code.ToString());
        Assert.Equal((3800, 1250), (e.Charges[Code.Of("96372")].Cents, e.Charges[Code.Of("J3420")].Cents));
        Assert.StartsWith("{ \"id\": \"P001\"", Encoding.UTF8.GetString(e.BillingJson.Span), StringComparison.Ordinal);
        Assert.EndsWith("12.5 } }", Encoding.UTF8.GetString(e.BillingJson.Span), StringComparison.Ordinal);
        Assert.Empty(e.Unread);
        Assert.Equal("chart.json", e.File);
    }

    [Fact]
    public void Every_field_of_the_administration_is_read()
    {
        var a = Read(Everything).Administrations[0];
        Assert.Equal(("a1", "cyanocobalamin", "J3420", "left deltoid", "deltoid", "00517-0031-25", "XYZ2025", "s1",
                "ultrasound"),
            (a.Id, a.Drug, a.Hcpcs.ToString(), a.Site, a.Target, a.NdcText, a.Lot, a.Syringe, a.Guidance));
        Assert.Equal((new Amount(1000, MeasureUnit.Mcg), new Amount(1, MeasureUnit.Ml), true),
            (a.Dose, a.Volume, a.DoseCharted));
        Assert.Equal((new Amount(1000, MeasureUnit.Mcg), new Amount(1000, MeasureUnit.Mcg),
                new Amount(1, MeasureUnit.Ml)), (a.ContainerAmount, a.Concentration, a.ConcentrationPer));
        Assert.Equal((Route.Im, ContainerKind.SingleDose, Purpose.Therapeutic, DrugSource.Stock),
            (a.Route, a.Container, a.Purpose, a.Source));
        Assert.Equal((new DateOnly(2027, 2, 28), new DateOnly(2026, 2, 2)), (a.Expires!.Value, a.LastGiven!.Value));
        Assert.Equal((new TimeOnly(9, 0), new TimeOnly(9, 1), 15, 15),
            (a.Start!.Value, a.Stop!.Value, a.ChartedMinutes!.Value, a.ObservedMinutes!.Value));
        Assert.Equal((true, true, false, 2, 3),
            (a.NothingDiscarded, a.Given!.Value, a.SplitDose!.Value, a.Muscles!.Value, a.Lesions!.Value));
        Assert.Equal((new Order(true, new DateOnly(2026, 3, 1), false), StaffRole.Rn), (a.Order!, a.Performer));
        Assert.True(a is { PerformerCharted: true, NeedleCharted: true, ResponseCharted: true,
            InstructionsCharted: true, IndicationCharted: true, WhyNotOralCharted: true, WitnessCharted: true,
            Consent: true, Checked: true, DoseConfirmed: true });
        Assert.Equal("D510", a.Diagnoses[0].ToString());
    }

    [Theory]
    [InlineData("\"1000 mcg\"", "1000 mcg", "")]
    [InlineData("\"1,000 mcg / 1 mL\"", "1000 mcg", "1 mL")]
    [InlineData("{ \"value\": 0.5, \"unit\": \"mL\" }", "0.5 mL", "")]
    [InlineData("{ \"value\": \"1,000\", \"unit\": \"mcg\" }", "1000 mcg", "")]
    [InlineData("{ \"value\": 1.2e3, \"unit\": \"mcg\" }", "1200 mcg", "")]
    [InlineData("\"1.2 million units\"", "1.2 million units", "")]
    public void A_dose_is_text_or_value_and_unit(string dose, string expected, string volume)
    {
        var a = One($"\"dose\": {dose}");
        Assert.Equal((expected, volume, true), (a.Dose.ToString(), a.Volume.ToString(), a.DoseCharted));
    }

    [Fact]
    public void A_charted_volume_wins_over_the_one_in_the_dose() =>
        Assert.Equal("2 mL", One("\"volume\": \"2 mL\", \"dose\": \"1000 mcg/1 mL\"").Volume.ToString());

    [Theory]
    [InlineData("\"30 mg/mL\"", "30 mg", "1 mL")]
    [InlineData("\"1000 mcg/1 mL\"", "1000 mcg", "1 mL")]
    [InlineData("\"30 mg per mL\"", "30 mg", "1 mL")]
    [InlineData("{ \"value\": 80, \"unit\": \"mg\", \"per\": { \"value\": 2, \"unit\": \"mL\" } }", "80 mg", "2 mL")]
    [InlineData("{ \"value\": 80, \"unit\": \"mg\", \"per\": \"mL\" }", "80 mg", "1 mL")]
    public void A_concentration_is_strength_per_volume(string concentration, string strength, string per)
    {
        var a = One($"\"concentration\": {concentration}");
        Assert.Equal((strength, per), (a.Concentration.ToString(), a.ConcentrationPer.ToString()));
    }

    [Theory]
    [InlineData("\"none\"", true, "")]
    [InlineData("0", true, "")]
    [InlineData("\"0 mg\"", true, "")]
    [InlineData("{ \"value\": 0, \"unit\": \"mg\" }", true, "")]
    [InlineData("\"20 mg\"", false, "20 mg")]
    [InlineData("null", false, "")]
    [InlineData("\" \"", false, "")]
    public void Nothing_discarded_is_a_fact_and_silence_is_not(string discarded, bool nothing, string amount)
    {
        var a = One($"\"discarded\": {discarded}");
        Assert.Equal((nothing, amount), (a.NothingDiscarded, a.Discarded.ToString()));
    }

    [Theory]
    [InlineData("09:00", 540)]
    [InlineData("9:00 AM", 540)]
    [InlineData("0900", 540)]
    [InlineData("9:05pm", 1265)]
    [InlineData("12:30 a.m.", 30)]
    [InlineData("23:59:30", 1439)]
    public void A_time_is_wall_clock(string time, int minute) =>
        Assert.Equal(minute, One($"\"start\": \"{time}\"").Start!.Value.ToTimeSpan().Ticks / TimeSpan.TicksPerMinute);

    [Theory]
    [InlineData("15", 15)]
    [InlineData("\"15\"", 15)]
    [InlineData("\"15 min\"", 15)]
    [InlineData("\"15 minutes\"", 15)]
    [InlineData("\"1 h 30 min\"", 90)]
    [InlineData("\"2 hrs.\"", 120)]
    public void Minutes_are_a_number_or_a_text(string minutes, int expected) =>
        Assert.Equal(expected, One($"\"minutes\": {minutes}").ChartedMinutes);

    [Theory]
    [InlineData("\"MA\"", nameof(StaffRole.Ma), true)]
    [InlineData("\"J. Doe, R.N.\"", nameof(StaffRole.Rn), true)]
    [InlineData("{ \"credential\": \"LPN\", \"name\": \"J. Doe\" }", nameof(StaffRole.Lpn), true)]
    [InlineData("\"J. Doe\"", nameof(StaffRole.None), true)]
    [InlineData("true", nameof(StaffRole.None), true)]
    [InlineData("\"\"", nameof(StaffRole.None), false)]
    [InlineData("{}", nameof(StaffRole.None), false)]
    public void A_performer_is_a_role_or_at_least_charted(string performer, string role, bool charted)
    {
        var a = One($"\"performer\": {performer}");
        Assert.Equal((role, charted), (a.Performer.ToString(), a.PerformerCharted));
    }

    [Fact]
    public void An_order_is_a_text_or_an_object()
    {
        Assert.Equal(new Order(true, null, false), One("\"order\": \"Dr. Lee, 2 March\"").Order);
        Assert.Equal(new Order(false, null, true), One("\"order\": \"Standing order\"").Order);
        Assert.Equal(new Order(false, new DateOnly(2026, 3, 1), true),
            One("\"order\": { \"on\": \"2026-03-01\", \"standing\": true }").Order);
        Assert.Null(One("\"order\": \"\"").Order);
    }

    [Fact]
    public void A_visit_may_stand_alone_or_be_null()
    {
        Assert.Equal("99213", With("\"visit\": { \"code\": \"99213\" }").Visits[0].Code.ToString());
        Assert.Empty(With("\"visit\": null").Visits);
        Assert.Equal(2,
            With("\"visit\": { \"code\": \"99213\" }, \"visits\": [ { \"code\": \"99214\" } ]").Visits.Count);
    }

    [Theory]
    [InlineData("\"route\": \"IMM\"", Field.Route)]
    [InlineData("\"container\": \"box\"", Field.Container)]
    [InlineData("\"dose\": \"one vial full\"", Field.Dose)]
    [InlineData("\"dose\": \"10 mg/kg\"", Field.Dose)]
    [InlineData("\"dose\": \"30 mg/mL\"", Field.Dose)]
    [InlineData("\"dose\": { \"value\": 5 }", Field.Dose)]
    [InlineData("\"dose\": { \"value\": 1e-12, \"unit\": \"g\" }", Field.Dose)]
    [InlineData("\"volume\": \"3 mg\"", Field.Volume)]
    [InlineData("\"concentration\": \"30 mg\"", Field.Concentration)]
    [InlineData("\"discarded\": \"some\"", Field.Discarded)]
    [InlineData("\"start\": \"around nine\"", Field.Start)]
    [InlineData("\"stop\": \"25:00\"", Field.Stop)]
    [InlineData("\"minutes\": \"a while\"", Field.Minutes)]
    [InlineData("\"hcpcs\": \"vitamin\"", Field.Hcpcs)]
    [InlineData("\"diagnoses\": [\"anemia\"]", Field.Diagnoses)]
    [InlineData("\"consent\": \"perhaps\"", Field.Consent)]
    public void A_value_that_is_not_understood_is_kept_as_unread(string field, Field place)
    {
        var e = With($"\"administrations\": [ {{}}, {{ {field} }} ]");
        Assert.Equal([Place.Of(Part.Administration, 1, place)], e.Unread);
        Assert.True(e.Administrations[1].Dose.IsNone);
        Assert.Equal(place == Field.Dose, e.Administrations[1].DoseCharted);
    }

    [Fact]
    public void Unread_words_of_the_encounter_have_their_place_too()
    {
        var e = With("""
            "setting": "moon", "placeOfService": "office", "payer": { "kind": "?" }, "patient": { "sex": "?" }, "provider": { "role": "?", "billing": "123" },
            "visits": [ { "code": "office visit" } ], "history": [ { "date": "2026-01-01" } ]
            """);
        Assert.Equal([Field.Setting, Field.PlaceOfService, Field.PayerKind, Field.PatientSex, Field.ProviderRole,
                Field.BillingNpi, Field.Code, Field.Code], e.Unread.Select(p => p.ChartField));
        Assert.Equal([Part.Visit, Part.History], e.Unread.TakeLast(2).Select(p => p.Part));
        Assert.Empty(e.History!.Services);
    }

    [Theory]
    [InlineData("""{ }""", "/serviceDate", "missing")]
    [InlineData("""{ "serviceDate": null }""", "/serviceDate", "missing")]
    [InlineData("""{ "serviceDate": "2026-02-30" }""", "/serviceDate", "1:18: this is not a date")]
    [InlineData("""{ "serviceDate": 20260302 }""", "/serviceDate", "a text is due, not a number")]
    [InlineData("""{ "serviceDate": "2026-03-02", "diagnoses": "D51.0" }""", "/diagnoses", "a list is due, not a text")]
    [InlineData("""{ "serviceDate": "2026-03-02", "serviceDate": "2026-03-02" }""", "/serviceDate", "given twice")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ {}, { "dose": 5 } ] }""",
        "/administrations/1/dose", "an amount with its unit is due, not a number")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "dose": "-5 mg" } ] }""",
        "/administrations/0/dose", "negative")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "dose": { "value": -5, "unit": "mg" } } ] }""",
        "/administrations/0/dose/value", "negative")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "minutes": -1 } ] }""",
        "/administrations/0/minutes", "negative")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "dose": "1,000,000,000,001 mg" } ] }""",
        "/administrations/0/dose", "larger")]
    [InlineData(
        """{ "serviceDate": "2026-03-02", "administrations": [ { "dose": { "value": 1e13, "unit": "mg" } } ] }""",
        "/administrations/0/dose/value", "larger")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "expires": "March" } ] }""",
        "/administrations/0/expires", "neither a month nor a date")]
    [InlineData("""{ "serviceDate": "2026-03-02", "administrations": [ { "witness": { "a": 1, "a": 1 } } ] }""",
        "/administrations/0/witness", "given twice")]
    [InlineData("""{ "serviceDate": "2026-03-02", "billing": { "payer": { "kind": "?" } } }""", "/billing/payer/kind",
        "no payer kind")]
    [InlineData("""{ "serviceDate": "2026-03-02", "billing": { "charges": { "96372": 1.005 } } }""", "/billing/charges",
        "two decimals")]
    [InlineData("""{ "serviceDate": "2026-03-02", }""", "/serviceDate", "1:32: this is not JSON")]
    [InlineData("""{ "serviceDate": "2026-03-02" } {}""", "", "this is not JSON")]
    [InlineData("""[]""", "", "an object is due, not a list")]
    [InlineData("", "", "it is empty")]
    [InlineData(" \n ", "", "it is empty")]
    public void What_cannot_be_a_chart_is_refused_with_its_pointer(string json, string at, string message)
    {
        var refused = Refused(json);
        Assert.Equal(at, refused.At);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Try);
    }

    [Fact]
    public void An_unknown_field_is_named_with_its_position_and_the_nearest_known_one()
    {
        var near =
            Refused("{\n  \"serviceDate\": \"2026-03-02\",\n  \"administrations\": [ { \"doze\": \"5 mg\" } ]\n}");
        Assert.Equal(("/administrations/0/doze", "field 'doze' at 3:26 is not known here", "did you mean dose?"),
            (near.At, near.Message, near.Try));
        var far = Refused("""{ "payer": { "plan": 1 } }""");
        Assert.Equal(("/payer/plan", "fields known here: kind, id, state, locality"), (far.At, far.Try));
        Assert.DoesNotContain("Jane", Refused("""{ "patient": { "Jane Roe": 1 } }""").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_have_limits()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        Assert.Contains("deeper than 32",
            Refused($$"""{ "serviceDate": "2026-03-02", "administrations": [ { "witness": {{deep}} } ] }""").Message,
            StringComparison.Ordinal);
        Assert.Contains("64 MB",
            Assert.Throws<InputException>(() => EncounterJson.Read(new byte[(64 << 20) + 1], "")).Message,
            StringComparison.Ordinal);
        Assert.Contains("UTF-8",
            Assert.Throws<InputException>(() =>
                EncounterJson.Read(new byte[] { (byte)'"', 0xFF, (byte)'"' }, "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_a_list_of_encounters_are_read()
    {
        Assert.Equal(2026, Read("\uFEFF{ \"serviceDate\": \"2026-03-02\" }").ServiceDate.Year);
        var two = EncounterJson.ReadAll(
            """[ { "serviceDate": "2026-03-02" }, { "serviceDate": "2026-03-03" } ]"""u8.ToArray(), "f");
        Assert.Equal([2, 3], two.Select(r => r.Encounter!.ServiceDate.Day));
        Assert.Single(EncounterJson.ReadAll("""{ "serviceDate": "2026-03-02" }"""u8.ToArray(), "f"));
        var readings = EncounterJson.ReadAll(
            """[ { "serviceDate": "2026-03-02" }, {}, { "serviceDate": "2026-03-04", "visits": [ { "kode": 1 } ] }, { "serviceDate": "2026-03-05" } ]"""u8.ToArray(),
            "f");
        Assert.Equal(["", "/1/serviceDate", "/2/visits/0/kode", ""], readings.Select(r => r.Fault?.At ?? ""));
        Assert.Equal(2,
            EncounterJson.ReadAll("""[ { "serviceDate": "2026-03-02" }, { "serviceDate": """u8.ToArray(), "f").Count);
    }

    [Fact]
    public void Whatever_comes_in_only_an_input_exception_comes_out_and_no_patient_with_it()
    {
        var valid = Encoding.UTF8.GetBytes(Everything);
        var random = new Random(20260302);
        for (var i = 0; i < 20_000; i++)
        {
            try { EncounterJson.Read(ClaimSamples.Mutate(valid, random), "f"); }
            catch (InputException e)
            {
                Assert.DoesNotContain("ZZMARKER", $"{e.At} {e.Message} {e.Try}", StringComparison.OrdinalIgnoreCase);
            }
        }
    }
}
