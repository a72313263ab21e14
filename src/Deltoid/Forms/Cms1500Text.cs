using System.Text;

namespace Deltoid.Forms;

/// <summary>
/// Forms as plain text: for each a page of 66 lines, six an inch, with every text in its column of ten an inch. For
/// printers that strike, and for reading. The first line is at the upper edge of the sheet, the first column 0.30 inch
/// from its left edge.
/// </summary>
internal static class Cms1500Text
{
    /// <summary>
    /// ASCII; lines end with a line feed and have no blanks at their end. A page ends with its 66th line, so no form
    /// feed is needed.
    /// </summary>
    public static byte[] Write(IReadOnlyList<Cms1500Form> forms)
    {
        var text = new StringBuilder();
        foreach (var form in forms) WritePage(form, text);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static void WritePage(Cms1500Form form, StringBuilder text)
    {
        var line = new StringBuilder();
        for (var number = 1; number <= Cms1500Layout.PageLines; number++)
        {
            line.Clear();
            foreach (var entry in form.Entries)
                if (entry.Line == number) line.Append(' ', entry.Column - 1 - line.Length).Append(entry.Text);
            text.Append(line).Append('\n');
        }
    }
}
