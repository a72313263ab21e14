using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// Denials of one reason that no finding named, on lines that are alike, and how many of those lines there were.
/// </summary>
/// <param name="All">Over all files.</param>
/// <param name="Earlier">In the earlier half of the lines, by the day of the payment.</param>
/// <param name="Later">In the later half.</param>
/// <param name="Since">The first day of service that was denied so; default where none is known.</param>
internal sealed record MissedDenials(Slice Slice, Refusal Refusal, Share All, Share Earlier, Share Later, Money Amount,
    DateOnly Since)
{
    /// <summary>Proposed as a rule: more likely denied than not, even at the low end of the interval.</summary>
    public bool IsProposed => All.IsShown && All.Interval.Low >= 0.5m;

    readonly record struct Sum(Refusal First, long All, long Earlier, long Cents, DateOnly Since);

    /// <summary>
    /// The conditions with enough lines to be shown, most dollars first; and what the others come to.
    /// </summary>
    public static (List<MissedDenials> Shown, int Hidden, long HiddenLines, Money HiddenAmount) Of(
        IEnumerable<GradedLine> judged)
    {
        var lines = judged.OrderBy(static l => l.Answered).ToList(); // in the order of the files within a day
        var (totals, earlier) = (new Dictionary<Slice, long>(), new Dictionary<Slice, long>());
        var missed = new Dictionary<(Slice, Code), Sum>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (slice, isEarlier) = (lines[i].Slice, i < lines.Count / 2 ? 1 : 0);
            totals[slice] = totals.GetValueOrDefault(slice) + 1;
            earlier[slice] = earlier.GetValueOrDefault(slice) + isEarlier;
            foreach (var reason in lines[i].Missed.GroupBy(static r => r.Reason))
            {
                var sum = missed.GetValueOrDefault((slice, reason.Key), new(reason.First(), 0, 0, 0, lines[i].Served));
                missed[(slice, reason.Key)] = new(sum.First, sum.All + 1, sum.Earlier + isEarlier,
                    checked(sum.Cents + reason.Sum(static r => r.Amount.Cents)),
                    lines[i].Served < sum.Since ? lines[i].Served : sum.Since);
            }
        }
        var all = missed.Select(m => new MissedDenials(m.Key.Item1, m.Value.First,
            new(m.Value.All, totals[m.Key.Item1]), new(m.Value.Earlier, earlier[m.Key.Item1]),
            new(m.Value.All - m.Value.Earlier, totals[m.Key.Item1] - earlier[m.Key.Item1]),
            new(m.Value.Cents), m.Value.Since)).ToList();
        var hidden = all.Where(static m => !m.All.IsShown).ToList();
        return ([.. all.Where(static m => m.All.IsShown).OrderByDescending(static m => m.Amount.Cents)
            .ThenBy(static m => m.Slice.Payer, StringComparer.Ordinal).ThenBy(static m => m.Slice.Code)
            .ThenBy(static m => m.Slice.Modifiers.Packed).ThenBy(static m => m.Slice.Place)
            .ThenBy(static m => m.Refusal.Reason)],
            hidden.Count, hidden.Sum(static m => m.All.Hits), new(hidden.Sum(static m => m.Amount.Cents)));
    }
}
