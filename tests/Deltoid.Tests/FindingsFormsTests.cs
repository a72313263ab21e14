using System.Text;
using System.Text.Json;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Cli;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>The same findings in each form they are written in.</summary>
public sealed class FindingsFormsTests
{
    static readonly string File = X12Samples.Faulty(48);

    static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    static string Out(string input, params string[] args) => CommandLine.RunWith(input, ["scrub", "-", .. args]).Out;

    static JsonElement Sarif(string input) => JsonDocument.Parse(Out(input, "--sarif")).RootElement;

    /// <summary>
    /// Claims of every kind of text and fault; findings rendered once for all must read as those rendered alone.
    /// </summary>
    [Fact]
    public void Lines_that_are_put_together_read_as_those_that_a_JSON_writer_makes()
    {
        var (fast, scrubber, findings, told) = (new FindingsLines(EditPages.Book), new Scrubber(), new FindingList(),
            0);
        for (var seed = 0; seed < 600; seed++)
        {
            var claim = ClaimSamples.Random(seed, everything: seed % 2 == 0);
            findings.Clear();
            scrubber.Check(claim, EditPages.Book, new ClaimPayers(EditPages.Book).Of(claim), null, null, findings);
            told += findings.Count;
            Assert.Equal(Written(new FindingsJson(EditPages.Book, null, full: false, trace: false, indented: false),
                    claim, findings), Written(fast, claim, findings));
        }
        Assert.True(told > 2000);
    }

    /// <summary>
    /// Every kind of finding, with arguments of every kind and places of every field: pieces read as a JSON writer
    /// makes them.
    /// </summary>
    [Fact]
    public void Findings_in_pieces_read_as_those_that_are_rendered_whole()
    {
        var (pieces, whole, dice) = (new FindingsLines(EditPages.Book),
            new FindingsLines(EditPages.Book) { IsCareful = true }, new Dice(3));
        var claim = ClaimSamples.Random(2, everything: true);
        foreach (var info in FindingHelp.All(Deltoid.Edits.Shipped.Edits))
            for (var i = 0; i < 12; i++)
            {
                var findings = new FindingList();
                for (var n = 1 + dice.Next(3); n > 0; n--) findings.Add(Any(info, claim, dice));
                if (findings.Count > 1 && dice.OneIn(2)) findings.Join(1, 0);
                Assert.Equal(Written(whole, claim, findings), Written(pieces, claim, findings));
            }
    }

    static Finding Any(FindingInfo info, Claim claim, Dice dice)
    {
        var line = dice.OneIn(3) ? 0 : 1 + dice.Next(claim.Lines.Length + 1);
        var place = dice.OneIn(6) ? Place.Of(Part.Visit, dice.Next(3), Field.Code).OnLine(line, Field.Code)
            : Place.OfLine(line, AnyField(dice));
        var source = dice.OneIn(2) ? default
            : new SourcePlace(1, 2, 3, 4 + dice.Next(2000), (short)dice.Next(21), (short)dice.Next(3),
                (short)dice.Next(2), dice.Next(5) * 1000L);
        return new Finding
        {
            Info = info, Severity = info.Severity, Place = place, Source = source, OtherLine = dice.Next(4),
            A = AnyArg(dice), B = AnyArg(dice), C = AnyArg(dice), D = AnyArg(dice),
            First = dice.OneIn(2) ? default
                : new(ChangeOp.Replace, Place.OfLine(dice.Next(4), AnyField(dice)), AnyArg(dice)),
            Second = dice.OneIn(2) ? default
                : new(ChangeOp.Remove, Place.OfLine(dice.Next(4), AnyField(dice)), AnyArg(dice)),
        };
    }

    static Field AnyField(Dice dice) => (Field)dice.Next(Enum.GetValues<Field>().Length);

    static Arg AnyArg(Dice dice) => dice.Next(14) switch
    {
        0 => Arg.Of(Code.Of("J3420")),
        1 => Arg.Diagnosis(Code.Of("D510")),
        2 => Arg.Of(Modifier.Of("JZ")),
        3 => Arg.Of(new DateOnly(2026, 3, 1 + dice.Next(28))),
        4 => Arg.Of(new Quantity(dice.Next(2_000_000) - 1_000_000)),
        5 => Arg.Of(new Money(dice.Next(2_000_000) - 1_000_000)),
        6 => Arg.Count(dice.Next(3000) - 100),
        7 => Arg.Minutes(dice.Next(3)),
        8 => Arg.Drug(dice.Next(5)),
        9 => Arg.Row('P', 100 + dice.Next(20)),
        10 => Arg.Segment(Deltoid.X12.Segments.SegmentReader.PackOf("SV1")),
        11 => Arg.Loop('P', dice.Next(20)),
        12 => Arg.Of(AnyField(dice)),
        _ => default,
    };

