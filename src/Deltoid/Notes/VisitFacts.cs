using System.Globalization;

namespace Deltoid.Notes;

/// <summary>What holds for the whole visit: its day, the patient, who gave and who supervised, codes that are
/// written.</summary>
internal sealed partial class VisitFacts(Story story, List<NotedFact> facts, List<NoteQuestion> questions)
{
    readonly NoteText text = story.Text;

    /// <summary>Says of each date what it is the date of, and of each person what they did.</summary>
    public void Assign()
    {
        foreach (var piece in story.Pieces)
            if (piece.Kind == Bit.Date && piece.Other.Length == 0) piece.Other = RoleOf(piece);
            else if (piece.Kind == Bit.Person && piece.Other.Length == 0) piece.Other = DoingOf(piece);
        foreach (var cue in story.Pieces)
            if (Story.IsCue(cue, "correction") && !IsLateEntry(cue))
            {
                foreach (var piece in story.InSentence(cue.Sentence))
                    piece.Corrects = piece.Kind != Bit.Drug && !IsOfTime(piece, cue);
                if (HeadsLine(cue)) CorrectLine(cue);
            }
    }

    /// <summary>"CORRECTION 05/07 0830: … Dose given was 30 mg, lot S0114 …": the whole line corrects.</summary>
    bool HeadsLine(Piece cue)
    {
        var at = cue.FirstToken - 1;
        while (at >= 0 && text.Kind(at) is TokenKind.Mark || text.Word(at) is "late" or "entry") at--;
        // "0822 J. Marr LPN addendum: …"
        while (at >= 0 && cue.FirstToken - at <= LongestSigner && text.Kind(at) != TokenKind.Break
            && !story.Ends(at + 1, static k => k is not (Bit.Person or Bit.Time or Bit.Date or Bit.Label))) at--;
        var colon = text.Folded[cue.End..].IndexOf(':');
        return (at < 0 || text.Kind(at) == TokenKind.Break) && colon is >= 0 and <= LongestHead
            && !text.Folded.Slice(cue.End, colon).Contains('\n');
    }

    const int LongestHead = 48, LongestSigner = 9, ShortestWrapped = 45;

    void CorrectLine(Piece cue)
    {
        var length = text.Folded[cue.End..].IndexOf('\n');
        var end = length < 0 ? text.Folded.Length : cue.End + length;
        // a line that was cut is read on to the end of the next
        if (end - text.Folded[..cue.Start].LastIndexOf('\n') >= ShortestWrapped && length >= 0
            && char.IsAsciiLetterOrDigit(text.At(end - 1)) && text.At(end + 1) != '\n'
            && text.Folded[(end + 1)..].IndexOf('\n') is var more)
            end = more < 0 ? text.Folded.Length : end + 1 + more;
        foreach (var piece in story.Pieces)
            if (piece.Start > cue.End && piece.End <= end
                && piece.Kind is (Bit.Lot or Bit.Expiry or Bit.Ndc or Bit.Amount or Bit.Container or Bit.Route
                    or Bit.Site))
                piece.Corrects = true;
        // of several drugs it is not known whose lot was wrong
        if (story.Drugs.Exists(d => d.Start < cue.Start && d.Value != story.Drugs[0].Value)) return;
        foreach (var piece in story.Pieces)
            piece.IsTakenBack |= piece.End < cue.Start && piece.Kind is (Bit.Lot or Bit.Expiry or Bit.Ndc)
                && story.Pieces.Exists(p => p.Kind == piece.Kind && p.Start > cue.End && p.End <= end);
    }

    /// <summary>"Late entry for 8/1/26: Depo-Medrol 80 mg …" is the record itself, written late.</summary>
    bool IsLateEntry(Piece cue) => text.Word(cue.FirstToken) is "late"
        && story.InSentence(cue.Sentence).Any(p => p.Kind == Bit.Drug && p.Order > cue.Order);

    /// <summary>"Addendum 1610: …": the addendum's own time corrects nothing.</summary>
    static bool IsOfTime(Piece piece, Piece cue) => piece.Kind is Bit.Time or Bit.Date
        && piece.FirstToken - cue.EndToken is >= 0 and <= 1;

