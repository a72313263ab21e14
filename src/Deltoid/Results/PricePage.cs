using System.Globalization;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Expected against paid in sentences.</summary>
internal static class PricePage
{
    /// <summary>The lines that were not paid right, or of which it is not known, of one claim.</summary>
    public static void Write(List<LinePrice> prices, TextPage page)
    {
        foreach (var line in prices)
        {
            page.Wrap("  price: ", Sentence(line));
            if (line.Verdict is not (PriceVerdict.Underpaid or PriceVerdict.Overpaid)) continue;
            page.Wrap("    why: ", line.CauseWords);
            foreach (var step in line.Price.Steps)
                page.Wrap("    by: ", $"{step.Says}{(step.Amount is { } amount ? $" = {Dollars.Of(amount)}" : "")}"
                    + $"{(step.Source.Length > 0 ? " " + TextPage.Code($"({step.Source})") : "")}");
        }
    }

    /// <summary><c>line 1, 96372: underpaid by $6.00; expected $30.00, allowed $24.00</c>.</summary>
    public static string Sentence(LinePrice line)
    {
        var head = line.Number == 0 ? "the claim" : string.Create(CultureInfo.InvariantCulture,
            $"line {line.Number}, {line.Code}{(line.With.Length > 0 ? $", with {Lines(line.With)}" : "")}");
        if (line.Verdict == PriceVerdict.Unknown) return $"{head}: not known whether it was paid right: {line.Why}";
        var sums = $"expected {Dollars.Of(line.Expected!.Value)}, allowed {Dollars.Of(line.Allowed)}";
        return line.Verdict switch
        {
            PriceVerdict.Underpaid => $"{head}: underpaid by {Dollars.Of(Money.Zero - line.Difference!.Value)}; {sums}",
            PriceVerdict.Overpaid => $"{head}: overpaid by {Dollars.Of(line.Difference!.Value)}; {sums}",
            _ => $"{head}: paid right; {sums}",
        };
    }

    static string Lines(int[] numbers) => (numbers.Length == 1 ? "line " : "lines ") + string.Join(", ", numbers);
}
