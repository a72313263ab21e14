namespace Deltoid.Store.Model;

/// <summary>How the claims of an audit were drawn: as <c>DrawKind</c> of the engine, by its numbers.</summary>
public enum SampleKind
{
    Random = 1,
    ByAmount = 2,
    ByRisk = 3,
}

/// <summary>
/// A sample of paid claims that is audited. Seed, limits and the digest of the list say how it came about, so that it
/// can be drawn again.
/// </summary>
public sealed class AuditSample : Row
{
    public required string Name { get; set; }

    /// <summary>The first and the last day of service.</summary>
    public DateOnly From { get; set; }

    public DateOnly Thru { get; set; }

    /// <summary>Of one rendering provider; empty: of all.</summary>
    public string Npi { get; set; } = "";

    /// <summary>Claims that have a line of this code; empty: all.</summary>
    public string Code { get; set; } = "";

    /// <summary>Of one payer; null: of all.</summary>
    public long? PayerId { get; set; }

    public SampleKind Kind { get; set; }

    public required string Seed { get; set; }

    /// <summary>The groups, their claims, cents and how many were drawn, as JSON.</summary>
    public required string Strata { get; set; }

    /// <summary>SHA-256 over the list that was drawn from: number and cents of each claim, and its risk where that
    /// counts.</summary>
    public required string Digest { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>A claim of a sample, as it stood when it was drawn.</summary>
public sealed class SampledClaim : Row
{
    public long SampleId { get; set; }

    public long ClaimId { get; set; }

    public StoredClaim Claim { get; set; } = null!;

    /// <summary>Its place in the sample, from 1, and its group.</summary>
    public int Place { get; set; }

    public int Stratum { get; set; }

    /// <summary>The rendering provider.</summary>
    public string Npi { get; set; } = "";

    /// <summary>Signs of risk, in words; empty: none.</summary>
    public string Risks { get; set; } = "";

    /// <summary>How well the chart documents it, 0 to 100; null where the claim came without a chart.</summary>
    public int? Score { get; set; }

    /// <summary>Null until an auditor has judged it.</summary>
    public DateTime? JudgedAt { get; set; }

    public long? JudgedById { get; set; }

    public string Note { get; set; } = "";

    public List<SampledLine> Lines { get; } = [];
}

/// <summary>What an auditor says of a line.</summary>
public enum LineVerdict
{
    Open = 0,
    Agree = 1,
    /// <summary>More was billed than the record supports.</summary>
    Over = 2,
    /// <summary>Less was billed than the record supports.</summary>
    Under = 3,
    NotDocumented = 4,
}

/// <summary>A line of a sampled claim: what was billed and paid, and what would have been right.</summary>
public sealed class SampledLine : Row
{
    public long SampledClaimId { get; set; }

    /// <summary>From 1.</summary>
    public int Line { get; set; }

    public required string Code { get; set; }

    /// <summary>With its modifiers: 96372-59.</summary>
    public required string Billed { get; set; }

    /// <summary>Thousandths.</summary>
    public long Units { get; set; }

    /// <summary>Whole cents that payers paid.</summary>
    public long Paid { get; set; }

    public LineVerdict Verdict { get; set; }

    /// <summary>One of the reasons that <c>AuditReasons</c> lists; empty where the auditor agrees.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What would have been right: code, thousandths of units, cents.</summary>
    public string RightCode { get; set; } = "";

    public long RightUnits { get; set; }

    public long Right { get; set; }
}

/// <summary>Something that a person is taught, since it went wrong.</summary>
public sealed class Lesson : Row
{
    /// <summary>What went wrong, and where it was found: a reason of an audit, or the cause of a held claim.</summary>
    public required string Rule { get; set; }

    /// <summary>Whose claims: a rendering provider by NPI, or who charted them.</summary>
    public string Npi { get; set; } = "";

    public long? LearnerId { get; set; }

    /// <summary>How often it was found, and on which days first and last, when it was assigned.</summary>
    public int Times { get; set; }

    public DateOnly First { get; set; }

    public DateOnly Last { get; set; }

    public DateOnly Due { get; set; }

    public DateOnly? TaughtOn { get; set; }

    /// <summary>So many claims after the lesson must be without it.</summary>
    public int Wanted { get; set; }

    public DateOnly? ClosedOn { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>Where an overpayment was found.</summary>
public enum OverpaymentSource
{
    Audit = 1,
    TakeBack = 2,
    Stock = 3,
    Credit = 4,
    Other = 5,
}

/// <summary>What became of an overpayment.</summary>
public enum OverpaymentEnd
{
    Open = 0,
    Refunded = 1,
    /// <summary>The payer has kept it from another payment.</summary>
    TakenBack = 2,
    /// <summary>A look at the record has shown that the payment was right.</summary>
    NotOwed = 3,
}

/// <summary>Money that was paid too much, and by when it must be back (42 CFR 401.305).</summary>
public sealed class Overpayment : Row
{
    /// <summary>What it was found in, once: <c>audit/3/claim/7</c>.</summary>
    public required string Key { get; set; }

    public OverpaymentSource Source { get; set; }

    public long? ClaimId { get; set; }

    public StoredClaim? Claim { get; set; }

    /// <summary>Whole cents.</summary>
    public long Cents { get; set; }

    public required string Why { get; set; }

    /// <summary>The day on which the practice knew of it: its 60 days begin.</summary>
    public DateOnly KnownOn { get; set; }

    /// <summary>An inquiry in good faith into others like it; null: there was none, or it is open.</summary>
    public DateOnly? InquiryFrom { get; set; }

    public DateOnly? InquiryThru { get; set; }

    public OverpaymentEnd End { get; set; }

    public DateOnly? EndedOn { get; set; }

    /// <summary>How it was sent back (check, portal), or why nothing is owed.</summary>
    public string EndedWhy { get; set; } = "";

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}
