using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid audit verify</c>: whether the audit trail of a store is as it was written. The application's program does
/// it, since it has the store.
/// </summary>
static class AuditCommand
{
    public static Command Create(Terminal terminal) =>
        new("audit", "Check the audit trail of a practice's store") { Verify(terminal) };

    static Command Verify(Terminal terminal)
    {
        var (folder, postgres, anchors) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Anchors());
        var command = new Command("verify", "Follow every event from the first, compare with the anchors, and name the "
            + "first that is not as it was written (exit code 1)")
        {
            folder, postgres, anchors
        };
        command.SetAction(parse => WebProgram.Run(terminal,
            ["audit", "verify", .. WebProgram.Place(parse, folder, postgres, anchors)]));
        return command;
    }
}
