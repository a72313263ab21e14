using Deltoid.Cli;

return App.Run(args, Terminal.OfProcess());
