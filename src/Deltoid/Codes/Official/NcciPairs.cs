using System.Globalization;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// NCCI procedure-to-procedure edits as CMS publishes them each quarter (<c>ccipra-v322r0-f1.TXT</c> for practitioners,
/// <c>ccioph…</c> for hospital outpatient): tab-separated, some header lines, then column 1, column 2, *=in existence
/// before 1996, effective, deletion (<c>*</c> none), modifier indicator, rationale. Every row of a pair's history is
/// there; one that was void from its first day has indicator 9.
/// </summary>
sealed class NcciPairs(bool hospital)
    : OfficialTable(hospital ? "ncci-ptp-hospital" : "ncci-ptp-practitioner",
            hospital
                ? "NCCI procedure-to-procedure edits, hospital outpatient"
                : "NCCI procedure-to-procedure edits, practitioner", 1_000_000)
{
    /// <summary>
    /// An effective day that no real row has: files made for measuring use it, and are never judged by.
    /// </summary>
    public static readonly int FalseDay = new DateOnly(1901, 1, 1).DayNumber;

    public override bool Knows(OfficialFile file) =>
        file.IsNamed(hospital ? "ccioph" : "ccipra") && (file.IsNamed(".txt") || file.Says("Column1/Column2"));

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var pairs = hospital ? draft.HospitalPairs : draft.PractitionerPairs;
        var rows = new Delimited(file, file.Says("\t") ? '\t' : ','); // the same table comes as a spreadsheet too
        SetRelease(file, release);
        CheckHeader(rows);
        var isData = false;
        while (rows.Next())
        {
            if (!isData && !IsData(rows)) continue; // the header's other lines
            isData = true;
            if (rows.IsBlank) continue;
            Add(rows, release, pairs);
        }
        if (!isData) throw new OfficialFileException(0, "has no pairs", "download it again");
    }

    static void CheckHeader(Delimited rows)
    {
        var header = rows.FindHeader("Column 1");
        string[] names = ["Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier"];
        for (var i = 0; i < names.Length; i++)
            if (header[names[i]] != i)
                throw rows.Fault($"has column '{names[i]}' in another place",
                    "use the file as published; if its layout has changed, "
                        + "report it to us: nothing was read from it");
    }

    static bool IsData(Delimited rows) =>
        rows[0].Length == 5 && rows[1].Length == 5 && Code.TryParse(rows[0], out _) && rows[3].Length == 8;

    static void Add(Delimited rows, Release release, PairDraft pairs)
    {
        if (rows.Count < 6) throw rows.Fault($"has {rows.Count} cells where six are needed");
        if (!Code.TryParse(rows[0], out var one) || !Code.TryParse(rows[1], out var two))
            throw rows.Fault("does not begin with two codes");
        if (!Cell.TryDay(rows[3], out var from)) throw rows.Wrong("Effective Date", "is not a day as 20260131");
        var thru = int.MaxValue;
        if (rows[4] is not [(byte)'*'] && rows[4].Length > 0 && !Cell.TryDay(rows[4], out thru))
            throw rows.Wrong("Deletion Date", "is neither a day as 20260131 nor *");
        if (rows[5] is not [>= (byte)'0' and <= (byte)'9' and var indicator])
            throw rows.Wrong("Modifier", "is not 0, 1 or 9");
        if (from == FalseDay) release.HasFalseDates = true;
        if (thru < from)
        {
            release.Refuse(rows.Line, "is deleted before it is effective");
            return;
        }
        pairs.Add(one, two, new(new(from, thru, 0), (byte)(indicator - '0'), release.Number));
    }

    /// <summary>
    /// The version is in the name: v322 is version 32.2, the third quarter of the thirty-second year, 2026.
    /// </summary>
    static void SetRelease(OfficialFile file, Release release)
    {
        var at = file.Name.IndexOf("-v", StringComparison.OrdinalIgnoreCase);
        if (at < 0
            || !int.TryParse(file.Name.AsSpan(at + 2, Math.Min(3, file.Name.Length - at - 2)), NumberStyles.None,
                CultureInfo.InvariantCulture, out var version) || version < 100)
            return;
        release.Name = $"v{version / 10}.{version % 10}";
        release.Covers = Quarters.Of(1994 + (version / 10), (version % 10) + 1);
    }
}

/// <summary>Quarters of releases.</summary>
static class Quarters
{
    /// <summary>From the quarter's first day to its last.</summary>
    public static DateRange Of(int year, int quarter) =>
        DateRange.Of(new(year, ((quarter - 1) * 3) + 1, 1),
            new DateOnly(year, quarter * 3, 1).AddMonths(1).AddDays(-1));

    public static DateRange Holding(DateOnly day) => Of(day.Year, ((day.Month - 1) / 3) + 1);

    /// <summary>The month a name has: Jan, JUL, October; 0 of none.</summary>
    public static int MonthIn(string name)
    {
        string[] months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        for (var i = 0; i < months.Length; i++)
            if (name.Contains(months[i], StringComparison.OrdinalIgnoreCase)) return i + 1;
        return 0;
    }

    /// <summary>The year a name has, 20xx; 0 of none.</summary>
    public static int YearIn(string name)
    {
        for (var i = 0; i + 4 <= name.Length; i++)
            if (name[i] == '2' && name[i + 1] == '0' && char.IsAsciiDigit(name[i + 2])
                && char.IsAsciiDigit(name[i + 3]))
                return int.Parse(name.AsSpan(i, 4), System.Globalization.CultureInfo.InvariantCulture);
        return 0;
    }
}
