namespace Deltoid.Forms;

internal enum Cms1500Mode : byte
{
    /// <summary>The texts only, to be printed on the red form.</summary>
    Overlay,
    /// <summary>
    /// The texts and a form drawn by us, for plain paper and screens. Payers that scan do not take it.
    /// </summary>
    Full,
}

/// <summary>Forms as PDF, a page for each.</summary>
internal static class Cms1500Pdf
{
    /// <summary>
    /// Points: where column 1 begins, the width of a column, the height of a line, and how far above a line's lower
    /// edge its texts stand.
    /// </summary>
    internal const decimal Left = 21.6m, Column = 7.2m, Line = 12m, Rise = 2.5m;

    const decimal Pitch = 12m; // Courier: ten characters an inch

    const decimal PointsPerMillimetre = 72m / 25.4m;

    /// <param name="right">Moves the texts to the right, in millimeters (to the left when negative): printers and
    /// stacks of red forms differ.</param>
    /// <param name="down">Moves the texts down, in millimeters.</param>
    public static byte[] Write(IReadOnlyList<Cms1500Form> forms, Cms1500Mode mode, bool compressed = false,
        decimal right = 0, decimal down = 0)
    {
        var pdf = new Pdf("CMS-1500 (02/12)");
        foreach (var form in forms)
        {
            var page = pdf.AddPage();
            if (mode == Cms1500Mode.Full) Cms1500Drawing.Draw(page, form);
            foreach (var entry in form.Entries)
                page.Text(X(entry.Column) + (right * PointsPerMillimetre),
                    Baseline(entry.Line) + (down * PointsPerMillimetre), PdfFont.Courier, Pitch, entry.Text);
        }
        return pdf.Write(compressed);
    }

    /// <summary>The left edge of a column.</summary>
    internal static decimal X(decimal column) => Left + (Column * (column - 1));

    /// <summary>The upper edge of a line.</summary>
    internal static decimal Y(decimal line) => Line * (line - 1);

    internal static decimal Baseline(decimal line) => Y(line + 1) - Rise;
}
