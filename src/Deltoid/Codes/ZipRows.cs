using System.Globalization;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// The shipped ZIP codes: a row for each contractor, locality and state, with its ZIP codes as a list of numbers and of
/// runs without a gap (<c>60601-60661 60664</c>). Written out they are as long as the file of CMS, so they are read
/// when first asked for.
/// </summary>
static class ZipRows
{
    /// <exception cref="RowException">A row does not read.</exception>
    public static Column<ZipRow> Read(Rows rows, Func<ReadOnlySpan<char>, byte> sourceOf)
    {
        int mac = rows.Column("mac"), locality = rows.Column("locality"), state = rows.Column("state"),
            plus4 = rows.Column("plus4");
        int from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source"),
            zips = rows.Column("zips");
        var all = new RowList<ZipRow>(50_000);
        while (rows.Next())
        {
            if (rows[state].Length != 2) throw rows.Wrong(state, "is not two letters");
            var row = new ZipRow(0, rows.Int(mac), rows.Int(locality), rows.Dates(from, thru),
                (ushort)((rows[state][0] << 8) | rows[state][1]), 0, rows.Flag(plus4) ? (byte)1 : (byte)0,
                sourceOf(rows[source]));
            var list = rows[zips];
            while (Rows.NextItem(ref list, ' ', out var run))
            {
                if (!TryRun(run, out var first, out var last))
                    throw rows.Wrong(zips, "is not a list of ZIP codes such as 60601-60661 60664");
                for (var zip = first; zip <= last; zip++) all.Add(row with { Zip = zip });
            }
        }
        return Column.Of<ZipRow>(all.Span);
    }

    static bool TryRun(ReadOnlySpan<char> run, out int first, out int last)
    {
        last = 0;
        if (!TryZip(run[..Math.Min(5, run.Length)], out first)) return false;
        if (run.Length == 5) last = first;
        else if (run.Length != 11 || run[5] != '-' || !TryZip(run[6..], out last)) return false;
        return last >= first;
    }

    static bool TryZip(ReadOnlySpan<char> text, out int zip) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out zip) && text.Length == 5;
}
