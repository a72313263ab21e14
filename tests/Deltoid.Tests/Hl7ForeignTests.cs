using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Edits;
using Deltoid.Fhir;
using Deltoid.Hl7;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Messages as other programs send them: what was not given here on this day is left out, what is not understood is
/// named by segment and field, and nothing is guessed.
/// </summary>
public sealed class Hl7ForeignTests
{
    const string Head = """
        MSH|^~\&|EHR|CLINIC|DELTOID||20260302101500-0600||{0}|M1|P|2.5.1
        PID|1||1||A^B||{1}|F
        PV1|1|O||||||||||||||||||||||||||||||||||||||||||{2}

        """;

    static ForeignVisit Read(string rest, string kind = "RAS^O17", string born = "19580409", string start = "20260302")
    {
        return One(string.Format(null, CompositeFormat.Parse(Head), kind, born, start) + rest);
    }

    static ForeignVisit One(string message) => Assert.Single(Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(message.Replace(
        "\r\n", "\n", StringComparison.Ordinal).Replace('\n', '\r') + "\r")));

    static JsonElement Json(ForeignVisit read) => JsonDocument.Parse(read.Encounter).RootElement;

    /// <summary>A list of the encounter as it is written; empty where it has none.</summary>
    static string Of(ForeignVisit read, string name) =>
        Json(read).TryGetProperty(name, out var value) ? value.GetRawText() : "";

    static string Given(ForeignVisit read) => Of(read, "administrations");

    static void Names(ForeignVisit read, string at, string id = ReadingNote.NotUnderstood) =>
        Assert.True(read.Notes.Exists(n => n.At == at && n.Id == id), $"{id} {at} is not among "
            + string.Join("; ", read.Notes.Select(static n => $"{n.Id} {n.At}")));

    const string B12 = "RXA|0|1|20260302||^cyanocobalamin|1000|mcg|||||||||||||";

    /// <summary>RXA-20: CP and nothing say that it was given, RE and NA that it was not.</summary>
    [Theory, InlineData("CP", true), InlineData("cp", true), InlineData("", true), InlineData("RE", false)]
    [InlineData("re", false), InlineData("NA", false)]
    public void The_status_says_whether_it_was_given(string status, bool isGiven) => Assert.Equal(isGiven,
        !Given(Read(B12 + status)).Contains("\"given\":false", StringComparison.Ordinal));

    [Theory, InlineData("XX"), InlineData("A"), InlineData("CP1"), InlineData("in progress")]
    public void A_status_that_is_not_understood_leaves_it_out(string status)
    {
        var read = Read(B12 + status);
        Assert.Equal("", Given(read));
        Names(read, "RXA[1]-20");
    }

    /// <summary>A part of a drug is asked for; a part of a vaccine is no dose that is billed.</summary>
    [Fact]
    public void A_part_is_not_the_whole_dose()
    {
        var read = Read(B12 + "PA");
        Assert.Equal("""[{"drug":"cyanocobalamin"}]""", Given(read));
        Names(read, "RXA[1]-6");
        foreach (var (code, kind) in ((string, string)[])[("03^MMR^CVX", "VXU^V04"), ("03^MMR^CVX", "RAS^O17"),
            ("^MMR", "VXU^V04"), ("90707^MMR^C4", "RAS^O17"), ("x^MMR^L^03^MMR^CVX", "RAS^O17")])
        {
            read = Read(B12.Replace("^cyanocobalamin", code, StringComparison.Ordinal) + "PA", kind);
            Assert.Equal("", Given(read));
            Names(read, "RXA[1]-20");
        }
    }

    [Fact]
    public void A_code_that_says_no_vaccine_was_given_gives_none()
    {
        foreach (var status in (string[])["CP", "NA", ""])
        {
            var read = Read(B12.Replace("^cyanocobalamin", "998^No vaccine administered^CVX",
                StringComparison.Ordinal) + status, "VXU^V04");
            Assert.Equal("", Given(read));
            Names(read, "RXA[1]", ReadingNote.LeftOut);
        }
    }

    /// <summary>A record that a later one deletes or changes counts no more; one sent twice counts once.</summary>
    [Fact]
    public void A_later_record_takes_the_earlier_one_back()
    {
        const string one = "RXA|0|1|202603020910||^cyanocobalamin|1000|mcg|||||||||||||CP|";
        var deleted = Read(one + "A\n" + one + "D");
        Assert.Equal("", Given(deleted));
        Names(deleted, "RXA[1]", ReadingNote.LeftOut);
        Names(deleted, "RXA[2]", ReadingNote.LeftOut);
        var changed = Read(one + "A\nRXR|IM|LD\n" + one.Replace("1000", "500", StringComparison.Ordinal) + "U");
        Assert.Equal("""[{"start":"09:10","drug":"cyanocobalamin","dose":"500 mcg"}]""", Given(changed));
        Names(changed, "RXA[1]", ReadingNote.LeftOut);
        var twice = Read(one + "A\nRXR|IM|LD\n" + one + "A\nRXR|IM|LD");
        Assert.Equal(1, Json(twice).GetProperty("administrations").GetArrayLength());
        Names(twice, "RXA[2]", ReadingNote.LeftOut);
        // two orders, two sites or two numbers are two injections
        foreach (var (first, second) in ((string, string)[])[("ORC|RE|1\n" + one + "A", "ORC|RE|2\n" + one + "A"),
            (one + "A\nRXR|IM|LD", one + "A\nRXR|IM|RD"),
            (one + "A", one.Replace("0|1|", "0|2|", StringComparison.Ordinal) + "A")])
            Assert.Equal(2, Json(Read(first + "\n" + second)).GetProperty("administrations").GetArrayLength());
        var unknown = Read(one + "Q");
        Assert.Equal("", Given(unknown));
        Names(unknown, "RXA[1]-21");
    }

    /// <summary>The class of a patient who is not in a clinic is named.</summary>
    [Fact]
    public void An_inpatient_is_named()
    {
        Assert.DoesNotContain(Read(B12).Notes, static n => n.At == "PV1[1]-2");
        Names(One(string.Format(null, CompositeFormat.Parse(Head), "RAS^O17", "19580409", "20260302").Replace("PV1|1|O",
            "PV1|1|I", StringComparison.Ordinal) + B12), "PV1[1]-2", ReadingNote.NoField);
    }

    [Fact]
    public void Two_patients_are_refused() => Assert.Equal("PID[2]", Assert.Throws<InputException>(() =>
        Read("PID|2||2\n" + B12)).At);

    /// <summary>In UTC the day can be the one before: the start of the visit decides it, or it is refused.</summary>
    [Theory, InlineData("20260303013000+0000", "", ""), InlineData("20260303013000Z", "", "")]
    [InlineData("20260303095900-0000", "", ""), InlineData("20260303013000+0000", "20260201", "")]
    [InlineData("20260303013000+0000", "20260303013000+0000", "")]
    [InlineData("20260303013000+0000", "20260302", "2026-03-02")]
    [InlineData("20260303013000+0000", "20260303", "2026-03-03")]
    [InlineData("20260303013000+0000", "20260302190000-0600", "2026-03-02")]
    [InlineData("20260303150000+0000", "", "2026-03-03"), InlineData("20260302193000-0600", "", "2026-03-02")]
    [InlineData("20260302193000", "", "2026-03-02"), InlineData("20260302", "", "2026-03-02")]
    public void A_day_in_utc_is_not_guessed(string time, string start, string day)
    {
        ForeignVisit Read() => Hl7ForeignTests.Read(B12.Replace("|20260302|", $"|{time}|", StringComparison.Ordinal),
            start: start);
        if (day.Length > 0)
        {
            var visit = Json(Read());
            Assert.Equal(day, visit.GetProperty("serviceDate").GetString());
            Assert.Equal(1, visit.GetProperty("administrations").GetArrayLength());
            return;
        }
        Assert.Contains("not sure", Assert.Throws<InputException>(Read).Message, StringComparison.Ordinal);
    }

    /// <summary>Beside what has a day, a record whose day is not sure is left out; so is one without a time.</summary>
    [Theory, InlineData("20260303013000+0000", "RXA[2]-3"), InlineData("20260230", "RXA[2]-3")]
    [InlineData("202603022561", "RXA[2]-3"), InlineData("", "RXA[2]-3"), InlineData("202603020900+9999", "RXA[2]-3")]
    public void A_record_without_a_sure_day_is_left_out(string time, string at)
    {
        var read = Read(B12 + "\n" + B12.Replace("|20260302|", $"|{time}|", StringComparison.Ordinal), start: "");
        Assert.Equal(1, Json(read).GetProperty("administrations").GetArrayLength());
        Names(read, at);
    }

    /// <summary>The zone of MSH-7 holds for times that state none.</summary>
    [Fact]
    public void The_zone_of_the_header_is_that_of_its_times()
    {
        var message = string.Format(null, CompositeFormat.Parse(Head), "RAS^O17", "19580409", "")
            .Replace("-0600", "+0000", StringComparison.Ordinal) + "RXA|0|1|20260303013000||^B12|1000|mcg";
        Assert.Equal("RXA[1]-3", Assert.Throws<InputException>(() =>
            Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(message))).At);
    }

    /// <summary>Times as two clocks, as minutes, or not at all.</summary>
    [Theory, InlineData("202603020900", "202603021105", """ "start":"09:00","stop":"11:05" """, "")]
    [InlineData("202603022330-0600", "202603030005-0600", """ "start":"23:30","stop":"00:05" """, "")]
    [InlineData("202603020900-0600", "202603020931-0600", """ "start":"09:00","stop":"09:31" """, "")]
    [InlineData("202603020900-0600", "202603021531+0000", """ "start":"09:00","stop":"09:31" """, "")]
    [InlineData("202603021500+0000", "202603020931-0600", """ "minutes":31 """, "RXA[1]-3")]
    [InlineData("202603021500+0000", "202603021531+0000", """ "minutes":31 """, "RXA[1]-3")]
    [InlineData("202603020900", "202603030930", "", "RXA[1]-4")] // a day or more
    [InlineData("202603020900", "999912310900", "", "RXA[1]-4")]
    [InlineData("202603021000", "202603020930", "", "RXA[1]-4")]
    [InlineData("202603021000-0600", "202603021531+0000", "", "RXA[1]-4")]
    [InlineData("202603021000", "202603010930", "", "RXA[1]-4")]
    [InlineData("20260302", "20260301", "", "RXA[1]-4")]
    [InlineData("202603021000", "2026030299", """ "start":"10:00" """, "")]
    [InlineData("202603021000", "noon", """ "start":"10:00" """, "RXA[1]-4")]
    [InlineData("202603021000", "202603021000", """ "start":"10:00" """, "")]
    public void Times_are_of_moments(string start, string stop, string times, string named)
    {
        var read = Read($"RXA|0|1|{start}|{stop}|^ceftriaxone|1|g");
        var expected = times.Length > 0 ? times.Trim() + "," : "";
        Assert.Equal($$"""[{{{expected}}"drug":"ceftriaxone","dose":"1 g"}]""", Given(read));
        if (named.Length > 0) Names(read, named);
        else Assert.DoesNotContain(read.Notes, static n => n.At is "RXA[1]-3" or "RXA[1]-4");
    }

    /// <summary>RXA-13 and 14, as HL7 2.3 to 2.8 number them; without a volume it says nothing that is known.</summary>
    [Theory, InlineData("|30|mg/mL^^UCUM", "30 mg/mL"), InlineData("|40|ug/mL", "40 mcg/mL")]
    [InlineData("|30|mg/2 mL", "30 mg/2 mL"), InlineData("|30|mg|||||||||1|mL", "30 mg/1 mL")]
    [InlineData("|100|[iU]/mL", "100 units/mL"), InlineData("|40|mg", ""), InlineData("30|mg/mL|", "")]
    [InlineData("|x|mg/mL", ""), InlineData("|30|mL/mL", ""), InlineData("|30|mg/kg", "")]
    [InlineData("|30|mg/mL/h", "")]
    public void The_strength_has_its_own_fields(string fields, string concentration)
    {
        var read = Read("RXA|0|1|20260302||^ketorolac|1|mL|||||" + fields);
        var one = Json(read).GetProperty("administrations")[0];
        Assert.Equal(concentration, one.TryGetProperty("concentration", out var value) ? value.GetString() : "");
        Assert.False(one.TryGetProperty("containerAmount", out _));
        if (concentration.Length == 0 && fields[0] == '|') Names(read, "RXA[1]-13");
        else if (concentration.Length == 0) Names(read, "RXA[1]-12", ReadingNote.NoField);
    }

    /// <summary>IN1-15 is a filing code or a word, IN1-4 a name; where they say two kinds, none is known.</summary>
    [Theory, InlineData("MC^Medicaid^HL70086", "IL MEDICAID", "medicaid"), InlineData("MC", "", "medicaid")]
    [InlineData("HM", "Aetna", "commercial"), InlineData("16", "HUMANA GOLD PLUS", "medicare-advantage")]
    [InlineData("16", "Aetna", "medicare-advantage"), InlineData("MB", "Medicare Part B", "medicare")]
    [InlineData("CI", "", "commercial"), InlineData("BL", "", "commercial"), InlineData("WC", "", "workers-comp")]
    [InlineData("CH", "", "tricare"), InlineData("VA", "", "tricare"), InlineData("MA", "Medicare", "medicare")]
    [InlineData("MA", "HUMANA GOLD PLUS", "medicare-advantage"), InlineData("", "ILLINOIS MEDICAID", "medicaid")]
    [InlineData("X7", "Medicare", "medicare"), InlineData("medicaid", "Aetna", "medicaid")]
    [InlineData("MA", "", null), InlineData("HM", "HUMANA GOLD PLUS", null), InlineData("ZZ", "", null)]
    [InlineData("MC", "Medicare", null), InlineData("OF", "Some plan", null)]
    public void The_payer_is_of_the_kind_that_is_coded(string type, string name, string? kind)
    {
        var read = Read($"IN1|1|X|77001|{name}|||||||||||{type}\n" + B12);
        var payer = Json(read).GetProperty("payer");
        Assert.Equal(kind, payer.TryGetProperty("kind", out var value) ? value.GetString() : null);
        if (kind is null) Names(read, "IN1[1]-15");
        else Assert.DoesNotContain(read.Notes, static n => n.At == "IN1[1]-4");
    }

    [Fact]
    public void The_plan_that_is_in_force_and_first_pays()
    {
        const string first = "IN1|1|P|MEDICARE-B|Medicare", second = "IN1|2|S|BCBS|Blue Cross";
        string Kind(string plans) => Json(Read(plans + "\n" + B12)).GetProperty("payer").GetProperty("kind")
            .GetString()!;
        Assert.Equal("medicare", Kind(second + "\n" + first));
        Assert.Equal("medicare", Kind(first + "\n" + second));
        Assert.Equal("commercial", Kind(first + "|||||||||20241231\n" + second));
        Assert.Equal("commercial", Kind(first + "||||||||20270101\n" + second));
        Assert.Equal("commercial", Kind(first + "||||||||||||||||||2\n" + second + "||||||||||||||||||1"));
        Names(Read(second + "\n" + first + "\n" + B12), "IN1[1]", ReadingNote.LeftOut);
    }

    /// <summary>30963-3 says who paid for the dose, 64994-7 who the child is.</summary>
    [Theory, InlineData("PHC70^Private", "", "20200509", "stock"), InlineData("", "V02", "20200509", "vfc")]
    [InlineData("PHC70", "V02", "20200509", "stock"), InlineData("PHC70", "V01", "19580409", "stock")]
    [InlineData("VXC50^Public", "V02", "20200509", "vfc"), InlineData("VXC51", "V04", "20200509", "vfc")]
    [InlineData("VXC50", "V01", "20200509", "state-supplied"), InlineData("VXC52", "", "20200509", "state-supplied")]
    [InlineData("VXC50^Public", "V01", "19580409", "state-supplied"), InlineData("VXC50", "", "20070303", "vfc")]
    [InlineData("VXC50", "", "20070302", "state-supplied"), InlineData("", "V01", "20200509", "")]
    [InlineData("VXC51", "", "19580409", null), InlineData("VXC51", "V01", "20200509", null)]
    [InlineData("VXC51^Private", "V02", "20200509", null), InlineData("PHC70^Public", "", "20200509", null)]
    [InlineData("", "V02", "19580409", null), InlineData("VXC52", "V02", "20200509", null)]
    public void Who_paid_for_the_dose_is_not_who_the_child_is(string paid, string eligible, string born, string? source)
    {
        var read = Read($"RXA|0|1|20260302||03^MMR^CVX|0.5|mL\nOBX|1|CE|30963-3^x^LN||{paid}\n"
            + $"OBX|2|CE|64994-7^x^LN||{eligible}", "VXU^V04", born);
        if (source is null)
        {
            Assert.Equal("", Given(read));
            Assert.Contains(read.Notes, static n => n.At is "OBX[1]-5" or "OBX[2]-5"
                && n.Id == ReadingNote.NotUnderstood);
            return;
        }
        var one = Json(read).GetProperty("administrations")[0];
        Assert.Equal(source, one.TryGetProperty("source", out var value) ? value.GetString() : "");
    }

    const string Kind = "DFT^P03";

    static string Charge(int n, string code, string type = "CG", string units = "1", string modifiers = "",
        string day = "20260302", string ndc = "") =>
        $"FT1|{n}|||{day}||{type}|{code}^x^CPT|||{units}||||||||||||||||{modifiers}|||{ndc}\n";

    /// <summary>Only a charge is a service, and one that was taken back is none.</summary>
    [Fact]
    public void A_credit_takes_its_charge_back()
    {
        var read = Read(Charge(1, "96372") + Charge(2, "96372", "CD") + Charge(3, "99213", "PY") + Charge(4, "20610")
            + Charge(5, "11900", "AJ") + Charge(6, "11901", "CO"), Kind);
        Assert.Equal("""[{"code":"20610","units":1}]""", Of(read, "procedures"));
        Assert.Equal("", Of(read, "visits"));
        foreach (var n in (int[])[1, 2, 3, 5, 6]) Names(read, $"FT1[{n}]", ReadingNote.LeftOut);
        var negative = Read(Charge(1, "20610") + Charge(2, "20610", units: "-1"), Kind);
        Assert.Equal("", Of(negative, "procedures"));
        Names(negative, "FT1[2]-10");
        var unknown = Read(Charge(1, "20610", "XX") + Charge(2, "20611", ""), Kind);
        Assert.Equal("", Of(unknown, "procedures"));
        Names(unknown, "FT1[1]-6");
        Names(unknown, "FT1[2]-6");
    }

    /// <summary>What a credit does to charges of its code; C charge, D credit, each with units and modifier.</summary>
    [Theory, InlineData("C1 D1 C1", "1"), InlineData("D1 C1", "1"), InlineData("C1 C1 D1", "1")]
    [InlineData("C1 C1 D1 D1", ""), InlineData("C2 D1", ""), InlineData("C2 C2 D4", ""), InlineData("C2 C1 D1", "2")]
    [InlineData("C1RT C1LT D1LT", "1RT"), InlineData("C1RT C1LT D1", ""), InlineData("C1RT D1", "")]
    [InlineData("C1 D1@20260303", ""), InlineData("C1 D1@20260201", "1"), InlineData("C1 C1@20260305", "1")]
    [InlineData("C0", ""), InlineData("Cx", ""), InlineData("C1 C1@", "1"), InlineData("C1 C1@20260230", "1")]
    public void Charges_and_credits_of_one_code(string all, string left)
    {
        var text = new StringBuilder();
        var n = 0;
        foreach (var item in all.Split(' '))
        {
            var (what, day) = item.Split('@') is [var w, var d] ? (w, d) : (item, "20260302");
            text.Append(Charge(++n, "20610", what[0] == 'C' ? "CG" : "CD", what[1..2], what[2..], day));
        }
        var read = Read(text.ToString(), Kind);
        var has = Json(read).TryGetProperty("procedures", out var procedures);
        Assert.Equal(left, has ? string.Join(' ', procedures.EnumerateArray().Select(static p =>
            p.GetProperty("units").GetRawText() + (p.TryGetProperty("modifiers", out var m) ? m[0].GetString() : "")))
            : "");
    }

    /// <summary>The codes of a chargemaster are no codes of a claim.</summary>
    [Fact]
    public void A_charge_has_a_code_of_a_claim()
    {
        var read = Read("""
            FT1|1|||20260302||CG|CHG1^x^L|||1|||||||||||||||96372^x^C4
            FT1|2|||20260302||CG|CHG3^x^L|||1
            FT1|3|||20260302||CG|20610^x^C4|||1|||||||||||||||20611^x^C4
            FT1|4|||20260302||CG|injection|||1
            """, Kind);
        Assert.Equal("""[{"code":"96372","units":1}]""", Of(read, "procedures"));
        foreach (var at in (string[])["FT1[2]-7", "FT1[3]-7", "FT1[4]-7"]) Names(read, at);
    }

    /// <summary>What a charge of a drug says, and that it says no dose; a line of waste is no second dose.</summary>
    [Fact]
    public void A_charge_of_a_drug_names_what_is_missing()
    {
        var read = Read(Charge(1, "J1885", units: "2", ndc: "00409-3795-01") + Charge(2, "96372")
            + Charge(3, "J1885", units: "2", modifiers: "JW") + Charge(4, "J3420", modifiers: "JZ")
            + Charge(5, "J0717", modifiers: "JB~RT"), Kind);
        Assert.Equal("""[{"hcpcs":"J1885","ndc":"00409-3795-01"},{"hcpcs":"J3420","discarded":"none"},"""
            + """{"hcpcs":"J0717","route":"sc"}]""", Given(read));
        foreach (var at in (string[])["FT1[1]-10", "FT1[3]-26", "FT1[4]-10", "FT1[5]-10"]) Names(read, at);
        Names(read, "FT1[5]-26", ReadingNote.NoField);
    }

    /// <summary>What the package and its quantity say of the dose (FT1-43, whole packages with JZ); else it is not known.
    /// </summary>
    [Theory]
    [InlineData("J3420", "1", "JZ", "00517-0031-25", "1^ML", "1 mL")]
    [InlineData("J1885", "2", "", "00409-3795-01", "1^mL&milliliter&UCUM", "1 mL")]
    [InlineData("J0897", "60", "JZ", "55513-0710-01", "60^ME", "60 mg")]
    [InlineData("J0897", "60", "JZ", "55513-0710-01", "1^UN", "60 mg")]
    [InlineData("J0897", "60", "JZ", "55513-0710-01", "", "60 mg")]
    [InlineData("J0897", "120", "JZ", "55513-0710-01", "", "120 mg")]
    [InlineData("J0897", "60", "", "55513-0710-01", "", "")]
    [InlineData("J0897", "50", "JZ", "55513-0710-01", "", "")]
    [InlineData("J0897", "60", "JZ", "00009-0746-30", "", "")]
    [InlineData("J3420", "1", "JZ", "00517-0031-25", "", "")]
    [InlineData("J3420", "1", "JZ", "00517-0031-25", "1^UN", "")]
    public void A_package_may_say_the_dose(string code, string units, string modifier, string ndc, string quantity,
        string dose)
    {
        var charge = Charge(1, code, units: units, modifiers: modifier, ndc: ndc).TrimEnd();
        var fields = charge.Split('|').Length;
        var message = string.Format(null, CompositeFormat.Parse(Head), Kind, "19580409", "20260302") + charge
            + new string('|', 44 - fields) + quantity;
        var read = Assert.Single(Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(message.Replace("\r\n", "\n",
            StringComparison.Ordinal).Replace('\n', '\r') + "\r"), StarterBook.Open()));
        var given = Json(read).GetProperty("administrations")[0];
        Assert.Equal(dose, given.TryGetProperty("dose", out var said) ? said.GetString() : "");
        Names(read, "FT1[1]-10", dose.Length > 0 ? ReadingNote.NoField : ReadingNote.NotUnderstood);
    }

    [Theory, InlineData("998^no vaccine administered^CVX"), InlineData("^^^998^no vaccine administered^CVX"),
        InlineData("X^none^L^998^^CVX"), InlineData("X^none^L^Y^^L^^^^998^^cvx")]
    public void No_vaccine_in_any_triplet_is_none(string code) => Assert.Equal("",
        Given(Read($"RXA|0|1|20260302||{code}|999||||||||||||||CP", "VXU^V04")));

    /// <summary>Charges that Deltoid wrote come back, name the dose, and make the same lines once it is charted.
    /// </summary>
    [Fact]
    public void Charges_of_Deltoid_come_back_and_name_the_dose()
    {
        CodedVisit Coded(byte[] encounter) => CodedVisit.Of(EncounterJson.Read(encounter, ""), StarterBook.Open(),
            new Scrubber(Shipped.Edits));
        static string[] Lines(CodedVisit visit)
        {
            var lines = new List<string>();
            foreach (ref readonly var line in visit.Claim.Lines)
                lines.Add($"{line.Code} {line.Units} {string.Join(' ', ModifiersOf(line.Modifiers))} {line.Ndc}");
            return [.. lines.Order(StringComparer.Ordinal)];
        }
        static IEnumerable<string> ModifiersOf(Modifiers all)
        {
            for (var i = 0; i < all.Count; i++) yield return all[i].ToString();
        }
        var coded = Coded(File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "b12-shot-billing.json")));
        var read = Assert.Single(Hl7Reader.ReadAll(Hl7Writer.Write(coded, new DateTime(2026, 3, 5))));
        var drug = JsonNode.Parse(read.Encounter)!;
        Assert.Contains(read.Notes, static n => n.Id == ReadingNote.NotUnderstood && n.At.EndsWith("-10",
            StringComparison.Ordinal));
        var one = drug["administrations"]![0]!;
        Assert.Equal("none", one["discarded"]!.GetValue<string>());
        (one["dose"], one["route"], one["container"]) = ("1000 mcg", "im", "single-dose");
        Assert.Equal(Lines(coded), Lines(Coded(Encoding.UTF8.GetBytes(drug.ToJsonString()))));
    }

    [Fact]
    public void What_was_given_is_not_charged_beside()
    {
        var read = Read(B12 + "\n" + Charge(1, "96372") + Charge(2, "J3420") + Charge(3, "99213"), Kind);
        Assert.Equal("""[{"drug":"cyanocobalamin","dose":"1000 mcg"}]""", Given(read));
        Assert.Equal("""[{"code":"99213"}]""", Of(read, "visits"));
        Assert.Equal("", Of(read, "procedures"));
    }

    /// <summary>A diagnosis that was deleted, is not certain, is in words or of another system is none.</summary>
    [Fact]
    public void A_diagnosis_is_a_code_that_holds()
    {
        var read = Read("""
            DG1|1||D51.0^x^I10|||F
            DG1|2||I10^x^I10|||W
            DG1|3||281.0^x^I9|||F
            DG1|4|||Pernicious anemia||F
            DG1|5||E53.8^x^I10|||F|||||||||||||||D
            DG1|6||M17.11~M17.12|||A
            DG1|7|I9|V05.9
            DG1|8||anemia

            """ + B12);
        Assert.Equal("""["D51.0","M17.11","M17.12"]""", Of(read, "diagnoses"));
        Names(read, "DG1[2]", ReadingNote.LeftOut);
        Names(read, "DG1[5]", ReadingNote.LeftOut);
        foreach (var at in (string[])["DG1[3]-3", "DG1[4]-4", "DG1[7]-3", "DG1[8]-3"]) Names(read, at);
        var charged = Read("FT1|1|||20260302||CG|20610^x^C4|||1|||||||||M17.11^x^I10~281.0^x^I9\n"
            + "FT1|2|||20260302||PY|20611^x^C4|||1|||||||||M17.12^x^I10", Kind);
        Assert.Equal("""["M17.11"]""", Of(charged, "diagnoses"));
        Names(charged, "FT1[1]-19");
    }

    /// <summary>One drug a record, one route and site a dose.</summary>
    [Fact]
    public void Repetitions_and_second_segments_are_not_chosen_from()
    {
        var read = Read("RXA|0|1|20260302||^cyanocobalamin~^ketorolac|1000~30|mcg~mg\nRXR|IM");
        Assert.Equal("", Given(read));
        Names(read, "RXA[1]-5");
        read = Read(B12 + "\nRXR|IM|LD\nRXR|IM|RD");
        Assert.Equal("""[{"drug":"cyanocobalamin","dose":"1000 mcg","route":"im"}]""", Given(read));
        Names(read, "RXR[2]-2");
        read = Read(B12 + "\nRXR|IM~SC|LD");
        Assert.Equal("""[{"drug":"cyanocobalamin","dose":"1000 mcg","site":"left deltoid"}]""", Given(read));
        Names(read, "RXR[1]-1");
        read = Read(B12 + "\nRXR|IM|LD\nRXR|IM|LD");
        Assert.Contains("left deltoid", Given(read), StringComparison.Ordinal);
        read = Read("RXA|0|1|20260302||03^MMR^CVX|0.5|mL||00~01", "VXU^V04");
        Assert.Equal("", Given(read));
        read = Read("RXA|0|1|20260302||^ketorolac|30|mg||||||||L1~L2|20270301~20270401");
        Assert.Equal("""[{"drug":"ketorolac","dose":"30 mg"}]""", Given(read));
        Names(read, "RXA[1]-15");
        Names(read, "RXA[1]-16");
    }

    [Fact]
    public void What_was_ordered_beside_what_was_given_is_named()
    {
        var read = Read("ORC|RE|1\nRXE|1|^ketorolac|30||mg\nRXR|IM|LG\n" + B12 + "\nRXR|SC|LD");
        Assert.Equal("""[{"drug":"cyanocobalamin","dose":"1000 mcg","route":"sc","site":"left deltoid"}]""",
            Given(read));
        Names(read, "RXE[1]", ReadingNote.NoField);
        Names(read, "RXR[1]", ReadingNote.NoField);
    }

    /// <summary>A day that is missing, not understood, or one of several is named where it is written.</summary>
    [Theory, InlineData("RXA|0|1|20260230||^B12|1|mg", "RAS^O17", "RXA[1]-3")]
    [InlineData("RXA|0|1|20260302||^B12|1|mg\nRXA|0|2|20260303||^B12|1|mg", "RAS^O17", "RXA[2]-3")]
    [InlineData("FT1|1|||20260302||CG|96372\nFT1|2|||20260303||CG|96372", Kind, "FT1[2]-4")]
    [InlineData("FT1|1|||20260302||CD|96372", Kind, "FT1-4"), InlineData("", "VXU^V04", "RXA-3")]
    public void The_day_is_named_where_it_is(string rest, string kind, string at) =>
        Assert.Equal(at, Assert.Throws<InputException>(() => Read(rest, kind, start: "")).At);

    /// <summary>An error is where the sender sees it.</summary>
    [Theory, InlineData("FT1|1|||20260302||CG|20610^^C4|||99999999999999", "FT1[1]-10")]
    [InlineData("FT1|1|||20260302||CG|20610^^C4|||0.12345", "FT1[1]-10")]
    public void An_error_names_segment_and_field(string charge, string at)
    {
        try { Names(Read(charge, Kind), at); }
        catch (InputException e)
        {
            Assert.Equal(at, e.At);
            Assert.DoesNotContain("/procedures", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(" at ", e.Message, StringComparison.Ordinal);
        }
    }
}
