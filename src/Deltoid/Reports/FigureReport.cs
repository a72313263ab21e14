using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>The figures of a set of files as a page, JSON, rows and HTML. It names no patient and no claim.</summary>
internal sealed class FigureReport(Figures figures, CodeBook book)
{
    const int MostParts = 15, NameWidth = 38;

    readonly List<Figure> all = [.. figures.All];

    public void Write(TextPage page)
    {
        page.Line(page.Strong($"Figures of {Count(figures.Cohort.Claims.Count, "claim")} sent and "
            + $"{Count(figures.Cohort.Payments.Count, "answer")}, with the code book {book.Version}"));
        foreach (var figure in all.Where(static f => f.By.Length == 0)) WriteWhole(page, figure);
        foreach (var by in (string[])["payer", "code", "month", "reason"])
        {
            var parts = all.Where(f => f.By == by && f.Measure == Measures.DeniedLines).ToList();
            if (parts.Count == 0) continue;
            page.Line();
            page.Line(page.Strong($"Lines refused, by {by}"));
            foreach (var part in Ranked(parts, by).Take(MostParts))
                page.Line($"  {Shown.Of(KeyOf(part)),-NameWidth} {Words(part),-34} {StakeOf(part)}");
            if (parts.Count > MostParts) page.Line($"  … and {parts.Count - MostParts} more (--csv has all)");
        }
    }

    static void WriteWhole(TextPage page, Figure figure)
    {
        page.Line();
        page.Wrap($"  {figure.Measure.Name}: ", Words(figure));
        page.Wrap("    ", $"{figure.Measure.Formula}; by {figure.Measure.Basis}; n = {figure.Count.Of}");
        page.Wrap("    ", $"left out: {figure.Measure.Exclusions}");
    }

    IEnumerable<Figure> Ranked(List<Figure> parts, string by) => by == "month"
        ? parts.OrderBy(static p => p.Key, StringComparer.Ordinal)
        : parts.OrderByDescending(p => Stake(p)?.Part?.Cents ?? 0).ThenBy(static p => p.Key, StringComparer.Ordinal);

    Figure? Stake(Figure part) =>
        all.Find(f => f.Measure == Measures.AtStake && f.By == part.By && f.Key == part.Key);

    string StakeOf(Figure part) => !part.IsShown ? "" : Dollars.Of(Stake(part)?.Part ?? Money.Zero);

    static string KeyOf(Figure figure)
    {
        var text = figure.By == "reason" && ReasonCodes.Shipped.Carc(figure.Key) is { } reason
            ? $"{figure.Key} {reason.Label}"
            : figure.Key;
        return text.Length <= NameWidth ? text : text[..(NameWidth - 1)] + "…";
    }

    /// <summary>The value in words.</summary>
    public static string Words(Figure figure)
    {
        if (!figure.IsShown) return $"not shown: fewer than {Share.Fewest}";
        if (figure.Days is { } days) return $"{days.ToString("0.#", CultureInfo.InvariantCulture)} days";
        if (figure.Part is not { } part) return $"{figure.Count}: {figure.Count.Hits} of {figure.Count.Of}";
        if (figure.Whole is not { } whole) return Dollars.Of(part);
        return $"{(figure.Value is { } rate ? $"{Share.Percent(rate)} %: " : "")}{Dollars.Of(part)} of "
            + Dollars.Of(whole);
    }

    static string Count(long number, string what) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";

    static readonly string[] Columns =
        ["measure", "name", "by", "key", "value", "numerator", "denominator", "low", "high", "n", "formula",
            "date basis", "left out"];

    /// <summary>A row for each figure; where n is too small all numbers but n are empty.</summary>
    public IEnumerable<object?[]> Rows()
    {
        yield return Columns;
        foreach (var figure in all)
        {
            var (isShown, isCount) = (figure.IsShown, figure.Part is null && figure.Days is null);
            yield return
            [
                figure.Measure.Id, figure.Measure.Name, figure.By, figure.Key,
                figure.Value is { } value ? decimal.Round(value, 4) : null,
                !isShown ? null : isCount ? figure.Count.Hits : figure.Part?.Dollars,
                !isShown ? null : isCount ? figure.Count.Of : figure.Whole?.Dollars,
                isShown && isCount ? decimal.Round(figure.Count.Interval.Low, 4) : null,
                isShown && isCount ? decimal.Round(figure.Count.Interval.High, 4) : null,
                (decimal)figure.Count.Of, figure.Measure.Formula, figure.Measure.Basis, figure.Measure.Exclusions,
            ];
        }
    }

