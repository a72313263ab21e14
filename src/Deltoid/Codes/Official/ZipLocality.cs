using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// ZIP codes with their contractor and pricing locality (<c>ZIP5_OCT2025.txt</c>), in lines of 80 columns, the quarter
/// at the end of each. Where the plus-four flag is 1 the nine-digit file would decide.
/// </summary>
sealed class ZipLocality : OfficialTable
{
    const int LineLength = 80;

    static readonly FixedColumn[] Columns =
    [
        new("State", 1, 2),
        new("Zip Code", 3, 7),
        new("Carrier", 8, 12),
        new("Pricing Locality", 13, 14),
        new("Rural Indicator", 15, 15),
        new("Plus Four Flag", 21, 21),
        new("Year/Quarter", 76, 80)
    ];

    public ZipLocality() : base("zip-locality", "ZIP codes by Medicare locality", 40_000)
    {
    }

    public override bool Knows(OfficialFile file) => file.IsNamed("ZIP5", ".txt") && !file.IsNamed("lyout");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new FixedRows(file, Columns);
        var (quarter, before) = (0, draft.Zips.Count);
        while (rows.Next())
        {
            rows.CheckLength(LineLength);
            if (quarter == 0) SetRelease(rows, release, quarter = Number(rows, 6, 5));
            else if (Number(rows, 6, 5) != quarter)
                throw rows.Wrong("Year/Quarter", $"is not {quarter}, as in the lines before");
            draft.Zips.Add(new(Number(rows, 1, 5), Number(rows, 2, 5), Number(rows, 3, 2), release.Covers, State(rows),
                Rural(rows), PlusFour(rows), release.Number));
        }
        if (draft.Zips.Count == before) throw new OfficialFileException(0, "has no ZIP codes", "download it again");
    }

    static void SetRelease(FixedRows rows, Release release, int quarter)
    {
        if (quarter / 10 is < 2000 or > 2099 || quarter % 10 is < 1 or > 4)
            throw rows.Wrong("Year/Quarter", "is not a year and a quarter as 20254");
        release.Name = $"{quarter / 10} Q{quarter % 10}";
        release.Covers = Quarters.Of(quarter / 10, quarter % 10);
    }

    static int Number(FixedRows rows, int at, int digits) =>
        rows[at].Length == digits && Cell.TryInt(rows[at], out var number) && number >= 0
            ? number
            : throw rows.Wrong(Columns[at].Name, $"is not a number of {digits} digits");

    static ushort State(FixedRows rows) =>
        rows[0] is [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z']
            ? Cell.Two(rows[0])
            : throw rows.Wrong("State", "is not two letters");

    static byte Rural(FixedRows rows) => rows[4] switch
    {
        [] => 0,
        [((byte)'R' or (byte)'B') and var rural] => rural,
        _ => throw rows.Wrong("Rural Indicator", "is not blank, R or B"),
    };

    static byte PlusFour(FixedRows rows) => rows[5] switch
    {
        [(byte)'0'] => 0,
        [(byte)'1'] => 1,
        _ => throw rows.Wrong("Plus Four Flag", "is neither 0 nor 1"),
    };
}
