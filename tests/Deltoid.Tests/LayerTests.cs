using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Official rows over the shipped ones: which says what on which day, and who is named for it.</summary>
public sealed class LayerTests
{
    static readonly DateOnly Shipped = StarterBook.Release;

    static Code Code(string code) => Values.Code.Of(code);

    static DateOnly Day(string day) => DateOnly.Parse(day);

    /// <summary>A book of one table.</summary>
    static CodeBook Book(string table, DateRange covers, bool isWhole, Action<PackDraft> fill) =>
        Book((table, covers, isWhole, fill));

    static CodeBook Book(params (string Table, DateRange Covers, bool IsWhole, Action<PackDraft> Fill)[] sources)
    {
        var draft = new PackDraft();
        foreach (var (table, covers, isWhole, fill) in sources)
        {
            fill(draft);
            draft.Sources.Add(new(table, table, $"{table}.{draft.Sources.Count}.txt", "00", "", covers, 1, isWhole,
                false));
        }
        return StarterBook.Under(Pack.Of(draft.Write()));
    }

    static DateRange Days(string from, string thru) => DateRange.Of(Day(from), thru.Length == 0 ? null : Day(thru));

    static void Hcpcs(PackDraft draft, string code, string from, string thru,
        string label = "a drug") =>
        draft.Hcpcs.Add(new(draft.Id(Code(code)), Days(from, thru), 0, draft.Text(label), default, 0, 0, 0,
            ('5' << 8) | '1', (byte)'D', (byte)draft.Sources.Count));

    static string SourceOf(CodeBook book, string code, string day) =>
        book.TryCode(Code(code), Day(day), out var row) ? book.SourceId(row.Source) : "none";

    [Fact]
    public void A_release_ends_a_code_that_the_shipped_rows_leave_open()
    {
        var book = Book("hcpcs", Days("2027-01-01", "2027-03-31"), true,
            static d => Hcpcs(d, "J1885", "1990-01-01", "2026-12-31"));
        Assert.Equal("hcpcs.0.txt", SourceOf(book, "J1885", "2026-12-31"));
        Assert.Equal("none", SourceOf(book, "J1885", "2027-01-01"));
        Assert.True(book.TryCode(Code("J1885"), Day("2026-12-31"), out var row) && row.Kind == CodeKind.Drug
            && row.Groups.HasAny(Group.DrugCode) && book.LabelOf(row).Length > 0);
    }

    [Fact]
    public void An_old_release_does_not_bring_back_what_newer_rows_ended()
    {
        // J1030 ended 2024-03-31; the file of 2019 did not know that
        var book = Book("hcpcs", Days("2019-01-01", "2019-12-31"), true,
            static d => Hcpcs(d, "J1030", "1986-01-01", ""));
        Assert.Equal("hcpcs.0.txt", SourceOf(book, "J1030", "2019-06-30"));
        Assert.Equal("HCP26", SourceOf(book, "J1030", "2024-03-31").Split(':')[0]);
        Assert.Equal("none", SourceOf(book, "J1030", "2024-04-01"));
    }

    [Fact]
    public void Of_two_releases_each_decides_for_its_days_and_the_newest_goes_on()
    {
        var book = Book(
            ("hcpcs", Days("2019-01-01", "2019-12-31"), true, static d =>
            {
                Hcpcs(d, "J1885", "1990-01-01", "");
                Hcpcs(d, "J9998", "2019-01-01", "");
            }),
            ("hcpcs", Days("2027-01-01", "2027-03-31"), true, static d =>
            {
                Hcpcs(d, "J1885", "1990-01-01", "");
                Hcpcs(d, "J9997", "2027-01-01", "", "a new drug");
            }));
        Assert.Equal("hcpcs.1.txt", SourceOf(book, "J1885", "2019-06-30")); // it carries the history
        Assert.Equal("hcpcs.1.txt", SourceOf(book, "J1885", "2031-06-30"));
        Assert.Equal("hcpcs.0.txt", SourceOf(book, "J9998", "2019-06-30"));
        Assert.Equal("none", SourceOf(book, "J9998", "2020-01-01"));
        Assert.True(book.TryCode(Code("J9997"), Day("2027-01-01"), out var row) && book.LabelOf(row) == "a new drug"
            && row.Kind == CodeKind.Drug);
    }

    [Fact]
    public void What_a_whole_release_does_not_have_is_not_in_force()
    {
        var book = Book("hcpcs", Days("2027-01-01", "2027-03-31"), true,
            static d => Hcpcs(d, "J1885", "1990-01-01", ""));
        Assert.Equal("none", SourceOf(book, "J3420", "2026-06-30"));
        Assert.NotEqual("none", SourceOf(book, "96372", "2026-06-30")); // no matter of the HCPCS file
        var excerpt = Book("hcpcs", Days("2027-01-01", "2027-03-31"), false,
            static d => Hcpcs(d, "J1885", "1990-01-01", ""));
        Assert.NotEqual("none", SourceOf(excerpt, "J3420", "2026-06-30"));
    }

