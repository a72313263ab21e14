namespace Deltoid.Notes;

/// <summary>People and places on the body.</summary>
internal sealed partial class Scan
{
    /// <summary>"Dr. Ruddy": a physician by title.</summary>
    int ReadTitle(int i)
    {
        var at = text.IsMark(i + 1, '.') ? i + 2 : i + 1;
        if (words.TryFind(text, i, out var found) && found.EndToken > at)
        {
            for (var sense = found.Sense; sense is not null; sense = sense.Next) ReadSense(sense, i, found.EndToken);
            return found.EndToken;
        }
        var end = NameAfter(at);
        if (end == at)
        {
            Add(Bit.Person, i, at, "physician").IsLabeled = true;
            return at;
        }
        var piece = Add(Bit.Person, i, end, "physician");
        piece.Payload = text.Text[piece.Start..piece.End];
        piece.IsLabeled = true;
        // "Dr. Ann Lee, MD": the credential is part of it
        return end;
    }

    int NameAfter(int at)
    {
        var from = at;
        while (at < text.Count && at - from < 4)
        {
            if (!IsName(at) && !(at == from && IsLastName(at))) break;
            at++;
            if (text.IsMark(at, '.') && text[at].Glue && text[at - 1].Length == 1) at++;
            else if (text.IsMark(at, '-') && text[at].Glue && at + 1 < text.Count && text[at + 1].Glue
                && text.Kind(at + 1) == TokenKind.Word) at += IsName(at + 1) ? 1 : 2; // "Hae-won"
        }
        return at;
    }

    /// <summary>"RN Kit.": a known word that ends what is said of a person is the name.</summary>
    bool IsLastName(int token) => text.Kind(token) == TokenKind.Word && char.IsUpper(text.Written(token)[0])
        && text[token].Length > 2
        && char.IsLower(text.Written(token)[1]) && (token + 1 >= text.Count || text.Kind(token + 1) == TokenKind.Break);

    /// <summary>"J. Prior RN": a word of the lists, after an initial.</summary>
    bool IsKnownName(int token) => text.Kind(token) == TokenKind.Word && text[token].Length > 2
        && char.IsUpper(text.Written(token)[0]) && char.IsLower(text.Written(token)[1])
        && text.IsMark(token - 1, '.') && text[token - 1].Glue && text[token - 2].Length == 1
        && char.IsUpper(text.Written(token - 2)[0]);

    bool IsName(int token)
    {
        if (text.Kind(token) != TokenKind.Word) return false;
        var written = text.Written(token);
        if (!char.IsUpper(written[0]) || written.ContainsAnyInRange('0', '9')) return false;
        if (words.TryFind(text, token, out _)
            || text.Word(token) is "the" or "and" or "at" or "for" or "pt" or "is" or "was"
            or "will" or "if" or "aware" or "notified" or "via" or "from" or "this" or "he" or "she" or "i" or "to"
            or "of"
            or "tx" or "vs" or "vss" or "verified" or "client" or "given" or "a" or "no" or "with" or "as" or "that"
            or "it")
            return token < text.Count && written.Length == 1 && text.IsMark(token + 1, '.') && text[token + 1].Glue;
        return true;
    }

