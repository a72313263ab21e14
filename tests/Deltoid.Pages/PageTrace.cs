using System.Text;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Traces;

namespace Deltoid.Pages;

/// <summary>
/// The fence <c>trace</c>: steps that must occur. <c>INJ-050</c> asks for a step that stands for the rule, <c>initial
/// one → infliximab</c> for a step whose question and answer hold the words; <c>not</c> before either asks that none
/// does.
/// </summary>
internal static class PageTrace
{
    public static string Print(Trace trace, Func<Arg, string> names)
    {
        var text = new StringBuilder();
        foreach (ref readonly var step in trace.Steps)
            text.Append($"{step.Question.Asked} → {Sentence.Answer(step, names)} "
                + $"({Sentence.Fact(step, names)}) [{step.Question.Rules}]\n");
        return text.ToString().TrimEnd();
    }

    public static string Compare(Trace trace, string text, Func<Arg, string> names)
    {
        foreach (var stated in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var negated = stated.StartsWith("not ", StringComparison.Ordinal);
            var words = negated ? stated[4..] : stated;
            if (Occurs(trace, words, names) == negated)
                return $"'{words}' {(negated ? "came out" : "did not come out")}";
        }
        return "";
    }

    static bool Occurs(Trace trace, string words, Func<Arg, string> names)
    {
        var parts = words.Split('→', StringSplitOptions.TrimEntries);
        foreach (ref readonly var step in trace.Steps)
        {
            if (parts.Length == 1)
            {
                if (step.Question.Rules.Split(' ').Contains(parts[0])) return true;
            }
            else if (step.Question.Asked.Contains(parts[0], StringComparison.OrdinalIgnoreCase)
                && Tells(step, parts[1], names))
                return true;
        }
        return false;
    }

    static bool Tells(in Step step, string words, Func<Arg, string> names) =>
        Sentence.Answer(step, names).Contains(words, StringComparison.OrdinalIgnoreCase)
            || Sentence.Fact(step, names).Contains(words, StringComparison.OrdinalIgnoreCase);
}
