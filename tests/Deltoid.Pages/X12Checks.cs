using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Pages;

/// <summary>
/// The list of all that is checked of X12, and of what is not: one page for each guide, made from its tables, and one
/// that counts. <c>./write</c> writes them.
/// </summary>
internal static partial class X12Checks
{
    /// <summary>Every file of the list by its name in <c>docs</c>.</summary>
    public static IEnumerable<(string Name, string Text)> Files()
    {
        yield return ("x12-checks.md", Index());
        foreach (var guide in GuideChecks.Guides) yield return ($"x12-checks/{FileOf(guide)}", Page(guide));
    }

    static string FileOf(Guide guide) => guide.Name.ToLowerInvariant() + ".md";

    static string Index()
    {
        var text = new StringBuilder("""
            # What is checked of X12, and what is not

            `./write` makes this page from the tables of `src/Deltoid/X12`; a test fails while it is
            stale. Each row and rule has an id that findings name (`deltoid explain X12P1213`). A row that is
            required, or has a length, a form or values, is checked by itself. A situational row is checked by
            the rules that ask for it or forbid it. Where the transaction set cannot say the situation (whether
            a patient has a fax), the page says so. *Open* are situational rows with neither.

            | guide | rows | rules | ways to break them that are reported | situation outside the set | open |
            |---|---|---|---|---|---|

            """);
        foreach (var guide in GuideChecks.Guides)
        {
            var (rows, rules) = (GuideChecks.Rows(guide), GuideChecks.Rules(guide));
            text.Append(CultureInfo.InvariantCulture,
                $"| [{guide.Name}](x12-checks/{FileOf(guide)}) | {rows.Count} | {rules.Count} | "
                    + $"{rows.Sum(static r => r.Faults.Count) + rules.Sum(static r => r.Faults.Count)} | "
                    + $"{rows.Count(r => IsSituational(r) && r.Situation.Length > 0 && !IsRuled(r))} | "
                    + $"{rows.Count(IsOpen)} |\n");
        }
        text.Append("\n## Kinds of findings\nSums, sequences and what needs more than one segment are code;\nits "
            + "kinds are listed here with those that rows use.\n\n| id | name | SNIP | says "
            + "|\n|---|---|---|---|\n");
        foreach (var info in FindingHelp.OfX12)
            text.Append(CultureInfo.InvariantCulture,
                $"| {info.Id} | {info.Name} | {info.Snip} | {Plain(info.Message)} |\n");
        text.Append(CultureInfo.InvariantCulture,
            $"\n{Paragraph.Of($"Retired, and not used again: {string.Join(", ", X12Findings.Retired)}.")}\n");
        text.Append("\n## What is not checked\nRules of the guides that need facts which a file does not have, or "
            + "that were left out, with the\nreason.\n\n| sets | rule | why not |\n|---|---|---|\n");
        for (var rows = GuideChecks.NotChecked(); rows.Next();)
            text.Append(CultureInfo.InvariantCulture, $"| {rows[0]} | {rows[1]} | {rows[2]} |\n");
        return text.ToString();
    }

    static bool IsSituational(GuideCheck row) => row.Use.StartsWith('S');

    static bool IsRuled(GuideCheck row) => row.Situation.Length > 1 && char.IsAsciiDigit(row.Situation[1]);

    static bool IsOpen(GuideCheck row) => IsSituational(row) && row.Situation.Length == 0;

    /// <summary>A message without its places for values.</summary>
    static string Plain(string message) =>
        Otherwise().Replace(Found().Replace(message, ""), "$1").Replace("{1}{at}", "element", StringComparison.Ordinal)
            .Replace("{1}", "segment", StringComparison.Ordinal).Replace("{0}", "label", StringComparison.Ordinal)
            .Replace("{2}", "loop", StringComparison.Ordinal).Replace("{3}", "n", StringComparison.Ordinal)
            .Replace("{at}", "", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\{found\|[^}]*\}")]
    private static partial Regex Found();

    [GeneratedRegex(@"\{(?:fault|codes|remedy)\|([^}]*)\}")]
    private static partial Regex Otherwise();

    static string Page(Guide guide)
    {
        var text = new StringBuilder($"""
            # Checks of {guide.Name}

            Use: R required, S situational; after it how often. Rules under *situation* are those below; words
            there say why the transaction set cannot show it.

            | id | where | what | use | holds | reported when | situation |
            |---|---|---|---|---|---|---|

            """);
        foreach (var row in GuideChecks.Rows(guide))
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Id} | {row.Where} | {row.Label} | {row.Use} | {row.Holds} | "
                    + $"{Reported(row)} | {(IsOpen(row) ? "open" : row.Situation)} |\n");
        text.Append("\n## Rules\n| id | loop | when, and what then | what it is |\n|---|---|---|---|\n");
        foreach (var rule in GuideChecks.Rules(guide))
            text.Append(CultureInfo.InvariantCulture,
                $"| {rule.Id} | {rule.Where} | `"
                    + $"{rule.Holds.Replace("|", "\\|", StringComparison.Ordinal)}` | "
                    + $"{rule.Label} |\n");
        return text.ToString();
    }

    static string Reported(GuideCheck row) => string.Join(", ", row.Faults.Select(static f => f.Words).Distinct());
}
