using Deltoid.Answers;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>
/// Writes an 835 set: the payment's header, its claims one after the other, the provider adjustments and the end. The
/// envelope around
/// it is the caller's.
/// </summary>
internal sealed partial class RemittanceWriter : AnswerWriter
{
    readonly int payerLoop, payeeLoop, groupLoop, claimLoop, lineLoop;
    // rows
    readonly int claimRow, adjustment, amount, lineAdjustment, lineAmount, lineDay, lineFirstDay, payeeTax,
        providerAdjustment;
    readonly int group; // among the entries of the set
    readonly int[] behindHeader; // rows of the set from there on
    readonly HashSet<int> entered = []; // of payer and payee, those that were written
    Remittance remittance = null!;
    ClaimPayment claim = new();
    int groups, claims; // written
    int between, tail; // kept segments of the payment: the next between claims, the first after the last claim
    int again; // the loop of a payer or payee that no field came from, since it stands here a second time
    Part part; // that is written
    bool taxIsWritten, adjustmentsFit;

    /// <summary>The parts of a set: its fields are in three objects.</summary>
    enum Part : byte { Header, Claim, End }

    public RemittanceWriter(SegmentWriter output) : base(output, RemittanceSet.Set.Guide)
    {
        payerLoop = Guide.LoopIndex("1000A");
        payeeLoop = Guide.LoopIndex("1000B");
        groupLoop = Guide.LoopIndex("2000");
        claimLoop = Guide.LoopIndex("2100");
        lineLoop = Guide.LoopIndex("2110");
        (claimRow, payeeTax, providerAdjustment) = (Guide.Loops[claimLoop].First,
            Guide.SegmentIndex("1000B", "REF", "TJ"), Guide.SegmentIndex("ST", "PLB"));
        adjustment = Guide.SegmentIndex("2100", "CAS");
        amount = Guide.SegmentIndex("2100", "AMT");
        lineAdjustment = Guide.SegmentIndex("2110", "CAS");
        lineAmount = Guide.SegmentIndex("2110", "AMT");
        (lineDay, lineFirstDay) = (Guide.SegmentIndex("2110", "DTM", "472"), Guide.SegmentIndex("2110", "DTM", "150"));
        group = Array.FindIndex(Guide.Loops[0].Entries, e => e.Child == groupLoop);
        behindHeader = [.. Guide.Loops[0].Entries[group..].Select(e => (int)e.Segment)];
    }

    /// <summary>Writes the header of the set, ST to the payee.</summary>
    public void Begin(Remittance payment)
    {
        remittance = payment;
        groups = 0;
        claims = 0;
        again = -1;
        part = Part.Header;
        taxIsWritten = false;
        nextProviderAdjustment = 0;
        entered.Clear();
        BeginSet(payment);
        adjustmentsFit = FitsProviderAdjustments();
        FindParts();
        WriteEntries(0, 0, IsInOnePart ? group : int.MaxValue);
    }

    /// <summary>Where the header ends that was kept, and where what comes after all claims begins.</summary>
    void FindParts()
    {
        var (kept, all) = (remittance.Segments.Length, Math.Max(remittance.Claims, 1));
        between = 0;
        while (between < kept && remittance.ClaimsBefore(between) == 0) between++;
        tail = between;
        while (tail < kept && remittance.ClaimsBefore(tail) < all) tail++;
        if (!IsInOnePart) EndAt(between);
    }

    /// <summary>No claim parts the kept segments: the end begins where the guide has it.</summary>
    bool IsInOnePart => remittance.Claims == 0 && between == remittance.Segments.Length;

    /// <summary>Writes segments of the payment that were found between claims, up to the claim that is next.</summary>
    void WriteBetween()
    {
        if (between >= tail || remittance.ClaimsBefore(between) > claims) return;
        part = Part.End;
        Open(remittance);
        while (between < tail && remittance.ClaimsBefore(between) <= claims)
        {
            StartAt(between++);
            WriteKept();
        }
    }

