using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// What Medicare allows for a line: services by the physician fee schedule (42 CFR 414.20 to 414.34: work, practice
/// expense and malpractice, each times its locality's index, times the conversion factor of the day), drugs by the
/// quarter's payment limit (42 CFR 414.904). One unit's fee is rounded once, half up, then multiplied by the units. A
/// line is priced by itself; what several procedures of a day do to each other is in <see cref="SameDay"/>. Reductions
/// for non-physician practitioners are not applied.
/// </summary>
public static class FeeSchedule
{
    /// <summary>
    /// Prices one line by itself. Only Medicare has prices in a book; for another payer the reason is given. Nothing is
    /// thrown, and any thread may call it.
    /// </summary>
    /// <param name="claim">Says payer, setting and, where the line does not, the place of service.</param>
    /// <param name="line">Its day picks the rows; modifiers that change a price are applied.</param>
    /// <param name="terms">The locality, and how the practice takes part in Medicare.</param>
    /// <returns>The amount for all units in whole cents; without an amount, <see cref="Expected.Why"/>.</returns>
    public static Expected Price(Claim claim, in ServiceLine line, CodeBook book, in PriceTerms terms)
    {
        var place = line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
        return Price(book, claim.PayerKind, claim.Setting, line, place, terms);
    }

    /// <param name="place">The place of service of the line.</param>
    public static Expected Price(CodeBook book, PayerKind payer, Setting setting, in ServiceLine line, Code place,
        in PriceTerms terms)
    {
        if (payer is not (PayerKind.Medicare or PayerKind.None)) return No(Unpriced.OtherPayer);
        if (setting == Setting.Facility) return No(Unpriced.FacilityClaim);
        if (!line.Units.IsWhole || !(line.Units > Quantity.Zero)) return No(Unpriced.NoUnits);
        if (line.Modifiers.Has(Modifier.GY) || line.Modifiers.Has(Modifier.GZ)) return No(Unpriced.DenialAsked);
        if (!book.TryCode(line.Code, line.Date, out var row)) return No(Unpriced.NotInBook);
        if (payer == PayerKind.Medicare && book.IsPaidByVisit(place, line.Date)) return No(Unpriced.VisitRate);
        var facility = IsFacility(book, place, line.Date);
        return row.Kind == CodeKind.Procedure
            ? Service(book, line, row, facility, terms)
            : Drug(book, line, row, facility);
    }

    internal static bool IsFacility(CodeBook book, Code place, DateOnly day) =>
        book.Place(place, day) is { Facility: true };

    static Expected Service(CodeBook book, in ServiceLine line, in CodeRow code, bool facility, in PriceTerms terms)
    {
        var why = UnitOf(book, line, facility, terms, out var unit);
        if (why != Unpriced.None) return No(why);
        return new()
        {
            Amount = unit.Paid(unit.Dollars) * line.Units.Whole, Basis = PriceBasis.FeeSchedule,
            Locality = unit.Rates.Place, Day = line.Date, AtFacility = facility, Terms = terms,
            IsCapped = unit.IsCapped,
            LimitingCharge = terms.Participating
                ? null
                : Money.Round(unit.Dollars * LimitingOf(line.Date)) * line.Units.Whole,
            Coinsurance = code.Groups.HasAny(FreeToThePatient)
                ? 0
                : LegalShares.Percent(LegalShare.Coinsurance, line.Date),
        };
    }

    /// <summary>
    /// Preventive services of which the patient pays nothing (42 CFR 410.152(l)), as far as our groups know them.
    /// </summary>
    static CodeGroups FreeToThePatient =>
        Group.WellnessVisit | Group.MedicareVaccineAdministration | Group.CovidAdministration;

    /// <summary>
    /// The most that a practice which does not participate may charge, as a share of the full fee: 115 % of 95 %.
    /// </summary>
    static decimal LimitingOf(DateOnly day) =>
        LegalShares.Of(LegalShare.LimitingCharge, day) * LegalShares.Of(LegalShare.NonParticipating, day);

