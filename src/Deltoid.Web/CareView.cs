using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What was said of one field over time.</summary>
public sealed record OutcomeTrend(OutcomeField Field, IReadOnlyList<OutcomeDue> Said)
{
    const int Width = 240, Height = 60, Margin = 6;

    /// <summary>The values as points of a line, from left to right in their order.</summary>
    public string Points
    {
        get
        {
            var values = Said.Where(static s => s.Last?.Value is not null).Select(static s => s.Last!.Value!.Value)
                .ToList();
            return string.Join(' ', values.Select((value, i) => FormattableString.Invariant(
                $"{Margin + (values.Count == 1 ? 0 : i * (Width - (2 * Margin)) / (values.Count - 1))},")
                + FormattableString.Invariant($"{Height - Margin - ((value - Field.Low) * (Height - (2 * Margin))
                    / (Field.High - Field.Low))}")));
        }
    }
}

/// <summary>A patient with all that is around the shots.</summary>
public sealed record CareView(Patient Patient, IReadOnlyList<PreVisitView> Visits, IReadOnlyList<OutcomeDue> Due,
    IReadOnlyList<OutcomeTrend> Trends, IReadOnlyList<Shot> Shots)
{
    public required DateOnly Today { get; init; }

    public required IReadOnlyList<Provider> Providers { get; init; }

    public required IReadOnlyList<Treatment> Treatments { get; init; }

    /// <summary>What was said last of each plan.</summary>
    public required IReadOnlyDictionary<long, Benefit> Benefits { get; init; }

    const int MostShots = 20;

    public static async Task<CareView?> Of(PracticeDb db, long id, DateOnly today, CancellationToken stop)
    {
        if (await db.Patients.AsNoTracking().Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .FirstOrDefaultAsync(p => p.Id == id, stop) is not { } patient) return null;
        var outcomes = await CareOutcomes.Of(db, today, id, stop);
        return new(patient, await PreVisits.Of(db, id, stop),
            outcomes.FindAll(o => o.Last is null && o.Due <= today.AddDays(CareOutcomes.DaysBefore)),
            [.. outcomes.Where(static o => o.Last is not null).GroupBy(static o => o.Field.Id)
                .Select(static g => new OutcomeTrend(g.First().Field, [.. g]))],
            await db.Shots.AsNoTracking().Where(s => s.PatientId == id).OrderByDescending(static s => s.Day)
                .ThenByDescending(static s => s.Id).Take(MostShots).ToListAsync(stop))
        {
            Today = today, Benefits = await Store.Benefits.Of(db, patient.Coverages.ConvertAll(static c => c.Id), stop),
            Providers = await db.Providers.AsNoTracking().OrderBy(static p => p.Family).ToListAsync(stop),
            Treatments = await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).ToListAsync(stop),
        };
    }
}
