using System.Buffers.Binary;

namespace Deltoid.Pages.Site;

/// <summary>
/// The pool of texts, cut where texts begin and end. A label is mostly like the one before it: so of each only what is new is
/// written, up to a line's end, and before all of them how many bytes each shares with the one before.
/// </summary>
internal sealed class SiteTexts
{
    const int MostShared = 255;

    readonly int[] starts;
    readonly Dictionary<int, int> numbers = [];

    /// <param name="texts">Where texts are.</param>
    /// <param name="length">Of the pool.</param>
    public SiteTexts(IEnumerable<(int Start, int Length)> texts, int length)
    {
        starts = [.. texts.SelectMany(static text => (int[])[text.Start, text.Start + text.Length]).Append(0)
            .Append(length).Distinct().Order()];
        for (var i = 0; i < starts.Length - 1; i++) numbers[starts[i]] = i;
    }

    /// <summary>The number of a text, from one on; 0 where there is no text.</summary>
    public int NumberOf(int start, int length) =>
        (start, length) == default ? 0
            : length > 0 && starts[numbers[start] + 1] - start == length ? numbers[start] + 1
            : throw new InvalidOperationException("a text of the book is a part of another");

    public byte[] Written(ReadOnlySpan<byte> pool)
    {
        if (pool.Contains((byte)'\n')) throw new InvalidOperationException("a text of the book has several lines");
        var count = starts.Length - 1;
        var (shared, rest) = (new byte[count], new MemoryStream(pool.Length));
        for (var i = 0; i < count; i++)
        {
            var text = pool[starts[i]..starts[i + 1]];
            var before = i == 0 ? default : pool[starts[i - 1]..starts[i]];
            shared[i] = (byte)Math.Min(text.CommonPrefixLength(before), MostShared);
            rest.Write(text[shared[i]..]);
            rest.WriteByte((byte)'\n');
        }
        var head = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, count);
        return [.. head, .. shared, .. rest.ToArray()];
    }
}
