using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Adjudication;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary><c>deltoid payer</c> as it is called: files in, files out, the same bytes each time.</summary>
public sealed class PayerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-payer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string At(string name) => Path.Combine(folder, name);

    /// <summary>An 837 of one claim for a B12 shot.</summary>
    /// <param name="change">What is set in its JSON: a path, and the text it gets.</param>
    string Emitted(string name, params ReadOnlySpan<(string Path, string Text)> change)
    {
        var visit = CommandLine.RunWith(Repository.Read("examples/b12-shot-billing.json"), "code", "--json", "-");
        Assert.Equal(Exit.Clean, visit.Exit);
        var claim = JsonNode.Parse(visit.Out)!["claim"]!;
        foreach (var (path, text) in change)
            if (path.Split('/') is [var outer, var inner]) claim[outer]![inner] = text;
            else claim[path] = text;
        var (exit, _, error) = CommandLine.RunWith(claim.ToJsonString(), "emit", "-", "--output", At(name), "--made",
            "2026-03-05T09:30", "--contact", "BILLING", "--phone", "2175550100");
        Assert.True(exit == Exit.Clean, error);
        return At(name);
    }

    (int Exit, JsonElement Manifest) Pay(string output, params string[] args)
    {
        var (exit, _, error) = CommandLine.Run(["payer", .. args, "--output", At(output)]);
        Assert.True(exit == Exit.Clean, error);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(At(output), "manifest.json")));
        return (exit, document.RootElement.Clone());
    }

    static string DecisionOf(JsonElement manifest) =>
        string.Join(", ", manifest.GetProperty("claims").EnumerateArray()
            .Select(static c => c.GetProperty("decision").GetString()));

    static readonly (string, string)[] ForPlan = [("payer/kind", "commercial"), ("payer/filing", "CI")];

    [Fact]
    public void A_claim_is_paid_by_the_fee_schedule_and_every_file_passes_the_check()
    {
        var (_, manifest) = Pay("a", Emitted("claims.837"), "--seed", "3", "--profile", "all=0,deductible=0");
        Assert.Equal("paid", DecisionOf(manifest));
        var claim = manifest.GetProperty("claims")[0];
        Assert.Equal(50.50m, claim.GetProperty("billed").GetDecimal());
        var (allowed, paid, patient) = (claim.GetProperty("allowed").GetDecimal(),
            claim.GetProperty("paid").GetDecimal(), claim.GetProperty("patient").GetDecimal());
        Assert.True(allowed is > 10 and < 50 && paid < allowed - patient && patient > 2,
            $"{allowed}, {paid}, {patient}: coinsurance and sequestration come off");
        var kinds = new List<string>();
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            kinds.Add(file.GetProperty("truth").GetString()!);
            var (exit, found, error) = CommandLine.Run("check",
                Path.Combine(At("a"), file.GetProperty("name").GetString()!));
            Assert.True(exit == Exit.Clean && !found.Contains("error ", StringComparison.Ordinal), found + error);
        }
        Assert.Equal(["999", "277CA", "right"], kinds);
    }

    [Fact]
    public void The_same_file_seed_and_books_give_the_same_bytes()
    {
        var file = Emitted("claims.837", ForPlan);
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var text = seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
            foreach (var output in (string[])["a" + text, "b" + text])
                Pay(output, file, "--seed", text, "--state", At(output + ".json"), "--profile",
                    "doubled=50,cent-off=50");
            var names = Directory.GetFiles(At("a" + text)).Select(Path.GetFileName).Order().ToList();
            Assert.Equal(names, Directory.GetFiles(At("b" + text)).Select(Path.GetFileName).Order());
            foreach (var name in names)
                Assert.Equal(File.ReadAllBytes(Path.Combine(At("a" + text), name!)),
                    File.ReadAllBytes(Path.Combine(At("b" + text), name!)));
            Assert.Equal(File.ReadAllBytes(At($"a{text}.json")), File.ReadAllBytes(At($"b{text}.json")));
        }
    }

    [Fact]
    public void Corrected_claims_voids_and_the_same_claim_again_are_answered()
    {
        var books = At("books.json");
        string[] options = ["--seed", "1", "--state", books, "--profile", "all=0"];
        var (_, first) = Pay("1", [Emitted("1.837", ForPlan), .. options]);
        Assert.Equal("paid", DecisionOf(first));
        var control = first.GetProperty("claims")[0].GetProperty("payerControl").GetString()!;
        var (_, again) = Pay("2", [At("1.837"), .. options]);
        Assert.Equal("duplicate", DecisionOf(again));
        (string, string)[] Sent(string frequency, string number) =>
            [.. ForPlan, ("frequency", frequency), ("originalReference", number)];
        var (_, corrected) = Pay("3", [Emitted("3.837", Sent("7", control)), .. options]);
        Assert.Equal("paid", DecisionOf(corrected));
        Assert.Equal(first.GetProperty("books").GetProperty("paid").GetDecimal(),
            corrected.GetProperty("books").GetProperty("paid").GetDecimal());
        var (_, unknown) = Pay("4", [Emitted("4.837", Sent("7", "NOBODY")), .. options]);
        Assert.Equal("rejected", DecisionOf(unknown));
        var (_, voided) = Pay("5", [Emitted("5.837", Sent("8", control)), .. options]);
        Assert.Equal("voided", DecisionOf(voided));
        Assert.Equal(0, voided.GetProperty("books").GetProperty("charge").GetDecimal());
    }

    [Fact]
    public void Medicare_takes_no_replacement_of_a_professional_claim()
    {
        var books = At("books.json");
        string[] options = ["--state", books, "--profile", "all=0"];
        var (_, first) = Pay("1", [Emitted("1.837"), .. options]);
        var control = first.GetProperty("claims")[0].GetProperty("payerControl").GetString()!;
        var (_, second) = Pay("2", [Emitted("2.837",
            ("frequency", "7"), ("originalReference", control)), .. options]);
        Assert.Equal("rejected", DecisionOf(second));
    }

    [Theory]
    [InlineData("place", "appeal")]
    [InlineData("records", "send-records")]
    public void An_appeal_that_the_truth_supports_is_won(string plant, string kind)
    {
        string[] options = ["--state", At("books.json"), "--profile", $"all=0,deductible=0,{plant}=100"];
        var (_, first) = Pay("1", [Emitted("1.837", ForPlan), .. options]);
        var claim = first.GetProperty("claims")[0];
        Assert.Equal(plant, claim.GetProperty("planted").GetProperty("fault").GetString());
        Assert.Equal(0, claim.GetProperty("paid").GetDecimal());
        var control = claim.GetProperty("payerControl").GetString();
        File.WriteAllText(At("appeals.json"),
            $$"""[{ "claim": "SAMPLE-1", "payerControl": "{{control}}", "kind": "{{kind}}" }]""");
        var (_, second) = Pay("2", [.. options, "--appeals", At("appeals.json")]);
        Assert.Equal("appeal-won", DecisionOf(second));
        Assert.True(second.GetProperty("books").GetProperty("paid").GetDecimal() > 0);
        Assert.Equal(0, second.GetProperty("books").GetProperty("denied").GetDecimal());
        var (_, third) = Pay("3", [.. options, "--appeals", At("appeals.json")]);
        Assert.Equal("appeal-lost", DecisionOf(third));
    }

    [Fact]
    public void A_set_that_the_999_rejects_is_not_judged()
    {
        var text = File.ReadAllText(Emitted("1.837"));
        File.WriteAllText(At("2.837"), text.Replace("BHT*0019", "BHT*0018", StringComparison.Ordinal));
        var (_, manifest) = Pay("1", At("2.837"));
        Assert.Equal("", DecisionOf(manifest));
        Assert.Equal("SAMPLE-1", manifest.GetProperty("refused")[0].GetString());
        Assert.Contains("IK5*R", File.ReadAllText(Path.Combine(At("1"), "999-01-001.999")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("late", "is not a rate")]
    [InlineData("late=101", "from 0 to 100")]
    [InlineData("late=-1", "is not a rate")]
    [InlineData("late=0.001", "two decimals")]
    [InlineData("kindness=5", "the names are")]
    public void A_wrong_rate_is_named(string profile, string words) =>
        Assert.Contains(words, new PracticeRates().Take(profile), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("""{ "books": "practice-payer-1", "round": "one" }""")]
    public void Wrong_books_are_refused(string books)
    {
        File.WriteAllText(At("books.json"), books);
        var (exit, _, error) = CommandLine.Run("payer", Emitted("1.837"), "--state", At("books.json"), "--output",
            At("1"));
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains("not the books of a practice payer", error, StringComparison.Ordinal);
        Assert.Equal(books, File.ReadAllText(At("books.json")));
    }

    [Theory]
    [InlineData("""[{ "kind": "appeal" }]""", "claim")]
    [InlineData("""[{ "claim": "P1", "kind": "please" }]""", "not a kind of appeal")]
    [InlineData("""[{ "claim": "P1", "why": "x" }]""", "why")]
    public void A_wrong_appeal_is_refused(string appeals, string words)
    {
        File.WriteAllText(At("appeals.json"), appeals);
        var (exit, _, error) = CommandLine.Run("payer", "--state", At("books.json"), "--appeals", At("appeals.json"),
            "--output", At("1"));
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }
}
