using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// The room for the dose: exact fractions, and a drug that is neither lost nor made however its doses are divided.
/// </summary>
public sealed class DosingTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly Amount Milligram = new(1, MeasureUnit.Mg);

    static Ratio Of(string fraction) =>
        fraction.Split('/') is [var one, var two]
            ? Ratio.Of(long.Parse(one), long.Parse(two))
            : Ratio.Of(long.Parse(fraction));

    [Theory]
    [InlineData("2/3", "2/3", "4/3", 2)]
    [InlineData("1/2", "1/2", "1", 1)]
    [InlineData("-1/2", "1/3", "-1/6", 0)]
    [InlineData("7/10", "3/10", "1", 1)]
    public void Fractions_add_exactly(string one, string two, string sum, long ceiling)
    {
        Assert.Equal(Of(sum), Of(one) + Of(two));
        Assert.Equal(ceiling, (Of(one) + Of(two)).Ceiling);
        Assert.Equal(Of(one), Of(sum) - Of(two));
    }

    /// <summary>A strength in the drug's name counts for a dose in volume; of two drugs, and of a weight, none.</summary>
    [Theory]
    [InlineData("ketorolac tromethamine 30 MG/ML Injectable Solution", "30 mg/1 mL")]
    [InlineData("TORADOL 60 MG/2 ML", "60 mg/2 mL")]
    [InlineData("methylPREDNISolone acetate (DEPO-MEDROL) 80 mg/mL injection", "80 mg/1 mL")]
    [InlineData("heparin sodium, porcine 1,000 UNT/ML", "1000 units/1 mL")]
    [InlineData("lidocaine 10 MG/ML / epinephrine 0.01 MG/ML", "")]
    [InlineData("ketorolac 60 mg", "")]
    [InlineData("infliximab 5 mg/kg", "")]
    public void A_name_may_have_the_strength(string drug, string strength)
    {
        var found = Strength.Charted(new() { Drug = drug, Dose = new(2, MeasureUnit.Ml) }, Book);
        Assert.Equal(strength, found.IsKnown ? $"{found.Of}/{found.Per}" : "");
    }

    [Fact]
    public void A_decimal_is_its_fraction()
    {
        Assert.Equal(Ratio.Of(7, 100), Ratio.Of(0.07m));
        Assert.Equal(7, (Ratio.Of(0.07m) / Ratio.Of(0.01m)).Ceiling);
        Assert.Equal(Ratio.Of(-5, 2), Ratio.Of(-2.5m));
        Assert.Equal(Ratio.Of(30_000_000_000), Ratio.Of(30_000_000_000m));
        Assert.Equal(Ratio.Zero, default);
        Assert.Equal("4/3", Ratio.Of(-8, -6).ToString());
    }

    [Theory]
    [InlineData(2, 3, "0.667")]
    [InlineData(1, 3, "0.333")]
    [InlineData(1, 2000, "0.001")]
    public void A_quantity_has_three_decimals(long numerator, long denominator, string quantity) =>
        Assert.Equal(quantity, Ratio.Of(numerator, denominator).Rounded.ToString());

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var large = Ratio.Of(1, 1_000_000_000_000_000_007) * Ratio.Of(1, 1_000_000_000_000_000_009);
        Assert.Throws<OverflowException>(() => large * large);
        Assert.Throws<DivideByZeroException>(() => Ratio.Of(1) / Ratio.Zero);
    }

    [Fact]
    public void Milligrams_and_milliliters_have_no_sum()
    {
        Assert.Throws<InvalidOperationException>(() => Milligram + new Amount(1, MeasureUnit.Ml));
        Assert.Throws<InvalidOperationException>(() => Milligram - new Amount(1, MeasureUnit.Units));
        Assert.Equal(new Amount(1.5m, MeasureUnit.Mg), Milligram + new Amount(500, MeasureUnit.Mcg));
    }

    /// <summary>
    /// One dose from containers of one size, divided over syringes at random: part of it a sample, what is left
    /// discarded with the last syringe.
    /// </summary>
    [Fact]
    public void However_a_dose_is_divided_billed_and_discarded_and_free_are_what_was_opened()
    {
        var random = new Random(3);
        for (var run = 0; run < 5_000; run++)
        {
            var content = new Amount(random.Next(1, 90) * 10, MeasureUnit.Mg);
            var strength = (Of: new Amount(random.Next(1, 30), MeasureUnit.Mg),
                Per: new Amount(random.Next(1, 12), MeasureUnit.Ml));
            var unit = new Amount(random.Next(1, 25), MeasureUnit.Mg);
            var (ours, free) = (new Supply(Book, unit), new Supply(Book, unit));
            var whole = new Supply(Book, unit);
            var milliliters = random.Next(1, 4000) / 100m;
            Assert.Equal(DoseFault.None, whole.Add(Syringe(milliliters, strength, content, null)));
            foreach (var part in Split(random, milliliters))
                Assert.Equal(DoseFault.None, ours.Add(Syringe(part, strength, content, 0)));
            foreach (var part in Split(random, milliliters))
                Assert.Equal(DoseFault.None, free.Add(Syringe(part, strength, content, 0)));
            Assert.Equal(whole.Given, ours.Given);
            Assert.Equal(whole.Units, ours.Units);
            Assert.Equal(whole.Given, free.Given);
            var opening = whole.Open();
            Assert.Equal(OpeningKind.Known, opening.Kind);
            var left = opening.Opened - whole.Given;
            var bottles = opening.Opened / (Ratio.Of(content.Value) / Ratio.Of(unit.Value));
            Assert.True(bottles.IsWhole && left.CompareTo(Ratio.Zero) >= 0);
            Assert.Equal(opening.Opened + opening.Opened, ours.Given + left + free.Given + left);
        }
    }

    static Administration Syringe(decimal milliliters, (Amount Of, Amount Per) strength, Amount content,
        int? discarded) => new()
    {
        Dose = new(milliliters, MeasureUnit.Ml),
        Concentration = strength.Of,
        ConcentrationPer = strength.Per,
        ContainerAmount = content,
        NothingDiscarded = discarded == 0,
    };

    static List<decimal> Split(Random random, decimal whole)
    {
        var parts = new List<decimal>();
        while (whole > 0.01m && random.Next(4) > 0)
        {
            var part = random.Next(1, (int)(whole * 100)) / 100m;
            parts.Insert(random.Next(parts.Count + 1), part);
            whole -= part;
        }
        parts.Add(whole);
        return parts;
    }

    [Theory]
    [InlineData("15 30 none, 15 30 none", nameof(OpeningKind.Known), 30)]
    [InlineData("15 30 none, 15 30 -", nameof(OpeningKind.Known), 30)]
    [InlineData("15 30 -, 15 30 -", nameof(OpeningKind.OneOrSeveral), 60)]
    [InlineData("15 30 15, 15 30 15", nameof(OpeningKind.Known), 60)]
    [InlineData("30 80 -, 30 80 20", nameof(OpeningKind.Known), 80)]
    [InlineData("60 80 -, 60 80 20", nameof(OpeningKind.Known), 160)]
    [InlineData("30 80 none, 30 80 20", nameof(OpeningKind.Known), 80)]
    [InlineData("30 80 20, 30 80 20", nameof(OpeningKind.Disagrees), 160)]
    [InlineData("20 80 none", nameof(OpeningKind.Disagrees), 80)]
    [InlineData("305 100 195", nameof(OpeningKind.MoreThanNeeded), 500)]
    [InlineData("400 400 none, 100 100 none", nameof(OpeningKind.Known), 500)]
    [InlineData("380 400 20, 70 100 30", nameof(OpeningKind.Known), 500)]
    [InlineData("60 - 20", nameof(OpeningKind.Known), 80)]
    [InlineData("60 - -", nameof(OpeningKind.ContentUnknown), 60)]
    public void What_was_opened_follows_from_what_is_charted(string doses, string kind, long opened)
    {
        var supply = new Supply(Book, Milligram);
        foreach (var dose in doses.Split(", "))
        {
            var words = dose.Split(' ');
            var charted = new Administration { Dose = Milligrams(words[0]), ContainerAmount = Milligrams(words[1]),
                NothingDiscarded = words[2] == "none", Discarded = Milligrams(words[2]) };
            Assert.Equal(DoseFault.None, supply.Add(charted));
        }
        var opening = supply.Open();
        Assert.Equal(kind, opening.Kind.ToString());
        if (opening.Kind != OpeningKind.ContentUnknown) Assert.Equal(Ratio.Of(opened), opening.Opened);
    }

    static Amount Milligrams(string word) => word is "-" or "none" ? default : new(int.Parse(word), MeasureUnit.Mg);
}
