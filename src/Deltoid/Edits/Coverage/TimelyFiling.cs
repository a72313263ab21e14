using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.Coverage;

/// <summary>
/// A claim that comes after the payer's limit. It is measured from the service to the day that the file was made
/// (BHT04), so a claim without that day is not judged.
/// </summary>
internal sealed class TimelyFiling : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "PAY0030", Name = "timely-filing", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Cited.Law("42 CFR 424.44 (Medicare), 42 CFR 447.45 (Medicaid), 32 CFR 199.7 (TRICARE)"),
        Message = "the claim of {1} is too late for the service of {0}: the payer's limit was {2}",
        Rules = "DN-11",
        Fix = Remedy.Show("If it was sent in time before, appeal with proof of that; an exception "
            + "is stated in CLM20. The patient must not be billed"),
        Predicts = [new("CO-29")],
    };

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var (made, limit) = (claim.Claim.Made, claim.Payer.Filing);
        if (made == default || limit.IsNone || !IsJudged(claim)) return;
        if (FirstLate(claim, limit, made) is not { } service || !Info.IsInForce(service)) return;
        findings.Add(Info, Place.OfClaim(Field.ServiceDate), Arg.Of(service), Arg.Of(made),
            Arg.Of(limit.LastDay(service)));
    }

    /// <summary>
    /// A correction has limits of its own, an exception is said in CLM20, and after another payer all but Medicare
    /// count from that payer's decision.
    /// </summary>
    static bool IsJudged(BoundClaim claim) =>
        claim.Claim.Frequency is not ('7' or '8') && !HasDelayReason(claim.Claim)
            && (claim.Payer.Kind == PayerKind.Medicare || !claim.Claim.HasOtherInsured);

    /// <summary>
    /// The earliest service that is too late; of a facility's claim, which is one, only where all are.
    /// </summary>
    static DateOnly? FirstLate(BoundClaim claim, FilingLimit limit, DateOnly made)
    {
        DateOnly? first = null;
        for (var i = 0; i < claim.Count; i++)
        {
            var day = LastDay(claim, i);
            var isLate = day != default && limit.LastDay(day) < made;
            if (isLate && (first is null || day < first)) first = day;
            if (!isLate && claim.IsFacilityClaim) return null;
        }
        return first;
    }

    /// <summary>
    /// A practitioner's span counts from its first day, a facility's from its last (Pub. 100-04, ch. 1, §70.4).
    /// </summary>
    static DateOnly LastDay(BoundClaim claim, int line)
    {
        ref readonly var of = ref claim.Line(line);
        return claim.IsFacilityClaim && of.Thru != default ? of.Thru
            : of.Date == default ? claim.Claim.VisitDate
            : of.Date;
    }

    const int DelayReason = 20;

    static bool HasDelayReason(Claim claim)
    {
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            if (!text.StartsWith("CLM"u8)) continue;
            return text.Count(claim.Delimiters.Element) >= DelayReason && text[^1] != claim.Delimiters.Element;
        }
        return false;
    }
}
