using System.Text.RegularExpressions;
using Deltoid.Pages;
using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Traces;

namespace Deltoid.Tests;

/// <summary>Every id that is named has its row, and every row says who says so, in words that are read once.</summary>
public sealed partial class RuleBookTests
{
    static readonly RuleBook Book = RuleBook.Shipped;

    static IEnumerable<(string Where, string Ids)> Named()
    {
        foreach (var info in FindingHelp.All(Shipped.Edits)) yield return (info.Id, info.Rules);
        foreach (var field in typeof(Questions).GetFields())
            if (field.GetValue(null) is Question question) yield return ($"question {field.Name}", question.Rules);
        foreach (var page in PageFiles.Cases(PageFiles.Root()).Concat(PageFiles.Edits(PageFiles.Root())))
            foreach (var one in page.Cases)
                yield return (page.Name, string.Join(' ', one.Shows.Concat(one.NearMissOf)));
    }

    [Fact]
    public void Every_rule_that_is_named_has_a_row() =>
        Assert.Empty(Named()
            .SelectMany(n => n.Ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(id => Book.Find(id) is null)
                .Select(id => $"{n.Where}: {id}")).Distinct());

    [Theory]
    [InlineData("INJ-", 221)]
    [InlineData("D-", 37)]
    [InlineData("DN-", 31)]
    [InlineData("C-", 43)]
    public void Families_are_whole(string prefix, int count) =>
        Assert.Equal(count, Book.Rules.Count(r => r.Id.StartsWith(prefix, StringComparison.Ordinal)));

    [Fact]
    public void Every_row_has_an_authority_and_says_how_it_is_known()
    {
        var faults = new List<string>();
        foreach (var rule in Book.Rules)
        {
            if (rule.Source.Id is "K" || rule.Source.Authority is "" or "expert")
                faults.Add($"{rule.Id}: {rule.Source.Id} is no authority");
            if (rule.Cited.Length == 0) faults.Add($"{rule.Id}: cites nothing");
            if (rule.Evidence.Length == 0) faults.Add($"{rule.Id}: no evidence");
            foreach (var read in rule.Evidence.Split(' '))
                if (Documents.Find(read) is null) faults.Add($"{rule.Id}: {read} is not a source");
        }
        Assert.Empty(faults);
    }

    [Fact]
    public void Rows_are_plain_english()
    {
        var faults = new List<string>();
        foreach (var rule in Book.Rules)
        {
            if (rule.Line.Length > 160) faults.Add($"{rule.Id}: {rule.Line.Length} characters");
            faults.AddRange(PlainEnglish.Faults(rule.Id, rule.Line));
            foreach (var (column, text) in rule.More)
                if (column is not ("codes" or "predicts" or "weight"))
                    faults.AddRange(PlainEnglish.Faults($"{rule.Id} {column}", text));
        }
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("inj-72", "INJ-072")]
    [InlineData("D-3", "D-03")]
    [InlineData("dn-02", "DN-2")]
    [InlineData("nd-cob", "ND-COB")]
    public void Ids_are_found_as_people_write_them(string asked, string id) => Assert.Equal(id, Book.Find(asked)?.Id);

    [Fact]
    public void Citations_are_short()
    {
        Assert.Equal("NCCI manual XI-B-8", Book.Find("INJ-071")!.Cited);
        Assert.Equal("CMS claims manual ch. 17 §40", Book.Find("INJ-095")!.Cited);
        Assert.Equal("42 CFR 410.26", Book.Find("INJ-181")!.Cited);
        Assert.Empty(Book.Rules.Where(r => r.Cited.Length > 60).Select(r => r.Cited));
    }

    [Fact]
    public void Every_question_cites_a_document_that_is_listed()
    {
        var faults = new List<string>();
        foreach (var field in typeof(Questions).GetFields())
            if (field.GetValue(null) is Question question && Documents.CitedBy(Cites.Short(question.Citation)) is null
                && !Law().IsMatch(question.Citation))
                faults.Add($"{field.Name}: {question.Citation}");
        Assert.Empty(faults);
    }

    [GeneratedRegex("^[0-9]+ (CFR|USC) ")]
    private static partial Regex Law();

    /// <summary>What a person reads names authorities, and findings by their own ids.</summary>
    [Fact]
    public void No_line_of_a_page_ends_in_an_id_of_a_rule()
    {
        var run = new PageRun(Books.StarterBook.Open(), new Scrubber());
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in PageFiles.Cases(PageFiles.Root()).SelectMany(static page => page.Cases))
        {
            var text = new System.Text.StringBuilder();
            ResultText.Write(run.Run(one), part => text.Append(part), color: false);
            foreach (Match match in Cited().Matches(text.ToString())) faults.Add($"{one.Page.Name}: {match.Value}");
        }
        Assert.Empty(faults);
    }

    [GeneratedRegex(@"\[(INJ|DN|ND|FE|TB|C|D)-[0-9A-Z][^\]]*\]|\[[^\]]*(RULES|CPM-|BPM-|Pub\. 100)[^\]]*\]")]
    private static partial Regex Cited();
}
