using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// Who is named in a payment: the patient; the insured; corrections of them; who treated; the payer it was forwarded
/// to; the payer that should have paid first, and whom that one insures.
/// </summary>
internal enum PaidParty : byte { Patient, Subscriber, Corrected, Rendering, Crossover, FirstPayer, OtherSubscriber }

/// <summary>What is said of a party (NM103 to NM109).</summary>
internal enum PaidField : byte { Name, First, Middle, Suffix, IdKind, Id }

/// <summary>
/// What became of one claim (loop 2100, CLP): what was charged, paid and adjusted, and of each of its lines. One class
/// over one byte buffer; see <see cref="Answer"/>.
/// </summary>
internal sealed class ClaimPayment : Answer
{
    const int Parties = (int)PaidParty.OtherSubscriber + 1, PartyFields = (int)PaidField.Id + 1;

    TextRange[] texts = new TextRange[Parties * PartyFields];
    PaymentLine[] lines = new PaymentLine[8];
    int lineCount;

    /// <summary>CLP01: the claim's number as the provider gave it (CLM01).</summary>
    public TextRange Id { get; set; }

    /// <summary>
    /// CLP02: 1 processed as primary, 2 secondary, 3 tertiary, 4 denied, 19 to 21 and forwarded, 22 reversal, 23
    /// forwarded only, 25 predetermination.
    /// </summary>
    public Code Status { get; set; }

    public Money? Charge { get; set; }

    public Money? Paid { get; set; }

    /// <summary>CLP05.</summary>
    public Money? PatientOwes { get; set; }

    /// <summary>CLP06: the payer's kind.</summary>
    public Code Filing { get; set; }

    /// <summary>CLP07: the claim's number with the payer.</summary>
    public TextRange PayerControl { get; set; }

    /// <summary>CLP08: place of service, or the first two digits of the type of bill.</summary>
    public Code Facility { get; set; }

    /// <summary>CLP09: 1 original, 7 replacement, 8 void; none when it is not said.</summary>
    public Code Frequency { get; set; }

    public Code Drg { get; set; }

    /// <summary>DTM 232 and 233: the claim's first and last day.</summary>
    public DateOnly From { get; set; }

    public DateOnly Thru { get; set; }

    /// <summary>DTM 036: the day coverage ended.</summary>
    public DateOnly CoverageEnd { get; set; }

    /// <summary>DTM 050.</summary>
    public DateOnly Received { get; set; }

    /// <summary>LX01 of the group the claim is in; 0 when it does not read.</summary>
    public int Group { get; set; }

    /// <summary>The claim is the first of its group; only then it keeps the group's segments (LX, TS3, TS2).</summary>
    public bool BeginsGroup { get; set; }

    public bool IsReversal => Status == Reversal;

    /// <summary>Another payer decided before: processed as secondary or tertiary.</summary>
    public bool IsOfLaterPayer => Array.IndexOf(Later, Status) >= 0;

    static readonly Code Reversal = Code.Of("22");

    static readonly Code[] Later = [Code.Of("2"), Code.Of("3"), Code.Of("20"), Code.Of("21")];

    /// <summary>By line; line 0 is the claim as a whole.</summary>
    public LineRuns<Adjustment> Adjustments { get; private set; } = new();

    /// <inheritdoc cref="Adjustments"/>
    public LineRuns<Remark> Remarks { get; private set; } = new();

    /// <summary>By line; line 0 is the claim as a whole. A line's allowed amount has a field of its own.</summary>
    public LineRuns<OtherAmount> Amounts { get; private set; } = new();

    public Span<PaymentLine> Lines => lines.AsSpan(0, lineCount);

    public ref PaymentLine AddLine()
    {
        if (lineCount == lines.Length) Array.Resize(ref lines, Math.Max(8, lineCount * 2));
        ref var line = ref lines[lineCount++];
        line = new PaymentLine { Number = lineCount };
        return ref line;
    }

