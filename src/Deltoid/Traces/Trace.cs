using Deltoid.Findings;

namespace Deltoid.Traces;

/// <summary>
/// A question the coding asks: its text, the rules it applies, the authority. Rows are in
/// <c>Coding/Questions.cs</c>.
/// </summary>
/// <param name="Fact">A template over the step's arguments that states the fact found: <c>{0}: {1}</c>.</param>
public sealed record Question(string Asked, string Rules, string Citation, string Fact = "");

#pragma warning disable CS1591 // the names say it
/// <summary>How a question was answered.</summary>
public enum Answer : byte { No, Yes, Unknown, Value }
#pragma warning restore CS1591

/// <summary>One step: what was asked, the answer, the facts it rests on, and where in the chart they stand.</summary>
public readonly record struct Step(Question Question, Answer Answer, Arg Value, Arg A, Arg B, Place At);

/// <summary>
/// The way a decision was reached, in numbers only; text is made at the edge. Null when nobody asked:
/// <c>trace?.Add(…)</c> costs nothing then.
/// </summary>
public sealed class Trace
{
    Step[] steps = new Step[32];

    /// <summary>How many steps there are.</summary>
    public int Count { get; private set; }

    /// <summary>The steps in their order. The span holds until one is added.</summary>
    public ReadOnlySpan<Step> Steps => steps.AsSpan(0, Count);

    /// <summary>Which steps decided which line: (line number, step ordinal), both from 1.</summary>
    public List<(int Line, int Step)> Links { get; } = [];

    /// <summary>Removes all steps; the memory is kept.</summary>
    public void Clear()
    {
        Count = 0;
        Links.Clear();
    }

    /// <summary>Adds a step and gives its ordinal, from 1 (t1, t2 …).</summary>
    public int Add(Question question, Answer answer, Place at, Arg a = default, Arg b = default, Arg value = default)
    {
        if (Count == steps.Length) Array.Resize(ref steps, Count * 2);
        steps[Count++] = new Step(question, answer, value, a, b, at);
        return Count;
    }
}