    string RoleOf(Piece date)
    {
        // "08/25/2026 - 09/08/2026": the second day of a span is of what the first is of
        if (date.Order > 0 && story.Pieces[date.Order - 1] is { Kind: Bit.Date, Other: not ("" or "birth") } before
            && date.Other.Length == 0 && before.Sentence == date.Sentence && date.FirstToken - before.EndToken <= 1)
            return before.Other;
        // "Last Depo: 03/10/2026"
        if (date.Order > 1 && story.Pieces[date.Order - 1] is { Kind: Bit.Drug } named
            && date.FirstToken - named.EndToken <= 2
            && story.Pieces[date.Order - 2] is { Kind: Bit.Cue, Value: "history", Other: "forward" } last
            && named.FirstToken - last.EndToken <= 1 && text.Word(last.FirstToken) is "last" or "previous" or "prior")
            return "last";
        // "week of 11/02/2026"
        if (text.Word(date.FirstToken - 1) is "of" && text.Word(date.FirstToken - 2) is "week" or "wk" or "month")
            return "other";
        if (IsInTitle(date) || IsToday(date)) return "service";
        if (LateEntryBefore(date) is { } late) return text.Word(date.FirstToken - 1) is "for" ? "service"
            : date.FirstToken - late.EndToken <= 2 ? "other" : "";
        // "Ca 9.4 (6/8/26)": the day of a result
        if (text.IsMark(date.FirstToken - 1, '(') && text.IsMark(date.EndToken, ')')
            && text.Kind(date.FirstToken - 2) == TokenKind.Number) return "other";
        // "screen neg 4/1/26": when a test was done
        if (text.Word(date.FirstToken - 1) is "neg" or "negative" or "pos" or "positive" or "wnl" or "normal" or "drawn"
            or "level" or "screen" or "titer" or "resulted" or "nonreactive" or "labs" or "mri" or "xray" or "ct")
            return "other";
        // "AMENDED by Dr. Noor 4/2/26": when it was corrected
        if (story.InSentence(date.Sentence).Any(p => p.Order < date.Order && Story.IsCue(p, "correction")
            && date.FirstToken - p.EndToken <= 8)) return "other";
        if (date.Order > 0 && story.Pieces[date.Order - 1] is { Kind: Bit.Person, Other: "order" } orderer
            && orderer.Sentence == date.Sentence && date.FirstToken - orderer.EndToken <= 2)
            return "order";
        var label = LabelBefore(date, 3);
        if (label is { Value: "dob" }) return "birth";
        if (label is { Value: "last" }) return "last";
        if (label is { Value: "date" or "time" } && label.Order == date.Order - 1) return "service";
        if (label is { Value: "order" }) return "order";
        if (label is { Value: "vis" or "dates" or "weight" or "exp" or "address" or "source" }
            && !(label.Value is "address" && text.Kind(label.EndToken) == TokenKind.Word)) return "other";
        if (date.Order > 0 && story.Pieces[date.Order - 1] is { Kind: Bit.Cue,
            Value: "history" or "plan" or "order" } cue
            && cue.Sentence == date.Sentence && date.FirstToken - cue.EndToken <= 5)
            return cue.Value == "history" && text.Word(cue.FirstToken) is "last" or "previous" or "ultima" or "prior"
                ? "last" : "other";
        foreach (var piece in story.InSentence(date.Sentence))
        {
            if (piece is { Kind: Bit.Label, Value: "vis" } && piece.Order < date.Order
                && date.FirstToken - piece.EndToken < 10) return "other";
            // "URGENT CARE 11/03/26. …": the title
            if (piece.FirstToken == 0 && date.FirstToken == piece.EndToken && piece is { Value: "elsewhere" }) continue;
            if (piece is { Kind: Bit.Cue, Value: "history" or "elsewhere" or "plan" } && piece.Order < date.Order)
                return "other";
            if (piece is { Kind: Bit.Cue, Other: "sentence", Value: "history" or "elsewhere" }) return "other";
        }
        if (story.SectionOf(date) is { Value: "allergy" or "medication-list" or "family" } list
            && text.Kind(list.EndToken + 1) != TokenKind.Break && HasBreak(list.EndToken, date.FirstToken)) return "";
        return story.SectionOf(date) is { Value: "history" or "allergy" or "medication-list" or "family" or "education"
            or "plan" } section
            && date.Sentence - section.Sentence <= 2 ? "other" : "";
    }

