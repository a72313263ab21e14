using System.Text;
using System.Text.Json;

namespace Deltoid.Tests;

/// <summary>
/// A finding about a payment or a claim status names the claim by its number, in JSON and for people.
/// </summary>
public sealed class ClaimOfFindingTests
{
    static string[] Claim(string id, string paid) =>
    [
        $"CLP*{id}*1*200*150.25*24.75*12*ICN{id}*11*1", "NM1*QC*1*FIELD*ALAN****MI*A1", "DTM*232*20260302",
        $"SVC*HC:99214*200*{paid}**1", "DTM*472*20260302", "CAS*CO*45*25", "CAS*PR*2*24.75",
    ];

    static List<(string? Claim, string Id, string Message)> Check(string file) =>
    [
        .. JsonDocument.Parse(CommandLine.RunWith(file, "check", "-", "--json").Out).RootElement.GetProperty("findings")
            .EnumerateArray()
            .Select(static f => (f.GetProperty("claim").GetString(), f.GetProperty("id").GetString()!,
                f.GetProperty("message").GetString()!)),
    ];

    static string Text(string file) => CommandLine.RunWith(file, "check", "-").Out;

    [Fact]
    public void A_payment_out_of_balance_names_its_claim()
    {
        var file = Encoding.UTF8.GetString(RemittanceSamples.File(
            [.. RemittanceSamples.Head("450.75"), "LX*1", .. Claim("A1", "150.25"), .. Claim("B2", "150.24"),
                .. Claim("C3", "150.25")]));
        var (claim, id, message) = Assert.Single(Check(file));
        Assert.Equal(("B2", "X120100",
                "Line 1: SVC03 says $150.24; the charge $200.00 minus the adjustments $49.75 is $150.25."),
            (claim, id, message));
        Assert.StartsWith("claim B2:\n  error   segment 22 (SVC, service), element 3: Line 1: SVC03", Text(file),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_reversal_that_nothing_follows_names_its_claim_and_the_balance_of_the_payment_names_none()
    {
        var file = Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head("91"), "LX*1",
            "CLP*R1*22*-10*-10**12*I1*11*1", "NM1*QC*1*FIELD*ALAN", "DTM*232*20260302",
            "CLP*P2*1*100*100**12*I2*11*1", "NM1*QC*1*FIELD*ALAN", "DTM*232*20260302"]));
        Assert.Equal([(null, "X120103"), ("R1", "X120126")], Check(file).Select(static f => (f.Claim, f.Id)));
    }

    /// <summary>A 277CA of claims, each a patient level; the claims' segments after TRN are given.</summary>
    static string Statuses(params string[][] claims)
    {
        List<string> body =
        [
            "ST*277*0001*005010X214",
            "BHT*0085*08*CA01*20260311*0900*TH",
            "HL*1**20*1",
            "NM1*PR*2*PAYER X*****PI*PAYERX",
            "TRN*1*CA0001",
            "DTP*050*D8*20260310",
            "DTP*009*D8*20260311",
            "HL*2*1*21*1",
            "NM1*41*2*NORTH CLINIC*****46*NORTH",
            "TRN*2*BATCH77",
            "STC*A1:19:PR*20260311*WQ*300",
            $"QTY*90*{claims.Length}",
            "QTY*AA*9",
            "AMT*YU*150",
            "AMT*YY*150",
            "HL*3*2*19*1",
            "NM1*85*2*NORTH CLINIC*****XX*1234567893",
        ];
        for (var i = 0; i < claims.Length; i++)
            body.AddRange([$"HL*{i + 4}*3*PT", "NM1*QC*1*DOE*JANE****MI*M1", $"TRN*2*P{i + 1}", .. claims[i]]);
        body.Add($"SE*{body.Count + 1}*0001");
        return "ISA*00*          *00*          *ZZ*PAYERX         *ZZ*CLINIC      "
            + "   *260310*0815*^*00501*000000101*0*T*:~"
            + $"GS*HN*PAYERX*CLINIC*20260310*0815*101*X*005010X214~{string.Join('~', body)}~GE*1*101~IEA*1*000000101~";
    }

    static readonly string[] Good = ["STC*A2:20*20260311*WQ*100", "REF*1K*N1", "DTP*472*D8*20260302"];

    [Fact]
    public void A_status_at_fault_names_its_claim()
    {
        var file = Statuses(Good, ["STC*A3:116*20260311*WQ*100", "DTP*472*D8*20260302"], Good);
        var (claim, id, _) = Assert.Single(Check(file));
        Assert.Equal(("P2", "X120077"), (claim, id));
        Assert.StartsWith("claim P2:\n  error   segment 27 (STC, claim status), element 3: ", Text(file),
            StringComparison.Ordinal);
        Assert.DoesNotContain("must be empty", Text(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_missing_at_the_end_of_a_claim_is_that_claims(int which)
    {
        string[][] claims = [Good, Good, Good];
        claims[which] = [];
        var found = Check(Statuses(claims));
        Assert.Contains(found, f => f.Id == "X120043" && f.Claim == $"P{which + 1}");
        Assert.All(found, f => Assert.Equal($"P{which + 1}", f.Claim));
    }

    [Fact]
    public void What_is_wrong_with_the_level_of_a_claim_is_the_next_claims_and_the_file_has_none()
    {
        var file = Statuses(Good, Good).Replace("HL*5*3*PT", "HL*9*3*PT", StringComparison.Ordinal)
            .Replace("STC*A1:19:PR*20260311*WQ*300", "STC*A1:19:PR*20261311*WQ*300", StringComparison.Ordinal);
        Assert.Equal([(null, "X120070"), ("P2", "X120080")], Check(file).Select(static f => (f.Claim, f.Id)));
    }

    [Fact]
    public void A_999_about_claim_statuses_names_the_claim()
    {
        var acknowledged =
            CommandLine.RunWith(Statuses(Good, ["STC*A3:116*20260311*XX*100", "DTP*472*D8*20260302"]), "check", "-",
                "--ack", "--made", "2026-03-12T10:00").Out;
        Assert.Contains("~CTX*TRN02:P2~", acknowledged.Replace("\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }
}
