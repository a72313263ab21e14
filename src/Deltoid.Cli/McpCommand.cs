using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid mcp</c>: the engine as tools of an assistant. They are in the application's program, so that other
/// commands start as fast as before.
/// </summary>
static class McpCommand
{
    public static Command Create(Terminal terminal)
    {
        var http = new Option<string?>("--http")
        {
            Description = "Serve over http at this address of this machine (default: standard input and output)",
            HelpName = "URL"
        };
        var command =
            new Command("mcp", "Offer the engine to an assistant as tools (Model Context Protocol), read only")
        {
            http
        };
        command.SetAction(parse =>
        {
            List<string> arguments = ["mcp", "--book", terminal.BookName];
            if (parse.GetValue(http) is { } url) arguments.AddRange(["--http", url]);
            return WebProgram.Run(terminal, arguments);
        });
        return command;
    }
}
