using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Encounters;

namespace Deltoid.Remits;

/// <summary>
/// One claim and what came back for it, with what a practice knows beside them. All but the answers may be absent,
/// which means that it is not known.
/// </summary>
internal sealed class DeniedClaim
{
    /// <summary>As it was sent.</summary>
    public Claim? Claim { get; set; }

    /// <summary>The chart it was coded from.</summary>
    public Encounter? Encounter { get; set; }

    public List<RecordFact> Record { get; set; } = [];

    public Remittance? Remittance { get; set; }

    /// <summary>What the payer paid or denied, in the order of the remittance.</summary>
    public List<ClaimPayment> Payments { get; } = [];

    /// <summary>A 277CA, and a 999: what refused the claim before it was judged.</summary>
    public ClaimStatus? Status { get; set; }

    public Acknowledgment? Acknowledgment { get; set; }

    public InterchangeAcknowledgment? InterchangeVerdict { get; set; }

    /// <summary>What the payer before this one answered.</summary>
    public Remittance? PriorRemittance { get; set; }

    public List<ClaimPayment> PriorPayments { get; } = [];

    public PayerTerms? Terms { get; set; }

    /// <summary>The day on which it is judged; default where none is given.</summary>
    public DateOnly Today { get; set; }
}
