using System.Text;
using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>emit</c>: claims as 837P, 837I and CMS-1500; what leaves passes its own check, what would not is named field by
/// field.
/// </summary>
public sealed class EmitTests
{
    static readonly string Good = X12Samples.ClaimJsonOf(1);

    /// <summary>A visit in an emergency department, with what a hospital has to say for billing.</summary>
    public static readonly string Emergency = Repository.Read("examples", "emergency-hospital.json").TrimEnd().TrimEnd('}') + """
        , "billing": {"id":"H100","statements":{"signature":"Y","assignment":"A","benefits":"Y","release":"Y"},"typeOfBill":"13","admission":{"type":"1","source":"1","status":"01"},
         "billingProvider":{"name":"Oak Street Hospital","npi":"1234567893","taxId":"123456789","taxonomy":"282N00000X","phone":"3125550100","address":{"line":"210 Oak Street","city":"Springfield","state":"IL","zip":"627041234"} },
         "subscriber":{"name":"Field","first":"Ann","memberId":"1EG4TE5MK73","birthDate":"1950-01-20","sex":"F","relationship":"18","address":{"line":"1 First St","city":"Peoria","state":"IL","zip":"61602"} },
         "attendingProvider":{"name":"Reed","first":"Dana","npi":"1497758544"},
         "payer":{"kind":"medicare","id":"MEDICARE-B","name":"Part B","filing":"MB"},
         "charges":{"99284":400,"96374":150,"J1885":3,"96375":90,"J2405":4.5,"96361":110,"J7030":12} } }
        """;

    static (int Exit, string Out, string Error) Emit(string input, params string[] more) =>
        CommandLine.RunWith(input,
            ["emit", "-", "--contact", "Billing", .. more.Contains("--made") ? [] : Made, .. more]);

    static readonly string[] Made = ["--made", "2026-03-05T09:30"];

    static List<string> Segments(string input, params string[] more)
    {
        var (exit, output, error) = Emit(input, more);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Equal(Exit.Clean, CommandLine.RunWith(output, "check", "-").Exit);
        return [.. output.Split('~')];
    }

    static string With(string members) =>
        Good.Replace("\"setting\":", members + ",\"setting\":", StringComparison.Ordinal);

