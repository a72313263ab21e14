using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>What segments of a claim must say alike: the numbers of levels and lines, the sum of the charges, what other payers paid.</summary>
public sealed partial class ClaimReader
{
    /// <summary>Other payers on one claim at most (loop 2320).</summary>
    const int MostPayers = 10;

    /// <summary>Numbers of the levels that are open.</summary>
    struct Levels
    {
        public int Last, Billing, Subscriber;
    }

    /// <summary>What another payer did with the claim.</summary>
    [StructLayout(LayoutKind.Auto)]
    struct OtherPayer
    {
        public TextRange Id;
        public long Paid, Adjusted, LineAdjusted;
        public bool HasPaid;
        public int Row, At, Ordinal;
    }

    Levels levels;
    readonly OtherPayer[] payers = new OtherPayer[MostPayers];
    int payerCount;
    long lineSum;
    bool sumKnown;
    (int Row, int At, int Ordinal) head;
    (long Left, int Row, int At, int Ordinal, int Payer) adjudication;

    static int Number(ReadOnlySpan<byte> text) => text.Length is > 0 and <= 9 && Forms.AllDigits(text) && Digits.TryScaled(text, 0, out var number) ? (int)number : -1;

    void JudgeLevel(SegmentRow of, int row)
    {
        if (reader.InContext)
        {
            Enter(of.Loop, Number(Segment[1]));
            return;
        }
        var number = Number(Segment[1]);
        if (number != levels.Last + 1) reader.Report(X12Findings.LevelNumber, row, 1);
        var parent = of.Loop == billingLoop ? 0 : of.Loop == subscriberLoop ? levels.Billing : levels.Subscriber;
        if (parent > 0 && Number(Segment[2]) != parent) reader.Report(X12Findings.LevelParent, row, 2);
        levels.Last = number > 0 ? number : levels.Last + 1;
        Enter(of.Loop, levels.Last);
    }

    void Enter(int loop, int number)
    {
        if (loop == billingLoop) levels.Billing = number;
        else if (loop == subscriberLoop) levels.Subscriber = number;
    }

    void BeginBalance(int row)
    {
        (payerCount, lineSum, sumKnown) = (0, 0, true);
        head = (row, Segment.Start, reader.Faults.Ordinal);
        adjudication = default;
    }

    void BeginLine(int row)
    {
        WeighAdjudication();
        ref var line = ref claim.AddLine();
        reader.Faults.Line = line.Number;
        if (Number(Segment[1]) != line.Number) reader.Report(X12Findings.LineNumber, row, 1, detail: Arg.Count(line.Number));
    }

    void WeighLine(in ServiceLine line, int row)
    {
        if (line.Charge is { } charge) lineSum += charge.Cents;
        else sumKnown = false;
        for (var i = 0; row >= 0 && i < line.Pointers.Count; i++)
            if (line.Pointers[i] < 1 || line.Pointers[i] > claim.DiagnosisCount) reader.Report(X12Findings.NoSuchDiagnosis, row, 7, i + 1);
    }

    void Weigh(ClaimAction action, SegmentRow of, int row)
    {
        if (action == ClaimAction.OtherSubscriber)
        {
            if (payerCount < MostPayers) payers[payerCount++] = new OtherPayer { Row = row, At = Segment.Start, Ordinal = reader.Faults.Ordinal };
            return;
        }
        if (action == ClaimAction.Adjudication) { BeginAdjudication(row); return; }
        if (payerCount == 0) return;
        ref var payer = ref payers[payerCount - 1];
        switch (action)
        {
            case ClaimAction.OtherPaid when Money.TryParse(Segment[2], out var paid): (payer.Paid, payer.HasPaid) = (paid.Cents, true); break;
            case ClaimAction.OtherPayer: payer.Id = Range(9); break;
            case ClaimAction.Adjustment when reader.Guide.Loops[of.Loop].Name == "2430": adjudication.Left -= Adjusted(); break;
            case ClaimAction.Adjustment: payer.Adjusted += Adjusted(); break;
        }
    }

    /// <summary>The sum of a CAS segment's amounts, in cents.</summary>
    long Adjusted()
    {
        var sum = 0L;
        for (var element = 3; element <= 18; element += 3) if (Money.TryParse(Segment[element], out var amount)) sum += amount.Cents;
        return sum;
    }

    /// <summary>Another payer's verdict on the line begins: what it paid is taken off the line's charge, adjustments will be.</summary>
    void BeginAdjudication(int row)
    {
        WeighAdjudication();
        if (claim.Lines.IsEmpty || claim.Lines[^1].Charge is not { } charge || !Money.TryParse(Segment[2], out var paid)) return;
        var id = Segment[1];
        var payer = -1;
        for (var i = 0; i < payerCount; i++) if (claim[payers[i].Id].SequenceEqual(id)) payer = i;
        adjudication = (charge.Cents - paid.Cents, row, Segment.Start, reader.Faults.Ordinal, payer);
        if (payer >= 0) payers[payer].LineAdjusted += charge.Cents - paid.Cents;
    }

    void WeighAdjudication()
    {
        if (adjudication.Ordinal > 0 && adjudication.Left != 0) Report(X12Findings.OtherPayerLine, adjudication.Row, adjudication.At, adjudication.Ordinal, 2, Arg.Of(new Money(adjudication.Left)));
        adjudication = default;
    }

    void Report(FindingInfo info, int row, int at, int ordinal, int element, Arg detail)
    {
        var of = reader.Guide.Segments[row];
        reader.Faults.Report(info, of.Row, of.Id, of.Loop, at, element, detail: detail, ordinal: ordinal);
    }

    /// <summary>The claim is complete: its sums are compared.</summary>
    void Balance()
    {
        WeighAdjudication();
        reader.Faults.Line = 0;
        if (sumKnown && claim.Lines.Length > 0 && claim.Charge is { } charge && charge.Cents != lineSum) Report(X12Findings.ClaimTotal, head.Row, head.At, head.Ordinal, 2, Arg.Of(new Money(lineSum)));
        if (claim.Charge is not { } total) return;
        foreach (ref readonly var payer in payers.AsSpan(0, payerCount))
        {
            if (!payer.HasPaid) continue;
            var left = total.Cents - payer.Paid - payer.Adjusted - payer.LineAdjusted;
            if (left != 0) Report(X12Findings.OtherPayerClaim, payer.Row, payer.At, payer.Ordinal, 0, Arg.Of(new Money(left)));
        }
    }
}