    public string ToCsv()
    {
        var rows = new StringBuilder();
        foreach (var row in Rows())
            Csv.AddRow(rows, [.. row.Select(static c => Convert.ToString(c, CultureInfo.InvariantCulture) ?? "")]);
        return rows.ToString();
    }

    public byte[] ToXlsx() => Xlsx.Write("Figures", Rows());

    /// <summary>One page: every figure with how it is made, and the refused lines as plots with their tables.</summary>
    public string ToHtml()
    {
        var page = new HtmlPage("Claims and what came back").Sentence(
            $"{Count(figures.Cohort.Claims.Count, "claim")} sent and {Count(figures.Cohort.Payments.Count, "answer")}. "
                + $"A figure of fewer than {Share.Fewest} is not shown.");
        foreach (var sentence in MonthLetter.Sentences(figures)) page.Sentence(sentence);
        page.Table("Figures", ["Figure", "Value", "n", "Formula", "By", "Left out"],
            all.Where(static f => f.By.Length == 0).Select(static f => new[]
            {
                f.Measure.Name, Words(f), f.Count.Of.ToString(CultureInfo.InvariantCulture), f.Measure.Formula,
                f.Measure.Basis, f.Measure.Exclusions,
            }), 2);
        foreach (var by in (string[])["reason", "payer", "code", "month"])
        {
            var parts = all.Where(f => f.By == by && f.Measure == Measures.DeniedLines && f.IsShown).ToList();
            page.Plot($"Dollars refused, by {by}", [by, "Lines refused", "Dollars refused"],
                [.. Ranked(parts, by).Take(MostParts).Select(p => (KeyOf(p), Stake(p)?.Part?.Cents ?? 0, StakeOf(p),
                    new[] { KeyOf(p), Words(p), StakeOf(p) }))], 2);
        }
        return page.ToString();
    }

    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        json.WriteNumber("claimsSent"u8, figures.Cohort.Claims.Count);
        json.WriteNumber("answers"u8, figures.Cohort.Payments.Count);
        json.WriteStartArray("figures"u8);
        foreach (var figure in all) Write(figure, json);
        json.WriteEndArray();
        json.WriteStartArray("errors"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Figure figure, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("measure"u8, figure.Measure.Id);
        json.WriteString("name"u8, figure.Measure.Name);
        if (figure.By.Length > 0)
        {
            json.WriteString("by"u8, figure.By);
            json.WriteString("key"u8, figure.Key);
        }
        json.WriteString("formula"u8, figure.Measure.Formula);
        json.WriteString("numeratorIs"u8, figure.Measure.Numerator);
        json.WriteString("denominatorIs"u8, figure.Measure.Denominator);
        json.WriteString("dateBasis"u8, figure.Measure.Basis);
        json.WriteString("leftOut"u8, figure.Measure.Exclusions);
        json.WriteNumber("n"u8, figure.Count.Of);
        if (!figure.IsShown) json.WriteString("suppressed"u8, "fewer than 10");
        else WriteValue(figure, json);
        json.WriteEndObject();
    }

    static void WriteValue(Figure figure, Utf8JsonWriter json)
    {
        if (figure.Value is { } value) json.WriteNumber("value"u8, decimal.Round(value, 4));
        else json.WriteNull("value"u8);
        if (figure.Part is { } part)
        {
            BookWords.Amount("numerator"u8, part, json);
            if (figure.Whole is { } whole) BookWords.Amount("denominator"u8, whole, json);
        }
        else if (figure.Days is null)
        {
            json.WriteNumber("numerator"u8, figure.Count.Hits);
            json.WriteNumber("denominator"u8, figure.Count.Of);
            json.WriteNumber("low"u8, decimal.Round(figure.Count.Interval.Low, 4));
            json.WriteNumber("high"u8, decimal.Round(figure.Count.Interval.High, 4));
        }
    }
}
