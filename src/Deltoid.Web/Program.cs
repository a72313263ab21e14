using Deltoid.Web;

return args switch
{
    ["audit", "evidence", .. var rest] => await EvidenceCommand.Run(rest, Console.Out, Console.Error),
    ["audit", .. var rest] => await AuditCommand.Run(rest, Console.Out, Console.Error),
    ["backup", .. var rest] => await BackupCommand.Backup(rest, Console.Out, Console.Error),
    ["restore", .. var rest] => await BackupCommand.Restore(rest, Console.Out, Console.Error),
    ["codegen", ..] => await JobHost.Generate(args),
    _ => await Serving.Run(args),
};
