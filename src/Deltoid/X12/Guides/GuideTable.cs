using System.Globalization;
using Deltoid.Values;

namespace Deltoid.X12.Guides;

/// <summary>
/// A guide as its table states it, row by row, before it is compiled: loops, their segments, and the elements of those.
/// The form of the table: <c>docs/x12-guides.md</c>.
/// </summary>
sealed class GuideTable
{
    public sealed record Loop(ushort Row, string Name, string[] Parents, int Position, bool Required, int Max,
        bool OnceEach, string Label, List<Segment> Segments);

    public sealed record Segment(ushort Row, string Name, int Position, bool Required, int Max, bool OnceEach,
        string Label, List<Element> Elements);

    /// <summary>Elements <paramref name="From"/> to <paramref name="Thru"/> (alike), or a component of them.</summary>
    public sealed record Element(ushort Row, int From, int Thru, int Component, bool Required, int Repeats,
        string Reference, int Least, int Greatest, int Decimals, NumberRange Range, string[] Codes, string Label);

    /// <summary>A situational rule, in words of the table.</summary>
    public sealed record Rule(ushort Row, string Loop, string When, string Then, string Label);

    public const int Endless = int.MaxValue;

    public List<Loop> Loops { get; } = [];

    public List<Rule> Rules { get; } = [];

    /// <summary>
    /// Reads a guide's table, its own rules, and those of the shared rules that have an id of the guide's letter.
    /// </summary>
    /// <exception cref="RowException">A row does not read: file, row, what is wrong.</exception>
    public static GuideTable Read(string file, char letter, string text, string rules, string shared)
    {
        var table = new GuideTable();
        for (var rows = new Rows(file, text); rows.Next();) table.Add(rows);
        for (var rows = new Rows(file + " (rules)", rules); rows.Next();)
            table.Rules.Add(new(Number(rows[0], rows), rows[1].ToString(), rows[2].ToString(), rows[3].ToString(),
                rows[4].ToString()));
        for (var rows = new Rows("shared.rules.tsv", shared); rows.Next();) table.AddShared(rows, letter);
        table.Rules.Sort(static (x, y) => x.Row.CompareTo(y.Row));
        return table;
    }

    /// <summary>A rule in each loop in which the guide has it: <c>2010AA P8240 I8040; 2010AB P8260</c>.</summary>
    void AddShared(in Rows rows, char letter)
    {
        foreach (var place in rows[0].ToString().Split("; "))
        {
            var words = place.Split(' ');
            foreach (var id in words.AsSpan(1))
                if (id[0] == letter)
                    Rules.Add(new(Number(id, rows), words[0], rows[1].ToString(), rows[2].ToString(),
                        rows[3].ToString()));
        }
    }

    void Add(in Rows rows)
    {
        var row = rows[1].ToString();
        if (row.StartsWith("loop ", StringComparison.Ordinal)) Loops.Add(LoopOf(rows, row));
        else if (char.IsAsciiLetter(row[0]))
        {
            var (name, position) = Place(rows, row);
            Loops[^1].Segments.Add(new(Number(rows), name, position, Required(rows), Max(rows), OnceEach(rows),
                rows[6].ToString(), []));
        }
        else Loops[^1].Segments[^1].Elements.Add(ElementOf(rows, row));
    }

    static Loop LoopOf(in Rows rows, string row)
    {
        var words = row[5..].Split(' ');
        var at = Array.IndexOf(words, "at");
        var parents = words.Length > 1 && words[1] == "in" ? words[2..at] : [];
        return new(Number(rows), words[0], parents, Whole(rows, words[at + 1]), Required(rows), Max(rows),
            OnceEach(rows), rows[6].ToString(), []);
    }

    static (string Name, int Position) Place(in Rows rows, string row)
    {
        var words = row.Split(' ');
        return words is [var name, "at", var position]
            ? (name, Whole(rows, position))
            : throw Wrong(rows, "is not a segment at a position");
    }

    static Element ElementOf(in Rows rows, string row)
    {
        var (span, component) = row.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            ? (row[..dash], Whole(rows, row.AsSpan(dash + 1)))
            : (row, 0);
        var dots = span.IndexOf("..", StringComparison.Ordinal);
        var from = Whole(rows, dots < 0 ? span : span.AsSpan(0, dots));
        var thru = dots < 0 ? from : Whole(rows, span.AsSpan(dots + 2));
        var (reference, range) = RangeOf(rows[4].ToString());
        var (least, greatest, decimals) = (-1, -1, -1);
        if (reference.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
        {
            var lengths = reference[(slash + 1)..].Split('-', '.');
            (least, greatest, reference) = (Whole(rows, lengths[0]), Whole(rows, lengths[1]), reference[..slash]);
            if (lengths.Length > 2) decimals = Whole(rows, lengths[2]);
        }
        return new(Number(rows), from, thru, component, Required(rows), rows[3].IsEmpty ? 1 : Max(rows), reference,
            least, greatest, decimals, range, rows[5].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries),
            rows[6].ToString());
    }

    static readonly (string Ends, NumberRange Range)[] Ranges =
        [(">=0", NumberRange.NotNegative), ("!=0", NumberRange.NotZero), (">0", NumberRange.Positive)];

    /// <summary>A definition without what it asks of the number's sign.</summary>
    static (string Reference, NumberRange Range) RangeOf(string definition)
    {
        foreach (var (ends, range) in Ranges)
            if (definition.EndsWith(ends, StringComparison.Ordinal)) return (definition[..^ends.Length], range);
        return (definition, NumberRange.Any);
    }

    static bool Required(in Rows rows) =>
        rows[2] switch { "R" => true, "S" => false, _ => throw Wrong(rows, "has a use that is neither R nor S") };

    static int Max(in Rows rows) => rows[3] is ">" ? Endless : Whole(rows, rows[3].TrimEnd('!'));

    static bool OnceEach(in Rows rows) => rows[3].EndsWith("!");

    static ushort Number(in Rows rows) => Number(rows[0], rows);

    static ushort Number(ReadOnlySpan<char> id, in Rows rows) =>
        id.Length == 5
            ? (ushort)Whole(rows, id[1..])
            : throw Wrong(rows, "has an id that is not a letter and four digits");

    static int Whole(in Rows rows, ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(rows, $"has '{text}' where a number stands");

    static RowException Wrong(in Rows rows, string problem) => new(rows.File, rows.Number, problem);
}
