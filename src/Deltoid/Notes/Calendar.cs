using System.Globalization;

namespace Deltoid.Notes;

/// <summary>
/// Dates and times as American notes write them. What a scan makes of digits is read where at least one digit is sure.
/// A year of two digits is of this century; a birth that would be to come is of the last.
/// </summary>
internal static class Calendar
{
    /// <summary>A whole day at a place: <c>3/9/2026</c>, <c>2026-03-09</c>, <c>March 9, 2026</c>, <c>9 Mar
    /// 26</c>.</summary>
    public static bool TryDay(NoteText text, int token, WordTable words, out DateOnly day, out int end)
    {
        day = default;
        end = 0;
        if (token >= text.Count || text.Word(token - 1) is "days") return false; // "days 3/7/14" of a series
        return text.Kind(token) == TokenKind.Number && TryNumbers(text, text[token].Start, out day, out end)
            || TryNamed(text, token, words, out day, out end)
            || (text.Kind(token) == TokenKind.Word && TryNumbers(text, text[token].Start, out day, out end));
    }

    static bool TryNumbers(NoteText text, int at, out DateOnly day, out int end)
    {
        day = default;
        end = at;
        if (!TryNumber(text, at, 4, out var first, out var length)) return false;
        at += length;
        var mark = text.At(at);
        if (mark is not ('/' or '-' or '.')) return false;
        if (!TryNumber(text, at + 1, 2, out var second, out var secondLength)) return false;
        at += 1 + secondLength;
        if (text.At(at) != mark || !TryNumber(text, at + 1, 4, out var third, out var thirdLength)) return false;
        end = at + 1 + thirdLength;
        if (NoteText.IsWordSign(text.At(end)) || (text.At(end) == mark && char.IsAsciiDigit(text.At(end + 1))))
            return false;
        if (mark == '.' && thirdLength != 4 && (length > 2 || third < 20)) return false;
        return length == 4
            ? thirdLength <= 2 && TryMake(first, second, third, out day)
            : length <= 2 && thirdLength is 2 or 4
                && (TryMake(YearOf(third, thirdLength), first, second, out day)
                // 14/09/2026 can only be written with the day first
                || first > 12 && TryMake(YearOf(third, thirdLength), second, first, out day));
    }

    static bool TryNamed(NoteText text, int token, WordTable words, out DateOnly day, out int end)
    {
        day = default;
        end = 0;
        var at = token;
        var month = MonthAt(text, at, words);
        var number = 0;
        var isDayFirst = month == 0;
        if (isDayFirst)
        {
            if (!TryCount(text, at, out number) || number > 31) return false;
            at++;
            if (text.IsMark(at, '-') || text.IsMark(at, '/')) at++;
            else if (text.Word(at) is "de" or "of" or "st" or "nd" or "rd" or "th") at++;
            month = MonthAt(text, at, words);
            if (month == 0) return false;
            at++;
        }
        else
        {
            at++;
            if (text.IsMark(at, '.')) at++;
            if (!TryCount(text, at, out number) || number > 31) return false;
            at++;
            if (text.Word(at) is "st" or "nd" or "rd" or "th" && text[at].Glue) at++;
        }
        while (at < text.Count && (text.IsMark(at, ',') || text.IsMark(at, '-')
            || isDayFirst && text.IsMark(at, '/') || text.Word(at) is "de")) at++;
        if (!TryCount(text, at, out var year) || (text[at].Length != 4 && text[at].Length != 2)) return false;
        end = text[at].End;
        return TryMake(YearOf(year, text[at].Length), month, number, out day);
    }

    public static int MonthAt(NoteText text, int token, WordTable words)
    {
        for (var sense = words.Of(text.Word(token)); sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Month) return int.Parse(sense.Value, CultureInfo.InvariantCulture);
        return 0;
    }

