using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// The figures of a set of files as a page, JSON, rows and HTML: first what is to be done, then what the figures are,
/// then how each is made. It names no patient and no claim.
/// </summary>
internal sealed partial class FigureReport(Figures figures, CodeBook book)
{
    const int MostParts = 12, MostMonths = 6, MostToDo = 12, NameWidth = 42;

    /// <summary>What lines have in common, in the order of a page, with the measure that is shown of them.</summary>
    static readonly (string By, string Title, Measure Measure)[] Parts =
    [
        ("cause", "Claims refused, by cause", Measures.Caused),
        ("reason", "Lines refused, by reason", Measures.DeniedLines),
        ("payer", "Lines refused, by payer", Measures.DeniedLines),
        ("provider", "Lines refused, by provider", Measures.DeniedLines),
        ("code", "Lines refused, by code", Measures.DeniedLines),
        ("place", "Lines refused, by place of service", Measures.DeniedLines),
        ("month", "Lines refused, by month of the payment", Measures.DeniedLines),
        ("reason", "Claims sent back by the 277CA, by reason", Measures.Rejected),
        ("reason", "Sets refused by the 999, by reason", Measures.SetsRefused),
        ("package", "Drug margin, by package", Measures.Margin),
    ];

    static readonly (Area Area, string Title)[] Areas =
    [
        (Area.Claims, "Claims going out"), (Area.Answers, "What the payers answered"), (Area.Money, "Money"),
        (Area.Drugs, "Drugs"),
    ];

    readonly IReadOnlyList<Figure> all = figures.All;

    public void Write(TextPage page)
    {
        page.Wrap("", page.Strong(Summary()));
        page.Line();
        WriteToDo(page);
        foreach (var (area, title) in Areas) WriteArea(page, area, title);
        foreach (var (by, title, measure) in Parts) WriteParts(page, by, title, measure);
        page.Line();
        page.Line(page.Strong("How the figures are made"));
        foreach (var figure in Wholes())
            page.Wrap("  ", $"{figure.Measure.Name}: {MadeOf(figure)}");
        if (!figures.HasCosts) page.Wrap("  ", NoCosts);
    }

    const string NoCosts = "Drug margin: not computed, since what the drugs cost is not known. Give --costs FILE.";

    /// <summary>What the files hold: how many claims, of which days, and how many were answered.</summary>
    string Summary()
    {
        var (first, last) = (DateOnly.MaxValue, default(DateOnly));
        foreach (var claim in figures.Cohort.Claims)
            if (claim.Claim.ServiceDate is var day && day != default)
                (first, last) = (day < first ? day : first, day > last ? day : last);
        var days = last == default ? "" : $", services of {first.Iso()} to {last.Iso()}";
        var asOf = figures.AsOf == default ? "" : $" What is open is counted on {figures.AsOf.Iso()}.";
        return $"{Count(figures.Cohort.Claims.Count, "claim")} sent{days}: "
            + $"{Count(figures.Standings.Count(static s => s.IsAnswered), "claim")} answered.{asOf}";
    }

    void WriteToDo(TextPage page)
    {
        page.Line(page.Strong("To do, most dollars first"));
        if (figures.ToDo.All.Count == 0) page.Line("  Nothing: no claim of these files is refused, sent back or late.");
        foreach (var work in figures.ToDo.All.Take(MostToDo))
        {
            page.Wrap($"  {Dollars.Of(work.Amount)} ", $"in {Count(work.Claims, "claim")}: {work.What}");
            page.Wrap("    do: ", work.Do + DueOf(work));
        }
        if (RestOf() is { } rest) page.Wrap("  ", rest);
    }

    /// <summary>What more there is than the page shows; null where it shows all.</summary>
    string? RestOf()
    {
        var rest = figures.ToDo.All.Skip(MostToDo).ToList();
        return rest.Count == 0 ? null
            : $"And {Count(rest.Count, "smaller group")}: {Dollars.Of(new(rest.Sum(static w => w.Amount.Cents)))} in "
                + $"{Count(rest.Sum(static w => w.Claims), "claim")}. 'deltoid remit' and 'deltoid report --json' list "
                + "them.";
    }

    static string DueOf(ToDo work) => (work.Due is { } due ? $"; the earliest deadline is {due.Iso()}" : "")
        + (work.Late > 0 ? $"; for {Count(work.Late, "claim")} the deadline is past" : "");

