namespace Deltoid.Notes;

/// <summary>When, why, on whose order, and what came of it.</summary>
internal sealed partial class DrugFacts
{
    void Times()
    {
        var spans = given.Pieces.FindAll(p => p.Kind == Bit.Span && !IsPause(p) && !IsWatched(p) && !IsFlush(p));
        if (spans.Count > 0)
        {
            var (first, last) = (spans[0], spans[^1]);
            given.Add("start", first.Value, first.Start, first.End);
            given.Add("stop", last.Other, last.Start, last.End);
        }
        else Moments();
        Pauses();
        if (!given.Has("stop") && given.Pieces.Find(p => p.Kind == Bit.Minutes && IsDuration(p)) is { } over)
            given.Add("minutes", over.Number, over.Start, over.End);
    }

    bool IsDuration(Piece minutes) => text.Word(minutes.FirstToken - 1) is "over" or "ran" or "x" or "for"
        && given.Pieces.Exists(static p => p.Kind == Bit.Route && p.Value.StartsWith("iv", StringComparison.Ordinal))
        && !IsWatch(minutes) && text.Word(minutes.FirstToken - 1) is "over" or "ran";

    bool IsPause(Piece piece)
    {
        for (var i = piece.Order - 1; i >= 0 && story.Pieces[i].Sentence == piece.Sentence; i--)
        {
            if (Story.IsCue(story.Pieces[i], "pause")) return piece.FirstToken - story.Pieces[i].EndToken <= 5;
            if (story.Pieces[i].Kind is Bit.Span or Bit.Time && i < piece.Order - 1) return false;
        }
        return false;
    }

    /// <summary>"watched 3 hrs after (0905-1205)": how long somebody looked on, not how long it ran.</summary>
    bool IsWatched(Piece span)
    {
        for (var t = span.FirstToken - 1; t >= Math.Max(0, span.FirstToken - 8); t--)
        {
            if (story.Scan.SentenceOf(t) != span.Sentence || text.Word(t) is "infused" or "ran" or "start" or "started"
                or "given" or "infusion")
                return false;
            if (text.Word(t) is "watched" or "observed" or "monitored" or "obs" or "observation" or "monitoring")
                return true;
        }
        return false;
    }

    /// <summary>"Flush NS 30 mL 1338-1341", "0927-0932 NS 30 mL line flush".</summary>
    bool IsFlush(Piece span)
    {
        for (var t = Math.Max(0, span.FirstToken - 6); t < Math.Min(text.Count, span.EndToken + 6); t++)
            if (story.Scan.SentenceOf(t) == span.Sentence && text.Word(t) is "flush" or "flushed" or "flushing")
                return t < span.FirstToken || given.Drug.Sentence != span.Sentence;
        return false;
    }

    void Moments()
    {
        Piece? start = null, stop = null;
        var times = given.Pieces.FindAll(p => p.Kind == Bit.Time && !IsPause(p) && !IsOfSignature(p));
        if (times.Exists(static t => t.IsOfSecondRecord) && !times.TrueForAll(t => t.Value == times[0].Value))
        {
            Ask(times, "start", static p => p.Value);
            return;
        }
        // "0931 hives -> Epi 0.3 mg IM L thigh 0933": the time after the drug is its own
        if (times.Exists(IsOwn) && !times.Exists(IsAfterGiven)) times = times.FindAll(t => IsOwn(t)
            || LabelBefore(t) is "start" or "stop" or "time");
        // "1533 -- correction 1523"
        if (given.Pieces.Find(p => p.Kind == Bit.Time && IsCorrected(p)) is { } corrected) times = [corrected];
        // "removed at 0900, given 0945": what is said of the giving is the time
        if (times.Exists(IsAfterGiven)) times = times.FindAll(t => IsAfterGiven(t)
            || LabelBefore(t) is "stop" or "start");
        var recorded = given.Pieces.Find(p => p.Kind == Bit.Amount && IsRecorded(p));
        if (recorded is not null && times.Exists(t => t.Sentence == recorded.Sentence))
            times = times.FindAll(t => t.Sentence == recorded.Sentence);
        foreach (var time in times)
        {
            var label = LabelBefore(time);
            if (label is "stop") stop = time;
            else if (label is "resume" or "address" or "order" or "dates") continue;
            else if (label is "start" or "time" || start is null)
                start = label is "start" or "time" || start is null ? time : start;
        }
        if (start is not null) given.Add("start", start.Value, start.Start, start.End);
        else if (Head() is { } head) given.Add("start", head.Value, head.Start, head.End);
        if (stop is not null) given.Add("stop", stop.Value, stop.Start, stop.End);
    }

