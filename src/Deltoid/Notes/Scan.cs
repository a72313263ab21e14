using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>Cuts a note into pieces: what could be a fact, and what says how to take it.</summary>
internal sealed partial class Scan
{
    readonly NoteText text;
    readonly Lexicon lexicon;
    readonly WordTable words;
    readonly int[] hidden;
    readonly int[] sentences;
    readonly Dictionary<int, string> cells;

    public Scan(NoteText text, Lexicon lexicon, Hidden hiddenParts)
    {
        this.text = text;
        this.lexicon = lexicon;
        words = lexicon.Words;
        hidden = hiddenParts.ByToken();
        sentences = Sentences.Of(text, lexicon);
        cells = Cells.Of(text, lexicon);
        for (var i = 0; i < text.Count;) i = hidden[i] >= 0 ? i + 1 : Math.Max(i + 1, Read(i));
        foreach (var tick in hiddenParts.Ticks) AddTick(tick);
        JoinSites();
        DayFirst();
        Pieces.Sort(static (x, y) => x.Start.CompareTo(y.Start));
    }

    public List<Piece> Pieces { get; } = [];

    public bool IsHidden(int token) => hidden[token] >= 0;

    public int SentenceOf(int token) => token < 0 ? -1 : sentences[Math.Min(token, sentences.Length - 1)];

    Piece Add(Bit kind, int first, int end, string value = "", int start = -1, int stop = -1)
    {
        var piece = new Piece
        {
            Kind = kind, Value = value, FirstToken = first, EndToken = end, Sentence = sentences[first],
            Start = start >= 0 ? start : text[first].Start, End = stop >= 0 ? stop : text[end - 1].End,
        };
        Pieces.Add(piece);
        return piece;
    }

    /// <summary>The lot or the expiry in a column that its heading names.</summary>
    int ReadCell(int i) => !cells.TryGetValue(i, out var column) ? 0
        : column == "heading" ? AddHeading(i)
        : column is "lot" or "lot and exp" ? AddLotAndExpiry(i, column is "lot and exp")
        : column == "exp" ? AddExpiry(i, i)
        : column is "start" or "stop" or "given" ? AddRunTime(i, column)
        : column is "due" ? AfterTime(i)
        : column is "undone" ? i + 1
        : AddOtherDay(i);

    /// <summary>A heading ends its sentence's label there: what is under it is no value of it.</summary>
    int AddHeading(int i) => words.TryFind(text, i, out var found) ? found.EndToken : i + 1;

    /// <summary>"RC771 / 09-2027" in one cell.</summary>
    int AddLotAndExpiry(int i, bool isBoth)
    {
        var after = AddLot(i, i);
        if (isBoth && after > 0 && AddExpiry(after, after) is > 0 and var next) return next;
        return after > 0 && (text.IsMark(after, '/') || text.IsMark(after, ','))
            && AddExpiry(after + 1, after + 1) is > 0 and var both ? both : after;
    }

    /// <summary>When a dose is due says nothing of when it was given.</summary>
    int AfterTime(int i) => Calendar.TryTime(text, i, true, out _, out var end) ? text.TokenAt(end - 1) + 1 : 0;

    /// <summary>"0930" under Start or Stop; a day there is one of an order.</summary>
    int AddRunTime(int i, string column)
    {
        if (column is not "given" && AddOtherDay(i) is > 0 and var afterDay) return afterDay;
        if (!Calendar.TryTime(text, i, true, out var time, out var end)) return 0;
        var after = text.TokenAt(end - 1) + 1;
        Add(Bit.Time, i, after, time, text[i].Start, end).Other = column is "given" ? "time" : column;
        return after;
    }

    /// <summary>A day of a sheet or of a next visit, in its column.</summary>
    int AddOtherDay(int i)
    {
        var after = ReadDay(i);
        if (after > 0) Pieces[^1].Other = "other";
        return after;
    }

