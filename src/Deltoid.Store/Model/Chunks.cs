namespace Deltoid.Store.Model;

/// <summary>
/// A piece of a file of claims that is to be checked, whole claims each. It is removed when the job has ended: nothing
/// of the file stays but what was found.
/// </summary>
public sealed class Chunk : Row
{
    public long JobId { get; set; }

    /// <summary>From 0, in the order of the file.</summary>
    public int Number { get; set; }

    public int Claims { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>What a chunk came to: once, no matter who does it or how often.</summary>
public sealed class ChunkResult : Row
{
    public long JobId { get; set; }

    /// <summary>The chunk's number; <see cref="Head"/> of what stands before all.</summary>
    public int Number { get; set; }

    public const int Head = -1;

    /// <summary>Lines of JSON, as <c>deltoid scrub --jsonl</c> writes them.</summary>
    public required byte[] Text { get; set; }

    public int Claims { get; set; }

    public int Clean { get; set; }

    public int Errors { get; set; }

    public int Warnings { get; set; }

    public int Notes { get; set; }

    /// <summary>Sets of the chunk that hold no claims, and what stands outside a set: nothing of it was read.</summary>
    public int Refused { get; set; }
}
