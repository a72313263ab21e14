using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Payment limits copied by hand out of the published table: <c>code, from, thru, dosage, limit, coinsurance</c>,
/// tab-separated. Each row has its own days, which are those of one quarter. Never the whole table: a code that is not
/// in it may still have a limit.
/// </summary>
sealed class AspLimitsExtract()
    : OfficialTable("asp-limit-extract", "ASP payment limits of Part B drugs, extract", int.MaxValue)
{
    public override bool Knows(OfficialFile file) => file.Says("code\tfrom\tthru\tdosage\tlimit\tcoinsurance");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, '\t');
        var header = rows.FindHeader("dosage");
        int code = header["code"], from = header["from"], thru = header["thru"], dosage = header["dosage"];
        int limit = header["limit"], coinsurance = header["coinsurance"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            SetRelease(rows, from, thru, release);
            if (!Code.TryParse(rows[code], out var each) || each.Length != 5) throw rows.Wrong("code", "is not a code");
            if (!Cell.TryRate(rows[limit], out var price) || price.TenThousandths < 0)
                throw rows.Wrong("limit", "is not an amount");
            if (!Cell.TryRate(rows[coinsurance], out var share) || share.TenThousandths is < 0 or > 100_0000)
                throw rows.Wrong("coinsurance", "is not a percentage");
            draft.AspLimits.Add(
                new(draft.Id(each), release.Covers, price, share, draft.Text(Cell.Text(rows[dosage])), release.Number));
        }
    }

    /// <summary>The first row says the quarter, and every other must say the same.</summary>
    static void SetRelease(Delimited rows, int from, int thru, Release release)
    {
        if (!Cell.TryWrittenDay(rows[from], out var first)) throw rows.Wrong("from", "is not a day as 2026-10-01");
        if (!Cell.TryWrittenDay(rows[thru], out var last)) throw rows.Wrong("thru", "is not a day as 2026-12-31");
        var days = DateRange.Of(DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(last));
        if (days != Quarters.Holding(DateOnly.FromDayNumber(first)))
            throw rows.Wrong("thru", "is not the last day of the quarter that begins with 'from'");
        if (release.Name.Length > 0 && release.Covers != days)
            throw rows.Wrong("from", "is of another quarter than the rows before");
        (release.Covers, release.Name) = (days, AspQuarter.NameOf(days));
    }
}
