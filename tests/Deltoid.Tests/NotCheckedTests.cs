using Deltoid.Binding;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Payers;

namespace Deltoid.Tests;

/// <summary>What the book cannot judge is said once for a claim, and only when it is so.</summary>
public sealed class NotCheckedTests
{
    static string Said(string claim)
    {
        var (book, findings, read) = (StarterBook.Open(), new FindingList(), new Claim());
        ClaimNotation.Read(claim, read);
        new Scrubber()
            .Check(read, book, new ClaimPayers(book).Of(read), null, null,
                findings);
        return string.Join(", ",
            findings.Span.ToArray().Where(static f => Edits.CodeSets.NotChecked.Every.Contains(f.Info))
            .Select(static f => $"{f.Info.Id} {f.Place.Line}"));
    }

    [Theory]
    [InlineData("2024-01-01", "J1885", "BND0080 0")] // no diagnoses of fiscal year 2024, but payment limits
    [InlineData("2023-12-31", "J1885", "BND0080 0")]
    [InlineData("2024-10-01", "J1885", "")]
    [InlineData("2026-03-31", "J1885", "")]
    [InlineData("2026-04-01", "J1885", "BND0080 0")] // no payment limits of the second quarter
    [InlineData("2026-04-01", "96372", "")]
    [InlineData("2026-07-01", "J1885", "")]
    [InlineData("2026-07-01", "G2211", "BND0081 1")]
    [InlineData("2026-12-31", "J1885", "")]
    [InlineData("2027-01-01", "J1885", "BND0082 0")]
    [InlineData("2027-01-01", "G2211", "BND0082 0")]
    public void It_is_said_once(string day, string code, string said) =>
        Assert.Equal(said, Said($"payer MEDICARE  dos {day}  pos 11  dx D51.0\n1  {code}  x1  dx A\n"));

    [Theory]
    [InlineData("29881", "71260", "BND0083 1")]
    [InlineData("71260", "29881", "BND0083 2")]
    [InlineData("71260", "71260", "")]
    [InlineData("71260", "96372", "")]
    [InlineData("71260", "J1885", "")]
    public void A_pair_that_the_book_would_not_have(string one, string two, string said) =>
        Assert.Equal(said,
            Said($"payer MEDICARE  dos 2026-07-06  pos 11  dx D51.0\n1  {one}  x1  dx A\n2  {two}  x1  dx A\n"));

    [Fact]
    public void Many_lines_are_one_finding() =>
        Assert.Equal("BND0081 2",
            Said("payer MEDICARE  dos 2026-07-06  pos 11  dx D51.0\n1  99213  x1  dx "
                + "A\n2  G2211  x1  dx A\n3  G2211  x1  dx A\n"));
}
