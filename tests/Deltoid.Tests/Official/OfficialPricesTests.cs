using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>
/// Every price of the whole fee schedule against the same sums done here another way: in whole numbers, from the file's
/// own cells.
/// </summary>
public sealed class OfficialPricesTests
{
    static readonly string[] Files =
    [
        "pfs-rvu25d/PPRRVU2025_Oct.csv",
        "pfs-rvu25d/GPCI2025.csv",
        "pfs-rvu25d/OPPSCAP_Oct.txt",
        "pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv",
        "pfs-rvu26b/GPCI2026.csv",
        "zip-locality-2025q4/ZIP5_OCT2025.txt",
    ];

    static readonly Lazy<CodeBook> Compiled = new(static () =>
    {
        var compiler = new Compiler(static _ => { });
        compiler.Read(Files.Select(static f =>
            new Met(f, new OfficialFile(f[(f.IndexOf('/') + 1)..], f, OfficialFiles.Bytes(f)), "", "")));
        return StarterBook.Under(Pack.Of(compiler.Write(null)));
    });

    static CodeBook Book
    {
        get
        {
            OfficialFiles.Need();
            return Compiled.Value;
        }
    }

    /// <summary>A number of the file with its point moved: 0.17 by two is 17.</summary>
    static long Shifted(string text, int digits)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..].TrimEnd('0'));
        Assert.True(part.Length <= digits, text);
        return long.Parse("0" + whole + part.PadRight(digits, '0'), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A row in hundredths. The layout has a column more since 2026.</summary>
    sealed record Row(string Code, string Modifier, char Status, long Work, long[] Practice, long Malpractice,
        long[] Total, bool[] IsNa, long[] CapPractice, long CapMalpractice, long Factor)
    {
        public bool IsPayable => Status is 'A' or 'R' or 'T';

        // hundredths, thousandths and ten-thousandths: nine digits behind the point
        static long Cents(long dollars) => (dollars + 5_000_000) / 10_000_000;

        static long Sum(long work, long practice, long malpractice, Index3 at, long factor) =>
            Cents(((work * at.Work) + (practice * at.Practice) + (malpractice * at.Malpractice)) * factor);

        public long Fee(Index3 at, int facility) => Sum(Work, Practice[facility], Malpractice, at, Factor);

        public long Cap(Index3 at, int facility, long work) =>
            Sum(work, CapPractice[facility], CapMalpractice, at, Factor);

        public bool HasCap => CapPractice[0] + CapPractice[1] + CapMalpractice > 0;

        public long Allowed(Index3 at, int facility) =>
            HasCap ? Math.Min(Fee(at, facility), Cap(at, facility, Work)) : Fee(at, facility);
    }

    readonly record struct Index3(long Work, long Practice, long Malpractice);

    static List<Row> RowsOf(string path)
    {
        var rows = new List<Row>();
        foreach (var c in OfficialFiles.Table(path))
        {
            if (c.Length < 31 || c[0].Length != 5 || c[0] == "HCPCS") continue;
            var late = c.Length - 31;
            long At(int i) => Shifted(c[i], 2);
            rows.Add(new(c[0], c[1], c[3][0], At(5), [At(6), At(8)], At(10), [At(11), At(12)],
                [c[7] == "NA", c[9] == "NA"], [At(28 + late), At(29 + late)], At(30 + late), Shifted(c[24 + late], 4)));
        }
        return rows;
    }

    /// <summary>
    /// Eight columns have the work index without and with its floor: the last three are what is paid by.
    /// </summary>
    static List<(string Key, string State, Index3 Index)> LocalitiesOf(string path) => [.. OfficialFiles.Table(path)
            .Where(static c => c.Length >= 7 && c[0].Length == 5 && char.IsAsciiDigit(c[0][0]))
            .Select(static c => ($"{c[0]}-{c[2].PadLeft(2, '0')}", c[1],
                new Index3(Shifted(c[c.Length - 3], 3), Shifted(c[^2], 3), Shifted(c[^1], 3))))];

    static ServiceLine LineOf(Row row, DateOnly day)
    {
        var line = new ServiceLine { Number = 1, Code = Code.Of(row.Code), Units = Quantity.One, Date = day };
        if (row.Modifier.Length > 0) line.Modifiers = line.Modifiers.With(Modifier.Of(row.Modifier));
        return line;
    }

    [Theory]
    [InlineData("pfs-rvu25d/PPRRVU2025_Oct.csv", "pfs-rvu25d/GPCI2025.csv", "2025-11-03", 19_090, 109)]
    [InlineData("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv", "pfs-rvu26b/GPCI2026.csv", "2026-08-03", 19_356, 109)]
    public void Every_row_in_every_locality(string rvu, string gpci, string date, int rowCount, int localityCount)
    {
        var (book, day, rows, places) = (Book, DateOnly.Parse(date), RowsOf(rvu), LocalitiesOf(gpci));
        Assert.Equal((rowCount, localityCount), (rows.Count, places.Count));
        var localities = places.ConvertAll(p => book.Locality(p.Key, p.State, day)!);
        var faults = new List<string>();
        foreach (var row in rows.Where(static r => r.IsPayable))
            for (var facility = 0; facility < 2; facility++)
            {
                if (row.IsNa[facility]) continue;
                var why = FeeSchedule.UnitOf(book, LineOf(row, day), facility == 1, new("", ""), out var unit);
                if (why != Unpriced.None)
                {
                    faults.Add($"{row.Code} {row.Modifier} {facility}: {why}");
                    continue;
                }
                for (var i = 0; i < places.Count; i++)
                {
                    var here = unit with { Rates = unit.Rates with { Place = localities[i] } };
                    if (here.Paid(here.Dollars).Cents != row.Allowed(places[i].Index, facility))
                        faults.Add($"{row.Code} {row.Modifier} {places[i].Key} {facility}: "
                            + $"{here.Paid(here.Dollars)} and {row.Allowed(places[i].Index, facility)} cents");
                }
            }
        Assert.True(faults.Count == 0, $"{faults.Count} differ: {string.Join("; ", faults.Take(10))}");
    }

    /// <summary>The whole way of a claim's line, each row at a place and in a locality of its own.</summary>
    [Theory]
    [InlineData("pfs-rvu25d/PPRRVU2025_Oct.csv", "pfs-rvu25d/GPCI2025.csv", "2025-11-03")]
    [InlineData("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv", "pfs-rvu26b/GPCI2026.csv", "2026-08-03")]
    public void Every_row_is_priced_or_says_why(string rvu, string gpci, string date)
    {
        var (book, day, rows, places, faults) = (Book, DateOnly.Parse(date), RowsOf(rvu), LocalitiesOf(gpci),
            new List<string>());
        for (var i = 0; i < rows.Count * 2; i++)
        {
            var (row, facility, place) = (rows[i / 2], i % 2, places[i / 2 % places.Count]);
            var found = FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, LineOf(row, day),
                Code.Of(facility == 0 ? "11" : "22"), new(place.Key, place.State));
            var isPaid = row.IsPayable && !row.IsNa[facility];
            if (isPaid
                ? found.Amount?.Cents != row.Allowed(place.Index, facility)
                : found.Amount is not null && found.Basis == PriceBasis.FeeSchedule)
                faults.Add($"{row.Code} {row.Modifier} {row.Status} {facility}: {found.Amount} {found.Why}");
            if (found.Amount is null && found.WhyText.Length == 0) faults.Add($"{row.Code}: no reason");
        }
        Assert.True(faults.Count == 0, $"{faults.Count} differ: {string.Join("; ", faults.Take(10))}");
    }

    [Theory]
    [InlineData("pfs-rvu25d/PPRRVU2025_Oct.csv")]
    [InlineData("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv")]
    public void Totals_of_the_file_are_the_sums_of_their_parts(string rvu)
    {
        OfficialFiles.Need();
        Assert.All(RowsOf(rvu),
            static r => Assert.Equal((r.Total[0], r.Total[1]),
                (r.Work + r.Practice[0] + r.Malpractice, r.Work + r.Practice[1] + r.Malpractice)));
    }

    /// <summary>
    /// The published caps. Where contractors price the service the file has the cap alone, that of the whole with the
    /// work of its professional part; southern California, which is 01182 among the indices, is under the number of the
    /// north.
    /// </summary>
    [Fact]
    public void Every_published_cap_in_every_locality()
    {
        var (book, day, faults) = (Book, new DateOnly(2025, 11, 3), new List<string>());
        var caps = book.Pack!.Column<CapRow>("cap").Span;
        Assert.Equal(16_100, caps.Length);
        var localities = new Dictionary<string, LocalityRow>();
        foreach (ref readonly var cap in caps)
        {
            var (code, key) = (book.Pack.CodeOf(cap.Id), book.Pack.TextOf(cap.Locality));
            if (!localities.TryGetValue(key, out var place))
                localities[key] = place = book.Locality(key, "", day)
                    ?? book.Locality(key.Replace("01112", "01182", StringComparison.Ordinal), "CA", day)!;
            Assert.True(cap.Modifier == 0
                ? book.TryFee(code, day, out var row)
                : book.TryFeePart(code, new(cap.Modifier), day, out row));
            if (row.Status == 'C' && cap.Modifier == 0)
                row = row with
                {
                    Work = book.TryFeePart(code, Modifier.M26, day, out var professional) ? professional.Work : 0
                };
            var rates = new Rates(place, book.Factor(day, false)!.Factor, 1);
            var (office, facility) = (new UnitFee(row, rates, AtFacility: false),
                new UnitFee(row, rates, AtFacility: true));
            var isSame = row.Status == 'C' ? Money.Round(office.Cap).Cents == cap.NonFacility
                && Money.Round(facility.Cap).Cents == cap.Facility
                : Money.Round(office.Dollars).Cents == cap.NonFacility
                && Money.Round(facility.Cap).Cents == cap.Facility && office.IsCapped;
            if (!isSame) faults.Add($"{code} {cap.Modifier} {key}");
        }
        Assert.True(faults.Count == 0, $"{faults.Count} differ: {string.Join("; ", faults.Take(10))}");
    }

    [Fact]
    public void An_injection_nationally_and_at_both_ends()
    {
        string Of(string date, string locality, string state, bool qualifying = false) =>
            FeeSchedule.Price(Book, PayerKind.Medicare, Setting.Professional,
                new() { Number = 1, Code = Code.Of("96372"), Units = Quantity.One, Date = DateOnly.Parse(date) },
                Code.Of("11"), new(locality, state, qualifying)).Amount!.Value.ToString();
        Assert.Equal(("15.36", "15.44", "13.91"),
            (Of("2026-08-03", "", ""), Of("2026-08-03", "", "", qualifying: true), Of("2025-11-03", "", "")));
        Assert.Equal(("19.97", "20.07"),
            (Of("2026-08-03", "01112-65", "CA"), Of("2026-08-03", "01112-65", "CA", qualifying: true)));
        var arkansas = LocalitiesOf("pfs-rvu26b/GPCI2026.csv").Single(static p => p.State == "AR");
        Assert.Equal("13.88", Of("2026-08-03", arkansas.Key, "AR"));
    }

    /// <summary>Each ZIP code of the quarter has a locality among the indices of its year.</summary>
    [Fact]
    public void Every_zip_code_has_a_locality_with_indices()
    {
        var (book, day) = (Book, new DateOnly(2025, 11, 3));
        var keys = new HashSet<string>();
        foreach (ref readonly var zip in book.Zips.Span) keys.Add($"{zip.Carrier:00000}-{zip.Locality:00}");
        Assert.All(keys, key => Assert.NotNull(book.Locality(key, "", day)));
        Assert.True(book.TryZip(60601, day, out var chicago));
        Assert.Equal((6102, 16), (chicago.Carrier, chicago.Locality));
    }
}
