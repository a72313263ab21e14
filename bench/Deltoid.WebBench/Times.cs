using System.Diagnostics;

namespace Deltoid.WebBench;

/// <summary>
/// How long requests of one kind took, and which took longest; and how long the processor worked on each, here and in
/// the server, which a busy machine does not lengthen (PostgreSQL's own work is not in it).
/// </summary>
sealed class Times(string name)
{
    readonly List<(double Milliseconds, string About)> all = [];
    readonly List<double> worked = [];

    public async Task<T> Of<T>(string about, Func<Task<T>> act)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = await act();
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        lock (all)
        {
            all.Add((milliseconds, about));
            worked.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }
        return result;
    }

    public void Print()
    {
        if (all.Count == 0) return;
        all.Sort();
        worked.Sort();
        int At(double share) => Math.Min(all.Count - 1, (int)(all.Count * share));
        Console.WriteLine($"  {name}: {all.Count} times, median {all[At(.5)].Milliseconds:0.0} ms, p99 "
            + $"{all[At(.99)].Milliseconds:0.0} ms, longest {all[^1].Milliseconds:0.0} ms; the processor "
            + $"{worked[At(.5)]:0.0} ms, p99 {worked[At(.99)]:0.0} ms");
        foreach (var (milliseconds, about) in all.TakeLast(3).Reverse())
            if (about.Length > 0) Console.WriteLine($"    {milliseconds:0.0} ms: {about}");
    }
}
