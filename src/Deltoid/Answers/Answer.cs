using System.Text;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// What a payer or clearinghouse said, over one byte buffer as a claim is: what is asked often is decoded, every other text is a slice,
/// and segments of X12 are kept as they came, so nothing read is lost. A reader refills one instance; <see cref="Copy"/> makes one
/// that owns its bytes.
/// </summary>
public abstract class Answer
{
    byte[] bytes = [];
    int used;
    bool lent; // the bytes are a reader's: they are not written to
    ClaimSegment[] segments = new ClaimSegment[8];
    int segmentCount;

    /// <summary>Segments of X12, without terminators, in the order they came.</summary>
    public ReadOnlySpan<ClaimSegment> Segments => segments.AsSpan(0, segmentCount);

    /// <summary>The separators of <see cref="Segments"/>.</summary>
    public Delimiters Delimiters { get; set; } = Delimiters.Usual;

    /// <summary>Where it begins in the file it was read from.</summary>
    public SourcePlace Source { get; set; }

    public ReadOnlySpan<byte> this[TextRange range] => bytes.AsSpan(range.Start, range.Length);

    public string Text(TextRange range) => Encoding.UTF8.GetString(this[range]);

    /// <summary>Keeps a segment as it came.</summary>
    public void Keep(ReadOnlySpan<byte> segment) => Keep(new ClaimSegment(Append(segment), 0, 0));

    public void Keep(in ClaimSegment segment)
    {
        if (segmentCount == segments.Length) Array.Resize(ref segments, segmentCount * 2);
        segments[segmentCount++] = segment;
    }

    public void Keep(ReadOnlySpan<ClaimSegment> more)
    {
        foreach (ref readonly var segment in more) Keep(segment);
    }

    /// <summary>Forgets the segments but for the first <paramref name="count"/>.</summary>
    public void KeepOnly(int count) => segmentCount = count;

    public void Replace(int segment, in ClaimSegment with) => segments[segment] = with;

    /// <summary>Lends a reader's bytes: texts and segments are slices of them until the answer is cleared.</summary>
    public void Lend(byte[] buffer) => (bytes, used, lent) = (buffer, buffer.Length, true);

    /// <summary>Copies a text into the answer's own bytes.</summary>
    public TextRange Append(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return default;
        if (lent) OwnBytes();
        if (used + value.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(512, Math.Max(bytes.Length * 2, used + value.Length)));
        value.CopyTo(bytes.AsSpan(used));
        used += value.Length;
        return new(used - value.Length, value.Length);
    }

    public virtual void Clear()
    {
        if (lent) (bytes, lent) = ([], false);
        (used, segmentCount, Delimiters, Source) = (0, 0, Delimiters.Usual, default);
    }

    /// <summary>A copy that owns its bytes, for screens, stores and tests.</summary>
    private protected Answer Copy()
    {
        var copy = (Answer)MemberwiseClone();
        copy.segments = (ClaimSegment[])segments.Clone();
        copy.OwnLists();
        copy.OwnBytes();
        return copy;
    }

    private protected static RowList<T> CopyOf<T>(RowList<T> rows)
    {
        var copy = new RowList<T>(rows.Count);
        foreach (var row in rows.Span) copy.Add(row);
        return copy;
    }

    /// <summary>Replaces the lists that a shallow copy shares with the original.</summary>
    private protected abstract void OwnLists();

    /// <summary>Replaces every slice by what <paramref name="moved"/> makes of it.</summary>
    private protected abstract void MoveTexts(Func<TextRange, TextRange> moved);

    void OwnBytes()
    {
        var from = bytes;
        (bytes, used, lent) = ([], 0, false);
        MoveTexts(Moved);
        foreach (ref var segment in segments.AsSpan(0, segmentCount)) segment = segment with { Text = Moved(segment.Text) };

        TextRange Moved(TextRange range) => Append(from.AsSpan(range.Start, range.Length));
    }
}