    /// <summary>"Abdomen RLQ" is one place.</summary>
    void JoinSites()
    {
        for (var i = Pieces.Count - 1; i > 0; i--)
        {
            var (first, second) = (Pieces[i - 1], Pieces[i]);
            if (IsPartOf(first, second) is { } whole)
            {
                (first.Value, first.End, first.EndToken, second.IsDropped) = (whole, second.End, second.EndToken, true);
                continue;
            }
            if (first.Kind != Bit.Site || second.Kind != Bit.Site || second.FirstToken - first.EndToken is < 0 or > 1
                || !second.Value.EndsWith(first.Value, StringComparison.Ordinal)
                && !first.Value.EndsWith(second.Value, StringComparison.Ordinal))
                continue;
            if (second.Value.Length > first.Value.Length) first.Value = second.Value;
            (first.End, first.EndToken) = (second.End, second.EndToken);
            second.IsDropped = true;
        }
        Pieces.RemoveAll(static p => p.IsDropped);
    }

    /// <summary>"L shoulder subacromial", "subacromial, L shoulder": a joint with its side, and what of it; null for
    /// two places.</summary>
    string? IsPartOf(Piece first, Piece second)
    {
        if (first.Kind != Bit.Site || second.Kind != Bit.Site || second.FirstToken - first.EndToken is < 0 or > 1
            || text.Kind(first.EndToken) == TokenKind.Break || text.Word(first.EndToken) is "and" or "y") return null;
        var (sided, part) = second.Value.StartsWith("left ", StringComparison.Ordinal)
            || second.Value.StartsWith("right ", StringComparison.Ordinal) ? (second, first) : (first, second);
        var side = sided.Value.IndexOf(' ', StringComparison.Ordinal);
        return side > 0 && sided.Value[..side] is "left" or "right"
            && lexicon.Is("part-of", $"{sided.Value[(side + 1)..]} {part.Value}")
            ? $"{sided.Value[..side]} {part.Value}" : null;
    }

    /// <summary>
    /// Where one day of a note can only be read with the day first (14/09/2026), 03/05/2026 is read so too; where
    /// another can only be read with the month first, it is not read.
    /// </summary>
    void DayFirst()
    {
        var (isDayFirst, isMonthFirst) = (false, false);
        foreach (var piece in Pieces)
            if (Sides(piece) is var (first, second))
            {
                isDayFirst |= first > 12;
                isMonthFirst |= second > 12;
            }
        if (!isDayFirst) return;
        foreach (var piece in Pieces)
        {
            if (Sides(piece) is not var (first, second) || first > 12 || second > 12 || first == second) continue;
            piece.Value = $"{piece.Value[..4]}-{second:00}-{first:00}";
            piece.IsDropped = isMonthFirst;
        }
        Pieces.RemoveAll(static p => p.IsDropped);
    }

    /// <summary>The two numbers before the year, of a day written in numbers; null for another.</summary>
    (int First, int Second)? Sides(Piece piece)
    {
        if (piece.Kind is not (Bit.Date or Bit.Expiry) || piece.Value.Length != 10) return null;
        var written = text.Text.AsSpan(piece.Start, piece.End - piece.Start);
        var mark = written.IndexOfAny('/', '-', '.');
        if (mark is not (1 or 2) || !int.TryParse(written[..mark], CultureInfo.InvariantCulture,
            out var first)) return null;
        var rest = written[(mark + 1)..];
        var next = rest.IndexOfAny('/', '-', '.');
        return next is 1 or 2 && int.TryParse(rest[..next], CultureInfo.InvariantCulture, out var second)
            ? (first, second) : null;
    }

    void AddTick(int place)
    {
        var token = text.TokenAt(place);
        if (token < text.Count) Add(Bit.Box, token, token + 1);
    }

