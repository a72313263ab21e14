namespace Deltoid.Notes;

/// <summary>What is said once and holds for several.</summary>
internal sealed partial class GivenDrugs
{
    /// <summary>What is said once for several: the line of a vein, the route of two drugs joined, the
    /// response.</summary>
    void Shared(List<GivenDrug> given)
    {
        var line = story.Pieces.Find(p => p.Kind == Bit.Site && p.Order > 0
            && story.Pieces[p.Order - 1] is { Kind: Bit.Label, Value: "ivsite" } label
            && p.FirstToken - label.EndToken <= 3 && (text.Word(label.FirstToken) is not "vein"
                || label.IsLabeled && IsVein(p))) ?? Vein();
        ShareStock(given);
        ShareKit(given);
        // from the last: three drugs joined share what is said of the third
        for (var i = given.Count - 1; i >= 0; i--)
        {
            var one = given[i];
            var isVein = one.Pieces.Exists(static p => p.Kind == Bit.Span || p is { Kind: Bit.Label, Value: "stop" }
                || (p.Kind == Bit.Route && p.Value.StartsWith("iv", StringComparison.Ordinal)));
            if (line is not null && isVein && !one.Pieces.Exists(p => p.Kind == Bit.Site && p != line))
            {
                line.IsLabeled = true;
                if (!one.Pieces.Contains(line)) one.Pieces.Add(line);
            }
            if (i + 1 >= given.Count) continue;
            var next = given[i + 1];
            ShareLot(one, next);
            ShareResponse(one, next);
            var isJoined = story.IsJoined(one.Drug, next.Drug);
            if (isJoined && !one.Pieces.Exists(static p => p.Kind is Bit.Route or Bit.Site))
                one.Pieces.AddRange(next.Pieces.Where(p => p.Sentence == next.Drug.Sentence
                    && p.Kind is Bit.Route or Bit.Site or Bit.Time or Bit.Person or Bit.Reason));
            if (isJoined && IsTogether(next.Drug))
                one.Pieces.AddRange(next.Pieces.FindAll(p => p.Sentence == next.Drug.Sentence
                    && p.FirstToken > next.Drug.FirstToken && p.Kind is Bit.Site or Bit.Time
                    && !one.Pieces.Exists(o => o.Kind == p.Kind)));
            if (isJoined && next.Pieces.Exists(p => Story.IsCue(p, "syringe"))
                && !one.Pieces.Exists(p => Story.IsCue(p, "syringe")))
            {
                one.Pieces.AddRange(next.Pieces.Where(p => Story.IsCue(p, "syringe")));
                if (!one.Pieces.Exists(static p => p.Kind == Bit.Site)) one.Pieces.AddRange(next.Of(Bit.Site));
            }
        }
    }

    /// <summary>"DHE 1 mg IVP and Reglan 10 mg IVP given together R AC at 0850": said of both.</summary>
    bool IsTogether(Piece last)
    {
        for (var t = last.EndToken; t < text.Count && story.Scan.SentenceOf(t) == last.Sentence; t++)
            if (text.Word(t) is "together" or "simultaneously" || text.Word(t) is "both" && text.Word(t + 1) is "given"
                or "pushed" or "administered" or "injected" or "im" or "iv" or "sc" or "ivp" or "at") return true;
        return false;
    }

    /// <summary>"Access: 22g left forearm": where the line of a vein was put, in words of no injection and of no
    /// other stick.</summary>
    Piece? Vein()
    {
        var all = story.Pieces.FindAll(p => p is { Kind: Bit.Site, Order: > 0 } && IsVein(p)
            && story.Pieces[p.Order - 1] is { Kind: Bit.Needle } needle && p.FirstToken - needle.EndToken <= 1
            && !story.InSentence(p.Sentence).Any(static o => o.Kind == Bit.Route));
        return all.Count > 0 && all.TrueForAll(p => p.Value == all[0].Value && !IsOtherStick(p)) ? all[0] : null;
    }

    static bool IsVein(Piece site) => site.Value.EndsWith("forearm", StringComparison.Ordinal)
        || site.Value.EndsWith("antecubital", StringComparison.Ordinal)
        || site.Value.EndsWith("hand", StringComparison.Ordinal)
        || site.Value.EndsWith("wrist", StringComparison.Ordinal);

