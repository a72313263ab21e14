using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What must not be done, and why: what the row says, what follows from the step, the payer and the group of the
/// adjustment. What is proposed is never among it.
/// </summary>
internal static class Nevers
{
    const string Group = "the payer says that the patient does not owe it",
        Protected = "Medicaid members, QMBs and injured workers are not billed",
        NotJudged = "no payer has decided on it yet", Open = "the payer has not decided yet",
        Replaced = "Medicare Part B takes no frequency 7",
        NotProcessed = "the claim was never processed: there is no decision to argue with or to replace",
        Recoverable = "the money can still be had", Decided = "nothing in the record supports it",
        NoLoss = "nothing is denied", Right = "the claim is right as it is",
        NotTheirs = "nothing in the record makes the patient owe it";

    public static void Add(Resolution resolution, Situation at, CauseRow row, CauseItem of)
    {
        var adjustment = of.Adjustment;
        if (of is { IsClosed: true, Late: { } late })
        {
            Say(resolution, late.Step, late.Says);
            foreach (var step in Steps.OfClaim) Say(resolution, step, $"it is too late: {late.Says}");
        }
        foreach (var (step, why) in row.Never) Say(resolution, step, why);
        if (Patients.IsProtected(at)) Say(resolution, NextStep.BillPatient, Protected);
        else if (!adjustment.Group.IsNone && adjustment.Group != Adjustment.Patient)
            Say(resolution, NextStep.BillPatient, Group);
        if (row.Kind is AnswerKind.Rejection or AnswerKind.Pending) AddUnjudged(resolution, row.Kind);
        if (row.Kind == AnswerKind.NotADenial) Say(resolution, NextStep.WriteOff, NoLoss);
        if (row.Kind is not (AnswerKind.Denial or AnswerKind.TakeBack)) return;
        if (at.Payer == PayerKind.Medicare) Say(resolution, NextStep.CorrectedClaim, Replaced);
        if (Questions.IsUnprocessable(at))
            foreach (var step in (ReadOnlySpan<NextStep>)[NextStep.Appeal, NextStep.Reopening, NextStep.CorrectedClaim])
                Say(resolution, step, NotProcessed);
        if (resolution.Step is not (NextStep.None or NextStep.BillPatient or NextStep.BillOtherPayer))
            Say(resolution, NextStep.BillPatient, NotTheirs);
        switch (resolution.Step)
        {
            case NextStep.CorrectedClaim or NextStep.Reopening or NextStep.NewClaim or NextStep.Resubmit
                or NextStep.BillOtherPayer or NextStep.SendRecords:
                Say(resolution, NextStep.WriteOff, Recoverable);
                break;
            case NextStep.Appeal:
                Say(resolution, NextStep.WriteOff, Recoverable);
                Say(resolution, NextStep.NewClaim, Right);
                Say(resolution, NextStep.Resubmit, Right);
                break;
            case NextStep.WriteOff:
                foreach (var step in Steps.OfClaim) Say(resolution, step, Decided);
                break;
            case NextStep.BillPatient:
                Say(resolution, NextStep.WriteOff, "the patient agreed to pay it");
                break;
        }
    }

    /// <summary>
    /// What was refused before it was judged, or is not judged yet: there is nothing to argue with or to give up.
    /// </summary>
    static void AddUnjudged(Resolution resolution, AnswerKind kind)
    {
        var why = kind == AnswerKind.Pending ? Open : NotJudged;
        foreach (var step in (ReadOnlySpan<NextStep>)[NextStep.Appeal, NextStep.CorrectedClaim, NextStep.Reopening,
            NextStep.WriteOff, NextStep.BillPatient])
            Say(resolution, step, why);
        if (kind != AnswerKind.Pending) return;
        Say(resolution, NextStep.Resubmit, "it would be a duplicate");
        Say(resolution, NextStep.NewClaim, "it would be a duplicate");
    }

    /// <summary>Of a reason that no row names: nothing is given up before someone has read what it means.</summary>
    public static void AddUnnamed(Resolution resolution, Situation at, in Adjustment adjustment)
    {
        if (Patients.IsProtected(at)) Say(resolution, NextStep.BillPatient, Protected);
        else if (adjustment.Group != Adjustment.Patient) Say(resolution, NextStep.BillPatient, Group);
        Say(resolution, NextStep.WriteOff, "nobody has found out why it was not paid");
    }

    static void Say(Resolution resolution, NextStep step, string why) => Say(resolution, Steps.Words[step], why);

    static void Say(Resolution resolution, string step, string why)
    {
        if (step == Steps.Words[resolution.Step] || resolution.Never.Exists(n => n.Step == step)
            || resolution.Alternatives.Exists(a => Steps.Words[a.Step] == step))
            return;
        resolution.Never.Add((step, why));
    }
}
