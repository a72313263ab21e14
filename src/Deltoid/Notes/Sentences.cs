namespace Deltoid.Notes;

/// <summary>Which sentence each token is in. A line break alone ends no sentence.</summary>
internal static class Sentences
{
    /// <summary>What is longer is cut: time stays in proportion to the note, whatever is in it.</summary>
    const int Longest = 400;

    public static int[] Of(NoteText text, Lexicon lexicon)
    {
        var sentence = new int[text.Count + 1];
        var (number, first) = (0, 0);
        for (var i = 0; i < text.Count; i++)
        {
            sentence[i] = number;
            if (i - first < Longest && !Ends(text, i, lexicon)) continue;
            number++;
            first = i + 1;
        }
        sentence[text.Count] = number;
        return sentence;
    }

    static bool Ends(NoteText text, int token, Lexicon lexicon)
    {
        if (text.Kind(token) == TokenKind.Break) return IsHard(text, token, lexicon);
        if (text.Kind(token) != TokenKind.Mark) return false;
        return text.At(text[token].Start) switch
        {
            ';' or '\u2022' => true,
            '!' or '?' => !NextIsGlued(text, token),
            '.' => !NextIsGlued(text, token) && !IsLeader(text, token) && !IsAbbreviation(text, token, lexicon),
            _ => false,
        };
    }

    static bool NextIsGlued(NoteText text, int token) => token + 1 < text.Count && text[token + 1].Glue;

    /// <summary>"Dose..... 30 mg": dots that lead from a label to its value.</summary>
    static bool IsLeader(NoteText text, int token) =>
        text.IsMark(token + 1, '.') && !text[token + 1].Glue || text.IsMark(token - 1, '.') && !text[token].Glue
        || token > 2 && text.IsMark(token - 1, '.') && text.IsMark(token - 2, '.') && text.IsMark(token - 3, '.');

    static bool IsAbbreviation(NoteText text, int mark, Lexicon lexicon)
    {
        if (mark == 0 || text.Kind(mark - 1) != TokenKind.Word || !text[mark].Glue) return false;
        var word = text.Word(mark - 1);
        // e.g., i.e.
        if (word is "g" or "e" && text.IsMark(mark - 2, '.') && text.Word(mark - 3) is "e" or "i") return true;
        if (word.Length == 1)
            return text.Word(mark - 2) is not ("vit" or "vitamin")
                && !(text.IsMark(mark - 2, '/') && text[mark - 1].Glue)
                && char.IsUpper(text.Written(mark - 1)[0]) && char.IsUpper(First(text, mark + 1))
                && (word is not ("l" or "r") || !IsAfterSite(text, mark - 1));
        // "glut. der."
        if (text.Word(mark + 1) is "der" or "izq" or "derecho" or "derecha" or "izquierdo" or "izquierda") return true;
        if (word is "adm") return !char.IsUpper(First(text, mark + 1)); // "L delt adm. Phenergan …"
        if (word is "no") return text.Kind(mark + 1) == TokenKind.Number;
        return lexicon.Is("short", word);
    }

    /// <summary>"deltoid L." ends a sentence, "L. deltoid" does not.</summary>
    static bool IsAfterSite(NoteText text, int side) => side > 0 && text.Kind(side - 1) == TokenKind.Word
        && text.Word(side - 1).Length > 2 && !text.Word(side - 1).SequenceEqual("the");

    static char First(NoteText text, int token) =>
        token < text.Count ? text.Text[text[token].Start] : '\0';

