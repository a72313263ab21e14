using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// The kinds of findings about a 277CA: whether its counts, amounts and statuses agree with each other. Arguments as in
/// <see cref="X12Findings"/>.
/// </summary>
public static class ClaimStatusFindings
{
    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip = 1, Ack ack = default) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.CodeSet, section), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = ack,
    };

    const string Status = "005010X214", Ask = "Ask the sender of the acknowledgment";

    public static readonly FindingInfo
        ChargeTotal = Error("X120150", "status-charge-total", Status + ", STC04",
            message: "charges accepted and rejected do not add up to all charges: {3} is left over",
            fix: Ask,
            snip: 3),
        ZeroTotal = Error("X120151", "status-zero-total", Status,
            message: "{1}{at} is 0, which is not sent",
            fix: "Leave it out"),
        FewerClaims = Error("X120152", "status-claim-count", Status + ", QTY",
            message: "fewer claims are counted than are here, {3}",
            fix: Ask,
            snip: 3),
        ActionsDiffer = Error("X120153", "status-actions-differ", Status + ", STC03",
            message: "one STC says accepted, but another says rejected",
            fix: Ask),
        ActionBarred = Error("X120154", "status-action", Status + ", STC03",
            message: "a claim that could not be processed (E1 to E4) must be rejected (U)",
            fix: Ask),
        NumberForm = Error("X120155", "status-number-form", Status,
            message: "{1}{at} does not have the form of its kind of number",
            fix: "Correct it"),
        ServiceForm = Error("X120156", "status-service-form", Status + ", SVC01",
            message: "{1}{at} does not have the form of its code list",
            fix: "Correct it"),
        UnitsNotPositive = Error("X120157", "status-units", Status + ", SVC07",
            message: "SVC07 is not more than 0",
            fix: "Correct it");

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        ChargeTotal, ZeroTotal, FewerClaims, ActionsDiffer, ActionBarred,
        NumberForm, ServiceForm, UnitsNotPositive,
    ];
}
