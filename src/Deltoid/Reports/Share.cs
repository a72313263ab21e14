using System.Globalization;

namespace Deltoid.Reports;

/// <summary>
/// So many of so many, and between which rates the true one stands, 95 times in 100 (Wilson's interval, which holds
/// for small numbers too). In decimal arithmetic: the same counts give the same digits everywhere.
/// </summary>
/// <param name="Hits">At most <paramref name="Of"/>.</param>
internal readonly record struct Share(long Hits, long Of)
{
    /// <summary>Below this many a rate says too little, and could point at one patient: it is not shown.</summary>
    public const int Fewest = 10;

    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    const decimal Z = 1.959963984540054m;

    public bool IsShown => Of >= Fewest;

    public decimal Rate => Of == 0 ? 0 : (decimal)Hits / Of;

    /// <summary>Both ends of the interval, from 0 to 1; the whole range where nothing was counted.</summary>
    public (decimal Low, decimal High) Interval
    {
        get
        {
            if (Of == 0) return (0, 1);
            var (rate, square) = (Rate, Z * Z / Of);
            var center = (rate + (square / 2)) / (1 + square);
            var half = Z * Root((rate * (1 - rate) / Of) + (square / (4 * Of))) / (1 + square);
            return (Math.Max(0, center - half), Math.Min(1, center + half));
        }
    }

    /// <summary>The square root, by Newton's steps from above while they fall.</summary>
    public static decimal Root(decimal square)
    {
        if (square <= 0) return 0;
        for (var root = Math.Max(1, square); ;)
        {
            var next = (root + (square / root)) / 2;
            if (next >= root) return root;
            root = next;
        }
    }

    /// <summary><c>87.0 % (67.9 to 95.5)</c>, or that there are too few.</summary>
    public override string ToString() =>
        IsShown ? $"{Percent(Rate)} % ({Percent(Interval.Low)} to {Percent(Interval.High)})"
            : $"not shown: fewer than {Fewest}";

    /// <summary>A rate in percent with one decimal, half away from zero.</summary>
    public static string Percent(decimal rate) =>
        decimal.Round(rate * 100, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);
}
