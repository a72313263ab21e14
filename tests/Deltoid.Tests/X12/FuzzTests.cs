using System.Diagnostics;

namespace Deltoid.Tests;

/// <summary>
/// Broken interchanges: nothing is thrown, nothing takes long, and however the bytes come and whatever the size of
/// blocks, the same is found in the same order and the same claims are read.
/// </summary>
public sealed class FuzzTests
{
    const int Slowest = 250;

    [Fact]
    public void Broken_interchanges_are_read_the_same_however_their_bytes_come() =>
        Each(LongRun.Count(1_500, 1_000_000), Chunks);

    static string Chunks(byte[] file, Dice dice, X12Readers readers)
    {
        var clock = Stopwatch.StartNew();
        var whole = X12Reading.Of(file, keepsClaims: true, readers: readers);
        var spent = clock.ElapsedMilliseconds;
        var cut = X12Reading.Of(file, chunk: 1 + dice.Next(dice.OneIn(3) ? 20 : 3000), keepsClaims: true,
            readers: readers);
        return spent > Slowest && !Debugger.IsAttached && IsSlow(file, readers)
            ? $"took {spent} ms"
            : Differs(whole, cut);
    }

    [Fact]
    public void Broken_interchanges_are_read_the_same_in_blocks_of_any_size() =>
        Each(LongRun.Count(500, 300_000), Sizes);

    static string Sizes(byte[] file, Dice dice, X12Readers readers)
    {
        var setPart = 1 + dice.Next(dice.OneIn(3) ? 200 : 2000);
        var whole = X12Reading.Of(file, keepsClaims: true, readers: readers, setPart: setPart);
        return Differs(whole,
            X12Reading.Of(file, 1 + dice.Next(dice.OneIn(3) ? 20 : 3000), keepsClaims: true, readers: readers,
                setPart: setPart));
    }

    static void Each(int count, Func<byte[], Dice, X12Readers, string> differs)
    {
        var faults = new List<string>();
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var readers = new X12Readers();
            for (var i = worker; i < count && faults.Count < 40; i += Environment.ProcessorCount)
            {
                var fault = Try(i, readers, differs);
                if (fault.Length > 0)
                    lock (faults) faults.Add($"case {i}: {fault}");
            }
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        if (LongRun.IsOn) Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 300L << 20, "memory grew");
    }

    static string Try(int number, X12Readers readers, Func<byte[], Dice, X12Readers, string> differs)
    {
        var dice = new Dice((ulong)number + 1000);
        try
        {
            return differs(new X12Mutation(dice).Next(), dice, readers);
        }
#pragma warning disable CA1031 // whatever is thrown is the fault
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"{e.GetType().Name} {e.Message} "
                + $"{e.StackTrace?.Split('\n').FirstOrDefault(static l => l.Contains("Deltoid.X12", StringComparison.Ordinal))}";
        }
    }

    /// <summary>A machine that is busy with something else may make some readings slow, not all.</summary>
    static bool IsSlow(byte[] file, X12Readers readers)
    {
        for (var i = 0; i < 20; i++)
        {
            var clock = Stopwatch.StartNew();
            X12Reading.Of(file, readers: readers);
            if (clock.ElapsedMilliseconds <= Slowest) return false;
        }
        return true;
    }

    static string Differs(X12Reading whole, X12Reading cut)
    {
        var (a, b) = (whole.Findings.ConvertAll(static f => X12Reading.Text(f)),
            cut.Findings.ConvertAll(static f => X12Reading.Text(f)));
        if (!a.SequenceEqual(b))
            return $"other findings in {cut.Blocks} blocks:\n  - "
                + $"{string.Join("\n  - ", a.Except(b).Take(3))}\n  + "
                + $"{string.Join("\n  + ", b.Except(a).Take(3))}";
        if (!whole.Claims.SequenceEqual(cut.Claims))
            return $"other claims in {cut.Blocks} blocks:\n  - "
                + $"{string.Join("\n  - ", whole.Claims.Except(cut.Claims).Take(2))}\n  + "
                + $"{string.Join("\n  + ", cut.Claims.Except(whole.Claims).Take(2))}";
        return "";
    }
}
