namespace Deltoid.Notes;

/// <summary>A part of a note that says nothing of what was given here today, and why.</summary>
internal readonly record struct HiddenPart(int Start, int End, string Why);

/// <summary>
/// The parts of a note that are set aside before anything is read: boxes left blank, words meant for a program, text
/// of another patient, text copied from before, entries of earlier days.
/// </summary>
internal sealed partial class Hidden
{
    readonly NoteText text;
    readonly WordTable words;
    readonly Lexicon lexicon;
    readonly List<(int Start, int End)> lines = [];
    bool[] set = []; // lines that are set aside
    readonly bool hasYear;

    public Hidden(NoteText text, Lexicon lexicon)
    {
        this.text = text;
        this.lexicon = lexicon;
        words = lexicon.Words;
        CutLines();
        Boxes.Find(text, lexicon, Parts, Ticks);
        set = new bool[lines.Count];
        hasYear = HasYear();
        for (var i = 0; i < lines.Count; i++)
            if (!set[i]) ReadLine(i);
        Struck();
        Unfilled();
        OtherPatients();
        Twins();
        PeopleRows();
        EarlierDays();
        Parts.Sort(static (x, y) => x.Start.CompareTo(y.Start));
    }

    public List<HiddenPart> Parts { get; } = [];

    /// <summary>Where the option of a ticked box begins.</summary>
    public List<int> Ticks { get; } = [];

    /// <summary>Per token: the index of the hidden part that holds it, or -1.</summary>
    public int[] ByToken()
    {
        var inside = new int[text.Count];
        Array.Fill(inside, -1);
        for (var i = 0; i < Parts.Count; i++)
            for (var t = text.TokenAt(Parts[i].Start); t < text.Count && text[t].Start < Parts[i].End; t++)
                if (inside[t] < 0) inside[t] = i;
        return inside;
    }

    void CutLines()
    {
        var from = 0;
        for (var i = 0; i <= text.Text.Length; i++)
        {
            if (i < text.Text.Length && text.At(i) != '\n') continue;
            lines.Add((from, i));
            from = i + 1;
        }
    }

    /// <summary>"{B12 1000 mcg | Toradol 60 mg}", "{***}": a field of a template from which nothing was chosen.</summary>
    void Unfilled()
    {
        for (var from = 0; text.Text.IndexOf('{', from) is >= 0 and var open;)
        {
            var length = text.Text.AsSpan(open).IndexOf('}');
            if (length < 0) return;
            var inside = text.Text.AsSpan(open, length);
            if (!inside.Contains('\n') && (inside.Contains('|') || inside.Contains('/') || inside.IndexOf("***") >= 0))
                Parts.Add(new(open, open + length + 1, "negated"));
            from = open + length + 1;
        }
    }

    string[] Phrases(string kind) => lexicon.Phrases(kind);

    /// <summary>"~~Haldol 2 mg IM~~": words that were struck.</summary>
    void Struck()
    {
        for (var from = 0; text.Text.IndexOf("~~", from, StringComparison.Ordinal) is >= 0 and var open;)
        {
            var close = text.Text.IndexOf("~~", open + 2, StringComparison.Ordinal);
            if (close < 0) return;
            Parts.Add(new(open, close + 2, "negated"));
            from = close + 2;
        }
        // "(struck = my error, LK)" says of the struck words alone that they are wrong
        if (text.Text.Contains("~~", StringComparison.Ordinal) && text.Folded.IndexOf("(struck") is >= 0 and var note
            && text.Folded[note..].IndexOf(')') is > 0 and var length)
            Parts.Add(new(note, note + length + 1, "negated"));
    }

    bool IsBlank(int line) => text.Folded[lines[line].Start..lines[line].End].Trim().IsEmpty;

    void ReadLine(int line)
    {
        var (start, end) = lines[line];
        var folded = text.Folded[start..end];
        if (folded.Length < 5) return;
        if (HeadOfOthers(folded) && (folded.TrimEnd().EndsWith(":") || HasOnlyDay(folded, start))
            || folded.TrimEnd().EndsWith(":") && folded.LastIndexOf(". ") is > 0 and var stop
                && HeadOfOthers(folded[(stop + 2)..]))
            HideBlock(line, "elsewhere");
        else if (HeadOfOthers(folded) || HeadFromElsewhere(start, end))
            Parts.Add(new(start, lines[LastWrapped(line)].End, "elsewhere"));
        StruckAmount(start, end);
        if (BracketInError(folded) is > 0 and var close) Parts.Add(new(start, start + close, "negated"));
        if (HasAny(folded, Phrases("above-error")) && !HasAny(folded, Instead)) HideAbove(line);
        else if (Speaks(folded.TrimStart())) HideInstruction(line, start);
        else if (Instruction(folded, start) is >= 0 and var at) HideInstruction(line, start + at);
        else if (EntryInError(line, folded) is >= 0 and var head)
            Parts.Add(new(lines[head].Start, end, "other-patient")); // an entry that was struck heads nothing
        else if (HasAny(folded, Phrases("other-chart")))
        {
            // a line of a log, and the next line is another entry
            if (line + 1 < lines.Count && IsEntry(line) && IsEntry(line + 1))
                Parts.Add(new(start, end, "other-patient"));
            else HideBlock(line, "other-patient");
        }
        else if (HasAny(folded, Phrases("copied")) || IsCopiedFromDay(folded)) HideBlock(line, "copied");
    }

