using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>Checks the elements of a segment of the envelope by the rows of its own table.</summary>
sealed class EnvelopeChecks
{
    readonly SegmentReader segment = new();
    readonly Faults faults;
    readonly ElementChecks checks;
    readonly FindingList found = new();
    byte[] scratch = new byte[1024];

    public EnvelopeChecks()
    {
        faults = new() { Segment = segment };
        checks = new ElementChecks(GuideLibrary.Envelope, segment, faults);
    }

    /// <summary>
    /// Adds what is wrong with a segment; places are those of <paramref name="place"/>, which is the segment's
    /// beginning.
    /// </summary>
    public void Check(ReadOnlySpan<byte> text, string name, in Delimiters delimiters, in SourcePlace place,
        FindingList findings)
    {
        var row = Array.Find(GuideLibrary.Envelope.Segments, s => s.Name == name)!;
        if (text.Length + 1 + SegmentReader.Slack > scratch.Length) scratch = new byte[text.Length + 1024];
        text.CopyTo(scratch);
        scratch[text.Length] = delimiters.Segment;
        // ISA11 and ISA16 hold the separators themselves
        var read = name == "ISA"
            ? delimiters with { Component = delimiters.Segment, Repetition = delimiters.Segment }
            : delimiters;
        segment.Open(scratch, 0, text.Length + 1, read);
        if (!segment.Next()) return;
        faults.Target = name == "ISA" ? found : findings;
        found.Clear();
        (faults.Ordinal, faults.Quiet) = (place.Segment, false);
        faults.Begin(place.Interchange, place.Group, place.Set, place.ByteOffset);
        checks.Check(row);
        if (name == "ISA")
            foreach (var element in (ReadOnlySpan<int>)[6, 8]) AskIsNamed(row, element);
        // ISA is filled with blanks, and states the separators
        foreach (ref readonly var finding in found.Span)
            if (finding.Info != X12Findings.OuterBlanks
                && !(finding.Info == X12Findings.BadCharacter && finding.Source.Element is 11 or 16))
                findings.Add(finding);
    }

    /// <summary>
    /// Blanks fill ISA, and nothing but blanks is no sender or receiver. (Authorization and security are blank by
    /// right.)
    /// </summary>
    void AskIsNamed(SegmentRow row, int element)
    {
        if (segment.LengthOf(element) > 0 && segment[element].IndexOfAnyExcept((byte)' ') < 0)
            faults.Report(X12Findings.ElementMissing, GuideLibrary.Envelope.Specs[row.FirstSpec + element - 1].Row,
                row.Id, row.Loop, segment.StartOf(element), element);
    }
}
