namespace Deltoid.Notes;

/// <summary>Which of the drugs that are named were given, one entry a puncture or bag, and which are set
/// aside.</summary>
internal sealed partial class GivenDrugs(Story story, NoteReading reading, GivingWeights? weights)
{
    /// <summary>So many entries one note can have.</summary>
    const int MostEntries = 60;

    readonly NoteText text = story.Text;

    public List<GivenDrug> Find(VisitFacts visit)
    {
        var verdicts = new Verdicts(story);
        var why = new Dictionary<Piece, string>();
        foreach (var drug in story.Drugs) why[drug] = verdicts.Of(drug);
        foreach (var drug in story.Drugs)
            if (why[drug] == Verdicts.Doubt) AskWhether(drug, why);
        StillNotGiven(why, verdicts);
        var owners = new Owners(story);
        foreach (var drug in story.Drugs)
            if (why[drug] == "order" && HasRun(drug, owners, why)) why[drug] = "";
        var owned = owners.Share(d => why[d] is "" or "prepared");
        Fluids(why, owned);
        owned = owners.Share(d => why[d] is "" or "prepared");
        foreach (var drug in story.Drugs)
            if (why[drug].Length == 0 && !IsShown(drug, owned[drug], verdicts) && !RunsLater(drug, owned)
                && !HasDoseBefore(drug, owned)) why[drug] = "none";
        Doubtful(why, owned, verdicts, owners);
        Weigh(why);
        owned = owners.Share(d => why[d] is "" or "prepared");
        Kits(why, owned);
        SameDrugAgain(why, owned);
        Stickers(why, owned);
        Unfinished(owned);
        var given = new List<GivenDrug>();
        foreach (var drug in story.Drugs)
        {
            drug.IsGiven = why[drug].Length == 0;
            if (why[drug] is "" or "prepared" && given.Count < MostEntries)
                Split(drug, owned[drug], why[drug] == "prepared", given);
            else if (why[drug] is not "none" and not "again") Ignore(drug, why[drug]);
        }
        IgnoreHidden();
        foreach (var drug in story.Drugs)
            if (why[drug] == "history" && owned[drug].Find(static p =>
                p is { Kind: Bit.Date, Other: "last" }) is { } last)
                given.Find(g => g.Drug.Value == drug.Value)?.Pieces.Add(last);
        Unknown(verdicts);
        Shared(given);
        given.RemoveAll(IsEmpty);
        if (!visit.IsDaySure(given)) DayUnknown(given);
        for (var i = 0; i < given.Count; i++)
            new DrugFacts(story, given[i], $"/administrations/{i}", reading.Questions).Make();
        return given;
    }

    /// <summary>"Here for Prolia, NOT GIVEN. Prolia 60 mg back in the fridge": what was not given stays so until words
    /// of giving, or a route with a place.</summary>
    void StillNotGiven(Dictionary<Piece, string> why, Verdicts verdicts)
    {
        var refused = new Dictionary<string, string>();
        foreach (var drug in story.Drugs)
        {
            if (why[drug] is "negated" or "refused" or "held") refused[drug.Value] = why[drug];
            else if (why[drug].Length > 0 || !refused.TryGetValue(drug.Value, out var reason)) continue;
            else if (verdicts.IsSaidGiven(drug) || verdicts.HasRouteAndPlace(drug)) refused.Remove(drug.Value);
            else why[drug] = reason;
        }
    }

    /// <summary>"Mobicoxin injection 40 mg SQ R arm given": a name that no list has, with words of giving or a route
    /// and a place. What it is, is asked.</summary>
    void Unknown(Verdicts verdicts)
    {
        foreach (var name in story.Pieces.Where(static p => p.Kind == Bit.Stranger))
            if (verdicts.IsSaidGiven(name) || verdicts.HasRouteAndPlace(name))
                reading.Questions.Add(new("drug", "/administrations", "which drug was given", [],
                    [story.Quote(name.Start, name.End)]));
    }

