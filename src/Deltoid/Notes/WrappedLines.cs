namespace Deltoid.Notes;

/// <summary>
/// Lines that a program cut where they were full: their breaks are blanks, so that what they say is read as it was
/// typed. They show by their lengths. In a paragraph, every line but the last is about as long as the longest, and none
/// begins as an entry of its own does.
/// </summary>
internal static class WrappedLines
{
    /// <summary>How long a full line is at least and at most, and by how much two full lines differ: a long
    /// word.</summary>
    const int Shortest = 45, Longest = 110, LongestWord = 14, LongestName = 30;

    /// <summary>Makes blanks of the breaks between lines that were cut.</summary>
    public static void Join(Span<char> folded, ReadOnlySpan<char> text)
    {
        for (var from = 0; from < folded.Length;)
        {
            var end = EndOfParagraph(folded, from);
            if (IsWrapped(folded[from..end], text[from..end]))
                for (var i = from; i < end; i++)
                    if (folded[i] == '\n') folded[i] = ' ';
            from = end + 1;
            while (from < folded.Length && folded[from] is '\n' or ' ') from++;
        }
    }

    /// <summary>Where a blank line follows, or the text ends.</summary>
    static int EndOfParagraph(ReadOnlySpan<char> folded, int from)
    {
        for (var at = from; at < folded.Length; at++)
        {
            if (folded[at] != '\n') continue;
            var next = at + 1;
            while (next < folded.Length && folded[next] == ' ') next++;
            if (next >= folded.Length || folded[next] == '\n') return at;
        }
        return folded.Length;
    }

    static bool IsWrapped(ReadOnlySpan<char> paragraph, ReadOnlySpan<char> text)
    {
        var (longest, shortest, lines) = (0, int.MaxValue, 1);
        for (var rest = paragraph; rest.IndexOf('\n') is >= 0 and var end; rest = rest[(end + 1)..], lines++)
        {
            (longest, shortest) = (Math.Max(longest, end), Math.Min(shortest, end));
            if (BeginsEntry(rest[(end + 1)..])) return false;
        }
        // two lines alone may be two entries
        if (lines == 2 && char.IsUpper(text[paragraph.IndexOf('\n') + 1])) return false;
        return lines > 1 && shortest >= Shortest && longest <= Longest && longest - shortest <= LongestWord
            && paragraph.IndexOf('|') < 0;
    }

    /// <summary>A number, a mark, or a label with its colon begins an entry of a list or a field of a form.</summary>
    static bool BeginsEntry(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || !(char.IsLetter(line[0]) || line[0] == '(')) return true;
        var end = line.IndexOf(' ');
        if (line[..(end < 0 ? line.Length : end)].EndsWith(":")) return true;
        var colon = line.IndexOf(':');
        // "clinic injection log: …"
        return colon is > 0 and < LongestName && line[..colon] is var head && (head.EndsWith(" log")
            || head.EndsWith(" note") || head.EndsWith(" mar") || head.EndsWith(" record")
            || head.EndsWith(" flowsheet"));
    }
}
