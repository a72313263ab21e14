namespace Deltoid.Notes;

/// <summary>What was done elsewhere, or is in another record: said before or after the drug in its
/// sentence.</summary>
internal sealed partial class Verdicts
{
    const int LongestHead = 20;

    /// <summary>"Review of hospital MAR: Invega …", "per outside records, Prevnar …": a paper, with whose it is or that
    /// it was read beside it, before the drug.</summary>
    bool IsOfPaper(Piece drug)
    {
        for (var t = drug.FirstToken - 1; t >= Math.Max(0, drug.FirstToken - LongestHead)
            && story.Scan.SentenceOf(t) == drug.Sentence; t--)
        {
            if (text.IsMark(t, ']') && text.Word(t - 1) is "x") return false; // a ticked box of the form
            if (story.Begins(t, static k => k is Bit.Contrast or Bit.Drug)) return false;
            if (!story.Lexicon.Is("paper", text.Word(t))) continue;
            for (var near = t - 1; near >= Math.Max(0, t - 3) && text.Kind(near) == TokenKind.Word; near--)
                if (story.Lexicon.Is("paper-of", text.Word(near))) return true;
            for (var near = t + 1; near <= t + 2 && text.Kind(near) == TokenKind.Word; near++)
                if (text.Word(near) is "reviewed" or "review" or "states" or "shows" or "says" or "reads" or "from")
                    return true;
        }
        return false;
    }

    /// <summary>"placed L forearm 8/1 at Dr. Hsu's": by its name, another office.</summary>
    bool IsAtOthers(Piece drug)
    {
        var last = story.NextDrug(drug)?.FirstToken ?? text.Count;
        for (var t = drug.EndToken; t < Math.Min(last, drug.EndToken + LongestSpeech)
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.Word(t) is "at" or "by" or "from" or "via" or "through" && IsOffice(t + 1)) return true;
        for (var t = drug.FirstToken - 1; t > Math.Max(0, drug.FirstToken - LongestHead)
            && story.Scan.SentenceOf(t) == drug.Sentence && !story.Begins(t, static k => k is Bit.Contrast); t--)
            if (text.Word(t) is "at" or "via" && IsOffice(t + 1)) return !IsSaidGiven(drug);
        return false;
    }

    /// <summary>"betamethasone 12 mg IM x2 at St Luke": a name that no list knows, where a place would stand; not the
    /// one that the note has in its first line.</summary>
    bool IsAtName(Piece drug)
    {
        var last = story.NextDrug(drug)?.FirstToken ?? text.Count;
        for (var t = drug.EndToken; t < Math.Min(last, drug.EndToken + LongestSpeech)
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.Word(t) is "at" && text.HasSmall && text.Kind(t + 1) == TokenKind.Word && text[t + 1].Length > 1
                && char.IsUpper(text.Written(t + 1)[0]) && !WordTable.IsUpper(text.Written(t + 1))
                && (text.Word(t + 1) is "st" || !story.Lexicon.Words.TryFind(text, t + 1, out _))) return !IsOurs(t + 1);
        return false;
    }

    /// <summary>"Lakeside Family Medicine" heads the note: what was done "at Lakeside" was done here.</summary>
    bool IsOurs(int name)
    {
        for (var t = 0; t < Math.Min(name - 1, LongestHead) && text.Kind(t) != TokenKind.Break; t++)
            if (text.Word(t).SequenceEqual(text.Word(name)) && text.Word(t) is not "st"
                && text.Word(t - 1) is not ("at" or "from" or "by")) return true;
        return false;
    }

    /// <summary>"Your child received ceftriaxone 750 mg IM at 14:20": a record of a visit speaks of the patient, and to
    /// nobody.</summary>
    bool IsToReader(Piece drug)
    {
        var first = drug.FirstToken;
        while (first > 0 && story.Scan.SentenceOf(first - 1) == drug.Sentence) first--;
        for (var t = first; t < text.Count && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (text.Word(t) is "you" && text.Word(t - 1) is not "thank"
                || text.Word(t) is "your" or "you've" or "you'll" or "usted") return true;
        return false;
    }

    /// <summary>A form of a standing order with the box of the drug ticked, and then its place, its lot and its expiry:
    /// the form was filled in.</summary>
    bool IsFilledIn(Piece drug)
    {
        var isTicked = false;
        for (var i = drug.Order - 1; i >= 0 && story.Pieces[i].Kind != Bit.Drug
            && !HasBreak(story.Pieces[i].FirstToken, drug.FirstToken); i--) isTicked |= story.Pieces[i].Kind == Bit.Box;
        var isPlaced = false;
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug; i++)
            isPlaced |= story.Pieces[i].Kind == Bit.Site;
        return isTicked && isPlaced && HasLotAndExpiry(drug);
    }

    /// <summary>A name with 's at its end or before "office"; a place of care.</summary>
    bool IsOffice(int token)
    {
        if (text.Word(token) is "dr" or "the" or "her" or "his" or "their" or "an" or "a") token++;
        if (text.IsMark(token, '.')) token++;
        // "at the infusion center" is here
        if (story.Lexicon.Is("own-place", text.Word(token))) return false;
        for (var t = token; t < token + 4 && text.Kind(t) == TokenKind.Word; t++)
        {
            if (story.Begins(t, static k => k is Bit.Site or Bit.Time)) return false;
            if (char.IsUpper(text.Written(t)[0]) && text.HasSmall && text.Word(t).EndsWith("'s")) return true;
            if (t > token && story.Lexicon.Is("care-place", text.Word(t))) return true;
        }
        return false;
    }

    /// <summary>"kit mixed, needle clogged, discarded - NOT injected": made ready, and thrown away.</summary>
    bool IsMadeReady(Piece drug)
    {
        var (isReady, isThrown) = (false, false);
        for (var t = drug.EndToken; t < text.Count && story.Scan.SentenceOf(t) == drug.Sentence
            && !story.Begins(t, static k => k == Bit.Drug); t++)
        {
            isReady |= text.Word(t) is "mixed" or "reconstituted" or "primed" or "opened" or "drawn";
            isThrown |= isReady && text.Word(t) is "discarded" or "wasted" or "tossed";
        }
        return isThrown;
    }

    /// <summary>"Home log reviewed: Menopur 150 IU, Cetrotide 0.25 mg": what stands after the colon is all of
    /// it.</summary>
    bool IsHeadOfList(Piece cue)
    {
        for (var t = cue.EndToken; t < cue.EndToken + 4 && text.Kind(t) != TokenKind.Break; t++)
            if (text.IsMark(t, ':')) return true;
        return false;
    }
}
