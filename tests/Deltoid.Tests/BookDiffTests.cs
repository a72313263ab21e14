using System.Text.Json;
using Deltoid.Books;
using Deltoid.Cli;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What changed between two books, as a coder reads it.</summary>
public sealed class BookDiffTests
{
    static string[] Args(params string[] more) =>
        ["codes", "diff", "starter", ChangedBook.File, "--date", ChangedBook.Day, .. more];

    static string Page(params string[] more)
    {
        var (exit, output, error) = CommandLine.Run(Args(more));
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return output.Replace(ChangedBook.File, "changed.pack", StringComparison.Ordinal)
            .Replace(ChangedBook.Book.Version, "VERSION", StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_for_a_spreadsheet_and_a_page_with_a_plot()
    {
        var page = Path.Combine(Path.GetTempPath(), $"deltoid-{Guid.NewGuid():N}.html");
        var (exit, output, error) = CommandLine.Run("codes", "diff", "starter", ChangedBook.File, "--csv", "--html",
            page);
        var html = File.ReadAllText(page);
        File.Delete(page);
        Assert.Equal((Cli.Exit.Clean, ""), (exit, error));
        Assert.StartsWith("kind,code,label,injection,change\n", output, StringComparison.Ordinal);
        Assert.Contains("Drug payment limits (ASP),J0165,\"Epinephrine, not otherwise specified, 0.1 mg\",yes,", output,
            StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<tbody>\n</tbody>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">J0165</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_does_not_get_the_label_of_a_diagnosis_that_is_spelled_like_it()
    {
        var draft = new PackDraft();
        draft.Sources.Add(new("hcpcs", "hcpcs", "hcpcs.csv", "", "", DateRange.Of(new(2026, 7, 1)), 1, IsWhole: false,
            HasFalseDates: false));
        draft.Hcpcs.Add(new() { Id = draft.Id(Code.Of("D0140")), Dates = DateRange.Of(new(2026, 7, 1)), Source = 0 });
        draft.Diagnoses.Add(Code.Of("D0140"), DiagnosisTraits.Billable, draft.Text("Carcinoma in situ"), 0);
        var path = Path.Combine(Directory.CreateTempSubdirectory("deltoid").FullName, "dental.pack");
        File.WriteAllBytes(path, draft.Write());
        var (_, output, _) = CommandLine.Run("codes", "diff", "starter", path, "--csv");
        Assert.Contains("New codes,D0140,,no,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_pays_nothing_says_what_no_row_says()
    {
        var (_, output, _) = CommandLine.Run("codes", "diff", "starter", ChangedBook.File, "--all");
        Assert.DoesNotContain("none -> status", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_counts_each_kind_and_tells_it() => Assert.Equal("""
        From starter (2026-10-01+starter.2, on 2026-08-03)
        to   changed.pack (VERSION, on 2026-08-03)
          The starter book is an excerpt: codes it does not have may be listed as new or retired.
                  1  New codes
                  1  Retired codes
                  1  Units a day (MUE), practitioner
                  1  Drug payment limits (ASP)
                  1  Hospital outpatient (OPPS)
                  2  Pairs (NCCI), practitioner
                  1  Add-on codes
                  3  ICD-10-CM

        New codes
          J9998   Made-up drug, 1 mg

        Retired codes
          J1885   Ketorolac tromethamine, per 15 mg; last day 2026-07-31

        Units a day (MUE), practitioner
          96372   4 (MAI 3) -> 1 (MAI 2)

        Drug payment limits (ASP)
          J0165   $0.234 (coinsurance 20 %) -> $1.500 (coinsurance 20 %)

        Hospital outpatient (OPPS)
          96372   status Q1, $73.56 -> status J1, $80.00

        Pairs (NCCI), practitioner
          20610   with a modifier if distinct (1) -> never together (0): 96372
          J1885   new, with a modifier if distinct (1): 96372

        Add-on codes
          96375   now beside 96401; no longer beside 96360 96409 96413

        ICD-10-CM
          D51.0   a header now: Label of D510; bill D51.00
          D51.00  new: Label of D5100
          D51.9   ended: Vitamin B12 deficiency anemia, unspecified

        """, Page());

    [Fact]
    public void Json_is_complete_for_the_codes_that_are_asked_for()
    {
        var root = JsonDocument.Parse(Page("--json", "--codes", "9637", "d51.0")).RootElement;
        Assert.Equal("""{"practitionerLimits":1,"opps":1,"practitionerPairs":2,"addOns":1,"diagnoses":2}""",
            "{"
                + string.Join(',',
                    root.GetProperty("counts").EnumerateObject().Where(c => c.Value.GetInt32() > 0)
                        .Select(c => $"\"{c.Name}\":{c.Value}")) + "}");
        Assert.Equal("""{"code":"96372","injection":true,"before":{"units":4,"mai":3},"after":{"units":1,"mai":2}}""",
            Compact(root.GetProperty("practitionerLimits")[0]));
        Assert.Equal("""{"code":"20610","injection":true,"before":1,"after":0,"with":["96372"]}""",
            Compact(root.GetProperty("practitionerPairs")[0]));
        Assert.Equal(
            """{"code":"D51.0","injection":false,"label":"Label of D510","before":"billable","after":"header","under":["D51.00"]}""",
            Compact(root.GetProperty("diagnoses")[0]));
    }

    static string Compact(JsonElement element) =>
        string.Concat(element.GetRawText().Split('\n').Select(static l => l.Trim()))
            .Replace("\": ", "\":", StringComparison.Ordinal);

    [Fact]
    public void A_retired_code_is_told_with_the_one_that_follows_it()
    {
        var page = "";
        new DiffReport(new BookDiff(Starter("2024-03-31"), Starter("2024-04-01"), null, "J10"), "q1",
            "q2").Write(new TextPage(text => page += text, Color: false), all: false);
        Assert.Equal("""
            From q1 (2024-03-31+test.1, on 2024-03-31)
            to   q2 (2024-04-01+test.1, on 2024-04-01)
                      1  New codes
                      3  Retired codes
                      1  Billing units
                      2  Drug payment limits (ASP)

            New codes
              J1010   Methylprednisolone acetate, 1 mg

            Retired codes
              J1020   Methylprednisolone acetate, 20 mg; last day 2024-03-31; bill J1010
              J1030   Methylprednisolone acetate, 40 mg; last day 2024-03-31; bill J1010
              J1040   Methylprednisolone acetate, 80 mg; last day 2024-03-31; bill J1010

            Billing units
              J1010   none -> 1 mg

            Drug payment limits (ASP)
              J1010   none -> $0.134 (coinsurance 20 %)
              J1071   $0.027 (coinsurance 20 %) -> $0.010 (coinsurance 20 %)

            """, page);
    }

    [Fact]
    public void A_year_moves_the_fees()
    {
        var page = "";
        new DiffReport(new BookDiff(Starter("2025-12-31"), Starter("2026-01-01"), null, "96372"), "q1",
            "q2").Write(new TextPage(text => page += text, Color: false), all: false);
        var words = string.Join(' ', page.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("conversion factor 32.3465 -> 33.4009: every fee moves", words, StringComparison.Ordinal);
        Assert.Contains("96372 status A: office 0.43 RVU, $13.91; facility not paid -> status "
                + "A: office 0.46 RVU, $15.36; facility not paid", words, StringComparison.Ordinal);
    }

    /// <summary>The shipped rows as of another release.</summary>
    static CodeBook Starter(string release) => CodeBookBuilder.Open(StarterBook.Pack, release + "+test.1");

    [Fact]
    public void A_book_does_not_differ_from_itself()
    {
        Assert.EndsWith("nothing differs\n", CommandLine.Run("codes", "diff", "starter", "starter").Out,
            StringComparison.Ordinal);
        Assert.EndsWith("nothing differs\n", CommandLine.Run("codes", "diff", ChangedBook.File, ChangedBook.File).Out,
            StringComparison.Ordinal);
    }

    /// <summary>
    /// Run by run, over ids that are in no common order, it tells what a look-up of every pair tells.
    /// </summary>
    [Fact]
    public void Pairs_are_compared_as_by_looking_up_each()
    {
        var (left, right, day) = (Random(1), Random(102), new DateOnly(2026, 8, 3));
        var codes = Enumerable.Range(0, left.CodeCount).Select(id => left[id])
            .Union(Enumerable.Range(0, right.CodeCount).Select(id => right[id])).Order().ToList();
        // the codes that differ, and each tenth of the others
        var looked = codes.Where((code, i) => IsAny(code) || i % 10 == 0).ToHashSet();
        var books = new TwoBooks(left, day, right, day);
        var expected =
            from one in codes where looked.Contains(one) && (HasPairs(left, one) || HasPairs(right, one))
            from two in codes let pair = books.Pair(one, two, hospital: false) where pair is not null
            select pair.Value;
        var found = new BookDiff(left, right, day).Pairs(hospital: false).ToList();
        Assert.NotEmpty(found);
        Assert.Equal(expected, found.Where(pair => looked.Contains(pair.One)));
    }

    static bool IsAny(Code code) => code.CompareTo(Code.Of("20600")) >= 0 && code.CompareTo(Code.Of("20660")) < 0;

    static bool HasPairs(CodeBook book, Code one) => book.PractitionerPairs.HasColumnOne(book.Id(one));

    /// <summary>Pairs of any codes, of which some are in the shipped rows too.</summary>
    static CodeBook Random(int seed)
    {
        var (draft, random) = (new PackDraft(), new Random(seed));
        draft.Sources.Add(new("ncci-ptp-practitioner", "", "pairs.txt", "", "", DateRange.Of(new(2026, 7, 1)), 1,
            IsWhole: seed % 2 == 0, HasFalseDates: false));
        for (var i = 0; i < 1_000; i++)
        {
            var dates = DateRange.Of(new(2026, 7, 1), random.Next(4) == 0 ? new(2026, 7, 31) : null);
            draft.PractitionerPairs.Add(Any(random), Any(random), new(dates, (byte)random.Next(2), 0));
        }
        return StarterBook.Under(Pack.Of(draft.Write()));
    }

    static Code Any(Random random) => Code.Of($"{random.Next(20600, 20660)}");

    [Theory]
    [InlineData(Exit.Usage, "starter")]
    [InlineData(Exit.Usage, "starter", "no-such-book")]
    [InlineData(Exit.Usage, "starter", "starter", "--date", "yesterday")]
    [InlineData(Exit.Clean, "starter", "starter", "--json")]
    public void Exit_codes(int expected, params string[] args) =>
        Assert.Equal(expected, CommandLine.Run(["codes", "diff", .. args]).Exit);
}
