using Deltoid.Web;

return args switch
{
    ["audit", .. var rest] => await AuditCommand.Run(rest, Console.Out, Console.Error),
    ["codegen", ..] => await JobHost.Generate(args),
    _ => await Serving.Run(args),
};
