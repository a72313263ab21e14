using System.Globalization;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>Rows of relative values, and the conversion factor that is in each of them.</summary>
/// <param name="at">Where the columns stand, in the order of 2026.</param>
sealed class PfsEntries(Release release, PackDraft draft, int[] at)
{
    const int LargestMultiple = 9;

    Rate factor;

    public void Add(TableRows rows, bool factorOnly)
    {
        if (!Code.TryParse(rows[at[0]], out var code) || code.Length != 5)
            throw rows.Wrong("HCPCS", "is not a code of five characters");
        AddFactor(rows);
        if (!factorOnly) draft.Rvus.Add(Row(rows, draft.Id(code)));
    }

    RvuRow Row(TableRows rows, int id) =>
        new(id, Modifier(rows), release.Covers, Value(rows, 5, "WORK RVU"), Value(rows, 6, "NON-FAC PE RVU"),
            Value(rows, 8, "FACILITY PE RVU"), Value(rows, 10, "MP RVU"), Value(rows, 11, "NON-FACILITY TOTAL"),
            Value(rows, 12, "FACILITY TOTAL"), Value(rows, 29, "NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT"),
            Value(rows, 30, "FACILITY PE USED FOR OPPS PAYMENT AMOUNT"),
            Value(rows, 31, "MP USED FOR OPPS PAYMENT AMOUNT"), EndoscopyBase(rows), Global(rows), Status(rows),
            IsNa(rows, 7, "NON-FAC NA INDICATOR"), IsNa(rows, 9, "FACILITY NA INDICATOR"),
            Indicator(rows, 13, "PCTC IND"), Indicator(rows, 18, "MULT PROC"), Indicator(rows, 19, "BILAT SURG"),
            Indicator(rows, 20, "ASST SURG"), Indicator(rows, 21, "CO- SURG"), Indicator(rows, 22, "TEAM SURG"),
            Indicator(rows, 28, "DIAGNOSTIC IMAGING FAMILY INDICATOR", 99), release.Number);

    /// <summary>A file has one factor. Rows without a price may have none.</summary>
    void AddFactor(TableRows rows)
    {
        var own = Value(rows, 25, "CONV FACTOR");
        if (own == default || own == factor) return;
        if (factor != default)
            throw rows.Wrong("CONV FACTOR",
                string.Create(CultureInfo.InvariantCulture, $"is {own.Value}, and {factor.Value} in the rows before"));
        factor = own;
    }

    /// <summary>After the last row.</summary>
    /// <exception cref="OfficialFileException">No row had one.</exception>
    public void AddFactor(bool isQualifying)
    {
        if (factor == default)
            throw new OfficialFileException(0, "has no row with a conversion factor", "download it again");
        draft.Conversions.Add(new(release.Covers, factor, isQualifying ? (byte)1 : (byte)0, release.Number));
    }

    ushort Modifier(TableRows rows) =>
        rows[at[1]].Length is 0 or 2
            ? Cell.Two(rows[at[1]])
            : throw rows.Wrong("MOD", "is not a modifier of two characters");

    byte Status(TableRows rows) =>
        rows[at[3]] is [>= (byte)'A' and <= (byte)'Z' and var status]
            ? status
            : throw rows.Wrong("STATUS CODE", "is not one letter");

    uint Global(TableRows rows) =>
        rows[at[14]].Length == 3 ? Cell.Four(rows[at[14]]) : throw rows.Wrong("GLOB DAYS", "has not three characters");

    ulong EndoscopyBase(TableRows rows)
    {
        var cell = rows[at[24]];
        if (cell.IsEmpty) return 0;
        return Code.TryParse(cell, out var code) && code.Length == 5
            ? code.Packed
            : throw rows.Wrong("ENDO BASE", "is neither empty nor a code of five characters");
    }

    Rate Value(TableRows rows, int column, string name) =>
        Cell.TryRate(rows[at[column]], out var value) && value.TenThousandths >= 0
            ? value
            : throw rows.Wrong(name, "is not a number as 0.17");

    byte IsNa(TableRows rows, int column, string name)
    {
        var cell = rows[at[column]];
        return cell.SequenceEqual("NA"u8) ? (byte)1
            : cell.IsEmpty ? (byte)0
            : throw rows.Wrong(name, "is neither empty nor NA");
    }

    byte Indicator(TableRows rows, int column, string name,
        int largest = LargestMultiple) =>
        Cell.TryInt(rows[at[column]], out var value) && value >= 0 && value <= largest
            ? (byte)value
            : throw rows.Wrong(name, $"is not a number up to {largest}");
}
