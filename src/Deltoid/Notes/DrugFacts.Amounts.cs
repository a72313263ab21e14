using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>Which amount is the dose, the volume, the strength, the container's content, what was discarded.</summary>
internal sealed partial class DrugFacts
{
    void Amounts()
    {
        var doses = new List<Piece>();
        var volumes = new List<Piece>();
        foreach (var amount in given.Of(Bit.Amount))
        {
            if (IsWaste(amount, out var from, out var to)) given.Add("discarded", amount.Value, from, to);
            else if (IsContent(amount)) Content(amount);
            else if (IsOrdered(amount) || IsApart(amount) || IsDrawnOff(amount) || IsSoFar(amount)) continue;
            else if (amount.Amount.IsVolume) volumes.Add(amount);
            else doses.Add(amount);
        }
        Strengths();
        Nothing();
        Dose(doses, volumes);
        Bare(doses);
    }

    /// <summary>Fluid that came out of the joint.</summary>
    bool IsDrawnOff(Piece amount) => amount.Amount.IsVolume && (text.Word(amount.FirstToken - 1) is "diluent"
            || text.Word(amount.EndToken) is "pf" or "preservative" or "diluent" or "swfi" or "sw" or "saline"
                or "sterile")
        ||
        text.Word(amount.FirstToken - 1) is "aspirated" or "drained" or "removed" or "withdrew"
            or "evacuated" or "withdrawn"
        || text.Word(amount.EndToken) is "clear" or "fluid" or "blood" or "effusion" or "synovial" or "straw"
        or "serous"
        || text.Word(amount.EndToken + 1) is "aspirated" or "drained" or "removed";

    /// <summary>"1040 500 mL in": how much of a bag had run at that time.</summary>
    bool IsSoFar(Piece amount) => amount.Amount.IsVolume && text.Word(amount.EndToken) is "in"
        && text.Kind(amount.EndToken + 1) is TokenKind.Mark or TokenKind.Break;

    void Strengths()
    {
        var all = given.Pieces.FindAll(static p => p.Kind == Bit.Strength);
        var percent = given.Pieces.FindAll(p => p.Kind == Bit.Percent && IsBesideDrug(p));
        if (Chosen([.. all, .. percent], "concentration", static p => p.Value) is { } strength)
            given.Add("concentration", strength.Value, strength.Start, strength.End);
    }

    bool IsBesideDrug(Piece percent) => percent.FirstToken - given.Drug.EndToken is >= 0 and <= 2
        || given.Drug.FirstToken - percent.EndToken is >= 0 and <= 2
        || percent.Sentence == given.Drug.Sentence && percent.Value.Contains(':', StringComparison.Ordinal);

    void Dose(List<Piece> doses, List<Piece> volumes)
    {
        var strength = given.Pieces.Find(static p => p.Kind == Bit.Strength);
        if (doses.Count == 0 && strength is { Other.Length: > 0 } && volumes.Count == 0
            && strength.Amount is { IsNone: false })
        {
            // "1000 mcg/1 mL": an amount with its volume
            given.Facts.RemoveAll(static f => f.Path == "concentration");
            given.Add("dose", Notes.Amounts.Written(strength.Amount), strength.Start, strength.End);
            given.Add("volume", strength.Other, strength.Start, strength.End);
            return;
        }
        if (doses.Count > 0)
        {
            if (ChosenDose(doses) is { } dose) given.Add("dose", dose.Value, dose.Start, dose.End);
            if (volumes.Count > 0 && ChosenVolume(volumes) is { } with)
                given.Add("volume", with.Value, with.Start, with.End);
            return;
        }
        if (volumes.Count == 0) return;
        if (ChosenVolume(volumes) is not { } volume) return;
        given.Add("dose", volume.Value, volume.Start, volume.End);
        if (given.Has("concentration")) given.Add("volume", volume.Value, volume.Start, volume.End);
    }

