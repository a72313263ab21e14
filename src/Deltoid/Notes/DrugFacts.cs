using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>
/// Makes the facts of one drug from the pieces that belong to it. Two values for one fact: words that correct win;
/// else the value is left out, and both are asked about.
/// </summary>
internal sealed partial class DrugFacts(Story story, GivenDrug given, string path, List<NoteQuestion> questions)
{
    readonly NoteText text = story.Text;

    public void Make()
    {
        var drug = given.Drug;
        given.Add("drug", drug.Value, drug.Start, drug.End);
        Amounts();
        Route();
        Site();
        Package();
        One(Bit.Ndc, "ndc");
        One(Bit.Lot, "lot");
        One(Bit.Expiry, "expires");
        Lesions();
        Times();
        Watched();
        Said();
        if (given.IsNotGiven) NotGiven();
    }

    /// <summary>The one value of a kind of piece: the only one, or the one that corrects; else a question.</summary>
    void One(Bit kind, string name)
    {
        var all = given.Pieces.FindAll(p => p.Kind == kind && !p.IsTakenBack);
        if (Chosen(all, name, static p => p.Value) is { } piece) given.Add(name, piece.Value, piece.Start, piece.End);
    }

    /// <summary>The piece that holds among several of one fact; null where they differ and none corrects.</summary>
    Piece? Chosen(List<Piece> all, string name, Func<Piece, string> value)
    {
        if (all.Count == 0) return null;
        var corrects = all.FindAll(static p => p.Corrects);
        if (corrects.Count > 0)
        {
            var kept = corrects.FindAll(p => !IsDenied(p));
            if (kept.Count == 0) kept = corrects;
            return kept.TrueForAll(p => value(p) == value(kept[0])) ? kept[0] : Ask(kept, name, value);
        }
        if (all.TrueForAll(p => value(p) == value(all[0]))) return all[0];
        // "lot W1 expired, discarded. Used lot X2"
        var used = all.FindAll(IsOfUsed);
        return used.Count == 1 ? used[0] : Ask(all, name, value);
    }

    bool IsOfUsed(Piece piece) => piece.Kind is Bit.Lot && text.Word(piece.FirstToken - 1) is "used" or "using"
        || piece.Kind is Bit.Expiry && piece.Order > 0 
            && story.Pieces[piece.Order - 1] is { Kind: Bit.Lot } lot && IsOfUsed(lot);

    /// <summary>"15 mg, not 30 mg": what the correction takes back.</summary>
    bool IsDenied(Piece piece)
    {
        // "R knee entered in error"
        for (var t = piece.EndToken; t < piece.EndToken + 4 && story.Scan.SentenceOf(t) == piece.Sentence; t++)
            if (text.Word(t) is "error" or "incorrect" or "incorrectly" or "wrong") return true;
        var before = text.Word(piece.FirstToken - 1);
        return before is "not" or "from" or "vs" or "than" || before is "of"
            && text.Word(piece.FirstToken - 2) is "instead"
            || text.Word(piece.FirstToken - 1) is "as"
            && text.Word(piece.FirstToken - 2) is "charted" or "documented" or "written"
            || text.Word(piece.FirstToken - 2) is "not" && text.Kind(piece.FirstToken - 1) == TokenKind.Word
            && before is "the" or "in" or "as";
    }

    Piece? Ask(List<Piece> all, string name, Func<Piece, string> value)
    {
        var quotes = new List<string>();
        var values = new List<string>();
        foreach (var piece in all)
        {
            if (values.Contains(value(piece))) continue;
            values.Add(value(piece));
            quotes.Add(story.Quote(piece.Start, piece.End));
        }
        questions.Add(new(name, $"{path}/{name}", "which of the two is right", [], [.. quotes]));
        return null;
    }

    void Route()
    {
        var all = given.Pieces.FindAll(static p => p.Kind == Bit.Route && p.Value is not ("oral" or "other"));
        if (all.Count == 0)
        {
            if (Bag() is { } bag)
                given.Add("route", "iv-infusion", bag.Start, Math.Max(bag.End, story.NextDrug(given.Drug)?.End ?? 0));
            else if (text.Word(given.Drug.FirstToken) is "ilk" or "il")
                given.Add("route", "intralesional", given.Drug.Start, given.Drug.End);
            else if (Infused() is { } word) given.Add("route", "iv-infusion", word.Start, word.End);
            else Joint();
            return;
        }
        // "250 mg IM, slow push": how fast the muscle was injected
        if (all.Exists(static p => p.Value == "im"))
            all.RemoveAll(p => p.Value == "iv-push" && text.Word(p.FirstToken) is "slow" or "push" or "pushed"
                && !text.Folded[p.Start..p.End].Contains("iv", StringComparison.Ordinal));
        // iv beside its own closer word is one route
        var close = all.Find(static p => p.Value is "iv-push" or "iv-infusion");
        if (close is not null && all.TrueForAll(p => p == close || p.Value is "iv" || p.Value == close.Value))
        {
            // a bolus of fluid runs in
            var isFluid = GivenDrugs.IsFluid(given.Drug.Drug?.Name ?? "");
            given.Add("route", isFluid ? "iv-infusion" : close.Value, close.Start, close.End);
            return;
        }
        if (Chosen(all, "route", static p => p.Value) is not { } route) return;
        var isDrip = route.Value == "iv" && GivenDrugs.IsFluid(given.Drug.Drug?.Name ?? "");
        given.Add("route", isDrip ? "iv-infusion" : route.Value == "iv" ? Vein(route) : route.Value, route.Start,
            route.End);
    }

