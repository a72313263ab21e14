using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>The examples of the README are run, and what it shows is what comes out.</summary>
public sealed partial class ReadmeTests
{
    [GeneratedRegex(@"```console\n(?<block>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    [Fact]
    public void Examples_show_what_comes_out()
    {
        var blocks = Console().Matches(Repository.Read("README.md"));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks) foreach (var (command, output) in Commands(block.Groups["block"].Value)) Check(command, output);
    }

    /// <summary>The commands of a block, each with the lines under it; other lines than <c>$ ./deltoid</c> (./test, git) are not run here.</summary>
    static IEnumerable<(string Command, string Output)> Commands(string block)
    {
        var (command, output) = ("", new List<string>());
        foreach (var line in block.TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith("$ ", StringComparison.Ordinal)) { output.Add(line); continue; }
            if (command.StartsWith("./deltoid ", StringComparison.Ordinal)) yield return (command, string.Join('\n', output));
            (command, output) = (line[2..], []);
        }
        if (command.StartsWith("./deltoid ", StringComparison.Ordinal)) yield return (command, string.Join('\n', output));
    }

    static void Check(string command, string expected)
    {
        var args = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(a => a.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, a) : a);
        var (_, output, error) = CommandLine.Run([.. args]);
        Assert.Equal("", error);
        Assert.Equal(expected.TrimEnd(), output.TrimEnd());
    }
}
