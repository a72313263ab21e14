namespace Deltoid.Findings;

/// <summary>
/// The part of an acknowledgment in which a finding is reported: the interchange (TA105), the group (AK905), the
/// transaction set (IK502), a segment (IK304) or an element (IK403).
/// </summary>
internal enum AckLevel : byte { None, Interchange, Group, Set, Segment, Element }

/// <summary>
/// How an acknowledgment reports a kind of finding: the level and the code there (005010X231A1 and TA1). The default,
/// without a code: not at all, since a 999 reports no sums and no meanings of codes.
/// </summary>
internal readonly record struct Ack(AckLevel Level, string Code)
{
    public static Ack Interchange(string code) => new(AckLevel.Interchange, code);

    public static Ack Group(string code) => new(AckLevel.Group, code);

    public static Ack Set(string code) => new(AckLevel.Set, code);

    public static Ack Segment(string code) => new(AckLevel.Segment, code);

    public static Ack Element(string code) => new(AckLevel.Element, code);
}
