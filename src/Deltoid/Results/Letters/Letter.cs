using Deltoid.Remits;

namespace Deltoid.Results.Letters;

/// <summary>What a letter asks of a payer, or answers it.</summary>
internal enum LetterKind : byte { Appeal, Reopening, Records, Refund, CorrectedClaim, Underpayment }

/// <summary>A sentence of a letter that says a fact, and where that fact is written down.</summary>
/// <param name="At">A JSON pointer into the case; empty of a sentence that says no fact of the record.</param>
/// <param name="Where">The same for people: <c>chart, administration 1, start</c>.</param>
internal sealed record Statement(string Text, string At = "", string Where = "")
{
    public override string ToString() => Where.Length == 0 ? Text : $"{Text} ({Where})";
}

/// <summary>A part of a letter, from top to bottom.</summary>
internal abstract record LetterBlock;

internal sealed record LetterHeading(string Text) : LetterBlock;

internal sealed record LetterParagraph(string Text) : LetterBlock;

/// <summary>Lines that belong together and are not joined: an address.</summary>
internal sealed record LetterLines(params string[] Lines) : LetterBlock;

internal sealed record LetterList(IReadOnlyList<Statement> Items, bool IsNumbered = false) : LetterBlock;

/// <summary>A table; the first column names the row.</summary>
/// <param name="Head">The columns' names; empty of a form, whose rows are a name and its value.</param>
/// <param name="Numbers">Columns that hold amounts or counts, from 0.</param>
/// <param name="Widths">Parts of the width, by column.</param>
internal sealed record LetterTable(string[] Head, IReadOnlyList<string[]> Rows, int[] Numbers, int[] Widths)
    : LetterBlock;

/// <summary>A place to be filled by hand, with a line to write on.</summary>
internal sealed record LetterBlank(string Label) : LetterBlock;

/// <summary>A text on paper: a title, and its parts from top to bottom.</summary>
internal class Paper(string title, params IEnumerable<LetterBlock> blocks)
{
    public string Title => title;

    public List<LetterBlock> Blocks { get; } = [.. blocks];
}

/// <summary>
/// A letter to a payer. It says nothing that chart, record or claim do not say; what is missing is listed in
/// <see cref="Before"/>, and in its table of criteria. A person signs it.
/// </summary>
internal sealed class Letter(LetterKind kind, string title) : Paper(title)
{
    public LetterKind Kind => kind;

    /// <summary>What a person does before it is sent. It is for the practice, and never a part of what is
    /// sent.</summary>
    public List<string> Before { get; } = [];

    public static readonly Values.Vocabulary<LetterKind> Kinds = new("kind of letter", new(LetterKind.Appeal, "appeal"),
        new(LetterKind.Reopening, "reopening"), new(LetterKind.Records, "records"), new(LetterKind.Refund, "refund"),
        new(LetterKind.CorrectedClaim, "corrected-claim"), new(LetterKind.Underpayment, "underpayment"));

    /// <summary>The step that a letter is written for.</summary>
    public static NextStep StepOf(LetterKind kind) => kind switch
    {
        LetterKind.Reopening => NextStep.Reopening,
        LetterKind.Records => NextStep.SendRecords,
        LetterKind.Refund => NextStep.Refund,
        LetterKind.CorrectedClaim => NextStep.CorrectedClaim,
        _ => NextStep.Appeal,
    };
}
