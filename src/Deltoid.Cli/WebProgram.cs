using System.CommandLine;
using System.Runtime.InteropServices;
using Deltoid.Books;

namespace Deltoid.Cli;

/// <summary>The application's program, which the commands on a practice's store start, and become.</summary>
static partial class WebProgram
{
    public static Option<string> Folder() => new("--folder")
    {
        Description = "Where the practice's data lies", HelpName = "FOLDER",
        DefaultValueFactory = static _ => "deltoid-data"
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Keep the data in PostgreSQL: \"Host=db;Database=deltoid;Username=deltoid\"; a password "
            + "belongs in the variable DELTOID_Postgres or in ~/.pgpass, where no list of processes shows it",
        HelpName = "CONNECTION"
    };

    public static Option<string?> Books() => new("--books")
    {
        Description = "The code book: 'starter' (the shipped rows), a pack, or a shelf ('codes compile --output'), "
            + "whose book in use may be changed while this runs ('codes use')",
        HelpName = "BOOK"
    };

    public static Option<string?> Anchors() => new("--anchors")
    {
        Description = "Where the ends of the audit trail are noted (default: the folder anchors in FOLDER); best on "
            + "a disk that the administrator of the database cannot change",
        HelpName = "FOLDER"
    };

    public static Option<string?> Rabbit() => new("--rabbit")
    {
        Description = "A broker of RabbitMQ hands out the chunks of large files: amqps://host/; name and password "
            + "belong in the variable DELTOID_Rabbit",
        HelpName = "ADDRESS"
    };

    public static Option<string?> Config() => new("--config")
    {
        Description = "A file of settings, one object of JSON; the environment and these options go before it",
        HelpName = "FILE"
    };

    public static Option<int?> ChunksAtOnce() => new("--chunks-at-once")
    {
        Description = "Chunks of large files that are checked at the same time (default: one for each processor)",
        HelpName = "NUMBER"
    };

    public static Option<string?> Otlp() => new("--otlp")
    {
        Description = "A collector of OpenTelemetry that gets what takes how long (OTLP over HTTP)",
        HelpName = "ADDRESS"
    };

    public static Option<string?> LogFormat()
    {
        var option = new Option<string?>("--log-format")
        {
            Description = "How log lines are written: text, or json with one object on a line", HelpName = "FORM"
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    /// <summary>Options that are given, as the program takes them.</summary>
    public static IEnumerable<string> Given(ParseResult parse, params ReadOnlySpan<(string Name, Option Of)> options)
    {
        var given = new List<string>();
        foreach (var (name, of) in options)
            if (parse.GetResult(of) is { Implicit: false } result && result.Tokens is [var value, ..])
                given.AddRange([name, IsPath(of.Name, value.Value) ? Path.GetFullPath(value.Value) : value.Value]);
        return given;
    }

    /// <summary>A path of this folder: the program starts in another.</summary>
    static bool IsPath(string option, string value) =>
        option is "--config" || (option is "--books" && value != BookName.Starter);

    /// <summary>Where the store is, as the program takes it.</summary>
    public static List<string> Place(ParseResult parse, Option<string> folder, Option<string?> postgres,
        Option<string?> anchors)
    {
        List<string> arguments = [];
        // what is not said may be in the environment or in a file of settings
        if (parse.GetResult(folder) is { Implicit: false })
            arguments.AddRange(["--Folder", Path.GetFullPath(parse.GetValue(folder)!)]);
        if (parse.GetValue(postgres) is { } connection) arguments.AddRange(["--Postgres", connection]);
        if (parse.GetValue(anchors) is { } named) arguments.AddRange(["--Anchors", Path.GetFullPath(named)]);
        return arguments;
    }

    /// <summary>Where the program is, or would be.</summary>
    public static string At
    {
        get
        {
            var program = Environment.GetEnvironmentVariable("DELTOID_WEB") is { Length: > 0 } named
                ? named : Path.Combine(AppContext.BaseDirectory, "web", "Deltoid.Web");
            return OperatingSystem.IsWindows() && !program.EndsWith(".exe", StringComparison.Ordinal)
                ? program + ".exe" : program;
        }
    }

    public static int Run(Terminal terminal, List<string> arguments)
    {
        var program = At;
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

    /// <summary>This process becomes the other program: who stops the one stops the other.</summary>
    static int Become(string program, List<string> arguments)
    {
        // texts that C ends by a zero, the list too; a process that becomes another frees nothing
        var list = new nint[arguments.Count + 2];
        list[0] = Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < arguments.Count; i++) list[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        _ = Exec(list[0], list);
        throw new IOException($"the application did not start: error {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static partial int Exec(nint path, nint[] arguments);
}
