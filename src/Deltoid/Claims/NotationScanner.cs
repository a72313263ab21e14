using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>
/// Steps through claim notation word by word and knows line and column, both from 1. A message never repeats a word of
/// the text.
/// </summary>
internal ref struct NotationScanner(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> text = text;
    int next;
    int line = 1;
    int lineStart;
    int start;
    int lastLine;
    ReadOnlySpan<char> word;
    bool isQuoted;

    public bool AtEnd { get; private set; }

    /// <summary>Whether this word is the first of its line.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>Whether this word is the number that a service line begins with.</summary>
    public readonly bool StartsLine => IsFirst && !isQuoted && !word.ContainsAnyExceptInRange('0', '9');

    /// <summary>The explicit empty value.</summary>
    public readonly bool IsDash => !isQuoted && word is "-";

    public readonly bool IsUnits =>
        !isQuoted && word.Length > 1 && word[0] == 'x' && (char.IsAsciiDigit(word[1]) || word[1] is '-' or '.');

    /// <summary>Steps to the next word; false at the end. A line that begins with # is a comment.</summary>
    public bool Next()
    {
        SkipBlanks();
        while (next < text.Length && text[next] == '#' && line != lastLine)
        {
            SkipComment();
            SkipBlanks();
        }
        start = next;
        IsFirst = line != lastLine;
        lastLine = line;
        if (next == text.Length)
        {
            AtEnd = true;
            word = default;
            isQuoted = false;
            return false;
        }
        isQuoted = text[next] == '"';
        if (isQuoted) TakeQuoted();
        else
        {
            while (next < text.Length && !char.IsWhiteSpace(text[next])) next++;
            word = text[start..next];
        }
        return true;
    }

    void SkipBlanks()
    {
        for (; next < text.Length && char.IsWhiteSpace(text[next]); next++)
            if (EndsLine(next))
            {
                line++;
                lineStart = next + 1;
            }
    }

    /// <summary>A line ends with LF, with CR LF, or, as old Macs and some exports write it, with CR alone.</summary>
    readonly bool EndsLine(int at) =>
        text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'));

    void SkipComment()
    {
        while (next < text.Length && text[next] is not ('\n' or '\r')) next++;
    }

    void TakeQuoted()
    {
        for (next++; next < text.Length && text[next] is not ('"' or '\n' or '\r'); next++)
            if (text[next] == '\\' && next + 1 < text.Length && text[next + 1] != '\n') next++;
        if (next >= text.Length || text[next] != '"')
        {
            next = text.Length;
            throw Wrong("a quote is not closed on its line", "add the second quote; a quote within is \\\"");
        }
        word = text[(start + 1)..next++];
        if (next < text.Length && !char.IsWhiteSpace(text[next]))
            throw Wrong("something touches the end of a quoted text", "put a blank after the quote");
    }

    /// <summary>Steps to the value of a word, which is on the same line.</summary>
    public void NextValue(string of)
    {
        var (at, from) = (line, start - lineStart + 1);
        if (!Next() || IsFirst) throw Fault(at, from, $"{of} has no value", "write one after it, or - for none");
    }

    public readonly int IndexIn(ReadOnlySpan<string> words)
    {
        if (isQuoted) return -1;
        for (var i = 0; i < words.Length; i++)
            if (word.SequenceEqual(words[i])) return i;
        return -1;
    }

    /// <summary>Steps on when a further diagnosis follows: a quoted text, or a letter and a digit.</summary>
    public bool NextIfDiagnosis()
    {
        var before = this;
        if (Next() && (isQuoted || (word.Length > 1 && char.IsAsciiLetter(word[0]) && char.IsAsciiDigit(word[1]))))
            return true;
        this = before;
        return false;
    }

    /// <summary>Steps on when an NDC unit, or a dash for none, follows on the line.</summary>
    public bool NextIfNdcUnit(out NdcUnit unit)
    {
        var before = this;
        unit = NdcUnit.None;
        if (Next() && !IsFirst && (IsDash || TryNdcUnit(word, out unit))) return true;
        this = before;
        return false;
    }

    static bool TryNdcUnit(ReadOnlySpan<char> word, out NdcUnit unit)
    {
        unit = word switch
        {
            "UN" => NdcUnit.UN, "ML" => NdcUnit.ML, "GR" => NdcUnit.GR, "F2" => NdcUnit.F2, "ME" => NdcUnit.ME,
            _ => NdcUnit.None
        };
        return unit != NdcUnit.None;
    }

    public bool NextIfQuantity(out Quantity quantity)
    {
        var before = this;
        quantity = default;
        if (Next() && !IsFirst && !isQuoted && Quantity.TryParse(word, out quantity)) return true;
        this = before;
        return false;
    }

    public readonly string Text()
    {
        if (IsDash) return "";
        if (!isQuoted || !word.Contains('\\')) return word.ToString();
        var plain = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != '\\')
            {
                plain.Append(word[i]);
                continue;
            }
            plain.Append(word[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        return plain.ToString();
    }

    public readonly T Word<T>(Vocabulary<T> words) where T : struct, Enum
    {
        if (IsDash) return default;
        return words.TryRead(Text(), out var value)
            ? value
            : throw Wrong($"this is no {words.Name} known here", $"one of: {string.Join(", ", words.All)}");
    }

    /// <summary>A day; the default for a dash.</summary>
    public readonly DateOnly Date()
    {
        if (IsDash) return default;
        return Days.TryRead(word, out var day) ? day : throw Wrong("this is not a date", LooseDay.Usual);
    }

    public readonly Code Code() =>
        IsDash ? default
            : Values.Code.TryParse(word, out var code) ? code
            : throw Wrong("this is not a code", "write up to eight letters and digits");

    /// <summary>A diagnosis, or none for <c>""</c>: the place of one that could not be read.</summary>
    public readonly Code CodeOrBlank() => isQuoted && word.IsEmpty ? default : Code();

    public readonly char Frequency()
    {
        if (IsDash) return '1';
        return word.Length == 1 && char.IsAsciiLetterOrDigit(word[0])
            ? word[0]
            : throw Wrong("this is not a claim frequency", "1 original, 7 replacement, 8 void");
    }

    public readonly Money? Money()
    {
        if (IsDash) return null;
        return Values.Money.TryParse(word, out var money) && decimal.Abs(money.Dollars) <= 1_000_000_000_000m
            ? money
            : throw Wrong("this is not an amount", "write dollars and cents, as 38.00");
    }

    public readonly int LineNumber() =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 1_000_000
            ? number
            : throw Wrong("this is not a line number", "count from 1");

    public readonly Quantity Units() =>
        Quantity.TryParse(word[1..], out var units)
            ? units
            : throw Wrong("these are not units", "write x and a number with at most three decimals");

    /// <summary><c>J3420-JZ</c>; a code that is not there is a dash.</summary>
    public readonly (Code Code, Modifiers Modifiers) CodeAndModifiers()
    {
        var dash = word.IndexOf('-');
        var rest = dash < 0 ? default : word[(dash == 0 ? 1 : dash)..];
        Code code = default;
        if (isQuoted || (dash != 0 && !Values.Code.TryParse(dash < 0 ? word : word[..dash], out code)))
            throw Wrong("this is not a code with its modifiers", "write it as 96372 or 99213-25");
        ulong packed = 0;
        for (var count = 0; !rest.IsEmpty; rest = rest[3..], count++)
        {
            if (rest.Length < 3 || rest[0] != '-' || !Modifier.TryParse(rest[1..3], out var modifier))
                throw Wrong("a modifier does not read", "write two letters or digits after a hyphen");
            if (count == Modifiers.Max)
                throw Wrong("a line holds at most four modifiers", "keep the four that decide payment");
            packed |= (ulong)modifier.Packed << (48 - (16 * count));
        }
        return (code, new Modifiers(packed));
    }

    /// <summary>Letters by position (<c>AB</c> is 1, 2), or numbers with commas.</summary>
    public readonly Pointers Pointers()
    {
        if (IsDash) return default;
        uint packed = 0;
        var count = 0;
        if (char.IsAsciiDigit(word.IsEmpty ? ' ' : word[0]))
            foreach (var part in word.Split(','))
                packed |= At(count++,
                    int.TryParse(word[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : 0);
        else
            foreach (var letter in word) packed |= At(count++, char.IsAsciiLetterUpper(letter) ? letter - 'A' + 1 : 0);
        return count > 0 ? new Pointers(packed) : throw Wrong("there is no diagnosis pointer here", "write - for none");
    }

    readonly uint At(int index, int pointer)
    {
        if (index == Claims.Pointers.Max)
            throw Wrong("a line holds at most four diagnosis pointers", "keep four, the primary one first");
        if (pointer is < 1 or > 99)
            throw Wrong("these are not diagnosis pointers", "write the letters of the diagnoses, as AB");
        return (uint)pointer << (24 - (8 * index));
    }

    public readonly InputException Wrong(string problem, string tryThis) =>
        Fault(line, start - lineStart + 1, problem, tryThis);

    static InputException Fault(int line, int column, string problem, string tryThis) =>
        new($"{line}:{column}", $"line {line}, column {column}: {problem}", tryThis);
}