    [Fact]
    public void A_newer_unit_limit_goes_on_and_an_older_one_yields()
    {
        static void Limit(PackDraft draft, int limit, string from) =>
            draft.Mues.Add(new(draft.Id(Code("96372")), Days(from, ""), limit, 0, 3, (byte)draft.Sources.Count));
        static int At(CodeBook book, string day) =>
            book.TryUnitLimit(book.Id(Code("96372")), Day(day), false, out var row) ? row.Limit : -1;
        var newer = Book("ncci-mue-practitioner", Days("2027-01-01", "2027-03-31"), false,
            static d => Limit(d, 7, "2027-01-01"));
        Assert.Equal(7, At(newer, "2027-02-01"));
        Assert.Equal(7, At(newer, "2029-02-01"));
        var older = Book("ncci-mue-practitioner", Days("2025-01-01", "2025-03-31"), false,
            static d => Limit(d, 7, "2025-01-01"));
        Assert.Equal(7, At(older, "2025-02-01"));
        Assert.Equal(4, At(older, "2026-10-01"));
        var both = Book(("ncci-mue-practitioner", Days("2027-01-01", "2027-03-31"), false,
                static d => Limit(d, 7, "2027-01-01")),
            ("ncci-mue-practitioner", Days("2027-04-01", "2027-06-30"), false, static d => Limit(d, 9, "2027-04-01")));
        Assert.Equal((7, 9, 9), (At(both, "2027-03-31"), At(both, "2027-04-01"), At(both, "2030-01-01")));
    }

    [Fact]
    public void A_year_of_fees_reaches_back_to_its_first_day_when_nothing_earlier_of_it_is_here()
    {
        static void Fee(PackDraft draft, int practice) =>
            draft.Rvus.Add(
                    new() { Id = draft.Id(Code("96372")), Dates = Days("2026-07-01", "2026-12-31"),
                        Work = Rate.Of(0.17m), PracticeNonFacility = new(practice * 100), Malpractice = Rate.Of(0.01m),
                        Status = (byte)'A', PcTc = 5, Source = (byte)draft.Sources.Count });
        var book = Book("pfs-rvu", Days("2026-07-01", "2026-12-31"), false, static d => Fee(d, 99));
        Assert.True(book.TryFee(Code("96372"), Day("2026-01-01"), out var fee) && fee.PracticeNonFacility == 0.99m);
        // the shipped row of the year before
        Assert.True(book.TryFee(Code("96372"), Day("2025-12-31"), out fee) && fee.PracticeNonFacility == 0.25m);
        var two = Book(("pfs-rvu", Days("2026-04-01", "2026-12-31"), false, static d => Fee(d, 88)),
            ("pfs-rvu", Days("2026-07-01", "2026-12-31"), false, static d => Fee(d, 99)));
        Assert.True(two.TryFee(Code("96372"), Day("2026-06-30"), out fee) && fee.PracticeNonFacility == 0.88m);
        Assert.True(two.TryFee(Code("96372"), Day("2026-07-01"), out fee) && fee.PracticeNonFacility == 0.99m);
    }

    [Fact]
    public void A_payment_limit_ends_with_its_quarter()
    {
        var book = Book("asp-limit", Days("2027-01-01", "2027-03-31"), false,
            static d => d.AspLimits.Add(new(d.Id(Code("J1885")), Days("2027-01-01", "2027-03-31"), Rate.Of(1.5m),
                Rate.Of(20), default, 0)));
        Assert.True(book.AspLimits.TryGet(book.Id(Code("J1885")), Day("2027-03-31").DayNumber, out var row)
            && row.Limit == 1.5m);
        Assert.False(book.AspLimits.TryGet(book.Id(Code("J1885")), Day("2027-04-01").DayNumber, out _));
        Assert.True(book.AspLimits.TryGet(book.Id(Code("J1885")), Day("2026-08-01").DayNumber, out row)
            && book.SourceId(row.Source) == "ASP26");
    }

