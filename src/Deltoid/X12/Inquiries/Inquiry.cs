using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// A question to a payer, or what the payer answers: eligibility (270, 271), status of claims (276, 277). All that the
/// guide has is a field of <see cref="InquiryJson"/>, so a set is its segments, each with its row of the guide.
/// </summary>
internal sealed class Inquiry : Answer
{
    /// <summary>The guide that the rows of the segments are of; null before something was read.</summary>
    public Guide? Guide { get; set; }

    public override void Clear()
    {
        base.Clear();
        Guide = null;
    }

    /// <summary>A copy that owns its bytes.</summary>
    public Inquiry Detach() => (Inquiry)Copy();

    private protected override void OwnLists() { }

    private protected override void MoveTexts(Func<TextRange, TextRange> moved) { }
}
