using System.Runtime.InteropServices;
using Deltoid.Values;

namespace Deltoid.X12.Guides;

/// <summary>
/// How an element that is there is looked at for the verdict; what has no look of its own is never fine.
/// </summary>
enum Look : byte { Careful, Length, Value, Codes, Number, Day, Period, Form, Parts }

/// <summary>An element or component of a row, as the verdict looks at it.</summary>
[StructLayout(LayoutKind.Auto)]
struct ElementVerdict
{
    /// <summary>The one value it takes, the first character lowest.</summary>
    public ulong Value;
    public PerfectSet? Codes;
    /// <summary>Its components.</summary>
    public ElementVerdict[] Parts;
    /// <summary>The syntax notes of its components.</summary>
    public SyntaxNote[] Notes;
    public Look Look;
    public Use Use;
    public Outside Outside;
    public NumberRange Range;
    public byte Least;
    public ushort Greatest;
    /// <summary>Digits after the point at most; -1 where no point is taken.</summary>
    public int Decimals;
}

/// <summary>
/// A row of a guide compiled for one look at a whole segment (<see cref="SegmentVerdict"/>): lengths side by side, what
/// must and may not be there as bits, and which elements are left to look at one by one. Bit n is element n + 1.
/// </summary>
sealed class RowVerdict
{
    /// <summary>How many elements are compared at once; a segment with more is looked at with care.</summary>
    public const int Lanes = 16;

    /// <summary>Of each element the least and greatest length, plus one: the distance of its separators.</summary>
    public int[] Least { get; } = new int[Lanes];

    public int[] Greatest { get; } = new int[Lanes];

    /// <summary>Elements that must be there, that may not, and that may have components.</summary>
    public uint Required { get; }

    public uint NotUsed { get; }

    public uint Composite { get; }

    /// <summary>Elements whose length does not settle it.</summary>
    public uint Looks { get; }

    public ElementVerdict[] Elements { get; }

    /// <summary>Syntax notes: where any element of the first is there, all of the second must be.</summary>
    public (uint Any, uint All)[] Pairs { get; }

    /// <summary>The other syntax notes.</summary>
    public SyntaxNote[] Notes { get; }

    public RowVerdict(Guide guide, SegmentRow row)
    {
        Elements = new ElementVerdict[row.Elements];
        Array.Fill(Greatest, int.MaxValue);
        for (var i = 0; i < row.Elements; i++)
        {
            ref readonly var spec = ref guide.Specs[row.FirstSpec + i];
            Elements[i] = Of(guide, spec);
            var bit = i < 32 ? 1u << i : 0;
            if (spec.Use == Use.Required) Required |= bit;
            if (spec.Use == Use.NotUsed) NotUsed |= bit;
            if (Elements[i].Look == Look.Parts) Composite |= bit;
            if (Elements[i].Look != Look.Length) Looks |= bit;
            else if (i < Lanes) (Least[i], Greatest[i]) = (spec.Least + 1, spec.Greatest + 1);
        }
        Pairs = [.. row.Notes.Where(IsPair).Select(static n => (Any(n) >> 1, n.All >> 1))];
        Notes = [.. row.Notes.Where(static n => !IsPair(n))];
    }

    static bool IsPair(SyntaxNote note) => note.Kind is 'P' or 'C';

    static uint Any(SyntaxNote note) => note.Kind == 'P' ? note.All : note.First;

    static ElementVerdict Of(Guide guide, in ElementSpec spec)
    {
        var made = new ElementVerdict
        {
            Look = LookOf(guide, spec),
            Use = spec.Use,
            Outside = spec.Outside,
            Range = spec.Range,
            Least = spec.Least,
            Greatest = spec.Greatest,
            Decimals = spec.Type == ElementType.Whole ? -1 : spec.Decimals,
            Value = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(spec.Value),
            Parts = [],
            Notes = spec.Notes >= 0 ? guide.Notes[spec.Notes] : [],
        };
        if (made.Look == Look.Codes) made.Codes = new PerfectSet(guide.CodeSets[spec.Codes].Values);
        if (made.Look == Look.Parts) made.Parts = PartsOf(guide, spec);
        return made;
    }

    static ElementVerdict[] PartsOf(Guide guide, in ElementSpec spec)
    {
        var parts = new ElementVerdict[spec.Components];
        for (var i = 0; i < parts.Length; i++) parts[i] = Of(guide, guide.Specs[spec.FirstComponent + i]);
        return parts;
    }

    static Look LookOf(Guide guide, in ElementSpec spec)
    {
        if (spec.Components > 0) return Look.Parts;
        if (spec.Codes >= 0 && guide.CodeSets[spec.Codes].Longer.Length > 0) return Look.Careful;
        if (spec.Value != 0) return Look.Value;
        if (spec.Codes >= 0) return Look.Codes;
        if (spec.ByFormat) return Look.Period;
        return spec.Type switch
        {
            ElementType.Text or ElementType.Id => spec.Outside == Outside.None ? Look.Length : Look.Form,
            ElementType.Number or ElementType.Money or ElementType.Whole when spec.Outside == Outside.None =>
                Look.Number,
            ElementType.Date when spec.Outside == Outside.None => Look.Day,
            _ => Look.Careful,
        };
    }
}
