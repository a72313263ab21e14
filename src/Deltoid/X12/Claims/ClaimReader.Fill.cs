using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>What each segment says in the claim's fields.</summary>
internal sealed partial class ClaimReader
{
    static readonly ulong Npi = SegmentReader.PackOf("XX"), NationalDrug = SegmentReader.PackOf("N4"),
        Span = SegmentReader.PackOf("RD8"), EmployerId = SegmentReader.PackOf("EI"),
        Telephone = SegmentReader.PackOf("TE");

    TextRange Range(int element) =>
        element > Segment.Elements ? default : new(Segment.StartOf(element), Segment.LengthOf(element));

    /// <summary>A component as a slice of the buffer.</summary>
    TextRange Range(int element, int component)
    {
        Segment.TryFind(element, component, out var start, out var length);
        return length == 0 ? default : new(start, length);
    }

    void Fill(ClaimAction action, in RowUse of, int row)
    {
        if (action is >= ClaimAction.Line and <= ClaimAction.DrugQuantity) // most segments are of lines
        {
            if (open) FillLine(action, row);
            return;
        }
        var into = open ? claim : shared;
        var party = (Party)of.Owner;
        switch (action)
        {
            case ClaimAction.Level: JudgeLevel(of, row); break;
            case ClaimAction.Subscriber: FillSubscriber(); break;
            case ClaimAction.PatientRelation: into.Fill(party, PartyField.Relationship, Range(1)); break;
            case ClaimAction.Name: FillName(into, party); break;
            case ClaimAction.Made:
                if (ElementForms.TryDay(Segment[4], out var day)) shared.Made = made = day;
                break;
            case ClaimAction.Street:
                into.Fill(party, PartyField.Address, Range(1));
                if (party == Party.Billing) JudgeStreet(row);
                break;
            case ClaimAction.City: FillCity(into, party); break;
            case ClaimAction.Tax: into.Fill(party, PartyField.TaxId, Range(2)); break;
            case ClaimAction.Taxonomy: into.Fill(party, PartyField.Taxonomy, Range(3)); break;
            case ClaimAction.Phone:
                if (Segment.Packed(3) == Telephone && into[party, PartyField.Phone].IsEmpty)
                    into.Fill(party, PartyField.Phone, Range(4));
                break;
            case ClaimAction.Demographics: FillDemographics(into, party, row); break;
            case ClaimAction.Payer: FillPayer(); break;
            default:
                if (open) FillClaim(action, row);
                break;
        }
    }

    void FillSubscriber()
    {
        shared.Fill(ClaimText.Responsibility, Range(1));
        shared.Fill(Party.Subscriber, PartyField.Relationship, Range(2));
        shared.Fill(Party.Subscriber, PartyField.Group, Range(3));
        shared.Fill(Party.Subscriber, PartyField.Plan, Range(4));
        shared.Fill(ClaimText.Filing, Range(9));
        shared.PayerKind = Filing.KindOf(Segment.Packed(9));
    }

    void FillName(Claim into, Party party)
    {
        if (into == claim && claim.Has(party)) return; // a second one of its kind stays with the segments
        into.Fill(party, PartyField.Name, Range(3));
        into.Fill(party, PartyField.First, Range(4));
        into.Fill(party, PartyField.Middle, Range(5));
        into.Fill(party, PartyField.Suffix, Range(7));
        var field = Segment.Packed(8) == Npi ? PartyField.Npi
            : party is Party.Subscriber or Party.Patient ? PartyField.MemberId
            : PartyField.TaxId;
        if (Segment.Packed(8) != 0 && (field != PartyField.TaxId || Segment.Packed(8) == EmployerId))
            into.Fill(party, field, Range(9));
    }

    void FillCity(Claim into, Party party)
    {
        into.Fill(party, PartyField.City, Range(1));
        into.Fill(party, PartyField.State, Range(2));
        into.Fill(party, PartyField.Zip, Range(3));
    }

    /// <summary>Marks of a post office box, which is no place of business.</summary>
    static readonly System.Buffers.SearchValues<string> Boxes = System.Buffers.SearchValues
        .Create(["PO BOX", "P.O. BOX", "P O BOX", "P.O.BOX", "POST OFFICE BOX", "LOCK BOX", "LOCKBOX"],
            StringComparison.OrdinalIgnoreCase);

    void JudgeStreet(int row)
    {
        if (!Segment[1].ContainsAny("xX"u8)) return; // no box
        if (System.Text.Encoding.Latin1.GetString(Segment[1]).AsSpan().ContainsAny(Boxes))
            reader.Report(ClaimContentFindings.OfficeBox, row, 1);
    }

