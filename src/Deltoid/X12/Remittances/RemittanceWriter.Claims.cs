using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Remittances;

/// <summary>Claims, lines, and what is in lists: adjustments, remarks, amounts.</summary>
internal sealed partial class RemittanceWriter
{
    static readonly Code Allowed = Code.Of("B6"), InpatientRemark = Code.Of("MIA"), OutpatientRemark = Code.Of("MOA");

    /// <summary>The roles of NM101, in the order of <see cref="PaidParty"/>.</summary>
    static readonly byte[][] Roles =
        [[.. "QC"u8], [.. "IL"u8], [.. "74"u8], [.. "82"u8], [.. "TT"u8], [.. "PR"u8], [.. "GB"u8]];

    /// <summary>How far the lists of the claim or of a line are written.</summary>
    struct Written
    {
        public int Adjustment, Remark, Amount;
        public bool HasAllowed, AdjustmentsFit, AmountsFit;
    }

    int line; // that is written, from 1, or 0
    Written ofClaim, ofLine;
    int nextProviderAdjustment;

    int LineOf(SegmentRow row) => row.Loop == lineLoop ? line : 0;

    ref Written Places(SegmentRow row)
    {
        if (row.Loop == lineLoop) return ref ofLine;
        return ref ofClaim;
    }

    bool NeedsAllowed(SegmentRow row) => LineOf(row) > 0 && !ofLine.HasAllowed && Line.Allowed is not null;

    /// <summary>
    /// Begins the lists of the claim or line. Those that do not go into what was kept are written each time.
    /// </summary>
    Written FitLists(int line, int adjustments, int amounts) => new()
    {
        AdjustmentsFit = Fits(adjustments, claim.Adjustments.Of(line)),
        AmountsFit = Count(amounts) - (line > 0 && HasAllowed(amounts) ? 1 : 0) == claim.Amounts.Of(line).Length,
    };

    int Count(int row)
    {
        var count = 0;
        for (var i = Next(row, -1); i >= 0; i = Next(row, i)) count++;
        return count;
    }

    bool HasAllowed(int amounts)
    {
        for (var i = Next(amounts, -1); i >= 0; i = Next(amounts, i))
            if (IsAllowed(ElementOf(i, 1))) return true;
        return false;
    }

    /// <summary>
    /// Whether the adjustments go into the places that were kept: as many, and one group in a segment.
    /// </summary>
    bool Fits(int row, ReadOnlySpan<Adjustment> list)
    {
        var next = 0;
        for (var kept = Next(row, -1); kept >= 0; kept = Next(row, kept))
        {
            var first = next;
            for (var element = 2; element <= 19; element += 3)
            {
                if (ElementOf(kept, element).Length + ElementOf(kept, element + 1).Length
                    + ElementOf(kept, element + 2).Length == 0)
                    continue;
                if (next == list.Length || list[next].Group != list[first].Group) return false;
                next++;
            }
        }
        return next == list.Length;
    }

    static bool IsAllowed(ReadOnlySpan<byte> kind) => Code.TryParse(kind, out var code) && code == Allowed;

    void FillClaim()
    {
        Put(claim[claim.Id], "0"u8);
        Put(claim.Status, "1"u8);
        Put(claim.Charge ?? Otherwise);
        Put(claim.Paid ?? Otherwise);
        Put(claim.PatientOwes);
        Put(claim.Filing, "ZZ"u8);
        Put(claim[claim.PayerControl]);
        Put(claim.Facility);
        Put(claim.Frequency);
        Pass();
        Put(claim.Drg);
    }

    /// <summary>An amount that must be there is 0 where neither field nor template says it.</summary>
    Money? Otherwise => IsKept ? null : Money.Zero;

    void FillLine()
    {
        ref readonly var service = ref Line;
        Put(service.Procedure);
        Put(service.Charge ?? Otherwise);
        Put(service.Paid ?? Otherwise);
        if (service.Procedure.Kind == RevenueCode) Pass();
        else Put(service.RevenueCode);
        Put(service.UnitsPaid);
        Put(service.Billed);
        Put(service.UnitsBilled);
    }

    static readonly Code RevenueCode = Code.Of("NU");

    void FillName(SegmentRow row)
    {
        var party = (PaidParty)row.Owner;
        Usual(Roles[(int)party]);
        Usual(party is PaidParty.Crossover or PaidParty.FirstPayer
            || (party == PaidParty.Rendering && claim[party, PaidField.First].IsEmpty)
            ? "2"u8
            : "1"u8);
        Put(claim[party, PaidField.Name]);
        Put(claim[party, PaidField.First]);
        Put(claim[party, PaidField.Middle]);
        Pass();
        Put(claim[party, PaidField.Suffix]);
        Put(claim[party, PaidField.IdKind]);
        Put(claim[party, PaidField.Id]);
    }

    /// <summary>One CAS: into the places that were kept, else up to six of one group.</summary>
    void FillAdjustments(ref Written written, ReadOnlySpan<Adjustment> list)
    {
        var group = written.Adjustment < list.Length && (!IsKept || Says(TemplateIndex, 2, 19))
            ? list[written.Adjustment].Group
            : default;
        Put(group);
        for (var place = 0; place < 6; place++)
        {
            if (IsKept && !Peek(3))
            {
                Pass(3);
                continue;
            }
            if (written.Adjustment == list.Length || list[written.Adjustment].Group != group) return;
            ref readonly var adjustment = ref list[written.Adjustment++];
            Put(adjustment.Reason);
            Put(adjustment.Amount);
            Put(adjustment.Quantity);
        }
    }