    Piece? ChosenDose(List<Piece> doses)
    {
        var same = doses.TrueForAll(d => d.Amount.IsComparableTo(doses[0].Amount)
            && d.Amount.Base == doses[0].Amount.Base);
        if (same && IsUnfinished(doses)) return Ask(doses, "dose", static p => p.Value);
        if (same) return doses.Find(d => given.Pieces.Exists(p => p.Kind == Bit.Route && p.Sentence == d.Sentence))
            ?? doses[0];
        if (doses.Exists(static d => d.Corrects)) return Chosen(doses, "dose", static p => p.Value);
        var labeled = doses.FindAll(IsDoseLabeled);
        if (labeled.Count == 1 && doses.Exists(d => IsSaidGiven(d, labeled[0])))
            return Ask(doses, "dose", static p => p.Value);
        if (labeled.Count == 1) return labeled[0];
        // a toxin's total, and not what each muscle got
        if (given.Drug.Drug?.Group == "toxin")
            return doses.Find(d => text.Word(d.EndToken) is "total" || text.Word(d.FirstToken - 1) is "total")
                ?? (doses[0].Sentence == given.Drug.Sentence ? doses[0] : null);
        if (doses.Find(d => text.Word(d.EndToken) is "total") is { } total) return total;
        var infused = doses.FindAll(d =>
            text.Word(d.EndToken) is "infused" or "received" or "given" or "administered" or "delivered"
            || text.Word(d.EndToken) is "went" && text.Word(d.EndToken + 1) is "in"
            && text.Word(d.FirstToken - 2) is "stopped"
            || text.Word(d.FirstToken - 1) is "gave" or "given" or "received" or "administered" or "infused"
            or "injected");
        if (given.Pieces.Exists(static p => p is { Kind: Bit.Route, Value: "iv-push" or "im" or "sc" }))
            infused.RemoveAll(d => d.Sentence != given.Drug.Sentence); // what ran in later is of an infusion
        if (infused.Count == 1) return infused[0];
        var recorded = doses.FindAll(IsRecorded);
        if (recorded.Count == 1 && doses.TrueForAll(d => d == recorded[0] || IsBefore(d, recorded[0])))
            return recorded[0];
        var units = doses.FindAll(d => d.Amount.IsComparableTo(doses[0].Amount));
        if (units.Count == 1) return doses[0]; // units beside milligrams: two measures of one dose
        return Ask(doses, "dose", static p => p.Value);
    }

    /// <summary>"STOPPED 1015 … not restarted": an infusion that was not finished, and no amount says how much went
    /// in.</summary>
    bool IsUnfinished(List<Piece> doses)
    {
        if (doses.Exists(d => d.Corrects || text.Word(d.EndToken) is "infused" or "received" or "went" or "delivered")
            || !given.Pieces.Exists(static p => p is { Kind: Bit.Span } or { Kind: Bit.Label, Value: "start" }
                or { Kind: Bit.Route, Value: "iv-infusion" })) return false;
        var after = text.Folded[given.Drug.End..];
        foreach (var phrase in story.Lexicon.Phrases("unfinished"))
            if (after.IndexOf(phrase, StringComparison.Ordinal) >= 0) return true;
        return false;
    }

    /// <summary>"Dose: 45 mg … Eligard 22.5 mg SC given": the words of giving say another dose than the form.</summary>
    bool IsSaidGiven(Piece dose, Piece labeled) => dose.Sentence != labeled.Sentence
        && dose.Amount.IsComparableTo(labeled.Amount) && dose.Amount.Base != labeled.Amount.Base
        && story.InSentence(dose.Sentence).Any(p => Story.IsCue(p, "given") && p.Order > dose.Order)
        && given.Pieces.Exists(p => p.Kind == Bit.Route && p.Sentence == dose.Sentence);

    /// <summary>"Order: Toradol 60 mg IM … 0910 30 mg IM L delt adm": the record of giving over the order.</summary>
    bool IsRecorded(Piece dose) => dose.Sentence != given.Drug.Sentence && given.Pieces.Exists(p =>
        p.Kind == Bit.Route && p.Sentence == dose.Sentence)
        && story.InSentence(dose.Sentence).Any(static p => Story.IsCue(p, "given"))
        && story.InSentence(given.Drug.Sentence).Any(static p => Story.IsCue(p, "order")
            || p is { Kind: Bit.Label, Value: "order" });

    static bool IsBefore(Piece dose, Piece recorded) => dose.Sentence < recorded.Sentence;

    Piece? ChosenVolume(List<Piece> volumes)
    {
        if (volumes.TrueForAll(v => v.Value == volumes[0].Value)) return volumes[0];
        if (volumes.Exists(static d => d.Corrects)) return Chosen(volumes, "volume", static p => p.Value);
        if (volumes.Find(v => text.Word(v.EndToken) is "total") is { } total) return total;
        return volumes.Find(IsDoseLabeled)
            ?? volumes.Find(v => v.Sentence == given.Drug.Sentence
            && v.FirstToken - given.Drug.EndToken is >= 0 and <= 6);
    }

    bool IsDoseLabeled(Piece amount) => amount.Order > 0
        && story.Pieces[amount.Order - 1] is { Kind: Bit.Label, Value: "dose", IsLabeled: true } label
        && amount.FirstToken - label.EndToken <= 2;

