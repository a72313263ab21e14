using Deltoid.Store;

namespace Deltoid.Web.Tests;

/// <summary>What is looked up: found from the first character, counted and priced, and never guessed.</summary>
public sealed class LookupTests
{
    static readonly Codes.CodeBook Book = Books.StarterBook.Open();
    static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    [InlineData("t", 1), InlineData("9", 1), InlineData("tor", 1), InlineData("toradol", 1), InlineData("96372", 1)]
    [InlineData("", 0), InlineData("   ", 0), InlineData("\0", 0), InlineData("zzqqxx", 0)]
    public void Typing_finds_from_the_first_character(string typed, int atLeast)
    {
        var found = Lookup.Find(Book, typed, Day);
        Assert.True(atLeast == 0 ? found.Count == 0 : found.Count >= atLeast, $"{found.Count}");
    }

    [Theory]
    [InlineData("J1885", "30 mg", "30 mg ÷ 15 mg = 2: bill 2 of J1885.")]
    [InlineData("J1885", "20 mg",
        "20 mg ÷ 15 mg = 1.3333: bill 2 of J1885. A started unit counts as one.")]
    [InlineData("J2315", "380 mg", "380 mg ÷ 1 mg = 380: bill 380 of J2315.")]
    [InlineData("J3420", "1,000 mcg", "1000 mcg ÷ 1000 mcg = 1: bill 1 of J3420.")]
    [InlineData("J1885", "1 mL", "1 mL cannot be counted in units of 15 mg: they measure different things.")]
    [InlineData("J1885", "30", "Write a dose with its unit, such as 15 mg.")]
    [InlineData("J1885", "-30 mg", "Write a dose with its unit, such as 15 mg.")]
    [InlineData("96372", "30 mg", "The code book has no billing unit for this code on 03/02/2026.")]
    [InlineData("nothing", "30 mg", "The code book has no billing unit for this code on 03/02/2026.")]
    public void A_dose_is_counted_in_units(string code, string dose, string answer) =>
        Assert.Equal(answer, Lookup.Units(Book, code, dose, Day));

    [Theory]
    [InlineData("96372", "", "", "11", 1, "$15.36")]
    [InlineData("96372", "", "", "11", 2, "$30.72")]
    [InlineData("96372", "", "nowhere at all", "11", 1, "No locality on 03/02/2026 is called so. ")]
    [InlineData("96372", "", "", "eleven", 1, "The place is two digits")]
    [InlineData("96372", "253", "", "11", 1, "253 is no modifier")]
    [InlineData("00000", "", "", "11", 1, "Not priced: ")]
    public void A_price_rests_on_the_book_or_says_why_there_is_none(string code, string modifiers, string locality,
        string place, int units, string begins) =>
        Assert.StartsWith(begins, Lookup.Price(Book, code, modifiers, locality, place, units, Day).Answer,
            StringComparison.Ordinal);

    [Fact]
    public void A_zip_code_a_name_and_a_number_mean_the_same_place()
    {
        var prices = new[] { "60601", "chicago", "06102-16" }
            .Select(where => Lookup.Price(Book, "96372", "", where, "11", 1, Day).Answer).Distinct().ToList();
        Assert.Single(prices);
        Assert.StartsWith("$", prices[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("96372", "code"), InlineData("toradol", "drug"), InlineData("D51.0", "diagnosis")]
    [InlineData("CO-97", "adjustment-reason"), InlineData("96372+99213", "pair"), InlineData("NCC0020", "finding")]
    [InlineData("00517-0031-25", "ndc"), InlineData("99999", null), InlineData("@[`{", null), InlineData("é1", null)]
    public void Whatever_is_named_has_its_page(string asked, string? kind) =>
        Assert.Equal(kind, Lookup.Pages(Book, asked, Day).FirstOrDefault()?.Kind);

    [Fact]
    public void Words_that_lead_nowhere_are_no_links()
    {
        var parts = Lookup.Linked(Book, "96372 not 99999 but 99213, in 06102; NCC0020 add-on-without-primary", Day);
        Assert.Equal(["96372", "99213", "NCC0020 add-on-without-primary"],
            parts.Where(static p => p.Path is not null).Select(static p => p.Text));
        Assert.Equal("96372 not 99999 but 99213, in 06102; NCC0020 add-on-without-primary",
            string.Concat(parts.Select(static p => p.Text)));
    }

    [Fact]
    public void Each_example_is_answered_with_lines_a_path_and_at_most_three_questions()
    {
        var engine = new Engine(Book);
        Assert.Equal(6, AskForm.Examples.Count);
        foreach (var (name, _, form) in AskForm.Examples)
        {
            var asked = form with { Day = "2026-03-02" };
            var coded = engine.Code(Documents.Visit(asked.Document(Book)));
            Assert.True(coded.Trace.Count > 2, name);
            Assert.InRange(AskAnswer.Questions(coded, asked).Count, 0, 3);
            Assert.All(AskAnswer.Path(coded), static step => Assert.NotEmpty(step.Cited));
        }
    }

    [Fact]
    public void A_question_that_is_answered_is_not_asked_again()
    {
        var engine = new Engine(Book);
        var form = new AskForm
        {
            Drug = "toradol", Dose = "30 mg", Route = "im", Payer = "medicare", Day = "2026-03-02"
        };
        Assert.Contains("Container", Asked(form));
        Assert.DoesNotContain("Container", Asked(form with { Container = "single-dose" }));

        List<string> Asked(AskForm of) =>
            [.. AskAnswer.Questions(engine.Code(Documents.Visit(of.Document(Book))), of).Select(static q => q.Input)];
    }
}