    /// <summary>
    /// One unit of a line's service: the row that its modifiers name, in the locality and on the day.
    /// </summary>
    internal static Unpriced UnitOf(CodeBook book, in ServiceLine line, bool facility, in PriceTerms terms,
        out UnitFee unit)
    {
        unit = default;
        if (RowOf(book, line, out var row) is var why and not Unpriced.None) return why;
        if (facility && row.FacilityNa) return row.PcTc == 5 ? Unpriced.NotPaidAtFacility : Unpriced.NoFacilityPrice;
        if (!facility && row.NonFacilityNa) return Unpriced.NoOfficePrice;
        if (line.Modifiers.Has(Modifier.M52) || (line.Modifiers.Has(Modifier.M53) && row.Part != Modifier.M53))
            return Unpriced.ReducedService;
        if (row.Part.IsNone && !PartOf(line.Modifiers).IsNone)
            return row.PcTc == 1 ? Unpriced.ComponentOnly : Unpriced.NoParts;
        var place = terms.Locality is null or "" ? null : book.Locality(terms.Locality, terms.State ?? "", line.Date);
        if (place is null && terms.Locality is not (null or "")) return Unpriced.NoLocality;
        if ((book.Factor(line.Date, terms.Qualifying) ?? book.Factor(line.Date, false)) is not { } factor)
            return Unpriced.NoFactor;
        var paid = terms.Participating ? 1 : LegalShares.Of(LegalShare.NonParticipating, line.Date);
        unit = new(row, new(place, factor.Factor, paid), facility, SidesOf(line, row));
        return Unpriced.None;
    }

    /// <summary>
    /// The row of the part that the modifiers name where the book has it, else that of the whole service. A part has
    /// its own status: a whole that contractors price may have a professional part with a fee.
    /// </summary>
    static Unpriced RowOf(CodeBook book, in ServiceLine line, out FeeRow row)
    {
        var part = PartOf(line.Modifiers);
        if (!part.IsNone && book.TryFeePart(line.Code, part, line.Date, out row)) return ByStatus(row.Status);
        return book.TryFee(line.Code, line.Date, out row) ? ByStatus(row.Status) : Unpriced.NoFeeSchedule;
    }

    /// <summary>
    /// Professional or technical component, or a colonoscopy that was stopped, of which some have rows of their own.
    /// </summary>
    internal static Modifier PartOf(Modifiers modifiers) =>
        modifiers.Has(Modifier.M26) ? Modifier.M26
            : modifiers.Has(Modifier.MTC) ? Modifier.MTC
            : modifiers.Has(Modifier.M53) ? Modifier.M53
            : default;

    /// <summary>
    /// Bilateral indicator 1: 150 %; 3: each side in full; 0 and 2: once, for there is no second side or it is in the
    /// values (RVU25D.pdf).
    /// </summary>
    static decimal SidesOf(in ServiceLine line, in FeeRow row) =>
        (line.Modifiers.Has(Modifier.M50), row.Bilateral) switch
        {
            (true, 1) => LegalShares.Of(LegalShare.BothSides, line.Date),
            (true, 3) => 2,
            _ => 1,
        };

    /// <summary>No limit for the day: the last one before it is named, and kept out of every sum.</summary>
    static Expected NoLimit(CodeBook book, in ServiceLine line)
    {
        var last = default(AspRow);
        foreach (ref readonly var row in book.AspLimits[book.Id(line.Code)])
            if (row.Dates.ThruDay < line.Date.DayNumber && row.Dates.ThruDay > last.Dates.ThruDay) last = row;
        return new() { Why = Unpriced.NoAspLimit, Day = line.Date, EarlierLimit = last.Limit, Quarter = last.Dates };
    }

    /// <summary>
    /// A code of two routes is paid by vein (JA) and excluded under the skin. The discarded amount (JW) is paid as the
    /// given one is; JZ changes nothing.
    /// </summary>
    static Expected Drug(CodeBook book, in ServiceLine line, in CodeRow row, bool facility)
    {
        if (facility) return No(Unpriced.NotPaidAtFacility);
        if (row.Groups.HasAny(Group.SelfAdministered) && !line.Modifiers.Has(Modifier.JA))
            return No(Unpriced.SelfAdministered);
        if (!book.AspLimits.TryGet(book.Id(line.Code), line.Date.DayNumber, out var limit)) return NoLimit(book, line);
        return new()
        {
            Amount = Money.Round(limit.Limit * line.Units.Whole), Basis = PriceBasis.AspLimit,
            Coinsurance = limit.Coinsurance, Quarter = limit.Dates, Day = line.Date, Terms = new("", "")
        };
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
