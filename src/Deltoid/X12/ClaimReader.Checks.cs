using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>What segments of a claim must say alike: the numbers of levels and lines, the sum of the charges.</summary>
public sealed partial class ClaimReader
{
    /// <summary>Numbers of the levels that are open.</summary>
    struct Levels
    {
        public int Last, Billing, Subscriber;
    }

    /// <summary>A segment that was read before, to be told about later.</summary>
    readonly record struct Spot(int Row, int At, int Ordinal);

    Levels levels;
    long lineSum;
    bool sumKnown;
    ulong controls; // of the lines, as a set of hashes
    Spot head;

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
        (lineSum, sumKnown, controls) = (0, true, 0);
        head = Here(row);
        BeginPayers();
        BeginDays();
    }

    Spot Here(int row) => new(row, Segment.Start, reader.Faults.Ordinal);

    void BeginLine(int row)
    {
        if (adjudication.At.Ordinal > 0) EndAdjudication();
        ref var line = ref claim.AddLine();
        line.IsUnnumbered = true; // until its number comes
        reader.Faults.Line = line.Number;
        if (Number(Segment[1]) != line.Number) reader.Report(X12Findings.LineNumber, row, 1, detail: Arg.Count(line.Number));
    }

    void WeighLine(in ServiceLine line, int row)
    {
        if (line.Charge is { } charge) lineSum += charge.Cents;
        else sumKnown = false;
        if (line.Charge is { Cents: < 0 }) reader.Report(X12Findings.AmountNegative, row, claim.Setting == Setting.Facility ? 3 : 2);
        if (claim.Setting == Setting.Facility) return;
        for (var i = 0; i < line.Pointers.Count; i++)
            if (line.Pointers[i] < 1 || line.Pointers[i] > claim.DiagnosisCount) reader.Report(X12Findings.NoSuchDiagnosis, row, 7, i + 1);
    }

    /// <summary>A line's number for the provider must be its own. Most differ in a bit of their hash.</summary>
    void JudgeControl(TextRange control, int row)
    {
        var text = claim[control];
        if (text.IsEmpty) return;
        var bit = 1UL << (text[^1] + (text.Length > 1 ? text[^2] * 7 : 0) & 63);
        var isSeen = (controls & bit) != 0;
        controls |= bit;
        if (!isSeen) return;
        foreach (ref readonly var earlier in claim.Lines[..^1])
            if (claim[earlier.Control].SequenceEqual(text)) { reader.Report(X12Findings.ControlAgain, row, 2); return; }
    }

    void Report(FindingInfo info, in Spot spot, int element, Arg detail = default)
    {
        var of = reader.Guide.Segments[spot.Row];
        reader.Faults.Report(info, of.Row, of.Id, of.Loop, spot.At, element, detail: detail, ordinal: spot.Ordinal);
    }

    /// <summary>The claim is complete: its sums and days are compared.</summary>
    void Balance()
    {
        reader.Faults.Line = 0;
        if (sumKnown && claim.Lines.Length > 0 && claim.Charge is { } charge && charge.Cents != lineSum) Report(X12Findings.ClaimTotal, head, 2, Arg.Of(new Money(lineSum)));
        JudgeVersion();
        if (claim.Setting == Setting.Facility) JudgeStatement();
    }
}
