using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Remittances;
using Microsoft.EntityFrameworkCore;
using Remittance = Deltoid.Answers.Remittance;

namespace Deltoid.Store;

/// <summary>What an explanation of benefits on paper says of a payment; amounts in cents.</summary>
public sealed record PaperPayment(long PayerId, string Trace, DateOnly Day, long Amount,
    IReadOnlyList<PaperClaim> Claims);

/// <summary>One claim of it.</summary>
/// <param name="Status">As CLP02: 1 first payer, 2 second, 3 third, 4 denied.</param>
/// <param name="Control">The claim's number with the payer; empty where the paper has none.</param>
public sealed record PaperClaim(long ClaimId, string Status, string Control, IReadOnlyList<PaperLine> Lines);

/// <summary>One line of a claim: what was paid, and what was taken off with group and reason.</summary>
public sealed record PaperLine(int Number, long Paid, IReadOnlyList<(string Group, string Reason, long Cents)> Off);

/// <summary>
/// Payments that came on paper. What is typed becomes an 835, so that it goes the way of all payments: looked at,
/// balanced, matched, posted, taken back. The same paper typed twice is the same file.
/// </summary>
public static class PaperPayments
{
    const int LongestTrace = 30;

    /// <param name="today">A check is not of a later day.</param>
    /// <returns>The 835.</returns>
    /// <exception cref="InputException">Something is missing, or does not add up; <c>At</c> is the field.</exception>
    public static async Task<byte[]> Write(PracticeDb db, PaperPayment typed, DateOnly today,
        CancellationToken stop = default)
    {
        var payer = await db.Payers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == typed.PayerId, stop)
            ?? throw new InputException("payer", "the payer is missing", "choose who sent the paper");
        CheckHead(typed, today);
        var ids = typed.Claims.Select(static c => c.ClaimId).ToList();
        var sent = await db.Claims.AsNoTracking().Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(static c => c.Id, static c => Documents.Claim(c.Document), stop);
        var paid = typed.Claims.Select(claim => Of(claim, sent[claim.ClaimId], payer)).ToList();
        var total = typed.Claims.Sum(static c => c.Lines.Sum(static l => l.Paid));
        if (total != typed.Amount)
            throw new InputException("amount", string.Create(CultureInfo.InvariantCulture,
                $"the lines come to {total / 100m:0.00}, and the payment is {typed.Amount / 100m:0.00}"),
                "type all claims of the paper, and look at what is paid on each line");
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        return Write(HeadOf(typed, payer, practice), paid, typed, payer);
    }

    static void CheckHead(PaperPayment typed, DateOnly today)
    {
        if (typed.Trace.Length is 0 or > LongestTrace || typed.Trace.Any(static c => !char.IsAsciiLetterOrDigit(c)
            && c is not ('-' or ' ' or '.' or '/')))
            throw new InputException("trace", "the number of the check or transfer is missing, or has other signs than "
                + "letters, digits and hyphens", "write it as the paper has it");
        if (typed.Day > today)
            throw new InputException("day", "the payment is of a later day than today", "look at its day");
        if (typed.Amount < 0)
            throw new InputException("amount", "a payment is not less than nothing",
                "what was taken back comes with an 835 only");
        if (typed.Claims.Count == 0)
            throw new InputException("claims", "no claim is named", "write the numbers of the claims, one in a line");
    }

    static ClaimPayment Of(PaperClaim typed, Claim sent, Payer payer)
    {
        var payment = ClaimPayment.Of(sent, typed.Control);
        (payment.Status, payment.Filing) = (Code.Of(typed.Status), CodeOf(payer.Filing));
        foreach (ref readonly var line in sent.Lines) AddLine(payment, sent, line, LineOf(typed, sent, line));
        var (charge, paid, owes) = (Money.Zero, Money.Zero, Money.Zero);
        foreach (ref readonly var line in payment.Lines)
        {
            (charge, paid) = (charge + line.Charge!.Value, paid + line.Paid!.Value);
            foreach (ref readonly var off in payment.Adjustments.Of(line.Number))
                if (off.Group == Adjustment.Patient) owes += off.Amount!.Value;
        }
        (payment.Charge, payment.Paid, payment.PatientOwes) = (charge, paid, owes);
        return payment;
    }

    /// <summary>What was typed of a line; it must explain the whole charge.</summary>
    static PaperLine LineOf(PaperClaim typed, Claim sent, in ServiceLine line)
    {
        var number = line.Number;
        var said = typed.Lines.FirstOrDefault(l => l.Number == number) ?? new(number, 0, []);
        var (charge, explained) = (line.Charge?.Cents ?? 0, said.Paid + said.Off.Sum(static o => o.Cents));
        if (charge != explained)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"paid.{typed.ClaimId}.{number}"),
                string.Create(CultureInfo.InvariantCulture, $"claim {sent.Text(ClaimText.Id)}, line {number} "
                    + $"({line.Code}): {charge / 100m:0.00} was charged, and what is paid and taken off comes to "
                    + $"{explained / 100m:0.00}"), "type all amounts of the line as the paper has them");
        return said;
    }

    static void AddLine(ClaimPayment payment, Claim sent, in ServiceLine of, PaperLine said)
    {
        ref var line = ref payment.AddLine(sent, of);
        line.Paid = new(said.Paid);
        foreach (var (group, reason, cents) in said.Off.Where(static o => o.Cents != 0))
            payment.Adjustments.Add(line.Number, new(CodeOf(group), CodeOf(reason), new Money(cents)));
    }

    static Code CodeOf(string text) => Code.TryParse(Encoding.UTF8.GetBytes(text), out var code) ? code : default;

    static Remittance HeadOf(PaperPayment typed, Payer payer, Practice practice)
    {
        var head = new Remittance
        {
            Amount = new(typed.Amount), Effective = typed.Day, Produced = typed.Day,
        };
        void Set(RemittanceText text, string value)
        {
            if (value.Length > 0) head.Set(text, Encoding.UTF8.GetBytes(value));
        }
        Set(RemittanceText.Trace, typed.Trace);
        Set(RemittanceText.Method, typed.Amount == 0 ? "NON" : "CHK");
        Set(RemittanceText.PayerName, payer.Name);
        Set(RemittanceText.PayerPlanId, payer.Number);
        Set(RemittanceText.PayeeName, practice.Name);
        Set(RemittanceText.PayeeNpi, practice.Npi);
        Set(RemittanceText.PayeeTaxId, practice.TaxId.Replace("-", "", StringComparison.Ordinal));
        return head;
    }

    /// <summary>The control numbers come from what was typed, so that the same paper is the same bytes.</summary>
    static byte[] Write(Remittance head, List<ClaimPayment> claims, PaperPayment typed, Payer payer)
    {
        var said = string.Create(CultureInfo.InvariantCulture,
            $"{payer.Number}|{typed.Trace}|{typed.Day:yyyyMMdd}|{typed.Amount}");
        var control = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(said)), 0) & 0x1FFF_FFFF;
        var writer = new RemittanceFileWriter(new EnvelopeTerms
        {
            Sender = "PAPER", Receiver = "PRACTICE", InterchangeControl = control, GroupControl = control,
            Day = typed.Day, Time = new(0, 0),
        });
        writer.Write(head, claims);
        writer.Finish();
        return writer.Output.Written.ToArray();
    }
}
