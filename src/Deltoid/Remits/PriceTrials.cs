using System.Globalization;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>The mistakes that payers make with a price, each as what the contract is assumed to say instead.</summary>
internal static class PriceTrials
{
    public const string Multiple = "multiple-procedure", Units = "units", Sequestration = "sequestration",
        Recoded = "another-code";

    const int MostUnits = 2000, MostQuarters = 8;
    const decimal Practitioner = 85, Halved = 50;

    static readonly Code Office = Code.Of("11"), Hospital = Code.Of("22");

    public static IEnumerable<(PriceCause Cause, Assumed As)> Of(ContractPricer pricer, Claim claim, LinePrice line,
        PaidLine paid)
    {
        var row = line.Price.Row!;
        return (row.Method == RateMethod.PerVisit ? [] : OfSchedule(pricer, claim, line, row)
                .Concat(OfQuarter(pricer, line, row)).Concat(OfUnits(line)).Concat(OfModifiers(pricer, claim, line))
                .Concat(OfDay(pricer, line, row)).Concat(OfCharge(pricer, line)))
            .Concat(OfRows(pricer, claim, line, row)).Concat(OfCode(line, paid));
    }

    static (PriceCause, Assumed) Try(string id, string words, Assumed assumed) => (new(id, words), assumed);

    /// <summary>Another year, place, factor or part of Medicare's fee schedule.</summary>
    static IEnumerable<(PriceCause, Assumed)> OfSchedule(ContractPricer pricer, Claim claim, LinePrice line,
        ContractRate row)
    {
        if (row.Percent != 100)
            yield return Try("percent", $"the price was taken without the contract's {RateWords.Number(row.Percent)} %",
                new() { Percent = 100 });
        if (!row.IsOfFeeSchedule) yield break;
        var (own, contract) = (row.Year ?? line.Day.Year, pricer.Contract);
        foreach (var year in pricer.Years())
            if (year != own)
                yield return Try(year < own ? "earlier-year" : "later-year",
                    string.Create(CultureInfo.InvariantCulture, $"the fee schedule of {year} was used"),
                    new() { ScheduleDay = new(year, row.Year is null ? line.Day.Month : 1, 1) });
        foreach (var place in pricer.LocalitiesNear(claim, row, line.Day))
            yield return Try("another-locality", $"the price of locality {place.Mac}-{place.Number} "
                + $"{place.Name} was used", new() { Locality = $"{place.Mac}-{place.Number}" });
        yield return Try("another-locality", "the national price was used", new() { Locality = Contract.National });
        var isFacility = pricer.IsFacility(claim, line.Index);
        yield return isFacility
            ? Try("place-of-service", "the non-facility price was used", new() { Place = Office })
            : Try("place-of-service", "the facility price was used", new() { Place = Hospital });
        if (row.Method == RateMethod.WorkersComp) yield break;
        yield return Try("conversion-factor", contract.Qualifying
            ? "the conversion factor of practices that are not qualifying participants was used"
            : "the conversion factor of qualifying participants was used", new() { Qualifying = !contract.Qualifying });
        if (contract.Participating)
            yield return Try("not-participating", "it was priced as of a practice that does not participate (95 %)",
                new() { Participating = false });
    }

    /// <summary>The payment limit of another quarter.</summary>
    static IEnumerable<(PriceCause, Assumed)> OfQuarter(ContractPricer pricer, LinePrice line, ContractRate row)
    {
        if (row.Method is not (RateMethod.OfDrugLimit or RateMethod.OfMedicare)) yield break;
        foreach (var dates in pricer.QuartersOf(line.Code, line.Day, MostQuarters))
            if (dates.From is { } from && !dates.Contains(line.Day))
                yield return Try(from < line.Day ? "earlier-quarter" : "later-quarter",
                    string.Create(CultureInfo.InvariantCulture,
                        $"the payment limit of the quarter from {from:yyyy-MM-dd} was used"),
                    new() { ScheduleDay = from });
    }

