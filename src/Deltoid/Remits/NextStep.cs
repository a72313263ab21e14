using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What to do about what came back.</summary>
internal enum NextStep : byte
{
    None, CorrectedClaim, NewClaim, Resubmit, Reopening, Appeal, SendRecords, BillOtherPayer, BillPatient, WriteOff,
    Refund,
}

/// <summary>What an answer of a payer is: money withheld, money asked back, or neither.</summary>
internal enum AnswerKind : byte { NotADenial, Pending, Denial, Rejection, TakeBack }

/// <summary>How sure an answer is; each fact that is asked for makes it less sure.</summary>
internal enum Confidence : byte { Low, Medium, High }

/// <summary>What is posted to the claim's account. What the payer before paid is shown and never posted.</summary>
internal enum PostingKind : byte
{
    None, Payment, Contractual, Patient, PriorPayer, DenialPending, WriteOffProposal, Recovery, ForwardBalance,
    Interest,
}

internal static class Steps
{
    /// <summary>Steps that ask the payer for the money once more.</summary>
    public static ReadOnlySpan<NextStep> OfClaim => [NextStep.Appeal, NextStep.CorrectedClaim, NextStep.Reopening,
        NextStep.NewClaim, NextStep.Resubmit];

    public static readonly Vocabulary<NextStep> Words = new("action", new(NextStep.None, "none"),
        new(NextStep.CorrectedClaim, "corrected-claim"), new(NextStep.NewClaim, "new-claim"),
        new(NextStep.Resubmit, "resubmit"), new(NextStep.Reopening, "reopening"), new(NextStep.Appeal, "appeal"),
        new(NextStep.SendRecords, "send-records"), new(NextStep.BillOtherPayer, "bill-other-payer"),
        new(NextStep.BillPatient, "bill-patient"), new(NextStep.WriteOff, "write-off"),
        new(NextStep.Refund, "refund"));

    public static readonly Vocabulary<AnswerKind> Kinds = new("kind", new(AnswerKind.NotADenial, "not-a-denial"),
        new(AnswerKind.Pending, "pending"), new(AnswerKind.Denial, "denial"), new(AnswerKind.Rejection, "rejection"),
        new(AnswerKind.TakeBack, "take-back"));

    public static readonly Vocabulary<Confidence> Confidences = new("confidence", new(Confidence.Low, "low"),
        new(Confidence.Medium, "medium"), new(Confidence.High, "high"));

    public static readonly Vocabulary<PostingKind> Postings = new("posting", new(PostingKind.None, "none"),
        new(PostingKind.Payment, "payment"), new(PostingKind.Contractual, "contractual"),
        new(PostingKind.Patient, "patient"), new(PostingKind.PriorPayer, "prior-payer"),
        new(PostingKind.DenialPending, "denial-pending"), new(PostingKind.WriteOffProposal, "write-off-proposal"),
        new(PostingKind.Recovery, "recovery"), new(PostingKind.ForwardBalance, "forward-balance"),
        new(PostingKind.Interest, "interest"));
}
