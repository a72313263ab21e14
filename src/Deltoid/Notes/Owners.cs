using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>
/// Which drug a piece of the note belongs to. In a sentence that names a drug: the drug before it, or the first one
/// after it. In a sentence without one: the last drug that was given before it.
/// </summary>
internal sealed class Owners(Story story)
{
    /// <summary>What one drug can have; a note with more is no note, and must take no more time.</summary>
    public const int MostOwned = 300;

    readonly NoteText text = story.Text;
    Piece? firstGiven;
    List<Piece> mains = [];
    readonly List<Piece> strangers = story.Pieces.FindAll(static p => p.Kind == Bit.Stranger);

    /// <summary>Every drug that is named with what belongs to it; those in <paramref name="given"/> take what no
    /// sentence claims.</summary>
    public Dictionary<Piece, List<Piece>> Share(Func<Piece, bool> given)
    {
        var owned = new Dictionary<Piece, List<Piece>>();
        foreach (var drug in story.Drugs) owned[drug] = [];
        Piece? lastGiven = null;
        mains = story.Drugs.FindAll(d => given(d) && !IsBeside(d));
        firstGiven = mains.Count > 0 ? mains[0] : story.Drugs.Find(d => given(d) && !IsOnlyBefore(d));
        for (var i = 0; i < story.Pieces.Count;)
        {
            var end = i;
            while (end < story.Pieces.Count && story.Pieces[end].Sentence == story.Pieces[i].Sentence) end++;
            Sentence(i, end, owned, lastGiven, given);
            for (var j = i; j < end; j++)
                if (story.Pieces[j].Kind == Bit.Drug && given(story.Pieces[j])
                    && !(HasMain(lastGiven, story.Pieces[j]) && IsBeside(story.Pieces[j]))
                    && !IsOnlyBefore(story.Pieces[j])
                    && !(lastGiven is not null && IsSettled(story.Pieces[j]) && !IsWasteNext(end)))
                    lastGiven = story.Pieces[j];
            i = end;
        }
        return owned;
    }

    void Sentence(int from, int to, Dictionary<Piece, List<Piece>> owned, Piece? lastGiven, Func<Piece, bool> given)
    {
        var first = -1;
        for (var i = from; i < to && first < 0; i++)
            if (story.Pieces[i].Kind == Bit.Drug && !(lastGiven is not null && IsCarrier(story.Pieces[i]))) first = i;
        Piece? owner = null;
        var isApart = false;
        for (var i = from; i < to; i++)
        {
            var piece = story.Pieces[i];
            if (piece.Kind == Bit.Stranger) isApart = true;
            if (piece.Kind == Bit.Drug)
            {
                if (first >= 0) (owner, isApart) = (piece, false);
                continue;
            }
            // after a name that no list knows, until the next drug: nobody's
            if (isApart || first < 0 && IsOfFlush(from, i)) continue;
            if (IsOfOtherRow(piece, owner))
            {
                if (DrugOfRow(i, to) is { } inRow) owned[inRow].Add(piece);
                continue;
            }
            // "600 mg in 250 mL NS" of the drug named before: the volume is the bag's
            if (first < 0 && i + 1 < to && story.Pieces[i + 1] is { Kind: Bit.Drug } fluid && IsCarrier(fluid))
                continue;
            var mine = first < 0 && Fitting(from, to, i, owned, lastGiven) is { } fitting ? fitting
                : first < 0 ? (IsApart(from, i) || IsOfSeveral(i, from, to, owned, lastGiven) ? null : lastGiven)
                : owner is null ? (IsNearDrug(i, first) ? story.Pieces[first] : null)
                : IsOfNext(owned[owner], i, to) ? NextIn(i, to)
                : piece.Kind is Bit.Amount or Bit.Percent or Bit.Strength or Bit.Bare ? owner : Main(owner);
            // a label of the form before any drug is named: of the first that was given
            if (mine is null && first < 0 && lastGiven is null && (IsFormField(from, i) || IsHeading(from, to, i)))
            {
                mine = firstGiven;
                piece.IsLabeled |= piece.Kind == Bit.Site && IsPrepared(piece);
            }
            if (mine == owner && owner is not null && !given(owner) && IsSaidOfBoth(owner, piece, given) is { } both)
                mine = both;
            if (mine is not null && owned[mine].Count < MostOwned) owned[mine].Add(piece);
        }
    }

