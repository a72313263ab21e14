using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Deltoid.Forms;

/// <summary>Fonts that every reader of PDF has. Courier of 12 points prints ten characters an inch.</summary>
internal enum PdfFont : byte { Courier, Helvetica, HelveticaBold }

/// <summary>Red, green and blue, each from 0 to 1.</summary>
internal readonly record struct PdfColor(decimal Red, decimal Green, decimal Blue);

/// <summary>
/// One page of a PDF. Points (72 an inch) from the upper left corner; a text's place is the left end of its baseline.
/// </summary>
internal sealed class PdfPage
{
    readonly StringBuilder content = new();
    PdfColor fill, stroke;

    /// <summary>Writes a text. Characters that WinAnsi does not have become question marks.</summary>
    public void Text(decimal x, decimal y, PdfFont font, decimal size, string text, PdfColor color = default)
    {
        if (text.Length == 0) return;
        Fill(color);
        content.Append("BT /F").Append((int)font + 1).Append(' ').Append(Number(size)).Append(" Tf ").Append(Number(x))
            .Append(' ').Append(Number(Pdf.Height - y)).Append(" Td (");
        foreach (var c in text) Escape(WinAnsi.Of(c));
        content.Append(") Tj ET\n");
    }

    /// <param name="gap">The length of dashes and of the gaps between them; 0 for a whole line.</param>
    public void Line(decimal x1, decimal y1, decimal x2, decimal y2, decimal width, PdfColor color = default,
        decimal gap = 0)
    {
        if (color != stroke) content.Append(Color(color)).Append(" RG\n");
        stroke = color;
        if (gap > 0) content.Append('[').Append(Number(gap)).Append("] 0 d ");
        content.Append(Number(width)).Append(" w ").Append(Number(x1)).Append(' ').Append(Number(Pdf.Height - y1))
            .Append(" m ").Append(Number(x2)).Append(' ').Append(Number(Pdf.Height - y2)).Append(" l S");
        content.Append(gap > 0 ? " [] 0 d\n" : "\n");
    }

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(decimal x1, decimal y1, decimal x2, decimal y2, PdfColor color)
    {
        Fill(color);
        content.Append(Number(x1)).Append(' ').Append(Number(Pdf.Height - y2)).Append(' ').Append(Number(x2 - x1))
            .Append(' ').Append(Number(y2 - y1)).Append(" re f\n");
    }

    internal byte[] Content => Encoding.Latin1.GetBytes(content.ToString());

    void Fill(PdfColor color)
    {
        if (color != fill) content.Append(Color(color)).Append(" rg\n");
        fill = color;
    }

    void Escape(byte b)
    {
        if (b is (byte)'(' or (byte)')' or (byte)'\\') content.Append('\\').Append((char)b);
        else if (b is >= 32 and < 127) content.Append((char)b);
        else
            content.Append('\\').Append((char)('0' + (b >> 6))).Append((char)('0' + ((b >> 3) & 7)))
                .Append((char)('0' + (b & 7)));
    }

    static string Color(PdfColor color) => $"{Number(color.Red)} {Number(color.Green)} {Number(color.Blue)}";

    internal static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>
/// Writes PDF 1.6: pages of US letter with texts, lines and filled rectangles. The same pages give the same bytes: no
/// clock, no identifier. Readers are asked not to scale, since a form must print in its own size.
/// </summary>
internal sealed class Pdf(string title)
{
    public const decimal Width = 612, Height = 792;

    static readonly string[] FontNames = ["Courier", "Helvetica", "Helvetica-Bold"];

    const int FirstFont = 4, FirstPage = 7; // objects: 1 catalog, 2 pages, 3 information, fonts, then two for each page

    readonly List<PdfPage> pages = [];

    public PdfPage AddPage()
    {
        pages.Add(new());
        return pages[^1];
    }

    /// <param name="compressed">Smaller; the bytes then depend on the runtime's compressor, the pages do not.</param>
    public byte[] Write(bool compressed = false)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();
        Put(file, "%PDF-1.6\n%\u00e2\u00e3\u00cf\u00d3\n");
        Begin("<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>");
        Begin($"<< /Type /Pages /Count {pages.Count} /Kids ["
            + $"{string.Join(' ', Enumerable.Range(0, pages.Count).Select(static i => $"{FirstPage + (2 * i)} 0 R"))}] "
            + $">>");
        Begin($"<< /Title ({title}) /Producer (Deltoid) >>");
        foreach (var font in FontNames)
            Begin($"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>");
        var fonts = string.Join(' ', FontNames.Select(static (_, i) => $"/F{i + 1} {FirstFont + i} 0 R"));
        foreach (var page in pages)
        {
            Begin($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PdfPage.Number(Width)} {PdfPage.Number(Height)}] "
                + $"/Resources << /Font << {fonts} >> >> /Contents {offsets.Count + 2} 0 R >>");
            Stream(page.Content);
        }
        var table = file.Position;
        Put(file, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Put(file, $"{offset:D10} 00000 n \n");
        Put(file, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Begin(string body)
        {
            offsets.Add(file.Position);
            Put(file, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        void Stream(byte[] content)
        {
            var bytes = compressed ? Compress(content) : content;
            offsets.Add(file.Position);
            Put(file,
                $"{offsets.Count} 0 obj\n<< /Length {bytes.Length}"
                    + $"{(compressed ? " /Filter /FlateDecode" : "")} >>\nstream\n");
            file.Write(bytes);
            Put(file, "\nendstream\nendobj\n");
        }
    }

    static void Put(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));

    static byte[] Compress(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(content);
        return target.ToArray();
    }
}

/// <summary>
/// The encoding of Western texts in PDF (ISO 32000-1, annex D.2): Latin-1, and signs of Windows in its gap.
/// </summary>
static class WinAnsi
{
    /// <summary>What is at 0x80 to 0x9F; a blank where nothing is.</summary>
    const string Gap = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    public static byte Of(char c)
    {
        if (c is (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF')) return (byte)c;
        var at = Gap.IndexOf(c, StringComparison.Ordinal);
        return at >= 0 && c != ' ' ? (byte)(0x80 + at) : (byte)'?';
    }
}
