using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What an answer rests on: a fact, where in the case it is (a JSON pointer), what it says.</summary>
internal sealed record Evidence(string Fact, string At, string Says);

/// <summary>One operation of a JSON Patch on the claim as sent.</summary>
/// <param name="Value">As JSON; null of a removal.</param>
internal sealed record ClaimChange(string Op, string Path, string? Value);

/// <summary>The last day for a step.</summary>
/// <param name="From">The day that is counted from: service, remittance, receipt …</param>
internal sealed record Deadline(DateOnly Date, string From, int Days);

internal sealed record Posting(int Line, PostingKind Kind, Code Group, Code Reason, Money Amount);

/// <summary>A fact that is not known and would change the step.</summary>
internal sealed record OpenQuestion(string Fact, string Fields, string Decides)
{
    /// <summary>The rows that it would decide.</summary>
    public List<CauseRow> Rows { get; } = [];
}

/// <summary>What a line came to.</summary>
internal sealed record LineResolution(int Number, CauseRow Row, NextStep Step);

/// <summary>What became of a claim, why, and what to do about it. It proposes; nothing is changed.</summary>
internal sealed class Resolution
{
    public required string Claim { get; init; }

    public required string PayerControl { get; init; }

    public AnswerKind Kind { get; set; }

    /// <summary>Null where no row of the specification names what the payer said.</summary>
    public CauseRow? Cause { get; set; }

    public NextStep Step { get; set; }

    public List<Evidence> Evidence { get; } = [];

    public List<(NextStep Step, string When)> Alternatives { get; } = [];

    public List<(string Step, string Why)> Never { get; } = [];

    public List<ClaimChange> Changes { get; } = [];

    public Deadline? Deadline { get; set; }

    /// <summary>What may be billed to the patient now.</summary>
    public Money PatientOwes { get; set; }

    public List<Posting> Postings { get; } = [];

    public List<LineResolution> Lines { get; } = [];

    public Confidence Confidence { get; set; } = Confidence.High;

    public List<OpenQuestion> Questions { get; } = [];

    /// <summary>Expected against paid, by line; empty where no contract is known.</summary>
    public List<LinePrice> Prices { get; set; } = [];

    public bool HasContract { get; init; }
}