    static IEnumerable<(PriceCause, Assumed)> OfUnits(LinePrice line)
    {
        if (!line.Units.IsWhole) yield break;
        for (var units = 1; units <= Math.Min(line.Units.Whole * 2, MostUnits); units++)
            if (units != line.Units.Whole)
                yield return Try(Units, string.Create(CultureInfo.InvariantCulture,
                    $"{units} of {line.Units} units were paid"), new() { Units = Quantity.Of(units) });
    }

    static IEnumerable<(PriceCause, Assumed)> OfModifiers(ContractPricer pricer, Claim claim, LinePrice line)
    {
        var own = claim.Lines[line.Index].Modifiers;
        for (var i = 0; i < own.Count; i++)
            yield return Try("modifier", $"modifier {own[i]} was not counted",
                new() { Modifiers = own.Without(own[i]) });
        foreach (var (modifier, percent) in pricer.Contract.ModifierPercents)
            if (!own.Has(modifier))
                yield return Try("modifier", $"it was cut to {RateWords.Number(percent)} % as with modifier "
                    + $"{modifier}, which is not on the line", new() { Modifiers = own.With(modifier) });
        yield return Try("practitioner", "it was cut to 85 %, as for a nurse practitioner or physician assistant",
            new() { Share = Practitioner });
        if (own.IsEmpty || !own.Has(Modifier.M50))
            yield return Try("modifier", "it was paid for two sides, as with modifier 50",
                new() { Modifiers = own.With(Modifier.M50) });
    }

    /// <summary>Reduced as a further procedure of the day, or not, against what the contract says.</summary>
    static IEnumerable<(PriceCause, Assumed)> OfDay(ContractPricer pricer, LinePrice line, ContractRate row)
    {
        if (line.Price.IsReduced)
            yield return Try(Multiple, "it was not reduced as a further procedure of the day",
                new() { Multiple = MultipleRule.None });
        else if (pricer.IsProcedure(line.Code, line.Day))
        {
            const string Words = "it was reduced as a further procedure of the day, which the contract does not do here";
            yield return Try(Multiple, Words, new() { Share = Halved });
            if (row.IsOfFeeSchedule) yield return Try(Multiple, Words, new() { Multiple = MultipleRule.Medicare });
        }
    }

    static IEnumerable<(PriceCause, Assumed)> OfCharge(ContractPricer pricer, LinePrice line)
    {
        if (line.Charge is not { } charge || line.Price.BeforeCharge is not { } full || !(charge < full)) yield break;
        yield return pricer.Contract.LesserOfCharge == true
            ? Try("charge", "the price was paid although the charge is lower", new() { LesserOfCharge = false })
            : Try("charge", "the charge was taken for the price, which the contract does not allow",
                new() { LesserOfCharge = true });
    }

    /// <summary>Other rows of the contract that are for the code: ended, of another place, or for all other
    /// codes.</summary>
    static IEnumerable<(PriceCause, Assumed)> OfRows(ContractPricer pricer, Claim claim, LinePrice line,
        ContractRate own)
    {
        foreach (var row in pricer.Contract.RatesOf(line.Code))
        {
            if (row == own || !pricer.IsFor(row, claim, line.Index)) continue;
            var (id, why) = !row.Dates.Contains(line.Day) ? row.Dates.ThruDay < line.Day.DayNumber
                    ? ("ended-rate", $"which ended on {row.Dates.Thru:yyyy-MM-dd}")
                    : ("later-rate", $"which begins on {row.Dates.From:yyyy-MM-dd}")
                : row.IsOtherwise ? ("not-listed", "as if the code were not in the contract")
                : ("another-row", "which is for other lines");
            yield return Try(id, string.Create(CultureInfo.InvariantCulture,
                $"row {row.Number} of the contract was used, {why} ({row.Source})"), new() { Row = row });
        }
    }

    static IEnumerable<(PriceCause, Assumed)> OfCode(LinePrice line, PaidLine paid)
    {
        if (!paid.Priced.IsNone && paid.Priced != line.Code)
            yield return Try(Recoded, $"the payer priced {paid.Priced} instead of {line.Code}",
                new() { Code = paid.Priced });
    }
}