    bool IsOtherStick(Piece site)
    {
        for (var t = Math.Max(0, site.FirstToken - 8); t < Math.Min(text.Count, site.EndToken + 6); t++)
            if (text.Word(t) is "draw" or "blood" or "attempted" or "attempt" or "blew" or "blown" or "failed"
                or "unsuccessful" or "infiltrated") return true;
        return false;
    }

    /// <summary>"(1) fulvestrant 250 mg R VG (2) fulvestrant 250 mg L VG. Lot FV03, syringes": what is said of the
    /// package and the response after a list of one drug is of each.</summary>
    void ShareLot(GivenDrug one, GivenDrug next)
    {
        if (one.Drug.Value != next.Drug.Value || one.Drug.DrugOrder + 1 != next.Drug.DrugOrder
            || one.Pieces.Exists(static p => p.Kind is Bit.Lot or Bit.Expiry)
            || next.Pieces.Exists(p => p.Sentence > next.Drug.Sentence && IsOfSecond(p.Sentence))) return;
        one.Pieces.AddRange(next.Pieces.FindAll(p => p.Sentence > next.Drug.Sentence
            && (p is { Kind: Bit.Label, Value: "observed" } || p.Kind is Bit.Lot or Bit.Expiry or Bit.Ndc
                or Bit.Container or Bit.Response or Bit.Minutes or Bit.Source)
            && (p.Kind == Bit.Label || !one.Pieces.Exists(o => o.Kind == p.Kind))));
    }

    /// <summary>"Second vial opened, lot DM2": said of one of them.</summary>
    bool IsOfSecond(int sentence)
    {
        var first = story.InSentence(sentence).First().FirstToken;
        for (var t = first; t > 0 && story.Scan.SentenceOf(t) == sentence; t--)
            if (IsOrdinal(t)) return true;
        for (var t = first; t < text.Count && story.Scan.SentenceOf(t) == sentence; t++)
            if (IsOrdinal(t)) return true;
        return false;
        bool IsOrdinal(int token) => text.Word(token) is "second" or "2nd" or "other" or "another" or "new";
    }

    /// <summary>"MMR … Varicella … Tolerated all well. Waited 15 min.": after a list of vaccines, of each.</summary>
    static void ShareResponse(GivenDrug one, GivenDrug next)
    {
        bool IsVaccine(GivenDrug each) => each.Drug.Drug is { Vaccine: not null } or { Group: "vaccine" or "allergen" };
        if (!IsVaccine(one) || !IsVaccine(next) || next.Drug.DrugOrder - one.Drug.DrugOrder > 2
            || one.Pieces.Exists(static p => p.Kind is Bit.Response or Bit.Minutes)) return;
        one.Pieces.AddRange(next.Pieces.FindAll(p => p.Sentence > next.Drug.Sentence
            && p is { Kind: Bit.Response or Bit.Minutes } or { Kind: Bit.Label, Value: "observed" }));
    }

    /// <summary>"All VFC supply": the only stock that is named is that of every vaccine.</summary>
    void ShareStock(List<GivenDrug> given)
    {
        var sources = story.Pieces.FindAll(static p => p.Kind == Bit.Source);
        if (sources.Count != 1 || sources[0].Value != "vfc" || !IsOfAll(sources[0])) return;
        foreach (var one in given)
            if (one.Drug.Drug?.Vaccine is not null && !one.Pieces.Exists(static p => p.Kind == Bit.Source))
                one.Pieces.Add(sources[0]);
    }

    /// <summary>"Stock used: VFC", "all VFC supply", or the word as a sentence of its own.</summary>
    bool IsOfAll(Piece stock)
    {
        var before = stock.FirstToken - 1;
        if (text.IsMark(before, ':')) before--;
        return text.Word(before) is "all" or "used" || text.Word(before) is "from" && text.Word(before - 1) is "all"
            || stock.FirstToken > 0
            && story.Scan.SentenceOf(stock.FirstToken - 1) != stock.Sentence && text.IsMark(stock.EndToken, '.');
    }
}
