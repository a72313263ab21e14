using System.Globalization;

namespace Deltoid.Values;

/// <summary>
/// A billed or dispensed quantity in thousandths, exact: X12 carries at most three decimals (SV104, CTP04).
/// </summary>
public readonly record struct Quantity(long Thousandths) : IComparable<Quantity>
{
    /// <summary>No units.</summary>
    public static readonly Quantity Zero;

    /// <summary>One unit.</summary>
    public static readonly Quantity One = new(1000);

    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static Quantity Of(long whole) => new(checked(whole * 1000));

    /// <summary>Exact only: false when the value has more than three decimals or does not fit.</summary>
    public static bool TryFrom(decimal value, out Quantity quantity)
    {
        quantity = default;
        if (value is > 9_000_000_000_000m or < -9_000_000_000_000m) return false;
        var scaled = value * 1000m;
        if (scaled != decimal.Truncate(scaled)) return false;
        quantity = new((long)scaled);
        return true;
    }

    /// <summary>Reads a number of at most three decimals; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = default;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value) && TryFrom(value, out quantity);
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out Quantity)"/>, from ASCII as X12 writes it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Quantity quantity)
    {
        var read = Digits.TryScaled(text, 3, out var thousandths);
        quantity = new(thousandths);
        return read;
    }

    /// <summary>Whether there is no fraction of a unit.</summary>
    public bool IsWhole => Thousandths % 1000 == 0;

    /// <summary>The whole units; a fraction is cut off.</summary>
    public long Whole => Thousandths / 1000;

    /// <summary>The number of units, exact.</summary>
    public decimal Value => Thousandths / 1000m;

    /// <summary>The sum; arithmetic is checked.</summary>
    public static Quantity operator +(Quantity left, Quantity right) =>
        new(checked(left.Thousandths + right.Thousandths));

    /// <summary>The difference; arithmetic is checked.</summary>
    public static Quantity operator -(Quantity left, Quantity right) =>
        new(checked(left.Thousandths - right.Thousandths));

    /// <summary>By number.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Thousandths < right.Thousandths;

    /// <summary>By number.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Thousandths > right.Thousandths;

    /// <summary>By number.</summary>
    public int CompareTo(Quantity other) => Thousandths.CompareTo(other.Thousandths);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.###", CultureInfo.InvariantCulture);
}
