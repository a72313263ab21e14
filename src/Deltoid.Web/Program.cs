using Deltoid.Web;

return await Serving.Run(args);