    static string Written(FindingsWriter writer, Claim claim, FindingList findings)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        writer.Write(claim, findings, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    [Fact]
    public void The_lines_of_a_file_are_the_same_with_and_without_the_fast_writer()
    {
        var broken = File.Replace("*F~", "*Q~", StringComparison.Ordinal)
            .Replace("*UN*1***1~", "*UN*x***1~", StringComparison.Ordinal)
            .Replace("GE*1*1", "GE*2*1", StringComparison.Ordinal);
        var fast = Lines(Out(broken, "--jsonl"));
        var traced = Lines(Out(broken, "--jsonl", "--trace"));
        Assert.Equal(fast.Count, traced.Count);
        for (var i = 1; i < fast.Count; i++)
            Assert.Equal(fast[i].GetProperty("findings").GetRawText(), traced[i].GetProperty("findings").GetRawText());
    }

    [Fact]
    public void A_page_names_the_box_of_the_form()
    {
        const string Claim =
            """{"id":"A","setting":"professional","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"charge":1.00,"lines":[{"code":"96372","units":1,"charge":38.00,"date":"2026-03-02","diagnoses":[1],"revenueCode":"0510"},{"code":"J3420","modifiers":["JZ","JZ"],"units":1,"charge":0.00,"date":"2026-03-02","diagnoses":[1],"revenueCode":"0636"}]}""";
        var page = Out(Claim);
        Assert.Contains("error   box 24D: Line 2, J3420: modifier JZ is there twice", page, StringComparison.Ordinal);
        Assert.Contains("error   box 28: The claim charges $1.00", page, StringComparison.Ordinal);
        Assert.Contains("error   FL 44: Line 2, J3420: modifier JZ is there twice",
            Out(Claim.Replace("professional", "facility", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(" (CLM, claim), element 2, box 28: The claim charges ", Out(File), StringComparison.Ordinal);
        Assert.DoesNotContain("box ",
            CommandLine.RunWith(Repository.Read("examples", "unknown-drug.json"), "code", "-").Out,
            StringComparison.Ordinal);
    }

    /// <summary>
    /// Lines 1 and 3, as of a form from which a line was struck: each form of the findings means the second of the
    /// list.
    /// </summary>
    [Fact]
    public void A_line_is_the_same_in_every_form_where_numbers_leave_a_gap()
    {
        const string Gap =
            """{"id":"A","setting":"professional","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"charge":38.00,"lines":[{"number":1,"code":"96372","units":1,"charge":38.00,"date":"2026-03-02","diagnoses":[1]},{"number":3,"code":"J3420","modifiers":["JZ","JZ"],"units":1,"charge":0.00,"date":"2026-03-02","diagnoses":[1]}]}""";
        var whole = Gap.Replace("\"number\":3", "\"number\":2", StringComparison.Ordinal);
        Assert.Equal(Out(whole).Replace("ine 2", "ine 3", StringComparison.Ordinal), Out(Gap));
        Assert.Contains("Line 3, J3420: ", Out(Gap), StringComparison.Ordinal);
        Assert.Equal(Sarif(whole).GetRawText().Replace("ine 2", "ine 3", StringComparison.Ordinal),
            Sarif(Gap).GetRawText());
        Assert.Contains("\"/lines/1/modifiers\"", Sarif(Gap).GetRawText(), StringComparison.Ordinal);
        foreach (var form in (string[][])[["--jsonl"], ["--jsonl", "--full"], ["--json"]])
            Assert.Equal(Renumbered(Out(whole, form)), Out(Gap, form));
        var both = Lines(Out($"[{whole},{Gap}]", "--jsonl"));
        Assert.Equal(Renumbered(both[1].GetRawText()), both[2].GetRawText());

        static string Renumbered(string text) =>
            text.Replace("ine 2", "ine 3", StringComparison.Ordinal)
                .Replace("\"line\":2", "\"line\":3", StringComparison.Ordinal)
                .Replace("\"line\": 2", "\"line\": 3", StringComparison.Ordinal);
    }

    [Fact]
    public void Two_lines_of_one_number_are_refused()
    {
        var (exit, output, _) = CommandLine.RunWith("""{"lines":[{"number":2,"code":"96372"},{"code":"J3420"}]}""",
            "scrub", "-", "--json");
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains("two lines have one number", output, StringComparison.Ordinal);
        Assert.Equal(Exit.Unreadable, CommandLine.RunWith("dos 2026-03-02\n1 96372\n1 J3420\n", "scrub", "-").Exit);
    }

    [Fact]
    public void A_list_has_the_findings_of_the_lines_and_what_the_catalogue_says()
    {
        var lines = Lines(Out(File, "--jsonl"));
        var catalogue = lines[0].GetProperty("catalogue");
        var list = JsonDocument.Parse(Out(File, "--json")).RootElement.EnumerateArray().ToList();
        Assert.Equal(lines.Skip(1).Select(Key), list.Select(Key));
        foreach (var finding in list.SelectMany(static c => c.GetProperty("findings").EnumerateArray()))
        {
            var common = catalogue.GetProperty(finding.GetProperty("id").GetString()!);
            foreach (var member in (string[])["name", "predicts", "citation"])
                Assert.Equal(Plain(common.GetProperty(member)), Plain(finding.GetProperty(member)));
        }

        static string Key(JsonElement claim) =>
            claim.GetProperty("claim").GetString()
                + string.Concat(claim.GetProperty("findings").EnumerateArray()
                    .Select(static f => $" {f.GetProperty("key")} {f.GetProperty("id")} {f.GetProperty("severity")} "
                        + $"{f.GetProperty("message")} {f.GetProperty("at")} {f.GetProperty("box")}"));

        static string Plain(JsonElement value) =>
            string.Concat(value.GetRawText().Where(static c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Sarif_is_of_its_version_and_every_result_has_its_rule()
    {
        var root = Sarif(File);
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", root.GetProperty("$schema").GetString());
        var run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Select(static r => r.GetProperty("id").GetString()!).ToList();
        Assert.Equal(rules.Distinct(), rules);
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.True(results.Count >= 12);
        foreach (var result in results)
        {
            Assert.Contains(result.GetProperty("ruleId").GetString()!, rules);
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
            Assert.False(string.IsNullOrEmpty(result.GetProperty("message").GetProperty("text").GetString()));
            Assert.NotEmpty(result.GetProperty("partialFingerprints").GetProperty("deltoid/v1").GetString()!);
        }
    }

    [Fact]
    public void Sarif_points_at_the_segment_in_the_file()
    {
        foreach (var result in Sarif(File).GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var location = Assert.Single(result.GetProperty("locations").EnumerateArray());
            Assert.Equal("stdin",
                location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri")
                    .GetString());
            var at = location.GetProperty("physicalLocation").GetProperty("region").GetProperty("byteOffset")
                .GetInt32();
            var name = location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()!;
            Assert.StartsWith("ISA[1]/GS[1]/ST[1]/", name, StringComparison.Ordinal);
            if (name.Contains("/SV1", StringComparison.Ordinal)) Assert.Equal("SV1", SegmentAt(at));
            if (name.Contains("/CLM", StringComparison.Ordinal)) Assert.Equal("CLM", SegmentAt(at));
        }

        static string SegmentAt(int at) => File[(File.LastIndexOf('~', at) + 1)..].Split('*')[0];
    }

    [Fact]
    public void A_file_name_is_a_valid_address_in_sarif()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        try
        {
            var file = Path.Combine(folder, "März 1#2%.837");
            System.IO.File.WriteAllText(file, File);
            var uri =
                JsonDocument.Parse(CommandLine.Run("scrub", file, "--sarif").Out).RootElement.GetProperty("runs")[0]
                    .GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation")
                    .GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Assert.True(Uri.IsWellFormedUriString(uri, UriKind.RelativeOrAbsolute));
            Assert.EndsWith("M%C3%A4rz%201%232%25.837", uri, StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_page_for_people_names_each_claim_with_findings_and_their_lines()
    {
        var text = Out(File);
        var bad = Lines(Out(File, "--jsonl")).Skip(1).Where(static l => l.GetProperty("findings").GetArrayLength() > 0)
            .ToList();
        Assert.Equal(bad.Select(static l => $"claim {l.GetProperty("claim").GetString()}:"),
            text.Split('\n').Where(static l => l.StartsWith("claim ", StringComparison.Ordinal)));
        Assert.DoesNotContain("claim C000001:", text, StringComparison.Ordinal);
        var findings = bad.SelectMany(static l => l.GetProperty("findings").EnumerateArray()).ToList();
        Assert.Contains(findings, static f => f.GetProperty("line").ValueKind == JsonValueKind.Number);
        foreach (var finding in findings)
        {
            if (finding.GetProperty("line").ValueKind == JsonValueKind.Number)
                Assert.Contains($"Line {finding.GetProperty("line")}", finding.GetProperty("message").GetString(),
                    StringComparison.Ordinal);
            Assert.Contains(finding.GetProperty("id").GetString()!, text, StringComparison.Ordinal);
        }
    }
}
