using System.Runtime.InteropServices;

namespace Deltoid.Findings;

/// <summary>
/// What an element of a file holds, where it is a code, a number or a day: up to 18 characters of ASCII, seven bits
/// each. A longer one loses its end. <see cref="X12.Guides.Guide.IsQuoted"/> says which elements are quoted: no text, and
/// nothing of segments about people.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Excerpt
{
    /// <summary>A span of two days has 17.</summary>
    public const int Most = 18;

    /// <summary>The most bytes that <see cref="Write"/> writes.</summary>
    public const int MostBytes = Most + 2;

    const int Each = Most / 2, Bits = 7, Mask = (1 << Bits) - 1;

    /// <summary>Says that the end is cut off; no character of a value.</summary>
    const byte CutOff = Mask;

    readonly ulong first, second;

    Excerpt(ulong first, ulong second) => (this.first, this.second) = (first, second);

    public bool IsNone => first == 0;

    /// <summary>Nothing of a text with other characters than those that JSON takes as they are.</summary>
    public static Excerpt Of(ReadOnlySpan<byte> text)
    {
        Span<ulong> words = [0, 0];
        for (var i = 0; i < Math.Min(text.Length, Most); i++)
        {
            if (text[i] is < 0x20 or > 0x7E or (byte)'"' or (byte)'\\') return default;
            var character = i == Most - 1 && text.Length > Most ? CutOff : text[i];
            words[i / Each] |= (ulong)character << (Bits * (i % Each));
        }
        return new(words[0], words[1]);
    }

    /// <summary>Writes it as UTF-8; gives its length.</summary>
    public int Write(Span<byte> into)
    {
        var length = 0;
        foreach (var word in (ReadOnlySpan<ulong>)[first, second])
            for (var rest = word; rest != 0; rest >>= Bits)
            {
                var character = (byte)(rest & Mask);
                if (character != CutOff) into[length++] = character;
                else "…"u8.CopyTo(into[length..]);
                if (character == CutOff) length += "…"u8.Length;
            }
        return length;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return System.Text.Encoding.UTF8.GetString(text[..Write(text)]);
    }
}