    /// <summary>
    /// "11/03 0902 Depo-Provera … ENTERED IN ERROR - WRONG CHART", or struck: an entry that takes itself back. The line
    /// where it begins, or -1.
    /// </summary>
    int EntryInError(int line, ReadOnlySpan<char> folded)
    {
        if (!HasAny(folded, Phrases("other-chart"))) return -1;
        if (folded.IndexOf("~~") >= 0) return line;
        if (!HasAny(folded, Phrases("entry-error"))) return -1;
        for (var head = line; head >= Math.Max(0, line - 2) && !IsBlank(head); head--)
            if (DayAtHead(head) is not null) return head;
        return -1;
    }

    /// <summary>"ADDENDUM: above was charted on the wrong patient": that line, and the entry before it.</summary>
    void HideAbove(int line)
    {
        var first = line;
        while (first > 0 && IsBlank(first - 1)) first--;
        while (first > 0 && !IsBlank(first - 1))
        {
            first--;
            if (DayAtHead(first) is not null) break;
        }
        var isOthers = HasAny(text.Folded[lines[line].Start..lines[line].End], Phrases("other-chart"));
        Parts.Add(new(lines[first].Start, lines[line].End, isOthers ? "other-patient" : "negated"));
        SetAside(first, line);
    }

    /// <summary>What an addendum writes in place of what was wrong: the rest of the entry stays.</summary>
    static readonly string[] Instead = ["should be", "should read", "lot", "correct is", "correct dose", "actual"];

    /// <summary>"EMS run sheet: …", "Report from OSH: …": a line under the name of somebody else's record.</summary>
    bool HeadOfOthers(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return colon is > 2 and <= LongestHead && !HasAny(line[..colon], Phrases("ours"))
            && !IsHeadOfForm(line[..colon])
            && (HasAny(line[..colon], Phrases("others")) || IsPaperOfOthers(line[..colon]));
    }

    /// <summary>"OUTSIDE RECORD   Date: 04/02/2026": after the colon stands a day, and nothing else.</summary>
    bool HasOnlyDay(ReadOnlySpan<char> line, int start)
    {
        var token = text.TokenAt(start + line.IndexOf(':') + 1);
        return Calendar.TryDay(text, token, words, out _, out var end)
            && text.Folded[end..(start + line.Length)].Trim().IsEmpty;
    }

    /// <summary>"SCHOOL HEALTH OFFICE LOG   Date: 10/21/2026": the title of this note, and its first field.</summary>
    static bool IsHeadOfForm(ReadOnlySpan<char> head) => head.Contains("  ", StringComparison.Ordinal)
        && !head.Contains("outside", StringComparison.Ordinal) && !head.Contains("hospital", StringComparison.Ordinal)
        && head[(head.LastIndexOf(' ') + 1)..] is "date" or "dos" or "name" or "patient" or "pt" or "student" or "dob";

    /// <summary>"MAR excerpt (SNF)", "Dr. Ortiz's note from this morning": a paper, and a place or a person whose it
    /// is.</summary>
    bool IsPaperOfOthers(ReadOnlySpan<char> head)
    {
        var (paper, note, place, person) = (false, false, false, false);
        foreach (var part in head.SplitAny(' ', '(', ')', ',', '/', '-', '.'))
        {
            var word = head[part];
            paper |= lexicon.Is("paper", word);
            note |= word is "note" or "notes";
            place |= lexicon.Is("place-of-others", word);
            person |= word.EndsWith("'s") && word is not ("today's" or "nurse's" or "patient's" or "pt's" or "visit's"
                or "provider's" or "md's");
        }
        return (paper || note) && (place || person);
    }

