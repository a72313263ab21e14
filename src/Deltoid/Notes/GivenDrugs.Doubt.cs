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
        var sure = shown.FindAll(d => isProcedure || IsSure(d, owned[d], verdicts));
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
    void Weigh(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned)
    {
        var shown = story.Drugs.FindAll(d => why[d].Length == 0);
        var whole = shown.FindAll(d => IsWhole(d, owned[d])).ConvertAll(Same);
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
        int Least(Piece drug) => whole.Contains(Same(drug)) ? GivingWeights.LeastOfRecord : GivingWeights.Least;
        foreach (var drug in shown.Where(d => best[Same(d)] < Least(d)))
            if (shown.Find(d => d.Value == drug.Value) == drug) AskWhether(drug, why);
            else why[drug] = "none";
    }

    /// <summary>The name under which a drug is named again; the vials of one allergy shot are one.</summary>
    static string Same(Piece drug) => drug.Drug?.Group == "allergen" ? drug.Drug.Name : drug.Value;

    /// <summary>How much, how and from which lot with its expiry, or from when to when, or at the time that its line
    /// begins with, in lines that say little else: mostly what was given is written down so.</summary>
    bool IsWhole(Piece drug, List<Piece> own)
    {
        if (!HasRouteIn(own)) return false;
        bool Has(Predicate<Piece> isOne) => own.Exists(p => isOne(p) && IsTerse(drug, p, MostWords));
        return Has(static p => p.Kind == Bit.Lot) && Has(static p => p.Kind == Bit.Expiry)
            || Has(static p => p.Kind == Bit.Span)
            || Has(static p => p is { Kind: Bit.Label, Value: "start" })
            && Has(static p => p is { Kind: Bit.Label, Value: "stop" }) || IsTimed(drug) && IsTerse(drug, drug, MostOfLog);
    }

    /// <summary>So many words of a line may be of no fact; so many of a line of a log.</summary>
    const int MostWords = 9, MostOfLog = 6;

    /// <summary>So many tokens are looked through; more are prose.</summary>
    const int MostTokens = 150;

    /// <summary>No line from a drug's to the end of another piece's has many words that are of no fact.</summary>
    bool IsTerse(Piece drug, Piece last, int most)
    {
        var (from, to) = (Math.Min(drug.FirstToken, last.FirstToken), Math.Max(drug.EndToken, last.EndToken));
        while (from > 0 && to - from <= MostTokens && !EndsLine(from - 1)) from--;
        while (to < text.Count && to - from <= MostTokens && !EndsLine(to)) to++;
        if (to - from > MostTokens) return false;
        var (words, fact) = (0, drug.Order);
        while (fact > 0 && story.Pieces[fact - 1].EndToken > from) fact--;
        for (var t = from; t < to; t++)
        {
            while (fact < story.Pieces.Count && story.Pieces[fact].EndToken <= t) fact++;
            var piece = fact < story.Pieces.Count && story.Pieces[fact].FirstToken <= t ? story.Pieces[fact] : null;
            if (piece is { Kind: Bit.Cue, Value: "family" }) return false;
            if (EndsLine(t)) words = 0;
            else if (text.Kind(t) == TokenKind.Word && piece is null or { Kind: Bit.Cue } && ++words > most)
                return false;
        }
        return true;
    }

    /// <summary>A break between two sentences, after a short line or after columns: prose is wrapped within a
    /// sentence.</summary>
    bool EndsLine(int token)
    {
        if (text.Kind(token) != TokenKind.Break) return false;
        if (token == 0 || token + 1 >= text.Count
            || story.Scan.SentenceOf(token - 1) != story.Scan.SentenceOf(token + 1)) return true;
        var line = text.Text.AsSpan(0, text[token - 1].End);
        line = line[(line.LastIndexOf('\n') + 1)..];
        return line.Length < ShortestWrapped || line.IndexOf("   ") > 0;
    }

    const int ShortestWrapped = 50;

    /// <summary>"1118  meperidine 25 mg IVP", "09/17/26 1005 Given …": a line of a log, with nothing but a word of
    /// giving between the time and the drug.</summary>
    bool IsTimed(Piece drug)
    {
        var at = drug.Order - 1;
        while (at >= 0 && (Story.IsCue(story.Pieces[at], "given") || story.Pieces[at] is { Kind: Bit.Label,
            Value: "start" })) at--;
        if (at < 0 || story.Pieces[at] is not { Kind: Bit.Time or Bit.Span } time) return false;
        for (var t = time.EndToken; t < drug.FirstToken; t++)
            if (text.Kind(t) is TokenKind.Break or TokenKind.Number || text.Kind(t) == TokenKind.Word
                && story.Pieces[drug.Order - 1].EndToken <= t) return false;
        var first = time.FirstToken;
        if (at > 0 && story.Pieces[at - 1] is { Kind: Bit.Date, Other: "service" or "" } day
            && day.EndToken == first) first = day.FirstToken;
        return first == 0 || text.Kind(first - 1) == TokenKind.Break;
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
