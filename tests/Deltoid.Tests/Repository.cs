using System.Text;

namespace Deltoid.Tests;

/// <summary>The repository the tests stand in, and how its sources read without comments and texts.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Deltoid.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("the tests run inside a clone");
    }

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>
    /// Files below a folder with an ending, as paths from the root with slashes; what tools write is left out.
    /// </summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + ending, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/')
                .Any(part => part is "bin" or "obj" or ".build" or ".git" or "TestResults" or "__pycache__" or "node_modules"
                    or "Migrations" or "Generated")) // written by dotnet ef and by Wolverine
            .Order(StringComparer.Ordinal);

    /// <summary>C# with comments and the insides of texts blanked, lines kept.</summary>
    public static string CodeOnly(string source)
    {
        var text = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length;)
        {
            var length = Skipped(source, i);
            if (length == 0)
            {
                text.Append(source[i++]);
                continue;
            }
            foreach (var c in source.AsSpan(i, length)) text.Append(c == '\n' ? '\n' : ' ');
            i += length;
        }
        return text.ToString();
    }

    /// <summary>The length of the comment or text that begins here, or 0.</summary>
    static int Skipped(string source, int at)
    {
        if (source.AsSpan(at).StartsWith("//")) return EndOf(source, at, "\n") - at;
        if (source.AsSpan(at).StartsWith("/*")) return EndOf(source, at + 2, "*/") + 2 - at;
        if (source.AsSpan(at).StartsWith("\"\"\"")) return EndOf(source, at + 3, "\"\"\"") + 3 - at;
        if (source.AsSpan(at).StartsWith("@\"")) return EndOf(source, at + 2, "\"") + 1 - at;
        if (source[at] is not ('"' or '\'')) return 0;
        var end = at + 1;
        while (end < source.Length && source[end] != source[at] && source[end] != '\n')
            end += source[end] == '\\' ? 2 : 1;
        return Math.Min(end + 1, source.Length) - at;
    }

    static int EndOf(string source, int from, string mark) =>
        source.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at ? at : source.Length - mark.Length;
}