    /// <summary>Into a vein: as an infusion where the note says that it ran, and else as it says.</summary>
    string Vein(Piece route)
    {
        var runs = given.Pieces.Exists(p => p.Kind == Bit.Span && Calendar.Minutes(p.Value, p.Other) >= 16)
            || given.Pieces.Exists(static p => p is { Kind: Bit.Label, Value: "stop" } or { Kind: Bit.Time,
                Other: "stop" }) || Bag() is not null;
        for (var t = route.FirstToken; t < Math.Min(text.Count, route.EndToken + 25) && !runs
            && (story.Scan.SentenceOf(t) <= route.Sentence + 1 && !story.Begins(t, static k => k == Bit.Drug)); t++)
            runs = text.Word(t).StartsWith("infus") && !text.IsMark(t + 2, ':');
        return runs ? "iv-infusion" : "iv";
    }

    /// <summary>"Remicade infusion", with times: a drug that runs into a vein.</summary>
    (int Start, int End)? Infused()
    {
        if (!given.Pieces.Exists(static p => p.Kind == Bit.Span || p is { Kind: Bit.Label, Value: "start" or "stop" }))
            return null;
        for (var t = given.Drug.EndToken; t < Math.Min(text.Count, given.Drug.EndToken + 8); t++)
            if (text.Word(t) is "infusion" or "infused" && story.Scan.SentenceOf(t) == given.Drug.Sentence)
                return (text[t].Start, text[t].End);
        return null;
    }

    /// <summary>The dose that was hung in a bag: "500 mg/250 NS", "400 mg in 250 mL NS".</summary>
    Piece? Bag()
    {
        if (story.NextDrug(given.Drug) is not { } fluid || fluid.Sentence != given.Drug.Sentence
            || !GivenDrugs.IsFluid(fluid.Drug?.Name ?? "")
            || fluid.FirstToken - given.Drug.EndToken > 24)
            return null;
        // what a powder is dissolved in is no bag
        if (given.Drug.Drug?.Group == "toxin" || story.Pieces.Exists(p => p.Kind == Bit.Amount && p.Amount.IsVolume
            && p.Amount.Base < 50 && p.EndToken == fluid.FirstToken)) return null;
        // what is put into a bladder or breathed in is in a fluid too
        for (var t = given.Drug.EndToken; t < text.Count && story.Scan.SentenceOf(t) == given.Drug.Sentence; t++)
            if (text.Word(t) is "cath" or "catheter" or "bladder" or "neb" or "nebulizer" or "irrigation" or "instilled"
                or "instillation" or "enema" or "im" or "syringe")
                return null;
        for (var t = given.Drug.EndToken; t < fluid.FirstToken; t++)
            if (text.Word(t) is "in" || text.IsMark(t, '/')) return given.Pieces.Find(static p => p.Kind == Bit.Amount);
        return null;
    }

    /// <summary>"Subacromial injection": words of an injection beside a joint say the route.</summary>
    void Joint()
    {
        foreach (var site in given.Of(Bit.Site))
        {
            if (!IsJoint(site.Value)) continue;
            for (var t = Math.Max(0, site.FirstToken - 4); t < Math.Min(text.Count, site.EndToken + 3); t++)
                if (text.Word(t) is "injection" or "injected" or "inj" or "inject")
                {
                    given.Add("route", "intra-articular", Math.Min(site.Start, text[t].Start),
                        Math.Max(site.End, text[t].End));
                    return;
                }
        }
    }

    static bool IsJoint(string site) => site.EndsWith("knee", StringComparison.Ordinal)
        || site.EndsWith("shoulder", StringComparison.Ordinal) || site.EndsWith("subacromial", StringComparison.Ordinal)
        || site.EndsWith("joint", StringComparison.Ordinal) || site.EndsWith("elbow", StringComparison.Ordinal)
        || site.EndsWith("ankle", StringComparison.Ordinal) || site.EndsWith("wrist", StringComparison.Ordinal);

