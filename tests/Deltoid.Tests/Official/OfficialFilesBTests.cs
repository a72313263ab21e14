using System.Text;
using System.Xml.Linq;
using Deltoid.Books;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>
/// The published files (../shared/data), read into one book: how many rows they have, and what is known of some.
/// </summary>
public sealed class OfficialFilesBTests
{
    static readonly string[] Folders =
        ["asp-2026q3-extract", "opps-addendum-b-2026-04", "icd10cm-fy2026", "ncci-2024q3-derived/aoc.tsv",
            "ncci-2026-extract", "cdc-vaccine-codes-2025-12", "nucc-taxonomy-25.0", "cms-bfd-codesystems",
            "carc-rarc-pos-2024-06"];

    static readonly Lazy<(List<FileReport> Files, OneFile Book)> Read = new(static () =>
    {
        var compiler = new Compiler(static _ => { });
        compiler.Read(new Intake(CancellationToken.None).Of(Folders.Select(OfficialFiles.At)));
        return (compiler.Files, new OneFile(compiler.Files[0], Pack.Of(compiler.Write(null))));
    });

    static OneFile Book
    {
        get
        {
            OfficialFiles.Need();
            return Read.Value.Book;
        }
    }

    static FileReport File(string ending)
    {
        OfficialFiles.Need();
        return Assert.Single(Read.Value.Files, f => f.Path.EndsWith(ending, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("july-2026-part-b-payment-limits.extract.csv", "asp-limit", "2026 JUL", 75)]
    [InlineData("asp-ndc-hcpcs-crosswalk.header+rows.csv", "asp-ndc", "2026 JUL", 8)]
    [InlineData("addendum_b_2026-04.csv", "opps-addendum-b", "2026-04", 19_059)]
    [InlineData("icd10cm_order_2026.txt", "icd10cm", "FY2026", 98_186)]
    [InlineData("aoc.tsv", "ncci-add-on", "", 7_465)]
    [InlineData("ptp_v323r0_injection_pairs.csv", "ncci-pairs-extract", "2026Q4", 51)]
    [InlineData("mue_2026q3_q4_injection_codes.csv", "ncci-units-extract", "2026Q4", 22)]
    [InlineData("ccipra-v322r0-f1.header+rows.excerpt.txt", "ncci-ptp-practitioner", "v32.2", 6)]
    [InlineData("MCR_MUE_PractitionerServices_Eff_10-01-2026.header+rows.excerpt.csv", "ncci-mue-practitioner",
        "2026-10-01", 6)]
    [InlineData("cpt.xml", "cdc-vaccine", "", 168)]
    [InlineData("NDC_Unit_sale.txt", "cdc-vaccine-ndc", "unit of sale", 560)]
    [InlineData("NDC_Unit_use.txt", "cdc-vaccine-ndc", "unit of use", 510)]
    [InlineData("nucc_taxonomy_250.csv", "nucc-taxonomy", "25.0", 879)]
    [InlineData("CodeSystem-ANSI-GRP-CD.fsh", "cms-code-system", "ANSI_GRP_CD", 5)]
    [InlineData("CodeSystem-ANSI-RSN-CD.fsh", "cms-code-system", "ANSI_RSN_CD", 407)]
    [InlineData("CodeSystem-CLM-CNTRCTR-NUM.fsh", "cms-code-system", "CLM_CNTRCTR_NUM", 149)]
    [InlineData("CodeSystem-CLM-POS-CD.fsh", "cms-code-system", "CLM_POS_CD", 100)]
    [InlineData("CodeSystem-CLM-PRCNG-LCLTY-CD.fsh", "cms-code-system", "CLM_PRCNG_LCLTY_CD", 89)]
    [InlineData("CodeSystem-CLM-PRVDR-SPCLTY-CD.fsh", "cms-code-system", "CLM_PRVDR_SPCLTY_CD", 151)]
    public void Every_row_of_a_table_is_read(string file, string table, string release, int rows)
    {
        var report = File(file);
        Assert.Equal((Fate.Read, table, release, rows),
            (report.Fate, report.Table?.Name, report.Release?.Name, report.Rows));
    }

    [Fact]
    public void Only_known_junk_is_left_out()
    {
        Assert.Equal("A9606 has no payment limit",
            Assert.Single(File("part-b-payment-limits.extract.csv").Release!.Reported).Why);
        Assert.Equal("J7331 has an NDC that is not 5-4-2",
            Assert.Single(File("crosswalk.header+rows.csv").Release!.Reported).Why);
        Assert.Equal(2, Read.Value.Files.Sum(f => f.Release?.Refused ?? 0));
        Assert.Empty(Read.Value.Files.Where(f => f.Fate == Fate.Refused).Select(f => $"{f.Path}: {f.Why}"));
        Assert.DoesNotContain(Read.Value.Files, f => f.Fate == Fate.Left && f.Why == "");
    }

    [Fact]
    public void Diagnoses_are_whole()
    {
        var (codes, flags) = (Book.Rows<ulong>("icd"), Book.Rows<DiagnosisTraits>("icd:flag"));
        Assert.Equal(74_719, flags.Count(f => f.HasFlag(DiagnosisTraits.Billable)));
        DiagnosisTraits Of(string code) => flags[Array.BinarySearch(codes, Code.Of(code).Packed)];
        Assert.Equal(DiagnosisTraits.None, Of("M751"));
        Assert.Equal(DiagnosisTraits.Billable | DiagnosisTraits.Unspecified | DiagnosisTraits.SideUnspecified,
            Of("M75.100"));
        Assert.Equal(DiagnosisTraits.Billable | DiagnosisTraits.Left, Of("M54.42"));
        Assert.Equal(DiagnosisTraits.Billable | DiagnosisTraits.Manifestation, Of("D63.8"));
        Assert.Equal(DiagnosisTraits.Billable, Of("B95.0"));
        Assert.InRange(flags.Count(f => f.HasFlag(DiagnosisTraits.SideUnspecified)), 10_000, 15_000);
    }

    [Fact]
    public void Asp_is_as_published()
    {
        Assert.Equal(18.883m, Book.Row<AspLimitRow>("asp", "J2315").Coinsurance.Value);
        Assert.Equal(4.525m, Book.Row<AspLimitRow>("asp", "J2315").Limit.Value);
        Assert.Equal(["Q5105", "Q5106"],
            Book.Rows<NdcCodeRow>("ndc-code").Where(r => r.Ndc == 69130510).Select(r => Book.CodeOf(r).ToString())
                .Order());
    }

    [Fact]
    public void Addendum_b_is_as_published()
    {
        var (injection, visit) = (Book.Row<AddendumRow>("opps", "96372"), Book.Row<AddendumRow>("opps", "G0463"));
        Assert.Equal(("Q1", 73.56m, "J2", 136.02m),
            (Cell.Of(injection.Status, 2), injection.Rate.Value, Cell.Of(visit.Status, 2), visit.Rate.Value));
        Assert.Equal(OneFile.Days("2026-04-01", "2026-06-30"), visit.Dates);
    }

    [Fact]
    public void Pairs_are_as_published()
    {
        Codes.PairRow Now(string two) =>
            Assert.Single(Book.Pairs("96372", two), p => p.Dates.Contains(new DateOnly(2026, 11, 1)));
        Assert.Equal((0, new DateOnly(2020, 10, 1)), (Now("99211").Indicator, Now("99211").Dates.From!.Value));
        Assert.Equal((1, new DateOnly(2020, 10, 1)), (Now("99213").Indicator, Now("99213").Dates.From!.Value));
        Assert.Equal(44, Book.Rows<AddOnPairRow>("addon").Count(r => r.Parent == -1));
        Assert.All(Read.Value.Files.Where(f => f.Table?.Name.StartsWith("ncci-", StringComparison.Ordinal) == true
            && f.Table.Name != "ncci-add-on"),
            f => Assert.False(Book.Pack.Manifest.Sources.First(s => s.File == f.Path).IsWhole));
    }

    [Fact]
    public void Vaccines_have_their_packages()
    {
        Assert.Equal(140, Book.Row<VaccineRow>("vaccine", "90656").Cvx);
        Assert.Contains(Book.Rows<PackageRow>("package"), p => p.Ndc == 49281042550 && p.Cvx == 140);
    }

    /// <summary>
    /// The descriptors are known from the files themselves, so that none stands here. Short ones are words that anybody
    /// uses ("Corneal transplant" in ICD-10-CM).
    /// </summary>
    [Fact]
    public void No_descriptor_of_ama_is_in_the_book()
    {
        var all = Encoding.UTF8.GetString(Book.Pack.Column<byte>("text").Span);
        var descriptors = Descriptors().Where(d => d.Length > 21).ToArray();
        Assert.InRange(descriptors.Length, 500, 2_000);
        Assert.DoesNotContain(descriptors, d => all.Contains(d, StringComparison.Ordinal));
    }

    static IEnumerable<string> Descriptors()
    {
        var xml = XDocument.Load(OfficialFiles.At("cdc-vaccine-codes-2025-12/cpt.xml"));
        foreach (var name in xml.Descendants("Name").Where(n => n.Value == "CPT Desc"))
            yield return name.ElementsAfterSelf("Value").First().Value.Trim();
        foreach (var (i, row) in FiveDigits("opps-addendum-b-2026-04/addendum_b_2026-04.csv").Index())
            if (i % 16 == 0) yield return row[1];
        foreach (var row in FiveDigits("asp-2026q3-extract/july-2026-part-b-payment-limits.extract.csv").Concat(
            FiveDigits("asp-2026q3-extract/asp-ndc-hcpcs-crosswalk.header+rows.csv")))
            yield return row[1];
    }

    static IEnumerable<string[]> FiveDigits(string path) =>
        OfficialFiles.Table(path).Where(static r => r[0].Length == 5 && r[0].All(char.IsAsciiDigit));
}
