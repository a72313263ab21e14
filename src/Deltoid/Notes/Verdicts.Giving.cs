namespace Deltoid.Notes;

/// <summary>What says that a drug was given: words of it, who gave it, a route with a place, a lot.</summary>
internal sealed partial class Verdicts
{
    /// <summary>"Refused Haldol dec, agreed at 1140. Given 100 mg IM": what was refused first was given after
    /// all.</summary>
    bool IsAgreedLater(Piece drug)
    {
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 30)
            && story.Scan.SentenceOf(t) <= drug.Sentence + 1; t++)
            if (text.Word(t) is "agreed" or "accepted" or "agrees" or "accepts" or "consented" or "reconsidered"
                or "agreeable")
                return IsGivenLater(drug);
        return false;
    }

    /// <summary>"Prolia due. GIVEN TODAY 60 mg SC R arm": the giving is in a sentence of its own.</summary>
    public bool IsGivenLater(Piece drug)
    {
        var last = Math.Min(drug.Sentence + 3, (story.NextDrug(drug)?.Sentence ?? int.MaxValue) - 1);
        for (var s = drug.Sentence + 1; s <= last; s++)
        {
            var (given, route, other) = (false, false, false);
            foreach (var piece in story.InSentence(s))
            {
                given |= Story.IsCue(piece, "given") || Story.IsCue(piece, "self");
                route |= piece.Kind is Bit.Site || piece.Kind is Bit.Route && piece.Value is not ("oral" or "other");
                other |= piece.Kind == Bit.Cue && piece.Value is "plan" or "history" or "negated" or "refused" or "held"
                    or "home" or "elsewhere" or "hypothetical" or "order";
            }
            if (given && route && !other) return true;
        }
        return false;
    }

    /// <summary>"Foozumab not given": a name that no list knows is what was not given.</summary>
    bool IsOfUnknown(int begin, Piece cue)
    {
        var last = cue.FirstToken - 1;
        if (text.Word(last) is "was" or "is") last--;
        return last == begin && text.Kind(begin) == TokenKind.Word && text[begin].Length >= 4
            && char.IsUpper(text.Written(begin)[0]) && !WordTable.IsUpper(text.Written(begin))
            && !story.Lexicon.Words.TryFind(text, begin, out _) && !story.Lexicon.Drugs.IsKnown(text.Word(begin))
            && text.Word(begin) is not ("injection" or "shot" or "this" or "these" or "that" or "both" or "vaccine"
                or "infusion" or "meds" or "nothing" or "none" or "therefore" or "also" or "patient" or "then");
    }

    /// <summary>"Kenalog 40 mg will be injected", "medics gave glucagon": the word of giving that governs the drug is
    /// turned. The nearest after it governs, else the nearest before.</summary>
    string Turned(Piece drug)
    {
        var last = drug;
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Sentence == drug.Sentence; i++)
        {
            var piece = story.Pieces[i];
            if (piece.Kind == Bit.Contrast || piece.Kind == Bit.Drug && (!story.IsJoined(last, piece)
                || piece.DrugOrder - drug.DrugOrder > LongestList)) break;
            if (piece.Kind == Bit.Drug) last = piece;
            if (Governs(piece)) return Turn(piece);
        }
        for (var i = drug.Order - 1; i >= 0 && story.Pieces[i].Sentence == drug.Sentence; i--)
        {
            var piece = story.Pieces[i];
            if (piece.Kind == Bit.Contrast || piece.Kind == Bit.Drug && (!story.IsJoined(piece, last)
                || drug.DrugOrder - piece.DrugOrder > LongestList)) break;
            if (piece.Kind == Bit.Drug) last = piece;
            if (Governs(piece)) return Turn(piece);
        }
        return "";
    }

    /// <summary>"was injected … by your group", "given by the visiting nurse of Oak Manor": whose deed it was, where
    /// that is nobody here.</summary>
    bool IsByOthers(Piece giving)
    {
        for (var t = giving.EndToken; t < Math.Min(text.Count, giving.EndToken + LongestSpeech)
            && story.Scan.SentenceOf(t) == giving.Sentence; t++)
        {
            if (text.Word(t) is not "by" || text.Word(t + 1) is not ("the" or "her" or "his" or "your" or "their" or "a"
                or "an" or "another" or "outside" or "other" or "previous" or "prior")) continue;
            for (var noun = t + 2; noun < t + 5 && text.Kind(noun) == TokenKind.Word; noun++)
                if (story.Lexicon.MoodOf(text.Word(noun)) == "giver") return false;
            return text.Word(t + 1) is not ("the" or "a" or "an") || !char.IsUpper(text.Written(t + 2)[0]);
        }
        return false;
    }

    static bool Governs(Piece piece) => piece is { Kind: Bit.Cue, Other: "turned" } || Story.IsCue(piece, "given");

    string Turn(Piece piece) => piece.Other == "turned" ? piece.Value : IsByOthers(piece) ? "elsewhere" : "";

    /// <summary>A word of giving in the drug's sentence, that belongs to it.</summary>
    public bool IsSaidGiven(Piece drug)
    {
        var at = drug.Order;
        var last = drug;
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].Sentence == drug.Sentence; i++)
        {
            if (story.Pieces[i].Kind == Bit.Drug)
            {
                // "2 mL of one plus 3 mL of the other injected": said of both
                if (!story.IsJoined(last, story.Pieces[i])
                    || story.Pieces[i].DrugOrder - drug.DrugOrder > LongestList) break;
                last = story.Pieces[i];
            }
            if (Story.IsCue(story.Pieces[i], "given") || IsGiver(i)) return true;
        }
        for (var i = at - 1; i >= 0 && story.Pieces[i].Sentence == drug.Sentence
            && story.Pieces[i].Kind != Bit.Drug; i--)
        {
            if (story.Pieces[i].Kind == Bit.Cue && story.Pieces[i].Value is "plan" or "order" or "hypothetical")
                return false;
            if (Story.IsCue(story.Pieces[i], "given")) return true;
        }
        return false;
    }

    /// <summary>"was given 1 L saline, Reglan 10 mg IV and Toradol 15 mg IV": one word for a list.</summary>
    public bool IsListedAsGiven(Piece drug)
    {
        for (var depth = 0; depth < LongestList && drug.DrugOrder > 0; depth++)
        {
            var before = story.Drugs[drug.DrugOrder - 1];
            if (before.Sentence != drug.Sentence || !IsListed(before, drug)) return false;
            if (IsSaidGiven(before)) return true;
            drug = before;
        }
        return false;
    }

    /// <summary>"given by MA Zoe".</summary>
    bool IsGiver(int i) => story.Pieces[i] is { Kind: Bit.Label, Value: "by" } label
        && text.Word(label.FirstToken) is "given" or "administered" or "injected" or "adm" && i + 1 < story.Pieces.Count
        && story.Pieces[i + 1].Kind == Bit.Person && story.Pieces[i + 1].FirstToken - label.EndToken <= 2;

    /// <summary>Said to be given, or with a lot or a response of its own.</summary>
    bool IsStrong(Piece drug)
    {
        if (IsSaidGiven(drug)) return true;
        var at = drug.Order;
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug; i++)
            // "Vaccine discarded, lot V8": the lot is of what was not given
            if (story.Pieces[i] is { Kind: Bit.Cue, Other: "back", Value: "negated" or "refused" or "held" })
                return false;
            else if (story.Pieces[i].Kind is Bit.Lot or Bit.Response && story.Pieces[i].Sentence <= drug.Sentence + 2)
                return true;
        return false;
    }

    /// <summary>The lot of a form that the drug heads, with its expiry: of what was planned nobody knows it.</summary>
    bool HasLotAndExpiry(Piece drug)
    {
        var lot = false;
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug; i++)
        {
            if (story.Pieces[i] is { Kind: Bit.Cue, Other: "back", Value: "negated" or "refused" or "held" })
                return false;
            lot |= story.Pieces[i].Kind == Bit.Lot;
            if (lot && story.Pieces[i].Kind == Bit.Expiry) return true;
        }
        return false;
    }

    bool HasTime(Piece drug)
    {
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug
            && story.Pieces[i].Sentence == drug.Sentence; i++)
            if (story.Pieces[i].Kind is Bit.Time or Bit.Lot) return true;
        return false;
    }

    /// <summary>A route of injection, and a place or a time, in the drug's own words.</summary>
    public bool HasRouteAndPlace(Piece drug)
    {
        var (route, place) = (false, false);
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug
            && story.Pieces[i].Sentence == drug.Sentence; i++)
        {
            route |= story.Pieces[i].Kind == Bit.Route && story.Pieces[i].Value is not ("oral" or "other");
            place |= story.Pieces[i].Kind is Bit.Site or Bit.Time;
        }
        return route && place;
    }

    /// <summary>Drawn up together with a local anesthetic: a joint is injected with both.</summary>
    bool IsLocalMix(Piece drug) => drug.IsLocal || story.NextDrug(drug) is { IsLocal: true } next
        && story.IsJoined(drug, next) && story.Pieces.Exists(p => Story.IsCue(p, "given") && p.Order > drug.Order);

    /// <summary>A place, a time or a lot in the drug's own words.</summary>
    bool HasOwnPlace(Piece drug)
    {
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug
            && story.Pieces[i].Sentence == drug.Sentence; i++)
            if (story.Pieces[i].Kind is Bit.Site or Bit.Time or Bit.Span or Bit.Lot) return true;
        return false;
    }

    /// <summary>"P: L knee inj, superolateral, 22 ga. Kenalog 1 mL": the sentence before has the needle and the
    /// place.</summary>
    bool IsAfterNeedle(Piece drug)
    {
        bool Has(Bit kind) => story.InSentence(drug.Sentence - 1).Any(p => p.Kind == kind);
        return Has(Bit.Needle) && Has(Bit.Site)
            && !story.InSentence(drug.Sentence - 1).Any(static p => p is { Kind: Bit.Cue, Value: not "given" });
    }

    bool HasSide(Piece drug)
    {
        var at = drug.Order;
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug
            && story.Pieces[i].Sentence == drug.Sentence; i++)
            if (story.Pieces[i].Kind is Bit.Site or Bit.Time
                && story.Pieces[i].Value.Contains(' ', StringComparison.Ordinal)) return true;
        // "R knee inj today: Depo-Medrol"
        for (var i = at - 1; i >= 0 && story.Pieces[i].Sentence == drug.Sentence; i--)
        {
            if (story.Pieces[i].Kind is Bit.Drug or Bit.Cue) return false;
            if (story.Pieces[i].Kind == Bit.Site && story.Pieces[i].Value.Contains(' ', StringComparison.Ordinal)
                && text.Word(story.Pieces[i].EndToken) is "inj" or "injection" or "injected") return true;
        }
        return false;
    }
}
