using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>What is asked about a claim's patient.</summary>
/// <param name="ServiceTypes">Types of service (EQ01): 30 is the plan as a whole.</param>
/// <param name="ByProcedure">Each procedure of the claim is asked about, instead of types of service (270).</param>
/// <param name="ByLine">Each line of the claim is asked about (276).</param>
internal sealed record InquiryScope(string[] ServiceTypes, bool ByProcedure = false, bool ByLine = false);

/// <summary>
/// Makes questions to payers from claims: is the patient covered (270), what became of the claim (276). Claims of one
/// payer and provider that follow each other are asked under one level. What a claim does not say is left out, and the
/// check of the guide reports it.
/// </summary>
internal sealed class InquiryBuilder
{
    readonly TransactionSet set;
    readonly EnvelopeTerms terms;
    readonly InquiryScope scope;
    readonly InquiryNode root;
    InquiryNode? payer, provider;
    (string Payer, string Provider) last;

    InquiryBuilder(TransactionSet set, EnvelopeTerms terms, InquiryScope scope)
    {
        (this.set, this.terms, this.scope) = (set, terms, scope);
        root = new InquiryNode(InquiryShape.Of(set.Guide));
    }

    /// <summary>Makes one set of questions.</summary>
    /// <param name="set">
    /// <see cref="InquirySets.EligibilityInquiry"/> or <see cref="InquirySets.StatusInquiry"/>.
    /// </param>
    /// <exception cref="InputException">A text holds a separator.</exception>
    public static Inquiry Of(IReadOnlyList<Claim> claims, TransactionSet set, EnvelopeTerms terms, InquiryScope scope)
    {
        var builder = new InquiryBuilder(set, terms, scope);
        builder.AddHead();
        foreach (var claim in claims) builder.Add(claim);
        var inquiry = new Inquiry { Delimiters = terms.Delimiters };
        InquiryTree.Write(builder.root, inquiry);
        return inquiry;
    }

    bool IsStatus => set == InquirySets.StatusInquiry;

    void AddHead()
    {
        var control = terms.SetControl.ToString("0000", CultureInfo.InvariantCulture);
        var number = terms.InterchangeControl.ToString("000000000", CultureInfo.InvariantCulture) + control;
        root.AddSegment("ST", "", control);
        root.AddSegment("BHT", "", "13", terms.Batch.Length > 0 ? terms.Batch : number, Day(terms.Day),
            terms.Time.ToString("HHmm", CultureInfo.InvariantCulture));
    }

    void Add(Claim claim)
    {
        var asked = (claim.Text(ClaimText.PayerId) + claim.Text(ClaimText.PayerName), IdOf(claim) + NameOf(claim));
        if (payer is null || asked.Item1 != last.Payer) (payer, provider) = (AddPayer(claim), null);
        if (provider is null || asked.Item2 != last.Provider) provider = AddProvider(payer, claim);
        last = asked;
        if (IsStatus) AddStatus(provider, claim);
        else AddEligibility(provider, claim);
    }

    static string IdOf(Claim claim) => claim.Text(Party.Billing, PartyField.Npi);

    static string TaxIdOf(Claim claim) =>
        claim.Text(Party.Billing, PartyField.TaxId).Replace("-", "", StringComparison.Ordinal);

    static string NameOf(Claim claim) => claim.Text(Party.Billing, PartyField.Name);

    InquiryNode AddPayer(Claim claim)
    {
        var level = root.AddLoop("payers");
        level.AddSegment("NM1", "PR", "2", claim.Text(ClaimText.PayerName), "", "", "", "", "PI",
            claim.Text(ClaimText.PayerId));
        if (!IsStatus) return level;
        var receiver = level.AddLoop("receivers");
        var name = terms.SubmitterName.Length > 0 ? terms.SubmitterName : NameOf(claim);
        receiver.AddSegment("NM1", "41", "2", name, "", "", "", "", "46", terms.Sender);
        return receiver;
    }

