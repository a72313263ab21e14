using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Status;

/// <summary>
/// The kinds of findings about a 277CA: whether its counts, amounts and statuses agree with each other. Arguments as in
/// <see cref="X12Findings"/>.
/// </summary>
internal static class ClaimStatusFindings
{
    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip = 1, Ack ack = default) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.CodeSet, section), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = ack,
    };

    const string Status = "005010X214";

    /// <summary>The sender of the file can correct it; its receiver cannot.</summary>
    const string Ask = "; if you did not write the file, ask its sender";

    public static readonly FindingInfo
        ChargeTotal = Error("X120150", "status-charge-total", Status + ", STC04",
            message: "STC04 says {1}; accepted {2} plus rejected {3} is {2+3}",
            fix: "Correct STC04, or the total (AMT) that is wrong" + Ask,
            snip: 3),
        ZeroTotal = Error("X120151", "status-zero-total", Status,
            message: "{1}{at} is 0; a total of 0 is not sent",
            fix: "Leave the whole {1} out"),
        ClaimCount = Error("X120152", "status-claim-count", Status + ", QTY",
            message: "{1}{at} ({0}{found|: …}) must be {3}: that many claims of this kind are here",
            fix: "Count the claims of this kind again" + Ask,
            snip: 3),
        ActionsDiffer = Error("X120153", "status-actions-differ", Status + ", STC03",
            message: "STC03 differs from the first STC here: all must say accepted (WQ), or all rejected (U)",
            fix: "Write the same STC03 in each STC" + Ask),
        ActionBarred = Error("X120154", "status-action", Status + ", STC03",
            message: "STC03 is WQ, but category {3} says that the claim could not be processed",
            fix: "Write U in STC03" + Ask),
        NumberForm = Error("X120155", "status-number-form", Status,
            message: "{1}{at}{found| (…)} is not an NPI: ten digits, of which the last checks the others",
            fix: "Write the NPI as it is registered"),
        ServiceForm = Error("X120156", "status-service-form", Status + ", SVC01",
            message: "{1}{at}{found| (…)} is not a code of list {3}: HC has five characters, NU three or four digits",
            fix: "Write the code as its list has it, or correct the list before it"),
        TaxForm = Error("X120312", "status-tax-number", Status,
            message: "{1}{at} is not a tax number: nine digits without a hyphen",
            fix: "Write the nine digits, or correct the kind of number before it"),
        UnitsNotPositive = Error("X120157", "status-units", Status + ", SVC07",
            message: "SVC07 says {3}; units must be more than 0",
            fix: "Correct the units"),
        CountMissing = Error("X120158", "status-count-missing", Status + ", QTY",
            message: "the count (QTY) of accepted or rejected claims is missing; {3} such claims are here",
            fix: "Add QTY with the count" + Ask,
            snip: 3);

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        ChargeTotal, ZeroTotal, ClaimCount, ActionsDiffer, ActionBarred,
        NumberForm, ServiceForm, UnitsNotPositive, TaxForm, CountMissing,
    ];
}
