using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>What each segment says in the fields of the payment and of its claims.</summary>
internal sealed partial class RemittanceReader
{
    /// <summary>
    /// Amounts of more than ten digits are not decoded: no guide takes them, and what is decoded can be added up
    /// without end.
    /// </summary>
    const long MostCents = 1_000_000_000_000, MostThousandths = 1_000_000_000_000;

    static readonly Code Allowed = Code.Of("B6"), InpatientRemark = Code.Of("MIA"), OutpatientRemark = Code.Of("MOA");

    static readonly ulong Npi = SegmentReader.PackOf("XX"), Tax = SegmentReader.PackOf("FI"),
        NationalDrug = SegmentReader.PackOf("N4"), RevenueCode = SegmentReader.PackOf("NU"),
        ClosingDay = SegmentReader.PackOf("405");

    TextRange Range(int element) =>
        element > Segment.Elements ? default : new(Segment.StartOf(element), Segment.LengthOf(element));

    /// <summary>A component as a slice of the buffer.</summary>
    TextRange Range(int element, int component)
    {
        Segment.TryFind(element, component, out var start, out var length);
        return length == 0 ? default : new(start, length);
    }

    /// <summary>
    /// An amount; null when it is not there or does not read, of which the latter leaves balances unknown.
    /// </summary>
    Money? Amount(int element, int row)
    {
        if (Segment.LengthOf(element) == 0) return null;
        if (!Money.TryParse(Segment[element], out var amount) || amount.Cents is > MostCents or < -MostCents)
        {
            isUnknown = true;
            return null;
        }
        return amount;
    }

    /// <summary>An amount that must be there: without it, which is reported, the sums are not known.</summary>
    Money? Needed(int element, int row)
    {
        if (Segment.LengthOf(element) == 0 && !JudgesAll) isUnknown = true;
        return Amount(element, row);
    }

    Quantity? Count(int element) =>
        Segment.LengthOf(element) > 0 && Quantity.TryParse(Segment[element], out var count)
            && count.Thousandths is <= MostThousandths and >= -MostThousandths
            ? count
            : null;

    /// <summary>An element that is a code of letters and digits; none otherwise.</summary>
    Code CodeAt(int element)
    {
        var length = Segment.LengthOf(element);
        if (length == 0) return default;
        if (length <= Code.MaxLength && (Segment.Composites >> element & 1) == 0
            && Segment.Pack(Segment.StartOf(element), length) is var packed && IsPlain(packed, length))
            return new(packed);
        return CodeOf(Segment[element]);
    }

    /// <summary>Whether all of up to eight characters are digits or capital letters, looked at side by side.</summary>
    static bool IsPlain(ulong text, int length)
    {
        const ulong high = 0x8080808080808080;
        if ((text & high) != 0) return false;
        unchecked // no sum of a byte goes over into the next: all are below 128
        {
            var digits = (text + (high - 0x3030303030303030)) & ~(text + (high - 0x3A3A3A3A3A3A3A3A));
            var letters = (text + (high - 0x4141414141414141)) & ~(text + (high - 0x5B5B5B5B5B5B5B5B));
            return ((digits | letters | ~(high << (64 - (8 * length)))) & high) == high;
        }
    }

    static Code CodeOf(ReadOnlySpan<byte> text) => Code.TryParse(text, out var code) ? code : default;

    DateOnly Day(int element) => ElementForms.TryDay(Segment[element], out var day) ? day : default;

