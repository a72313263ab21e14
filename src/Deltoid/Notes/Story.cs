namespace Deltoid.Notes;

/// <summary>The pieces of a note in order, and what is asked of them by place.</summary>
internal sealed class Story
{
    public Story(NoteText text, Lexicon lexicon, Hidden hidden, Scan scan)
    {
        (Text, Lexicon, Hidden, Scan) = (text, lexicon, hidden, scan);
        Pieces = scan.Pieces;
        DrugNames.Settle(this);
        Pieces.RemoveAll(IsDenied);
        Drugs = [.. Pieces.Where(static p => p.Kind == Bit.Drug)];
        for (var i = 0; i < Drugs.Count; i++) Drugs[i].DrugOrder = i;
        sections = new int[Pieces.Count];
        frames = new Piece[Pieces.Count];
        for (var (i, last) = (0, -1); i < Pieces.Count; i++)
        {
            Pieces[i].Order = i;
            if (Pieces[i].Kind == Bit.Section) last = i;
            sections[i] = last;
        }
        Frame();
        foreach (var cue in Pieces)
            if (IsCue(cue, "home") && IsBySelf(cue) && IsWatched(cue)) (cue.Value, cue.Other) = ("self", "back");
        siblings = Siblings.Sentences(text, lexicon, scan);
        HasNoShots = Pieces.Exists(static p => p.Kind == Bit.Cue && p.Other == "note");
        HasNoVisit = Pieces.Exists(static p => p is { Kind: Bit.Cue, Value: "history", Other: "note" });
    }

    /// <summary>"not IM", "(not VFC)", "non-PFS": the word right before a value denies it.</summary>
    bool IsDenied(Piece piece) => piece.Kind is Bit.Route or Bit.Container or Bit.Source
        && Text.Word(piece.FirstToken - (Text.IsMark(piece.FirstToken - 1, '-') ? 2 : 1)) is "not" or "non" or "isn't"
            or "wasn't" or "never";

    /// <summary>"self-administered under RN obs": by the patient, and here.</summary>
    bool IsWatched(Piece cue)
    {
        for (var t = cue.EndToken; t < Text.Count && Scan.SentenceOf(t) == cue.Sentence; t++)
            if (Text.Word(t) is "under" && Text.Word(t + 1) is "rn" or "nurse" or "my" or "our" or "staff" or "direct"
                or "obs" or "observation" or "supervision" or "ma" or "lpn" or "clinic"
                || Text.Word(t) is "in" && Text.Word(t + 1) is "clinic" or "office"
                || Text.Word(t) is "here" && Text.Word(t + 1) is not ("for" or "to" or "today")
                || Text.Word(t) is "watched" && Text.Word(t - 1) is "i" or "nurse" or "rn" or "we" or "writer"
                    or "staff"
                || Text.Word(t) is "observed" or "supervised" or "witnessed" or "watched" && Text.Word(t + 1) is "by"
                    && Text.Word(t + 2) is "rn" or "me" or "nurse" or "lpn" or "ma" or "writer" or "staff" or "this"
                || Text.Word(t) is "front" && Text.Word(t + 1) is "of" && Text.Word(t + 2) is "me" or "nurse" or "rn"
                    or "writer" or "us"
                || Text.Word(t) is "nurse" or "rn" or "writer" or "staff" && Text.Word(t + 1) is "observing"
                    or "watching" or "present" or "guiding" or "observed" or "guidance"
                || Text.Word(t) is "with" or "w" && Text.Word(t + 1) is "guidance" or "cues" or "cueing")
                return true;
        return false;
    }

    /// <summary>"self-injected", "gave herself", "did her own injection".</summary>
    bool IsBySelf(Piece cue)
    {
        for (var t = cue.FirstToken; t < cue.EndToken; t++)
            if (Text.Word(t) is "self" or "herself" or "himself" or "themself" or "own") return true;
        return false;
    }