    bool IsCorrected(Piece time) => time.Corrects && text.Word(time.FirstToken - 1) is "was" or "is" or "at"
        && text.Word(time.FirstToken - 2) is "given" or "time" or "was" or "administered" or "gave"
        || time.Order > 1 && Story.IsCue(story.Pieces[time.Order - 1], "correction")
        && time.FirstToken - story.Pieces[time.Order - 1].EndToken <= 1 && !text.IsMark(time.EndToken, ':')
        && story.Pieces[time.Order - 2] is { Kind: Bit.Time } before && before.Sentence == time.Sentence;

    bool IsOwn(Piece time) => time.Order > given.Drug.Order
        && story.Pieces[time.Order - 1] is { Kind: Bit.Site or Bit.Route or Bit.Amount } before
        && time.FirstToken - before.EndToken <= 2 && LabelBefore(time) is "";

    bool IsAfterGiven(Piece time)
    {
        var at = time.FirstToken - 1;
        while (text.IsMark(at, '@') || text.IsMark(at, ':') || text.Word(at) is "at" or "around") at--;
        return text.Word(at) is "given" or "administered" or "injected" or "adm" or "gave" && story.Pieces.Exists(p =>
            Story.IsCue(p, "given") && p.EndToken == at + 1);
    }

    string LabelBefore(Piece time)
    {
        if (time.Other.Length > 0) return time.Other; // its column says it
        for (var t = time.FirstToken - 1; t >= Math.Max(0, time.FirstToken - 3); t--)
        {
            if (text.Word(t) is "given" or "gave" or "administered" or "injected") break;
            // a pause before a procedure, or when a visit began and ended
            if (text.Word(t) is "out" or "in" && text.Word(t - 1) is "time"
                || text.Word(t) is "out" && text.Word(t - 1) is "iv" or "piv" or "line" or "needle") return "resume";
            if ((text.Word(t) is "done" && t == time.FirstToken - 1
                    || text.Word(t) is "down" && t == time.FirstToken - 2 && text.Word(t + 1) is "at")
                && given.Pieces.Exists(static p => p.Kind == Bit.Route
                && p.Value.StartsWith("iv", StringComparison.Ordinal)))
                return "stop";
            if (text.Word(t) is "resumed" or "restarted" or "resume" or "restart" or "notified" or "called"
                or "addendum" or "recheck" or "removed" or "fridge" or "refrigerator" or "thawed" or "warmed" or "mixed"
                or "reconstituted" or "prepared" or "verified" or "signed" or "drawn" or "drew" or "vitals" or "vs"
                or "pain" or "left" or "discharged" or "released" or "departed" or "room" or "roomed" or "seen"
                or "reassessed" or "arrived" or "checked"
                || text.Word(t) is "improved" or "resolved" or "better" or "gone"
                    && story.Scan.SentenceOf(t) == time.Sentence)
                return "resume";
            if (text.Kind(t) == TokenKind.Number) break;
        }
        if (LabelAfterHead(time) is { Length: > 0 } after) return after;
        if (time.Order > 0 && story.Pieces[time.Order - 1] is { Kind: Bit.Label, Value: "start" } began
            && IsOnset(began.FirstToken) || text.Word(time.FirstToken - 1) is "since" or "onset") return "resume";
        return time.Order > 0 && story.Pieces[time.Order - 1] is { Kind: Bit.Label } label
            && label.Sentence == time.Sentence
            && time.FirstToken - label.EndToken <= 3 ? label.Value : "";
    }

    /// <summary>"Reaction started 1405", "headache began about 0600": what began was no drug.</summary>
    bool IsOnset(int began)
    {
        var at = began - 1;
        while (text.Word(at) is "first" or "that" or "which" or "has" or "had" or "suddenly" or "acutely") at--;
        return story.Lexicon.Is("symptom", text.Word(at)) || story.Ends(at + 1, static k => k == Bit.Reason);
    }