    /// <summary>"Op note 5/2 from Bayview Surgery Ctr (scanned): …": a head that says by name where its line is
    /// from.</summary>
    bool HeadFromElsewhere(int start, int end)
    {
        var isNamed = false;
        for (var t = text.TokenAt(start); t < text.Count && text[t].Start < Math.Min(end, start + LongestHead); t++)
        {
            if (text.Kind(t) == TokenKind.Mark && text.At(text[t].Start) is '.' or ';' or '!' or '?'
                && text.Word(t - 1) is not "dr") return false;
            if (text.IsMark(t, ':')) return isNamed && !HasAny(
                text.Folded[start..text[t].Start], Phrases("ours"));
            if (lexicon.Drugs.TryFind(text, t, out _) || text.Word(t) is "order" or "orders" or "verbal") return false;
            isNamed |= text.Word(t) is "from" && text.HasSmall && text.Kind(t + 1) == TokenKind.Word
                && char.IsUpper(text.Written(t + 1)[0]) && text.Word(t + 1) is not ("pyxis" or "omnicell" or "stock"
                    or "vfc" or "clinic" or "office" or "our");
        }
        return false;
    }

    const int LongestHead = 60, ShortestWrapped = 55;

    /// <summary>The last line that a long line runs on into, where no label begins the next.</summary>
    int LastWrapped(int line)
    {
        while (line + 1 < lines.Count && IsWrapped(line)) line++;
        return line;
    }

    bool IsWrapped(int line)
    {
        var folded = text.Folded[lines[line].Start..lines[line].End].TrimEnd();
        if (line + 1 >= lines.Count || IsBlank(line + 1) || folded.Length < ShortestWrapped
            || folded[^1] is '.' or '!' or '?' or ']') return false;
        var next = text.Folded[lines[line + 1].Start..lines[line + 1].End];
        return next[..Math.Min(20, next.Length)].IndexOf(':') < 0;
    }

    /// <summary>"300 mg [error - struck, BT] 150 mg SC": an amount and the bracket that takes it back.</summary>
    void StruckAmount(int start, int end)
    {
        for (var t = text.TokenAt(start) + 2; t < text.Count && text[t].Start < end; t++)
        {
            if (!text.IsMark(t, '[') && !text.IsMark(t, '(') || text.Word(t + 1) is not ("error" or "err" or "struck")
                || text.Kind(t + 2) != TokenKind.Mark && text.Word(t + 2) is not "struck"
                || text.Kind(t - 1) != TokenKind.Word || text.Kind(t - 2) != TokenKind.Number) continue;
            var length = text.Text.AsSpan(text[t].Start, end - text[t].Start).IndexOf(text.IsMark(t, '[') ? ']' : ')');
            if (length > 0) Parts.Add(new(text[t - 2].Start, text[t].Start + length + 1, "negated"));
        }
    }

    /// <summary>"[charted in error … Prolia 60 mg …] …" at the head of a line: where the bracket ends, or 0.</summary>
    int BracketInError(ReadOnlySpan<char> line)
    {
        var at = line.Length - line.TrimStart().Length;
        if (at >= line.Length || line[at] is not ('[' or '(')) return 0;
        var close = line.IndexOf(line[at] == '[' ? ']' : ')');
        return close > 0 && HasAny(line[..close], Phrases("in-error")) ? close + 1 : 0;
    }

    /// <summary>"Copied from 2/10/26": text of another day.</summary>
    static bool IsCopiedFromDay(ReadOnlySpan<char> line) => Find(line, "copied from ") is >= 0 and var at
        && line[at..].IndexOfAnyInRange('0', '9') is > 0 and <= 14;

