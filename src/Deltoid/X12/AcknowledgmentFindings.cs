using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>The kinds of findings about acknowledgments: whether their verdicts agree with what they say of sets and claims. Arguments as in <see cref="X12Findings"/>.</summary>
public static class AcknowledgmentFindings
{
    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip = 1, Ack ack = default) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.CodeSet, section), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = ack,
    };

    const string Group = "005010X231A1", Interchange = "ASC X12.5, 005010, TA1", Ask = "Ask the sender of the acknowledgment";

    /// <summary>999 and TA1.</summary>
    public static readonly FindingInfo
        AcceptedCount = Error("X120130", "accepted-count", Group + ", AK904",
            message: "AK904 is not the number of sets whose verdict is A or E, {3}",
            fix: Ask,
            snip: 3),
        AcceptedRange = Error("X120131", "accepted-more-than-received", Group + ", AK904",
            message: "more sets are accepted than were received",
            fix: Ask),
        GroupVerdict = Error("X120132", "group-verdict", Group + ", AK901",
            message: "the verdict on the group does not agree with the sets accepted",
            fix: Ask),
        VerdictMissing = Error("X120133", "set-verdict-missing", Group + ", 2000",
            message: "{3} sets have a verdict, but AK903 gives another number",
            fix: Ask),
        ReceivedDiffers = Error("X120134", "sets-received-differ", Group + ", AK905",
            message: "the group announced another number of sets than were received, and no error of the group (5) says so",
            fix: Ask,
            snip: 3),
        SetFault = Error("X120135", "set-fault-missing", Group + ", IK502",
            message: "segments of the set have errors, and no error of the set (5 or I5) says so",
            fix: Ask),
        FaultRepeated = Error("X120136", "fault-repeated", Group,
            message: "{1}{at} repeats an error",
            fix: "Leave it out"),
        SegmentOrder = Error("X120137", "segment-faults-order", Group + ", IK302",
            message: "segments with errors are not reported in the order of the set",
            fix: Ask),
        ValueSent = Error("X120138", "value-not-sent", Group + ", IK404",
            message: "a value is reported for an element that has none",
            fix: "Leave it out"),
        OfAcknowledgment = Error("X120139", "acknowledgment-acknowledged", Group + ", AK101",
            message: "a group of acknowledgments is not acknowledged",
            fix: Ask),
        InterchangeVerdict = Error("X120140", "interchange-verdict", Interchange,
            message: "TA105 must be 000 when the interchange is accepted, and only then",
            fix: Ask);

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        AcceptedCount, AcceptedRange, GroupVerdict, VerdictMissing, ReceivedDiffers, SetFault, FaultRepeated,
        SegmentOrder, ValueSent, OfAcknowledgment, InterchangeVerdict,
    ];
}
