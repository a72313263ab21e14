namespace Deltoid.Notes;

/// <summary>
/// Boxes of a form: the option of a blank one was not chosen. A box stands before its option, or after it where a
/// line begins with an option.
/// </summary>
internal static class Boxes
{
    readonly record struct Box(int Start, int End, bool IsTicked);

    public static void Find(NoteText text, Lexicon lexicon, List<HiddenPart> hidden, List<int> ticks)
    {
        var words = lexicon.Words;
        var boxes = new List<Box>();
        for (var at = 0; at < text.Text.Length;)
        {
            var end = BoxAt(text, at, out var isTicked);
            if (end > at) boxes.Add(new(at, end, isTicked));
            at = Math.Max(end, at + 1);
        }
        var (line, first) = (0, 0);
        for (var i = 0; i < boxes.Count; i++)
        {
            if (i == 0 || text.Folded[boxes[i - 1].Start..boxes[i].Start].Contains('\n'))
                (line, first) = (LineStart(text, boxes[i].Start), i);
            var isTrailing = IsTrailing(text, lexicon, line, boxes[first].Start)
                && !IsBeforeOptions(text, lexicon, boxes, first);
            var (start, end) = isTrailing
                ? (OptionBefore(text, words, i > first ? boxes[i - 1].End : line, boxes[i].Start), boxes[i].End)
                : (boxes[i].Start, OptionAfter(text, words, boxes[i].End, i + 1 < boxes.Count ? boxes[i + 1].Start
                : -1));
            if (boxes[i].IsTicked) ticks.Add(isTrailing ? start : boxes[i].End);
            else if (end > boxes[i].End || isTrailing) hidden.Add(new(start, end, "negated"));
        }
    }

    static int BoxAt(NoteText text, int at, out bool isTicked)
    {
        isTicked = false;
        var c = text.Text[at];
        if (c is '\u2610' or '\u25a1' or '\u25a2') return at + 1;
        if (c is '\u2611' or '\u2612' or '\u25a0' or '\u2714' or '\u2713')
        {
            isTicked = true;
            return at + 1;
        }
        if (c is not ('[' or '(')) return at;
        var close = c == '[' ? ']' : ')';
        var i = at + 1;
        while (text.At(i) is ' ' or '_' && i - at < 4) i++;
        var sign = text.At(i);
        if (sign == close) return i > at + 1 || c == '[' ? i + 1 : at;
        // "[0] Rocephin   [X] Kenalog"
        if (c == '[' && sign is '0' or 'o' or '-' && text.At(i + 1) == ']') return i + 2;
        if (sign is not ('x' or '*' or '\u2713' or '\u2714' or '\u00d7') || (c == '(' && sign == '*')) return at;
        i++;
        while (text.At(i) is ' ' or '_') i++;
        if (text.At(i) != close) return at;
        isTicked = true;
        return i + 1;
    }

    static int LineStart(NoteText text, int at)
    {
        while (at > 0 && text.At(at - 1) != '\n') at--;
        return at;
    }

    /// <summary>Whether the first box of a line follows an option: what is right before it is a choice.</summary>
    static bool IsTrailing(NoteText text, Lexicon lexicon, int line, int box)
    {
        var last = text.TokenAt(box);
        for (var token = Math.Max(text.TokenAt(line), last - 4); token < last; token++)
        {
            if (lexicon.Drugs.TryFind(text, token, out var drug) && drug.EndToken == last) return true;
            if (!lexicon.Words.TryFind(text, token, out var found) || found.EndToken != last) continue;
            var isOption = false;
            for (var sense = found.Sense; sense is not null; sense = sense.Next)
            {
                if (sense.Kind is Meaning.Section || (sense.Kind == Meaning.Label && sense.Value != "vial"))
                    return false;
                isOption |= sense.Kind is Meaning.Route or Meaning.Site or Meaning.Side or Meaning.Place
                    or Meaning.Container;
            }
            return isOption;
        }
        return false;
    }

    /// <summary>"IM   (X) L  ( ) R deltoid": an option also stands after the last box of the line, and no farther from
    /// it than what stands before the first.</summary>
    static bool IsBeforeOptions(NoteText text, Lexicon lexicon, List<Box> boxes, int first)
    {
        var last = first;
        while (last + 1 < boxes.Count && !text.Folded[boxes[last].Start..boxes[last + 1].Start].Contains('\n')) last++;
        var token = text.TokenAt(boxes[last].End);
        if (token >= text.Count || text.Kind(token) == TokenKind.Break
            || !lexicon.Drugs.TryFind(text, token, out _) && !IsOption(text, lexicon, token)) return false;
        var (before, after) = (0, text[token].Start - boxes[last].End);
        for (var at = boxes[first].Start - 1; at >= 0 && text.At(at) == ' '; at--) before++;
        return after <= before;
    }

    static bool IsOption(NoteText text, Lexicon lexicon, int token)
    {
        if (!lexicon.Words.TryFind(text, token, out var found)) return false;
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind is Meaning.Route or Meaning.Site or Meaning.Side or Meaning.Place or Meaning.Container)
                return true;
        return false;
    }

    static int OptionBefore(NoteText text, WordTable words, int from, int box)
    {
        var token = text.TokenAt(from);
        while (token < text.Count && text[token].Start < box)
        {
            if (words.TryFind(text, token, out var found) && IsLabel(found.Sense)
                && text.IsMark(found.EndToken, ':'))
                from = text[found.EndToken].End;
            token++;
        }
        return from;
    }

    static bool IsLabel(Sense? sense)
    {
        for (; sense is not null; sense = sense.Next)
            if (sense.Kind is Meaning.Label) return true;
        return false;
    }

    /// <summary>Where an option after its box ends: the next box, the line's end, three blanks, the next
    /// label.</summary>
    static int OptionAfter(NoteText text, WordTable words, int from, int nextBox)
    {
        var end = from;
        while (end < text.Text.Length && text.At(end) == ' ') end++;
        while (end < text.Text.Length && text.At(end) != '\n' && end != nextBox
            && !(text.At(end) == ' ' && text.At(end + 1) == ' ' && text.At(end + 2) == ' '))
            end++;
        // a box that ends its line: the option heads the next one
        if (text.At(end) == '\n' && text.Folded[from..end].Trim().IsEmpty && char.IsLetter(text.At(end + 1)))
            for (end++; end < text.Text.Length && text.At(end) != '\n'
                && !(text.At(end) == ' ' && text.At(end + 1) == ' ' && text.At(end + 2) == ' ');) end++;
        var token = text.TokenAt(from) + 1;
        while (token < text.Count && text[token].Start < end)
        {
            if (words.TryFind(text, token, out var found) && IsLabel(found.Sense)
                && (text.IsMark(found.EndToken, ':') || text[found.EndToken - 1].End + 1 >= nextBox && nextBox > 0))
                return text[token].Start;
            token++;
        }
        return end;
    }
}
