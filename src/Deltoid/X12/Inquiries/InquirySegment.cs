using System.Text;
using System.Text.Unicode;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// A segment as texts: elements, their repetitions, the components of these. What is not there is empty.
/// </summary>
sealed class InquirySegment(string name)
{
    readonly List<string[][]> elements = [];

    public string Name => name;

    public int Elements => elements.Count;

    /// <summary>A component (from 1) of an element's first repetition.</summary>
    public string this[int element, int component = 1]
    {
        get => Part(element, 0, component);
        set => Set(element, component, value);
    }

    /// <summary>How often an element is repeated; 0 when it is not there.</summary>
    public int Repeats(int element) => element > elements.Count ? 0 : elements[element - 1].Length;

    /// <summary>How many components the first repetition of an element has.</summary>
    public int Components(int element) => Repeats(element) == 0 ? 0 : elements[element - 1][0].Length;

    public string Part(int element, int repeat, int component)
    {
        if (element > elements.Count || repeat >= elements[element - 1].Length) return "";
        var parts = elements[element - 1][repeat];
        return component <= parts.Length ? parts[component - 1] : "";
    }

    public void Set(int element, int component, string value)
    {
        Reach(element);
        var first = elements[element - 1] is [var parts, ..] ? parts : [];
        if (first.Length < component) Array.Resize(ref first, component);
        first[component - 1] = value;
        elements[element - 1] = [Array.ConvertAll(first, static p => p ?? "")];
    }

    /// <summary>An element that is a list of repetitions.</summary>
    public void SetList(int element, List<string> values)
    {
        Reach(element);
        elements[element - 1] = [.. values.Select(static v => (string[])[v])];
    }

    void Reach(int element)
    {
        while (elements.Count < element) elements.Add([]);
    }

    /// <summary>Reads a segment with its own separators.</summary>
    public static InquirySegment Of(ReadOnlySpan<byte> text, in Delimiters marks)
    {
        var elements = Readable(text).Split((char)marks.Element);
        var segment = new InquirySegment(elements[0]);
        foreach (var element in elements.AsSpan(1))
        {
            string[][] repeats = [];
            if (element.Length > 0)
            {
                var component = (char)marks.Component;
                repeats = [.. element.Split((char)marks.Repetition).Select(r => r.Split(component))];
            }
            segment.elements.Add(repeats);
        }
        return segment;
    }

    /// <summary>UTF-8, or Latin-1 where it is none, which loses no byte.</summary>
    static string Readable(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);

    public void Write(SegmentWriter output)
    {
        output.Begin(Encoding.ASCII.GetBytes(name));
        foreach (var element in elements)
        {
            output.Skip();
            for (var repeat = 0; repeat < element.Length; repeat++)
            {
                if (repeat > 0) output.Repeat();
                for (var part = 0; part < element[repeat].Length; part++)
                {
                    var bytes = Encoding.UTF8.GetBytes(element[repeat][part]);
                    if (part == 0) output.First(bytes);
                    else output.Component(bytes);
                }
            }
        }
        output.End();
    }
}
