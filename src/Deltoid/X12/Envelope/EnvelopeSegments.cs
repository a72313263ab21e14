using System.Globalization;
using System.Text;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>Writes the segments around sets: ISA, GS and their ends.</summary>
static class EnvelopeSegments
{
    /// <summary>A control number of a length that is filled with zeros.</summary>
    public static byte[] Number(long number,
        int length) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0'));

    /// <param name="control">ISA13, nine digits.</param>
    public static void WriteInterchange(this SegmentWriter output, EnvelopeTerms terms, byte[] control)
    {
        var isa = new StringBuilder("ISA");
        var (mark, repetition, component) = ((char)output.Delimiters.Element, (char)output.Delimiters.Repetition,
            (char)output.Delimiters.Component);
        foreach (var element in (ReadOnlySpan<string>)["00", Blank(10), "00", Blank(10), terms.SenderKind,
            terms.Sender.PadRight(15), terms.ReceiverKind, terms.Receiver.PadRight(15),
            terms.Day.ToString("yyMMdd", CultureInfo.InvariantCulture),
            terms.Time.ToString("HHmm", CultureInfo.InvariantCulture), $"{repetition}", "00501",
            Encoding.ASCII.GetString(control), "0", $"{terms.Usage}", $"{component}"])
            isa.Append(mark).Append(element);
        output.Segment(Encoding.ASCII.GetBytes(isa.ToString()));
    }

    static string Blank(int length) => new(' ', length);

    /// <param name="functional">GS01.</param>
    /// <param name="version">GS08.</param>
    public static void WriteGroup(this SegmentWriter output, EnvelopeTerms terms, string functional, string version,
        byte[] control)
    {
        output.Begin("GS"u8);
        output.Text(Ascii(functional));
        output.Text(Ascii(terms.GroupSender.Length > 0 ? terms.GroupSender : terms.Sender));
        output.Text(Ascii(terms.GroupReceiver.Length > 0 ? terms.GroupReceiver : terms.Receiver));
        output.Day(terms.Day);
        output.Text(Ascii(terms.Time.ToString("HHmm", CultureInfo.InvariantCulture)));
        output.Text(control);
        output.Text("X"u8);
        output.Text(Ascii(version));
        output.End();
    }

    /// <summary>SE, GE or IEA: what was counted, and the control number again.</summary>
    public static void WriteEnd(this SegmentWriter output, ReadOnlySpan<byte> name, int count,
        ReadOnlySpan<byte> control)
    {
        output.Begin(name);
        output.Number(count);
        output.Text(control);
        output.End();
    }

    static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
