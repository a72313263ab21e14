using System.Diagnostics;
using Deltoid.X12;

namespace Deltoid.Tests;

/// <summary>
/// Broken interchanges: nothing is thrown, nothing takes long, and however the bytes come, the same is
/// found and the same claims are read.
/// </summary>
public sealed class FuzzTests
{
    const int Slowest = 250;

    static bool IsLong => Environment.GetEnvironmentVariable("DELTOID_LONG") == "1";

    [Fact]
    public void Broken_interchanges_are_read_the_same_however_their_bytes_come()
    {
        var count = IsLong ? 1_000_000 : 700;
        var faults = new List<string>();
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var readers = new X12Readers();
            for (var i = worker; i < count && faults.Count < 40; i += Environment.ProcessorCount)
            {
                var fault = Try(i, readers);
                if (fault.Length > 0) lock (faults) faults.Add($"case {i}: {fault}");
            }
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        if (IsLong) Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 300L << 20, "memory grew");
    }

    static string Try(int number, X12Readers readers)
    {
        var dice = new Dice((ulong)number + 1000);
        var file = new X12Mutation(dice).Next();
        try
        {
            var clock = Stopwatch.StartNew();
            var whole = X12Reading.Of(file, keepsClaims: true, readers: readers);
            var spent = clock.ElapsedMilliseconds;
            var cut = X12Reading.Of(file, BlockCutter.UsualSize, 1 + dice.Next(dice.OneIn(3) ? 20 : 3000), keepsClaims: true, readers: readers);
            if (spent > Slowest && !Debugger.IsAttached && X12ReadingIsSlow(file, readers)) return $"took {spent} ms";
            return Differs(whole, cut);
        }
#pragma warning disable CA1031 // whatever is thrown is the fault
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"{e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(static l => l.Contains("Deltoid.X12", StringComparison.Ordinal))}";
        }
    }

    /// <summary>A machine that is busy with something else may make one reading slow, not three.</summary>
    static bool X12ReadingIsSlow(byte[] file, X12Readers readers)
    {
        for (var i = 0; i < 3; i++)
        {
            var clock = Stopwatch.StartNew();
            X12Reading.Of(file, readers: readers);
            if (clock.ElapsedMilliseconds <= Slowest) return false;
        }
        return true;
    }

    /// <summary>The findings in an order that does not depend on blocks; that lines are wrapped is told once a block.</summary>
    static List<string> Told(X12Reading reading) =>
        [.. reading.Findings.Select(static f => f.Info == X12Findings.LineEndInside ? $"{f.Info.Name} {f.Source.Interchange} {f.Source.Group} {f.Source.Set}" : X12Reading.Text(f)).Order(StringComparer.Ordinal)];

    static string Differs(X12Reading whole, X12Reading cut)
    {
        var (a, b) = (Told(whole), Told(cut));
        a = [.. a.Where((t, i) => i == 0 || t != a[i - 1] || t[0] == 'X')];
        b = [.. b.Where((t, i) => i == 0 || t != b[i - 1] || t[0] == 'X')];
        if (!a.SequenceEqual(b)) return $"other findings in {cut.Blocks} blocks:\n  - {string.Join("\n  - ", a.Except(b).Take(3))}\n  + {string.Join("\n  + ", b.Except(a).Take(3))}";
        if (!whole.Claims.SequenceEqual(cut.Claims)) return $"other claims in {cut.Blocks} blocks:\n  - {string.Join("\n  - ", whole.Claims.Except(cut.Claims).Take(2))}\n  + {string.Join("\n  + ", cut.Claims.Except(whole.Claims).Take(2))}";
        return "";
    }
}
