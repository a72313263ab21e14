using System.Text;
using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>read</c>: X12 as text for people and as JSON, of every kind of set; what is not read is named; nothing is thrown.
/// </summary>
public sealed class ReadTests
{
    static readonly string Status = string.Join("~",
    [
        "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01   "
            + "    *261115*1200*^*00501*000000002*0*T*:",
        "GS*HN*PAYER01*CLINIC01*20261115*1200*2*X*005010X214",
        "ST*277*0001*005010X214",
        "BHT*0085*08*S1*20261115*1635*TH",
        "HL*1**20*1",
        "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345",
        "TRN*1*S1",
        "DTP*050*D8*20261115",
        "DTP*009*D8*20261115",
        "HL*2*1*21*1",
        "NM1*41*2*OAK STREET MEDICINE*****46*S00001",
        "TRN*2*B1",
        "STC*A1:19:PR*20261115*WQ*50.5",
        "QTY*90*1",
        "AMT*YU*50.5",
        "HL*3*2*19*1",
        "NM1*85*2*OAK STREET MEDICINE*****XX*1234567893",
        "HL*4*3*PT",
        "NM1*QC*1*FIELD*ANN****MI*XYZ1",
        "TRN*2*C000001",
        "STC*A2:20:PR*20261115*WQ*50.5",
        "REF*1K*ICN1",
        "DTP*472*D8*20260302",
        "SE*22*0001",
        "GE*1*2",
        "IEA*1*000000002",
        "",
    ]);

    /// <summary>The claim of a hospital, behind the one of its physician for the same visit.</summary>
    static readonly string Twins =
        CommandLine.RunWith(CommandLine.RunWith(EmitTests.Emergency, "code", "-", "--both", "--json").Out, "emit", "-",
            "--contact", "Billing", "--made", "2026-05-05T08:00").Out;

    static readonly string Claims = X12Samples.File(2),
        Payment = Encoding.UTF8.GetString(RemittanceSamples.Random(3).File());

    static readonly string Verdict = CommandLine.RunWith(Claims, "check", "-", "--ack").Out,
        Interchange =
            CommandLine.RunWith(Claims.Replace("IEA*1*000000001", "IEA*1*000000002", StringComparison.Ordinal), "check",
                "-", "--ack").Out;

    static string Sample(string kind) => kind switch
    {
        "837P" => Claims, "837I" => Twins, "835" => Payment, "277CA" => Status, "999" => Verdict, _ => Interchange
    };

    static (int Exit, string Out, string Error) Read(string file, params string[] more) =>
        CommandLine.RunWith(file, ["read", "-", .. more]);

    static List<JsonElement> Items(string file) => [.. Read(file, "--jsonl").Out.Split('\n',
            StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    [Theory]
    [InlineData("837P", "CLM*C000002*50.5***11:B:1", "patient control number", "C000002")]
    [InlineData("837I", "SV2*0636*HC:J1885:JZ*3*UN*1", "revenue code", "0636")]
    [InlineData("837I", "CL1*1*1*01", "discharge status", "01")]
    [InlineData("835", "TRN*1*EFT0000001*1512345678", "check or transfer number", "EFT0000001")]
    [InlineData("277CA", "STC*A2:20:PR*20261115*WQ*50.5", "claim charge", "50.5")]
    [InlineData("999", "AK9*A*1*1*1", "sets", "1")]
    [InlineData("TA1", "TA1*000000001*260305*0930*R*001", "interchange", "000000001")]
    public void Text_has_every_segment_and_names_each_element(string kind, string segment, string word, string value)
    {
        var (exit, text, error) = Read(Sample(kind));
        Assert.Equal((Exit.Clean, ""), (exit, error));
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, l => l.Contains("  " + segment, StringComparison.Ordinal));
        Assert.True(at > 0);
        Assert.Contains(lines.Skip(at + 1).TakeWhile(static l => l.StartsWith("           ", StringComparison.Ordinal)),
            l => l.Contains(word, StringComparison.Ordinal) && l.EndsWith(value, StringComparison.Ordinal));
        Assert.Equal(Sample(kind).Split('~').Select(static s => s.Trim()).Where(static s => s.Length > 0),
            Read(Sample(kind), "--segments").Out.Split('\n')
            .Select(static l => l.Length > 9 && l[8] == ' ' ? l[9..] : "").Where(static s => s.Contains('*')));
    }

    [Theory]
    [InlineData("835", "remittance")]
    [InlineData("277CA", "claimStatus")]
    [InlineData("999", "acknowledgment")]
    [InlineData("TA1", "interchangeAcknowledgment")]
    public void An_answer_is_an_object_that_names_it(string kind, string name)
    {
        Assert.Contains(Items(Sample(kind)), i => i.TryGetProperty(name, out _));
        var (exit, json, _) = Read(Sample(kind), "--json");
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(json).RootElement.GetProperty(name).ValueKind);
    }

