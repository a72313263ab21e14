using System.Globalization;

namespace Deltoid.Values;

/// <summary>Why a text is not an NDC that can be billed.</summary>
internal enum NdcFault : byte
{
    None,
    /// <summary>
    /// Ten digits without hyphens: three layouts are possible, so it is asked about and never guessed.
    /// </summary>
    AmbiguousTenDigits,
    /// <summary>Hyphenated, but not 4-4-2, 5-3-2, 5-4-1 or 5-4-2.</summary>
    UnknownLayout,
    /// <summary>Neither ten nor eleven digits (a 12-digit UPC, for example).</summary>
    WrongLength,
    NotDigits,
    ZeroLabeler,
}

/// <summary>
/// A National Drug Code as billed: eleven digits, 5-4-2 (NUCC 1500 manual item 24; 837 loop 2410 LIN03). The layout it
/// was written in is kept, because labels become 6-4-2 from 2033-03-07 (91 FR 10749).
/// </summary>
public readonly record struct Ndc
{
    readonly ulong packed; // digits * 8 + layout

    Ndc(ulong digits, byte layout) => packed = (digits * 8) + layout;

    /// <summary>Whether it is no NDC.</summary>
    public bool IsNone => packed == 0;

    /// <summary>The same for the same product, however it was written.</summary>
    internal ulong Digits => packed / 8;

    /// <summary>How it was written: <c>4-4-2</c>, <c>5-3-2</c>, <c>5-4-1</c>, <c>5-4-2</c> or <c>11</c>.</summary>
    public string Layout => (packed % 8) switch { 1 => "4-4-2", 2 => "5-3-2", 3 => "5-4-1", 4 => "5-4-2", _ => "11" };

    /// <summary>The same code as eleven bare digits, the form for a claim.</summary>
    public Ndc AsBilled => IsNone ? this : new(Digits, 5);

    /// <summary>Whether the text was eleven bare digits already.</summary>
    public bool WasBilledForm => packed % 8 == 5;

    /// <summary>Reads the hyphenated ten-digit layouts, 5-4-2 and bare eleven digits; says why not otherwise.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out Ndc ndc, out NdcFault fault)
    {
        ndc = default;
        text = text.Trim();
        Span<int> lengths = stackalloc int[3];
        Span<ulong> values = stackalloc ulong[3];
        var part = 0;
        foreach (var c in text)
        {
            if (c == '-' && part < 2 && lengths[part] > 0)
            {
                part++;
                continue;
            }
            if (!char.IsAsciiDigit(c))
            {
                fault = NdcFault.NotDigits;
                return false;
            }
            if (++lengths[part] > 12)
            {
                fault = NdcFault.WrongLength;
                return false;
            }
            values[part] = (values[part] * 10) + (ulong)(c - '0');
        }
        if (part == 0)
        {
            fault = lengths[0] switch
            {
                11 => NdcFault.None,
                10 => NdcFault.AmbiguousTenDigits,
                _ => NdcFault.WrongLength
            };
            if (fault == NdcFault.None && values[0] / 1_000_000 == 0) fault = NdcFault.ZeroLabeler;
            if (fault == NdcFault.None) ndc = new(values[0], 5);
            return fault == NdcFault.None;
        }
        byte layout = (lengths[0], lengths[1], lengths[2]) switch
        {
            (4, 4, 2) => 1, (5, 3, 2) => 2, (5, 4, 1) => 3, (5, 4, 2) => 4, _ => 0
        };
        fault = layout == 0 ? NdcFault.UnknownLayout : values[0] == 0 ? NdcFault.ZeroLabeler : NdcFault.None;
        if (fault == NdcFault.None) ndc = new((values[0] * 1_000_000) + (values[1] * 100) + values[2], layout);
        return fault == NdcFault.None;
    }

    /// <summary>As the other, from ASCII; what is longer than any NDC does not read.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Ndc ndc)
    {
        if (text.Length == 11 && TryBilled(text, out ndc)) return true;
        Span<char> chars = stackalloc char[24];
        ndc = default;
        if (text.Length > chars.Length) return false;
        for (var i = 0; i < text.Length; i++) chars[i] = (char)text[i];
        return TryParse(chars[..text.Length], out ndc, out _);
    }

    /// <summary>Eleven bare digits; false says only that the text must be read with care.</summary>
    static bool TryBilled(ReadOnlySpan<byte> text, out Ndc ndc)
    {
        ndc = default;
        var (first, last) = (Eight.Load(text[..8]), Eight.Load(text[8..]));
        if (Eight.NoDigits(first, 8) != 0 || Eight.NoDigits(last, 3) != 0) return false;
        var digits = (Eight.Number(first, 8) * 1000UL) + Eight.Number(last, 3);
        if (digits < 1_000_000) return false; // no labeler
        ndc = new(digits, 5);
        return true;
    }

    /// <summary>Writes the eleven digits; says how many bytes, 0 when there is none.</summary>
    public int Write(Span<byte> target)
    {
        if (IsNone) return 0;
        var left = Digits;
        for (var i = 10; i >= 0; i--, left /= 10) target[i] = (byte)('0' + (left % 10));
        return 11;
    }

    /// <summary>Eleven digits, no hyphens; empty when none.</summary>
    public override string ToString() => IsNone ? "" : Digits.ToString("D11", CultureInfo.InvariantCulture);
}

#pragma warning disable CS1591 // the names say it
/// <summary>The unit an NDC quantity is counted in (CTP05-1).</summary>
public enum NdcUnit : byte { None, UN, ML, GR, F2, ME }
#pragma warning restore CS1591
