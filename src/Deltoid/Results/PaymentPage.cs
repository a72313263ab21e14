using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;

namespace Deltoid.Results;

/// <summary>
/// What an 835 says, in sentences: the payment, then each claim with its lines: billed, paid, where the rest went, and
/// what to do about a line that was not paid.
/// </summary>
internal sealed class PaymentPage(TextPage page) : SetPage
{
    readonly RemittanceReader reader = new();
    readonly Remittance head = new();
    readonly RemittanceSums sums = new();
    readonly ClaimPayment payment = new();
    readonly FindingList unused = new(); // `check` reports what is wrong

    /// <summary>Adjustments of one group and reason.</summary>
    readonly record struct Share(Code Group, Code Reason, Money Amount)
    {
        public bool IsPatients => Group == Adjustment.Patient;
    }

    /// <summary>A part of an 835.</summary>
    public override void Write(byte[] bytes, SetPart setPart)
    {
        reader.Open(bytes, setPart, head, sums);
        var isNew = setPart.Data.Ordinal == 1;
        while (reader.Read(payment, unused))
        {
            WriteHead(ref isNew); // it is complete when its first claim is
            WriteClaim();
        }
        WriteHead(ref isNew);
        foreach (ref readonly var adjustment in head.Adjustments.Span) WriteAdjustment(adjustment);
        page.Line();
        reader.SetFindings.Clear();
        unused.Clear();
    }

    void WriteHead(ref bool isNew)
    {
        if (!isNew) return;
        isNew = false;
        var amount = head.Amount ?? Money.Zero;
        var what = amount == Money.Zero ? "A notice that pays nothing" : $"A payment of {Dollars.Of(amount)}";
        var day = head.Effective == default ? "" : $", {head.Effective.Iso()}";
        var from = head.Text(RemittanceText.PayerName) is { Length: > 0 } payer
            ? payer
            : "a payer without a name (N102)";
        var trace = head.Text(RemittanceText.Trace) is { Length: > 0 } number
            ? $"number {number}"
            : "without a number (TRN02)";
        var way = Named(ResponseKind.Method, head.Text(RemittanceText.Method), ", ");
        page.Line(page.Strong(Shown.Of($"{what} from {from}{day}, {trace}{(amount == Money.Zero ? "" : way)}")));
    }

    /// <summary>Our words for a code, the code itself where we have none, nothing for no code.</summary>
    static string Named(ResponseKind kind, string code, string lead) =>
        code.Length == 0 ? "" : lead + ResponseCodes.Shipped.Words(kind, code);

    void WriteClaim()
    {
        var came = Sentence(payment.Charge, payment.Paid, SharesOf(payment.Adjustments.All), payment.PatientOwes);
        var others = AmountsOf(payment.Amounts.Of(0), null);
        page.Wrap("  ", $"claim {payment.Text(payment.Id)}, {StatusOf(payment.Status)}: {came}{others}");
        WriteRemarks("    remark ", 0);
        foreach (ref readonly var line in payment.Lines) WriteLine(line);
    }

    void WriteLine(in PaymentLine line)
    {
        var shares = SharesOf(payment.Adjustments.Of(line.Number));
        var others = AmountsOf(payment.Amounts.Of(line.Number), line.Allowed);
        page.Wrap("      ", $"{NameOf(line)}: {Sentence(line.Charge, line.Paid, shares, null)}{others}");
        WriteRemarks("        remark ", line.Number);
        foreach (var share in shares)
            if (IsDenial(share) && ReasonCodes.Shipped.Carc(share.Reason.ToString()) is { } reason)
                page.Wrap("        to do: ", reason.Do);
    }

    void WriteRemarks(string lead, int line)
    {
        foreach (ref readonly var remark in payment.Remarks.Of(line))
        {
            var label = ReasonCodes.Shipped.Rarc(remark.Code.ToString()) is { } known ? $": {known.Label}" : "";
            page.Wrap(lead, $"{remark.Code}{label}");
        }
    }

    /// <summary>Amounts beside the balance: <c>; allowed $90.00 (B6)</c>.</summary>
    static string AmountsOf(ReadOnlySpan<OtherAmount> amounts, Money? allowed)
    {
        var text = allowed is { } most ? $"; allowed {Dollars.Of(most)} {TextPage.Code("(B6)")}" : "";
        foreach (ref readonly var amount in amounts)
        {
            if (amount.Amount is not { } dollars || amount.Kind.IsNone) continue;
            var words = ResponseCodes.Shipped.Find(ResponseKind.Amount, amount.Kind.ToString())?.Label ?? "amount";
            text += $"; {words} {Dollars.Of(dollars)} {TextPage.Code($"({amount.Kind})")}";
        }
        return text;
    }

