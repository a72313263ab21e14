using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12;

namespace Deltoid.Results;

/// <summary>What an 835 says, in sentences: the payment, then each claim with its lines: billed, paid, and where the
/// rest went.</summary>
public sealed class PaymentPage(TextPage page)
{
    readonly RemittanceReader reader = new();
    readonly Remittance head = new();
    readonly RemittanceSums sums = new();
    readonly ClaimPayment payment = new();
    readonly FindingList unused = new(); // `check` reports what is wrong
    readonly SortedDictionary<string, Reason> named = new(StringComparer.Ordinal);

    /// <summary>What was done with a claim (CLP02), in words of ours.</summary>
    static readonly (string Code, string Words)[] Statuses =
    [
        ("1", "paid as primary"), ("2", "paid as secondary"), ("3", "paid as tertiary"), ("4", "denied"),
        ("19", "paid as primary and forwarded"), ("20", "paid as secondary and forwarded"),
        ("21", "paid as tertiary and forwarded"), ("22", "an earlier payment taken back"),
        ("23", "not this payer's, forwarded"), ("25", "an estimate, no payment"),
    ];

    /// <summary>Where an amount went, by group and reason; a group without a reason is for all its others.</summary>
    static readonly (string Group, string Reason, string Words)[] Fates =
    [
        ("CO", "45", "written off by contract"), ("CO", "", "not paid, and the patient does not owe it"),
        ("PI", "", "not paid by the payer's own decision"),
        ("OA", "23", "settled by an earlier payer"), ("OA", "", "not paid for another reason"),
    ];

    /// <summary>A part of an 835.</summary>
    public void Write(byte[] bytes, Stretch stretch)
    {
        reader.Open(bytes, stretch, head, sums);
        var isNew = stretch.Data.Ordinal == 1;
        while (reader.Read(payment, unused))
        {
            WriteHead(ref isNew); // it is complete when its first claim is
            WriteClaim();
        }
        WriteHead(ref isNew);
        foreach (ref readonly var adjustment in head.Adjustments.Span) WriteAdjustment(adjustment);
        WriteCodes();
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
        var day = head.Effective == default ? "" : $", {head.Effective:yyyy-MM-dd}";
        page.Line(page.Strong(Shown.Of($"{what} from {head.Text(RemittanceText.PayerName)}{day}, number {head.Text(RemittanceText.Trace)}")));
    }

    void WriteClaim()
    {
        page.Wrap("  ", $"claim {payment.Text(payment.Id)}, {StatusOf(payment.Status)}: {Sentence(payment.Charge, payment.Paid, payment.Adjustments.All, payment.PatientOwes)}");
        foreach (ref readonly var line in payment.Lines)
        {
            var adjustments = payment.Adjustments.Of(line.Number);
            var remarks = string.Concat(payment.Remarks.Of(line.Number).ToArray().Select(static r => $", remark {r.Code}"));
            page.Wrap("      ", $"{NameOf(line)}: {Sentence(line.Charge, line.Paid, adjustments, null)}{remarks}");
        }
        foreach (ref readonly var adjustment in payment.Adjustments.All) Note(ReasonCodes.Shipped.Carc(adjustment.Reason.ToString()));
        foreach (ref readonly var remark in payment.Remarks.All) Note(ReasonCodes.Shipped.Rarc(remark.Code.ToString()));
    }

    /// <summary>The contract and the patient's share are said in the sentence itself.</summary>
    void Note(Reason? reason)
    {
        if (reason is { Denial: not ("ND-CONTRACTUAL" or "ND-PATIENT-SHARE") }) named[reason.Code] = reason;
    }

    /// <summary>What the reasons and remarks mean that were named, each once, and what to do.</summary>
    void WriteCodes()
    {
        foreach (var (code, reason) in named) page.Wrap($"  {code,-6}", $"{reason.Label}. {reason.Do}");
        named.Clear();
    }

