using System.Runtime.CompilerServices;
using Deltoid.Values;

namespace Deltoid.Findings;

#pragma warning disable CS1591 // the names say it
/// <summary>Whether a claim may leave: an error must not, a warning needs a person, an info is to be known.</summary>
public enum Severity : byte { Info, Warning, Error }
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>What happens when the claim is sent as it is. Not ordered.</summary>
public enum Outcome : byte { None, Rejection, Denial, Underpayment, Overpayment, Compliance }
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>
/// Who can change the rule, from the strongest down; a citation of a weaker kind never overrules a stronger.
/// </summary>
public enum Authority : byte { Regulation, CmsManual, Ncci, CodeSet, PayerPolicy, Association, Blog }
#pragma warning restore CS1591

/// <param name="Section">Document and place in it: <c>Pub. 100-04, ch. 17, §40</c>.</param>
public sealed record Citation(Authority Authority, string Section, string? Url = null);

/// <summary>The adjustment a payer is expected to answer with: group and CARC, and remark codes.</summary>
public sealed record Prediction(string Carc, params string[] Rarcs);

#pragma warning disable CS1591 // the names say it
/// <summary>Who may apply a fix.</summary>
public enum FixSafety : byte
{
    None,
    /// <summary>The machine may apply it: nothing is claimed that the claim or chart does not already say.</summary>
    Clerical,
    /// <summary>
    /// A person attests and the evidence is recorded: modifiers that assert a fact, diagnoses, removed lines.
    /// </summary>
    NeedsChart,
    DisplayOnly,
}
#pragma warning restore CS1591

/// <summary>What can be done about a finding: its safety, and a sentence with the finding's arguments.</summary>
public sealed record FixInfo(FixSafety Safety, string Text);

/// <summary>
/// Which part of Deltoid makes a kind of finding. It decides where the finding is placed and shown; the letters of the
/// id decide nothing.
/// </summary>
internal enum Maker : byte
{
    /// <summary>An edit: it judges a claim, its chart and its payer.</summary>
    Edit,
    /// <summary>Coding: what the chart does not say, lines that are left off or held.</summary>
    Coding,
    /// <summary>Coding, about the drug's own line: dose, units, waste, NDC.</summary>
    Drug,
    /// <summary>The documentation checklist: one finding for all elements that are not charted.</summary>
    Checklist,
    /// <summary>A reader of X12: the file's form, its guides, its sums.</summary>
    File,
    /// <summary>A paper form.</summary>
    Form,
    /// <summary>A rule that a user wrote for a payer: its page is in the user's file.</summary>
    PayerRule,
}

/// <summary>
/// A kind of finding. There is one shared instance of each, declared where it is made. The id is frozen and never used
/// again; the message is a template over the finding's arguments ({0}, {1} …), formatted only at the edge.
/// </summary>
public sealed record FindingInfo
{
    /// <summary>Three letters and four digits; never changed and never used again.</summary>
    public required string Id
    {
        get;
        init
        {
            field = value;
            Order = 0;
            for (var i = 0; i < 8; i++) Order = (Order << 8) | (i < value.Length ? (byte)value[i] : 0u);
        }
    }

    /// <summary>The beginning of the id as a number: lists are put in order by it.</summary>
    internal ulong Order { get; private init; }

    /// <summary>In words joined by hyphens; of an edit also the name of its page.</summary>
    public required string Name { get; init; }

    /// <summary>How grave it is, before a payer's profile changes that.</summary>
    public required Severity Severity { get; init; }

    internal Maker Maker { get; init; }

    /// <summary>What happens when the claim is sent as it is.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>On whose authority.</summary>
    public required Citation Citation { get; init; }

    /// <summary>A sentence with <c>{0}</c> to <c>{3}</c> for the arguments; never a patient's value.</summary>
    public required string Message { get; init; }

    /// <summary>The rules it applies, by their ids (<c>Rules/*.tsv</c>): <c>INJ-071 C-08</c>.</summary>
    public string Rules { get; init; } = "";

    /// <summary>What can be done; null when nothing can.</summary>
    public FixInfo? Fix { get; init; }

    /// <summary>The adjustments that a payer may answer with; null when none is known.</summary>
    public Prediction[]? Predicts { get; init; }

    /// <summary>The days of service on which it is in force; always, where it is null.</summary>
    public DateRange? Effective { get; init; }

    /// <summary>A payer profile may not lower it (safety, False Claims Act).</summary>
    public bool Mandatory { get; init; }

    /// <summary>The id of the generic finding that this one explains on the same line.</summary>
    public string? Explains { get; init; }

    /// <summary>
    /// The type of testing that the trade names (WEDI SNIP), 1 to 7; 0 of what is no conformance test:
    /// 1 syntax of the standard, 2 what the guide requires and allows, 3 sums, 4 what one segment requires of another,
    /// 5 code values, 6 lines of service, 7 what a payer requires.
    /// </summary>
    public int Snip { get; init; }

    /// <summary>The highest of these types.</summary>
    public const int MostSnip = 7;

    /// <summary>How an acknowledgment reports it.</summary>
    internal Ack Ack { get; init; }

    /// <summary>Each kind is one shared instance, so identity is equality and hashing reads no text.</summary>
    public bool Equals(FindingInfo? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Whether it holds for a service of this day.</summary>
    public bool IsInForce(DateOnly day) => Effective is not { } range || range.Contains(day);
}
