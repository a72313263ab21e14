using Deltoid.Claims;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// The last day for a step: the terms of the case first, then the rows of <c>clocks.tsv</c> for the payer's kind. Days
/// are calendar days; a year ends on the same day of the next year.
/// </summary>
internal static class Clocks
{
    /// <summary>Medicare's notice counts as received this many days after its date (42 CFR 405.942).</summary>
    public const int DaysToReceipt = 5;

    /// <summary>So long Medicare waits after its letter before it takes money back.</summary>
    const int DaysToStop = 30;

    /// <summary>The network of the Department of Veterans Affairs, by what the claim files as.</summary>
    const string Veterans = "va";

    sealed record Row(PayerKind Payer, bool IsVeterans, NextStep Step, string From, int Count, bool InYears,
        DateRange Valid, string Source);

    /// <summary>How long a step may be taken where no contract says otherwise, and from which day it counts.</summary>
    /// <param name="Source">Where it is written: a document and its section, such as <c>CFR:42 CFR 405.942</c>.</param>
    internal readonly record struct Span(int Count, bool InYears, string From, DateRange Valid, string Source);

    /// <summary>The row of a payer's kind for a step on a day; null where there is none.</summary>
    public static Span? RowOf(PayerKind payer, NextStep step, DateOnly day) =>
        Array.Find(rows.Value, row => row.Payer == payer && !row.IsVeterans && row.Step == step
            && row.Valid.Contains(day)) is { } found
            ? new Span(found.Count, found.InYears, found.From, found.Valid, found.Source) : null;

    static readonly Lazy<Row[]> rows = new(static () =>
    {
        var read = new List<Row>();
        var table = ShippedRows.Open("rules/clocks.tsv");
        int payer = table.Column("payer"), step = table.Column("action"), from = table.Column("from"),
            count = table.Column("count"), unit = table.Column("unit");
        int validFrom = table.Column("valid-from"), validThru = table.Column("valid-thru"),
            source = table.Column("source");
        while (table.Next())
        {
            var isVeterans = table[payer] is Veterans;
            if (!Words.PayerKinds.TryRead(isVeterans ? "tricare" : table[payer].ToString(), out var kind))
                throw table.Wrong(payer, "is no payer kind");
            if (!Steps.Words.TryRead(table[step].ToString(), out var of)) throw table.Wrong(step, "is no action");
            read.Add(new(kind, isVeterans, of, table[from].ToString(), table.Int(count), table[unit] is "years",
                table.Dates(validFrom, validThru), table[source].ToString()));
        }
        return read.ToArray();
    });

    /// <summary>
    /// The deadline of a step; null where it has none, or where the day it is counted from is not known.
    /// </summary>
    /// <param name="kind">What came back: an appeal against money taken back has a clock of its own.</param>
    public static Deadline? Of(Situation at, NextStep step, AnswerKind kind = AnswerKind.Denial)
    {
        if (kind == AnswerKind.TakeBack && TakeBack(at, step) is { } takeBack) return takeBack;
        if (step == NextStep.SendRecords) return RecordsOf(at, Facts.First(at, "records-request"));
        if (step == NextStep.BillOtherPayer) return OtherPayer(at);
        var own = ByTerms(at, step) ?? ByPayer(at, step);
        if (step is not (NextStep.CorrectedClaim or NextStep.Reopening) || LateRequest(at) is not { } late
            || !Questions.NeedsAuthorization(at))
            return own;
        return own is { } last && last.Date < late.Date ? own : late; // the authorization has to be had first
    }

    /// <summary>The last day for asking for an authorization after the service; null where the payer takes
    /// none.</summary>
    public static Deadline? LateRequest(Situation at)
    {
        if (Facts.First(at, "authorization-can-be-late") is not { } late) return null;
        var (from, days) = (late["from"]!.Text, (int)late["days"]!.Number);
        if (late["until"] is { } until) return new(until.Day, from, days);
        return DayOf(at, from) is var day && day == default ? null : Count(day, from, days, inYears: false);
    }

    static bool IsVeterans(Situation at) =>
        (at.Of.Claim is { } claim && claim.Text(ClaimText.Filing) == "VA")
        || at.Payment?.Filing.ToString() == "VA";

    static Deadline? ByPayer(Situation at, NextStep step)
    {
        foreach (var row in rows.Value)
            if (row.Payer == at.Payer && row.Step == step && row.Valid.Contains(at.Day)
                && (!row.IsVeterans || IsVeterans(at)))
            {
                var from = EarlierDecision(at, step) ?? row.From;
                return DayOf(at, from) is var day && day == default ? null : Count(day, from, row.Count, row.InYears);
            }
        return null;
    }

    /// <summary>
    /// Medicare waits 30 days after its letter before it takes the money (42 CFR 405.379): an appeal by then stops it,
    /// a refund by then costs no interest. Others count from their letter, or from the day they took it.
    /// </summary>
    static Deadline? TakeBack(Situation at, NextStep step)
    {
        var letter = Facts.First(at, "demand-letter")?["on"]?.Day;
        if (letter is { } on && at.Payer == PayerKind.Medicare && step is NextStep.Refund or NextStep.Appeal)
            return step == NextStep.Appeal && on.AddDays(DaysToStop) < at.Of.Today
                ? Count(on.AddDays(DaysToReceipt), "receipt", 120, inYears: false) // no longer stops it, and is heard
                : Count(on, "demand-letter", DaysToStop, inYears: false);
        if (step != NextStep.Appeal || at.Of.Terms?.AppealDays is not { } days) return null;
        return letter is { } day ? Count(day, "demand-letter", days, inYears: false)
            : at.Remitted != default ? Count(at.Remitted, "take-back", days, inYears: false)
            : null;
    }

