using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Deltoid.Pages.Site;

/// <summary>
/// The pool of texts, cut where texts begin and end. A label is mostly like the one before it: so of each only the
/// words that are new are written, as numbers of a list of all words.
/// </summary>
/// <remarks>
/// Four bytes say how many texts there are, four how many bytes the list has. Then the list, a word a line; of each
/// text a byte with the words that it shares with the one before; the words of all texts, two bytes each, 0 after each
/// text. A word is letters and digits, or one other byte; a blank between words of letters and digits goes without
/// saying.
/// </remarks>
internal sealed class SiteTexts
{
    const int MostShared = byte.MaxValue;

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
        var (known, shared, written) = (new Dictionary<string, ushort>(), new List<byte>(), new List<ushort>());
        List<ushort> before = [];
        for (var i = 0; i < starts.Length - 1; i++)
        {
            var words = WordsOf(Encoding.Latin1.GetString(pool[starts[i]..starts[i + 1]]))
                .ConvertAll(word => Known(known, word));
            var same = CollectionsMarshal.AsSpan(words).CommonPrefixLength(CollectionsMarshal.AsSpan(before));
            shared.Add((byte)Math.Min(same, MostShared));
            written.AddRange([.. words.Skip(shared[i]), 0]);
            before = words;
        }
        var list = Encoding.Latin1.GetBytes(string.Join('\n', known.Keys) + "\n");
        var head = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, shared.Count);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), list.Length);
        return [.. head, .. list, .. shared, .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(written))];
    }

    static ushort Known(Dictionary<string, ushort> known, string word)
    {
        if (!known.TryGetValue(word, out var number)) known[word] = number = checked((ushort)(known.Count + 1));
        return number;
    }

    static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (IsPlain(text[at]))
                while (end < text.Length && IsPlain(text[end])) end++;
            var goesWithoutSaying = text[at] == ' ' && at > 0 && IsPlain(text[at - 1])
                && end < text.Length && IsPlain(text[end]);
            if (!goesWithoutSaying) words.Add(text[at..end]);
            if (text[at] == '\n') throw new InvalidOperationException("a text of the book has several lines");
            at = end;
        }
        return words;
    }

    static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c);
}