    /// <summary>
    /// Writes a claim after the others, and the group it begins; the first claim of a set begins one.
    /// </summary>
    public void Write(ClaimPayment payment)
    {
        WriteBetween();
        claims++;
        (claim, part) = (payment, Part.Claim);
        Open(payment, "ST", "LX");
        var first = Guide.Loops[groupLoop].First;
        if (!payment.BeginsGroup && groups > 0) PassTo(claimRow);
        else
        {
            groups++;
            if (!Has(first)) Use(Guide.Segments[first], -1);
        }
        if (Has(first)) WriteEntries(0, group, group + 1);
        else WriteEntries(groupLoop, 0, int.MaxValue);
    }

    /// <summary>Writes the provider adjustments and the end of the set.</summary>
    public void End(Remittance payment)
    {
        (remittance, part) = (payment, Part.End);
        Open(payment);
        if (IsInOnePart) PassTo(behindHeader);
        else StartAt(between);
        WriteEntries(0, group, int.MaxValue);
    }

    private protected override void Enter(int loop)
    {
        again = (loop == payerLoop || loop == payeeLoop) && !entered.Add(loop) ? loop : -1;
        if (loop == claimLoop) (line, ofClaim) = (0, FitLists(0, adjustment, amount));
        else if (loop == lineLoop) ofLine = FitLists(++line, lineAdjustment, lineAmount);
    }

    private protected override bool IsList(SegmentRow row) =>
        (RemittanceAction)row.Action is RemittanceAction.Adjustment or RemittanceAction.Amount
            or RemittanceAction.Remark or RemittanceAction.ProviderAdjustment or RemittanceAction.PayeeTax
            or RemittanceAction.Line;

    /// <summary>
    /// A segment that is out of its part is written as it came, except the provider's adjustments, which are one
    /// list. Of several groups
    /// that a claim kept the last is its own; a line has one first day.
    /// </summary>
    private protected override bool IsSource(SegmentRow row, int kept) =>
        row.Loop != again && (IsOfPart(row) || IsOfEnd(row)) && (RemittanceAction)row.Action switch
    {
        RemittanceAction.Group => !Has(row.Index, kept + 1, claim.Segments.Length),
        RemittanceAction.LineDay or RemittanceAction.LineFirstDay =>
            Next(lineDay, kept) < 0 && Next(lineFirstDay, kept) < 0,
        _ => base.IsSource(row, kept),
    };

    bool IsOfPart(SegmentRow row) => part switch
    {
        Part.Header => row.Loop < groupLoop && !IsOfEnd(row),
        Part.Claim => row.Loop >= groupLoop,
        _ => IsOfEnd(row),
    };

    static bool IsOfEnd(SegmentRow row) =>
        (RemittanceAction)row.Action is RemittanceAction.ProviderAdjustment or RemittanceAction.End;

    private protected override bool IsGone(SegmentRow row, int kept) => (RemittanceAction)row.Action switch
    {
        RemittanceAction.ProviderAdjustment => !adjustmentsFit,
        _ when part != Part.Claim => false,
        RemittanceAction.Line or RemittanceAction.Remark => !Needs(row),
        RemittanceAction.Adjustment => !Places(row).AdjustmentsFit,
        RemittanceAction.Amount => !Places(row).AmountsFit,
        _ => false,
    };

    private protected override bool Needs(SegmentRow row) => row.Loop != again && IsOfPart(row)
        && (RemittanceAction)row.Action switch
        {
            RemittanceAction.PayeeTax =>
                !taxIsWritten && Says(RemittanceText.PayeeTaxId) && Says(RemittanceText.PayeeNpi),
            RemittanceAction.ProviderAdjustment => nextProviderAdjustment < remittance.Adjustments.Count,
            RemittanceAction.Adjustment => Places(row).Adjustment < claim.Adjustments.Of(LineOf(row)).Length,
            RemittanceAction.Remark => Places(row).Remark < claim.Remarks.Of(LineOf(row)).Length,
            RemittanceAction.Amount => Places(row).Amount < claim.Amounts.Of(LineOf(row)).Length || NeedsAllowed(row),
            _ => Needs((RemittanceAction)row.Action, (PaidParty)row.Owner),
        };

