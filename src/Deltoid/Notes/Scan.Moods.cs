namespace Deltoid.Notes;

/// <summary>Tense, mood and subject of a word of giving: only what somebody here did is a giving.</summary>
internal sealed partial class Scan
{
    /// <summary>So many words may stand between a word of giving and the one that turns it.</summary>
    const int LongestVerb = 6;

    void AddGiving(int i, int end)
    {
        var turn = TurnOf(i, end);
        if (turn == "none" || IsColumn(i, end)) return;
        Add(Bit.Cue, i, end, turn.Length > 0 ? turn : "given").Other = turn.Length > 0 ? "turned" : "here";
    }

    /// <summary>"given in L gluteus", "administered by": the label's first word is the giving.</summary>
    bool IsGivingWord(int i) => text.Word(i) is "given" or "administered" or "injected";

    /// <summary>"ORDERED      GIVEN": the heading of a column, parted from another by its gap and with nothing but
    /// headings in its line.</summary>
    bool IsColumn(int i, int end)
    {
        if (text.Kind(end) != TokenKind.Break && !IsGap(end)) return false;
        var (first, gaps) = (i, 0);
        for (; first > 0 && text.Kind(first - 1) == TokenKind.Word; first--)
            if (IsGap(first)) gaps++;
        return (first == 0 || text.Kind(first - 1) == TokenKind.Break) && (gaps > 0 || IsGap(end))
            && (Pieces.Count == 0 || Pieces[^1].Kind != Bit.Drug || Pieces[^1].FirstToken < first);
    }

    bool IsGap(int token) => token > 0 && token < text.Count
        && text[token].Start - text[token - 1].End >= Math.Max(2, text.ColumnGap);

    bool IsPlaceOrTime(int token) => PlaceAt(Filler(token), out _, out _) || IsSideOrSite(token)
        || Calendar.TryTime(text, token, true, out _, out _);

    bool IsSideOrSite(int token)
    {
        if (!words.TryFind(text, token, out var found)) return false;
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind is Meaning.Side or Meaning.Site) return true;
        return false;
    }

    /// <summary>"will be injected" is a plan, "had been given" history, "medics gave" elsewhere; <c>none</c> where
    /// something else than a drug was meant; empty for a giving.</summary>
    string TurnOf(int i, int end)
    {
        var (t, isPerfect) = (i - 1, text.Word(i) is "been");
        for (; t >= Math.Max(0, i - LongestVerb) && text.Kind(t) == TokenKind.Word && sentences[t] == sentences[i]; t--)
        {
            var mood = lexicon.MoodOf(text.Word(t));
            if (mood is "" or "giver" || text.Word(t) is "may" && text.Kind(t - 1) == TokenKind.Number) break;
            if (mood != "through") return IsBefore(t) ? "negated" : mood;
            isPerfect |= text.Word(t) is "been";
            if (isPerfect && text.Word(t) is "had") return "history";
        }
        if (IsHabit(end)) return "medication-list";
        if (text.Word(i) is "given" && IsReason(i, end) || text.Word(end) is "to" && text.Word(end - 1) is "delivered")
            return "none";
        if (text.Word(end) is "from" or "via" && text.Word(end - 1) is "received" or "delivered" or "recvd")
            return "none";
        return IsSubject(BeforeBracket(t), i) && IsActive(i, end) ? "elsewhere" : "";
    }

    /// <summary>"Neighbor (an EMT) gave her EpiPen": the token before a short aside in brackets.</summary>
    int BeforeBracket(int token)
    {
        if (!text.IsMark(token, ')')) return token;
        for (var t = token - 1; t >= Math.Max(0, token - LongestVerb); t--)
            if (text.IsMark(t, '(')) return t - 1;
        return token;
    }

    /// <summary>"given every 12 wks": how often, and no giving of one day.</summary>
    bool IsHabit(int end) => text.Word(end) is "every" or "weekly" or "monthly" or "daily" or "yearly" or "annually"
        or "biweekly" or "quarterly" or "routinely" or "typically" or "usually" or "cada";

    /// <summary>"Given her age and Prolia use": a reason.</summary>
    bool IsReason(int i, int end) => (i == 0 || sentences[i - 1] != sentences[i] || text.Kind(i - 1) != TokenKind.Word
            || text.Word(i - 1) is "and" or "but")
        && text.Word(end) is "her" or "his" or "their" or "the" or "that" or "this" or "these" or "those" or "an"
            or "its" or "our" or "also" or "how" or "such" or "patient's" or "pt's" or "age" or "risk" or "history"
            or "recent"
            or "persistent" or "ongoing" or "lack" or "concern" or "severity";

    /// <summary>"eloped before meds could be given".</summary>
    bool IsBefore(int modal)
    {
        for (var t = modal - 1; t >= Math.Max(0, modal - LongestSubject) && text.Kind(t) == TokenKind.Word; t--)
            if (text.Word(t) is "before") return true;
        return false;
    }

    /// <summary>So many words a subject has; a run-on sentence has more.</summary>
    const int LongestSubject = 4;

    /// <summary>A noun that is nobody of this office stands before the verb, near where the clause begins.</summary>
    bool IsSubject(int t, int verb)
    {
        var first = t;
        while (first > 0 && t - first < LongestSubject && sentences[first - 1] == sentences[verb]
            && text.Kind(first - 1) == TokenKind.Word
            && text.Word(first - 1) is not ("and" or "then" or "but" or "so")) first--;
        return t - first < LongestSubject && IsOther(t, verb);
    }

    bool IsOther(int t, int verb) => t >= 0 && sentences[t] == sentences[verb] && text.Kind(t) == TokenKind.Word
        && text[t].Length > 2 && lexicon.MoodOf(text.Word(t)).Length == 0
        && (!char.IsUpper(text.Written(t)[0]) || !text.HasSmall || t == 0 || sentences[t - 1] != sentences[t])
        && (Pieces.Count == 0 || Pieces[^1].EndToken <= t || Story.IsCue(Pieces[^1], "family"));

    /// <summary>"gave glucagon": the verb has its object after it.</summary>
    bool IsActive(int verb, int end) => text.Word(end - 1) is "gave" || end == verb + 1
        && text.Word(verb) is "administered" or "injected" or "infused" or "pushed"
        && (text.Kind(end) == TokenKind.Number || lexicon.Drugs.TryFind(text, end, out _));
}
