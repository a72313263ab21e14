using System.Globalization;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// One page of sentences for a manager: what was lost, why, what to change, what changed since the month before. It
/// says nothing of fewer than ten lines.
/// </summary>
internal static class MonthLetter
{
    const int MostReasons = 3, MostFindings = 3;

    public static void Write(Figures figures, TextPage page)
    {
        foreach (var sentence in Sentences(figures))
        {
            page.Wrap("", sentence);
            page.Line();
        }
    }

    public static IEnumerable<string> Sentences(Figures figures) =>
        [.. Lost(figures), .. Why(figures), .. Change(figures), .. Since(figures)];

    static IEnumerable<string> Lost(Figures figures)
    {
        var grader = figures.Grader;
        if (grader.Lines.Count < Share.Fewest)
        {
            yield return $"Fewer than {Share.Fewest} lines were answered. That is too few to say anything of.";
            yield break;
        }
        yield return $"The payers answered {Number(grader.Lines.Count)} lines of {Number(grader.Claims)} claims. "
            + $"They refused {Dollars.Of(grader.Refused)} on {Number(grader.RefusedLines)} of the lines "
            + $"({Share.Percent(new Share(grader.RefusedLines, grader.Lines.Count).Rate)} %).";
        if (grader.Left.Unanswered > 0)
            yield return $"Claims without an answer in these files: {Number(grader.Left.Unanswered)}. "
                + "Ask for their status before the filing limit ends.";
    }

    static IEnumerable<string> Why(Figures figures)
    {
        var reasons = figures.All.Where(static f => f.Measure == Measures.AtStake && f.By == "reason" && f.IsShown)
            .OrderByDescending(static f => f.Part!.Value.Cents).Take(MostReasons).ToList();
        foreach (var figure in reasons)
        {
            var reason = ReasonCodes.Shipped.Carc(figure.Key);
            yield return $"Reason {figure.Key}{(reason is null ? "" : $" ({reason.Label})")} took "
                + $"{Dollars.Of(figure.Part!.Value)} on {Number(figure.Count.Of)} lines."
                + (reason is null ? "" : $" {reason.Do}");
        }
    }

    static IEnumerable<string> Change(Figures figures)
    {
        var grader = figures.Grader;
        var named = grader.RefusedLines - grader.MissedLines;
        if (grader.RefusedLines >= Share.Fewest)
            yield return $"A finding had named the reason of {Number(named)} of the {Number(grader.RefusedLines)} "
                + "refused lines. Check such lines against the chart before the claim is sent.";
        foreach (var grade in grader.Grades.Where(static g => g.True >= Share.Fewest).Take(MostFindings))
            yield return $"Hold claims with the finding {grade.Info.Id} ({grade.Info.Name}) for {grade.Payer}: "
                + $"it came true {Number(grade.True)} of {Number(grade.Precision.Of)} times and cost "
                + $"{Dollars.Of(grade.Refused)}.";
        foreach (var of in MissedDenials.Of(grader.Lines).Shown.Where(static m => m.IsProposed).Take(MostFindings))
            yield return $"Payer {of.Slice.Payer} refused {of.Slice.Code} with reason {of.Refusal.Reason} on "
                + $"{Number(of.All.Hits)} of {Number(of.All.Of)} lines, and no finding named it. "
                + "Read its policy, and add a rule.";
    }

    static IEnumerable<string> Since(Figures figures)
    {
        var months = figures.All.Where(static f => f.Measure == Measures.DeniedLines && f.By == "month").ToList();
        if (months.Count < 2)
        {
            yield return "These files are of one month, so nothing can be said of what changed.";
            yield break;
        }
        var (before, now) = (months[^2], months[^1]);
        if (!before.IsShown || !now.IsShown)
        {
            yield return $"{before.Key} or {now.Key} has fewer than {Share.Fewest} lines: "
                + "that is too few to say what changed.";
            yield break;
        }
        var (cost, costs) = (Stake(figures, before.Key), Stake(figures, now.Key));
        yield return $"In {now.Key} the payers refused {Share.Percent(now.Count.Rate)} % of the lines "
            + $"({Dollars.Of(costs)}); in {before.Key} it was {Share.Percent(before.Count.Rate)} % "
            + $"({Dollars.Of(cost)}). {Verdict(before.Count, now.Count)}";
    }

    /// <summary>Two rates differ for sure only where their intervals do not touch.</summary>
    static string Verdict(Share before, Share now) =>
        now.Interval.Low > before.Interval.High ? "That is worse, by more than chance explains."
            : now.Interval.High < before.Interval.Low ? "That is better, by more than chance explains."
            : "The difference may be chance.";

    static Money Stake(Figures figures, string month) =>
        figures.Of(Measures.AtStake, "month", month)?.Part ?? Money.Zero;

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
