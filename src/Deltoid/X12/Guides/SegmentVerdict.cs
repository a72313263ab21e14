using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// One look at a whole segment: fine, or to be checked with care by <see cref="ElementChecks"/>, which alone says what
/// is wrong. Fine is said only of what passes there.
/// </summary>
static class SegmentVerdict
{
    public static bool IsFine(SegmentReader segment, RowVerdict row)
    {
        var count = segment.Elements;
        if (count == 0 || count > row.Elements.Length || count > RowVerdict.Lanes || segment.IsOdd) return false;
        ref var mark = ref segment.FirstMark;
        var there = Vector256.IsHardwareAccelerated
            ? Lanes(ref mark, count, row, out var outside)
            : OneByOne(ref mark, count, row, out outside);
        var composites = unchecked((uint)(segment.Composites >> 1)); // bits
        if ((outside | (row.Required & ~there) | (row.NotUsed & there)
            | (composites & ~row.Composite)) != 0)
            return false;
        if ((there >> (count - 1)) == 0) return false; // a separator after the last element
        foreach (var (any, all) in row.Pairs)
            if ((there & any) != 0 && (there & all) != all) return false;
        foreach (ref readonly var note in row.Notes.AsSpan())
            if (note.Broken(there << 1) != 0) return false;
        return LooksFine(segment, row, there & row.Looks);
    }