    /// <summary>What was wasted: the amount with the word that says so.</summary>
    bool IsWaste(Piece amount, out int from, out int to)
    {
        (from, to) = (amount.Start, amount.End);
        for (var t = amount.FirstToken - 1; t >= Math.Max(0, amount.FirstToken - 4); t--)
        {
            if (IsWasteWord(t))
            {
                from = text[t].Start;
                return true;
            }
            if (text.Kind(t) == TokenKind.Word
                && text.Word(t) is not ("of" or "amt" or "amount" or "was" or "the" or "remaining" or "drug"
                or "rest" or "balance"))
                break;
            if (text.Kind(t) is TokenKind.Number or TokenKind.Break) break;
        }
        for (var t = amount.EndToken; t < Math.Min(text.Count, amount.EndToken + 3); t++)
        {
            if (IsWasteWord(t) && !text.IsMark(t + 1, ':'))
            {
                to = text[t].End;
                return true;
            }
            if (text.Kind(t) != TokenKind.Word
                || text.Word(t) is not ("was" or "of" or "remaining" or "drug" or "leftover" or "were" or "left"))
                break;
        }
        return false;
    }

    bool IsWasteWord(int token) => text.Word(token) is "waste" or "wasted" or "discarded" or "discard" or "wastage"
        or "wasting"
        or "discarding" or "desechado" or "descartado" or "wst" or "desecho" or "unused";

    void Nothing()
    {
        if (given.Pieces.Find(p => Story.IsCue(p, "nowaste")) is { } none)
            given.Add("discarded", "none", none.Start, none.End);
        else if (given.Pieces.Find(p => p is { Kind: Bit.Label, Value: "waste" } && IsZero(p)) is { } zero)
            given.Add("discarded", "none", zero.Start, text[AfterMarks(zero.EndToken)].End);
    }

    bool IsZero(Piece label)
    {
        var at = AfterMarks(label.EndToken);
        return story.Scan.SentenceOf(at) == label.Sentence
            && text.Word(at) is "none" or "0" or "zero" or "nil" or "no" or "ninguno";
    }

    int AfterMarks(int at)
    {
        while (at < text.Count && text.Kind(at) == TokenKind.Mark) at++;
        return at;
    }

    /// <summary>What a container holds: beside its word, or after the label of the vial.</summary>
    bool IsContent(Piece amount)
    {
        if (amount.Other == "count" || IsOfEachVial(amount)) return true;
        var before = amount.Order > 0 ? story.Pieces[amount.Order - 1] : null;
        if (before is { Kind: Bit.Label, Value: "vial", IsLabeled: true } && amount.FirstToken - before.EndToken <= 1)
            return true;
        if (amount.Sentence != given.Drug.Sentence && IsInList(amount)) return true;
        // "180 mcg SC, SDV 250 mcg"
        if (before is { Kind: Bit.Container, Value: "single-dose" or "multi-dose" }
            && before.EndToken == amount.FirstToken && given.Pieces.Exists(p => p.Kind == Bit.Amount
                && p.Order < before.Order && p.Other != "count" && p.Amount.IsComparableTo(amount.Amount)
                && p.Amount.Base <= amount.Amount.Base)) return true;
        // "2 mL (20 mg) PFS": the volume and what is in it
        if (before is { Kind: Bit.Amount, Amount.IsVolume: true } && text.IsMark(amount.FirstToken - 1, '(')
            && text.IsMark(amount.EndToken, ')') && amount.FirstToken - before.EndToken == 1)
            return false;
        // "2 mg (0.05 mL) PFS": the dose and its volume
        if (before is { Kind: Bit.Amount, Amount.IsVolume: false } && amount.Amount.IsVolume
            && text.IsMark(amount.FirstToken - 1, '(') && text.IsMark(amount.EndToken, ')')
            && amount.FirstToken - before.EndToken == 1)
            return false;
        var isBeside = text.Word(amount.EndToken) is "vial" or "vials" or "bottle" or "amp" or "ampule" or "frasco"
            or "carpuject"
            || (NextPiece(amount) is { Kind: Bit.Container } box && box.FirstToken - amount.EndToken <= 1
                && !text.IsMark(amount.EndToken, ','));
        if (!isBeside) return false;
        return given.Pieces.Exists(p => p.Kind == Bit.Amount && p != amount && p.Other != "count"
            && !IsWaste(p, out _, out _))
            || (given.Pieces.Exists(static p => p.Kind == Bit.Bare));
    }

    /// <summary>"750 mg (3 vials, 250 mg each)", "SDV x2 (100 mg ea)".</summary>
    bool IsOfEachVial(Piece amount) => text.Word(amount.EndToken) is "ea" or "each"
        && text.IsMark(amount.FirstToken - 1, '(') && amount.Order > 0
        && story.Pieces[amount.Order - 1] is { Kind: Bit.Container } box && amount.FirstToken - box.EndToken <= 4
        || text.Word(amount.EndToken) is "each"
        && text.Word(amount.FirstToken - 1) is "vials" or "of" || text.Word(amount.EndToken) is "each"
        && text.IsMark(amount.FirstToken - 1, ',') && text.Word(amount.FirstToken - 2) is "vials" or "vial";

