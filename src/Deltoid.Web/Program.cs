using Deltoid.Web;
using Deltoid.Web.Mcp;
using Deltoid.Web.Models;

try
{
    return args switch
    {
        ["audit", "evidence", .. var rest] => await EvidenceCommand.Run(rest, Console.Out, Console.Error),
        ["audit", .. var rest] => await AuditCommand.Run(rest, Console.Out, Console.Error),
        ["backup", .. var rest] => await BackupCommand.Backup(rest, Console.Out, Console.Error),
        ["restore", .. var rest] => await BackupCommand.Restore(rest, Console.Out, Console.Error),
        ["work", .. var rest] => await Working.Run(rest),
        ["share", .. var rest] => await ShareCommand.Run(rest, Console.Error),
        ["limits", .. var rest] => await LimitsCommand.Run(rest, Console.Out, Console.Error),
        ["codegen", ..] => await JobHost.Generate(args),
        ["propose", .. var rest] => await ProposeCommand.Run(rest, Console.OpenStandardInput(),
            Console.OpenStandardOutput(), Console.Error),
        ["mcp", .. var rest] => await McpServing.Run(rest),
        ["serve", .. var rest] => await Serving.Run(rest),
        _ => await Serving.Run(args),
    };
}
catch (ConfigException e)
{
    await Console.Error.WriteLineAsync("deltoid: " + e.Message);
    return 2;
}
