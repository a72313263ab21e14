using System.Runtime.InteropServices;

namespace Deltoid.Findings;

internal enum ChangeOp : byte { None, Add, Replace, Remove }

/// <summary>
/// One change that a fix is made of: at a place, to a value (none for Remove, or when a person must supply it).
/// </summary>
[StructLayout(LayoutKind.Sequential)] // in this order it has no gaps
internal readonly record struct Change(ChangeOp Op, Place Place, Arg Value);

/// <summary>
/// One finding: its kind, its place, up to four arguments, up to two changes that would mend it. No text that
/// could name a patient, no allocation.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Finding
{
    /// <summary>Its kind.</summary>
    public required FindingInfo Info { get; init; }

    /// <summary>Where it points.</summary>
    public Place Place { get; init; }

    /// <summary>
    /// Where it is in the X12 that was read; of an edit's finding nothing, since the claim's segments say it.
    /// </summary>
    public SourcePlace Source { get; init; }

    /// <summary>Another line that the finding is about (the column-one line of a pair), or 0.</summary>
    public int OtherLine { get; init; }

    /// <summary>The argument of <c>{0}</c> in its message.</summary>
    public Arg A { get; init; }

    /// <summary>The argument of <c>{1}</c>.</summary>
    public Arg B { get; init; }

    /// <summary>The argument of <c>{2}</c>.</summary>
    public Arg C { get; init; }

    /// <summary>The argument of <c>{3}</c>.</summary>
    public Arg D { get; init; }

    /// <summary>What the element holds, where a message may quote it.</summary>
    internal Excerpt Found { get; init; }

    internal Change First { get; init; }

    internal Change Second { get; init; }

    /// <summary>As reported: the kind's severity, or what the payer profile made of it.</summary>
    public Severity Severity { get; init; }

    /// <summary>
    /// The finding under which this one stands, when the two ask for the same remedy on the same lines: its index in
    /// the list + 1.
    /// </summary>
    public int Under { get; init; }
}
