using Deltoid.Findings;

namespace Deltoid.Remits;

/// <summary>
/// The kinds of what only a person who posts payments sees: payments that came before, balances that are carried over,
/// sets of another kind. Ids are frozen.
/// </summary>
internal static class RemitFindings
{
    static FindingInfo Make(string id, string name, Severity severity, string section, string message, string fix) =>
        new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = severity, Rules = "",
        Citation = new(Authority.Regulation, "45 CFR 162.1602; 005010X221A1" + section), Message = message,
        Fix = new(FixSafety.DisplayOnly, fix), Snip = 1,
    };

    public static readonly FindingInfo
        SameClaims = Make("RMT0002", "payment-paid-again", Severity.Error, ", 1.10.2.1",
            "a payment with this number came before with some of the same claims, and its amounts or its day were "
                + "other ones",
            "Ask the payer which one counts; post none of this one until then"),
        SameNumber = Make("RMT0001", "payment-number-again", Severity.Warning, "",
            "a payment with this number came before with other claims",
            "Make sure that the bank has both amounts"),
        CarriedTwice = Make("RMT0003", "balance-carried-twice", Severity.Warning, ", 1.10.2.12",
            "the balance that a payment carried over is taken again, or more is taken than it carried",
            "Ask the payer to pay it back"),
        OtherSet = Make("RMT0004", "set-not-remittance", Severity.Error, "",
            "this set is no remittance; remit posts the 835, version 005010X221A1",
            "Give remittances; 'deltoid read' says what other sets hold"),
        Again = Make("RMT0005", "claim-paid-again", Severity.Warning, "",
            "a payment with another number paid the same claims before, with the same amounts",
            "Make sure that they are not paid twice; of a payment that was sent again, post one");

    public static IReadOnlyList<FindingInfo> All { get; } = [SameNumber, SameClaims, CarriedTwice, OtherSet, Again];
}