    void Fill(RemittanceAction action, SegmentRow of, int row)
    {
        switch (action)
        {
            case RemittanceAction.Line: FillService(row); break;
            case RemittanceAction.Adjustment: FillAdjustments(row); break;
            case RemittanceAction.LineDay or RemittanceAction.LineFirstDay: claim.Lines[^1].Date = Day(2); break;
            case RemittanceAction.LineLastDay:
                claim.Lines[^1].Thru = Day(2);
                JudgeSpan(claim.Lines[^1].Date, claim.Lines[^1].Thru, row);
                break;
            case RemittanceAction.Control: claim.Lines[^1].Control = Range(2); break;
            case RemittanceAction.Remark: FillRemark(row); break;
            case RemittanceAction.Amount: FillAmount(row); break;
            case RemittanceAction.Quantity: JudgeQuantity(row); break;
            case RemittanceAction.Number: JudgeNumber(Segment.Packed(1), 2, row); break;
            case RemittanceAction.Policy: NotePolicy(row); break;
            case RemittanceAction.Claim: FillHead(row); break;
            case RemittanceAction.Name: FillName((PaidParty)of.Owner, row); break;
            case RemittanceAction.Inpatient: FillRemarks(InpatientRemark, 5, 20, 23); break;
            case RemittanceAction.Outpatient: FillRemarks(OutpatientRemark, 3, 4, 7); break;
            case RemittanceAction.FirstDay: claim.From = Day(2); break;
            case RemittanceAction.LastDay:
                claim.Thru = Day(2);
                JudgeSpan(claim.From, claim.Thru, row);
                break;
            case RemittanceAction.CoverageEnd: claim.CoverageEnd = Day(2); break;
            case RemittanceAction.Received: claim.Received = Day(2); break;
            default: FillHeader(action, row); break;
        }
    }

    void FillHeader(RemittanceAction action, int row)
    {
        var isOfHeader =
            action is not (RemittanceAction.Group or RemittanceAction.ProviderAdjustment or RemittanceAction.End);
        if ((group >= 0 || isPastHeader) && isOfHeader) return; // out of its place, after the header
        if (action is RemittanceAction.PayerName or RemittanceAction.PayeeName) isAgain = !parties.Add((ulong)action);
        else if (isAgain
            && action is RemittanceAction.PayerStreet or RemittanceAction.PayerCity or RemittanceAction.PayeeStreet
                or RemittanceAction.PayeeCity or RemittanceAction.PayeeTax)
            return;
        switch (action)
        {
            case RemittanceAction.Start: remittance.Set(RemittanceText.Control, Range(2)); break;
            case RemittanceAction.Payment: FillPayment(row); break;
            case RemittanceAction.Trace: FillTrace(row); break;
            case RemittanceAction.Receiver: remittance.Set(RemittanceText.Receiver, Range(2)); break;
            case RemittanceAction.Produced:
                if (Segment.Packed(1) == ClosingDay) remittance.Produced = Day(2);
                break; // the only DTM here takes others too, as faults
            case RemittanceAction.PayerName: FillPayer(); break;
            case RemittanceAction.PayerStreet: remittance.Set(RemittanceText.PayerAddress, Range(1)); break;
            case RemittanceAction.PayerCity:
                FillCity(RemittanceText.PayerCity, RemittanceText.PayerState, RemittanceText.PayerZip);
                break;
            case RemittanceAction.PolicyPage: sums.HasPolicyPage = true; break;
            case RemittanceAction.PayeeName: FillPayee(row); break;
            case RemittanceAction.PayeeStreet: remittance.Set(RemittanceText.PayeeAddress, Range(1)); break;
            case RemittanceAction.PayeeCity:
                FillCity(RemittanceText.PayeeCity, RemittanceText.PayeeState, RemittanceText.PayeeZip);
                break;
            case RemittanceAction.PayeeTax: FillPayeeTax(row); break;
            case RemittanceAction.ProviderAdjustment:
                if (!reader.InContext) FillProviderAdjustments(row);
                break;
            case RemittanceAction.Group: FillGroup(row); break;
            case RemittanceAction.End: hasEnd = true; break;
        }
    }

    void FillPayment(int row)
    {
        remittance.Set(RemittanceText.Handling, Range(1));
        remittance.Amount = Amount(2, row);
        remittance.Direction = CodeAt(3);
        remittance.Set(RemittanceText.Method, Range(4));
        remittance.Set(RemittanceText.Format, Range(5));
        remittance.Effective = Day(16);
        JudgePayment(row);
    }

