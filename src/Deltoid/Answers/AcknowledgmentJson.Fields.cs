using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Answers;

/// <summary>
/// The fields of acknowledgments (999, TA1): the readers know these names and no others; the schema is written from
/// these rows.
/// </summary>
internal static partial class AcknowledgmentJson
{
    static readonly T Verdict = T.Like("^[A-Z]$");

    static readonly FieldNames InterchangeFields = new(
        new JsonField("control", T.Text, "Number of the interchange (ISA13)."),
        new JsonField("day", T.Text, "Its day as ISA09 has it: YYMMDD."),
        new JsonField("time", T.Text, "Its time as ISA10 has it: HHMM."),
        new JsonField("verdict", Verdict, "A accepted, E accepted with errors, R rejected (TA104)."),
        new JsonField("fault", T.Text, "The error (TA105); 000 none.", "\"006\""));

    static readonly FieldNames UnitFields = new(
        new JsonField("kind", T.Text, "What the number is: CLM01, TRN02."),
        new JsonField("number", T.Text, "The number of the claim or payment."));

    static readonly FieldNames TriggerFields = new(
        new JsonField("segment", T.Text, "The segment."),
        new JsonField("ordinal", T.Whole, "Its place in the set, ST is 1."),
        new JsonField("loop", T.Text, "Its loop."),
        new JsonField("element", T.Whole, "The element, from 1."),
        new JsonField("component", T.Whole, "The component, from 1."),
        new JsonField("repeat", T.Whole, "The repetition, from 1."));

    static readonly FieldNames RejectionFields = new(
        new JsonField("segment", T.Text, "The segment (IK301)."),
        new JsonField("ordinal", T.Whole, "Its place in the set, ST is 1 (IK302)."),
        new JsonField("loop", T.Text, "Its loop (IK303)."),
        new JsonField("fault", T.Text, "What is wrong with the segment (IK304); 8: an element is.", "\"8\""),
        new JsonField("element", T.Whole, "The element, from 1 (IK401)."),
        new JsonField("component", T.Whole, "The component, from 1."),
        new JsonField("repeat", T.Whole, "The repetition, from 1."),
        new JsonField("reference", T.Text, "The number of the data element (IK402)."),
        new JsonField("elementFault", T.Text, "What is wrong with the element (IK403).", "\"1\""),
        new JsonField("value", T.Text, "The wrong value (IK404). It may be a patient's."),
        new JsonField("unit", T.Object("unit", UnitFields), "The claim or payment that the segment is of (CTX)."),
        new JsonField("trigger", T.Object("trigger", TriggerFields), "What asked for the segment or element (CTX)."),
        new JsonField("ofElement", T.Flag, "An element is wrong, and which one is not said."),
        new JsonField("sameSegment", T.Flag, "It is of the same segment as the error before it."));

    static readonly FieldNames SetFields = new(
        new JsonField("kind", T.Text, "The set (AK201): 837.", "\"837\""),
        new JsonField("control", T.Text, "Its number (AK202)."),
        new JsonField("guide", T.Text, "Its guide (AK203)."),
        new JsonField("verdict", Verdict, "A accepted, E accepted with errors, R rejected (IK501)."),
        new JsonField("faults", T.ListOf(T.Text), "Errors of the set (IK502), at most five.", "", "none"),
        new JsonField("rejections", T.ListOf(T.Object("rejection", RejectionFields)), "Errors in its segments.", "",
            "none"));

    static readonly FieldNames AcknowledgmentFields = new(
        new JsonField("control", T.Text, "Number of the 999 (ST02)."),
        new JsonField("functional", T.Text, "Kind of the group (AK101): HC claims."),
        new JsonField("groupControl", T.Text, "Number of the group (AK102)."),
        new JsonField("groupGuide", T.Text, "Guide of the group (AK103)."),
        new JsonField("verdict", Verdict, "A accepted, E with errors, P in part, R rejected (AK901)."),
        new JsonField("announced", T.Whole, "Sets that the group announced (AK902)."),
        new JsonField("received", T.Whole, "Sets that were received (AK903)."),
        new JsonField("accepted", T.Whole, "Sets that were accepted (AK904)."),
        new JsonField("faults", T.ListOf(T.Text), "Errors of the group (AK905), at most five.", "", "none"),
        new JsonField("sets", T.ListOf(T.Object("setVerdict", SetFields)), "Its sets.", "", "none"),
        new JsonField("separators", T.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of other, where they are not the usual ones.", "",
            "*:^~"),
        new JsonField("other", T.ListOf(T.Text), "The segments, as they came.", "", "none"));

    /// <summary>One 999, and one TA1.</summary>
    internal static readonly T GroupType = T.Object("groupAcknowledgment", AcknowledgmentFields),
        InterchangeType = T.Object("interchange", InterchangeFields);

    static readonly FieldNames OutputFields = new(
        new JsonField("acknowledgment", GroupType, "One 999.", "", "it is a TA1"),
        new JsonField("interchangeAcknowledgment", InterchangeType, "One TA1.", "", "it is a 999"))
        { IsReadBack = false };

    /// <summary>What <c>read</c> writes of a 999 or a TA1.</summary>
    internal static readonly T OutputType = T.Object("acknowledgment", OutputFields);
}
