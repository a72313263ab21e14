namespace Deltoid.Store.Model;

/// <summary>
/// A finding that a person has set aside with a reason, for a time. It counts while the claim is as it was, until its
/// last day, and until somebody takes it back.
/// </summary>
public sealed class Override : Row
{
    public long ClaimId { get; set; }

    /// <summary>By which the finding is found again: 16 hexadecimal digits.</summary>
    public required string Key { get; set; }

    /// <summary>As in the catalogue: <c>NCC0002</c>.</summary>
    public required string FindingId { get; set; }

    /// <summary>What the finding said; it names no patient.</summary>
    public required string Says { get; set; }

    public required string Reason { get; set; }

    public long? PersonId { get; set; }

    public DateTime At { get; set; }

    /// <summary>The last day on which it counts.</summary>
    public DateOnly Until { get; set; }

    /// <summary>When it ended; null while it counts.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it ended: its time was over, the claim was changed, a person took it back.</summary>
    public string EndedWhy { get; set; } = "";
}

/// <summary>A list that a person comes back to, by a name.</summary>
public sealed class SavedView : Row
{
    public long PersonId { get; set; }

    public required string Name { get; set; }

    /// <summary>As <see cref="WorkFilter"/> writes it.</summary>
    public required string Query { get; set; }
}

/// <summary>Something that somebody is asked to do about a claim.</summary>
public sealed class WorkTask : Row
{
    public long ClaimId { get; set; }

    public StoredClaim Claim { get; set; } = null!;

    /// <summary>Who is asked; null: the first who comes.</summary>
    public long? ForId { get; set; }

    public required string Text { get; set; }

    /// <summary>It asks for what the chart misses: the program keeps its text, and ends it.</summary>
    public bool IsOfChart { get; set; }

    public DateOnly? Due { get; set; }

    public long? PersonId { get; set; }

    public DateTime At { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTime? DoneAt { get; set; }

    public long? DoneById { get; set; }
}

/// <summary>
/// Something with a last day that is near: the daily watch opens it once, and closes it when it is renewed.
/// </summary>
public sealed class Ending : Row
{
    /// <summary>What ends: credential/12, contract/3.</summary>
    public required string Subject { get; set; }

    /// <summary>One of <see cref="Endings"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Which one, without a patient's name: the payer, the drug and its lot, the number of the claim.</summary>
    public string Whose { get; set; } = "";

    /// <summary>The row where it is renewed: of the payer, the patient, the claim or the lot.</summary>
    public long? OfId { get; set; }

    /// <summary>Its last day.</summary>
    public DateOnly Due { get; set; }

    public DateTime At { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTime? DoneAt { get; set; }
}

/// <summary>
/// How many claims are alike in what worklists ask for, and what they come to. The database keeps it up with each row
/// of a claim that is written, by whatever writes it; so a list of a million claims is counted in a millisecond.
/// </summary>
public sealed class WorkCount : Row
{
    public ClaimLife Life { get; set; }

    public required string Cause { get; set; }

    public long PayerId { get; set; }

    /// <summary>0 for nobody.</summary>
    public long OwnerId { get; set; }

    public bool IsAsleep { get; set; }

    /// <summary>0 for none.</summary>
    public long LocationId { get; set; }

    public long Claims { get; set; }

    /// <summary>The sum of their charges.</summary>
    public long Cents { get; set; }
}

/// <summary>What a payer said to an appeal.</summary>
public enum AppealOutcome
{
    Open = 1,
    Won = 2,
    Partly = 3,
    Lost = 4,
    Withdrawn = 5,
}

/// <summary>A payer is asked in writing to decide again.</summary>
public sealed class Appeal : Row
{
    public long ClaimId { get; set; }

    /// <summary>1 is the first; each decision opens the next.</summary>
    public int Level { get; set; }

    /// <summary>The day on which the letter left.</summary>
    public DateOnly Sent { get; set; }

    /// <summary>The day by which the payer should have answered.</summary>
    public DateOnly Due { get; set; }

    /// <summary>What is asked for, in whole cents.</summary>
    public long Asked { get; set; }

    public AppealOutcome Outcome { get; set; } = AppealOutcome.Open;

    public DateOnly? Decided { get; set; }

    public long? PersonId { get; set; }
}
