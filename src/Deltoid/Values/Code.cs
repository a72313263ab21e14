using System.Buffers.Binary;

namespace Deltoid.Values;

/// <summary>
/// A billing code of up to eight letters and digits (CPT, HCPCS, ICD-10-CM without its dot, revenue code), packed as
/// big-endian ASCII so that codes sort as their text does and compare as one integer.
/// </summary>
public readonly record struct Code(ulong Packed) : IComparable<Code>
{
    /// <summary>The most characters that a code has.</summary>
    public const int MaxLength = 8;

    /// <summary>No code.</summary>
    public static readonly Code None;

    /// <summary>Whether it is no code.</summary>
    public bool IsNone => Packed == 0;

    /// <summary>How many characters it has.</summary>
    public int Length => Packed == 0 ? 0 : 8 - (System.Numerics.BitOperations.TrailingZeroCount(Packed) / 8);

    /// <summary>The character at <paramref name="index"/>, or NUL past the end.</summary>
    public char this[int index] => (char)((Packed >> (56 - (8 * index))) & 0xFF);

    /// <summary>
    /// Reads letters and digits, in any case; a dot (ICD-10) is left out. False when empty, too long or anything else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Code code)
    {
        ulong packed = 0;
        var length = 0;
        foreach (var c in text.Trim())
        {
            if (c == '.' && length == 3) continue;
            var upper = (char)(c is >= 'a' and <= 'z' ? c - 32 : c);
            if (upper is not ((>= 'A' and <= 'Z') or (>= '0' and <= '9')) || length == MaxLength)
            {
                code = None;
                return false;
            }
            packed |= (ulong)upper << (56 - (8 * length++));
        }
        code = new Code(packed);
        return length > 0;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out Code)"/>, from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Code code)
    {
        if (text.Length is > 0 and <= MaxLength && Eight.Load(text) is var plain && Eight.IsCode(plain, text.Length))
        {
            code = new(BinaryPrimitives.ReverseEndianness(plain));
            return true;
        }
        ulong packed = 0;
        var length = 0;
        foreach (var b in text)
        {
            if (b == '.' && length == 3) continue;
            var upper = (byte)(b is >= (byte)'a' and <= (byte)'z' ? b - 32 : b);
            if (upper is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9'))
                || length == MaxLength)
            {
                code = None;
                return false;
            }
            packed |= (ulong)upper << (56 - (8 * length++));
        }
        code = new Code(packed);
        return length > 0;
    }

    /// <summary>A code known to be well formed: literals and rows already checked.</summary>
    /// <exception cref="FormatException">The text is not a code.</exception>
    public static Code Of(string text) =>
        TryParse(text.AsSpan(), out var code) ? code : throw new FormatException($"'{text}' is not a code");

    /// <summary>In the order of their characters.</summary>
    public int CompareTo(Code other) => Packed.CompareTo(other.Packed);

    /// <summary>In the order of their characters.</summary>
    public static bool operator <(Code left, Code right) => left.Packed < right.Packed;

    /// <summary>In the order of their characters.</summary>
    public static bool operator >(Code left, Code right) => left.Packed > right.Packed;

    /// <summary>Five digits: a CPT level I code that is not category II, III or administrative.</summary>
    public bool IsFiveDigits => Length == 5 && this[0] <= '9' && this[4] <= '9';

    /// <summary>Whether the text begins with these characters.</summary>
    public bool StartsWith(string prefix)
    {
        for (var i = 0; i < prefix.Length; i++)
            if (this[i] != prefix[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxLength];
        return new string(text[..Write(text)]);
    }

    /// <summary>The diagnosis with its dot after the third character, as people write it.</summary>
    public string ToDiagnosis()
    {
        var text = ToString();
        return text.Length > 3 ? $"{text.AsSpan(0, 3)}.{text.AsSpan(3)}" : text;
    }

    /// <summary>Writes its characters, and gives how many.</summary>
    public int Write(Span<char> target)
    {
        var length = Length;
        for (var i = 0; i < length; i++) target[i] = this[i];
        return length;
    }

    /// <summary>Writes the ASCII bytes; at most eight.</summary>
    public int Write(Span<byte> target)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, Packed);
        var length = Length;
        all[..length].CopyTo(target);
        return length;
    }
}