    /// <summary>"URGENT CARE VISIT     08/30/2026": a day that ends the first line, in a column of its own.</summary>
    bool IsInTitle(Piece date)
    {
        if (date.Start < ShortestGap || text.Kind(date.EndToken) != TokenKind.Break
            && !text.Text.AsSpan(date.End).StartsWith("  ")) return false;
        var before = text.Text.AsSpan(0, date.Start);
        var isAlone = before.EndsWith("   ") && text.Kind(date.EndToken) == TokenKind.Break;
        return (isAlone || !before.ContainsAnyInRange('a', 'z')) && before.TrimStart() is var title
            && !title.Contains('\n')
            && title.IndexOf(':') < 0 && IsTitle(date)
            && !story.Pieces.Exists(p => p.Kind == Bit.Date && p != date && LabelBefore(p, 3) is { Value: "date" });
    }

    /// <summary>"Today 11/02/2026: …", where that begins a line or a sentence.</summary>
    bool IsToday(Piece date)
    {
        var at = date.FirstToken - 1;
        while (text.Kind(at) == TokenKind.Mark && date.FirstToken - at < 3) at--;
        // "PCP VISIT 10/06/2026: …"
        if (text.Word(at) is "visit" && text.IsMark(date.EndToken, ':') && date.FirstToken - at == 1
            && (text.Kind(at - 2) == TokenKind.Break || text.Kind(at - 1) == TokenKind.Break)) return true;
        // "Wound care f/u 12/15/2026. …" begins the note
        if (text.Word(at) is "u" or "up" && at is >= 3 and <= 6 && text.IsMark(date.EndToken, '.')
            && text.Word(at - 2) is "f" or "follow" && !text.Folded[..date.Start].Contains('\n')) return true;
        return text.Word(at) is "today" or "hoy" && (at == 0 || text.Kind(at - 1) == TokenKind.Break
            || story.Scan.SentenceOf(at - 1) != story.Scan.SentenceOf(at));
    }

    /// <summary>Words of a record, and none of a letter or another day.</summary>
    bool IsTitle(Piece date)
    {
        var isRecord = false;
        for (var t = 0; t < date.FirstToken; t++)
            if (text.Word(t) is "faxed" or "printed" or "next" or "appt" or "of" or "from" or "signed" or "copied"
                or "received" or "sent" or "due" or "dob" or "born" or "outside" or "hospital"
                or "records") return false;
            else isRecord |= text.Word(t) is "visit" or "note" or "record" or "flowsheet" or "clinic" or "log" or "care"
                or "follow" or "training" or "treatment" or "infusion" or "injection" or "injections" or "day"
                or "months" or "exam" or "procedure" or "sheet" or "mar" or "summary" or "start" or "biologic" or "room"
                or "triage" or "nurse" or "rn";
        return isRecord;
    }

    const int ShortestGap = 3;

    /// <summary>"Late entry 8/2/26 for 8/1/26": written on one day, of another.</summary>
    Piece? LateEntryBefore(Piece date)
    {
        for (var i = date.Order - 1; i >= Math.Max(0, date.Order - 5); i--)
            if (Story.IsCue(story.Pieces[i], "correction") && text.Word(story.Pieces[i].FirstToken) is "late"
                && story.Pieces[i].Sentence == date.Sentence)
                return date.FirstToken - story.Pieces[i].EndToken <= 14 ? story.Pieces[i] : null;
        return null;
    }