    /// <summary>Whether a kept segment says anything in these elements.</summary>
    bool Says(int kept, int from, int thru)
    {
        for (var element = from; element <= thru; element++)
            if (!ElementOf(kept, element).IsEmpty) return true;
        return false;
    }

    void FillAmount(SegmentRow row)
    {
        ref var written = ref Places(row);
        var list = claim.Amounts.Of(LineOf(row));
        var isAllowed = LineOf(row) > 0 && !written.HasAllowed
            && (IsKept ? IsAllowed(PeekElement()) : written.Amount == list.Length);
        if (isAllowed) written.HasAllowed = true;
        else if (written.Amount == list.Length) return;
        var amount = isAllowed ? new OtherAmount(Allowed, Line.Allowed) : list[written.Amount++];
        Put(amount.Kind);
        Put(amount.Amount);
    }

    void FillRemark(SegmentRow row)
    {
        ref var written = ref Places(row);
        if (written.Remark == claim.Remarks.Of(LineOf(row)).Length) return;
        var remark = claim.Remarks.Of(LineOf(row))[written.Remark++];
        Put(remark.Kind, "HE"u8);
        Put(remark.Code);
    }

    int RemarksOf(Code kind)
    {
        var count = 0;
        foreach (var remark in claim.Remarks.Of(0))
            if (remark.Kind == kind) count++;
        return count;
    }

    /// <summary>
    /// MIA or MOA with its remark codes: in the places that were kept, or one after the other when there are more or
    /// fewer now.
    /// </summary>
    void FillRemarks(SegmentRow row, Code kind, int elements, int first, int from, int thru)
    {
        var (here, count) = (IsKept ? KeptIn(TemplateIndex, elements, first, from, thru) : 0, RemarksOf(kind));
        var fits = IsKept && KeptIn(row, elements, first, from, thru) == count;
        var (left, next) = fits ? (here, count - here) : (count, 0); // of several segments this is the last
        for (var element = 1; element <= elements && (IsKept || left > 0); element++)
        {
            if (element != first && (element < from || element > thru))
            {
                if (element == 1 && !IsKept && kind == InpatientRemark) Output.Text("0"u8);
                else Pass();
                continue;
            }
            if (fits && !Peek(1))
            {
                Pass();
                continue;
            }
            if (left == 0)
            {
                NextOfTemplate();
                Output.Skip();
                continue;
            }
            Put(RemarkAt(kind, next++));
            left--;
        }
    }

    /// <summary>How many places for remarks are used in a kept segment.</summary>
    int KeptIn(int kept, int elements, int first, int from, int thru)
    {
        var count = 0;
        for (var element = 1; element <= elements; element++)
            if ((element == first || (element >= from && element <= thru)) && !ElementOf(kept, element).IsEmpty)
                count++;
        return count;
    }

    /// <summary>How many are used in all kept segments of a row.</summary>
    int KeptIn(SegmentRow row, int elements, int first, int from, int thru)
    {
        var count = 0;
        for (var kept = Next(row.Index, -1); kept >= 0; kept = Next(row.Index, kept))
            count += KeptIn(kept, elements, first, from, thru);
        return count;
    }

    Code RemarkAt(Code kind, int index)
    {
        foreach (var remark in claim.Remarks.Of(0))
            if (remark.Kind == kind && index-- == 0) return remark.Code;
        return default;
    }

    /// <summary>Whether the provider adjustments go into the places that were kept.</summary>
    bool FitsProviderAdjustments()
    {
        var kept = 0;
        for (var i = Next(providerAdjustment, -1); i >= 0; i = Next(providerAdjustment, i))
            for (var element = 3; element <= 13; element += 2)
                if (ElementOf(i, element).Length + ElementOf(i, element + 1).Length > 0) kept++;
        return kept == remittance.Adjustments.Count;
    }

    /// <summary>One PLB: into the places that were kept, else up to six of one provider and year.</summary>
    void FillProviderAdjustments()
    {
        var list = remittance.Adjustments.Span;
        if (nextProviderAdjustment == list.Length || (IsKept && !Says(TemplateIndex, 3, 14))) return;
        var head = list[nextProviderAdjustment];
        Put(remittance[head.Provider]);
        Put(head.FiscalDay);
        for (var place = 0; place < 6; place++)
        {
            if (IsKept && !Peek(2))
            {
                Pass(2);
                continue;
            }
            if (nextProviderAdjustment == list.Length || (IsKept && !Says(TemplateIndex, 3, 14))) return;
            ref readonly var adjustment = ref list[nextProviderAdjustment];
            if (!IsKept
                && (adjustment.FiscalDay != head.FiscalDay
                    || !remittance[adjustment.Provider].SequenceEqual(remittance[head.Provider])))
                return;
            nextProviderAdjustment++;
            PutReason(adjustment);
            Put(adjustment.Amount);
        }
    }

    /// <summary>Reason and reference; kept where it says the same.</summary>
    void PutReason(in ProviderAdjustment adjustment)
    {
        var kept = NextOfTemplate();
        var rest = kept;
        var isSame = !kept.IsEmpty && IsOf(NextPart(ref rest), adjustment.Reason);
        var reference = remittance[adjustment.Reference];
        if (isSame && (reference.IsEmpty || reference.SequenceEqual(NextPart(ref rest))))
        {
            Raw(kept);
            return;
        }
        Output.Text(adjustment.Reason);
        Output.Component(reference);
    }
}
