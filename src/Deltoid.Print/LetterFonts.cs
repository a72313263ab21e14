using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Deltoid.Print;

/// <summary>
/// The fonts of letters: they are inside the program, since a PDF that others read must carry its fonts, and no machine
/// has the same ones.
/// </summary>
sealed class LetterFonts : IFontResolver
{
    const string Family = "DejaVu Sans Condensed", Regular = "DejaVuSansCondensed", Bold = "DejaVuSansCondensed-Bold";

    static readonly XPdfFontOptions Embedded = new(PdfFontEncoding.Unicode);

    static LetterFonts() => GlobalFontSettings.FontResolver = new LetterFonts();

    public static XFont Of(double size, bool isBold = false) =>
        new(Family, size, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular, Embedded);

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? Bold : Regular);

    public byte[]? GetFont(string faceName)
    {
        using var stream = typeof(LetterFonts).Assembly.GetManifestResourceStream($"fonts/{faceName}")
            ?? throw new InvalidOperationException($"{faceName} was not embedded");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
