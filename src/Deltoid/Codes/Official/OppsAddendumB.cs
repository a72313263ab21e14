using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// OPPS Addendum B, each quarter: what hospital outpatient departments are paid for a code (status indicator, APC,
/// rate), and a reduced form of it whose column Source says the quarter (2026-04). Columns are found by their names,
/// the quarter in the file's name or in the title above the table. Descriptors are AMA's and are not read.
/// </summary>
sealed partial class OppsAddendumB() : OfficialTable("opps-addendum-b", "OPPS Addendum B", 15_000)
{
    /// <summary>A rate where none is published.</summary>
    static readonly Rate None = new(-1);

    /// <summary>
    /// Blanks, and the no-break space that some codes have after them, in UTF-8, Windows-1252 and the old DOS encoding
    /// (0xFF).
    /// </summary>
    static ReadOnlySpan<byte> Blanks => [(byte)' ', 0xC2, 0xA0, 0xFF];

    public override bool Knows(OfficialFile file) =>
        Header.Fold(file.Name) is var name && name.Contains("addendumb", StringComparison.Ordinal)
            && !name.Contains("addendumbb", StringComparison.Ordinal);

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, file.Says("\t") ? '\t' : ',');
        var header = rows.FindHeader("HCPCS Code|HCPCS");
        int code = header.Exactly("HCPCS Code|HCPCS"), status = header.Exactly("SI|Status Indicator"),
            rate = header["Payment Rate"], quarter = header.Find("Source");
        var apc = quarter >= 0 ? header.Find("APC") : header.Exactly("APC");
        if (quarter < 0) SetRelease(file, release);
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            if (quarter >= 0) CheckQuarter(rows, quarter, release);
            if (!Code.TryParse(rows[code].Trim(Blanks), out var each) || each.Length != 5)
                throw rows.Wrong("HCPCS Code", "is not a code");
            if (rows[status].Length is not (1 or 2)) throw rows.Wrong("SI", "is not a status indicator");
            var amount = None;
            if (rows[rate] is not ([] or [(byte)'.'])
                && (!Cell.TryRate(rows[rate], out amount) || amount.TenThousandths < 0))
                throw rows.Wrong("Payment Rate", "is not an amount");
            draft.Addendum.Add(new(draft.Id(each), release.Covers, amount, apc < 0 ? 0 : Cell.Four(rows[apc]),
                Cell.Two(rows[status]), release.Number));
        }
    }

    /// <summary>The first row says the quarter, and every other must say the same.</summary>
    static void CheckQuarter(Delimited rows, int column, Release release)
    {
        var said = Cell.Text(rows[column]);
        if (release.Name.Length > 0 && said == release.Name) return;
        if (release.Name.Length > 0
            || !DateOnly.TryParseExact(said, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var month))
            throw rows.Wrong("Source", "is not a quarter as 2026-04, the same in every row");
        (release.Name, release.Covers) = (said, Quarters.Holding(month));
    }

    static void SetRelease(OfficialFile file, Release release)
    {
        var (year, month) = (Quarters.YearIn(file.Name), Quarters.MonthIn(file.Name));
        if ((year == 0 || month == 0) && Titled().Match(file.Head) is { Success: true } title)
            (month, year) = (Quarters.MonthIn(title.Value), Quarters.YearIn(title.Value));
        if (year == 0 || month == 0)
            throw new OfficialFileException(0, "does not say in its name or title of which quarter it is",
                "keep the published name: 2026_April_Web_Addendum_B.csv");
        (release.Name, release.Covers) = ($"{year}-{month:00}", Quarters.Holding(new(year, month, 1)));
    }

    /// <summary>A quarter's month with its year; the title has the year of AMA's notice too.</summary>
    [GeneratedRegex(@"(January|April|July|October),? (\d{1,2}, )?20\d\d", RegexOptions.IgnoreCase)]
    private static partial Regex Titled();
}
