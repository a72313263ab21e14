namespace Deltoid.Notes;

/// <summary>Words of the lexicon: drugs, labels, routes, people, cues.</summary>
internal sealed partial class Scan
{
    int ReadWords(int i)
    {
        var isWord = words.TryFind(text, i, out var found);
        if (lexicon.Drugs.TryFind(text, i, out var drug) && !IsIllness(i, drug)
            && (!isWord || drug.EndToken >= found.EndToken)
            && !IsOnlyLabel(i, found, isWord) && !IsWithout(i) && !(text.Word(i) is "insulin"
            && text.Word(i + 1) is "syringe" or "needle"))
        {
            var piece = Add(Bit.Drug, i, drug.EndToken, drug.Name);
            piece.Drug = drug.Drug;
            piece.Other = drug.IsGuess ? "guess" : "";
            return IsLotDue(i, drug.EndToken) && AddLot(drug.EndToken, drug.EndToken) is > 0 and var afterLot
                ? afterLot : drug.EndToken;
        }
        if (ReadMix(i) is > 0 and var afterMix) return afterMix;
        if (text.Word(i) is "but" or "however" or "today" or "now" or "then" or "instead" or "hoy" or "pero" or "yet")
            Add(Bit.Contrast, i, i + 1, text.Word(i).ToString());
        if (text.Word(i) is "dr" or "dra" or "doctor" or "doc") return ReadTitle(i);
        // "lM" of a scan
        if (text.Written(i) is "lM" or "lV")
            return Add(Bit.Route, i, i + 1, text.Word(i) is "lm" ? "im" : "iv").EndToken;
        if (!isWord) return i + 1;
        var end = i + 1;
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
        {
            if (!WordTable.IsAllowed(text, i, found.EndToken, sense)) continue;
            end = Math.Max(end, ReadSense(sense, i, found.EndToken));
        }
        return end;
    }

    /// <summary>"lido w/o epi": what it was without.</summary>
    bool IsWithout(int i) => text.Word(i) is "epi" or "epinephrine" && (text.Word(i - 1) is "without" or "sin"
        || text.Word(i - 1) is "o" && text.IsMark(i - 2, '/') && text.Word(i - 3) is "w");

    /// <summary>"Decadron for COVID cough": the illness, and not its vaccine.</summary>
    bool IsIllness(int i, DrugMention drug) => drug.Drug?.Vaccine is not null && drug.EndToken == i + 1
        && lexicon.Is("illness", text.Word(i)) && (lexicon.Is("before-illness", text.Word(i - 1))
            || lexicon.Is("after-illness", text.Word(i + 1)));

    /// <summary>"Lot Vaxelis U7721AA", and "Kenalog KE119 exp 07/28".</summary>
    bool IsLotDue(int drug, int end) => text.Kind(end) is TokenKind.Word or TokenKind.Number
        && text.Word(end).ContainsAnyInRange('0', '9') && text[end].Length >= 3
        && Amounts.UnitAt(text, end + 1, out _) == default && !Amounts.TryRead(text, end, out _)
        && (words.TryFind(text, text.IsMark(drug - 1, ':') ? drug - 2 : drug - 1, out var before)
        && IsLabel(before, "lot")
            || words.TryFind(text, end + 1, out var after) && IsLabel(after, "exp"));

