using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Numbers as X12 writes them.</summary>
public sealed class DigitsTests
{
    static long? Read(string text, int decimals) =>
        Digits.TryScaled(Encoding.ASCII.GetBytes(text), decimals, out var scaled) ? scaled : null;

    static string Write(long scaled, int decimals)
    {
        Span<byte> target = stackalloc byte[24];
        return Encoding.ASCII.GetString(target[..Digits.WriteScaled(scaled, decimals, target)]);
    }

    [Theory]
    [InlineData("0", 2, 0L)]
    [InlineData("38", 2, 3800L)]
    [InlineData("38.", 2, 3800L)]
    [InlineData(".5", 2, 50L)]
    [InlineData("-.05", 2, -5L)]
    [InlineData("-0", 2, 0L)]
    [InlineData("007.10", 2, 710L)]
    [InlineData("1.2300", 2, 123L)]
    [InlineData("1.234", 3, 1234L)]
    [InlineData("99999999999999999", 0, 99_999_999_999_999_999L)]
    [InlineData("999999999999999.99", 2, 99_999_999_999_999_999L)]
    [InlineData("000000000000000001", 0, 1L)]
    public void A_number_is_read_as_a_whole_count(string text, int decimals, long expected) =>
        Assert.Equal(expected, Read(text, decimals));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("+1")]
    [InlineData("1-")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1.005")]
    [InlineData("0000000000000000001")]
    [InlineData("999999999999999999")]
    [InlineData("99999999999999999999999999")]
    [InlineData("99999999999999999")]
    public void What_is_no_number_of_cents_is_refused(string text) => Assert.Null(Read(text, 2));

    [Theory]
    [InlineData(0, 2, "0")]
    [InlineData(5, 2, "0.05")]
    [InlineData(50, 2, "0.5")]
    [InlineData(-3800, 2, "-38")]
    [InlineData(1000, 0, "1000")]
    [InlineData(long.MaxValue, 0, "9223372036854775807")]
    [InlineData(long.MinValue, 3, "-9223372036854775.808")]
    public void A_count_is_written_as_the_shortest_number(long scaled, int decimals,
        string expected) => Assert.Equal(expected, Write(scaled, decimals));

    [Fact]
    public void What_is_written_is_read_again_and_says_what_a_decimal_says()
    {
        var random = new Random(11);
        for (var round = 0; round < 5000; round++)
        {
            var (scaled, decimals) = (random.NextInt64(-99_999_999_999_999_999, 99_999_999_999_999_999)
                    >> random.Next(56), random.Next(5));
            var text = Write(scaled, decimals);
            Assert.Equal(scaled, Read(text, decimals));
            var scale = 1m;
            for (var i = 0; i < decimals; i++) scale *= 10;
            Assert.Equal((scaled / scale).ToString("0.######", CultureInfo.InvariantCulture), text);
        }
    }
}
