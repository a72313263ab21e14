using System.CommandLine;
using System.Runtime.InteropServices;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid serve</c>: starts the application of a practice. It is a program of its own, so that no other command
/// starts slower because of it.
/// </summary>
static partial class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Option<string>("--folder")
        {
            Description = "Where the practice's data lies", HelpName = "FOLDER",
            DefaultValueFactory = static _ => "deltoid-data"
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Keep the data in PostgreSQL: \"Host=db;Database=deltoid;Username=deltoid\"; a password "
                + "belongs in the variable DELTOID_Postgres or in ~/.pgpass, where no list of processes shows it",
            HelpName = "CONNECTION"
        };
        var listen = new Option<string>("--listen")
        {
            Description = "Where to listen; without TLS only this machine is served", HelpName = "URL",
            DefaultValueFactory = static _ => "http://127.0.0.1:5080"
        };
        var sample = new Option<bool>("--sample")
        {
            Description = "Fill an empty store with a practice to try things on"
        };
        var command = new Command("serve", "Serve the practice's application: chart, worklist, claims, payments")
        {
            folder, postgres, listen, sample
        };
        command.SetAction(parse =>
        {
            List<string> arguments = ["--Folder", Path.GetFullPath(parse.GetValue(folder)!),
                "--Listen", parse.GetValue(listen)!, "--Sample", parse.GetValue(sample) ? "true" : "false"];
            if (parse.GetValue(postgres) is { } connection) arguments.AddRange(["--Postgres", connection]);
            return Run(terminal, arguments);
        });
        return command;
    }

    static int Run(Terminal terminal, List<string> arguments)
    {
        var program = Environment.GetEnvironmentVariable("DELTOID_WEB") is { Length: > 0 } named
            ? named : Path.Combine(AppContext.BaseDirectory, "web", "Deltoid.Web");
        if (OperatingSystem.IsWindows() && !program.EndsWith(".exe", StringComparison.Ordinal)) program += ".exe";
        if (!File.Exists(program))
        {
            terminal.Error.WriteLine("deltoid: the application is not beside this program; start it from a clone "
                + "with ./deltoid serve, or name the program Deltoid.Web in the variable DELTOID_WEB");
            return Exit.Io;
        }
        terminal.Flush();
        return OperatingSystem.IsWindows() ? Start(program, arguments) : Become(program, arguments);
    }

    static int Start(string program, List<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>This process becomes the application: signals and its number stay what a service manager knows.</summary>
    static int Become(string program, List<string> arguments)
    {
        _ = Execute(program, [program, .. arguments, null]);
        return Exit.Io; // it does not come back when it worked
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments);
}
