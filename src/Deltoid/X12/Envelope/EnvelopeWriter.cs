using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Opens and closes interchanges and groups around sets. What a set kept of its own envelope is written again; the rest
/// comes from the terms.
/// </summary>
sealed class EnvelopeWriter(SegmentWriter output, EnvelopeTerms terms)
{
    const int IsaDigits = 9;

    byte[] isa = [], gs = []; // as they were kept, of what is open
    byte[] groupControl = [];
    int interchanges, groups, groupsInInterchange, setsInGroup;

    public bool IsInterchangeOpen { get; private set; }

    public bool IsGroupOpen { get; private set; }

    /// <summary>ISA13 of the open interchange.</summary>
    public byte[] InterchangeControl { get; private set; } = [];

    /// <summary>Sets that were begun so far.</summary>
    public int Sets { get; private set; }

    /// <summary>Opens what the next set is in, and closes what it is not in.</summary>
    /// <param name="keptIsa">Its ISA as it was kept, without a terminator; empty where it kept none.</param>
    /// <param name="keptGs">Its GS, in the same way.</param>
    /// <param name="kept">The separators of what was kept.</param>
    public void Open(TransactionSet set, ReadOnlySpan<byte> keptIsa, ReadOnlySpan<byte> keptGs, in Delimiters kept)
    {
        var isNew = !IsInterchangeOpen || !keptIsa.SequenceEqual(isa);
        if (isNew) OpenInterchange(keptIsa, kept);
        if (isNew || !IsGroupOpen || !keptGs.SequenceEqual(gs)) OpenGroup(set, keptGs, kept);
        BeginSet();
    }

    /// <summary>Closes the interchange before it.</summary>
    public void OpenInterchange(ReadOnlySpan<byte> text, in Delimiters kept)
    {
        Close();
        isa = text.ToArray();
        output.Delimiters = text.IsEmpty ? terms.Delimiters : kept;
        InterchangeControl = text.IsEmpty
            ? EnvelopeSegments.Number(terms.InterchangeControl + interchanges, IsaDigits)
            : SegmentText.Element(text, 13, kept).ToArray();
        if (text.IsEmpty) output.WriteInterchange(terms, InterchangeControl);
        else output.Segment(text);
        (IsInterchangeOpen, groupsInInterchange) = (true, 0);
        interchanges++;
    }

    /// <summary>Closes the group before it.</summary>
    public void OpenGroup(TransactionSet set, ReadOnlySpan<byte> text, in Delimiters kept)
    {
        CloseGroup();
        gs = text.ToArray();
        groupControl = text.IsEmpty
            ? EnvelopeSegments.Number(terms.GroupControl + groups, 1)
            : SegmentText.Element(text, 6, kept).ToArray();
        if (text.IsEmpty) output.WriteGroup(terms, set.Functional, set.Versions[0], groupControl);
        else output.Segment(text);
        (IsGroupOpen, setsInGroup) = (true, 0);
        groups++;
        groupsInInterchange++;
    }

    /// <summary>Counts a set of the open group.</summary>
    public void BeginSet()
    {
        setsInGroup++;
        Sets++;
    }

    void CloseGroup()
    {
        if (IsGroupOpen) output.WriteEnd("GE"u8, setsInGroup, groupControl);
        IsGroupOpen = false;
    }

    /// <summary>Closes what is open.</summary>
    public void Close()
    {
        CloseGroup();
        if (IsInterchangeOpen) output.WriteEnd("IEA"u8, groupsInInterchange, InterchangeControl);
        IsInterchangeOpen = false;
    }

    /// <summary>Forgets what is open without closing it; made envelopes have these separators from now on.</summary>
    public void Restart(in Delimiters delimiters)
    {
        (IsInterchangeOpen, IsGroupOpen) = (false, false);
        terms = terms with { Delimiters = delimiters };
    }
}
