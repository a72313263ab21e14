using System.Buffers;
using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>
/// Writes what was found, claim by claim, in one of the forms that are asked for. Belongs to one worker.
/// </summary>
public abstract class FindingsWriter
{
    /// <summary>A claim without anything, for findings that belong to none.</summary>
    protected static Claim NoClaim { get; } = new();

    /// <summary>
    /// What stands before every item; before the first of all it is left out by the code that puts the pieces together.
    /// </summary>
    public virtual ReadOnlySpan<byte> Between => default;

    /// <summary>
    /// Writes one claim, after <see cref="Between"/>; says how many items it made, which is none when there is nothing
    /// to say of it in this form.
    /// </summary>
    public abstract int Write(Claim claim, FindingList findings, IBufferWriter<byte> target);

    /// <summary>Writes findings about a set, group or interchange as such.</summary>
    public abstract int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target);
}
