using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>Why a line cannot be priced.</summary>
public enum Unpriced : byte
{
    None, OtherPayer, FacilityClaim, NotInBook, NoFeeSchedule, NoLocality, NoFactor, NoAspLimit, NotPaidAtFacility, NoFacilityPrice, NoOfficePrice, NotCovered, NotValid, Excluded, Bundled, CarrierPriced, PaidElsewhere, SelfAdministered, DenialAsked, ReducedService, ComponentOnly, NoUnits,
}

public enum PriceBasis : byte { None, FeeSchedule, AspLimit }

/// <summary>Where and under what terms a practice is paid.</summary>
/// <param name="Locality">MAC and locality, <c>06102-01</c>; empty for the national amount (every GPCI 1).</param>
/// <param name="State">Decides where two localities share a key.</param>
/// <param name="Qualifying">Paid by the conversion factor of qualifying APM participants.</param>
public readonly record struct PriceTerms(string Locality, string State, bool Qualifying = false, bool Participating = true);

/// <summary>What a line should be paid before the patient's share, what it rests on, or why it cannot be told.</summary>
public readonly record struct Expected
{
    public Money? Amount { get; init; }

    /// <summary>What a non-participating practice may charge at most; null for others and for drugs.</summary>
    public Money? LimitingCharge { get; init; }

    public PriceBasis Basis { get; init; }

    public Unpriced Why { get; init; }

    /// <summary>The locality used; null for the national amount.</summary>
    public LocalityRow? Locality { get; init; }

    public int Year { get; init; }

    public bool AtFacility { get; init; }

    public PriceTerms Terms { get; init; }

    /// <summary>The drug's share of the patient in percent, from the limit's own row.</summary>
    public decimal? Coinsurance { get; init; }

    public DateRange Quarter { get; init; }

    /// <summary>In words: <c>MPFS 2026 06102-01 non-facility</c>, <c>ASP 2026 Q3</c>; empty when not priced.</summary>
    public string BasisText => Basis switch
    {
        PriceBasis.FeeSchedule => string.Create(CultureInfo.InvariantCulture,
            $"MPFS {Year} {(Locality is { } place ? $"{place.Mac}-{place.Number}" : "national")} {(AtFacility ? "facility" : "non-facility")}{(Terms.Qualifying ? " QP" : "")}{(Terms.Participating ? "" : " non-participating")}"),
        PriceBasis.AspLimit => string.Create(CultureInfo.InvariantCulture, $"ASP {Quarter.From?.Year} Q{((Quarter.From?.Month ?? 1) + 2) / 3}"),
        _ => "",
    };

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
        Unpriced.ComponentOnly => "parts of a service are not in this code book",
        _ => "no whole, positive number of units",
    };
}