    /// <summary>"Waited 15 min: [ ] yes [x] no": the box of "no" is ticked in the line after a piece.</summary>
    public bool IsAnsweredNo(Piece piece) => Pieces.Exists(p => p.Kind == Bit.Box && p.FirstToken >= piece.EndToken
        && p.FirstToken - piece.EndToken <= LongestAnswer && Text.Word(p.FirstToken) is "no" or "n"
        && !HasBreak(piece.EndToken, p.FirstToken)
        && !Pieces.Exists(o => o.Kind == Bit.Label && o.IsLabeled && o.FirstToken > piece.EndToken
            && o.FirstToken < p.FirstToken));

    const int LongestAnswer = 12;

    bool HasBreak(int from, int to)
    {
        for (var t = from; t < to; t++)
            if (Text.Kind(t) == TokenKind.Break) return true;
        return false;
    }

    readonly HashSet<int> siblings;

    /// <summary>The sentence is of a sibling who is named.</summary>
    public bool IsOfSibling(int sentence) => siblings.Contains(sentence);

    readonly int[] sections;

    /// <summary>Whether the note says that nothing was given at this visit.</summary>
    public bool HasNoShots { get; }

    /// <summary>Whether the note says that there was no visit: a review of the chart.</summary>
    public bool HasNoVisit { get; }

    readonly Piece?[] frames;

    /// <summary>The words at the head of a line before a piece, in its paragraph, that say what kind of paper it is: a
    /// letter, a message, a form; null for the record of a visit.</summary>
    public Piece? FrameOf(Piece piece) => frames[piece.Order];

    /// <summary>A frame reaches to a blank line, to a line that begins with today, to a heading of what was
    /// given.</summary>
    void Frame()
    {
        for (var (i, frame) = (0, default(Piece)); i < Pieces.Count; i++)
        {
            var piece = Pieces[i];
            var isEnd = i > 0 && HasBlankLine(Pieces[i - 1].EndToken, piece.FirstToken)
                || i > 0 && HasRule(Pieces[i - 1].EndToken, piece.FirstToken)
                || piece is { Kind: Bit.Section, Value: "given" } || piece.Kind == Bit.Contrast
                && Text.Word(piece.FirstToken) is "today" or "hoy" && IsHead(piece.FirstToken, 1);
            if (isEnd) frame = null;
            if (piece is { Kind: Bit.Cue, Other: "frame" } && IsHead(piece.FirstToken, 3) && !IsBanner(piece))
                frame = piece;
            frames[i] = frame;
        }
    }

    /// <summary>"--- VISIT 08/19/2026 ---": a line that begins with a rule, and names a visit.</summary>
    bool HasRule(int from, int to)
    {
        for (var t = from; t < to; t++)
            if (Text.Kind(t) == TokenKind.Break && (Text.IsMark(t + 1, '-') && Text.IsMark(t + 3, '-')
                || Text.IsMark(t + 1, '=') && Text.IsMark(t + 3, '=')) && NamesVisit(t + 4)) return true;
        return false;
    }

    bool NamesVisit(int token)
    {
        for (var t = token; t < token + LongestAnswer && Text.Kind(t) != TokenKind.Break; t++)
            if (Text.Word(t) is "visit" or "encounter" or "today") return true;
        return false;
    }

    /// <summary>"FAX FROM NURSING   2 of 3": the page of a sheet that was sent, and not a message.</summary>
    bool IsBanner(Piece frame)
    {
        for (var t = frame.EndToken; t < frame.EndToken + 12 && Text.Kind(t) != TokenKind.Break; t++)
            if ((Text.Word(t) is "of" || Text.IsMark(t, '/') && Text.Word(t - 2) is "p" or "pg" or "page")
                && Text.Kind(t - 1) == TokenKind.Number && Text.Kind(t + 1) == TokenKind.Number) return true;
        return false;
    }

    /// <summary>Whether a line begins within so many words before a token.</summary>
    bool IsHead(int token, int most)
    {
        for (var t = token - 1; token - t <= most; t--)
            if (Text.Kind(t) == TokenKind.Break) return true;
        return false;
    }

    /// <summary>The heading that stands before a piece, or null.</summary>
    public Piece? SectionOf(Piece piece) => sections[piece.Order] is >= 0 and var at ? Pieces[at] : null;