    /// <summary>A payment of a claim as it was sent, without amounts, with its number at the payer.</summary>
    public static ClaimPayment Of(Claim claim, string control)
    {
        var payment = new ClaimPayment();
        payment.Id = payment.Append(claim[ClaimText.Id]);
        payment.PayerControl = payment.Append(Encoding.ASCII.GetBytes(control));
        payment.Facility = claim.PlaceOfService;
        if (claim[ClaimText.TypeOfBill] is { Length: >= 2 } bill && Code.TryParse(bill[..2], out var kind))
            payment.Facility = kind;
        payment.Frequency = Code.Of(claim.Frequency.ToString());
        payment.Set(PaidParty.Patient, PaidField.Name, claim[claim.PatientParty, PartyField.Name]);
        payment.Set(PaidParty.Patient, PaidField.First, claim[claim.PatientParty, PartyField.First]);
        var member = claim[Party.Subscriber, PartyField.MemberId];
        if (!member.IsEmpty) payment.Set(PaidParty.Patient, PaidField.IdKind, "MI"u8);
        payment.Set(PaidParty.Patient, PaidField.Id, member);
        (payment.From, payment.Thru) = (claim.ServiceDate, claim.ServiceDate);
        return payment;
    }

    /// <summary>The next line of the claim, as it was sent.</summary>
    public ref PaymentLine AddLine(Claim claim, in ServiceLine sent)
    {
        ref var line = ref AddLine();
        line.Procedure = new()
        {
            Kind = sent.Code.IsNone ? Code.Of("NU") : Code.Of("HC"),
            Code = sent.Code.IsNone ? sent.RevenueCode : sent.Code, Modifiers = sent.Modifiers,
        };
        if (!sent.Code.IsNone) line.RevenueCode = sent.RevenueCode;
        (line.Charge, line.Date, line.Thru) = (sent.Charge ?? Money.Zero, sent.Date, sent.Thru);
        (line.UnitsPaid, line.Control) = (sent.Units, Append(claim[sent.Control]));
        return ref line;
    }

    public ReadOnlySpan<byte> this[PaidParty party, PaidField field] => this[Range(party, field)];

    public TextRange Range(PaidParty party, PaidField field) => texts[Slot(party, field)];

    public string Text(PaidParty party, PaidField field) => Encoding.UTF8.GetString(this[party, field]);

    /// <summary>Sets a text to a slice of the answer's bytes.</summary>
    public void Set(PaidParty party, PaidField field, TextRange value) => texts[Slot(party, field)] = value;

    public void Set(PaidParty party, PaidField field, ReadOnlySpan<byte> value) => Set(party, field, Append(value));

    public bool Has(PaidParty party)
    {
        for (var field = PaidField.Name; field <= PaidField.Id; field++)
            if (!Range(party, field).IsEmpty) return true;
        return false;
    }

    /// <summary>The amount of a kind that is beside the balance (AMT), or null.</summary>
    public Money? Amount(Code kind, int line = 0)
    {
        foreach (ref readonly var amount in Amounts.Of(line))
            if (amount.Kind == kind) return amount.Amount;
        return null;
    }

    public override void Clear()
    {
        base.Clear();
        Array.Clear(texts);
        Adjustments.Clear();
        Remarks.Clear();
        Amounts.Clear();
        lineCount = 0;
        Id = default;
        PayerControl = default;
        Status = default;
        Filing = default;
        Facility = default;
        Frequency = default;
        Drg = default;
        Charge = null;
        Paid = null;
        PatientOwes = null;
        From = default;
        Thru = default;
        CoverageEnd = default;
        Received = default;
        Group = 0;
        BeginsGroup = false;
    }

    /// <summary>A copy that owns its bytes.</summary>
    public ClaimPayment Detach() => (ClaimPayment)Copy();

    private protected override void OwnLists()
    {
        (texts, lines) = ((TextRange[])texts.Clone(), Lines.ToArray());
        (Adjustments, Remarks, Amounts) = (Adjustments.Copy(), Remarks.Copy(), Amounts.Copy());
    }

    private protected override void MoveTexts(Func<TextRange, TextRange> moved)
    {
        (Id, PayerControl) = (moved(Id), moved(PayerControl));
        foreach (ref var text in texts.AsSpan()) text = moved(text);
        foreach (ref var line in Lines)
        {
            line.Control = moved(line.Control);
            (line.Procedure.Text, line.Procedure.Description) = (moved(line.Procedure.Text),
                moved(line.Procedure.Description));
            (line.Billed.Text, line.Billed.Description) = (moved(line.Billed.Text), moved(line.Billed.Description));
        }
    }

    static int Slot(PaidParty party, PaidField field) => ((int)party * PartyFields) + (int)field;
}
