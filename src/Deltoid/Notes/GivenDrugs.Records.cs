namespace Deltoid.Notes;

/// <summary>An order whose giving is on record further on; two records of one shot.</summary>
internal sealed partial class GivenDrugs
{
    /// <summary>"ORDER: Remicade 400 mg … START 0900 STOP 1107": an order whose running is on record. Premedications
    /// and tablets may stand between.</summary>
    bool HasRun(Piece order, Owners owners, Dictionary<Piece, string> why)
    {
        var (started, stopped) = (false, false);
        for (var i = order.Order + 1; i + 1 < story.Pieces.Count && !(started && stopped); i++)
        {
            var piece = story.Pieces[i];
            if (piece.Kind == Bit.Drug && !IsFluid(piece.Drug?.Name ?? "") && !owners.IsBeside(piece)
                && why[piece] != "not-injected") return false;
            if (piece.Kind == Bit.Route && piece.Sentence > order.Sentence && IsPuncture(piece.Sentence)) return true;
            if (piece.Kind != Bit.Label || story.Pieces[i + 1].Kind != Bit.Time
                && !IsOfEntry(piece)
                || story.InSentence(piece.Sentence).Any(p => p.Kind == Bit.Drug && !IsFluid(p.Drug?.Name ?? "")
                    && (p != order || IsOrderedIn(order)))) continue;
            started |= piece.Value == "start";
            stopped |= piece.Value == "stop";
        }
        return started && stopped;
    }

    /// <summary>"0930 started 50 mL/hr", "1020 chills, BP 88/50 -> STOPPED": the entry of a log begins with a
    /// time.</summary>
    bool IsOfEntry(Piece label)
    {
        for (var i = label.Order - 1; i >= 0 && label.FirstToken - story.Pieces[i].FirstToken < LongestKit; i--)
            if (story.Pieces[i].Kind is Bit.Drug || HasBreak(story.Pieces[i], label)) return false;
            else if (story.Pieces[i] is { Kind: Bit.Time } time
                && (time.FirstToken == 0 || text.Kind(time.FirstToken - 1) == TokenKind.Break)) return true;
        return false;
    }

    /// <summary>"Ocrevus 600 mg / 500 mL NS … Ocrevus start 0845 … End 1230": the amount is beside the first name, the
    /// times beside the next.</summary>
    bool RunsLater(Piece drug, Dictionary<Piece, List<Piece>> owned) =>
        owned[drug].Exists(p => p.Kind == Bit.Amount && p.Sentence == drug.Sentence)
        && story.NextOf(drug) is { } next && next.Sentence <= drug.Sentence + LongestStory && Runs(owned[next]);

    bool HasDoseBefore(Piece drug, Dictionary<Piece, List<Piece>> owned) => Runs(owned[drug])
        && story.Drugs.FindLast(d => d.DrugOrder < drug.DrugOrder && d.Value == drug.Value) is { } before
        && drug.Sentence <= before.Sentence + LongestStory && owned[before].Exists(p => p.Kind == Bit.Amount
            && p.Sentence == before.Sentence);

    static bool Runs(List<Piece> own) => own.Exists(static p => p is { Kind: Bit.Label, Value: "start" })
        && own.Exists(static p => p is { Kind: Bit.Label, Value: "stop" })
        && own.Exists(static p => p.Kind == Bit.Time);

    const int LongestStory = 8;

    /// <summary>"#1: 250 mg IM L dorsogluteal at 1105": a dose, its way, its place and its time, and nothing else.</summary>
    bool IsPuncture(int sentence)
    {
        bool Has(Bit kind) => story.InSentence(sentence).Any(p => p.Kind == kind);
        return Has(Bit.Amount) && Has(Bit.Site) && Has(Bit.Time) && !Has(Bit.Date)
            && !story.InSentence(sentence).Any(static p => p.Kind == Bit.Drug
                || p is { Kind: Bit.Cue, Value: not "given" });
    }

    /// <summary>The words of the order are in the drug's own sentence.</summary>
    bool IsOrderedIn(Piece drug) => story.InSentence(drug.Sentence).Any(static p =>
        p is { Kind: Bit.Cue, Value: "order" } or { Kind: Bit.Label, Value: "order" });