    bool Needs(RemittanceAction action, PaidParty party) => action switch
    {
        RemittanceAction.End => true,
        RemittanceAction.Claim => !Has(claimRow, 0, claim.Segments.Length),
        RemittanceAction.Line => line < claim.Lines.Length,
        RemittanceAction.Payment =>
            remittance.Amount is not null || Says(RemittanceText.Handling) || Says(RemittanceText.Method)
                || remittance.Effective != default,
        RemittanceAction.Trace => Says(RemittanceText.Trace) || Says(RemittanceText.PayerTaxId),
        RemittanceAction.PayerName => Says(RemittanceText.PayerName) || Says(RemittanceText.PayerPlanId),
        RemittanceAction.PayeeName =>
            Says(RemittanceText.PayeeName) || Says(RemittanceText.PayeeNpi) || Says(RemittanceText.PayeeTaxId)
                || Says(RemittanceText.PayeePlanId),
        RemittanceAction.Receiver => Says(RemittanceText.Receiver),
        RemittanceAction.Produced => remittance.Produced != default,
        RemittanceAction.PayerStreet => Says(RemittanceText.PayerAddress),
        RemittanceAction.PayerCity =>
            Says(RemittanceText.PayerCity) || Says(RemittanceText.PayerState) || Says(RemittanceText.PayerZip),
        RemittanceAction.PayeeStreet => Says(RemittanceText.PayeeAddress),
        RemittanceAction.PayeeCity =>
            Says(RemittanceText.PayeeCity) || Says(RemittanceText.PayeeState) || Says(RemittanceText.PayeeZip),
        RemittanceAction.Name => claim.Has(party),
        RemittanceAction.Inpatient => RemarksOf(InpatientRemark) > 0,
        RemittanceAction.Outpatient => RemarksOf(OutpatientRemark) > 0,
        RemittanceAction.FirstDay => claim.From != default,
        RemittanceAction.LastDay => claim.Thru != default,
        RemittanceAction.CoverageEnd => claim.CoverageEnd != default,
        RemittanceAction.Received => claim.Received != default,
        RemittanceAction.LineDay => Line.Date != default && Line.Thru == default && !Has(lineFirstDay),
        RemittanceAction.LineFirstDay => Line.Date != default && Line.Thru != default && !Has(lineDay),
        RemittanceAction.LineLastDay => Line.Thru != default,
        RemittanceAction.Control => !Line.Control.IsEmpty,
        _ => false,
    };

    bool Says(RemittanceText text) => !remittance.Range(text).IsEmpty;

    ref PaymentLine Line => ref claim.Lines[line - 1];

    private protected override void Fill(SegmentRow row)
    {
        switch ((RemittanceAction)row.Action)
        {
            case RemittanceAction.ProviderAdjustment: FillProviderAdjustments(); break;
            case RemittanceAction.Adjustment:
                FillAdjustments(ref Places(row), claim.Adjustments.Of(LineOf(row)));
                break;
            case RemittanceAction.Amount: FillAmount(row); break;
            case RemittanceAction.Remark: FillRemark(row); break;
            case RemittanceAction.Claim: FillClaim(); break;
            case RemittanceAction.Line: FillLine(); break;
            case RemittanceAction.Name: FillName(row); break;
            case RemittanceAction.Inpatient: FillRemarks(row, InpatientRemark, 24, 5, 20, 23); break;
            case RemittanceAction.Outpatient: FillRemarks(row, OutpatientRemark, 9, 3, 4, 7); break;
            case RemittanceAction.FirstDay: FillDay("232"u8, claim.From); break;
            case RemittanceAction.LastDay: FillDay("233"u8, claim.Thru); break;
            case RemittanceAction.CoverageEnd: FillDay("036"u8, claim.CoverageEnd); break;
            case RemittanceAction.Received: FillDay("050"u8, claim.Received); break;
            case RemittanceAction.LineDay: FillDay("472"u8, Line.Date); break;
            case RemittanceAction.LineFirstDay: FillDay("150"u8, Line.Date); break;
            case RemittanceAction.LineLastDay: FillDay("151"u8, Line.Thru); break;
            case RemittanceAction.Control:
                Usual("6R"u8);
                Put(claim[Line.Control]);
                break;
            case RemittanceAction.Group: Put(claim.Group > 0 ? claim.Group : IsKept ? -1 : groups); break;
            default: FillHeader((RemittanceAction)row.Action); break;
        }
    }

    void FillDay(ReadOnlySpan<byte> kind, DateOnly day)
    {
        if (IsKept && !PeekFirst().SequenceEqual(kind)) return; // of another kind: as it was kept
        Usual(kind);
        Put(day);
    }

