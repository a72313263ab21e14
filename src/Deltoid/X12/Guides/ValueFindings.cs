using Deltoid.Findings;

namespace Deltoid.X12.Guides;

/// <summary>Findings about single values of claims that answers of X12 (RFI) and payers' rules settled.</summary>
internal static class ValueFindings
{
    const string Guide = "45 CFR 162.1102; the implementation guide";

    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip, string ack) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = new(Authority.Regulation, section), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = Ack.Element(ack),
    };

    /// <summary>Minutes on a line that is not anesthesia.</summary>
    public static readonly FindingInfo MinutesNotTimed = Error("X120351", "minutes-not-of-anesthesia",
        Guide + ", SV103",
        message: "{1}{at} ({0}) is MJ (minutes), but the code is not an anesthesia service (00100 to 01999)",
        fix: "Write UN and count units, or correct the code", snip: 4, ack: "I6");

    /// <summary>The Medicare number of another insured.</summary>
    public static readonly FindingInfo OtherMedicareId = Error(
        "X120352", "other-medicare-id", "Pub. 100-04, ch. 1, §80.3.2; CMS, Understanding the MBI format",
        message: "{1}{at} ({0}) does not have the form of a Medicare number "
            + "(MBI): 11 letters and digits, without hyphens",
        fix: "Copy the 11 characters from the Medicare card",
        snip: 4, ack: "I12");

    public static FindingInfo[] All { get; } = [MinutesNotTimed, OtherMedicareId];
}
