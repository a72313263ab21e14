using System.Buffers;
using Deltoid.Values;

namespace Deltoid.X12.Segments;

/// <summary>
/// Writes segments: separators only where something follows them, numbers as short as they go. A text that holds a
/// separator is not written, and the writer says so (<see cref="Unwritable"/>), since it would be read as something
/// else.
/// </summary>
public sealed class SegmentWriter
{
    byte[] buffer = new byte[64 * 1024];
    int at;
    int pendingElements, pendingComponents, pendingRepeats;
    Delimiters delimiters = Delimiters.Usual;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, at);

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int Length => at;

    /// <summary>Segments written since this was last set to 0.</summary>
    public int Segments { get; set; }

    /// <summary>
    /// How many texts were left out because they hold a separator or a control character, since this was last set to 0.
    /// </summary>
    public int Unwritable { get; set; }

    /// <summary>The separators that it writes with.</summary>
    public Delimiters Delimiters
    {
        get => delimiters;
        set
        {
            if (value == delimiters) return;
            delimiters = value;
            marks = MarksOf(value);
        }
    }

    SearchValues<byte> marks = MarksOf(Delimiters.Usual); // what no text may hold

    static SearchValues<byte> MarksOf(in Delimiters delimiters)
    {
        Span<byte> all = stackalloc byte[' ' + 4];
        for (var control = 0; control < ' '; control++) all[control] = (byte)control;
        (all[' '], all[' ' + 1]) = (delimiters.Element, delimiters.Component);
        (all[' ' + 2], all[' ' + 3]) = (delimiters.Repetition, delimiters.Segment);
        return SearchValues.Create(all);
    }

    /// <summary>Removes what was written; the memory is kept.</summary>
    public void Clear()
    {
        cleared += at;
        at = 0;
    }

    /// <summary>How much was written in all, cleared or not.</summary>
    public long Place => cleared + at;

    long cleared;

    /// <summary>Whether a byte that was written is still here to be changed.</summary>
    public bool CanPatch(long place) => place >= cleared && place < Place;

    /// <summary>Changes a byte that was written.</summary>
    public void Patch(long place, byte value) => buffer[(int)(place - cleared)] = value;

    /// <summary>Takes back what was written after a place.</summary>
    public void Cut(int length) => at = length;

    /// <summary>Begins a segment by its id.</summary>
    public void Begin(ReadOnlySpan<byte> name)
    {
        Need(name.Length);
        name.CopyTo(buffer.AsSpan(at));
        at += name.Length;
        pendingElements = pendingComponents = pendingRepeats = 0;
    }

    /// <summary>Ends the segment: what separates nothing is not written.</summary>
    public void End()
    {
        Need(1);
        buffer[at++] = delimiters.Segment;
        Segments++;
    }

    /// <summary>An empty element.</summary>
    public void Skip(int count = 1)
    {
        pendingElements += count;
        pendingComponents = pendingRepeats = 0;
    }

    /// <summary>The next element, or its first component; empty when the text is.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        var count = pendingElements + 1;
        (pendingElements, pendingComponents, pendingRepeats) = (count, 0, 0);
        if (text.IsEmpty) return;
        if (text.ContainsAny(marks))
        {
            Unwritable++;
            return;
        }
        Need(count + text.Length);
        pendingElements = 0;
        var (target, to) = (buffer, at);
        for (; count > 0; count--) target[to++] = delimiters.Element;
        text.CopyTo(target.AsSpan(to));
        at = to + text.Length;
    }

    /// <summary>The first component of an element that was begun with <see cref="Skip"/>.</summary>
    public void First(ReadOnlySpan<byte> text) => Append(text);

    /// <summary>The next component of the element that was begun.</summary>
    public void Component(ReadOnlySpan<byte> text)
    {
        pendingComponents++;
        Append(text);
    }

    /// <summary>The next repetition of the element that was begun.</summary>
    public void Repeat()
    {
        pendingRepeats++;
        pendingComponents = 0;
    }

    /// <summary>The next element as it is in an X12 segment with the same separators, components and all.</summary>
    public void Raw(ReadOnlySpan<byte> element)
    {
        Skip();
        if (element.IsEmpty) return;
        Flush(element.Length);
        element.CopyTo(buffer.AsSpan(at));
        at += element.Length;
    }

    /// <summary>Whole segments as they were written elsewhere, with the same separators.</summary>
    public void Whole(ReadOnlySpan<byte> segments)
    {
        Need(segments.Length);
        segments.CopyTo(buffer.AsSpan(at));
        at += segments.Length;
    }

    /// <summary>An element with a code.</summary>
    public void Text(Code code)
    {
        Span<byte> text = stackalloc byte[Code.MaxLength];
        Raw(text[..code.Write(text)]);
    }

    /// <summary>A component with a code.</summary>
    public void Component(Code code)
    {
        pendingComponents++;
        if (code.IsNone) return;
        Flush(Code.MaxLength);
        at += code.Write(buffer.AsSpan(at));
    }

    /// <summary>A component with a modifier.</summary>
    public void Component(Modifier modifier)
    {
        pendingComponents++;
        if (modifier.IsNone) return;
        Flush(2);
        buffer[at++] = (byte)(modifier.Packed >> 8);
        buffer[at++] = (byte)(modifier.Packed & 0xFF);
    }

    /// <summary>An element with a whole number.</summary>
    public void Number(long number) => Scaled(number, 0);

    /// <summary>An element with dollars and cents.</summary>
    public void Number(Money money) => Scaled(money.Cents, 2);

    /// <summary>An element with a number of units.</summary>
    public void Number(Quantity quantity) => Scaled(quantity.Thousandths, 3);

    void Scaled(long scaled, int decimals)
    {
        Skip();
        Flush(MostDigits);
        at += Digits.WriteScaled(scaled, decimals, buffer.AsSpan(at));
    }

    const int MostDigits = 24;

    /// <summary>A day as CCYYMMDD; nothing for the default.</summary>
    public void Day(DateOnly day)
    {
        Skip();
        if (day == default) return;
        Flush(8);
        if (day != lastDay) WriteDay(lastDay = day, lastText);
        lastText.CopyTo(buffer, at);
        at += 8;
    }

    readonly byte[] lastText = new byte[8];
    DateOnly lastDay; // most days of a file are the day before them

    /// <summary>Two days with a hyphen.</summary>
    public void Days(DateOnly from, DateOnly thru)
    {
        Span<byte> text = stackalloc byte[17];
        WriteDay(from, text);
        text[8] = (byte)'-';
        WriteDay(thru, text[9..]);
        Text(text);
    }

    static void WriteDay(DateOnly day, Span<byte> text)
    {
        var number = (day.Year * 10_000) + (day.Month * 100) + day.Day;
        for (var i = 7; i >= 0; i--, number /= 10) text[i] = (byte)('0' + (number % 10));
    }

    /// <summary>A whole segment, text and terminator as they stand.</summary>
    public void Segment(ReadOnlySpan<byte> text)
    {
        Need(text.Length + 1);
        text.CopyTo(buffer.AsSpan(at));
        at += text.Length;
        buffer[at++] = delimiters.Segment;
        Segments++;
    }

    void Append(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        if (text.ContainsAny(marks))
        {
            Unwritable++;
            return;
        }
        Flush(text.Length);
        text.CopyTo(buffer.AsSpan(at));
        at += text.Length;
    }

    /// <summary>Writes the separators that have been waiting for something to separate.</summary>
    void Flush(int length)
    {
        var pending = pendingElements + pendingRepeats + pendingComponents;
        Need(length + pending);
        if (pending == 1 && pendingElements == 1)
        {
            buffer[at++] = delimiters.Element;
            pendingElements = 0;
            return;
        }
        for (; pendingElements > 0; pendingElements--) buffer[at++] = delimiters.Element;
        for (; pendingRepeats > 0; pendingRepeats--) buffer[at++] = delimiters.Repetition;
        for (; pendingComponents > 0; pendingComponents--) buffer[at++] = delimiters.Component;
    }

    void Need(int length)
    {
        if (at + length + 1 > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, at + length + 1));
    }
}
