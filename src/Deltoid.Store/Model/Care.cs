namespace Deltoid.Store.Model;

/// <summary>
/// A visit before an injection, by video, by phone or in the office: what was ordered, and what the patient agreed to.
/// The order is a standing order, which the chart of the injection takes.
/// </summary>
public sealed class PreVisit : Row
{
    public long PatientId { get; set; }

    public DateOnly Day { get; set; }

    /// <summary>video, audio or office.</summary>
    public required string Mode { get; set; }

    public long ProviderId { get; set; }

    /// <summary>The drug's generic name.</summary>
    public required string Drug { get; set; }

    /// <summary>The order that was given in it.</summary>
    public long OrderId { get; set; }

    /// <summary>The day on which the patient agreed; null: not charted.</summary>
    public DateOnly? ConsentOn { get; set; }

    public string Note { get; set; } = "";

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>What is asked after a treatment, such as pain from 0 to 10, and when.</summary>
public sealed class OutcomeField : Row
{
    public long TreatmentId { get; set; }

    /// <summary>The drug of the treatment, by its generic name.</summary>
    public required string Drug { get; set; }

    public required string Name { get; set; }

    public string Unit { get; set; } = "";

    /// <summary>The least and the most that it can be, whole numbers.</summary>
    public int Low { get; set; }

    public int High { get; set; }

    /// <summary>So many weeks after the shot, with blanks between: 2 6.</summary>
    public required string Weeks { get; set; }

    /// <summary>It is not asked any more; null while it is.</summary>
    public DateOnly? EndedOn { get; set; }
}

/// <summary>What a patient said so many weeks after a shot. A later row of the same counts.</summary>
public sealed class OutcomeValue : WrittenOnce
{
    public long PatientId { get; set; }

    public long VisitId { get; set; }

    public long FieldId { get; set; }

    public int Week { get; set; }

    /// <summary>Null where the patient could not be asked: <see cref="Why"/> says it.</summary>
    public int? Value { get; set; }

    public string Why { get; set; } = "";

    public DateOnly Day { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>What a plan leaves to the patient, as the payer or its portal said on a day. The latest counts.</summary>
public sealed class Benefit : WrittenOnce
{
    public long CoverageId { get; set; }

    public DateOnly AsOf { get; set; }

    /// <summary>What is left of the deductible in whole cents; null: not known.</summary>
    public long? DeductibleLeft { get; set; }

    /// <summary>A fixed amount for a visit, in cents; null: none is known.</summary>
    public long? Copay { get; set; }

    /// <summary>Hundredths of a percent of what is allowed; null: not known.</summary>
    public int? Coinsurance { get; set; }

    /// <summary>What is left until the plan pays all, in cents; null: not known.</summary>
    public long? PocketLeft { get; set; }

    /// <summary>Who said it: the portal, a call with its number, a 271.</summary>
    public required string Source { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}