    /// <summary>An entry without words of how much, how or where; or drawn up, with no word that it was not
    /// given.</summary>
    bool IsEmpty(GivenDrug one) => one.IsNotGiven
        ? !one.Pieces.Exists(static p => p is { Kind: Bit.Cue, Other: "back", Value: "negated" or "refused" or "held" })
        : one.Drug.Drug?.Vaccine is null && one.Drug.Drug?.Group is not ("vaccine" or "allergen")
            && !one.Pieces.Exists(static p => p.Kind is Bit.Amount or Bit.Bare or Bit.Strength or Bit.Percent
                or Bit.Route or Bit.Site or Bit.Lot or Bit.Container);

    /// <summary>A place or a time in the drug's sentence, what came of it, a word of giving, a ticked box, a field of a
    /// form; a lot with a route or a place; a procedure.</summary>
    bool IsSure(Piece drug, List<Piece> own, Verdicts verdicts)
    {
        var isPlaced = own.Exists(p => p.Kind is Bit.Site or Bit.Response
            || drug.Drug?.Vaccine is not null && p is { Kind: Bit.Person, Other: not "order" } || p.Kind is Bit.Route
            && p.Value is not ("oral" or "other") || Story.IsCue(p, "nowaste"))
            // "155 units, 45 units wasted": a part was given; a vial that was thrown away has no dose
            || own.Exists(static p => p is { Kind: Bit.Label, Value: "waste" })
                && own.Count(static p => p.Kind == Bit.Amount) > 1;
        return drug.IsLabeled || drug.Other is "repeat" or "part" || IsTicked(drug) || IsField(drug)
            || IsRecord(drug, own)
            || own.Exists(p => p.Kind is Bit.Site or Bit.Time or Bit.Response
                && (p.Sentence == drug.Sentence || p.IsLabeled)
                || p.Kind is Bit.Span || p.Kind is Bit.Lot or Bit.Ndc && isPlaced
                || p is { Kind: Bit.Label, Value: "start" or "stop" }
                || p.Kind == Bit.Route && p.Value is not ("im" or "sc" or "iv" or "iv-push" or "iv-infusion" or "oral"
                    or "other") || Story.IsCue(p, "split"))
            || verdicts.IsSaidGiven(drug) || verdicts.IsGivenLater(drug) || verdicts.IsListedAsGiven(drug);
    }

    /// <summary>"B12 INJ #4. 1,000 MCG IM L DELT.", "Tysabri #14. Pre: afebrile. 300 mg in 100 mL NS IV 1302-1404.":
    /// amount, route and place or times in a sentence of their own, at most one after the next.</summary>
    bool IsRecord(Piece drug, List<Piece> own) => IsRecord(own, drug.Sentence + 1) || IsRecord(own, drug.Sentence + 2);

    bool IsRecord(List<Piece> own, int sentence)
    {
        bool Has(Bit kind) => own.Exists(p => p.Kind == kind && p.Sentence == sentence);
        var isSaid = story.InSentence(sentence).Any(static p => Story.IsCue(p, "given"));
        return Has(Bit.Amount) && (Has(Bit.Site) || Has(Bit.Span) || isSaid) && Has(Bit.Route)
            && !story.InSentence(sentence).Any(static p => p is { Kind: Bit.Cue, Value: not "given" });
    }

    /// <summary>"Medication: Toradol".</summary>
    bool IsField(Piece drug) => drug.Order > 0 && story.Pieces[drug.Order - 1] is { Kind: Bit.Label, Value: "drug" };

    bool IsTicked(Piece drug)
    {
        var isTicked = drug.Order + 1 < story.Pieces.Count
            && story.Pieces[drug.Order + 1] is { Kind: Bit.Box } box && box.FirstToken == drug.FirstToken;
        for (var i = drug.Order; i >= 0 && drug.FirstToken - story.Pieces[i].FirstToken <= 2; i--)
            isTicked |= story.Pieces[i].Kind == Bit.Box;
        return isTicked;
    }

