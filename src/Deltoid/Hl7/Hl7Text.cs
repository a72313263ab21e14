using System.Text;
using System.Text.Unicode;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>The characters of HL7 v2.</summary>
internal static class Hl7Text
{
    /// <summary>
    /// UTF-8 where the bytes are, Latin-1 otherwise: each byte is a character then, and none is lost.
    /// </summary>
    /// <exception cref="InputException">It is UTF-16, which no frame can carry.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Length > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
            throw new InputException("", "this is UTF-16", "send UTF-8 or ISO 8859-1");
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
    }

    /// <summary>A text as a field holds it: separators are escaped, line ends are blanks.</summary>
    public static string Escaped(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var c in text)
            made.Append(c switch
            {
                '|' => "\\F\\", '^' => "\\S\\", '&' => "\\T\\", '~' => "\\R\\", '\\' => "\\E\\",
                _ when char.IsControl(c) => " ", _ => c.ToString(),
            });
        return made.ToString();
    }
}
