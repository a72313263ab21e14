using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Acknowledgments;

/// <summary>
/// The kinds of findings about acknowledgments: whether their verdicts agree with what they say of sets and claims.
/// Arguments as in <see cref="X12Findings"/>.
/// </summary>
internal static class AcknowledgmentFindings
{
    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip = 1, Ack ack = default) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.CodeSet, section), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = ack,
    };

    const string Group = "005010X231A1", Interchange = "ASC X12.5, 005010, TA1";

    /// <summary>The sender of the file can correct it; its receiver cannot.</summary>
    const string Ask = "; if you did not write the file, ask its sender";

    /// <summary>999 and TA1.</summary>
    public static readonly FindingInfo
        AcceptedCount = Error("X120130", "accepted-count", Group + ", AK904",
            message: "AK904 must be {3}{found|, not …}: the number of sets with verdict A or E",
            fix: "Write {3} in AK904, or correct a verdict" + Ask,
            snip: 3),
        AcceptedRange = Error("X120131", "accepted-more-than-received", Group + ", AK904",
            message: "AK904 (accepted{found|: …}) is more than AK903 (received), which is {3}",
            fix: "Correct AK904 or AK903" + Ask),
        GroupVerdict = Error("X120132", "group-verdict", Group + ", AK901",
            message: "AK901 must be {3}{found|, not …}: A is all accepted without errors, E all accepted, P some, R none",
            fix: "Write {3} in AK901, or correct the counts" + Ask),
        VerdictMissing = Error("X120133", "set-verdict-missing", Group + ", 2000",
            message: "AK903 (received{found|: …}) must be {3}, the number of sets with a verdict",
            fix: "Correct AK903, or add the verdicts that are missing" + Ask),
        ReceivedDiffers = Error("X120134", "sets-received-differ", Group + ", AK905",
            message: "AK902 says {3} sets and AK903 another number, but no group error (AK905) is 5",
            fix: "Write 5 in AK905, or correct the counts" + Ask,
            snip: 3),
        SetFault = Error("X120135", "set-fault-missing", Group + ", IK502",
            message: "IK3 reports segment errors, but no set error (IK502) is 5 or I5",
            fix: "Write 5 or I5 in IK502" + Ask),
        FaultRepeated = Error("X120136", "fault-repeated", Group,
            message: "{1}{at} says {3} again",
            fix: "Leave {1}{at} out"),
        SegmentOrder = Error("X120137", "segment-faults-order", Group + ", IK302",
            message: "IK302 is below {3}, the segment that was reported before; errors are reported in the order of "
                + "the set",
            fix: "Put the segments in the order of the set" + Ask),
        ValueSent = Error("X120138", "value-not-sent", Group + ", IK404",
            message: "IK404 has a value, but IK403 says that the element is missing",
            fix: "Leave IK404 empty"),
        OfAcknowledgment = Error("X120139", "acknowledgment-acknowledged", Group + ", AK101",
            message: "AK101 is FA: a 999 does not answer a 999",
            fix: "Send no 999 about a 999"),
        InterchangeVerdict = Error("X120140", "interchange-verdict", Interchange,
            message: "TA105{found| (…)} must be 000 when TA104 is A, and an error when it is not",
            fix: "Correct TA104 or TA105" + Ask);

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        AcceptedCount, AcceptedRange, GroupVerdict, VerdictMissing, ReceivedDiffers, SetFault, FaultRepeated,
        SegmentOrder, ValueSent, OfAcknowledgment, InterchangeVerdict,
    ];
}