    /// <summary>Whether the note shows that the drug was given: an amount with a route or a place, a lot, a word of
    /// it.</summary>
    bool IsShown(Piece drug, List<Piece> own, Verdicts verdicts)
    {
        bool Has(Bit kind) => own.Exists(p => p.Kind == kind && p.Sentence <= drug.Sentence + 4);
        var amount = Has(Bit.Amount) || Has(Bit.Bare) || own.Exists(static p => p is { Kind: Bit.Strength });
        var route = own.Exists(static p => p.Kind == Bit.Route && p.Value is not ("oral" or "other"));
        var place = own.Exists(p => p.Kind == Bit.Site && p.Sentence == drug.Sentence)
            || own.Exists(static p => p.Kind == Bit.Site && p.IsLabeled);
        // a label that was pasted has an amount and a lot, and nobody who gave it
        if (Has(Bit.Lot) && (route || place || drug.Drug?.Vaccine is not null
            || amount && story.Pieces.Exists(static p => p.Kind is Bit.Person or Bit.Time or Bit.Response or Bit.Site
                or Bit.Span || Story.IsCue(p, "given")))) return true;
        if (amount && (route || place || verdicts.IsListedAsGiven(drug))) return true;
        if (route && place) return true;
        if ((IsTicked(drug) || IsField(drug) || drug.IsLabeled) && (amount || route || place)) return true;
        if ((Has(Bit.Span) || own.Exists(static p => p is { Kind: Bit.Label, Value: "start" or "stop" })) && amount)
            return true;
        if (amount && story.NextDrug(drug) is { } next && story.IsJoined(drug, next)
            && story.InSentence(drug.Sentence).Any(p =>
            p.Order > next.Order && p.Kind == Bit.Route && p.Value is not ("oral" or "other")))
            return true;
        if (amount && drug.DrugOrder > 0 && story.Drugs[drug.DrugOrder - 1] is var before
            && story.IsJoined(before, drug)
            && (before.IsLocal || drug.IsLocal))
            return true;
        // "5 mL bupivacaine + 40 mg triamcinolone": mixed, in this order or the other
        if (amount && drug.IsLocal && story.NextDrug(drug) is { } with && story.IsJoined(drug, with)) return true;
        if (!verdicts.IsSaidGiven(drug)) return false;
        return amount || route || Has(Bit.Site) || Has(Bit.Lot) || drug.Drug?.Vaccine is not null
            || drug.Drug?.Group is "vaccine" or "allergen";
    }

    /// <summary>Saline and the like are given as a drug only where they are hung by themselves.</summary>
    void Fluids(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned)
    {
        foreach (var drug in story.Drugs)
        {
            if (why[drug].Length > 0) continue;
            var name = drug.Drug?.Name ?? "";
            if (IsLocal(drug, name) || IsDye(drug, name)) why[drug] = "not-injected";
            if (!IsFluid(name)) continue;
            var volume = owned[drug].Find(static p => p.Kind == Bit.Amount && p.Amount.IsVolume);
            var isLarge = volume is not null && volume.Amount.Base >= 200;
            var own = owned[drug].Exists(static p => p.Kind is Bit.Span or Bit.Time
                || p is { Kind: Bit.Route, Value: "iv-infusion" or "iv-push" })
                || text.Word(drug.EndToken) is "bolus" or "hydration" || text.Word(drug.FirstToken - 1) is "bolus";
            var isCarrier = text.Word(drug.FirstToken - 1) is "in" or "with" || text.IsMark(drug.FirstToken - 1, '/')
                || volume is not null && (text.Word(volume.FirstToken - 1) is "in" or "with"
                || text.IsMark(volume.FirstToken - 1, '/'));
            if (!isLarge || !own || isCarrier) why[drug] = "not-injected";
        }
    }

    public static bool IsFluid(string name) =>
        name is "sodium chloride 0.9%" or "lactated ringers" or "dextrose 5% in water"
        or "sterile water or saline diluent" or "hypertonic saline" or "dextrose 5% in normal saline"
        or "dextrose 5% in lactated ringers";

