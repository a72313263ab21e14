using System.Globalization;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>Rows that rest on Medicare's fee schedule and drug prices, and several procedures of a day.</summary>
internal sealed partial class ContractPricer
{
    /// <summary>The day whose schedule prices a line: January 1 of the row's year, else the day itself.</summary>
    static DateOnly ScheduleDay(in Priced of, ContractRate row) =>
        of.As.ScheduleDay ?? (row.Year is { } year ? new DateOnly(year, 1, 1) : of.Line.Date);

    /// <summary>The place of Medicare's prices; null where it is not known.</summary>
    PriceTerms? TermsOf(in Priced of, ContractRate row)
    {
        var qualifying = of.As.Qualifying ?? contract.Qualifying;
        var participating = of.As.Participating ?? contract.Participating;
        var (locality, state) = row.Locality.Length > 0 ? (row.Locality, row.State)
            : (contract.Locality, contract.State);
        if (of.As.Locality is { } assumed) (locality, state) = (assumed, "");
        if (locality == Contract.National) return new("", "", qualifying, participating);
        if (locality.Length == 0) (locality, state) = SiteOf(of.Claim, of.Line.Date);
        return locality.Length == 0 ? null : new(locality, state, qualifying, participating);
    }

    /// <summary>
    /// The locality by the ZIP code of where the service was given, else of the billing provider; empty where five
    /// digits do not decide it.
    /// </summary>
    (string Locality, string State) SiteOf(Claim claim, DateOnly day)
    {
        foreach (var party in (ReadOnlySpan<Party>)[Party.ServiceFacility, Party.Billing])
        {
            var text = claim.Text(party, PartyField.Zip);
            if (text.Length == 0) continue;
            return text.Length >= 5 && int.TryParse(text.AsSpan(0, 5), NumberStyles.None,
                    CultureInfo.InvariantCulture, out var zip)
                && book.TryZip(zip, day, out var row) && row.NeedsPlusFour == 0
                    ? (string.Create(CultureInfo.InvariantCulture, $"{row.Carrier:00000}-{row.Locality:00}"),
                        string.Create(CultureInfo.InvariantCulture,
                            $"{(char)(row.State >> 8)}{(char)(row.State & 0xFF)}"))
                    : ("", "");
        }
        return ("", "");
    }

    const string NoLocality = "the payment locality is not known: neither the contract nor the ZIP code of the place "
        + "of service says it";

    /// <summary>The line on the day of its schedule, without the modifiers that the contract itself prices.</summary>
    ServiceLine OnSchedule(in Priced of, ContractRate row)
    {
        var line = of.Line;
        line.Date = ScheduleDay(of, row);
        for (var i = 0; i < of.Line.Modifiers.Count; i++)
            if (contract.PercentOf(of.Line.Modifiers[i]) is not null)
                line.Modifiers = line.Modifiers.Without(of.Line.Modifiers[i]);
        return line;
    }

    ContractPrice BySchedule(in Priced of, ContractRate row, decimal percent, ContractPrice price)
    {
        var line = OnSchedule(of, row);
        var isDrug = book.TryCode(line.Code, line.Date, out var code) && code.Kind != CodeKind.Procedure;
        if (isDrug && row.Method == RateMethod.OfMedicare)
            return FromSchedule(of, row, percent, price, new("", ""), line);
        if (isDrug) return None(price, "the fee schedule has no prices of drugs");
        return TermsOf(of, row) is { } terms
            ? FromSchedule(of, row, percent, price, terms, line)
            : price.Unknown(NoLocality);
    }

    ContractPrice FromSchedule(in Priced of, ContractRate row, decimal percent, ContractPrice price,
        in PriceTerms terms, in ServiceLine line)
    {
        var expected = FeeSchedule.Price(book,
            row.Method == RateMethod.OfMedicare ? PayerKind.Medicare : PayerKind.None, of.Claim.Setting, line, of.Place,
            terms);
        if (expected.Amount is not { } amount)
            return SaysNone(expected.Why) ? None(price, expected.WhyText) : price.Unknown(expected.WhyText);
        if (expected.Basis == PriceBasis.AspLimit) return ByLimit(of, row, percent, price, line);
        var one = new Money(amount.Cents / line.Units.Whole); // one unit is rounded, then multiplied
        price.Add($"{expected.BasisText}: {of.Line.Code} for one unit", one, book.Version);
        return Multiplied(of, row, percent, price, one);
    }

