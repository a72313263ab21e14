using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>
/// A line, a shade or a caption of the form as we draw it; columns and lines with tenths, from the same origin as the
/// boxes.
/// </summary>
sealed record DrawingRow(string Shape, decimal X1, decimal Y1, decimal X2, decimal Y2, string Text);

/// <summary>
/// Draws the form for plain paper from the rows of <c>cms1500-drawing.tsv</c>: our own lines and captions, not the
/// official artwork.
/// </summary>
static class Cms1500Drawing
{
    static readonly PdfColor Ink = new(0.78m, 0.16m, 0.14m), Shade = new(0.98m, 0.89m, 0.87m);

    static readonly Lazy<DrawingRow[]> Rows = new(static () => Cms1500Layout.Read("cms1500-drawing", ReadRow));

    static DrawingRow ReadRow(ref Rows rows) =>
        new(new(rows[rows.Column("shape")]), rows.Decimal(rows.Column("x1")), rows.Decimal(rows.Column("y1")),
            rows.Decimal(rows.Column("x2")), rows.Decimal(rows.Column("y2")), new(rows[rows.Column("text")]));

    public static void Draw(PdfPage page, Cms1500Form form)
    {
        foreach (var row in Rows.Value)
            if (row.Shape == "shade")
                // below all lines
                page.Rectangle(Cms1500Pdf.X(row.X1), Cms1500Pdf.Y(row.Y1), Cms1500Pdf.X(row.X2), Cms1500Pdf.Y(row.Y2),
                    Shade);
        foreach (var row in Rows.Value) Draw(page, row);
        foreach (var box in Cms1500Layout.Boxes)
            if (box.Kind == Cms1500Kind.Check) DrawCheck(page, box);
        if (form.Count > 1)
            page.Text(Cms1500Pdf.X(70), Cms1500Pdf.Y(65.2m), PdfFont.Helvetica, 6,
                $"form {form.Number} of {form.Count}", Ink);
    }

    static void Draw(PdfPage page, DrawingRow row)
    {
        decimal x = Cms1500Pdf.X(row.X1), y = Cms1500Pdf.Y(row.Y1);
        switch (row.Shape)
        {
            case "line": page.Line(x, y, Cms1500Pdf.X(row.X2), Cms1500Pdf.Y(row.Y2), 0.5m, Ink); break;
            case "bold": page.Line(x, y, Cms1500Pdf.X(row.X2), Cms1500Pdf.Y(row.Y2), 1.2m, Ink); break;
            case "dots": page.Line(x, y, Cms1500Pdf.X(row.X2), Cms1500Pdf.Y(row.Y2), 0.4m, Ink, 1.5m); break;
            case "small": page.Text(x, y, PdfFont.Helvetica, 5, row.Text, Ink); break;
            case "caption": page.Text(x, y, PdfFont.Helvetica, 5.8m, row.Text, Ink); break;
            case "item": page.Text(x, y, PdfFont.HelveticaBold, 5.8m, row.Text, Ink); break;
            case "title": page.Text(x, y, PdfFont.HelveticaBold, 12, row.Text, Ink); break;
        }
    }

    /// <summary>A square around the place of the X.</summary>
    static void DrawCheck(PdfPage page, Cms1500Box box)
    {
        decimal left = Cms1500Pdf.X(box.Column) - 1, right = Cms1500Pdf.X(box.Column + 1) + 1,
            bottom = Cms1500Pdf.Baseline(box.Line) + 1.6m, top = bottom - 9.8m;
        page.Line(left, top, right, top, 0.5m, Ink);
        page.Line(right, top, right, bottom, 0.5m, Ink);
        page.Line(right, bottom, left, bottom, 0.5m, Ink);
        page.Line(left, bottom, left, top, 0.5m, Ink);
    }
}
