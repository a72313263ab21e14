using System.Buffers.Binary;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
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
    const int Most = 500_000;

    /// <summary>By the hash of the number: set and segment of the claim that had it first.</summary>
    readonly Dictionary<ulong, (int Set, int Segment)> first = [];

    /// <summary>Adds a warning where an earlier claim has the claim's number.</summary>
    public void Judge(Claim claim, FindingList findings)
    {
        var number = claim[ClaimText.Id];
        if (number.IsEmpty || claim.Frequency != '1' || claim.Source.Segment == 0) return;
        var hash = Hash(number);
        var place = (claim.Source.Set, claim.Source.Segment);
        if (first.Count == Most ? !first.ContainsKey(hash) : first.TryAdd(hash, place)) return;
        var earlier = first[hash];
        findings.Add(new Finding
        {
            Info = ClaimContentFindings.NumberAgain, Severity = ClaimContentFindings.NumberAgain.Severity,
            Place = Place.OfClaim(Field.Id), A = Arg.Count(earlier.Set),
            B = Arg.Segment(SegmentReader.PackOf("CLM")), D = Arg.Count(earlier.Segment),
            Source = claim.Source with { Element = 1, ByteOffset = claim.Source.ByteOffset + "CLM*".Length },
        });
    }

    /// <summary>Eight bytes at a time; within this run alone.</summary>
    static ulong Hash(ReadOnlySpan<byte> text)
    {
        unchecked // a hash: the products are meant to wrap
        {
            var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
            for (; text.Length > 8; text = text[8..])
                hash = With(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
            return With(hash, Eight.Load(text));
        }

        static ulong With(ulong hash, ulong more) =>
            unchecked((ulong.RotateLeft(hash, 29) ^ more) * 0xD6E8FEB86659FD93); // as above
    }
}
