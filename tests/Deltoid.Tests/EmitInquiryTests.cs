using System.Text;
using Deltoid.Cli;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// <c>emit</c> asks payers about claims (270, 276), and what they answer is read in words (271, 277).
/// </summary>
public sealed class EmitInquiryTests
{
    const string Claim = """
        { "id": "P001", "payer": { "id": "12345", "name": "PRAIRIE HEALTH PLAN", "kind": "COMMERCIAL" },
          "visitDate": "2026-03-02", "placeOfService": "11", "originalReference": "ICN77",
          "billingProvider": { "name": "OAK STREET MEDICINE", "npi": "1234567893", "taxId": "36-2222222" },
          "subscriber": { "name": "FIELD", "first": "JANE", "memberId": "A123", "birthDate": "1958-04-09", "sex": "F" },
          "diagnoses": ["M17.11"],
          "lines": [ { "code": "20610", "modifiers": ["RT"], "units": 1, "charge": 180.00, "diagnoses": [1] },
                     { "code": "J1030", "units": 2, "charge": 20.5, "date": "2026-03-03", "diagnoses": [1] } ] }
        """;

    static readonly string Child = Claim.Replace("\"diagnoses\": [\"M17.11\"],",
        """
        "patient": { "name": "FIELD", "first": "TOM", "birthDate": "2015-05-05", "sex": "M", "relationship": "19" }, "diagnoses": ["M17.11"],
        """, StringComparison.Ordinal);

    static (int Exit, string Out, string Error) Emit(string json, params string[] options) =>
        CommandLine.RunWith(json, ["emit", "-", "--made", "2026-03-02T09:30", .. options]);

    static List<string> Set(string json, params string[] options)
    {
        var (exit, written, error) = Emit(json, options);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Equal(Exit.Clean, CommandLine.RunWith(written, "check", "-").Exit);
        return [.. written.Split('~', StringSplitOptions.TrimEntries)
            .SkipWhile(static s => !s.StartsWith("BHT", StringComparison.Ordinal))
            .TakeWhile(static s => !s.StartsWith("SE", StringComparison.Ordinal))];
    }

    [Fact]
    public void A_claim_asks_whether_its_patient_is_covered() =>
        Assert.Equal([
                "BHT*0022*13*0000000010001*20260302*0930",
                "HL*1**20*1",
                "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345",
                "HL*2*1*21*1",
                "NM1*1P*2*OAK STREET MEDICINE*****XX*1234567893",
                "HL*3*2*22*0",
                "TRN*1*P001*9362222222",
                "NM1*IL*1*FIELD*JANE****MI*A123",
                "DMG*D8*19580409*F",
                "DTP*291*RD8*20260302-20260303",
                "EQ*30",
            ], Set(Claim, "--form", "270"));

    [Fact]
    public void A_dependent_is_asked_about_below_the_subscriber() =>
        Assert.Equal([
                "HL*3*2*22*1",
                "NM1*IL*1*FIELD*JANE****MI*A123",
                "HL*4*3*23*0",
                "TRN*1*P001*9362222222",
                "NM1*03*1*FIELD*TOM",
                "DMG*D8*20150505*M",
                "INS*N*19",
                "DTP*291*RD8*20260302-20260303",
                "EQ*30",
            ], Set(Child, "--form", "270").Skip(5));

    [Fact]
    public void Types_of_service_or_procedures_are_asked_about()
    {
        Assert.Equal(["EQ*30^98"], Set(Claim, "--form", "270", "--service-type", "30,98").Skip(10));
        Assert.Equal(["EQ**HC:20610:RT", "EQ**HC:J1030"], Set(Claim, "--form", "270", "--procedures").Skip(10));
    }

    [Fact]
    public void A_claim_asks_what_became_of_it()
    {
        List<string> head =
        [
            "BHT*0010*13*0000000010001*20260302*0930",
            "HL*1**20*1",
            "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345",
            "HL*2*1*21*1",
            "NM1*41*2*OAK STREET MEDICINE*****46*362222222",
            "HL*3*2*19*1",
            "NM1*1P*2*OAK STREET MEDICINE*****XX*1234567893",
            "HL*4*3*22*0",
            "DMG*D8*19580409*F",
            "NM1*IL*1*FIELD*JANE****MI*A123",
            "TRN*1*P001",
            "REF*1K*ICN77",
            "REF*EJ*P001",
            "AMT*T3*200.5",
        ];
        Assert.Equal([.. head, "DTP*472*RD8*20260302-20260303"], Set(Claim, "--form", "276"));
        Assert.Equal(
            [.. head, "SVC*HC:20610:RT*180*****1", "DTP*472*D8*20260302", "SVC*HC:J1030*20.5*****2",
                "DTP*472*D8*20260303"],
            Set(Claim, "--form", "276", "--lines"));
    }

