using System.Globalization;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary><c>deltoid audit verify</c>: whether every event of every practice is as it was written.</summary>
static class AuditCommand
{
    const int Clean = 0, Found = 1, Usage = 2, Io = 5;

    /// <returns>0: all are; 1: one is not, or none can be compared with anchors; 2: usage; 5: there is no store.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not ["verify", .. var rest])
        {
            await error.WriteLineAsync("deltoid audit: use deltoid audit verify, or deltoid audit evidence");
            return Usage;
        }
        var options = ServeOptions.Of(rest);
        if (options.Postgres is null && !File.Exists(new StorePlace { Folder = options.Folder }.File))
        {
            await error.WriteLineAsync("deltoid audit: there is no store in this folder; name its folder with --folder");
            return Io;
        }
        await using var services = new ServiceCollection()
            .AddStore(new() { Folder = options.Folder, Postgres = options.Postgres }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        try
        {
            if (!(await db.Database.GetPendingMigrationsAsync()).Any())
                return await Verify(db, new(options.AnchorFolder), output, error);
            await error.WriteLineAsync("deltoid audit: an earlier version has written this store; start deltoid serve "
                + "once, which brings it up to date");
        }
        catch (System.Data.Common.DbException e)
        {
            await error.WriteLineAsync($"deltoid audit: the store cannot be opened ({e.GetType().Name})");
        }
        return Io;
    }

    static async Task<int> Verify(PracticeDb db, AuditAnchors anchors, TextWriter output, TextWriter error)
    {
        var worst = Clean;
        foreach (var practice in await db.Practices.Select(static p => p.Id).OrderBy(static i => i).ToListAsync())
        {
            db.PracticeId = practice;
            try
            {
                var known = anchors.Read(practice);
                var chain = await AuditChain.Verify(db, known);
                var isAnchored = known.Count > 0 || chain.Count == 0;
                if (chain.Fault is not null || !isAnchored) worst = Found;
                await output.WriteLineAsync(Say(practice, chain, known));
            }
            catch (InvalidDataException e)
            {
                worst = Found;
                await error.WriteLineAsync($"deltoid audit: practice {practice}: {e.Message}");
            }
        }
        return worst;
    }

    static string Say(long practice, AuditChain chain, List<AuditAnchor> anchors) => string.Create(
        CultureInfo.InvariantCulture, $"practice {practice}: ")
        + (chain.Fault is { } fault
            ? string.Create(CultureInfo.InvariantCulture, $"event {fault.Number} {fault.Why}; ")
                + (fault.Number > 1 ? "the events before it are as they were written" : "it is the first")
            : string.Create(CultureInfo.InvariantCulture, $"all {chain.Count:N0} events are as they were written; ")
                + (anchors is [.., var last]
                    ? string.Create(CultureInfo.InvariantCulture,
                        $"the last anchor is event {last.Number:N0} of {last.At:MM/dd/yyyy HH:mm} UTC")
                    : chain.Count == 0 ? "there is nothing to anchor yet"
                    : "there is no anchor file, so nobody can say whether later events are missing"));
}
