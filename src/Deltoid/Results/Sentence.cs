using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Traces;

namespace Deltoid.Results;

/// <summary>Findings and trace steps in whole sentences, as every face shows them.</summary>
internal static class Sentence
{
    /// <summary><c>Line 2, J3420: no container is charted.</c></summary>
    public static string Of(in Finding finding, Claim claim, Func<Arg, string> names)
    {
        var message = FindingText.Message(finding, names);
        var subject = Subject(finding.Place, claim, message);
        var end = message.Length > 0 && message[^1] is '.' or '?' or '!' ? "" : ".";
        return subject.Length > 0 ? $"{subject}: {message}{end}" : $"{Capital(message)}{end}";
    }

    /// <summary>
    /// What a finding is about: a line, with its code unless the message names it; or a part of the chart counted from
    /// 1; empty for the whole.
    /// </summary>
    static string Subject(Place place, Claim claim, string message)
    {
        if (claim.IndexOf(place.Line) is >= 0 and var index)
        {
            var code = claim.Lines[index].Code is { IsNone: false } given ? given.ToString() : "";
            return code.Length == 0 || message.Contains(code, StringComparison.Ordinal)
                ? $"Line {Number(place.Line)}"
                : $"Line {Number(place.Line)}, {code}";
        }
        if (place.Line > 0 && place.Part == Part.None) return $"Line {Number(place.Line)}";
        return place.Part switch
        {
            Part.Administration => $"Administration {Number(place.Ordinal + 1)}",
            Part.Visit => $"Visit {Number(place.Ordinal + 1)}",
            Part.Procedure => $"Procedure {Number(place.Ordinal + 1)}",
            Part.Diagnosis => $"Diagnosis {Number(place.Ordinal + 1)}",
            _ => "",
        };
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Capital(string text) =>
        text.Length == 0 || char.IsUpper(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>What is wrong with an input. A field that it begins with keeps its letters: <c>serviceDate at 1:17</c>.
    /// </summary>
    public static string OfFault(string message) =>
        (message.Split(' ', 4) is [_, "at", [>= '0' and <= '9', ..], ..] ? message : Capital(message)) + ".";

    /// <summary>yes, no, unknown, or the value that was found.</summary>
    public static string Answer(in Step step, Func<Arg, string> names) => step.Answer switch
    {
        Traces.Answer.Yes => "yes",
        Traces.Answer.No => "no",
        Traces.Answer.Unknown => "unknown",
        _ => FindingText.Of(step.Value, names),
    };

    /// <summary>The fact a step rests on; empty when it has none to state.</summary>
    public static string Fact(in Step step, Func<Arg, string> names)
    {
        var template = step.Question.Fact;
        if (template.Length == 0 || !template.Contains('{', StringComparison.Ordinal)) return template;
        if (step.A.Kind == ArgKind.None && template.Contains("{0}", StringComparison.Ordinal)) return "";
        return template.Replace("{0}", FindingText.Of(step.A, names), StringComparison.Ordinal)
            .Replace("{1}", FindingText.Of(step.B, names), StringComparison.Ordinal);
    }
}
