using System.Globalization;
using System.Text;
using Deltoid.Books;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Traces;

namespace Deltoid.Pages;

/// <summary>
/// docs/coverage.md: for every id of the domain specification what covers it, or why it is open. An id is covered only
/// by a page on which it speaks in one case and is silent in another: a finding that names the id occurs in the one and
/// not in the other; or two cases are marked ("Shows", "Near miss of") and a question that names the id is answered
/// differently, or their lines, or what their charts lack, differ.
/// </summary>
internal sealed class Coverage
{
    /// <summary>
    /// A case that ran: which findings occurred, how questions were answered, its lines, what its chart lacks.
    /// </summary>
    sealed record Outcome(PageCase Case, IReadOnlyList<FindingInfo> Findings,
        IReadOnlyList<(Question Question, string Answer)> Answers, string Lines, string Missing);

    readonly IReadOnlyList<Rule> ids = RuleBook.Shipped.Rules;
    readonly Dictionary<string, (string Kind, string Why)> notes;
    readonly Dictionary<string, SortedDictionary<string, SortedSet<string>>> covered = [];

    Coverage(string root) =>
        notes = Rows(Path.Combine(root, "docs", "coverage-notes.tsv")).ToDictionary(r => r[0], r => (r[1], r[2]));

    static IEnumerable<string[]> Rows(string path) =>
        File.ReadLines(path).Skip(1).Where(l => l.Length > 0 && !l.StartsWith("# ", StringComparison.Ordinal))
            .Select(l => l.Split('\t'));

    /// <summary>Runs every page and collects what they cover.</summary>
    public static Coverage Of(string root, PageRun run)
    {
        var coverage = new Coverage(root);
        foreach (var (folder, pages) in (ReadOnlySpan<(string, IReadOnlyList<Page>)>)[
            ("cases/", PageFiles.Cases(root)),
            ("", PageFiles.Edits(root))
        ])
            foreach (var page in pages)
            {
                var outcomes = page.Cases.ConvertAll(one => Outcomes(one, run));
                coverage.AddFindings(page, folder, outcomes);
                coverage.AddMarked(page, folder, outcomes);
            }
        coverage.AddCauses(root);
        return coverage;
    }

    /// <summary>
    /// Causes of denials: each by a page on which a case comes to it and another does not come to its row.
    /// </summary>
    void AddCauses(string root)
    {
        var resolver = new Resolver(StarterBook.Open());
        foreach (var page in DenialPage.All(root))
        {
            var rows = page.Cases.Select(one => resolver.Resolve(DenialNotation.Read(one.Denied)).Cause).ToList();
            foreach (var row in rows.OfType<CauseRow>().Distinct())
                if (rows.Exists(other => other?.Id != row.Id))
                    Add(row.Cause, "an answer of `remit`", "Causes/" + page.Name);
        }
    }

    static Outcome Outcomes(PageCase one, PageRun run)
    {
        var visit = run.Run(one);
        var answers = new List<(Question, string)>();
        foreach (ref readonly var step in visit.Trace.Steps)
            answers.Add((step.Question, $"{step.Answer} {step.Value.Value}"));
        var findings = new List<FindingInfo>();
        foreach (ref readonly var finding in visit.Findings.Span) findings.Add(finding.Info);
        return new(one, findings, answers, one.Expected.GetValueOrDefault("lines", ""),
            one.Expected.ContainsKey("documentation") ? run.Print(visit, "documentation").Split('\n')[^1] : "");
    }