    int ReadRole(string role, int i, int end)
    {
        // a prior authorization
        if (text.Word(i) is "pa" && end == i + 1
            && text.Word(end) is "denied" or "lapsed" or "renewal" or "approved" or "submitted" or "pending"
            or "approval" or "auth" or "obtained" or "required" or "request" or "for" or "on" or "expires" or "exp"
            or "expired" or "needed" or "sent" or "started" or "initiated" or "done" or "complete" or "completed"
            or "good" or "thru" or "through" or "valid")
            return end;
        // "Infusion RN: Meg Aster RN"
        if (text.IsMark(end, ':') && NameAfter(end + 1) is var afterName && afterName > end + 1
            && !lexicon.Drugs.TryFind(text, end + 1, out _))
        {
            if (words.TryFind(text, text.IsMark(afterName, ',') ? afterName + 1 : afterName, out var title)
                && IsRole(title))
                return Add(Bit.Label, i, end, "by").EndToken;
            var named = Add(Bit.Person, i, afterName, role);
            named.Payload = text.Text[text[end + 1].Start..text[afterName - 1].End];
            return afterName;
        }
        // "RN/MA: M. Pereira RN": a label of the form
        if (text.IsMark(end, '/') && words.TryFind(text, end + 1, out var either) && IsRole(either)
            && text.IsMark(either.EndToken, ':'))
            return Add(Bit.Label, i, either.EndToken, "by").EndToken;
        // a state before its postal code
        if (text.Kind(end) == TokenKind.Number && text[end].Length == 5) return i + 1;
        if (Pieces.Count > 0 && Pieces[^1] is { Kind: Bit.Person } last
            && (i == last.EndToken || (i == last.EndToken + 1 && (text.IsMark(i - 1, ',') || text.IsMark(i - 1, '-')))))
        {
            // "RN, BSN" and "Dr. Lee, MD" are one person
            var isAnother = text.IsMark(i - 1, ',') && last.Value != role && NameAfter(end) > end;
            if (!isAnother && (last.Value == role || last.IsLabeled || text.IsMark(i - 1, ',')
                || text.IsMark(i - 1, '-')))
            {
                last.End = text[end - 1].End;
                last.EndToken = end;
                return end;
            }
        }
        var first = i;
        if (text.IsMark(i - 1, ',') || text.IsMark(i - 1, '(')) first--;
        var comma = first;
        var taken = Pieces.Count > 0 && Pieces[^1].Kind is not (Bit.Person or Bit.Cue or Bit.Label)
            ? Pieces[^1].EndToken : 0;
        while (first > taken && comma - first < 5)
        {
            if (text.IsMark(first - 1, '.') && text[first - 1].Glue && first - 1 > taken && text[first - 2].Length == 1
                && text.Kind(first - 2) == TokenKind.Word && char.IsUpper(text.Written(first - 2)[0]))
                first--;
            else if (text.IsMark(first - 1, '-') && text[first - 1].Glue && text[first].Glue) first--;
            else if (first > 0 && text[first].Start - text[first - 1].End >= text.ColumnGap) break;
            else if (text.IsMark(first - 1, ',') && IsName(first - 2) && text.IsMark(i - 1, ',')) first--;
            else if (IsName(first - 1) || IsKnownName(first - 1)) first--;
            else break;
        }
        Pieces.RemoveAll(p => p.Kind == Bit.Cue && p.FirstToken >= first && p.EndToken <= comma);
        var hasName = first < comma;
        if (!hasName) first = i;
        var last2 = hasName ? end : NameAfter(end);
        while (text.IsMark(end, ',') && words.TryFind(text, end + 1, out var more) && IsRole(more) && last2 <= end)
            last2 = end = more.EndToken;
        var piece = Add(Bit.Person, first, Math.Max(end, last2), role);
        piece.Payload = hasName ? text.Text[text[first].Start..text[comma - 1].End].TrimEnd(',', ' ')
            : last2 > end ? text.Text[text[end].Start..text[last2 - 1].End] : "";
        return piece.EndToken;
    }

