namespace Deltoid.Store.Model;

/// <summary>
/// A documented visit. The document is its encounter JSON; the columns beside it are what lists are asked by.
/// </summary>
public sealed class Visit : Row
{
    /// <summary>Made when the form is opened: a form that is sent twice is charted once.</summary>
    public Guid Key { get; set; } = Guid.CreateVersion7();

    public long PatientId { get; set; }

    public long LocationId { get; set; }

    public DateOnly ServiceDate { get; set; }

    public int Version { get; set; }

    public required string Document { get; set; }
}

/// <summary>Where a claim is between the chart and the money.</summary>
public enum ClaimLife
{
    /// <summary>A finding says that it must not leave as it is.</summary>
    Held = 1,
    Ready = 2,
    Sent = 3,
    Accepted = 4,
    /// <summary>Sent back before anybody judged it.</summary>
    Rejected = 5,
    /// <summary>A payer has judged it, and something is left to do.</summary>
    Answered = 6,
    Closed = 7,
}

/// <summary>
/// A claim as it stands now. The document is its claim JSON; <see cref="ClaimVersion"/> keeps each earlier one.
/// </summary>
public sealed class StoredClaim : Row
{
    /// <summary>The number that the claim bears on paper and in files; unique in a practice, never used again.</summary>
    public required string Number { get; set; }

    public long? VisitId { get; set; }

    /// <summary>Where the visit was; null for a claim that another program made.</summary>
    public long? LocationId { get; set; }

    public long PatientId { get; set; }

    public Patient Patient { get; set; } = null!;

    public long PayerId { get; set; }

    public Payer Payer { get; set; } = null!;

    public DateOnly ServiceDate { get; set; }

    /// <summary>Whole cents.</summary>
    public long Charge { get; set; }

    public ClaimLife Life { get; set; }

    /// <summary>From 1, without gaps; a writer says which one it has read.</summary>
    public int Version { get; set; }

    public required string Document { get; set; }

    public int Errors { get; set; }

    public int Warnings { get; set; }

    /// <summary>Name of the finding that speaks first; empty for a clean claim.</summary>
    public string Cause { get; set; } = "";

    /// <summary>What that finding says, in a sentence; it names no patient.</summary>
    public string Why { get; set; } = "";

    /// <summary>
    /// Elements of the record that the chart does not have and that hold the claim: their numbers in the checklist
    /// (8 is the site), with blanks between; empty when none is missing.
    /// </summary>
    public string Missing { get; set; } = "";

    /// <summary>The last day on which the payer takes it; null where the limit is not known.</summary>
    public DateOnly? FileBy { get; set; }

    /// <summary>What is worked first: the higher the earlier. See <see cref="Ranking"/>.</summary>
    public long Rank { get; set; }

    /// <summary>Who works on it; null for nobody.</summary>
    public long? OwnerId { get; set; }

    /// <summary>It is out of the lists until this day; null when it is in them.</summary>
    public DateOnly? SnoozedUntil { get; set; }

    /// <summary>True where it comes back as soon as something happens to it, and on that day at the latest.</summary>
    public bool IsSnoozedForNews { get; set; }

    /// <summary>
    /// The insured's number, the payer's number of the claim that this one corrects, and the first day where it is not
    /// the service date: a payment without our number finds the claim by them.
    /// </summary>
    public string MemberId { get; set; } = "";

    public string Reference { get; set; } = "";

    public DateOnly? FirstDay { get; set; }

    /// <summary>The file in which it was sent last; null before it was.</summary>
    public long? SentIn { get; set; }

    /// <summary>What a payer's answer came to, as JSON of <c>deltoid remit</c>; null before there is one.</summary>
    public string? Answer { get; set; }
}

/// <summary>A claim as a person or the program left it.</summary>
public sealed class ClaimVersion : WrittenOnce
{
    public long ClaimId { get; set; }

    public int Version { get; set; }

    public required string Document { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>Why it was changed, in the words of who changed it or of the program.</summary>
    public required string Why { get; set; }

    /// <summary>The file that it left in, came from, or was answered by; null where no file has to do with it.</summary>
    public long? FileId { get; set; }
}

/// <summary>
/// The number of a claim's line (REF 6R), where it is not the claim's number with the line's after it: a payment of
/// another number finds the claim by it.
/// </summary>
public sealed class LineNumber : Row
{
    public long ClaimId { get; set; }

    public required string Control { get; set; }
}
