using System.Diagnostics;
using System.Globalization;

namespace Deltoid.Bench;

/// <summary>Times a loop on one thread and counts what it allocates; the best of several rounds stands, since noise only adds.</summary>
static class Measure
{
    const int Rounds = 12;

    /// <summary>Nanoseconds and bytes of one call.</summary>
    public static (decimal Nanoseconds, decimal Bytes) Of(Action once, int calls)
    {
        for (var i = 0; i < calls; i++) once();
        var (best, bytes) = (long.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) once();
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }
        return (best * 1_000_000_000m / Stopwatch.Frequency / calls, (decimal)bytes / calls);
    }

    public static void Print(string what, (decimal Nanoseconds, decimal Bytes) found, decimal baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-58} {found.Nanoseconds,9:0.0} ns {found.Nanoseconds / baseline,7:0.00} x {found.Bytes,6:0} B {1_000_000m / found.Nanoseconds,9:0} k/s"));
}