    /// <summary>A local anesthetic that dissolves another drug, or numbs the skin for it.</summary>
    bool IsLocal(Piece drug, string name)
    {
        if (name is not ("lidocaine" or "bupivacaine" or "lidocaine with epinephrine")) return false;
        for (var t = drug.FirstToken - 1; t >= Math.Max(0, drug.FirstToken - 8); t--)
        {
            if (text.Word(t) is "skin" && text.IsMark(t + 1, ':')) return true;
            if (text.Word(t) is "reconstituted" or "recon" or "diluted" or "reconst" or "mixed" or "numbed"
                or "anesthetized" or "wheal"
                or "reconstituida" or "dissolved" or "anesthesia" or "local")
                return !(text.Word(t) is "mixed" && text.Word(t + 1) is "in" or "together");
            if (story.Scan.SentenceOf(t) != drug.Sentence) break;
        }
        // stitches and the like are no injection of a drug
        for (var t = drug.FirstToken - 1; t >= 0 && story.Scan.SentenceOf(t) == drug.Sentence; t--)
            if (IsRepair(t)) return true;
        for (var t = drug.EndToken; t < text.Count && story.Scan.SentenceOf(t) == drug.Sentence; t++)
            if (IsRepair(t)) return true;
        // "inserted after 2 mL of 1% lidocaine"
        var first = drug.Order;
        while (first > 0 && story.Pieces[first - 1].Kind is Bit.Amount or Bit.Percent
            && story.Pieces[first].FirstToken - story.Pieces[first - 1].EndToken <= 1) first--;
        if (text.Word(story.Pieces[first].FirstToken - 1) is "after" or "skin" or "numbing") return true;
        for (var t = drug.EndToken; t < Math.Min(text.Count, drug.EndToken + 6); t++)
            if (text.Word(t) is "diluent" or "wheal" or "anesthesia" or "local" or "anesthetic") return true;
        return false;
    }

    bool IsRepair(int token) => story.Lexicon.Is("repair", text.Word(token));

    /// <summary>
    /// A drug that is named again without an amount, a route or a lot of its own is the one that was given before; a
    /// correction adds to it.
    /// </summary>
    void SameDrugAgain(Dictionary<Piece, string> why, Dictionary<Piece, List<Piece>> owned)
    {
        var last = new Dictionary<string, Piece>();
        foreach (var drug in story.Drugs)
        {
            // "pt brought own Ajovy PFS. Ajovy 225 mg SC R abd": what it came in is said first
            if (why[drug] == "none" && story.NextDrug(drug) is { } used && used.Value == drug.Value
                && why[used].Length == 0 && used.Sentence == drug.Sentence + 1)
                owned[used].AddRange(owned[drug].Where(p => p.Kind is Bit.Source or Bit.Container
                    && !owned[used].Exists(o => o.Kind == p.Kind)).ToList());
            var isTakenBack = why[drug] is "negated" or "refused" or "held"
                && last.TryGetValue(drug.Value, out var drawn) && why[drawn] == "prepared";
            var isLater = why[drug] == "none" && last.ContainsKey(drug.Value)
                && owned[drug].Exists(static p => p.Kind is Bit.Lot or Bit.Expiry or Bit.Ndc or Bit.Container
                    || p is { Kind: Bit.Label, Value: "stop" });
            if ((why[drug] is not ("" or "prepared") && !isTakenBack && !isLater) || drug.Other == "repeat") continue;
            if (!last.TryGetValue(drug.Value, out var first) && (drug.Drug?.Vaccine is not { } vaccine
                || !last.TryGetValue(vaccine.Family, out first)
                || (!vaccine.Code.IsNone && !first.Drug!.Vaccine!.Code.IsNone)))
            {
                last[drug.Value] = drug;
                if (drug.Drug?.Vaccine is { } family) last[family.Family] = drug;
                continue;
            }
            // one vial was thrown away, the next one was given
            if (why[first] is "prepared" && why[drug].Length == 0 && owned[first].Exists(static p =>
                p is { Kind: Bit.Cue, Other: "back", Value: "negated" or "refused" or "held" }))
            {
                last[drug.Value] = drug;
                continue;
            }
            // the product says more than "flu shot"
            if (first.Drug?.Vaccine?.Code.IsNone == true && drug.Drug?.Vaccine?.Code.IsNone == false)
                (first.Value, first.Drug, first.Start, first.End) = (drug.Value, drug.Drug,
                    drug.FirstToken - first.EndToken <= 2 ? first.Start : drug.Start, drug.End);
            var own = owned[drug];
            var corrects = own.Exists(static p => p.Corrects)
                || story.InSentence(drug.Sentence).Any(p => Story.IsCue(p, "correction"));
            var isSecondRecord = IsSecondRecord(first, drug, owned[first], own);
            if (!corrects && !isTakenBack && !isSecondRecord && !IsEndOf(owned[first], own)
                && IsAnother(owned[first], own, drug)) continue;
            why[drug] = "again";
            foreach (var piece in own) piece.IsOfSecondRecord = isSecondRecord;
            if (owned[first].Count > Owners.MostOwned) continue;
            owned[first].AddRange(own);
            owned[first].Sort(static (x, y) => x.Order.CompareTo(y.Order));
        }
    }

