using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Deltoid.Values;

/// <summary>
/// How single values are written as JSON, in one way everywhere: what is not there is left out, amounts keep their two
/// decimals, days are ISO 8601. <see cref="JsonInput"/> reads them back.
/// </summary>
internal static class JsonOut
{
    public static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) writer.WriteString(name, Readable(text));
    }

    /// <summary>
    /// JSON is UTF-8; bytes that are not (an X12 file in Latin-1) are taken as Latin-1, which loses none of them.
    /// </summary>
    public static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(text));

    public static void WriteCode(Utf8JsonWriter writer, string name, Code code)
    {
        if (!code.IsNone) writer.WriteString(name, code.ToString());
    }

    /// <summary>One letter; NUL is none.</summary>
    public static void WriteSign(Utf8JsonWriter writer, string name, char sign)
    {
        if (sign != '\0') writer.WriteString(name, sign.ToString());
    }

    public static void WriteDay(Utf8JsonWriter writer, string name, DateOnly day)
    {
        if (day != default) writer.WriteString(name, day.Iso());
    }

    public static void WriteMoney(Utf8JsonWriter writer, string name, Money? money)
    {
        if (money is { } amount) WriteNumber(writer, name, amount.ToString());
    }

    /// <summary>An amount that is null where it is not known: a charge that is still to be written.</summary>
    public static void WriteMoneyOrNull(Utf8JsonWriter writer, string name, Money? money)
    {
        if (money is null) writer.WriteNull(name);
        else WriteMoney(writer, name, money);
    }

    public static void WriteQuantity(Utf8JsonWriter writer, string name, Quantity? quantity)
    {
        if (quantity is { } count) WriteNumber(writer, name, count.ToString());
    }

    /// <summary>A number that is written unless it is <paramref name="none"/>.</summary>
    public static void WriteCount(Utf8JsonWriter writer, string name, int number, int none = 0)
    {
        if (number != none) writer.WriteNumber(name, number);
    }

    /// <summary>The separators of segments that are kept, where they are not the usual ones.</summary>
    public static void WriteSeparators(Utf8JsonWriter writer, Delimiters marks)
    {
        if (marks == Delimiters.Usual) return;
        writer.WriteString("separators",
            Readable([marks.Element, marks.Component, marks.Repetition, marks.Segment]));
    }

    /// <summary>Written as text so that two decimals stay two decimals.</summary>
    static void WriteNumber(Utf8JsonWriter writer, string name, string digits)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(digits, skipInputValidation: true);
    }
}
