namespace Deltoid.Notes;

/// <summary>Text of another patient.</summary>
internal sealed partial class Hidden
{
    /// <summary>From a line that names a second birth or a second patient to the end.</summary>
    void OtherPatients()
    {
        DateOnly first = default;
        var (name, room, record) = ("", "", "");
        for (var i = 0; i < lines.Count; i++)
        {
            if (set[i]) continue;
            if (RecordAt(i) is { Length: > 0 } number && number != record)
            {
                if (record.Length > 0)
                {
                    Parts.Add(new(lines[i].Start, text.Text.Length, "other-patient"));
                    return;
                }
                record = number;
            }
            if (RoomAt(i) is { Length: > 0 } found && room.Length == 0) room = found;
            else if (RoomAt(i) is { Length: > 0 } other && other != room)
            {
                Parts.Add(new(lines[i].Start, text.Text.Length, "other-patient"));
                return;
            }
            var start = lines[i].Start;
            var line = text.Folded[start..lines[i].End];
            if (IsBracketed(line) && Births(line, start).Count > 0 && HasBirthAfter(i))
            {
                Parts.Add(new(start, lines[i].End, "other-patient"));
                continue;
            }
            foreach (var (place, born) in Births(line, start))
            {
                if (first == default) first = born;
                else if (born != first)
                {
                    Parts.Add(new(SentenceStart(place, start), text.Text.Length, "other-patient"));
                    return;
                }
            }
            var named = NameAfter(line);
            if (named.Length == 0) continue;
            if (name.Length == 0) name = named;
            else if (!named.StartsWith(name, StringComparison.Ordinal)
                && !name.StartsWith(named, StringComparison.Ordinal))
            {
                Parts.Add(new(start, text.Text.Length, "other-patient"));
                return;
            }
        }
    }

    /// <summary>
    /// "9:05 Albright, Nan 11/02/51 Fluad …", "9:10 OKAFOR, BENEDICT 10/10/48 …": rows of several people, each with a
    /// birth. The row of the patient whom the note names elsewhere is read; those of others are hidden.
    /// </summary>
    void PeopleRows()
    {
        var rows = new List<(int Line, string Name, int BirthEnd)>();
        for (var i = 0; i < lines.Count; i++)
            if (!set[i] && PersonRow(i) is { } row) rows.Add(row);
        if (rows.Select(static r => r.Name).Distinct().Count() < 2) return;
        var own = rows.Find(r => IsPatientName(r.Name)).Name;
        foreach (var (line, name, birth) in rows)
            Parts.Add(new(lines[line].Start, name == own ? birth : lines[line].End, "other-patient"));
    }

    /// <summary>A time or nothing, two names with a comma between, and a day.</summary>
    (int Line, string Name, int BirthEnd)? PersonRow(int line)
    {
        var token = text.TokenAt(lines[line].Start);
        while (token < text.Count && text.Kind(token) == TokenKind.Break) token++;
        if (Calendar.TryTime(text, token, true, out _, out var after)) token = text.TokenAt(after - 1) + 1;
        if (text.Kind(token) != TokenKind.Word || !text.IsMark(token + 1, ',')
            || text.Kind(token + 2) != TokenKind.Word) return null;
        var day = text.Kind(token + 3) == TokenKind.Word ? token + 4 : token + 3;
        return day < text.Count && text[day].Start < lines[line].End
            && Calendar.TryDay(text, day, words, out _, out var end)
            ? (line, $"{text.Word(token)} {text.Word(token + 2)}", end) : null;
    }

    /// <summary>"chart of: OKAFOR, BENEDICT": a label of the patient, and the name.</summary>
    bool IsPatientName(string name)
    {
        for (var t = 2; t + 2 < text.Count; t++)
            if (text.IsMark(t - 1, ':') && text.IsMark(t + 1, ',')
                && name == $"{text.Word(t)} {text.Word(t + 2)}") return true;
        return false;
    }

    /// <summary>"Twin A: …", "Twin B: …": lines that begin with which of several children they are of. Those of another
    /// than the one whose chart it is are hidden; where nothing says whose it is, it is the first one's.</summary>
    void Twins()
    {
        var heads = new List<(int Line, string Child)>();
        for (var i = 0; i < lines.Count; i++)
            if (!set[i] && ChildAt(i) is { Length: > 0 } child) heads.Add((i, child));
        if (heads.Count == 0) return;
        var own = heads.Select(static h => h.Child).Concat(["a", "b", "1", "2"]).Distinct()
            .FirstOrDefault(IsOfChart) ?? heads[0].Child;
        foreach (var (line, child) in heads)
            if (child != own) Parts.Add(new(lines[line].Start, lines[LastWrapped(line)].End, "other-patient"));
    }

