using System.Globalization;

namespace Deltoid.Values;

/// <summary>Whole US cents. Overflow throws; nothing is rounded but in <see cref="Round"/>.</summary>
public readonly record struct Money(long Cents) : IComparable<Money>
{
    /// <summary>$0.00.</summary>
    public static readonly Money Zero;

    /// <summary>The one place where money is rounded: half a cent away from zero, as the fee schedule is.</summary>
    public static Money Round(decimal dollars) =>
        new((long)decimal.Round(dollars * 100m, 0, MidpointRounding.AwayFromZero));

    /// <summary>Dollars with at most two decimals; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        money = default;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var dollars))
            return false;
        if (dollars is > 92_000_000_000_000_000m or < -92_000_000_000_000_000m) return false;
        var cents = dollars * 100m;
        if (cents != decimal.Truncate(cents)) return false;
        money = new((long)cents);
        return true;
    }

    /// <summary>
    /// As <see cref="TryParse(ReadOnlySpan{char}, out Money)"/>, from ASCII as X12 writes it: an optional minus,
    /// digits, an optional point.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Money money)
    {
        var read = Digits.TryScaled(text, 2, out var cents);
        money = new(cents);
        return read;
    }

    /// <summary>The amount in dollars, exact to the cent.</summary>
    public decimal Dollars => Cents / 100m;

    /// <summary>The sum; arithmetic is checked.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Cents + right.Cents));

    /// <summary>The difference; arithmetic is checked.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Cents - right.Cents));

    /// <summary>So many times the amount; arithmetic is checked.</summary>
    public static Money operator *(Money amount, long times) => new(checked(amount.Cents * times));

    /// <summary>By amount.</summary>
    public static bool operator <(Money left, Money right) => left.Cents < right.Cents;

    /// <summary>By amount.</summary>
    public static bool operator >(Money left, Money right) => left.Cents > right.Cents;

    /// <summary>By amount.</summary>
    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    /// <summary>Two decimals, no sign of currency: <c>15.88</c>.</summary>
    public override string ToString() => Dollars.ToString("0.00", CultureInfo.InvariantCulture);
}
