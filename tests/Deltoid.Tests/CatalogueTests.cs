using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Findings;

namespace Deltoid.Tests;

/// <summary>Every finding of an edit is well formed, cites its authority and has its cases.</summary>
public sealed class CatalogueTests
{
    static IEnumerable<FindingInfo> Infos => Shipped.Edits.Edits.SelectMany(edit => edit.Infos);

    [Fact]
    public void Ids_and_names_are_unique_and_well_formed()
    {
        var all = Infos.Concat(CodingFindings.All).ToList();
        Assert.Empty(all.GroupBy(info => info.Id).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(all.GroupBy(info => info.Name).Where(same => same.Count() > 1).Select(same => same.Key));
        foreach (var info in Infos)
        {
            Assert.Matches("^(BND|NCC|MCB|DRG|HIP|DOC|PAY)[0-9]{4}$", info.Id);
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", info.Name);
        }
    }

    [Fact]
    public void Every_finding_cites_an_authority_and_names_its_rules()
    {
        foreach (var info in Infos)
        {
            Assert.NotEmpty(info.Citation.Section);
            Assert.NotNull(info.Fix);
            Assert.NotEmpty(info.Rules);
            if (info.Explains is { } id) Assert.Contains(Infos, other => other.Id == id);
            if (info.Severity == Severity.Error) Assert.NotEqual(Outcome.None, info.Outcome);
        }
    }

    [Fact]
    public void Every_edit_has_a_page_with_a_case_and_a_near_miss()
    {
        foreach (var edit in Shipped.Edits.Edits)
        {
            var page = EditPages.Pages.Single(p => p.Name == edit.Page);
            Assert.StartsWith($"`{edit.Page}` (", page.Title, StringComparison.Ordinal);
            Assert.Equal(edit.Infos.Select(info => info.Id).Order(), Declared(page.Title).Order());
            var cases = page.Cases;
            Assert.Contains(cases,
                one => !edit.Infos.Any(info => one.Stated["findings"].Contains(info.Id, StringComparison.Ordinal)));
            foreach (var info in edit.Infos)
                Assert.True(cases.Any(one => one.Stated["findings"].Contains(info.Id, StringComparison.Ordinal))
                        || info.Id == "HIP0016", $"{info.Id} has no case that makes it speak");
        }
    }

    static string[] Declared(string page) =>
        page[(page.IndexOf('(', StringComparison.Ordinal) + 1)..page.IndexOf(')',
            StringComparison.Ordinal)].Split(", ");
}
