using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Values;
using Row = System.Collections.Generic.Dictionary<string, string>;

namespace Deltoid.Tests;

/// <summary>Codes of the shipped rows against the official lists: their days, units, modifiers, pairs.</summary>
public sealed partial class StarterBookTests
{
    [Theory]
    [InlineData("78452")]
    [InlineData("93015")]
    [InlineData("29881")]
    [InlineData("71260")]
    [InlineData("0446T")]
    [InlineData("A4206")]
    [InlineData("Q5171")]
    public void Codes_beyond_injections_are_known(string code) =>
        Assert.True(StarterBook.Open().TryCode(Code.Of(code), new(2026, 8, 3), out _));

    /// <summary>No code stands in two of the tables that say from when to when a code is in force.</summary>
    [Fact]
    public void A_code_has_one_table()
    {
        var all = new[] { "procedures", "hcpcs", "vaccines", "level2" }.SelectMany(name =>
            OfficialFiles.Starter(name).Select(r => r["code"]).Distinct())
            .Concat(OfficialFiles.Starter("cpt").SelectMany(static r => OfficialFiles.List(r["codes"])));
        Same([.. all.GroupBy(static c => c).Where(static g => g.Count() > 1).Select(static g => g.Key)]);
    }

    [Theory]
    [InlineData("29881", "96374")]
    [InlineData("12002", "96372")]
    [InlineData("93015", "96374")]
    [InlineData("78452", "96374")]
    [InlineData("62270", "96450")]
    public void Pairs_with_other_procedures_are_known(string one, string two)
    {
        var book = StarterBook.Open();
        Assert.True(book.TryPair(Code.Of(one), Code.Of(two), new(2026, 3, 2), hospital: false, out _)
            || book.TryPair(Code.Of(two), Code.Of(one), new(2026, 3, 2), hospital: false, out _));
    }

    /// <summary>ADD and TERM dates of the 2024 records, by code.</summary>
    static Dictionary<string, (string Added, string Ended)> Hcpcs2024()
    {
        var found = new Dictionary<string, (string, string)>();
        foreach (var line in OfficialFiles.Lines("hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt"))
            if (RecordStart().Match(line) is { Success: true } start
                && RecordEnd().Match(line) is { Success: true } end)
                found[start.Groups[1].Success
                    ? start.Groups[1].Value
                    : start.Groups[2].Value] = (OfficialFiles.Day(end.Groups[1].Value),
                    OfficialFiles.Day(end.Groups[3].Value));
        return found;
    }

    [GeneratedRegex(@"^(?:([A-Z]\d{4})00\d{3}3|([A-Z0-9]{2})00\d{3}7)")]
    private static partial Regex RecordStart();

    [GeneratedRegex(@"(\d{8})(\d{8})(\d{8}| {8})[A-Z]\s*$")]
    private static partial Regex RecordEnd();

    [Fact]
    public void Dates_of_hcpcs_codes()
    {
        OfficialFiles.Need();
        var (old, now) = (Hcpcs2024(),
            OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-index.json").ToDictionary(r => r["code"]));
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("hcpcs").Concat(OfficialFiles.Starter("procedures"))
            .Concat(OfficialFiles.Starter("level2")))
        {
            var code = row["code"];
            if (SourceOf(row) == "HCP24" && old.GetValueOrDefault(code).Added != row["from"])
                faults.Add($"{code} from {row["from"]}");
            if (!now.TryGetValue(code, out var official) || SourceOf(row) is "K") continue;
            var ended = OfficialFiles.Day(official["terminationDate"]);
            if (ended != row["thru"] && SourceOf(row) is "HCP24" or "HCP26" && ended != row["thru"])
                faults.Add($"{code} thru {row["thru"]}, officially {ended}");
        }
        Same(faults);
    }

    /// <summary>Combinations whose unit is the sum of what the description lists (NCCI manual XII-D).</summary>
    static readonly string[] Totals = ["C9452", "J0295", "J0695", "J0702", "J0714", "J0742", "J2543"];

    /// <summary>
    /// The number of a billing unit stands in the official description ("injection, ketorolac tromethamine, per 15
    /// mg").
    /// </summary>
    [Fact]
    public void Units_of_hcpcs_codes()
    {
        OfficialFiles.Need();
        var now = OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-index.json")
            .ToDictionary(r => r["code"], r => r["desc"]);
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("hcpcs"))
        {
            if (row["unit"].Length == 0 || row["unit"] is "1 each" or "1 dose" or "1 vial"
                || Totals.Contains(row["code"]) || !now.TryGetValue(row["code"], out var description))
                continue;
            var number = row["unit"].Split(' ')[0];
            var text = description.Replace(",", "", StringComparison.Ordinal).ToLowerInvariant()
                .Replace("1 billion", "1000000000", StringComparison.Ordinal);
            if (!Regex.IsMatch(text, $@"(?<![\d.]){Regex.Escape(number)}(?![\d])")
                && !(number == "1" && Regex.IsMatch(text, @"\b(per|one|each)\b")))
                faults.Add($"{row["code"]} {row["unit"]}: {description}");
        }
        Same(faults);
    }

    [Fact]
    public void Vaccines_are_in_the_official_list()
    {
        OfficialFiles.Need();
        var listed = string.Concat(OfficialFiles.Lines("cdc-vaccine-codes-2025-12/cpt.xml"));
        Same([.. OfficialFiles.Starter("vaccines")
                .Where(r => SourceOf(r) == "CDC25" && !listed.Contains($">{r["code"]}", StringComparison.Ordinal))
                .Select(r => r["code"])]);
    }

    [Fact]
    public void Modifiers()
    {
        OfficialFiles.Need();
        var (old, listed) = (Hcpcs2024(),
            OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-modifiers.json").Select(r => r["code"]).ToHashSet());
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("modifiers"))
        {
            if (SourceOf(row) == "HCP24" && old.GetValueOrDefault(row["code"]).Added != row["from"])
                faults.Add($"{row["code"]} from {row["from"]}");
            if (SourceOf(row) == "MOD26" && !listed.Contains(row["code"])) faults.Add($"{row["code"]} is not listed");
        }
        Same(faults);
    }
}