    /// <summary>Findings that occur in one case of the page and not in another.</summary>
    void AddFindings(Page page, string folder, List<Outcome> outcomes)
    {
        foreach (var info in outcomes.SelectMany(o => o.Findings).Distinct())
        {
            if (outcomes.TrueForAll(o => o.Findings.Contains(info)) || IsCollective(info)) continue;
            foreach (var id in info.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Add(id, $"finding {info.Id}", folder + page.Name);
            foreach (var denial in ids)
                if (denial["predicts"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(d => Predicts(info, d)))
                    Add(denial.Id, $"prediction of {info.Id}", folder + page.Name);
        }
    }

    /// <summary>
    /// A finding of the checklist stands for many elements at once: it covers one only where a page marks it.
    /// </summary>
    static bool IsCollective(FindingInfo info) => info.Maker == Maker.Checklist;

    /// <summary>
    /// Whether a finding predicts an adjustment, written <c>CO-97/M15</c>, <c>CO-97</c> for any remark, or as the
    /// finding's id.
    /// </summary>
    static bool Predicts(FindingInfo info, string denial)
    {
        if (denial == info.Id) return true;
        var parts = denial.Split('/');
        return info.Predicts?.Any(p => p.Carc == parts[0] && (parts.Length == 1 || p.Rarcs.Contains(parts[1]))) == true;
    }

    /// <summary>Pairs of cases that the page marks, where something that stands for the id differs.</summary>
    void AddMarked(Page page, string folder, List<Outcome> outcomes)
    {
        foreach (var speaks in outcomes)
            foreach (var id in speaks.Case.Shows)
                foreach (var silent in outcomes)
                {
                    if (!silent.Case.NearMissOf.Contains(id)) continue;
                    if (Question(id, speaks, silent) is { } question)
                        Add(id, $"question \"{question.Asked}\"", folder + page.Name);
                    else if (speaks.Findings.FirstOrDefault(f =>
                        f.Rules.Split(' ').Contains(id) && !silent.Findings.Contains(f)) is { } finding)
                        Add(id, $"finding {finding.Id}", folder + page.Name);
                    else if (Misses(speaks, id) && !Misses(silent, id)) Add(id, "checklist", folder + page.Name);
                    else if (speaks.Lines != silent.Lines && speaks.Lines.Length + silent.Lines.Length > 0)
                        Add(id, "lines", folder + page.Name);
                }
    }

    static Question? Question(string id, Outcome speaks, Outcome silent)
    {
        foreach (var answer in speaks.Answers)
            if (answer.Question.Rules.Split(' ').Contains(id) && !silent.Answers.Contains(answer))
                return answer.Question;
        return null;
    }

    static bool Misses(Outcome outcome, string id) => outcome.Missing.Split(' ').Contains(id);

    void Add(string id, string by, string page)
    {
        if (!covered.TryGetValue(id, out var all)) covered.Add(id, all = new(StringComparer.Ordinal));
        if (!all.TryGetValue(by, out var pages)) all.Add(by, pages = new(StringComparer.Ordinal));
        pages.Add(page);
    }

    /// <summary>
    /// Ids that are neither covered nor explained, notes on ids that are covered after all, and ids that nobody knows.
    /// </summary>
    public IEnumerable<string> Faults()
    {
        foreach (var id in ids)
            if (!covered.ContainsKey(id.Id) && !notes.ContainsKey(id.Id))
                yield return $"{id.Id} ({id.Line}) is neither covered nor explained in docs/coverage-notes.tsv";
        foreach (var (id, note) in notes)
        {
            if (RuleBook.Shipped.Find(id) is null) yield return $"coverage-notes.tsv: {id} is not a rule";
            if (covered.ContainsKey(id) && note.Kind != "part")
                yield return $"coverage-notes.tsv: {id} is covered, so it is not '{note.Kind}'";
        }
    }

    /// <summary>The page.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append("# What is covered\n");
        text.Append(Paragraph.Of("Written by `./write`; a test fails while it is stale. The ids are those of the rules "
            + "([`src/Deltoid/Rules`](../src/Deltoid/Rules)). An id is covered "
            + "only by a page with a case on which it speaks "
            + "and another on which it is silent. What is open, and why, is at the end.")).Append("\n\n");
        text.Append("| | ids | covered | open | no claim question |\n|---|---|---|---|---|\n");
        foreach (var (prefix, name) in (ReadOnlySpan<(string, string)>)[
            ("INJ-", "rules"),
            ("C-", "conflicts"),
            ("D-", "documentation"),
            ("DN- FE- TB- ND-", "denials and other answers")
        ])
            Total(text, prefix, name);
        text.Append("\n## Covered\n| id | | by | pages |\n|---|---|---|---|\n");
        foreach (var id in ids)
            if (covered.TryGetValue(id.Id, out var by)) Row(text, id, by);
        text.Append("\n## Open\n| id | | why |\n|---|---|---|\n");
        foreach (var id in ids)
            if (notes.TryGetValue(id.Id, out var note) && note.Kind != "not-a-claim-question")
                text.Append($"| {id.Id} | {id.Line} | {(note.Kind == "part" ? "partly covered; " : "")}{note.Why} |\n");
        text.Append("\n## No question of a claim\n| id | | why |\n|---|---|---|\n");
        foreach (var id in ids)
            if (notes.TryGetValue(id.Id, out var note) && note.Kind == "not-a-claim-question")
                text.Append($"| {id.Id} | {id.Line} | {note.Why} |\n");
        return text.ToString();
    }

    void Total(StringBuilder text, string prefix, string name)
    {
        var all = ids.Where(i => prefix.Split(' ').Any(p => i.Id.StartsWith(p, StringComparison.Ordinal))).ToList();
        var done = all.Count(i => covered.ContainsKey(i.Id));
        var none = all.Count(i =>
            !covered.ContainsKey(i.Id) && notes.TryGetValue(i.Id, out var note) && note.Kind == "not-a-claim-question");
        text.Append(CultureInfo.InvariantCulture,
            $"| {name} | {all.Count} | {done} | {all.Count - done - none} | {none} |\n");
    }

    const int MostMakers = 5, MostPages = 6;

    static void Row(StringBuilder text, Rule id, SortedDictionary<string, SortedSet<string>> by)
    {
        var pages = by.Values.SelectMany(p => p).Distinct().Order(StringComparer.Ordinal).Take(MostPages);
        var more = by.Count > MostMakers ? $" and {by.Count - MostMakers} more" : "";
        text.Append($"| {id.Id} | {id.Line} | {string.Join(", ", by.Keys.Take(MostMakers))}"
            + $"{more} | {string.Join(", ", pages.Select(Link))} |\n");
    }

    static string Link(string page) =>
        page.StartsWith("cases/", StringComparison.Ordinal) ? $"[{page["cases/".Length..]}]({page}.md)" : $"`{page}`";
}
