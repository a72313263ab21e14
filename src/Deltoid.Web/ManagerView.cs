using Deltoid.Reports;
using Deltoid.Store;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>One of the figures that a manager steers by.</summary>
/// <param name="Value">Percent or days; null where too few are counted, or nothing is known.</param>
/// <param name="N">Of how many claims.</param>
/// <param name="Claims">How many claims the money at stake is of.</param>
/// <param name="Cents">The money at stake.</param>
/// <param name="Stake">What that money is.</param>
/// <param name="Behind">Those claims.</param>
/// <param name="Made">How it is made.</param>
public sealed record KeyFigure(string Id, string Name, decimal? Value, bool IsDays, decimal Goal, bool IsAtLeast,
    long N, long Claims, long Cents, string Stake, OutcomeFilter Behind, string Made)
{
    /// <summary>Null where there is no value.</summary>
    public bool? IsReached => Value is not { } value ? null : IsAtLeast ? value >= Goal : value < Goal;

    public string Shown => Value is not { } value ? T("too few") : IsDays ? T("{0} days", Number(value))
        : Number(value) + " %";

    public string GoalShown => T(IsAtLeast ? "goal: at least {0}" : "goal: below {0}", IsDays ? T("{0} days",
        Number(Goal)) : Number(Goal) + " %");

    static string Number(decimal value) => value.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the manager's screen shows of some months.</summary>
/// <param name="Month">The month that is asked for; 0: all.</param>
/// <param name="IsWhole">All that has happened is in it.</param>
public sealed record ManagerView(int Month, DateOnly Today, PracticeFigures Figures, CreditFigures Credit, bool IsWhole)
{
    public static async Task<ManagerView> Load(PracticeDb db, Engine engine, int? month, DateOnly today,
        CancellationToken stop)
    {
        var isWhole = await Outcomes.CatchUp(db, engine, most: 3, stop);
        var all = await PracticeFigures.Load(db, month is > 0 ? month.Value : 0, month is > 0 ? month.Value
            : OutcomeFilter.Ever, today, stop);
        return new(month ?? 0, today, all, await CreditFigures.Load(db, today, stop), isWhole);
    }

    OutcomeFilter Of(OutcomeSet set) => Month > 0 ? new(set, Month, Month) : new(set);

    public string Link(OutcomeSet set, string cause = "", long? payer = null, string reason = "") =>
        "/manager/claims?" + (Of(set) with { Cause = cause, Payer = payer, Reason = reason });

    /// <summary>A rate in percent with one decimal; null where fewer than ten are counted.</summary>
    public static decimal? Rate(long hits, long of) => of < PracticeFigures.Fewest ? null
        : decimal.Round(100m * hits / of, 1, MidpointRounding.AwayFromZero);

    static decimal? RateOfDollars(long part, long whole, long n) => n < PracticeFigures.Fewest || whole == 0 ? null
        : decimal.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);

    const string OpenMade = "dollars that payers owe today by the ledger (what a payment left open, also below the "
        + "agreed price; not what was written off, and not what patients owe)";

    static string MadeOf(Measure measure) => $"{measure.Formula}; by {measure.Basis}; left out: {measure.Exclusions}";

    public IEnumerable<KeyFigure> Keys
    {
        get
        {
            var (sent, answered, open) = (Figures.Sent, Figures.Answered, Figures.Open);
            yield return new("clean", "Clean claims", Rate(sent.Clean, sent.Claims), false, 95, true, sent.Claims,
                sent.Claims - sent.Clean, sent.ChargedNotClean, "charged on claims with an error",
                Of(OutcomeSet.NotClean), MadeOf(Measures.Clean));
            yield return new("denied", "Denied at first", Rate(answered.Denied, answered.Claims), false, 5, false,
                answered.Claims, answered.Denied, answered.RefusedCents, "refused by first answers",
                Of(OutcomeSet.Denied), MadeOf(Measures.DeniedClaims));
            yield return new("days", "Days in A/R", open.Claims < PracticeFigures.Fewest ? null : open.Days, true, 35,
                false, open.Claims, open.Claims, open.Cents, "open with payers today", Of(OutcomeSet.Open),
                OpenMade + " / dollars charged in the last 90 days, by day (by the days since the first service, if "
                    + "fewer)");
            yield return new("old", "A/R over 90 days", RateOfDollars(open.OldCents, open.Cents, open.Claims), false,
                10, false, open.Claims, open.OldClaims, open.OldCents, "open for more than 90 days", Of(OutcomeSet.Old),
                OpenMade + ": those open for more than 90 days since the service / all");
            yield return new("net", "Net collection",
                RateOfDollars(answered.Paid, answered.Owed, answered.Claims), false, 95, true, answered.Claims,
                answered.Claims, answered.Owed - answered.Paid, "owed by first answers and not paid",
                Of(OutcomeSet.Answered), MadeOf(Measures.NetCollected));
            yield return new("rework", "Worked on again", Rate(sent.Reworked, sent.Claims), false, 5, false,
                sent.Claims, sent.Reworked, sent.ChargedReworked, "charged on claims that left again",
                Of(OutcomeSet.Reworked),
                "claims that left more than once or were appealed / claims sent; by date of service; left out: "
                    + "claims that replace or void another; claims given twice");
        }
    }

    /// <summary>The months of a list to choose from.</summary>
    public IEnumerable<(int Month, string Name)> Months => Figures.Months.Reverse()
        .Select(static m => ((int)m.Key, m.Name));
}