    /// <summary>A second puncture of one drug has a place, a time or a lot that differs.</summary>
    static bool IsAnother(List<Piece> first, List<Piece> second, Piece drug)
    {
        bool Differs(Bit kind)
        {
            var (left, right) = (first.Find(p => p.Kind == kind), second.Find(p => p.Kind == kind));
            return left is not null && right is not null && left.Value != right.Value;
        }
        var amount = second.Exists(static p => p.Kind is Bit.Amount or Bit.Bare or Bit.Strength);
        // a push at 0930 and a bag from 1035
        var (at, then) = (first.Find(IsTime), second.Find(IsTime));
        var differs = at is not null && then is not null && at.Value != then.Value;
        return amount && (Differs(Bit.Site) || differs || Differs(Bit.Lot))
            || (drug.Drug?.Vaccine is not null && Differs(Bit.Lot));
    }

    static bool IsTime(Piece piece) => piece.Kind is Bit.Time or Bit.Span;

    /// <summary>A dose given in parts, each with its amount and its place, is an entry a part.</summary>
    void Split(Piece drug, List<Piece> own, bool isNotGiven, List<GivenDrug> given)
    {
        var parts = Parts(drug, own);
        if (parts.Count < 2)
        {
            var one = new GivenDrug(drug) { IsNotGiven = isNotGiven };
            one.Pieces.AddRange(own);
            given.Add(one);
            return;
        }
        var isSplit = own.Exists(p => Story.IsCue(p, "split"));
        var places = parts.ConvertAll(static p => p.Site);
        foreach (var (amount, site) in parts)
        {
            var part = new Piece
            {
                Kind = Bit.Drug, Value = drug.Value, Drug = drug.Drug, Start = drug.Start, End = drug.End,
                    FirstToken = drug.FirstToken,
                EndToken = drug.EndToken, Sentence = drug.Sentence, Order = drug.Order, DrugOrder = drug.DrugOrder,
                    Other = isSplit ? "part" : "",
            };
            var one = new GivenDrug(part) { IsNotGiven = isNotGiven };
            if (!own.Contains(amount)) one.Pieces.Add(amount);
            one.Pieces.AddRange(own.Where(p => !IsRouteOfLater(p, site, places[^1]) && !IsOfPart(p, site, places, own)
                && (p == amount || p == site || (!places.Contains(p) && (p.Kind != Bit.Amount
                || p.Other == "count" && p.FirstToken > amount.EndToken && p.EndToken != amount.EndToken)))));
            given.Add(one);
        }
    }

    /// <summary>"5000 units LLQ 0600, 5000 units RLQ 1400": of several times, each is of the part before it.</summary>
    static bool IsOfPart(Piece piece, Piece site, List<Piece> places, List<Piece> own)
    {
        var part = places.FindLast(p => p.FirstToken < piece.FirstToken);
        // "pt self-injected the first R abd … the second I gave L abd"
        if (Story.IsCue(piece, "self") && part is null && own.Exists(p => p.FirstToken > places[0].FirstToken
            && Story.IsCue(p, "given"))) part = places[0];
        return (piece.Kind is Bit.Time or Bit.Lot or Bit.Expiry && own.Count(p => p.Kind == piece.Kind) >= places.Count
            || Story.IsCue(piece, "self")) && part is not null && part != site;
    }

