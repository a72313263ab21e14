namespace Deltoid.Notes;

/// <summary>
/// Settles which names are one drug: a brand in brackets beside its generic name, the mixes of an allergy shot, a name
/// after a label that no list knows, a dose that is repeated without its name.
/// </summary>
internal static class DrugNames
{
    public static void Settle(Story story)
    {
        AddUnknown(story);
        AddUnlabeled(story);
        Mixes(story);
        Salts(story);
        Aliases(story);
        Repeats(story);
        Earlier(story);
        Strangers.Add(story);
        story.Pieces.Sort(static (x, y) => x.FirstToken != y.FirstToken ? x.FirstToken.CompareTo(y.FirstToken)
            : x.Start.CompareTo(y.Start));
    }

    /// <summary>"Drug: Foozumab 20 mg": what stands after the label is the drug's name.</summary>
    static void AddUnknown(Story story)
    {
        var text = story.Text;
        var added = new List<Piece>();
        for (var at = 0; at < story.Pieces.Count; at++)
        {
            var label = story.Pieces[at];
            if (label is not { Kind: Bit.Label, Value: "drug", IsLabeled: true }) continue;
            var first = label.EndToken;
            while (first < text.Count && text.Kind(first) == TokenKind.Mark) first++;
            var end = first;
            while (end < text.Count && end - first < 4 && text.Kind(end) == TokenKind.Word && text[end].Length > 2
                && text[end].Start - (end > first ? text[end - 1].End : text[end].Start) <= 1)
                end++;
            if (end == first || text.Kind(end) is not (TokenKind.Number or TokenKind.Break or TokenKind.Mark)) continue;
            var hasOther = false;
            for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].FirstToken <= end; i++)
                hasOther |= story.Pieces[i].Kind is not (Bit.Amount or Bit.Strength or Bit.Percent or Bit.Time
                    or Bit.Needle
                    or Bit.Minutes) && story.Pieces[i].FirstToken >= label.EndToken;
            if (hasOther || text[first].Length < 5) continue;
            added.Add(new()
            {
                Kind = Bit.Drug, Value = text.Text[text[first].Start..text[end - 1].End], Start = text[first].Start,
                End = text[end - 1].End, FirstToken = first, EndToken = end, Sentence = story.Scan.SentenceOf(first),
                Other = "unknown",
            });
        }
        story.Pieces.AddRange(added);
        story.Pieces.Sort(static (x, y) => x.FirstToken.CompareTo(y.FirstToken));
    }

    /// <summary>
    /// A word in capitals that no list knows, before an amount and a route of injection: the drug as it is written.
    /// </summary>
    static void AddUnlabeled(Story story)
    {
        var text = story.Text;
        var added = new List<Piece>();
        for (var i = 0; i + 1 < story.Pieces.Count; i++)
        {
            var (amount, route) = (story.Pieces[i], story.Pieces[i + 1]);
            var at = amount.FirstToken - 1;
            // "5 mcg (0.5 mL) IM"
            if (route is { Kind: Bit.Amount, Amount.IsVolume: true } && text.IsMark(route.FirstToken - 1, '(')
                && i + 2 < story.Pieces.Count && story.Pieces[i + 2].FirstToken - route.EndToken <= 1)
                route = story.Pieces[i + 2];
            var end = route == story.Pieces[i + 1] ? amount.EndToken : story.Pieces[i + 1].EndToken;
            if (amount.Kind != Bit.Amount && amount is not { Kind: Bit.Strength, Other.Length: > 0 }
                || route.Kind != Bit.Route || route.Value is "oral" or "other"
                || route.FirstToken - end > 1
                || text.Kind(at) != TokenKind.Word || text[at].Length < 6 && !IsListedShort(story, at)
                || !char.IsUpper(text.Written(at)[0]) && !BeginsWithName(story, at) && !IsListedLong(story, at)
                || (i > 0 && story.Pieces[i - 1].EndToken > at) || story.Lexicon.Drugs.IsPlain(text.Word(at)))
                continue;
            added.Add(new()
            {
                Kind = Bit.Drug, Value = text.Written(at).ToString(), Start = text[at].Start, End = text[at].End,
                    FirstToken = at,
                EndToken = at + 1, Sentence = story.Scan.SentenceOf(at), Other = "unknown",
            });
        }
        story.Pieces.AddRange(added);
        story.Pieces.Sort(static (x, y) => x.FirstToken.CompareTo(y.FirstToken));
    }

    /// <summary>", HBV 5 mcg IM": a short name in capitals, in a list.</summary>
    static bool IsListedShort(Story story, int at) => story.Text[at].Length >= 3
        && WordTable.IsUpper(story.Text.Written(at)) && story.Text.HasSmall
        && !story.Text.Word(at).ContainsAnyInRange('0', '9')
        && (story.Text.IsMark(at - 1, ',') || story.Text.IsMark(at - 1, ';') || story.Text.IsMark(at - 1, '+'))
        && !story.Lexicon.Words.TryFind(story.Text, at, out _);

    /// <summary>"cabotegravir 600 mg IM …, rilpivirine 900 mg IM": a long word in a list, after a drug of its
    /// sentence.</summary>
    static bool IsListedLong(Story story, int at) => story.Text[at].Length >= 9 && story.Text.IsMark(at - 1, ',')
        && !story.Lexicon.Words.TryFind(story.Text, at, out _)
        && story.Pieces.Exists(p => p.Kind == Bit.Drug && p.Sentence == story.Scan.SentenceOf(at) && p.EndToken < at);

    /// <summary>"; rilpivirine 900 mg IM": a long word that begins a sentence, and that no list knows.</summary>
    static bool BeginsWithName(Story story, int at) => story.Text[at].Length >= 8
        && story.Scan.SentenceOf(at - 1) != story.Scan.SentenceOf(at)
        && !story.Lexicon.Words.TryFind(story.Text, at, out _);

    /// <summary>An allergy shot of named mixes: each is an entry; the words "allergy shot" are none beside
    /// them.</summary>
    static void Mixes(Story story)
    {
        var shots = story.Pieces.FindAll(static p => p is { Kind: Bit.Drug, Drug.Name: "allergenic extract" });
        var mixes = story.Pieces.FindAll(static p => p.Kind == Bit.Mix);
        story.Pieces.RemoveAll(static p => p.Kind == Bit.Mix);
        // "weekly build-up. Vial A (yellow 1:10) 0.2 mL": a strength says what the vial is
        if (shots.Count == 0) mixes.RemoveAll(m => !HasStrength(story.Text, m));
        if (mixes.Count == 0) return;
        var used = mixes.FindAll(m => HasAmount(story.Text, m));
        if (used.Count == 0) return;
        story.Pieces.RemoveAll(static p => p is { Kind: Bit.Drug, Drug.Name: "allergenic extract" });
        var extract = shots.Count > 0 ? shots[0].Drug
            : story.Lexicon.Drugs.TryFind(new("allergenic extract"), 0, out var named) ? named.Drug : null;
        foreach (var mix in used)
            story.Pieces.Add(new()
            {
                Kind = Bit.Drug, Value = mix.Value, Drug = extract, Start = mix.Start, End = mix.End,
                FirstToken = mix.FirstToken, EndToken = mix.EndToken, Sentence = mix.Sentence, IsLabeled = true,
            });
        story.Pieces.Sort(static (x, y) => x.FirstToken.CompareTo(y.FirstToken));
    }

    /// <summary>"methylprednisolone acetate 80 mg/mL … Injected methylprednisolone 80 mg": a name without its salt is
    /// the one salt of it that the note names in full.</summary>
    static void Salts(Story story)
    {
        var salts = story.Pieces.Where(static p => p is { Kind: Bit.Drug, Drug: not null }
            && p.EndToken - p.FirstToken > 1).Take(MostSalts).ToList();
        foreach (var bare in story.Pieces)
        {
            if (salts.Count == 0) return;
            if (bare is not { Kind: Bit.Drug, Drug: not null, Other: "" } || bare.EndToken - bare.FirstToken != 1)
                continue;
            var name = $"{story.Text.Word(bare.FirstToken)} ";
            var isSlang = name is "depo " or "solu "; // "Depo lot …" after Depo-Medrol
            if (!isSlang && !bare.Drug.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var full = salts.FindAll(p => isSlang ? story.Text.Folded[p.Start..p.End].StartsWith($"{name[..^1]}-")
                : p.Drug!.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                    && story.Text.Folded[p.Start..p.End].StartsWith(name));
            if (full.Count > 0 && full.TrueForAll(p => p.Drug == full[0].Drug))
                (bare.Value, bare.Drug) = (full[0].Value, full[0].Drug);
        }
    }

    const int MostSalts = 40;

    static bool HasStrength(NoteText text, Piece mix)
    {
        for (var t = mix.EndToken; t < Math.Min(text.Count, mix.EndToken + 5); t++)
            if (text.Word(t) is "1" && text.IsMark(t + 1, ':') || text.Word(t) is "red" or "yellow" or "blue" or "green"
                or "silver" or "maintenance" or "trees" or "tree" or "grass" or "grasses" or "mold" or "molds" or "mite"
                or "mites" or "cat" or "dog" or "dander" or "weed" or "weeds" or "ragweed" or "pollen" or "pollens"
                or "venom") return true;
        return false;
    }

    static bool HasAmount(NoteText text, Piece mix)
    {
        for (var t = mix.EndToken; t < Math.Min(text.Count, mix.EndToken + 12); t++)
            if (Amounts.TryRead(text, t, out _)) return true;
        return false;
    }

    static void Aliases(Story story)
    {
        var (text, pieces) = (story.Text, story.Pieces);
        for (var i = 0; i < pieces.Count; i++)
        {
            var first = pieces[i];
            if (first.Kind != Bit.Drug) continue;
            var next = pieces.FindIndex(i + 1, static p => p.Kind == Bit.Drug);
            if (next < 0) break;
            var second = pieces[next];
            var gap = second.FirstToken - first.EndToken;
            var isSame = first.Drug is not null && first.Drug == second.Drug;
            // "methylprednisolone sod succ (Solu-Medrol)", "Hepatitis B adult (Heplisav-B)"
            var isSalt = (isSame || first.Drug?.Vaccine is { } family
                && second.Drug?.Vaccine?.Family == family.Family) && gap is >= 2 and <= 4 && next == i + 1
                && text.IsMark(second.FirstToken - 1, '(');
            if (!isSalt && (gap > 2 || !OnlyMarks(text, first.EndToken, second.FirstToken))) continue;
            var isNamed = second.Drug is not null
                && second.Drug.Name.StartsWith(text.Word(first.FirstToken).ToString() + " ",
                StringComparison.OrdinalIgnoreCase);
            var isInBrackets = gap > 0 && (text.IsMark(second.FirstToken - 1, '(')
                || text.IsMark(second.FirstToken - 1, '/')
                || text.IsMark(second.FirstToken - 1, '-'));
            // "Hep B (Engerix-B)": the product of the kind
            var isProduct = isInBrackets && first.Drug?.Vaccine is { } kind
                && second.Drug?.Vaccine?.Family == kind.Family;
            if (!isSame && !isProduct && !(isNamed && isInBrackets)) continue;
            var keep = isSame && first.Value.Length >= second.Value.Length ? first : second;
            var drop = keep == first ? second : first;
            keep.FirstToken = Math.Min(keep.FirstToken, drop.FirstToken);
            keep.EndToken = Math.Max(keep.EndToken, drop.EndToken);
            (keep.Start, keep.End) = (Math.Min(keep.Start, drop.Start), Math.Max(keep.End, drop.End));
            drop.IsDropped = true;
            // three names of one drug: the kept one meets the next
            if (keep == second) continue;
            (pieces[i], pieces[next]) = (drop, keep);
            i = next - 1;
        }
        pieces.RemoveAll(static p => p.IsDropped);
        pieces.Sort(static (x, y) => x.FirstToken.CompareTo(y.FirstToken));
    }

    static bool OnlyMarks(NoteText text, int from, int to)
    {
        for (var t = from; t < to; t++)
            if (text.Kind(t) is not (TokenKind.Mark or TokenKind.Break)
                || text.IsMark(t, ',') || text.IsMark(t, '+') || text.IsMark(t, '&') || text.IsMark(t, '.'))
                return false;
        return true;
    }

    /// <summary>"Epi 0.3 mg R thigh, repeat 0.3 mg L thigh": the second dose is of the drug before it.</summary>
    static void Repeats(Story story)
    {
        var pieces = story.Pieces;
        var added = new List<Piece>();
        for (var (i, drug) = (0, -1); i < pieces.Count; i++)
        {
            if (pieces[i].Kind == Bit.Drug) drug = i;
            if (drug < 0 || IsToCome(story, i)
                || !(Story.IsCue(pieces[i], "repeat") || IsOfDrugBefore(story, i, pieces[drug]))) continue;
            var (amount, place) = (false, false);
            for (var j = i + 1; j < pieces.Count && pieces[j].Sentence == pieces[i].Sentence
                && pieces[j].Kind != Bit.Drug; j++)
            {
                amount |= pieces[j].Kind == Bit.Amount && pieces[j].FirstToken - pieces[i].EndToken < 5;
                place |= pieces[j].Kind is Bit.Site or Bit.Time or Bit.Route;
            }
            var namesIt = i + 1 < pieces.Count && pieces[i + 1].Kind == Bit.Drug
                && pieces[i + 1].FirstToken - pieces[i].EndToken < 4;
            if (!amount || !place || namesIt) continue;
            var (first, cue) = (pieces[drug], pieces[i]);
            added.Add(new()
            {
                Kind = Bit.Drug, Value = first.Value, Drug = first.Drug, Start = first.Start, End = first.End,
                FirstToken = cue.FirstToken, EndToken = cue.EndToken, Sentence = cue.Sentence, Other = "repeat",
            });
        }
        pieces.AddRange(added);
    }

    /// <summary>"Procrit 20,000 units last week. Today gave 15,000 units SC L arm": words of giving in a sentence that
    /// names no drug, after one that says of the only drug what was given before.</summary>
    static bool IsOfDrugBefore(Story story, int cue, Piece drug)
    {
        var (given, pieces) = (story.Pieces[cue], story.Pieces);
        return Story.IsCue(given, "given") && story.Text.Word(given.FirstToken) is "gave" or "given"
            && drug.Sentence < given.Sentence && drug.Sentence >= given.Sentence - 2
            && pieces.Exists(p => p.Sentence == drug.Sentence && Story.IsCue(p, "history"))
            && pieces.TrueForAll(p => p.Kind != Bit.Stranger
                && (p.Kind != Bit.Drug || p == drug || p.Sentence > given.Sentence));
    }

    /// <summary>"156 mg IM R delt (234 mg went in L delt on 6/2/26)": a bracket after a dose with another dose and its
    /// day says when the drug was given last.</summary>
    static void Earlier(Story story)
    {
        var (text, dropped) = (story.Text, new HashSet<Piece>());
        foreach (var date in story.Pieces.Where(static p => p.Kind == Bit.Date))
        {
            var (open, close) = (date.FirstToken, date.EndToken);
            while (open > 0 && !text.IsMark(open, '(') && story.Scan.SentenceOf(open) == date.Sentence) open--;
            while (close < text.Count && !text.IsMark(close, ')') && story.Scan.SentenceOf(close) == date.Sentence)
                close++;
            if (!text.IsMark(open, '(') || !text.IsMark(close, ')')) continue;
            var inside = story.Pieces.FindAll(p => p.FirstToken > open && p.EndToken <= close);
            if (inside.Exists(static p => p.Kind is Bit.Drug or Bit.Lot or Bit.Expiry)
                || !inside.Exists(static p => p is { Kind: Bit.Amount, Amount.IsVolume: false })
                || !story.Pieces.Exists(p => p is { Kind: Bit.Amount, Amount.IsVolume: false }
                    && p.Sentence == date.Sentence && p.EndToken <= open)
                || !story.Pieces.Exists(p => p.Kind == Bit.Date && p != date)) continue;
            date.Other = "last";
            dropped.UnionWith(inside.Where(p => p != date));
        }
        story.Pieces.RemoveAll(dropped.Contains);
    }

    static bool IsToCome(Story story, int cue)
    {
        for (var i = cue - 1; i >= 0 && story.Pieces[i].Sentence == story.Pieces[cue].Sentence; i--)
            if (story.Pieces[i].Kind == Bit.Cue && story.Pieces[i].Value is "plan" or "hypothetical"
                && story.Pieces[cue].FirstToken - story.Pieces[i].EndToken < 3)
                return true;
        return false;
    }
}
