using System.Globalization;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Pairs written out of the practitioner table by hand:
/// <c>col1,col2,effective,deleted,modifier_indicator,ref_version</c>, the version as NCCI-2026Q4. However many rows it
/// has, it is never the whole table.
/// </summary>
sealed class NcciPairsExtract()
    : OfficialTable("ncci-pairs-extract", "NCCI procedure-to-procedure edits, extract", int.MaxValue)
{
    public override bool Knows(OfficialFile file) => file.Says("col1,col2,effective");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("col1");
        int one = header["col1"], two = header["col2"], from = header["effective"], thru = header["deleted"],
            indicator = header["modifier_indicator"], version = header["ref_version"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            ExtractQuarter.Widen(release, ExtractQuarter.Of(rows, version, "NCCI-"));
            if (!Code.TryParse(rows[one], out var first) || !Code.TryParse(rows[two], out var second))
                throw rows.Fault("does not begin with two codes");
            if (!Cell.TryWrittenDay(rows[from], out var start))
                throw rows.Wrong("effective", "is not a day as 2026-01-31");
            var end = int.MaxValue;
            if (!rows[thru].IsEmpty && !Cell.TryWrittenDay(rows[thru], out end))
                throw rows.Wrong("deleted", "is not a day as 2026-01-31");
            if (rows[indicator] is not [(byte)'0' or (byte)'1' or (byte)'9'])
                throw rows.Wrong("modifier_indicator", "is not 0, 1 or 9");
            if (end < start)
            {
                release.Refuse(rows.Line, "is deleted before it is effective");
                continue;
            }
            draft.PractitionerPairs.Add(first, second,
                new(new(start, end, 0), (byte)(rows[indicator][0] - '0'), release.Number));
        }
    }
}

/// <summary>The quarter that a row of an extract says, and the quarters of all its rows.</summary>
static class ExtractQuarter
{
    /// <exception cref="OfficialFileException">The cell is not the prefix and a quarter.</exception>
    public static DateRange Of(Delimited rows, int column, string prefix)
    {
        var said = Cell.Text(rows[column]);
        if (!said.StartsWith(prefix, StringComparison.Ordinal) || said.Length != prefix.Length + 6 || said[^2] != 'Q'
            || said[^1] is < '1' or > '4'
            || !int.TryParse(said.AsSpan(prefix.Length, 4), NumberStyles.Integer, CultureInfo.InvariantCulture,
                out var year) || year is < 1996 or > 2100)
            throw rows.Wrong("ref_version", $"is not a quarter as {prefix}2026Q4");
        return Quarters.Of(year, said[^1] - '0');
    }

    /// <summary>The release goes from its oldest quarter to its newest, and has the newest's name.</summary>
    public static void Widen(Release release, DateRange quarter)
    {
        if (release.Name.Length == 0) release.Covers = quarter;
        release.Covers = release.Covers with
        {
            FromDay = Math.Min(release.Covers.FromDay, quarter.FromDay),
            ThruDay = Math.Max(release.Covers.ThruDay, quarter.ThruDay)
        };
        var newest = release.Covers.Thru!.Value;
        release.Name = $"{newest.Year}Q{newest.Month / 3}";
    }
}
