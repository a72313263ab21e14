using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Notes;

namespace Deltoid.Pages;

/// <summary>
/// Learns giving-weights.tsv from the notes of the tests, whose reading is known, and from short notes of which it is
/// known whether the drug was given: every drug that they name is an example.
/// </summary>
internal static partial class GivingLearning
{
    const int Rounds = 40;

    /// <summary>Usual words of an example are counted in the other parts of the notes, so that none vouches for
    /// itself.</summary>
    const int Folds = 6;

    /// <summary>A word is usual that stands beside so many drugs that were given, and beside no more that were
    /// not.</summary>
    const int LeastUsual = 2;

    const string Intro = "said\tpoints\n# How much what stands around a drug speaks for its having been given. "
        + "Learned by ./write (GivingLearning): do not edit.\n";

    sealed record Mention(string Note, GivingTraits Traits, Piece Drug, bool IsGiven);

    public static string Table(string root)
    {
        var mentions = Mentions(root);
        var examples = new List<Example>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var usual = Usual(mentions.Where(m => FoldOf(m) != fold));
            examples.AddRange(mentions.Where(m => FoldOf(m) == fold).Select(m => ExampleOf(m, usual)));
        }
        var learned = Perceptron.Learn(examples, GivingWeights.Always, Rounds);
        foreach (var word in Usual(mentions)) learned[GivingWeights.Usual + word] = 0;
        var text = new StringBuilder(Intro);
        foreach (var (said, points) in learned.OrderBy(static row => row.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{said}\t{points}\n");
        return text.ToString();
    }

    static int FoldOf(Mention mention) => mention.Note.Sum(static c => c) % Folds;

    static Example ExampleOf(Mention mention, HashSet<string> usual)
    {
        var traits = new List<string>();
        mention.Traits.Of(mention.Drug, usual.Contains, t => traits.Add(new(t)));
        return new([.. traits], mention.IsGiven);
    }

    static HashSet<string> Usual(IEnumerable<Mention> mentions)
    {
        var counts = new Dictionary<string, (int Given, int Not)>(StringComparer.Ordinal);
        foreach (var mention in mentions)
        {
            var words = new HashSet<string>(StringComparer.Ordinal);
            mention.Traits.Words(mention.Drug, w => words.Add(new(w)));
            foreach (var word in words)
            {
                var (given, not) = counts.GetValueOrDefault(word);
                counts[word] = mention.IsGiven ? (given + 1, not) : (given, not + 1);
            }
        }
        return [.. counts.Where(static c => c.Value.Given >= LeastUsual && c.Value.Given >= c.Value.Not)
            .Select(static c => c.Key)];
    }

    static List<Mention> Mentions(string root)
    {
        var reader = new NoteReader(StarterBook.Open(), weights: null);
        var folder = Path.Combine(root, "tests", "Deltoid.Tests");
        var all = new List<Mention>();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "NoteCases"), "*.txt").Order(StringComparer.Ordinal))
            foreach (var block in Heads().Split(File.ReadAllText(file)).Skip(1)) AddCase(block, reader, all);
        foreach (var line in File.ReadLines(Path.Combine(folder, "giving-examples.tsv")).Skip(1))
            if (line.Length > 0 && line[0] != '#') AddLine(line.Split('\t'), reader, all);
        return all;
    }

    [GeneratedRegex("^== ", RegexOptions.Multiline)]
    private static partial Regex Heads();

    /// <summary>A drug that the rules read, and the case has, was given; one that the case has nowhere was not. Another
    /// mention of a drug that was given says nothing.</summary>
    static void AddCase(string block, NoteReader reader, List<Mention> all)
    {
        var parts = block.Split("\n--\n", 2);
        var head = parts[0].IndexOf('\n', StringComparison.Ordinal);
        var (name, note) = (parts[0][..head].Trim(), parts[0][(head + 1)..].TrimEnd('\n'));
        var quotes = parts[1].Split('\n').Where(static l => DrugLine().IsMatch(l))
            .Select(static l => l.Split(" < ", 2)[1].Trim()).ToList();
        var story = reader.StoryOf(note);
        var (traits, verdicts, given) = (new GivingTraits(story), new Verdicts(story), Given(reader.Read(note)));
        foreach (var drug in story.Drugs)
        {
            if (verdicts.Of(drug) == "not-injected") continue;
            var facts = given.FindAll(f => f.Fact.Start < drug.End && drug.Start < f.Fact.End);
            var isNamed = quotes.Exists(q => Overlaps(note, q, drug));
            if (isNamed && facts.Count > 0) all.Add(new(name, traits, drug, facts.Exists(static f => f.IsGiven)));
            else if (!isNamed && !quotes.Exists(q => given.Exists(f => f.IsGiven && f.Fact.Written == drug.Value
                && IsIn(note, q, f.Fact)))) all.Add(new(name, traits, drug, false));
        }
    }

    [GeneratedRegex(@"^\??(/administrations/)?\d+/drug ")]
    private static partial Regex DrugLine();

    static bool Overlaps(string note, string quote, Piece drug) => IsAt(note, quote, drug.Start, drug.End);

    static bool IsIn(string note, string quote, NotedFact fact) => IsAt(note, quote, fact.Start, fact.End);

    /// <summary>Whether words of a case stand at a place, wherever else they stand.</summary>
    static bool IsAt(string note, string quote, int start, int end)
    {
        for (var at = note.IndexOf(quote, StringComparison.Ordinal); at >= 0 && at < end;
            at = note.IndexOf(quote, at + 1, StringComparison.Ordinal))
            if (start < at + quote.Length) return true;
        return false;
    }

    /// <summary>The drugs of a reading, and whether each was given or only drawn up.</summary>
    static List<(NotedFact Fact, bool IsGiven)> Given(NoteReading reading) =>
        [.. reading.Facts.Where(static f => f.Path.EndsWith("/drug", StringComparison.Ordinal))
            .Select(f => (f, !reading.Facts.Exists(g => g.Path == f.Path[..^"drug".Length] + "given")))];

    /// <summary>"given" or "not", and the note on one line, <c>\n</c> for its breaks.</summary>
    static void AddLine(string[] line, NoteReader reader, List<Mention> all)
    {
        var note = line[1].Replace("\\n", "\n", StringComparison.Ordinal);
        var story = reader.StoryOf(note);
        var (traits, verdicts, given) = (new GivingTraits(story), new Verdicts(story), Given(reader.Read(note)));
        foreach (var drug in story.Drugs)
        {
            var isRead = given.Exists(f => f.Fact.Start < drug.End && drug.Start < f.Fact.End && f.IsGiven);
            if (verdicts.Of(drug) == "not-injected" || line[0] == "given" && given.Count > 0 && !isRead) continue;
            all.Add(new(note, traits, drug, line[0] == "given"));
        }
    }
}