    static ContractPrice Multiplied(in Priced of, ContractRate row, decimal percent, ContractPrice price, Money one)
    {
        var rate = Money.Round(one.Dollars * percent / 100);
        if (percent != 100) price.Add($"{RateWords.Number(percent)} %", rate, row.Source);
        price.Amount = rate * of.Line.Units.Whole;
        if (of.Line.Units != Quantity.One) price.Add(Times(of), price.Amount, row.Source);
        return price;
    }

    ContractPrice ByDrugLimit(in Priced of, ContractRate row, decimal percent, ContractPrice price)
    {
        var line = OnSchedule(of, row);
        if (book.TryCode(line.Code, line.Date, out var code) && code.Kind == CodeKind.Procedure)
            return None(price, "Medicare's drug prices have none of a procedure");
        return ByLimit(of, row, percent, price, line);
    }

    ContractPrice ByLimit(in Priced of, ContractRate row, decimal percent, ContractPrice price, in ServiceLine line)
    {
        if (!book.AspLimits.TryGet(book.Id(line.Code), line.Date.DayNumber, out var limit))
            return price.Unknown(string.Create(CultureInfo.InvariantCulture,
                $"the code book has no payment limit for {line.Code} on {line.Date:yyyy-MM-dd}"));
        price.Amount = Money.Round(limit.Limit * percent / 100 * line.Units.Value);
        price.Add(string.Create(CultureInfo.InvariantCulture,
            $"payment limit of {limit.Dates.From:yyyy-MM-dd} to {limit.Dates.Thru:yyyy-MM-dd}: ${limit.Limit} for one "
                + $"unit{(percent == 100 ? "" : $", {RateWords.Number(percent)} %")}, {Times(of)}"),
            price.Amount, book.SourceId(limit.Source));
        return price;
    }

    ContractPrice ByRelativeValue(in Priced of, ContractRate row, decimal percent, ContractPrice price)
    {
        if (row.RelativeValue is { } value)
        {
            var stated = Money.Round(value * row.Factor);
            price.Add($"{RateWords.Number(value)} times ${RateWords.Number(row.Factor)} for one unit", stated,
                row.Source);
            return Multiplied(of, row, percent, price, stated);
        }
        var line = OnSchedule(of, row);
        if (TermsOf(of, row) is not { } terms) return price.Unknown(NoLocality);
        var isFacility = FeeSchedule.IsFacility(book, of.Place, line.Date);
        var why = FeeSchedule.UnitOf(book, line, isFacility, terms, out var unit);
        if (why != Unpriced.None)
        {
            var words = new Expected { Why = why }.WhyText;
            return SaysNone(why) ? None(price, words) : price.Unknown(words);
        }
        var one = Money.Round((unit with { Rates = unit.Rates with { Factor = row.Factor, Share = 1 } }).Uncapped);
        price.Add($"relative values of {line.Date.Year} times ${RateWords.Number(row.Factor)} for one unit", one,
            row.Source);
        return Multiplied(of, row, percent, price, one);
    }

    ContractPrice None(ContractPrice price, string why)
    {
        isNone = true;
        return price.Unknown(why);
    }

    /// <summary>The schedule itself says that it has no price; not, that this code book does not have it.</summary>
    static bool SaysNone(Unpriced why) => why is Unpriced.NotPaidAtFacility or Unpriced.NoFacilityPrice
        or Unpriced.NoOfficePrice or Unpriced.NotCovered or Unpriced.NotValid or Unpriced.Excluded or Unpriced.Bundled
        or Unpriced.CarrierPriced or Unpriced.PaidElsewhere or Unpriced.SelfAdministered;

    /// <summary>Several procedures of a day, as the contract says; unknown where it would matter and is not
    /// said.</summary>
    void TakeMultiple(in Priced of, ContractRate row, ContractPrice price)
    {
        var rule = of.As.Multiple ?? contract.Multiple;
        if (rule == MultipleRule.None || row.Method == RateMethod.OfCharge) return;
        if (rule == MultipleRule.Ranked) TakeRanked(of, price);
        else if (row.IsOfFeeSchedule && TermsOf(of, row) is { } terms) TakeMedicare(of, row, price, terms, rule);
    }

