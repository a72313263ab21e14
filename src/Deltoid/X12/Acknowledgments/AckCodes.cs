using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Acknowledgments;

/// <summary>
/// The code by which a finding is acknowledged (005010X231A1 and TA1): that of its kind, or of the element of the
/// envelope that is at fault. Sums, and what codes mean, are no matter of syntax: a 277CA reports them.
/// </summary>
static class AckCodes
{
    /// <summary>TA105 by the element of ISA that is at fault.</summary>
    static readonly string[] OfIsa =
    [
        "022", "010", "011", "012", "013", "005", "006", "007", "008", "014", "015", "016", "017", "018", "019", "020",
        "027",
    ];

    /// <summary>
    /// The level and code of a finding; no level when it is not a matter of acknowledgments, or no error.
    /// </summary>
    public static Ack Of(in Finding finding)
    {
        if (finding.Severity != Severity.Error) return default;
        if (finding.A is { Kind: ArgKind.Row, Extra: (byte)'E' }) return OfEnvelope(finding);
        var ack = finding.Info.Ack;
        return ack.Level is AckLevel.Segment or AckLevel.Element && !IsKnown(finding.B) ? Ack.Set("5") : ack;
    }

    /// <summary>
    /// IK301 takes ids of segments of the standard only (code source 77): another one cannot be named, so that its
    /// fault is the set's: one or more segments in error.
    /// </summary>
    static bool IsKnown(Arg segment) =>
        segment.Kind == ArgKind.Segment && GuideLibrary.Standard.Knows(unchecked((ulong)segment.Value)); // as packed

    /// <summary>
    /// An element of the envelope itself: of ISA and IEA a fault of the interchange, of GS and GE one of the group.
    /// </summary>
    static Ack OfEnvelope(in Finding finding)
    {
        var name = FindingText.Of(finding.B);
        if (name is "GS" or "GE") return Ack.Group(finding.Source.Element == (name == "GS" ? 6 : 2) ? "6" : "1");
        if (name == "IEA") return Ack.Interchange(finding.Source.Element == 2 ? "018" : "021");
        return Ack.Interchange(OfIsa[finding.Source.Element is > 0 and <= 16 ? finding.Source.Element : 0]);
    }
}