    /// <summary>"1345 complete": a time that begins a line, and then what was done.</summary>
    string LabelAfterHead(Piece time)
    {
        var head = time.Order > 0 && story.Pieces[time.Order - 1] is { Kind: Bit.Date } day
            && day.EndToken == time.FirstToken ? day.FirstToken : time.FirstToken;
        if (head > 0 && story.Scan.SentenceOf(head - 1) == time.Sentence && text.Kind(head - 1) != TokenKind.Break)
            return "";
        var at = time.EndToken;
        while (text.IsMark(at, '-') || text.IsMark(at, ':') || text.Word(at) is "infusion" or "inf") at++;
        // "1300   Taxol complete"
        if (story.Pieces.Find(p => p.Kind == Bit.Drug && p.FirstToken == at) is { } named)
        {
            at = named.EndToken;
            // "0812  pip-tazo 3.375 g IVPB   Stopped"
            for (var i = named.Order + 1; i < story.Pieces.Count && story.Pieces[i].Sentence == named.Sentence
                && story.Pieces[i].Kind != Bit.Time; i++)
                if (story.Pieces[i] is { Kind: Bit.Label, Value: "stop" }) return "stop";
        }
        if (text.Word(at) is "resumed" or "restarted" or "resume" or "restart") return "resume";
        if (text.Word(at) is "done" or "finished") return "stop";
        while (at < text.Count && (text.Kind(at) is TokenKind.Number or TokenKind.Mark || text[at].Length <= 2)
            && text.Kind(at) != TokenKind.Break) at++; // what was measured at that time
        if (text.Kind(at + 1) != TokenKind.Word || text.Word(at + 1) is "bp" or "hr" or "vss" or "infusion" or "inf")
        {
            if (text.Word(at) is "begin" or "began" or "begun" or "start" or "started") return "start";
            if (text.Word(at) is "end" or "ended" or "stop" or "stopped" or "completed" or "complete" or "off")
                return "stop";
        }
        for (var i = time.Order + 1; i < Math.Min(story.Pieces.Count, time.Order + 3); i++)
            if (story.Pieces[i] is { Kind: Bit.Label, Value: "start" or "stop" } label && label.FirstToken <= at
                && label.EndToken > at)
                return label.Value;
        return IsStoppedIn(time) ? "stop" : "";
    }

