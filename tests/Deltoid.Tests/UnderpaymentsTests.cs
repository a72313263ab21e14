using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Books;
using Deltoid.Cli;
using Deltoid.Pages;
using Deltoid.Results;
using Deltoid.Results.Letters;

namespace Deltoid.Tests;

/// <summary>Expected against paid on the command line: a practice payer pays, and the contract finds what it did.</summary>
public sealed class UnderpaymentsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-underpayments-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string At(string name) => Path.Combine(folder, name);

    /// <summary>An 837 of one claim, and the contract of its payer.</summary>
    (string Claims, string Contracts) Given()
    {
        var visit = CommandLine.RunWith(Repository.Read("examples/b12-shot-billing.json"), "code", "--json", "-");
        var claim = JsonNode.Parse(visit.Out)!["claim"]!;
        var emitted = CommandLine.RunWith(claim.ToJsonString(), "emit", "-", "--output", At("sent.837"), "--made",
            "2026-03-05T09:30", "--contact", "BILLING", "--phone", "2175550100");
        Assert.True(emitted.Exit == Exit.Clean, emitted.Error);
        File.WriteAllText(At("contracts.json"), $$"""
            { "{{claim["payer"]!["id"]}}": { "locality": "national", "lesserOfCharge": true,
                "multipleProcedures": "medicare", "rates": [
                  { "from": "2020-01-01", "method": "percent-of-medicare", "source": "practice payer" } ] } }
            """);
        return (At("sent.837"), At("contracts.json"));
    }

    /// <summary>The first 835 of a payer that pays a wrong price, with what the manifest says of it.</summary>
    (string Remittance, JsonElement Wrong) Paid(string claims)
    {
        for (var seed = 1; seed < 40; seed++)
        {
            var output = At($"back{seed}");
            var run = CommandLine.Run("payer", claims, "--seed", $"{seed}", "--profile",
                "all=0,deductible=0,price=100", "--output", output);
            Assert.True(run.Exit == Exit.Clean, run.Error);
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "manifest.json")));
            foreach (var claim in manifest.RootElement.GetProperty("claims").EnumerateArray())
                if (claim.TryGetProperty("wrongPrice", out var wrong)
                    && wrong.GetProperty("right").GetDecimal() - wrong.GetProperty("allowed").GetDecimal() > 0.5m)
                    return (Directory.GetFiles(output, "*.835")[0], wrong.Clone());
        }
        throw new InvalidOperationException("no seed of forty pays too little");
    }

    [Fact]
    public void What_was_paid_too_little_is_in_the_answer_and_on_the_page_of_twelve_months()
    {
        var (claims, contracts) = Given();
        var (remittance, wrong) = Paid(claims);
        var missing = wrong.GetProperty("right").GetDecimal() - wrong.GetProperty("allowed").GetDecimal();
        var answer = CommandLine.Run("remit", remittance, "--claims", claims, "--contracts", contracts, "--json");
        Assert.True(answer.Exit == Exit.Clean, answer.Error);
        using var json = JsonDocument.Parse(answer.Out);
        var claim = json.RootElement.GetProperty("sets")[0].GetProperty("claims")[0];
        Assert.Equal("DN-23", claim.GetProperty("rootCause").GetProperty("id").GetString());
        var line = claim.GetProperty("prices").EnumerateArray()
            .Single(l => l.GetProperty("line").GetInt32() == wrong.GetProperty("line").GetInt32());
        Assert.Equal(("underpaid", -missing), (line.GetProperty("verdict").GetString(),
            line.GetProperty("difference").GetDecimal()));
        Assert.NotEqual(0, line.GetProperty("trace").GetArrayLength());

        string[] asked = ["report", "underpayments", remittance, "--claims", claims, "--contracts", contracts];
        var report = CommandLine.Run([.. asked, "--json"]);
        Assert.True(report.Exit == Exit.Clean, report.Error);
        using var sums = JsonDocument.Parse(report.Out);
        var underpaid = sums.RootElement.GetProperty("totals").GetProperty("underpaid");
        Assert.Equal((1, missing), (underpaid.GetProperty("lines").GetInt32(),
            underpaid.GetProperty("amount").GetDecimal()));
        Assert.Equal(missing, sums.RootElement.GetProperty("groups").EnumerateArray()
            .Where(static g => g.GetProperty("verdict").GetString() == "underpaid")
            .Sum(static g => g.GetProperty("amount").GetDecimal()));
        Assert.Equal(1, sums.RootElement.GetProperty("months").GetArrayLength());
        Assert.Contains("Paid too little, by payer and cause", CommandLine.Run(asked).Out, StringComparison.Ordinal);
        var rows = CommandLine.Run([.. asked, "--csv"]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(rows, static r => r.Contains(",underpaid,", StringComparison.Ordinal));
    }

    /// <summary>Without a contract an answer is what it was before; with another payer's, too.</summary>
    [Fact]
    public void Without_a_contract_nothing_is_said_of_prices()
    {
        var (claims, contracts) = Given();
        var (remittance, _) = Paid(claims);
        var plain = CommandLine.Run("remit", remittance, "--claims", claims, "--json");
        Assert.DoesNotContain("\"prices\"", plain.Out, StringComparison.Ordinal);
        File.WriteAllText(contracts, """{ "ANOTHER": { "rates": [] } }""");
        Assert.Equal(plain.Out, CommandLine.Run("remit", remittance, "--claims", claims, "--contracts", contracts,
            "--json").Out);
        var report = CommandLine.Run("report", "underpayments", remittance, "--claims", claims, "--contracts", contracts);
        Assert.Contains("1 paid claim of Medicare Part B, of whom no contract is given",
            report.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>The dispute names the row of the contract, and the amounts.</summary>
    [Fact]
    public void The_letter_disputes_by_the_row_of_the_contract()
    {
        var of = DenialNotation.Read("""
            payer commercial  dos 2026-07-06
            1  96372  x1  charge 41.00
            paid 2026-08-03 status 1
            1 24.00 CO-45 17.00
            terms appealDays=150 contracted
            contract lesserOfCharge=true sequestration=false
            rate codes=96372 from=2026-01-01 method=per-unit amount=30.00 source=Agreement_2024,_exhibit_B
            """);
        Assert.Empty(new LetterDesk(StarterBook.Open()).Write(of, null, out var letter));
        var text = new System.Text.StringBuilder();
        LetterText.Write(letter!, new TextPage(t => text.Append(t), false));
        foreach (var part in (string[])["Payment dispute", "$30.00", "$24.00", "$6.00", "Agreement 2024, exhibit B"])
            Assert.Contains(part, text.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_that_does_not_read_is_named_with_its_file_and_row()
    {
        var (claims, contracts) = Given();
        var (remittance, _) = Paid(claims);
        File.WriteAllText(contracts, """{ "X": { "rates": [ { "from": "2026-01-01", "method": "per-unit" } ] } }""");
        var run = CommandLine.Run("remit", remittance, "--claims", claims, "--contracts", contracts);
        Assert.Equal(Exit.Unreadable, run.Exit);
        Assert.Contains("source", run.Error + run.Out, StringComparison.Ordinal);
        var twice = CommandLine.Run("remit", remittance, "--contracts", Terms(), "--terms", Terms(inTerms: true));
        Assert.Equal(Exit.Unreadable, twice.Exit);
        Assert.Contains("contract already", twice.Error + twice.Out, StringComparison.Ordinal);
    }

    string Terms(bool inTerms = false)
    {
        var file = At(inTerms ? "terms.json" : "own.json");
        File.WriteAllText(file, inTerms ? """{ "X": { "contract": { "rates": [] } } }""" : """{ "X": { "rates": [] } }""");
        return file;
    }
}
