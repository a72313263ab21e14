using System.Text;

namespace Deltoid.Books;

/// <summary>The pages of findings, shipped inside the library.</summary>
internal static class Pages
{
    /// <summary>A page in Markdown by the name of its finding; empty when there is none.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream($"pages/{name}.md");
        if (stream is null) return "";
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