    IEnumerable<Figure> Wholes() => all.Where(static f => f.By.Length == 0);

    /// <summary>The figures of an area; what was sent back is the rest of what was accepted, and shown by its
    /// reasons.</summary>
    List<Figure> OfArea(Area area) => [.. Wholes().Where(f => f.Measure.Area == area
        && f.Measure != Measures.Rejected && f.Measure != Measures.SetsRefused)];

    void WriteArea(TextPage page, Area area, string title)
    {
        var own = OfArea(area);
        if (own.Count == 0) return;
        page.Line();
        page.Line(page.Strong(title));
        foreach (var figure in own) page.Wrap($"  {figure.Measure.Name,-NameWidth} ", Words(figure));
    }

    void WriteParts(TextPage page, string by, string title, Measure measure)
    {
        var parts = PartsOf(by, measure);
        if (parts.Count == 0) return;
        page.Line();
        page.Line(page.Strong(title));
        var most = by == "month" ? MostMonths : MostParts;
        foreach (var part in by == "month" ? parts.TakeLast(most) : parts.Take(most))
            page.Line($"  {Shown.Of(Fitted(LabelOf(part))),-NameWidth} {Words(part),-34} {StakeOf(part)}".TrimEnd());
        if (parts.Count > most) page.Line($"  … and {parts.Count - most} more (--csv has all)");
    }

    /// <summary>The parts of a measure: months in their order, the others by their dollars, then by how
    /// many.</summary>
    List<Figure> PartsOf(string by, Measure measure)
    {
        var parts = all.Where(f => f.By == by && f.Measure == measure).ToList();
        if (measure.Unit == Unit.Count && by is "reason" or "cause") parts.RemoveAll(static p => p.Count.Hits == 0);
        return by == "month" ? parts
            : [.. parts.OrderByDescending(p => Stake(p)?.Part?.Cents ?? p.Part?.Cents ?? 0)
                .ThenByDescending(static p => p.Count.Hits).ThenBy(static p => p.Key, StringComparer.Ordinal)];
    }

    Figure? Stake(Figure part) => part.Measure != Measures.DeniedLines && part.Measure != Measures.Caused ? null
        : figures.Of(Measures.AtStake, part.By, part.Key);

    string StakeOf(Figure part) => part.IsShown && Stake(part)?.Part is { } money ? Dollars.Of(money) : "";

    /// <summary>The key, after its name where it has one: <c>AETNA (60054)</c>.</summary>
    string LabelOf(Figure figure) => figures.NameOf(figure.By, figure.Key) is not { Length: > 0 } name ? figure.Key
        : figure.By == "reason" ? $"{figure.Key}: {name}" : $"{name.TrimEnd('.')} ({figure.Key})";

    /// <summary>A label that fits its column; its key stays whole.</summary>
    static string Fitted(string label)
    {
        if (label.Length <= NameWidth) return label;
        var key = label.LastIndexOf(" (", StringComparison.Ordinal);
        var tail = key > 0 && label.Length - key < NameWidth / 2 ? label[key..] : "";
        return $"{label[..(NameWidth - tail.Length - 1)]}…{tail}";
    }

    static string MadeOf(Figure figure) => $"{figure.Measure.Formula}; by {figure.Measure.Basis}; left out: "
        + $"{figure.Measure.Exclusions}; n = {figure.Count.Of.ToString("N0", CultureInfo.InvariantCulture)}.";

    /// <summary>The value in words.</summary>
    public static string Words(Figure figure)
    {
        if (!figure.IsShown) return $"not shown: fewer than {Share.Fewest}";
        if (figure.Days is { } days)
            return $"{days.ToString("0.#", CultureInfo.InvariantCulture)} days"
                + (figure.Part is { } open ? $": {Dollars.Of(open)} open" : "");
        if (figure.Part is not { } part) return $"{figure.Count}: {figure.Count.Hits} of {figure.Count.Of}";
        if (figure.Whole is not { } whole) return Dollars.Of(part);
        return $"{(figure.Value is { } rate ? $"{Share.Percent(rate)} %: " : "")}{Dollars.Of(part)} of "
            + Dollars.Of(whole);
    }

    static string Count(long number, string what) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";

    static readonly string[] Columns =
        ["measure", "name", "by", "key", "key name", "value", "numerator", "denominator", "low", "high", "n", "formula",
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
                figures.NameOf(figure.By, figure.Key), figure.Value is { } value ? decimal.Round(value, 4) : null,
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
}
