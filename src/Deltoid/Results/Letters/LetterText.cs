namespace Deltoid.Results.Letters;

/// <summary>A letter as plain text: what is to be done before it is sent, and then the letter.</summary>
internal static class LetterText
{
    public static void Write(Letter letter, TextPage page)
    {
        WriteBefore(letter, page);
        page.Line(page.Strong(letter.Title));
        foreach (var block in letter.Blocks) Write(block, page);
    }

    /// <summary>What a person does before it is sent: never a part of what is sent.</summary>
    public static void WriteBefore(Letter letter, TextPage page)
    {
        page.Line("Before you send it (for the practice, not a part of the letter):");
        foreach (var item in letter.Before) page.Wrap("- ", item);
        page.Line();
    }

    static void Write(LetterBlock block, TextPage page)
    {
        switch (block)
        {
            case LetterHeading heading:
                page.Line();
                page.Line(page.Strong(heading.Text));
                break;
            case LetterParagraph paragraph: page.Wrap("", paragraph.Text); break;
            case LetterLines lines:
                page.Line();
                foreach (var line in lines.Lines) page.Wrap("", line);
                break;
            case LetterBlank blank: page.Line($"{blank.Label}: ______________________"); break;
            case LetterList list:
                for (var i = 0; i < list.Items.Count; i++)
                    page.Wrap(list.IsNumbered ? FormattableString.Invariant($"{i + 1}. ") : "- ",
                        list.Items[i].ToString());
                break;
            case LetterTable table: Write(table, page); break;
        }
    }

    /// <summary>A row on a line: <c>Line: 1; Code: 96372 …</c> reads well at any width, and aloud.</summary>
    static void Write(LetterTable table, TextPage page)
    {
        foreach (var row in table.Rows)
            if (table.Head.Length == 0) page.Wrap($"{row[0]}: ", row[1]);
            else page.Wrap("- ", string.Join("; ", row.Select((cell, i) => cell.Length == 0 ? ""
                : table.Head[i].Length > 0 ? $"{table.Head[i]}: {cell}" : cell).Where(static part => part.Length > 0)));
    }
}
