using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>What segments of a claim must say alike: the numbers of levels and lines, the sum of the charges.</summary>
internal sealed partial class ClaimReader
{
    /// <summary>Numbers of the levels that are open.</summary>
    struct Levels
    {
        public int Last, Billing, Subscriber;
        /// <summary>The same, counted: a wrong number is reported once, where it is.</summary>
        public int Count, BillingCount, SubscriberCount;
    }

    /// <summary>A segment that was read before, to be reported later.</summary>
    readonly record struct Spot(int Row, int At, int Ordinal);

    Levels levels;
    long lineSum;
    bool sumKnown;
    readonly ulong[] controls = new ulong[16]; // of the lines, as a set of hashes
    Spot head;

    static int Number(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 9 && ElementForms.AllDigits(text) && Digits.TryScaled(text, 0, out var number)
            ? (int)number
            : -1;

    void JudgeLevel(in RowUse of, int row)
    {
        if (Segment.IsCut) return; // its number may be cut off
        if (reader.InContext)
        {
            levels.Count = Number(Segment[1]);
            Enter(of.Loop, levels.Count);
            levels.Count = reader.SetPart.Level;
            return;
        }
        var number = Number(Segment[1]);
        var isNext = number == levels.Last + 1 || number == levels.Count + 1;
        if (!isNext) reader.Report(X12Findings.LevelNumber, row, 1, detail: Arg.Count(levels.Last + 1));
        var (parent, counted) = of.Loop == billingLoop ? (0, 0)
            : of.Loop == subscriberLoop ? (levels.Billing, levels.BillingCount)
            : (levels.Subscriber, levels.SubscriberCount);
        if (parent > 0 && Segment.LengthOf(2) > 0 && Number(Segment[2]) is var above && above != parent
            && above != counted)
            reader.Report(X12Findings.LevelParent, row, 2, detail: Arg.Count(parent));
        levels.Count++;
        levels.Last = number > 0 ? number : levels.Last + 1;
        Enter(of.Loop, levels.Last);
    }

    void Enter(int loop, int number)
    {
        if (loop == billingLoop) (levels.Billing, levels.BillingCount) = (number, levels.Count);
        else if (loop == subscriberLoop) (levels.Subscriber, levels.SubscriberCount) = (number, levels.Count);
    }

    void BeginBalance(int row)
    {
        lineSum = 0;
        sumKnown = true;
        Array.Clear(controls);
        lineNumber = 0;
        isWeighed = true;
        isWhole = true;
        pointed.Clear();
        lastDiagnosis = 0;
        head = Here(row);
        BeginPayers();
        BeginDays();
    }

    Spot Here(int row) => new(row, Segment.Start, reader.Faults.Ordinal);

    void BeginLine(int row)
    {
        var (number, expected, counted) = (Number(Segment[1]), lineNumber + 1, claim.Lines.Length + 1);
        AddLine(number > 0 ? number : expected);
        if (number != expected && number != counted && number >= 0) // after a wrong one, both are right
            reader.Report(ClaimContentFindings.LineNumber, row, 1, detail: Arg.Count(expected));
    }

    void AddLine(int number)
    {
        if (adjudication.At.Ordinal > 0) EndAdjudication();
        sumKnown &= isWeighed;
        (lineNumber, isWeighed) = (number, false);
        ref var line = ref claim.AddLine();
        (line.IsUnnumbered, line.IsWithoutService, hasService) = (true, true, false); // until they come
        reader.Faults.Line = line.Number;
    }

    bool isWhole; // every segment of the claim has its place
    int lineNumber; // as LX states it: one that is left out or repeated is reported once
    bool isWeighed; // the line's charge is in the sum

    static readonly ulong Lx = SegmentReader.PackOf("LX"), Sv1 = SegmentReader.PackOf("SV1"),
        Sv2 = SegmentReader.PackOf("SV2"), Hi = SegmentReader.PackOf("HI");

    /// <summary>A segment that has no place would have had a charge in it.</summary>
    bool IsOfCharges() => Segment.Id == Lx || Segment.Id == Sv1 || Segment.Id == Sv2;

    void WeighLine(in ServiceLine line, int row)
    {
        if (line.Charge is { } charge) lineSum += charge.Cents;
        else sumKnown = false;
        sumKnown &= !isWeighed; // of two charges of one line none is known to be right
        isWeighed = true;
        if (line.Charge is { Cents: < 0 })
            reader.Report(X12Findings.AmountNegative, row, claim.Setting == Setting.Facility ? 3 : 2);
        if (claim.Setting == Setting.Facility) return;
        for (var i = 0; i < line.Pointers.Count; i++)
            if (line.Pointers[i] < 1 || line.Pointers[i] > claim.DiagnosisCount)
                pointed.Add((Here(row), line.Number, i + 1, line.Pointers[i], PlaceOfPointer(i + 1)));
    }

    /// <summary>Pointers to diagnoses that have not come when the line does: they may come late.</summary>
    readonly List<(Spot Spot, int Line, int Component, int Number, int At)> pointed = [];

    /// <summary>A greater number is none of the guide's codes, which is reported already.</summary>
    const int MostDiagnoses = 12;

    int lastDiagnosis; // the place of the last one in its HI

    int PlaceOfPointer(int component) =>
        component > 1 && Segment[7, component] is { IsEmpty: false } part ? Segment.OffsetOf(part) : Segment.StartOf(7);

    /// <summary>A claim without any diagnosis is reported for that, not for each pointer.</summary>
    void JudgePointers()
    {
        if (claim.DiagnosisCount == 0) return;
        foreach (var (spot, line, component, number, at) in pointed)
        {
            // an empty place among the diagnoses was reported: those after it keep their numbers
            if (number > MostDiagnoses || (number >= 1 && number <= Math.Max(claim.DiagnosisCount, lastDiagnosis)))
                continue;
            var of = reader.Guide.Segments[spot.Row];
            reader.Faults.Line = line;
            reader.Faults.Report(ClaimContentFindings.NoSuchDiagnosis, of.Row, of.Id, of.Loop, at, 7, component,
                detail: ValueFaults.Of(ValueForm.None, ValueFault.NoDiagnosis, number, claim.DiagnosisCount),
                ordinal: spot.Ordinal);
        }
        reader.Faults.Line = 0;
    }

    /// <summary>A line's number for the provider must be its own. Most differ in a bit of their hash.</summary>
    void JudgeControl(TextRange control, int row)
    {
        var text = claim[control];
        if (text.IsEmpty) return;
        var hash = unchecked(Eight.Load(text[^Math.Min(text.Length, 8)..]) * 0x9E3779B97F4A7C15) >> 54; // may wrap
        ref var word = ref controls[hash >> 6];
        var bit = 1UL << (int)(hash & 63);
        var isSeen = (word & bit) != 0;
        word |= bit;
        if (!isSeen) return;
        foreach (ref readonly var earlier in claim.Lines[..^1])
            if (claim[earlier.Control].SequenceEqual(text))
            {
                reader.Report(ClaimContentFindings.ControlAgain, row, 2);
                return;
            }
    }

    void Report(FindingInfo info, in Spot spot, int element, Arg detail = default, int component = 0)
    {
        var of = reader.Guide.Segments[spot.Row];
        reader.Faults.Report(info, of.Row, of.Id, of.Loop, spot.At, element, component, detail: detail,
            ordinal: spot.Ordinal);
    }

    /// <summary>The claim is complete: its sums and days are compared.</summary>
    void Balance()
    {
        JudgePointers();
        reader.Faults.Line = 0;
        claim.IsSumUnknown = !sumKnown;
        if (sumKnown && isWeighed && claim.Lines.Length > 0 && claim.Charge is { Cents: >= 0 } charge
            && charge.Cents != lineSum) // less than 0 was reported before
            Report(ClaimContentFindings.ClaimTotal, head, 2, Arg.Of(new Money(lineSum)));
        JudgeVersion();
        if (claim.Setting == Setting.Facility) JudgeStatement();
    }
}
