using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Geographic practice cost indices (<c>GPCI2026.csv</c>): a title, then MAC, state, locality number and name, and
/// three indices with the year in their columns' names. Footnotes are after the table. MAC, state and number
/// together are the key.
/// </summary>
sealed class PfsGpci : OfficialTable
{
    public PfsGpci() : base("pfs-gpci", "Geographic practice cost indices", 80)
    {
    }

    public override bool Knows(OfficialFile file) =>
        file.IsNamed(".csv") && (file.IsNamed("GPCI") || file.Says("PW GPCI"));

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("Medicare Administrative Contractor (MAC)|Medicare Administrative Contractor");
        var year = YearOf(rows);
        SetRelease(file, release, year);
        int mac = header["Medicare Administrative Contractor"], state = header["State"],
            number = header["Locality Number"], name = header["Locality Name"];
        // Some tables have the work index twice, without and with the floor that the law sets: the one with it is paid
        // by.
        int work = header[$"{year} PW GPCI (with 1.0 Floor)|{year} PW GPCI"], practice = header[$"{year} PE GPCI"],
            malpractice = header[$"{year} MP GPCI"];
        var (before, hasEnded) = (draft.Gpcis.Count, false);
        while (rows.Next())
        {
            if (!IsRow(rows))
            {
                hasEnded = true;
                continue;
            }
            if (hasEnded) throw rows.Fault("comes after the footnotes of the table");
            if (rows.Count != header.Count || rows.IsUnended)
                throw rows.Fault(
                    $"has {rows.Count} cells where {header.Count} are needed, and footnotes after the table");
            draft.Gpcis.Add(new(release.Covers, draft.Text(Mac(rows, mac)), draft.Text(Number(rows, number)),
                draft.Text(State(rows, state)), draft.Text(Cell.Text(rows[name]).TrimEnd('*', ' ')),
                Index(rows, work, "PW GPCI"), Index(rows, practice, "PE GPCI"), Index(rows, malpractice, "MP GPCI"),
                release.Number));
        }
        if (draft.Gpcis.Count == before) throw new OfficialFileException(0, "has no localities", "download it again");
    }

    /// <summary>The year stands before the indices' names, each time the same.</summary>
    static int YearOf(Delimited rows)
    {
        for (var i = 0; i < rows.Count; i++)
            if (Cell.Text(rows[i]) is var name && name.Contains("GPCI", StringComparison.OrdinalIgnoreCase)
                && Quarters.YearIn(name) is > 0 and var year)
                return year;
        throw rows.Changed("has no column '2026 PW GPCI', of that year or another");
    }

    static void SetRelease(OfficialFile file, Release release, int year)
    {
        if (PfsRelease.TrySetByPath(release, $"{file.Folder}/{file.Path}") && release.Covers.From!.Value.Year == year)
            return;
        release.Name = $"{year}";
        release.Covers = DateRange.Of(new(year, 1, 1), new DateOnly(year, 12, 31));
    }

    /// <summary>A footnote has one cell, whatever the number of commas after it.</summary>
    static bool IsRow(Delimited rows)
    {
        for (var i = 1; i < rows.Count; i++)
            if (rows[i].Length > 0) return true;
        return rows[0] is [>= (byte)'0' and <= (byte)'9', ..];
    }

    static string Mac(Delimited rows, int at) =>
        rows[at].Length == 5 && Cell.TryInt(rows[at], out _)
            ? Cell.Text(rows[at])
            : throw rows.Wrong("Medicare Administrative Contractor (MAC)", "is not a number of five digits");

    static string Number(Delimited rows, int at) =>
        rows[at].Length is 1 or 2 && Cell.TryInt(rows[at], out var number)
            ? $"{number:00}"
            : throw rows.Wrong("Locality Number", "is not a number of two digits");

    static string State(Delimited rows, int at) =>
        rows[at] is [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z']
            ? Cell.Text(rows[at])
            : throw rows.Wrong("State", "is not two letters");

    static Rate Index(Delimited rows, int at, string column) =>
        Cell.TryRate(rows[at], out var index) && index.TenThousandths > 0
            ? index
            : throw rows.Wrong(column, "is not a number as 1.019");
}
