using Deltoid.Web;

return args is ["codegen", ..] ? await JobHost.Generate(args) : await Serving.Run(args);
