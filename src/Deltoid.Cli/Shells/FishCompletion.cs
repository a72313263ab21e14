using System.Text;

namespace Deltoid.Cli.Shells;

/// <summary>Completion for fish.</summary>
static class FishCompletion
{
    public static string Write(List<ShellCommand> commands)
    {
        var text = new StringBuilder();
        text.Append("# Completion of deltoid for fish: put it into ~/.config/fish/completions as 'deltoid.fish'.\n");
        text.Append("function __deltoid_path\n  set -l path deltoid\n");
        text.Append("  for word in (commandline -opc)[2..-1]\n    switch \"$path $word\"\n      case ");
        text.AppendJoin(' ', commands.Skip(1).Select(static c => $"'{c.Path}'"));
        text.Append("\n        set path \"$path $word\"\n    end\n  end\n  echo $path\nend\n");
        text.Append("function __deltoid_at\n  test (__deltoid_path) = \"$argv\"\nend\n");
        foreach (var command in commands) Add(text, command);
        return text.ToString();
    }

    static void Add(StringBuilder text, ShellCommand command)
    {
        var begin = $"complete -c deltoid -n '__deltoid_at {command.Path}'";
        if (!command.TakesFiles) text.Append($"{begin} -f\n");
        foreach (var (name, summary) in command.Commands) text.Append($"{begin} -a {name} -d {Quoted(summary)}\n");
        foreach (var word in command.Values) text.Append($"{begin} -a {word}\n");
        foreach (var option in command.Options)
        {
            var letter = option.Name.StartsWith("--", StringComparison.Ordinal) ? "-l" : "-s";
            text.Append($"{begin} {letter} {option.Name.TrimStart('-')} -d {Quoted(option.Summary)}");
            if (option.TakesFile) text.Append(" -r -F");
            else if (option.Values.Length > 0) text.Append($" -x -a {Quoted(string.Join(' ', option.Values))}");
            else if (option.Value.Length > 0) text.Append(" -x");
            text.Append('\n');
        }
    }

    static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
