using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>What a contract does with several procedures of a day.</summary>
internal enum MultipleRule : byte { None, Medicare, Ranked }

/// <summary>
/// What a payer agreed to pay, or what a state or a program sets: dated rows, and what holds for all of them. Null is
/// what it does not say, which is never filled in. Immutable.
/// </summary>
internal sealed record Contract
{
    /// <summary>Written for a locality: every index is 1.</summary>
    public const string National = "national";

    static readonly Money OneCent = new(1);

    /// <summary>MAC and locality, <see cref="National"/>, or empty: by the ZIP code of the place of service.</summary>
    public string Locality { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>Medicare's conversion factor for qualifying APM participants.</summary>
    public bool Qualifying { get; init; }

    public bool Participating { get; init; } = true;

    /// <summary>How far a line's allowed amount may be from the price and be right.</summary>
    public Money Tolerance { get; init; } = OneCent;

    /// <summary>The payer never allows more than the charge.</summary>
    public bool? LesserOfCharge { get; init; }

    /// <summary>The payer may take sequestration off its share.</summary>
    public bool? Sequestration { get; init; }

    public MultipleRule? Multiple { get; init; }

    /// <summary>Of a ranked rule: percent by rank, the last of them for all that follow.</summary>
    public decimal[] Ranked { get; init; } = [];

    /// <summary>Percent of the price on a line with the modifier.</summary>
    public (Modifier Modifier, decimal Percent)[] ModifierPercents { get; init; } = [];

    public ContractRate[] Rates
    {
        get;
        init
        {
            field = value;
            general = Array.FindAll(value, static r => !r.IsOfOneCode);
            byCode = value.Where(static r => r.IsOfOneCode).GroupBy(static r => r.Codes[0].First)
                .ToDictionary(static g => g.Key, static g => g.ToArray());
        }
    } = [];

    ContractRate[] general = [];
    Dictionary<Code, ContractRate[]> byCode = [];

    /// <summary>The rows that may be for a code, in their order: a contract may list thousands of single codes.</summary>
    public IEnumerable<ContractRate> RatesOf(Code code) => byCode.TryGetValue(code, out var own)
        ? own.Concat(general).OrderBy(static r => r.Number)
        : general;

    /// <summary>The percent of a modifier; null where the contract does not name it.</summary>
    public decimal? PercentOf(Modifier modifier)
    {
        foreach (var (named, percent) in ModifierPercents)
            if (named == modifier) return percent;
        return null;
    }
}
