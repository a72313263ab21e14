using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Puts records of the HCPCS file together: a code or a modifier, and the lines in which its text continues.
/// </summary>
sealed class HcpcsEntries(Release release, PackDraft draft)
{
    const int Name = 0, Kind = 2, Long = 3, Short = 4, Price = 5, Reference = 6, Coverage = 9, Added = 10, Changed = 11,
        Ended = 12;

    readonly RowList<byte> text = new(1024);
    Code begun;
    HcpcsRow row;
    bool isModifier, isLeft;

    public bool IsEmpty => begun.IsNone;

    /// <param name="at">Where the columns stand.</param>
    public void Add(TableRows rows, int[] at)
    {
        if (rows[at[Kind]] is not [((byte)'3' or (byte)'4' or (byte)'7' or (byte)'8') and var kind])
            throw rows.Wrong("RECID", "is not 3, 4, 7 or 8");
        if (!Code.TryParse(rows[at[Name]], out var code)) throw rows.Wrong("HCPC", "is no code");
        if (kind is (byte)'3' or (byte)'7') Begin(rows, at, code, kind == '7');
        else if (code != begun)
            throw rows.Wrong("HCPC", $"is {code}, whose text continues here, but the code before is {begun}");
        AddText(rows[at[Long]]);
    }

    void Begin(TableRows rows, int[] at, Code code, bool modifier)
    {
        End();
        if (code.Length != (modifier ? 2 : 5))
            throw rows.Wrong("HCPC",
                modifier ? "is not a modifier of two characters" : "is not a code of five characters");
        if (!Cell.TryDay(rows[at[Added]], out var from)) throw rows.Wrong("ADD DT", "is not a day as 20260131");
        var (thru, changed) = (DayOr(int.MaxValue, rows, at[Ended], "TERM DT"),
            DayOr(0, rows, at[Changed], "ACT EFF DT"));
        (begun, isModifier, isLeft) = (code, modifier, false);
        if (!modifier && IsAnothers(code))
        {
            release.Skipped++;
            isLeft = true;
            return;
        }
        if (thru < from)
        {
            release.Refuse(rows.Line, "ends before it was added", code.ToString());
            isLeft = true;
            return;
        }
        var price = rows[at[Price]];
        var coverage = rows[at[Coverage]];
        row = new(0, new(from, thru, 0), changed, draft.Text(Utf8(rows[at[Short]])), default, Other(rows, at, 0),
            Other(rows, at, 1), Other(rows, at, 2), Cell.Two(price), coverage.IsEmpty ? (byte)0 : coverage[0],
            release.Number);
    }

    /// <summary>Level I is AMA's and D codes are ADA's: neither is published here, and none is taken.</summary>
    static bool IsAnothers(Code code) => code[0] is 'D' or (>= '0' and <= '9');

    static int DayOr(int blank, TableRows rows, int at, string column)
    {
        if (rows[at].IsEmpty) return blank;
        return Cell.TryDay(rows[at], out var day)
            ? day
            : throw rows.Wrong(column, "is neither empty nor a day as 20260131");
    }

    /// <summary>A code referred to. Modifiers and the word CPT stand there too: they are none.</summary>
    static ulong Other(TableRows rows, int[] at, int nth) =>
        Code.TryParse(rows[at[Reference + nth]], out var other) && other.Length == 5 ? other.Packed : 0;

    void AddText(ReadOnlySpan<byte> more)
    {
        if (more.IsEmpty) return;
        if (text.Count > 0) text.Add((byte)' ');
        text.AddAll(more);
    }

    static ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> cell) =>
        Ascii.IsValid(cell) ? cell : Encoding.UTF8.GetBytes(Cell.Text(cell));

    /// <summary>The entry has all its text: it becomes a row.</summary>
    public void End()
    {
        if (!begun.IsNone && !isLeft)
        {
            var whole = draft.Text(Utf8(text.Span));
            if (isModifier) draft.Modifiers.Add(new((ushort)(begun.Packed >> 48), row.Dates, whole, release.Number));
            else draft.Hcpcs.Add(row with { Id = draft.Id(begun), Long = whole });
        }
        text.Clear();
    }
}
