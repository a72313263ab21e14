using System.Globalization;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// The loops of an 837 that are open, from the part of the claim inward (the header, a level, the claim, a line), each
/// with its number within the one around it.
/// </summary>
sealed class LoopChain
{
    /// <summary>Loops in loops of one part: 2320, 2330A.</summary>
    const int MostSteps = 4;

    readonly Guide guide;
    readonly bool[] isPart; // by loop: a part of the claim begins with it, so it is no step within one
    readonly int[][] within; // by loop: the loops in it
    readonly int[] numbers; // by loop: how many of it began within the loop around it
    readonly (int Loop, int Number)[] steps = new (int, int)[MostSteps];
    int count;
    int envelope; // 1 ISA, 2 GS; 0 in the set
    int row;

    public LoopChain(Guide guide)
    {
        (this.guide, numbers, lastNumbers) = (guide, new int[guide.Loops.Length], new int[guide.Loops.Length]);
        int[] all = [.. Enumerable.Range(0, guide.Loops.Length)];
        LineLoop = guide.LoopIndex("2400");
        LineStart = guide.Loops[LineLoop].First;
        isPart = [.. guide.Loops.Select((l, i) => i == 0 || SectionOf(i) != SectionOf(l.Parents[0]))];
        within = [.. guide.Loops.Select((_, i) => Array.FindAll(all, inner => guide.Loops[inner].Parents.Contains(i)))];
    }

    Section SectionOf(int loop) => guide.Segments[guide.Loops[loop].First].Section;

    /// <summary>Loop 2400, and the row of its LX.</summary>
    public int LineLoop { get; }

    public int LineStart { get; }

    /// <summary>The innermost loop.</summary>
    public int Loop { get; private set; }

    public Section Section { get; private set; }

    /// <summary>The index of the line from 1; 0 before the lines.</summary>
    public int Line { get; set; }

    /// <summary>Whether the outermost loop within the part is the first of its kind there, or the part's own.</summary>
    public bool IsFirst => count == 0 || steps[0].Number == 1;

    public bool InEnvelope => envelope > 0;

    /// <summary>Before everything.</summary>
    public void Restart()
    {
        Begin();
        Array.Clear(numbers);
        Line = 0;
    }

    /// <summary>Out of all loops, as a path begins.</summary>
    public void Begin()
    {
        count = 0;
        envelope = 0;
        row = 0;
        Loop = 0;
        Section = Section.Header;
        Line = 0;
    }

    public void EnterEnvelope(int which)
    {
        Begin();
        envelope = which;
    }

    /// <summary>Steps to the next segment of a set that is read in order.</summary>
    public void Follow(int next)
    {
        var of = guide.Segments[next];
        envelope = 0;
        if (of.Section != Section) (Section, count) = (of.Section, 0);
        if (next == LineStart) Line++;
        if (guide.Loops[of.Loop].First == next) Open(of.Loop);
        else
            while (count > 0 && steps[count - 1].Loop != of.Loop) count--;
        (Loop, row) = (of.Loop, next);
    }

    /// <summary>A loop begins: what is open inside its parent ends.</summary>
    void Open(int loop)
    {
        foreach (var inner in within[loop]) numbers[inner] = 0;
        numbers[loop]++;
        if (isPart[loop])
        {
            count = 0;
            return;
        }
        while (count > 0 && Array.IndexOf(guide.Loops[loop].Parents, steps[count - 1].Loop) < 0) count--;
        if (count < MostSteps) steps[count++] = (loop, numbers[loop]);
    }

    /// <summary>Takes a step of a path inward; false where the loop is not within the one before.</summary>
    public bool Step(int loop, int number)
    {
        if (loop == LineLoop) Line = number;
        if (count > 0
            && (isPart[loop] || Array.IndexOf(guide.Loops[loop].Parents, steps[count - 1].Loop) < 0))
            return false;
        (Section, Loop, row) = (SectionOf(loop), loop, guide.Loops[loop].First);
        if (isPart[loop]) return true;
        if (count == 0 && guide.Loops[loop].Parents[0] is var parent && !isPart[parent]) steps[count++] = (parent, 1);
        steps[count++] = (loop, number);
        return true;
    }

    /// <summary>A row of the innermost loop is reached.</summary>
    public void Reach(int reached) => row = reached;

