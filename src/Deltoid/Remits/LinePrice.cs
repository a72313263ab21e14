using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What a line was paid against what it should be.</summary>
internal enum PriceVerdict : byte { Unknown, PaidRight, Underpaid, Overpaid }

/// <summary>A mistake of a payer that gives, to the cent, what it allowed.</summary>
/// <param name="Id">Of its kind, for sums: <c>earlier-year</c>.</param>
internal sealed record PriceCause(string Id, string Words);

/// <summary>Expected against paid, of one line as it was sent.</summary>
internal sealed class LinePrice
{
    /// <summary>The line's number in the claim; 0 where the payer answers the claim as a whole.</summary>
    public int Number { get; init; }

    /// <summary>Its index in the claim; -1 of the claim as a whole.</summary>
    public int Index { get; init; } = -1;

    /// <summary>Numbers of the other lines that share a rate of the visit.</summary>
    public int[] With { get; set; } = [];

    public Code Code { get; init; }

    public Quantity Units { get; init; }

    public DateOnly Day { get; init; }

    public Money? Charge { get; init; }

    /// <summary>What the contract pays, and how that comes about; or why it is not known.</summary>
    public ContractPrice Price { get; set; } = new();

    public Money? Expected => Price.Amount;

    /// <summary>Paid by the payer.</summary>
    public Money Paid { get; set; }

    /// <summary>The patient's share, of which the payer is relieved.</summary>
    public Money Patient { get; set; }

    /// <summary>Sequestration (CO-253), and how much of it was right to take.</summary>
    public Money Sequestered { get; set; }

    public Money SequesteredRightly { get; set; }

    /// <summary>What the payer allowed: paid, the patient's share, and sequestration that was right to take.</summary>
    public Money Allowed => Paid + Patient + SequesteredRightly;

    /// <summary>Allowed less expected; null where the price is not known.</summary>
    public Money? Difference => Verdict == PriceVerdict.Unknown ? null : Allowed - Expected!.Value;

    public PriceVerdict Verdict { get; set; }

    /// <summary>Why the verdict is unknown; empty where it is not.</summary>
    public string Why { get; set; } = "";

    /// <summary>The one mistake that fits, or that the payer itself names; null where none or several fit.</summary>
    public PriceCause? Cause { get; set; }

    /// <summary>All mistakes that fit to the cent.</summary>
    public List<PriceCause> Fits { get; set; } = [];

    /// <summary>For sums: the cause, or that several or none fit.</summary>
    public string CauseId => Cause?.Id ?? (Fits.Count > 0 ? Several : NotFound);

    public const string Several = "several-fit", NotFound = "none-fits";

    public string CauseWords => Cause?.Words ?? (Fits.Count > 0
        ? "several mistakes give this amount: " + string.Join("; or ", Fits.ConvertAll(static f => f.Words))
        : "no mistake that was tried gives this amount");

    public void Decide(Money tolerance)
    {
        var off = Allowed - Expected!.Value;
        Verdict = off > tolerance ? PriceVerdict.Overpaid
            : Money.Zero - off > tolerance ? PriceVerdict.Underpaid
            : PriceVerdict.PaidRight;
    }

    public void Unknown(string why) => (Verdict, Why) = (PriceVerdict.Unknown, why);

    public static readonly Vocabulary<PriceVerdict> Verdicts = new("verdict", new(PriceVerdict.Unknown, "unknown"),
        new(PriceVerdict.PaidRight, "paid-right"), new(PriceVerdict.Underpaid, "underpaid"),
        new(PriceVerdict.Overpaid, "overpaid"));
}
