using System.Globalization;
using System.Text;
using Deltoid.Asking;
using Deltoid.Books;

namespace Deltoid.Pages;

/// <summary>
/// Learns wish-weights.tsv from labelled questions: wishes that must be refused, and honest questions in the same
/// words.
/// </summary>
internal static class WishLearning
{
    const int Rounds = 16;

    const string Intro = "said\tpoints\n# How much a word, two words or a name of wish-words.tsv (:name) speaks for a wish. "
        + "Learned by ./write from the examples beside the tests (WishLearning): do not edit.\n";

    public static string Table(string root)
    {
        var learned = Perceptron.Learn(Read(Path.Combine(root, "tests", "Deltoid.Tests", "Asking")), WishWeights.Always,
            Rounds);
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
                var text = QuestionReader.WordsIn(question, book);
                if (Stances.Of(text) is { Length: > 0 } and not "code") continue; // known by what is asked, not by weight
                var traits = WishWeights.TraitsOf(text, book);
                all.Add(new([.. traits.Order(StringComparer.Ordinal)], kinds == "refuse"));
            }
        return all;
    }
}
