namespace Deltoid.Values;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    const int Far = 3;

    /// <summary>The nearest of some words, within two slips and less than half of the word; empty when none is
    /// near.</summary>
    public static string Of(string unknown, ReadOnlySpan<string> words)
    {
        var (best, least) = ("", Far);
        foreach (var word in words)
        {
            var distance = Distance(unknown, word);
            if (distance < least && distance * 2 <= word.Length) (best, least) = (word, distance);
        }
        return best;
    }

    /// <summary>Levenshtein's distance without regard to case; names further apart in length than two are simply
    /// far.</summary>
    public static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2) return Far;
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.Length];
    }
}
