using System.Runtime.CompilerServices;
using System.Text;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>A slice of the bytes of a claim or an answer.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => Length == 0;
}

/// <summary>
/// Texts and segments of X12 over one byte buffer, which is a reader's (lent) or its own: what claims and answers have
/// in common. Segments are kept as they came, so nothing read is lost.
/// </summary>
public abstract class SegmentBuffer
{
    const int LeastBytes = 512;

    byte[] bytes = [];
    int used;
    bool lent; // the bytes are a reader's and must not be written to
    ClaimSegment[] segments = new ClaimSegment[8];
    int segmentCount;
    TextRange[] places = [];
    int placeCount;

    /// <summary>Segments of X12, without terminators, in the order they came.</summary>
    internal ReadOnlySpan<ClaimSegment> Segments => segments.AsSpan(0, segmentCount);

    /// <summary>It says what its segments say: nothing was changed since it was read from X12.</summary>
    public bool IsAsRead => Changed == ChangedFields.None;

    /// <summary>What was changed since then; of what never was read from X12, all.</summary>
    internal ChangedFields Changed { get; private protected set; } = ChangedFields.All;

    /// <summary>The separators of <see cref="Segments"/>.</summary>
    public Delimiters Delimiters { get; set; } = Delimiters.Usual;

    /// <summary>Where it begins in the file it was read from; of a claim, its CLM.</summary>
    public SourcePlace Source { get; set; }

    /// <summary>The bytes of a text, UTF-8.</summary>
    public ReadOnlySpan<byte> this[TextRange range] => bytes.AsSpan(range.Start, range.Length);

    /// <summary>A text as a string.</summary>
    public string Text(TextRange range) => Encoding.UTF8.GetString(this[range]);

    /// <summary>Keeps a segment as it came.</summary>
    public void Keep(ReadOnlySpan<byte> segment) => Keep(new ClaimSegment(Append(segment), 0, 0));

    internal void Keep(in ClaimSegment segment)
    {
        Changed = ChangedFields.All;
        if (segmentCount == segments.Length) Array.Resize(ref segments, Math.Max(8, segmentCount * 2));
        segments[segmentCount++] = segment;
    }

    /// <summary>Keeps a segment of the bytes that were lent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Keep(int start, int length, ushort row, int ordinal)
    {
        if (segmentCount == segments.Length) Array.Resize(ref segments, Math.Max(8, segmentCount * 2));
        segments[segmentCount++] = new ClaimSegment(new TextRange(start, length), row, ordinal);
    }

    internal void Keep(ReadOnlySpan<ClaimSegment> more)
    {
        Changed = ChangedFields.All;
        if (segmentCount + more.Length > segments.Length)
            Array.Resize(ref segments, Math.Max(segments.Length * 2, segmentCount + more.Length));
        more.CopyTo(segments.AsSpan(segmentCount));
        segmentCount += more.Length;
    }

    /// <summary>
    /// The loop a kept segment is in, as claim JSON writes it: <c>2320[2]/2330B</c>. Empty where the segment's row or
    /// its neighbors say it.
    /// </summary>
    internal ReadOnlySpan<byte> PlaceOf(in ClaimSegment segment) =>
        segment.Place == 0 ? default : this[places[segment.Place - 1]];

    /// <summary>
    /// The number of a loop for <see cref="ClaimSegment.Place"/>; the same as that of the last one where it is the
    /// same.
    /// </summary>
    public ushort AddPlace(ReadOnlySpan<byte> loop)
    {
        if (placeCount > 0 && this[places[placeCount - 1]].SequenceEqual(loop)) return (ushort)placeCount;
        if (placeCount == places.Length) Array.Resize(ref places, Math.Max(8, placeCount * 2));
        places[placeCount++] = Append(loop);
        return checked((ushort)placeCount);
    }

    /// <summary>Whether no further place can be noted.</summary>
    public bool IsFull => placeCount == ushort.MaxValue;

    internal void Replace(int segment, in ClaimSegment with) =>
        (segments[segment], Changed) = (with, ChangedFields.All);

    /// <summary>Forgets the segments except the first <paramref name="count"/>.</summary>
    public void KeepOnly(int count) => (segmentCount, Changed) = (count, ChangedFields.All);

