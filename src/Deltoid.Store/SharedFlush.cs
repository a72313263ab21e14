namespace Deltoid.Store;

/// <summary>
/// Changes of people who save at the same time are brought to the disk together: each commits, lets the next one write,
/// and waits for a flush that began after its commit. One flush serves all who wait.
/// </summary>
sealed class SharedFlush(Func<Task> flush)
{
    readonly Lock gate = new();
    Task running = Task.CompletedTask;
    Task? next;

    /// <summary>Flushes so far; fewer than changes where people save at the same time.</summary>
    internal long Flushes { get; private set; }

    /// <summary>All that was committed before this call is on the disk when the task is done.</summary>
    public Task Wait()
    {
        lock (gate) return next ??= After(running); // one that runs may have begun before the commit
    }

    async Task After(Task before)
    {
        // those who waited for it have its fault
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate) (running, next) = (next!, null);
        await flush();
        Flushes++;
    }
}
