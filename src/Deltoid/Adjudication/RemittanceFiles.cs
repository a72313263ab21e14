using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Remittances;

namespace Deltoid.Adjudication;

/// <summary>
/// Gathers what a round pays by payer, payee and day, and writes an 835 for each, with the provider adjustments that
/// make it balance; and the wrongs that a payer does with whole files.
/// </summary>
internal sealed class RemittanceFiles(PayerBooks books, PracticeRates rates, Chance chance)
{
    static readonly Code Recovery = Code.Of("WO"), Forward = Code.Of("FB"), Interest = Code.Of("L6"),
        InterestAmount = Code.Of("I");

    sealed record Batch(Payee Payee, DateOnly Day)
    {
        public List<ClaimPayment> Claims { get; } = [];

        public List<OpenBalance> Withheld { get; } = [];

        public string Key => $"{Payee.PayerId} {Payee.Npi} {Payee.TaxId}";
    }

    readonly List<Batch> batches = [];

    public void Add(Payee payee, DateOnly day, ClaimPayment claim) => Of(payee, day).Claims.Add(claim);

    /// <summary>What was taken back of a claim is kept off a later check: this one is paid as if it were not.</summary>
    public void Withhold(Payee payee, DateOnly day, string control, Money amount)
    {
        var batch = Of(payee, day);
        batch.Withheld.Add(new(Recovery, batch.Key, control, amount));
    }

    Batch Of(Payee payee, DateOnly day)
    {
        var batch = batches.Find(b => b.Day == day && b.Payee == payee);
        if (batch is null) batches.Add(batch = new(payee, day));
        return batch;
    }

    /// <summary>The files of the round, by day.</summary>
    public List<PayerFile> Finish()
    {
        var files = new List<PayerFile>();
        foreach (var batch in batches.OrderBy(static b => b.Day)) Write(batch, files);
        batches.Clear();
        return files;
    }

    void Write(Batch batch, List<PayerFile> files)
    {
        var trace = string.Create(CultureInfo.InvariantCulture, $"PP{books.NextTrace++:0000000}");
        var (payment, interest) = HeadOf(batch, trace);
        Close(batch, payment, interest);
        var amount = payment.Amount!.Value;
        books.Checks += amount;
        books.Interest += interest;
        if (amount > Money.Zero && Happens("cent-off", trace))
        {
            var (wrong, _) = HeadOf(batch, trace);
            Copy(payment, wrong);
            wrong.Amount = amount + new Money(chance.Below("side", trace, 2) == 0 ? 1 : -1);
            Add(files, "cent-off", trace, Bytes(batch, wrong));
        }
        var right = Bytes(batch, payment);
        Add(files, "right", trace, right);
        if (Happens("doubled", trace)) Add(files, "again", trace, right);
        if (!Happens("rewrapped", trace)) return;
        var (again, _) = HeadOf(batch, trace);
        Copy(payment, again);
        again.Amount = amount;
        Add(files, "rewrapped", trace, Bytes(batch, again));
    }

    bool Happens(string matter, string trace) => chance.Is(matter, trace, rates[matter]);

    void Add(List<PayerFile> files, string kind, string trace, byte[] bytes) => files.Add(new(
        string.Create(CultureInfo.InvariantCulture, $"835-{books.Round:00}-{files.Count + 1:000}.835"), kind, trace,
        bytes));

    /// <summary>The same provider adjustments in another copy of a payment.</summary>
    static void Copy(Remittance from, Remittance to)
    {
        foreach (var adjustment in from.Adjustments.Span)
            to.Adjustments.Add(adjustment with
            {
                Provider = to.Append(from[adjustment.Provider]), Reference = to.Append(from[adjustment.Reference])
            });
    }

