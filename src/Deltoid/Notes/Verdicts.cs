namespace Deltoid.Notes;

/// <summary>
/// Why a drug that is named was not given here today; empty where nothing says so. What is said nearest decides; words
/// of giving outweigh plans and orders, and nothing else.
/// </summary>
internal sealed partial class Verdicts
{
    public Verdicts(Story story)
    {
        (this.story, text) = (story, story.Text);
        corrections = story.Pieces.FindAll(static p => Story.IsCue(p, "correction"));
        heads = HeadDays(this);
    }

    readonly Story story;
    readonly NoteText text;
    readonly List<Piece> corrections;
    readonly Dictionary<int, (int Month, int Day)> heads;
    int listDepth;

    /// <summary>Nothing says whether it was given here: it is asked.</summary>
    public const string Doubt = "doubt";

    /// <summary>So many drugs may share the words after a list.</summary>
    const int LongestList = 8;

    public string Of(Piece drug)
    {
        listDepth = 0;
        var section = OfSection(drug);
        if (section is "allergy" or "medication-list" or "family" or "education" && !IsSaidGiven(drug)
            && !(HasRouteAndPlace(drug) && drug.Sentence > story.SectionOf(drug)!.Sentence))
            return section;
        if (story.FrameOf(drug) is { } frame && !(IsSaidGiven(drug) && HasOwnPlace(drug))
            && !(frame.Value == "order" && IsFilledIn(drug))) return frame.Value;
        if (IsToReader(drug)) return "education";
        if (IsSpeech(drug) || IsReported(drug)) return "history";
        if (IsForAnother(drug)) return "other-patient";
        if (!IsSaidGiven(drug) && IsOfPaper(drug)) return "history";
        if (IsAtOthers(drug)) return "elsewhere";
        if (IsAtName(drug)) return Doubt;
        if (IsOfOtherDay(drug)) return "history";
        if ((HasUnreadDeed(drug) || IsLeftOpen(drug)) && !HasOwnPlace(drug)) return "none";
        var before = Before(drug);
        var after = After(drug);
        var around = Around(drug);
        var later = Later(drug);
        if (story.HasNoVisit) return before.Length > 0 ? before : after.Length > 0 ? after : "history";
        if (drug.Drug?.Name == "heparin lock flush") return "not-injected";
        if (drug.Value.StartsWith(DrugWords.ByMouth, StringComparison.Ordinal))
            return around.Length > 0 ? around : before is "plan" or "order" or "medication-list" or "home" ? before
                : "not-injected";
        if (around.Length > 0) return around;
        if (IsAsked(drug) && !IsSaidGiven(drug)) return "hypothetical";
        if (Turned(drug) is { Length: > 0 } turned) return IsGivenLater(drug) ? "" : turned;
        if (after is "negated" && IsMadeReady(drug)) return "prepared";
        if (after is "refused" or "held" or "negated" or "prepared" or "not-injected" or "history") return after;
        if (before is "prepared" && IsTaught(drug)) return "education";
        if (before is "prepared") return later.Length > 0 || after.Length > 0 || IsTakenBack(drug) ? "prepared"
            : IsSaidGiven(drug) || IsGivenLater(drug) || HasRouteAndPlace(drug) || HasSide(drug)
            || IsLocalMix(drug) ? "" : "none";
        if (before is "refused" or "held" && IsAgreedLater(drug)) return "";
        if (IsHard(before)) return before;
        if (later.Length > 0 && !IsStrong(drug)) return later;
        var soft = before.Length > 0 ? before : after;
        if (soft.Length > 0) return IsSaidGiven(drug) || soft is "plan" or "order" && IsGivenLater(drug) ? "" : soft;
        if (section is "plan" or "order" or "history")
            return IsStrong(drug) || section != "history" && HasLotAndExpiry(drug)
                || (section == "plan" && (HasSide(drug) || IsAfterNeedle(drug)))
                || HasRouteAndPlace(drug) && HasTime(drug) ? ""
                : section;
        if (IsRegimen(drug) && !IsStrong(drug) && !HasSide(drug) && !HasLotAndExpiry(drug)) return "medication-list";
        var isShown = HasOwnPlace(drug) || IsStrong(drug) && !IsRegimen(drug);
        return story.HasNoShots && !isShown || IsUndone(drug) ? "negated" : "";
    }

