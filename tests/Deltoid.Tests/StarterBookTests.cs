using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Row = System.Collections.Generic.Dictionary<string, string>;

namespace Deltoid.Tests;

/// <summary>Every row of the starter code book says what the official file says that it names as its source.</summary>
public sealed partial class StarterBookTests
{
    static void Same(List<string> faults) => Assert.True(faults.Count == 0, $"{faults.Count} rows differ:\n{string.Join("\n", faults.Take(40))}");

    static decimal Number(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);

    static string SourceOf(Row row) => row["source"].Split(':', ' ')[0];

    [Fact]
    public void Opens()
    {
        var book = StarterBook.Open();
        Assert.True(book.CodeCount > 1500 && book.Drugs.Count >= 200 && book.Diagnoses(book.Release).Count > 10_000);
        foreach (var file in Codes.CodeBookBuilder.Files) Assert.NotEmpty(OfficialFiles.Starter(file));
    }

    [Fact]
    public void Every_source_is_listed()
    {
        var known = OfficialFiles.Starter("sources").Select(r => r["id"]).ToHashSet();
        var faults = new List<string>();
        foreach (var file in Codes.CodeBookBuilder.Files.Where(f => f != "sources"))
            foreach (var row in OfficialFiles.Starter(file))
                foreach (var source in row["source"].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    if (!known.Contains(source.Split(':')[0]) && !source.StartsWith("http", StringComparison.Ordinal) && !known.Contains(SourceOf(row))) faults.Add($"{file}: {source}");
        Same([.. faults.Distinct()]);
    }

    /// <summary>What decides how a drug is given names who says so: a document, and K before it where that is judgement.</summary>
    [Fact]
    public void Every_row_that_decides_a_code_names_an_authority()
    {
        var faults = new List<string>();
        foreach (var file in Codes.CodeBookBuilder.Files.Where(static f => f is not ("sources" or "icd10")))
            foreach (var row in OfficialFiles.Starter(file))
                if (row["source"].Length == 0 || (file == "classes" && row["source"] == "K")) faults.Add($"{file}: {row.Values.First()}");
        Same(faults);
    }

    static Dictionary<(string, string), string[]> FeeSchedule(string path) =>
        OfficialFiles.Table(path).Where(r => r.Length > 25 && CodePattern().IsMatch(r[0])).ToDictionary(r => (r[0], r[1].Trim()));

    [GeneratedRegex(@"^(?=.*\d)[0-9A-Z]{5}$")]
    private static partial Regex CodePattern();

    [Fact]
    public void Fee_schedule()
    {
        OfficialFiles.Need();
        var official = new Dictionary<string, Dictionary<(string, string), string[]>> { ["PFS25"] = FeeSchedule("pfs-rvu25d/PPRRVU2025_Oct.csv"), ["PFS26"] = FeeSchedule("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv") };
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("pfs"))
        {
            if (!official[row["source"]].TryGetValue((row["code"], row["mod"]), out var r) || r[3] != row["status"]) { faults.Add($"{row["code"]} {row["source"]} status"); continue; }
            (string Column, int Index)[] numbers = [("work", 5), ("pe_nf", 6), ("pe_f", 8), ("mp", 10)];
            foreach (var (column, index) in numbers) if (Number(row[column]) != Number(r[index])) faults.Add($"{row["code"]} {row["source"]} {column}");
            if (row["global"].Length == 0) continue; // a product: status only
            (string Column, int Index)[] texts = [("pctc", 13), ("global", 14), ("mult", 18), ("bilat", 19)];
            foreach (var (column, index) in texts) if (row[column] != r[index].Trim()) faults.Add($"{row["code"]} {row["source"]} {column}");
            if ((row["nf_na"] == "y") != (r[7].Trim() == "NA") || (row["f_na"] == "y") != (r[9].Trim() == "NA")) faults.Add($"{row["code"]} {row["source"]} NA");
        }
        var factors = OfficialFiles.Starter("factors");
        Assert.Equal(official["PFS25"].Values.First()[24], factors.Single(f => f["source"] == "PFS25")["factor"]);
        Assert.Equal(official["PFS26"].Values.First()[25], factors.Single(f => f["source"] == "PFS26")["factor"]);
        Same(faults);
    }

