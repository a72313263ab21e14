using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Opens and closes interchanges and groups around sets. What a set kept of its own envelope is written again; the rest
/// comes from the terms.
/// </summary>
/// <param name="functional">GS01 of a group that is made: HP of remittances.</param>
/// <param name="version">GS08 of a group that is made.</param>
sealed class EnvelopeWriter(SegmentWriter output, EnvelopeTerms terms, string functional, string version)
{
    const int IsaDigits = 9;

    byte[] isa = [], gs = []; // as they were kept, of what is open
    byte[] isaControl = [], groupControl = [];
    bool interchangeOpen, groupOpen;
    int interchanges, groups, groupsInInterchange, setsInGroup;

    /// <summary>Sets that were opened so far.</summary>
    public int Sets { get; private set; }

    /// <summary>Opens what the next set stands in, and closes what it does not.</summary>
    /// <param name="keptIsa">Its ISA as it was kept, without a terminator; empty where it kept none.</param>
    /// <param name="keptGs">Its GS, in the same way.</param>
    /// <param name="kept">The separators of what was kept.</param>
    public void Open(ReadOnlySpan<byte> keptIsa, ReadOnlySpan<byte> keptGs, in Delimiters kept)
    {
        var isNew = !interchangeOpen || !keptIsa.SequenceEqual(isa);
        if (isNew)
        {
            CloseInterchange();
            OpenInterchange(keptIsa, kept);
        }
        if (isNew || !groupOpen || !keptGs.SequenceEqual(gs))
        {
            CloseGroup();
            OpenGroup(keptGs, kept);
        }
        setsInGroup++;
        Sets++;
    }

    void OpenInterchange(ReadOnlySpan<byte> text, in Delimiters kept)
    {
        isa = text.ToArray();
        output.Delimiters = text.IsEmpty ? terms.Delimiters : kept;
        isaControl = text.IsEmpty
            ? EnvelopeSegments.Number(terms.InterchangeControl + interchanges, IsaDigits)
            : SegmentText.Element(text, 13, kept).ToArray();
        if (text.IsEmpty) output.WriteInterchange(terms, isaControl);
        else output.Segment(text);
        (interchangeOpen, groupsInInterchange) = (true, 0);
        interchanges++;
    }

    void OpenGroup(ReadOnlySpan<byte> text, in Delimiters kept)
    {
        gs = text.ToArray();
        groupControl = text.IsEmpty
            ? EnvelopeSegments.Number(terms.GroupControl + groups, 1)
            : SegmentText.Element(text, 6, kept).ToArray();
        if (text.IsEmpty) output.WriteGroup(terms, functional, version, groupControl);
        else output.Segment(text);
        (groupOpen, setsInGroup) = (true, 0);
        groups++;
        groupsInInterchange++;
    }

    void CloseGroup()
    {
        if (groupOpen) output.WriteEnd("GE"u8, setsInGroup, groupControl);
        groupOpen = false;
    }

    void CloseInterchange()
    {
        CloseGroup();
        if (interchangeOpen) output.WriteEnd("IEA"u8, groupsInInterchange, isaControl);
        interchangeOpen = false;
    }

    /// <summary>Closes what is open.</summary>
    public void Close() => CloseInterchange();
}
