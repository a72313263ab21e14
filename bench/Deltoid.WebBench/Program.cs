using System.Globalization;
using Deltoid.WebBench;

// "worklist|reports|save|import|post|api|all [sqlite|postgres|both] [COUNT] [FOLDER|DATABASE]". "worklist" is the
// worklist over so many claims (a million), asked through the web with every filter there is; "save" is claims saved
// through the web by so many people at once; "import" is a file of so many claims, "post" an 835 that pays so many;
// "api" is so many programs that chart at once. A folder (SQLite) or a database (how to reach it) is kept for the next
// run, which does not fill it again. Without one, PostgreSQL is Debian's, started for this alone, and it does not write
// through to the disk.
var (work, engine) = (args.ElementAtOrDefault(0) ?? "all", args.ElementAtOrDefault(1) ?? "both");
int? count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : null;
foreach (var isPostgres in engine == "both" ? new[] { false, true } : [engine == "postgres"])
{
    async Task Measure(string name, int usual, Func<Ground, int, Task> run)
    {
        if (work != name && work != "all") return;
        await using var ground = new Ground(isPostgres, args.ElementAtOrDefault(3));
        await run(ground, count ?? usual);
    }
    await Measure("import", 100_000, ImportBench.Run);
    await Measure("post", 5_000, PostingBench.Run);
    await Measure("api", 16, ApiBench.Run);
    await Measure("save", 8, SaveBench.Run);
    await Measure("worklist", 1_000_000, WorklistBench.Run);
    await Measure("reports", 1_000_000, ReportsBench.Run);
}