    /// <summary>
    /// "RN note: gentamicin 240 mg IM L glut", "MA note: gentamicin 240 mg IM R glut": two records of one shot, which
    /// contradict each other. A record that has a lot or a time of its own is of another.
    /// </summary>
    bool IsSecondRecord(Piece first, Piece second, List<Piece> of, List<Piece> own)
    {
        bool IsSame(Bit kind) => own.Find(p => p.Kind == kind) is not { } mine
            || of.Exists(p => p.Kind == kind && p.Value == mine.Value && p.Number == mine.Number);
        if (IsReferred(second) && IsSame(Bit.Amount) && !own.Exists(static p => p.Kind is Bit.Lot or Bit.Site))
            return true;
        bool HasSame(Bit kind) => own.Exists(p => p.Kind == kind) && of.Exists(p => p.Kind == kind) && IsSame(kind);
        // one dose, one place, one minute: written twice, whatever lot either has
        if (HasSame(Bit.Time) && HasSame(Bit.Site) && HasSame(Bit.Amount)) return true;
        if (!IsSame(Bit.Amount) || !IsSame(Bit.Lot)) return false;
        // a form, and then the same shot in words
        if (SaysOnlyOne() || IsField(first) && !IsField(second) && HasSame(Bit.Amount) && IsSame(Bit.Time)
            && !own.Exists(static p => p.Kind == Bit.Lot)) return true;
        return Record(first) is { Length: > 0 } one && Record(second) is { Length: > 0 } other && one != other
            && (IsSame(Bit.Time) || AreNear(of.Find(IsTime), own.Find(IsTime)));
    }

    /// <summary>"Inventory sticker: FASENRA LOT MF0019 EXP 12/27" beside a shot of lot MF0091: which is right is
    /// asked.</summary>
    void Stickers(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned)
    {
        foreach (var sticker in story.Drugs.Where(d => why[d] == "order" && story.FrameOf(d) is not null))
        {
            if (story.Drugs.Find(d => d.Value == sticker.Value && why[d].Length == 0) is not { } shot
                || owned[shot].Count > Owners.MostOwned) continue;
            owned[shot].AddRange(owned[sticker].Where(p => p.Kind is Bit.Lot or Bit.Expiry
                && p.Sentence == sticker.Sentence && owned[shot].Exists(o => o.Kind == p.Kind)).ToList());
        }
    }

    /// <summary>Times at the heads of two records, less than an hour apart: when each was written.</summary>
    bool AreNear(Piece? one, Piece? other) => one is { Kind: Bit.Time } && other is { Kind: Bit.Time }
        && IsBeforeColon(one) && IsBeforeColon(other) && Calendar.Minutes(one.Value, other.Value) < 60;

    bool IsBeforeColon(Piece time)
    {
        for (var t = time.EndToken; t < time.EndToken + 10 && text.Kind(t) != TokenKind.Break; t++)
            if (text.IsMark(t, ':')) return true;
            else if (story.Begins(t, static k => k == Bit.Drug)) return false;
        return false;
    }

    /// <summary>"1 dose only given today": what is written twice was given once.</summary>
    bool SaysOnlyOne() => saysOnlyOne ??= Array.Exists(story.Lexicon.Phrases("only-one"),
        phrase => text.Folded.IndexOf(phrase, StringComparison.Ordinal) >= 0);

    bool? saysOnlyOne;

    /// <summary>"Ruxience 1,000 mg … STOPPED … 140 mg received. Remaining 860 mg wasted": what went in and what is left
    /// make up the dose of a drug before. They are that drug's, and what went in is its dose.</summary>
    void Unfinished(Dictionary<Piece, List<Piece>> owned)
    {
        foreach (var part in story.Pieces.Where(p => p.Kind == Bit.Amount && WentIn(p)).Take(MostEntries))
        {
            if (RestOf(part) is not { } rest) continue;
            bool IsWhole(Piece p) => p != part && p != rest && p.Kind is Bit.Amount or Bit.Strength
                && p.Amount.IsComparableTo(part.Amount) && p.Amount.Base == part.Amount.Base + rest.Amount.Base;
            var drug = story.Drugs.FindLast(d => d.FirstToken < part.FirstToken && owned[d].Exists(IsWhole));
            // a total that went in needs no word for the rest: the two make up the dose
            if (drug is null || !IsWasted(rest) && text.Word(part.FirstToken - 2) is not "total"
                || !WasStopped(drug, part)) continue;
            foreach (var own in owned.Values)
                own.RemoveAll(p => p.Kind == Bit.Amount && p.Sentence == part.Sentence && p.FirstToken > drug.EndToken
                    && !IsWhole(p) || p == rest);
            owned[drug].AddRange([part, rest]);
            part.Corrects = true;
        }
    }

