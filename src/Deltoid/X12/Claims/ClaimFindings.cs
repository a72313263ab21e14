using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// The kinds of findings about claims of which only a part can be read. Arguments as in <see cref="X12Findings"/>.
/// </summary>
internal static class ClaimFindings
{
    static FindingInfo Error(string id, string name, string message, string fix, Ack ack) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = new(Authority.Regulation, "45 CFR 162.1102; the implementation guide"), Message = message,
        Rules = "FE-SET", Fix = new(FixSafety.DisplayOnly, fix), Snip = 2, Ack = ack,
    };

    public static readonly FindingInfo
        NoLevel = Error("X120300", "claim-without-level",
            message: "no HL of a subscriber (22) or patient (23) comes before the "
                + "claim, so it is not known whose claim it is",
            fix: "Put the HL of the subscriber (22) or patient (23), with the segments of its level, before the claim",
            ack: Ack.Segment("2"));

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } = [NoLevel];
}
