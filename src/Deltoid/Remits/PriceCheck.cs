using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Holds what a payer allowed for the lines of a claim against its contract. Lines that were denied are not asked;
/// where something else than the price is open, the verdict is unknown and says what.
/// </summary>
internal static class PriceCheck
{
    /// <summary>By line of the claim as sent, in its order.</summary>
    /// <param name="claim">As it was sent; null where it is not at hand.</param>
    /// <param name="payments">What came back of it, in order: a reversal undoes what came before it.</param>
    public static List<LinePrice> Of(CodeBook book, Contract contract, string plan, Claim? claim,
        IReadOnlyList<ClaimPayment> payments)
    {
        var standing = Standing(payments);
        if (standing.Count == 0) return [];
        if (claim is null) return [Whole("the claim as it was sent is not at hand", standing)];
        if (standing.Exists(static p => p.Lines.Length == 0))
            return standing.Exists(static p => p.Paid is { Cents: > 0 })
                ? [Whole("the payer does not say what it paid for each line", standing)]
                : [];
        var (pricer, paid) = (new ContractPricer(book, contract, plan), new PaidLine?[claim.Lines.Length]);
        foreach (var payment in standing) Collect(claim, payment, paid);
        var found = new List<LinePrice>();
        for (var i = 0; i < paid.Length; i++)
            if (paid[i] is not null) Judge(pricer, claim, i, paid, found);
        return found;
    }

    /// <summary>The payments that no later reversal undoes.</summary>
    static List<ClaimPayment> Standing(IReadOnlyList<ClaimPayment> payments)
    {
        var standing = new List<ClaimPayment>();
        foreach (var payment in payments)
            if (payment.IsReversal) standing.Clear();
            else standing.Add(payment);
        return standing;
    }

    static LinePrice Whole(string why, List<ClaimPayment> payments)
    {
        var whole = new LinePrice();
        foreach (var payment in payments) whole.Paid += payment.Paid ?? Money.Zero;
        whole.Unknown(why);
        return whole;
    }

    static void Collect(Claim claim, ClaimPayment payment, PaidLine?[] paid)
    {
        var matched = LineMatch.Of(claim, payment);
        for (var line = 1; line <= matched.Length; line++)
            if (matched[line - 1] is >= 0 and var sent)
            {
                if (paid[sent] is { } known && known.Payment != payment)
                    if (known.IsDenied) paid[sent] = null; // paid after a denial
                    else known.Note("two payments answer the line");
                (paid[sent] ??= new(payment)).Add(line);
            }
    }

    static void Judge(ContractPricer pricer, Claim claim, int index, PaidLine?[] paid, List<LinePrice> found)
    {
        ref readonly var sent = ref claim.Lines[index];
        var line = new LinePrice
        {
            Number = sent.Number, Index = index, Code = sent.Code, Units = sent.Units, Charge = sent.Charge,
            Day = sent.Date, Price = pricer.Price(claim, index),
        };
        var own = paid[index]!;
        if (line.Price.Shares is { Length: > 1 } shares)
        {
            if (shares[0] != index) return; // said at the first line of the visit
            own = own.With(shares, paid);
            line.With = [.. shares.Skip(1).Select(i => claim.Lines[i].Number)];
        }
        if (own.IsDenied) return;
        (line.Paid, line.Patient, line.Sequestered) = (own.Paid, own.Patient, own.Sequestered);
        found.Add(line);
        if (!IsWhole(claim, line, own)) own.Note("the payer put lines together or cut them: its charge is another");
        if (own.Open.Length > 0) line.Unknown(own.Open);
        else if (!line.Price.IsKnown) line.Unknown(line.Price.Why);
        else Decide(pricer, claim, line, own);
    }

    static bool IsWhole(Claim claim, LinePrice line, PaidLine paid)
    {
        var sent = line.Charge ?? Money.Zero;
        foreach (var number in line.With) sent += claim.Lines[claim.IndexOf(number)].Charge ?? Money.Zero;
        return line.Charge is null || paid.Charge == sent;
    }

    static void Decide(ContractPricer pricer, Claim claim, LinePrice line, PaidLine paid)
    {
        var right = RightSequestration(pricer.Contract, claim, line);
        if (line.Sequestered != Money.Zero && right is null)
        {
            line.Unknown("sequestration was taken, and the contract does not say whether it may be (sequestration)");
            return;
        }
        line.SequesteredRightly = right ?? Money.Zero;
        line.Decide(pricer.Contract.Tolerance);
        if (line.Verdict != PriceVerdict.PaidRight) PriceCauses.Find(pricer, claim, line, paid);
    }

