using Deltoid.Answers;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>A line that the payer allowed less for than its rate.</summary>
/// <param name="Rate">The fact that says the rate.</param>
/// <param name="Expected">The rate for the units, at most the charge.</param>
internal sealed record Underpayment(int Number, Code Code, Quantity Units, RecordFact Rate, Money Expected,
    Money Allowed)
{
    public Money Off => Expected - Allowed;
}

/// <summary>Lines paid below the rate of a contract or fee schedule, as the record states it.</summary>
internal static class Underpayments
{
    public static List<Underpayment> Of(Situation at)
    {
        var found = new List<Underpayment>();
        foreach (var payment in at.Of.Payments)
            for (var i = 1; i <= payment.Lines.Length && !payment.IsReversal; i++)
                if (Of(at, payment, i) is { } below && below.Off > Money.Zero) found.Add(below);
        return found;
    }

    static Underpayment? Of(Situation at, ClaimPayment payment, int index)
    {
        ref readonly var line = ref payment.Lines[index - 1];
        var sent = LineMatch.Of(at.Of.Claim, payment, index);
        var number = sent >= 0 ? at.Of.Claim!.Lines[sent].Number : index;
        var code = sent >= 0 ? at.Of.Claim!.Lines[sent].Code : line.Procedure.Code;
        var units = sent >= 0 ? at.Of.Claim!.Lines[sent].Units : line.UnitsBilled ?? line.UnitsPaid ?? Quantity.Of(1);
        if (line.Charge is not { } charge || RateOf(at, code, number) is not { } rate) return null;
        var price = Money.Round(rate["amount"]!.Number * units.Value / PerUnits(rate));
        return new(number, code, units, rate, charge < price ? charge : price, AllowedOf(payment, index, charge));
    }

    /// <summary>An amount is for as many units as its fact says, else for one.</summary>
    static decimal PerUnits(RecordFact rate) => rate["units"] is { Number: > 0 } units ? units.Number : 1;

    static RecordFact? RateOf(Situation at, Code code, int line)
    {
        foreach (var kind in (ReadOnlySpan<string>)["contract-rate", "fee-schedule"])
            foreach (var fact in at.Facts)
                if (fact.Kind.Name == kind && fact.Is && fact.Covers(line) && fact["code"]!.Text == code.ToString())
                    return fact;
        return null;
    }

    /// <summary>What the payer allowed: as it says, else the charge less what it took off to its price.</summary>
    static Money AllowedOf(ClaimPayment payment, int line, Money charge)
    {
        if (payment.Lines[line - 1].Allowed is { } stated) return stated;
        foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
            if (adjustment.Reason.ToString() is "45" or "59" or "P12" or "P23" or "P24" or "P25"
                && adjustment.Amount is { } amount)
                charge -= amount;
        return charge;
    }
}
