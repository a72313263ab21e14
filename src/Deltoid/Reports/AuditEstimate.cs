using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>A claim that an auditor has judged.</summary>
/// <param name="Paid">Cents that were paid for it.</param>
/// <param name="Right">Cents that should have been paid.</param>
internal readonly record struct AuditedClaim(int Stratum, long Paid, long Right, int Lines, int WrongLines)
{
    /// <summary>What was paid too much; negative where it was too little.</summary>
    public long Over => Paid - Right;
}

/// <summary>A rate and both ends of its interval; they are null where the sample cannot say.</summary>
internal readonly record struct RateWithin(decimal Rate, decimal? Low, decimal? High);

/// <summary>
/// What an audited sample says of all claims that it was drawn from. The difference estimator, as OIG's RAT-STATS has
/// it: the mean of what was paid too much, times the claims, group by group. Too little paid counts against it.
/// </summary>
/// <remarks>
/// Unrestricted samples use Student's t with n − 1 degrees of freedom and the correction for a finite population,
/// stratified ones the normal distribution (RAT-STATS 2019, variable appraisals). The lower limit of the one-sided
/// 90 percent interval is what Medicare's contractors demand (Pub. 100-08, chapter 8, section 8.4.5.1).
/// </remarks>
internal sealed class AuditEstimate
{
    /// <summary>Points of the normal distribution.</summary>
    const decimal Z90 = 1.281551565544600m, Z95 = 1.644853626951473m, Z975 = 1.959963984540054m;

    readonly IReadOnlyList<(Stratum Stratum, List<AuditedClaim> Claims)> groups;

    AuditEstimate(IReadOnlyList<(Stratum, List<AuditedClaim>)> groups) => this.groups = groups;

    /// <summary>Puts together what was found; claims that nobody has judged yet are left out.</summary>
    public static AuditEstimate Of(IReadOnlyList<Stratum> strata, IReadOnlyList<AuditedClaim> claims) =>
        new([.. strata.Select(s => (s, claims.Where(c => c.Stratum == s.Number).ToList()))]);

    IEnumerable<AuditedClaim> Claims => groups.SelectMany(static g => g.Claims);

    /// <summary>How many claims there are, and how many were judged.</summary>
    public int Population => groups.Sum(static g => g.Stratum.Claims);

    public int Judged => groups.Sum(static g => g.Claims.Count);

    /// <summary>Every claim was judged: nothing is estimated.</summary>
    public bool IsWhole => Population == Judged;

    /// <summary>Each group has enough claims that its spread is known.</summary>
    public bool IsEnough => groups.All(static g => g.Claims.Count == g.Stratum.Claims
        || g.Claims.Count >= AuditFrame.FewestOfStratum);

    /// <summary>What was paid too much for the claims that were judged, too little counted against it.</summary>
    public Money Found => new(Claims.Sum(static c => c.Over));

    /// <summary>The estimate for all claims.</summary>
    public Money Point => ToMoney(Total(static c => c.Over));

    /// <summary>The lower limit of the one-sided 90 percent interval; null where the sample is too small.</summary>
    public Money? LowerLimit => Error is { } error ? ToMoney(Total(static c => c.Over) - (PointOf(0.90m, Z90) * error))
        : null;

    /// <summary>The two-sided 90 percent interval; null where the sample is too small.</summary>
    public (Money Low, Money High)? Interval => Error is { } error
        ? (ToMoney(Total(static c => c.Over) - (PointOf(0.95m, Z95) * error)),
            ToMoney(Total(static c => c.Over) + (PointOf(0.95m, Z95) * error)))
        : null;

    /// <summary>The standard error of the total, in cents; null where the sample is too small.</summary>
    public decimal? Error => IsEnough ? Share.Root(Variance(static c => c.Over)) : null;

    /// <summary>Claims with an error.</summary>
    public RateWithin ClaimErrors
    {
        get
        {
            if (groups.Count > 1 || Judged == 0) return Ratio(static c => c.WrongLines > 0 ? 1 : 0, static _ => 1);
            var share = new Share(Claims.Count(static c => c.WrongLines > 0), Judged);
            return new(share.Rate, share.Interval.Low, share.Interval.High);
        }
    }

    /// <summary>Lines with an error.</summary>
    public RateWithin LineErrors => Ratio(static c => c.WrongLines, static c => c.Lines);

    /// <summary>Dollars paid too much, less those paid too little, of all dollars.</summary>
    public RateWithin NetErrors => Ratio(static c => c.Over, static c => c.Paid, isNet: true);

    /// <summary>Dollars in error in either direction, of all dollars.</summary>
    public RateWithin GrossErrors => Ratio(static c => Math.Abs(c.Over), static c => c.Paid);

    decimal Total(Func<AuditedClaim, decimal> of) => groups.Where(static g => g.Claims.Count > 0)
        .Sum(g => g.Stratum.Claims * g.Claims.Sum(of) / g.Claims.Count);

    /// <summary>Of the total, each group by itself.</summary>
    decimal Variance(Func<AuditedClaim, decimal> of) => groups.Sum(g =>
    {
        decimal all = g.Stratum.Claims, judged = g.Claims.Count;
        if (judged == all || judged < AuditFrame.FewestOfStratum) return 0;
        var mean = g.Claims.Sum(of) / judged;
        var spread = g.Claims.Sum(c => (of(c) - mean) * (of(c) - mean)) / (judged - 1);
        return all * all * (1 - (judged / all)) * spread / judged;
    });

    decimal PointOf(decimal part, decimal normal) =>
        groups.Count > 1 || Judged < AuditFrame.FewestOfStratum ? normal : Student.Point(part, Judged - 1);

    /// <summary>
    /// The combined ratio of two totals and its 95 percent interval, from the spread of what is left of each claim
    /// beside the ratio. A sample without a spread cannot say how sure it is.
    /// </summary>
    RateWithin Ratio(Func<AuditedClaim, decimal> part, Func<AuditedClaim, decimal> whole, bool isNet = false)
    {
        var of = Total(whole);
        if (of == 0) return default;
        var rate = Total(part) / of;
        if (IsWhole) return new(rate, rate, rate);
        var error = Share.Root(Variance(c => part(c) - (rate * whole(c)))) / of;
        if (error == 0 || !IsEnough) return new(rate, null, null);
        var (low, high) = (rate - (PointOf(0.975m, Z975) * error), rate + (PointOf(0.975m, Z975) * error));
        return new(rate, isNet ? low : Math.Max(0, low), Math.Min(1, high));
    }

    static Money ToMoney(decimal cents) => Money.Round(cents / 100);
}
