using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>
/// A book compiled of every official file beside this clone gives the answers that were read off those files by hand.
/// </summary>
public sealed class KnownAnswersTests
{
    static readonly Lazy<(Compiler Compiler, CodeBook Book)> Compiled = new(static () =>
    {
        var compiler = new Compiler(static _ => { });
        compiler.Read(new Intake(CancellationToken.None).Of([OfficialFiles.Folder]));
        return (compiler, StarterBook.Under(Pack.Of(compiler.Write(null))));
    });

    static CodeBook Book
    {
        get
        {
            OfficialFiles.Need();
            return Compiled.Value.Book;
        }
    }

    static Code Of(string code) => Code.Of(code);

    [Fact]
    public void Every_file_is_read_or_left_with_a_reason_and_the_made_up_one_is_refused()
    {
        OfficialFiles.Need();
        var files = Compiled.Value.Compiler.Files;
        Assert.True(files.Count > 60);
        string[] madeUp = File.Exists(OfficialFiles.At("pfs-rvu26c/GPCI2026.csv")) ? ["pfs-rvu26c/GPCI2026.csv"] : [];
        Assert.Equal(madeUp, files.Where(static f => f.Fate == Fate.Refused).Select(static f => f.Path));
        foreach (var refused in files.Where(static f => f.Fate == Fate.Refused))
            foreach (var witness in (string[])["ZIP5_OCT2025.txt", "pfs-rvu26b/GPCI2026.csv",
                "pfs-rvu25d/GPCI2025.csv"])
                Assert.Contains(witness, refused.Why, StringComparison.Ordinal);
        Assert.All(files.Where(static f => f.Fate == Fate.Left), static f => Assert.NotEmpty(f.Why));
        Assert.Equal(["adjustment-codes", "asp-limit", "asp-limit-extract", "asp-ndc", "cdc-vaccine", "cdc-vaccine-ndc",
                "cms-code-system", "hcpcs", "icd10cm", "ncci-add-on", "ncci-mue-dme", "ncci-mue-outpatient",
                "ncci-mue-practitioner", "ncci-pairs-extract", "ncci-ptp-practitioner", "ncci-units-extract",
                "nucc-taxonomy", "opps-addendum-b", "pfs-cap", "pfs-gpci", "pfs-rvu", "zip-locality"],
            files.Where(static f => f.Fate == Fate.Read).Select(static f => f.Table!.Name).Distinct()
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("96372", "99213", "2026-10-05", "1")]
    [InlineData("96372", "99213", "2020-05-05", "none")] // the gap of 2020
    [InlineData("96372", "99211", "2026-10-05", "0")]
    [InlineData("99223", "96372", "2026-10-05", "1")] // the visit is column one
    [InlineData("99285", "96372", "2026-10-05", "1")]
    [InlineData("99232", "96372", "2026-10-05", "0")]
    [InlineData("96374", "96372", "2026-10-05", "1")]
    [InlineData("20611", "96372", "2026-10-05", "1")]
    [InlineData("90471", "99211", "2021-09-30", "0")]
    [InlineData("90471", "99211", "2021-10-01", "1")]
    [InlineData("90471", "96372", "2026-10-05", "none")]
    [InlineData("96372", "96375", "2026-10-05", "none")]
    public void Pairs_on_their_day(string one, string two, string day, string indicator) =>
        Assert.Equal(indicator,
            Book.TryPair(Of(one), Of(two), DateOnly.Parse(day), hospital: false, out var row)
                ? $"{row.Indicator}"
                : "none");

    [Fact]
    public void The_hospital_table_has_99211_with_indicator_1() =>
        Assert.True(Book.TryPair(Of("96372"), Of("99211"), new(2026, 10, 5), hospital: true, out var row)
            && row.Indicator == 1);

    [Fact]
    public void The_unit_limit_of_96372_is_4_by_the_day() =>
        Assert.True(Book.TryUnitLimit(Book.Id(Of("96372")), new(2026, 10, 5), outpatient: false, out var row)
            && row is { Limit: 4, Mai: 3 }
            && Book.SourceId(row.Source).StartsWith("ncci-2026-extract", StringComparison.Ordinal));

    [Theory]
    [InlineData("96372", "2026-03-02", 0.17, 0.28, 0.01, 5)]
    [InlineData("96372", "2025-03-02", 0.17, 0.25, 0.01, 5)]
    [InlineData("96365", "2026-03-02", 0.21, 1.76, 0.04, 5)]
    [InlineData("20610", "2026-03-02", 0.77, 1.16, 0.13, 0)]
    public void Fees_are_those_of_the_year(string code, string day, decimal work, decimal practice, decimal malpractice,
        int pcTc)
    {
        Assert.True(Book.TryFee(Of(code), DateOnly.Parse(day), out var fee));
        Assert.Equal((work, practice, malpractice, pcTc),
            (fee.Work, fee.PracticeNonFacility, fee.Malpractice, fee.PcTc));
        Assert.Contains("PPRRVU" + day[..4], Book.SourceId(fee.Source), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("J1030", "2024-03-31", true)]
    [InlineData("J1030", "2024-04-01", false)]
    [InlineData("J2310", "2025-06-30", true)]
    [InlineData("J2310", "2025-07-01", false)] // the file of 2024 did not know it
    [InlineData("J1010", "2026-03-02", true)]
    [InlineData("J3140", "2019-06-30", false)]
    [InlineData("99213", "2026-03-02", true)]
    [InlineData("J9999", "2026-03-02", true)]
    public void Codes_are_in_force_on_their_days(string code, string day, bool isIn) =>
        Assert.Equal(isIn, Book.TryCode(Of(code), DateOnly.Parse(day), out _));

    [Fact]
    public void All_diagnoses_are_there()
    {
        var table = Book.Diagnoses(new(2026, 3, 2))!;
        Assert.Equal((98_186, 74_719),
            (table.Count,
                Enumerable.Range(0, table.Count).Count(i => table[i].Traits.HasFlag(DiagnosisTraits.Billable))));
        Assert.Equal((DiagnosisStanding.Header, DiagnosisStanding.Valid, DiagnosisStanding.Invalid),
            (table.Standing(Of("M751")), table.Standing(Of("M75100")), table.Standing(Of("M7519"))));
    }

    [Fact]
    public void Diagnoses_of_2027_are_those_of_2026_with_their_addenda()
    {
        var table = Book.Diagnoses(new(2026, 10, 5))!;
        Assert.Equal((98_403, 74_879),
            (table.Count,
                Enumerable.Range(0, table.Count).Count(i => table[i].Traits.HasFlag(DiagnosisTraits.Billable))));
        Assert.Equal((DiagnosisStanding.Header, DiagnosisStanding.Valid, DiagnosisStanding.Valid),
            (table.Standing(Of("M722")), table.Standing(Of("M67A01")),
                Book.Diagnoses(new(2026, 9, 30))!.Standing(Of("M722"))));
    }

    [Theory]
    [InlineData("96372", 4)]
    [InlineData("96377", 1)]
    [InlineData("J9260", 400)] // 20 in 2024
    [InlineData("J1010", 160)]
    public void Unit_limits_of_the_summer_of_2026(string code, int limit) =>
        Assert.True(Book.TryUnitLimit(Book.Id(Of(code)), new(2026, 8, 3), outpatient: false, out var row)
            && row.Limit == limit, $"{row.Limit}");

    [Fact]
    public void No_shipped_code_is_contradicted()
    {
        // the shipped rows were read off the same files, so the compiled book must not contradict one
        var shipped = StarterBook.Open();
        var day = new DateOnly(2026, 8, 3).DayNumber;
        var others = new List<string>();
        for (var id = 0; id < shipped.CodeCount; id++)
        {
            var code = shipped[id];
            var (isIn, wasIn) = (Book.Codes.TryGet(Book.Id(code), day, out var now),
                shipped.Codes.TryGet(id, day, out var before));
            if (isIn != wasIn || (isIn && (now.Groups != before.Groups || now.Kind != before.Kind)))
                others.Add($"{code}: {(wasIn ? "in" : "out")} and now {(isIn ? "in" : "out")}");
        }
        Assert.True(others.Count == 0, string.Join("\n", others.Take(40)));
    }

    [Fact]
    public void Units_read_off_official_texts_are_those_that_were_typed_in()
    {
        OfficialFiles.Need();
        var (shipped, others, same) = (StarterBook.Open(), new List<string>(), 0);
        foreach (ref readonly var row in Book.Pack!.Column<HcpcsRow>("hcpcs").Span)
        {
            var code = Book.Pack.CodeOf(row.Id);
            if (shipped.BillingUnits[shipped.Id(code)] is not [.., var ours] || ours.IsPerDose
                || !CodeBookBuilder.TryUnit(Book.Pack.TextOf(row.Long), out var unit, out var upTo))
                continue;
            if (unit.IsComparableTo(ours.Unit) && unit.Base == ours.Unit.Base && upTo == ours.UpTo) same++;
            else others.Add($"{code} {ours.Unit} {ours.UpTo}: {unit} {upTo} of '{Book.Pack.TextOf(row.Long)}'");
        }
        Assert.True(same > 900 && others.Count == 0, $"{same} alike\n{string.Join("\n", others.Take(30))}");
    }
}
