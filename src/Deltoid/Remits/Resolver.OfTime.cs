using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What is still to be had on the day at hand: a step whose last day has passed is not proposed.</summary>
internal sealed partial class Resolver
{
    /// <summary>The change that is made to an earlier claim, not to this one.</summary>
    static bool IsOfEarlier(CauseRow? row) => row?.Changes is ["earlier-claim"];

    static Deadline? DeadlineOf(Situation at, CauseRow row, NextStep step) =>
        IsOfEarlier(row) ? Clocks.OfEarlier(at, step) : Clocks.Of(at, step, row.Kind);

    static bool IsLate(Situation at, CauseRow row, NextStep step) =>
        at.Of.Today != default && Closes(step) && DeadlineOf(at, row, step) is { } last
            && Clocks.TakenUntil(at, last.Date) < at.Of.Today
            && !(step is NextStep.NewClaim or NextStep.Resubmit && Questions.IsFilingExcused(at));

    /// <summary>
    /// Steps that nobody takes after their last day. Money that must go back goes back late too, another payer may
    /// still take a late claim, and rows decide on late records.
    /// </summary>
    static bool Closes(NextStep step) => step is NextStep.CorrectedClaim or NextStep.NewClaim or NextStep.Resubmit
        or NextStep.Reopening or NextStep.Appeal;

    /// <summary>
    /// The step of a row as this payer takes it today. After its last day the row's other way is taken where it is open
    /// still; else what is withheld is given up, and what is asked back goes back. Medicare reopens a clerical error of
    /// ours at any time (42 CFR 405.980(c)(3)).
    /// </summary>
    static (NextStep Step, LateStep? Late) InTime(Situation at, CauseRow row)
    {
        var step = StepOf(at, row.Step);
        if (!IsLate(at, row, step)) return (step, null);
        var late = new LateStep(step, DeadlineOf(at, row, step)!);
        if (step == NextStep.Reopening && row.Step is null && at.Payer == PayerKind.Medicare) return (step, late);
        foreach (var (also, _) in row.Also)
            if ((also ?? Correction(at)) is var other && other != step && Closes(other) && IsOpen(at, other)
                && !IsLate(at, row, other))
                return (other, late);
        return (row.Kind == AnswerKind.TakeBack ? NextStep.Refund : NextStep.WriteOff, late);
    }

    /// <summary>The step has a last day, and nobody says how this payer counts it.</summary>
    static void AskTerms(Resolution resolution, Situation at, CauseItem main)
    {
        if (resolution.Deadline is not null || main.Late is not null || IsOfEarlier(main.Row)) return;
        var (field, days) = (main.Step, at.Of.Terms) switch
        {
            (NextStep.CorrectedClaim, var terms) => ("correctedDays", terms?.CorrectedDays),
            (NextStep.NewClaim or NextStep.Resubmit, var terms) => ("timelyDays", terms?.TimelyDays),
            (NextStep.Appeal, var terms) => ("appealDays", terms?.AppealDays),
            _ => ("", null),
        };
        if (field.Length > 0 && days is null)
            resolution.Questions.Add(new("terms", field, $"the last day for {Steps.Words[main.Step]}"));
    }

    /// <summary>Facts that a last day is counted from, or that take it away.</summary>
    static readonly string[] OfDays = ["earlier-claim", "primary-remittance-on-file", "authorization-can-be-late",
        "demand-letter", "filing-exception", "retroactive-entitlement", "filing-proof"];

    /// <summary>Says which last day has passed, and what that rests on.</summary>
    static void TellTime(Resolution resolution, Situation at, CauseItem main)
    {
        if (resolution.Deadline is { } due && Clocks.TakenUntil(at, due.Date) < at.Of.Today && Closes(main.Step))
        {
            Prove(resolution, at, OfDays); // an exception holds: the day that has passed does not bind
            resolution.Deadline = null;
        }
        if (main.Late is not { } late) return;
        Prove(resolution, at, OfDays);
        Add(resolution, new("today", "/today", $"{Steps.Words[late.Step]}: {late.Says}"));
        if (!main.IsClosed)
            resolution.Alternatives.Add((NextStep.WriteOff,
                $"it is no clerical error: {late.Says} for any other reason"));
    }
}
