using System.CommandLine;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid audit verify</c>: whether the audit trail of a store is as it was written; <c>deltoid audit evidence</c>:
/// what an auditor asks for. The application's program does both, since it has the store.
/// </summary>
static class AuditCommand
{
    public static Command Create(Terminal terminal) =>
        new("audit", "Check the audit trail of a practice's store, and write evidence for an auditor")
        {
            Verify(terminal), Evidence(terminal)
        };

    static Command Evidence(Terminal terminal)
    {
        var (folder, postgres, anchors) = (WebProgram.Folder(), WebProgram.Postgres(), WebProgram.Anchors());
        var from = new Option<string>("--from")
        {
            Description = "The first day: 2026-01-01", HelpName = "DAY", Required = true
        };
        var to = new Option<string>("--to") { Description = "The last day", HelpName = "DAY", Required = true };
        var output = new Option<string>("--output")
        {
            Description = "A new folder, or a new file that ends in .zip", HelpName = "PLACE", Required = true
        };
        var patients = new Option<bool>("--with-patients")
        {
            Description = "Also audited claims with their patients; without it no patient is in the files"
        };
        var command = new Command("evidence", "Write access reviews, changes of rights, backups, policies, audits, "
            + "overpayments and the state of the trail, as CSV with an index in JSON")
        {
            from, to, output, patients, folder, postgres, anchors
        };
        command.SetAction(parse => WebProgram.Run(terminal,
        [
            "audit", "evidence", "--From", parse.GetValue(from)!, "--Thru", parse.GetValue(to)!,
            "--Output", Path.GetFullPath(parse.GetValue(output)!),
            "--Patients", parse.GetValue(patients) ? "true" : "false",
            .. WebProgram.Place(parse, folder, postgres, anchors)
        ]));
        return command;
    }

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
