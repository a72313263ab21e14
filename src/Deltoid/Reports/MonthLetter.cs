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
    const int MostReasons = 3, MostFindings = 3, MostWork = 4;

    public static void Write(Figures figures, TextPage page)
    {
        foreach (var sentence in Sentences(figures))
        {
            page.Wrap("", sentence);
            page.Line();
        }
    }

    /// <param name="withWork">With what is to be done; a page has it as a table.</param>
    public static IEnumerable<string> Sentences(Figures figures, bool withWork = true) =>
        [.. Lost(figures), .. withWork ? First(figures) : [], .. Why(figures), .. Change(figures), .. Money(figures),
            .. Since(figures)];

    /// <summary>The work that most dollars wait for; groups of fewer than ten claims are not named.</summary>
    static IEnumerable<string> First(Figures figures)
    {
        foreach (var work in figures.ToDo.All.Where(static w => w.Claims >= Share.Fewest).Take(MostWork))
            yield return $"{Dollars.Of(work.Amount)} wait in {Number(work.Claims)} claims: {work.What}. "
                + Sentence.Capital(work.Do)
                + (work.Due is { } due ? $"; the earliest deadline is {due.Iso()}." : ".");
    }

    /// <summary>What is open, and whether drugs bring in what they cost.</summary>
    static IEnumerable<string> Money(Figures figures)
    {
        if (figures.Of(Measures.DaysOpen) is { IsShown: true, Part: { } open, Days: { } days })
            yield return $"{Dollars.Of(open)} are open: {days.ToString("0.#", CultureInfo.InvariantCulture)} days of "
                + "charges.";
        if (figures.Of(Measures.Margin) is { IsShown: true, Part: { } margin } paid)
            yield return $"On {Number(paid.Count.Of)} drug lines with a known cost the payers paid "
                + (margin < Values.Money.Zero ? $"{Dollars.Of(new(-margin.Cents))} less" : $"{Dollars.Of(margin)} more")
                + " than the drugs cost; the patients' share comes on top.";
    }

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
        foreach (var sentence in Open(figures)) yield return sentence;
    }

    /// <summary>Claims without an answer: those that were sent back, and those of which nothing was heard.</summary>
    static IEnumerable<string> Open(Figures figures)
    {
        var back = figures.Standings.Where(static s => s.IsToResend).ToList();
        var silent = figures.Standings.Count(static s => !s.IsAnswered) - back.Count;
        if (back.Count > 0)
        {
            var charged = new Values.Money(back.Sum(static s => s.Charge.Cents));
            yield return $"{Number(back.Count)} claims ({Dollars.Of(charged)}) were sent back before a payer judged "
                + "them. Correct them and send them again before the filing limit ends.";
        }
        if (silent > 0)
            yield return $"Of {Number(silent)} claims no answer is known. "
                + $"Ask for the status of those that were sent more than {ToDoList.DaysToWait} days ago.";
    }

    static IEnumerable<string> Why(Figures figures)
    {
        var reasons = figures.All.Where(static f => f.Measure == Measures.AtStake && f.By == "reason" && f.IsShown)
            .OrderByDescending(static f => f.Part!.Value.Cents).Take(MostReasons).ToList();
        foreach (var figure in reasons)
        {
            var reason = ReasonCodes.Shipped.Carc(figure.Key);
            yield return $"Reason {figure.Key}{(reason is null ? "" : $" ({reason.Label})")} took "
                + $"{Dollars.Of(figure.Part!.Value)} on {Number(figure.Count.Of)} lines.";
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
        if (months.FindAll(static m => m.IsShown) is not [.., var before, var now])
        {
            yield return $"Only one month has {Share.Fewest} lines or more: that is too few to say what changed.";
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

    static Values.Money Stake(Figures figures, string month) =>
        figures.Of(Measures.AtStake, "month", month)?.Part ?? Values.Money.Zero;

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
