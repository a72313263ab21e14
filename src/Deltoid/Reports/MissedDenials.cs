using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// Denials of one reason that no finding named, on lines that are alike, and how many of those lines there were.
/// </summary>
/// <param name="All">Over all files.</param>
/// <param name="Earlier">In the earlier half of the lines, by the day of the payment.</param>
/// <param name="Later">In the later half.</param>
/// <param name="Since">The first day of service of the lines that are alike; default where none is known.</param>
internal sealed record MissedDenials(Slice Slice, Refusal Refusal, Share All, Share Earlier, Share Later, Money Amount,
    DateOnly Since)
{
    /// <summary>
    /// Proposed as a rule: more likely denied than not, even at the low end of the interval, and of lines that a rule
    /// can name.
    /// </summary>
    public bool IsProposed =>
        All.IsShown && All.Interval.Low >= 0.5m && Slice is { By: not PayerBy.Remittance, Code.Length: 5 }
            && Slice.Payer.AsSpan().IndexOfAny('"', '\\') < 0 && Shown.Of(Slice.Payer) == Slice.Payer;

    readonly record struct Sum(Refusal First, long All, long Earlier, long Cents);

    readonly record struct Total(long Lines, long Earlier, DateOnly Since)
    {
        public Total With(DateOnly served, int earlier) => new(Lines + 1, Earlier + earlier,
            Since == default || (served != default && served < Since) ? served : Since);
    }

    /// <summary>
    /// The conditions with enough lines to be shown, most dollars first; and what the others come to.
    /// </summary>
    public static (List<MissedDenials> Shown, int Hidden, long HiddenLines, Money HiddenAmount) Of(
        IEnumerable<GradedLine> judged)
    {
        var lines = judged.OrderBy(static l => l.Answered).ToList(); // in the order of the files within a day
        var totals = new Dictionary<Slice, Total>();
        var missed = new Dictionary<(Slice, Code), Sum>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (slice, isEarlier) = (lines[i].Slice, i < lines.Count / 2 ? 1 : 0);
            totals[slice] = totals.GetValueOrDefault(slice).With(lines[i].Served, isEarlier);
            foreach (var reason in lines[i].Missed.GroupBy(static r => r.Reason))
            {
                var sum = missed.GetValueOrDefault((slice, reason.Key), new(reason.First(), 0, 0, 0));
                missed[(slice, reason.Key)] = new(sum.First, sum.All + 1, sum.Earlier + isEarlier,
                    sum.Cents + reason.Sum(static r => r.Amount.Cents));
            }
        }
        var all = missed.Select(m => Of(m.Key.Item1, totals[m.Key.Item1], m.Value)).ToList();
        var hidden = all.Where(static m => !m.All.IsShown).ToList();
        return ([.. all.Where(static m => m.All.IsShown).OrderByDescending(static m => m.Amount.Cents)
            .ThenBy(static m => m.Slice.Payer, StringComparer.Ordinal).ThenBy(static m => m.Slice.Code)
            .ThenBy(static m => m.Slice.Modifiers.Packed).ThenBy(static m => m.Slice.Place)
            .ThenBy(static m => m.Refusal.Reason)],
            hidden.Count, hidden.Sum(static m => m.All.Hits), new(hidden.Sum(static m => m.Amount.Cents)));
    }

    static MissedDenials Of(Slice slice, Total total, Sum sum) =>
        new(slice, sum.First, new(sum.All, total.Lines), new(sum.Earlier, total.Earlier),
            new(sum.All - sum.Earlier, total.Lines - total.Earlier), new(sum.Cents), total.Since);
}
