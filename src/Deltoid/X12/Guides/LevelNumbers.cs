using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Whether the levels (HL) of a set are numbered 1, 2, 3 and name the level that they belong to. Where
/// segments were reported for their place, a number may be missing or come twice, and a level may belong to one that
/// was not read.
/// </summary>
sealed class LevelNumbers(SetReader reader)
{
    const int Unknown = -1;

    static readonly ulong Level = SegmentReader.PackOf("HL");

    int[] open = []; // the number of the level that is open, by loop; 0 of none
    int last;
    bool isUnsure; // a segment since the last level was not in its place

    /// <summary>Begins a set.</summary>
    public void Begin()
    {
        var loops = reader.Guide.Loops.Length;
        if (open.Length < loops) open = new int[loops];
        Array.Clear(open);
        (last, isUnsure) = (0, false);
    }

    /// <summary>Takes each segment in turn, after it was placed.</summary>
    /// <param name="row">Its row, or -1.</param>
    public void Take(int row)
    {
        isUnsure |= reader.Walk.IsUnsure || reader.Walk.HasStumbled;
        if (reader.Segment.Id != Level) return;
        if (isUnsure) Array.Fill(open, Unknown);
        var number = Number(reader.Segment[1]);
        if (row >= 0) Judge(row, number);
        last = number > 0 ? number : last + 1;
        if (row >= 0) open[reader.Guide.Segments[row].Loop] = last;
        (isUnsure, reader.Walk.HasStumbled) = (false, false);
    }

    void Judge(int row, int number)
    {
        var isNext = number == last + 1 || (isUnsure && number >= last);
        if (!isNext) reader.Report(X12Findings.LevelNumber, row, 1, detail: Arg.Count(last + 1));
        var above = reader.Guide.Loops[reader.Guide.Segments[row].Loop].Parents[0];
        if (above > 0 && open[above] != Unknown && reader.Segment.LengthOf(2) > 0
            && Number(reader.Segment[2]) != open[above])
            reader.Report(X12Findings.LevelParent, row, 2, detail: Arg.Count(open[above]));
    }

    static int Number(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 9 && ElementForms.AllDigits(text) && Digits.TryScaled(text, 0, out var number)
            ? (int)number
            : -1;
}