    /// <summary>"Vials: 400 mg x1 lot A, 400 mg x1 lot B": every amount of the list is of a vial.</summary>
    bool IsInList(Piece amount)
    {
        for (var i = amount.Order - 1; i >= 0 && story.Pieces[i].Sentence == amount.Sentence; i--)
            if (story.Pieces[i] is { Kind: Bit.Label, IsLabeled: true } label)
                return label.Value == "vial";
        return false;
    }

    Piece? NextPiece(Piece piece) => piece.Order + 1 < story.Pieces.Count ? story.Pieces[piece.Order + 1] : null;

    void Content(Piece amount)
    {
        var next = NextPiece(amount);
        var end = next is { Kind: Bit.Container } && next.FirstToken - amount.EndToken <= 1 ? next.End : amount.End;
        given.Add("containerAmount", amount.Value, amount.Start, end);
    }

    /// <summary>An amount that an order names, and not the record of giving: "(order: 40 mg)", "ordered 30
    /// mg".</summary>
    bool IsOrdered(Piece amount)
    {
        // "120 mg L abd, 120 mg R abd (loading dose 240 mg)": the sum of what was given
        if (text.Word(amount.FirstToken - 1) is "dose" && text.Word(amount.FirstToken - 2) is "loading" or "total"
            or "full" && given.Pieces.Exists(p => p.Kind == Bit.Amount && p.Amount.IsComparableTo(amount.Amount)
                && 2 * p.Amount.Base == amount.Amount.Base))
            return true;
        for (var i = amount.Order - 1; i > given.Drug.Order && story.Pieces[i].Sentence == amount.Sentence; i--)
        {
            var piece = story.Pieces[i];
            if (piece.Kind is Bit.Route or Bit.Site or Bit.Amount || Story.IsCue(piece, "given")) return false;
            var isOrder = piece is { Kind: Bit.Label, Value: "order" } || Story.IsCue(piece, "order");
            if (isOrder) return amount.FirstToken - piece.EndToken <= 4;
        }
        return text.Word(amount.EndToken) is "ordered" && given.Pieces.Exists(p => p != amount && p.Kind == Bit.Amount);
    }

    /// <summary>An amount of a plan or of the past, in the drug's own sentence or a later one.</summary>
    bool IsApart(Piece amount)
    {
        for (var i = amount.Order - 1; i > given.Drug.Order && story.Pieces[i].Sentence == amount.Sentence; i--)
        {
            var piece = story.Pieces[i];
            if (Story.IsCue(piece, "given") || piece.Kind == Bit.Route) return false;
            if (piece is { Kind: Bit.Cue, Value: "plan" or "history" or "hypothetical" or "medication-list",
                Other: "forward" })
                return amount.FirstToken - piece.EndToken <= 8;
            if (piece is { Kind: Bit.Cue, Value: "not-injected", Other: "forward" } && amount.Amount.IsVolume)
                return amount.FirstToken - piece.EndToken <= 3;
            if (piece is { Kind: Bit.Label, Value: "weight" } && amount.FirstToken - piece.EndToken <= 2) return true;
        }
        // far from the drug, in a sentence of other things
        if (amount.Sentence == given.Drug.Sentence || amount.Corrects || IsDoseLabeled(amount) || IsAlone(amount))
            return false;
        return !given.Pieces.Exists(p => p.Sentence == amount.Sentence
            && (p.Kind is Bit.Route or Bit.Strength || Story.IsCue(p, "given")
            || p is { Kind: Bit.Label, Value: "dose" or "volume" } || p is { Kind: Bit.Contrast }))
            && amount.Sentence - given.Drug.Sentence > 1;
    }

    /// <summary>"Exp 12/2027. 0.5 mL." is how forms are dictated.</summary>
    bool IsAlone(Piece amount) => story.Scan.SentenceOf(amount.FirstToken - 1) != amount.Sentence
        && text.IsMark(amount.EndToken, '.') && amount.Sentence - given.Drug.Sentence <= 6;

    /// <summary>A number whose unit is missing is no dose: it is asked for.</summary>
    void Bare(List<Piece> doses)
    {
        if (doses.Count > 0 || given.Has("dose") || given.Pieces.Find(static p => p.Kind == Bit.Bare) is not { } bare)
            return;
        questions.Add(new("dose", $"{path}/dose", "the unit of the dose is not written", [],
            [story.Quote(bare.Start, bare.End)]));
    }
}
