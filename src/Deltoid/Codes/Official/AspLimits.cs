using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Payment limits of Part B drugs by average sales price, each quarter: some lines that say the quarter, a header, then
/// a row for each code. The coinsurance is in its own column since inflation rebates lower it; files without that
/// column mean 20 percent. The short description, AMA's for vaccines, is not read.
/// </summary>
sealed class AspLimits() : OfficialTable("asp-limit", "ASP payment limits of Part B drugs", 600)
{
    static readonly Rate Usual = new(20_0000);

    public override bool Knows(OfficialFile file) =>
        (file.IsNamed("payment", "limit") || file.Says("Payment Allowance Limits for Medicare Part B Drugs"))
            && !file.IsNamed(".pdf") && !file.IsNamed("NOC");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        AspQuarter.Set(file, release);
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("HCPCS Code");
        int code = header["HCPCS Code"], dosage = header["HCPCS Code Dosage"], limit = header["Payment Limit"],
            coinsurance = header.Find("Co-insurance Percentage");
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            if (!Code.TryParse(rows[code], out var each) || each.Length != 5)
                throw rows.Wrong("HCPCS Code", "is not a code");
            if (rows[limit].IsEmpty || rows[limit].SequenceEqual("N/A"u8))
            {
                release.Refuse(rows.Line, "has no payment limit", each.ToString());
                continue;
            }
            if (!Cell.TryRate(rows[limit], out var price) || price.TenThousandths < 0)
                throw rows.Wrong("Payment Limit", "is not an amount");
            var share = Usual;
            if (coinsurance >= 0 && !Cell.TryRate(rows[coinsurance].TrimEnd((byte)'%'), out share))
                throw rows.Wrong("Co-insurance Percentage", "is not a percentage");
            if (share.TenThousandths is < 0 or > 100_0000)
                throw rows.Wrong("Co-insurance Percentage", "is not between 0 and 100");
            draft.AspLimits.Add(new(draft.Id(each), release.Covers, price, share, draft.Text(Cell.Text(rows[dosage])),
                release.Number));
        }
    }
}

/// <summary>
/// The quarter that the lines above an ASP table say: <c>Effective July 1, 2026 through September 30, 2026</c>.
/// </summary>
static partial class AspQuarter
{
    [GeneratedRegex(@"Effective\s+(\w+ \d{1,2}, \d{4})\s+(?:through|thru|to|-)\s+(\w+ \d{1,2}, \d{4})",
        RegexOptions.IgnoreCase)]
    private static partial Regex Said();

    /// <exception cref="OfficialFileException">The file does not say its days, or says none that can be.</exception>
    public static void Set(OfficialFile file, Release release)
    {
        var said = Said().Match(file.Head);
        if (!said.Success || !TryDay(said.Groups[1].Value, out var from) || !TryDay(said.Groups[2].Value, out var thru)
            || thru < from)
            throw new OfficialFileException(0, "does not say above its table from which day to which it is in force",
                "take the file as published, with the lines above the table");
        release.Covers = DateRange.Of(from, thru);
        release.Name = NameOf(release.Covers);
    }

    /// <summary>As CMS names it: <c>2026 JUL</c>.</summary>
    public static string NameOf(DateRange days) =>
        days.From!.Value.ToString("yyyy MMM", CultureInfo.InvariantCulture).ToUpperInvariant();

    static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "MMMM d, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