    InquiryNode AddProvider(InquiryNode above, Claim claim)
    {
        var level = above.AddLoop("providers");
        var (first, npi) = (claim.Text(Party.Billing, PartyField.First), IdOf(claim));
        var tax = TaxIdOf(claim);
        var (kind, id) = npi.Length == 0 && tax.Length > 0 ? ("FI", tax) : ("XX", npi);
        (IsStatus ? level.AddLoop("names") : level).AddSegment("NM1", "1P", first.Length > 0 ? "1" : "2", NameOf(claim),
            first, claim.Text(Party.Billing, PartyField.Middle), "", claim.Text(Party.Billing, PartyField.Suffix), kind,
            id);
        return level;
    }

    /// <summary>The level of the patient: the subscriber's, or the dependent's below it.</summary>
    static InquiryNode AddPatient(InquiryNode above, Claim claim, out bool isDependent)
    {
        isDependent = claim.Has(Party.Patient);
        var subscriber = above.AddLoop("subscribers");
        var member = claim.Text(Party.Subscriber, PartyField.MemberId);
        AddName(subscriber, claim, Party.Subscriber, "IL", member.Length > 0 ? "MI" : "", member);
        return isDependent ? subscriber.AddLoop("dependents") : subscriber;
    }

    static void AddName(InquiryNode node, Claim claim, Party party, string role, string kind, string id) =>
        node.AddSegment("NM1", role, "1", claim.Text(party, PartyField.Name), claim.Text(party, PartyField.First),
            claim.Text(party, PartyField.Middle), "", claim.Text(party, PartyField.Suffix), kind, id);

    static void AddBirth(InquiryNode node, Claim claim, Party party)
    {
        var stated = claim.Text(party, PartyField.BirthDate);
        var day = Days.TryReadEither(stated, out var birth) ? birth : stated.Length == 0 ? claim.BirthDate : null;
        var sex = claim.Text(party, PartyField.Sex) switch
        {
            ['F' or 'f', ..] => "F",
            ['M' or 'm', ..] => "M",
            _ => claim.Sex switch { Sex.Female => "F", Sex.Male => "M", _ => "" },
        };
        if (day is { } known) node.AddSegment("DMG", "D8", Day(known), sex);
        else if (sex.Length > 0 || stated.Length > 0)
            node.AddSegment("DMG", stated.Length > 0 ? "D8" : "", stated, sex);
    }

    void AddEligibility(InquiryNode above, Claim claim)
    {
        var patient = AddPatient(above, claim, out var isDependent);
        var (trace, tax) = (claim.Text(ClaimText.Id), TaxIdOf(claim));
        if (trace.Length > 0 && tax.Length == 9) patient.AddSegment("TRN", "1", trace, "9" + tax);
        if (isDependent) AddName(patient, claim, Party.Patient, "03", "", "");
        AddBirth(patient, claim, isDependent ? Party.Patient : Party.Subscriber);
        if (isDependent && RelationOf(claim) is { Length: > 0 } relation) patient.AddSegment("INS", "N", relation);
        AddDays(patient, "291", DaysOf(claim));
        if (!scope.ByProcedure)
        {
            var question = new InquirySegment("EQ");
            question.SetList(1, [.. scope.ServiceTypes]);
            patient.AddLoop("questions").Put(question);
            return;
        }
        foreach (var procedure in ProceduresOf(claim))
        {
            var question = new InquirySegment("EQ");
            for (var i = 0; i < procedure.Length; i++) question[2, i + 1] = procedure[i];
            patient.AddLoop("questions").Put(question);
        }
    }

    /// <summary>The relations that a 270 knows: spouse, child, other.</summary>
    static string RelationOf(Claim claim) => claim.Text(Party.Patient, PartyField.Relationship) switch
    {
        "" => "",
        "01" => "01",
        "19" => "19",
        _ => "34",
    };

