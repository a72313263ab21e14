namespace Deltoid.Notes;

/// <summary>What is asked because the note does not show whether it was given.</summary>
internal sealed partial class GivenDrugs
{
    /// <summary>"Called re: Xolair 300 mg SC": an amount and a route alone show no giving, whatever stands around them.
    /// It is asked.</summary>
    void Doubtful(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned, Verdicts verdicts,
        Owners owners)
    {
        var isProcedure = story.Pieces.Exists(static p => p.Kind is Bit.Procedure or Bit.Imaging);
        var shown = story.Drugs.FindAll(d => why[d].Length == 0);
        var sure = shown.FindAll(d => isProcedure || IsSure(d, owned[d], verdicts)
            || RunsLater(d, owned));
        var sentences = sure.Select(static s => s.Sentence).ToHashSet();
        foreach (var drug in shown)
        {
            if (sentences.Contains(drug.Sentence) || owners.IsPremedication(drug) && HasRouteIn(owned[drug])
                && sure.Exists(d => !owners.IsPremedication(d))) continue;
            AskWhether(drug, why);
        }
    }

    /// <summary>What the rules would write, and the words around it do not bear out, is asked. Of a drug that is named
    /// again, and of drugs that are joined, the best place speaks for all.</summary>
    void Weigh(Dictionary<Piece, string> why)
    {
        var shown = story.Drugs.FindAll(d => why[d].Length == 0);
        if (weights is null || shown.Count == 0) return;
        var traits = new GivingTraits(story);
        var best = new Dictionary<string, int>();
        var last = int.MinValue;
        for (var i = 0; i < shown.Count; i++)
        {
            var isJoined = i > 0 && shown[i - 1].DrugOrder + 1 == shown[i].DrugOrder
                && story.IsJoined(shown[i - 1], shown[i]);
            var points = weights.Of(traits, shown[i]);
            if (isJoined)
            {
                points = Math.Max(points, last);
                best[Same(shown[i - 1])] = Math.Max(points, best[Same(shown[i - 1])]);
            }
            best[Same(shown[i])] = Math.Max(points, best.GetValueOrDefault(Same(shown[i]), int.MinValue));
            last = points;
        }
        foreach (var drug in shown.Where(d => best[Same(d)] < GivingWeights.Least))
            if (shown.Find(d => d.Value == drug.Value) == drug) AskWhether(drug, why);
            else why[drug] = "none";
    }

    /// <summary>The name under which a drug is named again; the vials of one allergy shot are one.</summary>
    static string Same(Piece drug) => drug.Drug?.Group == "allergen" ? drug.Drug.Name : drug.Value;

    /// <summary>The note names several days, and none is beside what was given: a drug that is entered twice, in
    /// different lines, may be of two of them. It is asked.</summary>
    void DayUnknown(List<GivenDrug> given)
    {
        foreach (var twice in given.GroupBy(static g => g.Drug.Value).Where(static g => g.Count() > 1).ToList())
        {
            if (twice.All(g => g.IsNotGiven || !HasBreak(twice.First().Drug, g.Drug))) continue;
            given.RemoveAll(twice.Contains);
            reading.Questions.Add(new("given", "/administrations", "on which day it was given", [],
                [.. twice.Select(g => story.Quote(g.Drug.Start, g.Drug.End))]));
        }
    }

    bool HasBreak(Piece from, Piece to)
    {
        for (var t = from.EndToken; t < to.FirstToken; t++)
            if (text.Kind(t) == TokenKind.Break) return true;
        return false;
    }

    void AskWhether(Piece drug, Dictionary<Piece, string> why)
    {
        why[drug] = "none";
        reading.Questions.Add(new("given", "/administrations", "whether it was given", [],
            [story.Quote(drug.Start, drug.End)]));
    }

    /// <summary>"Premeds: Solu-Medrol 100 mg IVP": before an infusion that ran, they were given.</summary>
    static bool HasRouteIn(List<Piece> own) => own.Exists(static p => p.Kind == Bit.Amount)
        && own.Exists(static p => p.Kind == Bit.Route && p.Value is not ("oral" or "other"));
}
