namespace Deltoid.Notes;

/// <summary>
/// Names before an amount that no list knows: "5-FU bolus 750 mg". It may be a drug, so what follows is not of the drug
/// before it. Nothing is read from it.
/// </summary>
internal static class Strangers
{
    const int ShortestName = 4;

    public static void Add(Story story)
    {
        var added = new List<Piece>();
        for (var i = 0; i < story.Pieces.Count; i++)
        {
            if (story.Pieces[i] is not { Kind: Bit.Amount } amount || amount.Amount.IsVolume
                || amount.Other == "count") continue;
            var end = amount.FirstToken;
            while (IsFormOf(story.Text.Word(end - 1))) end--;
            var first = FirstOf(story, end);
            if (first < 0 || i > 0 && story.Pieces[i - 1].EndToken > first) continue;
            added.Add(new()
            {
                Kind = Bit.Stranger, Start = story.Text[first].Start, End = story.Text[end - 1].End,
                FirstToken = first, EndToken = end, Sentence = story.Scan.SentenceOf(first),
            });
        }
        story.Pieces.AddRange(added);
    }

    static bool IsFormOf(ReadOnlySpan<char> word) => word is "bolus" or "inj" or "injection" or "infusion" or "loading";

    /// <summary>Where the name begins that ends before a token; -1 where no name stands there.</summary>
    static int FirstOf(Story story, int end)
    {
        var (text, at) = (story.Text, end - 1);
        if (at < 0 || text.Kind(at) != TokenKind.Word) return -1;
        var isShort = text.IsMark(at - 1, '-') && text[at].Glue && text[at - 1].Glue
            && text.Kind(at - 2) == TokenKind.Number;
        if (isShort) return WordTable.IsUpper(text.Written(at)) ? at - 2 : -1;
        if (text[at].Length < ShortestName || story.Lexicon.Words.Begins(text.Word(at))
            || story.Lexicon.Words.TryFind(text, at, out _) || story.Lexicon.Drugs.IsKnown(text.Word(at))) return -1;
        return char.IsUpper(text.Written(at)[0]) && text.HasSmall
            || IsLikeDrug(story, text.Word(at)) && BeginsClause(text, at)
            ? at : -1;
    }

    /// <summary>How the names of drugs end.</summary>
    static bool IsLikeDrug(Story story, ReadOnlySpan<char> word)
    {
        foreach (var tail in story.Lexicon.Phrases("drug-ending"))
            if (word.Length >= tail.Length + 3 && word.EndsWith(tail)) return true;
        return false;
    }

    static bool BeginsClause(NoteText text, int token) => token == 0 || text.Kind(token - 1) == TokenKind.Break
        || text.Kind(token - 1) == TokenKind.Mark && !text[token].Glue
        || text.Word(token - 1) is "and" or "plus" or "then" or "with" or "y";
}
