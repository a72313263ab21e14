using System.Globalization;
using System.Text;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>A segment as it is written: text that may be changed, and where it came to stand.</summary>
internal sealed class WrittenSegment(string name, IEnumerable<string> elements, SpecimenSegment? node)
{
    /// <summary>The segment of the tree, or null of the envelope.</summary>
    public SpecimenSegment? Node { get; } = node;

    public string Name { get; set; } = name;

    public List<string> Elements { get; } = [.. elements];

    /// <summary>From ST = 1; 0 of the envelope.</summary>
    public int Ordinal { get; set; }

    /// <summary>The first byte's place in the file; where its terminator stands.</summary>
    public int Start { get; set; }

    public int End { get; set; }

    public void Set(int element, string value)
    {
        while (Elements.Count < element) Elements.Add("");
        Elements[element - 1] = value;
        while (Elements.Count > 0 && Elements[^1].Length == 0) Elements.RemoveAt(Elements.Count - 1);
    }

    public string Element(int element) => element <= Elements.Count ? Elements[element - 1] : "";

    /// <summary>Where an element begins, or the segment ends that does not have it.</summary>
    public int StartOf(int element)
    {
        if (element > Elements.Count) return End;
        var at = Start + Name.Length + 1;
        for (var i = 1; i < element; i++) at += Elements[i - 1].Length + 1;
        return at;
    }

    /// <summary>Where a component begins, in the element's repetition from 1.</summary>
    public int StartOf(int element, int component, int repeat = 1)
    {
        var at = StartOf(element);
        var repeats = Element(element).Split('^');
        for (var i = 1; i < repeat; i++) at += repeats[i - 1].Length + 1;
        var parts = repeats[repeat - 1].Split(':');
        for (var i = 1; i < component && i <= parts.Length; i++) at += parts[i - 1].Length + 1;
        return at;
    }
}

/// <summary>A whole interchange with one set: what is sent to the reader, segment by segment.</summary>
internal sealed class SpecimenText
{
    const string Isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER   "
        + "    *250401*1200*^*00501*000000001*0*T*:";

    public List<WrittenSegment> Segments { get; } = [];

    /// <summary>How many segments stand before ST.</summary>
    public const int Before = 2;

    public SpecimenText(Guide guide, SpecimenLoop root)
    {
        Add(Isa);
        Add($"GS*{guide.Set.Functional}*SENDER*RECEIVER*20250401*1200*1*X*{guide.Set.Versions[0]}");
        foreach (var segment in root.Flat()) Segments.Add(new(segment.Row.Name, segment.Written, segment));
        Add("GE*1*1");
        Add("IEA*1*000000001");
        Recount();
    }

    void Add(string segment)
    {
        var parts = segment.Split('*');
        Segments.Add(new(parts[0], parts[1..], null));
    }

    /// <summary>The segments of the set.</summary>
    public IEnumerable<WrittenSegment> OfSet => Segments.Skip(Before).Take(Segments.Count - Before - 2);

    /// <summary>Numbers the segments of the set, and writes their count in SE.</summary>
    public void Recount()
    {
        var ordinal = 0;
        foreach (var segment in OfSet) segment.Ordinal = ++ordinal;
        if (Segments[^3] is { Name: "SE" } end) end.Set(1, ordinal.ToString(CultureInfo.InvariantCulture));
    }

    public WrittenSegment Of(int node) =>
        Segments.Find(s => s.Node?.Id == node) ?? throw new InvalidOperationException("the segment is not there");

    public byte[] Bytes() => Bytes(Delimiters.Usual, "");

    /// <summary>The interchange in bytes; each segment's place is noted.</summary>
    public byte[] Bytes(in Delimiters delimiters, string lineEnd)
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            segment.Start = text.Length;
            text.Append(segment.Name);
            foreach (var element in segment.Elements) text.Append('*').Append(element);
            segment.End = text.Length;
            text.Append('~').Append(lineEnd);
        }
        var bytes = Encoding.Latin1.GetBytes(text.ToString());
        foreach (ref var b in bytes.AsSpan())
            b = b switch
            {
                (byte)'*' => delimiters.Element, (byte)':' => delimiters.Component, (byte)'^' => delimiters.Repetition,
                (byte)'~' => delimiters.Segment, _ => b
            };
        return bytes;
    }
}
