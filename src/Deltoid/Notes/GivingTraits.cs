namespace Deltoid.Notes;

/// <summary>
/// What stands around a drug, as traits that can be weighed: the words before and after it in its sentence, those of
/// the sentence before and of two after, in stems and pairs of stems; which of them are unusual beside a drug that was
/// given; the kinds of facts between them. A fact counts as its kind, so one dose is like another.
/// </summary>
internal sealed class GivingTraits
{
    /// <summary>So many tokens of its sentence, and so many words of the sentences around it, are heard.</summary>
    const int MostBefore = 45, MostAfter = 70, MostNext = 40, MostPrevious = 25, MostHead = 5, MostCounted = 5,
        Farthest = 300;

    /// <summary>The longest trait; a longer one is cut.</summary>
    const int Longest = 80;

    const string Marks = "?:;()[]\"~{}*>\u2192=";

    static readonly string[] Endings = ["ing", "ed", "es", "s"];

    const int ShortestStem = 3;

    readonly Story story;
    readonly NoteText text;
    readonly string?[] kinds; // by token: the kind of the fact that begins there, empty within one, null for a word

    public GivingTraits(Story story)
    {
        (this.story, text) = (story, story.Text);
        kinds = new string?[text.Count];
        foreach (var piece in story.Pieces)
        {
            if (KindOf(piece) is not { } kind) continue;
            for (var t = piece.FirstToken; t < piece.EndToken && t < text.Count; t++)
                kinds[t] ??= t == piece.FirstToken ? kind : "";
        }
    }

    /// <summary>Takes a trait; it may be handed one more than once.</summary>
    public delegate void Sink(ReadOnlySpan<char> trait);

    static string? KindOf(Piece piece) => piece.Kind switch
    {
        Bit.Drug or Bit.Stranger => "@drug",
        Bit.Amount or Bit.Strength or Bit.Bare or Bit.Percent => "@amount",
        Bit.Route => piece.Value is "oral" or "other" ? "@oral" : "@route",
        Bit.Site => "@site",
        Bit.Time or Bit.Span => "@time",
        Bit.Date => "@date",
        Bit.Lot => "@lot",
        Bit.Expiry => "@expiry",
        Bit.Person => "@person",
        Bit.Ndc => "@ndc",
        Bit.Diagnosis => "@diagnosis",
        Bit.Visit or Bit.Procedure => "@code",
        Bit.Minutes => "@minutes",
        Bit.Needle => "@needle",
        Bit.Response => "@response",
        _ => null,
    };

    /// <summary>All words around a drug, each once or more, by its stem.</summary>
    public void Words(Piece drug, Sink sink)
    {
        foreach (var zone in (ReadOnlySpan<char>)['o', 'n', 'p', 'f'])
            foreach (var token in TokensOf(drug, zone))
                if (kinds[token] is null && text.Kind(token) == TokenKind.Word) sink(Stem(token));
    }

    /// <summary>Every trait of a drug.</summary>
    /// <param name="isUsual">Whether a stem comes with drugs that were given.</param>
    public void Of(Piece drug, Predicate<string> isUsual, Sink sink)
    {
        Span<char> key = stackalloc char[Longest];
        var unusual = (Own: 0, Next: 0, Previous: 0);
        var next = TokensOf(drug, 'n');
        unusual.Own = Zone(drug, 'o', TokensOf(drug, 'o'), isUsual, sink, key);
        unusual.Next = Zone(drug, 'n', next, isUsual, sink, key);
        unusual.Previous = Zone(drug, 'p', TokensOf(drug, 'p'), isUsual, sink, key);
        foreach (var token in TokensOf(drug, 'f')) sink(Join(key, "f:", SymbolOf(token, drug)));
        var (fields, form) = Form(drug);
        var shown = Facts(drug, next.Count > 0 ? next[^1] : -1, form, sink, key);
        sink(Join(key, "sec:", story.SectionOf(drug)?.Value));
        sink(Join(key, "frame:", story.FrameOf(drug)?.Value));
        for (var (t, heard) = (0, 0); t < text.Count && heard < MostHead; t++)
            if (IsHeard(t) && !Marks.Contains(SymbolOf(t, null)[0]))
            {
                sink(Join(key, "h:", SymbolOf(t, null)));
                heard++;
            }
        Count('o', unusual.Own, shown, sink, key);
        Count('n', unusual.Next, shown, sink, key);
        Count('p', unusual.Previous, shown, sink, key);
        sink(Join(key, "ev", [(char)('0' + shown)]));
        sink(Join(key, "fields", [(char)('0' + fields)]));
    }