    [Fact]
    public void Claims_of_one_payer_and_provider_share_their_levels()
    {
        var other = Claim.Replace("\"12345\"", "\"99999\"", StringComparison.Ordinal);
        var levels = Set($"[{Claim},{Child},{other}]", "--form", "276")
            .Where(static s => s.StartsWith("HL", StringComparison.Ordinal));
        Assert.Equal(
            [
                "HL*1**20*1", "HL*2*1*21*1", "HL*3*2*19*1", "HL*4*3*22*0", "HL*5*3*22*1", "HL*6*5*23",
                "HL*7**20*1", "HL*8*7*21*1", "HL*9*8*19*1", "HL*10*9*22*0",
            ], levels);
    }

    [Theory]
    [InlineData("270", "\"name\": \"PRAIRIE HEALTH PLAN\", ", "/payer/name: NM103")]
    [InlineData("270", "\"memberId\": \"A123\", \"birthDate\": \"1958-04-09\", ",
        "claim 1: /subscriber/memberId: the payer cannot find the patient")]
    [InlineData("276", "\"memberId\": \"A123\", ", "claim 1: /subscriber/memberId: NM108")]
    [InlineData("276", ", \"birthDate\": \"1958-04-09\"", "claim 1: /subscriber/birthDate: DMG02")]
    [InlineData("276", "\"npi\": \"1234567893\", \"taxId\": \"36-2222222\"", "/billingProvider/npi: NM109")]
    public void What_is_missing_is_refused_with_its_field(string form, string without, string reported)
    {
        var instead = without.Contains("npi", StringComparison.Ordinal) ? "\"taxonomy\": \"207R00000X\"" : "";
        var (exit, written, error) = Emit(Claim.Replace(without, instead, StringComparison.Ordinal), "--form", form);
        Assert.Equal((Exit.Found, ""), (exit, written));
        Assert.Contains(reported, error, StringComparison.Ordinal);
        Assert.Contains("try: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--service-type is for a 270", "--form", "276", "--service-type", "30")]
    [InlineData("--lines is for a 276", "--lines")]
    [InlineData("give only one", "--form", "270", "--procedures", "--service-type", "98")]
    public void Options_that_do_not_go_together_are_refused(string reported, params string[] options)
    {
        var (exit, _, error) = Emit(Claim, options);
        Assert.Equal(Exit.Usage, exit);
        Assert.Contains(reported, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_separator_in_a_name_is_refused()
    {
        var (exit, written, error) =
            Emit(Claim.Replace("OAK STREET", "OAK*STREET", StringComparison.Ordinal), "--form", "270");
        Assert.Equal((Exit.Found, ""), (exit, written));
        Assert.Contains("holds a separator", error, StringComparison.Ordinal);
    }

    static string File(string functional, string version, params IEnumerable<string> segments)
    {
        List<string> all =
        [
            "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01       *261115*1200*^*00501*000000004*0*T*:",
            $"GS*{functional}*PAYER01*CLINIC01*20261115*1200*4*X*{version}", .. segments,
        ];
        return string.Join("~\n", [.. all, $"SE*{all.Count - 1}*0001", "GE*1*4", "IEA*1*000000004"]) + "~\n";
    }

    static readonly string Benefits = File("HB", "005010X279A1", "ST*271*0001*005010X279A1",
        "BHT*0022*11*1*20260301*1200", "HL*1**20*1", "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345", "HL*2*1*21*1",
        "NM1*1P*2*OAK STREET MEDICINE*****XX*1234567893", "HL*3*2*22*0", "TRN*2*P001*9362222222",
        "NM1*IL*1*FIELD*JANE****MI*A123", "DTP*346*D8*20260101", "EB*1**30*HM*GOLD 123", "EB*B*IND*98***27*25****Y*Y",
        "EB*C*IND*30***29*600", "EB*A**98*****.2", "HSD*VS*12***23", "MSG*ASK BEFORE SURGERY", "EB*I**35");

    static readonly string Refused = File("HB", "005010X279A1", "ST*271*0001*005010X279A1",
        "BHT*0022*11*1*20260301*1200", "HL*1**20*1", "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345", "HL*2*1*21*1",
        "NM1*1P*2*OAK STREET MEDICINE*****XX*1234567893", "HL*3*2*22*0", "TRN*2*P001*9362222222",
        "NM1*IL*1*FIELD*JANE****MI*A123", "AAA*N**72*C");

    static readonly string Denied = File("HN", "005010X212", "ST*277*0001*005010X212", "BHT*0010*08*1*20260301*1200*DG",
        "HL*1**20*1", "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345", "HL*2*1*21*1",
        "NM1*41*2*OAK STREET MEDICINE*****46*CLINIC01", "HL*3*2*19*1", "NM1*1P*2*OAK STREET MEDICINE*****XX*1234567893",
        "HL*4*3*22*0", "NM1*IL*1*FIELD*JANE****MI*A123", "TRN*2*P001", "STC*F2:88:QC*20260312**200.5*0*20260311",
        "REF*1K*ICN77", "REF*EJ*P001", "DTP*472*D8*20260302");

    static string Words(string file) =>
        string.Join(' ',
            CommandLine.RunWith(file, "read", "--summary", "-").Out.Split([' ', '\n'],
                StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("Eligibility answer from PRAIRIE HEALTH PLAN (12345), 2026-03-01")]
    [InlineData("question P001: plan begins 2026-01-01")]
    [InlineData("active coverage (EB 1), plan GOLD 123, HMO; for the plan as a whole (30)")]
    [InlineData(
        "copay $25.00 a visit (EB B), individual; for office visit (98); authorization required; in the network")]
    [InlineData("deductible $600.00 remaining (EB C), individual; for the plan as a whole (30)")]
    [InlineData("coinsurance 20% (EB A); for office visit (98); 12 visits a "
        + "calendar year in its words: ASK BEFORE SURGERY")]
    [InlineData("not covered (EB I); for dental care (35) to do: Ask the patient for other coverage")]
    public void Benefits_are_said_in_words(string words) =>
        Assert.Contains(words, Words(Benefits), StringComparison.Ordinal);

    [Fact]
    public void A_question_that_was_not_answered_says_why_and_what_to_do() => Assert.Contains(
        "patient: not answered, the member id is missing or not valid (AAA 72); "
            + "correct it and ask again (C) to do: Check the member id",
        Words(Refused), StringComparison.Ordinal);

    [Fact]
    public void A_status_is_said_in_words()
    {
        var words = Words(Denied);
        Assert.Contains("claim P001: decided, denied: ", words, StringComparison.Ordinal);
        Assert.Contains("(F2 88, entity QC); billed $200.50, paid $0.00, decided 2026-03-11; "
                + "the payer's number is ICN77; service 2026-03-02", words, StringComparison.Ordinal);
        Assert.Contains("to do: Work the denial from the remittance.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void No_patient_is_named_in_words() =>
        Assert.All(
            (string[])[Benefits, Refused, Denied, Emit(Claim, "--form", "270").Out, Emit(Child, "--form", "276").Out],
        static file => Assert.DoesNotContain("FIELD", Words(file), StringComparison.Ordinal));

    [Theory, InlineData("271"), InlineData("277")]
    public void An_answer_is_clean_and_comes_back_from_its_JSON(string set)
    {
        var file = set == "271" ? Benefits : Denied;
        Assert.Equal(Exit.Clean, CommandLine.RunWith(file, "check", "-").Exit);
        foreach (var form in (ReadOnlySpan<string>)["--json", "--jsonl"])
        {
            var json = CommandLine.RunWith(file, "read", form, "-").Out;
            var (exit, written, error) = CommandLine.RunWith(json, "emit", "-");
            Assert.Equal((Exit.Clean, ""), (exit, error));
            Assert.Equal(AnswerFiles.Canonical(file, Delimiters.Usual),
                AnswerFiles.Canonical(written, Delimiters.Usual));
        }
    }

    [Fact]
    public void Sets_of_different_kinds_go_into_files_of_their_own()
    {
        var two = CommandLine.RunWith(Benefits, "read", "--jsonl", "-").Out
            + CommandLine.RunWith(Denied, "read", "--jsonl", "-").Out;
        Assert.Contains("of different kinds", CommandLine.RunWith(two, "emit", "-").Error, StringComparison.Ordinal);
        var one = CommandLine.RunWith(Denied, "read", "--json", "-").Out;
        var (_, _, error) = CommandLine.RunWith(one, "emit", "-", "--form", "276");
        Assert.Contains("leave --form out", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_not_known_is_refused_with_its_place()
    {
        var json =
            CommandLine.RunWith(Benefits, "read", "--json", "-").Out.Replace("\"coverage\"", "\"covering\"",
                StringComparison.Ordinal);
        var (exit, _, error) = CommandLine.RunWith(json, "emit", "-");
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains("/eligibility/payers/0/providers/0/subscribers/0/benefits/1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HS", "270", "005010X279A1")]
    [InlineData("HR", "276", "005010X212")]
    public void A_999_answers_a_question(string functional, string set, string version)
    {
        var broken = Emit(Claim, "--form", set).Out.Replace("*IL*1*", "*IL*9*", StringComparison.Ordinal);
        var ack = CommandLine.RunWith(broken, "check", "--ack", "--made", "2026-03-02T10:00", "-").Out;
        Assert.Contains($"AK1*{functional}*1*{version}~", ack, StringComparison.Ordinal);
        Assert.Contains($"AK2*{set}*0001*{version}~", ack, StringComparison.Ordinal);
        Assert.Contains("IK4*2*1065*7", ack, StringComparison.Ordinal);
        Assert.Contains("IK5*R*5~", ack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service type 98", "Office visit")]
    [InlineData("AAA 72", "member id")]
    [InlineData("EB B", "Copay")]
    public void Codes_are_explained(string code, string words)
    {
        var (exit, output, _) = CommandLine.Run("explain", code);
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }
}
