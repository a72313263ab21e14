using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>read --json</c> → <c>emit</c>: segments without a field come back to their loop, also where a person edited the
/// JSON.
/// </summary>
public sealed class KeptSegmentTests
{
    static readonly string[] Envelope =
    [
        "ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*PAYERX         *260310*0815*^*00501*000000101*0*T*:",
        "GS*HC*NORTHCLINIC*PAYERX*20260310*0815*101*X*005010X222A1", "ST*837*0001*005010X222A1",
        "BHT*0019*00*BATCH77*20260310*0815*CH", "NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC",
        "PER*IC*BILLING DESK*TE*6125550144", "NM1*40*2*PAYER X*****46*PAYERX",
    ];

    static string[] Billing(int level, string name) =>
    [
        $"HL*{level}**20*1", $"NM1*85*2*{name}*****XX*1234567893", "N3*40 LAKE ROAD", "N4*DULUTH*MN*558021234",
        "REF*EI*411234567", "NM1*87*2", "N3*PO BOX 9", "N4*DULUTH*MN*558021234",
    ];

    static string[] Subscriber(int level, int parent, int below, string turn = "P") =>
    [
        $"HL*{level}*{parent}*22*{below}", $"SBR*{turn}*18*******CI",
        $"NM1*IL*1*OLSEN*MARA****MI*ZX10020030{level}", "N3*7 PINE ST", "N4*DULUTH*MN*55802", "DMG*D8*19610704*F",
        "NM1*PR*2*PAYER X*****PI*PAYERX", "REF*FY*7001",
    ];

    /// <summary>A subscriber who is not the patient: street, city and birth date are not sent.</summary>
    static string[] ParentOf(int level, int parent) =>
    [
        $"HL*{level}*{parent}*22*1", "SBR*P********CI", "NM1*IL*1*OLSEN*MARA****MI*ZX100200302",
        "NM1*PR*2*PAYER X*****PI*PAYERX", "REF*FY*7001",
    ];

    static string[] Patient(int level, int parent, string name) =>
        [$"HL*{level}*{parent}*23*0", "PAT*19", $"NM1*QC*1*OLSEN*{name}", "N3*7 PINE ST", "N4*DULUTH*MN*55802",
            "DMG*D8*20150704*M"];

    static string[] Claim(string id) =>
    [
        $"CLM*{id}*92.5***11:B:1*Y*A*Y*Y", "HI*ABK:E119", "NM1*82*1*LEE*ANN****XX*1234567893", "PRV*PE*PXC*207R00000X",
        "NM1*DN*1*ROY*SAM****XX*1234567893", "REF*G2*R77", "LX*1", "SV1*HC:99213*92.5*UN*1***1", "DTP*472*D8*20260302",
        $"REF*6R*{id}-1",
    ];

    /// <summary>A claim that two other payers have decided.</summary>
    static string[] Secondary(string id) =>
    [
        $"CLM*{id}*200***11:B:1*Y*A*Y*Y", "HI*ABK:E119", "SBR*P*18*******MB", "AMT*D*96", "OI***Y***Y",
        "NM1*IL*1*OLSEN*MARA****MI*1EG4TE5MK73", "NM1*PR*2*MEDICARE MN*****PI*06202", "SBR*S*18*******CI",
            "CAS*OA*23*146", "AMT*D*54",
        "OI***Y***Y", "NM1*IL*1*OLSEN*MARA****MI*P55", "NM1*PR*2*PLAN TWO*****PI*P2", "DTP*573*D8*20260308",
        "LX*1", "SV1*HC:99214*150*UN*1***1", "DTP*472*D8*20260302", $"REF*6R*{id}-1", "SVD*06202*96*HC:99214**1",
        "CAS*CO*45*54", "DTP*573*D8*20260306", "LX*2", "SV1*HC:99211*50*UN*1***1", "DTP*472*D8*20260302",
        $"REF*6R*{id}-2", "SVD*06202*0*HC:99211**1", "CAS*CO*97*50", "DTP*573*D8*20260306",
    ];

