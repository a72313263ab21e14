using Deltoid.Cli;
using Deltoid.Codes;

namespace Deltoid.Tests;

/// <summary>Payment localities are found by what people call them.</summary>
public sealed class LocalityTests
{
    const string Day = "2026-03-02";

    static string Found(string text) =>
        string.Join(' ',
                LocalitySearch.Find(PriceSite.OnDay(EditPages.Book, "", DateOnly.Parse(Day)), text)
                .Select(static r => $"{r.Mac}-{r.Number}"));

    [Theory]
    [InlineData("06102-16", "06102-16")]
    [InlineData("0610216", "06102-16")]
    [InlineData("06102 16", "06102-16")]
    [InlineData("chicago", "06102-16")]
    [InlineData("Chicago, IL", "06102-16")]
    [InlineData("il chicago", "06102-16")]
    [InlineData("chicago suburban", "06102-15")]
    [InlineData("chicgao", "06102-16")]
    [InlineData("MANHATTAN", "13202-01")]
    [InlineData("manhatan", "13202-01")]
    [InlineData("san francisco", "01112-05")] // the county in brackets, not the three with the city in the name
    [InlineData("marin county", "01112-52")]
    [InlineData("Contra Costa", "01112-05")]
    [InlineData("los angeles", "01182-18")]
    [InlineData("ohio", "15202-00")]
    [InlineData("rest of ohio", "15202-00")] // Ohio has one locality
    [InlineData("rest of illinois", "06102-99")]
    [InlineData("illinois rest", "06102-99")]
    [InlineData("va", "11302-00")] // the state, not the suburbs of Washington
    [InlineData("washington dc", "12202-01")]
    [InlineData("kansas", "05202-00")]
    [InlineData("kansas city", "05302-02")]
    [InlineData("long island", "13202-02")]
    [InlineData("ft lauderdale", "09102-03")]
    [InlineData("guam", "01212-01")]
    [InlineData("portland", "02302-01")]
    [InlineData("il", "06102-12 06102-15 06102-16 06102-99")]
    [InlineData("st louis", "05302-01 06102-12")]
    [InlineData("saint louis mo", "05302-01")]
    [InlineData("san jose", "01112-09 01112-65")]
    [InlineData("06102", "06102-12 06102-15 06102-16 06102-99")]
    [InlineData("06102-01", "")] // there is no such locality
    [InlineData("gotham", "")]
    [InlineData("atlantis", "")] // two letters away from Atlanta: another place, not a slip
    [InlineData("philadelfia", "12502-01")]
    public void A_name_finds_its_locality(string text, string found) => Assert.Equal(found, Found(text));

    [Fact]
    public void Every_locality_is_found_by_its_number_and_by_its_name_with_the_state()
    {
        var all = PriceSite.OnDay(EditPages.Book, "", DateOnly.Parse(Day));
        Assert.Equal(109, all.Count);
        Assert.All(all, row => Assert.Equal($"{row.Mac}-{row.Number}", Found($"{row.Mac}-{row.Number}")));
        Assert.All(all, row => Assert.Equal($"{row.Mac}-{row.Number}", Found($"{row.Name} {row.State}")));
    }

    [Theory]
    [InlineData("chicago", "$15.88  MPFS 2026 06102-16")]
    [InlineData("manhattan", "$17.44  MPFS 2026 13202-01")]
    [InlineData("06102-15", "$15.91  MPFS 2026 06102-15")]
    public void A_price_takes_a_name(string locality, string says) =>
        Assert.Contains(says, CommandLine.Run("price", "96372", "--date", Day, "--locality", locality).Out,
            StringComparison.Ordinal);

    [Fact]
    public void A_name_is_said_with_the_locality_it_means() =>
        Assert.Equal("deltoid: 'atlantta' is locality 10212-01, ATLANTA (GA)\n",
            CommandLine.Run("price", "96372", "--date", Day, "--locality", "atlantta").Error);

    [Theory]
    [InlineData(Day, "il", "fits 4 localities; give one of 06102-12 EAST ST. LOUIS (IL)")]
    [InlineData(Day, "06102-01",
        "no locality of 2026-03-02 is '06102-01'; contractor 06102 has 06102-12 EAST ST. LOUIS (IL), 06102-15")]
    [InlineData(Day, "60601", "a ZIP code is given as --zip 60601")]
    [InlineData(Day, "gotham", "'deltoid codes localities' lists them")]
    [InlineData("2027-01-04", "chicago",
        "no localities on 2027-01-04 (it has those from 2025-01-01 thru "
            + "2025-12-31, from 2026-01-01 thru 2026-12-31)")]
    public void A_name_that_finds_none_or_several_says_what_to_do(string day, string locality, string says)
    {
        var (exit, output, error) = CommandLine.Run("price", "96372", "--date", day, "--locality", locality);
        Assert.True(exit == Exit.Usage && output.Length == 0 && error.Contains(says, StringComparison.Ordinal), error);
    }

    [Fact]
    public void Localities_are_listed_with_what_an_injection_pays()
    {
        var all = CommandLine.Run("codes", "localities", "--date", Day).Out;
        Assert.Equal(110, all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("01112-65  CA   $19.97  SAN JOSE", all, StringComparison.Ordinal);
        Assert.Equal("96372 in the office on 2026-03-02, by locality:\n06102-16  IL   $15.88  CHICAGO\n",
            CommandLine.Run("codes", "localities", "chicago", "--date", Day).Out);
        Assert.Contains("\"amount\": 15.88",
            CommandLine.Run("codes", "localities", "chicago", "--date", Day, "--json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_date_the_price_is_that_of_today()
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var exit = App.Run(["price", "96372"],
            new Terminal(Stream.Null, output, error, color: false) { Now = new(2025, 6, 2) });
        Assert.True(exit == Exit.Clean
            && System.Text.Encoding.UTF8.GetString(output.ToArray())
            .StartsWith("96372  $13.91", StringComparison.Ordinal), error.ToString());
        Assert.Contains("prices of today, 2025-06-02", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_priced_does_not_look_like_success()
    {
        var (exit, output, error) = CommandLine.Run("price", "96372", "J3490", "--date", Day);
        Assert.True(exit == Exit.Found && output.Contains("J3490  not priced: ", StringComparison.Ordinal)
            && error.Contains("1 of 2 codes are not priced", StringComparison.Ordinal), output + error);
    }
}
