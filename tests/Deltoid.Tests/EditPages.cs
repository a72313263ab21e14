using Deltoid.Books;
using Deltoid.Pages;
using Deltoid.Codes;

namespace Deltoid.Tests;

/// <summary>The shipped book, opened once, and the cases of the edits' pages.</summary>
static class EditPages
{
    public static CodeBook Book { get; } = StarterBook.Open();

    public static PageRun Runner { get; } = new(Book, new Scrubber());

    public static IReadOnlyList<Page> Pages { get; } = PageFiles.Edits(PageFiles.Root());

    /// <summary>The cases that are claims; a case that is a visit is run by its page alone.</summary>
    public static IReadOnlyList<PageCase> All { get; } = [.. Pages.SelectMany(page => page.Cases)
        .Where(static c => c.Kind == "claim")];
}
