using System.Diagnostics;
using Deltoid.Findings;

namespace Deltoid.Tests;

/// <summary>Hostile files: what comes out of each is known, in bounded time.</summary>
public sealed class HostileTests
{
    [Fact]
    public void What_comes_out_of_each_is_known()
    {
        var faults = new List<string>();
        foreach (var hostile in HostileCases.All)
        {
            var file = hostile.Make();
            var clock = Stopwatch.StartNew();
            var reading = X12Reading.Of(file, keepsClaims: true);
            var spent = clock.Elapsed;
            var result = HostileCases.Result(reading);
            if (result != hostile.Out) faults.Add($"{hostile.Name}: {result}");
            if (spent > TimeSpan.FromSeconds(5)) faults.Add($"{hostile.Name} took {spent.TotalMilliseconds:0} ms");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
