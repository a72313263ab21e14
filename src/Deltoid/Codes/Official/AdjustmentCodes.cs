using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Adjustment reason (CARC), remark (RARC) and group codes with the days on which they began and end, as a
/// tab-separated extract has them: <c>adj_code, adj_type, adj_description, …, adj_start_date, …, adj_end_date</c>. The
/// lists themselves are published as pages, not as a file. Words are taken of remark codes alone, which are CMS's;
/// those of reasons belong to X12.
/// </summary>
sealed class AdjustmentCodes()
    : OfficialTable("adjustment-codes", "Adjustment reason and remark codes, extract", int.MaxValue)
{
    static readonly (string Word, ListedKind Kind)[] Kinds =
    [("Group", ListedKind.AdjustmentGroup), ("CARC", ListedKind.AdjustmentReason), ("RARC", ListedKind.Remark)];

    public override bool Knows(OfficialFile file) => file.Says("adj_code\tadj_type");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, '\t');
        var header = rows.FindHeader("adj_code");
        int code = header["adj_code"], type = header["adj_type"], words = header["adj_description"],
            start = header["adj_start_date"], end = header["adj_end_date"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            rows.Need(header);
            var each = Cell.Text(rows[code]);
            if (each.Length is 0 or > 5 || !each.All(char.IsAsciiLetterOrDigit))
                throw rows.Wrong("adj_code", "is not a code");
            var kind = Array.FindIndex(Kinds, k => Cell.Text(rows[type]) == k.Word);
            if (kind < 0) throw rows.Wrong("adj_type", "is not Group, CARC or RARC");
            var label = Kinds[kind].Kind == ListedKind.Remark ? draft.Text(Cell.Text(rows[words])) : default;
            draft.Listed.Add(new(Kinds[kind].Kind, draft.Text(each), label, Days(rows, start, end), release.Number));
        }
    }

    static DateRange Days(Delimited rows, int start, int end)
    {
        var (from, thru) = (0, int.MaxValue);
        if (rows[start].Length > 0 && !Cell.TryWrittenDay(rows[start], out from))
            throw rows.Wrong("adj_start_date", "is not a day");
        if (rows[end].Length > 0 && !Cell.TryWrittenDay(rows[end], out thru))
            throw rows.Wrong("adj_end_date", "is not a day");
        return new(from, thru, 0);
    }
}
