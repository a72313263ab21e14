namespace Deltoid.Store.Model;

/// <summary>
/// A payer rule of the practice, in the form of docs/payer-rules.md. Each change of its text is another version; the
/// last one that a person switched on is asked of every claim.
/// </summary>
public sealed class PracticeRule : Row
{
    /// <summary>OWN0001 has the number 1.</summary>
    public int Number { get; set; }

    public int Version { get; set; } = 1;

    public required string Text { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>What the back-test said when it was switched on: days looked at, how often it spoke, was right, named
    /// another reason, was a false alarm; and what the payers refused where it was right.</summary>
    public int TestedDays { get; set; }

    public int Right { get; set; }

    public int Other { get; set; }

    public int FalseAlarms { get; set; }

    public long Refused { get; set; }

    /// <summary>When it was switched on and off; null: it was not.</summary>
    public DateTime? OnAt { get; set; }

    public DateTime? OffAt { get; set; }

    public bool IsOn => OnAt is not null && OffAt is null;
}

/// <summary>The letter of a month, as it was made on the first day of the next.</summary>
public sealed class MonthReport : WrittenOnce
{
    /// <summary>Year and month as a number: 202611.</summary>
    public int Month { get; set; }

    public DateTime At { get; set; }

    /// <summary>Its sentences, one on each line.</summary>
    public required string Text { get; set; }

    public required byte[] Pdf { get; set; }
}
