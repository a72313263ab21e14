using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>A finding that one book makes of a claim and the other does not.</summary>
internal sealed record ImpactFinding(FindingInfo Info, Severity Severity, int Line, string Message);

/// <summary>A claim that comes out otherwise with another book.</summary>
/// <param name="Claim">Its id; empty when it has none.</param>
/// <param name="Number">Which claim of the run, from 1.</param>
/// <param name="Before">What the lines that both books price should be paid; null when there are none.</param>
/// <param name="LinesGone">Of a visit that was coded: what only the earlier book bills.</param>
/// <param name="Why">Rows of the book that changed.</param>
internal sealed record ClaimImpact(string Claim, string File, long Number, Money? Before, Money? After,
    IReadOnlyList<ImpactFinding> Gone, IReadOnlyList<ImpactFinding> New, IReadOnlyList<string> LinesGone,
    IReadOnlyList<string> LinesNew, IReadOnlyList<string> Why)
{
    public Money Difference => (After ?? Money.Zero) - (Before ?? Money.Zero);
}

/// <summary>
/// What a change of books comes to over many claims: counts, and the claims that change most. Holds no more than it is
/// asked to show.
/// </summary>
internal sealed class Impacts(int most)
{
    readonly PriorityQueue<ClaimImpact, (long Cents, int Changes, long Number)> kept = new();

    /// <summary>Claims that are kept.</summary>
    public int Most { get; } = most;

    public long Claims { get; set; }

    public long Changed { get; private set; }

    /// <summary>Sets of an 837 that were read.</summary>
    public long Sets { get; set; }

    /// <summary>Claims, sets and texts that do not read.</summary>
    public long Refused { get; set; }

    /// <summary>Lines that only one of the books prices: what they pay is in no sum.</summary>
    public long PricedByOne { get; set; }

    public Money Difference { get; private set; }

    /// <summary>The same by code, payer, cause and finding.</summary>
    public ImpactTotals Totals { get; } = new();

    /// <summary>
    /// Counts a claim that comes out otherwise, and asks for what is reported of it when it is one of those that change
    /// most.
    /// </summary>
    public void Add(long number, Money difference, int changes, Func<ClaimImpact> tell)
    {
        Changed++;
        Difference += difference;
        Keep(number, difference, changes, tell);
    }

    void Keep(long number, Money difference, int changes, Func<ClaimImpact> tell)
    {
        var weight = (Math.Abs(difference.Cents), changes, -number);
        if (kept.Count < Most) kept.Enqueue(tell(), weight);
        else if (kept.TryPeek(out _, out var least) && weight.CompareTo(least) > 0) kept.DequeueEnqueue(tell(), weight);
    }

    /// <summary>Adds what another worker made of the claims that follow.</summary>
    public void Add(Impacts next)
    {
        foreach (var (claim, _) in next.kept.UnorderedItems)
        {
            var behind = claim with { Number = Claims + claim.Number };
            Keep(behind.Number, behind.Difference, behind.Gone.Count + behind.New.Count, () => behind);
        }
        Totals.Add(next.Totals);
        Claims += next.Claims;
        Changed += next.Changed;
        Sets += next.Sets;
        Refused += next.Refused;
        PricedByOne += next.PricedByOne;
        Difference += next.Difference;
    }

    /// <summary>The claims that change most: by dollars, then by findings, then as they came.</summary>
    public IEnumerable<ClaimImpact> First =>
        kept.UnorderedItems.OrderByDescending(static c => c.Priority).Select(static c => c.Element);
}
