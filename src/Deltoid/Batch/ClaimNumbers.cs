using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12.Claims;
using Deltoid.X12.Segments;

namespace Deltoid.Batch;

/// <summary>
/// The numbers (CLM01) of the original claims of a file, to warn where one is there again: payments and answers name a
/// claim by it. Claims that correct or continue another one have its number by right.
/// </summary>
internal sealed class ClaimNumbers
{
    /// <summary>No more are remembered: the memory that a file takes has an end.</summary>
    const int Most = 1_000_000;

    readonly Dictionary<ulong, SourcePlace> first = [];

    /// <summary>Adds a warning where an earlier claim has the claim's number.</summary>
    public void Judge(Claim claim, FindingList findings)
    {
        var number = claim[ClaimText.Id];
        if (number.IsEmpty || claim.Frequency != '1' || claim.Source.Segment == 0) return;
        var hash = Hash(number);
        if (!first.TryGetValue(hash, out var earlier))
        {
            if (first.Count < Most) first.Add(hash, claim.Source);
            return;
        }
        findings.Add(new Finding
        {
            Info = ClaimContentFindings.NumberAgain, Severity = ClaimContentFindings.NumberAgain.Severity,
            Place = Place.OfClaim(Field.Id), A = Arg.Count(earlier.Set),
            B = Arg.Segment(SegmentReader.PackOf("CLM")), D = Arg.Count(earlier.Segment),
            Source = claim.Source with { Element = 1, ByteOffset = claim.Source.ByteOffset + "CLM*".Length },
        });
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in text) hash = unchecked((hash ^ b) * 1099511628211UL); // a hash: the product is meant to wrap
        return hash;
    }
}
