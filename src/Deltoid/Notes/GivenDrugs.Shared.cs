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
            && p.FirstToken - label.EndToken <= 3) ?? story.Pieces.Find(IsOfVein);
        ShareStock(given);
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
            if (isJoined && next.Pieces.Exists(p => Story.IsCue(p, "syringe"))
                && !one.Pieces.Exists(p => Story.IsCue(p, "syringe")))
            {
                one.Pieces.AddRange(next.Pieces.Where(p => Story.IsCue(p, "syringe")));
                if (!one.Pieces.Exists(static p => p.Kind == Bit.Site)) one.Pieces.AddRange(next.Of(Bit.Site));
            }
        }
    }

    /// <summary>"Access: 22g left forearm": where the line of a vein was put, in words of no injection.</summary>
    bool IsOfVein(Piece site) => site is { Kind: Bit.Site, Order: > 0 }
        && story.Pieces[site.Order - 1] is { Kind: Bit.Needle } needle && site.FirstToken - needle.EndToken <= 1
        && (site.Value.EndsWith("forearm", StringComparison.Ordinal)
            || site.Value.EndsWith("antecubital", StringComparison.Ordinal)
            || site.Value.EndsWith("hand", StringComparison.Ordinal)
            || site.Value.EndsWith("wrist", StringComparison.Ordinal))
        && !story.InSentence(site.Sentence).Any(static p => p.Kind == Bit.Route);

    /// <summary>"(1) fulvestrant 250 mg R VG (2) fulvestrant 250 mg L VG. Lot FV03, syringes": what is said of the
    /// package and the response after a list of one drug is of each.</summary>
    static void ShareLot(GivenDrug one, GivenDrug next)
    {
        if (one.Drug.Value != next.Drug.Value || one.Drug.DrugOrder + 1 != next.Drug.DrugOrder
            || one.Pieces.Exists(static p => p.Kind is Bit.Lot or Bit.Expiry)) return;
        one.Pieces.AddRange(next.Pieces.FindAll(p => p.Sentence > next.Drug.Sentence
            && (p is { Kind: Bit.Label, Value: "observed" } || p.Kind is Bit.Lot or Bit.Expiry or Bit.Ndc
                or Bit.Container or Bit.Response or Bit.Minutes or Bit.Source
                && !one.Pieces.Exists(o => o.Kind == p.Kind))));
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
        if (sources.Count == 0 || !sources.TrueForAll(static p => p.Value == "vfc")) return;
        foreach (var one in given)
            if (one.Drug.Drug?.Vaccine is not null && !one.Pieces.Exists(static p => p.Kind == Bit.Source))
                one.Pieces.Add(sources[0]);
    }
}
