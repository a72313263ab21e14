using System.Text.RegularExpressions;
using Deltoid.Edits;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>
/// What users read is in everyday words: every text of the program, the README and the pages for users.
/// Comments, decisions and the pages for those who work on the code keep to the same words, except two of X12.
/// </summary>
public sealed partial class PlainEnglishTests
{
    const int MostWordsInReadme = 30;
    const decimal HighestGrade = 9;

    /// <summary>Texts that hold words to be read, not words that are shown.</summary>
    static readonly string[] Vocabularies = ["src/Deltoid/Values/FieldSynonyms.cs", "src/Deltoid/Values/Words.cs"];

    /// <summary>Generated from rules, or about the inside of the X12 reader.</summary>
    static readonly string[] OtherPages =
        ["docs/coverage.md", "docs/x12-guides.md", "docs/x12-corpus.md", "docs/x12-checks.md"];

    static IEnumerable<string> PagesForMakers =>
        Repository.Files("docs/decisions", ".md").Concat(["ARCHITECTURE.md", "SECURITY.md", "docs/x12-guides.md"]);

    static IEnumerable<string> Pages =>
        Repository.Files("docs", ".md").Where(static f => f.Split('/').Length == 2 && !OtherPages.Contains(f))
            .Concat(Repository.Files("docs/cases", ".md")).Concat(Repository.Files("src/Deltoid/Edits", ".md"))
            .Concat(["README.md", "CONTRIBUTING.md"]);

    static void Empty(List<string> faults) => Assert.True(faults.Count == 0, string.Join("\n", faults));

    [Fact]
    public void Every_text_of_the_program_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("src", ".cs").Except(Vocabularies))
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                foreach (var text in TextsOf(lines[i]))
                    faults.AddRange(PlainEnglish.BannedIn(text).Select(w => $"{file}:{i + 1}: '{w}' in \"{text}\""));
        }
        Empty(faults);
    }

    /// <summary>
    /// Labels of guides, reasons of rules, errors of values, and codes of answers are printed; utilization is a term of
    /// payers.
    /// </summary>
    [Fact]
    public void Every_row_of_guides_and_answers_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("src/Deltoid/X12", ".tsv").Append("src/Deltoid/Rules/responses.tsv"))
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                foreach (var text in lines[i].Split('\t').Where(static c => c.Contains(' ', StringComparison.Ordinal)))
                    faults.AddRange(PlainEnglish.BannedIn(text).Where(static w => w != "utilization")
                        .Select(w => $"{file}:{i + 1}: '{w}' in \"{text}\""));
        }
        Empty(faults);
    }

    /// <summary>The texts of several words on a line of C# that is no comment.</summary>
    static IEnumerable<string> TextsOf(string line) =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            ? []
            : Literal().Matches(line).Select(static m => m.Groups[1].Value)
                .Where(static t => t.Contains(' ', StringComparison.Ordinal));

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [Fact]
    public void Every_page_for_users_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in Pages) faults.AddRange(FaultsOf(file, Repository.Read(file)));
        faults.AddRange(FaultsOf("CHANGELOG.md", Unreleased(Repository.Read("CHANGELOG.md"))));
        Empty(faults);
    }

    static IEnumerable<string> FaultsOf(string file, string page)
    {
        var lines = Prose(page).Split('\n');
        for (var i = 0; i < lines.Length; i++)
            foreach (var word in PlainEnglish.BannedIn(lines[i]))
                yield return $"{file}:{i + 1}: '{word}' in {lines[i]}";
    }

    [Fact]
    public void Every_comment_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("src", ".cs"))
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (Comment().Match(lines[i]) is { Success: true } comment)
                    faults.AddRange(NotesIn($"{file}:{i + 1}", comment.Groups[1].Value));
        }
        Empty(faults);
    }

    [Fact]
    public void Every_page_for_makers_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in PagesForMakers)
        {
            var lines = Prose(Repository.Read(file)).Split('\n');
            for (var i = 0; i < lines.Length; i++) faults.AddRange(NotesIn($"{file}:{i + 1}", lines[i]));
        }
        Empty(faults);
    }

    [Fact]
    public void Every_note_of_a_row_file_is_in_everyday_words()
    {
        var faults = new List<string>();
        foreach (var file in Repository.Files("src", ".tsv"))
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (lines[i].StartsWith('#')) faults.AddRange(NotesIn($"{file}:{i + 1}", lines[i]));
        }
        Empty(faults);
    }

    static IEnumerable<string> NotesIn(string where, string text) =>
        PlainEnglish.BannedInNotes(Reference().Replace(text, "")).Select(word => $"{where}: '{word}' in {text.Trim()}");

    /// <summary>A comment after code has a blank on both sides of its slashes.</summary>
    [GeneratedRegex(@"(?:^\s*|\s)///?\s(.*)$")]
    private static partial Regex Comment();

    /// <summary>Names of code within a comment.</summary>
    [GeneratedRegex(@"\b(cref|name)=""[^""]*""|<c>[^<]*</c>")]
    private static partial Regex Reference();

    static string Unreleased(string changes) => changes.Split("\n## ")[1];

    /// <summary>A page without fenced text, lists of words to be read, and code; lines keep their numbers.</summary>
    static string Prose(string page) =>
        Code().Replace(NoProse().Replace(page, static m => new string('\n', m.Value.Count(static c => c == '\n'))),
            "code");

    [GeneratedRegex(@"^(`{3,}|~{3,})[\s\S]*?^\1[`~]*[ \t]*$|^<!-- fields encounter/words -->[\s\S]*?^<!-- end -->",
        RegexOptions.Multiline)]
    private static partial Regex NoProse();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Code();

    [Fact]
    public void The_readme_has_short_sentences_and_everyday_words()
    {
        var paragraphs = Paragraphs(Repository.Read("README.md"));
        Empty([.. paragraphs.SelectMany(PlainEnglish.Sentences)
                .Where(static s => s.Split(' ').Length > MostWordsInReadme)]);
        Assert.InRange(PlainEnglish.Grade(paragraphs), 0, HighestGrade);
    }

    /// <summary>The paragraphs and list items of a page, each on one line, links as their words.</summary>
    static string[] Paragraphs(string page) => [.. ParagraphEnd().Split(Link().Replace(Prose(page), "$1"))
            .Select(static p => Runs().Replace(p, " ").Trim())
            .Where(static p => p.Length > 0 && p[0] is not ('#' or '|'))];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Runs();

    [GeneratedRegex(@"\n\s*\n|\n(?=- )")]
    private static partial Regex ParagraphEnd();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [Fact]
    public void Findings_read_at_grade_nine_on_average()
    {
        var texts = FindingHelp.All(Shipped.Edits).SelectMany(static i => (string[])[i.Message, i.Fix?.Text ?? ""])
            .Where(static t => t.Length > 0);
        Assert.InRange(PlainEnglish.Grade(texts), 0, HighestGrade);
    }
}
