namespace Deltoid.Notes;

/// <summary>Tables drawn with bars, tabs or blanks: which column a cell is in, where a line of headings names
/// it.</summary>
internal static class Cells
{
    const string Gaps = "        "; // as many as the widest gap that is asked for

    readonly record struct Column(string Name, int From, int To);

    /// <summary>For the token that begins a cell of a lot, an expiry or a day of a sheet: the name of its
    /// column.</summary>
    public static Dictionary<int, string> Of(NoteText text, Lexicon lexicon)
    {
        var cells = new Dictionary<int, string>();
        if (!text.Text.AsSpan().ContainsAny('|', '\t') && !text.Text.Contains("  ", StringComparison.Ordinal)
            && !text.Text.Contains("\",\"", StringComparison.Ordinal))
            return cells;
        var headings = new List<Column>();
        var line = 0;
        while (line < text.Text.Length)
        {
            var end = text.Text.IndexOf('\n', line);
            if (end < 0) end = text.Text.Length;
            var parts = Parts(text, line, end);
            if (parts.Count < 2) headings.Clear();
            else if (Headings(text, lexicon, line, parts, cells) is { Count: > 2 } found) headings = found;
            else if (headings.Count > 0 && IsUndone(text, line, end, parts, headings)) Undone(text, line, end, cells);
            else if (headings.Count > 0) Row(text, line, parts, headings, cells);
            line = end + 1;
        }
        return cells;
    }

    /// <summary>The names of columns, where at least three are labels; empty for a row.</summary>
    static List<Column> Headings(NoteText text, Lexicon lexicon, int line, List<(int From, int To)> parts,
        Dictionary<int, string> cells)
    {
        var columns = new List<Column>();
        var labels = new List<int>();
        foreach (var (from, to) in parts)
        {
            var token = text.TokenAt(from);
            var name = Named(text, lexicon, from, to);
            if (name == "" && token < text.Count && text[token].Start < to
                && lexicon.Words.TryFind(text, token, out var found)
                && !text.IsMark(found.EndToken, ':') && !text.Folded[from..to].ContainsAnyInRange('0', '9'))
                for (var sense = found.Sense; sense is not null; sense = sense.Next)
                    if (sense.Kind == Meaning.Label && text[found.EndToken - 1].End <= to) name = sense.Value;
            if (name.Length > 0) labels.Add(token);
            columns.Add(new(name, from - line, to - line));
        }
        if (labels.Count < 3) return [];
        foreach (var token in labels) cells[token] = "heading";
        return columns;
    }

    /// <summary>A heading that is no label elsewhere: "Due", "Given", "Init".</summary>
    static string Named(NoteText text, Lexicon lexicon, int from, int to)
    {
        var heading = text.Folded[from..to].Trim();
        if (heading.IndexOf('(') is > 0 and var aside) heading = heading[..aside].TrimEnd(); // "Given (time/init)"
        return lexicon.Is("heading-due", heading) ? "due" : lexicon.Is("heading-given", heading) ? "given"
            : lexicon.Is("heading", heading) ? "other" : "";
    }

    /// <summary>A row with a time under Due and nothing under Given: it was not given, whatever is beside
    /// it.</summary>
    static bool IsUndone(NoteText text, int line, int end, List<(int From, int To)> parts, List<Column> headings)
    {
        var (due, given) = (headings.FindIndex(static h => h.Name == "due"),
            headings.FindIndex(static h => h.Name == "given"));
        if (due < 0 || given < 0 || parts.Count < 2) return false;
        var row = text.Folded[line..end];
        if (row.IndexOf("held") >= 0 || row.IndexOf("refus") >= 0 || row.IndexOf("not given") >= 0) return false;
        return Cell(due).ContainsAnyInRange('0', '9') && !Cell(given).ContainsAny(Letters);
        ReadOnlySpan<char> Cell(int column)
        {
            if (parts.Count == headings.Count)
                return text.Folded[parts[column].From..parts[column].To];
            // a little to the left of the heading, up to the next one
            var (from, to) = (headings[column].From - 2, column + 1 < headings.Count ? headings[column + 1].From
                : int.MaxValue);
            foreach (var part in parts)
                if (part.From - line < to && part.To - line > from && part.From - line >= from)
                    return text.Folded[part.From..part.To];
            return default;
        }
    }

    static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    static void Undone(NoteText text, int line, int end, Dictionary<int, string> cells)
    {
        for (var t = text.TokenAt(line); t < text.Count && text[t].Start < end; t++) cells[t] = "undone";
    }

    static void Row(NoteText text, int line, List<(int From, int To)> parts, List<Column> headings,
        Dictionary<int, string> cells)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var (from, to) = parts[i];
            var column = parts.Count == headings.Count ? headings[i].Name : Above(headings, from - line, to - line);
            var token = text.TokenAt(from);
            // "UT8812A 06/30/2027" with one blank between: the cell reaches under the next heading
            if (column is "lot" && parts.Count != headings.Count && IsUnder(headings, "exp", from - line, to - line))
                column = "lot and exp";
            if (column is "lot" or "lot and exp" or "exp" or "vis" or "dates" or "start" or "stop" or "due" or "given"
                && token < text.Count && text[token].Start < to)
                cells[token] = column;
        }
    }

    static bool IsUnder(List<Column> headings, string name, int from, int to) =>
        headings.Exists(h => h.Name == name && from < h.To && to > h.From);

    /// <summary>The heading that stands above a cell, where a row leaves some blank.</summary>
    static string Above(List<Column> headings, int from, int to)
    {
        foreach (var heading in headings)
            if (from < heading.To && to > heading.From) return heading.Name;
        return "";
    }

    /// <summary>Cells of an export: <c>"Toradol","30 mg","IM"</c>.</summary>
    static List<(int From, int To)> Quoted(NoteText text, int line, int end)
    {
        var parts = new List<(int, int)>();
        for (var from = line + 1; from < end;)
        {
            var to = text.Text.IndexOf('"', from, end - from);
            if (to < 0) to = end;
            parts.Add((from, to));
            from = to + 3;
        }
        return parts;
    }

    /// <summary>The cells of a line: between bars, else between tabs, else between two blanks or more.</summary>
    static List<(int From, int To)> Parts(NoteText text, int line, int end)
    {
        var parts = new List<(int, int)>();
        var span = text.Text.AsSpan(line, end - line);
        if (span.StartsWith("\"") && span.Contains("\",\"", StringComparison.Ordinal)) return Quoted(text, line, end);
        var mark = span.Contains('|') ? '|' : span.Contains('\t') ? '\t' : ' ';
        var gap = Gaps.AsSpan(0, text.ColumnGap);
        var from = line;
        if (from < end && mark != ' ' && text.Text[from] == mark) from++;
        while (mark == ' ' && from < end && text.Text[from] == ' ') from++;
        while (from <= end)
        {
            var rest = text.Text.AsSpan(from, end - from);
            var to = mark == ' ' ? rest.IndexOf(gap) : rest.IndexOf(mark);
            to = to < 0 ? end : from + to;
            if (mark != ' ' || to > from) parts.Add((from, to));
            from = to + 1;
            while (mark == ' ' && from < end && text.Text[from] == ' ') from++;
        }
        return parts;
    }
}
