using System.Globalization;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>
/// Prices the lines of a claim by a contract: the first row that fits a line, its schedule, several procedures of a
/// day, modifiers, the charge. What the contract does not say is not filled in: then there is no price, and the reason
/// is given.
/// </summary>
/// <param name="plan">The kind of plan that the claim is under; empty where it is not known.</param>
internal sealed partial class ContractPricer(CodeBook book, Contract contract, string plan)
{
    /// <summary>A line of the claim as it is priced, with what is assumed.</summary>
    readonly record struct Priced(Claim Claim, int Index, ServiceLine Line, Code Place, Assumed As);

    public Contract Contract => contract;

    /// <summary>Prices one line among the others of its claim.</summary>
    /// <param name="index">Of the line in the claim.</param>
    public ContractPrice Price(Claim claim, int index, Assumed? assumed = null)
    {
        var of = PricedOf(claim, index, assumed ?? Assumed.Nothing);
        var price = Alone(of);
        if (price.Row is not { } row) return price;
        if (row.Method == RateMethod.PerVisit) return OfVisit(of, price);
        if (price.IsKnown) TakeMultiple(of, row, price);
        if (price.IsKnown) TakeModifiers(of, row, price);
        if (price.IsKnown && of.As.Share is { } share) Lower(price, share, $"{RateWords.Number(share)} %", "");
        if (price.IsKnown) TakeCharge(of, row, price);
        return price;
    }

    static Priced PricedOf(Claim claim, int index, Assumed assumed)
    {
        var line = claim.Lines[index];
        var place = line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
        line.Code = assumed.Code ?? line.Code;
        line.Units = assumed.Units ?? line.Units;
        line.Modifiers = assumed.Modifiers ?? line.Modifiers;
        return new(claim, index, line, assumed.Place ?? place, assumed);
    }

    /// <summary>The line by itself: its row and the row's schedule.</summary>
    ContractPrice Alone(in Priced of)
    {
        var price = new ContractPrice();
        if (of.As.Row is { } assumed) return Try(of, assumed, price);
        if (of.Line.Date == default) return price.Unknown("the line has no date of service");
        foreach (var isOtherwise in (ReadOnlySpan<bool>)[false, true])
            foreach (var row in contract.RatesOf(of.Line.Code))
            {
                if (row.IsOtherwise != isOtherwise || !Fits(row, of)) continue;
                if (row.Plan.Length > 0 && plan.Length == 0)
                    return price.Unknown(string.Create(CultureInfo.InvariantCulture,
                        $"row {row.Number} is for the plan {row.Plan}, and the plan of the claim is not known"));
                Try(of, row, price);
                if (price.IsKnown || !isNone) return price;
                break; // its schedule says that it has no price: a row for such lines may have one
            }
        if (price.Row is null) price.Unknown("no row of the contract is for this line");
        return price;
    }

    bool Fits(ContractRate row, in Priced of)
    {
        if (!row.Dates.Contains(of.Line.Date) || !row.IsFor(book, of.Line.Code, of.Line.Date)) return false;
        if (row.Places.Length > 0 && Array.IndexOf(row.Places, of.Place) < 0) return false;
        if (row.Plan.Length > 0 && plan.Length > 0 && !row.Plan.Equals(plan, StringComparison.OrdinalIgnoreCase))
            return false;
        for (var i = 0; i < row.Modifiers.Count; i++)
            if (!of.Line.Modifiers.Has(row.Modifiers[i])) return false;
        return true;
    }

    /// <summary>The schedule of the last row that was tried says that it has no price for the line.</summary>
    bool isNone;

    ContractPrice Try(in Priced of, ContractRate row, ContractPrice price)
    {
        isNone = false;
        price.Row = row;
        price.Add(string.Create(CultureInfo.InvariantCulture,
            $"row {row.Number}, {row.CodesText}: {row.MethodText}"), null, row.Source);
        if (!of.Line.Units.IsWhole || !(of.Line.Units > Quantity.Zero))
            return price.Unknown("the line has no whole, positive number of units");
        var percent = of.As.Percent ?? row.Percent;
        switch (row.Method)
        {
            case RateMethod.OfMedicare or RateMethod.OfFeeSchedule: return BySchedule(of, row, percent, price);
            case RateMethod.OfDrugLimit: return ByDrugLimit(of, row, percent, price);
            case RateMethod.WorkersComp: return ByRelativeValue(of, row, percent, price);
            case RateMethod.PerVisit:
                price.Amount = Money.Round(row.Amount!.Value);
                return price;
            case RateMethod.OfCharge:
                if (of.Line.Charge is not { } charge) return price.Unknown("the line has no charge");
                price.Amount = Money.Round(charge.Dollars * percent / 100);
                price.Add($"{RateWords.Number(percent)} % of ${charge}", price.Amount, row.Source);
                return price;
            default:
                price.Amount = Money.Round(row.Amount!.Value * percent / 100 * of.Line.Units.Value);
                price.Add(Times(of), price.Amount, row.Source);
                return price;
        }
    }

    static string Times(in Priced of) => of.Line.Units == Quantity.One ? "for one unit" : $"for {of.Line.Units} units";

    /// <summary>One price for all lines of the day that the row is for; it is said once, at the first of them.</summary>
    ContractPrice OfVisit(in Priced of, ContractPrice price)
    {
        var shares = new List<int>();
        for (var i = 0; i < of.Claim.Lines.Length; i++)
        {
            var other = i == of.Index ? of : PricedOf(of.Claim, i, Assumed.Nothing);
            if (other.Line.Date == of.Line.Date && (i == of.Index || Alone(other).Row == price.Row)) shares.Add(i);
        }
        price.Shares = [.. shares];
        price.Add(shares.Count == 1 ? "for the visit" : $"for the visit, which is {shares.Count} lines", price.Amount,
            price.Row!.Source);
        return price;
    }

    /// <summary>Modifiers that change a price, by the contract's percent; unknown where it names none.</summary>
    void TakeModifiers(in Priced of, ContractRate row, ContractPrice price)
    {
        if (row.Method == RateMethod.OfCharge) return;
        for (var i = 0; i < of.Line.Modifiers.Count; i++)
        {
            var modifier = of.Line.Modifiers[i];
            if (row.Modifiers.Has(modifier)) continue;
            if (contract.PercentOf(modifier) is { } percent)
                Lower(price, percent, $"modifier {modifier}: {RateWords.Number(percent)} %", row.Source);
            else if (NotApplied.Changes(modifier) || (!row.IsOfFeeSchedule && NotApplied.IsOfSchedule(modifier)))
            {
                price.Unknown($"modifier {modifier} changes a price, and the contract does not say by how much");
                return;
            }
        }
    }

    static void Lower(ContractPrice price, decimal percent, string says, string source)
    {
        price.Amount = Money.Round(price.Amount!.Value.Dollars * percent / 100);
        price.Add(says, price.Amount, source);
    }

    /// <summary>At most the charge, where the contract says so; unknown where it would matter and is not said.</summary>
    void TakeCharge(in Priced of, ContractRate row, ContractPrice price)
    {
        price.BeforeCharge = price.Amount;
        if (of.Line.Charge is not { } charge || !(charge < price.Amount!.Value)) return;
        if ((of.As.LesserOfCharge ?? contract.LesserOfCharge) is not { } isAtMost)
        {
            price.Unknown($"the charge of ${charge} is below the price of ${price.Amount}, and the contract does "
                + "not say whether it is then the price (lesserOfCharge)");
            return;
        }
        if (!isAtMost) return;
        price.Amount = charge;
        price.Add($"at most the charge of ${charge}", charge, row.Source);
    }
}
