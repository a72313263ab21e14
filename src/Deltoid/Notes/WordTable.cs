using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>What kind of thing a phrase of the lexicon is.</summary>
internal enum Meaning : byte
{
    None, Drug, Route, Side, Place, Site, Container, Source, Role, Supervision, Label, Section, Cue, Response,
    Month, Reason, Work, Fact, Sex, Muscle, Imaging, Payer, Plain,
}

/// <summary>One meaning of a phrase: its kind, its value as the encounter writes it, how it must be written.</summary>
/// <param name="OnlyUpper">It counts only in capital letters: MA, not "ma".</param>
internal sealed record Sense(Meaning Kind, string Value, bool OnlyUpper, Sense? Next);

/// <summary>A phrase found in a note.</summary>
internal readonly record struct Found(Sense Sense, int FirstToken, int EndToken);

/// <summary>
/// Phrases of some words with what they mean. The longest phrase that begins at a token is found; its words may be
/// parted by a blank, a line break or one mark that is glued to them ("Depo-Medrol", "N/V").
/// </summary>
internal sealed class WordTable
{
    const int LongestKey = 96;

    readonly Dictionary<string, Sense> phrases = new(8192);
    readonly Dictionary<string, int> longest = new(4096); // by first word: the most words of a phrase
    readonly Dictionary<string, string> scanned = new(4096); // words as a scanner confuses them, to what they are

    readonly NearWords near = new(); // words that may be spelled wrong

    /// <summary>Lets words of these phrases be found where a letter is wrong.</summary>
    public void AddNear(ReadOnlySpan<char> cell, DrugWords drugs)
    {
        while (Rows.NextItem(ref cell, '|', out var phrase))
        {
            var key = NoteText.PhraseOf(phrase);
            foreach (var word in key.Split(' ')) near.Add(word);
        }
        near.IsKnown = drugs.IsKnown;
    }

    /// <summary>Adds the phrases of a cell: separated by bars; in front of one, <c>^</c> asks for capitals.</summary>
    public void AddAll(Meaning kind, string value, ReadOnlySpan<char> cell)
    {
        while (Rows.NextItem(ref cell, '|', out var phrase))
        {
            var isUpper = phrase[0] == '^';
            Add(kind, value, isUpper ? phrase[1..] : phrase, isUpper);
        }
    }

    /// <summary>Names of drugs taken by mouth: each is its own value.</summary>
    public void AddEach(Meaning kind, ReadOnlySpan<char> cell)
    {
        while (Rows.NextItem(ref cell, '|', out var phrase)) Add(kind, DrugWords.ByMouth + phrase.ToString(), phrase);
    }

    public void Add(Meaning kind, string value, ReadOnlySpan<char> phrase, bool onlyUpper = false)
    {
        var key = NoteText.PhraseOf(phrase);
        if (key.Length is 0 or > LongestKey) return;
        phrases.TryGetValue(key, out var next);
        for (var each = next; each is not null; each = each.Next)
            if (each.Kind == kind && (kind == Meaning.Drug || each.Value == value)) return;
        phrases[key] = new(kind, value, onlyUpper, next);
        var blank = key.IndexOf(' ');
        var first = blank < 0 ? key : key[..blank];
        if (kind != Meaning.Drug && kind != Meaning.Plain)
            foreach (var word in key.Split(' ')) near.Know(word);
        longest[first] = Math.Max(longest.GetValueOrDefault(first), key.AsSpan().Count(' ') + 1);
        if (blank < 0 && key.Length >= 3) scanned.TryAdd(AsScanned(key), key);
    }

    public bool Begins(ReadOnlySpan<char> word) => longest.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(word);

    public bool Knows(ReadOnlySpan<char> phrase) =>
        phrases.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(phrase);

    public Sense? Of(ReadOnlySpan<char> phrase) =>
        phrases.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(phrase, out var sense) ? sense : null;

    /// <summary>Letters and digits that scans confuse are one sign: 0 and o; 1, l and i; 5 and s.</summary>
    static string AsScanned(ReadOnlySpan<char> word)
    {
        Span<char> key = stackalloc char[word.Length];
        for (var i = 0; i < word.Length; i++)
            key[i] = word[i] switch { '0' => 'o', '1' or 'i' or '|' => 'l', '5' => 's', var c => c };
        return new string(key);
    }

