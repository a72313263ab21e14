using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>Which part of the work a figure is about: the order of a report.</summary>
internal enum Area : byte { Claims, Answers, Money, Drugs }

/// <summary>What the numbers of a measure are: a share of things, a share of dollars, dollars, days.</summary>
internal enum Unit : byte { Count, DollarShare, Dollars, Days }

/// <summary>How a figure is made: what is counted, of what, by which day, and what is left out.</summary>
internal sealed record Measure(Area Area, string Id, string Name, string Numerator, string Denominator, string Basis,
    string Exclusions, Unit Unit = Unit.Count)
{
    public string Formula => Denominator.Length == 0 ? Numerator : $"{Numerator} / {Denominator}";
}

/// <summary>The measures that files alone can give, in the order of a report.</summary>
internal static class Measures
{
    const string Sent = "date of service", Paid = "date of payment", Status = "date of the 277CA",
        Until = "the last day of the files, or --as-of";

    const string NoRepeats = "claims that replace or void another; claims given twice",
        FirstOnly = "later answers, reversals, second payers, answers that match no claim",
        NoStatus = "claims without a clear status; later statuses of a claim",
        OpenOnly = "what patients owe; claims that are not in the files";

    public static readonly Measure
        Clean = new(Area.Claims, "clean-claim-rate", "Clean claims", "claims without an error", "claims sent", Sent,
            NoRepeats),
        ChargeLag = new(Area.Claims, "lag-charge", "Days from service to claim",
            "median days from service to the claim's file", "", Sent, "claims whose file does not say its day",
            Unit.Days),
        SetsAccepted = new(Area.Claims, "file-acceptance-999", "Sets accepted by the 999",
            "sets of claims that a 999 accepts", "sets of claims that a 999 names", "the 999 as given",
            "sets of other kinds"),
        SetsRefused = new(Area.Claims, "file-rejection-999", "Sets refused by the 999",
            "sets of claims that a 999 refuses", "sets of claims that a 999 names", "the 999 as given",
            "sets of other kinds"),
        Accepted = new(Area.Claims, "first-pass-acceptance", "Accepted at the first try",
            "claims accepted in their first 277CA", "claims that a 277CA names", Status, NoStatus),
        Rejected = new(Area.Claims, "first-pass-rejection", "Sent back at the first try",
            "claims rejected in their first 277CA", "claims that a 277CA names", Status, NoStatus),
        Pairing = new(Area.Claims, "admin-drug-pairing", "Injections with their drug",
            "lines of an injection with a drug or vaccine on the same day", "lines of an injection", Sent, NoRepeats),
        Modifier25 = new(Area.Claims, "modifier-25-rate", "Visits with 25 beside an injection",
            "office visits with modifier 25 and an injection on the same day",
            "office visits with an injection on the same day", Sent, NoRepeats),
        Resolved = new(Area.Answers, "first-pass-resolution", "Settled by the first answer",
            "claims of which no line was refused", "claims answered", Paid, FirstOnly),
        DeniedClaims = new(Area.Answers, "initial-denial-rate-claims", "Claims denied at first",
            "claims with a line that was denied", "claims answered", Paid, FirstOnly),
        DeniedDollars = new(Area.Answers, "initial-denial-rate-dollars", "Dollars refused at first",
            "dollars refused on lines", "dollars charged on answered lines", Paid, FirstOnly, Unit.DollarShare),
        DeniedLines = new(Area.Answers, "denial-rate", "Lines refused", "lines refused in full or in part",
            "lines answered", Paid, FirstOnly),
        AtStake = new(Area.Answers, "money-at-stake", "Money refused", "dollars refused on lines", "", Paid, FirstOnly,
            Unit.Dollars),
        Caused = new(Area.Answers, "denials-by-cause", "Claims refused, by cause",
            "claims whose last answer refuses them for this cause",
            "claims answered", "date of the last payment",
            "second payers, answers that match no claim; charts and facts of the record, which 'remit' takes"),
        Preventable = new(Area.Answers, "preventable-denials", "Refused lines that a finding had named",
            "refused lines whose reason a finding named", "lines refused", Paid, FirstOnly),
        Overturned = new(Area.Answers, "denial-overturn-rate", "Refusals that a later answer paid",
            "refused claims of which the last answer refuses less", "refused claims with a later answer", Paid,
            "refused claims without a later answer; second payers"),
        PaymentLag = new(Area.Answers, "lag-payment", "Days from claim to payment",
            "median days from the claim's file to the payment", "", Paid,
            "claims whose file or payment does not say its day", Unit.Days),
        Collected = new(Area.Money, "gross-collection-rate", "Paid of what was charged", "dollars paid",
            "dollars charged on answered claims", Paid, FirstOnly, Unit.DollarShare),
        NetCollected = new(Area.Money, "net-collection-rate", "Paid of what payers owe", "dollars paid on lines",
            "dollars charged on answered lines less the payer's reductions and the patient's share", Paid,
            FirstOnly + "; what patients paid", Unit.DollarShare),
        DaysOpen = new(Area.Money, "days-in-ar", "Days in receivables",
            "dollars charged and open",
            "dollars charged in the last 90 days, by day (by the days that the files hold, if fewer)", Until,
            OpenOnly + "; reductions of claims without an answer, which no file says", Unit.Days),
        OldOpen = new(Area.Money, "ar-over-90", "Open for more than 90 days",
            "dollars open for more than 90 days since the service", "dollars charged and open", Until, OpenOnly,
            Unit.DollarShare),
        FilingRisk = new(Area.Money, "timely-filing-risk", "Near the filing limit",
            "dollars of claims to send again with fewer than 30 days to the filing limit",
            "dollars of claims to send again whose limit is known", Until,
            "claims of payers whose limit no row says; claims past their limit", Unit.DollarShare),
        JwJz = new(Area.Drugs, "jw-jz-compliance", "JW or JZ on single-dose drugs",
            "lines of single-dose packages with JW or JZ, or beside a JW line",
            "drug lines of single-dose packages for payers that ask for JW and JZ (Medicare)", Sent,
            NoRepeats + "; packages whose kind of container the book does not have"),
        WasteStated = new(Area.Drugs, "jw-jz-stated", "Drug lines that state JW or JZ",
            "drug lines with JW or JZ, or beside a JW line, for payers that ask for both (Medicare)",
            "the same, and the lines that a finding asks for JW or JZ (DRG0132)", Sent,
            NoRepeats + "; packages that the book has as multiple-dose"),
        NdcOnDrugs = new(Area.Drugs, "ndc-compliance", "Drug lines with a readable NDC",
            "drug lines with an NDC that reads", "drug lines", Sent, NoRepeats),
        UnitErrors = new(Area.Drugs, "unit-error-rate", "Drug lines with a finding about units",
            "drug lines with a warning or error about units", "drug lines", Sent, NoRepeats),
        Waste = new(Area.Drugs, "waste-rate", "Units thrown away", "units on lines with JW",
            "units on lines with JW or JZ, and on the lines of the same code beside a JW line", Sent, NoRepeats),
        WasteDollars = new(Area.Drugs, "waste-dollars", "Charged for units thrown away",
            "dollars charged on lines with JW", "", Sent, NoRepeats, Unit.Dollars),
        CostKnown = new(Area.Drugs, "drug-cost-known", "Drug lines with a known cost",
            "answered drug lines whose package, day and quantity have a cost", "answered drug lines", Paid, FirstOnly),
        Margin = new(Area.Drugs, "drug-margin", "Drug margin from payers",
            "dollars paid on drug lines less what the drug cost, with what was thrown away", "", Paid,
            FirstOnly + "; lines without a known cost; the patient's share", Unit.Dollars),
        MarginWithShare = new(Area.Drugs, "drug-margin-with-share", "Drug margin if patients pay their share",
            "dollars paid and patient's share on drug lines less what the drug cost, with what was thrown away", "",
            Paid, FirstOnly + "; lines without a known cost", Unit.Dollars);

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Clean, ChargeLag, SetsAccepted, SetsRefused, Accepted, Rejected, Pairing, Modifier25,
        Resolved, DeniedClaims, DeniedDollars, DeniedLines, AtStake, Caused, Preventable, Overturned, PaymentLag,
        Collected, NetCollected, DaysOpen, OldOpen, FilingRisk,
        JwJz, WasteStated, NdcOnDrugs, UnitErrors, Waste, WasteDollars, CostKnown, Margin, MarginWithShare,
    ];
}

/// <summary>One value of a measure: of all, or of those that have one thing in common.</summary>
/// <param name="By">What they have in common: payer, provider, place, code, month, reason, cause, package; empty of
/// all.</param>
/// <param name="Count">How many of how many; of dollars and days only <c>Of</c> counts.</param>
/// <param name="Part">Of dollars: the numerator.</param>
/// <param name="Whole">Of a rate of dollars: the denominator.</param>
/// <param name="Days">Of days: the median, or how many days of charges are open.</param>
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