    /// <summary>"3 mL around the wound, 2.1 mL IM R thigh": the route of a later part is not that of one
    /// before.</summary>
    static bool IsRouteOfLater(Piece piece, Piece site, Piece last) => piece.Kind == Bit.Route && site != last
        && piece.FirstToken >= site.EndToken && piece.FirstToken < last.FirstToken;

    /// <summary>"1 g R glut, 1 g L glut" and "1 g each in R and L glut": an amount and a place, twice or
    /// more.</summary>
    List<(Piece Amount, Piece Site)> Parts(Piece drug, List<Piece> own)
    {
        var parts = new List<(Piece, Piece)>();
        if (drug.Drug?.Group == "toxin" || own.Exists(static p => p is { Kind: Bit.Route, Value: "trigger-point" }))
            return parts;
        Piece? amount = null, each = null;
        var times = 0;
        var places = new List<Piece>();
        foreach (var piece in own)
        {
            if (piece.IsOfSecondRecord) continue;
            if (piece.Corrects) return [];
            if (piece.Kind == Bit.Amount && IsEach(piece, out var many) && !(piece.Amount.IsVolume
                && own.Exists(static p => p.Kind == Bit.Amount && Owners.IsOfDrug(p.Amount))))
                (each, times, amount) = (piece, many, piece.Other == "count" ? amount : piece);
            else if (piece.Kind == Bit.Amount && piece.Other != "count") amount = piece;
            else if (piece.Kind == Bit.Site && (piece.Sentence <= drug.Sentence + 2
                || own.Exists(p => p.Kind == Bit.Route && p.Sentence == piece.Sentence)))
            {
                places.Add(piece);
                if (amount is null) continue;
                parts.Add((amount, piece));
                amount = null;
            }
        }
        if (parts.Exists(p => BeginsWithName(p.Item1, drug))) return [];
        if (each is not null && Shares(each, times, places, own) is { Count: > 1 } shares) return shares;
        return parts.Count > 1 && parts.TrueForAll(p => p.Item1.Amount.IsComparableTo(parts[0].Item1.Amount)
                || text.Word(p.Item1.FirstToken - 1) is "remainder" or "rest" or "remaining")
            && parts.TrueForAll(p => p.Item2.Value != parts[0].Item2.Value || p == parts[0]) ? parts
            : [];
    }

    /// <summary>"Foozix (adult)   1 mL   IM": a part's line that begins with a name which no list knows.</summary>
    bool BeginsWithName(Piece amount, Piece drug)
    {
        var first = amount.FirstToken;
        while (first > drug.EndToken && amount.FirstToken - first < MostNameTokens
            && text.Kind(first - 1) != TokenKind.Break) first--;
        return first > drug.EndToken && text.Kind(first - 1) == TokenKind.Break && text.Kind(first) == TokenKind.Word
            && char.IsUpper(text.Written(first)[0]) && !story.Lexicon.Words.TryFind(text, first, out _)
            && !story.Lexicon.Drugs.IsPlain(text.Word(first));
    }

    const int MostNameTokens = 8;

    /// <summary>"150 mg each", "200 mg x 2", "two 150 mg injections", "2 x 120 mg": the amount of one
    /// puncture.</summary>
    bool IsEach(Piece amount, out int times)
    {
        times = 0;
        // "500 mg (2 x 250 mg/5 mL PFS)" says what the box held
        if (amount.Other == "count" && !text.Folded[amount.Start..amount.End].Contains('/')) times = amount.Number;
        else if (AfterRoute(amount) is var at && text.Word(at) is "x" && text.Word(at + 1) is "2" or "3" or "4")
            times = text.Word(at + 1)[0] - '0';
        else if (Numbers.Small(text.Word(amount.FirstToken - 1)) is >= 2 and <= 4 and var small
            && text.Word(amount.EndToken) is "injections" or "shots" or "doses" or "syringes" or "punctures" or "pens"
                or "pfs" or "prefilled" or "vials" or "autoinjectors")
            times = small;
        return times is >= 2 and <= 4
            || text.Word(amount.EndToken) is "each" or "per" || text.Word(amount.EndToken + 1) is "each";
    }

