using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// NCCI add-on code edits (<c>AOC_V2026Q2-MCR</c>): an add-on code, one of its primary codes (<c>CCCCC</c> where the
/// contractor defines them), the edit's type. Of the published file no copy was at hand: columns are taken by their
/// names, and days as 2026001 (day of the year), 20260101 or written. A row is in force from the edit's first day to
/// the first of the days on which edit, add-on code or primary code was deleted; without such columns it is known since
/// the quarter in the name.
/// </summary>
sealed partial class NcciAddOns() : OfficialTable("ncci-add-on", "NCCI add-on code edits", 5_000)
{
    static readonly string[] Ends = ["AOC_Edit_DelDT", "AOC_DelDT", "Primary_Code_DelDT"];

    public override bool Knows(OfficialFile file) =>
        !file.IsNamed(".pdf")
            && (file.Name.StartsWith("AOC", StringComparison.OrdinalIgnoreCase) || file.IsNamed("-aoc-")
                || file.Says("AOC_Edit_Type"));

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        SetRelease(file, release);
        var rows = new Delimited(file, file.Says("\t") ? '\t' : ',');
        var header = rows.FindHeader("Add-On_Code|Primary_Code");
        int addOn = header.Exactly("Add-On_Code"), primary = header.Exactly("Primary_Code"),
            type = header["AOC_Edit_Type|Edit Type|Type"], from = header.Find("AOC_Edit_EffDT|Effective");
        var ends = Array.ConvertAll(Ends, header.Find);
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (rows.Count <= Math.Max(type, Math.Max(addOn, primary)))
                rows.Need(header); // notes at the end may be left out
            if (!Code.TryParse(rows[addOn], out var each) || each.Length != 5)
                throw rows.Wrong("Add-On_Code", "is not a code");
            if (!Code.TryParse(rows[primary], out var parent) || parent.Length != 5)
                throw rows.Wrong("Primary_Code", "is neither a code nor CCCCC");
            if (rows[type] is not [>= (byte)'1' and <= (byte)'3' and var kind])
                throw rows.Wrong("AOC_Edit_Type", "is not 1, 2 or 3");
            var dates = Dates(rows, from, ends, release);
            if (dates.ThruDay < dates.FromDay)
            {
                release.Refuse(rows.Line, "is deleted before it is effective", $"{each} with {parent}");
                continue;
            }
            draft.AddOns.Add(new(draft.Id(each), parent == ByContractor ? -1 : draft.Id(parent), dates,
                (byte)(kind - '0'), release.Number));
        }
    }

    static readonly Code ByContractor = Code.Of("CCCCC");

    static DateRange Dates(Delimited rows, int from, int[] ends, Release release)
    {
        var (start, thru) = (0, int.MaxValue);
        if (from >= 0 && !rows[from].IsEmpty && !TryDay(rows[from], out start))
            throw rows.Wrong("AOC_Edit_EffDT", "is not a day");
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends[i] < 0 || rows[ends[i]].IsEmpty) continue;
            if (!TryDay(rows[ends[i]], out var end)) throw rows.Wrong(Ends[i], "is not a day");
            thru = Math.Min(thru, end);
        }
        return new(start, thru, start == 0 ? release.Covers.FromDay : 0);
    }

    static bool TryDay(ReadOnlySpan<byte> cell, out int day)
    {
        if (cell.Length != 7 || !Cell.TryInt(cell, out var number))
            return Cell.TryDay(cell, out day) || Cell.TryWrittenDay(cell, out day);
        var (year, ofYear) = (number / 1000, number % 1000);
        day = 0;
        if (year is < 1900 or > 2100 || ofYear < 1 || ofYear > (DateTime.IsLeapYear(year) ? 366 : 365)) return false;
        day = new DateOnly(year, 1, 1).DayNumber + ofYear - 1;
        return true;
    }

    static void SetRelease(OfficialFile file, Release release)
    {
        if (Quarter().Match(file.Path) is not { Success: true } said) return;
        var (year, quarter) = (Quarters.YearIn(said.Value), said.Value[^1] - '0');
        (release.Name, release.Covers) = ($"{year}Q{quarter}", Quarters.Of(year, quarter));
    }

    [GeneratedRegex("20[0-9]{2}Q[1-4]", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();
}
