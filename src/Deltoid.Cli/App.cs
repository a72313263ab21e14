using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Deltoid.Books;
using Deltoid.Cli.Shells;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>The command line: every command is a file of its own, built here.</summary>
public static class App
{
    /// <summary>Runs one command line.</summary>
    /// <returns>An exit code of <see cref="Exit"/>; no exception comes out.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            return Invoke(args, terminal);
        }
        catch (BookException e)
        {
            terminal.Error.WriteLine("deltoid: " + e.Message);
            return Exit.Usage;
        }
        catch (InputException e)
        {
            terminal.Tell("deltoid", e);
            return Exit.Unreadable;
        }
        catch (InUseException e)
        {
            terminal.Error.WriteLine("deltoid: " + e.Message);
            return Exit.Io;
        }
        catch (OperationCanceledException)
        {
            return Stopped(terminal, Exit.Interrupted);
        }
        catch (OutputException) when (terminal.OutputIsClosed)
        {
            terminal.Error.WriteLine("deltoid: stopped: the reader of the output has closed it");
            return Exit.Io;
        }
        catch (OutputException e)
        {
            terminal.Error.WriteLine("deltoid: " + e.Message);
            return Exit.Io;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine("deltoid: a file cannot be read or written");
            return Exit.Io;
        }
#pragma warning disable CA1031 // the last resort: whatever it is, it is a bug, and its message may quote the input
        catch (Exception e)
#pragma warning restore CA1031
        {
            Report(e, terminal.Error);
            return Exit.Bug;
        }
    }

    static int Invoke(string[] args, Terminal terminal)
    {
        var result = Root(terminal).Parse(AsOptions(args));
        var faults = UnknownOptions(result).Concat(UsageWords.Of(result)).ToList();
        if (faults.Count > 0 && result.Action is not HelpAction)
        {
            foreach (var fault in faults) terminal.Error.WriteLine("deltoid: " + fault);
            terminal.Error.WriteLine($"Try '{CommandPath(result.CommandResult)} --help'.");
            return Exit.Usage;
        }
        if (result.GetValue(Book) is { } book) terminal.BookName = book;
        using var text = new StringWriter();
        var code = result.Invoke(new InvocationConfiguration
        {
            Output = text, Error = terminal.Error, EnableDefaultExceptionHandler = false
        });
        terminal.Write(text.ToString());
        terminal.Flush();
        return Stopped(terminal, code);
    }

    /// <summary><c>deltoid</c>, <c>deltoid help code</c> and <c>deltoid version</c>, as people type them.</summary>
    static string[] AsOptions(string[] args) => args switch
    {
        [] or ["help"] => ["--help"],
        ["help", .. var command] => [.. command, "--help"],
        ["version"] => ["--version"],
        _ => args,
    };

    /// <summary>Says of a run that a person has stopped what is kept.</summary>
    static int Stopped(Terminal terminal, int code)
    {
        if (code == Exit.Interrupted) terminal.Error.WriteLine("deltoid: " + terminal.Interruption());
        return code;
    }

    static readonly Option<string?> Book = new("--book")
    {
        Description = "The code book to use: one that 'codes compile' made, a folder of books, or "
            + "the folder as it was known on a day (BOOKS@2026-07-01)", HelpName = "BOOK", Recursive = true
    };

    /// <summary>
    /// The parser hands what it does not know to the command as a file, or to the option before it as its value.
    /// </summary>
    static IEnumerable<string> UnknownOptions(ParseResult result)
    {
        var given = result.CommandResult.Children.SelectMany(static c => c switch
        {
            ArgumentResult argument => argument.Tokens,
            // a number may be negative
            OptionResult option => option.Tokens.Where(static t => t.Value.StartsWith("--", StringComparison.Ordinal)),
            _ => [],
        }).ToHashSet();
        return result.Tokens.TakeWhile(static t => t.Type != TokenType.DoubleDash)
            .Where(t => t.Value is ['-', _, ..] && given.Contains(t))
            .Select(t => UsageWords.UnknownOption(result.CommandResult, t.Value));
    }

    static string CommandPath(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{CommandPath(parent)} {command.Command.Name}" : "deltoid";

    static Command Root(Terminal terminal) => new("deltoid",
        "Deltoid takes a documented injection to coded, explained and priced claim lines.")
    {
        new HelpOption(),
        new VersionOption(),
        Book,
        CodeCommand.Create(terminal),
        ScrubCommand.Create(terminal),
        CheckCommand.Create(terminal),
        ReadCommand.Create(terminal),
        EmitCommand.Create(terminal),
        RemitCommand.Create(terminal),
        GradeCommand.Create(terminal),
        RulesCommand.Create(terminal),
        ReportCommand.Create(terminal),
        LetterCommand.Create(terminal),
        FhirCommand.Create(terminal),
        Hl7Command.Create(terminal),
        PayerCommand.Create(terminal),
        PriceCommand.Create(terminal),
        ExplainCommand.Create(terminal),
        ReadNoteCommand.Create(terminal),
        AskCommand.Create(terminal),
        CodesCommand.Create(terminal),
        ServeCommand.Create(terminal),
        McpCommand.Create(terminal),
        WorkCommands.Work(terminal),
        WorkCommands.Share(terminal),
        WorkCommands.Limits(terminal),
        AuditCommand.Create(terminal),
        BackupCommand.Backup(terminal),
        BackupCommand.Restore(terminal),
        NewCommand.Create(terminal),
        SchemaCommand.Create(terminal),
        ShellCommands.Completion(terminal),
        ShellCommands.Man(terminal),
    };

    /// <summary>The kind of exception and where it came from; never its message, which may quote a patient.</summary>
    static void Report(Exception e, TextWriter error)
    {
        error.WriteLine($"deltoid: a bug: please report this ({e.GetType().Name})");
        error.WriteLine(e.StackTrace);
    }
}
