using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid backup</c> and <c>deltoid restore</c>: copies of the embedded store, made and checked by the
/// application's program.
/// </summary>
static class BackupCommand
{
    public static Command Backup(Terminal terminal)
    {
        var (folder, postgres, anchors) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Anchors());
        var to = new Argument<string>("TO") { Description = "A new folder for the backup" };
        var command = new Command("backup", "Back up a practice's store, also while it is served")
        {
            to, folder, postgres, anchors
        };
        command.SetAction(parse => WebProgram.Run(terminal, ["backup", Path.GetFullPath(parse.GetValue(to)!),
            .. WebProgram.Place(parse, folder, postgres, anchors)]));
        return command;
    }

    public static Command Restore(Terminal terminal)
    {
        var (folder, postgres, anchors) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Anchors());
        var from = new Argument<string>("FROM") { Description = "The folder of a backup" };
        var replace = new Option<bool>("--replace") { Description = "Put the store that is there aside" };
        var command = new Command("restore", "Restore a practice's store from a backup. It is checked before anything "
            + "is changed, and nothing is deleted")
        {
            from, folder, postgres, anchors, replace
        };
        command.SetAction(parse => WebProgram.Run(terminal, ["restore", Path.GetFullPath(parse.GetValue(from)!),
            .. WebProgram.Place(parse, folder, postgres, anchors),
            "--Replace", parse.GetValue(replace) ? "true" : "false"]));
        return command;
    }
}