    void TakeMedicare(in Priced of, ContractRate row, ContractPrice price, in PriceTerms terms, MultipleRule? rule)
    {
        if (!IsMultiple(of.Line, out _)) return;
        var (lines, at) = LinesOfDay(of, row);
        if (lines.Length == 1 && of.Line.Units == Quantity.One) return;
        var priced = SameDay.Price(book, lines, of.Place, terms)[at];
        if (priced is { Rules: DayRules.None, Amount: not null }) return;
        if (rule is null)
            price.Unknown("the contract does not say what several procedures of a day do (multipleProcedures)");
        else if (priced.Amount is not { } amount) price.Unknown(priced.WhyText);
        else if (priced.Rules.HasFlag(DayRules.NotKnown))
            price.Unknown("several procedures of the day: the code book does not have what their rule needs");
        else if (priced.Full is { } full && full.Cents > 0)
        {
            price.Amount = Money.Round(price.Amount!.Value.Dollars * amount.Cents / full.Cents);
            price.IsReduced = true;
            price.Add(string.Join("; ", priced.RuleTexts), price.Amount, row.Source);
        }
    }

    /// <summary>The lines of the day and place that rows on the same schedule price, with the place of this
    /// one.</summary>
    (ServiceLine[] Lines, int At) LinesOfDay(in Priced of, ContractRate row)
    {
        var (lines, at) = (new List<ServiceLine>(), 0);
        for (var i = 0; i < of.Claim.Lines.Length; i++)
        {
            if (i == of.Index)
            {
                at = lines.Count;
                lines.Add(OnSchedule(of, row));
                continue;
            }
            var other = PricedOf(of.Claim, i, Assumed.Nothing);
            if (other.Line.Date != of.Line.Date || other.Place != of.Place
                || Alone(other) is not { Row: { IsOfFeeSchedule: true } own, IsKnown: true })
                continue;
            var line = OnSchedule(other, own);
            line.Date = ScheduleDay(of, row);
            lines.Add(line);
        }
        return ([.. lines], at);
    }

    /// <summary>Whether the fee schedule has a rule for several of such procedures.</summary>
    bool IsMultiple(in ServiceLine line, out byte indicator)
    {
        indicator = book.TryFee(line.Code, line.Date, out var fee) ? fee.Multiple : (byte)0;
        return indicator is >= 2 and <= 7;
    }

    /// <summary>
    /// A percent by rank: the dearest unit of the day's surgery first. What the fee schedule does not rank is paid in
    /// full.
    /// </summary>
    void TakeRanked(in Priced of, ContractPrice price)
    {
        if (!IsMultiple(of.Line, out var indicator) || indicator is not (2 or 3)) return;
        var units = new List<(Money One, int Index)>();
        for (var i = 0; i < of.Claim.Lines.Length; i++)
        {
            var other = i == of.Index ? of : PricedOf(of.Claim, i, Assumed.Nothing);
            if (other.Line.Date != of.Line.Date || !IsMultiple(other.Line, out var its) || its is not (2 or 3))
                continue;
            var full = i == of.Index ? price.Amount : Alone(other).Amount;
            if (full is not { } amount)
            {
                price.Unknown("another procedure of the day has no price, so its rank is not known");
                return;
            }
            for (var unit = 0; unit < other.Line.Units.Whole; unit++)
                units.Add((Money.Round(amount.Dollars / other.Line.Units.Whole), i));
        }
        if (units.Count < 2) return;
        var (sum, rank, own) = (Money.Zero, 0, of.Index);
        foreach (var (one, index) in units.OrderByDescending(static u => u.One.Cents))
        {
            var percent = contract.Ranked.Length == 0
                ? 100
                : contract.Ranked[Math.Min(rank, contract.Ranked.Length - 1)];
            if (index == own) sum += Money.Round(one.Dollars * percent / 100);
            rank++;
        }
        if (sum == price.Amount) return;
        price.IsReduced = sum < price.Amount!.Value;
        price.Amount = sum;
        price.Add("by its rank among the procedures of the day", sum, price.Row!.Source);
    }
}
