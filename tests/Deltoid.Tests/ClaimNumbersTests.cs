using System.Globalization;
using System.Text;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Tests;

/// <summary>Which claims of a file have a number again, and of which claim it was.</summary>
public sealed class ClaimNumbersTests
{
    /// <summary>As many as make the table grow, numbers of several lengths, each again after a while.</summary>
    [Fact]
    public void Every_number_that_comes_again_is_found_with_its_first_claim()
    {
        const int count = 70_000;
        var (numbers, found) = (new ClaimNumbers(), new FindingList());
        for (var i = 1; i <= count; i++) numbers.Judge(ClaimOf(i, segment: i, set: 1), found);
        Assert.Equal(0, found.Count);
        for (var i = 1; i <= count; i += 7)
        {
            numbers.Judge(ClaimOf(i, segment: 3, set: 2), found);
            Assert.Equal(1, found.Count);
            Assert.Equal(("X120353", 1, i), (found[0].Info.Id, (int)found[0].A.Value, (int)found[0].D.Value));
            found.Clear();
        }
    }

    [Fact]
    public void A_claim_that_corrects_another_has_its_number_by_right()
    {
        var (numbers, found) = (new ClaimNumbers(), new FindingList());
        numbers.Judge(ClaimOf(1, segment: 3, set: 1), found);
        var correction = ClaimOf(1, segment: 9, set: 1);
        correction.Frequency = '7';
        numbers.Judge(correction, found);
        Assert.Equal(0, found.Count);
    }

    static Claim ClaimOf(int number, int segment, int set)
    {
        var text = (number % 3) switch
        {
            0 => number.ToString(CultureInfo.InvariantCulture),
            1 => $"ACCOUNT-{number}-2026",
            _ => $"C{number:000000000000000000}",
        };
        var claim = new Claim { Frequency = '1', Source = new(1, 1, set, segment, 0, 0, 0, 0) };
        claim.Set(ClaimText.Id, Encoding.ASCII.GetBytes(text));
        return claim;
    }
}