    /// <summary>Which elements are there, and which of them are too short or too long: all compared at once.</summary>
    internal static uint Lanes(ref int mark, int count, RowVerdict row, out uint outside)
    {
        ref var least = ref MemoryMarshal.GetArrayDataReference(row.Least);
        ref var greatest = ref MemoryMarshal.GetArrayDataReference(row.Greatest);
        var there = EightOf(ref mark, ref least, ref greatest, out outside);
        if (count > 8)
        {
            ref var next = ref Unsafe.Add(ref mark, 8);
            there |= EightOf(ref next, ref Unsafe.Add(ref least, 8), ref Unsafe.Add(ref greatest, 8),
                out var more) << 8;
            outside |= more << 8;
        }
        there &= unchecked((1u << count) - 1); // bits
        outside &= there;
        return there;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint EightOf(ref int mark, ref int least, ref int greatest, out uint outside)
    {
        var distances = Vector256.LoadUnsafe(ref mark, 1) - Vector256.LoadUnsafe(ref mark);
        outside = (Vector256.LessThan(distances, Vector256.LoadUnsafe(ref least))
            | Vector256.GreaterThan(distances, Vector256.LoadUnsafe(ref greatest))).ExtractMostSignificantBits();
        return ~Vector256.Equals(distances, Vector256<int>.One).ExtractMostSignificantBits() & 0xFF;
    }

    /// <summary>The same on a machine without such vectors.</summary>
    internal static uint OneByOne(ref int mark, int count, RowVerdict row, out uint outside)
    {
        var there = outside = 0u;
        for (var i = 0; i < count; i++)
        {
            var distance = Unsafe.Add(ref mark, i + 1) - Unsafe.Add(ref mark, i);
            if (distance == 1) continue;
            there |= 1u << i;
            if (distance < row.Least[i] || distance > row.Greatest[i]) outside |= 1u << i;
        }
        return there;
    }

    /// <summary>Looks at elements that more than their length decides.</summary>
    static bool LooksFine(SegmentReader segment, RowVerdict row, uint looks)
    {
        ref var mark = ref segment.FirstMark;
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(segment.Buffer);
        ref var elements = ref MemoryMarshal.GetArrayDataReference(row.Elements);
        unchecked // places in the buffer
        {
            for (; looks != 0; looks &= looks - 1)
            {
                var i = BitOperations.TrailingZeroCount(looks);
                ref var element = ref Unsafe.Add(ref elements, i);
                var at = Unsafe.Add(ref mark, i) + 1;
                var length = Unsafe.Add(ref mark, i + 1) - at;
                if (element.Look == Look.Parts)
                {
                    if (!ArePartsFine(segment, element, i + 1, at, at + length)) return false;
                    continue;
                }
                var before = element.Look is Look.Period or Look.Form && i > 0 ? Before(segment, i) : 0;
                if (!IsFine(segment, element, ref Unsafe.Add(ref bytes, at), length, before)) return false;
            }
            return true;
        }
    }

    /// <summary>The element before, as the code that says what an element means: its first component.</summary>
    static ulong Before(SegmentReader segment, int number) =>
        BinaryPrimitives.ReverseEndianness(segment.Packed(number));

    /// <param name="before">The value before it, which names a format or a list.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsFine(SegmentReader segment, in ElementVerdict element, ref byte at, int length, ulong before) =>
        element.Look switch
    {
        Look.Length => IsLong(element, length),
        Look.Value => Eight.Of(ref at, length) == element.Value,
        Look.Codes => element.Codes!.Contains(Eight.Of(ref at, length)),
        Look.Number => length <= 8 && IsLong(element, length)
            && (element.Range == NumberRange.Any || at is >= (byte)'1' and <= (byte)'9')
            && Eight.IsNumber(Eight.Of(ref at, length), length, element.Decimals),
        Look.Day => length == 8 && IsLong(element, length) && Eight.IsDay(Eight.Of(ref at, 8)),
        Look.Period => IsLong(element, length) && IsPeriod(ref at, length, before),
        Look.Form => IsLong(element, length) && HasForm(segment, element.Outside, ref at, length, before),
        _ => false,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsLong(in ElementVerdict element, int length) => length >= element.Least && length <= element.Greatest;

    static readonly ulong Day = Eight.Of("D8"), Span = Eight.Of("RD8");

    /// <summary>The two usual formats; the others are looked at with care.</summary>
    static bool IsPeriod(ref byte at, int length, ulong format)
    {
        if (format == Day) return length == 8 && Eight.IsDay(Eight.Of(ref at, 8));
        return format == Span && ElementForms.TrySpan(MemoryMarshal.CreateReadOnlySpan(ref at, length), out _, out _);
    }

    static bool HasForm(SegmentReader segment, Outside list, ref byte at, int length, ulong before)
    {
        var text = MemoryMarshal.CreateReadOnlySpan(ref at, length);
        var name = BinaryPrimitives.ReverseEndianness(before);
        return !ElementChecks.Judges(segment, list, name) || ElementChecks.IsOf(segment, list, text, name);
    }

    /// <summary>The components of an element that is not repeated.</summary>
    static bool ArePartsFine(SegmentReader segment, in ElementVerdict element, int number, int at, int end)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(segment.Buffer);
        var marks = segment.MarksInside(number);
        var (parts, repetition) = (element.Parts, segment.Delimiters.Repetition);
        var (part, there, before) = (0, 0u, 0UL);
        unchecked // places in the buffer
        {
            while (true)
            {
                var close = part < marks.Length && marks[part] < end ? marks[part] : end;
                if (close != end && Unsafe.Add(ref bytes, close) == repetition) return false;
                if (part == parts.Length) return false;
                ref readonly var of = ref parts[part++];
                var length = close - at;
                if (length == 0)
                {
                    if (of.Use == Use.Required || close == end) return false;
                }
                else
                {
                    ref var text = ref Unsafe.Add(ref bytes, at);
                    if (of.Use == Use.NotUsed || !IsFine(segment, of, ref text, length, before)) return false;
                    there |= 1u << part;
                    before = Eight.Of(ref text, length);
                }
                if (close == end) break;
                at = close + 1;
            }
        }
        for (; part < parts.Length; part++)
            if (parts[part].Use == Use.Required) return false;
        foreach (ref readonly var note in element.Notes.AsSpan())
            if (note.Broken(there) != 0) return false;
        return true;
    }
}