    [Fact]
    public void Localities()
    {
        OfficialFiles.Need();
        var faults = new List<string>();
        var rows = OfficialFiles.Starter("gpci");
        foreach (var (source, path) in (ReadOnlySpan<(string, string)>)[("GPCI25", "pfs-rvu25d/GPCI2025.csv"), ("GPCI26", "pfs-rvu26b/GPCI2026.csv")])
        {
            var official = OfficialFiles.Table(path).Where(r => r.Length > 6 && r[0].Length == 5 && r[0].All(char.IsAsciiDigit)).ToDictionary(r => (r[0], r[1], r[2].PadLeft(2, '0')));
            var own = rows.Where(r => r["source"] == source).ToList();
            Assert.Equal(official.Count, own.Count);
            foreach (var row in own)
                if (!official.TryGetValue((row["mac"], row["state"], row["locality"]), out var r) || Number(row["work"]) != Number(r[^3]) || Number(row["pe"]) != Number(r[^2]) || Number(row["mp"]) != Number(r[^1]) || row["name"] != r[3].Trim().TrimEnd('*'))
                    faults.Add($"{source} {row["mac"]}-{row["locality"]} {row["state"]}");
        }
        Same(faults);
    }

    [Fact]
    public void Unit_limits()
    {
        OfficialFiles.Need();
        static Dictionary<string, (string, string)> Read(string path, char separator, string code, string units, string mai)
        {
            var rows = OfficialFiles.Table(path, separator).ToList();
            int c = Array.IndexOf(rows[0], code), u = Array.IndexOf(rows[0], units), m = Array.IndexOf(rows[0], mai);
            return rows[1..].DistinctBy(r => r[c]).ToDictionary(r => r[c], r => (r[u], r[m]));
        }
        var before = new Dictionary<string, Dictionary<string, (string, string)>>
        {
            ["practitioner"] = Read("ncci-2024q3-derived/mue_prac.tsv", '\t', "hcpcs_code", "mue_units", "mue_mai"),
            ["outpatient"] = Read("ncci-2024q3-derived/mue_out.tsv", '\t', "hcpcs_code", "mue_units", "mue_mai"),
        };
        var now = Read("ncci-2026-extract/mue_2026q3_q4_injection_codes.csv", ',', "code", "max_units", "mai");
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("mue"))
        {
            var value = (row["value"], row["mai"]);
            var in2026 = row["source"] == "MUE26";
            if (in2026 && now.GetValueOrDefault(row["code"]) != value) faults.Add($"{row["code"]} 2026");
            if (row["from"].StartsWith('?') && before[row["table"]].GetValueOrDefault(row["code"]) != value) faults.Add($"{row["code"]} {row["table"]} 2024");
        }
        Same(faults);
    }

    [Fact]
    public void Pairs()
    {
        OfficialFiles.Need();
        var family = OfficialFiles.Starter("procedures").Select(r => r["code"]).ToHashSet();
        var own = OfficialFiles.Starter("ncci").SelectMany(r => OfficialFiles.List(r["col2"]).Select(two => (Key: (r["table"], r["col1"], two, r["indicator"]), Row: r))).ToLookup(p => p.Key, p => p.Row);
        var faults = new List<string>();
        var ended = new HashSet<(string, string, string, string, string)>();
        foreach (var (table, path) in (ReadOnlySpan<(string, string)>)[("practitioner", "ncci-2024q3-derived/ptp_prac_2024q3.tsv.gz"), ("hospital", "ncci-2024q3-derived/ptp_out_2024q3.tsv.gz")])
        {
            var active = new HashSet<(string, string, string, string)>();
            foreach (var r in OfficialFiles.Table(path, '\t'))
            {
                if (r.Length < 4 || !family.Contains(r[0]) || !family.Contains(r[1])) continue;
                if (string.CompareOrdinal(r[2], "2030") < 0) { ended.Add((table, r[0], r[1], r[3], r[2])); continue; }
                active.Add((table, r[0], r[1], r[3]));
                if (r[3] != "9" && !own[(table, r[0], r[1], r[3])].Any(row => row["thru"].Length == 0 || string.CompareOrdinal(row["thru"], "2024-07-01") >= 0)) faults.Add($"{table} {r[0]}>{r[1]} is not in the book");
            }
            foreach (var (key, row) in own.SelectMany(g => g.Select(row => (g.Key, row))))
                if (key.Item1 == table && SourceOf(row) is "PTP24" or "PTP24H" && row["thru"].Length == 0 && key.Item1 == table && !active.Contains(key)) faults.Add($"{key} is not in the official table");
                else if (key.Item1 == table && SourceOf(row) is "PTP24" or "PTP24H" && row["thru"].Length > 0 && key.Item1 == table && !ended.Contains((table, key.Item2, key.two, key.Item4, row["thru"]))) faults.Add($"{key} did not end {row["thru"]}");
        }
        var extract = OfficialFiles.Table("ncci-2026-extract/ptp_v323r0_injection_pairs.csv").ToList();
        int one = Array.IndexOf(extract[0], "col1"), two2 = Array.IndexOf(extract[0], "col2"), ind = Array.IndexOf(extract[0], "modifier_indicator"), from = Array.IndexOf(extract[0], "effective"), thru = Array.IndexOf(extract[0], "deleted");
        foreach (var r in extract[1..])
            if (family.Contains(r[one]) && family.Contains(r[two2]) && !own[("practitioner", r[one], r[two2], r[ind])].Any(row => row["from"] == r[from] && row["thru"] == r[thru])) faults.Add($"2026: {r[one]}>{r[two2]}");
        Same(faults);
    }

    [Fact]
    public void Add_ons()
    {
        OfficialFiles.Need();
        var family = OfficialFiles.Starter("procedures").Select(r => r["code"]).ToHashSet();
        var rows = OfficialFiles.Table("ncci-2024q3-derived/aoc.tsv", '\t').ToList();
        int code = Array.IndexOf(rows[0], "add_on_code"), parent = Array.IndexOf(rows[0], "primary_code"), type = Array.IndexOf(rows[0], "aoc_edit_type");
        var official = rows[1..].ToLookup(r => r[code]);
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("addons"))
        {
            var parents = official[row["code"]].Select(r => r[parent]).ToHashSet();
            var expected = parents.Contains("CCCCC") ? ["*"] : parents.Where(family.Contains).ToHashSet();
            if (!expected.SetEquals(row["parents"] == "*" ? ["*"] : OfficialFiles.List(row["parents"])) || official[row["code"]].Any(r => r[type] != row["type"])) faults.Add(row["code"]);
        }
        Same(faults);
    }

    [Fact]
    public void Places()
    {
        OfficialFiles.Need();
        var rows = OfficialFiles.Table("carc-rarc-pos-2024-06/pos_codes.tsv", '\t').ToList();
        int code = Array.IndexOf(rows[0], "pos_code"), type = Array.IndexOf(rows[0], "pos_type");
        var official = rows[1..].Where(r => r.Length > type).DistinctBy(r => r[code]).ToDictionary(r => r[code], r => r[type]);
        Same([.. OfficialFiles.Starter("pos").Where(r => official.GetValueOrDefault(r["code"]) != (r["facility"] == "F" ? "Facility" : "Non-Facility")).Select(r => r["code"])]);
    }

    [Fact]
    public void Diagnoses()
    {
        OfficialFiles.Need();
        var official = OfficialFiles.ZippedLines("icd10cm-fy2026/cms_2026_dx.zip", "icd10cm_order_2026.txt").ToDictionary(l => l[6..13].Trim(), l => (Valid: l[14..15], Label: l[16..Math.Min(76, l.Length)].Trim()));
        var own = OfficialFiles.Starter("icd10");
        var faults = own.Where(r => official.GetValueOrDefault(r["code"]) != (r["valid"], r["label"])).Select(r => r["code"]).ToList();
        var codes = own.Select(r => r["code"]).ToHashSet();
        var categories = codes.Select(c => c[..3]).ToHashSet();
        faults.AddRange(official.Keys.Where(c => categories.Contains(c[..3]) && !codes.Contains(c)).Select(c => $"{c} is missing in its category"));
        Same(faults);
    }

    [Fact]
    public void Payment_limits()
    {
        OfficialFiles.Need();
        var official = OfficialFiles.Table("asp-2026q3-extract/july-2026-part-b-payment-limits.extract.csv").Where(r => r.Length > 4 && CodePattern().IsMatch(r[0])).ToDictionary(r => r[0]);
        Same([.. OfficialFiles.Starter("asp").Where(r => !official.TryGetValue(r["code"], out var o) || Number(o[3]) != Number(r["limit"]) || Number(o[4]) != Number(r["coinsurance"]) || o[2].Trim() != r["dosage"]).Select(r => r["code"])]);
    }

    [Fact]
    public void Hospital_rates()
    {
        OfficialFiles.Need();
        var official = OfficialFiles.Table("opps-addendum-b-2026-04/addendum_b_2026-04.csv").Where(r => r.Length > 3 && CodePattern().IsMatch(r[0])).DistinctBy(r => r[0]).ToDictionary(r => r[0]);
        Same([.. OfficialFiles.Starter("opps").Where(r => !official.TryGetValue(r["code"], out var o) || o[2] != r["si"] || o[3] != r["rate"]).Select(r => r["code"])]);
    }

    /// <summary>ADD and TERM dates of the 2024 records, by code.</summary>
    static Dictionary<string, (string Added, string Ended)> Hcpcs2024()
    {
        var found = new Dictionary<string, (string, string)>();
        foreach (var line in OfficialFiles.Lines("hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt"))
            if (RecordStart().Match(line) is { Success: true } start && RecordEnd().Match(line) is { Success: true } end)
                found[start.Groups[1].Success ? start.Groups[1].Value : start.Groups[2].Value] = (OfficialFiles.Day(end.Groups[1].Value), OfficialFiles.Day(end.Groups[3].Value));
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
        var (old, now) = (Hcpcs2024(), OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-index.json").ToDictionary(r => r["code"]));
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("hcpcs").Concat(OfficialFiles.Starter("procedures")))
        {
            var code = row["code"];
            if (SourceOf(row) == "HCP24" && old.GetValueOrDefault(code).Added != row["from"]) faults.Add($"{code} from {row["from"]}");
            if (!now.TryGetValue(code, out var official) || SourceOf(row) is "K") continue;
            var ended = OfficialFiles.Day(official["terminationDate"]);
            if (ended != row["thru"] && SourceOf(row) is "HCP24" or "HCP26" && ended != row["thru"]) faults.Add($"{code} thru {row["thru"]}, officially {ended}");
        }
        Same(faults);
    }

    /// <summary>Combinations whose unit is the sum of what the description lists (NCCI manual XII-D).</summary>
    static readonly string[] Totals = ["C9452", "J0295", "J0695", "J0702", "J0714", "J0742", "J2543"];

    /// <summary>The number of a billing unit stands in the official description ("injection, ketorolac tromethamine, per 15 mg").</summary>
    [Fact]
    public void Units_of_hcpcs_codes()
    {
        OfficialFiles.Need();
        var now = OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-index.json").ToDictionary(r => r["code"], r => r["desc"]);
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("hcpcs"))
        {
            if (row["unit"].Length == 0 || row["unit"] is "1 each" or "1 dose" or "1 vial" || Totals.Contains(row["code"]) || !now.TryGetValue(row["code"], out var description)) continue;
            var number = row["unit"].Split(' ')[0];
            var text = description.Replace(",", "", StringComparison.Ordinal).ToLowerInvariant().Replace("1 billion", "1000000000", StringComparison.Ordinal);
            if (!Regex.IsMatch(text, $@"(?<![\d.]){Regex.Escape(number)}(?![\d])") && !(number == "1" && Regex.IsMatch(text, @"\b(per|one|each)\b"))) faults.Add($"{row["code"]} {row["unit"]}: {description}");
        }
        Same(faults);
    }

    [Fact]
    public void Vaccines_are_in_the_official_list()
    {
        OfficialFiles.Need();
        var listed = string.Concat(OfficialFiles.Lines("cdc-vaccine-codes-2025-12/cpt.xml"));
        Same([.. OfficialFiles.Starter("vaccines").Where(r => SourceOf(r) == "CDC25" && !listed.Contains($">{r["code"]}", StringComparison.Ordinal)).Select(r => r["code"])]);
    }

    [Fact]
    public void Modifiers()
    {
        OfficialFiles.Need();
        var (old, listed) = (Hcpcs2024(), OfficialFiles.JsonRows("hcpcs-2026-jan/hcpcs-modifiers.json").Select(r => r["code"]).ToHashSet());
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("modifiers"))
        {
            if (SourceOf(row) == "HCP24" && old.GetValueOrDefault(row["code"]).Added != row["from"]) faults.Add($"{row["code"]} from {row["from"]}");
            if (SourceOf(row) == "MOD26" && !listed.Contains(row["code"])) faults.Add($"{row["code"]} is not listed");
        }
        Same(faults);
    }
}
