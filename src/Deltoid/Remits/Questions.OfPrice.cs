using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about what the payer allowed against what it agreed to.</summary>
internal static partial class Questions
{
    static Row[] OfPrice =>
    [
        new("allowed-below", static (at, args) => args is [var fact] && PriceOf(at, fact) is { } price
            && Allowed(at) is { } allowed
            ? Truths.Of(allowed < price)
            : Truth.Unknown, "contract-rate"),
        // without a contract it is no question: sequestration is posted as it comes
        new("wrong-sequestration", static (at, _) => Truths.Of(WrongSequestration(at) is not null)),
    ];

    static readonly Code Sequestration = Code.Of("253");

    /// <summary>Sequestration that the contract does not allow; null where it allows all, or where that is not
    /// known.</summary>
    static Money? WrongSequestration(Situation at) =>
        at.Prices.Find(l => l.Number == at.LineNumber) is { Verdict: PriceVerdict.Underpaid } line
            && line.Sequestered > line.SequesteredRightly
            ? line.Sequestered - line.SequesteredRightly
            : null;

    /// <summary>What the payer allowed less than its price; null where no price is known.</summary>
    public static Money? Shortfall(Situation at)
    {
        if (at.Adjustment.Reason == Sequestration) return WrongSequestration(at);
        return (PriceOf(at, "contract-rate") ?? PriceOf(at, "fee-schedule")) is { } price
            && Allowed(at) is { } allowed && allowed < price
                ? price - allowed
                : null;
    }

    /// <summary>What the payer allowed for the line: the charge less what it reduced to its price.</summary>
    static Money? Allowed(Situation at)
    {
        if (at.Payment is not { } payment || at.Paid?.Charge is not { } allowed) return null;
        foreach (ref readonly var adjustment in payment.Adjustments.Of(at.PaidLine))
            if (adjustment.Reason.ToString() is "45" or "59" or "P12" or "P23" or "P24" or "P25"
                && adjustment.Amount is { } amount)
                allowed -= amount;
        return allowed;
    }

    /// <summary>
    /// The price of a contract or schedule for the line's units, at most the charge; null where none names the code. An
    /// amount is for as many units as its row says, else for one.
    /// </summary>
    static Money? PriceOf(Situation at, string kind)
    {
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != kind || !fact.Is || !fact.Covers(at.LineNumber)
                || fact["code"]!.Text != at.Code.ToString() || at.Units is not { } units)
                continue;
            var price = Money.Round(fact["amount"]!.Number * units.Value / (fact["units"]?.Number ?? 1));
            return at.Paid?.Charge is { } charge && charge < price ? charge : price;
        }
        return null;
    }
}