    /// <summary>Reads what begins at a token; where the next one begins.</summary>
    int Read(int i)
    {
        if (text.Kind(i) == TokenKind.Break) return i + 1;
        if (text.Kind(i) == TokenKind.Mark) return ReadMark(i);
        if (cells.Count > 0 && ReadCell(i) is > 0 and var afterCell) return afterCell;
        if (ReadDay(i) is > 0 and var afterDay) return afterDay;
        if (text.Word(i) is "0" && words.TryFind(text, i, out var phrase)
            && phrase.EndToken > i + 1) return ReadWords(i);
        // "5-FU"
        if (text.Kind(i) == TokenKind.Number && text.IsMark(i + 1, '-') && text[i + 1].Glue
            && lexicon.Drugs.TryFind(text, i, out var named) && named.EndToken > i + 2) return ReadWords(i);
        if (text.Kind(i) == TokenKind.Number || LooksLikeNumber(i))
        {
            if (ReadNumber(i) is > 0 and var afterNumber) return afterNumber;
        }
        if (ReadDiagnosis(i) is > 0 and var afterCode) return afterCode;
        if (ReadSpelledCode(i) is > 0 and var afterSpelled) return afterSpelled;
        if (ReadSpelledAmount(i) is > 0 and var afterAmount) return afterAmount;
        return ReadWords(i);
    }

    bool LooksLikeNumber(int i) => text.Word(i) is "o" && text.IsMark(i + 1, '.') && text[i + 1].Glue
        && text.Kind(i + 2) == TokenKind.Number && text[i + 2].Glue || text.Kind(i) == TokenKind.Word
        && text[i].Length <= 5
        && Numbers.AsDigit(text.Written(i)[0]) != '\0' && text.Written(i).ContainsAnyInRange('0', '9');

    int ReadMark(int i)
    {
        // #3 of something is no amount
        if (text.IsMark(i, '#') && text.Kind(i + 1) == TokenKind.Number && text[i + 1].Glue) return i + 2;
        if (text.IsMark(i, '<') || text.IsMark(i, '>') && !text.IsMark(i - 2, '<') && !text.IsMark(i - 3, '<'))
            if (text.Kind(i + 1) == TokenKind.Number) return i + 2;
        if (text.IsMark(i, '$') && text.Kind(i + 1) == TokenKind.Number) return i + 2;
        return i + 1;
    }

    int ReadDay(int i)
    {
        if (!Calendar.TryDay(text, i, words, out var day, out var end)) return 0;
        var after = text.TokenAt(end - 1) + 1;
        Add(Bit.Date, i, after, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text[i].Start, end);
        return after;
    }

    /// <summary>Numbers: package, time, amount, percent, gauge, minutes, code; what only looks like one is stepped
    /// over.</summary>
    int ReadNumber(int i)
    {
        if (ReadNdc(i) is > 0 and var afterNdc) return afterNdc;
        if (ReadSpan(i) is > 0 and var afterSpan) return afterSpan;
        if (ReadAmount(i) is > 0 and var afterAmount) return afterAmount;
        if (ReadCount(i) is > 0 and var afterCount) return afterCount;
        if (ReadTime(i) is > 0 and var afterTime) return afterTime;
        if (ReadCode(i) is > 0 and var afterCode) return afterCode;
        if (text.Kind(i) != TokenKind.Number) return 0;
        // 158/96, 2/10, 1:1000: two numbers that are one thing
        if (text.Kind(i + 1) == TokenKind.Mark && text.At(text[i + 1].Start) is '/' or ':' && text[i + 1].Glue
            && text.Kind(i + 2) == TokenKind.Number && text[i + 2].Glue)
            return ReadRatio(i);
        if (IsBareDose(i)) Add(Bit.Bare, i, i + 1, text.Word(i).ToString());
        return i + 1;
    }

    int ReadRatio(int i)
    {
        if (text.IsMark(i + 1, ':') && text.Word(i) is "1"
            && text.Word(i + 2) is "1000" or "1,000" or "10000" or "10,000" or "100000" or "200000" or "100,000"
            or "200,000")
            Add(Bit.Percent, i, i + 3, $"1:{text.Word(i + 2).ToString().Replace(",", "", StringComparison.Ordinal)}");
        return i + 3;
    }