    [Fact]
    public void A_pair_of_an_excerpt_replaces_its_own_and_a_whole_table_all()
    {
        static void Pairs(PackDraft d) =>
            d.PractitionerPairs.Add(Code("96372"), Code("99213"), new(Days("2027-01-01", ""), 0, 0));
        static string At(CodeBook book, string one, string two, string day) =>
            book.TryPair(Code(one), Code(two), Day(day), hospital: false, out var row) ? $"{row.Indicator}" : "none";
        var excerpt = Book("ncci-ptp-practitioner", Days("2027-01-01", "2027-03-31"), false, Pairs);
        Assert.Equal(("0", "none", "0"),
            (At(excerpt, "96372", "99213", "2027-01-01"), At(excerpt, "96372", "99213", "2026-12-31"),
                At(excerpt, "96372", "99211", "2026-03-02")));
        var whole = Book("ncci-ptp-practitioner", Days("2027-01-01", "2027-03-31"), true, Pairs);
        Assert.Equal(("0", "none"),
            (At(whole, "96372", "99213", "2027-01-01"), At(whole, "96372", "99211", "2026-03-02")));
        Assert.True(whole.TryCode(Code("99213"), Day("2026-03-02"), out var row) && row.Groups.HasAny(Group.HasPairs));
    }

    [Fact]
    public void Diagnoses_are_those_of_the_fiscal_year()
    {
        static void Year(PackDraft draft, params string[] codes)
        {
            foreach (var code in codes)
                draft.Diagnoses.Add(Code(code), DiagnosisTraits.Billable, draft.Text("label " + code),
                    (byte)draft.Sources.Count);
        }
        var book = Book(("icd10cm", Days("2026-10-01", "2027-09-30"), true, static d => Year(d, "A540", "Z9990")),
            ("icd10cm", Days("2027-10-01", "2028-09-30"), true, static d => Year(d, "A540", "Z9991")));
        Assert.Equal(DiagnosisStanding.Valid, book.Diagnoses(Day("2027-09-30"))!.Standing(Code("Z9990")));
        Assert.Equal(DiagnosisStanding.Invalid, book.Diagnoses(Day("2027-10-01"))!.Standing(Code("Z9990")));
        Assert.Null(book.Diagnoses(Day("2031-01-01"))); // a year is not judged by an earlier one
        // the shipped rows of the year before
        Assert.Equal(DiagnosisStanding.Valid, book.Diagnoses(Day("2026-03-02"))!.Standing(Code("M5450")));
        // a whole year says what there is
        Assert.Equal(DiagnosisStanding.Invalid, book.Diagnoses(Day("2027-01-01"))!.Standing(Code("M5450")));
    }

    [Fact]
    public void What_a_result_was_judged_by_is_in_its_version()
    {
        var book = Book("ncci-mue-practitioner", Days("2027-01-01", "2027-03-31"), false,
            static d => d.Mues.Add(new(d.Id(Code("96372")), Days("2027-01-01", ""), 7, 0, 3, 0)));
        Assert.Matches("^2027-01-01\\+[0-9a-f]{8}\\+starter\\.[0-9]+$", book.Version);
        Assert.Equal(Day("2027-01-01"), book.Release);
        Assert.True(Shipped < book.Release);
    }

    [Fact]
    public void A_drug_that_is_new_to_us_has_its_unit_and_an_ended_one_its_successor()
    {
        var book = Book("hcpcs", Days("2027-01-01", "2027-03-31"), true, static d =>
        {
            var dates = Days("2026-01-01", "2026-12-31");
            d.Hcpcs.Add(new(d.Id(Code("J9997")), dates, 0, d.Text("a drug"),
                d.Text("Injection, a drug, with much said of it, per 1,000 mcg"), Code("J9998").Packed, 0, 0, 0,
                (byte)'D', 0));
            d.Hcpcs.Add(new(d.Id(Code("J9998")), Days("2027-01-01", ""), 0, d.Text("a drug"),
                d.Text("Injection, a drug, up to 1 mg"), 0, 0, 0, 0, (byte)'D', 0));
            d.Hcpcs.Add(new(d.Id(Code("J9996")), Days("2027-01-01", ""), 0, d.Text("a dose"),
                d.Text("Injection, a drug, per dose"), 0, 0, 0, 0, (byte)'D', 0));
        });
        Assert.True(book.TryUnit(Code("J9997"), Day("2026-06-01"), out var old) && !old.UpTo);
        Assert.True(book.TryUnit(Code("J9998"), Day("2027-06-01"), out var now) && now.UpTo
            && now.Unit.Base == old.Unit.Base);
        Assert.False(book.TryUnit(Code("J9996"), Day("2027-06-01"), out _));
        Assert.Equal([Code("J9998")], book.Successors(Code("J9997")));
        Assert.Empty(book.Successors(Code("J9998")));
    }

    [Fact]
    public void Every_table_is_on_the_page_of_code_books()
    {
        var page = Repository.Read("docs/code-books.md");
        foreach (var name in Deltoid.Codes.Official.OfficialTables.All.Select(static t => t.Name))
            Assert.Contains(name is "ncci-mue-outpatient" or "ncci-mue-dme" ? $"`{name[8..]}`" : $"`{name}`", page,
                StringComparison.Ordinal);
    }
}