    Piece? LabelBefore(Piece piece, int gap)
    {
        for (var i = piece.Order - 1; i >= Math.Max(0, piece.Order - 2); i--)
        {
            var label = story.Pieces[i];
            if (label.Kind == Bit.Label)
                return piece.FirstToken - label.EndToken <= gap
                    && (label.IsLabeled || label.Sentence == piece.Sentence
                        || i == piece.Order - 1 && !text.IsMark(piece.FirstToken - 1, '.')) ? label : null;
        }
        return null;
    }

    string DoingOf(Piece person)
    {
        // "given by RPh tech? no"
        if (text.IsMark(person.EndToken, '?') || text.IsMark(person.EndToken + 1, '?')) return "other";
        // "per Dr. Quade gave Somatuline": on whose order
        if (text.Word(person.FirstToken - 1) is "per" && text.Word(person.EndToken) is "gave") return "order";
        if (text.Word(person.EndToken) is "gave" or "administered" or "injected" or "gives") return "by";
        // a name that begins a line: only the word right before the break is of it
        var last = text.Kind(person.FirstToken - 1) == TokenKind.Break ? person.FirstToken - 2 : person.FirstToken - 4;
        for (var t = person.FirstToken - 1; t >= Math.Max(0, last); t--)
        {
            if (story.Scan.SentenceOf(t) != person.Sentence) break;
            var word = text.Word(t);
            if (word is "witness" or "witnessed" or "wit" or "testigo" or "cosigned" or "cosigner") return "witness";
            if (word is "waste" or "wastage" && IsNone(t)) break;
            if (word is "wasted" or "waste" or "wastage" or "discarded" && person.FirstToken - t <= 4) return "witness";
            if (word is "per" && IsHeld(person)) return "other";
            if (word is "per" or "ordered" or "order" or "ordering" or "vo" or "vorb" or "prescriber" or "orden"
                or "orders") return "order";
            if (word is "notified" or "called" or "cc" or "to" or "pcp" or "see" or "sees" or "with" or "consulted"
                or "from" or "for"
                or "seen" or "dw" or "informed" or "waiting" or "saw")
                return "other";
            if (word is "w") return IsWasted(t) ? "witness" : "other";
            if (word is "supervising" or "supervised" or "site" or "supervisor" or "attending") return "supervisor";
            if (word is "by" or "nurse" or "administrator" or "given" or "gave" or "signed" or "signature" or "sig"
                or "adm" or "por" or "staff")
                return word is "by" && IsCounseled(t) ? "other" : OfDoing(t - 1);
        }
        if (text.Word(person.EndToken) is "notified" or "aware" or "informed" or "called" or "paged" or "to" or "will"
            or "at" or "recommends"
            or "consulted" or "wants" or "said" or "says")
            return "other";
        if (text.Word(person.EndToken) is "ordered" or "orders") return "order";
        if (text.Word(person.EndToken) is "supervised" or "supervising" or "supervises" or "immediately" or "available"
            or "present") return "supervisor";
        if (text.Word(person.EndToken) is "witness" or "witnessed" or "verified" or "checked" or "cosigned"
            or "verifying") return "witness";
        if (text.IsMark(person.EndToken, '(') && text.Word(person.EndToken + 1) is "witness") return "witness";
        return "";
    }

    /// <summary>"Counseling on all components by Dr. Esposito": who spoke with the parents.</summary>
    bool IsCounseled(int by)
    {
        for (var t = by - 1; t > by - 6 && story.Scan.SentenceOf(t) == story.Scan.SentenceOf(by); t--)
            if (text.Word(t).StartsWith("counsel")) return true;
        return false;
    }

    /// <summary>"chemo held x1 wk per Dr. Adeyemi": nothing was ordered.</summary>
    bool IsHeld(Piece person) => story.InSentence(person.Sentence).Any(p => p.Order < person.Order
        && p is { Kind: Bit.Cue, Value: "held" or "refused" } && person.FirstToken - p.EndToken <= 6);

    /// <summary>"no waste": nobody need have seen it.</summary>
    bool IsNone(int waste) => text.Word(waste - 1) is "no" or "0" or "zero" or "without";

