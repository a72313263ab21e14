using System.Globalization;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// What the standard (ASC X12 005010) says of its segments and data elements, whatever guide uses them.
/// </summary>
sealed class Standard
{
    readonly Dictionary<string, (int Count, SyntaxNote[] Notes)> segments = [];
    readonly Dictionary<string, (ElementType Type, int Least, int Greatest)> elements = [];

    /// <exception cref="RowException">A row does not read.</exception>
    public Standard(string segmentRows, string elementRows)
    {
        for (var rows = new Rows("segments.tsv", segmentRows); rows.Next();)
            segments[rows[0].ToString()] = (rows.Int(1), NotesOf(rows[2].ToString()));
        for (var rows = new Rows("elements.tsv", elementRows); rows.Next();)
            elements[rows[0].ToString()] = (TypeOf(rows), rows.Int(2), rows.Int(3));
        names = new([.. segments.Keys.Select(static name => SegmentReader.PackOf(name))], []);
    }

    readonly CodeSet names;

    /// <summary>How many elements a segment (or components a composite) has, and its syntax notes.</summary>
    public (int Count, SyntaxNote[] Notes) Segment(string name) =>
        segments.TryGetValue(name, out var found) ? found : throw new FormatException($"segments.tsv has no {name}");

    public (ElementType Type, int Least, int Greatest) Element(string number) =>
        elements.TryGetValue(number, out var found)
            ? found
            : throw new FormatException($"elements.tsv has no {number}");

    /// <summary>Whether the standard's tables know a segment of that name.</summary>
    public bool Knows(string name) => segments.ContainsKey(name);

    /// <inheritdoc cref="Knows(string)"/>
    /// <param name="packed">The name as <see cref="SegmentReader.PackOf"/> gives it.</param>
    public bool Knows(ulong packed) => names.Contains(packed);

    static ElementType TypeOf(in Rows rows) => rows[1] switch
    {
        "AN" => ElementType.Text,
        "ID" => ElementType.Id,
        "N0" => ElementType.Whole,
        "R" => ElementType.Number,
        "R2" => ElementType.Money,
        "DT" => ElementType.Date,
        "TM" => ElementType.Time,
        ['N', ..] => ElementType.Implied,
        _ => throw rows.Wrong(1, "is not a type of element"),
    };

    static SyntaxNote[] NotesOf(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(NoteOf)];

    /// <summary><c>P0304</c>: the kind and the elements, two digits each.</summary>
    static SyntaxNote NoteOf(string text)
    {
        uint first = 0, all = 0;
        for (var at = 1; at < text.Length; at += 2)
        {
            var bit = 1u << int.Parse(text.AsSpan(at, 2), CultureInfo.InvariantCulture);
            if (first == 0) first = bit;
            all |= bit;
        }
        return new(text[0], first, all);
    }
}
