using Deltoid.Results.Letters;
using PdfSharp.Drawing;
using Tag = PdfSharp.UniversalAccessibility.PdfBlockLevelElementTag;

namespace Deltoid.Print;

/// <summary>
/// A table of a letter. A row that does not fit on the page goes to the next; one that fits on none is parted between
/// its lines. The head is repeated on each page for the eye only.
/// </summary>
sealed class LetterPdfTable(LetterPage page, LetterTable table)
{
    const double Size = 9, Line = Size * LetterPage.Spacing, Pad = 3;

    static readonly XFont Plain = LetterFonts.Of(Size), Strong = LetterFonts.Of(Size, isBold: true);

    readonly double[] edges = EdgesOf(table.Widths);

    static double[] EdgesOf(int[] widths)
    {
        var edges = new double[widths.Length + 1];
        double all = widths.Sum();
        edges[0] = LetterPage.Left;
        for (var i = 0; i < widths.Length; i++)
            edges[i + 1] = edges[i] + ((LetterPage.Right - LetterPage.Left) * widths[i] / all);
        return edges;
    }

    public void Write()
    {
        page.Skip(2);
        page.Begin(Tag.Table);
        if (table.Head.Length > 0) Write(table.Head, isHead: true);
        else page.Rule(LetterPage.Left, page.Y, LetterPage.Right, page.Y);
        foreach (var row in table.Rows) Write(row, isHead: false);
        page.End();
        page.Skip(6);
    }

    void Write(string[] row, bool isHead)
    {
        var cells = row.Select((cell, i) =>
            page.Wrapped(cell, FontOf(i, isHead), edges[i + 1] - edges[i] - (2 * Pad))).ToArray();
        var lines = cells.Max(static c => c.Count);
        var height = (lines * Line) + (2 * Pad);
        if (page.Room < height + (isHead ? height : 0)
            && (height <= LetterPage.Bottom - LetterPage.Top || page.Room < 4 * Line)) page.Break();
        for (var from = 0; from < lines;)
        {
            var fits = Math.Max(1, Math.Min(lines - from, (int)((page.Room - (2 * Pad)) / Line)));
            WritePart(cells, from, fits, isHead);
            from += fits;
            if (from < lines) page.Break();
        }
    }

    void WritePart(IReadOnlyList<string>[] cells, int from, int count, bool isHead)
    {
        var top = page.Y;
        page.Begin(Tag.TableRow);
        for (var i = 0; i < cells.Length; i++)
        {
            var font = FontOf(i, isHead);
            if (isHead || i == 0) page.BeginHead(isHead);
            else page.Begin(Tag.TableDataCell);
            for (var line = from; line < Math.Min(from + count, cells[i].Count); line++)
            {
                var text = cells[i][line];
                var x = Array.IndexOf(table.Numbers, i) >= 0
                    ? edges[i + 1] - Pad - page.Graphics.MeasureString(text, font).Width
                    : edges[i] + Pad;
                page.Draw(text, font, x, top + Pad + ((line - from) * Line) + Size);
            }
            page.End();
        }
        page.End();
        page.Skip((count * Line) + (2 * Pad));
        if (isHead) page.Rule(LetterPage.Left, top, LetterPage.Right, top);
        page.Rule(LetterPage.Left, page.Y, LetterPage.Right, page.Y);
        foreach (var edge in edges) page.Rule(edge, top, edge, page.Y);
    }

    XFont FontOf(int column, bool isHead) => isHead || (column == 0 && table.Head.Length == 0) ? Strong : Plain;
}
