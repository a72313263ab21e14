using Deltoid.Web;

return args is ["audit", .. var rest]
    ? await AuditCommand.Run(rest, Console.Out, Console.Error)
    : await Serving.Run(args);
