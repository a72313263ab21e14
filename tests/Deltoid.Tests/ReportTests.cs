using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Deltoid.Cli;
using Deltoid.Reports;
using Deltoid.Results;

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
