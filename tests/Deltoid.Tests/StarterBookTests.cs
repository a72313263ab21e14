using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Values;
using Row = System.Collections.Generic.Dictionary<string, string>;

namespace Deltoid.Tests;

/// <summary>Every row of the starter code book says what the official file says that it names as its source.</summary>
public sealed partial class StarterBookTests
{
    static void Same(List<string> faults) =>
        Assert.True(faults.Count == 0, $"{faults.Count} rows differ:\n{string.Join("\n", faults.Take(40))}");

    static decimal Number(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);

    static string SourceOf(Row row) => row["source"].Split(':', ' ')[0];

    [Fact]
    public void Opens()
    {
        var book = StarterBook.Open();
        Assert.True(book.CodeCount > 15_000 && book.Drugs.Count >= 200);
        foreach (var file in CodeBookBuilder.Files) Assert.NotEmpty(OfficialFiles.Starter(file));
    }

    [Fact]
    public void Every_source_is_listed()
    {
        var known = OfficialFiles.Starter("sources").Select(r => r["id"]).ToHashSet();
        var faults = new List<string>();
        foreach (var file in CodeBookBuilder.Files.Where(f => f != "sources"))
            foreach (var row in OfficialFiles.Starter(file))
                foreach (var source in row["source"].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    if (!known.Contains(source.Split(':')[0]) && !source.StartsWith("http", StringComparison.Ordinal)
                        && !known.Contains(SourceOf(row)))
                        faults.Add($"{file}: {source}");
        Same([.. faults.Distinct()]);
    }

    /// <summary>
    /// What decides how a drug is given names who says so: a document, and K before it where that is judgement.
    /// </summary>
    [Fact]
    public void Every_row_that_decides_a_code_names_an_authority()
    {
        var faults = new List<string>();
        foreach (var file in Codes.CodeBookBuilder.Files.Where(static f => f is not ("sources" or "icd10")))
            foreach (var row in OfficialFiles.Starter(file))
                if (row["source"].Length == 0 || (file == "classes" && row["source"] == "K"))
                    faults.Add($"{file}: {row.Values.First()}");
        Same(faults);
    }

    static Dictionary<(string, string), string[]> FeeSchedule(string path) =>
        OfficialFiles.Table(path).Where(r => r.Length > 25 && CodePattern().IsMatch(r[0]))
            .ToDictionary(r => (r[0], r[1].Trim()));

    [GeneratedRegex(@"^([A-Z]\d{4}|\d{4}[0-9A-Z])$")]
    private static partial Regex CodePattern();

    [Fact]
    public void Fee_schedule()
    {
        OfficialFiles.Need();
        var official = new Dictionary<string, Dictionary<(string, string), string[]>>
        {
            ["PFS25"] = FeeSchedule("pfs-rvu25d/PPRRVU2025_Oct.csv"),
            ["PFS26"] = FeeSchedule("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv")
        };
        var faults = new List<string>();
        var seen = new HashSet<(string, string, string)>();
        foreach (var row in OfficialFiles.Starter("pfs"))
            foreach (var source in row["source"].Split(' '))
            {
                seen.Add((source, row["code"], row["mod"]));
                var shift = source == "PFS26" ? 1 : 0;
                if (!official[source].TryGetValue((row["code"], row["mod"]), out var r) || r[3] != row["status"])
                {
                    faults.Add($"{row["code"]} {source} status");
                    continue;
                }
                (string Column, int Index)[] numbers = [("work", 5), ("pe_nf", 6), ("pe_f", 8), ("mp", 10),
                    ("cap_nf", 28 + shift), ("cap_f", 29 + shift), ("cap_mp", 30 + shift)];
                foreach (var (column, index) in row["global"].Length == 0 ? numbers[..4] : numbers)
                    if (Number(row[column]) != Number(r[index])) faults.Add($"{row["code"]} {source} {column}");
                if (row["global"].Length == 0) continue; // a product: status only
                (string Column, int Index)[] texts =
                [("pctc", 13), ("global", 14), ("mult", 18), ("bilat", 19), ("endo", 23 + shift)];
                foreach (var (column, index) in texts)
                    if (row[column] != r[index].Trim()) faults.Add($"{row["code"]} {source} {column}");
                if ((row["nf_na"] == "y") != (r[7].Trim() == "NA") || (row["f_na"] == "y") != (r[9].Trim() == "NA"))
                    faults.Add($"{row["code"]} {source} NA");
            }
        var products = OfficialFiles.Starter("hcpcs").Concat(OfficialFiles.Starter("vaccines"))
            .Select(static r => r["code"])
            .Concat(OfficialFiles.Starter("level2").Where(static r => r["drug"] == "y").Select(static r => r["code"]))
            .ToHashSet();
        foreach (var (source, rows) in official)
            foreach (var (code, mod) in rows.Keys)
                if (code[0] != 'D' && !products.Contains(code) && !seen.Contains((source, code, mod)))
                    faults.Add($"{code} {mod} {source} is missing");
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
        foreach (var (source, path) in (ReadOnlySpan<(string, string)>)[
            ("GPCI25", "pfs-rvu25d/GPCI2025.csv"),
            ("GPCI26", "pfs-rvu26b/GPCI2026.csv")
        ])
        {
            var official = OfficialFiles.Table(path)
                .Where(r => r.Length > 6 && r[0].Length == 5 && r[0].All(char.IsAsciiDigit))
                .ToDictionary(r => (r[0], r[1], r[2].PadLeft(2, '0')));
            var own = rows.Where(r => r["source"] == source).ToList();
            Assert.Equal(official.Count, own.Count);
            foreach (var row in own)
                if (!official.TryGetValue((row["mac"], row["state"], row["locality"]), out var r)
                    || Number(row["work"]) != Number(r[^3]) || Number(row["pe"]) != Number(r[^2])
                    || Number(row["mp"]) != Number(r[^1]) || row["name"] != r[3].Trim().TrimEnd('*'))
                    faults.Add($"{source} {row["mac"]}-{row["locality"]} {row["state"]}");
        }
        Same(faults);
    }

    [Fact]
    public void Zip_codes()
    {
        OfficialFiles.Need();
        var official = OfficialFiles.Lines("zip-locality-2025q4/ZIP5_OCT2025.txt").Where(static l => l.Length >= 80)
            .ToDictionary(static l => int.Parse(l[2..7]), static l => (l[..2], l[7..12], l[12..14], l[20]));
        var faults = new List<string>();
        var zips = StarterBook.Open().Zips.Span;
        Assert.Equal(official.Count, zips.Length);
        foreach (ref readonly var row in zips)
            if (!official.TryGetValue(row.Zip, out var other)
                || other
                    != ($"{(char)(row.State >> 8)}{(char)(row.State & 0xFF)}", $"{row.Carrier:00000}",
                        $"{row.Locality:00}", row.NeedsPlusFour == 1 ? '1' : '0'))
                faults.Add($"{row.Zip:00000}");
        Same(faults);
    }

    [Fact]
    public void Every_zip_code_is_in_a_locality_of_its_day()
    {
        var book = StarterBook.Open();
        var keys = new HashSet<string>();
        foreach (ref readonly var row in book.Zips.Span) keys.Add($"{row.Carrier:00000}-{row.Locality:00}");
        foreach (var day in (DateOnly[])[new(2025, 11, 3), new(2026, 11, 3)])
            Assert.All(keys, key => Assert.NotNull(book.Locality(key, "", day)));
        Assert.Equal(109, keys.Count);
    }

    [Theory]
    [InlineData("60601-60602 60605", "60601 60602 60605")]
    [InlineData("00601", "00601")]
    public void Zip_codes_are_written_as_runs(string list, string zips) =>
        Assert.Equal(zips,
                string.Join(' ',
                    ZipRows.Read(new Rows("zips.tsv", Zips(list)), static _ => 0).Span.ToArray()
                    .Select(static z => $"{z.Zip:00000}")));

    [Theory]
    [InlineData("60602-60601")]
    [InlineData("6060")]
    [InlineData("60601-606021")]
    [InlineData("60601,60602")]
    public void A_run_that_does_not_read_is_refused(string list) =>
        Assert.Throws<RowException>(() => ZipRows.Read(new Rows("zips.tsv", Zips(list)), static _ => 0));

    static string Zips(string list) =>
        $"mac\tlocality\tstate\tplus4\tfrom\tthru\tsource\tzips\n06102\t16\tIL\t\t2025-10-01\t2025-12-31\tZIP25\t"
            + $"{list}\n";

    [Fact]
    public void Unit_limits()
    {
        OfficialFiles.Need();
        static Dictionary<string, (string, string)> Read(string path)
        {
            var rows = OfficialFiles.Table(path, '\t').ToList();
            int c = Array.IndexOf(rows[0], "hcpcs_code"), u = Array.IndexOf(rows[0], "mue_units"),
                m = Array.IndexOf(rows[0], "mue_mai");
            return rows[1..].DistinctBy(r => r[c]).ToDictionary(r => r[c], r => (r[u], r[m]));
        }
        var (faults, seen) = (new List<string>(), new HashSet<(string, string, string)>());
        var tables = new Dictionary<(string, string), Dictionary<string, (string, string)>>();
        foreach (var (table, file) in (ReadOnlySpan<(string, string)>)[
            ("practitioner", "mue_prac.tsv"),
            ("outpatient", "mue_out.tsv")
        ])
            foreach (var (year, folder) in (ReadOnlySpan<(string, string)>)[
                ("2024", "ncci-2024q3-derived"),
                ("2026", "ncci-mue-2026q3")
            ])
                tables[(table, year)] = Read($"{folder}/{file}");
        foreach (var row in OfficialFiles.Starter("mue"))
            foreach (var table in row["table"] == "both" ? (string[])["practitioner", "outpatient"] : [row["table"]])
            {
                string[] years = row["from"][0] != '?' ? ["2026"]
                    : row["thru"].Length > 0 ? ["2024"]
                    : ["2024", "2026"];
                foreach (var year in years)
                {
                    seen.Add((table, year, row["code"]));
                    if (tables[(table, year)].GetValueOrDefault(row["code"]) != (row["value"], row["mai"]))
                        faults.Add($"{row["code"]} {table} {year}");
                }
            }
        foreach (var ((table, year), rows) in tables)
            faults.AddRange(rows.Keys.Where(code => code[0] != 'D' && !seen.Contains((table, year, code)))
                .Select(code => $"{code} {table} {year} is missing"));
        Same(faults);
    }

    /// <summary>Every pair that was in force in September 2024, of which one code is ours; and no other.</summary>
    [Theory]
    [InlineData(false, "ncci-2024q3-derived/ptp_prac_2024q3.tsv.gz", "PTP24")]
    [InlineData(true, "ncci-2024q3-derived/ptp_out_2024q3.tsv.gz", "PTP24H")]
    public void Pairs(bool hospital, string path, string source)
    {
        OfficialFiles.Need();
        var (book, day, faults) = (StarterBook.Open(), new DateOnly(2024, 9, 2), new List<string>());
        var (family, active) = (OfficialFiles.Starter("procedures").Select(r => r["code"]).ToHashSet(),
            new HashSet<(int, int)>());
        foreach (var r in OfficialFiles.Table(path, '\t'))
        {
            if (r.Length < 4 || r[3] == "9" || string.CompareOrdinal(r[2], "2030") < 0
                || !(family.Contains(r[0]) || family.Contains(r[1])))
                continue;
            active.Add((book.Id(Code.Of(r[0])), book.Id(Code.Of(r[1]))));
            if (!book.TryPair(Code.Of(r[0]), Code.Of(r[1]), day, hospital, out var row) || $"{row.Indicator}" != r[3])
                faults.Add($"{r[0]} {r[1]} {r[3]}");
        }
        Assert.True(active.Count > 400_000);
        var table = hospital ? book.HospitalPairs : book.PractitionerPairs;
        for (var one = 0; one < book.CodeCount; one++)
            foreach (var (two, row) in table.ColumnOne(one))
                if (row.Dates.Contains(day) && book.SourceId(row.Source) == source && row.Dates.Thru is null
                    && !active.Contains((one, two)))
                    faults.Add($"{book[one]} {book[two]} is not in the official table");
        Same(faults);
    }

    [Fact]
    public void Pairs_of_the_newest_extract()
    {
        OfficialFiles.Need();
        var (book, faults) = (StarterBook.Open(), new List<string>());
        var extract = OfficialFiles.Table("ncci-2026-extract/ptp_v323r0_injection_pairs.csv").ToList();
        int one = Array.IndexOf(extract[0], "col1"), two = Array.IndexOf(extract[0], "col2"),
            ind = Array.IndexOf(extract[0], "modifier_indicator"), from = Array.IndexOf(extract[0], "effective"),
            thru = Array.IndexOf(extract[0], "deleted");
        foreach (var r in extract[1..])
        {
            var rows = book.PractitionerPairs.ColumnOne(book.Id(Code.Of(r[one])))
                .Where(p => p.Two == book.Id(Code.Of(r[two]))).Select(static p => p.Row);
            if (!rows.Any(row => $"{row.Indicator}" == r[ind] && $"{row.Dates.From:yyyy-MM-dd}" == r[from]
                && $"{row.Dates.Thru:yyyy-MM-dd}" == r[thru]))
                faults.Add($"{r[one]}>{r[two]}");
        }
        Same(faults);
    }

    [Fact]
    public void Add_ons()
    {
        OfficialFiles.Need();
        var rows = OfficialFiles.Table("ncci-2024q3-derived/aoc.tsv", '\t').ToList();
        int code = Array.IndexOf(rows[0], "add_on_code"), parent = Array.IndexOf(rows[0], "primary_code"),
            type = Array.IndexOf(rows[0], "aoc_edit_type");
        var official = rows[1..].ToLookup(r => r[code]);
        var faults = new List<string>();
        foreach (var row in OfficialFiles.Starter("addons"))
        {
            var parents = official[row["code"]].Select(r => r[parent]).ToHashSet();
            var expected = parents.Contains("CCCCC") ? ["*"] : parents;
            if (!expected.SetEquals(row["parents"] == "*" ? ["*"] : OfficialFiles.List(row["parents"]))
                || official[row["code"]].Any(r => r[type] != row["type"]))
                faults.Add(row["code"]);
        }
        Same(faults);
    }

    [Fact]
    public void Places()
    {
        OfficialFiles.Need();
        var rows = OfficialFiles.Table("carc-rarc-pos-2024-06/pos_codes.tsv", '\t').ToList();
        int code = Array.IndexOf(rows[0], "pos_code"), type = Array.IndexOf(rows[0], "pos_type");
        var official = rows[1..].Where(r => r.Length > type).DistinctBy(r => r[code])
            .ToDictionary(r => r[code], r => r[type]);
        Same([.. OfficialFiles.Starter("pos")
                .Where(r =>
                    official.GetValueOrDefault(r["code"]) != (r["facility"] == "F" ? "Facility" : "Non-Facility"))
                .Select(r => r["code"])]);
    }

    [Fact]
    public void Diagnoses_of_the_year_that_was_published()
    {
        OfficialFiles.Need();
        var table = StarterBook.Open().Diagnoses(new(2026, 3, 2))!;
        var (faults, count) = (new List<string>(), 0);
        foreach (var line in OfficialFiles.ZippedLines("icd10cm-fy2026/cms_2026_dx.zip", "icd10cm_order_2026.txt"))
        {
            var (code, standing) = (Code.Of(line[6..13].Trim()),
                line[14] == '1' ? DiagnosisStanding.Valid : DiagnosisStanding.Header);
            count++;
            if (table.Standing(code) != standing || table.Label(code) != line[16..Math.Min(76, line.Length)].Trim())
                faults.Add($"{code}");
        }
        Assert.Equal(count, table.Count);
        Same(faults);
    }

    /// <summary>
    /// The totals that CMS printed in the addenda of the years beside it, and codes whose standing changed.
    /// </summary>
    [Theory]
    [InlineData("2025-09-30", 74_260)]
    [InlineData("2025-10-01", 74_719)]
    [InlineData("2026-09-30", 74_719)]
    [InlineData("2026-10-01", 74_879)]
    [InlineData("2027-09-30", 74_879)]
    public void Billable_diagnoses(string day, int billable)
    {
        var table = StarterBook.Open().Diagnoses(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))!;
        Assert.Equal(billable,
            Enumerable.Range(0, table.Count)
            .Count(i => table[i].Traits.HasFlag(Deltoid.Codes.Packs.DiagnosisTraits.Billable)));
    }