    /// <summary>
    /// A break of lines ends a sentence at a blank line, after a mark that ends one, and before what begins one: a
    /// mark, a number, a label, a drug, a capital letter after a short line.
    /// </summary>
    static bool IsHard(NoteText text, int token, Lexicon lexicon)
    {
        if (text.LinesIn(token) > 1 || token == 0 || token + 1 >= text.Count) return true;
        var before = text[token - 1];
        if (before.Kind == TokenKind.Mark && text.At(before.Start) is '.' or ';' or ':' or '!' or '?') return true;
        if (lexicon.Is("open", text.Word(token - 1)) || text.Word(token - 1).EndsWith("'s")
            || text.IsMark(token - 1, ',') || text.IsMark(token - 1, '('))
            return false;
        if (text.Kind(token + 1) == TokenKind.Mark) return text.At(text[token + 1].Start) is not ('(' or ',' or '/');
        if (text.Kind(token + 1) == TokenKind.Number)
            return before.Kind == TokenKind.Number || Amounts.UnitAt(text, token + 2, out _) == default;
        if (lexicon.Words.TryFind(text, token + 1, out var found))
            for (var sense = found.Sense; sense is not null; sense = sense.Next)
                if (sense.Kind is Meaning.Label or Meaning.Section && (text.IsMark(found.EndToken, ':')
                    || sense.Value is "drug" && lexicon.Drugs.TryFind(text, found.EndToken, out _)
                    || sense.Value is "start" or "stop"
                    && Calendar.TryTime(text, found.EndToken, true, out _, out _)))
                    return true;
        if (text.Kind(token + 1) == TokenKind.Word && text.IsMark(token + 2, ':') && text[token + 2].Glue) return true;
        if (text.Kind(token + 1) == TokenKind.Word && text[token + 1].Length == 3 && text.IsMark(token + 2, '.')
            && text[token + 2].Glue && char.IsAsciiDigit(text.At(text[token + 1].Start + 1))) return true; // "N18.6 …"
        if (IsRow(text, token, lexicon) || IsRecord(text, token) || IsTable(text, token)) return true;
        if (!char.IsUpper(First(text, token + 1))) return false;
        if (text.IsMark(token + 2, ':') || text.IsMark(token + 3, ':')) return true;
        if (lexicon.Drugs.TryFind(text, token + 1, out _)) return true;
        if (IsAllCapitals(text, token + 1)) return false;
        return LengthOfLine(text, text[token].Start) < 55 || HasLabels(text, token);
    }

    /// <summary>"0815 enoxaparin 40 mg SC   P. Nakai RN" above "ketorolac …": a signed line, and the next begins with a
    /// drug in small letters.</summary>
    static bool IsRow(NoteText text, int token, Lexicon lexicon)
    {
        if (!lexicon.Drugs.TryFind(text, token + 1, out var drug) || drug.IsGuess
            || !lexicon.Words.TryFind(text, token - 1, out var last)) return false;
        for (var sense = last.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Role && WordTable.IsAllowed(text, token - 1, last.EndToken, sense)) return true;
        return false;
    }

    /// <summary>Two rows of a table: lines of three columns or more, with wide gaps between.</summary>
    static bool IsTable(NoteText text, int end)
    {
        if (end + 2 >= text.Count || !IsWide(text, end - 1, -1)) return false;
        return IsWide(text, end + 1, 1);
        static bool IsWide(NoteText text, int token, int step)
        {
            var gaps = 0;
            for (; token > 0 && token < text.Count && text.Kind(token) != TokenKind.Break; token += step)
                if (text.Kind(token - 1) != TokenKind.Break
                    && text[token].Start - text[token - 1].End >= Math.Max(3, text.ColumnGap)) gaps++;
            return gaps >= 2;
        }
    }

    /// <summary>"clinic injection log: …": the name of a record heads the next line.</summary>
    static bool IsRecord(NoteText text, int token)
    {
        for (var t = token + 1; t < token + 5; t++)
            if (text.IsMark(t + 1, ':')
                && text.Word(t) is "log" or "mar" or "emar" or "flowsheet" or "record" or "note")
                return true;
        return false;
    }

    /// <summary>A line of a form, "Lot: … Exp: …", ends where the line ends.</summary>
    static bool HasLabels(NoteText text, int end)
    {
        var labels = 0;
        for (var t = end - 1; t > 0 && text.Kind(t) != TokenKind.Break && end - t < 60; t--)
            if (text.IsMark(t, ':') && text.Kind(t - 1) == TokenKind.Word) labels++;
        return labels >= 2;
    }

    static bool IsAllCapitals(NoteText text, int token) => WordTable.IsUpper(text.Written(token))
        && text[token].Length < 4;

    static int LengthOfLine(NoteText text, int end)
    {
        var at = end;
        while (at > 0 && text.At(at - 1) != '\n' && end - at < 200) at--;
        return end - at;
    }
}