    /// <summary>What the word before "by" says that the person did.</summary>
    string OfDoing(int token) => text.Word(token) switch
    {
        "ordered" or "prescribed" or "indicado" or "indicada" or "ordenado" or "recetado" => "order",
        "supervised" or "reviewed" => "supervisor",
        "witnessed" or "verified" or "checked" => "witness",
        "documented" or "charted" or "entered" or "recorded" => "", // who wrote it down may be another
        _ => IsOtherDoing(token) ? "other" : "by",
    };

    /// <summary>"cleared by", "dictated by": what was done by that person is not the giving.</summary>
    bool IsOtherDoing(int token)
    {
        var word = text.Word(token);
        return word is "seen" or "read" or "written" or "taken" || word.Length > 5 && word.EndsWith("ed")
            && word is not ("administered" or "injected" or "performed" or "infused" or "signed" or "charted"
                or "documented" or "prepared" or "entered" or "placed" or "pushed" or "instilled" or "delivered"
                or "recorded" or "completed" or "ordered" or "supervised" or "reviewed" or "prescribed" or "witnessed"
                or "verified" or "checked" or "applied" or "adminstered" or "monitored");
    }

    /// <summary>"wasted 12.5 mg w/ T. Bell": with whom it was wasted.</summary>
    bool IsWasted(int with)
    {
        for (var t = with - 1; t >= Math.Max(0, with - 5); t--)
            if (text.Word(t) is "wasted" or "waste" or "wastage" or "discarded" or "witnessed") return true;
        return false;
    }

    public void Make(List<GivenDrug> given)
    {
        Day(given);
        Patient();
        if (given.Exists(static g => !g.IsNotGiven)) Role(given);
        Supervision();
        Codes();
        Visits();
    }

    void Add(string path, object value, int start, int end)
    {
        if (!facts.Exists(f => f.Path == path)) facts.Add(new(path, value, start, end));
    }

    /// <summary>"Visit 2 - 4/14/26: Ferrlecit …", "200 mg IM R glut given 9/9/26": of several days, the one that stands
    /// in the line of every drug that was given.</summary>
    Piece? OfGiven(List<Piece> named, List<GivenDrug> given)
    {
        Piece? own = null;
        foreach (var drug in given.Where(static g => !g.IsNotGiven).Select(static g => g.Drug))
        {
            var day = named.FindLast(d => d.FirstToken < drug.FirstToken && text.IsMark(d.EndToken, ':')
                && !HasBreak(d.EndToken, drug.FirstToken)) ?? named.FindLast(d => d.FirstToken < drug.FirstToken
                && text.Kind(d.FirstToken - 1) == TokenKind.Break && !HasBreak(d.EndToken, drug.FirstToken))
                ?? named.Find(d => d.FirstToken > drug.EndToken && text.Word(d.FirstToken - 1) is "given" or "on"
                && !HasBreak(drug.EndToken, d.FirstToken) && story.NextDrug(drug) is not { } next
                || story.NextDrug(drug)?.FirstToken > d.FirstToken && d.FirstToken > drug.EndToken
                && text.Word(d.FirstToken - 1) is "given" && !HasBreak(drug.EndToken, d.FirstToken));
            if (day is null || own is not null && own.Value != day.Value) return null;
            own = day;
        }
        return own;
    }

    bool HasBreak(int from, int to)
    {
        for (var t = from; t < to; t++)
            if (text.Kind(t) == TokenKind.Break) return true;
        return false;
    }

    List<Piece> Days()
    {
        var named = story.Pieces.FindAll(static p => p is { Kind: Bit.Date, Other: "service" });
        return named.Count > 0 ? named : story.Pieces.FindAll(static p => p is { Kind: Bit.Date, Other: "" });
    }

    /// <summary>Whether the note names one day at most, or the day is beside all that was given.</summary>
    public bool IsDaySure(List<GivenDrug> given) => Days() is var named
        && (named.TrueForAll(p => p.Value == named[0].Value) || OfGiven(named, given) is not null);