    int AfterRoute(Piece amount) => amount.Order + 1 < story.Pieces.Count
        && story.Pieces[amount.Order + 1] is { Kind: Bit.Route } route && route.FirstToken == amount.EndToken
        ? route.EndToken : amount.EndToken;

    /// <summary>One entry a puncture where the note names as many places as punctures.</summary>
    List<(Piece Amount, Piece Site)> Shares(Piece each, int times, List<Piece> places, List<Piece> own)
    {
        var one = each.Other == "count" ? OneOf(each) : each;
        places = [.. places.DistinctBy(static p => p.Value)];
        if (places.Count > 1 && (times == 0 || times == places.Count)) return places.ConvertAll(p => (one, p));
        var isDouble = own.Exists(p => p.Kind == Bit.Amount && p.Other != "count" && p.Amount.IsComparableTo(one.Amount)
            && p.Amount.Base == 2 * one.Amount.Base);
        if (!isDouble || each.Other == "count" || places.Count > 1) return [];
        var place = places.Count == 1 ? places[0] : each;
        return [(each, place), (each, place)];
    }

    /// <summary>The amount within "2 x 120 mg".</summary>
    Piece OneOf(Piece count)
    {
        var at = count.FirstToken + 1;
        while (at < count.EndToken && !Notes.Amounts.TryRead(text, at, out _)) at++;
        if (!Notes.Amounts.TryRead(text, at, out var found)) return count;
        return new()
        {
            Kind = Bit.Amount, Value = Notes.Amounts.Written(found.Amount), Amount = found.Amount,
            Start = text[at].Start, End = count.End, FirstToken = at, EndToken = count.EndToken,
            Sentence = count.Sentence, Order = count.Order,
        };
    }

    void Ignore(Piece drug, string why)
    {
        // beside a drug that was given, only its own words
        var (start, end) = why == "not-injected"
            && story.InSentence(drug.Sentence).Any(p => p.Kind == Bit.Drug && p != drug)
            ? (drug.Start, drug.End)
            : story.Around(drug);
        if (reading.Ignored.Count == 0 || reading.Ignored[^1].Start != start || reading.Ignored[^1].Why != why)
            reading.Ignored.Add(new(start, end, why));
        if (why is "refused" or "held" && !reading.Refused.Exists(r => r.Drug == drug.Value))
            reading.Refused.Add(new(why, drug.Value, OfSentence(drug, Bit.Amount), OfSentence(drug, Bit.Route), start,
                end));
    }

    /// <summary>The one value of a kind in the sentence of a drug that stands there alone.</summary>
    string OfSentence(Piece drug, Bit kind)
    {
        var all = story.InSentence(drug.Sentence).ToList();
        var values = all.FindAll(p => p.Kind == kind).ConvertAll(static p => p.Value);
        return all.Count(static p => p.Kind == Bit.Drug) == 1 && values.Distinct().Count() == 1 ? values[0] : "";
    }

    void IgnoreHidden()
    {
        foreach (var part in story.Hidden.Parts)
        {
            if (part.Why == "negated" && !HasDrug(part)) continue;
            var (start, end) = (part.Start, Math.Min(part.End, part.Start + 300));
            while (end > start && char.IsWhiteSpace(text.Text[end - 1])) end--;
            if (end > start) reading.Ignored.Add(new(start, end, part.Why));
        }
        reading.Ignored.Sort(static (x, y) => x.Start.CompareTo(y.Start));
    }

    bool HasDrug(HiddenPart part)
    {
        for (var t = text.TokenAt(part.Start); t < text.Count && text[t].Start < part.End; t++)
            if (story.Lexicon.Drugs.TryFind(text, t, out _)) return true;
        return false;
    }
}