    /// <summary>A number alone just before a route or just after a drug: a dose whose unit is missing.</summary>
    bool IsBareDose(int i) => text[i].Length <= 5 && Pieces.Count > 0 && Pieces[^1].Kind == Bit.Drug
        && Pieces[^1].EndToken == i && !text.IsMark(i + 1, '/') && !text.IsMark(i + 1, ':');

    int ReadNdc(int i)
    {
        var at = text[i].Start;
        var end = at;
        var hyphens = 0;
        while (char.IsAsciiDigit(text.At(end)) || (text.At(end) == '-' && char.IsAsciiDigit(text.At(end + 1))))
        {
            if (text.At(end) == '-') hyphens++;
            end++;
        }
        var length = end - at;
        var isBare = hyphens == 0 && length is 10 or 11 && LastLabel("ndc", i);
        if ((hyphens != 2 && !isBare) || length is < 10 or > 13 || NoteText.IsWordSign(text.At(end))) return 0;
        if (!Ndc.TryParse(text.Text.AsSpan(at, length), out var ndc, out _)) return 0;
        var digits = ndc.ToString();
        var after = text.TokenAt(end - 1) + 1;
        Add(Bit.Ndc, i, after, $"{digits[..5]}-{digits[5..9]}-{digits[9..]}", at, end);
        return after;
    }

    /// <summary>Whether the last piece is a label of the name, close before.</summary>
    bool LastLabel(string name, int token) =>
        Pieces.Count > 0 && Pieces[^1].Kind == Bit.Label && Pieces[^1].Value == name
            && token - Pieces[^1].EndToken <= 2;

    bool IsTimeExpected(int i)
    {
        if (i > 0 && text.IsMark(i - 1, '@') || HeadsLog(i)) return true;
        // "IM R delt 1920" is no year
        if (Pieces.Count > 0 && Pieces[^1].EndToken == i && Pieces[^1].Kind is Bit.Site or Bit.Route) return true;
        var before = i > 0 && text.Kind(i - 1) == TokenKind.Mark ? i - 2 : i - 1;
        return text.Word(before) is "at" or "time" or "start" or "started" or "stop" or "stopped" or "end" or "ended"
            or "began" or "until" or "till" or "hora" or "las" or "begun" or "completed" or "finished" or "t1me"
            or "tlme"
            or "given" or "gave" or "administered" or "injected" or "around" or "restarted" or "resumed"
            or "paused" or "hung" or "off";
    }

    /// <summary>"1948 metoclopramide 10 mg IV push" below "1906 arrived": four digits that could be a year begin a line,
    /// as other lines of the note begin with a time.</summary>
    bool HeadsLog(int i)
    {
        if (!IsFourAtHead(i)) return false;
        logLines ??= Enumerable.Range(0, text.Count).Count(IsFourAtHead);
        return logLines > 1;
    }

    bool IsFourAtHead(int i) => text.Kind(i) == TokenKind.Number && text[i].Length == 4
        && (i == 0 || text.Kind(i - 1) == TokenKind.Break) && text.Kind(i + 1) == TokenKind.Word
        && !text[i + 1].Glue && Calendar.TryTime(text, i, true, out _, out _) && !IsUnit(i + 1);

    int? logLines;

    int ReadTime(int i)
    {
        if (IsAddress(i) || IsDilution(i) || !Calendar.TryTime(text, i, IsTimeExpected(i), out var time, out var end))
            return 0;
        var after = text.TokenAt(end - 1) + 1;
        if (IsUnit(after) || IsPlainCount(i, after) || IsBareAmount(i, after)) return 0;
        Add(Bit.Time, i, after, time, text[i].Start, end);
        return after;
    }

