namespace Deltoid.Web.Tests;

/// <summary>What scanners send, and what people type.</summary>
public sealed class PackageScanTests
{
    const string Gs = "\u001d";

    [Theory]
    [InlineData("(01)00305170031251(17)270331(10)XYZ2025", "2027-03-31", "XYZ2025")]
    [InlineData("0100305170031251172703" + "3110XYZ2025", "2027-03-31", "XYZ2025")]
    [InlineData("]d2010030517003125117270331" + "10XYZ2025", "2027-03-31", "XYZ2025")]
    [InlineData("]C1" + Gs + "010030517003125110XYZ2025" + Gs + "17270300", "2027-03-31", "XYZ2025")]
    [InlineData("010030517003125110XYZ2025<GS>17280200", "2028-02-29", "XYZ2025")]
    [InlineData("010030517003125121SER1^]10L-1" + Gs + "17270101", "2027-01-01", "L-1")]
    [InlineData("010030517003125117270331", "2027-03-31", "")]
    [InlineData("305170031251", "", "")]
    [InlineData("0305170031251", "", "")]
    public void An_element_string_is_read(string text, string expires, string lot)
    {
        var scan = PackageScan.Read(text, out var fault);
        Assert.Equal("", fault);
        Assert.Equal((expires, lot, false),
            (scan!.Expires is { } day ? $"{day:yyyy-MM-dd}" : "", scan.Lot, scan.IsTyped));
        // ten digits do not say where the hyphens are
        Assert.Equal(["00517003125", "05170003125", "05170031205"], scan.Ndcs);
    }

    [Theory]
    [InlineData("0517-0031-25", "00517003125")]
    [InlineData("00517-0031-25", "00517003125")]
    [InlineData("65757-300-01", "65757030001")]
    [InlineData("65757030001", "65757030001")]
    public void A_typed_NDC_with_its_layout_is_one(string text, string ndc) =>
        Assert.Equal([ndc], PackageScan.Read(text, out _)!.Ndcs);

    [Fact]
    public void Ten_bare_digits_are_asked_about()
    {
        var scan = PackageScan.Read("0517003125", out _)!;
        Assert.True(scan.IsTyped);
        Assert.Equal(3, scan.Ndcs.Count);
        var chosen = PackageScan.Read(PackageScan.Chosen(scan with { Lot = "L" }, "00517003125"), out _)!;
        Assert.Equal(("00517003125", "L", false), (Assert.Single(chosen.Ndcs), chosen.Lot, chosen.IsTyped));
    }

    [Theory]
    [InlineData("(01)00305170031250(10)A", "One digit of this code is wrong: scan it again.")]
    [InlineData("(01)00312345678906(17)271331", "The expiry date in this code is no date: read it from the label.")]
    [InlineData("(01)00712345678911", "This code is of no drug with an NDC: type the drug.")]
    [InlineData("(10)XYZ2025", "This code is not read: scan it again, or type the NDC with its hyphens.")]
    [InlineData("(01)123(10)A", "This code is not read: scan it again, or type the NDC with its hyphens.")]
    [InlineData("010030517003125", "This code is not read: scan it again, or type the NDC with its hyphens.")]
    [InlineData("123-45", "This is no NDC: write it with its hyphens, such as 0517-0031-25.")]
    [InlineData("", "This code is not read: scan it again, or type the NDC with its hyphens.")]
    [InlineData("()()((", "This code is not read: scan it again, or type the NDC with its hyphens.")]
    public void What_is_not_read_says_what_to_do(string text, string says)
    {
        Assert.Null(PackageScan.Read(text, out var fault));
        Assert.Equal(says, fault);
    }

    [Fact]
    public void No_text_crashes_the_reader()
    {
        var random = new Random(17);
        const string Letters = "0123456789()]dC1-" + Gs + "AZ|:";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ =>
                Letters[random.Next(Letters.Length)]));
            if (PackageScan.Read(text, out var fault) is { } scan)
                Assert.All(scan.Ndcs, static n => Assert.Equal(11, n.Length));
            else Assert.NotEqual("", fault);
        }
    }
}
