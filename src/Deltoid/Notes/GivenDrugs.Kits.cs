namespace Deltoid.Notes;

/// <summary>Kits of several drugs: what is in the box, and what was given from it.</summary>
internal sealed partial class GivenDrugs
{
    const int LongestKit = 40;

    /// <summary>"Used one kit (methylprednisolone acetate 80 mg/mL + bupivacaine 0.5% 10 mL vial), lot DY88. Injected
    /// methylprednisolone 80 mg with bupivacaine 4 mL": what the box holds is no second giving; its lot and expiry are
    /// of each drug from it.</summary>
    void Kits(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned)
    {
        var count = 0;
        foreach (var inside in story.Drugs)
        {
            if (why[inside].Length > 0 || count >= MostEntries || BoxOf(inside) is not { } box) continue;
            count++;
            if (story.Drugs.Find(d => d.Value == inside.Value && d.Sentence > inside.Sentence && why[d].Length == 0
                && owned[d].Exists(static p => p.Kind == Bit.Amount)) is not { } used) continue;
            why[inside] = "again";
            var ofBox = story.Drugs.Where(d => d.Sentence == inside.Sentence).SelectMany(d => owned[d])
                .Where(p => p.Kind is Bit.Lot or Bit.Expiry && p.Sentence == inside.Sentence || p == box);
            var own = owned[inside].Where(p => p.Kind is Bit.Strength or Bit.Percent
                or Bit.Ndc or Bit.Site);
            foreach (var piece in ofBox.Concat(own).Concat([box]).Distinct().ToList())
                if (!owned[used].Exists(p => p.Kind == piece.Kind)) owned[used].Add(piece);
            owned[used].Sort(static (x, y) => x.Order.CompareTo(y.Order));
        }
    }

    /// <summary>"Omnipaque 240 1 mL, good epidural spread": what shows where the needle is.</summary>
    bool IsDye(Piece drug, string name)
    {
        if (name is not ("iohexol" or "iopamidol")) return false;
        for (var t = drug.FirstToken; t < text.Count && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.Word(t) is "spread" or "flow" or "contrast" or "confirm" or "confirmed" or "confirming"
                or "arthrogram" or "epidurogram" or "outlined" or "uptake") return true;
        return false;
    }

    /// <summary>"CABENUVA kit … 1. cabotegravir … 2. rilpivirine … Kit lot CV33 exp 07/2027": of each drug of the list
    /// before it.</summary>
    void ShareKit(List<GivenDrug> given)
    {
        if (given.Count is < 2 or > 3 || given.Exists(static g => g.IsNotGiven)) return;
        var lots = story.Pieces.FindAll(static p => p.Kind == Bit.Lot);
        if (lots is not [var lot] || text.Word(lot.FirstToken - 1) is not "kit"
            || given.Exists(g => g.Drug.FirstToken > lot.FirstToken)) return;
        var ofKit = story.Pieces.FindAll(p => p == lot || p.Kind == Bit.Expiry && p.Order == lot.Order + 1
            || p is { Kind: Bit.Container, Value: "kit" });
        foreach (var one in given)
            one.Pieces.AddRange(ofKit.FindAll(p => !one.Pieces.Exists(o => o.Kind == p.Kind)));
    }

    /// <summary>The word "kit" before a drug in its sentence, with a bracket or a word of contents between.</summary>
    Piece? BoxOf(Piece drug)
    {
        if (story.InSentence(drug.Sentence).LastOrDefault(p => p.Order < drug.Order && p is { Kind: Bit.Container,
            Value: "kit" }) is not { } box || drug.FirstToken - box.EndToken > LongestKit) return null;
        for (var t = box.EndToken; t < drug.FirstToken; t++)
            if (text.IsMark(t, '(') || text.IsMark(t, ':') || text.Word(t) is "contains" or "containing" or "includes"
                or "including" or "contents" or "with" or "w" or "has") return box;
        return null;
    }
}
