namespace Deltoid.Reports;

/// <summary>
/// Points of Student's t distribution, in decimal arithmetic: the finite sums of Abramowitz and Stegun, 26.7.3 and
/// 26.7.4, solved by halving.
/// </summary>
internal static class Student
{
    const decimal HalfPi = 1.5707963267948966192313216916m;
    const int Halvings = 90, Reductions = 8;

    /// <summary>The point below which a part of the distribution lies.</summary>
    /// <param name="part">From 0.5 to below 1.</param>
    /// <param name="degrees">Degrees of freedom, from 1.</param>
    public static decimal Point(decimal part, int degrees)
    {
        var (low, high) = (0m, 2m);
        while (Within(high, degrees) < (2 * part) - 1) high *= 2;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (Within(middle, degrees) < (2 * part) - 1) low = middle;
            else high = middle;
        }
        return high;
    }

    /// <summary>The part of the distribution between −t and t.</summary>
    static decimal Within(decimal t, int degrees)
    {
        var root = Share.Root(degrees + (t * t));
        var (sine, square) = (t / root, degrees / (degrees + (t * t)));
        // the sum's terms: each is the one before times cos²θ and a ratio of odd to even, or of even to odd, numbers
        var (term, sum) = (1m, 0m);
        for (var i = degrees % 2 == 0 ? 2 : 3; i <= degrees; i += 2)
        {
            sum += term;
            term *= square * (i - 1) / i;
        }
        if (degrees % 2 == 0) return sine * sum;
        var cosine = Share.Root(square);
        return (ArcTangent(t / Share.Root(degrees)) + (sine * cosine * sum)) / HalfPi;
    }

    static decimal ArcTangent(decimal x)
    {
        for (var i = 0; i < Reductions; i++) x /= 1 + Share.Root(1 + (x * x)); // the angle is halved
        var (square, power, sum) = (x * x, x, 0m);
        for (var i = 1; power != 0; i += 2)
        {
            sum += i % 4 == 1 ? power / i : -power / i;
            power *= square;
        }
        for (var i = 0; i < Reductions; i++) sum *= 2;
        return sum;
    }
}
