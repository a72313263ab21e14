using Deltoid.Results.Letters;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;
using Tag = PdfSharp.UniversalAccessibility.PdfBlockLevelElementTag;

namespace Deltoid.Print;

/// <summary>A letter or another paper as PDF on US letter paper: tagged, with its title and language, its fonts
/// inside.</summary>
static class LetterPdf
{
    const double Body = 10, Title = 15, Heading = 11.5;

    public static byte[] Of(Paper paper)
    {
        using var document = new PdfDocument();
        document.Info.Title = paper.Title;
        document.Info.Creator = "Deltoid";
        document.ViewerPreferences.DisplayDocTitle = true;
        var manager = UAManager.ForDocument(document);
        manager.SetDocumentLanguage("en-US");
        using (var page = new LetterPage(document, manager.StructureBuilder, paper.Title))
        {
            page.Begin(PdfGroupingElementTag.Section);
            var isTitled = false;
            foreach (var block in paper.Blocks)
            {
                if (block is LetterHeading && !isTitled)
                {
                    page.Skip(Body);
                    page.Write(Tag.Heading1, paper.Title, Title, isBold: true);
                    isTitled = true;
                }
                Write(page, block);
            }
            page.End();
        }
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        return stream.ToArray();
    }

    static void Write(LetterPage page, LetterBlock block)
    {
        switch (block)
        {
            case LetterHeading heading:
                page.Skip(Heading);
                page.KeepTogether(Heading * 5);
                page.Write(Tag.Heading2, heading.Text, Heading, isBold: true);
                page.Skip(2);
                break;
            case LetterParagraph paragraph:
                page.Write(Tag.Paragraph, paragraph.Text, Body);
                page.Skip(4);
                break;
            case LetterLines lines:
                foreach (var line in lines.Lines) page.Write(Tag.Paragraph, line, Body);
                page.Skip(Body);
                break;
            case LetterBlank blank: page.WriteBlank(blank.Label, Body); break;
            case LetterList list: WriteList(page, list); break;
            case LetterTable table: new LetterPdfTable(page, table).Write(); break;
        }
    }

    static void WriteList(LetterPage page, LetterList list)
    {
        page.Begin(Tag.List);
        for (var i = 0; i < list.Items.Count; i++)
            page.WriteItem(list.IsNumbered ? FormattableString.Invariant($"{i + 1}.") : "•", list.Items[i].ToString(),
                Body);
        page.End();
        page.Skip(4);
    }
}
