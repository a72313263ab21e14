using System.Globalization;
using System.Text.Json;

namespace Deltoid.Values;

/// <summary>
/// How single values are read. All numbers are exact: a number that would have to be rounded is refused.
/// </summary>
internal ref partial struct JsonInput
{
    const decimal Largest = 1_000_000_000_000m;

    public readonly string Text()
    {
        if (Kind != JsonTokenType.String) throw TextDue();
        try { return reader.GetString() ?? ""; }
        catch (InvalidOperationException) { throw HalfCharacter(); }
    }

    /// <summary>The text or property name the reader is at, without its escapes.</summary>
    public readonly ReadOnlySpan<byte> TextBytes()
    {
        if (Kind is not (JsonTokenType.String or JsonTokenType.PropertyName)) throw TextDue();
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        var unescaped = new byte[reader.ValueSpan.Length];
        try { return unescaped.AsSpan(0, reader.CopyString(unescaped)); }
        catch (InvalidOperationException) { throw HalfCharacter(); }
    }

    readonly InputException HalfCharacter() =>
        Wrong("a \\u escape is only half a character", "write the character itself");

    public readonly bool Bool() => Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Due("true or false"),
    };

    /// <summary>A number of at most a million millions either way, as it is written.</summary>
    public readonly decimal Number()
    {
        if (Kind != JsonTokenType.Number) throw Due("a number");
        var digits = reader.ValueSpan;
        if (digits.Length > 28) throw Wrong("the number has more digits than are kept exactly", "write at most 28");
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || value is > Largest or < -Largest)
            throw Wrong("the number is larger than 1000000000000", "check its unit and its decimal point");
        if (value == 0 && !IsZero(digits))
            throw Wrong("the number is too small to be kept exactly", "check its exponent");
        return value;
    }

    static bool IsZero(ReadOnlySpan<byte> digits)
    {
        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        return (exponent < 0 ? digits : digits[..exponent]).IndexOfAnyInRange((byte)'1', (byte)'9') < 0;
    }

    public readonly int Whole(int least, int most)
    {
        var value = Number();
        if (value < 0 && least >= 0) throw Negative();
        if (value != decimal.Truncate(value)) throw Wrong("a whole number is due", "leave the decimals out");
        if (value < least || value > most) throw Wrong($"the number is not within {least} to {most}", "check it");
        return (int)value;
    }

    public readonly InputException Negative() =>
        Wrong("the number is negative", "write it without the minus sign, or leave the field out");

    public readonly Quantity Quantity() =>
        Values.Quantity.TryFrom(Number(), out var quantity)
            ? quantity
            : throw Wrong("the number has more than three decimals", "write at most three");

    public readonly Money Money()
    {
        var cents = Number() * 100m;
        return cents == decimal.Truncate(cents)
            ? new Money((long)cents)
            : throw Wrong("the amount has more than two decimals", "write dollars and whole cents");
    }

    /// <summary>A day as <c>2026-03-02</c>; null when the text is blank.</summary>
    public readonly DateOnly? Date()
    {
        var text = Text().AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (!Days.TryReadEither(text, out var day))
            throw Wrong("this is not a date", IsBirth() ? LooseDay.Usual : LooseDay.Try(text));
        return day.Year >= FirstYear ? day : throw Wrong($"the year is before {FirstYear}", "check the year");
    }

    const int FirstYear = 1800;

    /// <summary>A birth date is a patient's: no message repeats it.</summary>
    readonly bool IsBirth() => Subject().Contains("birth", StringComparison.OrdinalIgnoreCase);

    /// <summary>A code, or none for an empty text.</summary>
    public readonly Code Code()
    {
        var text = TextBytes();
        if (text.IsEmpty) return default;
        return Values.Code.TryParse(text, out var code)
            ? code
            : throw Wrong("this is not a code", "write up to eight letters and digits");
    }

    /// <summary>A list of at most four modifiers.</summary>
    /// <param name="remedy">What to do about a fifth one.</param>
    public Modifiers Modifiers(string remedy)
    {
        var count = 0;
        ulong packed = 0;
        for (EnterArray(); NextItem();)
        {
            if (!Modifier.TryParse(Text(), out var modifier))
                throw Wrong("this is not a modifier", "write two letters or digits");
            if (count == Values.Modifiers.Max) throw Wrong("a line holds at most four modifiers", remedy);
            packed |= (ulong)modifier.Packed << (48 - (16 * count++));
        }
        return new Modifiers(packed);
    }

    /// <summary>Element, component, repetition and segment separator of segments that are kept.</summary>
    public readonly Delimiters Separators()
    {
        var text = Text();
        foreach (var sign in text)
            if (sign > '\u00FF') text = "";
        if (text.Length != 4) throw Wrong("these are not separators", "write four signs, such as *:^~");
        return new((byte)text[0], (byte)text[1], (byte)text[2], (byte)text[3]);
    }

    /// <summary>A word that must be of the vocabulary; for the claim, where a word not known is an error.</summary>
    public readonly T Word<T>(Vocabulary<T> words) where T : struct, Enum
    {
        var text = Text();
        if (string.IsNullOrWhiteSpace(text)) return default;
        return words.TryRead(text, out var value)
            ? value
            : throw Wrong($"this is no {words.Name} known here", $"one of: {string.Join(", ", words.All)}");
    }
}
