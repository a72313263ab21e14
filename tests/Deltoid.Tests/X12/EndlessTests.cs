using Deltoid.Batch;
using Deltoid.Cli;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12.Acknowledgments;

namespace Deltoid.Tests;

/// <summary>
/// Memory does not grow with the file: 10 GB of claims are scrubbed, 2 GB checked and acknowledged. Nothing else runs
/// meanwhile.
/// </summary>
[Collection(nameof(EndlessTests))]
[CollectionDefinition(nameof(EndlessTests), DisableParallelization = true)]
public sealed class EndlessTests
{
    const long Most = 300L << 20;

    readonly long before = Environment.WorkingSet;
    long peak = long.MinValue; // below zero where other tests' memory was given back meanwhile

    static long Size(long gigabytes) =>
        LongRun.IsOn ? gigabytes << 30 : 16L << 20;

    void Watch() => peak = Math.Max(peak, Environment.WorkingSet - before);

    [Fact]
    public void A_scrub_holds_a_few_blocks()
    {
        var claims = new EndlessClaims(Size(10));
        var run = new ScrubRun(new BlockSource(claims), EditPages.Book, null,
            static () => new FindingsLines(EditPages.Book), (_, _) => Watch());
        run.Run(Environment.ProcessorCount, 0, TestContext.Current.CancellationToken);
        Assert.Equal((claims.Sets * (long)EndlessClaims.ClaimsInSet, claims.Sets, 0),
            (run.Totals.Claims, run.Totals.Read, run.Totals.Refused));
        EndsWithin(claims);
    }

    [Fact]
    public void A_check_holds_a_line_for_each_set()
    {
        var claims = new EndlessClaims(Size(2));
        var acknowledger = new Acknowledger(X12Samples.Terms);
        var run = new CheckRun(new BlockSource(claims), EditPages.Book, acknowledger, new FindingsLines(EditPages.Book),
            (_, _) =>
            {
                Watch();
                acknowledger.Clear();
            });
        run.Run(TestContext.Current.CancellationToken);
        Assert.Equal((claims.Sets * (long)EndlessClaims.ClaimsInSet, claims.Sets, claims.Sets),
            (run.Totals.Claims, run.Sets.Count, acknowledger.Accepted));
        Assert.Equal(0, run.Totals.Findings[(int)Severity.Error]);
        EndsWithin(claims);
    }

    void EndsWithin(EndlessClaims claims)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{claims.BytesRead >> 20:N0} MB, {peak >> 20:N0} MB more memory than before");
        Assert.InRange(peak, -before, Most); // no less than all of it: then nothing was watched
    }
}
