using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Pages;
using Deltoid.Remits;
using Deltoid.Rules;

namespace Deltoid.Tests;

/// <summary>Every remittance of the pages comes to the verdict, the faults and the postings that its page states.</summary>
public sealed class RemittancePageTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly IReadOnlyList<RemittancePage> Pages = RemittancePage.All(
        Path.Combine(PageFiles.Root(), "src", "Deltoid", "Remits", "Payments"));

    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var page in Pages)
            for (var i = 0; i < page.Cases.Count; i++) data.Add(page.Name, i, page.Cases[i].Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holds(string page, int ordinal, string heading)
    {
        var fault = RemittancePage.Judge(Pages.Single(p => p.Name == page).Cases[ordinal], Book);
        if (fault.Length > 0) Assert.Fail($"{page}: {heading}\n{fault}");
    }

    /// <summary>A reason of the guide says what it means when it takes, and when it adds.</summary>
    [Fact]
    public void Every_reason_of_a_provider_adjustment_has_words()
    {
        var known = ResponseCodes.Shipped.All.Where(static r => r.Kind == ResponseKind.ProviderAdjustment)
            .Select(static r => r.Code).ToList();
        Assert.True(known.Count > 35);
        Assert.Equal(known.Order(StringComparer.Ordinal),
            ProviderAdjustments.Reasons.Order(StringComparer.Ordinal));
    }
}