    /// <summary>Of what was taken, the percent of the payer's share; a cent is rounding. Null where it is not known
    /// whether any may be taken.</summary>
    static Money? RightSequestration(Contract contract, Claim claim, LinePrice line)
    {
        var may = contract.Sequestration ?? (claim.PayerKind == PayerKind.Medicare ? true : null);
        if (may is not { } isRight) return null;
        if (!isRight || line.Day == default) return Money.Zero;
        var most = Money.Round((line.Paid + line.Sequestered).Dollars * Shares.Sequestered(line.Day) / 100);
        return line.Sequestered.Cents <= most.Cents + 1 ? line.Sequestered : most;
    }
}

/// <summary>What came back of one line of a claim: of all its parts.</summary>
internal sealed class PaidLine(ClaimPayment payment)
{
    static readonly Code Secondary = Code.Of("2"), Tertiary = Code.Of("3"), First = Code.Of("23"),
        Sequestration = Code.Of("253");

    /// <summary>Reductions to a price; what else is taken off is a matter of its own.</summary>
    static readonly Code[] OfPrice = [.. ((string[])
        ["45", "59", "P12", "P23", "P24", "P25", "44", "90", "91", "130", "131", "172", "122", "94"]).Select(Code.Of)];

    readonly List<string> refused = [];

    public ClaimPayment Payment => payment;

    public Money Charge { get; private set; }

    public Money Paid { get; private set; }

    public Money Patient { get; private set; }

    public Money Sequestered { get; private set; }

    /// <summary>Reductions to a price by their reason.</summary>
    public List<Adjustment> Reductions { get; } = [];

    /// <summary>The code that the payer priced, and the units that it says it paid.</summary>
    public Code Priced { get; private set; }

    public Quantity? Units { get; private set; }

    string note = "";

    /// <summary>What has to be settled before the price can be judged; empty where nothing has.</summary>
    public string Open => note.Length > 0 ? note
        : refused.Count > 0 ? $"part of the line is refused ({string.Join(", ", refused)}): settle that first"
        : "";

    /// <summary>Nothing was allowed, for another reason than the price.</summary>
    public bool IsDenied => refused.Count > 0 && Paid.Cents <= 0 && Patient == Money.Zero;

    public void Note(string what) => note = note.Length > 0 ? note : what;

    public void Add(int number)
    {
        ref readonly var line = ref payment.Lines[number - 1];
        Charge += line.Charge ?? Money.Zero;
        Paid += line.Paid ?? Money.Zero;
        Units = line.UnitsPaid is { } units ? (Units ?? Quantity.Zero) + units : Units;
        if (line.Procedure.Kind != Revenue) Priced = line.Procedure.Code;
        if (payment.Status == Secondary || payment.Status == Tertiary) Note("another payer paid before this one");
        foreach (ref readonly var adjustment in payment.Adjustments.Of(number)) Take(adjustment);
        foreach (ref readonly var whole in payment.Adjustments.Of(0))
            if (whole.Amount is { } amount && amount != Money.Zero)
                Note("the payer changed the claim as a whole, and does not say what of it is this line's");
    }

    static readonly Code Revenue = Code.Of("NU");

    void Take(in Adjustment adjustment)
    {
        if (adjustment.Amount is not { } amount || amount == Money.Zero) return;
        if (adjustment.Reason == First) Note("another payer paid before this one");
        else if (adjustment.Reason == Sequestration) Sequestered += amount;
        else if (adjustment.Group == Adjustment.Patient && IsShare(adjustment.Reason)) Patient += amount;
        else if (Array.IndexOf(OfPrice, adjustment.Reason) >= 0) Reductions.Add(adjustment);
        else refused.Add($"{adjustment.Group}-{adjustment.Reason}");
    }

    static bool IsShare(Code reason) =>
        ReasonCodes.Shipped.Carc(reason.ToString())?.Denial == "ND-PATIENT-SHARE";

    /// <summary>All lines of a visit together; one that was refused is paid within the visit.</summary>
    public PaidLine With(int[] lines, PaidLine?[] paid)
    {
        var all = new PaidLine(payment) { Priced = Priced };
        foreach (var index in lines)
        {
            if (paid[index] is not { } part)
            {
                all.Note("the payer does not answer all lines of the visit");
                continue;
            }
            (all.Charge, all.Paid) = (all.Charge + part.Charge, all.Paid + part.Paid);
            (all.Patient, all.Sequestered) = (all.Patient + part.Patient, all.Sequestered + part.Sequestered);
            all.Reductions.AddRange(part.Reductions);
            if (part.note.Length > 0) all.Note(part.note);
            if (!part.IsDenied) all.refused.AddRange(part.refused);
        }
        return all;
    }
}
