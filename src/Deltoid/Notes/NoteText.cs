using System.Text;

namespace Deltoid.Notes;

/// <summary>What a token of a note is.</summary>
internal enum TokenKind : byte { Word, Number, Mark, Break }

/// <summary>A word, a number, one mark, or the breaks between two lines; end exclusive.</summary>
/// <param name="Start">In UTF-16 units of the note.</param>
/// <param name="Glue">Whether it follows the one before without a blank.</param>
internal readonly record struct Token(int Start, int End, TokenKind Kind, bool Glue)
{
    public int Length => End - Start;
}

/// <summary>
/// A note as it stands, the same text folded (lower case, no accents, place for place), and its tokens. A place in the
/// folded text is the same place in the note, so a quote is always cut from the note itself.
/// </summary>
internal sealed class NoteText
{
    readonly char[] folded;
    Token[] tokens;

    public NoteText(string text)
    {
        Text = text;
        folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            folded[i] = Fold(text[i]);
            HasSmall |= char.IsLower(text[i]);
        }
        WrappedLines.Join(folded, text);
        tokens = new Token[(text.Length / 4) + 8];
        Cut();
        ColumnGap = 2 * Math.Max(1, NarrowestGap());
    }

    /// <summary>So many blanks part two columns: twice the blanks that part two words of this note.</summary>
    public int ColumnGap { get; }

    int NarrowestGap()
    {
        var narrowest = int.MaxValue;
        for (var i = 1; i < Count && narrowest > 1; i++)
            if (!tokens[i].Glue && tokens[i].Kind != TokenKind.Break && tokens[i - 1].Kind != TokenKind.Break)
                narrowest = Math.Min(narrowest, tokens[i].Start - tokens[i - 1].End);
        return narrowest == int.MaxValue ? 1 : Math.Min(narrowest, 4);
    }

    public string Text { get; }

    /// <summary>A paragraph without any is written in small letters throughout.</summary>
    public bool HasCapitalsAround(int token)
    {
        const string Blank = "\n\n";
        var at = tokens[token].Start;
        if (at >= paragraph.From && at < paragraph.To) return paragraph.HasCapitals; // each is gone through once
        var (from, to) = (Text.LastIndexOf(Blank, at, StringComparison.Ordinal),
            Text.IndexOf(Blank, at, StringComparison.Ordinal));
        (from, to) = (Math.Max(0, from), to < 0 ? Text.Length : to);
        paragraph = (from, to, Text[from..to].Any(char.IsUpper));
        return paragraph.HasCapitals;
    }

    (int From, int To, bool HasCapitals) paragraph;

    /// <summary>A note without any is written in capitals throughout.</summary>
    public bool HasSmall { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<char> Folded => folded;

    public ReadOnlySpan<Token> Tokens => tokens.AsSpan(0, Count);

    public Token this[int index] => tokens[index];

    /// <summary>The folded letters of a token.</summary>
    public ReadOnlySpan<char> Word(int token) =>
        token >= 0 && token < Count ? folded.AsSpan(tokens[token].Start, tokens[token].Length) : default;

    /// <summary>The token as it was written.</summary>
    public ReadOnlySpan<char> Written(int token) =>
        token >= 0 && token < Count ? Text.AsSpan(tokens[token].Start, tokens[token].Length) : default;

    public TokenKind Kind(int token) => token >= 0 && token < Count ? tokens[token].Kind : TokenKind.Break;

    public bool IsMark(int token, char mark) =>
        Kind(token) == TokenKind.Mark && folded[tokens[token].Start] == mark;

    /// <summary>The folded character at a place; NUL outside of the note.</summary>
    public char At(int place) => place >= 0 && place < folded.Length ? folded[place] : '\0';

    /// <summary>The first token that ends after a place; the count where there is none.</summary>
    public int TokenAt(int place)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].End <= place) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>How many lines begin in a break token.</summary>
    public int LinesIn(int token)
    {
        var lines = 0;
        for (var i = tokens[token].Start; i < tokens[token].End; i++)
            if (folded[i] == '\n') lines++;
        return lines;
    }

    /// <summary>Lower case without accents; every break of lines is a line feed, every other blank a space.</summary>
    public static char Fold(char c)
    {
        if (c < 0x80) return c is '\n' ? c : c is '\r' or '_' ? ' ' : c < ' '
            || c == 0x7f ? ' ' : char.ToLowerInvariant(c);
        return c switch
        {
            '\u00b5' or '\u03bc' => 'u',
            '\u2018' or '\u2019' or '\u02bc' => '\'',
            '\u2013' or '\u2014' or '\u2212' or '\u2010' or '\u2011' => '-',
            '\u2028' or '\u2029' or '\u0085' => '\n',
            _ => Accented(c),
        };
    }

    static char Accented(char c)
    {
        if (char.IsWhiteSpace(c) || char.IsControl(c) || c is >= '\u200b' and <= '\u200f' or '\ufeff') return ' ';
        if (c is < '\u00c0' or > '\u017f') return char.ToLowerInvariant(c);
        const string Plain = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
        return c <= '\u00ff' ? Plain[c - '\u00c0'] : char.ToLowerInvariant(c);
    }

    public static bool IsWordSign(char c) => char.IsLetterOrDigit(c);

    void Cut()
    {
        var (at, last) = (0, -1);
        while (at < folded.Length)
        {
            var c = folded[at];
            if (c == ' ')
            {
                at++;
                continue;
            }
            var (end, kind) = c == '\n' ? (AfterBreaks(at), TokenKind.Break)
                : char.IsAsciiDigit(c) ? (AfterNumber(at), TokenKind.Number)
                : c == '.' && char.IsAsciiDigit(At(at + 1)) && !IsWordSign(At(at - 1))
                    ? (AfterNumber(at), TokenKind.Number)
                : IsWordSign(c) ? (AfterWord(at), TokenKind.Word)
                : (at + 1, TokenKind.Mark);
            Add(new(at, end, kind, at == last));
            at = last = end;
        }
    }

    void Add(Token token)
    {
        if (Count == tokens.Length) Array.Resize(ref tokens, Count * 2);
        tokens[Count++] = token;
    }

    int AfterBreaks(int at)
    {
        while (at < folded.Length && folded[at] is '\n' or ' ') at++;
        while (folded[at - 1] == ' ') at--;
        return at;
    }

    /// <summary>
    /// After digits with commas of thousands and one point: <c>1,000</c>, <c>0.5</c>, <c>.5</c>; or with a decimal
    /// comma before a unit: <c>0,5 mL</c>.
    /// </summary>
    int AfterNumber(int at)
    {
        var start = at;
        while (char.IsAsciiDigit(At(at))) at++;
        while (At(at) == ',' && IsGroup(at + 1)) at += 4;
        if (At(at) == ',' && char.IsAsciiDigit(At(at + 1)))
        {
            var end = char.IsAsciiDigit(At(at + 2)) ? at + 3 : at + 2;
            var isWhole = at - start <= 3 && (At(start) != '0' || at == start + 1) && !char.IsAsciiDigit(At(end));
            return isWhole && IsUnit(At(end) == ' ' ? end + 1 : end) ? end : at;
        }
        if (At(at) == '.' && char.IsAsciiDigit(At(at + 1)))
        {
            at++;
            while (char.IsAsciiDigit(At(at))) at++;
        }
        return at;
    }

    /// <summary>The name of a unit begins there.</summary>
    bool IsUnit(int at)
    {
        var end = at;
        while (char.IsAsciiLetter(At(end))) end++;
        return end > at && Units.Contains($" {folded.AsSpan(at, end - at)} ", StringComparison.Ordinal);
    }

    const string Units = " ml mg mcg g gm cc u units ui iu meq unidades millones l ";

    bool IsGroup(int at) =>
        char.IsAsciiDigit(At(at)) && char.IsAsciiDigit(At(at + 1)) && char.IsAsciiDigit(At(at + 2))
        && !char.IsAsciiDigit(At(at + 3));

    int AfterWord(int at)
    {
        // x30: times thirty
        if (At(at) == 'x' && char.IsAsciiDigit(At(at + 1)) && !IsWordSign(At(at - 1))) return at + 1;
        var start = at;
        while (IsWordSign(At(at)) || (At(at) == '\'' && char.IsLetter(At(at + 1)) && char.IsLetter(At(at - 1))))
        {
            if (char.IsAsciiDigit(At(at)) && at - start >= 4 && char.IsLetter(At(at - 1)) && IsGluedAmount(at))
                return at;
            at++;
        }
        return at;
    }

    /// <summary>"TORADOL30mg": digits with a unit that end a word are an amount of their own.</summary>
    bool IsGluedAmount(int at)
    {
        while (char.IsAsciiDigit(At(at)) || At(at) is 'o' or 'l') at++;
        var end = at;
        while (IsWordSign(At(end))) end++;
        return folded.AsSpan(at, end - at) is "mg" or "mcg" or "ml" or "g" or "gm" or "units" or "cc";
    }

    /// <summary>The words of a phrase as the lexicon compares them: folded, without marks, one blank between.</summary>
    public static string PhraseOf(ReadOnlySpan<char> phrase)
    {
        var text = new NoteText(new string(phrase));
        var words = new StringBuilder();
        for (var i = 0; i < text.Count; i++)
        {
            if (text.Kind(i) is TokenKind.Mark or TokenKind.Break && !text.IsMark(i, '%')) continue;
            if (words.Length > 0) words.Append(' ');
            words.Append(text.Word(i));
        }
        return words.ToString();
    }
}
