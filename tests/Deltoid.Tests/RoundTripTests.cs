using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>
/// 837 → claim → 837, and 837 → claim JSON → 837, drop nothing: what is written is what was read, up to the canonical
/// form: no trailing separators, shortest numbers, and counts, level and line numbers made anew.
/// </summary>
public sealed class RoundTripTests
{
    /// <summary>Files that come back otherwise, and why.</summary>
    static readonly Dictionary<string, string> Otherwise = new()
    {
        ["bad-header.edi"] = "segments out of sequence are put into the order of the guide",
        ["InstitutionalClaim5010.txt"] = "the same",
        ["x12_segments_out_of_order.txt"] = "the same",
        ["CHPW_Claimdata_edited.txt.tmp"] = "a subscriber's level has no claim, and is not written again",
        ["commercial.dat"] = "it has no envelope, and gets one",
        ["sample837p_02.txt"] = "its line has no LX, and gets one",
    };

    static readonly string[] WithNumbers =
        ["SV1", "SV2", "CLM", "CTP", "AMT", "SVD", "CAS", "CR1", "CR3", "MEA", "PAT", "QTY", "SV5", "CN1", "HCP", "PS1",
            "MOA"];

    [Fact]
    public void What_is_made_here_comes_back()
    {
        Assert.Equal("", Differs(Encoding.ASCII.GetBytes(X12Samples.File(30, perSet: 10))));
        Assert.Equal("", Differs(Encoding.ASCII.GetBytes(X12Samples.Faulty(36))));
    }