    void Site()
    {
        var all = given.Pieces.FindAll(p => p is { Kind: Bit.Site, Other: "" } && IsOfInjection(p));
        if (all.Count == 0) return;
        if (all.Exists(static p => p.Corrects)) all = all.FindAll(static p => p.Corrects);
        if (all.Count > 1 && all.Exists(IsDenied)) all = all.FindAll(p => !IsDenied(p));
        var labeled = all.FindAll(IsAfterLabel);
        // "Site: R deltoid … given in left deltoid": which of the two is right is asked
        if (labeled.Count > 0 && !(all.Exists(p => !labeled.Contains(p) && IsSaidGivenIn(p)) && IsContrary(all)))
            all = labeled;
        // "deltoid" beside "left deltoid" is the same place
        all = all.FindAll(p => !all.Exists(o => o != p && o.Value.Length > p.Value.Length
            && o.Value.EndsWith(p.Value, StringComparison.Ordinal)));
        // "right long finger … into the flexor tendon sheath"
        all.RemoveAll(p => all.Exists(o => o != p && o.Value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var side
            && o.Value[..side] is "left" or "right"
            && story.Lexicon.Is("part-of", $"{o.Value[(side + 1)..]} {p.Value}")));
        all.RemoveAll(p => !IsLikely(p));
        if (all.Count == 0) return;
        if (all.Exists(static p => p.IsOfSecondRecord) && !all.TrueForAll(p => p.Value == all[0].Value))
        {
            Ask(all, "site", static p => p.Value);
            return;
        }
        if (Both(all) is { } both)
        {
            given.Add("site", both.Value, both.Start, both.End);
            return;
        }
        var muscles = given.Pieces.Exists(static p =>
            p is { Kind: Bit.Route, Value: "trigger-point" or "perineural" or "intradermal" })
            || given.Drug.Drug?.Group == "toxin";
        var same = all.TrueForAll(p => p.Value == all[0].Value);
        if (same || muscles || IsBesideRoute(all[0]) && !IsContrary(all))
        {
            given.Add("site", all[0].Value, all[0].Start, all[0].End);
            if (muscles) Muscles(all);
            return;
        }
        Ask(all, "site", static p => p.Value);
    }

    /// <summary>"R thigh and L thigh": one place on both sides.</summary>
    (string Value, int Start, int End)? Both(List<Piece> sites)
    {
        if (sites is not [var one, var two] || two.FirstToken - one.EndToken is < 1 or > 2) return null;
        var join = one.EndToken;
        if (!(text.Word(join) is "and" or "y" || text.IsMark(join, '&') || text.IsMark(join, '+')
            || text.IsMark(join, '/')))
            return null;
        var (left, right) = (one.Value.StartsWith("left ", StringComparison.Ordinal) ? one : two, one);
        if (left == one) right = two;
        if (!left.Value.StartsWith("left ", StringComparison.Ordinal)
            || !right.Value.StartsWith("right ", StringComparison.Ordinal)
            || left.Value[5..] != right.Value[6..])
            return null;
        return ("bilateral " + left.Value[5..], one.Start, two.End);
    }

