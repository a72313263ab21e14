using Deltoid.Values;

namespace Deltoid.Dosing;

/// <summary>
/// An exact fraction in lowest terms, such as 4/3 of a billing unit. Nothing is rounded before it is asked to be;
/// what does not fit into 128 bits throws, as all arithmetic here does.
/// </summary>
internal readonly record struct Ratio : IComparable<Ratio>
{
    readonly Int128 denominatorLessOne; // so that the default value is 0/1

    Ratio(Int128 numerator, Int128 denominator)
    {
        Numerator = numerator;
        denominatorLessOne = denominator - 1;
    }

    public Int128 Numerator { get; }

    /// <summary>Always above zero.</summary>
    public Int128 Denominator => denominatorLessOne + 1;

    public static Ratio Zero => default;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    /// <exception cref="OverflowException">The fraction does not fit.</exception>
    public static Ratio Of(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0) throw new DivideByZeroException();
        var divisor = GreatestDivisor(Int128.Abs(numerator), Int128.Abs(denominator));
        if (denominator < 0) divisor = -divisor;
        return new(numerator / divisor, denominator / divisor);
    }

    public static Ratio Of(long whole) => new(whole, 1);

    /// <summary>Every decimal is a fraction by a power of ten.</summary>
    public static Ratio Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        // words of bits, not numbers
        var digits = unchecked(new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        Int128 power = 1;
        for (var scale = (bits[3] >> 16) & 0xFF; scale > 0; scale--) power *= 10;
        return Of(value < 0 ? -digits : digits, power);
    }

    public bool IsWhole => Denominator == 1;

    /// <summary>The largest whole number not above.</summary>
    public long Floor
    {
        get
        {
            var (quotient, remainder) = Int128.DivRem(Numerator, Denominator);
            return (long)(remainder < 0 ? quotient - 1 : quotient);
        }
    }

    /// <summary>The smallest whole number not below.</summary>
    public long Ceiling => IsWhole ? (long)Numerator : Floor + 1;

    /// <summary>To three decimals, halves away from zero, as a quantity is written.</summary>
    public Quantity Rounded => new((this * Of(1000) + Of(1, 2)).Floor);

    /// <summary>For display: the nearest decimal of nine places.</summary>
    public decimal Shown
    {
        get
        {
            var whole = Floor;
            return whole + ((this - Of(whole)) * Of(1_000_000_000) + Of(1, 2)).Floor / 1_000_000_000m;
        }
    }

    public static Ratio operator +(Ratio left, Ratio right)
    {
        var divisor = GreatestDivisor(left.Denominator, right.Denominator);
        var (one, two) = (right.Denominator / divisor, left.Denominator / divisor);
        return Of(left.Numerator * one + right.Numerator * two, left.Denominator * one);
    }

    public static Ratio operator -(Ratio left, Ratio right) => left + new Ratio(-right.Numerator, right.Denominator);

    public static Ratio operator *(Ratio left, Ratio right)
    {
        // crosswise first: smaller
        var (one, two) = (Of(left.Numerator, right.Denominator), Of(right.Numerator, left.Denominator));
        return new(one.Numerator * two.Numerator, one.Denominator * two.Denominator);
    }

    public static Ratio operator /(Ratio left, Ratio right) => left * Of(right.Denominator, right.Numerator);

    public static bool operator <(Ratio left, Ratio right) => left.CompareTo(right) < 0;

    public static bool operator >(Ratio left, Ratio right) => left.CompareTo(right) > 0;

    public int CompareTo(Ratio other) => Int128.Sign((this - other).Numerator);

    static Int128 GreatestDivisor(Int128 one, Int128 two)
    {
        while (two != 0) (one, two) = (two, one % two);
        return one == 0 ? 1 : one;
    }

    public override string ToString() => IsWhole ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