    /// <summary>Money that was withheld and that neither the contract nor an earlier payer explains.</summary>
    static bool IsDenial(Share share) =>
        share is { IsPatients: false, Amount.Cents: > 0 } && share.Reason.ToString() is not ("45" or "23");

    void WriteAdjustment(in ProviderAdjustment adjustment)
    {
        if (adjustment.Amount is not { } amount || amount == Money.Zero) return;
        var way = amount.Cents > 0 ? "taken from the payment" : "added to the payment";
        var reference = head.Text(adjustment.Reference);
        var reason = Named(ResponseKind.ProviderAdjustment, adjustment.Reason.ToString(), ": ");
        var about = reference.Length > 0 ? $", reference {reference}" : "";
        page.Wrap("  ", $"{Size(amount)} {way}{reason} {TextPage.Code($"({adjustment.Reason})")}{about}");
    }

    static string StatusOf(Code status) =>
        ResponseCodes.Shipped.Find(ResponseKind.PaidStatus, status.ToString())?.Label ?? $"status {status}";

    static string NameOf(in PaymentLine line)
    {
        var code = line.Procedure.Code.IsNone ? line.RevenueCode : line.Procedure.Code;
        if (code.IsNone) return $"line {line.Number}";
        return line.Procedure.Modifiers.IsEmpty ? code.ToString() : $"{code}-{line.Procedure.Modifiers}";
    }

    /// <summary>
    /// <c>billed $227.00, paid $109.50; $92.50 written off by contract (CO-45); patient owes $25.00 (PR-3: …)</c>.
    /// </summary>
    /// <param name="patient">What the claim says that the patient owes, where no adjustment does.</param>
    static string Sentence(Money? charge, Money? paid, List<Share> shares, Money? patient)
    {
        var (billed, taken) = (charge ?? Money.Zero, paid ?? Money.Zero);
        List<string> parts = [$"billed {Dollars.Of(billed)}, paid {Dollars.Of(taken)}"];
        foreach (var share in shares)
            if (!share.IsPatients) parts.Add(FateOf(share));
        var left = billed - taken - Sum(shares);
        if (left != Money.Zero) parts.Add($"{Dollars.Of(left)} the payer does not explain");
        if (PatientOf(shares.FindAll(static s => s.IsPatients), patient) is { Length: > 0 } owes) parts.Add(owes);
        return string.Join("; ", parts);
    }

    static Money Sum(List<Share> shares) => new(shares.Sum(static s => s.Amount.Cents));

    /// <summary>Adjustments of one group and reason together, in the order they came.</summary>
    static List<Share> SharesOf(ReadOnlySpan<Adjustment> adjustments)
    {
        var shares = new List<Share>();
        foreach (ref readonly var adjustment in adjustments)
        {
            var share = new Share(adjustment.Group, adjustment.Reason, adjustment.Amount ?? Money.Zero);
            var at = shares.FindIndex(s => s.Group == share.Group && s.Reason == share.Reason);
            if (at < 0) shares.Add(share);
            else shares[at] = share with { Amount = shares[at].Amount + share.Amount };
        }
        return shares;
    }

    static string FateOf(Share share)
    {
        var (group, reason) = (share.Group.ToString(), share.Reason.ToString());
        if (share.Amount.Cents < 0) return $"{Size(share.Amount)} put back {TextPage.Code($"({group}-{reason})")}";
        var codes = ResponseCodes.Shipped;
        var fate = codes.Find(ResponseKind.Fate, $"{group}-{reason}") ?? codes.Find(ResponseKind.Fate, group);
        var why = IsDenial(share) ? LabelOf(reason) : "";
        return $"{Size(share.Amount)} {fate?.Label ?? "adjusted"} "
            + $"{TextPage.Code($"({group}-{reason}")}{why}{TextPage.Code(")")}";
    }

    /// <summary>Our label of a reason, in the middle of a sentence.</summary>
    static string LabelOf(string reason) =>
        ReasonCodes.Shipped.Carc(reason) is { Label: var label }
            ? $": {char.ToLowerInvariant(label[0])}{label[1..]}"
            : "";

    static string PatientOf(List<Share> shares, Money? said)
    {
        if (shares.Count == 0)
            return said is { Cents: > 0 } owed ? $"the payer says that the patient owes {Dollars.Of(owed)}" : "";
        var (all, isOne) = (Sum(shares), shares.Count == 1);
        var reasons = string.Join(", ",
            shares.Select(s => $"PR-{s.Reason}{(isOne ? LabelOf(s.Reason.ToString()) : $" {Dollars.Of(s.Amount)}")}"));
        return all.Cents < 0
            ? $"the patient's share of {Size(all)} is taken back ({reasons})"
            : $"patient owes {Dollars.Of(all)} ({reasons})";
    }

    static string Size(Money amount) => Dollars.Of(new(Math.Abs(amount.Cents)));
}
