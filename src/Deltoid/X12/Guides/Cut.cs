using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Where the sets of a guide may be cut: at segments that begin a level or loop of some rank. What stands between one
/// of a lower rank and the next one holds for all that follows until that rank begins again.
/// </summary>
sealed class Cut
{
    /// <summary>How deep ranks go.</summary>
    public const int MostRanks = 5;

    static readonly ulong Level = SegmentReader.PackOf("HL");

    readonly ulong[] names;
    readonly string[] levels;

    Cut(string[] names, string[] levels)
    {
        (this.names, this.levels) = ([.. names.Select(n => SegmentReader.PackOf(n))], levels);
        foreach (var name in (ReadOnlySpan<string>)["HL", "ST", "SE", "GS", "GE", "ISA", "IEA", "TA1", .. names])
        {
            var letters = name[0] | (name[1] << 8);
            Stops[letters >> 6] |= 1UL << (letters & 63);
        }
    }

    /// <summary>
    /// The segments that could begin something here, and those of the envelope, by their first two letters: one bit for
    /// each pair, since it is asked of every segment.
    /// </summary>
    public ulong[] Stops { get; } = new ulong[1024];

    public static readonly Cut Nowhere = new([], []);

    /// <summary>Before segments of these names, the outermost first.</summary>
    public static Cut AtSegments(params string[] names) => new(names, []);

    /// <summary>Before levels (HL) of these kinds (HL03), the outermost first.</summary>
    public static Cut AtLevels(params string[] levels) => new([], levels);

    /// <summary>How many ranks there are.</summary>
    public int Ranks => names.Length + levels.Length;

    /// <summary>The rank of a segment, or -1 when nothing begins with it.</summary>
    public int RankOf(ReadOnlySpan<byte> segment, byte separator)
    {
        var end = segment.IndexOf(separator);
        if (end is < 2 or > 3) return -1;
        var name = Packed(segment[..end]);
        if (name != Level) return Array.IndexOf(names, name);
        for (var i = 0; i < 3; i++)
        {
            var cut = segment.IndexOf(separator);
            if (cut < 0) return -1;
            segment = segment[(cut + 1)..];
        }
        end = segment.IndexOf(separator);
        var level = end < 0 ? segment : segment[..end];
        for (var rank = 0; rank < levels.Length; rank++)
            if (System.Text.Ascii.Equals(level, levels[rank])) return rank;
        return -1;
    }

    public static ulong Packed(ReadOnlySpan<byte> name)
    {
        var packed = 0UL;
        for (var i = 0; i < Math.Min(name.Length, 8); i++) packed |= (ulong)name[i] << (56 - (8 * i));
        return packed;
    }
}