    void FillDemographics(Claim into, Party party, int row)
    {
        if (ElementForms.TryDay(Segment[2], out var born))
        {
            into.Fill(party, PartyField.BirthDate, Range(2)); // what is no day stays with the segment
            JudgeBirth(born, row);
        }
        if (Segment[3] is [(byte)'F' or (byte)'M' or (byte)'U']) into.Fill(party, PartyField.Sex, Range(3));
    }

    void FillPayer()
    {
        shared.Fill(ClaimText.PayerName, Range(3));
        shared.Fill(ClaimText.PayerId, Range(9));
    }

    void FillClaim(ClaimAction action, int row)
    {
        switch (action)
        {
            case ClaimAction.Claim: FillHead(row); break;
            case ClaimAction.Statement: FillStatement(row); break;
            case ClaimAction.Admitted: FillAdmitted(row); break;
            case ClaimAction.Past: JudgePast(row); break;
            case ClaimAction.Admission:
                claim.Fill(ClaimText.AdmissionType, Range(1));
                claim.Fill(ClaimText.AdmissionSource, Range(2));
                claim.Fill(ClaimText.DischargeStatus, Range(3));
                break;
            case ClaimAction.Paid:
                if (Money.TryParse(Segment[2], out var paid)) claim.PatientPaid = paid;
                break;
            case ClaimAction.Authorization: claim.Fill(ClaimText.PriorAuthorization, Range(2)); break;
            case ClaimAction.Original: claim.Fill(ClaimText.OriginalReference, Range(2)); break;
            case ClaimAction.Clia: claim.Fill(ClaimText.Clia, Range(2)); break;
            case ClaimAction.Note: claim.Fill(ClaimText.Narrative, Range(2)); break;
            case ClaimAction.Diagnoses:
                FillDiagnoses(row, isPrincipal: claim.Setting == Setting.Facility && claim.DiagnosisCount == 0);
                break;
            case >= ClaimAction.OtherSubscriber: Weigh(action, row); break;
        }
    }

    void FillHead(int row)
    {
        claim.Fill(ClaimText.Id, Range(1));
        claim.Charge = Money.TryParse(Segment[2], out var charge) ? charge : null;
        if (charge.Cents < 0) reader.Report(X12Findings.AmountNegative, row, 2);
        if (claim.Setting == Setting.Facility) claim.Fill(ClaimText.TypeOfBill, Range(5, 1));
        else if (Code.TryParse(Segment[5, 1], out var place)) claim.PlaceOfService = place;
        if (Segment[5, 3] is [var frequency] && char.IsAsciiLetterOrDigit((char)frequency))
            claim.Frequency = (char)frequency;
        claim.Fill(ClaimText.Signature, Range(6));
        claim.Fill(ClaimText.Assignment, Range(7));
        claim.Fill(ClaimText.Benefits, Range(8));
        claim.Fill(ClaimText.Release, Range(9));
        claim.Fill(ClaimText.PatientSignature, Range(10));
    }

    /// <summary>Diagnoses keep their places even where one does not read, so that pointers stay right.</summary>
    void FillDiagnoses(int row, bool isPrincipal)
    {
        for (var element = 1; element <= (isPrincipal ? 1 : Segment.Elements); element++)
        {
            if (Segment.LengthOf(element) == 0) continue;
            lastDiagnosis = element;
            claim.AddDiagnosis(Code.TryParse(Segment[element, 2], out var code) ? code : default);
            NoteVersion(element, row);
        }
    }

    void FillLine(ClaimAction action, int row)
    {
        if (action == ClaimAction.Line)
        {
            BeginLine(row);
            return;
        }
        var lines = claim.FillLines();
        if (lines.IsEmpty) return;
        ref var line = ref lines[^1];
        switch (action)
        {
            case ClaimAction.Professional:
                if (!IsServiceAgain(ref line)) FillProfessional(ref line, row);
                break;
            case ClaimAction.Institutional:
                if (!IsServiceAgain(ref line)) FillInstitutional(ref line, row);
                break;
            case ClaimAction.ServiceDate:
                FillDate(ref line);
                JudgeService(line, row);
                break;
            case ClaimAction.Control:
                line.Control = Range(2);
                line.IsUnnumbered = line.Control.IsEmpty;
                JudgeControl(line.Control, row);
                break;
            case ClaimAction.LineNote:
                if (line.Narrative.IsEmpty) line.Narrative = Range(2);
                break;
            case ClaimAction.Drug: FillDrug(ref line); break;
            case ClaimAction.DrugQuantity: FillDrugQuantity(ref line); break;
        }
    }