    [Fact]
    public void Claims_are_claim_JSON_that_emit_and_scrub_take()
    {
        var claims = Items(Claims);
        Assert.Equal(["C000001", "C000002"], claims.Select(static c => c.GetProperty("id").GetString()));
        var list = Read(Claims, "--json").Out;
        Assert.Equal(2, JsonDocument.Parse(list).RootElement.GetArrayLength());
        Assert.Equal(CommandLine.RunWith(Claims, "scrub", "-", "--jsonl").Out.Count(static c => c == '\n'),
            CommandLine.RunWith(list, "scrub", "-", "--jsonl").Out.Count(static c => c == '\n'));
        var again = CommandLine.RunWith(list, "emit", "-", "--contact", "Billing", "--sender", "OAKSTREET", "--made",
            "2026-03-05T09:30");
        Assert.Equal((Exit.Clean, ""), (again.Exit, again.Error));
        Assert.Equal(Body(Claims), Body(again.Out));

        static string Body(string file) =>
            file[file.IndexOf("HL*1*", StringComparison.Ordinal)..file.IndexOf("SE*", StringComparison.Ordinal)];
    }

    [Fact]
    public void The_claims_of_a_hospital_and_its_physician_come_back_as_two_and_go_out_again()
    {
        var (own, hospital) = (Items(Twins)[0], Items(Twins)[1]);
        Assert.Equal(("professional", "H100", "facility", "H100F", "13"),
            (Of(own, "setting"), Of(own, "id"), Of(hospital, "setting"), Of(hospital, "id"),
                Of(hospital, "typeOfBill")));
        Assert.Equal(("1", "1", "01"),
            (Of(hospital.GetProperty("admission"), "type"), Of(hospital.GetProperty("admission"), "source"),
                Of(hospital.GetProperty("admission"), "status")));
        Assert.Equal(["0450 99284", "0450 96374", "0636 J1885", "0450 96375", "0636 J2405", "0450 96361", "0636 J7030"],
            hospital.GetProperty("lines").EnumerateArray()
                .Select(static l => $"{Of(l, "revenueCode")} {Of(l, "code")}"));
        Assert.Equal("00409000902", Of(hospital.GetProperty("lines")[4].GetProperty("ndc"), "code"));
        var again = CommandLine.RunWith(Read(Twins, "--json").Out, "emit", "-", "--contact", "Billing", "--made",
            "2026-05-05T08:00");
        Assert.Equal((Exit.Clean, "", Twins), (again.Exit, again.Error, again.Out));

        static string Of(JsonElement of, string member) => of.GetProperty(member).GetString()!;
    }

    [Fact]
    public void A_payment_has_its_claims_in_one_object_and_on_lines_before_it()
    {
        var payments = JsonDocument.Parse(Read(Payment, "--json").Out).RootElement.GetProperty("payments")
            .EnumerateArray().Select(static p => p.GetRawText().Length).ToList();
        var lines = Items(Payment);
        Assert.Equal([.. Enumerable.Repeat("payment", payments.Count), "remittance"],
            lines.Select(static l => l.EnumerateObject().First().Name));
    }

    [Theory]
    [InlineData("278", "005010X217")]
    [InlineData("820", "005010X218")]
    [InlineData("834", "005010X220A1")]
    [InlineData("837", "005010X224A2")]
    public void A_set_that_is_not_supported_is_named_with_its_guide_and_the_others_are_read(string set, string version)
    {
        var two = X12Samples.File(2, perSet: 1);
        var mixed = two.Replace("ST*837*0001*005010X222A1", $"ST*{set}*0001*{version}", StringComparison.Ordinal);
        foreach (var form in (string[][])[[], ["--json"], ["--jsonl"], ["--segments"]])
        {
            var (exit, output, error) = Read(mixed, form);
            Assert.Equal(Exit.PartlyRefused, exit);
            Assert.Contains($"set {set} {version} is not among those that are read", error, StringComparison.Ordinal);
            Assert.Contains("C000002", output, StringComparison.Ordinal);
            Assert.DoesNotContain("C000001", output, StringComparison.Ordinal);
        }
        Assert.Equal(Exit.Unreadable,
            Read(X12Samples.File(1)
                .Replace("ST*837*0001*005010X222A1", $"ST*{set}*0001*{version}", StringComparison.Ordinal)).Exit);
    }

    [Fact]
    public void A_set_that_breaks_off_is_read_as_far_as_it_goes()
    {
        for (var at = 110; at < Claims.Length; at += 37)
            foreach (var form in (string[][])[[], ["--jsonl"]])
            {
                var (exit, output, error) = Read(Claims[..at], form);
                Assert.True(exit is Exit.Clean or Exit.PartlyRefused or Exit.Unreadable, $"{exit} at {at}: {error}");
                if (form.Length > 0)
                    foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind);
            }
    }

    [Theory]
    [InlineData("837P")]
    [InlineData("837I")]
    [InlineData("835")]
    [InlineData("277CA")]
    [InlineData("999")]
    [InlineData("TA1")]
    public void Hostile_bytes_are_never_a_bug(string kind)
    {
        var random = new Random(7);
        for (var round = 0; round < 120; round++)
        {
            var file = Encoding.Latin1.GetString(ClaimSamples.Mutate(Encoding.Latin1.GetBytes(Sample(kind)), random));
            foreach (var args in (string[][])[["read", "-"], ["read", "-", "--json"], ["check", "-", "--json"],
                ["check", "-", "--ack"], ["scrub", "-", "--jsonl"]])
            {
                var (exit, _, error) = CommandLine.RunWith(file, args);
                Assert.True(exit is Exit.Clean or Exit.Found or Exit.PartlyRefused or Exit.Unreadable,
                    $"{string.Join(' ', args)} in round {round} of {kind}: {exit} {error}");
            }
        }
    }
}
