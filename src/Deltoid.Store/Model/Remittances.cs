namespace Deltoid.Store.Model;

/// <summary>Where a payment of a payer is in the practice's books.</summary>
public enum RemittanceState
{
    /// <summary>It can be posted, and a person decides: it was only looked at, or a rule of the practice holds it.
    /// </summary>
    Waiting = 1,
    Posted = 2,
    /// <summary>It is not posted: it does not add up, or it was received before.</summary>
    Aside = 3,
    /// <summary>It was posted, and a person took the posting back.</summary>
    TakenBack = 4,
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

    /// <summary>The day on which the money moves (BPR16); null where the payer names none.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>As <c>deltoid remit</c> says: post, post-with-warning, quarantine, already-received.</summary>
    public required string Verdict { get; set; }

    public RemittanceState State { get; set; }

    /// <summary>What keeps it from being posted, or is odd about it; empty where nothing is.</summary>
    public string Fault { get; set; } = "";

    /// <summary>The rule of the practice that holds it for a person; empty where none does.</summary>
    public string Held { get; set; } = "";

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

/// <summary>A payment with this reason waits for a person, instead of being posted as soon as it comes.</summary>
public sealed class HoldRule : Row
{
    /// <summary>The payer as its remittances name it; empty for every payer.</summary>
    public string PayerName { get; set; } = "";

    /// <summary>Group and reason: CO-97.</summary>
    public required string Reason { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>
/// A person says which claim a payment answers, where nothing that the payer wrote leads to it.
/// </summary>
public sealed class HandMatch : Row
{
    public long FileId { get; set; }

    /// <summary>CLP01 as the payer wrote it.</summary>
    public required string Number { get; set; }

    public long ClaimId { get; set; }
}

/// <summary>Money that came to the bank.</summary>
public sealed class Deposit : Row
{
    public DateOnly Day { get; set; }

    /// <summary>Whole cents.</summary>
    public long Amount { get; set; }

    /// <summary>What the bank writes of it; the payment's number is often in it.</summary>
    public string Text { get; set; } = "";

    /// <summary>The payment that it is; null while none is known.</summary>
    public long? RemittanceId { get; set; }
}
