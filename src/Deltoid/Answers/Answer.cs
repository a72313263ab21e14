using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// What a payer or clearinghouse said, over one byte buffer as a claim is: what is often used is decoded, every other
/// text is a slice. A reader refills one instance; each kind has a <c>Detach</c> that gives a copy with its own bytes.
/// </summary>
internal abstract class Answer : SegmentBuffer
{
    private protected static RowList<T> CopyOf<T>(RowList<T> rows)
    {
        var copy = new RowList<T>(rows.Count);
        foreach (var row in rows.Span) copy.Add(row);
        return copy;
    }
}
