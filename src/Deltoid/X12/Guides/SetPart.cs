using Deltoid.Values;

namespace Deltoid.X12.Guides;

/// <summary>The set that a part belongs to.</summary>
/// <param name="Interchange">Ordinals from 1: the interchange in the file, the group in it, the set in the
/// group.</param>
/// <param name="Guide">Null when no guide is supported here; then nothing of the set is read.</param>
internal sealed record SetPlace(int Interchange, int Group, int Set, Delimiters Delimiters, Guide? Guide);

/// <summary>A run of whole segments in a buffer.</summary>
/// <param name="FileOffset">The first byte's place in the file.</param>
/// <param name="Ordinal">The first segment's, from ST = 1; 0 of ISA and GS.</param>
internal readonly record struct SegmentRun(int Start, int Length, long FileOffset, int Ordinal);

/// <summary>
/// A part of one set that can be read by itself: cut where a claim (or its like) begins, and preceded by copies of what
/// holds for it: the envelope, the set's header and the levels above. The copies are gone through in silence.
/// </summary>
/// <param name="Context">Runs that came before, ISA and GS first; empty of a part that begins with ST except for
/// these.</param>
/// <param name="Level">The number of the last HL before <paramref name="Data"/>.</param>
/// <param name="IsLast">The part ends with the set.</param>
/// <param name="IsCut">The set is cut off at its end, which is reported there: what would have followed is not
/// missing.</param>
internal sealed record SetPart(SetPlace Set, SegmentRun[] Context, SegmentRun Data, int Level, bool IsLast,
    bool IsCut = false);
