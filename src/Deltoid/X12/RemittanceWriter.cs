using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Writes an 835 set: the payment's header, its claims one after the other, the provider adjustments and the end. The envelope around
/// it is the caller's.
/// </summary>
public sealed partial class RemittanceWriter : AnswerWriter
{
    readonly int payerLoop, payeeLoop, groupLoop, claimLoop, lineLoop;
    readonly int lastOfHeader, group, adjustment, amount, lineAdjustment, lineAmount, lineRemark, providerAdjustment, end; // rows
    Remittance remittance = null!;
    ClaimPayment claim = new();
    int groups, groupsKept;
    bool taxIsWritten;

    public RemittanceWriter(SegmentWriter output) : base(output, Guides.Remittance)
    {
        (payerLoop, payeeLoop, groupLoop, claimLoop, lineLoop) = (Guide.LoopIndex("1000A"), Guide.LoopIndex("1000B"), Guide.LoopIndex("2000"), Guide.LoopIndex("2100"), Guide.LoopIndex("2110"));
        (lastOfHeader, providerAdjustment, end, group) = (Guide.SegmentIndex("ST", "DTM", "405"), Guide.SegmentIndex("ST", "PLB"), Guide.SegmentIndex("ST", "SE"), Guide.SegmentIndex("2000", "LX"));
        (adjustment, amount) = (Guide.SegmentIndex("2100", "CAS"), Guide.SegmentIndex("2100", "AMT"));
        (lineAdjustment, lineAmount, lineRemark) = (Guide.SegmentIndex("2110", "CAS"), Guide.SegmentIndex("2110", "AMT"), Guide.SegmentIndex("2110", "LQ"));
    }

    /// <summary>Writes the header of the set, ST to the payee.</summary>
    public void Begin(Remittance payment)
    {
        (remittance, groups, taxIsWritten) = (payment, 0, false);
        Open(payment);
        OnlyLoops(0, payeeLoop); // not those of groups without a claim
        Output.Segments = 0;
        Enter(0);
        Write(Guide.Loops[0].First, lastOfHeader);
        WriteLoop(payerLoop);
        WriteLoop(payeeLoop);
    }

    /// <summary>Writes a claim behind the others.</summary>
    public void Write(ClaimPayment payment)
    {
        claim = payment;
        Open(payment, "ST", "LX");
        OnlyLoops(groupLoop, lineLoop);
        WriteGroups();
        Enter(claimLoop);
        (part, ofClaim) = (0, default);
        FitLists(adjustment, amount, 0);
        Write(Guide.Loops[claimLoop].First, LastOf(claimLoop));
        for (part = 1; part <= payment.Lines.Length; part++)
        {
            while (NextLoop >= 0 && NextLoop != lineLoop) CopyTo(NextKept + 1);
            WriteLine();
        }
        part = 0;
        while (NextKept < payment.Segments.Length)
            if (NextLoop == lineLoop) NextKept++; // kept lines beyond those of the fields were taken out
            else CopyTo(NextKept + 1);
    }

    void WriteLine()
    {
        Enter(lineLoop);
        ofLine = default;
        FitLists(lineAdjustment, lineAmount, part);
        Drop(lineRemark, Count(lineRemark) != claim.Remarks.Of(part).Length);
        Write(Guide.Loops[lineLoop].First, LastOf(lineLoop));
    }

    /// <summary>The group a claim begins; the first claim of a set begins one.</summary>
    void WriteGroups()
    {
        groupsKept = 0;
        for (var i = 0; i < claim.Segments.Length; i++) if (RowOf(i) == group) groupsKept++;
        if (!claim.BeginsGroup && groups > 0)
        {
            while (NextLoop == groupLoop) NextKept++;
            return;
        }
        do
        {
            groups++;
            WriteLoop(groupLoop);
        }
        while (NextLoop == groupLoop);
    }

