namespace Deltoid.Coding;

/// <summary>
/// The levels of the spine that a text names. Vertebrae are numbered down from C1 = 1; a level has the number of its
/// upper one.
/// </summary>
internal static class SpinalLevels
{
    public const int FirstLumbar = 20;

    const int FirstThoracic = 8, FirstSacral = 25;

    /// <summary>
    /// <c>L4-L5, L5-S1</c> are two, <c>L3, L4</c> two; <c>L3-L5</c> is the two joints between where ranges count,
    /// else not understood.
    /// </summary>
    public static List<int> In(ReadOnlySpan<char> text, bool takesRanges)
    {
        var found = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            var isInWord = at > 0 && char.IsLetterOrDigit(text[at - 1]);
            if (isInWord || !TakeVertebra(text, ref at, '\0', out var first)) at++;
            else if (!TakeLast(text, ref at, first, out var last)) AddOnce(found, first);
            else if (last <= first || (last > first + 1 && !takesRanges)) return [];
            else
                for (var number = first; number < last; number++) AddOnce(found, number);
        }
        return found;
    }

    /// <summary>
    /// The region of a text's first vertebra, as rows of the spinal canal name it; empty when none is named.
    /// </summary>
    public static string RegionIn(string text)
    {
        if (In(text, takesRanges: true) is not { Count: > 0 } found) return "";
        return found[0] < FirstThoracic ? "cervical" : found[0] < FirstLumbar ? "thoracic" : "lumbar";
    }

    static void AddOnce(List<int> found, int number)
    {
        if (!found.Contains(number)) found.Add(number);
    }

    /// <summary>What follows a hyphen or slash: <c>-L5</c>, <c>/5</c>.</summary>
    static bool TakeLast(ReadOnlySpan<char> text, ref int at, int first, out int last)
    {
        var next = at;
        last = 0;
        while (next < text.Length && text[next] == ' ') next++;
        if (next == text.Length || text[next] is not ('-' or '/' or '\u2013')) return false;
        next++;
        if (!TakeVertebra(text, ref next, RegionOf(first), out last)) return false;
        at = next;
        return true;
    }

    static char RegionOf(int number) =>
        number < FirstThoracic ? 'c' : number < FirstLumbar ? 't' : number < FirstSacral ? 'l' : 's';

    /// <summary>Reads <c>L4</c>, or <c>5</c> where the letter was said before.</summary>
    static bool TakeVertebra(ReadOnlySpan<char> text, ref int at, char region, out int number)
    {
        var next = at;
        number = 0;
        while (next < text.Length && text[next] == ' ') next++;
        if (next < text.Length && char.ToLowerInvariant(text[next]) is var letter and ('c' or 't' or 'l' or 's'))
        {
            region = letter;
            next++;
        }
        var digits = 0;
        for (; next < text.Length && char.IsAsciiDigit(text[next]) && digits < 2; digits++)
            number = (number * 10) + (text[next++] - '0');
        if (region == '\0' || digits == 0 || (next < text.Length && char.IsLetterOrDigit(text[next]))) return false;
        var (before, most) = region switch
        {
            'c' => (0, 7),
            't' => (FirstThoracic - 1, 12),
            'l' => (FirstLumbar - 1, 5),
            _ => (FirstSacral - 1, 5),
        };
        if (number < 1 || number > most) return false;
        number += before;
        at = next;
        return true;
    }
}
