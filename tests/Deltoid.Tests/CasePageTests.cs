using Deltoid.Books;
using Deltoid.Cli.Dev;

namespace Deltoid.Tests;

/// <summary>Every case of every page in docs/cases is run: what a page says is what the program does.</summary>
public sealed class CasePageTests
{
    static readonly PageRun Runner = new(StarterBook.Open(), new Scrubber());
    static readonly Lazy<IReadOnlyList<Page>> Pages = new(() => PageFiles.Cases(PageFiles.Root()));

    /// <summary>Page, ordinal of the case, and its heading for the list of tests.</summary>
    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var page in Pages.Value) for (var i = 0; i < page.Cases.Count; i++) data.Add(page.Name, i, page.Cases[i].Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holds(string page, int ordinal, string heading)
    {
        var one = Pages.Value.Single(p => p.Name == page).Cases[ordinal];
        string fault;
        lock (Runner) fault = Runner.Judge(one); // the runner has one scrubber, which serves one worker
        if (fault.Length > 0) Assert.Fail($"{page}: {heading}\n{fault}");
    }
}
