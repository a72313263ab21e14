using System.Text;

namespace Deltoid.Cli.Shells;

/// <summary>Completion for zsh.</summary>
static class ZshCompletion
{
    public static string Write(List<ShellCommand> commands)
    {
        var text = new StringBuilder();
        text.Append("#compdef deltoid\n");
        text.Append("# Completion of deltoid for zsh: put it into a folder of $fpath as '_deltoid'.\n");
        foreach (var command in commands) Add(text, command);
        text.Append("if [[ $funcstack[1] == _deltoid ]]; then _deltoid \"$@\"; else compdef _deltoid deltoid; fi\n");
        return text.ToString();
    }

    static void Add(StringBuilder text, ShellCommand command)
    {
        var name = Function(command.Path);
        text.Append($"{name}() {{\n  local curcontext=\"$curcontext\" state state_descr line\n  typeset -A opt_args\n");
        text.Append("  _arguments -C \\\n");
        foreach (var option in command.Options) text.Append($"    '{OptionOf(option)}' \\\n");
        if (command.Commands.Length > 0)
        {
            text.Append("    '1: :->command' '*::arg:->rest'\n  case $state in\n    command)\n");
            text.Append("      local -a commands=(");
            foreach (var (below, summary) in command.Commands)
                text.Append($"'{below}:{Quoted(summary).Replace(":", "\\:", StringComparison.Ordinal)}' ");
            text.Append(")\n      _describe command commands ;;\n    rest)\n      case $words[1] in\n");
            foreach (var (below, _) in command.Commands)
                text.Append($"        {below}) {Function($"{command.Path} {below}")} ;;\n");
            text.Append("      esac ;;\n  esac\n");
        }
        else text.Append($"    '*: :{ArgumentOf(command)}'\n");
        text.Append("}\n");
    }

    static string ArgumentOf(ShellCommand command) =>
        command.Values.Length > 0 ? $"({string.Join(' ', command.Values)})" : command.TakesFiles ? "_files" : " ";

    static string OptionOf(ShellOption option)
    {
        var summary = Quoted(option.Summary).Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal);
        var values = option.Values.Length > 0 ? $"({string.Join(' ', option.Values)})"
            : option.TakesFile ? "_files"
            : " ";
        return option.Value.Length == 0 ? $"{option.Name}[{summary}]" : $"{option.Name}[{summary}]: :{values}";
    }

    static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);

    static string Function(string path) => "_" + path.Replace(' ', '_').Replace('-', '_');
}
