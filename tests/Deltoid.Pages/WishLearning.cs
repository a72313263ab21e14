using System.Globalization;
using System.Text;
using Deltoid.Asking;
using Deltoid.Books;

namespace Deltoid.Pages;

/// <summary>
/// Learns wish-weights.tsv from labelled questions: wishes that must be refused, and honest questions in the same
/// words. Only plain arithmetic in a fixed order, so that every machine learns the same.
/// </summary>
internal static class WishLearning
{
    const int Rounds = 16, Scale = 100;

    /// <summary>Words of fewer points are left out: they decide nothing.</summary>
    const int Least = 12;

    const double Step = 0.3, Margin = 1;

    const string Intro = "said\tpoints\n# How much a word, two words or a name of wish-words.tsv (:name) speaks for a wish. "
        + "Learned by ./write from the examples beside the tests (WishLearning): do not edit.\n";

    sealed record Example(string[] Traits, bool IsWish);

    public static string Table(string root)
    {
        var learned = Learn(Read(Path.Combine(root, "tests", "Deltoid.Tests", "Asking")));
        var text = new StringBuilder(Intro);
        foreach (var (said, points) in learned.OrderBy(static row => row.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{said}\t{points}\n");
        return text.ToString();
    }

    /// <summary>The examples, and the questions that the tests ask; what may be refused or answered is left out.</summary>
    static List<Example> Read(string folder)
    {
        var book = StarterBook.Open();
        var all = new List<Example>();
        foreach (var file in (ReadOnlySpan<string>)["wish-examples.tsv", "questions.tsv"])
            foreach (var line in File.ReadAllLines(Path.Combine(folder, file)).Skip(1))
            {
                if (line.Length == 0 || line[0] == '#') continue;
                var (question, kinds) = (line.Split('\t')[0], line.Split('\t')[1]);
                if (kinds != "refuse" && kinds.Contains("refuse", StringComparison.Ordinal)) continue;
                var traits = WishWeights.TraitsOf(QuestionReader.WordsIn(question, book), book);
                all.Add(new([.. traits.Order(StringComparer.Ordinal)], kinds == "refuse"));
            }
        return all;
    }

    /// <summary>A perceptron with a margin; its weights are the mean of all that it had on the way.</summary>
    static Dictionary<string, int> Learn(List<Example> examples)
    {
        var weights = new Dictionary<string, (double Now, double Past)>(StringComparer.Ordinal);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var (count, seed) = (1, 12345u);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                // wraps round: that is what mixes
                seed = unchecked((seed * 1103515245) + 12345);
                var other = (int)((seed >> 8) % (uint)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
            foreach (var each in order) Correct(examples[each], count++, weights);
        }
        var learned = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (said, (now, past)) in weights)
        {
            var points = (int)Math.Round(Scale * (now - (past / count)));
            if (Math.Abs(points) >= Least) learned[said] = points;
        }
        return learned;
    }

    static void Correct(Example example, int at, Dictionary<string, (double Now, double Past)> weights)
    {
        var size = Math.Sqrt(example.Traits.Length);
        var sum = weights.GetValueOrDefault(WishWeights.Always).Now;
        foreach (var trait in example.Traits) sum += weights.GetValueOrDefault(trait).Now / size;
        if ((example.IsWish ? sum : -sum) >= Margin) return;
        var step = example.IsWish ? Step : -Step;
        Add(WishWeights.Always, step);
        foreach (var trait in example.Traits) Add(trait, step / size);
        void Add(string trait, double by)
        {
            var (now, past) = weights.GetValueOrDefault(trait);
            weights[trait] = (now + by, past + (at * by));
        }
    }
}
