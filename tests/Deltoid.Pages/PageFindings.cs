using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Findings;

namespace Deltoid.Pages;

/// <summary>
/// The fence <c>findings</c>: all findings of the case, in any order. <c>line 2 DRG0004 error (denial) message</c>: the
/// line, the outcome and the message are compared where they stand. Under a finding, indented, <c>fix (needs-chart):
/// text</c> and <c>also NCC0001</c>; a finding that stands under another need not be listed.
/// </summary>
internal static partial class PageFindings
{
    [GeneratedRegex(
        @"^(?:(?:line (?<line>\d+)|claim)\s+)?(?<id>[A-Z]{3}[0-9]{4})\s+(?<severity>error|warning|info)(?:\s+\((?<outcome>[a-z]+)\))?(?:\s+(?<message>\S.*))?$")]
    private static partial Regex Stated();

    /// <summary>One finding that a page states, and what it says under it.</summary>
    sealed record Statement(string Id, string Severity, string Line, string Outcome, string Message)
    {
        public List<string> Under { get; } = [];
    }

    public static string Print(FindingList findings, Func<Arg, string> names)
    {
        var text = new StringBuilder();
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != 0) continue;
            text.Append(Words(findings[i], names)).Append('\n');
            for (var j = 0; j < findings.Count; j++)
                if (findings[j].Under == i + 1) text.Append("        also ").Append(findings[j].Info.Id).Append('\n');
        }
        return text.ToString().TrimEnd();
    }

    static string Words(in Finding finding,
        Func<Arg, string> names) =>
        $"{(finding.Place.Line > 0 ? $"line {finding.Place.Line}  " : "")}{finding.Info.Id} "
            + $"{FindingText.Of(finding.Severity)} ({FindingText.Of(finding.Info.Outcome)})  "
            + $"{FindingText.Message(finding, names)}";

    public static string Compare(FindingList findings, string text, Func<Arg, string> names)
    {
        if (Read(text, out var expected) is { } wrong) return $"'{wrong}' is not a finding";
        var taken = new bool[findings.Count];
        foreach (var one in expected)
        {
            var index = Find(findings, taken, one, names);
            if (index < 0) return $"{one.Id} {one.Severity} did not come out as stated";
            taken[index] = true;
            foreach (var under in one.Under)
                if (!Stands(findings, index, under, names)) return $"under {one.Id}: '{under}' did not come out";
        }
        for (var i = 0; i < findings.Count; i++)
            if (!taken[i] && findings[i].Under == 0 && !IsOfThePage(findings[i].Info))
                return $"{findings[i].Info.Id} is not stated";
        return "";
    }

    /// <summary>
    /// Findings that are compared only where they are stated: those of the documentation checklist (DOC), for the fence
    /// <c>documentation</c> tells what a chart lacks; and what the book could not check, which changes with the book
    /// and not with the case.
    /// </summary>
    static bool IsOfThePage(FindingInfo info) =>
        info.Maker == Maker.Checklist || Edits.CodeSets.NotChecked.Every.Contains(info);

    /// <summary>The statements of a fence; the first line that is none, or null.</summary>
    static string? Read(string text, out List<Statement> statements)
    {
        statements = [];
        foreach (var raw in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (raw.StartsWith("fix ", StringComparison.Ordinal) || raw.StartsWith("also ", StringComparison.Ordinal))
            {
                if (statements.Count == 0) return raw;
                statements[^1].Under.Add(raw);
                continue;
            }
            if (Stated().Match(raw) is not { Success: true } match) return raw;
            statements.Add(new(match.Groups["id"].Value, match.Groups["severity"].Value, match.Groups["line"].Value,
                match.Groups["outcome"].Value, match.Groups["message"].Value));
        }
        return null;
    }

    static int Find(FindingList findings, bool[] taken, Statement one, Func<Arg, string> names)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            if (taken[i] || findings[i].Under != 0 || findings[i].Info.Id != one.Id
                || FindingText.Of(findings[i].Severity) != one.Severity)
                continue;
            if (one.Line.Length > 0 && one.Line != $"{findings[i].Place.Line}") continue;
            if (one.Outcome.Length > 0 && one.Outcome != FindingText.Of(findings[i].Info.Outcome)) continue;
            if (one.Message.Length == 0 || one.Message == FindingText.Message(findings[i], names)) return i;
        }
        return -1;
    }

    static bool Stands(FindingList findings, int index, string under, Func<Arg, string> names)
    {
        if (under.StartsWith("fix ", StringComparison.Ordinal))
            return under
                == $"fix ("
                    + $"{FindingText.Of(findings[index].Info.Fix?.Safety ?? FixSafety.None)}): "
                    + $"{FindingText.Fix(findings[index], names)}";
        var (id, message) = under["also ".Length..].Split(": ", 2) is [var first, var rest]
            ? (first, rest)
            : (under["also ".Length..].Split(' ')[0], "");
        for (var j = 0; j < findings.Count; j++)
            if (findings[j].Under == index + 1 && findings[j].Info.Id == id
                && (message.Length == 0 || message == FindingText.Message(findings[j], names)))
                return true;
        return false;
    }
}
