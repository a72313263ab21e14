namespace Deltoid.Pages.Site;

/// <summary>One page of the site.</summary>
/// <param name="Path">Where it is in the site: <c>rules/unknown-code.html</c>.</param>
/// <param name="Group">The part of the contents that lists it; empty for none.</param>
/// <param name="Html">What is inside of main.</param>
internal sealed record SitePage(string Path, string Title, string Group, string Html)
{
    /// <summary>The module that the page runs; empty for none.</summary>
    public string Script { get; init; } = "";

    /// <summary>The cases that its readers can try, as JSON; empty for none.</summary>
    public string Cases { get; init; } = "";

    /// <summary>It is read rather than used: its lines are kept short.</summary>
    public bool IsText { get; init; }

    /// <summary>Where the cases are in the site.</summary>
    public string CasesPath => System.IO.Path.ChangeExtension(Path, ".json");

    /// <summary>The way from the page's folder to the beginning of the site.</summary>
    public string Up => string.Concat(Enumerable.Repeat("../", Path.Count(static c => c == '/')));
}