    void FillTrace(int row)
    {
        remittance.Set(RemittanceText.Trace, Range(2));
        remittance.Set(RemittanceText.PayerTaxId, Range(3));
        remittance.Set(RemittanceText.Division, Range(4));
        JudgeTrace(row);
    }

    void FillCity(RemittanceText city, RemittanceText state, RemittanceText zip)
    {
        remittance.Set(city, Range(1));
        remittance.Set(state, Range(2));
        remittance.Set(zip, Range(3));
    }

    void FillPayer()
    {
        if (isAgain) return;
        remittance.Set(RemittanceText.PayerName, Range(2));
        remittance.Set(RemittanceText.PayerPlanId, Range(4));
    }

    void FillPayee(int row)
    {
        if (isAgain) return;
        remittance.Set(RemittanceText.PayeeName, Range(2));
        var kind = Segment.Packed(3);
        remittance.Set(kind == Npi ? RemittanceText.PayeeNpi
                : kind == Tax ? RemittanceText.PayeeTaxId
                : RemittanceText.PayeePlanId, Range(4));
        JudgeNumber(kind, 4, row);
    }

    void FillPayeeTax(int row)
    {
        var kind = Segment.Packed(1);
        if (kind == TaxNumber && remittance.Range(RemittanceText.PayeeTaxId).IsEmpty)
            remittance.Set(RemittanceText.PayeeTaxId, Range(2));
        JudgeNumber(kind, 2, row);
    }

    void FillGroup(int row)
    {
        group = Math.Max(Number(Segment[1]), 0); // also says that the header is over
        if (reader.InContext || group == 0 || reader.Walk.IsUnsure) return;
        var again = drafts.Of(RemittanceFindings.GroupNumber, row, 1);
        if (again.Info is not null) sums.Groups.Add((group, again with { D = Arg.Count(group) }));
    }

