using System.Globalization;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Which claims a number of a report counts.</summary>
public enum OutcomeSet
{
    Sent = 1, NotClean, Reworked, Answered, Denied, Refused, StillOpen, Recovered, Lost, NotOurs, Uncollected, Open,
    Old, Credit, Drugs, NoMargin, WasteNotBilled,
}

/// <summary>
/// The claims that a number counts, as an address says them:
/// <c>set=Denied&amp;from=202611&amp;thru=202611&amp;payer=2</c>.
/// Reports count by it and lists show by it, so that both are the same claims.
/// </summary>
/// <param name="From">Year and month of the service, or of the first answer; 0: from the beginning.</param>
public sealed record OutcomeFilter(OutcomeSet Set, int From = 0, int Thru = OutcomeFilter.Ever, long? Payer = null,
    string Cause = "", string Reason = "", string Drug = "")
{
    /// <summary>No end.</summary>
    public const int Ever = 999_912;

    /// <summary>Days after the service from which an open claim is old.</summary>
    public const int OldDays = 90;

    public static OutcomeFilter Parse(string? query)
    {
        var filter = new OutcomeFilter(OutcomeSet.Sent);
        foreach (var part in (query ?? "").TrimStart('?').Split('&'))
            filter = part.Split('=', 2) switch
            {
                ["set", var set] when Enum.TryParse<OutcomeSet>(set, ignoreCase: true, out var known)
                    && Enum.IsDefined(known) => filter with { Set = known },
                ["from", var from] when Number(from) is { } month => filter with { From = (int)month },
                ["thru", var thru] when Number(thru) is { } month => filter with { Thru = (int)month },
                ["payer", var payer] when Number(payer) is { } id => filter with { Payer = id },
                ["cause", var cause] => filter with { Cause = Uri.UnescapeDataString(cause) },
                ["reason", var reason] => filter with { Reason = Uri.UnescapeDataString(reason) },
                ["drug", var drug] => filter with { Drug = Uri.UnescapeDataString(drug) },
                _ => filter,
            };
        return filter;
    }

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Ever
            ? number : null;

    /// <summary>As an address says it.</summary>
    public override string ToString() => string.Join('&', new[]
    {
        $"set={Set}", From > 0 ? $"from={From}" : "", Thru < Ever ? $"thru={Thru}" : "",
        Payer is { } payer ? $"payer={payer}" : "", Of("cause", Cause), Of("reason", Reason), Of("drug", Drug),
    }.Where(static part => part.Length > 0));

    static string Of(string name, string value) => value.Length == 0 ? "" : $"{name}={Uri.EscapeDataString(value)}";

    /// <summary>The claims, whole.</summary>
    public IQueryable<ClaimOutcome> Of(PracticeDb db, DateOnly today) => Drug.Length == 0 ? Of(db, db.ClaimOutcomes
        .AsNoTracking(), today) : db.ClaimOutcomes.AsNoTracking().Where(o =>
            Of(db, OfDrug(db), today).Select(static d => d.ClaimId).Contains(o.ClaimId));

    /// <summary>The outcomes of a page of the list, most money first.</summary>
    public async Task<List<ClaimOutcome>> Page(PracticeDb db, DateOnly today, int skip, int take,
        CancellationToken stop)
    {
        var ids = await Listed(db, today).OrderByDescending(static l => l.Refused)
            .ThenByDescending(static l => l.Charge)
            .ThenBy(static l => l.ClaimId).Select(static l => l.ClaimId).Skip(skip).Take(take).ToListAsync(stop);
        return await db.ClaimOutcomes.AsNoTracking().Where(o => ids.Contains(o.ClaimId))
            .Include(static o => o.Claim).ThenInclude(static c => c.Patient)
            .Include(static o => o.Claim).ThenInclude(static c => c.Payer)
            .OrderByDescending(static o => o.Refused).ThenByDescending(static o => o.Charge)
            .ThenBy(static o => o.ClaimId).ToListAsync(stop);
    }

    /// <summary>What the claims of the list come to. What is not counted by day, reason or drug is summed already.
    /// </summary>
    public async Task<OutcomeSums> Sums(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        var isKept = !IsByDay && Reason.Length == 0 && Drug.Length == 0;
        var sums = isKept ? db.OutcomeSums.AsNoTracking().Where(static s => s.Claims != 0) : null;
        return (sums is null ? await Listed(db, today).GroupBy(static _ => 1).Select(static g => new OutcomeSums(
                g.LongCount(), g.Sum(static l => l.Charge), g.Sum(static l => l.Refused), g.Sum(static l => l.Open),
                g.Sum(static l => l.Received))).FirstOrDefaultAsync(stop)
            : await Of(sums).GroupBy(static _ => 1).Select(static g => new OutcomeSums(g.Sum(static s => s.Claims),
                g.Sum(static s => s.Charge), g.Sum(static s => s.Refused), g.Sum(static s => s.Open),
                g.Sum(static s => s.Received))).FirstOrDefaultAsync(stop)) ?? new(0, 0, 0, 0, 0);
    }

    /// <summary>What is so of each claim of the list.</summary>
    OutcomeMarks Marks => Set switch
    {
        OutcomeSet.NotClean => OutcomeMarks.NotClean,
        OutcomeSet.Reworked => OutcomeMarks.Reworked,
        OutcomeSet.Denied => OutcomeMarks.Denied,
        OutcomeSet.Refused => OutcomeMarks.Refused,
        OutcomeSet.StillOpen => OutcomeMarks.Refused | OutcomeMarks.Open,
        OutcomeSet.Recovered => OutcomeMarks.Recovered,
        OutcomeSet.Lost => OutcomeMarks.WrittenOff,
        OutcomeSet.NotOurs => OutcomeMarks.PaidRight,
        OutcomeSet.Uncollected => OutcomeMarks.Uncollected,
        OutcomeSet.Open or OutcomeSet.Old => OutcomeMarks.Open,
        OutcomeSet.Drugs => OutcomeMarks.HasDrug,
        OutcomeSet.NoMargin => OutcomeMarks.NoMargin,
        OutcomeSet.WasteNotBilled => OutcomeMarks.WasteNotBilled,
        _ => OutcomeMarks.None,
    };

    bool IsByDay => Set is OutcomeSet.Open or OutcomeSet.Old or OutcomeSet.Credit;

    bool IsByService => Set is OutcomeSet.Sent or OutcomeSet.NotClean or OutcomeSet.Reworked;

    /// <summary>What rows and sums are asked alike.</summary>
    internal IQueryable<T> Of<T>(IQueryable<T> all) where T : Counted
    {
        if (Payer is { } payer) all = all.Where(o => o.PayerId == payer);
        if (Cause.Length > 0) all = all.Where(o => o.Cause == Cause);
        if (Marks is not OutcomeMarks.None and var marks) all = all.Where(o => (o.Marks & marks) == marks);
        if (IsByDay) return all;
        return IsByService ? all.Where(o => o.ServiceMonth >= From && o.ServiceMonth <= Thru)
            : all.Where(o => o.Month > 0 && o.Month >= From && o.Month <= Thru);
    }

    IQueryable<T> Of<T>(PracticeDb db, IQueryable<T> all, DateOnly today) where T : CountedClaim
    {
        all = Of(all);
        if (Reason.Length > 0)
            all = all.Where(o => db.RefusedLines.Where(r => r.Reason == Reason).Select(static r => r.ClaimId)
                .Contains(o.ClaimId));
        if (Set is OutcomeSet.Credit) // a claim with a credit is one of few
            all = all.Where(o => db.ClaimOutcomes.Where(static c => c.CreditSince != null)
                .Select(static c => c.ClaimId).Contains(o.ClaimId));
        if (Set is OutcomeSet.Open or OutcomeSet.Old) all = all.Where(o => o.ServiceDate <= today && o.Open > 0);
        var old = today.AddDays(-OldDays);
        return Set is OutcomeSet.Old ? all.Where(o => o.ServiceDate < old) : all;
    }

    IQueryable<DrugOutcome> OfDrug(PracticeDb db) => db.DrugOutcomes.AsNoTracking().Where(d => d.Drug == Drug);

    /// <summary>Each claim of the list once, with what is summed: of one drug from its own rows.</summary>
    IQueryable<ListedClaim> Listed(PracticeDb db, DateOnly today) => Drug.Length > 0
        ? ListedOf(Of(db, OfDrug(db), today)) : ListedOf(Of(db, db.ClaimOutcomes.AsNoTracking(), today));

    static IQueryable<ListedClaim> ListedOf<T>(IQueryable<T> all) where T : CountedClaim =>
        all.Select(static o => new ListedClaim
        {
            ClaimId = o.ClaimId, Charge = o.Charge, Refused = o.Refused, Open = o.Open, Received = o.Received,
        });

    sealed class ListedClaim
    {
        public long ClaimId { get; init; }

        public long Charge { get; init; }

        public long Refused { get; init; }

        public long Open { get; init; }

        public long Received { get; init; }
    }
}

/// <summary>What the claims of a list come to, in cents.</summary>
public sealed record OutcomeSums(long Claims, long Charge, long Refused, long Open, long Received);
