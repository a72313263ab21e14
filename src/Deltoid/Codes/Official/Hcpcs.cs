using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// HCPCS Level II as CMS publishes it each quarter (<c>HCPC2026_JAN_ANWEB.txt</c>, lines of 320 columns, or
/// <c>.csv</c>): codes and modifiers with the days of their whole life. Codes that have ended stay in it, so being in
/// it says nothing. Longer texts continue in lines of their own.
/// </summary>
sealed class Hcpcs : OfficialTable
{
    /// <summary>Through the action code: the shortest line of a code that is whole.</summary>
    const int WholeLine = 293;

    static readonly FixedColumn[] Columns =
    [
        new("HCPC", 1, 5),
        new("SEQNUM", 6, 10),
        new("RECID", 11, 11),
        new("LONG DESCRIPTION", 12, 91),
        new("SHORT DESCRIPTION", 92, 119),
        new("PRICE1", 120, 121),
        new("XREF1", 205, 209),
        new("XREF2", 210, 214),
        new("XREF3", 215, 219),
        new("COV", 230, 230),
        new("ADD DT", 269, 276),
        new("ACT EFF DT", 277, 284),
        new("TERM DT", 285, 292),
    ];

    public Hcpcs() : base("hcpcs", "HCPCS Level II codes and modifiers", 6_000)
    {
    }

    public override bool Knows(OfficialFile file) =>
        (IsText(file) && file.IsNamed("HCPC", "ANWEB")) || IsCsv(file)
            || (file.IsNamed("HCPC", ".txt")
                && file.Head.Split('\n').Any(static line => IsCode(line) || IsCode("   " + line)));

    static bool IsText(OfficialFile file) => file.IsNamed(".txt") || file.IsNamed(".csv");

    static bool IsCsv(OfficialFile file) => file.Says("HCPC,SEQNUM,");

    /// <summary>
    /// Whether a line can be a code of the fixed columns: number, record kind and the day it was added stand where they
    /// must.
    /// </summary>
    static bool IsCode(string line) =>
        line.Length >= 276 && line[5..10].All(char.IsAsciiDigit) && line[10] is '3' or '7'
            && line[268..276].All(char.IsAsciiDigit);

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        SetRelease(file, release);
        var entries = new HcpcsEntries(release, draft);
        if (IsCsv(file) || file.IsNamed(".csv")) ReadCsv(new Delimited(file, ','), entries);
        else ReadFixed(new FixedRows(file, Columns), entries);
        if (entries.IsEmpty) throw new OfficialFileException(0, "has no codes", "download it again");
        entries.End();
    }

    static void ReadCsv(Delimited rows, HcpcsEntries entries)
    {
        var header = rows.FindHeader(Columns[0].Name);
        var at = Array.ConvertAll(Columns, c => header[c.Name]);
        var action = header["ACTION CD"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (rows.Count != header.Count) throw rows.Fault($"has {rows.Count} cells where {header.Count} are needed");
            if (rows.IsUnended && rows[action].IsEmpty) throw rows.Wrong("ACTION CD", "is empty");
            entries.Add(rows, at);
        }
    }

    static void ReadFixed(FixedRows rows, HcpcsEntries entries)
    {
        int[] at = [.. Enumerable.Range(0, Columns.Length)];
        while (rows.Next())
        {
            // programs that trim lines take the blanks before a modifier
            rows.Lost = !IsRecord(rows.Text, 0) && IsRecord(rows.Text, 3) ? 3 : 0;
            if (entries.IsEmpty && !IsRecord(rows.Text, rows.Lost)) continue; // disclaimers stand before the codes
            if (rows.Text.Trim((byte)' ').IsEmpty) continue;
            if (rows.IsUnended && rows.Text.Length + rows.Lost < WholeLine)
                throw rows.Fault($"has {rows.Text.Length} columns where {WholeLine} are needed");
            entries.Add(rows, at);
        }
    }

    static bool IsRecord(ReadOnlySpan<byte> line, int lost)
    {
        if (line.Length <= 10 - lost || line[10 - lost] is not ((byte)'3' or (byte)'4' or (byte)'7' or (byte)'8'))
            return false;
        foreach (var b in line[(5 - lost)..(10 - lost)])
            if (b is < (byte)'0' or > (byte)'9') return false;
        return true;
    }

    static void SetRelease(OfficialFile file, Release release)
    {
        var (year, month) = (Quarters.YearIn(file.Name), Quarters.MonthIn(file.Name));
        if (year == 0)
            throw new OfficialFileException(0, "does not say in its name of which quarter it is",
                "keep the published name: HCPC2026_JAN_ANWEB.txt");
        release.Name = month == 0
            ? $"{year}"
            : $"{year} {"JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".AsSpan((month - 1) * 3, 3)}";
        release.Covers = month == 0
            ? DateRange.Of(new(year, 1, 1), new(year, 12, 31))
            : Quarters.Holding(new(year, month, 1));
    }
}
