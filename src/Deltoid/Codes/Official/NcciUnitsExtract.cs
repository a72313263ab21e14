using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Unit limits written out of the practitioner table by hand: <c>code,max_units,mai,ref_version</c>, the version as
/// MUE-2026Q4. A limit of the newest quarter continues until something newer is known; of an earlier one it ends with
/// that quarter. Never the whole table.
/// </summary>
sealed class NcciUnitsExtract()
    : OfficialTable("ncci-units-extract", "NCCI medically unlikely edits, extract", int.MaxValue)
{
    public override bool Knows(OfficialFile file) => file.Says("code,max_units");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        var header = rows.FindHeader("code");
        int code = header["code"], units = header["max_units"], mai = header["mai"], version = header["ref_version"];
        var read = new List<MueRow>();
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            var quarter = ExtractQuarter.Of(rows, version, "MUE-");
            ExtractQuarter.Widen(release, quarter);
            if (!Code.TryParse(rows[code], out var each) || each.Length != 5) throw rows.Wrong("code", "is not a code");
            if (!Cell.TryInt(rows[units], out var limit) || limit < 0)
                throw rows.Wrong("max_units", "is not a number of units");
            if (rows[mai] is not [>= (byte)'1' and <= (byte)'3' and var indicator])
                throw rows.Wrong("mai", "is not 1, 2 or 3");
            read.Add(new(draft.Id(each), quarter, limit, Table: 0, (byte)(indicator - '0'), release.Number));
        }
        foreach (var row in read)
            draft.Mues.Add(row.Dates.ThruDay == release.Covers.ThruDay
                ? row with { Dates = row.Dates with { ThruDay = int.MaxValue } }
                : row);
    }
}
