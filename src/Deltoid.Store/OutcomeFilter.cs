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

    public IQueryable<ClaimOutcome> Of(PracticeDb db, DateOnly today)
    {
        var all = db.ClaimOutcomes.AsNoTracking();
        if (Payer is { } payer) all = all.Where(o => o.PayerId == payer);
        if (Cause.Length > 0) all = all.Where(o => o.Cause == Cause);
        if (Reason.Length > 0)
            all = all.Where(o => db.RefusedLines.Any(r => r.ClaimId == o.ClaimId && r.Reason == Reason));
        if (Drug.Length > 0)
            all = all.Where(o => db.DrugOutcomes.Any(d => d.ClaimId == o.ClaimId && d.Drug == Drug));
        var (sent, old) = (all.Where(o => o.ServiceMonth >= From && o.ServiceMonth <= Thru),
            today.AddDays(-OldDays));
        var answered = all.Where(o => o.Month > 0 && o.Month >= From && o.Month <= Thru);
        var open = all.Where(o => o.ServiceDate <= today && o.Open > 0);
        return Set switch
        {
            OutcomeSet.Sent => sent,
            OutcomeSet.NotClean => sent.Where(static o => !o.IsClean),
            OutcomeSet.Reworked => sent.Where(static o => o.IsReworked),
            OutcomeSet.Answered => answered,
            OutcomeSet.Denied => answered.Where(static o => o.IsDenied),
            OutcomeSet.Refused => answered.Where(static o => o.IsRefused),
            OutcomeSet.StillOpen => answered.Where(static o => o.IsRefused && o.Open > 0),
            OutcomeSet.Recovered => answered.Where(static o => o.IsRefused && o.Recovered > 0),
            OutcomeSet.Lost => answered.Where(static o => o.IsRefused && o.WrittenOff > 0),
            OutcomeSet.NotOurs => answered.Where(static o => !o.IsRefused && o.Share + o.Reduced > 0),
            OutcomeSet.Uncollected => answered.Where(static o => o.Judged - o.Reduced - o.Share > o.Paid),
            OutcomeSet.Open => open,
            OutcomeSet.Old => open.Where(o => o.ServiceDate < old),
            OutcomeSet.Credit => all.Where(static o => o.CreditSince != null),
            OutcomeSet.Drugs => answered.Where(o => db.DrugOutcomes.Any(d => d.ClaimId == o.ClaimId)),
            OutcomeSet.NoMargin => answered.Where(o => db.DrugOutcomes.Any(d => d.ClaimId == o.ClaimId
                && (Drug == "" || d.Drug == Drug) && d.Cost != null && d.Paid < d.Cost)),
            _ => answered.Where(o => db.DrugOutcomes.Any(d => d.ClaimId == o.ClaimId && d.WasteCost > 0
                && d.WasteCharge == 0 && (Drug == "" || d.Drug == Drug))),
        };
    }
}
