using System.Numerics;
using Deltoid.Store.Model;

namespace Deltoid.Store;

/// <summary>
/// What is worked first: money × chance × urgency. Urgency doubles each 30 days on the way to the filing limit; so the
/// order of two claims never changes by waiting, and a list can be cut into pages by it.
/// </summary>
public static class Ranking
{
    const int DaysToDouble = 30;

    /// <summary>The logarithm of the product, in thousandths of a doubling.</summary>
    public static long Of(StoredClaim claim)
    {
        // without a known limit, as if there were a year
        var by = (claim.FileBy ?? claim.ServiceDate.AddYears(1)).DayNumber;
        return Log2(Math.Max(1, claim.Charge) * ChanceOf(claim)) - (by * 1000L / DaysToDouble);
    }

    /// <summary>
    /// The chance of payment in percent, as it is assumed until the practice has figures of its own: it orders work and
    /// says nothing of one claim.
    /// </summary>
    public static int ChanceOf(StoredClaim claim) => ChanceOf(claim.Life, claim.Errors, claim.Cause.Length > 0);

    /// <inheritdoc cref="ChanceOf(StoredClaim)"/>
    /// <param name="isWithheld">Of an answered claim, whether its payer holds anything back.</param>
    public static int ChanceOf(ClaimLife life, int errors, bool isWithheld = true) => life switch
    {
        ClaimLife.Ready or ClaimLife.Sent or ClaimLife.Accepted => 95,
        ClaimLife.Held or ClaimLife.Rejected => errors > 1 ? 80 : 90,
        ClaimLife.Answered => isWithheld ? 50 : 5,
        _ => 1,
    };

    /// <summary>The logarithm to base 2, in thousandths, of a number from 1.</summary>
    static long Log2(long number)
    {
        var whole = BitOperations.Log2((ulong)number);
        var (millionths, rest) = (whole * 1_000_000L, (UInt128)number << (62 - whole)); // rest / 2^62 is from 1 to 2
        for (var step = 500_000L; step > 0; step /= 2)
        {
            rest = (rest * rest) >> 62;
            if (rest < (UInt128)1 << 63) continue;
            rest >>= 1;
            millionths += step;
        }
        return millionths / 1000;
    }
}
