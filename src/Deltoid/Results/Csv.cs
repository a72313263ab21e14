using System.Buffers;
using System.Text;

namespace Deltoid.Results;

/// <summary>Rows for a spreadsheet, cells with commas between them.</summary>
static class Csv
{
    public static void AddRow(StringBuilder rows, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) rows.Append(',');
            Add(rows, cells[i]);
        }
        rows.Append('\n');
    }

    /// <summary>A cell that a spreadsheet would take for a formula is marked as a text.</summary>
    static void Add(StringBuilder rows, string cell)
    {
        if (cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !IsAmount(cell)) cell = "'" + cell;
        if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            rows.Append(cell);
            return;
        }
        rows.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>A number below zero stays a number.</summary>
    static bool IsAmount(string cell) =>
        cell.Length > 1 && cell[0] == '-' && !cell.AsSpan(1).ContainsAnyExcept(OfAmount);

    static readonly SearchValues<char> OfAmount = SearchValues.Create("0123456789.");
}
