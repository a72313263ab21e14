namespace Deltoid.Store.Model;

/// <summary>What is so of a claim whose outcome is counted.</summary>
[Flags]
public enum OutcomeMarks
{
    None = 0,

    /// <summary>As it left the first time an edit found an error in it.</summary>
    NotClean = 1 << 0,

    /// <summary>It left more than once, or the payer was asked to decide again.</summary>
    Reworked = 1 << 1,

    /// <summary>A line of it was denied at first.</summary>
    Denied = 1 << 2,

    /// <summary>A line of it was refused at first, in full or in part.</summary>
    Refused = 1 << 3,

    /// <summary>A finding had named the reason of each refusal before the claim left.</summary>
    Foreseen = 1 << 4,

    /// <summary>It was refused at first, and a later answer came; it refuses less.</summary>
    AnsweredAgain = 1 << 5,
    Overturned = 1 << 6,

    /// <summary>Payers still owe something.</summary>
    Open = 1 << 7,

    /// <summary>It was refused at first, and something was paid later; something was given up.</summary>
    Recovered = 1 << 8,
    WrittenOff = 1 << 9,

    /// <summary>What was taken off is the agreed price and the patient's share: it was paid right.</summary>
    PaidRight = 1 << 10,

    /// <summary>The first answer paid less than the payer owed by its own prices.</summary>
    Uncollected = 1 << 11,

    /// <summary>It has a drug; one that cost more than was paid; one whose waste was not billed.</summary>
    HasDrug = 1 << 12,
    NoMargin = 1 << 13,
    WasteNotBilled = 1 << 14,
}

/// <summary>What reports ask of claims, and what each list of them comes to. Sums are whole cents.</summary>
public abstract class Counted : Row
{
    public long PayerId { get; set; }

    /// <summary>Year and month of the service as a number: 202611.</summary>
    public int ServiceMonth { get; set; }

    /// <summary>Year and month of the first answer of the first payer; 0 before there is one.</summary>
    public int Month { get; set; }

    /// <summary>Why it was refused at first: the row of the specification (DN-2); empty where it was not.</summary>
    public string Cause { get; set; } = "";

    public OutcomeMarks Marks { get; set; }

    public long Charge { get; set; }

    /// <summary>What the first answer refused.</summary>
    public long Refused { get; set; }

    /// <summary>What the payers still owe, by the ledger.</summary>
    public long Open { get; set; }

    /// <summary>What all payments came to.</summary>
    public long Received { get; set; }

    public bool Is(OutcomeMarks mark) => (Marks & mark) != 0;
}

/// <summary>A claim in the lists of reports, or a drug of it.</summary>
public abstract class CountedClaim : Counted
{
    public long ClaimId { get; set; }

    public DateOnly ServiceDate { get; set; }
}

/// <summary>
/// What became of a claim that left as an original: thin columns, which reports sum. It is made from the claim's
/// versions, the payments and the ledger (<see cref="Outcomes"/>), so it can always be made again.
/// </summary>
public sealed class ClaimOutcome : CountedClaim
{
    public StoredClaim Claim { get; set; } = null!;

    /// <summary>The NPI of who gave the service; unknown where the claim names none.</summary>
    public string Provider { get; set; } = "";

    public DateOnly SentOn { get; set; }

    /// <summary>The day of the first answer of the first payer; null before there is one.</summary>
    public DateOnly? Answered { get; set; }

    /// <summary>Lines that the first answer judged, and those of them that it refused in full or in part.</summary>
    public int Lines { get; set; }

    public int RefusedLines { get; set; }

    /// <summary>What the first answer says of the judged lines.</summary>
    public long Judged { get; set; }

    public long Paid { get; set; }

    /// <summary>Taken off to the agreed price, and left to the patient: neither is a refusal.</summary>
    public long Reduced { get; set; }

    public long Share { get; set; }

    /// <summary>What the patient owes, by the ledger.</summary>
    public long Patient { get; set; }

    /// <summary>The day since which the payers have paid more than they owed; null where they have not.</summary>
    public DateOnly? CreditSince { get; set; }

    /// <summary>What was given up.</summary>
    public long WrittenOff { get; set; }

    /// <summary>Of a claim that was refused at first: what was paid after the first answer.</summary>
    public long Recovered { get; set; }
}

/// <summary>
/// Outcomes that are alike in all that reports ask, summed: kept in the change that writes the outcomes
/// (<see cref="Outcomes"/>), so that a report reads few rows.
/// </summary>
public sealed class OutcomeSum : Counted
{
    public long Claims { get; set; }

    public long Lines { get; set; }

    public long RefusedLines { get; set; }

    public long Judged { get; set; }

    public long Paid { get; set; }

    public long Reduced { get; set; }

    public long Share { get; set; }

    public long WrittenOff { get; set; }

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

/// <summary>
/// What a drug on an answered claim brought in, and what its vials cost; one row for a drug of a claim. What it has of
/// the whole claim is for lists by drug.
/// </summary>
public sealed class DrugOutcome : CountedClaim
{
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

    /// <summary>It cost more than was paid for it; its waste was not billed.</summary>
    public OutcomeMarks Own => (Cost > Paid ? OutcomeMarks.NoMargin : 0)
        | (WasteCost > 0 && WasteCharge == 0 ? OutcomeMarks.WasteNotBilled : 0);
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