    void WriteAdjustment(in ProviderAdjustment adjustment)
    {
        if (adjustment.Amount is not { } amount || amount == Money.Zero) return;
        var way = amount.Cents > 0 ? "taken from the payment" : "added to the payment";
        page.Wrap("  ", $"{Dollars.Of(new(Math.Abs(amount.Cents)))} {way} ({adjustment.Reason}), reference {head.Text(adjustment.Reference)}");
    }

    static string StatusOf(Code status) =>
        Array.Find(Statuses, s => status.ToString() == s.Code).Words ?? $"status {status}";

    static string NameOf(in PaymentLine line)
    {
        var code = line.Procedure.Code.IsNone ? line.RevenueCode : line.Procedure.Code;
        return code.IsNone
            ? $"line {line.Number}"
            : line.Procedure.Modifiers.IsEmpty
            ? code.ToString()
            : $"{code}-{line.Procedure.Modifiers}";
    }

    /// <summary><c>billed $227.00, paid $109.50; $92.50 written off by contract (CO-45); patient owes $25.00
    /// (PR-3)</c>.</summary>
    /// <param name="patient">What the claim says that the patient owes, where no adjustment does.</param>
    static string Sentence(Money? charge, Money? paid, ReadOnlySpan<Adjustment> adjustments, Money? patient)
    {
        var (billed, taken, sums) = (charge ?? Money.Zero, paid ?? Money.Zero, SumsOf(adjustments));
        List<string> parts = [$"billed {Dollars.Of(billed)}, paid {Dollars.Of(taken)}"];
        parts.AddRange(sums.Where(static s => s.Group != Adjustment.Patient).Select(static s => FateOf(s.Group,
            s.Reason, s.Amount)));
        var left = billed - taken - new Money(sums.Sum(static s => s.Amount.Cents));
        if (left != Money.Zero) parts.Add($"{Dollars.Of(left)} the payer does not explain");
        if (PatientOf(sums, patient) is { Length: > 0 } owes) parts.Add(owes);
        return string.Join("; ", parts);
    }

    /// <summary>Adjustments of one group and reason together, in the order they came.</summary>
    static List<(Code Group, Code Reason, Money Amount)> SumsOf(ReadOnlySpan<Adjustment> adjustments)
    {
        var sums = new List<(Code Group, Code Reason, Money Amount)>();
        foreach (ref readonly var adjustment in adjustments)
        {
            var (group, reason, amount) = (adjustment.Group, adjustment.Reason, adjustment.Amount ?? Money.Zero);
            var at = sums.FindIndex(s => s.Group == group && s.Reason == reason);
            if (at < 0) sums.Add((group, reason, amount));
            else sums[at] = (group, reason, sums[at].Amount + amount);
        }
        return sums;
    }

    static string FateOf(Code group, Code reason, Money amount)
    {
        var words = amount.Cents < 0 ? "put back" : "adjusted";
        foreach (var fate in Fates)
            if (amount.Cents > 0 && group.ToString() == fate.Group
                && (fate.Reason.Length == 0 || reason.ToString() == fate.Reason)) { words = fate.Words; break; }
        return $"{Dollars.Of(new(Math.Abs(amount.Cents)))} {words} ({group}-{reason})";
    }

    static string PatientOf(List<(Code Group, Code Reason, Money Amount)> sums, Money? said)
    {
        var shares = sums.FindAll(static s => s.Group == Adjustment.Patient);
        if (shares.Count == 0)
            return said is { Cents: > 0 } owed ? $"the payer says that the patient owes {Dollars.Of(owed)}" : "";
        var all = new Money(shares.Sum(static s => s.Amount.Cents));
        var reasons = shares.Count == 1
            ? $"PR-{shares[0].Reason}"
            : string.Join(", ", shares.Select(static s => $"PR-{s.Reason} {Dollars.Of(s.Amount)}"));
        return all.Cents < 0
            ? $"the patient's share of {Dollars.Of(new(-all.Cents))} is taken back ({reasons})"
            : $"patient owes {Dollars.Of(all)} ({reasons})";
    }
}
