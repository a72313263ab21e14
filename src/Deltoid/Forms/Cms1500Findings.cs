using Deltoid.Findings;

namespace Deltoid.Forms;

/// <summary>
/// What can be found when a claim is put on paper. Ids are frozen. The first argument is the box without its dot, the
/// second what it asks for, the third what it holds.
/// </summary>
internal static class Cms1500Findings
{
    static FindingInfo Error(string id, string name, string section, string message, FixInfo fix) =>
        new()
    {
        Id = id, Name = name, Severity = Severity.Error, Outcome = Outcome.Rejection, Maker = Maker.Form,
        Citation = new(Authority.Association, section, "https://www.nucc.org"),
        Message = message,
        Rules = "FE-CLAIM", Fix = fix,
    };

    static FixInfo Person(string text) => new(FixSafety.NeedsChart, text);

    const string Manual = "NUCC 1500 instruction manual for form 02/12";

    public static readonly FindingInfo Overflow = Error("FRM0001", "box-overflow", Manual + ", field specifications",
        "box {0} holds {2} characters and {1} are needed",
        Person("Shorten it, or send the claim electronically; a text is cut there, a number or an amount is left out"));

    public static readonly FindingInfo RequiredEmpty = Error("FRM0002", "box-required-empty", Manual,
        "box {0} must be filled and is empty", Person("Supply it"));

    public static readonly FindingInfo NotPrintable = Error("FRM0003", "character-not-printable",
        Manual + ", general instructions",
        "{1} characters of box {0} are not letters, digits or signs that the form takes",
        Person("Write it in plain letters")) with { Severity = Severity.Warning };

    public static readonly FindingInfo OneValueOnly = Error("FRM0004", "box-holds-one-value",
        Manual + ", items 17 and 23", "box {0} holds one value, and the claim has {1}; the first is printed",
        Person("Send the claim electronically, or divide it")) with { Severity = Severity.Warning };

    public static readonly FindingInfo SeveralForms = new()
    {
        Id = "FRM0005", Name = "several-forms", Severity = Severity.Info, Maker = Maker.Form,
        Citation = new(Authority.Association, Manual + ", item 24"),
        Message = "the claim takes {0} forms of six lines; each has its own total",
        Rules = "FE-CLAIM",
    };

    public static readonly FindingInfo Institutional = Error("FRM0006", "institutional-claim",
        "Pub. 100-04, ch. 25 and 26", "an institutional claim does not use this form",
        Person("Use the form of institutions (UB-04), or the 837I"));

    public static readonly FindingInfo NotStated = Error("FRM0010", "statement-missing",
        Manual + ", items 12, 13, 27 and 31",
        "box {0} is empty: the claim does not give statements.{1} ({2} of an 837)",
        Person("State it; a signature or an agreement is never assumed"));

    public static readonly FindingInfo NotOfTheForm = Error("FRM0011", "statement-not-on-form",
        Manual + ", items 12, 13, 27 and 31",
        "box {0} cannot show what the claim gives in statements.{1} ({2} of an 837)",
        Person("Correct it, or send the claim electronically"));

    public static readonly FindingInfo SignatureWithoutDate = Error("FRM0012", "signature-without-date",
        Manual + ", item 31; Pub. 100-04, ch. 26, §10.4",
        "box {0} has a signature and no date: the claim does not say when it was signed (statements.{1})",
        Person("State the day of the signature")) with { Severity = Severity.Warning };

    public static readonly FindingInfo OtherPlanNotStated = Error("FRM0013", "other-plan-not-stated",
        Manual + ", item 11d",
        "box {0} is empty: the claim does not say whether the patient has another health plan (statements.{1})",
        Person("State whether the patient has another health plan: true or false")) with
    {
        Severity = Severity.Warning
    };

    public static IReadOnlyList<FindingInfo> All { get; } = [Overflow, RequiredEmpty, NotPrintable, OneValueOnly,
        SeveralForms, Institutional,
        NotStated, NotOfTheForm, SignatureWithoutDate, OtherPlanNotStated];
}
