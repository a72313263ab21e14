using Deltoid.Binding;
using Deltoid.Findings;

namespace Deltoid.PayerRules;

/// <summary>What was seen where a condition looked: a field of a list can show several of them.</summary>
[Flags]
internal enum Seen : byte
{
    /// <summary>A list that is known to be empty.</summary>
    Nothing = 0,
    /// <summary>A value that is asked for.</summary>
    Within = 1,
    /// <summary>Another value.</summary>
    Outside = 2,
    /// <summary>The claim or the chart has a place for it, and nothing stands there.</summary>
    Unsaid = 4,
    /// <summary>There is nothing to look at: no chart, or none of this line.</summary>
    Unasked = 8,
}

/// <summary>What values a field takes, and so how it may be asked.</summary>
internal enum RuleForm : byte
{
    /// <summary>One of a list: codes, words, runs of codes.</summary>
    OneOf,
    /// <summary>Texts, or how they begin.</summary>
    Text,
    /// <summary>A number: <c>over</c>, <c>under</c>, <c>at least</c>, <c>at most</c>.</summary>
    Number,
    /// <summary>Only whether it is there.</summary>
    Presence,
}

/// <summary>Looks at a field of a line, or of the claim or chart as a whole.</summary>
internal delegate Seen Look(BoundClaim claim, int line, RuleValues values);

/// <summary>Reads a value of a field; null where it is none.</summary>
internal delegate RuleRange? ReadValue(string text);

/// <summary>A field that a condition may name.</summary>
/// <param name="Word">Its name in a file of rules.</param>
/// <param name="Example">A condition as it is written.</param>
/// <param name="Says">What it is, for the table in docs/payer-rules.md.</param>
/// <param name="Read">Null for texts and for what is only there or not.</param>
internal sealed record RuleField(string Word, RuleForm Form, string Example, string Says, Look Look, ReadValue? Read)
{
    /// <summary>Where a finding points when the rule asks for this field to be missing.</summary>
    public Field Points { get; init; } = Field.Code;

    /// <summary>It is read from the chart, and not known without one.</summary>
    public bool IsOfChart { get; init; }

    /// <summary>Its absence can be asked for.</summary>
    public bool CanBeMissing { get; init; } = true;

    /// <summary>What a single value shows; null is not said.</summary>
    public static Seen Of(long? value, RuleValues values) =>
        value is not { } known ? Seen.Unsaid : values.Has(known) ? Seen.Within : Seen.Outside;

    /// <inheritdoc cref="Of(long?, RuleValues)"/>
    public static Seen Of(ReadOnlySpan<byte> text, RuleValues values) =>
        text.IsEmpty ? Seen.Unsaid : values.Has(text) ? Seen.Within : Seen.Outside;
}
