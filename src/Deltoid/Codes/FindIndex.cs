using System.Runtime.InteropServices;
using Deltoid.Codes.Packs;

namespace Deltoid.Codes;

/// <summary>What is found: in this order where all else is equal.</summary>
internal enum FindKind : byte { Drug, Procedure, Diagnosis, Package, Modifier }

/// <summary>One thing that can be found, by its key and by the words of its texts.</summary>
/// <param name="Key">Packed code or modifier; the eleven digits of a package; the number of a drug.</param>
/// <param name="Code">What a package is billed as; 0 where no crosswalk says.</param>
/// <param name="Length">Of its longest text: a word among few says more than one among many.</param>
/// <param name="Words">How many words the label has.</param>
/// <param name="Header">1 for a diagnosis that needs more characters.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FindRow(FindKind Kind, ulong Key, ulong Code, TextRef Label, int FromDay, int ThruDay,
    ushort Length, byte Words, byte Header);

/// <summary>
/// Rows sorted by kind and key, and all words of their texts, sorted, each with the numbers of the rows that have it: a
/// beginning of a word is a run of words, and the rows of a run stand together. It lies in a pack as it lies in memory
/// (sections <c>find:</c>).
/// </summary>
internal sealed class FindIndex
{
    readonly Column<byte> letters;
    readonly Column<int> starts, at, found;

    internal FindIndex(Column<FindRow> rows, Column<byte> letters, Column<int> starts, Column<int> at,
        Column<int> found, Column<byte> text) =>
        (Rows, this.letters, this.starts, this.at, this.found, Text) = (rows, letters, starts, at, found, text);

    /// <summary>The index that a pack was compiled with; null where it has none.</summary>
    internal static FindIndex? Of(Pack pack) =>
        pack.Column<FindRow>("find:row") is { Count: > 0 } rows
            ? new(rows, pack.Column<byte>("find:letter"), pack.Column<int>("find:word"), pack.Column<int>("find:at"),
                pack.Column<int>("find:found"), pack.Column<byte>("text"))
            : null;

    internal void Write(PackWriter writer)
    {
        if (Rows.Count == 0) return;
        writer.Add<FindRow>("find:row", Rows.Span);
        writer.Add<byte>("find:letter", letters.Span);
        writer.Add<int>("find:word", starts.Span);
        writer.Add<int>("find:at", at.Span);
        writer.Add<int>("find:found", found.Span);
    }

    internal Column<FindRow> Rows { get; }

    /// <summary>The pool with the labels.</summary>
    internal Column<byte> Text { get; }

    internal ReadOnlySpan<byte> Label(in FindRow row) => Text.Span.Slice(row.Label.Start, row.Label.Length);

    int WordCount => Math.Max(starts.Count - 1, 0);

    ReadOnlySpan<byte> Word(int word) => letters.Span[starts[word]..starts[word + 1]];

    /// <summary>The words that begin so, and whether the first of them is the word itself.</summary>
    internal (int From, int End, bool IsWhole) Beginning(ReadOnlySpan<byte> word)
    {
        var from = Bound(word, after: false);
        return (from, Bound(word, after: true), from < WordCount && Word(from).SequenceEqual(word));
    }

    int Bound(ReadOnlySpan<byte> beginning, bool after)
    {
        int low = 0, high = WordCount;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var word = Word(middle);
            var order = (word.Length > beginning.Length ? word[..beginning.Length] : word).SequenceCompareTo(beginning);
            if (order < 0 || (after && order == 0)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The rows that have one of a run of words; a row that has several comes several times.</summary>
    internal ReadOnlySpan<int> RowsWith(int fromWord, int endWord) =>
        fromWord >= endWord ? default : found.Span[at[fromWord]..at[endWord]];

    /// <summary>The rows of a kind whose keys lie between two, both counted in.</summary>
    internal (int From, int End) Keyed(FindKind kind, ulong low, ulong high) =>
        (Bound(kind, low, after: false), Bound(kind, high, after: true));

    int Bound(FindKind kind, ulong key, bool after)
    {
        int low = 0, high = Rows.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            ref readonly var row = ref Rows[middle];
            if (row.Kind < kind || (row.Kind == kind && (row.Key < key || (after && row.Key == key))))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>
    /// The words that differ least from one, of at most so many slips: a letter too many, too few, another, or two
    /// changed about. Myers' bits, which hold a column of the table of distances in one integer, with Hyyrö's term for
    /// letters changed about.
    /// </summary>
    /// <param name="mostBegun">Slips of a word that continues, held against beginnings; below 0 where none may.</param>
    /// <param name="least">How many slips they have.</param>
    internal List<int> Like(ReadOnlySpan<byte> typed, int most, int mostBegun, out int least)
    {
        var words = new List<int>();
        Span<ulong> places = stackalloc ulong[128];
        places.Clear();
        for (var i = 0; i < typed.Length; i++) places[typed[i]] |= 1UL << i;
        least = most;
        var isBegun = mostBegun >= 0;
        for (var word = 0; word < WordCount; word++)
        {
            var length = starts[word + 1] - starts[word];
            if (length < typed.Length - least || (length > typed.Length + least && !isBegun)) continue;
            var letters = Word(word)[..Math.Min(length, typed.Length + least)];
            var slips = length <= typed.Length + least
                ? Slips(places, typed.Length, letters, isBegun: false, least)
                : int.MaxValue;
            if (isBegun && Slips(places, typed.Length, letters, isBegun: true, least) is var begun
                && begun <= mostBegun)
                slips = Math.Min(slips, begun);
            if (slips > least) continue;
            if (slips < least) words.Clear();
            least = slips;
            words.Add(word);
        }
        return words;
    }

    /// <summary>The slips between two words of at most 64 letters or digits.</summary>
    /// <param name="most">More than these need not be counted.</param>
    internal static int Slips(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> word, int most)
    {
        Span<ulong> places = stackalloc ulong[128];
        places.Clear();
        for (var i = 0; i < typed.Length; i++) places[typed[i]] |= 1UL << i;
        return Slips(places, typed.Length, word, isBegun: false, most);
    }

    /// <param name="most">More than these need not be counted.</param>
    static int Slips(ReadOnlySpan<ulong> places, int typed, ReadOnlySpan<byte> word, bool isBegun, int most)
    {
        ulong up = ulong.MaxValue, down = 0, same = 0, before = 0;
        var (slips, best, last) = (typed, typed, 1UL << (typed - 1));
        for (var i = 0; i < word.Length; i++)
        {
            var here = places[word[i]];
            var changed = ((~same & here) << 1) & before;
            // the carry runs along the column and out of it
            same = unchecked(((here & up) + up) ^ up) | here | down | changed;
            var (risen, fallen) = (down | ~(same | up), same & up);
            if ((risen & last) != 0) slips++;
            if ((fallen & last) != 0) slips--;
            best = Math.Min(best, slips);
            if (slips - (word.Length - 1 - i) > most && best > most)
                return slips; // each letter to come takes back one at most
            risen = (risen << 1) | 1;
            (up, down, before) = ((fallen << 1) | ~(same | risen), risen & same, here);
        }
        return isBegun ? best : slips;
    }
}