    /// <summary>Writes the provider adjustments and the end of the set.</summary>
    public void End(Remittance payment)
    {
        remittance = payment;
        Open(payment);
        OnlyLoops(0, payeeLoop); // not those of groups without a claim
        Skip(0, lastOfHeader);
        Skip(payerLoop, LastOf(payerLoop));
        Skip(payeeLoop, LastOf(payeeLoop));
        nextProviderAdjustment = 0;
        var fits = FitProviderAdjustments();
        while (NextKept < payment.Segments.Length && RowOf(NextKept) != end)
        {
            if (RowOf(NextKept) != providerAdjustment) { CopyNext(); continue; } // a group without a claim, what has no place
            WriteEnd(providerAdjustment, fits);
        }
        if (nextProviderAdjustment < payment.Adjustments.Count) WriteEnd(providerAdjustment, fits);
        WriteEnd(end, fits);
        while (NextKept < payment.Segments.Length) CopyNext();
    }

    void WriteEnd(int row, bool fits)
    {
        Enter(0);
        Drop(providerAdjustment, !fits);
        Write(row, row);
    }

    private protected override bool IsList(SegmentRow row) => (RemittanceAction)row.Action is RemittanceAction.Adjustment or RemittanceAction.Amount or RemittanceAction.Remark or RemittanceAction.ProviderAdjustment or RemittanceAction.PayeeTax;

    private protected override bool Needs(SegmentRow row, int count) => (RemittanceAction)row.Action switch
    {
        RemittanceAction.PayeeTax => !taxIsWritten && Says(RemittanceText.PayeeTaxId) && Says(RemittanceText.PayeeNpi),
        RemittanceAction.ProviderAdjustment => nextProviderAdjustment < remittance.Adjustments.Count,
        RemittanceAction.Adjustment => Places(row).Adjustment < claim.Adjustments.Of(LineOf(row)).Length,
        RemittanceAction.Remark => Places(row).Remark < claim.Remarks.Of(LineOf(row)).Length,
        RemittanceAction.Amount => Places(row).Amount < claim.Amounts.Of(LineOf(row)).Length || NeedsAllowed(row),
        _ => count == 0 && Needs((RemittanceAction)row.Action, (PaidParty)row.Whose),
    };

    bool Needs(RemittanceAction action, PaidParty party) => action switch
    {
        RemittanceAction.Start or RemittanceAction.End or RemittanceAction.Group or RemittanceAction.Claim or RemittanceAction.Line => true,
        RemittanceAction.Payment => remittance.Amount is not null || Says(RemittanceText.Handling) || Says(RemittanceText.Method) || remittance.Effective != default,
        RemittanceAction.Trace => Says(RemittanceText.Trace) || Says(RemittanceText.PayerTaxId),
        RemittanceAction.PayerName => Says(RemittanceText.PayerName) || Says(RemittanceText.PayerPlanId),
        RemittanceAction.PayeeName => Says(RemittanceText.PayeeName) || Says(RemittanceText.PayeeNpi) || Says(RemittanceText.PayeeTaxId) || Says(RemittanceText.PayeePlanId),
        RemittanceAction.Receiver => Says(RemittanceText.Receiver),
        RemittanceAction.Produced => remittance.Produced != default,
        RemittanceAction.PayerStreet => Says(RemittanceText.PayerAddress),
        RemittanceAction.PayerCity => Says(RemittanceText.PayerCity) || Says(RemittanceText.PayerState) || Says(RemittanceText.PayerZip),
        RemittanceAction.PayeeStreet => Says(RemittanceText.PayeeAddress),
        RemittanceAction.PayeeCity => Says(RemittanceText.PayeeCity) || Says(RemittanceText.PayeeState) || Says(RemittanceText.PayeeZip),
        RemittanceAction.Name => claim.Has(party),
        RemittanceAction.Inpatient => RemarksOf(InpatientRemark) > 0,
        RemittanceAction.Outpatient => RemarksOf(OutpatientRemark) > 0,
        RemittanceAction.FirstDay => claim.From != default,
        RemittanceAction.LastDay => claim.Thru != default,
        RemittanceAction.CoverageEnd => claim.CoverageEnd != default,
        RemittanceAction.Received => claim.Received != default,
        RemittanceAction.LineDay => Line.Date != default && Line.Thru == default,
        RemittanceAction.LineFirstDay => Line.Date != default && Line.Thru != default,
        RemittanceAction.LineLastDay => Line.Thru != default,
        RemittanceAction.Control => !Line.Control.IsEmpty,
        _ => false,
    };

