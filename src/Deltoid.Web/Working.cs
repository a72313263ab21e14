using System.Data.Common;
using Deltoid.Store;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>
/// <c>deltoid work</c>: a program without pages that checks chunks of large files for the team. Any number of them may
/// run; one that is stopped hands back what it has not begun.
/// </summary>
static class Working
{
    /// <summary>A chunk is done within a second; who has not ended by then is left, and its chunk is done by another.
    /// </summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> Run(string[] args)
    {
        var options = ServeOptions.Of(args);
        if (options.Postgres is null)
            return await Tell("without PostgreSQL the application does all work itself; name the team's database with "
                + "--postgres", 2);
        if (options.ChunksAtOnce < 1) return await Tell("a worker takes at least one chunk (--chunks-at-once)", 2);
        try
        {
            using var host = Build(options);
            await Begin(host);
            await host.StartAsync();
            Console.WriteLine($"Deltoid works on {options.ChunksAtOnce} chunks at the same time");
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (NewerStoreException e)
        {
            return await Tell(e.Message, 5);
        }
        catch (InputException e)
        {
            return await Tell($"{e.At} {e.Message}; {e.Try}", 5);
        }
        catch (Exception e) when (e is DbException || JobWork.MayPass(e))
        {
            return await Tell($"the database or the broker cannot be reached ({e.GetType().Name})", 5);
        }
    }

    static async Task<int> Tell(string what, int code)
    {
        await Console.Error.WriteLineAsync("deltoid work: " + what);
        return code;
    }

    static IHost Build(ServeOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        LogLines.Use(builder.Logging, options);
        builder.Services.AddSingleton(options).AddSingleton(options.Time)
            .AddSingleton(_ => CodeBooks.Open(options.Books)).AddHostedService<BookWatch>()
            .AddStore(new() { Folder = options.Folder, Postgres = options.Postgres })
            .AddSingleton<JobHost>().AddHostedService(static s => s.GetRequiredService<JobHost>())
            .Configure<HostOptions>(static o => o.ShutdownTimeout = Patience);
        Telemetry.Add(builder.Services, options, "deltoid-work");
        return builder.Build();
    }

    /// <summary>Brings the store up to date, as the first that starts does, and opens the code book.</summary>
    static async Task Begin(IHost host)
    {
        using var scope = host.Services.CreateScope();
        await StoreSetup.Migrate(scope.ServiceProvider.GetRequiredService<PracticeDb>());
        host.Services.GetRequiredService<CodeBooks>();
    }
}
