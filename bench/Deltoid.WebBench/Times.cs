using System.Diagnostics;

namespace Deltoid.WebBench;

/// <summary>How long requests of one kind took, and which took longest.</summary>
sealed class Times(string name)
{
    readonly List<(double Milliseconds, string About)> all = [];

    public async Task<T> Of<T>(string about, Func<Task<T>> act)
    {
        var watch = Stopwatch.StartNew();
        var result = await act();
        all.Add((watch.Elapsed.TotalMilliseconds, about));
        return result;
    }

    public void Print()
    {
        if (all.Count == 0) return;
        all.Sort();
        double At(double share) => all[Math.Min(all.Count - 1, (int)(all.Count * share))].Milliseconds;
        Console.WriteLine($"  {name}: {all.Count} times, median {At(.5):0.0} ms, p99 {At(.99):0.0} ms, "
            + $"longest {all[^1].Milliseconds:0.0} ms");
        foreach (var (milliseconds, about) in all.TakeLast(3).Reverse())
            if (about.Length > 0) Console.WriteLine($"    {milliseconds:0.0} ms: {about}");
    }
}
