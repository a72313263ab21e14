using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Segments;
using Deltoid.X12.Status;

namespace Deltoid.Adjudication;

/// <summary>Gathers which claims of a round were taken in, and writes a 277CA for each payer.</summary>
internal sealed class StatusFiles(PayerBooks books)
{
    static readonly StatusCode Accepted = new(Code.Of("A2"), Code.Of("20"), Code.Of("PR")),
        Rejected = new(Code.Of("A7"), Code.Of("21"), default),
        Received = new(Code.Of("A1"), Code.Of("19"), Code.Of("PR"));

    static readonly Code Take = Code.Of("WQ"), Refuse = Code.Of("U"), Source = Code.Of("PR"), Submitter = Code.Of("41"),
        Billing = Code.Of("85"), Patient = Code.Of("QC");

    sealed record Item(Claim Claim, string Control, Payee Payee)
    {
        public bool IsAccepted => Control.Length > 0;

        public Money Charge { get; } = ChargeOf(Claim);

        static Money ChargeOf(Claim claim)
        {
            var sum = Money.Zero;
            foreach (ref readonly var line in claim.Lines) sum += line.Charge ?? Money.Zero;
            return claim.Charge ?? sum;
        }
    }

    readonly List<Item> items = [];

    /// <param name="control">The payer's number for the claim; empty where it is rejected.</param>
    public void Add(Claim claim, string control, Payee payee) => items.Add(new(claim, control, payee));

    public List<PayerFile> Finish(DateOnly day)
    {
        var files = new List<PayerFile>();
        foreach (var payer in items.GroupBy(static i => (i.Payee.PayerId, i.Payee.Receiver)))
            files.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"277ca-{books.Round:00}-{files.Count + 1:000}.277"),
                "277CA", "", Bytes([.. payer], day)));
        items.Clear();
        return files;
    }

    byte[] Bytes(List<Item> claims, DateOnly day)
    {
        var (output, control, payee) = (new SegmentWriter(), books.NextEnvelope++, claims[0].Payee);
        var terms = new EnvelopeTerms
        {
            Sender = RemittanceFiles.Short(payee.PayerId.Length > 0 ? payee.PayerId : "PRACTICE"),
            Receiver = RemittanceFiles.Short(payee.Receiver), InterchangeControl = control, GroupControl = control,
            Day = day, Time = new(8, 0),
        };
        var envelope = new EnvelopeWriter(output, terms);
        envelope.Open(ClaimStatusSet.Set, default, default, default);
        new ClaimStatusWriter(output).Write(StatusOf(claims, day, control));
        envelope.Close();
        return output.Written.ToArray();
    }

    static ClaimStatus StatusOf(List<Item> claims, DateOnly day, int control)
    {
        var (status, payee) = (new ClaimStatus(), claims[0].Payee);
        TextRange Text(string text) => status.Append(Encoding.UTF8.GetBytes(text));
        var number = string.Create(CultureInfo.InvariantCulture, $"PP{control:000000000}");
        (status.Control, status.Number, status.Made, status.Time) = (Text("0001"), Text(number), day, Text("0800"));
        status.SaidBy = new()
        {
            Role = Source, Name = Text(payee.PayerName), IdKind = Text("PI"),
            Id = Text(payee.PayerId.Length > 0 ? payee.PayerId : "PRACTICE")
        };
        (status.SourceTrace, status.Received, status.Processed) = (Text(number), day, day);
        status.Submitter = new()
        {
            Role = Submitter, Name = Text(payee.Name), IdKind = Text("46"), Id = Text(payee.Receiver)
        };
        status.Batch = Text(BatchOf(claims[0].Claim) is { Length: > 0 } batch ? batch : "0");
        Say(status, ref status.FileStatuses,
            new() { First = Received, Day = day, Action = Take, Charge = Sum(claims) });
        Count(ref status.Totals, claims);
        foreach (var provider in claims.GroupBy(static c => (c.Payee.Npi, c.Payee.TaxId)))
            AddProvider(status, [.. provider], day);
        return status;
    }

    /// <summary>BHT03 of the file that the claim came in.</summary>
    static string BatchOf(Claim claim)
    {
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            if (SegmentText.Element(text, 0, claim.Delimiters).SequenceEqual("BHT"u8))
                return Encoding.UTF8.GetString(SegmentText.Element(text, 3, claim.Delimiters));
        }
        return "";
    }

    static Money Sum(IEnumerable<Item> claims) =>
        claims.Aggregate(Money.Zero, static (sum, claim) => sum + claim.Charge);

    static void Count(ref StatusTotals totals, List<Item> claims)
    {
        var (taken, refused) = (claims.FindAll(static c => c.IsAccepted), claims.FindAll(static c => !c.IsAccepted));
        if (taken.Count > 0)
            (totals.Accepted, totals.AcceptedCharge) = (Quantity.Of(taken.Count), Sum(taken));
        if (refused.Count > 0)
            (totals.Rejected, totals.RejectedCharge) = (Quantity.Of(refused.Count), Sum(refused));
    }

    static void Say(ClaimStatus status, ref StatusRun run, StatusInfo info) => status.AddStatus(ref run) = info;

    static void AddProvider(ClaimStatus status, List<Item> claims, DateOnly day)
    {
        TextRange Text(string text) => status.Append(Encoding.UTF8.GetBytes(text));
        ref var provider = ref status.AddProvider();
        var payee = claims[0].Payee;
        provider.Name = new()
        {
            Role = Billing, Name = Text(payee.Name), IdKind = Text(payee.Npi.Length > 0 ? "XX" : "FI"),
            Id = Text(payee.Npi.Length > 0 ? payee.Npi : payee.TaxId)
        };
        provider.Trace = Text("0");
        Count(ref provider.Totals, claims);
        foreach (var item in claims) AddClaim(status, item, day);
    }

    static void AddClaim(ClaimStatus status, Item item, DateOnly day)
    {
        TextRange Text(ReadOnlySpan<byte> text) => status.Append(text);
        var source = item.Claim;
        var party = source.PatientParty;
        ref var claim = ref status.AddClaim();
        claim.Patient = new()
        {
            Role = Patient, Name = Text(source[party, PartyField.Name]), First = Text(source[party, PartyField.First]),
        };
        if (source[Party.Subscriber, PartyField.MemberId] is { IsEmpty: false } member)
            (claim.Patient.IdKind, claim.Patient.Id) = (Text("MI"u8), Text(member));
        claim.Id = Text(source[ClaimText.Id]);
        Say(status, ref claim.Statuses, new()
        {
            First = item.IsAccepted ? Accepted : Rejected, Day = day, Action = item.IsAccepted ? Take : Refuse,
            Charge = item.Charge
        });
        claim.PayerControl = Text(Encoding.ASCII.GetBytes(item.Control));
        claim.From = source.ServiceDate;
    }
}
