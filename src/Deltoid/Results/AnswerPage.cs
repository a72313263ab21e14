using Deltoid.X12;

namespace Deltoid.Results;

/// <summary>What payers and clearinghouses answer, in sentences: the page for each of their sets. Claims have none.</summary>
public sealed class AnswerPage(TextPage page)
{
    readonly PaymentPage payments = new(page);
    readonly ClaimStatusPage statuses = new(page);
    readonly AcknowledgmentPage acknowledgments = new(page);

    /// <summary>A TA1.</summary>
    public void Write(EnvelopePart part) => acknowledgments.Write(part);

    /// <summary>A part of a set that has a guide.</summary>
    public void Write(byte[] bytes, Stretch stretch)
    {
        switch (stretch.Set.Guide!.Info.Name)
        {
            case "835": payments.Write(bytes, stretch); break;
            case "277CA": statuses.Write(bytes, stretch); break;
            case "999": acknowledgments.Write(bytes, stretch); break;
        }
    }
}