    void Day(List<GivenDrug> given)
    {
        var named = Days();
        // the date of a policy, a standing order, a list of stock is no day of a visit
        if (named.Count == 0 || given.Count == 0 && IsPaper()) return;
        var first = named[0];
        if (named.TrueForAll(p => p.Value == first.Value))
        {
            Add("/serviceDate", first.Value, first.Start, first.End);
            return;
        }
        if (OfGiven(named, given) is { } own)
        {
            Add("/serviceDate", own.Value, own.Start, own.End);
            return;
        }
        questions.Add(new("serviceDate", "/serviceDate", "which day the visit was", [],
            [.. named.DistinctBy(static p => p.Value).Select(p => story.Quote(p.Start, p.End))]));
    }

    bool IsPaper() => story.Drugs.Count > 0 && story.Drugs.TrueForAll(d => story.FrameOf(d) is { Value: "order" } frame
        && story.Scan.SentenceOf(0) == frame.Sentence);

    void Patient()
    {
        var births = story.Pieces.FindAll(static p => p is { Kind: Bit.Date, Other: "birth" });
        if (births.Count > 0 && births.TrueForAll(p => p.Value == births[0].Value)) Birth(births[0]);
        var sexes = story.Pieces.FindAll(static p => p.Kind == Bit.Sex);
        if (sexes.Count > 0 && sexes.TrueForAll(p => p.Value == sexes[0].Value))
            Add("/patient/sex", sexes[0].Value, sexes[0].Start, sexes[0].End);
        if (story.Pieces.Find(static p => p.Kind == Bit.Payer) is { } payer)
            Add("/payer/kind", payer.Value, payer.Start, payer.End);
    }

