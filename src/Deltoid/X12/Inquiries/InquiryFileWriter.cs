using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// Writes questions to payers, or answers, as a file of X12: each as a set, in the envelope that it kept or that the
/// terms make.
/// </summary>
internal sealed class InquiryFileWriter
{
    readonly EnvelopeWriter envelope;

    public InquiryFileWriter(EnvelopeTerms terms) => envelope = new EnvelopeWriter(Output, terms);

    /// <summary>Where it is written to.</summary>
    public SegmentWriter Output { get; } = new();

    public void Write(Inquiry inquiry)
    {
        envelope.Open(inquiry.Guide!.Set, Kept(inquiry, "ISA"u8), Kept(inquiry, "GS"u8), inquiry.Delimiters);
        WriteSet(inquiry, Output);
    }

    /// <summary>Writes the segments of the set, ST to SE, with the separators of the set.</summary>
    internal static void WriteSet(Inquiry inquiry, SegmentWriter output)
    {
        foreach (ref readonly var kept in inquiry.Segments)
            if (kept.Ordinal > 0) output.Segment(inquiry[kept.Text]);
    }

    /// <summary>Closes what is open.</summary>
    public void Finish() => envelope.Close();

    /// <summary>A segment of the envelope that was kept; empty where there is none.</summary>
    static ReadOnlySpan<byte> Kept(Inquiry inquiry, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var kept in inquiry.Segments)
            if (kept.Ordinal == 0 && inquiry[kept.Text] is var text && text.StartsWith(name)
                && text.Length > name.Length
                && text[name.Length] == inquiry.Delimiters.Element)
                return text;
        return default;
    }
}
