using Deltoid.Reports;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Samples and what they say. The numbers were computed by another program, in floating point, with the density of t
/// integrated by Simpson's rule.
/// </summary>
public sealed class AuditEstimateTests
{
    [Theory]
    [InlineData("0.9", 4, "1.5332063"), InlineData("0.95", 29, "1.6991270"), InlineData("0.975", 29, "2.0452296")]
    [InlineData("0.9", 29, "1.3114336"), InlineData("0.975", 3, "3.1824463"), InlineData("0.95", 99, "1.6603912")]
    [InlineData("0.975", 10, "2.2281389"), InlineData("0.9", 7, "1.4149239"), InlineData("0.975", 1, "12.7062047")]
    public void Points_of_t_are_those_of_the_tables(string part, int degrees, string point) =>
        Assert.Equal(point, decimal.Round(Student.Point(Dec(part), degrees), 7).ToString("0.0000000", null));

    static decimal Dec(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static AuditedClaim Audited(int stratum, long over, long paid = 5_000) =>
        new(stratum, paid, paid - over, 2, over == 0 ? 0 : 1);

    static readonly AuditedClaim[] Eight =
    [
        Audited(1, 0, 5000), Audited(1, 0, 4200), Audited(1, 1250, 6100), Audited(1, 0, 3900),
        Audited(1, -300, 5050), Audited(1, 3800, 7600), Audited(1, 0, 4100), Audited(1, 650, 5200),
    ];

    [Fact]
    public void A_random_sample_says_at_least_how_much_was_paid_too_much()
    {
        var of = AuditEstimate.Of([new(1, 200, 1_000_000, 8)], Eight);
        Assert.Equal((200, 8, false, true), (of.Population, of.Judged, of.IsWhole, of.IsEnough));
        Assert.Equal((new Money(5_400), new Money(135_000)), (of.Found, of.Point));
        Assert.Equal(93_942.231489m, decimal.Round(of.Error!.Value, 6));
        Assert.Equal(new Money(2_079), of.LowerLimit);
        Assert.Equal((new Money(-42_981), new Money(312_981)), of.Interval);
        Assert.Equal((0.131227m, -0.061668m, 0.324122m), Rounded(of.NetErrors));
        Assert.Equal(0.5m, of.ClaimErrors.Rate);
        Assert.Equal(0.25m, of.LineErrors.Rate);
        Assert.True(of.GrossErrors.Rate > of.NetErrors.Rate); // too little paid is an error as well
    }

    static (decimal, decimal, decimal) Rounded(RateWithin rate) => (decimal.Round(rate.Rate, 6),
        decimal.Round(rate.Low!.Value, 6), decimal.Round(rate.High!.Value, 6));

    [Fact]
    public void Groups_count_by_their_claims_and_one_that_was_judged_whole_is_sure()
    {
        AuditedClaim[] claims =
        [
            .. new long[] { 0, 0, 500, 0 }.Select(static o => Audited(1, o)),
            .. new long[] { 1000, 0, 2500, 400, 0 }.Select(static o => Audited(2, o)),
            .. new long[] { 10_000, 0, 4_000 }.Select(static o => Audited(3, o, 20_000)),
        ];
        var of = AuditEstimate.Of([new(1, 100, 500_000, 4), new(2, 40, 200_000, 5), new(3, 3, 60_000, 3)], claims);
        Assert.Equal(new Money(57_700), of.Point);
        Assert.Equal((new Money(30_341), (new Money(22_585), new Money(92_815))), (of.LowerLimit, of.Interval));
    }

    [Fact]
    public void Where_every_claim_is_judged_nothing_is_estimated()
    {
        var of = AuditEstimate.Of([new(1, 8, 41_150, 8)], Eight);
        Assert.True(of.IsWhole);
        Assert.Equal((new Money(5_400), new Money(5_400), 0m), (of.Point, of.LowerLimit, of.Error));
        Assert.Equal(of.NetErrors.Rate, of.NetErrors.Low);
    }

    [Fact]
    public void A_sample_that_is_too_small_does_not_say_how_sure_it_is()
    {
        var of = AuditEstimate.Of([new(1, 200, 1_000_000, 8)], Eight[..1]);
        Assert.False(of.IsEnough);
        Assert.Null(of.LowerLimit);
        Assert.Null(of.Interval);
        Assert.Equal(0, AuditEstimate.Of([new(1, 200, 1, 8)], []).Point.Cents);
        Assert.Null(AuditEstimate.Of([new(1, 100, 1, 2), new(2, 9, 1, 2)], [.. Eight[..5]]).LowerLimit); // none of one
    }

    [Fact]
    public void A_ticket_is_what_sha256sum_says_of_seed_comma_number()
    {
        Assert.Equal("610b34f2db1b6c04ad5bae6d97c429e5977ff2c9da1d1c1decefd1dee74793c4",
            TicketDraw.TicketOf("20261129", "C000001"));
        string[] all = ["C000003", "C000002", "C000001"];
        Assert.Equal(["C000001", "C000002"], TicketDraw.Of("20261129", all, 2));
        Assert.Equal(["C000001", "C000002"], TicketDraw.Of("20261129", all.Reverse(), 2));
        Assert.Equal(3, TicketDraw.Of("20261129", all, 9).Count);
        Assert.NotEqual(TicketDraw.Of("1", Many(), 10), TicketDraw.Of("2", Many(), 10));
    }

    static IEnumerable<string> Many() => Enumerable.Range(1, 500).Select(static i => $"C{i:000000}");

    static List<FramedClaim> Framed() => [.. Enumerable.Range(1, 500).Select(static i =>
        new FramedClaim($"C{i:000000}", i % 50 == 0 ? 90_000 + i : 1_000 + i, i % 25 == 0 ? 4 : i % 5 == 0 ? 1 : 0))];

    [Theory]
    [InlineData((int)DrawKind.Simple, 1), InlineData((int)DrawKind.ByAmount, 3), InlineData((int)DrawKind.ByRisk, 3)]
    public void A_draw_has_its_size_takes_no_claim_twice_and_is_the_same_each_time(int kind, int groups)
    {
        var claims = Framed();
        var drawn = AuditFrame.Draw((DrawKind)kind, claims, "77", 60);
        Assert.Equal((groups, 60, 60), (drawn.Strata.Count, drawn.Drawn.Count,
            drawn.Drawn.Select(static d => d.Number).Distinct().Count()));
        Assert.Equal(500, drawn.Strata.Sum(static s => s.Claims));
        Assert.All(drawn.Strata, s => Assert.Equal(s.Drawn, drawn.Drawn.Count(d => d.Stratum == s.Number)));
        claims.Reverse();
        Assert.Equal(drawn.Drawn, AuditFrame.Draw((DrawKind)kind, claims, "77", 60).Drawn);
        if (groups == 1) return;
        var chance = drawn.Strata.Select(static s => (decimal)s.Drawn / s.Claims).ToList();
        Assert.True(chance[0] < chance[^1], string.Join(' ', chance)); // the last group is what is looked for
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public void A_frame_of_a_few_claims_is_drawn_whole_and_no_group_is_too_small(int claims)
    {
        var few = Framed()[..claims];
        foreach (var kind in new[] { DrawKind.Simple, DrawKind.ByAmount, DrawKind.ByRisk })
        {
            var drawn = AuditFrame.Draw(kind, few, "5", 30);
            Assert.Equal(claims, drawn.Drawn.Count);
            Assert.All(drawn.Strata, s => Assert.True(s.Claims >= Math.Min(2, claims), $"{kind}"));
        }
    }

    /// <summary>The lower limit must be below the truth in about 90 of 100 samples: here 1,000 are drawn.</summary>
    [Fact]
    public void The_lower_limit_holds_about_as_often_as_it_says()
    {
        var truth = Enumerable.Range(1, 400).ToDictionary(static i => $"C{i:000000}", static i =>
            Audited(1, i % 3 == 0 ? 500 + (i * 7 % 900) : i % 7 == 0 ? -200 : 0));
        var (total, held) = (truth.Values.Sum(static c => c.Over), 0);
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var drawn = TicketDraw.Of($"{seed}", truth.Keys, 40).ConvertAll(n => truth[n]);
            if (AuditEstimate.Of([new(1, 400, 0, 40)], drawn).LowerLimit!.Value.Cents <= total) held++;
        }
        Assert.InRange(held, 880, 940);
    }
}