    void FillProfessional(ref ServiceLine line, int row)
    {
        FillProcedure(ref line, 1);
        line.Charge = Money.TryParse(Segment[2], out var charge) ? charge : null;
        if (Quantity.TryParse(Segment[4], out var units)) line.Units = units;
        if (Code.TryParse(Segment[5], out var place)) line.PlaceOfService = place;
        if (Segment.LengthOf(7) == 1 && Segment[7][0] is >= (byte)'1' and <= (byte)'9' and var only)
            line.Pointers = line.Pointers.With(only - '0');
        else
            FillPointers(ref line);
        if (Segment.Packed(3) == Minutes && !IsAnesthesia(line.Code))
            reader.Report(ValueFindings.MinutesNotTimed, row, 3);
        WeighLine(line, row);
    }

    static readonly ulong Minutes = SegmentReader.PackOf("MJ");

    /// <summary>
    /// Anesthesia by the time it took: 00100 to 01999 of CPT. A code that does not read is not judged.
    /// </summary>
    static bool IsAnesthesia(Code code) =>
        code.Length != 5 || (code[0] == '0' && code[1] is '0' or '1' && char.IsAsciiDigit(code[4]));

    void FillInstitutional(ref ServiceLine line, int row)
    {
        if (Code.TryParse(Segment[1], out var revenue)) line.RevenueCode = revenue;
        if (Segment.LengthOf(2) > 0) FillProcedure(ref line, 2);
        line.Charge = Money.TryParse(Segment[3], out var charge) ? charge : null;
        if (Quantity.TryParse(Segment[5], out var units)) line.Units = units;
        WeighLine(line, row);
    }

    void FillProcedure(ref ServiceLine line, int element)
    {
        if (Code.TryParse(Segment[element, 2], out var code)) line.Code = code;
        if ((Segment.Composites >> element & 1) == 0) return;
        ulong packed = 0;
        for (var i = 0; i < Modifiers.Max; i++)
        {
            var text = Segment[element, 3 + i];
            if (text.Length == 2 && Modifier.TryParse(text, out var modifier))
                packed = (packed << 16) | modifier.Packed;
            else
            {
                packed <<= 16 * (Modifiers.Max - i);
                if (i == 0) packed = 0;
                break;
            }
        }
        line.Modifiers = new(packed);
        line.Narrative = Range(element, 7);
    }

    void FillPointers(ref ServiceLine line)
    {
        var count = 0;
        uint packed = 0;
        for (; count < Pointers.Max; count++)
        {
            var text = Segment[7, count + 1];
            if (text.IsEmpty || text.Length > 2 || !ElementForms.AllDigits(text)) break;
            packed |= (uint)(text.Length == 1 ? text[0] - '0' : ((text[0] - '0') * 10) + text[1] - '0')
                << (24 - (8 * count));
        }
        line.Pointers = new(packed);
    }

    void FillDate(ref ServiceLine line)
    {
        var text = Segment[3];
        if (Segment.Packed(2) == Span)
        {
            if (text.Length == 17 && ElementForms.TryDay(text[..8], out var from)
                && ElementForms.TryDay(text[9..], out var thru))
                (line.Date, line.Thru) = (from, thru);
        }
        else if (ElementForms.TryDay(text, out var day)) line.Date = day;
    }

    /// <summary>The line's first drug; a second one stays with the claim's segments.</summary>
    void FillDrug(ref ServiceLine line)
    {
        if (Segment.Packed(2) != NationalDrug || !line.Ndc.IsNone || !line.NdcText.IsEmpty) return;
        if (!Ndc.TryParse(Segment[3], out line.Ndc)) line.NdcText = Range(3);
    }

    void FillDrugQuantity(ref ServiceLine line)
    {
        if (line.NdcUnit != NdcUnit.None || line.NdcQuantity != Quantity.Zero) return;
        if (Quantity.TryParse(Segment[4], out var quantity)) line.NdcQuantity = quantity;
        line.NdcUnit = Segment[5] switch { [(byte)'U', (byte)'N'] => NdcUnit.UN, [(byte)'M', (byte)'L'] => NdcUnit.ML,
            [(byte)'G', (byte)'R'] => NdcUnit.GR, [(byte)'F', (byte)'2'] => NdcUnit.F2,
            [(byte)'M', (byte)'E'] => NdcUnit.ME, _ => NdcUnit.None };
    }
}
