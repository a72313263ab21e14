using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid work</c>, <c>deltoid share</c> and <c>deltoid limits</c>: large files by many workers, done by the
/// application's program.
/// </summary>
static class WorkCommands
{
    public static Command Work(Terminal terminal)
    {
        var (postgres, rabbit, config) = (WebProgram.Postgres(), WebProgram.Rabbit(), WebProgram.Config());
        var books = WebProgram.Books();
        var (atOnce, otlp, log) = (WebProgram.ChunksAtOnce(), WebProgram.Otlp(), WebProgram.LogFormat());
        var command = new Command("work", "Work for the team: check chunks of the large files that are shared, "
            + "without serving pages")
        {
            postgres, books, rabbit, config, atOnce, otlp, log
        };
        command.SetAction(parse => WebProgram.Run(terminal, ["work", .. WebProgram.Given(parse,
            ("--Postgres", postgres), ("--Books", books), ("--Rabbit", rabbit), ("--Config", config),
            ("--ChunksAtOnce", atOnce), ("--Otlp", otlp), ("--LogFormat", log))]));
        return command;
    }

    public static Command Share(Terminal terminal)
    {
        var (folder, postgres, config) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Config());
        var books = WebProgram.Books();
        var file = new Argument<string>("FILE") { Description = "An 837 of any size" };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write the findings, as 'scrub --jsonl' does", HelpName = "FILE"
        };
        var practice = new Option<long?>("--practice")
        {
            Description = "The number of the practice, where the store has several", HelpName = "NUMBER"
        };
        var command = new Command("share", "Check a large file of claims by all workers of the store. It waits while "
            + "the database is away, and the same file given again continues")
        {
            file, output, practice, folder, postgres, books, config
        };
        command.Demand(result =>
        {
            if (OutputFile.FaultOf(result.GetValue(output), [result.GetValue(file)]) is { } fault)
                result.AddError(fault);
        });
        command.SetAction(parse =>
        {
            List<string> arguments = ["share", Path.GetFullPath(parse.GetValue(file)!), .. WebProgram.Given(parse,
                ("--Postgres", postgres), ("--Books", books), ("--Config", config), ("--Practice", practice))];
            if (parse.GetResult(folder) is { Implicit: false })
                arguments.AddRange(["--Folder", Path.GetFullPath(parse.GetValue(folder)!)]);
            if (parse.GetValue(output) is { } to) arguments.AddRange(["--Output", Path.GetFullPath(to)]);
            return WebProgram.Run(terminal, arguments);
        });
        return command;
    }

    public static Command Limits(Terminal terminal)
    {
        var (folder, postgres, config) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Config());
        var command = new Command("limits", "Say what this store and this machine take, and how much of it is used")
        {
            folder, postgres, config
        };
        command.SetAction(parse =>
        {
            List<string> arguments = ["limits", .. WebProgram.Given(parse, ("--Postgres", postgres),
                ("--Config", config))];
            if (parse.GetResult(folder) is { Implicit: false })
                arguments.AddRange(["--Folder", Path.GetFullPath(parse.GetValue(folder)!)]);
            return WebProgram.Run(terminal, arguments);
        });
        return command;
    }
}
