using Deltoid.Findings;

namespace Deltoid.Forms;

/// <summary>What can be found when a claim is put on paper. Ids are frozen. The first argument is the box without its dot, the second what it asks for, the third what it holds.</summary>
public static class Cms1500Findings
{
    static FindingInfo Error(string id, string name, string section, string message, FixInfo fix) =>
        new(id, name, Severity.Error, Outcome.Rejection, new(Authority.Association, section, "https://www.nucc.org"), message, "FE-CLAIM", fix)
        { Maker = Maker.Form };

    static FixInfo Person(string text) => new(FixSafety.NeedsChart, text);

    const string Manual = "NUCC 1500 instruction manual for form 02/12";

    public static readonly FindingInfo
        Overflow = Error("FRM0001", "box-overflow", Manual + ", field specifications", "box {0} holds {2} characters and {1} are needed", Person("Shorten it, or send the claim electronically; a text is cut there, a number or an amount is left out")),
        RequiredEmpty = Error("FRM0002", "box-required-empty", Manual, "box {0} must be filled and is empty", Person("Supply it")),
        NotPrintable = Error("FRM0003", "character-not-printable", Manual + ", general instructions", "{1} characters of box {0} are not letters, digits or signs that the form takes", Person("Write it in plain letters")) with { Severity = Severity.Warning },
        OneValueOnly = Error("FRM0004", "box-holds-one-value", Manual + ", items 17 and 23", "box {0} holds one value, and the claim has {1}; the first is printed", Person("Send the claim electronically, or divide it")) with { Severity = Severity.Warning },
        SeveralForms = new("FRM0005", "several-forms", Severity.Info, Outcome.None, new(Authority.Association, Manual + ", item 24"), "the claim takes {0} forms of six lines; each has its own total", "FE-CLAIM") { Maker = Maker.Form },
        Institutional = Error("FRM0006", "institutional-claim", "Pub. 100-04, ch. 25 and 26", "an institutional claim does not use this form", Person("Use the form of institutions (UB-04), or the 837I")),
        NotStated = Error("FRM0010", "statement-missing", Manual + ", items 12, 13, 27 and 31",
            "box {0} is empty: the claim does not give statements.{1} ({2} of an 837)", Person("State it; a signature or an agreement is never assumed")),
        NotOfTheForm = Error("FRM0011", "statement-not-on-form", Manual + ", items 12, 13, 27 and 31",
            "box {0} cannot show what the claim gives in statements.{1} ({2} of an 837)", Person("Correct it, or send the claim electronically")),
        SignatureWithoutDate = Error("FRM0012", "signature-without-date", Manual + ", item 31; Pub. 100-04, ch. 26, §10.4",
            "box {0} has a signature and no date: the claim does not give statements.{1}", Person("State the day of the signature")) with { Severity = Severity.Warning },
        OtherPlanNotStated = Error("FRM0013", "other-plan-not-stated", Manual + ", item 11d",
            "box {0} is empty: the claim does not give statements.{1}", Person("State whether the patient has another health plan: true or false")) with { Severity = Severity.Warning };

    public static IReadOnlyList<FindingInfo> All { get; } = [Overflow, RequiredEmpty, NotPrintable, OneValueOnly,
        SeveralForms, Institutional,
        NotStated, NotOfTheForm, SignatureWithoutDate, OtherPlanNotStated];
}
