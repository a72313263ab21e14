using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>One step of how a price came about, and where it is written.</summary>
/// <param name="Amount">What the price is after the step; null where it is not one yet.</param>
internal readonly record struct PriceStep(string Says, Money? Amount, string Source);

/// <summary>
/// What a contract pays for a line, the patient's share included, and how it comes about; or why that is not known.
/// </summary>
internal sealed class ContractPrice
{
    /// <summary>For all units of the line; null where it is not known.</summary>
    public Money? Amount { get; set; }

    /// <summary>Why it is not known, in words; empty where it is.</summary>
    public string Why { get; set; } = "";

    /// <summary>The row that priced it, or that could not; null where none is for the line.</summary>
    public ContractRate? Row { get; set; }

    /// <summary>In their order: the row, its price, what changed it.</summary>
    public List<PriceStep> Steps { get; } = [];

    /// <summary>Before it was lowered to the charge.</summary>
    public Money? BeforeCharge { get; set; }

    /// <summary>Lowered as a further procedure of the day.</summary>
    public bool IsReduced { get; set; }

    /// <summary>Indexes of all lines that share a rate of the visit; empty where the line has its own.</summary>
    public int[] Shares { get; set; } = [];

    public bool IsKnown => Amount is not null;

    public ContractPrice Unknown(string why)
    {
        (Amount, Why) = (null, why);
        return this;
    }

    public void Add(string says, Money? amount, string source) => Steps.Add(new(says, amount, source));
}

/// <summary>
/// What is taken otherwise than the claim and the contract say it, to try which mistake of a payer gives what it paid.
/// </summary>
internal sealed record Assumed
{
    public static readonly Assumed Nothing = new();

    public ContractRate? Row { get; init; }

    /// <summary>The day of the Medicare schedule.</summary>
    public DateOnly? ScheduleDay { get; init; }

    public string? Locality { get; init; }

    public Code? Place { get; init; }

    public Code? Code { get; init; }

    public Quantity? Units { get; init; }

    public Modifiers? Modifiers { get; init; }

    public decimal? Percent { get; init; }

    /// <summary>Percent of the price, before it is held against the charge.</summary>
    public decimal? Share { get; init; }

    public MultipleRule? Multiple { get; init; }

    public bool? LesserOfCharge { get; init; }

    public bool? Qualifying { get; init; }

    public bool? Participating { get; init; }
}
