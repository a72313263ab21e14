using System.Text;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>The command line, run inside the test process.</summary>
internal static class CommandLine
{
    public static (int Exit, string Out, string Error) RunWith(string input, params string[] args)
    {
        using var stdin = new MemoryStream(Encoding.UTF8.GetBytes(input));
        using var stdout = new MemoryStream();
        using var stderr = new StringWriter { NewLine = "\n" };
        var exit = App.Run(args, new Terminal(stdin, stdout, stderr, color: false));
        return (exit, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }

    public static (int Exit, string Out, string Error) Run(params string[] args) => RunWith("", args);
}
