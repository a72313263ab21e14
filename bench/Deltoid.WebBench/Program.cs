using System.Globalization;
using Deltoid.WebBench;

// "[sqlite|postgres] [CLAIMS] [FOLDER]": the worklist over so many claims (a million), asked through the web with every
// filter there is; and the claim editor beside it. Without a name both are measured, one after the other. A folder is
// kept for the next run, which does not fill it again (SQLite). PostgreSQL is Debian's, started for this alone.
var engines = args.Length > 0 ? [args[0]] : new[] { "sqlite", "postgres" };
var claims = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
foreach (var engine in engines) await WorklistBench.Run(engine == "postgres", claims, args.ElementAtOrDefault(2));