    /// <summary>A birth that would be to come was in the century before.</summary>
    void Birth(Piece birth)
    {
        var year = int.Parse(birth.Value.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var service = facts.Find(static f => f.Path == "/serviceDate")?.Written ?? "2030-01-01";
        var isShort = birth.End - birth.Start <= 8
            && !story.Quote(birth.Start, birth.End).Contains($"{year}", StringComparison.Ordinal);
        var value = isShort && string.CompareOrdinal(birth.Value, service) > 0 ? $"{year - 100}{birth.Value[4..]}"
            : birth.Value;
        Add("/patient/birthDate", value, birth.Start, birth.End);
    }

    void Role(List<GivenDrug> given)
    {
        var people = story.Pieces.FindAll(static p => p.Kind == Bit.Person && p.Other is "by" or "");
        people = people.FindAll(p => !IsOfOthers(p));
        var by = people.FindAll(static p => p.Other == "by");
        var staff = (by.Count > 0 ? by : people).FindAll(static p => p.Value is not "physician" || p.Other == "by"
            || p.Payload.Length > 0);
        var nurses = staff.FindAll(static p => p.Value is not "physician");
        if (nurses.Count == 0) nurses = staff.FindAll(IsSignature);
        if (nurses.Count == 0) return;
        if (nurses.Count > 40) nurses.RemoveRange(40, nurses.Count - 40);
        if (!nurses.TrueForAll(p => p.Value == nurses[0].Value))
        {
            var near = nurses.FindAll(p => given.Exists(g => g.Drug.Sentence == p.Sentence));
            if (near.Count > 0 && !given.Exists(static g => g.Pieces.Exists(static p => p.IsOfSecondRecord)))
                nurses = near;
            if (!nurses.TrueForAll(p => p.Value == nurses[0].Value))
            {
                questions.Add(new("role", "/provider/role", "who gave it", [],
                    [.. nurses.Select(p => story.Quote(p.Start, p.End))]));
                return;
            }
        }
        var named = nurses.Find(static p => p.Payload.Length > 0)
            ?? people.Find(p => p.Value == nurses[0].Value && p.Payload.Length > 0) ?? nurses[0];
        Add("/provider/role", named.Value, named.Start, named.End);
    }

    /// <summary>"Last year she had the shoulder injected by Dr. Ferro with Kenalog": who gave what was not given
    /// here.</summary>
    bool IsOfOthers(Piece person) => person.Other == "by" && person.Value is "physician"
        && story.InSentence(person.Sentence).Any(static p => p.Kind == Bit.Drug)
        && !story.InSentence(person.Sentence).Any(static p => p.Kind == Bit.Drug && p.IsGiven);

    /// <summary>A physician's name at the end of the note, or after "signed".</summary>
    bool IsSignature(Piece person) => person.Other == "by"
        || ((person.EndToken >= text.Count - 2 || text.Kind(person.EndToken) == TokenKind.Break
            && text.LinesIn(person.EndToken) > 1)
        && (person.FirstToken == 0 || text.Kind(person.FirstToken - 1) is TokenKind.Mark or TokenKind.Break));

    void Codes()
    {
        var seen = new List<string>();
        foreach (var piece in story.Pieces)
        {
            if (piece.Kind != Bit.Diagnosis || seen.Contains(piece.Value) || seen.Count >= 12 || IsRuledOut(piece))
                continue;
            facts.Add(new($"/diagnoses/{seen.Count}", piece.Value, piece.Start, piece.End));
            seen.Add(piece.Value);
        }
        Procedures();
    }

    bool IsRuledOut(Piece code) => story.InSentence(code.Sentence).Any(p => p.Order < code.Order && p.Kind == Bit.Cue
        && p.Other == "forward" && (p.Value is "history" or "family" && code.FirstToken - p.EndToken <= 5
            || p.Value == "negated" && code.FirstToken - p.EndToken <= 1))
        || text.Word(code.FirstToken - 1) is "o" && text.Word(code.FirstToken - 3) is "r";

    void Procedures()
    {
        var count = 0;
        foreach (var piece in story.Pieces)
        {
            if (piece.Kind != Bit.Procedure || count >= 12 || IsToCome(piece)) continue;
            facts.Add(new($"/procedures/{count}/code", piece.Value, piece.Start, piece.End));
            var side = piece.Other switch { "RT" => "right", "LT" => "left", "50" => "bilateral", _ => "" };
            if (side.Length > 0) facts.Add(new($"/procedures/{count}/site", side, piece.Start, piece.End));
            else if (story.Pieces.Find(p => p.Kind == Bit.Site && p.Sentence == piece.Sentence && p.Order > piece.Order
                && p.FirstToken - piece.EndToken <= 2) is { } site)
                facts.Add(new($"/procedures/{count}/site", site.Value, site.Start, site.End));
            count++;
        }
    }

    bool IsToCome(Piece code)
    {
        // "99211 not billed"
        if (text.Word(code.EndToken) is "not" && text.Word(code.EndToken + 1) is "billed" or "charged" or "coded"
            or "billable") return true;
        foreach (var piece in story.InSentence(code.Sentence))
            if (piece.Order < code.Order && piece is { Kind: Bit.Cue,
                Value: "plan" or "order" or "hypothetical" or "negated", Other: "forward" })
                return true;
        return false;
    }

    void Visits()
    {
        var visits = story.Pieces.FindAll(p => p.Kind == Bit.Visit && !IsToCome(p));
        if (visits.Count == 0) return;
        if (!visits.TrueForAll(p => p.Value == visits[0].Value))
        {
            questions.Add(new("visit", "/visits/0/code", "which visit code", [],
                [.. visits.Select(p => story.Quote(p.Start, p.End))]));
            return;
        }
        Add("/visits/0/code", visits[0].Value, visits[0].Start, visits[0].End);
        if (Work() is { } work) Add("/visits/0/separateNote", true, work.Start, work.End);
    }

    /// <summary>Words of work beyond the injection: what was changed, ordered or decided for another problem.</summary>
    (int Start, int End)? Work()
    {
        foreach (var piece in story.Pieces)
        {
            if (piece.Kind != Bit.Work || story.InSentence(piece.Sentence).Any(p => p.Kind == Bit.Drug && p.IsGiven))
                continue;
            var (first, last) = (piece.FirstToken, piece.EndToken);
            while (last < text.Count && story.Scan.SentenceOf(last) == piece.Sentence
                && text.Kind(last) != TokenKind.Break
                && last - first < 14 && !text.IsMark(last, '.'))
                last++;
            return (text[first].Start, text[last - 1].End);
        }
        return null;
    }
}
