using Deltoid.Books;
using Deltoid.Pages;
using Deltoid.Remits;

namespace Deltoid.Tests;

/// <summary>Every denied claim of the pages comes to the answer that its page states.</summary>
public sealed class DenialPageTests
{
    static readonly Lazy<IReadOnlyList<DenialPage>> Pages = new(static () => DenialPage.All(PageFiles.Root()));

    static readonly Lazy<Resolver> Resolver = new(static () => new(StarterBook.Open()));

    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var page in Pages.Value)
            for (var i = 0; i < page.Cases.Count; i++) data.Add(page.Name, i, page.Cases[i].Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holds(string page, int ordinal, string heading)
    {
        var one = Pages.Value.Single(p => p.Name == page).Cases[ordinal];
        string fault;
        lock (Resolver) fault = DenialPage.Judge(one, Resolver.Value); // a resolver serves one worker
        if (fault.Length > 0) Assert.Fail($"{page}: {heading}\n{fault}");
    }

    /// <summary>
    /// A row that no page shows is a rule that nobody has read: each is the cause of a claim or a line, or asks what it
    /// would have to know.
    /// </summary>
    [Fact]
    public void EveryRowSpeaksInACase()
    {
        var silent = CauseTable.Shipped.All.ToHashSet();
        lock (Resolver)
            foreach (var one in Pages.Value.SelectMany(static p => p.Cases))
            {
                var of = Resolver.Value.Resolve(DenialNotation.Read(one.Denied));
                if (of.Cause is { } cause) silent.Remove(cause);
                silent.ExceptWith(of.Lines.Select(static l => l.Row));
                silent.ExceptWith(of.Questions.SelectMany(static q => q.Rows));
            }
        Assert.True(silent.Count == 0, string.Join('\n', silent.Select(static r => r.Id)));
    }
}