    /// <summary>"1:10 yellow", "(red 1:1)": the strength of an allergen, which looks like a time.</summary>
    bool IsDilution(int i) => text.Word(i) is "1" && text.IsMark(i + 1, ':')
        && (IsOfDilution(i + 3) || IsOfDilution(i - 1) || text.IsMark(i + 3, ')') && IsOfDilution(i - 1)
            || text.Word(i + 3) is "w" or "v");

    bool IsOfDilution(int token) => text.Word(token) is "red" or "yellow" or "blue" or "green" or "silver" or "gold"
        or "rpr" or "vdrl" or "titer" or "ana" or "dilution" or "maintenance" or "conc" or "concentrate" or "vial"
        or "w" or "v";

    /// <summary>A unit, and not the L of "L FA".</summary>
    bool IsUnit(int token) => Amounts.UnitAt(text, token, out _) is not MeasureUnit.None and var unit
        && !(unit == MeasureUnit.L && PlaceAt(Filler(token + 1), out _, out _));

    /// <summary>Four digits that count something: "1200 calories", "lot 1015", a number with a comma.</summary>
    bool IsPlainCount(int i, int after) =>
        text.Word(i).Contains(',') || text.Word(i).Contains('.')
        || text.Word(after) is "calories" or "kcal" or "steps" or "dollars" or "main" or "street" or "st" or "mile"
        || (i > 0 && text.IsMark(i - 1, '-') && text[i].Glue && text[i - 1].Glue
        && text.Kind(i - 2) == TokenKind.Number);

    /// <summary>"L arm 1000 im": before a route it may be a dose whose unit is missing.</summary>
    bool IsBareAmount(int i, int after) => text[i].Length == 4 && after == i + 1 && text.Word(i)[0] != '0'
        && text.Word(after) is "im" or "sc" or "sq" or "subq" or "iv" or "ivp" && !text.IsMark(i - 1, '@')
        && text.Word(i - 1) is not ("at" or "time" or "given");

    bool IsAddress(int i) => Pieces.Count > 0 && Pieces[^1].Kind == Bit.Label && Pieces[^1].Value == "address"
        && i - Pieces[^1].EndToken <= 2;

    /// <summary>Two times with a dash or "to" between.</summary>
    int ReadSpan(int i)
    {
        if (IsAddress(i) || (text.IsMark(i - 1, '-') && text[i].Glue)
            || !Calendar.TryTime(text, i, true, out var start, out var end)) return 0;
        var dash = text.TokenAt(end);
        if (dash >= text.Count || !(text.IsMark(dash, '-')
            || text.Word(dash) is "to" or "until" or "till" or "thru" or "a"))
            return 0;
        var next = dash + 1;
        if (text[i].Length <= 2 && text.At(text[i].End) != ':' && text.Kind(i + 1) == TokenKind.Mark) return 0;
        if (!Calendar.TryTime(text, next, true, out var stop, out var last)) return 0;
        if (last - text[next].Start < 3) return 0;
        var after = text.TokenAt(last - 1) + 1;
        if (IsUnit(after) || (text.IsMark(after, '-') && text[after].Glue)) return 0;
        Add(Bit.Span, i, after, start, text[i].Start, last).Other = stop;
        return after;
    }

    /// <summary>A code that is dictated digit by digit, after the word: "code is two zero five two six".</summary>
    int ReadSpelledCode(int i)
    {
        if (Numbers.Small(text.Word(i)) is < 0 or > 9 || !(text.Word(i - 1) is "code" or "is" or "codes" or "cpt"
            || text.IsMark(i - 1, ':')))
            return 0;
        Span<char> digits = stackalloc char[5];
        for (var d = 0; d < digits.Length; d++)
        {
            if (Numbers.Small(text.Word(i + d)) is < 0 or > 9) return 0;
            digits[d] = (char)('0' + Numbers.Small(text.Word(i + d)));
        }
        var code = new string(digits);
        var isVisit = Array.IndexOf(Visits, code) >= 0;
        if (!isVisit && !IsProcedure(code, true)) return 0;
        Add(isVisit ? Bit.Visit : Bit.Procedure, i, i + 5, code);
        return i + 5;
    }

