using System.Runtime.CompilerServices;
using Deltoid.Values;

namespace Deltoid.Findings;

/// <summary>Whether a claim may leave: an error must not, a warning needs a person, an info is to be known.</summary>
public enum Severity : byte { Info, Warning, Error }

/// <summary>What happens when the claim is sent as it is. Not ordered.</summary>
public enum Outcome : byte { None, Rejection, Denial, Underpayment, Overpayment, Compliance }

/// <summary>Who can change the rule, from the strongest down; a citation of a weaker kind never overrules a stronger.</summary>
public enum Authority : byte { Regulation, CmsManual, Ncci, CodeSet, PayerPolicy, Association, Blog }

/// <param name="Section">Document and place in it: <c>Pub. 100-04, ch. 17, §40</c>.</param>
public sealed record Citation(Authority Authority, string Section, string? Url = null);

/// <summary>The adjustment a payer is expected to answer with: group and CARC, and remark codes.</summary>
public sealed record Prediction(string Carc, params string[] Rarcs);

public enum FixSafety : byte
{
    None,
    /// <summary>The machine may apply it: nothing is claimed that the claim or chart does not already say.</summary>
    Clerical,
    /// <summary>A person attests and the evidence is recorded: modifiers that assert a fact, diagnoses, removed lines.</summary>
    NeedsChart,
    DisplayOnly,
}

/// <summary>What can be done about a finding: its safety, and a sentence with the finding's arguments.</summary>
public sealed record FixInfo(FixSafety Safety, string Text);

/// <summary>
/// A kind of finding, whoever makes it. The id is frozen and never reused; the message is a template over the finding's arguments
/// ({0}, {1} …), formatted only at the edge.
/// </summary>
/// <param name="Rules">The rules it speaks for, by their ids (<c>Rules/*.tsv</c>): <c>INJ-071 C-08</c>.</param>
/// <param name="Mandatory">A payer profile may not lower it (safety, False Claims).</param>
/// <param name="Explains">The id of the generic finding that this one explains on the same line.</param>
public sealed record FindingInfo(
    string Id, string Name, Severity Severity, Outcome Outcome, Citation Citation, string Message, string Rules,
    FixInfo? Fix = null, Prediction[]? Predicts = null, DateRange? Effective = null, bool Mandatory = false, string? Explains = null)
{
    /// <summary>There is one of each kind: what it is is which it is, and a dictionary of kinds reads no text.</summary>
    public bool Equals(FindingInfo? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public bool IsInForce(DateOnly day) => Effective is not { } range || range.Contains(day);
}