    /// <summary>"140 mg received", "150 mL (210 mg) went in".</summary>
    bool WentIn(Piece amount)
    {
        var at = text.IsMark(amount.EndToken, ')') ? amount.EndToken + 1 : amount.EndToken;
        // "Total infused 116 mg"
        if (text.Word(amount.FirstToken - 1) is "infused" or "received" or "delivered"
            && text.Word(amount.FirstToken - 2) is "total" or "amount" or "actual" or "only") return true;
        return text.Word(at) is "infused" or "received" or "delivered" or "administered"
            || text.Word(at) is "went" && text.Word(at + 1) is "in";
    }

    bool IsWasted(Piece amount)
    {
        for (var t = amount.FirstToken - 2; t < amount.EndToken + 2; t++)
            if (text.Word(t) is "wasted" or "discarded" or "waste" or "discard") return true;
        return false;
    }

    /// <summary>"0742 pip-tazo 3.375 g IVPB New Bag", "0812 pip-tazo 3.375 g IVPB Stopped": the end of the
    /// first.</summary>
    static bool IsEndOf(List<Piece> first, List<Piece> second) =>
        second.Exists(static p => p is { Kind: Bit.Label, Value: "stop" })
        && !second.Exists(static p => p is { Kind: Bit.Label, Value: "start" } or { Kind: Bit.Span })
        && second.Exists(static p => p.Kind == Bit.Time)
        && second.FindAll(static p => p.Kind == Bit.Amount).TrueForAll(p => first.Exists(o => o.Kind == Bit.Amount
            && o.Value == p.Value));

    /// <summary>The infusion was stopped before, and was not begun again after.</summary>
    bool WasStopped(Piece drug, Piece part)
    {
        var isStopped = false;
        for (var t = drug.EndToken; t < part.FirstToken; t++) isStopped |= text.Word(t) is "stopped" or "halted";
        for (var t = part.EndToken; t < text.Count && story.Scan.SentenceOf(t) <= part.Sentence + 2; t++)
            if (text.Word(t) is "restarted" or "resumed" or "completed" or "complete" && text.Word(t - 1) is not "not")
                return false;
        return isStopped;
    }

    /// <summary>The next amount of its unit, in its sentence or the next one.</summary>
    Piece? RestOf(Piece part)
    {
        for (var i = part.Order + 1; i < story.Pieces.Count && story.Pieces[i].Sentence <= part.Sentence + 1; i++)
            if (story.Pieces[i] is { Kind: Bit.Amount } rest && rest.Amount.IsComparableTo(part.Amount)) return rest;
        return null;
    }

    /// <summary>"She received her benralizumab 30 mg (see nursing)": another's record says it.</summary>
    bool IsReferred(Piece drug)
    {
        for (var t = drug.EndToken; t < text.Count && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.Word(t) is "see" or "per" && text.Word(t + 1) is "nursing" or "nurse" or "mar" or "flowsheet"
                or "emar")
                return true;
        return false;
    }

    /// <summary>The words of a head to its record's name, and to its colon where one stands near: "note lpn garza" of
    /// "Note 1, 0930, LPN Garza:". Numbers and times name none.</summary>
    string Named(int head, int record)
    {
        var end = record + 1;
        for (var t = end; t < record + 12 && text.Kind(t) != TokenKind.Break; t++)
            if (text.IsMark(t, ':')) end = t;
            else if (story.Begins(t, static k => k == Bit.Drug)) break;
        var words = new List<string>();
        for (var t = head; t < end; t++)
            if (text.Kind(t) == TokenKind.Word) words.Add(text.Word(t).ToString());
        return string.Join(' ', words);
    }

    /// <summary>"MA flowsheet", "RN note": the words that head a drug's line and name a record; empty for none.</summary>
    string Record(Piece drug)
    {
        var start = drug.Start;
        while (start > 0 && text.At(start - 1) != '\n') start--;
        var head = text.TokenAt(start);
        for (var t = head; t < Math.Min(drug.FirstToken, head + 4); t++)
        {
            if (text.Word(t) is "am" or "pm" or "day" or "night" or "evening" or "morning" or "shift") return "";
            if (text.Word(t) is "note" or "flowsheet" or "mar" or "emar" or "record" or "entry" or "log")
                return Named(head, t);
        }
        return "";
    }
}
