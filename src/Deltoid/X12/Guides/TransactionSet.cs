using System.Text;
using Deltoid.Findings;

namespace Deltoid.X12.Guides;

/// <summary>
/// A transaction set that is read: what it is known by, its guide, where it may be cut, who reads it, and its own kinds
/// of findings. Each is made once, in its own room, and listed in <see cref="TransactionSets"/>; nothing else asks for
/// its number. Immutable and shared by all workers; two are the same only when they are one object.
/// </summary>
internal sealed class TransactionSet
{
    readonly Lazy<Guide> guide;
    readonly Lazy<bool> isHere;

    public TransactionSet()
    {
        guide = new(() => GuideLibrary.Compile(this));
        isHere = new(() => GuideLibrary.Has(this));
    }

    /// <summary>As people call it: 837P, 835. In small letters it is the name of its tables.</summary>
    public required string Name { get; init; }

    /// <summary>The letter of its rows: P of X12P0103. It is never changed or used again.</summary>
    public required char Letter { get; init; }

    /// <summary>ST01.</summary>
    public required string Number { get; init; }

    /// <summary>GS01.</summary>
    public required string Functional { get; init; }

    /// <summary>
    /// ST03 and GS08 of the guide that is in force, then of the older and later addenda that are read with a note.
    /// </summary>
    public required string[] Versions { get; init; }

    /// <summary>Its kinds of findings, besides those that every set can have.</summary>
    public FindingInfo[] Findings { get; init; } = [];

    /// <summary>Where a long set may be cut into parts; by default nowhere.</summary>
    internal Cut Cut { get; init; } = Cut.Nowhere;

    /// <summary>Writes into the guide's segments what reading them does.</summary>
    internal Action<Guide> Bind { get; init; } = static _ => { };

    /// <summary>
    /// The field of a claim that an element (or component, from 1; 0 for all) of a segment fills; of sets without
    /// claims there is none.
    /// </summary>
    internal Func<SegmentRow, int, int, Field> FieldOf { get; init; } = static (_, _, _) => Field.None;

    /// <summary>Makes the tools of one worker that read it; sets with the same one share the tools.</summary>
    public required Func<SetReading> NewReading { get; init; }

    /// <summary>Its guide, compiled when it is first asked for.</summary>
    public Guide Guide => guide.Value;

    /// <summary>
    /// The set with that number and version, as ST01 and ST03 (or, without it, GS08) give them; null where none has.
    /// </summary>
    /// <param name="isCurrent">The version is the one in force, not another addendum of it.</param>
    public static TransactionSet? Find(IReadOnlyList<TransactionSet> sets, ReadOnlySpan<byte> number,
        ReadOnlySpan<byte> version, out bool isCurrent)
    {
        isCurrent = false;
        foreach (var set in sets)
        {
            // the build for browsers has the tables of claims alone
            if (!Ascii.Equals(number, set.Number) || !set.isHere.Value) continue;
            for (var v = 0; v < set.Versions.Length; v++)
            {
                if (!Ascii.Equals(version, set.Versions[v])) continue;
                isCurrent = v == 0;
                return set;
            }
        }
        return null;
    }
}
