using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Deltoid.Cli;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>The figures of a month from its files.</summary>
public sealed class ReportTests
{
    static (int Exit, string Out, string Error) Run(Func<string, string[]> options)
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var (sent, back) = (Path.Combine(folder, "sent.json"), Path.Combine(folder, "back.835"));
        var (claims, payments) = GradeTests.Year();
        File.WriteAllText(sent, claims);
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("100"), "LX*1", .. payments]));
        var run = CommandLine.Run(["report", sent, back, .. options(folder)]);
        foreach (var file in Directory.GetFiles(folder, "made.*")) run.Out += Text(file);
        Directory.Delete(folder, recursive: true);
        return run;
    }

    /// <summary>A page as it is; of a workbook its sheet.</summary>
    static string Text(string file)
    {
        if (!file.EndsWith(".xlsx", StringComparison.Ordinal)) return File.ReadAllText(file);
        using var zip = ZipFile.OpenRead(file);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }

    static JsonElement Figure(JsonElement root, string measure, string by = "", string key = "") =>
        root.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("measure").GetString() == measure
            && (f.TryGetProperty("by", out var of) ? of.GetString() : "") == by
            && (f.TryGetProperty("key", out var at) ? at.GetString() : "") == key);

    /// <summary>
    /// Counted by hand from <see cref="GradeTests.Year"/>: 44 lines, of which 9 + 16 = 25 are refused; charges
    /// 12 x 110 + 20 x 40 = 2,120.00, refused 9 x 80 + 16 x 40 = 1,360.00, paid 760.00; 8 of the 25 were named; 33
    /// lines of an injection, none with a drug.
    /// </summary>
    [Fact]
    public void Counted_by_hand()
    {
        var (exit, output, error) = Run(static _ => ["--json"]);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        (string, decimal, decimal, decimal)[] expected =
        [
            ("denial-rate", 25, 44, 0.5682m), ("initial-denial-rate-dollars", 1360, 2120, 0.6415m),
            ("first-pass-resolution", 7, 32, 0.2188m), ("initial-denial-rate-claims", 25, 32, 0.7812m),
            ("preventable-denials", 8, 25, 0.32m), ("gross-collection-rate", 760, 2120, 0.3585m),
            ("admin-drug-pairing", 0, 33, 0),
        ];
        foreach (var (measure, part, whole, value) in expected)
        {
            var figure = Figure(root, measure);
            Assert.Equal((measure, part, whole, value), (measure, figure.GetProperty("numerator").GetDecimal(),
                figure.GetProperty("denominator").GetDecimal(), figure.GetProperty("value").GetDecimal()));
        }
        Assert.Equal(640m, Figure(root, "money-at-stake", "reason", "197").GetProperty("value").GetDecimal());
        Assert.Equal("fewer than 10", Figure(root, "money-at-stake", "reason", "50").GetProperty("suppressed")
            .GetString());
        foreach (var figure in root.GetProperty("figures").EnumerateArray())
            foreach (var name in (string[])["formula", "numeratorIs", "dateBasis", "leftOut"])
                Assert.NotEmpty(figure.GetProperty(name).GetString()!);
    }

    [Theory]
    [InlineData("--letter")]
    [InlineData("--csv")]
    [InlineData("--xlsx")]
    [InlineData("--html")]
    public void No_form_names_a_claim_or_patient_and_each_has_the_money(string form)
    {
        var (exit, output, error) = Run(folder => form is "--xlsx" or "--html"
            ? [form, Path.Combine(folder, "made." + form[2..])]
            : [form]);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        foreach (var name in (string[])["FIELD", "M00", "A123456", "ICN"])
            Assert.DoesNotContain(name, output, StringComparison.Ordinal);
        Assert.Contains(form is "--csv" or "--xlsx" ? "1360" : "$1,360.00", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_letter_says_what_was_lost_why_and_what_to_change()
    {
        var output = Run(static _ => ["--letter"]).Out.ReplaceLineEndings(" ");
        Assert.Contains("They refused $1,360.00 on 25 of the lines (56.8 %).", output, StringComparison.Ordinal);
        Assert.Contains("took $640.00 on 16 lines.", output, StringComparison.Ordinal);
        Assert.Contains("refused 96372 with reason 197 on 16 of 20 lines", output, StringComparison.Ordinal);
        Assert.Contains("of one month", output, StringComparison.Ordinal);
    }

    /// <summary>
    /// Counted by hand from <see cref="GradeTests.Year"/>: the last answer to M00 pays it, which overturns one refusal,
    /// so 80.00 less is open; U01 (40.00) has no answer. Open: 1,360 - 80 + 40 = 1,320 in 24 + 1 claims. Charged:
    /// 2,120 + 40 = 2,160 on one day, seen from that day: 1,320 / 2,160 of a day.
    /// </summary>
    [Theory]
    [InlineData("2026-03-02", 0.6, 0)]
    [InlineData("2026-05-30", 55, 0)] // the ninetieth day: 1,320 / (2,160 / 90)
    public void What_is_open_is_counted_on_a_day(string day, decimal days, decimal old)
    {
        var (exit, output, error) = Run(_ => ["--json", "--as-of", day]);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        using var json = JsonDocument.Parse(output);
        var open = Figure(json.RootElement, "days-in-ar");
        Assert.Equal((1320m, days), (open.GetProperty("numerator").GetDecimal(), open.GetProperty("value")
            .GetDecimal()));
        Assert.Equal(old, Figure(json.RootElement, "ar-over-90").GetProperty("value").GetDecimal());
    }

    /// <summary>What is to be done adds up to what is refused now, and to the claims that are not answered.</summary>
    [Fact]
    public void Every_refused_dollar_is_in_what_is_to_be_done()
    {
        using var json = JsonDocument.Parse(Run(static _ => ["--json", "--as-of", "2026-06-30"]).Out);
        var work = json.RootElement.GetProperty("toDo").EnumerateArray().ToList();
        Assert.Equal(1280m, work.Sum(static w => w.GetProperty("amount").GetDecimal()));
        Assert.Equal(24, work.Sum(static w => w.GetProperty("claims").GetInt32()));
        foreach (var row in work)
            foreach (var name in (string[])["what", "do"]) Assert.NotEmpty(row.GetProperty(name).GetString()!);
        var page = Run(static _ => []).Out;
        Assert.StartsWith("33 claims sent", page, StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("To do, most dollars first", StringComparison.Ordinal), 1, 400);
    }

    /// <summary>What the practice payer says it rejected and denied is what the figures count.</summary>
    [Fact]
    public void Acknowledgments_of_a_payer_are_counted()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var sent = Path.Combine(folder, "sent.837");
        File.WriteAllText(sent, X12Samples.Faulty(60, perSet: 5));
        Assert.Equal(Exit.Clean, CommandLine.Run("payer", sent, "--output", folder, "--seed", "3").Exit);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        var claims = manifest.RootElement.GetProperty("claims").EnumerateArray().ToList();
        var rejected = claims.Count(static c => c.GetProperty("decision").GetString() == "rejected");
        var taken = claims.Where(static c => c.GetProperty("payerControl").GetString()!.Length > 0)
            .Select(static c => c.GetProperty("claim").GetString()).Distinct().Count();
        var files = Directory.GetFiles(folder).Where(static f => !f.EndsWith(".json", StringComparison.Ordinal));
        var (exit, output, error) = CommandLine.Run(["report", .. files, "--json"]);
        Directory.Delete(folder, recursive: true);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.InRange(rejected, 1, 20);
        Assert.Equal((rejected, rejected + taken), (Number(root, "first-pass-rejection", "numerator"),
            Number(root, "first-pass-rejection", "denominator")));
        Assert.Equal(rejected, root.GetProperty("figures").EnumerateArray().Where(static f =>
            f.GetProperty("measure").GetString() == "first-pass-rejection" && f.TryGetProperty("by", out _))
            .Sum(static f => f.GetProperty("numerator").GetInt32()));
        Assert.Equal(12, Number(root, "file-acceptance-999", "denominator"));
        Assert.Equal(12, Number(root, "file-acceptance-999", "numerator") + Number(root, "file-rejection-999",
            "numerator"));
        Assert.True(Number(root, "jw-jz-stated", "denominator") > 0);
    }

    static int Number(JsonElement root, string measure, string of) => Figure(root, measure).GetProperty(of).GetInt32();

    const string Head = "ndc,from,thru,cost,quantity,unit\n";

    /// <summary>Costs by hand: 2 ML of 10 ML at $24.50 are $4.90; from July on $26.00, so 1.5 ML are $3.90.</summary>
    [Theory]
    [InlineData("2026-06-30", 2000, NdcUnit.ML, 490)]
    [InlineData("2026-07-01", 1500, NdcUnit.ML, 390)]
    [InlineData("2025-12-31", 2000, NdcUnit.ML, null)]
    [InlineData("2026-07-01", 1500, NdcUnit.UN, null)]
    [InlineData("2026-07-01", 0, NdcUnit.ML, null)]
    public void A_cost_holds_for_its_package_days_and_unit(string day, long thousandths, NdcUnit unit, int? cents)
    {
        var costs = DrugCosts.Read("\uFEFF" + Head + "# invoices\r\n00517-0031-25,2026-01-01,2026-06-30,24.50,10,ML\r\n"
            + "00517003125,2026-07-01,,26.00,10,ml\n");
        Assert.True(Ndc.TryParse("00517003125"u8, out var ndc));
        Assert.Equal(cents, (int?)costs.Of(ndc, Values.Days.Read(day), new Quantity(thousandths), unit)?.Cents);
        Assert.True(Ndc.TryParse("00517003126"u8, out var other));
        Assert.Null(costs.Of(other, Values.Days.Read(day), new Quantity(thousandths), unit));
    }

    [Theory]
    [InlineData("", "no cost")]
    [InlineData("a,b\n", "line 1 is no header")]
    [InlineData(Head, "no cost")]
    [InlineData(Head + "00517003125,2026-01-01,,24.50,10\n", "line 2 has 5 cells")]
    [InlineData(Head + "0051700312,2026-01-01,,24.50,10,ML\n", "no NDC")]
    [InlineData(Head + "00517003125,01/01/2026,,24.50,10,ML\n", "no date")]
    [InlineData(Head + "00517003125,2026-02-01,2026-01-01,24.50,10,ML\n", "ends before it begins")]
    [InlineData(Head + "00517003125,2026-01-01,,-24.50,10,ML\n", "no cost, quantity and unit")]
    [InlineData(Head + "00517003125,2026-01-01,,24.50,0,ML\n", "no cost, quantity and unit")]
    [InlineData(Head + "00517003125,2026-01-01,,24.50,10,vial\n", "no cost, quantity and unit")]
    [InlineData(Head + "00517003125,2026-01-01,,1,1,ML\n00517003125,2026-05-01,,1,1,ML\n", "a second cost")]
    public void A_file_of_costs_that_does_not_read_is_refused_at_its_line(string text, string says)
    {
        var fault = Assert.Throws<InputException>(() => DrugCosts.Read(text));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Try);
    }

    static string ClaimOf(int i) =>
        $$$"""{"id":"D{{{i:00}}}","payer":{"kind":"medicare","id":"05901","name":"PLAN"},"placeOfService":"11","diagnoses":["D51.0"],"lines":[{"code":"J3420","modifiers":["JZ"],"units":1,"charge":30.00,"date":"2026-03-02","diagnoses":[1],"ndc":{"code":"00517003125","unit":"ML","quantity":1}}]}""";

    static IEnumerable<string> PaymentOf(int i) =>
    [
        $"CLP*D{i:00}*1*30*8*2*MB*ICN{i}*11*1", "NM1*QC*1*FIELD*ALAN****MI*A123456", "DTM*232*20260302",
        "SVC*HC:J3420:JZ*30*8", "DTM*472*20260302", "CAS*CO*45*20", "CAS*PR*2*2",
    ];

    /// <summary>
    /// Twelve lines: paid 8.00, patient's share 2.00, cost 24.50 / 10 = 2.45. Margin 12 x 5.55 = 66.60, with the share
    /// 90.60. Payers owe 30 - 20 - 2 = 8 and paid 8. Without costs there is no margin, and the page says so.
    /// </summary>
    [Fact]
    public void The_margin_of_a_drug_is_what_was_paid_less_what_it_cost()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var (sent, back, costs) = (Path.Combine(folder, "sent.json"), Path.Combine(folder, "back.835"),
            Path.Combine(folder, "costs.csv"));
        File.WriteAllText(sent, $"[{string.Join(',', Enumerable.Range(0, 12).Select(ClaimOf))}]");
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("96"), "LX*1",
            .. Enumerable.Range(0, 12).SelectMany(PaymentOf)]));
        File.WriteAllText(costs, Head + "00517003125,2026-01-01,,24.50,10,ML\n");
        var (exit, output, error) = CommandLine.Run("report", sent, back, "--json", "--costs", costs);
        var without = CommandLine.Run("report", sent, back).Out;
        Directory.Delete(folder, recursive: true);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        (string, string, string, decimal)[] expected =
        [
            ("drug-margin", "", "", 66.60m), ("drug-margin", "package", "00517003125", 66.60m),
            ("drug-margin-with-share", "", "", 90.60m), ("drug-cost-known", "", "", 1),
            ("net-collection-rate", "", "", 1), ("jw-jz-stated", "", "", 1),
        ];
        foreach (var (measure, by, key, value) in expected)
            Assert.Equal((measure, value), (measure, Figure(root, measure, by, key).GetProperty("value").GetDecimal()));
        Assert.Contains("Drug margin: not computed", without, StringComparison.Ordinal);
        Assert.DoesNotContain("drug-margin", without, StringComparison.Ordinal);
    }

    /// <summary>Text has a contrast of 4.5 or more, bars of 3, in each set of colors (WCAG 2.2 AA).</summary>
    [Fact]
    public void Colors_of_a_page_can_be_read()
    {
        Dictionary<string, string> Colors(string block) => Regex.Matches(block, "--(\\w+):(#[0-9a-f]{3,6})")
            .ToDictionary(static m => m.Groups[1].Value, static m => m.Groups[2].Value);
        var blocks = Regex.Matches(HtmlPage.Style.ReplaceLineEndings(""), ":root\\{([^}]*)\\}")
            .Select(m => Colors(m.Groups[1].Value)).Where(static b => b.Count > 0).ToList();
        Assert.Equal(5, blocks.Count);
        Dictionary<string, string> Over(params int[] layers) => layers.SelectMany(i => blocks[i])
            .GroupBy(static c => c.Key).ToDictionary(static g => g.Key, static g => g.Last().Value);
        Dictionary<string, string>[] all = [Over(0), Over(0, 1), Over(0, 2), Over(0, 1, 2, 3), Over(0, 4)];
        foreach (var colors in all)
            foreach (var paper in (string[])["paper", "stripe"])
                foreach (var (name, least) in ((string, double)[])[("ink", 4.5), ("soft", 4.5), ("bar", 3), ("bad", 3)])
                    Assert.True(Contrast(colors[name], colors[paper]) >= least,
                        $"{name} {colors[name]} on {colors[paper]}");
    }

    /// <summary>The contrast ratio of two colors (WCAG 2.2, relative luminance).</summary>
    internal static double Contrast(string one, string two)
    {
        var (left, right) = (Luminance(one), Luminance(two));
        return (Math.Max(left, right) + 0.05) / (Math.Min(left, right) + 0.05);
    }

    static double Luminance(string color)
    {
        var digits = color[1..];
        if (digits.Length == 3) digits = string.Concat(digits.Select(static d => $"{d}{d}"));
        double Channel(int at)
        {
            var part = Convert.ToInt32(digits[at..(at + 2)], 16) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    /// <summary>A page has its words in a language, a heading of each level, tables with heads, plots with a text and a
    /// table twin, and loads nothing.</summary>
    [Fact]
    public void A_page_can_be_read_by_ear()
    {
        var html = Run(static folder => ["--html", Path.Combine(folder, "made.html")]).Out;
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "<h1>"));
        Assert.Equal(Regex.Count(html, "<table"), Regex.Count(html, "<thead><tr><th scope=\"col\""));
        Assert.DoesNotMatch("<td><td>|<tr><td", html);
        var plots = Regex.Count(html, "<svg[^>]*role=\"img\"[^>]*aria-label=\"[^\"]+\"");
        Assert.True(plots > 0 && plots == Regex.Count(html, "<svg") && plots == Regex.Count(html, "</svg>\n<div"));
        Assert.DoesNotMatch("(src|href)=|url\\(|@import|<script", html);
    }

    /// <summary>A spreadsheet takes none of these for a formula, and the parts are well-formed.</summary>
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+A1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("<a href=\"x\">&")]
    [InlineData("\u0001\uFFFEtab\t")]
    public void A_text_of_a_workbook_stays_a_text(string text)
    {
        var bytes = Xlsx.Write("a<b", [[text, 12.5m, null]]);
        Assert.Equal(bytes, Xlsx.Write("a<b", [[text, 12.5m, null]]));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
            using (var part = entry.Open()) Assert.NotNull(XDocument.Load(part).Root);
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var cells = XDocument.Load(sheet).Descendants().Where(static e => e.Name.LocalName == "c").ToList();
        Assert.Equal(("inlineStr", null, 2), ((string?)cells[0].Attribute("t"), (string?)cells[1].Attribute("t"),
            cells.Count));
        Assert.Equal(text.Replace("\u0001\uFFFE", "", StringComparison.Ordinal), cells[0].Value);
        Assert.DoesNotContain(cells, static c => c.Elements().Any(static e => e.Name.LocalName == "f"));
    }

    [Theory]
    [InlineData(new[] { 5 }, "5")]
    [InlineData(new[] { 9, 1, 5 }, "5")]
    [InlineData(new[] { 4, 1, 2, 9 }, "3")]
    [InlineData(new[] { 1, 2 }, "1.5")]
    public void The_median_is_the_middle(int[] days, string median) =>
        Assert.Equal(median, Figures.Median([.. days]).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