    /// <summary>How many fields of a form stand around a drug that is the value of one, and what they show; none for
    /// another.</summary>
    (int Fields, int Shown) Form(Piece drug)
    {
        if (drug.Order == 0 || story.Pieces[drug.Order - 1] is not { Kind: Bit.Label, Value: "drug" }) return default;
        var (fields, shown) = (1, 0);
        for (var i = drug.Order - 2; i >= 0 && IsOfForm(story.Pieces[i], drug); i--) Add(story.Pieces[i]);
        for (var i = drug.Order + 1; i < story.Pieces.Count && IsOfForm(story.Pieces[i], drug); i++)
            Add(story.Pieces[i]);
        return (Math.Min(fields, MostFields), fields >= LeastFields ? shown : 0);
        void Add(Piece piece)
        {
            fields += piece.Kind is Bit.Label or Bit.Lot or Bit.Expiry ? 1 : 0;
            shown |= Shows(piece, 'a');
        }
    }

    const int MostFields = 6, LeastFields = 4;

    /// <summary>A label, or the value of one: not another drug, and no cue but a word of giving.</summary>
    static bool IsOfForm(Piece piece, Piece drug) => piece.Kind is not (Bit.Drug or Bit.Cue)
        && Math.Abs(piece.FirstToken - drug.FirstToken) < Farthest || Story.IsCue(piece, "given");

    /// <summary>How many words of a zone are unusual, and the same beside how much shows a giving.</summary>
    static void Count(char zone, int unusual, int shown, Sink sink, Span<char> key)
    {
        for (var i = 1; i <= Math.Min(unusual, MostCounted); i++) sink(Join(key, "!", [zone, (char)('0' + i)]));
        sink(Join(key, "!", [zone, '&', (char)('0' + shown), '&', (char)('0' + Math.Min(unusual, 3))]));
    }

    /// <summary>The words of a zone, each alone and with the one before; how many are unusual.</summary>
    int Zone(Piece drug, char zone, List<int> tokens, Predicate<string> isUsual, Sink sink, Span<char> key)
    {
        var (unusual, before) = (0, "^");
        foreach (var token in tokens)
        {
            var symbol = SymbolOf(token, drug);
            if (zone == 'o') sink(Join(key, token < drug.FirstToken ? "b:" : "a:", symbol));
            else sink(Join(key, zone == 'n' ? "n:" : "p:", symbol));
            if (zone != 'p') sink(Join(key, "w:", symbol));
            sink(Pair(key, zone, before, symbol));
            if (char.IsLetter(symbol[0]) && !isUsual(symbol)) unusual++;
            before = symbol;
        }
        sink(Pair(key, zone, before, "$"));
        return unusual;
    }

    /// <summary>The kinds of facts around a drug; how many kinds of them, and of its form, show a giving, three at
    /// most.</summary>
    int Facts(Piece drug, int last, int shown, Sink sink, Span<char> key)
    {
        for (var s = drug.Sentence - 1; s <= drug.Sentence + 2; s++)
            foreach (var piece in story.InSentence(s))
            {
                if (s == drug.Sentence ? Math.Abs(piece.FirstToken - drug.FirstToken) > MostAfter
                    : s > drug.Sentence && piece.FirstToken > last) continue;
                var zone = s < drug.Sentence ? 'p' : s > drug.Sentence ? 'n'
                    : piece.FirstToken < drug.FirstToken ? 'b' : 'a';
                sink(Fact(key, zone, piece));
                if (zone != 'p') shown |= Shows(piece, zone);
            }
        for (var i = 0; i < Shown.Length; i++)
            if ((shown & (1 << i)) != 0) sink(Join(key, "ev:", Shown[i]));
        return Math.Min(3, System.Numerics.BitOperations.PopCount((uint)shown));
    }

    static readonly string[] Shown =
        ["given", "response", "time", "lot", "person", "box", "procedure", "imaging"];

    /// <summary>What shows a giving: words of it, what came of it, when and by whom, from which lot.</summary>
    static int Shows(Piece piece, char zone)
    {
        if (Story.IsCue(piece, "given")) return 1;
        if (Story.IsCue(piece, "nowaste")) return 1 << 1;
        return piece.Kind switch
        {
            Bit.Response when zone != 'b' => 1 << 1,
            Bit.Span => 1 << 2,
            Bit.Time => 1 << 2,
            Bit.Lot when zone != 'b' => 1 << 3,
            Bit.Person => 1 << 4,
            Bit.Box => 1 << 5,
            Bit.Procedure when zone != 'b' => 1 << 6,
            Bit.Imaging when zone != 'b' => 1 << 7,
            _ => 0,
        };
    }

    static ReadOnlySpan<char> Fact(Span<char> key, char zone, Piece piece)
    {
        key[0] = '+';
        key[1] = zone;
        var length = 2;
        Append(key, ref length, piece.Kind switch
        {
            Bit.Cue => piece.Value,
            Bit.Label => "label:",
            Bit.Fact => "fact:",
            Bit.Site when piece.Value.Contains(' ', StringComparison.Ordinal) => "side",
            _ => Names[(int)piece.Kind],
        });
        if (piece.Kind == Bit.Cue) Append(key, ref length, "/");
        Append(key, ref length, piece.Kind switch
        {
            Bit.Cue => piece.Other,
            Bit.Label or Bit.Fact => piece.Value,
            _ => "",
        });
        return key[..length];
    }

