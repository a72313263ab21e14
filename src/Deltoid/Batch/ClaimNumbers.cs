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

    /// <summary>Of a slot, the bits of an index.</summary>
    const int IndexBits = 19, Index = (1 << IndexBits) - 1;

    /// <summary>Set and segment of the claim that had a number first.</summary>
    readonly record struct Entry(ulong Hash, int Set, int Segment);

    Entry[] entries = new Entry[1 << 10];
    /// <summary>
    /// By the hash, one after another: the index of the entry + 1, below the low bits of its hash, so that most other
    /// entries need not be fetched; or 0.
    /// </summary>
    uint[] slots = new uint[1 << 12];
    int shift = 64 - 12;
    int count;

    /// <summary>Adds a warning where an earlier claim has the claim's number.</summary>
    public void Judge(Claim claim, FindingList findings)
    {
        var number = claim[ClaimText.Id];
        if (number.IsEmpty || claim.Frequency != '1' || claim.Source.Segment == 0) return;
        var entry = new Entry(Hash(number), claim.Source.Set, claim.Source.Segment);
        ref var slot = ref SlotOf(entry.Hash);
        if (slot == 0)
        {
            Add(ref slot, entry);
            return;
        }
        ref readonly var earlier = ref EntryOf(slot);
        findings.Add(new Finding
        {
            Info = ClaimContentFindings.NumberAgain, Severity = ClaimContentFindings.NumberAgain.Severity,
            Place = Place.OfClaim(Field.Id), A = Arg.Count(earlier.Set),
            B = Arg.Segment(SegmentReader.PackOf("CLM")), D = Arg.Count(earlier.Segment),
            Source = claim.Source with { Element = 1, ByteOffset = claim.Source.ByteOffset + "CLM*".Length },
        });
    }

    /// <summary>Where a number is, or would be.</summary>
    ref uint SlotOf(ulong hash)
    {
        var all = slots;
        var at = (int)(hash >> shift); // the high bits: all of the number went into them
        while (all[at] is not 0 and var slot && ((slot & ~(uint)Index) != TagOf(hash) || EntryOf(slot).Hash != hash))
            at = (at + 1) & (all.Length - 1);
        return ref all[at];
    }

    ref Entry EntryOf(uint slot) => ref entries[(int)(slot & Index) - 1];

    void Add(ref uint slot, in Entry entry)
    {
        if (count == Most) return;
        if (count == entries.Length) Array.Resize(ref entries, Math.Min(count * 4, Most));
        entries[count++] = entry;
        slot = TagOf(entry.Hash) | (uint)count;
        if (count * 2 > slots.Length) Grow();
    }

    void Grow()
    {
        (slots, shift) = (new uint[slots.Length * 4], shift - 2);
        for (var i = 0; i < count; i++) SlotOf(entries[i].Hash) = TagOf(entries[i].Hash) | (uint)(i + 1);
    }

    static uint TagOf(ulong hash) => (uint)(hash & uint.MaxValue) & ~(uint)Index;

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
