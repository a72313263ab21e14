using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Deltoid.Values;

/// <summary>
/// Up to eight characters at once, as one number: the first character is the lowest byte, zeros follow the last.
/// </summary>
static class Eight
{
    const ulong High = 0x8080808080808080, Zeros = 0x3030303030303030;

    /// <summary>The characters of a text of at most eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ReadOnlySpan<byte> text)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        unchecked // places in the text and bits
        {
            if (length >= 4)
                return Unsafe.ReadUnaligned<uint>(ref first)
                    | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, length - 4)) << (8 * (length - 4)));
            if (length == 0) return 0;
            return first | ((ulong)Unsafe.Add(ref first, length >> 1) << (8 * (length >> 1)))
                | ((ulong)Unsafe.Add(ref first, length - 1) << (8 * (length - 1)));
        }
    }

    /// <summary>
    /// The first characters of a longer text: eight bytes are read, those after <paramref name="length"/> are left out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ref byte text, int length)
    {
        var read = Unsafe.ReadUnaligned<ulong>(ref text);
        return length >= 8 ? read : read & unchecked((1UL << (8 * length)) - 1); // bits
    }

    /// <summary>The characters of a literal; what comes after the eighth is left out.</summary>
    public static ulong Of(string text)
    {
        var packed = 0UL;
        for (var i = 0; i < Math.Min(text.Length, 8); i++) packed |= (ulong)(byte)text[i] << (8 * i);
        return packed;
    }

    /// <summary>
    /// The highest bits of the characters that are no digits, of the first <paramref name="length"/> (1 to 8).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NoDigits(ulong text, int length)
    {
        unchecked // no sum of a byte carries into the next
        {
            var x = text ^ Zeros;
            return (((x & ~High) + 0x7676767676767676) | x) & High & (ulong.MaxValue >> (64 - (8 * length)));
        }
    }

    /// <summary>The number that digits make, 1 to 8 of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Number(ulong digits, int length)
    {
        unchecked // tens, hundreds and thousands side by side
        {
            var x = (digits & 0x0F0F0F0F0F0F0F0F) << (64 - (8 * length));
            x = (x * 10) + (x >> 8);
            return (uint)((((x & 0x000000FF000000FF) * 0x000F424000000064)
                + (((x >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        }
    }

    /// <summary>
    /// Whether the characters (1 to 8) are digits with at most one point among them, and so many decimals at most.
    /// </summary>
    /// <param name="decimals">-1 where no point is taken.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNumber(ulong text, int length, int decimals)
    {
        var others = NoDigits(text, length);
        if (others == 0) return true;
        var point = BitOperations.TrailingZeroCount(others) >> 3;
        return (others & unchecked(others - 1)) == 0 // one bit only
            && (byte)(text >> (8 * point) & 0xFF) == '.' && length - 1 - point <= decimals && length > 1;
    }

    static ReadOnlySpan<int> Tens => [1, 10, 100, 1000];

    /// <summary>
    /// A number without sign, of up to eight characters, as a count of 10 to the power of -<paramref name="decimals"/>
    /// (0 to 3); false says only that it must be read with care.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScaled(ReadOnlySpan<byte> text, int decimals, out long scaled)
    {
        scaled = 0;
        var length = text.Length;
        if (length is 0 or > 8) return false;
        var packed = Load(text);
        var others = NoDigits(packed, length);
        unchecked // eight digits and three decimals at most
        {
            if (others == 0)
            {
                scaled = Number(packed, length) * (long)Tens[decimals];
                return true;
            }
            var point = BitOperations.TrailingZeroCount(others) >> 3;
            var after = length - 1 - point;
            if ((others & (others - 1)) != 0 || (byte)(packed >> (8 * point)) != '.' || after > decimals
                || length == 1)
                return false;
            var before = (1UL << (8 * point)) - 1;
            scaled = Number((packed & before) | ((packed >> 8) & ~before), length - 1) * (long)Tens[decimals - after];
            return true;
        }
    }

    /// <summary>Whether the characters (1 to 8) are capital letters and digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCode(ulong text, int length)
    {
        if ((text & High) != 0) return false;
        unchecked // all bytes are below 128: no sum carries into the next
        {
            var digits = (text + (High - 0x3030303030303030)) & ~(text + (High - 0x3A3A3A3A3A3A3A3A));
            var letters = (text + (High - 0x4141414141414141)) & ~(text + (High - 0x5B5B5B5B5B5B5B5B));
            return ((digits | letters | ~(ulong.MaxValue >> (64 - (8 * length)))) & High) == High;
        }
    }

    /// <summary>
    /// Year, month and day of eight digits CCYYMMDD, whatever they are; false when they are no digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryParts(ulong text, out int year, out int month, out int day)
    {
        unchecked // pairs of digits side by side
        {
            var x = text ^ Zeros;
            var pairs = ((x * 10) + (x >> 8)) & 0x00FF00FF00FF00FF;
            year = ((int)(pairs & 0xFF) * 100) + (int)(pairs >> 16 & 0xFF);
            (month, day) = ((int)(pairs >> 32 & 0xFF), (int)(pairs >> 48));
        }
        return NoDigits(text, 8) == 0;
    }

    /// <summary>Whether eight characters CCYYMMDD are a day from 1800 to 2999.</summary>
    public static bool IsDay(ulong text) =>
        TryParts(text, out var year, out var month, out var day) && IsDay(year, month, day);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsDay(int year, int month, int day) =>
        year is >= 1800 and <= 2999 && month is >= 1 and <= 12 && day >= 1
        && (day <= 28 || day <= DateTime.DaysInMonth(year, month));

    /// <summary>The day of eight characters CCYYMMDD from 1800 to 2999.</summary>
    public static bool TryDay(ulong text, out DateOnly day)
    {
        day = default;
        if (!TryParts(text, out var year, out var month, out var date) || !IsDay(year, month, date)) return false;
        var before = year - 1;
        var days = (before * 365) + (before / 4) - (before / 100) + (before / 400) + DaysBefore[month] + date - 1;
        day = DateOnly.FromDayNumber(month > 2 && DateTime.IsLeapYear(year) ? days + 1 : days);
        return true;
    }

    /// <summary>Days of a year before a month (from 1) begins, when it is no leap year.</summary>
    static ReadOnlySpan<ushort> DaysBefore => [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
}