    static bool TryCount(NoteText text, int token, out int number)
    {
        number = 0;
        return text.Kind(token) == TokenKind.Number && text[token].Length <= 4
            && int.TryParse(text.Word(token), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    static int YearOf(int year, int digits) => digits == 2 ? 2000 + year : year;

    static bool TryMake(int year, int month, int number, out DateOnly day)
    {
        day = default;
        if (year is < 1900 or > 2100 || month is < 1 or > 12 || number < 1
            || number > DateTime.DaysInMonth(year, month))
            return false;
        day = new(year, month, number);
        return true;
    }

    /// <summary>Digits at a place, as scans confuse them; at least one is sure.</summary>
    static bool TryNumber(NoteText text, int at, int most, out int number, out int length)
    {
        (number, length) = (0, 0);
        var sure = 0;
        while (length < most && Numbers.AsDigit(Raw(text, at + length)) is not '\0' and var digit)
        {
            if (char.IsAsciiDigit(text.At(at + length))) sure++;
            number = (number * 10) + (digit - '0');
            length++;
        }
        return length > 0 && sure > 0 && !char.IsAsciiDigit(text.At(at + length));
    }

    static char Raw(NoteText text, int at) => at >= 0 && at < text.Text.Length ? text.Text[at] : '\0';

    /// <summary>
    /// When something expires: a month or a day, as the encounter writes it (<c>2028-08</c>). For what follows the
    /// label.
    /// </summary>
    public static bool TryExpiry(NoteText text, int token, WordTable words, out string expires, out int end)
    {
        expires = "";
        end = 0;
        if (token >= text.Count) return false;
        if (TryDay(text, token, words, out var day, out end))
        {
            expires = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return true;
        }
        return TryMonthNumbers(text, text[token].Start, out expires, out end)
            || TryMonthNamed(text, token, words, out expires, out end);
    }

    static bool TryMonthNumbers(NoteText text, int at, out string expires, out int end)
    {
        expires = "";
        end = at;
        if (!TryNumber(text, at, 6, out var first, out var length)) return false;
        at += length;
        var mark = text.At(at);
        if (length is 4 or 6 && !NoteText.IsWordSign(mark) && mark is not ('/' or '-'))
        {
            end = at; // 0828, 082028, 202808
            var (left, right) = length == 4 ? (first / 100, first % 100) : (first / 10000, first % 10000);
            if (length == 6 && left > 12) (left, right) = (first % 100, first / 100);
            return TryMonth(right, right > 99 ? 4 : 2, left, out expires);
        }
        var gap = mark is '/' or '-' or '.' or ' ' ? 1 : 0;
        if (gap == 0 || !TryNumber(text, at + 1, 4, out var second, out var secondLength)) return false;
        end = at + 1 + secondLength;
        if (NoteText.IsWordSign(text.At(end)) || (mark == ' ' && secondLength != 4)) return false;
        return length == 4
            ? TryMonth(first, 4, second, out expires)
            : length <= 2 && secondLength is 2 or 4 && TryMonth(second, secondLength, first, out expires);
    }

    static bool TryMonthNamed(NoteText text, int token, WordTable words, out string expires, out int end)
    {
        expires = "";
        end = 0;
        var at = token;
        var month = MonthAt(text, at, words);
        if (month == 0) return TryGlued(text, token, words, out expires, out end);
        at++;
        while (at < text.Count && (text.IsMark(at, '.') || text.IsMark(at, '-') || text.IsMark(at, '/')
            || text.IsMark(at, ',') || text.IsMark(at, '\'') || text.Word(at) is "de" or "of"))
            at++;
        if (!TryCount(text, at, out var year)) return false;
        end = text[at].End;
        return TryMonth(year, text[at].Length, month, out expires);
    }

    /// <summary><c>MAR2028</c>, and <c>31MAR2028</c>, which labels print.</summary>
    static bool TryGlued(NoteText text, int token, WordTable words, out string expires, out int end)
    {
        (expires, end) = ("", 0);
        var day = 0;
        if (text.Kind(token) == TokenKind.Number && TryCount(text, token, out day) && day is > 0 and <= 31) token++;
        var word = text.Word(token);
        if (word.Length is not (5 or 7) || !char.IsAsciiLetter(word[0])) return false;
        var month = 0;
        for (var sense = words.Of(word[..3]); sense is not null; sense = sense.Next)
            if (sense.Kind == Meaning.Month) month = int.Parse(sense.Value, CultureInfo.InvariantCulture);
        if (month == 0 || !int.TryParse(word[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return false;
        end = text[token].End;
        if (!TryMonth(year, word.Length - 3, month, out expires)) return false;
        if (day > 0) expires += day.ToString("-00", CultureInfo.InvariantCulture);
        return true;
    }

    static bool TryMonth(int year, int digits, int month, out string expires)
    {
        expires = "";
        if (digits is not (2 or 4) || month is < 1 or > 12) return false;
        year = YearOf(year, digits);
        if (year is < 2000 or > 2099) return false;
        expires = $"{year:0000}-{month:00}";
        return true;
    }

    /// <summary>
    /// A time of day: <c>14:05</c>, <c>2:05 pm</c>, <c>1405</c>. Four bare digits that could be a year are no time
    /// unless <paramref name="isSure"/>.
    /// </summary>
    public static bool TryTime(NoteText text, int token, bool isSure, out string time, out int end)
    {
        (time, end) = ("", 0);
        if (token >= text.Count || text.Kind(token) is TokenKind.Mark or TokenKind.Break) return false;
        var at = text[token].Start;
        if (!TryNumber(text, at, 4, out var first, out var length)) return false;
        at += length;
        int hour, minute = 0;
        var isClock = length <= 2 && text.At(at) == ':' && TryNumber(text, at + 1, 2, out minute, out var two)
            && two == 2;
        if (isClock)
        {
            hour = first;
            at += 3;
            if (text.At(at) == ':' && TryNumber(text, at + 1, 2, out _, out two)) at += 1 + two;
        }
        else if (length is 3 or 4 && (length == 4 || isSure)) (hour, minute) = (first / 100, first % 100);
        else if (length <= 2) hour = first;
        else return false;
        var half = HalfOfDay(text, at, out var afterHalf);
        if (length <= 2 && !isClock && half == ' ') return false;
        if (half != ' ')
        {
            if (hour is < 1 or > 12) return false;
            hour = (hour % 12) + (half == 'p' ? 12 : 0);
            at = afterHalf;
        }
        else if (TryHourSign(text, ref at)) isSure = true;
        else if (NoteText.IsWordSign(text.At(at))
            || (text.At(at) is ':' or '.' or '/' && NoteText.IsWordSign(text.At(at + 1))))
            return false;
        if (!isClock && half == ' ' && !isSure && hour is 19 or 20 && !isClock) return false;
        if (hour > 23 || minute > 59) return false;
        time = $"{hour:00}:{minute:00}";
        end = at;
        return true;
    }

    /// <summary>a or p for am and pm, glued or after a blank; a blank for none.</summary>
    static char HalfOfDay(NoteText text, int at, out int end)
    {
        var from = text.At(at) != ' ' ? at : text.At(at + 1) == ' ' ? at + 2 : at + 1;
        var half = text.At(from);
        end = from;
        if (half is not ('a' or 'p')) return ' ';
        if (text.At(from + 1) == 'm' && !NoteText.IsWordSign(text.At(from + 2))) end = from + 2;
        else if (text.At(from + 1) == '.' && text.At(from + 2) == 'm') end = text.At(from + 3)
            == '.' ? from + 4 : from + 3;
        else if (from == at && !NoteText.IsWordSign(text.At(from + 1))) end = from + 1;
        else return ' ';
        return half;
    }

    static bool TryHourSign(NoteText text, ref int at)
    {
        var from = text.At(at) == ' ' ? at + 1 : at;
        foreach (var sign in new[] { "hours", "hrs", "hr", "h" })
            if (from + sign.Length <= text.Text.Length && text.Folded[from..].StartsWith(sign)
                && !NoteText.IsWordSign(text.At(from + sign.Length)))
            {
                at = from + sign.Length;
                return true;
            }
        return false;
    }

    /// <summary>Minutes from one time of day to a later one; past midnight, on the next day.</summary>
    public static int Minutes(string start, string stop)
    {
        var minutes = Of(stop) - Of(start);
        return minutes < 0 ? minutes + (24 * 60) : minutes;
        static int Of(string time) =>
            ((((time[0] - '0') * 10) + time[1] - '0') * 60) + ((time[3] - '0') * 10) + time[4] - '0';
    }
}