    /// <summary>
    /// Where the last segment belongs among all of a claim, as a number: its part, its line, and for each loop inward
    /// its place in the guide and its number; then its own place. Segments at one position of the guide have the same.
    /// </summary>
    public UInt128 Order
    {
        get
        {
            if (envelope > 0) return (UInt128)(uint)envelope << Rest;
            var order = ((UInt128)(uint)Section << LineBits) | (uint)Line;
            var left = 2;
            for (var i = 0; i < Math.Min(count, 2); i++, left--)
            {
                order = (order << RowBits) | (uint)(guide.Loops[steps[i].Loop].First + 3);
                order = (order << NumberBits) | (uint)Math.Min(steps[i].Number, MostNumber);
            }
            order = (order << RowBits) | (uint)(FirstAtPosition() + 3);
            return order << (left * (RowBits + NumberBits));
        }
    }

    // what the segment before had, for IsInOrder
    readonly (int Loop, int Number)[] lastSteps = new (int, int)[MostSteps];
    readonly int[] lastNumbers;
    (int Part, int Line, int Position) last;

    public void RestartOrder()
    {
        last = (-1, 0, 0);
        Array.Clear(lastSteps);
        Array.Clear(lastNumbers);
    }

    /// <summary>
    /// Whether the segment may come after the one before it, loops at one position in any order; asked of each in turn.
    /// </summary>
    public bool IsInOrder()
    {
        var part = envelope > 0 ? envelope - 2 : (int)Section;
        var (before, isInOrder) = (last, true);
        if ((part, Line) != (before.Part, before.Line))
        {
            isInOrder = part > before.Part || (part == before.Part && Line > before.Line);
            Array.Clear(lastNumbers);
            Array.Clear(lastSteps);
            before.Position = 0;
        }
        var depth = 0;
        while (depth < count && lastSteps[depth] == steps[depth]) depth++;
        var isSameLoop = depth == count && lastSteps[depth].Number == 0;
        isInOrder &= PositionAt(depth) >= (isSameLoop ? before.Position
            : PositionOf(lastSteps[depth], before.Position));
        for (var i = depth; i < count; i++)
        {
            isInOrder &= steps[i].Number > lastNumbers[steps[i].Loop];
            lastNumbers[steps[i].Loop] = steps[i].Number;
            foreach (var inner in within[steps[i].Loop]) lastNumbers[inner] = 0;
        }
        Array.Clear(lastSteps);
        Array.Copy(steps, lastSteps, count);
        last = (part, Line, guide.Segments[row].Position);
        return isInOrder;
    }

    int PositionAt(int depth) => depth < count ? guide.Loops[steps[depth].Loop].Position : guide.Segments[row].Position;

    int PositionOf((int Loop, int Number) step, int otherwise) =>
        step.Number == 0 ? otherwise : guide.Loops[step.Loop].Position;

    const int LineBits = 24, RowBits = 12, NumberBits = 14, MostNumber = (1 << NumberBits) - 1,
        Rest = (3 * RowBits) + (2 * NumberBits) - RowBits;

    int FirstAtPosition()
    {
        var first = row;
        while (first > guide.Loops[Loop].First
            && guide.Segments[first - 1].Position == guide.Segments[row].Position)
            first--;
        return first;
    }

    /// <summary>The path of a segment that the chain has followed, as claim JSON writes it.</summary>
    /// <param name="line">The number of the claim's line.</param>
    public string PathOf(ReadOnlySpan<byte> segment, int line) =>
        segment.StartsWith("ISA"u8) ? "ISA" : segment.StartsWith("GS"u8) ? "GS" : Path(line);

    string Path(int line)
    {
        if (Section == Section.Line && count == 0) return Named("2400", line);
        if (count == 0) return guide.Loops[Loop].Name;
        var path = Section == Section.Line ? Named("2400", line) + "/" : "";
        for (var i = 0; i < count; i++)
        {
            var loop = guide.Loops[steps[i].Loop];
            path += (i > 0 ? "/" : "") + (loop.Max > 1 || steps[i].Number > 1 ? Named(loop.Name, steps[i].Number)
                : loop.Name);
        }
        return path;
    }

    static string Named(string loop, int number) => string.Create(CultureInfo.InvariantCulture, $"{loop}[{number}]");
}
