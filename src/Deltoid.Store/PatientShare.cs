using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>What the patient is likely to pay: between two amounts, and why.</summary>
/// <param name="Low">Null where nothing is known of it.</param>
/// <param name="Steps">How it was reached, in the order of the steps.</param>
/// <param name="NotKnown">What would make it more certain.</param>
public sealed record PatientShare(long? Low, long? High, long? Allowed, IReadOnlyList<ExpectedStep> Steps,
    IReadOnlyList<string> NotKnown)
{
    const string Said = "the plan, as asked";

    /// <summary>
    /// First what is left of the deductible, then the copay or the coinsurance of the rest, never more than what is
    /// left until the plan pays all. What is not known widens the range; it is never taken for zero.
    /// </summary>
    /// <param name="expected">What the plan allows; null where no contract and no schedule says it.</param>
    public static PatientShare Of(ExpectedClaim? expected, Benefit? benefit, string kind)
    {
        var (steps, unknown) = (new List<ExpectedStep>(), new List<string>());
        if (kind == "self-pay") return new(null, null, null, [], ["the patient pays the practice's fee"]);
        if (expected is null || !expected.IsWhole)
            return new(null, null, expected?.Cents, [], [expected is null ? "what the plan allows for it"
                : "what the plan allows for " + string.Join(", ", expected.Lines.Where(static l => l.Cents is null)
                    .Select(static l => l.Code))]);
        var allowed = expected.Cents;
        steps.Add(new("the plan allows", allowed, expected.IsOfSchedule ? "Medicare's fee schedules" : "contract"));
        var (least, most) = Deductible(allowed, benefit, steps, unknown);
        var (low, high) = (least + Rest(allowed - least, expected, benefit, kind, steps, unknown, isLow: true),
            most + Rest(allowed - most, expected, benefit, kind, steps, [], isLow: false));
        if (benefit?.PocketLeft is { } left)
        {
            if (left < high) steps.Add(new("no more than what is left until the plan pays all", left, Said));
            (low, high) = (Math.Min(low, left), Math.Min(high, left));
        }
        // a part of the rest is less than the deductible would be: the order is not given
        return new(Math.Min(low, high), Math.Max(low, high), allowed, steps, unknown);
    }

    static (long Least, long Most) Deductible(long allowed, Benefit? benefit, List<ExpectedStep> steps,
        List<string> unknown)
    {
        if (benefit?.DeductibleLeft is not { } left)
        {
            unknown.Add("what is left of the deductible");
            return (0, allowed);
        }
        var taken = Math.Min(left, allowed);
        if (taken > 0) steps.Add(new("of it the deductible takes", taken, Said));
        return (taken, taken);
    }

    /// <summary>What the patient pays of the rest.</summary>
    static long Rest(long rest, ExpectedClaim of, Benefit? benefit, string kind, List<ExpectedStep> steps,
        List<string> unknown, bool isLow)
    {
        if (rest <= 0) return 0;
        if (benefit?.Copay is { } copay)
        {
            if (isLow) steps.Add(new("copay", Math.Min(copay, rest), Said));
            return Math.Min(copay, rest);
        }
        if (benefit?.Coinsurance is { } part) return Part(rest, part / 100m, Said);
        if (kind == "medicare" && of.Lines.All(static l => l is { Cents: 0 } or { Coinsurance: not null }))
            // a drug's part is in its own row of the payment limits: after a rebate it is below 20 percent
            return of.Lines.Where(static l => l.Cents > 0).GroupBy(static l => l.Coinsurance!.Value)
                .OrderBy(static g => g.Key).Sum(g => Part(
                    Money.Round((decimal)rest * g.Sum(static l => l.Cents!.Value) / of.Cents / 100).Cents, g.Key,
                    "Medicare's fee schedule and payment limits"));
        if (kind == "medicaid" && isLow) unknown.Add("a copay of Medicaid, which is small where there is one");
        else if (isLow) unknown.Add("copay or coinsurance");
        return isLow ? 0 : rest;

        long Part(long amount, decimal percent, string source)
        {
            var share = Money.Round(amount * percent / 100 / 100).Cents;
            if (isLow) steps.Add(new(FormattableString.Invariant(
                $"coinsurance, {percent:0.###} percent of {(amount / 100m):0.00}"), share, source));
            return share;
        }
    }
}