    /// <summary>"Epi" is a drug, and "NS" may be; a word such as "depo" in "depo shot given" is too.</summary>
    bool IsOnlyLabel(int i, Found found, bool isWord)
    {
        if (!isWord) return false;
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Label && text.IsMark(found.EndToken, ':')) return true;
        return text.Word(i) is "hep" or "mag" && found.EndToken > i + 1;
    }

    int ReadSense(Sense sense, int i, int end)
    {
        switch (sense.Kind)
        {
            case Meaning.Route:
                // "IV solution", "IV start": no route of a drug
                if (sense.Value == "iv" && text.Word(end) is "solution" or "form" or "formulation" or "preparation"
                    or "access" or "line" or "start" or "starts" or "team" or "catheter" or "pole" or "tubing"
                    or "removed" or "infiltrated" or "attempt" or "attempts")
                    break;
                Add(Bit.Route, i, end, sense.Value);
                break;
            case Meaning.Side: return ReadSide(sense.Value, i, end);
            case Meaning.Place: return ReadPlace(sense.Value, i, end);
            case Meaning.Site: return ReadShortSite(sense.Value, i, end);
            case Meaning.Container: Add(Bit.Container, i, end, sense.Value); break;
            case Meaning.Source:
                // "VFC eligible" does not say whose vaccine was used
                if (text.Word(end) is "eligible" or "ineligible" or "eligibility" or "status" or "screened") break;
                if (text.Word(i - 1) is "not" or "non" or "no" or "isn't" || text.IsMark(i - 1, '-')
                    && text.Word(i - 2) is "non") break;
                Add(Bit.Source, i, end, sense.Value);
                if (end > i + 1 && text.Word(end - 1) is "pen" or "pens" or "syringe" or "syringes" or "vial" or "vials"
                    or "sdv" or "mdv" or "pfs" or "autoinjector" or "kit") return end - 1;
                break;
            case Meaning.Role: return ReadRole(sense.Value, i, end);
            case Meaning.Supervision: ReadSupervision(sense.Value, i, end); break;
            case Meaning.Response:
                if (!IsOfFood(end) && !IsOfEarlier(end) && text.Word(i - 1) is not "as")
                    Add(Bit.Response, i, end, sense.Value);
                break;
            case Meaning.Reason: Add(Bit.Reason, i, end, text.Text[text[i].Start..text[end - 1].End]); break;
            case Meaning.Work: Add(Bit.Work, i, end); break;
            case Meaning.Sex: ReadSex(sense.Value, i, end); break;
            case Meaning.Fact: Add(Bit.Fact, i, end, sense.Value); break;
            case Meaning.Imaging: Add(Bit.Imaging, i, end, sense.Value); break;
            case Meaning.Payer: ReadPayer(sense.Value, i, end); break;
            case Meaning.Label:
                if (IsGivingWord(i) && end == i + 2 && !IsNotYet(i) && IsPlaceOrTime(end)) AddGiving(i, i + 1);
                return ReadLabel(sense.Value, i, end);
            case Meaning.Section: ReadSection(sense.Value, i, end); break;
            case Meaning.Cue:
                var blank = sense.Value.IndexOf(' ', StringComparison.Ordinal);
                // "Start 0930" is a time, and no plan; "Completed 1355" is one, and no history
                if ((sense.Value.StartsWith("plan", StringComparison.Ordinal) && text.Word(i).StartsWith("start")
                    || text.Word(i) is "completed" or "finished" or "complete")
                    && (text.IsMark(end, ':') || Calendar.TryTime(text, end, true, out _, out _)
                    || Pieces.Count > 0 && Pieces[^1].Kind == Bit.Time && Pieces[^1].EndToken == i))
                    break;
                if (text.Word(i) is "run" && text.Word(i - 1) is "hd" or "dialysis" or "hemodialysis" or "treatment")
                    break;
                if (text.Word(i) is "allergy" or "order" or "orders" && IsPlaceOfWork(end)) break;
                // "Missed - off unit" ends a line of doses; "missed two" is said of others
                if (text.Word(i) is "missed" && end == i + 1 && text.Kind(end) == TokenKind.Word) break;
                if (sense.Value is "given here" && IsNotYet(i)) break;
                if (sense.Value is "given here")
                {
                    AddGiving(i, end);
                    break;
                }
                // "There were no complications" is no place
                if (text.Word(i) is "there" && end == i + 1 && text.Kind(end) is TokenKind.Word) break;
                Add(Bit.Cue, i, end, sense.Value[..blank]).Other = sense.Value[(blank + 1)..];
                // "correct lot FN108": the last word is a label
                if (end > i + 1 && text.Word(end - 1) is "lot" or "site" or "dose"
                    && text.Word(i) is "correct") return end - 1;
                break;
            default: return i + 1;
        }
        return end;
    }

    /// <summary>"d/c'd before admin", "until given", "if given": no giving.</summary>
    bool IsNotYet(int i) => text.Word(i - 1) is "before" or "until" or "till" or "unless" or "without" or "if" or "when"
        or "once" or "pre" or "awaiting" or "antes" or "sin" || text.Word(i - 1) is "to" && text.Word(i - 2) is "prior"
        || text.Word(i - 1) is "being" or "was" or "were" && text.Word(i - 2) is "before" or "without" or "until"
        or "it" && text.Word(i - 3) is "before" or "until";

    /// <summary>"Allergy clinic" is no allergy.</summary>
    bool IsPlaceOfWork(int token) => text.Word(token) is "clinic" or "visit" or "dept" or "department" or "office"
        or "nurse" or "center" or "appt" or "md" or "immunotherapy" or "injection" or "shot" or "shots" or "note";

    /// <summary>"Able to tolerate PO": what was tolerated is no drug.</summary>
    bool IsOfFood(int end) => text.Word(end) is "po" or "oral" or "orals" or "fluids" or "liquids" or "diet" or "food"
        or "feeds" or "meals" or "clears" or "ambulation" or "activity" or "exercise" or "breakfast" or "lunch"
        or "solids";

    /// <summary>"No reaction to first dose", "tolerated last infusion well": said of a dose before this one.</summary>
    bool IsOfEarlier(int end)
    {
        var at = end;
        while (at < end + 3 && text.Word(at) is "to" or "with" or "after" or "from" or "w" or "the" or "her" or "his"
            or "any" or "all" or "noted") at++;
        return text.Word(at) is "last" or "previous" or "prior" or "past" or "first" or "1st" or "earlier"
                or "previously"
            && text.Word(at + 1) is not ("night" or "at" or "then");
    }

    int ReadMix(int i)
    {
        if (text.Word(i) is not ("mix" or "vial" or "set" or "bottle" or "mezcla" or "extract" or "serum")) return 0;
        var at = text.IsMark(i + 1, '#') ? i + 2 : i + 1;
        var isNumber = text.Kind(at) == TokenKind.Number && text[at].Length == 1
            && Amounts.UnitAt(text, at + 1, out _) == default;
        var isLetter = text.Kind(at) == TokenKind.Word && text[at].Length == 1 && char.IsUpper(text.Written(at)[0]);
        if (!isNumber && !isLetter) return 0;
        Add(Bit.Mix, i, at + 1, $"allergen extract {text.Word(i)} {text.Written(at)}");
        return at + 1;
    }

    void ReadSex(string value, int i, int end)
    {
        // a letter alone is a sex after an age
        if (end == i + 1 && text[i].Length == 1 && !IsAfterAge(i) && !LastLabel("sex", i) && !IsAfterBirth(i)
            && text.Word(i - 1) is not ("sex" or "sexo" or "gender")) return;
        var start = i;
        while (start > 0 && i - start < 6 && IsAgeWord(text.Word(start - 1), text, start - 1)) start--;
        Add(Bit.Sex, i, end, value, text[start].Start, text[end - 1].End);
    }

    /// <summary>"DOB 03/09/2025  M": a letter after the day of birth, and a gap, a mark or nothing after it.</summary>
    bool IsAfterBirth(int i) => Pieces.Count > 1 && Pieces[^1] is { Kind: Bit.Date } day && i - day.EndToken <= 1
        && Pieces[^2] is { Kind: Bit.Label, Value: "dob" }
        && (text.Kind(i + 1) != TokenKind.Word || text[i + 1].Start - text[i].End > 1);

    bool IsAfterAge(int i) => i > 0 && (text.Kind(i - 1) == TokenKind.Number && text[i].Glue
        || text.Word(i - 1) is "o" or "yo" or "old" or "y" or "yr" or "year");

    static bool IsAgeWord(ReadOnlySpan<char> word, NoteText text, int token) =>
        word is "y" or "o" or "yo" or "yr" or "year" or "old" or "years" or "yrs" || text.IsMark(token, '/')
            || text.IsMark(token, '-')
        || (text.Kind(token) == TokenKind.Number && text[token].Length <= 3);

    void ReadPayer(string value, int i, int end)
    {
        if (LastLabel("payer", i)) Add(Bit.Payer, i, end, value);
    }

    /// <summary>Words that do not say who it was must follow a person.</summary>
    void ReadSupervision(string value, int i, int end)
    {
        var first = text.Word(i);
        var needsPerson = value == "on-site"
            && first is "in" or "on" or "at" or "onsite" or "present" or "was" or "immediately";
        var start = text[i].Start;
        if (needsPerson && text.Word(end) is "with") return; // "at chairside with another pt"
        if (needsPerson)
        {
            var person = PersonBefore(i);
            var isProvider = person is { Value: "physician" or "np" or "pa" };
            var isWord = text.Word(i - 1) is "md" or "provider" or "physician" or "doctor" or "np"
                || text.Word(i - 1) is "allergist" or "oncologist" or "prescriber" && text.IsMark(end, ':')
                || text.Word(i - 2) is "md" or "provider" or "physician" or "doctor" or "supervising";
            if (!isProvider && !isWord && !LastLabel("supervisor", i)) return;
            if (person is not null && isProvider)
            {
                start = person.Start;
                person.Other = "supervisor";
            }
        }
        Add(Bit.Supervision, i, end, value, start, text[end - 1].End);
    }

    Piece? PersonBefore(int token)
    {
        for (var i = Pieces.Count - 1; i >= 0 && token - Pieces[i].EndToken <= 4; i--)
            if (Pieces[i].Kind == Bit.Person && Pieces[i].Sentence == sentences[token]) return Pieces[i];
        return null;
    }

    void ReadSection(string value, int i, int end)
    {
        var isHead = i == 0 || text.Kind(i - 1) == TokenKind.Break || (i > 1 && text.Kind(i - 1) == TokenKind.Mark
            && text.Kind(i - 2) == TokenKind.Break) || sentences[i - 1] != sentences[i];
        var isAlone = text.Kind(end) == TokenKind.Break || end >= text.Count;
        var isLine = i == 0 || text.Kind(i - 1) == TokenKind.Break;
        if ((isHead && text.IsMark(end, ':')) || (isLine && isAlone && text[i].Length > 1))
            Add(Bit.Section, i, end, value).IsLabeled = isLine;
    }

    int ReadLabel(string value, int i, int end)
    {
        // "… NOTE", and "Date:" in the line below
        if (text.Word(i) is "note" && text.Kind(i + 1) == TokenKind.Break) return i + 1;
        var isMarked = text.IsMark(end, ':') || text.IsMark(end, '=') || text.IsMark(end, '#')
            || text.IsMark(end, '.') && text.IsMark(end + 1, '.');
        switch (value)
        {
            case "lot": return ReadLot(i, end, isMarked);
            case "exp": return ReadExpiry(i, end);
        }
        if (!isMarked && NeedsMark(value)) return i + 1;
        if (text.Word(i) is "ed" && text.Kind(end) == TokenKind.Word) return i + 1; // "ED TIMELINE"
        // "complete resolution", "end of day": said of another thing
        if (!isMarked && text.Word(i) is "complete" or "end" && end == i + 1 && text.Kind(end) == TokenKind.Word
            && text.Word(end) is not ("at" or "time" or "o")) return i + 1;
        Add(Bit.Label, i, end, value).IsLabeled = isMarked;
        return end;
    }

    static bool NeedsMark(string label) =>
        label is "drug" or "dose" or "route" or "patient" or "source" or "qty" or "provider"
        or "sex" or "payer" or "volume" or "concentration" or "consent";

    static readonly string[] NoLots =
        ["ON", "IN", "NOT", "SEE", "PER", "EXP", "FOR", "WAS", "IS", "AND", "NA", "NONE", "THE", "OF", "UNKNOWN",
            "NUMBER",
            "IM", "SC", "IV", "SITE", "NO", "BETTER", "LESS", "MORE", "UNK", "DATE", "TO", "RECORDED"];

    int ReadLot(int i, int end, bool isMarked)
    {
        if (text[i].Length <= 2 && end == i + 1 && !isMarked) return i + 1;
        // "Pac lot 6B11. Carbo lot CB2": a short form of a drug that the note names
        if (i > 1 && text.Kind(i - 1) == TokenKind.Word && sentences[i - 2] != sentences[i - 1]
            && !words.TryFind(text, i - 1, out _) && !lexicon.Drugs.TryFind(text, i - 1, out _)) IsLotOf(i - 1);
        var at = end;
        while (at < text.Count && (text.Kind(at) == TokenKind.Mark
            && text.At(text[at].Start) is ':' or '#' or '.' or '=' or '-'
            || text.Word(at) is "no" or "number" or "num" or "nbr" or "is" or "was"))
            at++;
        // "Lot (both) T17723A"
        if (text.IsMark(at, '(') && text.Kind(at + 1) == TokenKind.Word && text.IsMark(at + 2, ')')
            && !text.Word(at + 1).ContainsAnyInRange('0', '9'))
        {
            if (!IsLotOf(at + 1)) return i + 1;
            for (at += 3; text.IsMark(at, ':') || text.IsMark(at, '#');) at++;
        }
        // "Lot number on the Depo-Medrol was DM4410"
        if (text.Word(at) is "on" or "of" or "for" && DrugAt(text.Word(at + 1) is "the" ? at + 2 : at + 1) is > 0
            and var afterDrug)
            for (at = afterDrug; text.Word(at) is "was" or "is" or "vial" || text.IsMark(at, ':');) at++;
        // "Lot/Exp: AB12 / 3-28"
        if (text.IsMark(at, '/') && words.TryFind(text, at + 1, out var other) && IsLabel(other, "exp"))
        {
            at = other.EndToken;
            while (text.IsMark(at, ':') || text.IsMark(at, '#')) at++;
            var afterLot = AddLot(i, at);
            if (afterLot == 0) return i + 1;
            var expiry = afterLot;
            while (text.IsMark(expiry, '/') || text.IsMark(expiry, '-') || text.IsMark(expiry, ',')) expiry++;
            return AddExpiry(i, expiry) is > 0 and var afterBoth ? afterBoth : afterLot;
        }
        if (text.Kind(at) == TokenKind.Break && text.LinesIn(at) == 1) at++;
        return AddLot(i, at) is > 0 and var after ? after : i + 1;
    }

    /// <summary>Adds the drug that is named at a token; where it ends, or 0.</summary>
    int DrugAt(int token)
    {
        if (!lexicon.Drugs.TryFind(text, token, out var drug) || drug.IsGuess) return 0;
        Add(Bit.Drug, token, drug.EndToken, drug.Name).Drug = drug.Drug;
        return drug.EndToken;
    }

    /// <summary>"(both)" says nothing of whose lot it is; "(triam)" names a drug, and a word that is none of the note's
    /// drugs makes the lot another's.</summary>
    bool IsLotOf(int token)
    {
        var word = text.Word(token);
        if (word is "both" or "all" or "kit" or "same" or "vial" or "syringe" or "drug" or "med" or "box" or "pen")
            return true;
        if (lexicon.Drugs.TryFind(text, token, out var drug))
        {
            Add(Bit.Drug, token, drug.EndToken, drug.Name).Drug = drug.Drug;
            return true;
        }
        for (var i = Pieces.Count - 1; i >= 0 && word.Length >= 3; i--)
            if (Pieces[i].Kind == Bit.Drug && (text.Word(Pieces[i].FirstToken).StartsWith(word)
                || Pieces[i].Value.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            {
                Add(Bit.Drug, token, token + 1, Pieces[i].Value).Drug = Pieces[i].Drug;
                return true;
            }
        return false;
    }

    static bool IsLabel(Found found, string name)
    {
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Label && sense.Value == name) return true;
        return false;
    }

    int AddLot(int label, int at)
    {
        if (at >= text.Count || text.Kind(at) is TokenKind.Mark or TokenKind.Break) return 0;
        if (text.Word(label - 1) is "diluent") return at + 1; // the lot of what it was mixed with
        var start = text[at].Start;
        var end = start;
        while (char.IsAsciiLetterOrDigit(text.At(end))
            || (text.At(end) is '-' or '.' or '@' or '_' && char.IsAsciiLetterOrDigit(text.At(end + 1)) && end > start))
            end++;
        var lot = text.Text[start..end];
        var hasDigit = lot.AsSpan().ContainsAnyInRange('0', '9');
        if (lot.Length is 0 or > 24 || (!hasDigit && (lot.Length < 2 || !WordTable.IsUpper(lot)
            || Array.IndexOf(NoLots, lot) >= 0 || !text.HasSmall && (lot.Length > 4
            || words.TryFind(text, at, out _)) || lexicon.Drugs.TryFind(text, at, out _))))
            return 0;
        var after = text.TokenAt(end - 1) + 1;
        if (text.At(end) == '?') return after + 1; // "lot DP-88?": who wrote it was not sure
        // "Lot: 5/28" is a day in the wrong field
        if (lot.Length <= 2 && !lot.AsSpan().ContainsAnyExceptInRange('0', '9') && text.At(end) == '/'
            && char.IsAsciiDigit(text.At(end + 1))) return 0;
        // "Lot P8/T8": two lots, and nothing says of which drug each is
        if (text.IsMark(after, '/') && text[after].Glue && text.Kind(after + 1) == TokenKind.Word
            && text[after + 1].Glue
            && text.Word(after + 1).ContainsAnyInRange('0', '9')
            && !Calendar.TryExpiry(text, after + 1, words, out _, out _))
            return after + 2;
        Add(Bit.Lot, at, after, lot, start, end).FirstToken = label;
        // "lot H5521 x 05/28"
        return text.Word(after) is "x" && AddExpiry(after, after + 1) is > 0 and var afterExpiry ? afterExpiry : after;
    }

    int ReadExpiry(int i, int end)
    {
        var at = end;
        while (at < text.Count && (text.Kind(at) == TokenKind.Mark
            && text.At(text[at].Start) is ':' or '.' or '=' or '#' or '-'
            || text.Word(at) is "date" or "on" or "is" or "by" or "el" or "en"))
            at++;
        if (text.Kind(at) == TokenKind.Break && text.LinesIn(at) == 1) at++;
        // "Exp/Lot: 3-28 / AB12"
        if (text.IsMark(at, '/') && words.TryFind(text, at + 1, out var other) && IsLabel(other, "lot"))
        {
            at = other.EndToken;
            while (text.IsMark(at, ':') || text.IsMark(at, '#')) at++;
            var after = AddExpiry(i, at);
            if (after == 0) return i + 1;
            var lot = after;
            while (text.IsMark(lot, '/') || text.IsMark(lot, '-') || text.IsMark(lot, ',')) lot++;
            return AddLot(i, lot) is > 0 and var afterBoth ? afterBoth : after;
        }
        return AddExpiry(i, at) is > 0 and var last ? last : i + 1;
    }

    int AddExpiry(int label, int at)
    {
        if (!Calendar.TryExpiry(text, at, words, out var expires, out var end)) return 0;
        var after = text.TokenAt(end - 1) + 1;
        Add(Bit.Expiry, at, after, expires, text[at].Start, end).FirstToken = label;
        return after;
    }
}