    static int Number(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 9 && ElementForms.AllDigits(text) && Digits.TryScaled(text, 0, out var number)
            ? (int)number
            : -1;

    void FillProviderAdjustments(int row)
    {
        var (provider, day) = (Range(1), Day(2));
        JudgeProvider(row);
        if (isTwin && !reader.InContext) sums.Twin = drafts.Of(X12Findings.SegmentAgain, row, 0);
        for (var element = 3; element <= Math.Min(Segment.Elements, 13); element += 2)
        {
            if (Segment.LengthOf(element) == 0 && Segment.LengthOf(element + 1) == 0) continue;
            var adjustment = new ProviderAdjustment(provider, day, CodeOf(Segment[element, 1]), Range(element, 2),
                Needed(element + 1, row));
            remittance.Adjustments.Add(adjustment);
            JudgeProviderAdjustment(adjustment, element, row);
        }
        if (isUnknown) (sums.IsUnknown, isUnknown) = (true, false);
    }

    void FillHead(int row)
    {
        claim.Id = Range(1);
        claim.Status = CodeAt(2);
        claim.Charge = Needed(3, row);
        claim.Paid = Needed(4, row);
        claim.PatientOwes = Amount(5, row);
        claim.Filing = CodeAt(6);
        claim.PayerControl = Range(7);
        claim.Facility = CodeAt(8);
        claim.Frequency = CodeAt(9);
        claim.Drg = CodeAt(11);
        JudgeHead(row);
    }

    /// <summary>
    /// Up to six reasons of one group. Each keeps its place, readable or not, so that the segment can be written
    /// again.
    /// </summary>
    void FillAdjustments(int row)
    {
        var group = CodeAt(1);
        var used = 0;
        for (var element = 2; element <= Math.Min(Segment.Elements, 19); element += 3)
        {
            if (Segment.LengthOf(element) + Segment.LengthOf(element + 1) + Segment.LengthOf(element + 2) == 0)
                continue;
            used++;
            var adjustment = new Adjustment(group, CodeAt(element), Needed(element + 1, row), Count(element + 2));
            claim.Adjustments.Add(Faults.Line, adjustment);
            Weigh(adjustment, element, row);
        }
        if (isTwin) NoteTwin(row);
        else JudgeSplit(used, row);
    }

    void FillName(PaidParty party, int row)
    {
        claim.Set(party, PaidField.Name, Range(3));
        claim.Set(party, PaidField.First, Range(4));
        claim.Set(party, PaidField.Middle, Range(5));
        claim.Set(party, PaidField.Suffix, Range(7));
        claim.Set(party, PaidField.IdKind, Range(8));
        claim.Set(party, PaidField.Id, Range(9));
        JudgeNumber(Segment.Packed(8), 9, row);
    }

    /// <summary>Remark codes of MIA or MOA: one element, and a run of further ones.</summary>
    void FillRemarks(Code kind, int first, int from, int thru)
    {
        if (Segment.LengthOf(first) > 0) claim.Remarks.Add(0, new(kind, CodeAt(first)));
        for (var element = from; element <= Math.Min(thru, Segment.Elements); element++)
            if (Segment.LengthOf(element) > 0) claim.Remarks.Add(0, new(kind, CodeAt(element)));
    }

    void FillAmount(int row)
    {
        var known = isUnknown;
        var amount = new OtherAmount(CodeAt(1), Amount(2, row));
        isUnknown = known; // these take no part in the claim's balance
        if (amount.Kind == Allowed && Faults.Line > 0 && !hasAllowed)
            (claim.Lines[^1].Allowed, hasAllowed) = (amount.Amount, true);
        else
            claim.Amounts.Add(Faults.Line, amount);
        JudgeAmount(amount, row);
    }

    void FillRemark(int row)
    {
        var remark = new Remark(CodeAt(1), CodeAt(2));
        claim.Remarks.Add(Faults.Line, remark);
        JudgeRemark(row);
    }

    void FillService(int row)
    {
        BeginLine(row);
        ref var line = ref claim.Lines[^1];
        if (isTwin && claim.Lines.Length > 1) twinService = (Here(row), claim.Lines.Length - 1);
        FillProcedure(ref line.Procedure, 1, row);
        line.Charge = Needed(2, row);
        line.Paid = Needed(3, row);
        line.RevenueCode = Segment.Packed(1) == RevenueCode ? line.Procedure.Code : CodeAt(4);
        line.UnitsPaid = Count(5);
        if (Segment.LengthOf(6) > 0) FillProcedure(ref line.Billed, 6, row);
        line.UnitsBilled = Count(7);
        JudgeService(line, row);
    }

    /// <summary>The components of a service: list, code, four modifiers, description.</summary>
    void FillProcedure(ref Procedure procedure, int element, int row)
    {
        procedure.Kind = CodeOf(Segment[element, 1]);
        if ((Segment.Composites >> element & 1) == 0) return;
        if (Segment[element, 2] is { IsEmpty: false } code) FillCode(ref procedure, code, element, row);
        ulong packed = 0;
        for (var i = 0; i < Modifiers.Max && Modifier.TryParse(Segment[element, 3 + i], out var modifier); i++)
            packed |= (ulong)modifier.Packed << (48 - (16 * i));
        procedure.Modifiers = new(packed);
        procedure.Description = Range(element, 7);
    }

    void FillCode(ref Procedure procedure, ReadOnlySpan<byte> text, int element, int row)
    {
        if (!FitsKind(procedure.Kind.Packed, text))
            reader.Report(RemittanceFindings.ServiceForm, row, element, 2, Arg.Of(procedure.Kind));
        if (procedure.Kind.Packed == NationalDrug && Ndc.TryParse(text, out procedure.Ndc)) return;
        if (!Code.TryParse(text, out procedure.Code)) procedure.Text = new(Segment.OffsetOf(text), text.Length);
    }
}
