using System.Numerics;

namespace Deltoid.Values;

/// <summary>A two-character modifier, packed as big-endian ASCII.</summary>
public readonly record struct Modifier(ushort Packed) : IComparable<Modifier>
{
    /// <summary>Whether it is no modifier.</summary>
    public bool IsNone => Packed == 0;

    /// <summary>Reads two letters or digits, in any case; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Modifier modifier)
    {
        text = text.Trim();
        modifier = default;
        if (text.Length != 2 || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[1]))
            return false;
        modifier = new Modifier((ushort)((char.ToUpperInvariant(text[0]) << 8) | char.ToUpperInvariant(text[1])));
        return true;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out Modifier)"/>, from ASCII without blanks.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Modifier modifier)
    {
        modifier = default;
        if (text.Length != 2 || !char.IsAsciiLetterOrDigit((char)text[0]) || !char.IsAsciiLetterOrDigit((char)text[1]))
            return false;
        modifier = new Modifier((ushort)((Upper(text[0]) << 8) | Upper(text[1])));
        return true;

        static int Upper(byte letter) => letter >= (byte)'a' ? letter - 32 : letter;
    }

    /// <exception cref="FormatException">The text is not two letters or digits.</exception>
    public static Modifier Of(string text) =>
        TryParse(text, out var modifier) ? modifier : throw new FormatException($"'{text}' is not a modifier");

    /// <summary>In the order of their characters.</summary>
    public int CompareTo(Modifier other) => Packed.CompareTo(other.Packed);

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "" : string.Create(2, Packed, static (text, packed) =>
    {
        text[0] = (char)(packed >> 8);
        text[1] = (char)(packed & 0xFF);
    });

#pragma warning disable CS1591 // the names are the modifiers
    public static readonly Modifier M25 = Of("25"), M24 = Of("24"), M26 = Of("26"), MTC = Of("TC"), M50 = Of("50"),
        M51 = Of("51"), M52 = Of("52"), M53 = Of("53"), M57 = Of("57"), M59 = Of("59"), M76 = Of("76"), M77 = Of("77"),
        XE = Of("XE"), XS = Of("XS"), XP = Of("XP"), XU = Of("XU"), RT = Of("RT"), LT = Of("LT"), JW = Of("JW"),
        JZ = Of("JZ"), JA = Of("JA"), JB = Of("JB"), JG = Of("JG"), TB = Of("TB"), UD = Of("UD"), SL = Of("SL"),
        QW = Of("QW"), GY = Of("GY"), GA = Of("GA"), GZ = Of("GZ"), GX = Of("GX"), GC = Of("GC"), GE = Of("GE"),
        AS = Of("AS"), M33 = Of("33"), M90 = Of("90"), M95 = Of("95"), M93 = Of("93"), KX = Of("KX"), FP = Of("FP"),
        FR = Of("FR"), SA = Of("SA");
#pragma warning restore CS1591
}

/// <summary>Up to four modifiers in the order they are on the line (SV101-3 to SV101-6).</summary>
public readonly record struct Modifiers(ulong Packed)
{
    /// <summary>The most modifiers that a line holds.</summary>
    public const int Max = 4;

    /// <summary>The modifier at an index from 0.</summary>
    public Modifier this[int index] => new((ushort)((Packed >> (48 - (16 * index))) & 0xFFFF));

    /// <summary>How many there are; none is empty before the last.</summary>
    public int Count => Max - (BitOperations.TrailingZeroCount(Packed) / 16); // of 0 it counts 64

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Packed == 0;

    /// <summary>Whether this one is there.</summary>
    public bool Has(Modifier modifier)
    {
        var differences = Packed ^ (modifier.Packed * EachLow); // a place that is the same becomes 0
        // four at a time: the lowest place that is 0, and no place below it, is meant to borrow
        return (unchecked(differences - EachLow) & ~differences & (EachLow << 15)) != 0 && !modifier.IsNone;
    }

    const ulong EachLow = 0x0001_0001_0001_0001;

    /// <summary>The first of 59, XE, XS, XP, XU on the line, or none.</summary>
    public Modifier Distinct
    {
        get
        {
            for (var i = 0; i < Max; i++)
            {
                var m = this[i];
                if (m == Modifier.M59 || m == Modifier.XS || m == Modifier.XE || m == Modifier.XP || m == Modifier.XU)
                    return m;
            }
            return default;
        }
    }

    /// <summary>With one more at the end; the same value when it is there already or four are.</summary>
    public Modifiers With(Modifier modifier) =>
        modifier.IsNone || Has(modifier) || Count == Max
            ? this
            : new(Packed | ((ulong)modifier.Packed << (48 - (16 * Count))));

    /// <summary>The same without this one.</summary>
    public Modifiers Without(Modifier modifier)
    {
        var kept = default(Modifiers);
        for (var i = 0; i < Count; i++)
            if (this[i] != modifier) kept = new(kept.Packed | ((ulong)this[i].Packed << (48 - (16 * kept.Count))));
        return kept;
    }

    /// <summary>
    /// A bit for each, which others may share: where none of some modifiers' bits is set, none of them is there.
    /// </summary>
    internal ulong Bits
    {
        get
        {
            var bits = 0UL;
            for (var rest = Packed; rest != 0; rest <<= 16)
                bits |= 1UL << (int)(unchecked((rest >> 48) * 0x9E3779B97F4A7C15) >> 58); // a hash: it is meant to wrap
            return bits;
        }
    }

    /// <summary>Up to four, in their order.</summary>
    public static Modifiers Of(params ReadOnlySpan<Modifier> modifiers)
    {
        var all = default(Modifiers);
        foreach (var modifier in modifiers) all = all.With(modifier);
        return all;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = "";
        for (var i = 0; i < Count; i++) text += (i == 0 ? "" : "-") + this[i];
        return text;
    }
}
