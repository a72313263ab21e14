using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Cli;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>Which claims and visits come out otherwise with another book.</summary>
public sealed class ImpactTests
{
    const string Drug =
        "id A1\npayer medicare dos 2026-08-03 pos 11 dx D51.1\n1 96372 x1\n2 J0165-JZ x3 ndc 00517003125 ML 1\n";
    const string Pair = "id A2\npayer medicare dos 2026-08-03 pos 11 dx M17.11\n1 20610-RT x1\n2 "
        + "96372-59 x1\n3 J0165-JZ x1 ndc 00517003125 ML 1\n";
    const string Commercial = "id A3\npayer commercial dos 2026-08-03 pos 11 dx D51.0\n1 96372 x1\n";
    const string Unchanged = "id A4\npayer medicare dos 2026-08-03 pos 11 dx D51.1\n1 99213 x1\n";

    static (int Exit, string Out, string Error) RunWith(string input,
        params string[] args) => CommandLine.RunWith(input, ["codes", "impact", "starter", ChangedBook.File, .. args]);

    /// <summary>Claims in files of their own, and the page of all; the versions of the books left out.</summary>
    static string Page(params string[] claims)
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        string[] files = [.. claims.Select((c, i) =>
        {
            var path = Path.Combine(folder, $"{i}.txt");
            File.WriteAllText(path, c);
            return path;
        })];
        var (exit, output, error) = RunWith("", files);
        Directory.Delete(folder, recursive: true);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return output[(output.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    [Fact]
    public void Claims_that_come_out_otherwise_are_told_most_dollars_first() => Assert.Equal("""
          4 claims read, 3 changed, +$5.07 in all

        By code
                    +$5.07  2 lines         J0165  Epinephrine, not otherwise specified, 0.1 mg

        By payer
                    +$5.07  2 claims        medicare
                     $0.00  1 claim         commercial

        By cause
                    +$5.07  2 lines         ASP limit

        By finding
                 1 new        0 gone  BND0011 diagnosis-header
                 1 new        0 gone  NCC0001 pair-edit

        A1  $16.06 -> $19.86 (+$3.80)
          because    J0165: ASP limit $0.234 (coinsurance 20 %) -> $1.500 (coinsurance 20 %)

        A2  $84.40 -> $85.67 (+$1.27)
          new        error NCC0001 pair-edit: Line 2: 96372 is not paid beside 20610 on the same day; no
                     modifier allows it.
          because    20610 with 96372: with a modifier if distinct (1) -> never together (0)
          because    J0165: ASP limit $0.234 (coinsurance 20 %) -> $1.500 (coinsurance 20 %)

        A3  not priced
          new        error BND0011 diagnosis-header: D51.0 is a heading and needs more characters, such as
                     D51.00.
          because    D51.0: billable -> header

        """, Page(Unchanged, Commercial, Pair, Drug));

    [Fact]
    public void A_claim_that_stays_as_it_is_is_counted_and_not_told() =>
        Assert.Equal("  1 claim read, 0 changed, $0.00 in all\n", Page(Unchanged));

    static JsonElement Json(string input, params string[] args)
    {
        var (exit, output, error) = RunWith(input, [.. args, "--json"]);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return JsonDocument.Parse(output).RootElement;
    }

    [Fact]
    public void The_totals_are_rows_for_a_spreadsheet_and_a_page_with_a_plot()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var page = Path.Combine(folder, "page.html");
        var (exit, output, error) = RunWith(X12Samples.File(400), "-", "--csv", "--html", page);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.StartsWith("by,key,label,count,difference\n", output, StringComparison.Ordinal);
        Assert.Contains("payer,medicare,,400,", output, StringComparison.Ordinal);
        Assert.Matches("\"finding, new\",[A-Z]{3}[0-9]{4},[a-z-]+,400,", output);
        var html = File.ReadAllText(page);
        RunWith(Repository.Read("examples", "b12.json"), "-", "--on-release", "--html", page);
        Assert.Contains("<svg", File.ReadAllText(page), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
        Assert.Contains("<h2>Dollars by code</h2>\n<p>None.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">medicare</th>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(Exit.Usage, RunWith("", "-", "--csv", "--json").Exit);
    }

    [Fact]
    public void The_totals_by_code_payer_and_cause_are_the_difference()
    {
        var result = Json(Repository.Read("examples", "b12.json"), "-", "--on-release");
        foreach (var by in (string[])["byCode", "byPayer", "byCause"])
            Assert.Equal(result.GetProperty("difference").GetDecimal(),
                result.GetProperty(by).EnumerateArray().Sum(static t => t.GetProperty("difference").GetDecimal()));
    }

    [Fact]
    public void A_visit_is_coded_by_both_books()
    {
        var claim = Json(Repository.Read("examples", "b12.json"), "-", "--on-release").GetProperty("claims")[0];
        Assert.Equal(["96372-XU x1"], claim.GetProperty("linesGone").EnumerateArray().Select(l => l.GetString()));
        Assert.Equal("-15.85", claim.GetProperty("difference").GetRawText());
        Assert.Equal(["BND0011", "COD0022"],
            claim.GetProperty("new").EnumerateArray().Select(f => f.GetProperty("id").GetString()));
    }

    [Fact]
    public void All_claims_are_counted_and_the_first_are_kept()
    {
        var result = Json(X12Samples.File(400, perSet: 150), "-", "--limit", "3", "--on-release");
        // D51.0 is a header now
        Assert.Equal((400, 400),
            (result.GetProperty("claimsRead").GetInt32(), result.GetProperty("changed").GetInt32()));
        Assert.Equal(["C000001", "C000002", "C000003"],
            result.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("claim").GetString()));
    }

    [Fact]
    public void Workers_never_show_in_what_is_kept()
    {
        var file = Encoding.Latin1.GetBytes(X12Samples.Faulty(4000, perSet: 900));
        string Kept(int workers)
        {
            var impacts = new Impacts(40);
            ImpactRun.Run(new MemoryStream(file), "-",
                ImpactTerms.OnRelease(Terminal.Open("starter"), ChangedBook.Book, new("", "")), impacts,
                workers, TestContext.Current.CancellationToken);
            return $"{impacts.Claims} {impacts.Changed} {impacts.Difference} "
                + $"{string.Join(' ', impacts.First.Select(c => $"{c.Claim}/{c.Number}/{c.Difference}"))}";
        }
        Assert.StartsWith("4000 4000 ", Kept(1), StringComparison.Ordinal);
        Assert.Equal(Kept(1), Kept(4));
    }

    [Fact]
    public void The_same_book_changes_nothing()
    {
        string[] examples =
            [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples")).Order(StringComparer.Ordinal)];
        Assert.Contains(" 0 changed, $0.00 in all",
            CommandLine.Run(["codes", "impact", "starter", "starter", .. examples]).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Exit.Usage, "", "-", "--limit", "0")]
    [InlineData(Exit.Io, "", "no-such-file.837")]
    [InlineData(Exit.Unreadable, "{", "-")]
    [InlineData(Exit.Unreadable, """{"serviceDate":"2026-02-30"}""", "-")]
    [InlineData(Exit.PartlyRefused, """[{"id":"A","lines":[]},{"id":"B","lines":[],"wrong":1}]""", "-")]
    public void Exit_codes(int expected, string input, params string[] args) =>
        Assert.Equal(expected, RunWith(input, args).Exit);

    [Fact]
    public void What_does_not_read_has_its_object()
    {
        var (exit, output, _) = RunWith("""[{"id":"A","lines":[]},{"id":"B","lines":[],"wrong":1}]""", "-", "--json");
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal((Exit.PartlyRefused, 1, 1),
            (exit, result.GetProperty("claimsRead").GetInt32(), result.GetProperty("notRead").GetInt32()));
        Assert.Equal("/1/wrong", result.GetProperty("refused")[0].GetProperty("error").GetProperty("at").GetString());
    }

    [Fact]
    public void No_patient_is_told()
    {
        var marked = X12Samples.File(3).Replace("Field", "ZZMARKER", StringComparison.Ordinal)
            .Replace("Alan", "ZZMARKER", StringComparison.Ordinal);
        Assert.DoesNotContain("ZZMARKER", RunWith(marked, "-").Out + RunWith(marked, "-", "--json").Out,
            StringComparison.Ordinal);
    }
}
