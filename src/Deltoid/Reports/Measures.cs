using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>How a figure is made: what is counted, of what, by which day, and what is left out.</summary>
internal sealed record Measure(string Id, string Name, string Numerator, string Denominator, string Basis,
    string Exclusions)
{
    public string Formula => Denominator.Length == 0 ? Numerator : $"{Numerator} / {Denominator}";
}

/// <summary>The measures that files alone can give.</summary>
internal static class Measures
{
    const string Sent = "date of service", Paid = "date of payment";

    const string NoRepeats = "claims that replace or void another; claims given twice",
        FirstOnly = "later answers, reversals, second payers, answers that match no claim";

    public static readonly Measure
        Clean = new("clean-claim-rate", "Clean claims", "claims without an error", "claims sent", Sent, NoRepeats),
        Accepted = new("first-pass-acceptance", "Accepted at the first try", "claims accepted in their first 277CA",
            "claims that a 277CA names", "date of the 277CA", "claims without a clear status"),
        Resolved = new("first-pass-resolution", "Settled by the first answer",
            "claims of which no line was refused", "claims answered", Paid, FirstOnly),
        DeniedClaims = new("initial-denial-rate-claims", "Claims denied at first",
            "claims with a line that was denied", "claims answered", Paid, FirstOnly),
        DeniedDollars = new("initial-denial-rate-dollars", "Dollars refused at first", "dollars refused on lines",
            "dollars charged on answered lines", Paid, FirstOnly),
        DeniedLines = new("denial-rate", "Lines refused", "lines refused in full or in part", "lines answered", Paid,
            FirstOnly),
        Preventable = new("preventable-denials", "Refused lines that a finding had named",
            "refused lines whose reason a finding named", "lines refused", Paid, FirstOnly),
        AtStake = new("money-at-stake", "Money refused", "dollars refused on lines", "", Paid, FirstOnly),
        ChargeLag = new("lag-charge", "Days from service to claim", "median days from service to the claim's file", "",
            Sent, "claims whose file does not say its day"),
        PaymentLag = new("lag-payment", "Days from claim to payment",
            "median days from the claim's file to the payment", "", Paid, "claims whose file or payment does not say its day"),
        Collected = new("gross-collection-rate", "Paid of what was charged", "dollars paid",
            "dollars charged on answered claims", Paid, FirstOnly),
        Pairing = new("admin-drug-pairing", "Injections with their drug",
            "lines of an injection with a drug or vaccine on the same day", "lines of an injection", Sent, NoRepeats),
        NdcOnDrugs = new("ndc-compliance", "Drug lines with a readable NDC", "drug lines with an NDC that reads",
            "drug lines", Sent, NoRepeats),
        Modifier25 = new("modifier-25-rate", "Visits with 25 beside an injection",
            "office visits with modifier 25 and an injection on the same day",
            "office visits with an injection on the same day", Sent, NoRepeats),
        Waste = new("waste-rate", "Units thrown away", "units on lines with JW",
            "units on lines with JW or JZ, and on the lines of the same code beside a JW line", Sent, NoRepeats),
        UnitErrors = new("unit-error-rate", "Drug lines with a finding about units",
            "drug lines with a warning or error about units", "drug lines", Sent, NoRepeats);
}

/// <summary>One value of a measure: of all, or of those that have one thing in common.</summary>
/// <param name="By">What they have in common: payer, code, month, reason; empty of all.</param>
/// <param name="Count">How many of how many; of dollars and days only <c>Of</c> counts.</param>
/// <param name="Part">Of dollars: the numerator.</param>
/// <param name="Whole">Of a rate of dollars: the denominator.</param>
/// <param name="Days">Of days: the median.</param>
internal sealed record Figure(Measure Measure, string By, string Key, Share Count, Money? Part = null,
    Money? Whole = null, decimal? Days = null)
{
    public bool IsShown => Count.IsShown;

    /// <summary>The rate from 0 to 1, the days, or the dollars; null where it is not shown.</summary>
    public decimal? Value => !IsShown ? null
        : Days is { } days ? days
        : Part is not { } part ? Count.Rate
        : Whole is not { } whole ? part.Dollars
        : whole.Cents == 0 ? null
        : (decimal)part.Cents / whole.Cents;
}
