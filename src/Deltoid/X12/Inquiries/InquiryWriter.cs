namespace Deltoid.X12;

/// <summary>Writes a question to a payer, or an answer, as a set of X12. The envelope around it is the caller's.</summary>
public static class InquiryWriter
{
    /// <summary>Writes the segments of the set, ST to SE, with the separators of the set.</summary>
    public static void Write(Inquiry inquiry, SegmentWriter output)
    {
        foreach (ref readonly var kept in inquiry.Segments) if (kept.Ordinal > 0) output.Segment(inquiry[kept.Text]);
    }
}
