using System.Globalization;

namespace Deltoid.Notes;

/// <summary>Numbers of notes: digits, digits as scans confuse them, and words ("one hundred fifty", "point
/// five").</summary>
internal static class Numbers
{
    const int MostDigits = 12;

    /// <summary>The number that begins at a token, and the token after it.</summary>
    public static bool TryRead(NoteText text, int token, out decimal value, out int end)
    {
        value = 0;
        end = token;
        return text.Kind(token) switch
        {
            TokenKind.Number => TryDigits(text, token, out value, out end),
            TokenKind.Word => TryScanned(text, token, out value, out end)
                || TrySpelled(text, token, out value, out end),
            _ => false,
        };
    }

    static bool TryDigits(NoteText text, int token, out decimal value, out int end)
    {
        end = token + 1;
        // "3O mg": a letter that is a digit to a scanner, glued to digits
        if (text.Kind(end) == TokenKind.Word && text[end].Glue && TryScannedRun(text, token, out value, out end))
            return true;
        end = token + 1;
        value = 0;
        if (text[token].Length > MostDigits || (token > 0 && text[token].Glue && text.IsMark(token - 1, '.')))
            return false;
        var word = text.Word(token);
        if (HasDecimalComma(word, out var whole, out var share))
        {
            value = whole + share;
            return true;
        }
        return decimal.TryParse(word, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out value);
    }

    /// <summary>"0,5" and "1,25", as Spanish writes decimals; "5,000" has thousands.</summary>
    static bool HasDecimalComma(ReadOnlySpan<char> word, out decimal whole, out decimal share)
    {
        (whole, share) = (0, 0);
        var comma = word.IndexOf(',');
        if (comma < 1 || word.LastIndexOf(',') != comma || word.Contains('.')) return false;
        var digits = word.Length - comma - 1;
        if (digits is < 1 or > 3 || (digits == 3 && !word[..comma].SequenceEqual("0"))) return false;
        if (!decimal.TryParse(word[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out whole)
            || !decimal.TryParse(word[(comma + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out share))
            return false;
        for (var i = 0; i < digits; i++) share /= 10;
        return true;
    }

    /// <summary>A word of letters that scans take for digits, before a unit: "lO mg", "O.5 mL".</summary>
    static bool TryScanned(NoteText text, int token, out decimal value, out int end) =>
        TryScannedRun(text, token, out value, out end);

    static bool TryScannedRun(NoteText text, int token, out decimal value, out int end)
    {
        value = 0;
        end = token;
        Span<char> digits = stackalloc char[MostDigits];
        var (length, real, at) = (0, 0, text[token].Start);
        for (; at < text.Text.Length; at++)
        {
            var c = text.Text[at];
            var digit = AsDigit(c);
            if (c is ',' && digits.Length > 0 && AsDigit(text.At(at + 1)) != '\0') continue;
            if (c is '.' && AsDigit(text.At(at + 1)) != '\0') digit = '.';
            if (digit == '\0' || length == MostDigits) break;
            if (char.IsAsciiDigit(c)) real++;
            digits[length++] = digit;
        }
        if (real == 0 || length < 2 || (NoteText.IsWordSign(text.At(at)) && !IsUnitFrom(text, at))) return false;
        end = text.TokenAt(at - 1) + 1;
        if (text[end - 1].End > at) return false;
        return decimal.TryParse(digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out value);
    }

    static bool IsUnitFrom(NoteText text, int at) => text.TokenAt(at) is var token && token < text.Count
        && text[token].Start == at && Amounts.UnitAt(text, token, out _) != Values.MeasureUnit.None;

    /// <summary>The digit that a sign is, or is to a scanner; NUL for none.</summary>
    public static char AsDigit(char c) => c switch
    {
        >= '0' and <= '9' => c,
        'O' or 'o' => '0',
        'l' or 'I' => '1',
        _ => '\0',
    };

    static bool TrySpelled(NoteText text, int token, out decimal value, out int end)
    {
        value = 0;
        var (hundreds, thousands, any) = (0m, 0m, false);
        for (end = token; end < text.Count; end++)
        {
            var word = text.Word(end);
            if (text.IsMark(end, '-') && text[end].Glue && any) continue;
            if (word is "and" && any && Small(text.Word(end + 1)) >= 0 && hundreds >= 100) continue;
            if (word is "hundred" or "cien" && any) hundreds *= 100;
            else if (word is "thousand" or "mil" && any)
            {
                thousands = (thousands + hundreds) * 1000;
                hundreds = 0;
            }
            else if (word is "million" && any && thousands == 0 && !IsCountOfUnits(text, end))
            {
                thousands = hundreds * 1_000_000;
                hundreds = 0;
            }
            else if (word is "point") return TryPoint(text, end, thousands + hundreds, out value, out end);
            else if (word is "half" && !any)
            {
                value = 0.5m;
                end = text.Word(end + 1) is "a" or "of" ? end + 2 : end + 1;
                return true;
            }
            else if (Small(word) is >= 0 and var small && (hundreds % 100 == 0 || (hundreds % 10 == 0 && small < 10)))
                hundreds += small;
            else break;
            any = true;
        }
        if (any && end > token && text.Kind(end - 1) == TokenKind.Mark) end--;
        value = thousands + hundreds;
        return any;
    }

    static bool IsCountOfUnits(NoteText text, int token) =>
        Amounts.UnitAt(text, token, out _) == Values.MeasureUnit.MillionUnits;

    /// <summary>What follows a spelled point: words or digits, one sign each.</summary>
    static bool TryPoint(NoteText text, int point, decimal whole, out decimal value, out int end)
    {
        value = whole;
        var share = 0.1m;
        for (end = point + 1; end < text.Count && share > 0.00001m; end++, share /= 10)
        {
            if (Small(text.Word(end)) is >= 0 and < 10 and var digit) value += digit * share;
            else if (text.Kind(end) == TokenKind.Number && text[end].Length <= 3
                && decimal.TryParse(text.Word(end), NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
            {
                for (var i = 1; i < text[end].Length; i++) share /= 10;
                value += digits * share;
            }
            else break;
        }
        return end > point + 1;
    }

    /// <summary>A number word below one hundred; -1 for another word.</summary>
    public static int Small(ReadOnlySpan<char> word) => word switch
    {
        "zero" or "oh" => 0,
        "one" or "uno" or "una" => 1,
        "two" or "dos" => 2,
        "three" or "tres" => 3,
        "four" or "cuatro" => 4,
        "five" or "cinco" => 5,
        "six" or "seis" => 6,
        "seven" or "siete" => 7,
        "eight" or "ocho" => 8,
        "nine" or "nueve" => 9,
        "ten" or "diez" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" or "quince" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" or "veinte" => 20,
        "thirty" or "treinta" => 30,
        "forty" or "cuarenta" => 40,
        "fifty" or "cincuenta" => 50,
        "sixty" or "sesenta" => 60,
        "seventy" => 70,
        "eighty" or "ochenta" => 80,
        "ninety" => 90,
        _ => -1,
    };
}