    [Theory]
    [InlineData("2026-09-30", "M722", nameof(DiagnosisStanding.Valid))]
    [InlineData("2026-10-01", "M722", nameof(DiagnosisStanding.Header))]
    [InlineData("2026-10-01", "D691", nameof(DiagnosisStanding.Header))]
    [InlineData("2026-10-01", "Z681", nameof(DiagnosisStanding.Header))]
    [InlineData("2026-10-01", "Z87890", nameof(DiagnosisStanding.Header))]
    [InlineData("2026-09-30", "M67A01", nameof(DiagnosisStanding.Invalid))]
    [InlineData("2026-10-01", "M67A01", nameof(DiagnosisStanding.Valid))]
    [InlineData("2025-09-30", "E11A", nameof(DiagnosisStanding.Invalid))]
    [InlineData("2025-10-01", "E11A", nameof(DiagnosisStanding.Valid))]
    [InlineData("2026-03-02", "B12", nameof(DiagnosisStanding.Invalid))]
    [InlineData("2026-03-02", "Q99", nameof(DiagnosisStanding.Header))]
    public void A_diagnosis_on_its_day(string day, string code, string standing) =>
        Assert.Equal(standing,
            StarterBook.Open().Diagnoses(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))!
                .Standing(Code.Of(code)).ToString());

    [Theory]
    [InlineData("2024-09-30")]
    [InlineData("2015-03-02")]
    [InlineData("2027-10-01")]
    public void A_day_that_no_table_covers_is_not_judged_by_another_year(string day) =>
        Assert.Null(StarterBook.Open().Diagnoses(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Fact]
    public void Payment_limits()
    {
        OfficialFiles.Need();
        (string From, string Path)[] files =
        [
            ("2024-01-01", "asp-history/section 508 version of January 2024 ASP Pricing File 121223.csv"),
            ("2024-04-01", "asp-history/section 508 version of April 2024 ASP Pricing File 032124.csv"),
            ("2024-07-01", "asp-history/section 508 version of Jul 2024 ASP Pricing File 062024.csv"),
            ("2024-10-01", "asp-history/section 508 version of Oct 2024 ASP Pricing File 091824.csv"),
            ("2025-01-01", "asp-history/section 508 version of Jan 2025 ASP Pricing File 121924.csv"),
            ("2025-04-01", "asp-history/section 508 version of APR 2025 ASP Pricing File 032725.csv"),
            ("2025-07-01", "asp-history/section 508 verision of JUL 2025 ASP Pricing File 062325.csv"),
            ("2025-10-01", "asp-history/Oct 2025 ASP Pricing File updated 120925.csv"),
            ("2026-01-01",
                "asp-2026q1/section 508 version of January 2026 Medicare Part B Payment Limit File 121725.csv"),
            ("2026-07-01", "asp-2026q3-extract/july-2026-part-b-payment-limits.extract.csv"),
        ];
        var own = OfficialFiles.Starter("asp")
            .ToDictionary(static r => (r["code"], r["from"]),
                static r => (Limit: Number(r["limit"]), Coinsurance: Number(r["coinsurance"])));
        var (faults, count) = (new List<string>(), 0);
        foreach (var (from, path) in files)
            foreach (var r in OfficialFiles.Table(path)
                .Where(static r => r.Length > 4 && CodePattern().IsMatch(r[0])
                    && decimal.TryParse(r[3], NumberStyles.Any, CultureInfo.InvariantCulture, out _)))
            {
                count++;
                if (own.GetValueOrDefault((r[0], from)) != (
                    decimal.Parse(r[3], NumberStyles.Any, CultureInfo.InvariantCulture), Number(r[4])))
                    faults.Add($"{r[0]} {from}");
            }
        foreach (var r in OfficialFiles.Table("asp-2026q4/payment-limits-2026q4.transcribed.tsv", '\t').Skip(1))
        {
            count++;
            if (own.GetValueOrDefault((r[0], "2026-10-01")) != (Number(r[4]), Number(r[5])))
                faults.Add($"{r[0]} 2026-10-01");
        }
        Assert.Equal(own.Count, count);
        Same(faults);
    }

    [Fact]
    public void Hospital_rates()
    {
        OfficialFiles.Need();
        var book = StarterBook.Open();
        static string Rate(string cell) =>
            decimal.TryParse(cell.Trim(), NumberStyles.Any, CultureInfo.InvariantCulture, out var rate)
                ? $"{Money.Round(rate)}"
                : "";
        var faults = new List<string>();
        foreach (var (path, day, rate) in (ReadOnlySpan<(string, DateOnly, int)>)[
            ("opps-addendum-b-2025-10/508 version of October 2025 Web Addendum B.10.31.25.csv", new(2025, 11, 3), 5),
            ("opps-addendum-b-2026-04/addendum_b_2026-04.csv", new(2026, 5, 4), 3)
        ])
            foreach (var r in OfficialFiles.Table(path)
                .Where(static r => r.Length > 3 && CodePattern().IsMatch(r[0]) && r[0][0] != 'D')
                .DistinctBy(static r => r[0]))
                if (!book.Opps.TryGet(book.Id(Code.Of(r[0])), day.DayNumber, out var row) || row.Status != r[2].Trim()
                    || $"{row.Rate}" != Rate(r[rate].TrimStart('$', ' ')))
                    faults.Add($"{r[0]} {day}");
        Same(faults);
    }
}