    /// <summary>Code list, code and modifiers of each line, each once.</summary>
    static List<string[]> ProceduresOf(Claim claim)
    {
        var found = new List<string[]>();
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Code.IsNone) continue;
            var procedure = ProcedureOf(line);
            if (!found.Exists(p => p.SequenceEqual(procedure))) found.Add(procedure);
        }
        return found;
    }

    static string[] ProcedureOf(in ServiceLine line)
    {
        List<string> parts = ["HC", line.Code.ToString()];
        for (var i = 0; i < line.Modifiers.Count; i++) parts.Add(line.Modifiers[i].ToString());
        return [.. parts];
    }

    void AddStatus(InquiryNode above, Claim claim)
    {
        var patient = AddPatient(above, claim, out var isDependent);
        AddBirth(patient, claim, isDependent ? Party.Patient : Party.Subscriber);
        if (isDependent) AddName(patient, claim, Party.Patient, "QC", "", "");
        var (question, id) = (patient.AddLoop("claims"), claim.Text(ClaimText.Id));
        question.AddSegment("TRN", "1", id);
        AddNumber(question, "1K", claim.Text(ClaimText.OriginalReference));
        var bill = claim.Text(ClaimText.TypeOfBill);
        if (bill.Length > 0) AddNumber(question, "BLT", bill + claim.Frequency);
        AddNumber(question, "EJ", id);
        if (ChargeOf(claim) is { } charge) question.AddSegment("AMT", "T3", Text(charge.Cents, 2));
        if (!scope.ByLine || bill.Length > 0) AddDays(question, "472", DaysOf(claim));
        if (!scope.ByLine) return;
        foreach (ref readonly var line in claim.Lines) AddLine(question.AddLoop("lines"), claim, line);
    }

    static void AddLine(InquiryNode node, Claim claim, in ServiceLine line)
    {
        var service = new InquirySegment("SVC");
        var procedure = line.Code.IsNone ? ["NU", line.RevenueCode.ToString()] : ProcedureOf(line);
        for (var i = 0; i < procedure.Length; i++) service[1, i + 1] = procedure[i];
        if (line.Charge is { } charge) service[2] = Text(charge.Cents, 2);
        if (!line.Code.IsNone && !line.RevenueCode.IsNone) service[4] = line.RevenueCode.ToString();
        if (line.Units != Quantity.Zero) service[7] = Text(line.Units.Thousandths, 3);
        node.Put(service);
        if (!line.Control.IsEmpty) node.AddSegment("REF", "FJ", claim.Text(line.Control));
        AddDays(node, "472", (line.Date == default ? claim.VisitDate : line.Date, line.Thru));
    }

    static void AddNumber(InquiryNode node, string kind, string number)
    {
        if (number.Length > 0) node.AddSegment("REF", kind, number);
    }

    static Money? ChargeOf(Claim claim)
    {
        if (claim.Charge is { } stated) return stated;
        var cents = 0L;
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Charge is not { } charge) return null;
            cents += charge.Cents;
        }
        return claim.Lines.IsEmpty ? null : new Money(cents);
    }

    /// <summary>The first day of service, and the last where it is another.</summary>
    static (DateOnly From, DateOnly Thru) DaysOf(Claim claim)
    {
        var (from, thru) = (claim.VisitDate, default(DateOnly));
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Date == default) continue;
            if (from == default || line.Date < from) from = line.Date;
            var last = line.Thru == default ? line.Date : line.Thru;
            if (last > thru) thru = last;
        }
        return (from, thru > from ? thru : default);
    }

    static void AddDays(InquiryNode node, string kind, (DateOnly From, DateOnly Thru) days)
    {
        if (days.From == default) return;
        var isSpan = days.Thru != default && days.Thru != days.From;
        if (isSpan) node.AddSegment("DTP", kind, "RD8", $"{Day(days.From)}-{Day(days.Thru)}");
        else node.AddSegment("DTP", kind, "D8", Day(days.From));
    }

    static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    static string Text(long scaled, int decimals)
    {
        Span<byte> text = stackalloc byte[24];
        return Encoding.ASCII.GetString(text[..Digits.WriteScaled(scaled, decimals, text)]);
    }
}
