using Deltoid.Reports;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>How the claims of a provider did.</summary>
/// <param name="Score">The mean of how well their charts document them; null where none has a chart.</param>
public sealed record ProviderScore(string Npi, string Name, int Claims, int Lines, int Wrong, long Over, int? Score)
{
    /// <summary>Lines that the auditor agrees with, of all lines: 95 percent is the aim.</summary>
    public const decimal Aim = 0.95m;

    public decimal Accuracy => Lines == 0 ? 0 : 1 - ((decimal)Wrong / Lines);
}

/// <summary>An error that came up, and how often.</summary>
public sealed record ErrorOfAudit(string Reason, string Rule, int Lines, long Over);

/// <summary>A sample, what was found so far, and what it says of all claims.</summary>
public sealed record AuditResult
{
    public required AuditSample Sample { get; init; }

    public required IReadOnlyList<SampledClaim> Claims { get; init; }

    internal AuditEstimate Estimate { get; init; } = null!;

    public required IReadOnlyList<ProviderScore> Providers { get; init; }

    public required IReadOnlyList<ErrorOfAudit> Errors { get; init; }

    public int Judged => Claims.Count(static c => c.JudgedAt is not null);

    public bool IsDone => Judged == Claims.Count;

    /// <summary>The next claim that nobody has judged; null when all are.</summary>
    public SampledClaim? Next => Claims.FirstOrDefault(static c => c.JudgedAt is null);

    /// <summary>A sample; null where it is not here.</summary>
    public static async Task<AuditResult?> Of(PracticeDb db, long sampleId, CancellationToken stop = default)
    {
        if (await db.AuditSamples.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sampleId, stop) is not { } sample)
            return null;
        var claims = await db.SampledClaims.AsNoTracking().Include(static c => c.Lines.OrderBy(static l => l.Line))
            .Include(static c => c.Claim).ThenInclude(static c => c.Payer)
            .Where(c => c.SampleId == sampleId).OrderBy(static c => c.Place).ToListAsync(stop);
        var judged = claims.FindAll(static c => c.JudgedAt is not null);
        var names = (await db.Providers.AsNoTracking().ToListAsync(stop)).DistinctBy(static p => p.Npi)
            .ToDictionary(static p => p.Npi, static p => $"{p.Given} {p.Family}");
        return new()
        {
            Sample = sample, Claims = claims,
            Estimate = AuditEstimate.Of(Audits.StrataOf(sample), judged.ConvertAll(static c => new AuditedClaim(
                c.Stratum, c.Lines.Sum(static l => l.Paid), c.Lines.Sum(static l => l.Right), c.Lines.Count,
                c.Lines.Count(static l => l.Verdict > LineVerdict.Agree)))),
            Providers = [.. judged.GroupBy(static c => c.Npi).Select(g => ScoreOf(g.Key, names.GetValueOrDefault(
                g.Key, g.Key), [.. g])).OrderBy(static p => p.Accuracy).ThenBy(static p => p.Npi)],
            Errors = [.. judged.SelectMany(static c => c.Lines).Where(static l => l.Verdict > LineVerdict.Agree)
                .GroupBy(static l => l.Reason).Select(static g => new ErrorOfAudit(g.Key,
                    Audits.Reasons.FirstOrDefault(r => r.Name == g.Key).Rule ?? "", g.Count(),
                    g.Sum(static l => l.Paid - l.Right)))
                .OrderByDescending(static e => e.Lines).ThenBy(static e => e.Reason)],
        };
    }

    static ProviderScore ScoreOf(string npi, string name, List<SampledClaim> claims)
    {
        var lines = claims.SelectMany(static c => c.Lines).ToList();
        var scores = claims.Where(static c => c.Score is not null).Select(static c => c.Score!.Value).ToList();
        return new(npi, name, claims.Count, lines.Count, lines.Count(static l => l.Verdict > LineVerdict.Agree),
            lines.Sum(static l => l.Paid - l.Right), scores.Count == 0 ? null : scores.Sum() / scores.Count);
    }
}