    public NoteText Text { get; }

    public Lexicon Lexicon { get; }

    public Hidden Hidden { get; }

    public Scan Scan { get; }

    public List<Piece> Pieces { get; }

    /// <summary>Every drug that is named, whether it was given or not.</summary>
    public List<Piece> Drugs { get; }

    /// <summary>The pieces of a sentence, in order.</summary>
    public IEnumerable<Piece> InSentence(int sentence)
    {
        for (var i = FirstIn(sentence); i < Pieces.Count && Pieces[i].Sentence == sentence; i++) yield return Pieces[i];
    }

    /// <summary>The index of the first piece of a sentence or after it. Pieces are in order of sentences.</summary>
    public int FirstIn(int sentence)
    {
        var (low, high) = (0, Pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Pieces[middle].Sentence < sentence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The drug after this one, or null.</summary>
    public Piece? NextDrug(Piece drug) => drug.DrugOrder + 1 < Drugs.Count ? Drugs[drug.DrugOrder + 1] : null;

    /// <summary>Where this drug is named next, or null.</summary>
    public Piece? NextOf(Piece drug) => Drugs.Find(d => d.DrugOrder > drug.DrugOrder && d.Value == drug.Value);

    /// <summary>Whether two drugs of a sentence are joined: "Toradol 30 mg and Phenergan 25 mg".</summary>
    public bool IsJoined(Piece one, Piece next)
    {
        if (next.Sentence != one.Sentence || next.FirstToken - one.EndToken is < 0 or > 8) return false;
        for (var t = one.EndToken; t < next.FirstToken; t++)
            if (Text.Word(t) is "and" or "with" or "y" or "plus" || Text.IsMark(t, '+') || Text.IsMark(t, '&')
                || Text.IsMark(t, '/')) return true;
        return false;
    }

    /// <summary>Whether a piece of one of some kinds begins at a token.</summary>
    public bool Begins(int token, Func<Bit, bool> isOf)
    {
        var (low, high) = (0, Pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Pieces[middle].FirstToken < token) low = middle + 1;
            else high = middle;
        }
        for (; low < Pieces.Count && Pieces[low].FirstToken == token; low++)
            if (isOf(Pieces[low].Kind)) return true;
        return false;
    }

    /// <summary>Whether a piece of one of some kinds ends right before a token.</summary>
    public bool Ends(int token, Func<Bit, bool> isOf)
    {
        for (var i = LastBefore(token); i >= 0 && token - Pieces[i].FirstToken < 8; i--)
            if (Pieces[i].EndToken == token && isOf(Pieces[i].Kind)) return true;
        return false;
    }

    /// <summary>The index of the last piece that begins before a token, or -1.</summary>
    int LastBefore(int token)
    {
        var (low, high) = (0, Pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Pieces[middle].FirstToken < token) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    public bool HasBlankLine(int from, int to)
    {
        for (var t = from; t < to && t < Text.Count; t++)
            if (Text.Kind(t) == TokenKind.Break && Text.LinesIn(t) > 1) return true;
        return false;
    }

    public static bool IsCue(Piece piece, string why) => piece.Kind == Bit.Cue && piece.Value == why;

    public string Quote(int start, int end) => Text.Text[start..end];

    /// <summary>The words around a drug that say why it is set aside: its sentence, cut at what is long.</summary>
    public (int Start, int End) Around(Piece drug)
    {
        var (first, last) = (drug.FirstToken, drug.EndToken - 1);
        while (first > 0 && Scan.SentenceOf(first - 1) == drug.Sentence && drug.FirstToken - first < 14) first--;
        while (last + 1 < Text.Count && Scan.SentenceOf(last + 1) == drug.Sentence && last - drug.EndToken < 14) last++;
        while (first < drug.FirstToken && Text.Kind(first) is TokenKind.Break or TokenKind.Mark) first++;
        while (last >= drug.EndToken && Text.Kind(last) == TokenKind.Break) last--;
        return (Text[first].Start, Text[last].End);
    }
}
