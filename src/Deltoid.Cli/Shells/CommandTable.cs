using System.CommandLine;
using System.CommandLine.Completions;

namespace Deltoid.Cli.Shells;

/// <summary>An option as a shell offers it.</summary>
/// <param name="Values">The words it takes; empty when it takes any.</param>
/// <param name="Value">What the help calls its value; empty when it takes none.</param>
sealed record ShellOption(string Name, string Summary, string[] Values, string Value)
{
    public bool TakesFile => Value.Length > 0 && Values.Length == 0 && CommandTable.IsFile(Value);
}

/// <summary>A command as a shell offers it.</summary>
/// <param name="Path">With the commands above it: <c>deltoid codes list</c>.</param>
/// <param name="Commands">Name and summary of those below it.</param>
/// <param name="Values">The words its argument takes; empty when it takes any.</param>
/// <param name="Arguments">Its arguments, as the help writes them.</param>
sealed record ShellCommand(
    string Path, string Summary, ShellOption[] Options, (string Name, string Summary)[] Commands, string[] Values,
    (string Name, string Summary, bool IsOptional, bool IsMany)[] Arguments)
{
    public string Name => Path[(Path.LastIndexOf(' ') + 1)..];

    public bool TakesFiles => Values.Length == 0 && Arguments.Any(static a => CommandTable.IsFile(a.Name));
}

/// <summary>All commands that are not hidden, read from the command line's own definition.</summary>
static class CommandTable
{
    public static List<ShellCommand> Of(Command root)
    {
        var found = new List<ShellCommand>();
        Add(root, root.Name, [], found);
        return found;
    }

    public static bool IsFile(string name) =>
        name.Contains("FILE", StringComparison.Ordinal) || name.Contains("FOLDER", StringComparison.Ordinal)
            || name.Contains("BOOK", StringComparison.Ordinal) || name.Contains(".json", StringComparison.Ordinal);

    static void Add(Command command, string path, ShellOption[] inherited, List<ShellCommand> found)
    {
        ShellOption[] own = [.. command.Options.Where(static o => !o.Hidden).Select(OptionOf)];
        var commands = command.Subcommands.Where(static c => !c.Hidden).ToArray();
        found.Add(new(
            path, command.Description ?? "", [.. own, .. inherited],
            Array.ConvertAll(commands, static c => (c.Name, c.Description ?? "")),
            [.. command.Arguments.SelectMany(static a => Words(a))],
            [.. command.Arguments.Where(static a => !a.Hidden).Select(ArgumentOf)]));
        ShellOption[] below =
            [.. inherited,
                .. command.Options.Where(static o => o is { Recursive: true, Hidden: false }).Select(OptionOf)];
        foreach (var next in commands) Add(next, $"{path} {next.Name}", below, found);
    }

    static ShellOption OptionOf(Option option)
    {
        var takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        var words = takesValue ? Words(option) : [];
        return new(option.Name, option.Description ?? "", words, takesValue ? option.HelpName ?? "VALUE" : "");
    }

    static (string Name, string Summary, bool IsOptional, bool IsMany) ArgumentOf(Argument argument) =>
        (argument.HelpName ?? argument.Name, argument.Description ?? "",
            argument.Arity.MinimumNumberOfValues == 0, argument.Arity.MaximumNumberOfValues > 1);

    static string[] Words(Symbol symbol) =>
        [.. symbol.GetCompletions(CompletionContext.Empty).Select(static c => c.Label)];
}
