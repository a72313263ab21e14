using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>How a box is written: see the head of <c>cms1500.tsv</c>.</summary>
internal enum Cms1500Kind : byte { Text, Number, Date, Money, Check }

/// <summary>Whether a box may stay empty; <see cref="OneOfItem"/>: one box of its item must be marked.</summary>
internal enum Cms1500Need : byte { Optional, Required, OneOfItem }

/// <summary>
/// One place of the form where a text is printed. Lines are of a page of 66, six an inch, from the upper edge of the
/// sheet; columns are ten an inch, the first 0.30 inch from the left edge. Both count from 1.
/// </summary>
/// <param name="Name">The item and, after a dot, which part of it: <c>24d.m1</c>. Boxes of item 24 are in the first
/// of six lines of service.</param>
internal sealed record Cms1500Box(string Name, int Line, int Column, int Length, Cms1500Kind Kind, Cms1500Need Need,
    Field Field)
{
    /// <summary>The item as the form prints it, in small letters: <c>24d</c>.</summary>
    public string Item => Name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Name[..dot] : Name;

    public bool IsOfLine => Name.StartsWith("24", StringComparison.Ordinal);

    /// <summary>
    /// The box as an argument of a finding: its name without the dot where that is short enough, else its item.
    /// </summary>
    internal Arg AsArg =>
        Arg.Of(Code.TryParse(Name.Replace(".", "", StringComparison.Ordinal), out var code) ? code : Code.Of(Item));
}