    /// <summary>"Toradol IM for renal colic R flank": nobody injects a muscle there, and the words do not say
    /// so.</summary>
    bool IsLikely(Piece site)
    {
        if (IsBesideRoute(site) || IsAfterLabel(site) || site.IsLabeled
            || given.Drug.Drug?.Group == "toxin") return true;
        var place = site.Value[(site.Value.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var isMuscle = given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "im" or "sc" });
        var isVein = given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "iv" or "iv-push"
            or "iv-infusion" });
        if (!isMuscle && !isVein) return true;
        return place is not ("flank" or "back" or "breast" or "knee" or "shoulder" or "elbow" or "ankle" or "finger"
            or "scalp" or "eye") && (isVein || place is not ("chest" or "hand" or "wrist" or "foot"));
    }

    bool IsSaidGivenIn(Piece site) => story.InSentence(site.Sentence).Any(p => p.Order < site.Order
        && Story.IsCue(p, "given") && site.FirstToken - p.EndToken <= 3)
        || text.Word(site.FirstToken - 1) is "to" or "in" or "into"
        && text.Word(site.FirstToken - 2) is "inj" or "injection" or "shot" or "vaccine" or "dose";

    bool IsAfterLabel(Piece site) => site.Order > 0
        && story.Pieces[site.Order - 1] is { Kind: Bit.Label, Value: "site", IsLabeled: true };

    bool IsBesideRoute(Piece site) => given.Pieces.Exists(p => p.Kind == Bit.Route && p.Sentence == site.Sentence
        && (site.FirstToken - p.EndToken is >= 0 and <= 2 || p.FirstToken - site.EndToken is >= 0 and <= 2));

    /// <summary>One place on both sides, or two places of which either could be it.</summary>
    static bool IsContrary(List<Piece> all)
    {
        foreach (var one in all)
            foreach (var other in all)
            {
                var (left, right) = (one.Value, other.Value);
                if (left.StartsWith("left ", StringComparison.Ordinal)
                    && right.StartsWith("right ", StringComparison.Ordinal)) return true;
            }
        return false;
    }

    bool IsOfInjection(Piece site)
    {
        // a place that is a sentence of its own, as forms and dictation have it
        if (site.Sentence - given.Drug.Sentence <= 2 && story.Scan.SentenceOf(site.FirstToken - 1) != site.Sentence
            && story.Scan.SentenceOf(site.EndToken + 1) != site.Sentence)
            return true;
        // a site in a later sentence must be said of the injection
        if (site.IsLabeled || site.Sentence == given.Drug.Sentence || site.Corrects || IsAfterLabel(site)) return true;
        if (given.Pieces.Exists(p => p.Sentence == site.Sentence && p.Order < site.Order
            && (p.Kind is Bit.Route or Bit.Lot or Bit.Expiry || Story.IsCue(p, "given")
            || p is { Kind: Bit.Label, Value: "site" })))
            return true;
        return given.Pieces.Exists(p => p.Sentence == site.Sentence && p.Kind is Bit.Route or Bit.Lot or Bit.Time)
            && site.Sentence - given.Drug.Sentence <= 3;
    }

    /// <summary>"4 keloid lesions", where the route is into them.</summary>
    void Lesions()
    {
        if (!given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "intralesional" })
            && !given.Facts.Exists(static f => f is { Path: "route", Written: "intralesional" })) return;
        for (var t = Math.Max(0, given.Drug.FirstToken - 20); t < Math.Min(text.Count, given.Drug.EndToken + 25); t++)
        {
            if (text.Word(t) is not ("lesions" or "lesion" or "keloids" or "keloid" or "plaques" or "patches" or "spots"
                or "warts"))
                continue;
            // "Keloids x3"
            if (text.Word(t + 1) is "x" && Numbers.TryRead(text, t + 2, out var times, out _)
                && times is >= 1 and <= 60)
            {
                given.Add("lesions", (int)times, text[t].Start, text[t + 2].End);
                return;
            }
            for (var n = t - 1; n >= Math.Max(0, t - 2); n--)
                if (!text.IsMark(n + 1, ')') && Numbers.TryRead(text, n, out var count, out _)
                    && count is >= 1 and <= 60 && count == decimal.Truncate(count))
                {
                    given.Add("lesions", (int)count, text[n].Start, text[t].End);
                    return;
                }
        }
    }

    void Muscles(List<Piece> sites)
    {
        if (!given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "trigger-point" })) return;
        var count = 0;
        var seen = new List<string>();
        foreach (var site in sites)
        {
            if (site.Sentence != sites[0].Sentence || seen.Contains(site.Value)) continue;
            seen.Add(site.Value);
            count += Math.Max(1, site.Number);
        }
        var last = sites.FindLast(p => p.Sentence == sites[0].Sentence)!;
        if (count > 1) given.Add("muscles", count, sites[0].Start, last.End);
    }

    void Package()
    {
        var all = given.Pieces.FindAll(static p => p.Kind == Bit.Container);
        // "Single-dose PFS" is a prefilled syringe
        all.RemoveAll(p => p.Value == "single-dose" && all.Exists(o => o.FirstToken == p.EndToken
            && o.Value == "prefilled-syringe"));
        // a plain "syringe" or "pen" beside a fuller word says nothing more
        if (Chosen(all, "container", static p => p.Value) is { } box && !IsMixed(box))
            given.Add("container", box.Value, box.Start, box.End);
        if (given.Pieces.Find(static p => p.Kind == Bit.Source) is { } source && source.Value != "")
            given.Add("source", source.Value, source.Start, source.End);
        if (given.Pieces.Find(p => Story.IsCue(p, "syringe")) is { } syringe)
            given.Add("syringe", "s1", syringe.Start, syringe.End);
    }

    /// <summary>A syringe that the drug was drawn into is no container it came in.</summary>
    bool IsMixed(Piece box) => text.Word(box.EndToken - 1) is "syringe" && box.EndToken - box.FirstToken == 1
        && (text.Word(box.FirstToken - 1) is "discarded" or "drew" or "new" or "empty" or "bent" or "same"
        or "second" or "third" or "another"
        or "one" or "tb" or "a" or "insulin"
            || (text.Word(box.FirstToken - 1) is "ml" or "cc" && story.Pieces[box.Order - 1] is { Kind: Bit.Amount })
            || (text.Kind(box.FirstToken - 1) == TokenKind.Word
            && text.Word(box.FirstToken - 1) is "mixed" or "into" or "in"));
}
