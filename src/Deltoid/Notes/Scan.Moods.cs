namespace Deltoid.Notes;

/// <summary>Tense, mood and subject of a word of giving: only what somebody here did is a giving.</summary>
internal sealed partial class Scan
{
    /// <summary>So many words may stand between a word of giving and the one that turns it.</summary>
    const int LongestVerb = 6;

    /// <summary>"will be injected" is a plan, "had been given" history, "medics gave" elsewhere; <c>none</c> where
    /// something else than a drug was meant; empty for a giving.</summary>
    string TurnOf(int i, int end)
    {
        var (t, isPerfect) = (i - 1, text.Word(i) is "been");
        for (; t >= Math.Max(0, i - LongestVerb) && text.Kind(t) == TokenKind.Word && sentences[t] == sentences[i]; t--)
        {
            var mood = lexicon.MoodOf(text.Word(t));
            if (mood is "" or "giver" || text.Word(t) is "may" && text.Kind(t - 1) == TokenKind.Number) break;
            if (mood != "through") return mood;
            isPerfect |= text.Word(t) is "been";
            if (isPerfect && text.Word(t) is "had") return "history";
        }
        if (text.Word(end) is "from" or "via" && text.Word(end - 1) is "received" or "delivered" or "recvd") return "none";
        return IsSubject(t, i) && IsActive(i, end) ? "elsewhere" : "";
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
