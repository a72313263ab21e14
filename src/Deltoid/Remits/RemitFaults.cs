using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;

namespace Deltoid.Remits;

/// <summary>
/// Errors that only a person who posts payments sees: they are of no single file, or of what the file is.
/// </summary>
internal static class RemitFaults
{
    static RemitFault Make(FindingInfo info, int segment, long inFile, string text, Money? off, string message) =>
        new(default(Finding) with { Severity = info.Severity }, info.Severity == Severity.Error, FaultLevel.Set,
            segment, inFile, 0, off) { OwnId = info.Id, OwnMessage = message, Text = text };

    /// <summary>A set of another kind is in the file.</summary>
    public static RemitFault NoRemittance(EnvelopePart part, long before) =>
        Make(RemitFindings.OtherSet, 1, before + 1, "", null,
            $"this set is a {part.Element(1)}; remit reads the 835, version 005010X221A1. Nothing of it is posted");

    /// <summary>The first segment of a name that has a text in it, among those of no claim.</summary>
    static (int Ordinal, string Text) Find(SurveyedSet set, string name, string having)
    {
        foreach (ref readonly var segment in set.Head.Segments)
            if (segment.Ordinal > 0 && set.Head.Text(segment.Text) is var text
                && text.StartsWith(name, StringComparison.Ordinal) && text.Contains(having, StringComparison.Ordinal))
                return (segment.Ordinal, text);
        return (0, "");
    }

    public static RemitFault Overlap(SurveyedSet set, string trace, bool isOfClaims)
    {
        var (at, text) = Find(set, "TRN", trace);
        return isOfClaims
            ? Make(RemitFindings.SameClaims, at, set.Before + at, text, null,
                $"payment {trace} came before with some of the same claims, and its amounts or its day were other ones. "
                    + "Ask the payer which one counts; post none of this one until then")
            : Make(RemitFindings.SameNumber, at, set.Before + at, text, null,
                $"payment {trace} came before with other claims. Make sure that the bank has both amounts");
    }

    /// <summary>One claim was paid before under another number; its text is read when it is shown.</summary>
    public static RemitFault PaidAgain(SurveyedSet set, SurveyedSet before, in PaymentMark mark) =>
        Make(RemitFindings.Again, mark.Segment, set.Before + mark.Segment, "", null,
            $"payment {TraceOf(before)} paid this claim before, with the same amounts and the same number of the "
                + "payer's. Make sure that it is not paid twice") with { Level = FaultLevel.Claim, At = mark.At };

    /// <summary>All claims of a payment were paid before under another number.</summary>
    public static RemitFault AllPaidAgain(SurveyedSet set, SurveyedSet before)
    {
        var (at, text) = Find(set, "TRN", set.Head.Text(RemittanceText.Trace));
        return Make(RemitFindings.Again, at, set.Before + at, text, null,
            $"payment {TraceOf(before)} paid all of these claims before, with the same amounts. If the payer sent the "
                + "money again in place of the first payment, post one of the two");
    }

    static string TraceOf(SurveyedSet set) =>
        set.Head.Text(RemittanceText.Trace) is { Length: > 0 } trace ? trace : "without a number";

    /// <param name="reference">What the provider's adjustment refers to, and the payment that is.</param>
    public static RemitFault Twice(SurveyedSet set, string reference, string trace, Money over)
    {
        var (at, text) = Find(set, "PLB", reference);
        return Make(RemitFindings.CarriedTwice, at, set.Before + at, text, over,
            $"the balance that payment {trace} carried over is taken again, or more is taken than it carried. Ask "
                + "the payer to pay it back");
    }
}
