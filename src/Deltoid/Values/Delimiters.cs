namespace Deltoid.Values;

/// <summary>The four separators of an X12 interchange, as its ISA segment states them.</summary>
/// <param name="Repetition">The same as <paramref name="Segment"/> where the version has none (ISA11 of 004010 is a
/// standard's letter).</param>
public readonly record struct Delimiters(byte Element, byte Component, byte Repetition, byte Segment)
{
    /// <summary>The separators that most senders use: * : ^ ~</summary>
    public static readonly Delimiters Usual = new((byte)'*', (byte)':', (byte)'^', (byte)'~');

    /// <summary>No two alike and none that could be data: a letter, a digit, a blank.</summary>
    public bool AreDistinct =>
        Element != Component && Element != Segment && Component != Segment && Repetition != Element
            && Repetition != Component && IsMark(Element) && IsMark(Component) && IsMark(Repetition) && IsMark(Segment);

    static bool IsMark(byte b) => !char.IsAsciiLetterOrDigit((char)b) && b != ' ';
}
