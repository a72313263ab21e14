using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;
using Deltoid.X12.Status;

namespace Deltoid.Results;

/// <summary>Says in sentences what sets of one kind hold, part by part in the order of the file.</summary>
internal abstract class SetPage
{
    static readonly (TransactionSet Set, Func<TextPage, SetPage> New)[] All =
    [
        (RemittanceSet.Set, static page => new PaymentPage(page)),
        (ClaimStatusSet.Set, static page => new ClaimStatusPage(page)),
        (AcknowledgmentSet.Set, static page => new AcknowledgmentPage(page)),
        (InquirySets.EligibilityInquiry, static page => new EligibilityPage(page)),
        (InquirySets.EligibilityAnswer, static page => new EligibilityPage(page)),
        (InquirySets.StatusInquiry, static page => new StatusAnswerPage(page)),
        (InquirySets.StatusAnswer, static page => new StatusAnswerPage(page)),
    ];

    /// <summary>The sentences are written with the last part of a set, since they are about all of it.</summary>
    public virtual bool IsWrittenLast => false;

    /// <summary>Writes a part of a set.</summary>
    public abstract void Write(byte[] bytes, SetPart setPart);

    /// <summary>One worker's pages of all kinds of sets that have one.</summary>
    public sealed class Pages(TextPage page)
    {
        readonly Dictionary<TransactionSet, SetPage?> made = [];

        /// <summary>The page of a set; null where there are no sentences for it.</summary>
        public SetPage? Of(TransactionSet set)
        {
            if (!made.TryGetValue(set, out var own))
                made[set] = own = Array.Find(All, one => one.Set == set).New?.Invoke(page);
            return own;
        }

        /// <summary>A TA1, which is in no set.</summary>
        public void Write(EnvelopePart part) => ((AcknowledgmentPage)Of(AcknowledgmentSet.Set)!).Write(part);
    }
}
