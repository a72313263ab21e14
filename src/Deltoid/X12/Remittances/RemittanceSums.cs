using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12.Remittances;

/// <summary>
/// What one part of a remittance adds to the balance of the whole: sums in cents, counts, and where a fault of the
/// whole would be
/// reported. A <see cref="RemittanceBalance"/> takes them in the order of the file.
/// </summary>
internal sealed class RemittanceSums
{
    /// <summary>The guide takes 43 reasons; what is more than this is only part of the sum of all.</summary>
    const int MostReasons = 100;

    /// <summary>Claims' CLP04 and CLP03, interest (AMT I) and prompt payment discounts (AMT D8).</summary>
    public long Paid { get; set; }

    public long Charged { get; set; }

    public long Interest { get; set; }

    public long Discount { get; set; }

    /// <summary>PLB in all, and by reason (<see cref="ByReason"/>).</summary>
    public long Adjusted { get; set; }

    public int Claims { get; set; }

    public int Lines { get; set; }

    /// <summary>An amount did not read: the payment as a whole is not judged.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>The header names the payer's page of policies (PER IC).</summary>
    internal bool HasPolicyPage { get; set; }

    /// <summary>What provider adjustments add that stand twice, to the letter.</summary>
    internal long TwinAdjusted { get; set; }

    /// <summary>An amount of a claim whose code says nothing: it may be interest or a discount.</summary>
    internal bool HasStrangeAmount { get; set; }

    /// <summary>How many of the kept segments of the payment were copied for the part.</summary>
    internal int Copied { get; set; }

    /// <summary>
    /// What was left over at claims whose balance was reported: as much of the payment's difference is explained.
    /// </summary>
    internal long Explained { get; set; }

    /// <summary>
    /// Findings that are reported only when the whole set says so; those without a kind were not drawn.
    /// </summary>
    internal Finding Payment, FirstInterest, FirstDiscount, AdjustedInterest, AdjustedDiscount, FirstPolicy, Twin;

    readonly RowList<(Code Reason, long Amount)> byReason = new();

    /// <summary>
    /// Claims in order: a hash of CLP01, and of reversals the finding to report when no correction follows.
    /// </summary>
    internal RowList<ulong> ClaimHashes { get; } = new();

    internal RowList<(int Claim, Finding Reported, byte[] Id)> Reversals { get; } = new();

    internal RowList<(int Number, Finding Reported)> Groups { get; } = new();

    /// <summary>The sum of PLB amounts with a reason.</summary>
    public long ByReason(Code reason)
    {
        foreach (var row in byReason.Span)
            if (row.Reason == reason) return row.Amount;
        return 0;
    }

    internal void Adjust(Code reason, long amount)
    {
        Adjusted += amount;
        foreach (ref var row in byReason.Span)
            if (row.Reason == reason)
            {
                row.Amount += amount;
                return;
            }
        if (byReason.Count < MostReasons) byReason.Add((reason, amount));
    }

    public void Clear()
    {
        Paid = 0;
        Charged = 0;
        Interest = 0;
        Discount = 0;
        Adjusted = 0;
        Claims = 0;
        Lines = 0;
        IsUnknown = false;
        HasPolicyPage = false;
        Copied = 0;
        Explained = 0;
        TwinAdjusted = 0;
        HasStrangeAmount = false;
        Payment = FirstInterest = FirstDiscount = AdjustedInterest = AdjustedDiscount = FirstPolicy = Twin = default;
        byReason.Clear();
        ClaimHashes.Clear();
        Reversals.Clear();
        Groups.Clear();
    }
}
