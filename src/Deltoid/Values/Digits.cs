namespace Deltoid.Values;

/// <summary>Numbers as X12 writes them, read and written without a string between.</summary>
internal static class Digits
{
    const int Most = 18;

    /// <summary>
    /// A number as a whole count of 10 to the power of -<paramref name="decimals"/>; false when it is none, has more
    /// decimals that are not 0, more than 18 digits, or 10 to the power of 17 or more as it stands without its point.
    /// </summary>
    public static bool TryScaled(ReadOnlySpan<byte> text, int decimals, out long scaled)
    {
        if (decimals <= 3 && Eight.TryScaled(text, decimals, out scaled)) return true;
        scaled = 0;
        var minus = text.Length > 0 && text[0] == '-';
        if (minus) text = text[1..];
        var (digits, after) = (0, -1);
        foreach (var b in text)
        {
            if (b == '.' && after < 0)
            {
                after = 0;
                continue;
            }
            if (b is < (byte)'0' or > (byte)'9') return false;
            digits++;
            if (after >= 0 && after++ >= decimals)
            {
                if (b != '0') return false;
                continue;
            }
            scaled = unchecked((scaled * 10) + (b - '0')); // at most 18 digits are taken, which fit
            if (scaled > 99_999_999_999_999_999) return false;
        }
        if (digits is 0 or > Most) return false;
        for (var i = Math.Max(after, 0); i < decimals; i++)
        {
            if (scaled > long.MaxValue / 10) return false;
            scaled *= 10;
        }
        if (minus) scaled = -scaled;
        return true;
    }

    /// <summary>
    /// Writes such a count as the shortest number: no zeros at the end, no point without decimals. At most 21 bytes;
    /// says how many.
    /// </summary>
    public static int WriteScaled(long scaled, int decimals, Span<byte> target)
    {
        var at = 0;
        if (scaled < 0) target[at++] = (byte)'-';
        // the size of the smallest long is no long
        var rest = unchecked(scaled < 0 ? 0UL - (ulong)scaled : (ulong)scaled);
        if (decimals == 2 && rest % 100 == 0) (rest, decimals) = (rest / 100, 0);
        else if (decimals == 3 && rest % 1000 == 0) (rest, decimals) = (rest / 1000, 0);
        while (decimals > 0 && rest % 10 == 0)
        {
            rest /= 10;
            decimals--;
        }
        Span<byte> digits = stackalloc byte[24];
        var count = 0;
        while (rest > 0 || count <= decimals)
        {
            digits[count++] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (count > 0)
        {
            if (count == decimals) target[at++] = (byte)'.';
            target[at++] = digits[--count];
        }
        return at;
    }
}
