using System.Globalization;
using System.Text;
using Deltoid.Print;
using Deltoid.Results.Letters;
using Deltoid.Store;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>The manager's figures as rows for a spreadsheet and as a PDF. No cell is taken for a formula.</summary>
static class ReportFiles
{
    static string Number(decimal? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";

    static string Dollars(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Every number of the page; where fewer than ten are counted a rate is empty.</summary>
    static IEnumerable<string[]> Rows(ManagerView view)
    {
        yield return ["Part", "Name", "Value", "Goal", "Claims", "Of", "Dollars"];
        foreach (var key in view.Keys)
            yield return ["figure", key.Name, Number(key.Value), Number(key.Goal), $"{key.Claims}", $"{key.N}",
                Dollars(key.Cents)];
        foreach (var cause in view.Figures.Causes)
        {
            yield return ["cause, first refused", cause.Words, "", "", $"{cause.Claims}",
                $"{view.Figures.Answered.Claims}", Dollars(cause.Cents)];
            yield return ["cause, now open", cause.Words, "", "", $"{cause.Open}", $"{cause.Claims}",
                Dollars(cause.OpenCents)];
            yield return ["cause, recovered", cause.Words, "", "", "", $"{cause.Claims}", Dollars(cause.Recovered)];
            yield return ["cause, lost", cause.Words, "", "", "", $"{cause.Claims}", Dollars(cause.Lost)];
        }
        foreach (var payer in view.Figures.Payers)
            yield return ["payer, denied at first", payer.Name,
                Number(ManagerView.Rate(payer.Denied, payer.Claims)), "", $"{payer.Denied}", $"{payer.Claims}",
                Dollars(payer.RefusedCents)];
        foreach (var month in view.Figures.Months)
            yield return ["month, denied at first", month.Name,
                Number(ManagerView.Rate(month.Denied, month.Claims)), "", $"{month.Denied}", $"{month.Claims}",
                Dollars(month.RefusedCents)];
        foreach (var reason in view.Figures.Reasons)
            yield return ["reason, refused lines", reason.Reason, "", "", $"{reason.Lines}", "", Dollars(reason.Cents)];
    }

    public static byte[] Csv(ManagerView view)
    {
        var text = new StringBuilder();
        foreach (var row in Rows(view)) Results.Csv.AddRow(text, row);
        return Encoding.UTF8.GetBytes("\uFEFF" + text);
    }

    /// <summary>The letter of a month.</summary>
    public static byte[] Letter(IReadOnlyList<string> sentences, string practice, int month) =>
        LetterPdf.Of(new Paper($"{practice}: claims of {Outcomes.NameOf(month)}",
            [new LetterHeading("What happened"), .. sentences.Select(static s => new LetterParagraph(s))]));

    public static byte[] Pdf(ManagerView view, string practice)
    {
        var of = view.Figures;
        List<LetterBlock> blocks =
        [
            new LetterHeading("Figures"),
            new LetterParagraph($"{practice}. "
                + $"{(view.Month > 0 ? "Month " + Outcomes.NameOf(view.Month) : "All months")}, "
                + $"made on {AsShown.Day(view.Today)}. What is open is counted on that day. Figures of fewer than "
                + $"{PracticeFigures.Fewest} claims are not shown."),
            new LetterTable(["Figure", "Value", "Goal", "Claims", "At stake"], [.. view.Keys.Select(static k => new[]
                { k.Name, k.Value is null ? "too few" : k.IsDays ? $"{Number(k.Value)} days" : $"{Number(k.Value)} %",
                    (k.IsAtLeast ? "at least " : "below ") + Number(k.Goal), $"{k.Claims} of {k.N}",
                    AsShown.Money(k.Cents) })], [1, 3, 4], [5, 3, 3, 3, 3]),
        ];
        if (of.Causes.Count > 0)
        {
            blocks.Add(new LetterHeading("Claims refused at first, by cause"));
            blocks.Add(new LetterTable(["Cause", "Claims", "Refused", "Open", "Recovered", "Lost"],
                [.. of.Causes.Select(static c => new[] { c.Words, $"{c.Claims}", AsShown.Money(c.Cents), $"{c.Open}",
                    AsShown.Money(c.Recovered), AsShown.Money(c.Lost) })], [1, 2, 3, 4, 5], [8, 2, 3, 2, 3, 3]));
        }
        blocks.Add(new LetterHeading("How each figure is made"));
        blocks.Add(new LetterList([.. view.Keys.Select(static k => new Statement($"{k.Name}: {k.Made}."))]));
        return LetterPdf.Of(new Paper("Claims and what came back", blocks));
    }
}
