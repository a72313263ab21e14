using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Facet joints and nerve roots: counted by level and side, under fluoroscopy or CT (<c>levels.tsv</c>).</summary>
internal static class Spine
{
    const string Facet = "facet";

    /// <summary>A level of one side or both, and the drugs that went there. Vertebrae are numbered down from C1 = 1.</summary>
    sealed class Level(int number)
    {
        public int Number { get; } = number;

        public Side Side { get; set; }

        public List<Given> Givens { get; } = [];
    }

    public static void Bill(Case visit)
    {
        var levels = new Dictionary<LevelRow, List<Level>>();
        foreach (var given in visit.Givens)
        {
            if (given.Service is not (Service.Joint or Service.Nerve or Service.Epidural)) continue;
            var kind = BodySite.Term(visit.Book, "spine", given.Words);
            if (kind.Length == 0 || !visit.Book.Levels.Any(row => row.Kind == kind)) continue;
            given.Service = Service.SpinalLevels;
            if (Charted(visit, kind) is { } procedure) procedure.Givens.Add(given);
            else Add(visit, given, kind, levels);
        }
        foreach (var (row, all) in levels) Bill(visit, row, all);
    }

    static Draft? Charted(Case visit, string kind) =>
        visit.Drafts.Find(d => d.Part == Part.Procedure && visit.Book.Levels.Any(row => row.Kind == kind && (row.First == d.Code || row.Second == d.Code || row.Third == d.Code)));

    static void Add(Case visit, Given given, string kind, Dictionary<LevelRow, List<Level>> levels)
    {
        var found = Levels(given.Charted.Target + " " + given.Charted.Site, kind == Facet);
        if (found.Count == 0)
        {
            visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
            visit.Say(CodingFindings.LevelsNotCharted, given.At(Field.Target));
            return;
        }
        var region = found[0] < FirstLumbar ? "cervical" : "lumbar";
        var row = visit.Book.Levels.First(each => each.Kind == kind && each.Region == region);
        if (Guidance.Of(visit.Book, given).By is not ("fluoroscopy" or "ct"))
        {
            visit.Ask(given, Questions.Guided, Answer.Unknown, given.At(Field.Guidance));
            visit.Say(CodingFindings.GuidanceNotCharted, given.At(Field.Guidance), Arg.Of(row.First));
            return;
        }
        if (!levels.TryGetValue(row, out var all)) levels[row] = all = [];
        foreach (var number in found) Add(all, number, given);
    }

    static void Add(List<Level> all, int number, Given given)
    {
        var level = all.Find(l => l.Number == number);
        if (level is null) all.Add(level = new(number));
        level.Givens.Add(given);
        level.Side = level.Side == Side.None || level.Side == given.Where.Side ? given.Where.Side : given.Where.Side == Side.None ? level.Side : Side.Both;
    }

    static void Bill(Case visit, LevelRow row, List<Level> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            var (level, code) = (all[i], i switch { 0 => row.First, 1 => row.Second, _ => row.Third });
            var given = level.Givens[0];
            var line = i == 0 ? null : visit.Drafts.Find(d => d.Code == code && d.Where.Side == level.Side);
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Site), Arg.Of(code), value: Arg.Of(code));
            if (line is null)
            {
                line = visit.Bill(given, code);
                line.Where = line.Where with { Side = level.Side };
                line.Givens.AddRange(level.Givens.Skip(1));
                SiteProcedures.MarkSide(visit, line, given, level.Side);
                continue;
            }
            foreach (var other in level.Givens) if (!line.Givens.Contains(other)) line.Givens.Add(other);
            if (row.Kind != Facet) line.Units += Quantity.One; // the third facet code stands for all further levels
        }
    }

    const int FirstThoracic = 8, FirstLumbar = 20, FirstSacral = 25, Last = 29;

    /// <summary>The levels that a text names: <c>L4-L5, L5-S1</c> are two, <c>L3, L4</c> two roots; a facet range <c>L3-L5</c> is its joints.</summary>
    static List<int> Levels(ReadOnlySpan<char> text, bool isFacet)
    {
        var found = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || !TakeVertebra(text, ref at, '\0', out var first)) { at++; continue; }
            var next = at;
            while (next < text.Length && text[next] == ' ') next++;
            var joined = next < text.Length && text[next] is '-' or '/' or '\u2013';
            next++;
            if (!joined || !TakeVertebra(text, ref next, RegionOf(first), out var last)) { AddOnce(found, first); continue; }
            at = next;
            if (last <= first || (last > first + 1 && !isFacet)) return [];
            for (var number = first; number < last; number++) AddOnce(found, number);
        }
        return found;
    }

    static void AddOnce(List<int> found, int number)
    {
        if (!found.Contains(number)) found.Add(number);
    }

    static char RegionOf(int number) => number < FirstThoracic ? 'c' : number < FirstLumbar ? 't' : number < FirstSacral ? 'l' : 's';

    /// <summary>Reads <c>L4</c>, or <c>5</c> where the letter was said before.</summary>
    static bool TakeVertebra(ReadOnlySpan<char> text, ref int at, char region, out int number)
    {
        var next = at;
        number = 0;
        while (next < text.Length && text[next] == ' ') next++;
        if (next < text.Length && char.ToLowerInvariant(text[next]) is 'c' or 't' or 'l' or 's') region = char.ToLowerInvariant(text[next++]);
        var digits = 0;
        for (; next < text.Length && char.IsAsciiDigit(text[next]) && digits < 2; digits++) number = (number * 10) + (text[next++] - '0');
        if (region == '\0' || digits == 0 || (next < text.Length && char.IsLetterOrDigit(text[next]))) return false;
        var (before, most) = region switch { 'c' => (0, 7), 't' => (FirstThoracic - 1, 12), 'l' => (FirstLumbar - 1, 5), _ => (FirstSacral - 1, 5) };
        if (number < 1 || number > most) return false;
        number += before;
        at = next;
        return number <= Last;
    }

    /// <summary>The region that a text's first vertebra lies in, as rows name it; empty when none is named.</summary>
    public static string RegionIn(string text) =>
        Levels(text, isFacet: true) is { Count: > 0 } found ? found[0] < FirstThoracic ? "cervical" : found[0] < FirstLumbar ? "thoracic" : "lumbar" : "";
}
