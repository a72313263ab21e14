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

/// <summary>
/// One payment of a payer, as an 835 states it. The same payment in another file has the same key.
/// </summary>
public sealed class Remittance : Row
{
    public long FileId { get; set; }

    /// <summary>Payer, trace number, amount and day: unique for a practice where it was posted.</summary>
    public required string Key { get; set; }

    public required string Trace { get; set; }

    public required string PayerName { get; set; }

    /// <summary>Whole cents.</summary>
    public long Amount { get; set; }

    /// <summary>As <c>deltoid remit</c> says: post, post-with-warning, quarantine, already-received.</summary>
    public required string Verdict { get; set; }

    /// <summary>What kept it from being posted; empty when it was posted.</summary>
    public string Fault { get; set; } = "";

    /// <summary>Payer and number, and the payer alone, as the engine hashes them: a payment that comes again is found
    /// by them.</summary>
    public long TraceKey { get; set; }

    public long PayerKey { get; set; }

    /// <summary>A balance is carried over from it, or taken in it.</summary>
    public bool Carries { get; set; }
}

/// <summary>
/// What a payment says of one claim, by the keys that lead from a later payment to it. There is one for each CLP of a
/// file that was received, posted or not.
/// </summary>
public sealed class PaidClaim : WrittenOnce
{
    public long FileId { get; set; }

    /// <summary>CLP01: the claim's number as the payer repeats it.</summary>
    public required string Number { get; set; }

    /// <summary>CLP07: the payer's own number; empty where it has none.</summary>
    public required string Control { get; set; }

    /// <summary>Who was paid what, as the engine hashes it; 0 where no money moved.</summary>
    public long Decision { get; set; }
}
