using System.Text.Json.Nodes;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// The subscriber's street, city and birth date are sent where the subscriber is the patient of a claim, also beside
/// dependents; where only dependents are patients they are not.
/// </summary>
public sealed class SubscriberAddressTests
{
    static readonly string[] Address = ["N3*7 PINE ST", "N4*DULUTH*MN*55802", "DMG*D8*19610704*F"];

    static string[] Subscriber(int below, string relation) =>
    [
        $"HL*2*1*22*{below}", $"SBR*P*{relation}*******CI", "NM1*IL*1*OLSEN*MARA****MI*ZX100200302", .. Address,
        "NM1*PR*2*PAYER X*****PI*PAYERX",
    ];

    static readonly string[] Dependent =
        ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*OLSEN*TIM", "N3*7 PINE ST", "N4*DULUTH*MN*55802", "DMG*D8*20150704*M"];

    static string[] Claim(string id) =>
    [
        $"CLM*{id}*92.5***11:B:1*Y*A*Y*Y", "HI*ABK:E119", "NM1*82*1*LEE*ANN****XX*1234567893", "PRV*PE*PXC*207R00000X",
        "LX*1", "SV1*HC:99213*92.5*UN*1***1", "DTP*472*D8*20260302", $"REF*6R*{id}-1",
    ];

    static string File(params string[][] parts)
    {
        List<string> all =
        [
            "ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*PAYERX         *260310*0815*^*00501*000000101*0*T*:",
            "GS*HC*NORTHCLINIC*PAYERX*20260310*0815*101*X*005010X222A1", "ST*837*0001*005010X222A1",
            "BHT*0019*00*BATCH77*20260310*0815*CH", "NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC",
            "PER*IC*BILLING DESK*TE*6125550144", "NM1*40*2*PAYER X*****46*PAYERX", "HL*1**20*1",
            "NM1*85*2*NORTH CLINIC*****XX*1234567893", "N3*40 LAKE ROAD", "N4*DULUTH*MN*558021234", "REF*EI*411234567",
            .. parts.SelectMany(static p => p),
        ];
        all.Add($"SE*{all.Count - 1}*0001");
        return string.Concat(all.Append("GE*1*101").Append("IEA*1*000000101").Select(static s => s + "~"));
    }

    /// <summary>Errors of the guide, as their segment and what is wrong.</summary>
    static string[] ErrorsOf(string file)
    {
        var json = JsonNode.Parse(CommandLine.RunWith(file, "check", "-", "--json").Out)!;
        return
        [
            .. json["findings"]!.AsArray().Where(static f => (string)f!["severity"]! == "error")
                .Select(static f => $"{(string)f!["x12"]!["path"]!} {(string)f["name"]!}")
                .Order(StringComparer.Ordinal),
        ];
    }

    static readonly string[] Barred =
        ["2010BA/DMG segment-barred", "2010BA/N3 segment-barred", "2010BA/N4 segment-barred"];

    [Fact]
    public void Beside_dependents_a_subscriber_with_a_claim_has_an_address() =>
        Assert.Empty(ErrorsOf(File(Subscriber(1, "18"), Claim("S"), Dependent, Claim("D"))));

    [Fact]
    public void A_subscriber_of_dependents_only_has_none() =>
        Assert.Equal(Barred, ErrorsOf(File(Subscriber(1, ""), Dependent, Claim("D"))));

    [Fact]
    public void A_subscriber_who_is_not_called_the_patient_is_one_error()
    {
        Assert.Equal(["2000B/SBR-02 code-barred"], ErrorsOf(File(Subscriber(0, ""), Claim("S"))));
        Assert.Equal(["2000B/SBR-02 code-barred"], ErrorsOf(File(Subscriber(0, ""), Claim("S"), Claim("T"))));
        // HL04 says that a dependent follows, and none does
        Assert.Equal(["2000B/HL-04 code-barred", "2000B/SBR-02 code-barred"],
            ErrorsOf(File(Subscriber(1, ""), Claim("S"))));
    }

    [Fact]
    public void Both_claims_of_one_level_are_written_and_scrubbed_without_an_error()
    {
        var file = File(Subscriber(1, "18"), Claim("S"), Dependent, Claim("D"));
        var claims = CommandLine.RunWith(file, "read", "-", "--json").Out;
        Assert.Equal((Exit.Clean, file, ""),
            CommandLine.RunWith(claims, "emit", "-", "--made", "2026-03-10T08:15"));
        foreach (var claim in JsonNode.Parse(claims)!.AsArray())
        {
            var alone = CommandLine.RunWith(claim!.ToJsonString(), "emit", "-", "--phone", "6125550144");
            Assert.Equal((Exit.Clean, ""), (alone.Exit, alone.Error));
        }
        var (exit, scrubbed, error) = CommandLine.RunWith(file, "scrub", "-");
        Assert.Equal((Exit.Clean, ""), (exit, scrubbed));
        Assert.Contains("2 claims", error, StringComparison.Ordinal);
    }
}
