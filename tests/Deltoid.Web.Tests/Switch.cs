namespace Deltoid.Web.Tests;

/// <summary>
/// Stops a PostgreSQL while a file is there, so that a script in a browser can do it. Beside it lies another file while
/// the server is stopped.
/// </summary>
sealed class Switch : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task watching;

    public Switch(string folder, PostgresServer server)
    {
        Path = System.IO.Path.Combine(folder, "switch");
        watching = Task.Run(() => Watch(server));
    }

    /// <summary>The file that stops it.</summary>
    public string Path { get; }

    async Task Watch(PostgresServer server)
    {
        while (!stop.IsCancellationRequested)
        {
            if (File.Exists(Path))
            {
                server.Stop();
                await File.WriteAllTextAsync(Path + ".is", "");
                while (File.Exists(Path) && !stop.IsCancellationRequested) await Task.Delay(20);
                server.Start();
                File.Delete(Path + ".is");
            }
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        watching.Wait();
        stop.Dispose();
    }
}
