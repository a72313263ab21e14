using System.Globalization;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>How long a step may be taken: the clocks by which denials are worked, where no contract sets its
/// own.</summary>
internal static class ClockAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var payer = asked.Payer == PayerKind.None ? PayerKind.Medicare : asked.Payer;
        var (step, words) = StepOf(asked, payer);
        if (Clocks.RowOf(payer, step, asked.Day) is not { } clock) return Unknown(asked, words, draft);
        var count = clock.Count.ToString(CultureInfo.InvariantCulture);
        var unit = (clock.InYears, clock.Count) switch
        {
            (true, 1) => "year", (true, _) => "years", (_, 1) => "day", _ => "days",
        };
        var days = $"{count} {(clock.InYears ? "calendar " : "")}{unit}";
        draft.State(words, "time for it", days, clock.Valid, clock.Source.Split(':')[0])
            .Say($"{(payer == PayerKind.Medicare ? "Medicare: " : "")}{words} within {days} after {FromOf(clock.From)}");
        if (asked.IsDaySaid && clock.From is "service" or "receipt") SayLastDay(asked, clock, draft);
        if (clock.Source.Split(':') is [var document, var section]) draft.CiteTable(document, section);
        else draft.CiteRule("INJ-237");
        if (asked.Payer == PayerKind.None)
            draft.Say("For other payers the contract or the plan's manual sets it").Ask("payer");
        foreach (var rule in row.Rules) draft.SayOrNever(rule);
        return ReplyKind.Answer;
    }

    /// <summary>The last day of a clock that begins with the service or the notice of the question.</summary>
    static void SayLastDay(Inquiry asked, Clocks.Span clock, ReplyDraft draft)
    {
        var (isNotice, mail) = (clock.From == "receipt", Clocks.DaysToReceipt.ToString(CultureInfo.InvariantCulture));
        var from = isNotice ? asked.Day.AddDays(Clocks.DaysToReceipt) : asked.Day;
        var last = (clock.InYears ? from.AddYears(clock.Count) : from.AddDays(clock.Count)).Iso();
        draft.FromQuestion("day", asked.Day.Iso()).Reckoned("the clock", "last day", last)
            .Reckoned("the clock", "days to receipt", mail)
            .Say(isNotice ? $"For a notice of {asked.Day.Iso()} the last day is {last}: it counts as received {mail} days after its date"
                : $"For a service of {asked.Day.Iso()} the last day is {last}");
    }

    static ReplyKind Unknown(Inquiry asked, string words, ReplyDraft draft)
    {
        draft.Say($"Not known here: how long {words.ToLowerInvariant()} may be sent is set by the contract, the plan's manual or its notice. "
            + "I looked among the clocks of Medicare, Medicaid, Medicare Advantage and TRICARE and found no row for it");
        if (asked.Payer == PayerKind.Commercial) draft.SayRule("INJ-237");
        return ReplyKind.Unknown;
    }

    static (NextStep, string) StepOf(Inquiry asked, PayerKind payer) =>
        asked.Has("appeal-word") ? (NextStep.Appeal, "An appeal")
        : asked.Has("records-word") ? (NextStep.SendRecords, "Records that were asked for")
        : asked.Has("overpaid-word") ? (NextStep.Refund, "A refund")
        : asked.Has("corrected-word") ? payer == PayerKind.Medicare
            ? (NextStep.Reopening, "A reopening, which corrects the claim,")
            : (NextStep.CorrectedClaim, "A corrected claim")
        : (NextStep.NewClaim, "A first claim");

    static string FromOf(string from) => from switch
    {
        "service" => "the service", "remittance" => "the remittance", "receipt" => "the decision is received",
        "identification" => "the overpayment is known", "notice" => "the request", _ => from,
    };
}
