using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Deltoid.Bench;

/// <summary>
/// Times a loop on one thread and counts what it allocates; the best of several rounds stands, since noise only adds.
/// </summary>
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

    /// <summary>Seconds of one call: those that its thread ran, or those that passed.</summary>
    public static decimal Seconds(Action once, bool ofThread)
    {
        var start = ofThread ? ThreadNanoseconds() : Stopwatch.GetTimestamp();
        once();
        return ofThread ? (ThreadNanoseconds() - start) / 1e9m
            : (Stopwatch.GetTimestamp() - start) / (decimal)Stopwatch.Frequency;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public nint Seconds, Nanoseconds;
    }

    const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    [DllImport("libc")]
    static extern int clock_gettime(int clock, out TimeSpec time);

    static long ThreadNanoseconds()
    {
        if (!OperatingSystem.IsLinux()) return Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
        _ = clock_gettime(ThreadClock, out var time);
        return (time.Seconds * 1_000_000_000L) + time.Nanoseconds;
    }

    public static void Print(string what, (decimal Nanoseconds, decimal Bytes) found,
        decimal baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-58} {found.Nanoseconds,9:0.0} ns {found.Nanoseconds / baseline,7:0.00} x "
                + $"{found.Bytes,6:0} B {1_000_000m / found.Nanoseconds,9:0} k/s"));
}
