using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// What other payers decided, for the claim (loop 2320) and for its lines (2430): sums, and that each thing is said
/// once.
/// </summary>
internal sealed partial class ClaimReader
{
    /// <summary>Other payers on one claim at most.</summary>
    const int MostPayers = 10;

    static readonly ulong[] GroupCodes =
        [SegmentReader.PackOf("CO"), SegmentReader.PackOf("CR"), SegmentReader.PackOf("OA"), SegmentReader.PackOf("PI"),
            SegmentReader.PackOf("PR")];

    /// <summary>What another payer did with the claim.</summary>
    [StructLayout(LayoutKind.Auto)]
    struct OtherPayer
    {
        public TextRange Id;
        public long Paid, Adjusted, LineAdjusted;
        public bool IsMedicare, HasPaid, HasNotCovered, HasOwed, HasLineOwed, HasDay, IsUnsure;
        /// <summary>Lines that it decided.</summary>
        public int Lines;
        public Spot At;
    }

    readonly OtherPayer[] payers = new OtherPayer[MostPayers];
    int payerCount;
    uint turns; // the letters of SBR01 that were seen
    uint groups, fullGroups; // groups of the CAS of this loop, and those whose last one is full

    /// <summary>The open verdict on a line: what is left of its charge; the payer's index, or -1.</summary>
    (long Left, bool IsKnown, Spot At, int Payer) adjudication;

    void BeginPayers()
    {
        (payerCount, adjudication, turns) = (0, default, 0);
        Turn(shared[ClaimText.Responsibility]);
    }

    /// <summary>Notes whose turn it is to pay; false when another payer of the claim has it.</summary>
    bool Turn(ReadOnlySpan<byte> text)
    {
        if (text is not [>= (byte)'A' and <= (byte)'T' and var letter]) return true; // U: unknown, which several may be
        var bit = 1u << (letter - 'A');
        var isFree = (turns & bit) == 0;
        turns |= bit;
        return isFree;
    }

    void Weigh(ClaimAction action, int row)
    {
        switch (action)
        {
            case ClaimAction.OtherSubscriber:
                BeginPayer(row);
                return;
            case ClaimAction.Adjudication:
                BeginAdjudication(row);
                return;
            case ClaimAction.Adjustment:
                Adjust(row);
                return;
            case ClaimAction.LineOwed:
                if (adjudication.Payer >= 0) payers[adjudication.Payer].HasLineOwed = true;
                return;
        }
        if (payerCount == 0) return;
        ref var payer = ref payers[payerCount - 1];
        switch (action)
        {
            case ClaimAction.OtherPaid:
                payer.HasPaid = true;
                if (Money.TryParse(Segment[2], out var paid)) payer.Paid = paid.Cents;
                else payer.IsUnsure = true; // which was reported
                break;
            case ClaimAction.OtherNotCovered: JudgeNotCovered(ref payer, row); break;
            case ClaimAction.OtherOwed: payer.HasOwed = true; break;
            case ClaimAction.OtherMember: JudgeMember(payer, row); break;
            case ClaimAction.OtherPayer: payer.Id = Range(9); break;
            case ClaimAction.OtherDecided: payer.HasDay = true; break;
        }
    }

    void BeginPayer(int row)
    {
        if (!Turn(Segment[1]))
        {
            reader.Report(X12Findings.SaidTwice, row, 1);
            reader.Faults.WithdrawAfter(Arg.Trigger(reader.Guide.Letter, row, reader.Faults.Ordinal, 1, 0));
        }
        if (payerCount < MostPayers)
            payers[payerCount++] = new OtherPayer
            {
                At = Here(row), IsMedicare = Filing.KindOf(Segment.Packed(9)) == PayerKind.Medicare
            };
        (groups, fullGroups) = (0, 0);
    }

    /// <summary>The other insured's Medicare number, in claims that were made since 2020.</summary>
    void JudgeMember(in OtherPayer payer, int row)
    {
        if (payer.IsMedicare && made >= Mbi.Since && Segment.LengthOf(9) > 0
            && Mbi.FaultOf(Segment[9]) != MbiFault.None)
            reader.Report(ValueFindings.OtherMedicareId, row, 9);
    }

    void JudgeNotCovered(ref OtherPayer payer, int row)
    {
        payer.HasNotCovered = true;
        if (Money.TryParse(Segment[2], out var amount) && claim.Charge is { } charge && amount != charge)
            reader.Report(ClaimContentFindings.NotCovered, row, 2);
    }