    static (Remittance Payment, Money Interest) HeadOf(Batch batch, string trace)
    {
        var (payment, payee) = (new Remittance(), batch.Payee);
        void Set(RemittanceText text, string value)
        {
            if (value.Length > 0) payment.Set(text, Encoding.UTF8.GetBytes(value));
        }
        (payment.Effective, payment.Produced) = (batch.Day, batch.Day);
        Set(RemittanceText.Trace, trace);
        Set(RemittanceText.PayerTaxId, string.Create(CultureInfo.InvariantCulture,
            $"1{100_000_000 + new Chance(0).Below("payer", payee.PayerId, 900_000_000)}"));
        Set(RemittanceText.PayerName, payee.PayerName);
        Set(RemittanceText.PayerAddress, "1 PRACTICE PLAZA");
        Set(RemittanceText.PayerCity, "HARTFORD");
        Set(RemittanceText.PayerState, "CT");
        Set(RemittanceText.PayerZip, "06156");
        Set(RemittanceText.PayeeName, payee.Name);
        Set(RemittanceText.PayeeNpi, payee.Npi);
        Set(RemittanceText.PayeeTaxId, payee.TaxId);
        Set(RemittanceText.PayeeAddress, payee.Address);
        Set(RemittanceText.PayeeCity, payee.City);
        Set(RemittanceText.PayeeState, payee.State);
        Set(RemittanceText.PayeeZip, payee.Zip);
        // a remittance has no field for its contact, so it is a kept segment, in its place in the set
        foreach (var kept in (ReadOnlySpan<string>)["ST*835*0001", "N1*PR", "PER*BL*PROVIDER DESK*TE*8005550100"])
            payment.Keep(new ClaimSegment(payment.Append(Encoding.ASCII.GetBytes(kept)), 0, 0), 0);
        var interest = Money.Zero;
        foreach (var claim in batch.Claims) interest += claim.Amount(InterestAmount) ?? Money.Zero;
        return (payment, interest);
    }

    /// <summary>
    /// Interest, what is withheld later, what earlier checks left open; and a check is never less than nothing: the
    /// rest goes forward.
    /// </summary>
    void Close(Batch batch, Remittance payment, Money interest)
    {
        var total = Money.Zero;
        foreach (var claim in batch.Claims) total += claim.Paid ?? Money.Zero;
        total += interest;
        if (interest != Money.Zero) Adjust(payment, batch, Interest, "", Money.Zero - interest);
        foreach (var withheld in batch.Withheld)
        {
            Adjust(payment, batch, Recovery, withheld.Reference, Money.Zero - withheld.Amount);
            total += withheld.Amount;
        }
        foreach (var open in books.Open.FindAll(o => o.From == batch.Key))
        {
            Adjust(payment, batch, open.Reason, open.Reference, open.Amount);
            total -= open.Amount;
            books.Open.Remove(open);
        }
        if (total < Money.Zero)
        {
            var trace = payment.Text(RemittanceText.Trace);
            Adjust(payment, batch, Forward, trace, total);
            books.Open.Add(new(Forward, batch.Key, trace, Money.Zero - total));
            total = Money.Zero;
        }
        books.Open.AddRange(batch.Withheld);
        payment.Amount = total;
    }

    static void Adjust(Remittance payment, Batch batch, Code reason, string reference, Money amount) =>
        payment.Adjustments.Add(new()
        {
            Provider = payment.Append(Encoding.UTF8.GetBytes(
                batch.Payee.Npi.Length > 0 ? batch.Payee.Npi : batch.Payee.TaxId)),
            FiscalDay = new(batch.Day.Year, 12, 31), Reason = reason,
            Reference = payment.Append(Encoding.UTF8.GetBytes(reference)), Amount = amount
        });

    byte[] Bytes(Batch batch, Remittance payment)
    {
        var control = books.NextEnvelope++;
        var writer = new RemittanceFileWriter(new EnvelopeTerms
        {
            Sender = Short(batch.Payee.PayerId.Length > 0 ? batch.Payee.PayerId : "PRACTICE"),
            Receiver = Short(batch.Payee.Receiver), InterchangeControl = control, GroupControl = control,
            Day = batch.Day, Time = new(8, 0),
        });
        writer.Write(payment, batch.Claims);
        writer.Finish();
        return writer.Output.Written.ToArray();
    }

    /// <summary>An id of an envelope has 15 characters at most.</summary>
    internal static string Short(string id) => id.Length > 15 ? id[..15] : id;
}