    [Fact]
    public void Every_837_of_the_corpus_comes_back()
    {
        Corpus.Need();
        var faults = new List<string>();
        var seen = 0;
        foreach (var path in Directory.EnumerateFiles(Corpus.Folder, "*", SearchOption.AllDirectories)
            .Where(static p => Path.GetFileName(Path.GetDirectoryName(p)!) is "837P-5010" or "837I-5010")
            .Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            name = name[(Math.Max(name.LastIndexOf("--", StringComparison.Ordinal),
                name.LastIndexOf("__", StringComparison.Ordinal)) + 2)..];
            var difference = Differs(File.ReadAllBytes(path));
            seen++;
            if (difference.Length > 0 != Otherwise.ContainsKey(name))
                faults.Add($"{name}: {(difference.Length > 0 ? difference : "is explained and comes back")}");
        }
        Assert.True(seen > 40, $"{seen} files");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>
    /// Sets of one file, each in a group of its own or with the one before, groups in interchanges likewise.
    /// </summary>
    const int SetsInFile = 4;

    [Theory, InlineData("837P"), InlineData("837I")]
    public void Claims_with_every_loop_there_or_not_come_back(string name)
    {
        var (guide, most) =
            (TransactionSets.Named(name)!, LongRun.Count(600, 10_000));
        var (claims, seed, loops) = (0, 0UL, new HashSet<int>());
        while (claims < most)
        {
            var (builder, file) = (new SpecimenBuilder(guide, seed), new StringBuilder());
            for (var set = 0; set < SetsInFile; set++)
            {
                var root = builder.Scatter();
                loops.UnionWith(root.All().Select(static l => l.Index));
                claims += root.All().Count(static l => l.Row.Name == "2300");
                file.Append(Encoding.Latin1.GetString(new SpecimenText(guide, root).Bytes()));
            }
            var difference = Differs(Encoding.Latin1.GetBytes(InTwoInterchanges(file.ToString())));
            Assert.True(difference.Length == 0, $"{name}, seed {seed}: {difference}");
            seed++;
        }
        Assert.Equal(guide.Loops.Length, loops.Count);
    }

    /// <summary>Of interchanges of one set each, one of three groups, the second with two sets, and one more.</summary>
    static string InTwoInterchanges(string interchanges)
    {
        var segments = interchanges.Split('~').ToList();
        var ends = Enumerable.Range(0, segments.Count).Where(i =>
            segments[i].StartsWith("IEA*", StringComparison.Ordinal)).ToList();
        segments.RemoveRange(ends[1] - 1, 4); // GE, IEA, ISA, GS
        segments.RemoveRange(ends[0], 2); // IEA, ISA
        return string.Join('~', segments);
    }

    /// <summary>Empty when the file comes back both ways; else the first segment that differs.</summary>
    static string Differs(byte[] file)
    {
        var (source, about, claims) = (new ClaimSource(new MemoryStream(file)), new FindingList(), new List<Claim>());
        while (source.Read(about) is { } claim) claims.Add(claim.Detach());
        if (claims.Count == 0) return "";
        var expected = Canonical(file, claims[0].Delimiters);
        var marks = claims[0].Delimiters;
        var copied = Compare("as read", expected, Canonical(Written(claims), marks));
        if (copied.Length > 0) return copied;
        var direct = Compare("from its fields", expected, Canonical(Written(claims, isCareful: true), marks));
        if (direct.Length > 0) return direct;
        foreach (var claim in claims) claim.Charge = claim.Charge;
        var changed = Compare("changed", expected, Canonical(Written(claims), marks));
        if (changed.Length > 0) return changed;
        return Compare("through JSON", expected, Canonical(Written(ThroughJson(claims)), marks));
    }

    /// <summary>The first segment in which two files of the same separators differ; empty where none does.</summary>
    internal static string Difference(string expected, string found)
    {
        var bytes = Encoding.Latin1.GetBytes(expected);
        var marks = new ClaimSource(new MemoryStream(bytes)).Read(new FindingList())?.Delimiters ?? Delimiters.Usual;
        return Compare("emitted", Canonical(bytes, marks), Canonical(Encoding.UTF8.GetBytes(found), marks));
    }

    internal static byte[] Written(List<Claim> claims, bool isCareful = false)
    {
        var terms = new EnvelopeTerms { Delimiters = claims[0].Delimiters, Day = new(2026, 11, 25) };
        var writer = new ClaimWriter(terms) { IsCareful = isCareful };
        foreach (var claim in claims) writer.Write(claim);
        writer.Finish();
        return writer.Output.Written.ToArray();
    }

    /// <summary>Each claim as JSON and back, as <c>read --jsonl</c> writes them one after the other.</summary>
    static List<Claim> ThroughJson(List<Claim> claims)
    {
        var rest = new ClaimRest();
        return claims.ConvertAll(claim =>
        {
            rest.Reduce(claim);
            var (bytes, back) = (new ArrayBufferWriter<byte>(), new Claim());
            using (var json = new Utf8JsonWriter(bytes)) ClaimJson.Write(claim, json);
            ClaimJson.Read(bytes.WrittenSpan.ToArray(), back);
            return back;
        });
    }

    static string Compare(string how, List<string> expected, List<string> found)
    {
        for (var i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            var (was, comes) = (i < expected.Count ? expected[i] : "nothing", i < found.Count ? found[i] : "nothing");
            if (was != comes) return $"{how}, segment {i + 1}: {was} comes back as {comes}";
        }
        return "";
    }

    static List<string> Canonical(byte[] file, Delimiters marks)
    {
        var segments = new List<string>();
        foreach (var part in Encoding.Latin1.GetString(file).Split((char)marks.Segment))
        {
            var elements = part.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
                .Trim('\uFEFF', ' ', '\t', 'ï', '»', '¿').Split((char)marks.Element).ToList();
            if (elements is [""]) continue;
            for (var i = 1; i < elements.Count && elements[0] != "ISA"; i++)
                elements[i] = string.Join((char)marks.Component,
                    Trimmed([.. elements[i].Split((char)marks.Component).Select(c => Shortest(elements[0], c))]));
            foreach (var (name, made) in ((string, int[])[])[
                ("SE", [1, 2]),
                ("GE", [1, 2]),
                ("IEA", [1, 2]),
                ("LX", [1]),
                ("HL", [1, 2, 4])
            ])
                if (elements[0] == name)
                    foreach (var number in made)
                        if (number < elements.Count) elements[number] = "#";
            segments.Add(string.Join((char)marks.Element, Trimmed(elements)));
        }
        return segments;
    }

    static List<string> Trimmed(List<string> parts)
    {
        while (parts.Count > 1 && parts[^1].Length == 0) parts.RemoveAt(parts.Count - 1);
        return parts;
    }

    static string Shortest(string segment, string value) =>
        WithNumbers.Contains(segment) && value.Contains('.', StringComparison.Ordinal) && value.Length < 15
            && decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.######", CultureInfo.InvariantCulture) : value;
}