    static string File(params string[][] parts)
    {
        List<string> all = [.. Envelope, .. parts.SelectMany(static p => p)];
        all.Add($"SE*{all.Count - 1}*0001");
        return string.Concat(all.Append("GE*1*101").Append("IEA*1*000000101").Select(static s => s + "~"));
    }

    static string ReadAsJson(string file) => CommandLine.RunWith(file, "read", "-", "--json").Out;

    static (int Exit, string Out, string Error) Emit(string json) =>
        CommandLine.RunWith(json, "emit", "-", "--made", "2026-03-10T08:15");

    static void ComesBack(string file)
    {
        Assert.Equal((Exit.Clean, file, ""), Emit(ReadAsJson(file)));
        var lines =
            CommandLine.RunWith(file, "read", "-", "--jsonl").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((Exit.Clean, file, ""), Emit($"[{string.Join(',', lines)}]"));
    }

    [Fact]
    public void Other_payers_come_back_with_their_lines() =>
        ComesBack(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 0, "T"), Secondary("T5")));

    [Fact]
    public void A_subscriber_and_dependents_of_one_level_come_back() =>
        ComesBack(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 1), Claim("S1"), Claim("S2"), Patient(3, 2, "TIM"),
            Claim("D1"),
            Patient(4, 2, "UMA"), Claim("D2"), Claim("D3")));

    [Fact]
    public void Levels_that_say_the_same_stay_two() =>
        ComesBack(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 0), Claim("A"), Billing(3, "NORTH CLINIC"),
            ParentOf(4, 3), Patient(5, 4, "TIM"), Claim("B"),
                Patient(6, 4, "TIM"), Claim("C"),
            Billing(7, "SOUTH CLINIC"), Subscriber(8, 7, 0), Claim("D")));

    [Fact]
    public void A_claim_alone_has_all_that_belongs_to_it()
    {
        var claims =
            (JsonArray)JsonNode.Parse(ReadAsJson(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 0), Claim("A"),
                Claim("B"))))!;
        var (exit, file, error) =
            CommandLine.RunWith(claims[1]!.ToJsonString(), "emit", "-", "--contact", "Billing", "--phone", "6125550144",
                "--made", "2026-03-10T08:15");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        foreach (var segment in (string[])["NM1*87*2~N3*PO BOX 9~", "REF*FY*7001~", "REF*G2*R77~", "CLM*B*"])
            Assert.Contains(segment, file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependents_claim_before_the_subscribers_own_goes_to_neither_ones_level()
    {
        var claims =
            (JsonArray)JsonNode.Parse(ReadAsJson(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 1), Claim("S"),
                Patient(3, 2, "TIM"), Claim("D"))))!;
        claims[0]!["other"] =
            new JsonArray([.. claims[0]!["other"]!.AsArray().Where(static g =>
                ((string)g!["loop"]!)[0] == '2').Select(static g => g!.DeepClone())]);
        var (own, other) = (claims[0]!.ToJsonString(), claims[1]!.ToJsonString());
        var (exit, file, error) =
            CommandLine.RunWith($"[{other},{own}]", "emit", "-", "--contact", "B", "--phone", "6125550144");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Equal(["HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0", "CLM*D", "HL*4*1*22*0", "CLM*S"],
            file.Split('~').Where(static s =>
                s.StartsWith("HL", StringComparison.Ordinal) || s.StartsWith("CLM", StringComparison.Ordinal))
                .Select(static s => s.StartsWith("HL", StringComparison.Ordinal) ? s : s[..5]));
    }

    /// <summary>The second claim's kept segments, by loop.</summary>
    static JsonObject Cob() =>
        (JsonObject)JsonNode.Parse(ReadAsJson(File(Billing(1, "NORTH CLINIC"), Subscriber(2, 1, 0, "T"),
            Secondary("T5"))))!;

    static JsonObject Group(string loop, params string[] segments) =>
        new() { ["loop"] = loop, ["segments"] = new JsonArray([.. segments.Select(static s => JsonValue.Create(s))]) };

    [Fact]
    public void What_a_person_adds_at_the_end_goes_where_its_loop_is()
    {
        var claim = Cob();
        claim["other"]!.AsArray().Add(Group("2300", "PWK*OZ*BM***AC*DMN0012"));
        claim["other"]!.AsArray().Insert(0, Group("2400[2]", "NTE*ADD*SECOND LINE"));
        claim["other"]!.AsArray().Insert(0, Group("2320[2]/2330B", "REF*F8*2026045000123"));
        var (exit, file, error) = Emit(claim.ToJsonString());
        Assert.Equal((Exit.Clean, ""), (exit, error));
        foreach (var place in (string[])["*Y*A*Y*Y~PWK*", "*PI*P2~DTP*573*D8*20260308~REF*F8*",
            "REF*6R*T5-2~NTE*ADD*SECOND LINE~SVD"])
            Assert.Contains(place, file, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_kept_of_a_line_goes_with_its_number()
    {
        var claim = Cob();
        claim["lines"]!.AsArray().RemoveAt(0);
        claim["charge"] = 50;
        var (exit, file, error) = Emit(claim.ToJsonString());
        Assert.Equal((Exit.Found, ""), (exit, file));
        Assert.Contains("claim 1: /other, loop 2400[1]/2430[1]: the claim has no such line", error,
            StringComparison.Ordinal);
        claim["other"]!.AsArray().RemoveAt(claim["other"]!.AsArray().ToList().FindIndex(static g =>
            (string?)g!["loop"] == "2400[1]/2430[1]"));
        error = Emit(claim.ToJsonString()).Error;
        // what is left is out of balance, but in its place
        Assert.DoesNotContain("/other", error, StringComparison.Ordinal);
        Assert.DoesNotContain("no place here", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_claim_carries_another_payer_in_its_loops()
    {
        var other = new JsonArray(Group("2320", "SBR*S*18*******CI", "OI***Y***Y"),
            Group("2320/2330A", "NM1*IL*1*FIELD*ALAN****MI*X7"),
                Group("2320/2330B", "NM1*PR*2*LAKE MUTUAL*****PI*55555"));
        var claim = (JsonObject)JsonNode.Parse(X12Samples.ClaimJsonOf(1))!;
        claim["statements"]!["otherPlan"] = true;
        Assert.Contains("loops 2320, 2320/2330A and 2320/2330B", Emit(claim.ToJsonString()).Error,
            StringComparison.Ordinal);
        claim["other"] = other;
        var (exit, file, error) = CommandLine.RunWith(claim.ToJsonString(), "emit", "-", "--contact", "Billing");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Contains("HI*ABK:D510*ABF:I10~SBR*S*18*******CI~OI***Y***Y~NM1*IL*1*FIELD*ALAN****MI*X7~NM1*PR*2*LAKE",
            file, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_ordered_a_new_claim_is_on_each_line()
    {
        var claim = (JsonObject)JsonNode.Parse(X12Samples.ClaimJsonOf(1))!;
        claim["orderingProvider"] = JsonNode.Parse("{\"name\":\"Roy\",\"first\":\"Sam\",\"npi\":\"1234567893\"}");
        var (exit, file, error) = CommandLine.RunWith(claim.ToJsonString(), "emit", "-", "--contact", "Billing");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Equal(2, file.Split("NM1*DK*1*Roy*Sam****XX*1234567893~").Length - 1);
        ComesBack(file);
        var first = file.IndexOf("NM1*DK", StringComparison.Ordinal);
        var single = file.Remove(first, file.IndexOf('~', first) + 1 - first);
        var end = single.IndexOf("SE*", StringComparison.Ordinal) + 3;
        var count = int.Parse(single[end..single.IndexOf('*', end)], System.Globalization.CultureInfo.InvariantCulture);
        // only the second line was ordered
        ComesBack($"{single[..end]}{count - 1}{single[single.IndexOf('*', end)..]}");
    }

    [Theory]
    [InlineData("2399", "the guide has no such loop")]
    [InlineData("2330B/2320", "the guide has no such loop")]
    [InlineData("2400[7]", "the claim has no such line")]
    public void A_loop_that_is_none_of_the_claims_is_refused_by_its_name(string loop, string problem)
    {
        var claim = Cob();
        claim["other"]!.AsArray().Add(Group(loop, "REF*F8*1"));
        var (exit, output, error) = Emit(claim.ToJsonString());
        Assert.Equal((Exit.Found, ""), (exit, output));
        Assert.Contains($"/other, loop {loop}: {problem}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"loop\":\"second payer\",\"segments\":[\"REF*F8*1\"]}", "/other/0/loop")]
    [InlineData("{\"loop\":\"2320[0]\",\"segments\":[]}", "/other/0/loop")]
    [InlineData("{\"segments\":[\"REF*F8*1\"]}", "/other/0")]
    [InlineData("{\"loop\":\"2300\",\"segment\":[\"REF*F8*1\"]}", "/other/0/segment")]
    public void What_is_no_loop_does_not_read(string group, string at)
    {
        var (exit, _, error) = Emit($"{{\"id\":\"A\",\"other\":[{group}]}}");
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains(at, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_without_a_loop_are_put_where_they_fit()
    {
        var claim = X12Samples.ClaimJsonOf(1).Replace("\"diagnoses\":[\"D51.0\"",
            "\"other\":[\"PWK*OZ*BM***AC*DMN0012\",\"LX*2\",\"NTE*ADD*NOTE\"],\"diagnoses\":[\"D51.0\"",
                StringComparison.Ordinal);
        var (exit, file, error) = CommandLine.RunWith(claim, "emit", "-", "--contact", "Billing");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Contains("*Y*A*Y*Y~PWK*", file, StringComparison.Ordinal);
        Assert.Contains("REF*6R*C000001-2~NTE*ADD*NOTE~LIN", file, StringComparison.Ordinal);
    }

    [Theory, InlineData("837P"), InlineData("837I")]
    public void Every_specimen_of_the_guide_comes_back(string name)
    {
        var specimens = Specimens.Of(name);
        var faults = new List<string>();
        foreach (var root in specimens.Family)
        {
            var file = Encoding.Latin1.GetString(new SpecimenText(specimens.Guide, root).Bytes());
            var (exit, output, error) = Emit(ReadAsJson(file));
            var difference = exit == Exit.Clean ? RoundTripTests.Difference(file, output) : error;
            if (difference.Length > 0) faults.Add(difference);
        }
        Assert.True(faults.Count == 0,
            $"{faults.Count} of {specimens.Family.Count}\n{string.Join("\n", faults.Take(20))}");
    }

    [Fact]
    public void Every_837_of_the_corpus_that_is_right_comes_back()
    {
        Corpus.Need();
        var (faults, seen) = (new List<string>(), 0);
        foreach (var path in Directory.EnumerateFiles(Corpus.Folder, "*",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(Path.GetDirectoryName(path)!) is not ("837P-5010" or "837I-5010")) continue;
            if (CommandLine.Run("check", path).Exit != Exit.Clean) continue;
            seen++;
            var (exit, output, error) = Emit(CommandLine.Run("read", path, "--json").Out);
            var difference = exit == Exit.Clean
                ? RoundTripTests.Difference(System.IO.File.ReadAllText(path, Encoding.Latin1), output) : error;
            if (difference.Length > 0) faults.Add($"{Path.GetFileName(path)}: {difference}");
        }
        Assert.True(seen > 0, "none is right");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