    /// <summary>The letter or number of a child at the head of a line, before a colon or a dash; empty for
    /// none.</summary>
    string ChildAt(int line)
    {
        var token = text.TokenAt(lines[line].Start);
        while (token < text.Count && text[token].Start < lines[line].End
            && text.Kind(token) is TokenKind.Mark or TokenKind.Break) token++;
        if (token >= text.Count || text[token].Start >= lines[line].End || text.Word(token) is not ("twin" or "baby"
            or "child" or "triplet" or "sib") || text.Word(token + 1).Length != 1) return "";
        for (var t = token + 2; t < token + 8 && text.Kind(t) != TokenKind.Break; t++)
            if (text.IsMark(t, ':') || text.IsMark(t, '-')) return text.Word(token + 1).ToString();
        return "";
    }

    /// <summary>"this chart: Beck B", "CHART: Oona Reyes-Falk (Twin A)".</summary>
    bool IsOfChart(string child)
    {
        for (var t = 0; t < text.Count; t++)
            if (text.Word(t) is "chart" && text.IsMark(t + 1, ':') && text.Word(t - 1) is not ("own" or "other"))
                for (var next = t + 2; next < t + 12 && text.Kind(next) != TokenKind.Break; next++)
                    if (text.Word(next).SequenceEqual(child) && !text.IsMark(next + 1, '.')) return true;
        return false;
    }

    /// <summary>"(label on the back: COOPER, M DOB …)": a whole line in brackets.</summary>
    static bool IsBracketed(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.Length > 2 && (line[0], line[^1]) is ('(', ')') or ('[', ']');
    }

    bool HasBirthAfter(int line)
    {
        for (var i = line + 1; i < lines.Count; i++)
            if (!set[i] && Births(text.Folded[lines[i].Start..lines[i].End], lines[i].Start).Count > 0) return true;
        return false;
    }

    /// <summary>"0930 Rm 5 - …": the number of a room or a chair near the head of a line; empty for none.</summary>
    string RoomAt(int line)
    {
        var token = text.TokenAt(lines[line].Start);
        for (var t = token; t < Math.Min(text.Count - 1, token + 4) && text[t].Start < lines[line].End; t++)
            if (text.Word(t) is "rm" or "room" or "bed" or "chair" or "bay")
            {
                var number = text.IsMark(t + 1, '#') ? t + 2 : t + 1;
                return text.Kind(number) == TokenKind.Number ? text.Word(number).ToString() : "";
            }
        return "";
    }

    /// <summary>"MRN 77120": the number of a patient's record in a line; empty for none.</summary>
    string RecordAt(int line)
    {
        for (var t = text.TokenAt(lines[line].Start); t < text.Count - 1 && text[t].Start < lines[line].End; t++)
        {
            if (text.Word(t) is not "mrn") continue;
            var number = text.IsMark(t + 1, '#') || text.IsMark(t + 1, ':') ? t + 2 : t + 1;
            return text.Kind(number) == TokenKind.Number ? text.Word(number).ToString() : "";
        }
        return "";
    }

    /// <summary>Where the words of a patient begin that are said after another's in one line.</summary>
    int SentenceStart(int place, int line)
    {
        for (var at = place - 1; at > line; at--)
            if (text.At(at) is ';' || text.At(at) is '.' && text.At(at + 1) is ' ') return at + 1;
        return line;
    }

    List<(int Place, DateOnly Day)> Births(ReadOnlySpan<char> line, int start)
    {
        var births = new List<(int Place, DateOnly Day)>();
        foreach (var label in Phrases("birth"))
            for (var from = 0; from < line.Length
                && line[from..].IndexOf(label, StringComparison.Ordinal) is >= 0 and var at;
                from += at + label.Length)
            {
                var token = text.TokenAt(start + from + at + label.Length);
                while (token < text.Count && text.Kind(token) == TokenKind.Mark) token++;
                if (Calendar.TryDay(text, token, words, out var day, out _)) births.Add((start + from + at, day));
            }
        births.Sort(static (x, y) => x.Place.CompareTo(y.Place));
        return births;
    }

    /// <summary>The first name after a label of the patient at the head of a line; empty for none.</summary>
    string NameAfter(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        foreach (var label in Phrases("name"))
        {
            if (!line.StartsWith(label, StringComparison.Ordinal)) continue;
            var rest = line[label.Length..].Trim();
            var end = 0;
            while (end < rest.Length && (char.IsLetter(rest[end]) || rest[end] is ' ' or ',' or '\'' or '-')) end++;
            var stop = rest[..end].IndexOf("  ", StringComparison.Ordinal);
            var name = (stop > 0 ? rest[..stop] : rest[..end]).Trim();
            if (name.EndsWith(" dob")) name = name[..^4].TrimEnd();
            return name.Length is >= 4 and <= 40 && name.Contains(' ') ? new(name) : "";
        }
        return "";
    }
}
