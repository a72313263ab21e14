using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>A segment that no open loop takes: what is said of it, and whether it is one that is missed.</summary>
sealed partial class GuideWalk
{
    /// <summary>
    /// A segment without a place. After one that would have begun a loop, what follows belongs to that loop and is
    /// passed over in silence.
    /// </summary>
    int Unplaced(SegmentReader segment, int name)
    {
        if (lost && (name < 0 || !Begins(name))) return -1;
        if (segment.Id == 0) return Nameless(segment);
        if (name >= 0 && faults.Retract(segment) is >= 0 and var missed)
            return ReportDisplaced(segment, missed);
        if (name >= 0 && SisterOf(name) is { } sister)
        {
            if (IsMoreOf(sister, segment, out var entry))
            {
                ReportTooMany(segment, guide.Loops[Loop].Entries[entry], Loop);
                return -1;
            }
            var key = guide.Specs[sister.FirstSpec + sister.KeyElement - 1];
            var isPart = key.Components > 0; // of a composite the code is its first component
            faults.Report(X12Findings.BadCode, isPart ? guide.Specs[key.FirstComponent].Row : key.Row, segment.Id,
                Loop, sister.KeyElement <= segment.Elements ? segment.StartOf(sister.KeyElement) : segment.End,
                sister.KeyElement, isPart ? 1 : 0);
            levels[depth].Told |= NamedSo(name); // it may be the one that must be there
            if (!faults.Quiet) faults.AddStray(faults.Ordinal, segment.Id); // or that a rule asks for
            return -1;
        }
        if (name >= 0 && LevelOf(name, segment) is { } level) return Unleveled(segment, level.KeyElement);
        faults.Report(name >= 0 ? X12Findings.UnexpectedSegment : InfoOfUnknown(segment), 0, segment.Id, Loop,
            segment.Start, detail: name >= 0 ? KeyOf(segment) : default);
        lost = name >= 0 && Begins(name);
        return -1;
    }

    /// <summary>Of a name that the guide does not have: of another set, in small letters, or of none.</summary>
    static FindingInfo InfoOfUnknown(SegmentReader segment)
    {
        var name = System.Text.Encoding.ASCII.GetString(segment.Text[..NameLength(segment)]);
        return GuideLibrary.Standard.Knows(name) ? X12Findings.SegmentNotInSet
            : GuideLibrary.Standard.Knows(name.ToUpperInvariant()) ? X12Findings.SmallLetters
            : X12Findings.UnknownSegment;
    }

    /// <summary>
    /// The row of a loop that begins with a segment of this name, where none takes the code that the segment has.
    /// </summary>
    SegmentRow? LevelOf(int name, SegmentReader segment)
    {
        var found = default(SegmentRow);
        foreach (var loop in guide.Loops)
        {
            var row = guide.Segments[loop.First];
            if (guide.NameNumber(row.Id) != name || row.KeyElement <= 1 || row.Keys.Length == 0) continue;
            if (Array.IndexOf(row.Keys, segment.Packed(row.KeyElement)) >= 0) return null;
            found = row;
        }
        return found;
    }

    /// <summary>A level that the set does not have: what follows it is passed over.</summary>
    int Unleveled(SegmentReader segment, int element)
    {
        faults.Report(X12Findings.LevelUnknown, 0, segment.Id, Loop,
            element <= segment.Elements ? segment.StartOf(element) : segment.End, element);
        lost = true;
        return -1;
    }

    /// <summary>A segment without a name; of several empty ones after each other the first is reported.</summary>
    int Nameless(SegmentReader segment)
    {
        var isEmpty = segment.End == segment.Start;
        if (isEmpty && emptyAt == faults.Ordinal - 1 && emptyAt > 0)
        {
            emptyAt = faults.Ordinal;
            return -1;
        }
        faults.Report(isEmpty ? X12Findings.DoubledTerminator : X12Findings.BadSegmentName, 0, 0, Loop, segment.Start);
        if (isEmpty) emptyAt = faults.Ordinal;
        return -1;
    }

    int emptyAt; // the last empty segment

    /// <summary>
    /// A segment of that name that has its place in the innermost loop: then only the code that marks them is
    /// wrong.
    /// </summary>
    SegmentRow? SisterOf(int name)
    {
        var loop = guide.Loops[Loop];
        for (var i = (int)loop.ByName[name]; i < loop.ByName[name + 1]; i++)
            if (loop.Entries[loop.Candidates[i].Entry] is { Child: < 0 } entry) return guide.Segments[entry.Segment];
        return null;
    }

    /// <summary>
    /// What belongs into the second place of a segment that was there already: more diagnoses in an HI of their own.
    /// </summary>
    bool IsMoreOf(SegmentRow row, SegmentReader segment, out int entry)
    {
        entry = Array.FindIndex(guide.Loops[Loop].Entries, e => e.Child < 0 && e.Segment == row.Index);
        if (entry < 0 || (levels[depth].Seen >> entry & 1) == 0) return false;
        if (row.KeyElement != 1 || row.Elements < 2) return false;
        var second = guide.Specs[row.FirstSpec + 1];
        return second.Components > 0 && guide.Specs[second.FirstComponent].Codes is >= 0 and var codes
            && guide.CodeSets[codes].Contains(segment.Packed(1));
    }

    /// <summary>The entries of the innermost loop with that name.</summary>
    ulong NamedSo(int name)
    {
        var (loop, named) = (guide.Loops[Loop], 0UL);
        for (var i = (int)loop.ByName[name]; i < loop.ByName[name + 1]; i++) named |= 1UL << loop.Candidates[i].Entry;
        return named;
    }

    static int NameLength(SegmentReader segment) =>
        segment.Elements == 0 ? segment.End - segment.Start : segment.StartOf(1) - 1 - segment.Start;

    /// <summary>Whether a segment of this name begins a loop anywhere in the guide.</summary>
    bool Begins(int name)
    {
        foreach (var loop in guide.Loops)
            if (guide.NameNumber(guide.Segments[loop.First].Id) == name) return true;
        return false;
    }
}