    int ReadSpelledAmount(int i) => text.Kind(i) == TokenKind.Word && Numbers.Small(text.Word(i)) >= 0
        || text.Word(i) is "point" or "half" ? ReadAmount(i) : 0;

    int ReadCode(int i)
    {
        if (text[i].Length != 5 || text.Kind(i) != TokenKind.Number || !text.Word(i).ContainsAnyInRange('0', '9')
            || text.Word(i).ContainsAny('.', ',') || IsAddress(i)
            || text.At(text[i].End) is '-' && char.IsAsciiDigit(text.At(text[i].End + 1))
            && char.IsAsciiDigit(text.At(text[i].End + 3)))
            return 0;
        var code = text.Word(i).ToString();
        var end = i + 1;
        var modifiers = "";
        while (text.IsMark(end, '-') && text[end].Glue && end + 1 < text.Count && text[end + 1].Glue
            && text[end + 1].Length == 2)
        {
            modifiers = text.Written(end + 1).ToString().ToUpperInvariant();
            end += 2;
        }
        var isVisit = code.StartsWith("99", StringComparison.Ordinal) && Visits.Contains(code);
        if (!isVisit && !IsProcedure(code, modifiers.Length > 0 || LastLabel("codes", i))) return 0;
        Add(isVisit ? Bit.Visit : Bit.Procedure, i, end, code).Other = modifiers;
        return end;
    }

    /// <summary>
    /// A code of a service of its own: named as a code, or of those done with a needle. What gives the drug is not one:
    /// it is found by coding.
    /// </summary>
    bool IsProcedure(string code, bool isNamed)
    {
        if (!Code.TryParse(code, out var parsed) || lexicon.Book.Id(parsed) < 0) return false;
        var number = int.Parse(code, CultureInfo.InvariantCulture);
        if (number is >= 96360 and <= 96549 or >= 90460 and <= 90749 or >= 95115 and <= 95199) return false;
        return isNamed || number is 20526 or (>= 20550 and <= 20553) or (>= 20600 and <= 20612) or 27096
            or (>= 62320 and <= 62327) or (>= 64400 and <= 64530) or (>= 64612 and <= 64650) or 67028 or 11900 or 11901;
    }

    static readonly string[] Visits =
    [
        "99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215", "99381", "99382", "99383",
        "99384", "99385", "99386", "99387", "99391", "99392", "99393", "99394", "99395", "99396", "99397", "99241",
        "99242", "99243", "99244", "99245", "99281", "99282", "99283", "99284", "99285", "99341", "99342", "99347",
        "99348", "99349", "99350", "99495", "99496",
    ];

    /// <summary>An ICD-10-CM code as written: with its dot, or without where a diagnosis is due.</summary>
    int ReadDiagnosis(int i)
    {
        var at = text[i].Start;
        var letter = text.Text[at];
        if (!char.IsAsciiLetter(letter) || !char.IsAsciiDigit(text.At(at + 1))
            || !char.IsLetterOrDigit(text.At(at + 2)))
            return 0;
        if (text[i].Length is < 3 or > 7
            || (at > 0 && text[i].Glue && !HeadsLineOfCodes(i) && !text.IsMark(i - 1, '(')
            && !text.IsMark(i - 1, ':') && !text.IsMark(i - 1, '/') && !text.IsMark(i - 1, ')')
            && !text.IsMark(i - 1, ',')))
            return 0;
        var end = at + 3;
        if (text.At(end) == '.' && char.IsLetterOrDigit(text.At(end + 1)))
        {
            if (text[i].Length != 3) return 0;
            end++;
            while (char.IsAsciiLetterOrDigit(text.At(end)) && end < at + 8) end++;
        }
        else if (text[i].Length != 3 || !IsDiagnosisDue(i)) return 0;
        if (NoteText.IsWordSign(text.At(end))) return 0;
        var after = text.TokenAt(end - 1) + 1;
        Add(Bit.Diagnosis, i, after, text.Text[at..end].ToUpperInvariant(), at, end);
        return after;
    }

