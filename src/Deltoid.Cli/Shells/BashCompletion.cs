using System.Text;

namespace Deltoid.Cli.Shells;

/// <summary>Completion for bash 4 and later.</summary>
static class BashCompletion
{
    public static string Write(List<ShellCommand> commands)
    {
        var text = new StringBuilder();
        text.Append("# Completion of deltoid for bash: source it, or put it into bash-completion's folder as "
            + "'deltoid'.\n");
        text.Append("_deltoid() {\n");
        text.Append("  local word=${COMP_WORDS[COMP_CWORD]} "
            + "before=${COMP_WORDS[COMP_CWORD-1]} path=deltoid words='' files='' "
            + "i\n");
        text.Append("  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"$path ${COMP_WORDS[i]}\" in\n");
        foreach (var command in commands.Skip(1)) text.Append($"      '{command.Path}') path='{command.Path}' ;;\n");
        text.Append("    esac\n  done\n  case \"$path $before\" in\n");
        AddValues(text, commands);
        text.Append("  esac\n  case $path in\n");
        foreach (var command in commands)
        {
            var files = command.TakesFiles ? " files=1" : "";
            text.Append($"    '{command.Path}') words='{string.Join(' ', WordsOf(command))}'{files} ;;\n");
        }
        text.Append("  esac\n");
        text.Append("  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\"; [[ $files "
            + "&& $word != -* ]] && compgen -f -- \"$word\")\n");
        text.Append("}\ncomplete -o filenames -F _deltoid deltoid\n");
        return text.ToString();
    }

    /// <summary>What may follow an option that takes a value: one line for all that are answered alike.</summary>
    static void AddValues(StringBuilder text, List<ShellCommand> commands)
    {
        var answers = commands.SelectMany(static c => c.Options.Where(static o => o.Value.Length > 0)
            .Select(o => (At: $"'{c.Path} {o.Name}'", Answer: AnswerOf(o))));
        foreach (var alike in answers.GroupBy(static a => a.Answer, static a => a.At))
            text.Append($"    {string.Join(" | \\\n    ", alike)})\n      {alike.Key}; return ;;\n");
    }

    static string AnswerOf(ShellOption option) =>
        option.TakesFile ? "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
        : option.Values.Length == 0 ? "COMPREPLY=()"
        : $"mapfile -t COMPREPLY < <(compgen -W '{string.Join(' ', option.Values)}' -- \"$word\")";

    static IEnumerable<string> WordsOf(ShellCommand command) => [.. command.Commands.Select(static c => c.Name),
        .. command.Values, .. command.Options.Select(static o => o.Name)];
}
