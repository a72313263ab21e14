using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Takes X12 as it comes from a file or a stream, any number of interchanges of any size, and cuts it into blocks that
/// can be read side by side. It follows the envelope itself (ISA, GS, ST and their ends: numbers, counts, control
/// numbers) and looks at no more of the rest than where segments end. It never throws on what it is given, and holds no
/// more than one block and a half in memory.
/// </summary>
internal sealed partial class BlockCutter
{
    /// <summary>A block is full with this many bytes.</summary>
    public const int UsualSize = 256 * 1024;

    /// <summary>
    /// Sets are cut at the first claim after this many bytes: a size of its own, so that what is found in a broken
    /// set, which reads differently where it is cut, does not depend on the size of blocks.
    /// </summary>
    public const int UsualSetPart = 32 * 1024;

    /// <summary>A segment is not read further than this; what holds it is given up.</summary>
    public const int LongestSegment = 256 * 1024;

    /// <summary>A set that cannot be cut any more is given up at this size.</summary>
    public const int LargestSetPart = 64 * 1024 * 1024;

    readonly int size, setPartSize;
    readonly IReadOnlyList<TransactionSet> known;
    byte[] buffer = BlockMemory.Rent(2 * UsualSize);
    int filled; // bytes in the buffer
    int at; // where the next segment begins
    int from; // where the part in the making begins
    int scanned; // no terminator stands between `at` and here
    long offset; // of the buffer in the file
    bool complete;
    Block block = new();
    readonly Stack<Block> free = new();
    long number;

    /// <param name="known">The sets that are read; of others only the envelope is handed out.</param>
    public BlockCutter(IReadOnlyList<TransactionSet> known, int size = UsualSize, int setPartSize = UsualSetPart) =>
        (this.known, this.size, this.setPartSize) = (known, size, setPartSize);

    /// <summary>Where the next bytes of the file go; <see cref="Advance"/> says how many came.</summary>
    public Memory<byte> Room()
    {
        if (from > 0) Shift();
        if (filled + UsualSize > buffer.Length)
            buffer = BlockMemory.Grow(buffer, filled, filled + UsualSize);
        return buffer.AsMemory(filled, UsualSize);
    }

    public void Advance(int count) => filled += count;

    /// <summary>The file has ended.</summary>
    public void Complete() => complete = true;

    /// <summary>Gives a block back when everything made of it has been written.</summary>
    public void Return(Block used)
    {
        lock (free)
        {
            if (isOver) used.Release();
            else free.Push(used);
        }
    }

    /// <summary>
    /// The last block was handed out: the memory serves the next file, that of a block still in use once it is given
    /// back. Nothing may be asked after this.
    /// </summary>
    public void Release()
    {
        lock (free)
        {
            if (isOver) return;
            isOver = true;
            BlockMemory.Return(buffer);
            buffer = [];
            block.Release();
            while (free.TryPop(out var unused)) unused.Release();
        }
    }

    bool isOver;

    /// <summary>Drops what is done from the buffer.</summary>
    void Shift()
    {
        buffer.AsSpan(from, filled - from).CopyTo(buffer);
        filled -= from;
        at -= from;
        scanned = Math.Max(scanned - from, 0);
        runStart -= from;
        offset += from;
        from = 0;
    }

    /// <summary>The next block, when there is enough for one; at the end of the file whatever is left.</summary>
    public bool TryTake(out Block taken)
    {
        while (block.Length < size && block.Items.Count < 4096 && Step()) { }
        if (block.Length < size && block.Items.Count < 4096 && !(complete && block.Items.Count > 0))
        {
            taken = null!;
            return false;
        }
        taken = block;
        (taken.Number, taken.Through) = (number++, offset + from);
        lock (free) block = free.Count > 0 ? free.Pop() : new Block();
        block.Clear();
        return true;
    }

    /// <summary>
    /// Proceeds by one segment of the envelope or by one cut; false when more bytes are needed, or none are left.
    /// </summary>
    bool Step()
    {
        if (state == State.Done) return false;
        if (state == State.Outside) return StepOutside();
        var end = EndOfSegment();
        if (end - at > LongestSegment) return GiveUp(LongestSegment);
        if (end < 0) return complete ? CloseAll() : end == NeedsMore ? TooLong() : false;
        return state == State.InSet ? StepInSet(end) : StepInEnvelope(end);
    }

    const int NeedsMore = -1, None = -2;

    /// <summary>Where the segment at <see cref="at"/> ends; negative when its end has not come yet.</summary>
    int EndOfSegment()
    {
        SkipLineEnds();
        var start = Math.Max(at, scanned);
        var found = start < filled ? buffer.AsSpan(start, filled - start).IndexOf(delimiters.Segment) : -1;
        if (found >= 0) return start + found;
        scanned = filled;
        return at >= filled ? None : NeedsMore;
    }

    void SkipLineEnds()
    {
        while (at < filled && buffer[at] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t') at++;
    }

    /// <summary>A segment without end: the interchange is given up.</summary>
    bool TooLong()
    {
        if (filled - at <= LongestSegment) return false;
        GiveUp(LongestSegment);
        return true;
    }

    /// <summary>
    /// Proceeds in a set: passes over segments that begin nothing, many in one go, and stops at the first that does.
    /// Only then is it looked at more closely.
    /// </summary>
    bool StepInSet(int end)
    {
        if (at - from > LargestSetPart) return GiveUp(LargestSetPart);
        var letters = Letters(at);
        if (!IsStop(letters))
        {
            ordinal++;
            at = end + 1;
            PassSegments();
            return true;
        }
        return StopInSet(letters, end);
    }

    /// <summary>
    /// Passes over whole segments up to one that may begin something, or whose letters and end have not come yet.
    /// </summary>
    void PassSegments()
    {
        var limit = filled - 40; // the letters after a terminator, line ends between, must be there
        var text = buffer.AsSpan(0, filled);
        var (terminator, place, passed) = (delimiters.Segment, at, 0);
        for (; place < limit && place - from <= LargestSetPart; passed++)
        {
            if (text[place] <= (byte)' ')
            {
                at = place;
                SkipLineEnds();
                place = at;
            }
            if (place >= limit
                || IsStop(text[place + 1] < (byte)' '
                    ? Letters(place)
                    : (ushort)(text[place] | (text[place + 1] << 8))))
                break;
            var hopped = Hop(ref place, limit);
            if (hopped > 0)
            {
                passed += hopped - 1;
                continue;
            }
            var next = text[place..].IndexOf(terminator);
            if (next < 0 || next > LongestSegment) break;
            place += next + 1;
        }
        (at, ordinal) = (place, ordinal + passed);
    }

    /// <summary>
    /// The first two letters of the segment at a place; a wrapped file may break the line between them.
    /// </summary>
    ushort Letters(int place)
    {
        var next = place + 1;
        while (next < filled && next < place + 3 && buffer[next] is (byte)'\r' or (byte)'\n') next++;
        if (next >= filled) return 0;
        var second = buffer[next];
        return (ushort)(buffer[place] | (second << 8));
    }

    bool IsStop(ushort letters) => (cut.Stops[letters >> 6] >> (letters & 63) & 1) != 0;

    const ushort Se = 'S' | ('E' << 8);
}
