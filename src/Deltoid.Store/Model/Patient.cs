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
}

/// <summary>A plan that a patient has; <see cref="Rank"/> 1 pays first.</summary>
public sealed class Coverage : Row
{
    public long PatientId { get; set; }

    public long PayerId { get; set; }

    public Payer Payer { get; set; } = null!;

    public required string MemberId { get; set; }

    public int Rank { get; set; } = 1;
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