    /// <summary>"Epi drawn up, not used.": all is said of it.</summary>
    bool IsSettled(Piece drug) => story.InSentence(drug.Sentence).Any(p => p.Order > drug.Order
        && p is { Kind: Bit.Cue, Other: "back", Value: "negated" });

    /// <summary>The next sentence begins with what was wasted.</summary>
    bool IsWasteNext(int at) => at < story.Pieces.Count && story.Pieces[at] is { Kind: Bit.Label, Value: "waste" };

    /// <summary>A time in a column of a table is of the drug that its row names.</summary>
    bool IsOfOtherRow(Piece piece, Piece? owner)
    {
        if (piece is not { Kind: Bit.Time, Other.Length: > 0 }) return false;
        for (var t = owner?.EndToken ?? 0; t < piece.FirstToken; t++)
            if (text.Kind(t) == TokenKind.Break) return true;
        return owner is null;
    }

    /// <summary>"1905   1912   diphenhydramine": the drug that follows a time of a table in its row, before the line
    /// ends.</summary>
    Piece? DrugOfRow(int at, int to)
    {
        if (NextIn(at, to) is not { } drug || drug.FirstToken - story.Pieces[at].EndToken > LongestRow) return null;
        for (var t = story.Pieces[at].EndToken; t < drug.FirstToken; t++)
            if (text.Kind(t) == TokenKind.Break) return null;
        return drug;
    }

    const int LongestRow = 12;

    /// <summary>"NS flush   10 mL   IV   1136": how much, by which way and when the line was rinsed.</summary>
    bool IsOfFlush(int from, int at)
    {
        if (story.Pieces[at] is not { Kind: Bit.Amount, Amount.IsVolume: true } and not { Kind: Bit.Time
            or Bit.Route }) return false;
        for (var i = from; i < at; i++)
            if (Story.IsCue(story.Pieces[i], "not-injected") && text.Word(story.Pieces[i].EndToken - 1) is "flush")
                return !story.Pieces.Exists(p => p.Kind == Bit.Label && p.Order > i && p.Order < at);
        return false;
    }

    /// <summary>"Toradol 60 mg IM and Zofran 4 mg ODT given per Dr. Weiss", "Epi on hand, observed 30 min": on whose
    /// order it was, and what came of it, is said of the drug that was given before.</summary>
    Piece? IsSaidOfBoth(Piece aside, Piece piece, Func<Piece, bool> given)
    {
        var isEnd = piece.Kind is Bit.Response or Bit.Minutes || piece is { Kind: Bit.Label, Value: "observed" };
        var isOrder = piece is { Kind: Bit.Person, Other: "order" };
        if (!isEnd && !isOrder || aside.DrugOrder == 0) return null;
        var before = story.Drugs[aside.DrugOrder - 1];
        return given(before) && before.Sentence >= aside.Sentence - (isEnd ? 3 : 0) ? before : null;
    }

    /// <summary>A lot, a day it expires, what was wasted: named sentences after the last of several drugs, it could be
    /// of another that has none.</summary>
    bool IsOfSeveral(int at, int from, int to, Dictionary<Piece, List<Piece>> owned, Piece? lastGiven)
    {
        var piece = story.Pieces[at];
        if (lastGiven is null) return false;
        if (piece.Kind == Bit.Amount ? piece.Other != "count" && !HasWaste(from, to) : piece.Kind is not (Bit.Lot
            or Bit.Expiry or Bit.Ndc or Bit.Container) && !Story.IsCue(piece, "nowaste")) return false;
        return strangers.Exists(s => s.Order > lastGiven.Order && s.Order < at) || mains.Exists(m => m.Order < at
            && m.Value != lastGiven.Value && !owned[m].Exists(p => p.Kind == Bit.Lot));
    }

