using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>A row of <c>causes.tsv</c>: one cause of one denial, and what to do about it.</summary>
/// <param name="Cause">The row of <c>denials.tsv</c> that it is of.</param>
/// <param name="Name">Which of its cases: unique with the cause.</param>
/// <param name="Words">The root cause, in words that finish "because …".</param>
/// <param name="Step">What to do; null is "correct", which each payer takes in its own way.</param>
/// <param name="Also">What may be done instead, and when.</param>
/// <param name="Never">What must not be done, and why; a step, or a word such as add-modifier-25.</param>
/// <param name="Changes">The changes of the claim that mend it, by their names in
/// <see cref="Remits.Changes"/>.</param>
/// <param name="Posting">How the amount is posted where the step does not say it.</param>
internal sealed record CauseRow(string Cause, string Name, AnswerKind Kind, string[] Codes, Condition When,
    string Words, NextStep? Step, (NextStep? Step, string When)[] Also, (string Step, string Why)[] Never,
    string[] Changes, PostingKind Posting)
{
    /// <summary><c>DN-1 typed</c>.</summary>
    public string Id => $"{Cause} {Name}";

    /// <summary><see cref="Codes"/>, cut into their parts.</summary>
    public NamedReason[] Reasons { get; } = Array.ConvertAll(Codes, NamedReason.Of);
}

/// <summary>
/// What a row names: <c>97</c>, <c>CO-97</c> in that group, <c>97/M15|N390</c> with one of these remarks.
/// </summary>
/// <param name="Group">None of any group.</param>
/// <param name="Remarks">Empty of any, or of none.</param>
internal readonly record struct NamedReason(Code Group, string Reason, Code[] Remarks)
{
    public static NamedReason Of(string code)
    {
        var slash = code.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? code : code[..slash];
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return new(dash < 0 ? default : Code.Of(text[..dash]), text[(dash + 1)..],
            slash < 0 ? [] : Array.ConvertAll(code[(slash + 1)..].Split('|'), static r => Code.Of(r)));
    }
}
