using System.Globalization;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>The figures as one page that a manager reads from top to bottom: what to do, what happened, why, and how
/// each figure is made.</summary>
internal sealed partial class FigureReport
{
    const string PageTitle = "Claims and what came back";

    public string ToHtml()
    {
        var page = new HtmlPage(PageTitle).Sentence(Summary())
            .Table("To do, most dollars first",
                ["What happened", "What to do", "Claims", "Dollars", "Earliest deadline"],
                figures.ToDo.All.Take(MostToDo).Select(static w => new[]
                {
                    Sentence.Capital(w.What), Sentence.Capital(w.Do), Number(w.Claims), Dollars.Of(w.Amount),
                    (w.Due is { } due ? due.Iso() : "not known") + (w.Late > 0 ? $"; {Number(w.Late)} past" : ""),
                }), 2, 3, 4);
        if (RestOf() is { } rest) page.Sentence(rest);
        page.Heading("What happened");
        foreach (var sentence in MonthLetter.Sentences(figures, withWork: false)) page.Sentence(sentence);
        foreach (var (area, title) in Areas)
        {
            var own = OfArea(area);
            if (own.Count > 0)
                page.Table(title, ["Figure", "Value", "n"],
                    own.Select(static f => new[] { f.Measure.Name, Words(f), Number(f.Count.Of) }), 2);
        }
        foreach (var (by, title, measure) in Parts) Plot(page, by, title, measure);
        page.Terms("How each figure is made", Wholes().Select(static f => (f.Measure.Name, MadeOf(f))));
        if (!figures.HasCosts) page.Sentence(NoCosts);
        return page.Sentence($"Figures of fewer than {Share.Fewest} are not shown. In parentheses: between which rates "
            + $"the true one is, 95 times in 100. Code book {book.Version}.").ToString();
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Dollars where there are dollars, else how many; only what is shown at all.</summary>
    void Plot(HtmlPage page, string by, string title, Measure measure)
    {
        var parts = PartsOf(by, measure).FindAll(static p => p.IsShown);
        if (parts.Count == 0) return;
        var shown = by == "month" ? parts.TakeLast(MostMonths) : parts.Take(MostParts);
        page.Plot(title, [Capital(by), "How many", "Dollars"], [.. shown.Select(p =>
        {
            var dollars = Stake(p)?.Part ?? p.Part;
            var value = dollars is { } money ? Dollars.Of(money) : Number(p.Count.Hits);
            return (LabelOf(p), dollars?.Cents ?? p.Count.Hits, value,
                new[] { LabelOf(p), Words(p), dollars is null ? "" : value });
        })], 2);
    }

    static string Capital(string by) => Sentence.Capital(by);
}
