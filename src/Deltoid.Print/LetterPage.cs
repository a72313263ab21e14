using Deltoid.Values;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;
using Tag = PdfSharp.UniversalAccessibility.PdfBlockLevelElementTag;

namespace Deltoid.Print;

/// <summary>
/// Where the next line of a letter goes: from top to bottom, page after page. Every text is in an element of the
/// document's structure; rules and page numbers are in none, since they say nothing.
/// </summary>
sealed class LetterPage : IDisposable
{
    /// <summary>Points, 72 an inch.</summary>
    public const double Left = 72, Right = 540, Top = 64, Bottom = 716;

    /// <summary>The height of a line, as a part of the font's size.</summary>
    public const double Spacing = 1.35;

    const double FooterLine = 750, FooterSize = 8, Indent = 18;

    readonly PdfDocument document;
    readonly StructureBuilder structure;
    readonly string title;
    XGraphics graphics;
    int number;

    public LetterPage(PdfDocument document, StructureBuilder structure, string title)
    {
        (this.document, this.structure, this.title) = (document, structure, title);
        graphics = NewPage();
    }

    public double Y { get; private set; }

    public double Room => Bottom - Y;

    public XGraphics Graphics => graphics;

    XGraphics NewPage()
    {
        var page = document.AddPage();
        page.Size = PageSize.Letter;
        page.Elements.SetName("/Tabs", "/S"); // the tab key follows the structure
        (graphics, Y) = (XGraphics.FromPdfPage(page), Top);
        number++;
        structure.BeginArtifact();
        graphics.DrawString(FormattableString.Invariant($"{title}, page {number}"), LetterFonts.Of(FooterSize),
            XBrushes.Black, Left, FooterLine);
        structure.End();
        return graphics;
    }

    public void Break()
    {
        var before = graphics;
        NewPage(); // what is open continues there, and is first ended on the page before
        before.Dispose();
    }

    /// <summary>Begins a page where less than this is left.</summary>
    public void KeepTogether(double height)
    {
        if (Room < height) Break();
    }

    public void Skip(double height) => Y += height;

    public void Begin(Tag tag) => structure.BeginElement(tag);

    public void Begin(PdfGroupingElementTag tag) => structure.BeginElement(tag);

    /// <summary>A cell that heads its column or its row.</summary>
    public void BeginHead(bool isOfColumn)
    {
        Begin(Tag.TableHeaderCell);
        structure.CurrentStructureElement.TableAttributes.Elements.SetName("/Scope", isOfColumn ? "/Column" : "/Row");
    }

    public void End() => structure.End();

    public void Write(Tag tag, string text, double size, bool isBold = false)
    {
        var font = LetterFonts.Of(size, isBold);
        Begin(tag);
        foreach (var line in Wrapped(text, font, Right - Left)) WriteLine(line, font, Left);
        End();
    }

    /// <summary>An item of a list: its mark, and its text beside it.</summary>
    public void WriteItem(string mark, string text, double size)
    {
        var font = LetterFonts.Of(size);
        KeepTogether(size * Spacing);
        Begin(Tag.ListItem);
        Begin(Tag.Label);
        Draw(mark, font, Left + 4, Y + size);
        End();
        Begin(Tag.ListBody);
        foreach (var line in Wrapped(text, font, Right - Left - Indent)) WriteLine(line, font, Left + Indent);
        End();
        End();
        Skip(1);
    }

    void WriteLine(string line, XFont font, double x)
    {
        KeepTogether(font.Size * Spacing);
        Draw(line, font, x, Y + font.Size);
        Y += font.Size * Spacing;
    }

    public void Draw(string text, XFont font, double x, double y)
    {
        if (text.Length > 0) graphics.DrawString(text, font, XBrushes.Black, x, y);
    }

    /// <summary>A label and a line to write on.</summary>
    public void WriteBlank(string label, double size)
    {
        KeepTogether(size * 3);
        Skip(size);
        Write(Tag.Paragraph, $"{label}:", size);
        Rule(Left + 110, Y - 2, 400, Y - 2);
    }

    public void Rule(double x1, double y1, double x2, double y2)
    {
        structure.BeginArtifact();
        graphics.DrawLine(new XPen(XColors.Gray, 0.6), x1, y1, x2, y2);
        structure.End();
    }

    /// <summary>
    /// A text in lines that fit, broken at blanks, a longer word within. What would steer a screen shows as a sign.
    /// </summary>
    public IReadOnlyList<string> Wrapped(string text, XFont font, double width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in Shown.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = line.Length == 0 ? word : $"{line} {word}";
            if (Width(next, font) <= width)
            {
                line = next;
                continue;
            }
            if (line.Length > 0) lines.Add(line + ' '); // the blank parts the words for who reads aloud
            line = word;
            while (Width(line, font) > width)
            {
                var fits = Fitting(line, font, width);
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        return lines;
    }

    double Width(string text, XFont font) => graphics.MeasureString(text, font).Width;

    /// <summary>How many characters of a word fit, at least one; a pair of surrogates is not parted.</summary>
    int Fitting(string word, XFont font, double width)
    {
        var (low, high) = (1, word.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Width(word[..middle], font) <= width) low = middle;
            else high = middle - 1;
        }
        return low > 1 && char.IsHighSurrogate(word[low - 1]) ? low - 1 : low;
    }

    public void Dispose() => graphics.Dispose();
}