    /// <summary>"1112 c/o chills, T 100.9. STOPPED.": the line of an infusion's log that says so.</summary>
    bool IsStoppedIn(Piece time)
    {
        if (!given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "iv" or "iv-infusion" })) return false;
        for (var t = time.EndToken; t < Math.Min(text.Count, time.EndToken + LongestLine)
            && text.Kind(t) != TokenKind.Break; t++)
            if (text.Word(t) is "stopped" && text.Kind(t + 1) != TokenKind.Word
                && (text.Kind(t - 1) == TokenKind.Mark || text.Word(t - 1) is "infusion" or "inf" or "was" or "rate"))
                return true;
        return false;
    }

    const int LongestLine = 30;

    /// <summary>The time of an addendum or of a signature is not that of the shot.</summary>
    bool IsOfSignature(Piece time)
    {
        for (var i = time.Order - 1; i >= Math.Max(0, time.Order - 5) && story.Pieces[i].Sentence == time.Sentence; i--)
        {
            if (Story.IsCue(story.Pieces[i], "correction") && i >= time.Order - 3) return true;
            if (story.Pieces[i] is { Kind: Bit.Label, Value: "by" }
                && text.Word(story.Pieces[i].FirstToken) is "signed" or "electronically"
                or "signature" or "e" or "entered")
                return true;
        }
        // "B. Lis RN 6/1/26 0950": when it was signed
        if (time.Order > 1 && story.Pieces[time.Order - 1] is { Kind: Bit.Date } day && day.EndToken == time.FirstToken
            && story.Pieces[time.Order - 2] is { Kind: Bit.Person } signer && day.FirstToken - signer.EndToken <= 1)
            return true;
        // a time in a sentence of other things, with nothing of the shot beside it
        if (story.Scan.SentenceOf(time.FirstToken - 1) != time.Sentence
            && (time.EndToken >= text.Count
            || story.Scan.SentenceOf(Math.Min(time.EndToken + 1, text.Count)) != time.Sentence))
            return false;
        return time.Sentence != given.Drug.Sentence && LabelBefore(time) is ""
            && !given.Pieces.Exists(p => p.Sentence == time.Sentence
            && (p.Kind is Bit.Route or Bit.Site or Bit.Lot or Bit.Amount
                || Story.IsCue(p, "given") || (p is { Kind: Bit.Label, Value: "by" }
                    && text.Word(p.FirstToken) is "given" or "administered" or "adm" or "injected")));
    }

    /// <summary>The time at the head of the entry: "1045 - OK per Dr. Ruddy. Haloperidol …", and of a line of a
    /// record.</summary>
    Piece? Head()
    {
        for (var i = given.Drug.Order - 1; i >= 0; i--)
        {
            var piece = story.Pieces[i];
            if (given.Drug.Sentence - piece.Sentence > 2) return null;
            if (story.HasBlankLine(piece.EndToken, given.Drug.FirstToken) || piece.Kind == Bit.Drug
                && piece.Sentence != given.Drug.Sentence
                && story.Pieces.Exists(p => p.Kind == Bit.Time && p.Order > piece.Order
                && p.Order < given.Drug.Order) is false)
                return null;
            if (piece.Kind != Bit.Time || !IsHead(piece)) continue;
            return piece;
        }
        return null;
    }

    bool IsHead(Piece time)
    {
        var before = time.FirstToken - 1;
        var isFirst = before < 0 || text.Kind(before) == TokenKind.Break
            || story.Scan.SentenceOf(before) != time.Sentence
            || (time.Order > 0 && story.Pieces[time.Order - 1] is { Kind: Bit.Date } day
            && day.EndToken == time.FirstToken);
        // "08/25/2026 0700 - 08/25/2026 1900": what a sheet covers
        if (text.IsMark(time.EndToken, '-') && story.Begins(time.EndToken + 1, static k => k is Bit.Date)) return false;
        return isFirst && (text.IsMark(time.EndToken, '-') || text.IsMark(time.EndToken, ':')
            || time.Sentence == given.Drug.Sentence);
    }

    /// <summary>Minutes that it ran, without the pauses.</summary>
    void Pauses()
    {
        var start = given.Facts.Find(static f => f.Path == "start");
        var stop = given.Facts.Find(static f => f.Path == "stop");
        if (start is null || stop is null) return;
        var (paused, first, last) = (0, int.MaxValue, 0);
        Piece? from = null;
        foreach (var piece in given.Pieces)
        {
            if (piece.Kind == Bit.Span && IsPause(piece)) paused += Calendar.Minutes(piece.Value, piece.Other);
            else if (piece.Kind == Bit.Minutes && IsPause(piece)) paused += piece.Number;
            else if (piece.Kind == Bit.Time && LabelBefore(piece) is not "resume" && IsPause(piece))
            {
                from = piece;
                (first, last) = (Math.Min(first, piece.Start), Math.Max(last, piece.End));
                continue;
            }
            else if (piece.Kind == Bit.Time && from is not null && LabelBefore(piece) is "resume")
            {
                paused += Calendar.Minutes(from.Value, piece.Value);
                from = null;
            }
            else continue;
            (first, last) = (Math.Min(first, piece.Start), Math.Max(last, piece.End));
        }
        var ran = Calendar.Minutes(start.Written, stop.Written) - paused;
        if (paused > 0 && ran > 0) given.Add("minutes", ran, first, last);
    }

    void Watched()
    {
        if (given.Pieces.Find(p => p.Kind == Bit.Minutes && IsWatch(p) && !IsWaived(p)
            && !story.IsAnsweredNo(p)) is { } watched)
            given.Add("observed", watched.Number, watched.Start, watched.End);
    }

    /// <summary>"1 h obs waived".</summary>
    bool IsWaived(Piece minutes)
    {
        for (var t = minutes.EndToken; t < minutes.EndToken + 5 && story.Scan.SentenceOf(t) == minutes.Sentence; t++)
            if (text.Word(t) is "waived" or "declined" or "refused" or "deferred" or "offered" or "recommended"
                or "required"
                or "advised" or "left")
                return true;
        return false;
    }

    bool IsWatch(Piece minutes)
    {
        if (text.Word(minutes.FirstToken - 1) is "over" or "in") return false;
        for (var i = minutes.Order - 1; i >= Math.Max(0, minutes.Order - 3)
            && story.Pieces[i].Sentence == minutes.Sentence; i--)
            if (story.Pieces[i] is { Kind: Bit.Label, Value: "observed" } or { Kind: Bit.Response }
                && minutes.FirstToken - story.Pieces[i].EndToken <= 5)
                return true;
        var next = minutes.Order + 1 < story.Pieces.Count ? story.Pieces[minutes.Order + 1] : null;
        return next is { Kind: Bit.Label, Value: "observed" } or { Kind: Bit.Response }
            && next.Sentence == minutes.Sentence
            && next.FirstToken - minutes.EndToken <= 4;
    }

    void Said()
    {
        Response();
        Indication();
        if (given.Pieces.Find(static p => p.Kind == Bit.Needle) is { } needle)
            given.Add("needle", needle.Value, needle.Start, needle.End);
        if (given.Pieces.Find(static p => p.Kind == Bit.Imaging) is { } imaging)
            given.Add("guidance", imaging.Value, imaging.Start, imaging.End);
        foreach (var fact in given.Of(Bit.Fact).Where(f => !story.IsAnsweredNo(f)).ToList())
            switch (fact.Value)
            {
                case "standing": given.Add("order/standing", true, fact.Start, fact.End); break;
                case "consent": given.Add("consent", true, fact.Start, fact.End); break;
                case "checked": given.Add("checked", true, fact.Start, fact.End); break;
                default: given.Add(fact.Value, story.Quote(fact.Start, fact.End), fact.Start, fact.End); break;
            }
        Orderer();
        if (given.Pieces.Find(p => Story.IsCue(p, "self")) is { } self)
            given.Add("performer", "patient", self.Start, self.End);
        if (given.Pieces.Find(static p => p is { Kind: Bit.Date, Other: "last" }) is { } last)
            given.Add("lastGiven", last.Value, last.Start, last.End);
        if (given.Pieces.Find(static p =>
            p is { Kind: Bit.Person, Other: "witness", Payload.Length: > 0 }) is { } witness)
            given.Add("witness", witness.Payload, witness.Start, witness.End);
        if (given.Pieces.Exists(p => Story.IsCue(p, "split")) && given.Drug.Other == "part"
            && given.Pieces.Find(p => Story.IsCue(p, "split")) is { } split)
            given.Add("splitDose", true, split.Start, split.End);
    }

    void Response()
    {
        foreach (var label in given.Pieces)
        {
            if (label is not { Kind: Bit.Label, Value: "reaction", IsLabeled: true }) continue;
            var at = AfterMarks(label.EndToken);
            if (text.Word(at) is "x" && text.IsMark(at - 1, '[') && text.IsMark(at + 1, ']')) at += 2; // "[x] none"
            if (at >= text.Count || text.Kind(at) == TokenKind.Break) continue;
            if (text.Word(at) is "none" or "no" or "nil" or "ninguna" or "0"
                && text.Word(at + 1) is not ("adverse" or "reaction"))
            {
                given.Add("response", "none", label.Start, text[at].End);
                return;
            }
        }
        if (given.Pieces.Find(p => p.Kind == Bit.Response && p.Sentence >= given.Drug.Sentence) is { } response)
            given.Add("response", response.Value, response.Start, response.End);
    }

    void Orderer()
    {
        if (given.Pieces.Find(static p => p is { Kind: Bit.Person, Other: "order", Payload.Length: > 0 }) is { } by)
        {
            var name = by.Value == "physician"
                && !by.Payload.StartsWith('D') ? story.Quote(by.Start, by.End) : by.Payload;
            given.Add("order/by", name, by.Start, by.End);
        }
        if (given.Pieces.Find(static p => p is { Kind: Bit.Date, Other: "order" }) is { } on)
            given.Add("order/on", on.Value, on.Start, on.End);
    }

    void Indication()
    {
        if (given.Pieces.Find(static p => p is { Kind: Bit.Label, Value: "indication", IsLabeled: true }) is { } label)
        {
            var at = AfterMarks(label.EndToken);
            if (at < text.Count && text.Kind(at) == TokenKind.Word && Words(at) is { } words
                && !HasCode(words.Start, words.End))
            {
                given.Add("indication", story.Quote(words.Start, words.End), words.Start, words.End);
                return;
            }
        }
        foreach (var (from, to) in Spread())
            for (var t = from; t < to; t++)
                if (text.Word(t) is "for" or "por" or "para" && Reason(t + 1) is { } reason)
                {
                    given.Add("indication", story.Quote(reason.Start, reason.End), reason.Start, reason.End);
                    return;
                }
        if (given.Pieces.Find(p => p.Kind == Bit.Reason && p.Sentence <= given.Drug.Sentence + 1) is { } word)
            given.Add("indication", word.Value, word.Start, word.End);
    }

    bool HasCode(int start, int end)
    {
        for (var i = given.Drug.Order; i < Math.Min(story.Pieces.Count, given.Drug.Order + 60); i++)
            if (story.Pieces[i] is { Kind: Bit.Diagnosis } code && code.Start < end && code.End > start) return true;
        return false;
    }

    /// <summary>The tokens of the drug's sentence that are nearer to it than to another drug.</summary>
    IEnumerable<(int From, int To)> Spread()
    {
        var to = given.Drug.EndToken;
        var next = story.NextDrug(given.Drug);
        // past what only dissolves it
        while (next is { IsGiven: false } && (next.IsLocal || GivenDrugs.IsFluid(next.Drug?.Name ?? "")))
            next = story.NextDrug(next);
        var limit = next is not null && next.FirstToken > given.Drug.FirstToken ? next.FirstToken : text.Count;
        while (to < limit && story.Scan.SentenceOf(to) == given.Drug.Sentence) to++;
        yield return (given.Drug.FirstToken, to);
    }

    /// <summary>Words of a reason after "for": no time, no amount, no person.</summary>
    (int Start, int End)? Reason(int at)
    {
        if (text.Kind(at) != TokenKind.Word
            || text.Word(at) is "the" or "her" or "his" or "a" or "pt" or "patient" or "next" or "injection"
            or "weekly" or "monthly" or "today" or "observation" or "left" or "right" or "dr" or "review" or "reaction"
            or "adverse"
            or "local" or "medication" or "first" or "dose" or "scheduled" or "recheck" or "lab" or "labs" or "follow"
            or "f" or "his" or "indicacion" or "orden" or "dra" or "via" or "protocolo")
        {
            if (!(text.Word(at) is "her" or "his" or "the" or "a" or "left" or "right")) return null;
            at++;
        }
        if (text.Word(at) is "total" or "dose" or "volume" || story.Begins(at, static k => k is Bit.Date or Bit.Time
            or Bit.Amount or Bit.Minutes or Bit.Person)) return null;
        return Words(at);
    }

    /// <summary>The words from a token to a mark, a break, or a piece that is something else.</summary>
    (int Start, int End)? Words(int at)
    {
        var end = at;
        while (end < text.Count && end - at < 8)
        {
            if (text.Kind(end) == TokenKind.Break) break;
            if (text.Kind(end) == TokenKind.Mark && text.At(text[end].Start) is not ('/' or '-' or '\'')) break;
            if (end > at && (text.Word(end) is "given" || text.Word(end) is "with" or "by" or "x" or "per" or "and"
                && text.Word(end + 1) is "tolerated" || IsScore(end) || IsOther(end)))
                break;
            end++;
        }
        return end > at ? (text[at].Start, text[end - 1].End) : null;
    }

    /// <summary>"flank pain 9/10": how bad it was.</summary>
    bool IsScore(int token) => text.Kind(token) == TokenKind.Number && text.IsMark(token + 1, '/')
        && text.Word(token + 2) is "10" or "5";

    bool IsOther(int token) => story.Begins(token, static k => k is Bit.Lot or Bit.Expiry or Bit.Route or Bit.Amount
            or Bit.Response or Bit.Person or Bit.Time or Bit.Date or Bit.Drug)
        || text[token - 1].End + 2 < text[token].Start;

    /// <summary>Drawn up and not given: what it was, that it was not given, what became of it.</summary>
    void NotGiven()
    {
        given.Facts.RemoveAll(static f =>
            f.Path is "route" or "site" or "start" or "stop" or "minutes" or "response" or "observed"
            or "lot" or "expires" or "indication" or "volume");
        var no = given.Pieces.Find(p => p.Kind == Bit.Cue && p.Other == "back"
            && p.Value is "negated" or "refused" or "held");
        if (no is not null) given.Facts.Insert(1, new("given", false, no.Start, no.End));
        var dose = given.Facts.Find(static f => f.Path == "dose");
        if (!given.Has("discarded") && dose is not null
            && given.Pieces.Find(static p => p is { Kind: Bit.Label, Value: "waste" or "witness" }) is { } waste
            && text.Word(waste.FirstToken) is "wasted" or "discarded" or "waste")
            given.Add("discarded", dose.Value, waste.Start, waste.End);
    }
}
