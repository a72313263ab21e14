namespace Deltoid.Notes;

/// <summary>Tables drawn with bars or tabs: which column a cell is in, where a line of headings names it.</summary>
internal static class Cells
{
    /// <summary>For the token that begins a cell of a lot or an expiry: the name of its column.</summary>
    public static Dictionary<int, string> Of(NoteText text, WordTable words)
    {
        var cells = new Dictionary<int, string>();
        if (!text.Text.AsSpan().ContainsAny('|', '\t')) return cells;
        var headings = new List<string>();
        var line = 0;
        while (line < text.Text.Length)
        {
            var end = text.Text.IndexOf('\n', line);
            if (end < 0) end = text.Text.Length;
            var mark = text.Text.AsSpan(line, end - line).Contains('|') ? '|' : '\t';
            if (!text.Text.AsSpan(line, end - line).Contains(mark)) headings.Clear();
            else if (Headings(text, words, line, end, mark) is { Count: > 2 } found) headings = found;
            else if (headings.Count > 0) Row(text, line, end, mark, headings, cells);
            line = end + 1;
        }
        return cells;
    }

    /// <summary>The names of columns, where at least three are labels; empty for a row.</summary>
    static List<string> Headings(NoteText text, WordTable words, int line, int end, char mark)
    {
        var names = new List<string>();
        var known = 0;
        foreach (var (from, to) in Parts(text, line, end, mark))
        {
            var token = text.TokenAt(from);
            var name = "";
            if (token < text.Count && text[token].Start < to && words.TryFind(text, token, out var found))
                for (var sense = found.Sense; sense is not null; sense = sense.Next)
                    if (sense.Kind == Meaning.Label && text[found.EndToken - 1].End <= to) name = sense.Value;
            if (name.Length > 0) known++;
            names.Add(name);
        }
        return known >= 3 ? names : [];
    }

    static void Row(NoteText text, int line, int end, char mark, List<string> headings, Dictionary<int, string> cells)
    {
        var column = 0;
        foreach (var (from, to) in Parts(text, line, end, mark))
        {
            var token = text.TokenAt(from);
            if (column < headings.Count && headings[column] is "lot" or "exp" && token < text.Count
                && text[token].Start < to)
                cells[token] = headings[column];
            column++;
        }
    }

    static List<(int From, int To)> Parts(NoteText text, int line, int end, char mark)
    {
        var parts = new List<(int, int)>();
        var from = line;
        if (from < end && text.Text[from] == mark) from++;
        while (from <= end)
        {
            var to = text.Text.AsSpan(from, end - from).IndexOf(mark);
            to = to < 0 ? end : from + to;
            parts.Add((from, to));
            from = to + 1;
        }
        return parts;
    }
}
