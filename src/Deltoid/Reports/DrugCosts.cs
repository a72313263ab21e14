using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>
/// What drugs cost the practice: rows of package, first and last day, and the cost of a quantity. A day, a package or a
/// unit without a row has no cost: none is guessed.
/// </summary>
internal sealed class DrugCosts
{
    readonly record struct Row(DateRange Dates, decimal Dollars, decimal Quantity, NdcUnit Unit, int Line);

    static readonly string[] Columns = ["ndc", "from", "thru", "cost", "quantity", "unit"];

    readonly Dictionary<ulong, List<Row>> rows = [];

    /// <summary>
    /// Reads a file of comma- or tab-separated rows under the header <c>ndc,from,thru,cost,quantity,unit</c>: 11 digits
    /// or with hyphens; days as 2026-07-01, thru may be empty; dollars; how much of the unit (UN, ML, GR, F2, ME) costs
    /// so much. Lines that begin with # are skipped.
    /// </summary>
    /// <exception cref="InputException">A row does not read, or a package has two costs on one day.</exception>
    public static DrugCosts Read(string text)
    {
        var (costs, lines, isHead) = (new DrugCosts(), text.TrimStart('\uFEFF').Split('\n'), true);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split(line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',')
                .Select(static c => c.Trim().Trim('"')).ToArray();
            if (isHead && !cells.SequenceEqual(Columns))
                throw Wrong(i, "is no header of a file of costs", $"begin it with {string.Join(',', Columns)}");
            if (!isHead) costs.Add(cells, i);
            isHead = false;
        }
        if (costs.rows.Count == 0)
            throw new InputException("", "no cost is in the file", $"write rows under {string.Join(',', Columns)}");
        return costs;
    }

    static InputException Wrong(int line, string what, string tryThis) =>
        new("", string.Create(CultureInfo.InvariantCulture, $"line {line + 1} {what}"), tryThis);

    void Add(string[] cells, int line)
    {
        if (cells.Length != Columns.Length)
            throw Wrong(line, $"has {cells.Length} cells, not {Columns.Length}", string.Join(',', Columns));
        if (!Ndc.TryParse(cells[0], out var ndc, out _))
            throw Wrong(line, "has no NDC that reads", "write 11 digits, or 5-4-2 with hyphens");
        var thru = cells[2].Length == 0 ? (DateOnly?)null : DayOf(cells[2], line);
        var (from, unit) = (DayOf(cells[1], line), UnitOf(cells[5]));
        if (thru < from) throw Wrong(line, "ends before it begins", "change from or thru");
        if (AmountOf(cells[3]) is not { } cost || AmountOf(cells[4]) is not ({ } quantity and > 0)
            || unit == NdcUnit.None)
            throw Wrong(line, "has no cost, quantity and unit that read",
                "such as 25.00,10,ML: 10 milliliters cost $25.00. Units are UN, ML, GR, F2, ME");
        var row = new Row(DateRange.Of(from, thru), cost, quantity, unit, line);
        if (!rows.TryGetValue(ndc.Digits, out var of)) rows[ndc.Digits] = of = [];
        if (of.Exists(r => r.Unit == unit && r.Dates.FromDay <= row.Dates.ThruDay
            && row.Dates.FromDay <= r.Dates.ThruDay))
            throw Wrong(line, "gives a package a second cost for the same day", "end the earlier row the day before");
        of.Add(row);
    }

    static DateOnly DayOf(string text, int line) => Days.TryRead(text, out var day) ? day
        : throw Wrong(line, "has no date that reads", LooseDay.Usual);

    static decimal? AmountOf(string text) =>
        decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var amount) ? amount : null;

    static NdcUnit UnitOf(string text) => text.ToUpperInvariant() switch
    {
        "UN" => NdcUnit.UN, "ML" => NdcUnit.ML, "GR" => NdcUnit.GR, "F2" => NdcUnit.F2, "ME" => NdcUnit.ME,
        _ => NdcUnit.None,
    };

    /// <summary>What a quantity of a package cost on a day, in whole cents; null where no row says it.</summary>
    public Money? Of(Ndc ndc, DateOnly day, Quantity quantity, NdcUnit unit)
    {
        if (ndc.IsNone || quantity.Thousandths <= 0 || !rows.TryGetValue(ndc.Digits, out var of)) return null;
        foreach (var row in of)
            if (row.Unit == unit && row.Dates.Contains(day))
                return Money.Round(row.Dollars * quantity.Value / row.Quantity);
        return null;
    }
}
