namespace Deltoid.Store.Model;

/// <summary>What a posting is on.</summary>
public enum Account
{
    /// <summary>What payers are asked for.</summary>
    Receivable = 1,
    /// <summary>What a patient is asked for.</summary>
    Patient = 2,
    Revenue = 3,
    Cash = 4,
    /// <summary>Given up by contract.</summary>
    Contractual = 5,
    WriteOff = 6,
    /// <summary>Interest and what a payer settles beside its claims.</summary>
    ProviderLevel = 7,
    /// <summary>What payers should pay by contract or schedule: a memorandum, no money.</summary>
    Expected = 8,
    /// <summary>The other side of <see cref="Expected"/>.</summary>
    Agreed = 9,
}

/// <summary>
/// One side of a balanced entry: the postings of an entry come to zero, always. A claim's balance is the sum of its
/// postings on <see cref="Account.Receivable"/> and <see cref="Account.Patient"/>.
/// </summary>
public sealed class Posting : WrittenOnce
{
    /// <summary>The entry that it is a part of.</summary>
    public Guid Entry { get; set; }

    public long? ClaimId { get; set; }

    /// <summary>The claim's line, from 1; null for the whole claim.</summary>
    public int? Line { get; set; }

    public Account Account { get; set; }

    /// <summary>Whole cents: what the account gains is positive.</summary>
    public long Cents { get; set; }

    /// <summary>charge, expected, payment, contractual, patient, write-off, refund, reversal, interest …</summary>
    public required string Kind { get; set; }

    /// <summary>The file that says so.</summary>
    public long? FileId { get; set; }

    /// <summary>The payment of the file that it belongs to; null where it is of none.</summary>
    public long? RemittanceId { get; set; }

    /// <summary>The day in the practice's books.</summary>
    public DateOnly Day { get; set; }

    public DateTime At { get; set; }
}
