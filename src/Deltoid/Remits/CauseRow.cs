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
}
