using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Parts of a service, the OPPS cap, and what the codes of one day do to each other: rows as in RVU26C, at the national
/// factor 33.4009.
/// </summary>
public sealed class SameDayTests : IDisposable
{
    const string Day = "2026-08-03";

    static readonly Lazy<byte[]> Bytes = new(Write);

    static readonly Lazy<CodeBook> Book = new(static () => StarterBook.Under(Pack.Of(Bytes.Value)));

    readonly string folder = Path.Combine(Path.GetTempPath(), "deltoid-price-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// The PFS rows: code and part; work, practice in the office and at a facility, malpractice; multiple, bilateral,
    /// PC/TC, base; cap.
    /// </summary>
    static readonly string[] Rows =
    [
        "45378    3.18 7.73 1.34 .41 2 0 0 -",
        "45378-53 1.59 3.87 .67 .21 2 0 0 -",
        "45385    4.46 10.00 1.72 .51 3 0 0 45378",
        "45380    3.47 10.48 1.43 .42 3 0 0 45378",
        "31535    2.00 3.00 1.00 .20 3 0 0 3152X",
        "20610    .77 1.16 .29 .13 2 1 0 -",
        "20552    .64 .84 .36 .07 2 0 0 -",
        "73030    .18 .80 .80 .02 0 3 1 -",
        "73030-26 .18 .07 .07 .01 0 3 1 -",
        "73030-TC 0 .73 NA .01 0 3 1 -",
        "70553    2.23 7.10 NA .16 4 0 1 - 11.41 .18",
        "70553-TC 0 6.31 NA .03 4 0 1 - 10.62 .05",
        "70553-26 2.23 .79 .79 .13 4 0 1 -",
        "70450    .83 2.30 NA .06 4 0 1 - 3.48 .07",
        "70450-TC 0 2.00 NA .01 4 0 1 - 3.18 .02",
        "70450-26 .83 .30 .30 .05 4 0 1 -",
        "76700    .81 2.50 NA .05 4 0 1 - 1.50 .05",
        "76700-TC 0 2.20 NA .02 4 0 1 - 1.20 .02",
        "76700-26 .81 .30 .30 .03 4 0 1 -",
        "97110    .45 .41 NA .01 5 0 7 -",
        "97140    .43 .39 NA .01 5 0 7 -",
        "93306    1.42 4.39 NA .08 6 0 1 -",
        "93306-TC 0 3.84 NA .03 6 0 1 -",
        "93306-26 1.42 .55 .55 .05 6 0 1 -",
        "99998    .78 4.90 NA .08 6 0 1 -",
        "92083    .49 1.40 NA .02 7 2 1 -",
        "92083-TC 0 1.21 NA .01 7 2 1 -",
        "92083-26 .49 .19 .19 .01 7 2 1 -",
    ];

    static byte[] Write()
    {
        var draft = new PackDraft();
        draft.Sources.Add(new("pfs-rvu", "PFS", "PPRRVU2026_Jul.csv", "00", "RVU26C",
            DateRange.Of(new(2026, 7, 1), new(2026, 12, 31)), Rows.Length, false, false));
        draft.Sources.Add(new("zip-locality", "ZIP", "ZIP5_OCT2025.txt", "01", "2025 Q4",
            DateRange.Of(new(2025, 10, 1), new(2025, 12, 31)), 2, false, false));
        draft.Sources.Add(new("asp-limit", "ASP", "july.csv", "02", "2026 JUL",
            DateRange.Of(new(2026, 7, 1), new(2026, 9, 30)), 2, false, false));
        foreach (var (code, limit, percent) in (ReadOnlySpan<(string, decimal, decimal)>)[
            ("J2315", 4.531m, 18.883m),
            ("J0739", 6.125m, 0)
        ])
            draft.AspLimits.Add(new(draft.Id(Code.Of(code)), draft.Sources[2].Covers, Rate.Of(limit), Rate.Of(percent),
                default, 2));
        foreach (var row in Rows) draft.Rvus.Add(RowOf(draft, row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var quarter = draft.Sources[1].Covers;
        draft.Zips.Add(new(95110, 1112, 9, quarter, ('C' << 8) | 'A', 0, 0, 1));
        draft.Zips.Add(new(94501, 1112, 5, quarter, ('C' << 8) | 'A', 0, 1, 1));
        draft.Zips.Add(new(99999, 99999, 99, quarter, ('A' << 8) | 'K', 0, 0, 1));
        return draft.Write();
    }

    static RvuRow RowOf(PackDraft draft, string[] cells)
    {
        Rate At(int i) =>
            i < cells.Length && cells[i] != "NA"
                ? Rate.Of(decimal.Parse(cells[i], System.Globalization.CultureInfo.InvariantCulture))
                : default;
        byte Small(int i) => byte.Parse(cells[i], System.Globalization.CultureInfo.InvariantCulture);
        var code = cells[0].Split('-');
        return new(draft.Id(Code.Of(code[0])), code.Length > 1 ? Modifier.Of(code[1]).Packed : (ushort)0,
            draft.Sources[0].Covers, At(1), At(2), At(3), At(4), default, default, At(9), At(9), At(10),
            cells[8] == "-" ? 0 : Code.Of(cells[8]).Packed, 0x585858, (byte)'A', 0,
            cells[3] == "NA" ? (byte)1 : (byte)0, Small(7), Small(5), Small(6), 0, 0, 0,
            Small(5) == 4 ? (byte)88 : (byte)99, 0);
    }

    static ServiceLine Line(string text, int units = 1)
    {
        var parts = text.Split('-');
        var line = new ServiceLine
        {
            Number = 1, Code = Code.Of(parts[0]), Units = Quantity.Of(units),
            Date = DateOnly.Parse(Day, System.Globalization.CultureInfo.InvariantCulture)
        };
        foreach (var part in parts[1..]) line.Modifiers = line.Modifiers.With(Modifier.Of(part));
        return line;
    }

    static Expected[] Price(string codes, string place = "11", bool participating = true) =>
        SameDay.Price(Book.Value,
            [.. codes.Split(' ').Select(static c => c.Split('x'))
                .Select(static c => Line(c[0], c.Length > 1 ? int.Parse(c[1]) : 1))], Code.Of(place),
            new("", "", Participating: participating));

    static string Amounts(Expected[] priced) =>
        string.Join(' ', priced.Select(static p => p.Amount?.ToString() ?? p.Why.ToString()));

    [Theory]
    [InlineData("70553-26", "105.21")]
    [InlineData("70553-TC", "211.76")]
    [InlineData("70553", "316.97")]
    [InlineData("45378-53", "189.38")]
    [InlineData("20610-53", "ReducedService")]
    [InlineData("20610-26", "NoParts")]
    [InlineData("99998-26", "ComponentOnly")]
    public void A_part_is_priced_from_its_own_row(string code, string amount) =>
        Assert.Equal(amount, Amounts(Price(code)));

    [Fact]
    public void At_a_facility_the_professional_part_alone_is_paid() =>
        Assert.Equal("105.21 NoFacilityPrice NoFacilityPrice", Amounts(Price("70553-26 70553-TC 70553", "22")));

    /// <summary>
    /// The technical part 2.22 is capped at 1.22, the whole at 0.81 + 1.50 + 0.05; the professional part has no cap.
    /// </summary>
    [Fact]
    public void Imaging_is_paid_no_more_than_OPPS_would()
    {
        Assert.Equal("40.75", Amounts(Price("76700-TC")));
        Assert.Equal("78.83", Amounts(Price("76700")));
        Assert.Equal("38.08", Amounts(Price("76700-26")));
        Assert.EndsWith(" OPPS cap", Price("76700")[0].BasisText, StringComparison.Ordinal);
        Assert.DoesNotContain("cap", Price("70553")[0].BasisText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20610-50", "103.21")] // indicator 1: once and a half
    [InlineData("73030-50", "66.80")] // indicator 3: each side
    [InlineData("20552-50", "51.77")] // indicator 0: once
    public void Both_sides(string code, string amount) => Assert.Equal(amount, Amounts(Price(code)));

    [Theory]
    [InlineData("20610 20552", "68.81 25.89")]
    [InlineData("20552 20610", "25.89 68.81")]
    [InlineData("20610x2", "103.22")]
    [InlineData("20552x5", "155.33")] // 51.77 and four times 25.89
    [InlineData("20552x6", "ByReport")]
    [InlineData("20552x2000000000", "ByReport")]
    [InlineData("20610 20552x5", "68.81 ByReport")]
    [InlineData("20610 96372", "68.81 15.36")] // an injection is not surgery
    public void Surgery_of_a_day_is_ranked(string codes, string amounts) =>
        Assert.Equal(amounts, Amounts(Price(codes)));

    [Theory]
    [InlineData("45385 45380", "500.01 101.87")] // 479.97 above the base's 378.10
    [InlineData("45380 45385 45378", "101.87 500.01 0.00")]
    [InlineData("45385 45378", "500.01 0.00")]
    [InlineData("45385 45380 20610", "500.01 101.87 34.41")]
    [InlineData("45385 20610", "500.01 34.41")]
    [InlineData("45378 20610", "378.10 34.41")]
    [InlineData("31535x2", "260.52")] // the base is not in this book: like other surgery
    public void Endoscopies_of_a_family(string codes, string amounts) => Assert.Equal(amounts, Amounts(Price(codes)));

    [Theory]
    [InlineData("70553 70450", "316.97 71.01")]
    [InlineData("70553-26 70450-26", "105.21 37.44")]
    [InlineData("70450-TC 70553-TC", "33.57 211.76")]
    [InlineData("70553 76700-TC", "316.97 37.07")] // half of 74.15 is below its cap of 40.75
    [InlineData("93306 93306", "196.73 164.42")]
    [InlineData("92083 92083x2", "63.80 111.30")]
    [InlineData("97110x2 97140", "51.27 21.21")]
    [InlineData("97110", "29.06")]
    [InlineData("70553 93306 92083", "316.97 196.73 63.80")] // no family with each other
    public void Tests_and_therapy_of_a_day(string codes, string amounts) =>
        Assert.Equal(amounts, Amounts(Price(codes)));

    [Fact]
    public void What_was_done_to_a_line_is_told()
    {
        var second = Price("20610 20552")[1];
        Assert.Equal(("51.77", DayRules.Surgery), (second.Full?.ToString(), second.Rules));
        Assert.Contains("50 %", Assert.Single(second.RuleTexts), StringComparison.Ordinal);
        Assert.Equal((null, DayRules.None), (Price("20610 20552")[0].Full, Price("20610 20552")[0].Rules));
        Assert.Contains(NotApplied.Of(Line("99998"), Price("93306 99998")[1]),
            static w => w.Contains("indicator", StringComparison.Ordinal));
        Assert.Contains(NotApplied.Of(Line("20610-80"), Price("20610-80")[0]),
            static w => w.Contains("assistant", StringComparison.Ordinal));
    }

    [Fact]
    public void The_limiting_charge_follows_the_reduced_amount()
    {
        var second = Price("20610 20552", participating: false)[1];
        // half of 49.18, and 115 % of that
        Assert.Equal(("24.59", "28.28"), (second.Amount?.ToString(), second.LimitingCharge?.ToString()));
    }

    [Fact]
    public void The_patient_Medicare_and_the_sequester_share_it()
    {
        var shares = Price("96372")[0].Shares!.Value;
        Assert.Equal((20m, "3.07", "12.29", "12.04"),
            (shares.Percent, shares.Patient.ToString(), shares.Medicare.ToString(),
                shares.AfterSequestration.ToString()));
        Assert.Equal(("0.00", "98.00"),
            (Shares.Of(new(10_000), 0, new(2026, 8, 3)).Patient.ToString(),
                Shares.Of(new(10_000), 0, new(2026, 8, 3)).AfterSequestration.ToString()));
        Assert.Equal("18.88", Shares.Of(new(10_000), 18.883m, new(2026, 8, 3)).Patient.ToString());
    }

    [Theory]
    [InlineData("J2315x380", "1721.78", "325.12", "1368.73")] // 18.883 %
    [InlineData("J2315", "4.53", "0.86", "3.60")]
    [InlineData("J0739x2", "12.25", "0.00", "12.00")] // no coinsurance
    [InlineData("99213", "95.19", "19.04", "74.63")]
    public void A_drug_has_the_coinsurance_of_its_row(string code, string allowed, string patient, string paid)
    {
        var shares = Price(code)[0].Shares!.Value;
        Assert.Equal((allowed, patient, paid),
            (shares.Allowed.ToString(), shares.Patient.ToString(), shares.AfterSequestration.ToString()));
    }

    [Theory]
    [InlineData("2013-03-31", 0)]
    [InlineData("2013-04-01", 2)]
    [InlineData("2020-05-01", 0)]
    [InlineData("2022-04-01", 1)]
    [InlineData("2022-07-01", 2)]
    public void Sequestration_by_its_days(string day, int percent) =>
        Assert.Equal(percent, Shares.Sequestered(DateOnly.Parse(day)));

    [Fact]
    public void Output_for_people_and_programs()
    {
        new Shelf(folder).Put(Bytes.Value);
        var (_, text, _) = CommandLine.Run("price", "20610", "20552", "J0165", "--date", Day, "--book", folder);
        Assert.Contains(
            "20552  $25.89  MPFS 2026 national non-facility\n    alone $51.77; second to fifth procedure of "
                + "the day: 50 % (indicator 2)\n    patient 20 % $5.18, Medicare $20.71, after sequestration "
                + "$20.30\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), static l => l.Contains("deductible", StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument
            .Parse(CommandLine.Run("price", "20610", "20552", "J0165", "--date", Day, "--book", folder, "--json").Out);
        var (second, drug) = (json.RootElement[1], json.RootElement[2].GetProperty("payment"));
        Assert.Equal((25.89m, 51.77m),
            (second.GetProperty("payment").GetProperty("allowed").GetDecimal(),
                second.GetProperty("sameDay").GetProperty("alone").GetDecimal()));
        Assert.Equal((0.23m, 20m, 0.05m, 0.18m, 0.18m),
            (drug.GetProperty("allowed").GetDecimal(), drug.GetProperty("coinsurancePercent").GetDecimal(),
                drug.GetProperty("patient").GetDecimal(), drug.GetProperty("medicare").GetDecimal(),
                drug.GetProperty("afterSequestration").GetDecimal()));
        Assert.True(second.GetProperty("notApplied").GetArrayLength() >= 2);
    }

    [Fact]
    public void A_zip_code_finds_its_locality()
    {
        new Shelf(folder).Put(Bytes.Value);
        var found = CommandLine.Run("price", "96372", "--date", Day, "--zip", "95110", "--book", folder).Out;
        Assert.Contains("$19.92  MPFS 2026 01112-09", found, StringComparison.Ordinal);
        Assert.Contains("from 2025-10-01 thru 2025-12-31", found, StringComparison.Ordinal);
        Assert.Contains("nine digits decide",
            CommandLine.Run("price", "96372", "--date", Day, "--zip", "94501-1234", "--book", folder, "--json").Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10001", "no ZIP code 10001")]
    [InlineData("99999", "99999-99")]
    [InlineData("606", "five digits")]
    [InlineData("60601-12", "five digits")]
    public void A_zip_code_that_finds_none_is_told(string zip, string words)
    {
        new Shelf(folder).Put(Bytes.Value);
        var (exit, output, error) = CommandLine.Run("price", "96372", "--date", Day, "--zip", zip, "--book", folder);
        Assert.True(exit == Cli.Exit.Usage && output.Length == 0 && error.Contains(words, StringComparison.Ordinal),
            error);
    }

    [Fact]
    public void The_shipped_book_has_zip_codes_of_its_own()
    {
        var (exit, output, _) = CommandLine.Run("price", "96372", "--date", Day, "--zip", "60601");
        Assert.True(exit == Cli.Exit.Clean
                && output.StartsWith("96372  $15.88  MPFS 2026 06102-16", StringComparison.Ordinal), output);
        Assert.Contains("no ZIP code 00000", CommandLine.Run("price", "96372", "--date", Day, "--zip", "00000").Error,
            StringComparison.Ordinal);
        Assert.Contains("not both",
            CommandLine.Run("price", "96372", "--date", Day, "--zip", "60601", "--locality", "01112-09").Error,
            StringComparison.Ordinal);
    }
}
