using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>The lines of one answer to a claim, held against its contract.</summary>
/// <param name="Claim">The claim's number, and <paramref name="PayerControl"/> the payer's.</param>
/// <param name="Day">Of the payment.</param>
/// <param name="Sent">The claim as it was sent; null where it is not known for sure.</param>
/// <param name="Replaces">It takes back what was paid before.</param>
internal sealed record PricedClaim(string Claim, string PayerControl, string Payer, DateOnly Day, SentClaim? Sent,
    bool Replaces, List<LinePrice> Prices)
{
    /// <summary>No contract of the payer is known, and it paid something.</summary>
    public bool IsWithoutContract { get; init; }

    /// <param name="payments">Of the claim in this set, which the answer is of.</param>
    public static PricedClaim Of(Resolution of, ClaimMatch match, SurveyedSet set,
        ReadOnlySpan<ClaimPayment> payments)
    {
        var (replaces, pays) = (false, false);
        foreach (var payment in payments)
            (replaces, pays) = (replaces || payment.IsReversal, pays || payment.Paid is { Cents: > 0 });
        return new(of.Claim, of.PayerControl, set.Payer, set.Day, match.Sent, replaces, of.Prices)
        {
            IsWithoutContract = pays && !of.HasContract
        };
    }
}

/// <summary>A line that stands, with the answer that it is of.</summary>
internal readonly record struct PricedLine(PricedClaim Answer, LinePrice Line);

/// <summary>Lines of a payer with one verdict and cause.</summary>
/// <param name="Why">The id of the cause; of what is not known the reason.</param>
/// <param name="Off">What they were paid too little or too much.</param>
internal sealed record PriceGroup(string Payer, PriceVerdict Verdict, string Why, int Lines, Money Expected, Money Off);

/// <summary>
/// Expected against paid over many files: what a later payment takes back counts no more. Belongs to one thread.
/// </summary>
internal sealed class PriceLedger
{
    readonly List<PricedClaim> all = [];
    readonly SortedDictionary<string, int> without = new(StringComparer.Ordinal);

    /// <summary>Payers of whom no contract is known, with the number of claims that they paid.</summary>
    public IReadOnlyDictionary<string, int> WithoutContract => without;

    public bool IsEmpty => all.Count == 0;

    public void Add(PricedClaim answer)
    {
        if (answer.IsWithoutContract) without[answer.Payer] = without.GetValueOrDefault(answer.Payer) + 1;
        if (answer.Prices.Count > 0 || answer.Replaces) all.Add(answer);
    }

    /// <summary>The lines that stand, by the day of the payment.</summary>
    public List<PricedLine> Standing()
    {
        var byClaim = new Dictionary<object, List<PricedClaim>>();
        foreach (var answer in all.OrderBy(static a => a.Day))
        {
            var key = answer.Sent ?? (object)$"{answer.Payer} {answer.Claim}";
            if (!byClaim.TryGetValue(key, out var known)) byClaim[key] = known = [];
            if (answer.Replaces) known.Clear();
            if (answer.Prices.Count > 0) known.Add(answer);
        }
        foreach (var answers in byClaim.Values)
            for (var i = 1; i < answers.Count; i++) MarkTwice(answers[i], answers.Take(i));
        return [.. byClaim.Values.SelectMany(static v => v).OrderBy(static a => a.Day)
            .SelectMany(static a => a.Prices.Select(l => new PricedLine(a, l)))];
    }

    /// <summary>Two payments for the same line, of which none takes the other back: neither is the price.</summary>
    static void MarkTwice(PricedClaim later, IEnumerable<PricedClaim> before)
    {
        foreach (var earlier in before)
            foreach (var line in earlier.Prices)
                if (later.Prices.Find(l => l.Number == line.Number) is { } twice)
                {
                    twice.Unknown("two payments answer the line");
                    line.Unknown("two payments answer the line");
                }
    }

    /// <summary>By payer, verdict and cause; most money first.</summary>
    public static List<PriceGroup> Groups(IEnumerable<PricedLine> lines) =>
        [.. lines.GroupBy(static l => (l.Answer.Payer, l.Line.Verdict, Why: WhyOf(l.Line)))
            .Select(static g => new PriceGroup(g.Key.Payer, g.Key.Verdict, g.Key.Why, g.Count(),
                new(g.Sum(static l => l.Line.Expected?.Cents ?? 0)),
                new(g.Sum(static l => Math.Abs(l.Line.Difference?.Cents ?? 0)))))
            .OrderByDescending(static g => g.Off.Cents).ThenByDescending(static g => g.Lines)
            .ThenBy(static g => g.Payer, StringComparer.Ordinal).ThenBy(static g => g.Why, StringComparer.Ordinal)];

    static string WhyOf(LinePrice line) => line.Verdict switch
    {
        PriceVerdict.Unknown => Shape(line.Why),
        PriceVerdict.PaidRight => "",
        _ => line.CauseId,
    };

    /// <summary>A reason without its amounts, so that the same reason is one group.</summary>
    static string Shape(string why) => string.Join(' ', why.Split(' ').Select(static w => w is ['$', ..] ? "$…" : w));
}
