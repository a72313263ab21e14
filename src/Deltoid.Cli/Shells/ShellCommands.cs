using System.CommandLine;

namespace Deltoid.Cli.Shells;

/// <summary><c>deltoid completion</c> and <c>deltoid man</c>: the command line for shells and for man(1).</summary>
static class ShellCommands
{
    static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Completion(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Shells), HelpName = "SHELL" };
        Among.Only(shell, Shells);
        var command = new Command("completion",
            "Print a script that completes deltoid's commands and options in your shell") { shell };
        command.SetAction(parse =>
        {
            var commands = CommandTable.Of(parse.RootCommandResult.Command);
            terminal.Write(parse.GetValue(shell) switch
            {
                "bash" => BashCompletion.Write(commands),
                "zsh" => ZshCompletion.Write(commands),
                "fish" => FishCompletion.Write(commands),
                _ => PowerShellCompletion.Write(commands),
            });
            return Exit.Clean;
        });
        return command;
    }

    public static Command Man(Terminal terminal)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command, such as 'codes list'; if not given, deltoid itself",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var folder = new Option<string?>("--folder")
        {
            Description = "Write the pages of all commands into a folder", HelpName = "FOLDER"
        };
        var command = new Command("man", "Print the manual page of a command: deltoid man scrub | man -l -")
        {
            words, folder
        };
        command.SetAction(parse =>
        {
            var commands = CommandTable.Of(parse.RootCommandResult.Command);
            if (parse.GetValue(folder) is { } into) return WriteAll(commands, into);
            var path = string.Join(' ', (string[])["deltoid", .. parse.GetValue(words) ?? []]);
            if (commands.Find(c => c.Path == path) is not { } found)
                return terminal.Refuse($"there is no command '{path}'; 'deltoid --help' lists the commands");
            terminal.Write(ManPage.Write(found, Release.Version));
            return Exit.Clean;
        });
        return command;
    }

    static int WriteAll(List<ShellCommand> commands, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var command in commands)
            File.WriteAllText(Path.Combine(folder, ManPage.FileName(command)), ManPage.Write(command, Release.Version));
        return Exit.Clean;
    }
}