    /// <summary>Lends a reader's bytes: texts and segments are slices of them until they are cleared.</summary>
    public void Lend(byte[] buffer) => (bytes, used, lent) = (buffer, buffer.Length, true);

    /// <summary>Takes texts and segments out of the reader's bytes into its own.</summary>
    public void Own()
    {
        if (lent) OwnBytes();
    }

    /// <summary>Copies a text into its own bytes.</summary>
    public TextRange Append(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return default;
        Own();
        if (used + value.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(LeastBytes, Math.Max(bytes.Length * 2, used + value.Length)));
        value.CopyTo(bytes.AsSpan(used));
        used += value.Length;
        return new(used - value.Length, value.Length);
    }

    /// <summary>Forgets everything; bytes that were lent are given back.</summary>
    public virtual void Clear()
    {
        if (lent) (bytes, lent) = ([], false);
        Changed = ChangedFields.All;
        used = 0;
        segmentCount = 0;
        placeCount = 0;
        Delimiters = Delimiters.Usual;
        Source = default;
    }

    /// <summary>Takes over another's bytes as lent ones, and its segments, separators and place.</summary>
    private protected void Borrow(SegmentBuffer from)
    {
        bytes = from.bytes;
        used = from.used;
        lent = true;
        segmentCount = 0;
        placeCount = 0;
        (Delimiters, Source) = (from.Delimiters, from.Source);
        Keep(from.Segments);
    }

    /// <summary>A copy that owns its bytes, for screens, stores and tests.</summary>
    private protected SegmentBuffer Copy()
    {
        var copy = (SegmentBuffer)MemberwiseClone();
        (copy.segments, copy.places) = (Segments.ToArray(), places.AsSpan(0, placeCount).ToArray());
        copy.OwnLists();
        copy.OwnBytes();
        return copy;
    }

    /// <summary>Replaces the lists that a shallow copy shares with the original.</summary>
    private protected abstract void OwnLists();

    /// <summary>Replaces every slice by what <paramref name="moved"/> makes of it.</summary>
    private protected abstract void MoveTexts(Func<TextRange, TextRange> moved);

    /// <summary>
    /// Takes what is used out of bytes that are another's. A text of a kept segment is not copied again.
    /// </summary>
    void OwnBytes()
    {
        var (from, moves, length) = (bytes, new SegmentMove[segmentCount], 0);
        for (var i = 0; i < segmentCount; i++)
        {
            var text = segments[i].Text;
            moves[i] = new(text.Start, text.Start + text.Length, length);
            length += text.Length;
        }
        (bytes, used, lent) = (new byte[length], 0, false);
        foreach (ref var segment in segments.AsSpan(0, segmentCount))
            segment = segment with { Text = Append(from.AsSpan(segment.Text.Start, segment.Text.Length)) };
        SegmentMove.Sort(moves);
        MoveTexts(Moved);
        foreach (ref var place in places.AsSpan(0, placeCount)) place = Moved(place);

        TextRange Moved(TextRange range) => range.IsEmpty ? default
            : SegmentMove.To(moves, range) is >= 0 and var to ? new(to, range.Length)
            : Append(from.AsSpan(range.Start, range.Length));
    }

    /// <summary>Where the bytes of a segment were, and where they are now.</summary>
    readonly record struct SegmentMove(int Start, int End, int Now)
    {
        /// <summary>By where they were, which most are already.</summary>
        public static void Sort(SegmentMove[] moves)
        {
            for (var i = 1; i < moves.Length; i++)
                if (moves[i].Start < moves[i - 1].Start)
                {
                    Array.Sort(moves, static (left, right) => left.Start.CompareTo(right.Start));
                    return;
                }
        }

        /// <summary>Where a text is now; -1 where it is in no segment.</summary>
        public static int To(SegmentMove[] sorted, TextRange range)
        {
            var (from, thru) = (0, sorted.Length - 1);
            while (from <= thru)
            {
                ref readonly var move = ref sorted[(from + thru) / 2];
                if (range.Start < move.Start) thru = ((from + thru) / 2) - 1;
                else if (range.Start >= move.End) from = ((from + thru) / 2) + 1;
                else return range.Start + range.Length <= move.End ? move.Now + range.Start - move.Start : -1;
            }
            return -1;
        }
    }
}
