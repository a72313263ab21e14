namespace Deltoid.Values;

/// <summary>
/// A National Provider Identifier: ten digits whose Luhn check runs over 80840 + NPI (45 CFR 162.406).
/// </summary>
public readonly record struct Npi(ulong Number)
{
    /// <summary>Whether it is no NPI.</summary>
    public bool IsNone => Number == 0;

    /// <summary>Reads ten digits with a right check digit; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Npi npi)
    {
        npi = default;
        text = text.Trim();
        if (text.Length != 10 || text[0] is not ('1' or '2')) return false;
        ulong number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = (number * 10) + (ulong)(c - '0');
        }
        if (!Checks(number)) return false;
        npi = new(number);
        return true;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out Npi)"/>, from ASCII.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Npi npi)
    {
        npi = default;
        if (text.Length != 10 || text[0] is not ((byte)'1' or (byte)'2')) return false;
        var (first, last) = (Eight.Load(text[..8]), Eight.Load(text[8..]));
        if (Eight.NoDigits(first, 8) != 0 || Eight.NoDigits(last, 2) != 0) return false;
        var number = (Eight.Number(first, 8) * 100UL) + Eight.Number(last, 2);
        if (!Checks(number)) return false;
        npi = new(number);
        return true;
    }

    /// <summary>The prefix 80840 adds a constant 24 to the Luhn sum.</summary>
    static bool Checks(ulong number)
    {
        ulong sum = 24;
        for (var i = 0; i < 10; i++, number /= 10)
        {
            var digit = number % 10;
            if (i % 2 == 1)
            {
                digit *= 2;
                if (digit > 9) digit -= 9;
            }
            sum += digit;
        }
        return sum % 10 == 0;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsNone ? "" : Number.ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
