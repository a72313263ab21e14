using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>new</c>: a visit is written from options or answers, holds what was said and no more, and codes.
/// </summary>
public sealed class NewTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("new").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static readonly string[] Ketorolac =
        ["--drug", "ketorolac", "--dose", "30 mg", "--route", "im", "--site", "left deltoid", "--payer", "medicare",
            "--date", "2026-03-02", "--dx", "M54.50"];

    static string Written(params string[] options)
    {
        var (exit, output, error) = CommandLine.Run(["new", .. options]);
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return output;
    }

    static string Flat(string json) => string.Concat(json.Split('\n').Select(static l => l.Trim()));

    [Fact]
    public void Options_make_a_visit_that_holds_them_and_nothing_else()
    {
        var visit = Written(Ketorolac);
        Assert.Equal(
            """{"serviceDate": "2026-03-02","diagnoses": ["M54.50"],"payer": {"kind": "medicare"},"administrations": [{"drug": "ketorolac","dose": "30 mg","route": "im","site": "left deltoid"}]}""",
            Flat(visit));
        var coded = CommandLine.RunWith(visit, "code", "-", "--json").Out;
        Assert.Contains("\"96372\"", coded, StringComparison.Ordinal);
        Assert.Contains("\"J1885\"", coded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_drug_or_and_begins_another_entry()
    {
        string[] first =
            ["--payer", "commercial", "--date", "3/2/2026", "--drug", "Rocephin", "--dose", "1 g", "--route", "IM"];
        var drug = Written([.. first, "--drug", "Decadron", "--dose", "4 mg", "--route", "im"]);
        var and = Written([.. first, "--and", "--dose", "4 mg", "--route", "im", "--drug", "Decadron"]);
        Assert.Equal(drug, and);
        Assert.Contains(
            """[{"drug": "Rocephin","dose": "1 g","route": "im"},{"drug": "Decadron","dose": "4 mg","route": "im"}]""",
            Flat(drug), StringComparison.Ordinal);
        Assert.Contains("\"serviceDate\": \"2026-03-02\"", drug, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_yes_and_lists_are_written_as_such()
    {
        var visit = Flat(Written([.. Ketorolac, "--dx", "I10,E11.9", "--established", "yes", "--minutes", "20",
            "--consent", "no", "--order", "standing order", "--container", "single dose vial", "--visit", "99213",
            "--separate-note", "yes", "--procedure", "20610", "--procedure-units", "2"]));
        foreach (var said in (string[])["\"diagnoses\": [\"M54.50\",\"I10\",\"E11.9\"]", "\"established\": true",
            "\"minutes\": 20", "\"consent\": false", "\"order\": \"standing order\"", "\"container\": \"single-dose\"",
            "\"visits\": [{\"code\": \"99213\",\"separateNote\": true}]",
            "\"procedures\": [{\"code\": \"20610\",\"units\": 2}]"])
            Assert.Contains(said, visit, StringComparison.Ordinal);
    }

    [Fact]
    public void A_locality_is_found_by_the_name_of_its_city()
    {
        var (exit, output, error) = CommandLine.Run(["new", "--locality", "chicago", .. Ketorolac]);
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains("\"locality\": \"06102-16\"", output, StringComparison.Ordinal);
        Assert.Contains("06102-16", error, StringComparison.Ordinal);
        Assert.Contains("--locality: no locality", CommandLine.Run(["new", "--locality", "zzyzxq", .. Ketorolac]).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_takes_its_own_example()
    {
        foreach (var field in ChartField.All)
        {
            if (field.Example.Length == 0
                || field.Option is "--drug" or "--dose" or "--route" or "--site" or "--payer" or "--date" or "--dx")
                continue;
            Assert.Contains($"\"{field.Name}\":", Written([.. Ketorolac, field.Option, field.Example]),
                StringComparison.Ordinal);
        }
        Assert.Equal(ChartField.All.Count, ChartField.All.Select(static f => f.Option).Distinct().Count());
    }

    [Theory]
    [InlineData("--route", "sideways", "one of: im, sc")]
    [InlineData("--dose", "30", "such as")]
    [InlineData("--date", "2026-02-30", "--date")]
    [InlineData("--birth-date", "soon", "--birth-date")]
    [InlineData("--drug", "", "--drug is empty")]
    public void What_is_not_understood_is_named_by_its_option(string option, string value, string said)
    {
        var at = Array.IndexOf(Ketorolac, option);
        string[] others = at < 0 ? Ketorolac : [.. Ketorolac[..at], .. Ketorolac[(at + 2)..]];
        var (exit, output, error) = CommandLine.Run(["new", .. others, option, value]);
        Assert.Equal((Exit.Usage, ""), (exit, output));
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Contains(said == "such as" ? "write it as" : said, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_what_is_missing_is_listed()
    {
        var (exit, output, error) = CommandLine.Run("new");
        Assert.Equal((Exit.Usage, ""), (exit, output));
        foreach (var option in (string[])["  --payer: ", "  --drug: ", "  --dose: ", "  --route: "])
            Assert.Contains(option, error, StringComparison.Ordinal);
        error = CommandLine.Run([.. (string[])["new"], .. Ketorolac, "--and", "--drug", "B12"]).Error;
        Assert.Contains("--dose of drug 2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--payer:", error, StringComparison.Ordinal);
        Assert.Equal(Exit.Clean, CommandLine.Run("new", "--payer", "medicare", "--visit", "99213").Exit);
    }

    [Fact]
    public void A_file_that_is_there_is_written_over_only_when_forced()
    {
        var file = Path.Combine(folder, "visit.json");
        var (exit, output, error) = CommandLine.Run(["new", file, .. Ketorolac]);
        Assert.Equal((Exit.Clean, ""), (exit, output));
        Assert.Contains($"deltoid code {file}", error, StringComparison.Ordinal);
        var before = File.ReadAllText(file);
        Assert.Equal(Exit.Usage, CommandLine.Run("new", file, "--sample", "b12").Exit);
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Equal(Exit.Clean, CommandLine.Run("new", file, "--sample", "b12", "--force").Exit);
        Assert.Equal(Repository.Read("examples", "b12.json"), File.ReadAllText(file));
        Assert.Equal(Exit.Usage, CommandLine.Run("new", "", "--sample", "b12").Exit);
        var (split, _, said) = CommandLine.Run(["new", .. Ketorolac[2..], "--drug", "flu", "shot"]);
        Assert.Equal(Exit.Usage, split);
        Assert.Contains("--drug \"flu shot\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_is_a_sample()
    {
        var listed = CommandLine.Run("new", "--sample", "list").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Directory.GetFiles(Path.Combine(Deltoid.Pages.PageFiles.Root(), "examples"), "*.json")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), listed);
        Assert.Contains("b12-shot", CommandLine.Run("new", "--sample", "nothing").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_billing_of_a_practice_takes_a_visit_all_the_way_to_a_claim()
    {
        var file = Path.Combine(folder, "practice.json");
        File.WriteAllText(file,
            JsonDocument.Parse(Repository.Read("examples", "b12-shot-billing.json")).RootElement.GetProperty("billing")
                .GetRawText());
        var visit = Written("--payer", "medicare", "--date", "2026-03-02", "--place", "11", "--dx", "D51.0",
            "--birth-date", "1958-04-09", "--sex", "F", "--drug", "B12", "--dose", "1000 mcg", "--route", "im",
            "--site", "left deltoid", "--container", "single-dose", "--container-amount", "1000 mcg", "--ndc",
            "00517-0031-25", "--order", "standing order", "--performer", "MA", "--billing", file);
        var coded = CommandLine.RunWith(visit, "code", "-", "--json").Out;
        var (exit, claim, error) = CommandLine.RunWith(coded, "emit", "-", "--made", "2026-03-05T09:30");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        Assert.Equal(Exit.Clean, CommandLine.RunWith(claim, "check", "-").Exit);
        File.WriteAllText(file, """{ "idd": "1", "billingProvder": {} }""");
        error = CommandLine.Run([.. (string[])["new"], .. Ketorolac, "--billing", file]).Error;
        Assert.Contains("'idd'", error, StringComparison.Ordinal);
        Assert.Contains("did you mean billingProvider?", error, StringComparison.Ordinal);
        Assert.Equal(Exit.Usage,
            CommandLine.Run([.. (string[])["new"], .. Ketorolac, "--billing", Path.Combine(folder, "none")]).Exit);
    }

    static (int Exit, string Out, string Error) Asked(params string[] answers) =>
        CommandLine.RunWith(string.Join('\n', answers) + "\n", "new", "--ask");

    [Fact]
    public void Questions_take_names_words_and_choices_and_fill_nothing_in()
    {
        var (exit, output, error) = Asked("2026-03-02", "medicare", "", "", "11", "4/9/1958", "", "", "", "", "M54.50",
            "", "", "toradol", "30 mg", "im", "left deltoid", "somewhere", "single-dose", "30 mg", "none", "", "no",
            "no");
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal(
            """{"serviceDate": "2026-03-02","placeOfService": "11","diagnoses": ["M54.50"],"payer": {"kind": "medicare"},"patient": {"birthDate": "1958-04-09"},"administrations": [{"drug": "toradol","dose": "30 mg","route": "im","site": "left deltoid","container": "single-dose","containerAmount": "30 mg","discarded": "none"}]}""",
            Flat(output));
        Assert.Contains("ketorolac: J1885", error, StringComparison.Ordinal);
        Assert.Contains("--container is not understood", error, StringComparison.Ordinal);
        Assert.Contains("so far: 96372 x1, J1885-JZ x2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_date_is_today_unless_another_is_answered_and_words_are_looked_up()
    {
        var (exit, output, error) = Asked("", "commercial", "", "", "", "", "", "", "", "", "vitamin b12 anemia", "1",
            "", "", "cyanocobalmin", "1", "1000 mcg", "im", "", "", "", "", "", "", "");
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains(DateOnly.FromDateTime(DateTime.Now).ToString("yyyy-MM"), output, StringComparison.Ordinal);
        Assert.Contains("\"drug\": \"cyanocobalamin\"", output, StringComparison.Ordinal);
        Assert.Contains("\"D51.", output, StringComparison.Ordinal);
        Assert.Contains("D51", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_city_is_no_state_and_is_asked_again()
    {
        var (exit, output, error) = Asked("2026-03-02", "medicare", "chicago", "Illinois", "chicago", "11", "", "", "",
            "", "", "M54.50", "", "", "toradol", "30 mg", "im", "", "", "", "", "", "no", "no");
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains("--state takes two letters such as IL, or the state's name", error, StringComparison.Ordinal);
        Assert.Contains("\"state\": \"IL\"", output, StringComparison.Ordinal);
        Assert.Contains("\"locality\": \"06102-16\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("il", true)]
    [InlineData("New York", true)]
    [InlineData("Chicago", false)]
    [InlineData("ZZ", false)]
    public void A_state_is_two_letters_or_a_name(string state, bool isTaken)
    {
        var (exit, _, error) = CommandLine.Run([.. (string[])["new"], .. Ketorolac, "--state", state]);
        Assert.Equal(isTaken ? Exit.Clean : Exit.Usage, exit);
        Assert.Equal(!isTaken, error.Contains("--state takes two letters", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_that_end_too_early_write_nothing()
    {
        var (exit, output, error) = Asked("2026-03-02", "medicare");
        Assert.Equal((Exit.Usage, ""), (exit, output));
        Assert.Contains("nothing was written", error, StringComparison.Ordinal);
    }
}