    /// <summary>"Lot H01, 2 x 300 mg SDV" after several drugs is of the one whose dose was 600 mg; the end of an
    /// infusion is of the one drug that runs.</summary>
    Piece? Fitting(int from, int to, int at, Dictionary<Piece, List<Piece>> owned, Piece? lastGiven)
    {
        if (lastGiven is null || IsApart(from, at)) return null;
        List<Piece> fit = [];
        if (IsEndOfRun(at))
            fit = HasRoute(owned[lastGiven], false) ? mains.FindAll(m => m.Order < at && HasRoute(owned[m], true)) : [];
        else if (story.Pieces[at].Kind is Bit.Lot or Bit.Expiry or Bit.Ndc or Bit.Container or Bit.Amount
            || Story.IsCue(story.Pieces[at], "nowaste"))
            for (var i = from; i < to; i++)
                if (story.Pieces[i] is { Kind: Bit.Amount, Other: "count" } count)
                    fit = mains.FindAll(m => m.Order < at && owned[m].Exists(p => p.Kind == Bit.Amount
                        && p.Sentence == m.Sentence && p.Amount.IsComparableTo(count.Amount)
                        && p.Amount.Base == count.Amount.Base));
        return fit.Count == 1 ? fit[0] : null;
    }

    /// <summary>"1410 infusion complete": its time, and the word that says so.</summary>
    bool IsEndOfRun(int at)
    {
        var piece = story.Pieces[at];
        return piece is { Kind: Bit.Label, Value: "stop" } || piece.Kind == Bit.Time
            && (IsStop(at + 1, piece) || IsStop(at - 1, piece));
    }

    bool IsStop(int at, Piece time) => at >= 0 && at < story.Pieces.Count && story.Pieces[at] is { Kind: Bit.Label,
        Value: "stop" } stop && stop.Sentence == time.Sentence;

    static bool HasRoute(List<Piece> own, bool runs) => own.Exists(p => runs
        ? p is { Kind: Bit.Route, Value: "iv-infusion" } or { Kind: Bit.Label, Value: "start" }
        : p is { Kind: Bit.Route, Value: "iv-push" or "im" or "sc" });

    bool HasWaste(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (story.Pieces[i] is { Kind: Bit.Label, Value: "waste" }) return true;
        return false;
    }

    /// <summary>Whether a drug that is not beside another was given before, or is to come.</summary>
    bool HasMain(Piece? lastGiven, Piece drug) => lastGiven is not null || mains.Exists(m => m.Order > drug.Order);

    /// <summary>A drug given beside another: a premedication, or the anesthetic mixed into it.</summary>
    public bool IsBeside(Piece drug)
    {
        return Main(drug) != drug || IsPremedication(drug);
    }

    /// <summary>A premedication takes no lot, vial or time that stands by itself: those are of the drug it was given
    /// for, even where it is not sure that that drug was given.</summary>
    bool IsOnlyBefore(Piece drug) => IsPremedication(drug) && story.Drugs.Exists(d => d.Value != drug.Value
        && !d.Value.StartsWith(DrugWords.ByMouth, StringComparison.Ordinal)
        && !GivenDrugs.IsFluid(d.Drug?.Name ?? "") && d.Drug?.Name != "heparin lock flush" && !IsPremedication(d));

