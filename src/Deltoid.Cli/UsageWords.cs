using System.CommandLine;
using System.CommandLine.Parsing;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>What is wrong with a command line, in our words.</summary>
static class UsageWords
{
    /// <summary>Words that people try, and the command that does it.</summary>
    static readonly (string Word, string Command)[] Synonyms =
    [
        ("bill", "code"), ("encode", "code"), ("visit", "code"), ("validate", "check"), ("verify", "check"),
        ("lint", "scrub"), ("edit", "scrub"), ("claim", "scrub"), ("parse", "read"), ("show", "read"), ("view", "read"),
        ("print", "read"),
        ("write", "emit"), ("export", "emit"), ("form", "emit"), ("fee", "price"), ("fees", "price"), ("cost", "price"),
        ("find", "codes find"), ("search", "codes find"), ("lookup", "codes find"), ("compile", "codes compile"),
        ("diff", "codes diff"), ("impact", "codes impact"), ("list", "codes list"), ("use", "codes use"),
        ("why", "explain"), ("what", "explain"),
        ("init", "new"), ("create", "new"), ("template", "new"), ("example", "new"),
    ];

    public static IEnumerable<string> Of(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (command.Subcommands.Count > 0 && result.UnmatchedTokens is [var word, ..])
            return [UnknownCommand(result, word)];
        if (command.Subcommands.Count > 0 && result.Errors.Count > 0)
            return [$"a command is missing: {Names(command)}"];
        return result.UnmatchedTokens is [var stray, ..] ? [Unmatched(result.CommandResult, stray)]
            : result.Errors.Select(Of);
    }

    /// <summary>A word for which the command has no place; what follows it is not looked at.</summary>
    static string Unmatched(CommandResult command, string word) =>
        word.StartsWith('-') ? UnknownOption(command, word) : $"{command.Command.Name} does not take '{word}'";

    static string Of(ParseError error)
    {
        if (error.SymbolResult is ArgumentResult { Tokens.Count: 0, Argument: var missing,
            Parent: CommandResult asked })
            return $"{asked.Command.Name} needs {missing.HelpName ?? missing.Name}: {missing.Description}";
        if (error.SymbolResult is OptionResult { Option: { Required: true } needed, Tokens.Count: 0,
            Parent: CommandResult before })
            return $"{before.Command.Name} needs {needed.Name} {needed.HelpName}: {needed.Description}";
        if (error.SymbolResult is not OptionResult { Option: var option } result) return error.Message;
        if (result.Tokens.Count < option.Arity.MinimumNumberOfValues)
            return $"{option.Name} needs a value: {option.HelpName ?? option.Description}";
        return result.Tokens is [var given] && IsNoNumber(given.Value, option.ValueType)
            ? $"{option.Name} takes a whole number such as 4"
            : error.Message;
    }

    /// <summary>The option takes a whole number, and this is none, or one that is too large.</summary>
    static bool IsNoNumber(string text, Type type) =>
        ((type == typeof(int) || type == typeof(int?)) && !int.TryParse(text, out _))
            || ((type == typeof(long) || type == typeof(long?)) && !long.TryParse(text, out _));

    /// <summary>An option that the command does not have.</summary>
    public static string UnknownOption(CommandResult command, string given)
    {
        var names = command.Command.Options.Where(static o => !o.Hidden).Select(static o => o.Name).ToArray();
        var near = Nearest.Of(given, names);
        var hint = File.Exists(given) ? $"; the file is given as ./{given}" : "";
        if (near.Length > 0) hint = $"; did you mean {near}?";
        return $"there is no option {given} of {command.Command.Name}{hint}";
    }

    static string UnknownCommand(ParseResult result, string word)
    {
        var command = result.CommandResult.Command;
        var isRoot = result.CommandResult.Parent is null;
        if (isRoot && File.Exists(word))
            return InputKind.OfFile(word) is { } kind
                ? $"{word} is {kind.Words}: deltoid {kind.Command} {word}"
                : $"{word} is a file: say what to do with it: {Names(command)}";
        var names = command.Subcommands.Where(static c => !c.Hidden).Select(static c => c.Name).ToArray();
        var known = Array.Find(Synonyms, s => s.Word.Equals(word, StringComparison.OrdinalIgnoreCase)).Command ?? "";
        var near = isRoot && names.Contains(known.Split(' ')[0]) ? known : Nearest.Of(word, names);
        return $"there is no command '{word}'"
            + $"{(near.Length > 0 ? $"; did you mean {near}?" : $"; there are {string.Join(", ", names)}")}";
    }

    static string Names(Command command) =>
        string.Join(", ", command.Subcommands.Where(static c => !c.Hidden).Select(static c => c.Name));
}
