namespace Deltoid.Notes;

/// <summary>What keeps a drug from being taken as given by the shape of its words, whatever they say: speech between
/// quotation marks, a field that was left open, a deed that no list knows.</summary>
internal sealed partial class Verdicts
{
    const int LongestSpeech = 60;

    /// <summary>"…always gives me Toradol 60 in the left hip": words between quotation marks are what someone
    /// said.</summary>
    bool IsSpeech(Piece drug)
    {
        var open = -1;
        for (var t = drug.FirstToken - 1; t >= Math.Max(0, drug.FirstToken - LongestSpeech); t--)
        {
            if (IsBlankLine(t)) return false;
            if (!IsQuote(t)) continue;
            if (!Opens(t) || !IsSaid(t) && !IsHeadOfLine(t)) return false;
            open = t;
            break;
        }
        if (open < 0) return false;
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + LongestSpeech); t++)
        {
            if (IsBlankLine(t)) return false;
            // a name alone in quotation marks is a name
            if (IsQuote(t)) return t - open > 4 && !(IsHeadOfLine(open) && text.IsMark(t + 1, ','));
        }
        return false;
    }

    bool IsHeadOfLine(int token) => token == 0 || text.Kind(token - 1) == TokenKind.Break;

    /// <summary>Words lead to what is said; a table in quotation marks has none.</summary>
    bool IsSaid(int open) => text.Kind(open - 1) == TokenKind.Word && !text[open].Glue
        || (text.IsMark(open - 1, ':') || text.IsMark(open - 1, ',')) && !text[open].Glue;

    bool IsBlankLine(int token) => text.Kind(token) == TokenKind.Break && text.LinesIn(token) > 1;

    bool IsQuote(int token) => text.Kind(token) == TokenKind.Mark
        && text.Text[text[token].Start] is '"' or '\u201c' or '\u201d'
        // 1.5" needle
        && !(text.Kind(token - 1) == TokenKind.Number && text[token].Glue && text[token - 1].Length <= 3
            && !(text.IsMark(token - 2, '/') && text[token - 1].Length == 2));

    bool Opens(int token) => text.Text[text[token].Start] == '\u201c'
        || text.Text[text[token].Start] == '"' && token + 1 < text.Count && text[token + 1].Glue;

    /// <summary>"Rocephin 1 g vial for bed 2 (Mr. Hale)": made ready for someone who is named by a bed or a
    /// title.</summary>
    bool IsForAnother(Piece drug)
    {
        if (story.IsOfSibling(drug.Sentence)) return true;
        for (var t = drug.FirstToken - 1; t > drug.FirstToken - 12 && story.Scan.SentenceOf(t) == drug.Sentence; t--)
            if (text.Word(t) is "student" or "pt" or "patient" or "child" or "resident" && text.Word(t - 1) is "other"
                or "another" or "different") return true;
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 20)
            && story.Scan.SentenceOf(t) == drug.Sentence && !story.Begins(t, static k => k == Bit.Drug); t++)
            if (text.Word(t) is "for" or "to" or "belongs" && (text.Word(t + 1) is "bed" or "room" or "rm" or "chair"
                or "bay" or "mr" or "mrs" or "ms" or "miss"))
                return !HasRouteAndPlace(drug);
            else if (text.Word(t) is "his" or "her" or "their" or "sibling's" or "sister's" or "brother's"
                && text.Word(text.Kind(t + 1) == TokenKind.Break ? t + 2 : t + 1) is "chart" or "record") return true;
        return false;
    }

    /// <summary>"3/3 Rocephin 1 g IM", "Procrit - done 6/1 L arm": a day without its year, in the drug's own words,
    /// that is not the day of the visit.</summary>
    bool IsOfOtherDay(Piece drug)
    {
        if (ShortDay(drug.FirstToken - 3, drug.FirstToken) is { } before) return !IsVisit(before);
        if (DayInLine(drug) is { } own && story.Pieces.Exists(p => p is { Kind: Bit.Date, Other: "" or "service" }
            && string.CompareOrdinal(p.Value, own.Value) > 0
            && (p.Order < own.Order || text.Word(p.FirstToken - 1) is "here" or "today" or "seen" or "visit" or "now"
                || story.Drugs.Exists(d => DayInLine(d) == p) || IsHeadOfLine(p) && IsHeadOfLine(own) && !IsToCome(p)))
            || IsOfBracketDay(drug)) return true;
        if (HasTwoDays(drug) || IsEarlierEntry(drug)) return true;
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 12)
            && story.Scan.SentenceOf(t) == drug.Sentence && !story.Begins(t, static k => k is Bit.Drug); t++)
            if (text.Word(t) is "done" or "given" or "sched" or "scheduled" or "on" or "placed" or "administered"
                or "injected" or "received" or "started"
                && ShortDay(t + 1, t + 4) is { } day && !IsVisit(day)
                || t > drug.EndToken && story.Ends(t, static k => k is Bit.Site or Bit.Route or Bit.Amount)
                && ShortDay(t, t + 3) is { } placed && !IsVisit(placed)) return true;
        return false;
    }

    /// <summary>"02/03 given Depo. 05/01 given Depo. 07/27 pt no show": sentences that each begin with a day; all but the
    /// last are of other days.</summary>
    bool IsEarlierEntry(Piece drug) => heads.TryGetValue(drug.Sentence, out var day)
        && heads.Any(other => other.Key > drug.Sentence && other.Value != day);

    /// <summary>The days without a year that sentences begin with.</summary>
    static Dictionary<int, (int Month, int Day)> HeadDays(Verdicts verdicts)
    {
        var heads = new Dictionary<int, (int Month, int Day)>();
        for (var t = 0; t < verdicts.text.Count && heads.Count < LongestList; t++)
            if ((t == 0 || verdicts.story.Scan.SentenceOf(t - 1) != verdicts.story.Scan.SentenceOf(t))
                && verdicts.ShortDay(t, t + 3) is { } day && !verdicts.text.IsMark(t + 3, '-'))
                heads[verdicts.story.Scan.SentenceOf(t)] = day;
        return heads;
    }

    /// <summary>"Vivitrol 380 mg IM 8/1, 8/29": of several days, the visit is none.</summary>
    bool HasTwoDays(Piece drug)
    {
        (int, int)? first = null;
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + LongestSpeech)
            && story.Scan.SentenceOf(t) == drug.Sentence && !story.Begins(t, static k => k is Bit.Drug); t++)
        {
            if (ShortDay(t, t + 3) is not { } day) continue;
            if (first is not null) return first != day && (text.IsMark(t - 1, ',') || text.Word(t - 1) is "and" or "y")
                && text.Kind(t - 2) == TokenKind.Number;
            first = day;
        }
        return false;
    }

    /// <summary>"can pt have Depo-Medrol 80 mg IM in R glut before her trip?": the sentence asks.</summary>
    bool IsAsked(Piece drug)
    {
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + LongestSpeech)
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.IsMark(t, '?') && !(text[t].Glue && text.Word(t - 1).ContainsAnyInRange('0', '9')))
                return story.Scan.SentenceOf(t + 1) != drug.Sentence;
        return false;
    }

    /// <summary>"with #1 (750 mg IV 4/2) she flushed … given Benadryl": an event of another day, in brackets before the
    /// drug.</summary>
    bool IsOfBracketDay(Piece drug)
    {
        for (var t = drug.FirstToken - 1; t > 2 && story.Scan.SentenceOf(t) == drug.Sentence; t--)
            if (story.Begins(t, static k => k == Bit.Contrast)) return false;
            else if (text.IsMark(t, ')') && ShortDay(t - 3, t) is { } day
                && text.Word(t - 4) is not ("exp" or "expires" or "expiry" or "expiration" or "vence" or "bud"
                    or "lot"))
                return !IsVisit(day) || !HasOwnPlace(drug);
        return false;
    }

    /// <summary>"Tdap 0.5 mL IM 06/12/2019": the day in the line of a drug, before the next drug of it; else the day
    /// that its line begins with.</summary>
    Piece? DayInLine(Piece drug)
    {
        for (var i = drug.Order - 1; i >= 0 && story.Pieces[i].Kind is not Bit.Drug; i--)
        {
            if (drug.FirstToken - story.Pieces[i].EndToken > LongestSpeech
                || HasBreak(story.Pieces[i].EndToken, drug.FirstToken)) break;
            if (story.Pieces[i] is { Kind: Bit.Date, Other: "" or "service" } head
                && (text.Kind(head.FirstToken - 1) == TokenKind.Break || IsHeadOfLine(head))) return head;
        }
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug; i++)
        {
            if (story.Pieces[i].FirstToken - drug.EndToken > LongestSpeech
                || HasBreak(drug.EndToken, story.Pieces[i].FirstToken)) return null;
            if (story.Pieces[i] is { Kind: Bit.Date, Other: "" or "service" } day) return day;
        }
        return null;
    }

    /// <summary>"Visit 1 - 4/7/26: …", "-- Desert Pulm 1/28/26: …": a day near the head of a line, and a colon after
    /// it.</summary>
    bool IsHeadOfLine(Piece day)
    {
        if (!text.IsMark(day.EndToken, ':')) return false;
        for (var t = day.FirstToken - 1; t >= day.FirstToken - LongestTitle; t--)
            if (t < 0 || text.Kind(t) == TokenKind.Break) return true;
            else if (story.Begins(t, static k => k is Bit.Drug)) return false;
        return false;
    }

    const int LongestTitle = 8;

    /// <summary>"Visit 3 - 4/21/26: scheduled".</summary>
    bool IsToCome(Piece day) => story.Lexicon.Is("to-come", text.Word(day.EndToken + 1));

    bool HasBreak(int from, int to)
    {
        for (var t = from; t < to; t++)
            if (text.Kind(t) == TokenKind.Break) return true;
        return false;
    }

    /// <summary>The month and day of "6/1", where nothing else begins there.</summary>
    (int Month, int Day)? ShortDay(int token, int end)
    {
        if (token < 0 || end != token + 3 || text.Kind(token) != TokenKind.Number || !text.IsMark(token + 1, '/')
            || text.Kind(token + 2) != TokenKind.Number || !text[token + 1].Glue || !text[token + 2].Glue
            || text.IsMark(token + 3, '/') && text[token + 3].Glue || text.IsMark(token - 1, '/')
            || story.Begins(token, static k => k is Bit.Expiry or Bit.Amount or Bit.Date or Bit.Strength)) return null;
        return int.TryParse(text.Word(token), out var month) && int.TryParse(text.Word(token + 2), out var day)
            && month is >= 1 and <= 12 && day is >= 1 and <= 31 ? (month, day) : null;
    }

    /// <summary>Whether the note's own day is this one; where it names none, the only day without a year may
    /// be.</summary>
    bool IsVisit((int Month, int Day) day)
    {
        var days = story.Pieces.FindAll(static p => p is { Kind: Bit.Date, Other: "" or "service" });
        if (days.Count > 0) return days.Exists(p => p.Value.EndsWith($"-{day.Month:00}-{day.Day:00}",
            StringComparison.Ordinal));
        if (story.Pieces.Exists(p => p.Kind == Bit.Contrast && text.Word(p.FirstToken) is "today" or "hoy"))
            return false;
        return story.Drugs.TrueForAll(d => ShortDay(d.FirstToken - 3, d.FirstToken) is not { } other || other == day);
    }

    /// <summary>"Mom states ER doc shot her w/ Decadron 4 mg in the thigh": what somebody reports, up to a comma or a
    /// semicolon; after one, the drug needs a giving of its own.</summary>
    bool IsReported(Piece drug)
    {
        for (var t = drug.FirstToken - 1; t >= 0 && story.Scan.SentenceOf(t) == drug.Sentence; t--)
        {
            if (text.Kind(t) == TokenKind.Mark && text.Text[text[t].Start] is ',' or ':' or '>' or ')' or '-')
                return false;
            if (story.Begins(t, static k => k is Bit.Contrast or Bit.Drug or Bit.Time or Bit.Response)) return false;
            if (story.Lexicon.Is("reports", text.Word(t)))
                return drug.FirstToken - t > 1 || !HasOwnPlace(drug);
        }
        return false;
    }

    /// <summary>"Injection administered: ***": the place for what was done was left open.</summary>
    bool IsLeftOpen(Piece drug)
    {
        for (var i = Math.Max(0, drug.Order - 6); i < Math.Min(story.Pieces.Count, drug.Order + 6); i++)
            if (story.Pieces[i] is var piece && Math.Abs(piece.Sentence - drug.Sentence) <= 2
                && (Story.IsCue(piece, "given") || piece is { Kind: Bit.Label, Value: "dose" or "site" or "lot" or "by"
                    or "route" })
                && (text.IsMark(piece.EndToken, ':') && IsOpenField(piece.EndToken + 1) || IsLine(piece.End)))
                return true;
        return false;
    }

    /// <summary>"given by ____": a line to write on.</summary>
    bool IsLine(int place)
    {
        while (text.At(place) is ':' or ' ' && text.Text[place] != '_') place++;
        return place + 1 < text.Text.Length && text.Text[place] == '_' && text.Text[place + 1] == '_';
    }

    bool IsOpenField(int token) => text.IsMark(token, '*') && text.IsMark(token + 1, '*')
        && text.IsMark(token + 2, '*');

    /// <summary>"Dispensed Humira 40 mg": a deed that no list knows stands right before the name.</summary>
    bool HasUnreadDeed(Piece drug)
    {
        for (var t = drug.FirstToken - 1; t >= Math.Max(0, drug.FirstToken - 3)
            && story.Scan.SentenceOf(t) == drug.Sentence && text.Kind(t) == TokenKind.Word; t--)
        {
            var word = text.Word(t);
            // "arrived for Invega": what was done was not done to the drug
            if (word is "for" or "to" or "of" or "after" or "on") return false;
            if (word.Length < 6 || !word.EndsWith("ed")) continue;
            return !story.Lexicon.Words.TryFind(text, t, out _) && !story.Lexicon.Drugs.IsKnown(word);
        }
        return false;
    }
}
