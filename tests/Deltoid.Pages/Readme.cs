using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Cli;

namespace Deltoid.Pages;

/// <summary>
/// The examples of the README and of pages: in a <c>console</c> fence a line <c>$ ./deltoid …</c> and under it what it
/// writes. Run again
/// they must give what stands there; <c>./write</c> writes what they give.
/// </summary>
internal static partial class Readme
{
    [GeneratedRegex(@"```console\n(?<block>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    /// <summary>The text with each example's output as it comes out now.</summary>
    public static string Refreshed(string markdown, string root) =>
        Console().Replace(markdown, m => $"```console\n{Refresh(m.Groups["block"].Value, root)}```");

    static string Refresh(string block, string root)
    {
        var text = new StringBuilder();
        var replaced = false;
        foreach (var line in block.TrimEnd('\n').Split('\n'))
        {
            var command = line.StartsWith("$ ", StringComparison.Ordinal);
            if (command) replaced = line.StartsWith("$ ./deltoid ", StringComparison.Ordinal);
            else if (replaced) continue;
            text.Append(line).Append('\n');
            if (command && replaced) text.Append(Output(line["$ ./deltoid ".Length..], root));
        }
        return text.ToString();
    }

    /// <summary>What a command line writes; paths of examples are taken from the repository's root.</summary>
    internal static string Output(string command, string root)
    {
        var args = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => a.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(root, a) : a);
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        App.Run([.. args], new Terminal(Stream.Null, output, error, color: false));
        return (Encoding.UTF8.GetString(output.ToArray()) + error).Replace(root + Path.DirectorySeparatorChar, "",
            StringComparison.Ordinal).TrimEnd('\n') + "\n";
    }
}
