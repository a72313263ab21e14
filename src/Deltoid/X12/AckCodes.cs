using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>Where a fault stands in the acknowledgment: on the interchange (TA105), the group (AK905), the set (IK502), a segment (IK304), an element (IK403).</summary>
enum AckLevel : byte { None, Interchange, Group, Set, Segment, Element }

/// <summary>
/// The code by which each kind of finding is acknowledged (005010X231A1 and TA1). Sums, and what codes mean, are no matter of syntax:
/// they have no code here and are answered by a 277CA.
/// </summary>
static class AckCodes
{
    static readonly Dictionary<FindingInfo, (AckLevel Level, string Code)> Codes = new()
    {
        [X12Findings.IsaMalformed] = (AckLevel.Interchange, "022"), [X12Findings.SeparatorsClash] = (AckLevel.Interchange, "026"), [X12Findings.NoIea] = (AckLevel.Interchange, "023"),
        [X12Findings.InterchangeControl] = (AckLevel.Interchange, "001"),
        [X12Findings.GroupCount] = (AckLevel.Interchange, "021"),
        [X12Findings.InterchangeAgain] = (AckLevel.Interchange, "025"),
        [X12Findings.OutsideGroup] = (AckLevel.Interchange, "024"),
        [X12Findings.PastLimit] = (AckLevel.Interchange, "022"),

        [X12Findings.UnknownGroup] = (AckLevel.Group, "1"), [X12Findings.GroupVersion] = (AckLevel.Group, "2"), [X12Findings.NoGe] = (AckLevel.Group, "3"), [X12Findings.GroupControl] = (AckLevel.Group, "4"),
        [X12Findings.SetCount] = (AckLevel.Group, "5"), [X12Findings.GroupAgain] = (AckLevel.Group, "19"),

        [X12Findings.NotSupported] = (AckLevel.Set, "1"), [X12Findings.NoSe] = (AckLevel.Set, "2"),
        [X12Findings.SetControl] = (AckLevel.Set, "3"), [X12Findings.SegmentCount] = (AckLevel.Set, "4"),
        [X12Findings.SetAgain] = (AckLevel.Set, "23"),

        [X12Findings.UnknownSegment] = (AckLevel.Segment, "1"), [X12Findings.BadSegmentName] = (AckLevel.Segment, "1"),
        [X12Findings.UnexpectedSegment] = (AckLevel.Segment, "2"),
        [X12Findings.SegmentMissing] = (AckLevel.Segment, "3"),
        [X12Findings.TooManyLoops] = (AckLevel.Segment, "4"), [X12Findings.TooManySegments] = (AckLevel.Segment, "5"),
        [X12Findings.SegmentNotInSet] = (AckLevel.Segment, "6"), [X12Findings.OutOfSequence] = (AckLevel.Segment, "7"),
        [X12Findings.EmptySegment] = (AckLevel.Segment, "8"), [X12Findings.SegmentCut] = (AckLevel.Segment, "8"), [X12Findings.SegmentAsked] = (AckLevel.Segment, "I6"), [X12Findings.LoopAsked] = (AckLevel.Segment, "I6"),
        [X12Findings.LoopMissing] = (AckLevel.Segment, "I7"), [X12Findings.SegmentBarred] = (AckLevel.Segment, "I9"),

        [X12Findings.ElementMissing] = (AckLevel.Element, "1"), [X12Findings.PairMissing] = (AckLevel.Element, "2"),
        [X12Findings.TooManyElements] = (AckLevel.Element, "3"), [X12Findings.TooShort] = (AckLevel.Element, "4"),
        [X12Findings.TooLong] = (AckLevel.Element, "5"),
        [X12Findings.BadCharacter] = (AckLevel.Element, "6"), [X12Findings.NotANumber] = (AckLevel.Element, "6"),
        [X12Findings.BadCode] = (AckLevel.Element, "7"), [X12Findings.LevelNumber] = (AckLevel.Element, "7"),
        [X12Findings.LevelParent] = (AckLevel.Element, "7"),
        [X12Findings.LineNumber] = (AckLevel.Element, "7"), [X12Findings.NoSuchDiagnosis] = (AckLevel.Element, "7"),
        [X12Findings.BadDate] = (AckLevel.Element, "8"), [X12Findings.BadTime] = (AckLevel.Element, "9"),
        [X12Findings.Excludes] = (AckLevel.Element, "10"),
        [X12Findings.TooPrecise] = (AckLevel.Element, "6"), [X12Findings.Gap] = (AckLevel.Element, "2"), [X12Findings.SaidTwice] = (AckLevel.Element, "7"),
        [X12Findings.TooManyRepeats] = (AckLevel.Element, "12"),
        [X12Findings.TooManyComponents] = (AckLevel.Element, "13"), [X12Findings.CodeBarred] = (AckLevel.Element, "I6"),
        [X12Findings.ElementAsked] = (AckLevel.Element, "I9"), [X12Findings.ElementNotUsed] = (AckLevel.Element, "I10"),
        [X12Findings.BadPattern] = (AckLevel.Element, "I12"), [X12Findings.ElementBarred] = (AckLevel.Element, "I13"),
    };

    /// <summary>TA105 by the element of ISA that is at fault.</summary>
    static readonly string[] OfIsa = ["022", "010", "011", "012", "013", "005", "006", "007", "008", "014", "015", "016", "017", "018", "019", "020", "027"];

    /// <summary>The level and code of a finding; no level when it is not a matter of acknowledgments, or no error.</summary>
    public static (AckLevel Level, string Code) Of(in Finding finding)
    {
        if (finding.Severity != Severity.Error) return default;
        if (finding.A is { Kind: ArgKind.Row, Extra: (byte)'E' }) return OfEnvelope(finding);
        return Codes.GetValueOrDefault(finding.Info);
    }

    /// <summary>An element of the envelope itself: of ISA and IEA a fault of the interchange, of GS and GE one of the group.</summary>
    static (AckLevel, string) OfEnvelope(in Finding finding)
    {
        var name = FindingText.Of(finding.B);
        if (name is "GS" or "GE") return (AckLevel.Group, finding.Source.Element == (name == "GS" ? 6 : 2) ? "6" : "1");
        return (AckLevel.Interchange, name == "IEA" ? finding.Source.Element == 2 ? "018" : "021" : OfIsa[finding.Source.Element is > 0 and <= 16 ? finding.Source.Element : 0]);
    }
}
