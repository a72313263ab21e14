namespace Deltoid.Notes;

/// <summary>Lines that begin with a day: entries of earlier days, and of days to come.</summary>
internal sealed partial class Hidden
{
    /// <summary>A line that begins with a day after the one that the block names: the entry of today.</summary>
    bool IsLater(int head, int line) => DayAtHead(line) is { } day && FirstDay(head) is { } copied && copied < day;

    DateOnly? FirstDay(int line)
    {
        for (var t = text.TokenAt(lines[line].Start); t < text.Count && text[t].Start < lines[line].End; t++)
            if (Calendar.TryDay(text, t, words, out var day, out _)) return day;
        return null;
    }

    /// <summary>The day that a line begins with, after marks and a word such as "Date".</summary>
    DateOnly? DayAtHead(int line)
    {
        var token = text.TokenAt(lines[line].Start);
        while (token < text.Count && text[token].Start < lines[line].End
            && text.Kind(token) is TokenKind.Mark or TokenKind.Break)
            token++;
        while (token < text.Count && text[token].Start < lines[line].End && (lexicon.Is("day-head", text.Word(token))
            || text.Kind(token) == TokenKind.Mark || text.Kind(token) == TokenKind.Number
                && lexicon.Is("day-head", text.Word(token - 1)) && !text.IsMark(token + 1, '/')
                && !text.IsMark(token + 1, '-'))) token++;
        if (text.Word(token) is "date" or "dos" or "visit" or "fecha" or "entry" or "today" or "hoy" or "now") token++;
        while (token < text.Count && text.Kind(token) == TokenKind.Mark) token++;
        if (token >= text.Count || text[token].Start >= lines[line].End) return null;
        return Calendar.TryDay(text, token, words, out var day, out _) ? day : ShortDay(token);
    }

    /// <summary>"10/1: …", where the note names no year: lines are compared by month and day.</summary>
    DateOnly? ShortDay(int token)
    {
        if (hasYear || text.Kind(token) != TokenKind.Number || !text.IsMark(token + 1, '/')
            || text.Kind(token + 2) != TokenKind.Number
            || !(text.IsMark(token + 3, ':') || text.IsMark(token + 3, '-') || text.IsMark(token + 3, '(')))
            return null;
        return int.TryParse(text.Word(token), out var month) && int.TryParse(text.Word(token + 2), out var day)
            && month is >= 1 and <= 12 && day is >= 1 and <= 31
            ? new DateOnly(2000, month, Math.Min(day, DateTime.DaysInMonth(2000, month))) : null;
    }

    /// <summary>Whether a line of the note begins with a day that has its year.</summary>
    bool HasYear()
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var token = text.TokenAt(lines[i].Start);
            if (token < text.Count && text[token].Start < lines[i].End
                && Calendar.TryDay(text, token, words, out _, out _)) return true;
        }
        return false;
    }

    /// <summary>"11/05/26" alone, "11/03/26  plan 0.25 mL": an entry for a day on which nothing was done yet.</summary>
    bool IsToCome(int line)
    {
        var folded = text.Folded[lines[line].Start..lines[line].End].Trim();
        var rest = folded.TrimStart("0123456789/-.: ");
        if (rest.IsEmpty) return folded.Length <= LongestDay && line > 0 && DayAtHead(line - 1) is not null;
        if (folded.Length - rest.Length > LongestDay || rest.Length > LongestHead) return false;
        foreach (var word in Phrases("to-come"))
            if (rest.StartsWith(word, StringComparison.Ordinal)
                && (rest.Length == word.Length || !char.IsLetterOrDigit(rest[word.Length]))) return true;
        return false;
    }

    const int LongestDay = 16;

    /// <summary>A line of a log begins with a day or a time.</summary>
    bool IsEntry(int line)
    {
        if (DayAtHead(line) is not null) return true;
        var token = text.TokenAt(lines[line].Start);
        return token < text.Count && text[token].Start < lines[line].End
            && Calendar.TryTime(text, token, true, out _, out var end) && end - text[token].Start >= 4;
    }

    /// <summary>Entries that begin with a day, where a later entry does too.</summary>
    void EarlierDays()
    {
        var heads = new List<(int Line, DateOnly Day)>();
        DateOnly latest = default;
        for (var i = 0; i < lines.Count; i++)
        {
            if (set[i] || IsBlank(i)) continue;
            if (DayAtHead(i) is not { } day) continue;
            if (IsToCome(i))
            {
                Parts.Add(new(lines[i].Start, lines[i].End, "plan"));
                continue;
            }
            heads.Add((i, day));
            if (day > latest) latest = day;
        }
        for (var h = 0; h < heads.Count; h++)
        {
            if (heads[h].Day >= latest) continue;
            var end = h + 1 < heads.Count ? lines[heads[h + 1].Line].Start : text.Text.Length;
            // an entry of an earlier day at the foot of a note of today is one line
            if (h + 1 == heads.Count) end = lines[heads[h].Line].End;
            Parts.Add(new(lines[heads[h].Line].Start, end, "history"));
        }
    }
}
