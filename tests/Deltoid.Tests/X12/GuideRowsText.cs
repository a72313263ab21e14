using System.Globalization;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>A guide's table as its text has it, row by row: read without the code that compiles it.</summary>
internal sealed class GuideRowsText
{
    /// <param name="Number">103 of P0103.</param>
    public sealed record Row(int Number, string Place, string Use, string Max, string Definition, string[] Codes,
        string Label)
    {
        public bool IsLoop => Place.StartsWith("loop ", StringComparison.Ordinal);

        public bool IsElement => char.IsAsciiDigit(Place[0]);

        public bool IsSegment => !IsLoop && !IsElement;
    }

    public sealed record Rule(int Number, string Loop, string When, string Then, string Label);

    static readonly Dictionary<string, GuideRowsText> Known = [];

    public List<Row> Rows { get; } = [];

    public List<Rule> Rules { get; } = [];

    readonly Dictionary<int, Row> byNumber;

    GuideRowsText(string name, char letter)
    {
        foreach (var c in Cells(name))
            Rows.Add(new(Number(c[0]), c[1], c[2], c[3], c[4],
                [.. c[5].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static v => v.Replace('_', ' '))],
                c[6]));
        if (File.Exists(PathOf(name + ".rules")))
            foreach (var c in Cells(name + ".rules")) Rules.Add(new(Number(c[0]), c[1], c[2], c[3], c[4]));
        foreach (var c in Cells("shared.rules"))
            foreach (var place in c[0].Split("; ").Select(static p => p.Split(' ')))
                foreach (var id in place.Skip(1).Where(i => i[0] == letter))
                    Rules.Add(new(Number(id), place[0], c[1], c[2], c[3]));
        Rules.Sort(static (x, y) => x.Number.CompareTo(y.Number));
        byNumber = Rows.ToDictionary(static r => r.Number);
    }

    public static GuideRowsText Of(Guide guide)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(guide.Name, out var found))
                Known.Add(guide.Name, found = new(guide.Name.ToLowerInvariant(), guide.Letter));
            return found;
        }
    }

    public Row this[int number] => byNumber[number];

    public bool Has(int number) => byNumber.ContainsKey(number);

    /// <summary>The values of a closed list; none where a form or a list outside is named.</summary>
    public string[] CodesOf(int number) =>
        byNumber.TryGetValue(number, out var row) && row.Codes.Length > 0 && row.Codes[0][0] != '@' ? row.Codes : [];

    static int Number(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>A table is in the room of its set.</summary>
    public static string PathOf(string file) =>
        Path.Combine(Repository.Root,
            Repository.Files("src/Deltoid/X12", ".tsv").FirstOrDefault(f => Path.GetFileName(f) == file + ".tsv")
                ?? file);

    /// <summary>The rows of a table, its comments and its header left out.</summary>
    public static IEnumerable<string[]> Cells(string file) =>
        File.ReadLines(PathOf(file)).Where(static l => l.Length > 0 && l[0] != '#').Skip(1)
            .Select(static l => l.Split('\t'));
}