    /// <summary>"H35.3221    67028-LT": a code in full at the head of a line, with a code, a column or nothing after
    /// it, under a line that is no heading.</summary>
    bool HeadsLineOfCodes(int i)
    {
        if (i == 0 || text.Kind(i - 1) != TokenKind.Break) return false;
        var end = text[i].Start;
        var line = text.Text.AsSpan(0, text[i - 1].Start).TrimEnd();
        line = line[(line.LastIndexOf('\n') + 1)..];
        while (end < text.Text.Length && (char.IsAsciiLetterOrDigit(text.At(end)) || text.At(end) == '.')) end++;
        var rest = text.Text.AsSpan(end);
        var isList = rest.StartsWith(",") || rest.Length > 4 && rest[0] == ' ' && char.IsAsciiLetterUpper(rest[1])
            && char.IsAsciiDigit(rest[2]) && char.IsAsciiDigit(rest[3]);
        return (end - text[i].Start >= LeastInFull || isList) && (line.Length >= LongestHeading
                || line.ContainsAnyInRange('0', '9')) && !line.EndsWith(":")
            && (isList || rest.IsEmpty || rest[0] == '\n' || rest.StartsWith("  "));
    }

    /// <summary>The characters of a code that looks like nothing else, with its dot; of a line that may be a
    /// heading.</summary>
    const int LeastInFull = 6, LongestHeading = 25;

    bool IsDiagnosisDue(int i)
    {
        if (text.Word(i) is "b12") return false; // the vitamin: no code of ICD-10-CM
        if (Pieces.Count > 0 && Pieces[^1].Kind == Bit.Diagnosis && i - Pieces[^1].EndToken <= 1) return true;
        if (LastLabel("indication", i) || LastLabel("codes", i)) return true;
        // a sentence of its own, or the first of a list: "bone mets C61, C79.51"
        if ((IsAlone(i) || text.Kind(i + 1) == TokenKind.Mark && text.At(text[i + 1].Start) is ',' or '/'
            && text.At(text[i + 2].Start + 3) == '.' && text.Kind(i + 2) == TokenKind.Word && text[i + 2].Length == 3)
            && char.IsUpper(text.Written(i)[0]) && IsValid(i))
            return true;
        if (text.IsMark(i - 1, '(') && text.IsMark(i + 1, ')') && IsValid(i)) return true;
        // "C61, PSA 0.4", and "…   G35" that ends a line in a column of its own
        if (char.IsUpper(text.Written(i)[0]) && IsValid(i)
            && (SentenceOf(i - 1) != sentences[i] && text.IsMark(i + 1, ',')
                || i > 0 && text[i].Start - text[i - 1].End >= 3 && text.Kind(i + 1) == TokenKind.Break)) return true;
        // 2) I10 uncontrolled
        return i >= 2 && text.Kind(i - 1) == TokenKind.Mark && text.At(text[i - 1].Start) is ')' or '.'
            && text.Kind(i - 2) == TokenKind.Number && text[i - 2].Length == 1;
    }

    bool IsAlone(int i) => SentenceOf(i - 1) != sentences[i]
        && (i + 1 >= text.Count || text.IsMark(i + 1, '.') || sentences[i + 1] != sentences[i]
            || text.Kind(i + 1) == TokenKind.Break);

    bool IsValid(int i) => Code.TryParse(text.Written(i), out var code)
        && lexicon.Book.Diagnoses(lexicon.Book.Release)?.Standing(code) is Codes.DiagnosisStanding.Valid;
}
