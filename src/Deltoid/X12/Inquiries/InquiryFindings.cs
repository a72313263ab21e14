using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// The kinds of findings about questions to payers and their answers (270, 271, 276, 277), beyond the rows of their
/// guides. Arguments as in <see cref="X12Findings"/>.
/// </summary>
internal static class InquiryFindings
{
    const string Guides = "005010X279A1 and 005010X212; 45 CFR 162.1202 and 162.1402";

    static FindingInfo Error(string id, string name, string message, string fix, string ack) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.CodeSet, Guides), Message = message, Rules = "FE-SET",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = 2, Ack = Ack.Element(ack),
    };

    public static readonly FindingInfo
        NumberForm = Error("X120380", "inquiry-number-form",
            message: "{1}{at} ({0}) does not have the form of its kind of number",
            fix: "An NPI has ten digits, the last a check digit; a tax or social "
                + "security number nine; a taxonomy code ten characters",
            ack: "I12"),
        CodeForm = Error("X120381", "inquiry-code-form",
            message: "{1}{at} ({0}) does not have the form of the codes in its list",
            fix: "A HCPCS code has five characters, a revenue code four digits, an NDC eleven, a place of service two",
            ack: "I12"),
        Diagnosis = Error("X120382", "inquiry-diagnosis-pointer",
            message: "{1}{at} points to a diagnosis that is not in the patient's HI segment",
            fix: "Point to a diagnosis of HI, counted from 1",
            ack: "7"),
        Units = Error("X120383", "inquiry-units",
            message: "{1}{at} ({0}) must be more than 0",
            fix: "Write the units billed",
            ack: "I12");

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } = [NumberForm, CodeForm, Diagnosis, Units];
}
