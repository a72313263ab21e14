using Microsoft.Data.Sqlite;

namespace Deltoid.Web.Tests;

/// <summary>
/// Takes the database away from the application while a file is there, so that a script in a browser can do it: nobody
/// can write meanwhile. Beside it lies another file while it is away.
/// </summary>
sealed class Switch : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task watching;

    public Switch(string folder)
    {
        Path = System.IO.Path.Combine(folder, "switch");
        var database = System.IO.Path.Combine(folder, "deltoid.db");
        watching = Task.Run(() => Watch(database));
    }

    /// <summary>The file that takes it away.</summary>
    public string Path { get; }

    async Task Watch(string database)
    {
        while (!stop.IsCancellationRequested)
        {
            if (File.Exists(Path))
            {
                using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
                connection.Open();
                using var taken = connection.BeginTransaction(); // immediate: the one writer
                await File.WriteAllTextAsync(Path + ".is", "");
                while (File.Exists(Path) && !stop.IsCancellationRequested) await Task.Delay(20);
                taken.Rollback();
            }
            File.Delete(Path + ".is");
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
