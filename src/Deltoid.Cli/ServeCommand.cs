using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid serve</c>: starts the application of a practice. It is a program of its own, so that no other command
/// starts slower because of it.
/// </summary>
static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var (folder, postgres, anchors) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Anchors());
        var listen = new Option<string>("--listen")
        {
            Description = "Where to listen; without TLS only this machine is served", HelpName = "URL",
            DefaultValueFactory = static _ => "http://127.0.0.1:5080"
        };
        var plain = new Option<bool>("--plain-http")
        {
            Description = "Serve other machines without TLS, where a proxy with TLS is before this program"
        };
        var sample = new Option<bool>("--sample")
        {
            Description = "Fill an empty store with a practice to try things on"
        };
        var keys = new Option<string?>("--key-file")
        {
            Description = "A file with keys that seal the keys of authenticators and the recovery codes in the "
                + "database, one on each line (openssl rand -base64 32): the first seals, the others only open",
            HelpName = "FILE"
        };
        var books = WebProgram.Books();
        var (rabbit, config, atOnce, otlp, log) = (WebProgram.Rabbit(), WebProgram.Config(),
            WebProgram.ChunksAtOnce(), WebProgram.Otlp(), WebProgram.LogFormat());
        var command = new Command("serve", "Serve the practice's application: chart, worklist, claims, payments")
        {
            folder, postgres, books, rabbit, config, anchors, listen, plain, keys, sample, atOnce, otlp, log
        };
        command.SetAction(parse =>
        {
            List<string> arguments = ["serve", .. WebProgram.Place(parse, folder, postgres, anchors),
                .. WebProgram.Given(parse, ("--Listen", listen), ("--Books", books), ("--Rabbit", rabbit), ("--Config", config),
                    ("--ChunksAtOnce", atOnce), ("--Otlp", otlp), ("--LogFormat", log))];
            if (parse.GetValue(sample)) arguments.AddRange(["--Sample", "true"]);
            if (parse.GetValue(plain)) arguments.AddRange(["--PlainHttp", "true"]);
            if (parse.GetValue(keys) is { } file) arguments.AddRange(["--KeyFile", Path.GetFullPath(file)]);
            return WebProgram.Run(terminal, arguments);
        });
        return command;
    }
}