    public bool IsPremedication(Piece drug)
    {
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 10)
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (IsPremedication(t)) return true;
        for (var t = drug.FirstToken - 1; t >= Math.Max(0, drug.FirstToken - 20)
            && story.Scan.SentenceOf(t) == drug.Sentence; t--)
            if (IsPremedication(t)) return true;
        return false;
    }

    bool IsPremedication(int token) => text.Word(token) is "premed" or "premeds" or "premedication"
        or "premedications" or "premedicated" or "premedicate" or "premeded" || text.Word(token) is "pre"
        && text.Word(token + 2) is "med" or "meds" or "medication" or "medications" or "medicated"
        && text[token + 1].Glue;

    /// <summary>The drug that an anesthetic is mixed with, in "Depo-Medrol 40 mg + 4 mL lidocaine"; else the drug
    /// itself.</summary>
    Piece Main(Piece drug)
    {
        if (drug.DrugOrder > 0 && GivenDrugs.IsFluid(drug.Drug?.Name ?? "")
            && story.Drugs[drug.DrugOrder - 1] is var dissolved
            && dissolved.Sentence == drug.Sentence && drug.FirstToken - dissolved.EndToken <= 24
            && IsCarried(dissolved, drug))
            return Main(dissolved);
        if (drug.Drug?.Name is not ("lidocaine" or "bupivacaine" or "ropivacaine" or "mepivacaine"
            or "lidocaine with epinephrine")
            || drug.DrugOrder == 0)
            return drug;
        var before = story.Drugs[drug.DrugOrder - 1];
        if (before.Sentence != drug.Sentence || drug.FirstToken - before.EndToken > 18) return drug;
        for (var t = before.EndToken; t < drug.FirstToken; t++)
            if (IsJoin(t) && !text.IsMark(t, ',') || text.Word(t) is "after" or "under" or "using")
                return before.DrugOrder > 0 ? Main(before) : before;
        return drug;
    }

    /// <summary>What is before a drug and is its own: an amount or a route with few other words between.</summary>
    bool IsNearDrug(int at, int drug)
    {
        if (story.Pieces[at].Kind is not (Bit.Amount or Bit.Strength or Bit.Percent or Bit.Bare)
            && story.Pieces[at] is not { Kind: Bit.Route, Value: "im" or "sc" or "iv" or "iv-push" or "iv-infusion" })
            return true;
        var (others, from) = (0, story.Pieces[at].EndToken);
        for (var i = at + 1; i <= drug && others <= 3; i++)
        {
            others += Math.Max(0, story.Pieces[i].FirstToken - from);
            from = Math.Max(from, story.Pieces[i].EndToken);
        }
        return others <= 3;
    }

    /// <summary>A fluid with "in" or a slash before its volume carries another drug.</summary>
    bool IsCarrier(Piece fluid)
    {
        if (!GivenDrugs.IsFluid(fluid.Drug?.Name ?? "")) return false;
        for (var t = fluid.FirstToken - 1; t >= Math.Max(0, fluid.FirstToken - 4); t--)
        {
            if (text.Word(t) is "in" || text.IsMark(t, '/')) return true;
            if (text.Kind(t) == TokenKind.Break || text.IsMark(t, '.')) return false;
        }
        return false;
    }

    bool IsCarried(Piece drug, Piece fluid)
    {
        for (var t = drug.EndToken; t < fluid.FirstToken; t++)
            if (text.Word(t) is "in" or "with" or "en" or "w" || text.IsMark(t, '/')) return true;
        return false;
    }

    Piece? NextIn(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (story.Pieces[i].Kind == Bit.Drug) return story.Pieces[i];
        return null;
    }

    /// <summary>An amount that stands right before the next drug, where the one before has its own.</summary>
    /// <summary>"1016 hydrocortisone 100 mg IVP, 1018 famotidine 20 mg IVP": where a time leads one drug of the sentence,
    /// a time after a comma leads the next.</summary>
    bool IsTimeOfNext(List<Piece> own, int at, int to)
    {
        var time = story.Pieces[at];
        return at + 1 < to && story.Pieces[at + 1] is { Kind: Bit.Drug } next && next.FirstToken == time.EndToken
            && (text.IsMark(time.FirstToken - 1, ',') || text.IsMark(time.FirstToken - 1, ';'))
            && own.Exists(static p => p.Kind is Bit.Amount or Bit.Route);
    }

    bool IsOfNext(List<Piece> own, int at, int to)
    {
        var piece = story.Pieces[at];
        if (piece.Kind == Bit.Time) return IsTimeOfNext(own, at, to);
        if (piece.Kind is not (Bit.Amount or Bit.Strength or Bit.Percent)) return false;
        for (var i = at + 1; i < to; i++)
        {
            var next = story.Pieces[i];
            // "0.5 mg of IM epinephrine"
            if ((next.Kind is Bit.Amount or Bit.Strength or Bit.Percent
                || next.Kind == Bit.Route && text.Word(next.FirstToken - 1) is "of")
                && (next.FirstToken == story.Pieces[i - 1].EndToken
                || (next.FirstToken - story.Pieces[i - 1].EndToken == 1
                && text.Word(next.FirstToken - 1) is "of"))) continue;
            if (next.Kind != Bit.Drug) return false;
            var gap = next.FirstToken - story.Pieces[i - 1].EndToken;
            var isNear = gap == 0 || (gap == 1 && text.Word(next.FirstToken - 1) is "of" or "de");
            if (!isNear) return false;
            // "after 2 mL 1% lidocaine": a volume with a strength in percent is of what follows
            if (piece.Amount.IsVolume && next.IsLocal && i > at + 1
                && story.Pieces[i - 1].Kind == Bit.Percent) return true;
            var hasOwn = own.Exists(static p => p.Kind is Bit.Amount or Bit.Percent or Bit.Bare or Bit.Route);
            return hasOwn || IsJoin(piece.FirstToken - 1);
        }
        return false;
    }

    bool IsJoin(int token) => text.Word(token) is "and" or "with" or "w" or "plus" or "y" or "in" or "con"
        || (text.Kind(token) == TokenKind.Mark && text.At(text[token].Start) is '+' or '&' or ',' or '/');

    /// <summary>What follows words of a plan or of the past, in a sentence that names no drug.</summary>
    bool IsApart(int from, int at)
    {
        if (story.Pieces[at] is { Kind: Bit.Date, Other: "last" }) return false;
        if (story.IsOfSibling(story.Pieces[at].Sentence) || IsOfOlderLine(at)
            || IsOfDiluent(at)) return true;
        for (var i = from; i < at; i++)
            if (story.Pieces[i] is { Kind: Bit.Label, Value: "last" } last
                && story.Pieces[at].FirstToken - last.EndToken <= 8)
                return true;
        // "Given IM L deltoid per order Dr. Amin": on whose order it was given
        if (story.Pieces[at].Kind == Bit.Person && Story.IsCue(story.Pieces[from], "given")) return false;
        for (var i = from; i < at; i++)
            if (story.Pieces[i] is { Kind: Bit.Cue,
                Value: "plan" or "history" or "elsewhere" or "home" or "hypothetical" or "family"
                or "order", Other: "forward" or "sentence" })
                return true;
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].Sentence == story.Pieces[at].Sentence; i++)
            if (story.Pieces[i] is { Kind: Bit.Cue, Value: "history" or "elsewhere" or "home", Other: "sentence" })
                return true;
        return story.SectionOf(story.Pieces[at]) is { Value: "allergy" or "medication-list" or "family"
            or "education" } section
            && story.Pieces[at].Sentence - section.Sentence <= 1;
    }

    /// <summary>"Diluent syringe (in kit)  lot DL0093  exp 01/2027  2 mL": the line of what it was mixed with.</summary>
    bool IsOfDiluent(int at)
    {
        var piece = story.Pieces[at];
        if (piece.Kind is not (Bit.Lot or Bit.Expiry or Bit.Container or Bit.Ndc or Bit.Amount)) return false;
        var first = piece.FirstToken;
        while (first > 0 && text.Kind(first - 1) != TokenKind.Break && piece.FirstToken - first < 20) first--;
        return text.Word(first) is "diluent" or "diluents" or "solvent"
            && (first == 0 || text.Kind(first - 1) == TokenKind.Break);
    }

    /// <summary>"PNEU20   05/11/2023   lot FX1234": a lot in a line with a day before the last one of the note.</summary>
    bool IsOfOlderLine(int at)
    {
        if (story.Pieces[at].Kind is not (Bit.Lot or Bit.Expiry)) return false;
        for (var i = at - 1; i >= 0 && story.Pieces[at].FirstToken - story.Pieces[i].FirstToken < 24; i--)
        {
            for (var t = story.Pieces[i].EndToken; t < story.Pieces[at].FirstToken; t++)
                if (text.Kind(t) == TokenKind.Break) return false;
            if (story.Pieces[i].Kind == Bit.Drug) return false;
            if (story.Pieces[i] is { Kind: Bit.Date, Other: "" or "service" } day)
                return story.Pieces.Exists(p => p is { Kind: Bit.Date, Other: "" or "service" }
                    && string.CompareOrdinal(p.Value, day.Value) > 0);
        }
        return false;
    }

    /// <summary>The route and the places of a procedure, named before the drug: "Trigger point injections: R trapezius
    /// …".</summary>
    bool IsHeading(int from, int to, int at)
    {
        if (story.Pieces[at].Kind is not (Bit.Route or Bit.Site or Bit.Imaging)) return false;
        var next = NextIn(to, Math.Min(story.Pieces.Count, to + 40));
        if (next is null || next.Sentence - story.Pieces[at].Sentence > 2) return false;
        for (var i = from; i < to; i++)
            if (story.Pieces[i] is { Kind: Bit.Route,
                Value: "trigger-point" or "intra-articular" or "perineural" or "epidural"
                or "intravitreal" or "intralesional" }
                || (Story.IsCue(story.Pieces[i], "given") && story.Pieces[at].Kind == Bit.Site))
                return true;
        if (story.Pieces[at].Kind == Bit.Site && IsPrepared(story.Pieces[at])) return true;
        return story.Pieces[at].IsLabeled;
    }

    /// <summary>"R knee prepped with chlorhexidine": the place that was made ready for the needle.</summary>
    bool IsPrepared(Piece site)
    {
        // "Procedure: R trochanteric bursa inj."
        if (site.Order > 0 && story.Pieces[site.Order - 1] is { Kind: Bit.Section, Value: "given" } title
            && site.FirstToken - title.EndToken <= 2 && text.Word(title.FirstToken) is "procedure" or "procedures"
            && text.Word(site.EndToken) is "injection" or "inj" or "csi") return true;
        for (var t = site.EndToken; t < Math.Min(text.Count, site.EndToken + 4); t++)
            if (text.Word(t) is "prepped" or "prep" or "cleaned" or "cleansed" or "prepared" or "sterilized"
                or "draped" or "localized" or "identified" or "marked" or "visualized" or "palpated" or "targeted"
                || text.Word(t) is "injection" or "inj" or "csi" && text.IsMark(t + 1, ':')
                && !story.InSentence(site.Sentence).Any(static p => p is { Kind: Bit.Cue, Value: not "given" }))
                return story.Scan.SentenceOf(t) == site.Sentence;
        return false;
    }

    bool IsFormField(int from, int at)
    {
        var piece = story.Pieces[at];
        if (piece.Kind is Bit.Lot or Bit.Expiry or Bit.Ndc or Bit.Person) return true;
        return at > from && story.Pieces[at - 1] is { Kind: Bit.Label, IsLabeled: true } label
            && piece.FirstToken - label.EndToken <= 2
            || (piece.Kind is Bit.Time && at > from
            && story.Pieces[at - 1] is { Kind: Bit.Label, Value: "time" or "start" });
    }

    /// <summary>The unit of an amount is one of drug, and not a volume.</summary>
    public static bool IsOfDrug(Amount amount) => !amount.IsNone && !amount.IsVolume;
}
