using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// What Medicare allows for a line: services by the physician fee schedule (42 CFR 414.20 to 414.34: work, practice expense and
/// malpractice, each times its locality's index, times the conversion factor of the day), drugs by the quarter's payment limit
/// (42 CFR 414.904). One unit's fee is rounded once, half up, then multiplied by the units. Reductions for several procedures on a
/// day and for non-physician practitioners are not applied.
/// </summary>
public static class FeeSchedule
{
    const decimal NonParticipating = 0.95m;
    const decimal Limiting = 1.0925m; // 115 % of 95 %

    public static Expected Price(Claim claim, in ServiceLine line, CodeBook book, in PriceTerms terms)
    {
        var place = line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
        return Price(book, claim.PayerKind, claim.Setting, line, place, terms);
    }

    /// <param name="place">The place of service of the line.</param>
    public static Expected Price(CodeBook book, PayerKind payer, Setting setting, in ServiceLine line, Code place, in PriceTerms terms)
    {
        if (payer is not (PayerKind.Medicare or PayerKind.None)) return No(Unpriced.OtherPayer);
        if (setting == Setting.Facility) return No(Unpriced.FacilityClaim);
        if (!line.Units.IsWhole || !(line.Units > Quantity.Zero)) return No(Unpriced.NoUnits);
        if (line.Modifiers.Has(Modifier.GY) || line.Modifiers.Has(Modifier.GZ)) return No(Unpriced.DenialAsked);
        if (!book.TryCode(line.Code, line.Date, out var row)) return No(Unpriced.NotInBook);
        var facility = book.Place(place, line.Date) is { Facility: true };
        return row.Kind == CodeKind.Procedure ? Service(book, line, facility, terms) : Drug(book, line, row, facility);
    }

    static Expected Service(CodeBook book, in ServiceLine line, bool facility, in PriceTerms terms)
    {
        if (!book.TryFee(line.Code, line.Date, out var fee)) return No(Unpriced.NoFeeSchedule);
        if (ByStatus(fee.Status) is var status && status != Unpriced.None) return No(status);
        if (facility && fee.FacilityNa) return No(fee.PcTc == 5 ? Unpriced.NotPaidAtFacility : Unpriced.NoFacilityPrice);
        if (!facility && fee.NonFacilityNa) return No(Unpriced.NoOfficePrice);
        if (line.Modifiers.Has(Modifier.M52) || line.Modifiers.Has(Modifier.M53)) return No(Unpriced.ReducedService);
        if (line.Modifiers.Has(Modifier.M26) || line.Modifiers.Has(Modifier.MTC)) return No(Unpriced.ComponentOnly);
        var place = terms.Locality is null or "" ? null : book.Locality(terms.Locality, terms.State ?? "", line.Date);
        if (place is null && terms.Locality is not (null or "")) return No(Unpriced.NoLocality);
        if ((book.Factor(line.Date, terms.Qualifying) ?? book.Factor(line.Date, false)) is not { } factor) return No(Unpriced.NoFactor);
        var raw = Allowed(fee, place, facility) * factor.Factor;
        if (line.Modifiers.Has(Modifier.M50) && fee.Bilateral == 1) raw *= 1.5m;
        var unit = Money.Round(terms.Participating ? raw : raw * NonParticipating);
        return new()
        {
            Amount = unit * line.Units.Whole, Basis = PriceBasis.FeeSchedule, Locality = place, Year = line.Date.Year, AtFacility = facility, Terms = terms,
            LimitingCharge = terms.Participating ? null : Money.Round(raw * Limiting) * line.Units.Whole,
        };
    }

    static decimal Allowed(in FeeRow fee, LocalityRow? place, bool facility)
    {
        var practice = facility ? fee.PracticeFacility : fee.PracticeNonFacility;
        return place is null ? fee.Work + practice + fee.Malpractice : (fee.Work * place.Work) + (practice * place.Practice) + (fee.Malpractice * place.Malpractice);
    }

    /// <summary>The discarded amount (JW) is paid as the given one is; JZ changes nothing.</summary>
    static Expected Drug(CodeBook book, in ServiceLine line, in CodeRow row, bool facility)
    {
        if (facility) return No(Unpriced.NotPaidAtFacility);
        if (row.Groups.HasAny(Group.SelfAdministered)) return No(Unpriced.SelfAdministered);
        if (!book.AspLimits.TryGet(book.Id(line.Code), line.Date.DayNumber, out var limit)) return No(Unpriced.NoAspLimit);
        return new() { Amount = Money.Round(limit.Limit * line.Units.Whole), Basis = PriceBasis.AspLimit, Coinsurance = limit.Coinsurance, Quarter = limit.Dates, Year = line.Date.Year, Terms = new("", "") };
    }

    static Unpriced ByStatus(char status) => status switch
    {
        'A' or 'R' or 'T' => Unpriced.None,
        'N' => Unpriced.NotCovered,
        'I' => Unpriced.NotValid,
        'X' => Unpriced.PaidElsewhere,
        'B' or 'P' => Unpriced.Bundled,
        'C' => Unpriced.CarrierPriced,
        _ => Unpriced.Excluded,
    };

    static Expected No(Unpriced why) => new() { Why = why };
}
