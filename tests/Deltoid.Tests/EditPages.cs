using System.Text;
using Deltoid.Edits;

namespace Deltoid.Tests;

/// <summary>The pages of the shipped edits, as they are embedded in the library.</summary>
public static class EditPages
{
    public static string Text(string page)
    {
        using var stream = typeof(Edit).Assembly.GetManifestResourceStream($"pages/{page}.md") ?? throw new InvalidOperationException($"no page {page}.md is embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static IReadOnlyList<PageCase> All { get; } = [.. Shipped.Edits.Edits.SelectMany(edit => PageCase.Read(edit.Page, Text(edit.Page)))];

    public static TheoryData<string, int> Names()
    {
        var data = new TheoryData<string, int>();
        foreach (var each in All) data.Add(each.Page, each.Line);
        return data;
    }

    public static PageCase Find(string page, int line) => All.Single(c => c.Page == page && c.Line == line);
}
