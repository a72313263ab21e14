using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>
/// What a practice payer allows and pays for each line: the fee schedule of the code book for every payer, the rate
/// "allowed" of the charge where the book has no price; then deductible, coinsurance and, of Medicare, sequestration.
/// </summary>
internal sealed class Pricer(CodeBook book, PracticeRates rates)
{
    static readonly Code Deductible = Code.Of("1"), Coinsurance = Code.Of("2"), Contract = Code.Of("45"),
        Sequestration = Code.Of("253");

    /// <summary>A charge that is allowed, and the patient's percent of it.</summary>
    internal readonly record struct Allowed(Money Amount, decimal Percent);

    /// <summary>Adds a line to the payment for each of the claim's.</summary>
    /// <param name="denials">By the index of the line; null where it is paid.</param>
    /// <param name="share">What is allowed of the price, in hundredths of a percent.</param>
    /// <param name="left">What is left of the member's deductible; lowered by what is used.</param>
    /// <param name="wrong">A line that gets a wrong price; null where all get the right one.</param>
    public void Fill(ClaimPayment payment, Claim claim, DenialReason?[] denials, int share, ref Money left,
        PlantedPrice? wrong = null)
    {
        var allowed = AllowedOf(claim);
        if (wrong is not null) allowed[wrong.Line] = allowed[wrong.Line] with { Amount = wrong.Allowed };
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            ref readonly var sent = ref claim.Lines[i];
            ref var line = ref payment.AddLine(claim, sent);
            var charge = line.Charge!.Value;
            if (denials[i] is { } denial) Deny(payment, ref line, charge, denial);
            else Pay(payment, ref line, claim, Lowered(allowed[i], share), charge, ref left);
        }
        Sum(payment);
    }

    static Allowed Lowered(in Allowed full, int share) =>
        full with { Amount = Money.Round(full.Amount.Dollars * share / 10_000) };

    static void Deny(ClaimPayment payment, ref PaymentLine line, Money charge, DenialReason denial)
    {
        line.Paid = Money.Zero;
        Adjust(payment, line.Number, denial.Group, denial.Reason, charge);
        foreach (var remark in denial.Remarks) payment.Remarks.Add(line.Number, new(Code.Of("HE"), remark));
    }

    static void Pay(ClaimPayment payment, ref PaymentLine line, Claim claim, in Allowed allowed, Money charge,
        ref Money left)
    {
        var percent = claim.PayerKind == PayerKind.WorkersComp ? 0 : allowed.Percent; // an injured worker owes nothing
        var deductible = percent > 0 && left > Money.Zero ? Least(left, allowed.Amount) : Money.Zero;
        left -= deductible;
        var rest = allowed.Amount - deductible;
        var coinsurance = Money.Round(rest.Dollars * percent / 100);
        var share = rest - coinsurance;
        var sequestered = claim.PayerKind == PayerKind.Medicare
            ? Money.Round(share.Dollars * Shares.Sequestered(line.Date) / 100)
            : Money.Zero;
        Adjust(payment, line.Number, Adjustment.Contractual, Contract, charge - allowed.Amount);
        Adjust(payment, line.Number, Adjustment.Contractual, Sequestration, sequestered);
        Adjust(payment, line.Number, Adjustment.Patient, Deductible, deductible);
        Adjust(payment, line.Number, Adjustment.Patient, Coinsurance, coinsurance);
        line.Paid = share - sequestered;
        line.Allowed = allowed.Amount == Money.Zero ? null : allowed.Amount; // an amount of 0 is not sent
    }

    static void Adjust(ClaimPayment payment, int line, Code group, Code reason, Money amount)
    {
        if (amount != Money.Zero) payment.Adjustments.Add(line, new(group, reason, amount));
    }

    static Money Least(Money left, Money right) => left < right ? left : right;

    /// <summary>Charge, payment and the patient's part of the claim, from its lines.</summary>
    static void Sum(ClaimPayment payment)
    {
        var (charge, paid, owes) = (Money.Zero, Money.Zero, Money.Zero);
        foreach (ref readonly var line in payment.Lines)
            (charge, paid) = (charge + (line.Charge ?? Money.Zero), paid + (line.Paid ?? Money.Zero));
        foreach (ref readonly var adjustment in payment.Adjustments.All)
            if (adjustment.Group == Adjustment.Patient) owes += adjustment.Amount ?? Money.Zero;
        (payment.Charge, payment.Paid) = (charge, paid);
        payment.PatientOwes = owes > Money.Zero ? owes : null;
    }

    /// <summary>What is allowed for each line, at most its charge. The lines of a day are priced together.</summary>
    Allowed[] AllowedOf(Claim claim)
    {
        var allowed = new Allowed[claim.Lines.Length];
        for (var i = 0; i < allowed.Length; i++)
        {
            var charge = claim.Lines[i].Charge ?? Money.Zero;
            allowed[i] = new(Least(charge, Money.Round(charge.Dollars * rates["allowed"] / 10_000)),
                rates["coinsurance"] / 100m);
        }
        if (claim.Setting == Setting.Facility) return allowed;
        var lines = claim.Lines.ToArray();
        foreach (var day in Enumerable.Range(0, lines.Length).GroupBy(i => (lines[i].Date, PlaceOf(claim, lines[i]))))
        {
            var indexes = day.ToArray();
            var priced = SameDay.Price(book, Array.ConvertAll(indexes, i => lines[i]), day.Key.Item2, new("", ""));
            for (var k = 0; k < indexes.Length; k++)
                if (priced[k].Amount is { } price)
                    allowed[indexes[k]] = new(Least(price, lines[indexes[k]].Charge ?? Money.Zero),
                        priced[k].Coinsurance ?? (rates["coinsurance"] / 100m));
        }
        return allowed;
    }

    /// <summary>
    /// The first line whose price a mistake changes, with that price, at most its charge; null where it changes none.
    /// </summary>
    public PlantedPrice? WrongPrice(Claim claim, PriceFault fault)
    {
        if (claim.Setting == Setting.Facility) return null;
        var right = AllowedOf(claim);
        for (var i = 0; i < right.Length; i++)
        {
            var charge = claim.Lines[i].Charge ?? Money.Zero;
            if (PriceOf(claim.Lines[i], PlaceOf(claim, claim.Lines[i])) is not { } alone
                || Least(alone, charge) != right[i].Amount)
                continue; // lowered beside others: two mistakes at once would be no mistake to find
            if (WrongPrice(claim, i, fault) is { } price && Least(price, charge) is var wrong
                && wrong != right[i].Amount && wrong > Money.Zero)
                return new(i, fault, wrong, right[i].Amount);
        }
        return null;
    }

    /// <summary>The line alone, by the mistake; null where the book has no such price.</summary>
    Money? WrongPrice(Claim claim, int index, PriceFault fault)
    {
        var (line, place) = (claim.Lines[index], PlaceOf(claim, claim.Lines[index]));
        if (PriceOf(line, place) is not { } right) return null;
        switch (fault)
        {
            case PriceFault.Halved:
                return IsProcedure(line) ? Money.Round(right.Dollars / 2) : null;
            case PriceFault.EarlierYear: line.Date = line.Date.AddYears(-1); break;
            case PriceFault.OtherPlace:
                place = FeeSchedule.IsFacility(book, place, line.Date) ? Office : Hospital;
                break;
            default:
                if (line.Units.Whole < 2) return null;
                line.Units -= Quantity.One;
                break;
        }
        return PriceOf(line, place);
    }

    bool IsProcedure(in ServiceLine line) =>
        book.TryCode(line.Code, line.Date, out var row) && row.Kind == CodeKind.Procedure;

    static readonly Code Office = Code.Of("11"), Hospital = Code.Of("22");

    Money? PriceOf(in ServiceLine line, Code place) =>
        FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, line, place, new("", "")).Amount;

    static Code PlaceOf(Claim claim, in ServiceLine line) =>
        line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
}