    /// <summary>
    /// The longest phrase that begins at the token, with at least one sense that may stand here; false when none does.
    /// </summary>
    public bool TryFind(NoteText note, int token, out Found found)
    {
        found = default;
        if (note.Kind(token) is TokenKind.Break or TokenKind.Mark) return false;
        Span<char> key = stackalloc char[LongestKey];
        var length = 0;
        var first = First(note, token, out var most);
        if (most == 0 || !Append(key, ref length, first)) return false;
        var lookup = phrases.GetAlternateLookup<ReadOnlySpan<char>>();
        var (last, best) = (token, 0);
        Sense? sense = null;
        for (var words = 1; ; words++)
        {
            if (lookup.TryGetValue(key[..length], out var whole) && Allowed(note, token, last + 1, whole))
                (sense, best) = (whole, last + 1);
            if (words == most) break;
            last = NextWord(note, last);
            if (last < 0 || !Append(key, ref length, Meant(note, last))) break;
        }
        if (sense is null) return false;
        found = new(sense, token, best);
        return true;
    }

    /// <summary>The first word of a phrase, read as scans confuse it where it is no word.</summary>
    ReadOnlySpan<char> First(NoteText note, int token, out int most)
    {
        var word = note.Word(token);
        if (word.Length > LongestKey)
        {
            most = 0;
            return word;
        }
        if (longest.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out most)) return word;
        if (note.Kind(token) != TokenKind.Word || word.Length is < 3 or > 40) return word;
        var meant = "";
        if (LooksScanned(note.Written(token)) ? !scanned.TryGetValue(AsScanned(word), out meant)
            : (meant = near.Of(word, ShortestFirst)).Length == 0) return word;
        most = longest.GetValueOrDefault(meant);
        return meant;
    }

    /// <summary>A word that may be spelled wrong: longer where it begins a phrase than within one.</summary>
    const int ShortestFirst = 6, ShortestNext = 5;

    ReadOnlySpan<char> Meant(NoteText note, int token) =>
        note.Kind(token) == TokenKind.Word && near.Of(note.Word(token), ShortestNext) is { Length: > 0 } meant ? meant
            : note.Word(token);

    /// <summary>Digits among letters, or a capital I or O among small letters.</summary>
    static bool LooksScanned(ReadOnlySpan<char> word)
    {
        var (digits, small, odd) = (0, 0, 0);
        for (var i = 0; i < word.Length; i++)
        {
            if (char.IsAsciiDigit(word[i])) digits++;
            else if (char.IsLower(word[i])) small++;
            else if (i > 0 && word[i] is 'I' or 'O') odd++;
        }
        return (digits > 0 && digits * 2 < word.Length) || (small > 0 && odd > 0);
    }

    static bool Append(Span<char> key, ref int length, ReadOnlySpan<char> word)
    {
        var from = length == 0 ? 0 : length + 1;
        if (from + word.Length > key.Length) return false;
        if (length > 0) key[length] = ' ';
        word.CopyTo(key[from..]);
        length = from + word.Length;
        return true;
    }

    /// <summary>The next word of a phrase: after a blank, one line break, or one mark glued to both.</summary>
    static int NextWord(NoteText note, int token)
    {
        var next = token + 1;
        if (next >= note.Count) return -1;
        if (note.IsMark(next, '%')) return next;
        if (note.Kind(next) == TokenKind.Break) return note.LinesIn(next) == 1 ? WordOrNone(note, next + 1) : -1;
        if (note.Kind(next) != TokenKind.Mark) return next;
        var joins = note[next].Glue && note.At(note[next].Start) is '-' or '/' or '.' or '\'' or '&' or '+' or '('
            or '®';
        if (!joins) return -1;
        // "lido w/ epi"
        if (note.IsMark(next, '/') && note.Word(token) is "w") return WordOrNone(note, next + 1);
        // after a full stop only what is glued belongs to the same phrase: i.m.
        if (next + 1 < note.Count && note[next + 1].Glue) return WordOrNone(note, next + 1);
        // a word at the end of a line, cut by a hyphen
        return note.IsMark(next, '-') && note.Kind(next + 1) == TokenKind.Break ? WordOrNone(note, next + 2) : -1;
    }

    static int WordOrNone(NoteText note, int token) =>
        token < note.Count && note.Kind(token) is TokenKind.Word or TokenKind.Number ? token : -1;

    static bool Allowed(NoteText note, int from, int end, Sense sense)
    {
        for (var each = sense; each is not null; each = each.Next)
            if (IsAllowed(note, from, end, each)) return true;
        return false;
    }

    /// <summary>
    /// A word that counts in capitals: as it is written, or in a note that has no capitals, if it is no common word.
    /// </summary>
    public static bool IsAllowed(NoteText note, int from, int end, Sense sense)
    {
        if (!sense.OnlyUpper || IsUpper(note.Text.AsSpan(note[from].Start, note[end - 1].End - note[from].Start)))
            return true;
        return !note.HasCapitalsAround(from) && note.Word(from) is not ("do" or "pa" or "id" or "il" or "ia" or "pr" or "sl"
            or "td");
    }

    public static bool IsUpper(ReadOnlySpan<char> written)
    {
        foreach (var c in written)
            if (char.IsLower(c)) return false;
        return true;
    }
}
