using Deltoid.Answers;
using Deltoid.X12.Envelope;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>
/// Writes remittances as an 835 file, each as a set in the envelope that it kept or that the terms make.
/// </summary>
internal sealed class RemittanceFileWriter
{
    readonly EnvelopeTerms terms;
    readonly EnvelopeWriter envelope;
    readonly RemittanceWriter writer;

    public RemittanceFileWriter(EnvelopeTerms terms)
    {
        this.terms = terms;
        envelope = new EnvelopeWriter(Output, terms);
        writer = new RemittanceWriter(Output);
    }

    /// <summary>Where it is written to.</summary>
    public SegmentWriter Output { get; } = new();

    /// <summary>Writes a payment and its claims; one without a control number of its set gets the next.</summary>
    public void Write(Remittance payment, IEnumerable<ClaimPayment> claims)
    {
        envelope.Open(RemittanceSet.Set, Kept(payment, "ISA"u8), Kept(payment, "GS"u8), payment.Delimiters);
        if (payment.Range(RemittanceText.Control).IsEmpty)
            payment.Set(RemittanceText.Control, EnvelopeSegments.Number(terms.SetControl + envelope.Sets - 1, 4));
        writer.Begin(payment);
        foreach (var claim in claims) writer.Write(claim);
        writer.End(payment);
    }

    /// <summary>Closes what is open.</summary>
    public void Finish() => envelope.Close();

    /// <summary>A segment of the envelope that the payment kept before its set.</summary>
    static ReadOnlySpan<byte> Kept(Remittance payment, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var segment in payment.Segments)
        {
            var text = payment[segment.Text];
            var cut = text.IndexOf(payment.Delimiters.Element);
            if (cut == name.Length && text.StartsWith(name)) return text;
            if (cut == 2 && text.StartsWith("ST"u8)) break;
        }
        return default;
    }
}
