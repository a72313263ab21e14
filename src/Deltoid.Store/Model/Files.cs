namespace Deltoid.Store.Model;

/// <summary>
/// A file that came in or left, kept as it was. The same bytes are taken once for ever: <see cref="Digest"/> is unique
/// for a practice and a direction.
/// </summary>
public sealed class StoredFile : WrittenOnce
{
    public required string Name { get; set; }

    /// <summary>837, 835, 999, 277CA, TA1.</summary>
    public required string Kind { get; set; }

    public bool IsOutgoing { get; set; }

    /// <summary>SHA-256 of the bytes, in hexadecimal.</summary>
    public required string Digest { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>Of an 837 that left, the number of its interchange and group; answers name it.</summary>
    public int? Control { get; set; }

    public required byte[] Content { get; set; }
}
