namespace Deltoid.Store.Model;

/// <summary>
/// What became of a claim that left as an original: thin columns, which reports sum. It is made from the claim's
/// versions, the payments and the ledger (<see cref="Outcomes"/>), so it can always be made again.
/// </summary>
public sealed class ClaimOutcome : Row
{
    public long ClaimId { get; set; }

    public StoredClaim Claim { get; set; } = null!;

    public long PayerId { get; set; }

    /// <summary>The NPI of who gave the service; unknown where the claim names none.</summary>
    public string Provider { get; set; } = "";

    public DateOnly ServiceDate { get; set; }

    /// <summary>Year and month as a number: 202611.</summary>
    public int ServiceMonth { get; set; }

    /// <summary>Whole cents, as all sums here.</summary>
    public long Charge { get; set; }

    public DateOnly SentOn { get; set; }

    /// <summary>It left more than once, or the payer was asked to decide again.</summary>
    public bool IsReworked { get; set; }

    /// <summary>As it left the first time no edit found an error in it.</summary>
    public bool IsClean { get; set; }

    /// <summary>The day of the first answer of the first payer; null before there is one.</summary>
    public DateOnly? Answered { get; set; }

    /// <summary>Year and month of the first answer; 0 before there is one.</summary>
    public int Month { get; set; }

    /// <summary>Lines that the first answer judged, and those of them that it refused in full or in part.</summary>
    public int Lines { get; set; }

    public int RefusedLines { get; set; }

    /// <summary>A line of it was denied at first.</summary>
    public bool IsDenied { get; set; }

    /// <summary>A line of it was refused at first, in full or in part.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Why it was refused at first: the row of the specification (DN-2); empty where it was not.</summary>
    public string Cause { get; set; } = "";

    /// <summary>A finding had named the reason of each refusal before the claim left.</summary>
    public bool IsForeseen { get; set; }

    /// <summary>What the first answer says of the judged lines.</summary>
    public long Judged { get; set; }

    public long Refused { get; set; }

    public long Paid { get; set; }

    /// <summary>Taken off to the agreed price, and left to the patient: neither is a refusal.</summary>
    public long Reduced { get; set; }

    public long Share { get; set; }

    /// <summary>It was refused at first, and a later answer came; it refuses less.</summary>
    public bool IsAnsweredAgain { get; set; }

    public bool IsOverturned { get; set; }

    /// <summary>What the payers still owe and what the patient owes, by the ledger.</summary>
    public long Open { get; set; }

    public long Patient { get; set; }

    /// <summary>The day since which the payers have paid more than they owed; null where they have not.</summary>
    public DateOnly? CreditSince { get; set; }

    /// <summary>What all payments came to, and what was given up.</summary>
    public long Received { get; set; }

    public long WrittenOff { get; set; }

    /// <summary>Of a claim that was refused at first: what was paid after the first answer.</summary>
    public long Recovered { get; set; }
}

/// <summary>One reason for which the first answer refused money of a line.</summary>
public sealed class RefusedLine : Row
{
    public long ClaimId { get; set; }

    public long PayerId { get; set; }

    /// <summary>Year and month of the answer.</summary>
    public int Month { get; set; }

    public required string Code { get; set; }

    /// <summary>Group and reason: CO-97.</summary>
    public required string Reason { get; set; }

    public long Cents { get; set; }
}

/// <summary>What a drug on an answered claim brought in, and what its vials cost.</summary>
public sealed class DrugOutcome : Row
{
    public long ClaimId { get; set; }

    public long PayerId { get; set; }

    public int Month { get; set; }

    /// <summary>The generic name where the code book knows it, else the code.</summary>
    public required string Drug { get; set; }

    public long Paid { get; set; }

    public long Share { get; set; }

    /// <summary>What was drawn for the claim, with what was thrown away; null where no receipt says what it cost.
    /// </summary>
    public long? Cost { get; set; }

    /// <summary>The part of the cost that was thrown away, and what was charged for it (JW).</summary>
    public long WasteCost { get; set; }

    public long WasteCharge { get; set; }
}

/// <summary>How far the outcomes have come.</summary>
public sealed class OutcomeMark : Row
{
    /// <summary>The last version of a claim that is in them.</summary>
    public long Version { get; set; }
}

/// <summary>
/// The books of a month are closed: nothing is posted any more with a day in it. A month that was opened again keeps
/// its row.
/// </summary>
public sealed class ClosedMonth : Row
{
    /// <summary>Year and month as a number: 202611.</summary>
    public int Month { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>Sums of the month in whole cents, as the ledger had them when it was closed.</summary>
    public long Charges { get; set; }

    public long Payments { get; set; }

    public long Adjustments { get; set; }

    public long WrittenOff { get; set; }

    /// <summary>What payers kept from their checks beside claims.</summary>
    public long BesideClaims { get; set; }

    /// <summary>What payers and patients owe at the end of the month.</summary>
    public long Payers { get; set; }

    public long Patients { get; set; }

    /// <summary>What came to the bank in the month.</summary>
    public long Banked { get; set; }

    /// <summary>When an owner opened it again; null while it is closed.</summary>
    public DateTime? OpenedAt { get; set; }

    public string OpenedWhy { get; set; } = "";
}