    static List<JsonElement> ReadBack(string file) => [.. CommandLine.RunWith(file, "read", "-", "--jsonl").Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    [Theory]
    [InlineData("7")]
    [InlineData("8")]
    public void A_corrected_or_void_claim_names_the_one_it_is_about(string frequency)
    {
        var segments = Segments(With($"\"frequency\":\"{frequency}\",\"originalReference\":\"2026045000123\""));
        Assert.Contains($"CLM*C000001*50.5***11:B:{frequency}*Y*A*Y*Y", segments);
        Assert.Contains("REF*F8*2026045000123", segments);
    }

    [Theory]
    [InlineData("\"frequency\":\"7\"", "", "/originalReference")]
    [InlineData("", "\"memberId\":\"1EG4TE5MK01\",", "/subscriber/memberId")]
    [InlineData("", "\"taxId\":\"123456789\",", "/billingProvider/taxId")]
    [InlineData("", "\"charge\":38,", "/lines/0/charge")]
    [InlineData("", "\"diagnoses\":[\"D51.0\",\"I10\"],", "/diagnoses")]
    [InlineData("", "\"date\":\"2026-03-02\",", "/lines/0/date")]
    [InlineData("", "\"id\":\"C000001\",", "/id")]
    public void What_a_receiver_would_miss_is_named_and_nothing_is_written(string added, string removed, string field)
    {
        var claim = added.Length > 0 ? With(added) : Good;
        if (removed.Length > 0) Assert.Contains(removed, claim, StringComparison.Ordinal);
        var (exit, output, error) = Emit(removed.Length > 0
            ? claim.Replace(removed, "", StringComparison.Ordinal)
            : claim);
        Assert.Equal((Exit.Found, ""), (exit, output));
        Assert.Contains(field, error, StringComparison.Ordinal);
        Assert.Contains("nothing was written", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_envelope_lacks_is_named_by_its_option()
    {
        var (exit, _, error) = CommandLine.RunWith(Good.Replace("\"phone\":\"3125550100\",", "",
                StringComparison.Ordinal), "emit", "-");
        Assert.Equal(Exit.Found, exit);
        Assert.Contains("--phone: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_parties_and_day_are_those_of_the_caller()
    {
        var segments = Segments(Good, "--control", "77", "--group-control", "8", "--set-control", "500", "--sender",
            "SENDER1", "--receiver", "RECEIVER1", "--production", "--batch", "B-9");
        Assert.Equal("ISA*00*          *00*          *ZZ*SENDER1        *ZZ*RECEIVER1  "
                + "    *260305*0930*^*00501*000000077*0*P*:", segments[0]);
        Assert.Equal(["GS*HC*SENDER1*RECEIVER1*20260305*0930*8*X*005010X222A1", "ST*837*0500*005010X222A1",
                "BHT*0019*00*B-9*20260305*0930*CH"], segments[1..4]);
        Assert.Equal(["SE*", "GE*1*8", "IEA*1*000000077", ""],
            segments[^4..].Select(static s => s.StartsWith("SE*", StringComparison.Ordinal)
                && s.EndsWith("*0500", StringComparison.Ordinal)
                ? "SE*"
                : s));
    }

    [Fact]
    public void Other_separators_carry_the_same_claim()
    {
        var other = Emit(Good, "--separators", "|>!'").Out;
        Assert.Equal(Exit.Clean, CommandLine.RunWith(other, "check", "-").Exit);
        Assert.Equal(ReadBack(Emit(Good).Out)[0].GetProperty("lines").GetRawText(),
            ReadBack(other)[0].GetProperty("lines").GetRawText());
    }

    [Fact]
    public void A_visit_in_a_hospital_becomes_a_claim_of_the_professional_and_one_of_the_facility()
    {
        var coded = CommandLine.RunWith(Emergency, "code", "-", "--both", "--json").Out;
        var segments = Segments(coded, "--made", "2026-05-05T08:00");
        var facility = segments.IndexOf("CLM*H100F*783***13:A:1**A*Y*Y");
        Assert.InRange(segments.IndexOf("CLM*H100*400***23:B:1*Y*A*Y*Y"), 1, facility);
        Assert.Equal(["005010X222A1", "005010X223A2"],
            segments.Where(static s => s.StartsWith("ST*", StringComparison.Ordinal))
                .Select(static s => s.Split('*')[3]));
        Assert.Equal([
                "SV2*0450*HC:99284:25*400*UN*1",
                "SV2*0450*HC:96374*150*UN*1",
                "SV2*0636*HC:J1885:JZ*3*UN*1",
                "SV2*0450*HC:96375*90*UN*1",
                "SV2*0636*HC:J2405*18*UN*4",
                "SV2*0450*HC:96361*110*UN*1",
                "SV2*0636*HC:J7030*12*UN*1",
            ], segments[facility..].Where(static s => s.StartsWith("SV2*", StringComparison.Ordinal)));
        Assert.Contains("CL1*1*1*01", segments[facility..]);
        Assert.Contains("NM1*71*1*Reed*Dana****XX*1497758544", segments[facility..]);
        // OPPS packages J2405 and J7030
        Assert.DoesNotContain("DRG0132", CommandLine.RunWith(string.Join('~', segments), "scrub", "-", "--json").Out,
            StringComparison.Ordinal);
        // the hospital's drugs are not the professional's
        Assert.DoesNotContain(segments[..facility], static s => s.StartsWith("SV1*HC:J", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_stated_is_named_by_field_box_and_element_and_never_filled_in()
    {
        const string Statements =
            "\"statements\":{\"signature\":\"Y\",\"assignment\":\"A\",\"benefits\":\"Y\",\"release\":\"Y\"},";
        var (exit, output, error) = Emit(Good.Replace(Statements, "", StringComparison.Ordinal));
        Assert.Equal((Exit.Found, ""), (exit, output));
        foreach (var said in (string[])["/statements/signature, box 31: CLM06", "/statements/assignment, box 27: CLM07",
            "/statements/benefits, box 13: CLM08", "/statements/release, box 12: CLM09"])
            Assert.Contains("claim 1: " + said, error, StringComparison.Ordinal);
        var facility = Emit(FacilityOf(Good.Replace(Statements, "", StringComparison.Ordinal))).Error;
        Assert.DoesNotContain("CLM06", facility, StringComparison.Ordinal); // an 837I has no such element
        Assert.Contains("/statements/benefits, box 53: CLM08", facility, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "\"signature\":\"N\",\"assignment\":\"C\",\"benefits\":\"W\",\"release\":\"I\",\"patientSignature\":\"P\"",
        "*N*C*W*I*P")]
    [InlineData(
        "\"signature\":\"Y\",\"assignment\":\"B\",\"benefits\":\"N\",\"release\":\"Y\",\"signatureDate\":\"2026-03-04\",\"releaseDate\":\"2026-01-05\"",
        "*Y*B*N*Y")]
    public void Statements_go_out_and_come_back_as_they_were_made(string statements, string elements)
    {
        var claim = Good.Replace("\"signature\":\"Y\",\"assignment\":\"A\",\"benefits\":\"Y\",\"release\":\"Y\"",
            statements, StringComparison.Ordinal);
        Assert.Contains("CLM*C000001*50.5***11:B:1" + elements, Segments(claim));
        var back = ReadBack(Emit(claim).Out)[0].GetProperty("statements").GetRawText();
        Assert.Equal("{" + statements.Split(",\"signatureDate\"")[0] + "}", back); // X12 has no place for the days
        Assert.Contains("CLM*C000001*50.5***13:A:1**" + elements[3..].Replace("*P", "", StringComparison.Ordinal),
            Segments(FacilityOf(claim)));
    }

    [Fact]
    public void The_example_with_billing_goes_all_the_way()
    {
        var coded =
            CommandLine.RunWith(Repository.Read("examples", "b12-shot-billing.json"), "code", "-", "--json").Out;
        var (exit, file, error) = CommandLine.RunWith(coded, "emit", "-", "--made", "2026-03-05T09:30");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Contains("CLM*SAMPLE-1*50.5***11:B:1*Y*A*Y*Y~", file, StringComparison.Ordinal);
        Assert.Equal(Exit.Clean, CommandLine.RunWith(file, "check", "-", "--fail-on", "warning").Exit);
        Assert.Equal(Exit.Clean, CommandLine.RunWith(file, "scrub", "-").Exit);
        var (printed, form, said) = CommandLine.RunWith(coded, "emit", "-", "--form", "cms-1500-text");
        Assert.Equal((Exit.Clean, ""), (printed, said));
        Assert.Contains("SIGNATURE ON FILE", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12-3456789", "REF*EI*123456789")]
    [InlineData("123-45-6789", "REF*SY*123456789")]
    [InlineData("123456789", "REF*EI*123456789")]
    public void A_tax_id_goes_out_without_its_hyphens_and_is_known_by_them(string written,
        string segment) =>
        Assert.Contains(segment,
            Segments(Good.Replace("\"taxId\":\"123456789\"", $"\"taxId\":\"{written}\"", StringComparison.Ordinal)));

    [Fact]
    public void Another_plan_that_is_stated_and_not_on_the_claim_is_not_lost()
    {
        var (exit, output, error) = Emit(Good.Replace("\"release\":\"Y\"", "\"release\":\"Y\",\"otherPlan\":true",
            StringComparison.Ordinal));
        Assert.Equal((Exit.Found, ""), (exit, output));
        Assert.Contains("/statements/otherPlan, box 11d", error, StringComparison.Ordinal);
        Segments(Good.Replace("\"release\":\"Y\"", "\"release\":\"Y\",\"otherPlan\":false", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"name\":\"Oak Street Hospital\",", "billing.billingProvider.name")]
    [InlineData("\"memberId\":\"1EG4TE5MK73\",", "billing.subscriber.memberId")]
    [InlineData("\"assignment\":\"A\",", "billing.statements.assignment")]
    [InlineData("\"99284\":400,", "billing.charges")]
    public void What_a_visit_leaves_out_is_named_as_it_is_written_there(string removed, string field)
    {
        Assert.Contains(removed, Emergency, StringComparison.Ordinal);
        var coded =
            CommandLine.RunWith(Emergency.Replace(removed, "", StringComparison.Ordinal), "code", "-", "--json").Out;
        var (exit, output, error) = Emit(coded);
        Assert.Equal((Exit.Found, ""), (exit, output));
        Assert.Contains(field, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_anew_where_their_numbers_leave_a_gap()
    {
        var gap = Good.Replace("{\"code\":\"J3420\"", "{\"number\":5,\"code\":\"J3420\"", StringComparison.Ordinal);
        Assert.Equal(["LX*1", "LX*2"], Segments(gap).Where(static s => s.StartsWith("LX*", StringComparison.Ordinal)));
    }

    static string Long(string head, int pairs, string administration, string drug)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < pairs; i++) lines.Append(i == 0 ? "" : ",").Append(administration).Append(',').Append(drug);
        return $"{head}\"charge\":{pairs * 50.5m},\"lines\":[{lines}]}}";
    }

    const string Administration = """{"code":"96372","units":1,"charge":38,"date":"2026-03-02","diagnoses":[1]}""";
    const string Drug =
        """{"code":"J3420","modifiers":["JZ"],"units":1,"charge":12.5,"date":"2026-03-02","diagnoses":[1],"ndc":{"code":"00517003125","unit":"ML","quantity":1} }""";

    /// <summary>
    /// Each part has at most so many lines, begins with an administration, ends with a drug, and all charges are those
    /// of the claim.
    /// </summary>
    static void AssertParts(string claim, int pairs, int[] sizes)
    {
        var (exit, output, error) = Emit(claim);
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal($"deltoid: claim 1 has {pairs * 2} lines and is sent as {sizes.Length} claims\n", error);
        Assert.Equal(Exit.Clean, CommandLine.RunWith(output, "check", "-", "--fail-on", "error").Exit);
        var parts = ReadBack(output);
        Assert.Equal(sizes, parts.Select(static p => p.GetProperty("lines").GetArrayLength()));
        Assert.Equal(Enumerable.Range(1, sizes.Length).Select(static n => $"C000001-{n}"),
            parts.Select(static p => p.GetProperty("id").GetString()));
        foreach (var part in parts)
        {
            var lines = part.GetProperty("lines").EnumerateArray().ToList();
            Assert.Equal(lines.Select(static (_, i) => i % 2 == 0 ? "96372" : "J3420"),
                lines.Select(static l => l.GetProperty("code").GetString()));
            Assert.Equal(lines.Sum(static l => l.GetProperty("charge").GetDecimal()),
                part.GetProperty("charge").GetDecimal());
        }
        Assert.Equal(pairs * 50.5m, parts.Sum(static p => p.GetProperty("charge").GetDecimal()));
    }

    static string HeadOf(string claim) => claim[..claim.IndexOf("\"charge\":", StringComparison.Ordinal)];

    [Fact]
    public void A_claim_of_a_professional_is_divided_behind_fifty_lines() =>
        AssertParts(Long(HeadOf(Good), 63, Administration, Drug), 63, [50, 50, 26]);

    [Fact]
    public void A_claim_of_a_facility_is_divided_behind_999_lines_and_a_drug_stays_with_its_administration()
    {
        AssertParts(FacilityOf(Long(HeadOf(Good), 600, Administration, Drug)), 600, [998, 202]);
    }

    [Fact]
    public void A_claim_that_just_fits_is_not_divided_and_a_drug_goes_with_its_administration()
    {
        Assert.Equal("", Emit(Long(HeadOf(Good), 25, Administration, Drug)).Error);
        const string Visit =
            """{"code":"99213","modifiers":["25"],"units":1,"charge":100,"date":"2026-03-02","diagnoses":[2]},""";
        var odd = Long(HeadOf(Good), 25, Administration, Drug).Replace("\"lines\":[", "\"lines\":[" + Visit,
            StringComparison.Ordinal).Replace("\"charge\":1262.5", "\"charge\":1362.5", StringComparison.Ordinal);
        var (exit, output, error) = Emit(odd);
        Assert.Equal((Exit.Clean, "deltoid: claim 1 has 51 lines and is sent as 2 claims\n"), (exit, error));
        Assert.Equal([49, 2], ReadBack(output).Select(static p => p.GetProperty("lines").GetArrayLength()));
        Assert.Equal(["96372", "J3420"],
            ReadBack(output)[1].GetProperty("lines").EnumerateArray()
                .Select(static l => l.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("8")]
    public void A_corrected_or_void_claim_of_a_facility_names_the_one_it_is_about(string frequency)
    {
        var claim = FacilityOf(With($"\"frequency\":\"{frequency}\",\"originalReference\":\"2026045000123\""));
        var segments = Segments(claim);
        Assert.Contains($"CLM*C000001*50.5***13:A:{frequency}**A*Y*Y", segments);
        Assert.Contains("REF*F8*2026045000123", segments);
        var (exit, output, error) = Emit(claim.Replace("\"originalReference\":\"2026045000123\",", "",
            StringComparison.Ordinal));
        Assert.Equal((Exit.Found, ""), (exit, output));
        Assert.Contains("/originalReference", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drug_of_a_facility_has_its_HCPCS_code_and_NDC_under_0636()
    {
        var segments = Segments(FacilityOf(Good));
        var drug = segments.IndexOf("SV2*0636*HC:J3420:JZ*12.5*UN*1");
        Assert.Equal(["SV2*0510*HC:96372*38*UN*1", "DTP*472*D8*20260302", "REF*6R*C000001-1", "LX*2"],
            segments[(drug - 4)..drug]);
        Assert.Equal(["DTP*472*D8*20260302", "REF*6R*C000001-2", "LIN**N4*00517003125", "CTP****1*ML"],
            segments[(drug + 1)..(drug + 5)]);
        var (exit, _, error) = Emit(FacilityOf(Good).Replace("\"revenueCode\":\"0636\",", "",
            StringComparison.Ordinal));
        Assert.Equal(Exit.Found, exit);
        Assert.Contains("/lines/1/revenueCode", error, StringComparison.Ordinal);
    }

    /// <summary>The same claim as the one of a clinic of a hospital.</summary>
    static string FacilityOf(string claim) =>
        claim.Replace("\"professional\",\"placeOfService\":\"11\"",
            "\"facility\",\"typeOfBill\":\"13\",\"admission\":{\"type\":\"3\",\"source\":\"1\",\"status\":\"01\"},\"attendingProvider\":{\"name\":\"Lee\",\"first\":\"Ann\",\"npi\":\"1234567893\"}",
            StringComparison.Ordinal)
            .Replace("{\"code\":\"9", "{\"revenueCode\":\"0510\",\"code\":\"9", StringComparison.Ordinal)
            .Replace("{\"code\":\"J", "{\"revenueCode\":\"0636\",\"code\":\"J", StringComparison.Ordinal);

    [Fact]
    public void Claims_that_do_not_read_are_told_and_the_others_leave()
    {
        var (exit, output, error) = Emit($"[{Good},{{\"id\":\"A\",\"wrong\":1}},{X12Samples.ClaimJsonOf(2)}]");
        Assert.Equal(Exit.PartlyRefused, exit);
        Assert.Contains("/1/wrong", error, StringComparison.Ordinal);
        Assert.Equal(["C000001", "C000002"], ReadBack(output).Select(static c => c.GetProperty("id").GetString()));
        Assert.Equal(Exit.Unreadable, Emit("""[{"wrong":1},{"wrong":2}]""").Exit);
        Assert.Equal(Exit.Unreadable, Emit("").Exit);
    }

    [Fact]
    public void A_divided_claim_does_not_shift_the_number_of_the_next()
    {
        var error =
            Emit($"[{Long(HeadOf(Good), 30, Administration, Drug)},"
                + $"{Long(HeadOf(Good), 26, Administration, Drug)}]").Error;
        Assert.Contains("claim 1 has 60 lines", error, StringComparison.Ordinal);
        Assert.Contains("claim 2 has 52 lines", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_code_gives_goes_on_paper_as_it_stands()
    {
        var coded = CommandLine.RunWith(Emergency, "code", "-", "--both", "--json").Out;
        var (exit, text, _) = CommandLine.RunWith(coded, "emit", "-", "--form", "cms-1500-text");
        Assert.True(exit is Exit.Clean or Exit.Found);
        Assert.Contains("99284", text, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", CommandLine.RunWith(Good, "emit", "-", "--form", "cms-1500", "--move", "0.5,-1").Out,
            StringComparison.Ordinal);
        Assert.Equal(Exit.Usage, CommandLine.RunWith(Good, "emit", "-", "--form", "cms-1500", "--move", "far").Exit);
    }
}
