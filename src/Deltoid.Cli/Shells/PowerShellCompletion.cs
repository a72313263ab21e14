using System.Text;

namespace Deltoid.Cli.Shells;

/// <summary>Completion for PowerShell 5 and later.</summary>
static class PowerShellCompletion
{
    public static string Write(List<ShellCommand> commands)
    {
        var text = new StringBuilder();
        text.Append("# Completion of deltoid for PowerShell: add '. deltoid.ps1' to your $PROFILE.\n");
        text.Append("Register-ArgumentCompleter -Native -CommandName deltoid -ScriptBlock {\n");
        text.Append("  param($word, $line, $cursor)\n  $words = @{\n");
        foreach (var command in commands)
            text.Append($"    '{command.Path}' = @({string.Join(", ", ItemsOf(command))})\n");
        text.Append("  }\n  $values = @{\n");
        foreach (var command in commands)
            foreach (var option in command.Options.Where(static o => o.Values.Length > 0))
                text.Append($"    '{command.Path} {option.Name}' = @("
                    + $"{string.Join(", ", option.Values.Select(Quoted))})\n");
        text.Append("""
              }
              $path = 'deltoid'; $before = ''
              foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
                if ($element.Extent.EndOffset -ge $cursor) { break }
                $before = "$element"
                if ($words.ContainsKey("$path $element")) { $path = "$path $element" }
              }
              $items = if ($values.ContainsKey("$path $before")) { $values["$path $before"] } else { $words[$path] }
              foreach ($item in $items) {
                $name, $summary = $item -split "`t"
                if ($name -notlike "$word*") { continue }
                if (-not $summary) { $summary = $name }
                [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $summary)
              }
            }

            """);
        return text.ToString();
    }

    static IEnumerable<string> ItemsOf(ShellCommand command) =>
    [
        .. command.Commands.Select(static c => Item(c.Name, c.Summary)),
        .. command.Values.Select(Quoted),
        .. command.Options.Select(static o => Item(o.Name, o.Summary)),
    ];

    static string Item(string name, string summary) => $"({Quoted(name)} + \"`t\" + {Quoted(summary)})";

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
