using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// What a run of many claims comes to: the most frequent findings, the claims by payer, some kinds alone, rows for a
/// spreadsheet.
/// </summary>
public sealed class StatisticsTests
{
    static readonly string X12 = X12Samples.Faulty(60);

    static (int Exit, string Out, string Error) Scrub(params string[] args) =>
        CommandLine.RunWith(X12, ["scrub", "-", .. args]);

    static JsonElement Statistics(params string[] args) =>
        JsonDocument.Parse(Scrub(["--statistics", "--json", .. args]).Out).RootElement;

    [Fact]
    public void Many_claims_are_summed_up_and_few_are_not()
    {
        var statistics = Statistics();
        var first = statistics.GetProperty("findings")[0];
        Assert.Contains($"  {first.GetProperty("id").GetString()}  {first.GetProperty("name").GetString()}",
            Scrub().Error, StringComparison.Ordinal);
        Assert.Contains(": 60 claims, ", Scrub().Error, StringComparison.Ordinal);
        Assert.Single(CommandLine.RunWith(X12Samples.Faulty(3), "scrub", "-").Error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_counts_are_those_of_the_findings()
    {
        var ids = Scrub("--jsonl").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .SelectMany(static line => JsonDocument.Parse(line).RootElement.GetProperty("findings").EnumerateArray())
            .Where(static f => !f.TryGetProperty("under", out _))
            .CountBy(static f => f.GetProperty("id").GetString()!).ToDictionary();
        var statistics = Statistics();
        Assert.Equal(60, statistics.GetProperty("claims").GetInt32());
        Assert.Equal(60,
            statistics.GetProperty("payers").EnumerateArray().Sum(static p => p.GetProperty("claims").GetInt32()));
        foreach (var kind in statistics.GetProperty("findings").EnumerateArray())
            Assert.InRange(kind.GetProperty("count").GetInt32(), 1, ids[kind.GetProperty("id").GetString()!]);
    }

    [Fact]
    public void Some_kinds_alone_and_all_but_some()
    {
        var all = Statistics().GetProperty("findings").EnumerateArray()
            .Select(static k => k.GetProperty("id").GetString()!).ToHashSet();
        var one = all.Order(StringComparer.Ordinal).First();
        Assert.Equal([one],
            Statistics("--select", one).GetProperty("findings").EnumerateArray()
            .Select(static k => k.GetProperty("id").GetString()));
        Assert.DoesNotContain(one,
            Statistics("--ignore", one).GetProperty("findings").EnumerateArray()
            .Select(static k => k.GetProperty("id").GetString()));
        Assert.Equal(Exit.Usage, Scrub("--select", "NOPE").Exit);
        Assert.Contains("no finding has the id or name 'NOPE'", Scrub("--select", "NOPE").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_for_a_spreadsheet()
    {
        var rows = Scrub("--csv").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("file,claim,line,code,id,name,severity,outcome,message", rows[0]);
        // the file is standard input
        Assert.All(rows[1..], static row => Assert.StartsWith("'-,", row, StringComparison.Ordinal));
        var (_, output, _) = CommandLine.RunWith("""{"id":"=1+1","lines":[{"code":"96372","units":1}]}""", "scrub", "-",
            "--csv");
        Assert.Contains(",'=1+1,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--csv", "--json")]
    [InlineData("--statistics", "--csv")]
    [InlineData("--statistics", "--jsonl")]
    public void Two_forms_are_none(params string[] args) => Assert.Equal(Exit.Usage, Scrub(args).Exit);
}