    bool Says(RemittanceText text) => !remittance.Range(text).IsEmpty;

    ref PaymentLine Line => ref claim.Lines[part - 1];

    private protected override void Fill(SegmentRow row)
    {
        switch ((RemittanceAction)row.Action)
        {
            case RemittanceAction.ProviderAdjustment: FillProviderAdjustments(); break;
            case RemittanceAction.Adjustment: FillAdjustments(ref Places(row), claim.Adjustments.Of(LineOf(row))); break;
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
            case RemittanceAction.Control: Usual("6R"u8); Put(claim[Line.Control]); break;
            case RemittanceAction.Group: FillGroup(); break;
            default: FillHeader((RemittanceAction)row.Action); break;
        }
    }

    void FillDay(ReadOnlySpan<byte> kind, DateOnly day)
    {
        if (IsKept && !PeekFirst().SequenceEqual(kind)) return; // of another kind: as it was kept
        Usual(kind);
        Put(day);
    }

    /// <summary>LX: all but the last that the claim kept are groups without claims.</summary>
    void FillGroup()
    {
        if (--groupsKept > 0) Pass();
        else Put(claim.Group > 0 ? claim.Group : IsKept ? -1 : groups);
    }

    void FillHeader(RemittanceAction action)
    {
        switch (action)
        {
            case RemittanceAction.Start: Usual("835"u8); Put(remittance[RemittanceText.Control], "0001"u8); break;
            case RemittanceAction.Payment: FillPayment(); break;
            case RemittanceAction.Trace: FillTrace(); break;
            case RemittanceAction.Receiver: Usual("EV"u8); Put(remittance[RemittanceText.Receiver]); break;
            case RemittanceAction.Produced: FillDay("405"u8, remittance.Produced); break;
            case RemittanceAction.PayerName: FillPayer(); break;
            case RemittanceAction.PayerStreet: Put(remittance[RemittanceText.PayerAddress]); break;
            case RemittanceAction.PayerCity: FillCity(RemittanceText.PayerCity, RemittanceText.PayerState, RemittanceText.PayerZip); break;
            case RemittanceAction.PayeeName: FillPayee(); break;
            case RemittanceAction.PayeeStreet: Put(remittance[RemittanceText.PayeeAddress]); break;
            case RemittanceAction.PayeeCity: FillCity(RemittanceText.PayeeCity, RemittanceText.PayeeState, RemittanceText.PayeeZip); break;
            case RemittanceAction.PayeeTax: FillPayeeTax(); break;
            case RemittanceAction.End: Made(Output.Segments + 1); Put(remittance[RemittanceText.Control], "0001"u8); break;
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

    /// <summary>The payee is known by the number whose kind was kept, else by its NPI, its tax number, its plan's number.</summary>
    void FillPayee()
    {
        Usual("PE"u8);
        Put(remittance[RemittanceText.PayeeName]);
        var usual = Says(RemittanceText.PayeeNpi) ? "XX"u8 : Says(RemittanceText.PayeeTaxId) ? "FI"u8 : Says(RemittanceText.PayeePlanId) ? "XV"u8 : default;
        var kept = NextOfTemplate();
        var kind = IsKept ? kept : usual;
        Raw(kind);
        if (IsKept && PeekElement().IsEmpty) return; // the number that is known may be REF TJ's
        Put(remittance[kind.SequenceEqual("XX"u8) ? RemittanceText.PayeeNpi : kind.SequenceEqual("FI"u8) ? RemittanceText.PayeeTaxId : RemittanceText.PayeePlanId]);
    }

    /// <summary>REF TJ says the tax number where N1 says another number; beside a tax number in N1 it stays as it was, and so do other numbers.</summary>
    void FillPayeeTax()
    {
        if (IsKept && (taxIsWritten || !PeekFirst().SequenceEqual("TJ"u8) || (!Says(RemittanceText.PayeeNpi) && !Says(RemittanceText.PayeePlanId)))) return;
        taxIsWritten = true;
        Usual("TJ"u8);
        Put(remittance[RemittanceText.PayeeTaxId]);
    }
}
