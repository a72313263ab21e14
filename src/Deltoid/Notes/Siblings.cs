namespace Deltoid.Notes;

/// <summary>
/// Which sentences are of a sibling who is named by first name alone: "Ben (brother, 15 mo) also had Hib. Ben's Hib:
/// L thigh lot HB55."
/// </summary>
internal static class Siblings
{
    const int MostNames = 6, LongestSubject = 4;

    public static HashSet<int> Sentences(NoteText text, Lexicon lexicon, Scan scan)
    {
        var names = Names(text, lexicon);
        var sentences = new HashSet<int>();
        if (names.Count == 0) return sentences;
        for (var t = 0; t < text.Count; t++)
        {
            if (text.Kind(t) != TokenKind.Word) continue;
            var word = text.Word(t);
            var isOwn = word.EndsWith("'s");
            if (isOwn) word = word[..^2];
            if (names.ContainsKey(word.ToString()) && (isOwn || IsSubject(text, scan, t)))
                sentences.Add(scan.SentenceOf(t));
            // "His lot was HB55." after a sentence of the brother
            else if (scan.SentenceOf(t - 1) != scan.SentenceOf(t) && sentences.Contains(scan.SentenceOf(t) - 1)
                && (word is "his" or "he" && names.ContainsValue('m') || word is "her" or "hers" or "she"
                    && names.ContainsValue('f')))
                sentences.Add(scan.SentenceOf(t));
        }
        return sentences;
    }

    static bool IsSubject(NoteText text, Scan scan, int name)
    {
        for (var t = name; t >= Math.Max(0, name - LongestSubject); t--)
            if (t == 0 || scan.SentenceOf(t - 1) != scan.SentenceOf(t) || text.Kind(t - 1) == TokenKind.Break)
                return true;
        return false;
    }

    /// <summary>First names beside a word for a sibling, and whether it says a boy or a girl; not the
    /// patient's.</summary>
    static Dictionary<string, char> Names(NoteText text, Lexicon lexicon)
    {
        var names = new Dictionary<string, char>();
        HashSet<string>? ofPatient = null;
        for (var t = 0; t < text.Count && names.Count < MostNames; t++)
        {
            if (text.Kind(t) != TokenKind.Word || !lexicon.Is("sibling", text.Word(t))) continue;
            var before = t - 1;
            while (before > t - 4 && (text.IsMark(before, '(') || text.IsMark(before, ',') || text.IsMark(before, '-')
                || text.Word(before) is "his" or "her" or "the" or "pt's" or "patient's" or "their" or "older"
                    or "younger" or "big" or "little" or "baby" or "twin")) before--;
            var after = text.IsMark(t + 1, ',') || text.IsMark(t + 1, '(') ? t + 2 : t + 1;
            var kind = text.Word(t) is "brother" or "brothers" or "hermano" or "stepbrother" ? 'm'
                : text.Word(t) is "sister" or "sisters" or "hermana" or "stepsister" ? 'f' : ' ';
            if (before < t - 1 && text.Kind(t - 1) == TokenKind.Mark && IsName(text, lexicon, before)) Add(before);
            else if (text.Kind(t - 1) == TokenKind.Word && before < t - 1 && text.Kind(before + 1) == TokenKind.Mark
                && IsName(text, lexicon, before)) Add(before);
            if (IsName(text, lexicon, after)) Add(after);
            void Add(int token)
            {
                var name = text.Word(token).ToString();
                if (!(ofPatient ??= NamesOfPatient(text)).Contains(name)) names.TryAdd(name, kind);
            }
        }
        return names;
    }

    static bool IsName(NoteText text, Lexicon lexicon, int token) => text.Kind(token) == TokenKind.Word
        && text[token].Length >= 2 && (!text.HasSmall || !text.HasCapitalsAround(token)
            || char.IsUpper(text.Written(token)[0]) && char.IsLower(text.Written(token)[1]))
        && !lexicon.Words.TryFind(text, token, out _)
        && !lexicon.Drugs.TryFind(text, token, out _) && !lexicon.Drugs.IsPlain(text.Word(token))
        && text.Word(token) is not ("also" or "and" or "both" or "seen" or "had" or "got" or "has" or "is" or "was"
            or "in" or "at" or "here" or "for" or "who" or "of" or "to" or "on" or "sick" or "age" or "with" or "gets"
            or "takes" or "uses" or "mom" or "dad" or "mother" or "father" or "gave" or "came" or "today" or "will");

    /// <summary>Words in a line that begins with a label of the patient.</summary>
    static HashSet<string> NamesOfPatient(NoteText text)
    {
        var names = new HashSet<string>();
        for (var t = 0; t < text.Count; t++)
            if (text.Word(t) is "patient" or "pt" or "name" or "chart" && text.IsMark(t + 1, ':'))
                for (var next = t + 2; next < t + 6 && text.Kind(next) != TokenKind.Break; next++)
                    names.Add(text.Word(next).ToString());
        return names;
    }
}
