using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Known answers of the Medicare fee schedule and drug limits.</summary>
public sealed class PricingTests
{
    static readonly CodeBook Book = EditPages.Book;

    static Expected Price(string code, string day, string locality = "", string state = "", string place = "11",
        long units = 1, string modifiers = "", PayerKind payer = PayerKind.Medicare, bool qualifying = false,
        bool participating = true, Setting setting = Setting.Professional)
    {
        var line = new ServiceLine
        {
            Number = 1, Code = Code.Of(code), Units = Quantity.Of(units),
            Date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)
        };
        foreach (var modifier in modifiers.Split('-', StringSplitOptions.RemoveEmptyEntries))
            line.Modifiers = line.Modifiers.With(Modifier.Of(modifier));
        return FeeSchedule.Price(Book, payer, setting, line, Code.Of(place),
            new(locality, state, qualifying, participating));
    }

    [Theory]
    [InlineData("2026-03-02", "", false, "15.36")]
    [InlineData("2026-03-02", "", true, "15.44")]
    [InlineData("2025-03-03", "", false, "13.91")]
    [InlineData("2026-03-02", "06102-16", false, "15.88")]
    [InlineData("2026-03-02", "06102-16", true, "15.96")]
    [InlineData("2026-03-02", "06102-15", false, "15.91")]
    [InlineData("2026-03-02", "13202-01", false, "17.44")]
    [InlineData("2026-03-02", "07102-13", false, "13.88")]
    [InlineData("2026-03-02", "01112-65", false, "19.97")]
    [InlineData("2026-03-02", "06102-01", false, null)] // no such locality
    // the floor of the work index may lapse: nothing is known of 2027
    [InlineData("2027-01-04", "06102-16", false, null)]
    public void An_injection_pays(string day, string locality, bool qualifying, string? amount)
    {
        var found = Price("96372", day, locality, qualifying: qualifying);
        Assert.Equal(amount, found.Amount?.ToString());
    }

    [Fact]
    public void No_locality_reaches_twenty_dollars()
    {
        var day = new DateOnly(2026, 3, 2);
        var (least, most) = (decimal.MaxValue, 0m);
        foreach (var row in Book.Localities)
        {
            if (!row.Dates.Contains(day)) continue;
            var amount = Price("96372", "2026-03-02", $"{row.Mac}-{row.Number}", row.State).Amount!.Value.Dollars;
            (least, most) = (Math.Min(least, amount), Math.Max(most, amount));
        }
        Assert.Equal((13.88m, 19.97m), (least, most));
    }

    [Fact]
    public void Units_multiply_the_rounded_fee() =>
        Assert.Equal("30.72", Price("96372", "2026-03-02", units: 2).Amount?.ToString());

    [Fact]
    public void A_practice_that_does_not_participate_is_paid_95_percent_and_may_charge_more()
    {
        var found = Price("96372", "2026-03-02", participating: false);
        Assert.Equal(("14.60", "16.79"), (found.Amount?.ToString(), found.LimitingCharge?.ToString()));
    }

    [Fact]
    public void A_visit_has_a_price_at_a_facility_and_an_injection_has_none()
    {
        Assert.True(Price("99213", "2026-03-02", place: "22").Amount < Price("99213", "2026-03-02").Amount);
        Assert.Equal(Unpriced.NotPaidAtFacility, Price("96372", "2026-03-02", place: "22").Why);
        Assert.Equal("MPFS 2026 national facility", Price("99213", "2026-03-02", place: "22").BasisText);
    }

    [Theory]
    [InlineData("99395", Unpriced.NotCovered)]
    [InlineData("95120", Unpriced.NotValid)]
    [InlineData("G0008", Unpriced.PaidElsewhere)]
    [InlineData("96379", Unpriced.CarrierPriced)]
    [InlineData("J3420", Unpriced.None)]
    public void What_cannot_be_priced_says_why(string code, Unpriced why)
    {
        var found = Price(code, "2026-03-02");
        if (why == Unpriced.None) Assert.Equal(found.Amount is null ? Unpriced.NoAspLimit : Unpriced.None, found.Why);
        else Assert.Equal((null, why), (found.Amount, found.Why));
        if (found.Amount is null) Assert.NotEmpty(found.WhyText);
    }

    [Fact]
    public void Drugs_are_paid_by_the_limit_of_the_quarter()
    {
        var given = Price("J0165", "2026-08-03", units: 3);
        // 3 × 0.234
        Assert.Equal(("0.70", "ASP 2026 Q3", 20m), (given.Amount?.ToString(), given.BasisText, given.Coinsurance));
        Assert.Equal("1.64", Price("J0165", "2026-08-03", units: 7, modifiers: "JW").Amount?.ToString());
    }

    /// <summary>The second quarter of 2026 is not in the book: the limit before it is named, and not counted.</summary>
    [Fact]
    public void A_limit_of_an_earlier_quarter_is_named_and_not_counted()
    {
        var found = Price("J3420", "2026-05-04");
        Assert.Equal((null, Unpriced.NoAspLimit), (found.Amount, found.Why));
        Assert.Equal("no ASP limit for 2026 Q2 in this code book; the last one known is "
                + "$0.638 for one unit in 2026 Q1, and it is not counted", found.WhyText);
        Assert.Equal("no ASP limit in this code book", Price("J3420", "2023-12-31").WhyText);
    }

    [Fact]
    public void Other_payers_pay_by_contract()
    {
        Assert.Equal("the payer's contract is not in the code book",
            Price("96372", "2026-03-02", payer: PayerKind.Commercial).WhyText);
        Assert.Equal(Unpriced.FacilityClaim, Price("96372", "2026-03-02", setting: Setting.Facility).Why);
        Assert.Equal(Unpriced.NoLocality, Price("96372", "2026-03-02", "99999-99").Why);
    }

    [Fact]
    public void Both_sides_are_paid_once_and_a_half() =>
        Assert.Equal(Money.Round(Price20610() * 1.5m), Price("20610", "2026-03-02", modifiers: "50").Amount);

    static decimal Price20610() => 2.06m * 33.4009m;

    /// <summary>A code of two routes is excluded under the skin alone.</summary>
    [Theory]
    [InlineData("JB", Unpriced.SelfAdministered)]
    [InlineData("", Unpriced.SelfAdministered)]
    public void Tocilizumab_is_paid_by_vein(string modifier, Unpriced why)
    {
        Assert.Equal(why, Price("J3262", "2026-03-02", modifiers: modifier).Why);
        Assert.NotEqual(Unpriced.SelfAdministered, Price("J3262", "2026-03-02", modifiers: "JA").Why);
    }
}