    /// <summary>The day until which a payer takes what is due on a day.</summary>
    public static DateOnly TakenUntil(Situation at, DateOnly due) =>
        at.Payer == PayerKind.Medicare && due != default ? FederalDays.Workday(due) : due;

    /// <summary>The last day on which a first claim could be sent; default where the limit is not known.</summary>
    public static DateOnly FilingLimit(Situation at) => TakenUntil(at, Of(at, NextStep.NewClaim)?.Date ?? default);

    static Deadline? ByTerms(Situation at, NextStep step)
    {
        if (at.Of.Terms is not { } terms) return null;
        var (days, from) = step switch
        {
            NextStep.CorrectedClaim or NextStep.Reopening =>
                (terms.CorrectedDays, EarlierDecision(at, step) ?? "remittance"),
            NextStep.Appeal => (terms.AppealDays, "remittance"),
            // where a law has a day, no contract makes it later
            NextStep.Refund when RowOf(at.Payer, step, at.Day) is null => (terms.RefundDays, "identification"),
            NextStep.NewClaim or NextStep.Resubmit => (terms.TimelyDays, terms.TimelyFrom switch
            {
                TimelyFrom.PrimaryRemittance => "primary-remittance",
                TimelyFrom.TakeBack => "take-back",
                _ => "service",
            }),
            _ => (null, ""),
        };
        return days is { } count && DayOf(at, from) is var day && day != default
            ? Count(day, from, count, inYears: false)
            : null;
    }

    /// <summary>What is corrected is the earlier claim, so its own remittance counts.</summary>
    static string? EarlierDecision(Situation at, NextStep step) =>
        step is NextStep.CorrectedClaim or NextStep.Reopening && Facts.First(at, "earlier-claim") is { } earlier
            && earlier["remittanceOn"] is not null
            ? "earlier-remittance"
            : null;

    /// <summary>Counted from the request, or from the remittance where that is the request.</summary>
    static Deadline? RecordsOf(Situation at, RecordFact? request)
    {
        var (on, from) = request is null ? (at.Remitted, "remittance") : (request["on"]!.Day, "notice");
        if (request?["due"] is { } due) return new(due.Day, from, due.Day.DayNumber - on.DayNumber);
        if (on == default) return null;
        if (at.Of.Terms?.RecordsDays is { } days) return Count(on, from, days, inYears: false);
        return at.Payer == PayerKind.Medicare ? Count(on, from, 45, inYears: false) : null;
    }

    /// <summary>
    /// The last day for correcting an earlier claim, counted from its own remittance; null where that is not known.
    /// </summary>
    public static Deadline? OfEarlier(Situation at, NextStep step)
    {
        if (DayOf(at, "earlier-remittance") is var day && day == default) return null;
        if (at.Of.Terms?.CorrectedDays is { } days) return Count(day, "earlier-remittance", days, inYears: false);
        return step == NextStep.Reopening && at.Payer == PayerKind.Medicare
            ? Count(day, "earlier-remittance", 1, inYears: true)
            : null;
    }

    /// <summary>The other payer's own limit.</summary>
    static Deadline? OtherPayer(Situation at)
    {
        if (Facts.First(at, "other-coverage") is not { } other) return null;
        var from = other["timelyFrom"]?.Text ?? "service";
        if (DayOf(at, from) is var day && day == default) return null;
        if (other["timelyDays"] is { } days) return Count(day, from, (int)days.Number, inYears: false);
        return Words.PayerKinds.TryRead(other["kind"]!.Text, out var kind) && kind == PayerKind.Medicare
            ? Count(at.Day, "service", 1, inYears: true)
            : null;
    }

    static DateOnly DayOf(Situation at, string from) => from switch
    {
        "service" => at.Day,
        "remittance" or "take-back" => at.Remitted,
        "receipt" => at.Remitted == default ? default : at.Remitted.AddDays(DaysToReceipt),
        "primary-remittance" => Facts.First(at, "primary-remittance-on-file")?["on"]?.Day
            ?? (at.Of.PriorPayments.Count > 0 ? at.Of.PriorRemittance?.Produced ?? default : at.Remitted),
        "identification" => Facts.First(at, "overpayment-identified")?["on"]?.Day ?? default,
        "notice" => Facts.First(at, "records-request")?["on"]?.Day ?? default,
        "earlier-remittance" => Facts.First(at, "earlier-claim")?["remittanceOn"]?.Day ?? default,
        _ => default,
    };

    static Deadline Count(DateOnly day, string from, int count, bool inYears)
    {
        var last = inYears ? day.AddYears(count) : day.AddDays(count);
        return new(last, from, last.DayNumber - day.DayNumber);
    }
}
