using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// What a 999, a TA1 and a 277CA refuse, led to the claim as it was sent: claim, line, box, field, the check that finds
/// it, or that none does.
/// </summary>
public sealed class AcknowledgedClaimTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-acknowledged-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Put(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Claims(params ReadOnlySpan<(string From, string To)> changes)
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return text;
    }

    JsonElement Answer(string answers, string? claims, int exit = Exit.Found)
    {
        string[] args = ["remit", Put("answers.txt", answers), "--json",
            .. claims is null ? (string[])[] : ["--claims", Put("claims.837", claims)]];
        var (code, found, error) = CommandLine.Run(args);
        Assert.True(code == exit, $"{code} {error} {found}");
        using var document = JsonDocument.Parse(found);
        return document.RootElement.Clone();
    }

    static JsonElement Only(JsonElement answer) =>
        Assert.Single(answer.GetProperty("acknowledgments").EnumerateArray());

    static JsonElement ClaimOf(JsonElement answer, string id) =>
        Only(answer).GetProperty("claims").EnumerateArray().Single(c => c.GetProperty("claim").GetString() == id);

    static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    static string Ids(JsonElement point) => string.Join(",",
        point.GetProperty("caughtBy").EnumerateArray().Select(static f => f.GetProperty("id").GetString()));

    /// <summary>A 999 of our own for claims with one fault: each is found again by the check that wrote it.</summary>
    [Theory]
    [InlineData("T1", "SV1*HC:99213:25*92.5", "SV1*HC:99213:gt*92.5", "1", "24D", "modifiers")]
    [InlineData("T1", "SV1*HC:J3420*57.5*UN", "SV1*HC:J3420*57.5*ZZ", "2", null, null)]
    [InlineData("T1", "HI*ABK:E119*ABF:I10", "HI*ABK:E119*ZZZ:I10", null, "21", "diagnoses")]
    [InlineData("T2", "CLM*T2*92.5*", "CLM*T2*9x.5*", null, "28", "charge")]
    public void A_999_is_led_to_line_box_and_field(string id, string from, string to, string? line, string? box,
        string? field)
    {
        var claims = Claims((from, to));
        var (_, acknowledgment, _) = CommandLine.Run(["check", Put("sent.837", claims), "--ack"]);
        var of = ClaimOf(Answer(acknowledgment, claims), id);
        var point = of.GetProperty("rejections")[0];
        Assert.Equal("rejection", Text(of, "kind"));
        Assert.Equal(line, point.GetProperty("line").ValueKind == JsonValueKind.Null
            ? null : point.GetProperty("line").GetRawText());
        Assert.Equal((box, field), (Text(point, "box"), Text(point, "field")));
        Assert.Equal("yes", Text(point, "caught"));
        Assert.NotEqual("", Ids(point));
    }

    static string Status(string category, string code, string entity = "") =>
        OneFaultFiles.Text("277CA", OneFaultFiles.Segments("277CA"))
            .Replace("STC*A7:21**U~", $"STC*{category}:{code}{(entity.Length > 0 ? ":" + entity : "")}**U~",
                StringComparison.Ordinal)
            .Replace("*T2-1~", "*T1-2~", StringComparison.Ordinal)
            .Replace("TRN*2*T2", "TRN*2*T1", StringComparison.Ordinal)
            .Replace("TRN*2*T1~STC*A2", "TRN*2*T9~STC*A2", StringComparison.Ordinal);

    /// <summary>A status of a line names the line by its control number, and the field by its code.</summary>
    [Theory]
    [InlineData("454", "", "2", "24D", "code")]
    [InlineData("453", "", "2", "24D", "modifiers")]
    [InlineData("476", "", "2", "24G", "units")]
    [InlineData("562", "82", null, "24J", "renderingNpi")]
    [InlineData("255", "", null, "21", "diagnoses")]
    public void A_277CA_is_led_to_line_box_and_field(string code, string entity, string? line, string box, string field)
    {
        var of = ClaimOf(Answer(Status("A7", code, entity), Claims()), "T1");
        var point = of.GetProperty("rejections").EnumerateArray().Last();
        Assert.Equal(line, point.GetProperty("line").ValueKind == JsonValueKind.Null
            ? null : point.GetProperty("line").GetRawText());
        Assert.Equal((box, field), (Text(point, "box"), Text(point, "field")));
        Assert.Contains(Text(point, "caught"), (string[])["yes", "no"]);
    }

    /// <summary>The claim is really checked: the same answer is caught or not, by what was sent.</summary>
    [Fact]
    public void The_claim_as_sent_decides_what_is_caught()
    {
        var bad = Claims(("SV1*HC:J3420*57.5*UN*1***1", "SV1*HC:J3420*57.5*UN*-1***1"));
        string CaughtIn(string? claims) => Text(ClaimOf(Answer(Status("A7", "476"), claims), "T1")
            .GetProperty("rejections").EnumerateArray().Last(), "caught")!;
        Assert.Equal("yes", CaughtIn(bad));
        Assert.Equal("no", CaughtIn(Claims()));
        Assert.Equal("unknown", CaughtIn(null));
    }

    [Fact]
    public void A_TA1_refuses_every_claim_of_its_interchange()
    {
        var answer = OneFaultFiles.Text("837P", []).Replace("GS*HC*NORTHCLINIC*PAYERX*20260310*0815*101*X*005010X222A1~"
            + "SE*1*0001~GE*1*101~IEA*1*", "TA1*000000001*260310*0815*R*010~IEA*0*", StringComparison.Ordinal);
        var read = Only(Answer(answer, Claims()));
        Assert.Equal(("TA1", false), (Text(read, "kind"), read.GetProperty("accepted").GetBoolean()));
        Assert.Equal(["T1", "T2"], read.GetProperty("claims").EnumerateArray().Select(static c => Text(c, "claim")));
        Assert.Single(read.GetProperty("rejections").EnumerateArray());
    }

    /// <summary>What was taken asks for nothing.</summary>
    [Fact]
    public void Accepted_claims_are_no_work()
    {
        var text = OneFaultFiles.Text("277CA", OneFaultFiles.Segments("277CA"));
        var at = text.IndexOf("HL*5*3*PT", StringComparison.Ordinal);
        var read = Only(Answer(text[..at] + "SE*30*0001~GE*1*101~IEA*1*000000001~", Claims(), Exit.Clean));
        Assert.True(read.GetProperty("accepted").GetBoolean());
        Assert.Empty(read.GetProperty("claims").EnumerateArray());
    }

    /// <summary>The page says the same in sentences.</summary>
    [Fact]
    public void The_page_names_the_box_and_what_to_do()
    {
        var (_, page, _) = CommandLine.Run(["remit", Put("a.277", Status("A7", "454")), "--claims",
            Put("claims.837", Claims())]);
        Assert.Contains("claim T1, line 2, box 24D (code)", page, StringComparison.Ordinal);
        Assert.Contains("procedure code", page, StringComparison.Ordinal);
        Assert.Contains("no check of Deltoid finds it", page, StringComparison.Ordinal);
        Assert.Contains("do: correct it and send the claim again", page, StringComparison.Ordinal);
    }

    /// <summary>Every 999, TA1 and 277CA of others gets an answer, in JSON and in words.</summary>
    [Fact]
    public void Answers_of_others_are_answered()
    {
        Corpus.Need();
        var faults = new List<string>();
        foreach (var kind in (ReadOnlySpan<string>)["999-5010", "277CA-5010"])
            foreach (var file in Directory.GetFiles(Path.Combine(Corpus.Folder, kind)).Order(StringComparer.Ordinal))
            {
                var (exit, found, error) = CommandLine.Run(["remit", file, "--json"]);
                if (exit == Exit.Unreadable && found.Contains("no 835, 999, TA1", StringComparison.Ordinal)
                    && !File.ReadAllText(file).Contains("005010X", StringComparison.Ordinal)) continue; // names no guide
                if (exit is not (Exit.Clean or Exit.Found) || JsonNode.Parse(found)!["acknowledgments"] is not JsonArray
                    { Count: > 0 })
                    faults.Add($"{Path.GetFileName(file)}: {exit} {error} {found[..Math.Min(found.Length, 200)]}");
                (exit, found, _) = CommandLine.Run(["remit", file]);
                if (exit is not (Exit.Clean or Exit.Found) || found.Length < 20) faults.Add($"{file}: {exit} {found}");
            }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>The practice payer rejects a replacement of a claim that it never had; its 277CA is led to the claim.</summary>
    [Fact]
    public void A_rejection_of_the_practice_payer_is_led_to_its_claim()
    {
        var claims = Claims(("CLM*T1*150***11:B:1", "CLM*T1*150***11:B:7"),
            ("REF*G1*AUTH77", "REF*F8*NOBODY~REF*G1*AUTH77"), ("SE*78*", "SE*79*"));
        var output = Path.Combine(folder, "out");
        var (exit, _, error) = CommandLine.Run(["payer", Put("sent.837", claims), "--seed", "5", "--output", output,
            "--profile", "all=0"]);
        Assert.True(exit == Exit.Clean, error);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "manifest.json")));
        var rejected = manifest.RootElement.GetProperty("claims").EnumerateArray()
            .Where(static c => Text(c, "decision") == "rejected").Select(static c => Text(c, "claim")).ToHashSet();
        Assert.Equal(["T1"], rejected);
        var led = new HashSet<string?>();
        foreach (var file in Directory.EnumerateFiles(output))
            if (File.ReadAllText(file) is var text && text.Contains("ST*277*", StringComparison.Ordinal))
                foreach (var claim in Only(Answer(text, claims)).GetProperty("claims").EnumerateArray())
                    led.Add(Text(claim, "claim"));
        Assert.Equal(rejected, led);
    }
}
