using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

#pragma warning disable CS1591 // the names say it
/// <summary>Why a line cannot be priced.</summary>
public enum Unpriced : byte
{
    None, OtherPayer, FacilityClaim, NotInBook, NoFeeSchedule, NoLocality, NoFactor, NoAspLimit, NotPaidAtFacility,
    NoFacilityPrice, NoOfficePrice,
    NotCovered, NotValid, Excluded, Bundled, CarrierPriced, PaidElsewhere, SelfAdministered, DenialAsked,
    ReducedService, ComponentOnly, NoUnits, NoParts, ByReport, VisitRate,
}
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>What a price comes from.</summary>
public enum PriceBasis : byte { None, FeeSchedule, AspLimit }
#pragma warning restore CS1591

/// <summary>Where and under what terms a practice is paid.</summary>
/// <param name="Locality">MAC and locality, <c>06102-16</c>; empty for the national amount (every GPCI 1).</param>
/// <param name="State">Decides where two localities share a key.</param>
/// <param name="Qualifying">Paid by the conversion factor of qualifying APM participants.</param>
public readonly record struct PriceTerms(string Locality, string State, bool Qualifying = false,
    bool Participating = true);

/// <summary>
/// What a line should be paid before the patient's share, what it rests on, or why it is not known.
/// </summary>
public readonly record struct Expected
{
    /// <summary>What the payer allows, the patient's share included; null when there is no price.</summary>
    public Money? Amount { get; init; }

    /// <summary>What a non-participating practice may charge at most; null for others and for drugs.</summary>
    public Money? LimitingCharge { get; init; }

    /// <summary>What the amount comes from.</summary>
    public PriceBasis Basis { get; init; }

    /// <summary>Why there is no amount.</summary>
    public Unpriced Why { get; init; }

    /// <summary>The locality used; null for the national amount.</summary>
    internal LocalityRow? Locality { get; init; }

    /// <summary>The service date.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The calendar year of the service.</summary>
    public int Year => Day.Year;

    /// <summary>Priced for a place where a facility bears the cost.</summary>
    public bool AtFacility { get; init; }

    /// <summary>The terms that it was priced by.</summary>
    public PriceTerms Terms { get; init; }

    /// <summary>The patient's share in percent: a drug's from the limit's own row.</summary>
    public decimal? Coinsurance { get; init; }

    /// <summary>Lowered to what OPPS pays for the technical part.</summary>
    public bool IsCapped { get; init; }

    /// <summary>What the other lines of the day did to it; none when it was priced by itself.</summary>
    internal DayRules Rules { get; init; }

    /// <summary>The amount by itself, where the day's rules lowered it.</summary>
    public Money? Full { get; init; }

    internal Shares? Shares =>
        Amount is { } amount && Coinsurance is { } percent ? Pricing.Shares.Of(amount, percent, Day) : null;

    /// <summary>The days of the payment limit.</summary>
    public DateRange Quarter { get; init; }

    /// <summary>
    /// The last payment limit before the service date, of <see cref="Quarter"/>, where the day itself has none; 0 when
    /// there is no earlier one.
    /// </summary>
    public decimal EarlierLimit { get; init; }

    /// <summary>In words: <c>MPFS 2026 06102-16 non-facility</c>, <c>ASP 2026 Q3</c>; empty when not priced.</summary>
    public string BasisText => Basis switch
    {
        PriceBasis.FeeSchedule => string.Create(CultureInfo.InvariantCulture,
            $"MPFS {Year} {(Locality is { } place ? $"{place.Mac}-{place.Number}" : "national")} "
                + $"{(AtFacility ? "facility" : "non-facility")}{(Terms.Qualifying ? " QP" : "")}"
                + $"{(Terms.Participating ? "" : " non-participating")}{(IsCapped ? " OPPS cap" : "")}"),
        PriceBasis.AspLimit => "ASP " + Named(Quarter.From),
        _ => "",
    };

    static string Named(DateOnly? day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day?.Year} Q{((day?.Month ?? 1) + 2) / 3}");

    /// <summary>The day's rules in words, one sentence each.</summary>
    public IEnumerable<string> RuleTexts
    {
        get
        {
            if (Rules.HasFlag(DayRules.Endoscopy))
                yield return "another endoscopy of its family: what it costs above their base procedure (indicator 3)";
            if (Rules.HasFlag(DayRules.EndoscopyBase))
                yield return "the base of an endoscopy of the day: paid within it (indicator 3)";
            if (Rules.HasFlag(DayRules.Surgery))
                yield return "second to fifth procedure of the day: 50 % (indicator 2)";
            if (Rules.HasFlag(DayRules.Imaging))
                yield return "further imaging of the day: 50 % of the technical and 95 % "
                    + "of the professional part (indicator 4)";
            if (Rules.HasFlag(DayRules.Therapy))
                yield return "further therapy of the day: 50 % of the practice expense (indicator 5)";
            if (Rules.HasFlag(DayRules.Cardiovascular))
                yield return "further cardiovascular test of the day: 75 % of the technical part (indicator 6)";
            if (Rules.HasFlag(DayRules.Ophthalmology))
                yield return "further eye test of the day: 80 % of the technical part (indicator 7)";
        }
    }

    /// <summary>Why there is no amount, in words; empty when there is one.</summary>
    public string WhyText => Why switch
    {
        Unpriced.None => "",
        Unpriced.OtherPayer => "the payer's contract is not in the code book",
        Unpriced.FacilityClaim => "a facility's claim is paid by OPPS packages, which are not priced here",
        Unpriced.NotInBook => "the code is not in this code book on this day",
        Unpriced.NoFeeSchedule => "no fee schedule row for this code and year in this code book",
        Unpriced.NoLocality => "the locality is not in this code book",
        Unpriced.NoFactor => "no conversion factor for this year in this code book",
        Unpriced.NoAspLimit when EarlierLimit > 0 => string.Create(CultureInfo.InvariantCulture,
            $"no ASP limit for {Named(Day)} in this code book; the last one known is "
                + $"${EarlierLimit} for one unit in {Named(Quarter.From)}, and it is not counted"),
        Unpriced.NoAspLimit => "no ASP limit in this code book",
        Unpriced.NotPaidAtFacility => "facility: not paid to the practitioner",
        Unpriced.NoFacilityPrice => "the fee schedule has no facility price for it",
        Unpriced.NoOfficePrice => "the fee schedule has no non-facility price for it",
        Unpriced.NotCovered => "not covered by Medicare (status N)",
        Unpriced.NotValid => "not valid for Medicare (status I): another code is used",
        Unpriced.Excluded => "excluded from the fee schedule (status E)",
        Unpriced.Bundled => "bundled: never paid by itself (status B)",
        Unpriced.CarrierPriced => "priced by the contractor (status C)",
        Unpriced.PaidElsewhere => "paid outside the physician fee schedule (status X)",
        Unpriced.SelfAdministered => "on the self-administered drug lists: not paid under Part B",
        Unpriced.DenialAsked => "the modifier asks for a denial",
        Unpriced.ReducedService => "a reduced or stopped service is priced by the contractor",
        Unpriced.NoParts => "26 and TC cannot be used with it: it has no such parts",
        Unpriced.ByReport => "beyond the fifth procedure of the day: priced by the contractor by report",
        Unpriced.VisitRate => "this place is paid its own rate for a visit, which is not in the code book",
        Unpriced.ComponentOnly => "parts of a service are not in this code book",
        _ => "no whole, positive number of units",
    };
}
