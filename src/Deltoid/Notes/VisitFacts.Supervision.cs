namespace Deltoid.Notes;

/// <summary>Who supervised the visit, and how.</summary>
internal sealed partial class VisitFacts
{
    void Supervision()
    {
        var all = story.Pieces.FindAll(p => p.Kind == Bit.Supervision && !IsOpen(p.EndToken) && !IsOfOtherTime(p)
            && !story.IsAnsweredNo(p));
        if (all.Count == 0)
        {
            if (story.Pieces.Exists(static p => p.Kind == Bit.Supervision)) return;
            if (story.Pieces.Find(static p =>
                p is { Kind: Bit.Label, Value: "supervisor", IsLabeled: true }) is { } label
                && text.Folded[label.Start..label.End].IndexOf("site") >= 0
                && story.Pieces.Find(p => p.Kind == Bit.Person
                && p.FirstToken - label.EndToken is >= 0 and <= 2) is { } person)
                Add("/provider/supervision", "on-site", label.Start, person.End);
            return;
        }
        if (all.TrueForAll(p => p.Value == all[0].Value))
        {
            var (start, end) = (all[0].Start, all[0].End);
            if (story.Pieces.Find(p => p.Kind == Bit.Person && p.FirstToken - all[0].EndToken is >= 0 and <= 1
                && text.IsMark(all[0].EndToken, ':')) is { } named)
                end = named.End;
            Add("/provider/supervision", all[0].Value, start, end);
        }
        else questions.Add(new("supervision", "/provider/supervision", "how the injection was supervised", [],
            [.. all.Select(p => story.Quote(p.Start, p.End))]));
    }

    /// <summary>"Our policy is that a physician is in the suite whenever …", "Dr. Yun was in the office for the 4/15
    /// dose": how it is done in general, or how it was on another day.</summary>
    bool IsOfOtherTime(Piece words)
    {
        var (from, to) = (words.FirstToken, words.EndToken);
        while (from > 0 && story.Scan.SentenceOf(from - 1) == words.Sentence && words.FirstToken - from < LongestClause
            && !IsTurn(from - 1) && !(IsEnd(from - 1) && !LeadsIn(from - 1))) from--;
        while (to < text.Count && story.Scan.SentenceOf(to) == words.Sentence && to - words.EndToken < LongestClause
            && !IsTurn(to) && !IsEnd(to)) to++;
        for (var t = from; t < to; t++)
            if (story.Lexicon.Is("in-general", text.Word(t)) && !IsName(t)
                || story.Lexicon.Is("other-time", text.Word(t)) || IsOtherDay(t) || IsOfFirst(t)) return true;
        return false;
    }

    const int LongestClause = 24;

    /// <summary>"present for pt's first three infusions".</summary>
    bool IsOfFirst(int token)
    {
        if (text.Word(token) is not ("first" or "initial" or "earlier")) return false;
        if (Numbers.Small(text.Word(token + 1)) > 1 || text.Kind(token + 1) == TokenKind.Number
            || text.Word(token + 1) is "few" or "several" or "couple") return true;
        for (var t = token + 1; t < token + 4; t++)
            if (text.Word(t) is "infusions" or "doses" or "injections" or "shots" or "treatments" or "visits")
                return true;
        return false;
    }

    bool IsEnd(int token) => text.IsMark(token, ',') || text.IsMark(token, '-') || text.IsMark(token, '(')
        || text.IsMark(token, ')') || text.IsMark(token, '/') && !text[token].Glue;

    /// <summary>"For the last dose, Dr. Yun was on site": the sentence begins with a word that leads in.</summary>
    bool LeadsIn(int comma)
    {
        var first = comma;
        while (first > 0 && story.Scan.SentenceOf(first - 1) == story.Scan.SentenceOf(comma)) first--;
        return text.IsMark(comma, ',') && text.Word(first) is "for" or "at" or "during" or "on" or "per" or "with";
    }

    bool IsTurn(int token) => text.Word(token) is "today" or "but" or "now" or "hoy"
        || text.Kind(token) == TokenKind.Break;

    /// <summary>"per protocol", "protocol on file": a name of an order.</summary>
    bool IsName(int token) => text.Word(token) is "protocol" && text.Word(token - 1) is not ("the" or "our" or "is");

    /// <summary>A day, with its year or without, that is not the day of the visit.</summary>
    bool IsOtherDay(int token)
    {
        if (story.Pieces.Find(p => p.Kind == Bit.Date && p.FirstToken == token) is { } date)
            return date.Other is not ("" or "service") || story.Pieces.Exists(p => p.Kind == Bit.Date && p != date
                && p.Other is "service" or "" && p.Value != date.Value);
        return text.Kind(token) == TokenKind.Number && text.IsMark(token + 1, '/') && text[token + 1].Glue
            && text.Kind(token + 2) == TokenKind.Number && text[token + 2].Glue && !text.IsMark(token - 1, '/')
            && !text.IsMark(token + 3, '/')
            && !story.Begins(token, static k => k is Bit.Expiry or Bit.Amount or Bit.Strength)
            && int.TryParse(text.Word(token), out var month) && int.TryParse(text.Word(token + 2), out var day)
            && !story.Pieces.Exists(p => p.Kind == Bit.Date && p.Value.EndsWith($"-{month:00}-{day:00}",
                StringComparison.Ordinal));
    }

    /// <summary>"on site ( ) Y ( ) N": a question of a template that nobody answered.</summary>
    bool IsOpen(int token) => (text.IsMark(token, '(') && text.IsMark(token + 1, ')'))
        || (text.IsMark(token, '[') && text.IsMark(token + 1, ']')) || text.IsMark(token, '_');
}