    static readonly string[] Names = [.. Enum.GetNames<Bit>().Select(static n => n.ToLowerInvariant())];

    /// <summary>The tokens of a zone that are heard: of its own sentence (o), of the two next (n), of those that follow
    /// (f), up to the sentence of another drug or a blank line; of the one before (p), where it names no other
    /// drug.</summary>
    List<int> TokensOf(Piece drug, char zone)
    {
        var tokens = new List<int>();
        if (zone == 'o') AddOwn(drug, tokens);
        else if (zone == 'p') AddPrevious(drug, tokens);
        else AddFollowing(drug, zone == 'f', tokens);
        return tokens;
    }

    void AddOwn(Piece drug, List<int> tokens)
    {
        var from = drug.FirstToken;
        while (from > 0 && drug.FirstToken - from < MostBefore
            && story.Scan.SentenceOf(from - 1) == drug.Sentence) from--;
        for (var t = from; t < text.Count && t <= drug.FirstToken + MostAfter
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (IsHeard(t)) tokens.Add(t);
    }

    void AddFollowing(Piece drug, bool isFar, List<int> tokens)
    {
        var until = story.NextDrug(drug)?.Sentence ?? int.MaxValue;
        for (var t = drug.EndToken; t < text.Count && t < drug.EndToken + Farthest; t++)
        {
            var sentence = story.Scan.SentenceOf(t);
            if (sentence >= until || IsBlankLine(t) || tokens.Count == MostNext
                || !isFar && sentence > drug.Sentence + 2) return;
            if (sentence > drug.Sentence + (isFar ? 2 : 0) && IsHeard(t)) tokens.Add(t);
        }
    }

    void AddPrevious(Piece drug, List<int> tokens)
    {
        if (drug.DrugOrder > 0 && story.Drugs[drug.DrugOrder - 1] is var other && other.Sentence == drug.Sentence - 1
            && other.Value != drug.Value) return;
        for (var t = drug.FirstToken - 1; t >= 0 && story.Scan.SentenceOf(t) >= drug.Sentence - 1
            && tokens.Count < MostPrevious && !IsBlankLine(t); t--)
            if (story.Scan.SentenceOf(t) < drug.Sentence && IsHeard(t)) tokens.Add(t);
        tokens.Reverse();
    }

    bool IsBlankLine(int token) => text.Kind(token) == TokenKind.Break && text.LinesIn(token) > 1;

    /// <summary>A word, a number, the beginning of a fact, or a mark that says something.</summary>
    bool IsHeard(int token) => !story.Scan.IsHidden(token) && kinds[token] is not "" && text.Kind(token) switch
    {
        TokenKind.Break => false,
        TokenKind.Mark => kinds[token] is not null || Marks.Contains(text.At(text[token].Start)),
        _ => true,
    };

    string SymbolOf(int token, Piece? drug)
    {
        if (token == drug?.FirstToken) return "@this";
        if (kinds[token] is { } kind) return kind;
        return text.Kind(token) == TokenKind.Mark ? text.Word(token).ToString() : Stem(token).ToString();
    }

    /// <summary>A word without its ending; "#" for what begins with a digit.</summary>
    ReadOnlySpan<char> Stem(int token)
    {
        var word = text.Word(token);
        if (text.Kind(token) == TokenKind.Number || char.IsAsciiDigit(word[0])) return "#";
        var stem = word;
        foreach (var ending in Endings)
            if (word.EndsWith(ending) && word.Length - ending.Length >= ShortestStem && !word.EndsWith("ss"))
            {
                stem = word[..^ending.Length];
                if (stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's'))
                    stem = stem[..^1];
                break;
            }
        return stem.Length > ShortestStem && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    static ReadOnlySpan<char> Join(Span<char> key, string first, ReadOnlySpan<char> second)
    {
        var length = 0;
        Append(key, ref length, first);
        Append(key, ref length, second);
        return key[..length];
    }

    static ReadOnlySpan<char> Pair(Span<char> key, char zone, string one, string other)
    {
        key[0] = zone;
        key[1] = ':';
        var length = 2;
        Append(key, ref length, one);
        Append(key, ref length, " ");
        Append(key, ref length, other);
        return key[..length];
    }

    static void Append(Span<char> key, ref int length, ReadOnlySpan<char> word)
    {
        if (word.Length > key.Length - length) word = word[..(key.Length - length)];
        word.CopyTo(key[length..]);
        length += word.Length;
    }
}
