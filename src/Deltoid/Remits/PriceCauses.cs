using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Which mistake of the payer gives what it allowed: each is really priced, and counts only where it comes to the same
/// cents. Where several do, the one that the remittance itself names is taken, else none.
/// </summary>
internal static class PriceCauses
{
    public static void Find(ContractPricer pricer, Claim claim, LinePrice line, PaidLine paid)
    {
        var fits = new List<PriceCause>();
        foreach (var (cause, amount) in Amounts(line, paid))
            if (amount == line.Allowed && amount != line.Expected) Add(fits, cause);
        foreach (var (cause, assumed) in PriceTrials.Of(pricer, claim, line, paid))
            if (pricer.Price(claim, line.Index, assumed).Amount is { } tried && tried == line.Allowed
                && tried != line.Expected)
                Add(fits, cause);
        line.Fits = fits;
        if (fits.Count == 1) line.Cause = fits[0];
        else if (fits.Count > 1 && fits.FindAll(f => IsNamed(f, line, paid)) is [var named]) line.Cause = named;
    }

    /// <summary>One of a kind: several localities that fit are one mistake, each named.</summary>
    static void Add(List<PriceCause> fits, PriceCause cause)
    {
        var at = fits.FindIndex(f => f.Id == cause.Id);
        if (at < 0) fits.Add(cause);
        else if (!fits[at].Words.Contains(cause.Words, StringComparison.Ordinal))
            fits[at] = cause with { Words = $"{fits[at].Words}; or {cause.Words}" };
    }

    /// <summary>The remittance says it: with a reason code, or with the units that it paid.</summary>
    static bool IsNamed(PriceCause cause, LinePrice line, PaidLine paid) => cause.Id switch
    {
        PriceTrials.Multiple => paid.Reductions.Exists(static r => r.Reason == Several),
        PriceTrials.Units => paid.Units is { } units && units != line.Units,
        PriceTrials.Sequestration => line.Sequestered > line.SequesteredRightly,
        PriceTrials.Recoded => true, // it is only tried where the payer names another code
        _ => false,
    };

    static readonly Code Several = Code.Of("59"), Charged = Code.Of("45");

    /// <summary>What is no other price of the line, but something taken off the right one.</summary>
    static IEnumerable<(PriceCause Cause, Money Amount)> Amounts(LinePrice line, PaidLine paid)
    {
        var expected = line.Expected!.Value;
        if (line.Sequestered > line.SequesteredRightly)
            yield return (new(PriceTrials.Sequestration, line.SequesteredRightly == Money.Zero
                ? $"sequestration of ${line.Sequestered} was taken, which the contract does not allow"
                : $"sequestration of ${line.Sequestered} was taken, where ${line.SequesteredRightly} is right"),
                expected - (line.Sequestered - line.SequesteredRightly));
        var percent = line.Day == default ? 0 : Shares.Sequestered(line.Day);
        if (percent > 0)
        {
            var words = line.Sequestered > Money.Zero
                ? $"{RateWords.Number(percent)} % sequestration was taken a second time, within the allowed amount"
                : $"{RateWords.Number(percent)} % sequestration was taken off the allowed amount";
            var share = expected - line.Patient;
            foreach (var off in (Money[])[Money.Round(share.Dollars * percent / 100),
                Money.Round(expected.Dollars * percent / 100)])
                if (off > Money.Zero) yield return (new(PriceTrials.Sequestration, words), expected - off);
        }
        foreach (var reduction in paid.Reductions)
            if (reduction.Reason != Charged && reduction.Reason != Several && reduction.Amount is { } amount)
                yield return (new("discount",
                    $"a discount of ${amount} was taken ({reduction.Group}-{reduction.Reason}), which the contract "
                        + "does not name"), expected - amount);
    }
}
