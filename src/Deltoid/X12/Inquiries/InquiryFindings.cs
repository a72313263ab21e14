using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// The kinds of findings about questions to payers and their answers (270, 271, 276, 277), beyond the rows of their
/// guides. Arguments as in <see cref="X12Findings"/>.
/// </summary>
public static class InquiryFindings
{
    const string Guides = "005010X279A1 and 005010X212; 45 CFR 162.1202 and 162.1402";

    static FindingInfo Error(string id, string name, string message, string fix) =>
        new(id, name, Severity.Error, Outcome.None, new(Authority.CodeSet, Guides), message, "FE-SET",
            new(FixSafety.DisplayOnly, fix));

    public static readonly FindingInfo
        NumberForm = Error("X120380", "inquiry-number-form",
            "{1}{at} ({0}) does not have the form that its kind of number has",
            "An NPI has ten digits with a check digit, a tax or social security number nine, a taxonomy code ten signs"),
        CodeForm = Error("X120381", "inquiry-code-form",
            "{1}{at} ({0}) does not have the form that codes of its list have",
            "A HCPCS code has five signs, a revenue code four digits, an NDC eleven, a place of service two"),
        Diagnosis = Error("X120382", "inquiry-diagnosis-pointer",
            "{1}{at} points to a diagnosis that the HI segment of the patient does not have",
            "Point to a diagnosis of HI, counted from 1"),
        Units = Error("X120383", "inquiry-units", "{1}{at} ({0}) is not more than 0", "Give the units billed");

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } = [NumberForm, CodeForm, Diagnosis, Units];
}
