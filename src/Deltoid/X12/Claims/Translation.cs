using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12.Claims;

/// <summary>Gives the segments that a claim kept other separators.</summary>
static class Translation
{
    /// <summary>
    /// The separators of the claim's segments become <paramref name="to"/>; a text that holds one of the new separators
    /// gets a blank in its place, since it cannot be written with them.
    /// </summary>
    public static void Of(Claim claim, in Delimiters to)
    {
        var from = claim.Delimiters;
        for (var i = 0; i < claim.Segments.Length; i++)
        {
            var segment = claim.Segments[i];
            var text = claim[segment.Text].ToArray();
            var isEnvelope = text.AsSpan().StartsWith("ISA"u8);
            foreach (ref var b in text.AsSpan())
            {
                if (b == from.Element) b = to.Element;
                else if (isEnvelope) continue;
                else if (b == from.Component) b = to.Component;
                else if (b == from.Repetition) b = to.Repetition;
                else if (b == to.Element || b == to.Component || b == to.Segment || b == to.Repetition) b = (byte)' ';
            }
            claim.Replace(i, segment with { Text = claim.Append(text) });
        }
        claim.Delimiters = to;
    }
}
