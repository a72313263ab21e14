using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Facet joints, nerve roots and nerves of the trunk: counted by level and side (<c>levels.tsv</c>).</summary>
internal static class Spine
{
    const string Facet = "facet";

    /// <summary>A level of one side or both, and the drugs that went there.</summary>
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
            var rows = visit.Book.Levels.Where(row => kind.Length > 0 && row.Kind == kind).ToList();
            if (rows.Count == 0) continue;
            var found = SpinalLevels.In(given.Charted.Target + " " + given.Charted.Site, kind == Facet);
            if (found.Count == 0 && rows[0].By.Length == 0) continue; // one level, by the nerve's own row
            given.Service = Service.SpinalLevels;
            if (Charted(visit, rows) is { } procedure) procedure.Givens.Add(given);
            else Add(visit, given, rows, found, levels);
        }
        foreach (var (row, all) in levels) Bill(visit, row, all);
    }

    static Draft? Charted(Case visit, List<LevelRow> rows) =>
        visit.Drafts.Find(d => d.Part == Part.Procedure && rows.Exists(row => row.Has(d.Code)));

    static void Add(
        Case visit, Given given, List<LevelRow> rows, List<int> found, Dictionary<LevelRow, List<Level>> levels)
    {
        if (found.Count == 0)
        {
            visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
            visit.Say(CodingFindings.LevelsNotCharted, given.At(Field.Target));
            return;
        }
        var region = found[0] < SpinalLevels.FirstLumbar ? "cervical" : "lumbar";
        var row = rows.Find(each => each.Region == region) ?? rows[0];
        if (row.By.Length > 0 && !Phrase.Lists(row.By, Guidance.Of(visit.Book, given).By))
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
        if (level is null) all.Add(level = new(number) { Side = given.Where.Side });
        level.Givens.Add(given);
        if (level.Side == Side.None) level.Side = given.Where.Side;
        else if (given.Where.Side != Side.None && given.Where.Side != level.Side) level.Side = Side.Both;
    }

    static void Bill(Case visit, LevelRow row, List<Level> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            var (level, code) = (all[i], i switch { 0 => row.First, 1 => row.Second, _ => row.Third });
            var given = level.Givens[0];
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Site), Arg.Of(code), value: Arg.Of(code));
            var line = i == 0 ? null : visit.Drafts.Find(d => d.Code == code && d.Where.Side == level.Side);
            if (line is null)
            {
                line = visit.Bill(given, code);
                line.Where = line.Where with { Side = level.Side };
                SiteProcedures.MarkSide(visit, line, given, level.Side);
            }
            // the third facet code covers all further levels
            else if (row.Kind != Facet) line.Units += Quantity.One;
            foreach (var other in level.Givens)
                if (!line.Givens.Contains(other)) line.Givens.Add(other);
        }
    }
}
