namespace Deltoid.Store.Model;

/// <summary>A patient of the practice.</summary>
public sealed class Patient : Row
{
    public required string Family { get; set; }

    public required string Given { get; set; }

    public DateOnly BirthDate { get; set; }

    /// <summary>F, M or U, as on a claim.</summary>
    public required string Sex { get; set; }

    public required Address Address { get; set; }

    /// <summary>The day of the signature that lets the practice bill and be paid; null: none is on file.</summary>
    public DateOnly? SignedOn { get; set; }

    public List<Coverage> Coverages { get; } = [];

    /// <summary>The plan that pays first for a day's service; null: the patient has none on that day.</summary>
    public Coverage? CoverageOn(DateOnly day) => Coverages.Where(c => c.IsInForce(day)).MinBy(static c => c.Rank);
}

/// <summary>A plan that a patient has; <see cref="Rank"/> 1 pays first.</summary>
public sealed class Coverage : Row
{
    public long PatientId { get; set; }

    public long PayerId { get; set; }

    public Payer Payer { get; set; } = null!;

    public required string MemberId { get; set; }

    public int Rank { get; set; } = 1;

    /// <summary>The first and the last day of the plan; null: not known, or it has no end.</summary>
    public DateOnly? From { get; set; }

    public DateOnly? Thru { get; set; }

    public bool IsInForce(DateOnly day) => (From ?? day) <= day && day <= (Thru ?? day);
}

/// <summary>
/// What the practice knows beside chart and claim: a fact of the record, as <c>deltoid remit --record</c> reads it. It
/// is taken back, never removed.
/// </summary>
public sealed class RecordedFact : Row
{
    public long ClaimId { get; set; }

    /// <summary>The fact's name: authorization-on-file …</summary>
    public required string Kind { get; set; }

    /// <summary>The fact as JSON.</summary>
    public required string Document { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>When it was taken back; null: it holds.</summary>
    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>
/// What is usually given together: a name that people type, and the administration as encounter JSON with what is the
/// same each time.
/// </summary>
public sealed class Treatment : Row
{
    public required string Name { get; set; }

    /// <summary>An object of the encounter JSON's <c>administrations</c>.</summary>
    public required string Administration { get; set; }
}