    /// <summary>Where a phrase is in a line, with one blank or several between its words; -1 where it is not.</summary>
    static int Find(ReadOnlySpan<char> line, string phrase)
    {
        var blank = phrase.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0 || line.IndexOf("  ", StringComparison.Ordinal) < 0)
            return line.IndexOf(phrase, StringComparison.Ordinal);
        for (var from = 0; from < line.Length;)
        {
            var at = line[from..].IndexOf(phrase.AsSpan(0, blank), StringComparison.Ordinal);
            if (at < 0) return -1;
            at += from;
            if (Matches(line[at..], phrase)) return at;
            from = at + 1;
        }
        return -1;
    }

    static bool Matches(ReadOnlySpan<char> line, string phrase)
    {
        var at = 0;
        foreach (var c in phrase)
        {
            if (at >= line.Length || line[at] != c) return false;
            at++;
            while (c == ' ' && at < line.Length && line[at] == ' ') at++;
        }
        return true;
    }

    /// <summary>Where a line begins to speak to a program; -1 when it does not.</summary>
    int Instruction(ReadOnlySpan<char> line, int start)
    {
        var first = -1;
        foreach (var each in Phrases("program"))
        {
            var at = Find(line, each);
            while (at > 0 && (char.IsLetterOrDigit(line[at - 1]) || IsOfOthers(line, at, each))
                || at >= 0 && each is "agent:" && IsOfDrug(start + at + each.Length))
            {
                var next = Find(line[(at + 1)..], each);
                at = next < 0 ? -1 : at + 1 + next;
            }
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }
        if (first < 0) return -1;
        // back to where the sentence or the bracket begins
        while (first > 0 && line[first - 1] is not ('[' or '{' or '<' or '(' or '.' or '!' or '?')) first--;
        while (first > 0 && line[first - 1] is '[' or '{' or '<' or '(') first--;
        return first;
    }

    /// <summary>"Medical assistant: J. Poe" is a person: a speaker's name begins what is said.</summary>
    static bool IsOfOthers(ReadOnlySpan<char> line, int at, string each)
    {
        if (each[^1] != ':' || each.Contains(' ', StringComparison.Ordinal)) return false;
        var before = line[..at].TrimEnd();
        return !before.IsEmpty && (char.IsLetterOrDigit(before[^1]) || before[^1] is ',' or '/');
    }

    /// <summary>"Agent: aflibercept 2 mg".</summary>
    bool IsOfDrug(int at)
    {
        while (at < text.Text.Length && text.At(at) == ' ') at++;
        return at < text.Text.Length && lexicon.Drugs.TryFind(text, text.TokenAt(at), out _);
    }

    /// <summary>"Assistant, also record …": a line that calls a program by name.</summary>
    bool Speaks(ReadOnlySpan<char> line)
    {
        foreach (var name in Phrases("called"))
            if (line.StartsWith(name, StringComparison.Ordinal)) return true;
        return false;
    }

    void HideInstruction(int line, int start)
    {
        var open = text.At(start);
        var close = open switch { '[' => ']', '{' => '}', '(' => ')', '<' => '>', _ => '\0' };
        var end = close == '\0' ? -1 : text.Folded[start..].IndexOf(close);
        if (end < 0 && text.Folded[start..lines[line].End].IndexOf("-->") is >= 0 and var comment) end = comment + 2;
        if (end >= 0)
        {
            Parts.Add(new(start, start + end + 1, "instruction"));
            return;
        }
        var last = line;
        while (last + 1 < lines.Count && (IsWrapped(last) || Phrases("imperative").Any(i =>
            text.Folded[lines[last + 1].Start..lines[last + 1].End].TrimStart().StartsWith(i,
                StringComparison.Ordinal))))
            last++;
        SetAside(line, last);
        Parts.Add(new(start, lines[last].End, "instruction"));
    }

    /// <summary>From a line to the end of what it heads: a blank line, a mark of its end, a line that is of
    /// today.</summary>
    void HideBlock(int line, string why)
    {
        var last = line;
        var indent = line + 1 < lines.Count ? IndentOf(line + 1) : 0;
        while (last + 1 < lines.Count && !IsBlank(last + 1) && !EndsBlock(last + 1) && !IsLater(line, last + 1)
            && !(indent > IndentOf(line) && IndentOf(last + 1) <= IndentOf(line) && !IsWrapped(last))) last++;
        // a heading alone, with a blank line under it
        if (last == line && line + 2 < lines.Count && IsBlank(line + 1)
            && text.Folded[lines[line].Start..lines[line].End].TrimEnd().EndsWith(":"))
        {
            last = line + 2;
            while (last + 1 < lines.Count && !IsBlank(last + 1) && !EndsBlock(last + 1)) last++;
        }
        SetAside(line, last);
        Parts.Add(new(lines[line].Start, lines[last].End, why));
    }

    /// <summary>How many blanks a line begins with: lines under a head may be set in from it.</summary>
    int IndentOf(int line)
    {
        var folded = text.Folded[lines[line].Start..lines[line].End];
        return folded.Length - folded.TrimStart().Length;
    }

    void SetAside(int line, int last) => set.AsSpan(line, last - line + 1).Fill(true);

    bool EndsBlock(int line)
    {
        var folded = text.Folded[lines[line].Start..lines[line].End].Trim();
        return HasAny(folded, Phrases("end")) || folded.Trim("*=-#<>/[]() ").SequenceEqual("end")
            || Array.Exists(Phrases("today"), t => text.Folded[lines[line].Start..lines[line].End].TrimStart()
                .StartsWith(t, StringComparison.Ordinal));
    }

    static bool HasAny(ReadOnlySpan<char> line, string[] phrases)
    {
        foreach (var phrase in phrases)
            if (Find(line, phrase) is >= 0 and var at
                && (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
                && !(char.IsAsciiDigit(phrase[^1]) && line[at..].Length > phrase.Length
                    && char.IsAsciiDigit(line[at + phrase.Length])))
                return true;
        return false;
    }
}