    static bool IsRole(Found found)
    {
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Role) return true;
        return false;
    }

    int ReadSide(string side, int i, int end)
    {
        var at = end;
        var other = "";
        if (text.Word(at) is "and" || text.IsMark(at, '&') || text.IsMark(at, '/') || text.IsMark(at, '+'))
        {
            if (SideAt(at + 1) is { Length: > 0 } second && second != side)
            {
                other = second;
                at += 2;
            }
        }
        at = Filler(at);
        if (PlaceAt(at, out var place, out var after))
        {
            if (IsComplaint(after) || text.IsMark(after, '?')) return after;
            var isShort = side.Length > 0 && text[i].Length == 1 && !IsShortSide(i);
            if (isShort) return i + 1;
            var start = i > 0 && text.IsMark(i - 1, '(') ? i - 1 : i;
            Add(Bit.Site, i, after, other.Length > 0 ? $"{side} and {other} {place}"
                : $"{side} {place}", text[start].Start,
                text[after - 1].End).Number = other.Length > 0 || side == "bilateral" ? 2 : 1;
            return after;
        }
        if (LastLabel("site", i) || text.IsMark(i - 1, '-') && text[i].Glue && Pieces.Count > 0
            && Pieces[^1].Kind == Bit.Procedure)
            Add(Bit.Site, i, end, side).Other = "side";
        return i + 1;
    }

    /// <summary>A letter is a side in capitals, or right before a place in a note without capitals.</summary>
    bool IsShortSide(int i) => char.IsUpper(text.Written(i)[0]) || text.Kind(i + 1) == TokenKind.Word;

    int Filler(int at)
    {
        while (at < text.Count && (text.Kind(at) == TokenKind.Mark
            && text.At(text[at].Start) is ')' or '.' or '/' or ',' or '-'
            || text.Word(at) is "upper" or "outer" or "lateral" or "the" or "deep" or "side" or "mid" or "of"
            or "anterior"
                or "posterior" or "lower" or "lat" or "ant" or "post" or "sided" or "anterolateral"
                or "anteriolateral" or "sup" or "superior" or "inf" or "inferior" or "inner" or "proximal" or "dorsal")
            && !PlaceAt(at, out _, out _))
            at++;
        return at;
    }

    string SideAt(int token)
    {
        if (words.TryFind(text, token, out var found) && found.EndToken == token + 1)
            for (var sense = found.Sense; sense is not null; sense = sense.Next)
                if (sense.Kind == Meaning.Side && (text[token].Length > 1 || char.IsUpper(text.Written(token)[0])))
                    return sense.Value;
        return "";
    }

    bool PlaceAt(int token, out string place, out int end)
    {
        (place, end) = ("", token);
        if (!words.TryFind(text, token, out var found)) return false;
        for (var sense = found.Sense; sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Place)
            {
                (place, end) = (sense.Value, found.EndToken);
                return true;
            }
        return false;
    }

    int ReadPlace(string place, int i, int end)
    {
        if (IsComplaint(end) || text.IsMark(end, '?') || IsViralLoad(i, end)) return end;
        var at = end;
        while (at < text.Count && at - end < 2 && text.Kind(at) == TokenKind.Mark
            && text.At(text[at].Start) is ',' or '(' or '-' or '/'
            || text.IsMark(at, '.') && text.Word(at + 1) is "der" or "izq" or "derecho" or "izquierdo")
            at++;
        var side = SideAt(at);
        if (side.Length > 0 && !PlaceAt(Filler(at + 1), out _, out _)
            && (text[at].Length > 1 || at > end || IsEndOfPart(at + 1)))
        {
            var last = text.IsMark(at + 1, ')') ? at + 1 : at;
            Add(Bit.Site, i, at + 1, $"{side} {place}", text[i].Start, text[last].End).Number = side == "bilateral" ? 2
                : 1;
            return at + 1;
        }
        Add(Bit.Site, i, end, place).Number = 1;
        return end;
    }

    /// <summary>"VL &lt;20" is a count of viruses, and no muscle.</summary>
    bool IsViralLoad(int i, int end) => text.Word(i) is "vl" && (text.Kind(end) == TokenKind.Number
        || text.Kind(end) == TokenKind.Mark && text.At(text[end].Start) is '<' or '>' or '=' or ':'
        || text.Word(end) is "undetectable" or "undetected" or "undet" or "suppressed" or "detectable" or "not");

    bool IsEndOfPart(int token) => token >= text.Count || text.Kind(token) is TokenKind.Mark or TokenKind.Break
        || text.Word(token) is "lot" or "exp" or "given" or "at" or "tol" or "im" or "by" or "x" or "w" or "with"
        or "for" or "side";

    int ReadShortSite(string site, int i, int end)
    {
        var isShort = end == i + 1 && text[i].Length <= 2;
        if (isShort && SideAt(i).Length > 0 && PlaceAt(Filler(i + 1), out _, out _)) return i + 1;
        // "OS - Vabysmo 6 mg", "OD: injected"
        var isHead = (i == 0 || sentences[i - 1] != sentences[i]) && (text.IsMark(i + 1, ':')
            || lexicon.Drugs.TryFind(text, text.IsMark(i + 1, '-') ? i + 2 : i + 1, out var named) && !named.IsGuess);
        if (isShort && !(isHead || LastLabel("site", i) || IsTicked(i) || IsAfterRoute(i))) return i + 1;
        if (IsComplaint(end)) return end;
        Add(Bit.Site, i, end, site).Number = 1;
        // "RUOQ gluteal": one place in two words
        var more = Filler(end);
        return PlaceAt(more, out _, out var after) && more == end ? after : end;
    }

    bool IsTicked(int i) => i > 0 && text.Kind(i - 1) == TokenKind.Mark
        && text.At(text[i - 1].Start) is ']' or ')' or '\u2612' or '\u2611';

    bool IsAfterRoute(int i) => Pieces.Count > 0 && i - Pieces[^1].EndToken <= 1
        && (Pieces[^1].Kind is Bit.Route or Bit.Amount || text.Word(i - 1) is "in" or "to");

    /// <summary>A place that hurts or was looked at is no place of an injection.</summary>
    bool IsComplaint(int token)
    {
        if (token < text.Count && text.Kind(token) == TokenKind.Mark && text.At(text[token].Start) is '.' or ',' or ';')
            return false;
        return text.Word(token) is "pain" or "ache" or "aches" or "swelling" or "tenderness" or "tender" or "exam"
            or "injury"
            or "strain" or "weakness" or "xray" or "mri" or "stiffness" or "sore" or "soreness" or "oa"
            or "osteoarthritis"
            or "arthritis" or "surgery" or "replacement" or "fracture" or "fx" or "impingement" or "rom" or "discomfort"
            or "bursitis" or "tendinitis" or "tendonitis" or "sprain" or "hurts" or "numbness" or "rash" or "redness"
            or "lesion"
            or "cellulitis" or "abscess" or "laceration" or "circumference" or "edema" or "wound" or "tightness"
            or "pressure" or "congestion" or "wall" or "rise" or "clear" or "cramps" or "cramping" or "spasm"
            or "spasms"
            or "flare" or "itching" or "burning" or "tingling" or "bruise" or "bruising" or "effusion"
            // "L arm x 3 days" hurts; "L arm x1" is a shot
            || text.Word(token) is "x" && text.Kind(token + 1) == TokenKind.Number
            && text.Word(token + 2) is "d" or "day"
                or "days" or "wk" or "wks" or "week" or "weeks" or "mo" or "months" or "month" or "yr" or "yrs"
                or "years"
                or "hr" or "hrs" or "hours";
    }
}