    /// <summary>"Enbrel 50 mg SC weekly": how often it is taken, and nothing of a giving.</summary>
    bool IsRegimen(Piece drug)
    {
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 12)
            && story.Scan.SentenceOf(t) == drug.Sentence; t++)
        {
            if (t > drug.EndToken && story.Begins(t, static k => k is Bit.Drug or Bit.Site or Bit.Time or Bit.Lot))
                return false;
            var word = text.Word(t);
            if (word is "weekly" or "monthly" or "daily" or "biweekly" or "nightly" or "yearly" or "quarterly" or "bid"
                or "tid" or "qid" or "qd" or "qhs" or "qwk" or "qweek" or "qmonth" or "qmo" or "semanal" or "mensual"
                or "meals" or "bedtime"
                || word is "every" && text.Word(t + 1) is not "site" || word.Length >= 3 && word[0] == 'q'
                && char.IsAsciiDigit(word[1]))
                return true;
        }
        return false;
    }

    /// <summary>"Addendum: … the injection was not given": words that correct take back every drug before them, where
    /// they name none.</summary>
    bool IsUndone(Piece drug)
    {
        // from the last: what corrects stands after what it corrects
        for (var c = corrections.Count - 1; c >= 0 && corrections[c].Order > drug.Order; c--)
        {
            var (cue, i) = (corrections[c], corrections[c].Order);
            if (cue.Sentence == drug.Sentence && cue.FirstToken < drug.FirstToken)
                continue;
            var (isTakenBack, names) = (false, false);
            foreach (var piece in story.InSentence(cue.Sentence).Concat(story.InSentence(cue.Sentence + 1)))
            {
                names |= piece.Kind is Bit.Drug or Bit.Site or Bit.Lot or Bit.Expiry or Bit.Amount && piece.Order > i;
                isTakenBack |= piece is { Kind: Bit.Cue, Value: "negated", Other: "back" } && piece.Order > i
                    && text.Word(piece.EndToken - 1) is "given" or "administered" or "injected" or "performed"
                    or "done";
            }
            if (isTakenBack && !names) return true;
        }
        return false;
    }

    /// <summary>"Drew up ketorolac … Ketorolac not given": the same drug is named again, and was not given.</summary>
    bool IsTakenBack(Piece drug)
    {
        for (var next = story.NextDrug(drug); next is not null
            && next.Sentence <= drug.Sentence + 3; next = story.NextDrug(next))
            if (next.Value == drug.Value && After(next) is "negated" or "refused" or "held") return true;
        return false;
    }

    /// <summary>"Showed pt how to draw up and inject methotrexate".</summary>
    bool IsTaught(Piece drug) => !IsSaidGiven(drug) && story.InSentence(drug.Sentence).Any(p => p.Order < drug.Order
        && p is { Kind: Bit.Cue, Value: "education", Other: "forward" });

    static bool IsHard(string why) => why is "allergy" or "education" or "negated" or "refused" or "held" or "history"
        or "medication-list" or "not-injected" or "family";

    /// <summary>The section of a drug: to the line's end where its heading has words beside it.</summary>
    string OfSection(Piece drug)
    {
        if (story.SectionOf(drug) is not { } section) return "";
        if (section.Value is "given" or "exam") return "";
        // "Allergy: build-up …" is the shot, and no list
        if (section.Value == "allergy" && text.Word(section.EndToken + 1) is "build" or "buildup" or "maintenance"
            or "shot" or "shots" or "inj" or "injection" or "immunotherapy" or "vial" or "mix") return "";
        var isBeside = text.Kind(section.EndToken + 1) != TokenKind.Break
            && text.Kind(section.EndToken) != TokenKind.Break;
        var isList = section.Value is "allergy" or "medication-list" or "family" or "education";
        for (var t = section.EndToken; t < drug.FirstToken; t++)
            if (text.Word(t) is "today" or "now" or "hoy" && text.IsMark(t + 1, ':')) return "";
            // a heading with words beside it, and then a line of a log: "1948 metoclopramide 10 mg IV push"
            else if (isBeside && !isList && text.Kind(t) == TokenKind.Break
                && story.Begins(t + 1, static k => k is Bit.Time)) return "";
            else if (text.Kind(t) == TokenKind.Break
                && (text.LinesIn(t) > 1 || (isBeside && isList && !text.IsMark(t + 1, '-')))) return "";
        return section.Value;
    }

    /// <summary>What a cue before the drug says, in the same sentence.</summary>
    string Before(Piece drug)
    {
        var (at, drugs) = (drug.Order, 0);
        if (IsByMouth(drug)) return "not-injected";
        for (var i = at - 1; i >= 0 && story.Pieces[i].Sentence == drug.Sentence; i--)
        {
            var piece = story.Pieces[i];
            if (Story.IsCue(piece, "given") && piece.Value == "given") return "";
            if (piece.Kind is Bit.Contrast or Bit.Lot or Bit.Expiry or Bit.Response) return "";
            if (piece.Kind == Bit.Drug && ++drugs > LongestList) return "";
            if (piece.Kind == Bit.Drug && HasOwnDose(piece, drug)) return IsListed(piece, drug) ? OfList(piece) : "";
            // "1650  Not Given  sumatriptan 6 mg": the status of a row
            if (piece is { Kind: Bit.Cue, Value: "negated", Other: "back" } && !HasDrugBefore(piece)
                && drug.FirstToken - piece.EndToken <= 1) return "negated";
            if (piece.Kind == Bit.Cue && piece.Value is "refused" or "held" && !HasDrugBefore(piece)
                && drug.FirstToken - piece.EndToken <= 4 && !IsOfOtherCare(piece.EndToken, drug.FirstToken))
                return piece.Value;
            if (piece.Kind != Bit.Cue || piece.Other != "forward" || !Reaches(piece, drug)) continue;
            // an order by telephone, and what was given on it
            if (piece.Value == "order" && text.Word(piece.FirstToken) is "torb" or "vorb" or "telephone"
                or "verbal" or "give"
                    or "administer"
                && HasSide(drug)) continue;
            if (piece.Value is "repeat" or "split" or "pause" or "correction" or "syringe") continue;
            return piece.Value;
        }
        return "";
    }

    /// <summary>"SL morphine 5 mg": how it is taken stands right before the name, and is of no drug before
    /// it.</summary>
    bool IsByMouth(Piece drug) => drug.Order > 0 && story.Pieces[drug.Order - 1] is { Kind: Bit.Route,
        Value: "oral" or "other" } route && route.EndToken == drug.FirstToken
        && !(drug.Order > 1 && story.Pieces[drug.Order - 2] is { Kind: Bit.Drug or Bit.Amount or Bit.Bare } before
            && route.FirstToken - before.EndToken <= 1);

    /// <summary>"Refused IV start x2 → Phenergan": something else was refused, or an arrow leads on from it.</summary>
    bool IsOfOtherCare(int from, int to)
    {
        for (var t = from; t < to; t++)
            if (text.Word(t) is "start" or "stick" or "labs" or "vitals" or "bloodwork" or "admission" or "transport"
                || text.Kind(t) == TokenKind.Mark && text.Text[text[t].Start] is '\u2192' or '>')
                return true;
        return false;
    }

    /// <summary>"Failed Humira 40 mg SC, MTX 15 mg SC": the second is in the list of the first, with nothing of a
    /// giving of its own.</summary>
    bool IsListed(Piece first, Piece drug)
    {
        var before = drug.FirstToken - 1;
        if (!(text.Kind(before) == TokenKind.Mark && text.At(text[before].Start) is ',' or '&' or '+' or '/')
            && text.Word(before) is not ("or" or "and" or "plus" or "with" or "y" or "o")
            || first.DrugOrder + 1 != drug.DrugOrder)
            return false;
        var isOne = text.Word(before) is "and" or "y" && first.Order > 0
            && story.Pieces[first.Order - 1] is { Kind: Bit.Cue, Value: "history", Other: "forward" };
        for (var i = drug.Order + 1; i < story.Pieces.Count && story.Pieces[i].Kind != Bit.Drug
            && story.Pieces[i].Sentence == drug.Sentence; i++)
            if (!isOne && story.Pieces[i].Kind is Bit.Site or Bit.Time or Bit.Span or Bit.Lot
                || Story.IsCue(story.Pieces[i], "given") || story.Pieces[i].Kind == Bit.Contrast) return false;
        return true;
    }

    string OfList(Piece first) => listDepth++ < LongestList && Before(first) is "history" or "medication-list" or "home"
        or "plan" or "order" ? Before(first) : "";

    bool HasDrugBefore(Piece cue) =>
        story.InSentence(cue.Sentence).Any(p => p.Kind == Bit.Drug && p.FirstToken < cue.FirstToken);

    bool HasOwnDose(Piece first, Piece until)
    {
        var at = first.Order;
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i] != until; i++)
            if (story.Pieces[i].Kind is Bit.Route or Bit.Site or Bit.Lot) return true;
        return false;
    }

    bool Reaches(Piece cue, Piece drug)
    {
        // "Testopel? No - testosterone": an answer, and no denial of what follows
        if (cue.Value == "negated" && text.Word(cue.FirstToken) is "no" && cue.EndToken == cue.FirstToken + 1
            && (text.IsMark(cue.EndToken, '-') || text.IsMark(cue.EndToken, ','))) return false;
        if (cue.Value == "allergy" && text.IsMark(cue.FirstToken - 1, '-')) return false; // "ceph-allergic: gentamicin"
        // an arrow leads on to what was done instead
        if (cue.Value is "plan" or "negated" or "refused" or "hypothetical"
            && IsOfOtherCare(cue.EndToken, drug.FirstToken)) return false;
        var gap = drug.FirstToken - cue.EndToken
            - (cue.Value is "order" or "plan" or "history" ? InBrackets(cue.EndToken, drug.FirstToken) : 0);
        return gap <= cue.Value switch
        {
            "negated" => 2,
            "medication-list" => 1,
            "not-injected" => IsFluid(drug) ? 8 : 4,
            "history" => 5,
            "education" or "allergy" => 12,
            "prepared" => 4,
            _ => 8,
        };
    }

    /// <summary>"Order (Dr. Tan 5/1): Aimovig": how many tokens a bracket between takes.</summary>
    int InBrackets(int from, int to)
    {
        var (count, open) = (0, -1);
        for (var t = from; t < to; t++)
            if (text.IsMark(t, '(')) open = t;
            else if (text.IsMark(t, ')') && open >= 0) (count, open) = (count + t - open + 1, -1);
        return count;
    }

    static bool IsFluid(Piece drug) => GivenDrugs.IsFluid(drug.Drug?.Name ?? "");

    /// <summary>What a cue after the drug says, before the next drug; a list of drugs shares it.</summary>
    string After(Piece drug)
    {
        var at = drug.Order;
        var (isGiven, drugs, soft, last) = (false, 0, "", drug);
        for (var i = at + 1; i < story.Pieces.Count && story.Pieces[i].Sentence == drug.Sentence; i++)
        {
            var piece = story.Pieces[i];
            if (piece.Kind == Bit.Drug && (++drugs > LongestList || HasOwn(at, i) && !(story.IsJoined(last, piece)
                && !HasOwnDose(drug, piece)))) return soft;
            if (piece.Kind == Bit.Drug) last = piece;
            if (piece.Kind == Bit.Route && piece.Value is "oral" or "other" && (!isGiven || IsHow(i)
                || IsInstead(at, i)) && (!HasRoute(at, i) || IsInstead(at, i)))
                return "not-injected";
            isGiven |= Story.IsCue(piece, "given") || piece.Kind is Bit.Lot or Bit.Response;
            if (piece.Kind != Bit.Cue || piece.Other != "back" || piece.Value is "self" or "nowaste") continue;
            if (piece.Value == "negated" && IsOfOther(piece, i)) continue;
            // "kit (380 mg vial + diluent)"
            if (piece.Value == "not-injected" && text.Word(piece.FirstToken) is "diluent"
                && (text.IsMark(piece.FirstToken - 1, '+') || text.IsMark(piece.FirstToken - 1, ',')
                    || text.Word(piece.FirstToken - 1) is "and" or "plus" or "with" or "w")) continue;
            if (piece.Value is "plan" or "order" or "hypothetical" or "education" or "allergy" or "held"
                or "not-injected")
            {
                if (isGiven || (piece.FirstToken - drug.EndToken > 12)) continue;
                if (piece.Value is "plan" && i > 0
                    && story.Pieces[i - 1] is { Kind: Bit.Cue, Value: "plan", Other: "forward" }) continue;
                if (piece.Value is "plan" or "not-injected" && HasSiteOrTime(at, i) && !IsPort(at, i)) continue;
            }
            if (piece.Value == "refused" && isGiven && piece.FirstToken - drug.EndToken > 6) continue;
            // "offered, and refused": the stronger word decides
            if (piece.Value is not ("plan" or "order" or "hypothetical" or "education")) return piece.Value;
            if (soft.Length == 0) soft = piece.Value;
        }
        return soft;
    }

    /// <summary>"ordered IM but pt preferred rectal - gave PR": the route of the order, and then another way.</summary>
    bool IsInstead(int at, int route)
    {
        var (order, turn) = (false, false);
        for (var i = at + 1; i < route; i++)
        {
            order |= Story.IsCue(story.Pieces[i], "order") && !turn;
            turn |= order && story.Pieces[i].Kind == Bit.Contrast;
        }
        return turn;
    }

    /// <summary>"given PO": the word before the route is the giving, so this is how.</summary>
    bool IsHow(int route)
    {
        for (var i = route - 1; i >= Math.Max(0, route - 3); i--)
            if (Story.IsCue(story.Pieces[i], "given")
                && story.Pieces[i].EndToken == story.Pieces[route].FirstToken) return true;
        return false;
    }

    /// <summary>"Z-track not used": what was not done is another thing than the drug.</summary>
    bool IsOfOther(Piece cue, int at)
    {
        if (text.Word(cue.EndToken - 1) is not ("used" or "done" or "needed" or "performed" or "required" or "indicated"
            or "necessary"))
            return false;
        var token = cue.FirstToken - 1;
        while (token > 0 && (text.Kind(token) == TokenKind.Mark
            || text.Word(token) is "was" or "is" or "were" or "but")) token--;
        var before = story.Pieces[at - 1];
        return before.EndToken <= token
            && text.Word(token) is not ("dose" or "injection" or "shot" or "med" or "medication" or "drug" or "this");
    }

    bool HasOwn(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
            if (story.Pieces[i].Kind is Bit.Amount or Bit.Route or Bit.Site or Bit.Lot or Bit.Bare) return true;
        return false;
    }

    bool HasRoute(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
            if (story.Pieces[i].Kind is Bit.Route && story.Pieces[i].Value is not ("oral" or "other")) return true;
        return false;
    }

    bool HasSiteOrTime(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
            if (story.Pieces[i].Kind is Bit.Site or Bit.Time or Bit.Span or Bit.Lot) return true;
        return false;
    }

    /// <summary>"heparin 500 units via port flush": the only place is that of a line.</summary>
    bool IsPort(int from, int to)
    {
        for (var i = from + 1; i < to; i++)
            if (story.Pieces[i].Kind is Bit.Time or Bit.Span or Bit.Lot || story.Pieces[i] is { Kind: Bit.Site,
                Value: not ("port" or "picc") }) return false;
        return true;
    }

    /// <summary>What holds for the whole sentence: when, where and for whom it was.</summary>
    string Around(Piece drug)
    {
        var at = drug.Order;
        foreach (var piece in story.InSentence(drug.Sentence))
        {
            if (piece.Kind != Bit.Cue || piece.Other != "sentence" || piece.Value == "syringe" || !IsMeant(piece, drug))
                continue;
            var index = piece.Order;
            var (from, to) = index < at ? (index, at) : (at, index);
            var isParted = false;
            for (var i = from + 1; i < to; i++)
                isParted |= story.Pieces[i].Kind == Bit.Contrast
                    || (piece.Value != "family" && story.Pieces[i].Kind == Bit.Drug
                        && !(index < at && IsHeadOfList(piece)) && HasOwn(Math.Min(i, to), Math.Max(i, to))
                        && !(index > at && piece.Value == "home" && IsListed(drug, story.Pieces[i])))
                    || (index > at && Story.IsCue(story.Pieces[i], "given") && story.Pieces[i].Value == "given"
                        && piece.Value is not ("history" or "elsewhere" or "home" or "family"));
            // said of the drug's own giving, and not of a symptom that began days before it
            if (index > at && piece.Value == "history" && HasSiteOrTime(at, index)
                && !Story.IsCue(story.Pieces[index - 1], "given")) continue;
            if (!isParted) return piece.Value == "family" && GivesIt(piece, drug) ? "home" : piece.Value;
        }
        return "";
    }

    /// <summary>"Daughter gave Lovenox 40 mg": given by the family, and not here.</summary>
    bool GivesIt(Piece family, Piece drug)
    {
        var at = family.EndToken;
        if (IsObject(family)) return false;
        if (text.IsMark(at, '('))
            for (var t = at + 1; t < at + 6; t++)
                if (text.IsMark(t, ')')) at = t + 1;
        if (text.Word(at) is "has" or "had" or "already" or "also") at++;
        return text.Word(at) is "gave" or "gives" or "injected" or "injects" or "administered" or "administers"
            or "given" or "used" or "stuck" or "jabbed"
            or "giving" or "injecting" && drug.FirstToken - at is >= 1 and <= 4;
    }

    /// <summary>"After discussion w/ mom gave ceftriaxone": who was talked to gave nothing.</summary>
    bool IsObject(Piece family) => text.Word(family.FirstToken - 1) is "with" or "to" or "from" or "per" or "of" or "w"
        or "con" || text.IsMark(family.FirstToken - 1, '/') && text.Word(family.FirstToken - 2) is "w" or "c";

    /// <summary>"can't self-inject": that it is not done at home says nothing against this visit.</summary>
    bool IsUnable(Piece cue)
    {
        for (var t = cue.FirstToken - 1; t >= Math.Max(0, cue.FirstToken - 4)
            && text.Kind(t) == TokenKind.Word; t--)
            if (text.Word(t) is "can't" or "cannot" or "cant" or "unable" or "not" or "never" or "doesn't" or "won't"
                or "afraid" or "reluctant" or "refuses" or "declines" or "no" or "stopped" or "longer")
                return true;
        return false;
    }

    bool IsMeant(Piece cue, Piece drug)
    {
        if (cue.Value == "family")
        {
            if (cue.FirstToken > drug.FirstToken) return false;
            if (GivesIt(cue, drug)) return true;
            for (var t = cue.EndToken; t < Math.Min(cue.EndToken + 3, drug.FirstToken); t++)
                if (text.Word(t) is "got" or "gets" or "takes" or "had" or "has" or "is" or "was" or "received"
                    or "uses" or "on"
                    or "also" or "recently" or "allergic" or "recibe" or "usa" or "toma")
                    return true;
            return false;
        }
        if (cue.Value == "home" && (IsUnable(cue) || text.Word(cue.FirstToken - 1) is "premeds" or "premed"
            or "premedications")) return false; // "premeds at home 0800"
        if (cue.Value == "elsewhere" && cue.FirstToken > drug.FirstToken && text.Word(cue.FirstToken - 1) is "given"
            && text.Word(cue.FirstToken - 2) is "be") return false; // "the rest to be given at the hospital"
        if (text.Word(cue.FirstToken) is "there" && cue.EndToken == cue.FirstToken + 1)
            return cue.FirstToken > drug.FirstToken
                && (text.Kind(cue.EndToken) is TokenKind.Mark or TokenKind.Break || cue.EndToken >= text.Count);
        if (cue.Value == "history" && text.Word(cue.FirstToken) is "hace")
            return text.Kind(cue.EndToken) == TokenKind.Number && cue.FirstToken > drug.FirstToken;
        return true;
    }

    /// <summary>"mom held", "held in lap": a child was held, and no dose.</summary>
    bool IsOfChild(Piece cue) => cue.Value == "held" && text.Word(cue.FirstToken) is "held" or "hold" or "holding"
        && (cue.Order > 0 && story.Pieces[cue.Order - 1] is { Kind: Bit.Cue, Value: "family" } by
            && by.EndToken == cue.FirstToken
            || text.Word(cue.EndToken) is "child" or "pt" or "infant" or "baby" or "still" or "hand" or "down"
                or "him" or "her" or "securely" or "firmly" || text.Word(cue.EndToken) is "in" or "on" or "by"
                && story.Lexicon.Is("lap", text.Word(cue.EndToken + 1)));

    /// <summary>A sentence that follows and names no drug, but says that it was not given.</summary>
    string Later(Piece drug)
    {
        var next = story.NextDrug(drug);
        var last = next?.Sentence ?? int.MaxValue;
        for (var s = drug.Sentence + 1; s <= drug.Sentence + 2 && s < last; s++)
        {
            var first = story.FirstIn(s);
            var begin = first < story.Pieces.Count ? story.Pieces[first].FirstToken : 0;
            while (begin > 0 && story.Scan.SentenceOf(begin - 1) == s) begin--;
            foreach (var piece in story.InSentence(s))
            {
                if (Story.IsCue(piece, "given") || piece.Kind == Bit.Lot) return "";
                if (piece.Kind == Bit.Cue && piece.Other is "back" or "turned"
                    && piece.Value is "refused" or "held" or "negated" && piece.FirstToken - begin <= 14
                    && !IsOfUnknown(begin, piece) && !IsOfChild(piece))
                    return piece.Value;
            }
        }
        return "";
    }
}
