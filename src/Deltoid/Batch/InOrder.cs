namespace Deltoid.Batch;

/// <summary>
/// Runs workers over numbered pieces of work and takes what they made in the order of the numbers. The one that finishes the
/// piece that is due hands over all that are; who is too far ahead waits, so memory stays bounded. One worker is this
/// thread itself.
/// </summary>
/// <typeparam name="TWork">A piece; its number says its place.</typeparam>
/// <typeparam name="TMade">What was made of it.</typeparam>
internal sealed class InOrder<TWork, TMade>(Func<TWork?> next, Func<TWork, long> numberOf, Action<TMade> deliver)
    where TWork : class
{
    /// <summary>Pieces that are done and not yet due, at most, for each worker.</summary>
    const int Ahead = 4;

    readonly Dictionary<long, TMade> done = [];
    readonly Lock taking = new();
    readonly object turn = new();
    long due;
    Exception? failure;

    /// <summary>Runs to the end.</summary>
    /// <param name="make">Makes a worker's function; each worker has its own.</param>
    /// <param name="first">The number of the first piece.</param>
    /// <exception cref="IOException">Reading or delivering failed.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop; what was delivered stands.</exception>
    public void Run(int workers, Func<Func<TWork, TMade>> make, long first, CancellationToken stop)
    {
        due = first;
        var threads = new Thread[workers - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => Work(make, workers, stop)) { IsBackground = true };
            threads[i].Start();
        }
        Work(make, workers, stop);
        foreach (var thread in threads) thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        stop.ThrowIfCancellationRequested();
    }

    void Work(Func<Func<TWork, TMade>> worker, int workers, CancellationToken stop)
    {
        try
        {
            var make = worker();
            while (!stop.IsCancellationRequested && failure is null)
            {
                TWork? piece;
                lock (taking) piece = next();
                if (piece is null) return;
                var number = numberOf(piece); // the piece may be used for something else once something was made of it
                Hand(number, make(piece), workers, stop);
            }
        }
#pragma warning disable CA1031 // whatever it is, it is thrown again by Run
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (turn)
            {
                failure ??= e;
                Monitor.PulseAll(turn);
            }
        }
    }

    void Hand(long number, TMade made, int workers, CancellationToken stop)
    {
        lock (turn)
        {
            while (number >= due + (Ahead * workers) && failure is null && !stop.IsCancellationRequested)
                Monitor.Wait(turn, 100);
            done[number] = made;
            while (done.Remove(due, out var ready))
            {
                deliver(ready);
                due++;
            }
            Monitor.PulseAll(turn);
        }
    }
}