    void FillHeader(RemittanceAction action)
    {
        switch (action)
        {
            case RemittanceAction.Start:
                Usual("835"u8);
                Put(remittance[RemittanceText.Control], "0001"u8);
                break;
            case RemittanceAction.Payment: FillPayment(); break;
            case RemittanceAction.Trace: FillTrace(); break;
            case RemittanceAction.Receiver:
                Usual("EV"u8);
                Put(remittance[RemittanceText.Receiver]);
                break;
            case RemittanceAction.Produced: FillDay("405"u8, remittance.Produced); break;
            case RemittanceAction.PayerName: FillPayer(); break;
            case RemittanceAction.PayerStreet: Put(remittance[RemittanceText.PayerAddress]); break;
            case RemittanceAction.PayerCity:
                FillCity(RemittanceText.PayerCity, RemittanceText.PayerState, RemittanceText.PayerZip);
                break;
            case RemittanceAction.PayeeName: FillPayee(); break;
            case RemittanceAction.PayeeStreet: Put(remittance[RemittanceText.PayeeAddress]); break;
            case RemittanceAction.PayeeCity:
                FillCity(RemittanceText.PayeeCity, RemittanceText.PayeeState, RemittanceText.PayeeZip);
                break;
            case RemittanceAction.PayeeTax: FillPayeeTax(); break;
            case RemittanceAction.End:
                Made(Output.Segments + 1);
                Put(remittance[RemittanceText.Control], "0001"u8);
                break;
        }
    }

    void FillPayment()
    {
        var isNothing = remittance.Amount is null or { Cents: 0 };
        Put(remittance[RemittanceText.Handling], isNothing ? "H"u8 : "I"u8);
        Put(remittance.Amount);
        Put(remittance.Direction, "C"u8);
        Put(remittance[RemittanceText.Method], isNothing ? "NON"u8 : "CHK"u8);
        Put(remittance[RemittanceText.Format]);
        Pass(10);
        Put(remittance.Effective);
    }

    void FillTrace()
    {
        Usual("1"u8);
        Put(remittance[RemittanceText.Trace]);
        Put(remittance[RemittanceText.PayerTaxId]);
        Put(remittance[RemittanceText.Division]);
    }

    void FillPayer()
    {
        Usual("PR"u8);
        Put(remittance[RemittanceText.PayerName]);
        Usual(Says(RemittanceText.PayerPlanId) ? "XV"u8 : default);
        Put(remittance[RemittanceText.PayerPlanId]);
    }

    void FillCity(RemittanceText city, RemittanceText state, RemittanceText zip)
    {
        Put(remittance[city]);
        Put(remittance[state]);
        Put(remittance[zip]);
    }

    /// <summary>
    /// The payee is known by the number whose kind was kept, else by its NPI, its tax number, its plan's number.
    /// </summary>
    void FillPayee()
    {
        Usual("PE"u8);
        Put(remittance[RemittanceText.PayeeName]);
        var usual = Says(RemittanceText.PayeeNpi) ? "XX"u8
            : Says(RemittanceText.PayeeTaxId) ? "FI"u8
            : Says(RemittanceText.PayeePlanId) ? "XV"u8
            : default;
        var kept = NextOfTemplate();
        var kind = IsKept ? kept : usual;
        Raw(kind);
        if (IsKept && PeekElement().IsEmpty) return; // the number that is known may be REF TJ's
        Put(remittance[kind.SequenceEqual("XX"u8) ? RemittanceText.PayeeNpi
            : kind.SequenceEqual("FI"u8) ? RemittanceText.PayeeTaxId
            : RemittanceText.PayeePlanId]);
    }

    /// <summary>
    /// The first REF TJ with a number says the tax number where N1 says another number; beside a tax number in N1 it
    /// stays as it was, and so do other numbers.
    /// </summary>
    void FillPayeeTax()
    {
        if (IsKept && (taxIsWritten || (ElementOf(TemplateIndex, 2).IsEmpty && Next(payeeTax, TemplateIndex) >= 0)
            || !PeekFirst().SequenceEqual("TJ"u8)
            || (!Says(RemittanceText.PayeeNpi) && !Says(RemittanceText.PayeePlanId))))
            return;
        taxIsWritten = true;
        Usual("TJ"u8);
        Put(remittance[RemittanceText.PayeeTaxId]);
    }
}