    /// <summary>Adjustments of the claim or, once a line has another payer's verdict, of that.</summary>
    void Adjust(int row)
    {
        var (sum, isKnown) = (0L, true);
        for (var element = 3; element <= 18; element += 3)
            if (Money.TryParse(Segment[element], out var amount)) sum += amount.Cents;
            else isKnown &= Segment.LengthOf(element) + Segment.LengthOf(element - 1) == 0;
        if (!isKnown) LoseSum(); // an amount that is missing or does not read was reported
        if (adjudication.At.Ordinal > 0) adjudication.Left -= sum;
        else if (payerCount > 0) payers[payerCount - 1].Adjusted += sum;
        var group = Array.IndexOf(GroupCodes, Segment.Packed(1));
        if (group < 0) return;
        var bit = 1u << group;
        if (isWhole && (groups & ~fullGroups & bit) != 0) reader.Report(X12Findings.AdjustmentsSplit, row, 1);
        groups |= bit;
        fullGroups = Segment.LengthOf(17) > 0 ? fullGroups | bit : fullGroups & ~bit;
    }

    /// <summary>What is open has an amount that is not known: neither it nor its payer is weighed.</summary>
    void LoseSum()
    {
        var payer = adjudication.At.Ordinal > 0 ? adjudication.Payer : payerCount - 1;
        if (payer >= 0) payers[payer].IsUnsure = true;
        adjudication.IsKnown = false;
    }

    /// <summary>
    /// Another payer's verdict on the line begins: what it paid is taken off the line's charge, adjustments will be.
    /// </summary>
    void BeginAdjudication(int row)
    {
        if (adjudication.At.Ordinal > 0) EndAdjudication();
        if (claim.Lines.IsEmpty) return;
        var id = Segment[1];
        var (payer, areNamed) = (-1, true);
        for (var i = 0; i < payerCount; i++)
        {
            areNamed &= payers[i].Id.Length > 0; // a payer without its id may be the one that is meant
            if (claim[payers[i].Id].SequenceEqual(id)) payer = i;
        }
        (groups, fullGroups) = (0, 0);
        adjudication = (0, false, Here(row), payer);
        if (payer >= 0) payers[payer].Lines++;
        else if (!id.IsEmpty && isWhole && areNamed) reader.Report(ClaimContentFindings.PayerUnknown, row, 1);
        isWhole &= payer >= 0; // whose decision it is is not known, so it is in no payer's sum
        if (claim.Lines[^1].Charge is not { } charge || !Money.TryParse(Segment[2], out var paid))
        {
            LoseSum();
            return;
        }
        var isBundled = Segment.LengthOf(6) > 0; // its charge went to another line
        (adjudication.Left, adjudication.IsKnown) = (charge.Cents - paid.Cents, !isBundled);
        if (payer >= 0) payers[payer].LineAdjusted += charge.Cents - paid.Cents;
    }

    void EndAdjudication()
    {
        if (isWhole && adjudication is { IsKnown: true, Left: not 0 })
            Report(ClaimContentFindings.OtherPayerLine, adjudication.At, 2, Arg.Of(new Money(adjudication.Left)));
        adjudication = default;
    }

    /// <summary>
    /// The claim is complete: what each payer paid and adjusted is the claim's charge, and each fact is in one
    /// place.
    /// </summary>
    void JudgePayers()
    {
        if (adjudication.At.Ordinal > 0) EndAdjudication();
        reader.Faults.Line = 0;
        if (!isWhole || !sumKnown || !isWeighed) return;
        foreach (ref readonly var payer in payers.AsSpan(0, payerCount))
        {
            if (payer is { HasOwed: true, HasLineOwed: true }) Report(ClaimContentFindings.OwedTwice, payer.At, 0);
            if (payer.Lines > 0 && !payer.HasPaid) Report(ClaimContentFindings.PaidAmount, payer.At, 0);
            if (!payer.HasPaid) continue;
            if (payer.HasDay == payer.Lines > 0)
                Report(ClaimContentFindings.PaidDay, payer.At, 0, Arg.Count(payer.HasDay ? 2 : 0));
            if (claim.Charge is not { } total || payer.HasNotCovered || payer.IsUnsure) continue;
            var left = total.Cents - payer.Paid - payer.Adjusted - payer.LineAdjusted;
            if (left != 0 && left != total.Cents - lineSum) // the claim's charge itself is wrong, which was reported
                Report(ClaimContentFindings.OtherPayerClaim, payer.At, 0, Arg.Of(new Money(left)));
        }
    }
}
