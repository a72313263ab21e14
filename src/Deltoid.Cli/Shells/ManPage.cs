using System.Text;

namespace Deltoid.Cli.Shells;

/// <summary>A manual page (man(7) macros) of one command, from what its help says.</summary>
static class ManPage
{
    /// <summary>Exit codes as the page lists them.</summary>
    static readonly (int Code, string Meaning)[] Exits =
    [
        (Exit.Clean, "Clean."),
        (Exit.Found, "A finding of the --fail-on severity or worse."),
        (Exit.Usage, "The command line is wrong."),
        (Exit.Unreadable, "No input could be read."),
        (Exit.PartlyRefused, "Some input was refused; the rest was answered."),
        (Exit.Io, "A file could not be read or written."),
        (Exit.Bug, "A bug in Deltoid."),
        (Exit.Interrupted, "Interrupted."),
    ];

    public static string FileName(ShellCommand command) => command.Path.Replace(' ', '-') + ".1";

    public static string Write(ShellCommand command, string version)
    {
        var name = command.Path.Replace(' ', '-');
        var text = new StringBuilder();
        text.Append($".TH {Escaped(name).ToUpperInvariant()} 1 \"\" \"deltoid {version}\" \"Deltoid\"\n");
        text.Append($".SH NAME\n{Escaped(name)} \\- {Escaped(command.Summary)}\n");
        text.Append(".SH SYNOPSIS\n").Append(Synopsis(command));
        if (command.Commands.Length > 0)
        {
            text.Append(".SH COMMANDS\n");
            foreach (var (below, summary) in command.Commands) AddItem(text, $"\\fB{Escaped(below)}\\fR", summary);
        }
        if (command.Arguments.Length > 0)
        {
            text.Append(".SH ARGUMENTS\n");
            foreach (var (argument, summary, _, _) in command.Arguments)
                AddItem(text, $"\\fI{Escaped(argument)}\\fR", summary);
        }
        text.Append(".SH OPTIONS\n");
        foreach (var option in command.Options) AddItem(text, OptionOf(option), option.Summary);
        text.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in Exits) AddItem(text, $"\\fB{code}\\fR", meaning);
        AddSeeAlso(text, command);
        return text.ToString();
    }

    static string Synopsis(ShellCommand command)
    {
        var text = new StringBuilder($"\\fB{Escaped(command.Path)}\\fR");
        if (command.Commands.Length > 0) text.Append(" \\fICOMMAND\\fR");
        foreach (var (name, _, isOptional, isMany) in command.Arguments)
        {
            var word = $"\\fI{Escaped(name)}\\fR{(isMany ? "..." : "")}";
            text.Append(isOptional ? $" [{word}]" : $" {word}");
        }
        return text.Append(" [options]\n").ToString();
    }

    static string OptionOf(ShellOption option) =>
        $"\\fB{Escaped(option.Name)}\\fR{(option.Value.Length > 0 ? $" \\fI{Escaped(option.Value)}\\fR" : "")}";

    static void AddItem(StringBuilder text, string term,
        string summary) => text.Append($".TP\n{term}\n{Escaped(summary)}\n");

    static void AddSeeAlso(StringBuilder text, ShellCommand command)
    {
        var names = command.Commands.Select(c => $"{command.Path} {c.Name}").ToList();
        if (command.Path.LastIndexOf(' ') is > 0 and var end) names.Insert(0, command.Path[..end]);
        if (names.Count == 0) return;
        var pages = names.Select(static n => $"\\fB{Escaped(n.Replace(' ', '-'))}\\fR(1)");
        text.Append($".SH SEE ALSO\n{string.Join(", ", pages)}\n");
    }

    /// <summary>A line of text: hyphens that can be typed, and nothing that begins a request.</summary>
    static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped is ['.' or '\'', ..] ? "\\&" + escaped : escaped;
    }
}
