using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>An index in the making: rows and their words in any order. Belongs to one thread.</summary>
/// <param name="pool">Texts that labels may be in already.</param>
sealed class FindDraft(ReadOnlySpan<byte> pool = default)
{
    readonly RowList<FindRow> rows = new(4096);
    readonly RowList<ulong> pairs = new(1 << 15); // a word's first number << 32 | a row's
    readonly RowList<byte> text = Begun(pool);
    readonly Dictionary<string, int> numbers = new(4096);
    readonly char[] buffer = new char[FindWords.Longest];

    /// <summary>Adds a row whose label stands where it says, found by the words of some texts.</summary>
    public void Add(in FindRow row, params ReadOnlySpan<string> texts)
    {
        var known = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var each in texts)
        {
            var left = each.AsSpan();
            while (FindWords.Next(ref left, buffer, out var word))
            {
                if (!known.TryGetValue(word, out var number)) known[word] = number = numbers.Count;
                pairs.Add(((ulong)number << 32) | (uint)rows.Count);
            }
        }
        rows.Add(row);
    }

    static RowList<byte> Begun(ReadOnlySpan<byte> pool)
    {
        var text = new RowList<byte>(pool.Length + (1 << 15));
        text.AddAll(pool);
        return text;
    }

    /// <summary>Adds a row with a label of its own.</summary>
    public void Add(FindKind kind, ulong key, string label, DateRange dates, bool header = false)
    {
        var bytes = Encoding.UTF8.GetBytes(label);
        var place = new TextRef(text.Count, bytes.Length);
        text.AddAll(bytes);
        Add(kind, key, place, dates, header);
    }

    /// <summary>Adds a row with a label that is in the pool.</summary>
    public void Add(FindKind kind, ulong key, TextRef place, DateRange dates, bool header = false)
    {
        var label = Encoding.UTF8.GetString(text.Span.Slice(place.Start, place.Length));
        var row = new FindRow(kind, key, 0, place, dates.FromDay, dates.ThruDay,
            (ushort)Math.Min(place.Length, ushort.MaxValue), (byte)Math.Min(FindWords.Count(label), byte.MaxValue),
            (byte)(header ? 1 : 0));
        if (kind == FindKind.Drug && label.Contains('-', StringComparison.Ordinal))
            Add(row, label, label.Replace("-", "", StringComparison.Ordinal)); // depomedrol
        else
            Add(row, label);
    }

    public FindIndex Build() => Build(Column.Of<byte>(text.Span));

    /// <param name="labels">Where the rows' labels stand.</param>
    public FindIndex Build(Column<byte> labels)
    {
        var (order, words) = (Order(), numbers.Keys.ToArray());
        Array.Sort(words, StringComparer.Ordinal);
        var (sorted, places, ranks) = (new FindRow[order.Length], new int[order.Length], new int[words.Length]);
        for (var i = 0; i < order.Length; i++) (sorted[i], places[order[i]]) = (rows[order[i]], i);
        for (var i = 0; i < words.Length; i++) ranks[numbers[words[i]]] = i;
        var keys = new ulong[pairs.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)ranks[(int)(pairs[i] >> 32)] << 32) | (uint)places[(int)(pairs[i] & uint.MaxValue)];
        Sorting.Sort(keys);
        var (letters, starts) = Letters(words);
        var (at, found) = Found(keys, words.Length);
        return new(Column.Of<FindRow>(sorted), Column.Of<byte>(letters), Column.Of<int>(starts), Column.Of<int>(at),
            Column.Of<int>(found), labels);
    }

    /// <summary>The rows by kind and key, and else as they came.</summary>
    int[] Order()
    {
        var order = new int[rows.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = 1; i < order.Length; i++)
            if (Compare(i - 1, i) > 0)
            {
                Array.Sort(order, Compare);
                break;
            }
        return order;
    }

    int Compare(int one, int two)
    {
        var (a, b) = (rows[one], rows[two]);
        return a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind)
            : a.Key != b.Key ? a.Key.CompareTo(b.Key)
            : one.CompareTo(two);
    }

    static (byte[] Letters, int[] Starts) Letters(string[] words)
    {
        var starts = new int[words.Length + 1];
        for (var i = 0; i < words.Length; i++) starts[i + 1] = starts[i] + words[i].Length;
        var letters = new byte[starts[^1]];
        for (var i = 0; i < words.Length; i++) Encoding.ASCII.GetBytes(words[i], letters.AsSpan(starts[i]));
        return (letters, starts);
    }

    /// <summary>Where the rows of each word begin, and the rows: each once for a word.</summary>
    static (int[] At, int[] Found) Found(ulong[] keys, int words)
    {
        var (at, found, used, word) = (new int[words + 1], new int[keys.Length], 0, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0 && keys[i] == keys[i - 1]) continue;
            for (var next = (int)(keys[i] >> 32); word < next;) at[++word] = used;
            found[used++] = (int)(keys[i] & uint.MaxValue);
        }
        while (word < words) at[++word] = used;
        return (at, found[..used]);
    }
}
