using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Pages;
using Deltoid.Print;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Results.Letters;
using Deltoid.Rules;
using Deltoid.Values;
using UglyToad.PdfPig;

namespace Deltoid.Tests;

/// <summary>Letters say what the case says, where it says it, and nothing that the answer forbids.</summary>
public sealed partial class LetterTests
{
    static readonly Lazy<Codes.CodeBook> Book = new(StarterBook.Open);

    static IEnumerable<(DeniedClaim Case, LetterKind? Asked)> Examples =>
        LetterExamples.CasesOf(Repository.Read("docs/letters.md"));

    static string TextOf(Letter letter)
    {
        var text = new StringBuilder();
        LetterText.Write(letter, new TextPage(part => text.Append(part), Color: false));
        return text.ToString();
    }

    static Letter LetterOf(string notation, LetterKind? asked = null)
    {
        var why = new LetterDesk(Book.Value).Write(LetterExamples.Read(notation), asked, out var letter);
        Assert.True(letter is not null, why);
        return letter!;
    }

    /// <summary>Every case of the pages of causes, with the answer to it.</summary>
    static IEnumerable<(string Name, DeniedClaim Case, Resolution Answer)> AllCases()
    {
        var resolver = new Resolver(Book.Value);
        foreach (var page in DenialPage.All(PageFiles.Root()))
            foreach (var one in page.Cases)
            {
                var of = DenialNotation.Read(one.Denied);
                yield return ($"{page.Name}: {one.Name}", of, resolver.Resolve(of));
            }
    }

    [Fact]
    public void The_page_shows_each_kind()
    {
        var desk = new LetterDesk(Book.Value);
        var kinds = new HashSet<LetterKind>();
        foreach (var (of, asked) in Examples)
        {
            desk.Write(of, asked, out var letter);
            if (letter is not null) kinds.Add(letter.Kind);
        }
        Assert.Equal(Enum.GetValues<LetterKind>().Length, kinds.Count);
    }

    /// <summary>Each kind is asked for of every case: what is forbidden, or does not fit, is never written.</summary>
    [Fact]
    public void No_forbidden_letter_is_written()
    {
        var desk = new LetterDesk(Book.Value);
        var (written, refused) = (0, 0);
        foreach (var (name, of, answer) in AllCases())
            foreach (var kind in Enum.GetValues<LetterKind>())
            {
                var why = desk.Write(of, kind, out var letter);
                var step = Letter.StepOf(kind);
                if (letter is null)
                {
                    Assert.True(why.Length > 0, name);
                    refused++;
                    continue;
                }
                written++;
                Assert.DoesNotContain(answer.Never, n => n.Step == Steps.Words[step]);
                Assert.True(step == answer.Step || answer.Alternatives.Exists(a => a.Step == step), $"{name}: {kind}");
            }
        Assert.True(written > 40 && refused > 200, $"{written} written, {refused} refused");
    }

    [Fact]
    public void What_the_answer_asks_for_gets_its_letter()
    {
        var desk = new LetterDesk(Book.Value);
        foreach (var (name, of, answer) in AllCases())
        {
            desk.Write(of, null, out var letter);
            Assert.True((letter is not null) == answer.Step is NextStep.Appeal or NextStep.Reopening
                or NextStep.SendRecords or NextStep.Refund or NextStep.CorrectedClaim, name);
        }
    }

    /// <summary>
    /// A sentence that says a fact names a fact of the case, and where it is; and each number, code and date of a
    /// letter is in the case, in its answer or in the rule.
    /// </summary>
    [Fact]
    public void Nothing_is_said_that_is_not_there()
    {
        var desk = new LetterDesk(Book.Value);
        foreach (var (name, of, answer) in AllCases())
        {
            desk.Write(of, null, out var letter);
            if (letter is null) continue;
            var known = Known(of);
            foreach (var item in letter.Blocks.OfType<LetterList>().Where(static l => !l.IsNumbered)
                .SelectMany(static l => l.Items))
            {
                Assert.True(item.Where.Length > 0 && known.Contains(item.At), $"{name}: {item.Text} at {item.At}");
                Assert.Matches("^(chart|record: |contract, row )", item.Where);
            }
        }
    }

    /// <summary>Pointers of everything that the case states.</summary>
    static HashSet<string> Known(DeniedClaim of)
    {
        var known = of.Record.Select(static fact => fact.At).ToHashSet();
        for (var i = 0; i < (of.Terms?.Contract?.Rates.Length ?? 0); i++) known.Add($"/terms/contract/rates/{i}");
        if (of.Encounter is not { } chart) return known;
        foreach (var fact in ChartFacts.Of(chart, of.Claim)) known.Add(fact.At);
        for (var i = 0; i < chart.Administrations.Count; i++) known.Add($"/encounter/administrations/{i}");
        return known;
    }

    [Fact]
    public void Each_number_comes_from_the_case()
    {
        var (desk, resolver) = (new LetterDesk(Book.Value), new Resolver(Book.Value));
        foreach (var page in DenialPage.All(PageFiles.Root()))
            foreach (var one in page.Cases)
            {
                var of = DenialNotation.Read(one.Denied);
                desk.Write(of, null, out var letter);
                // those two count
                if (letter is null || letter.Kind is LetterKind.Refund or LetterKind.Underpayment) continue;
                var source = $"{one.Denied} {CleanClaim.Notation} {DenialPage.Print(resolver.Resolve(of))} "
                    + $"{AmountsOf(of)} 123456789 1EG4TE5MK73 CMS-20027 5-4-2";
                var plain = source.Replace("-", "", StringComparison.Ordinal); // NDCs
                foreach (Match number in Number().Matches(IsoDays(Flat(letter))))
                    Assert.True(source.Contains(number.Value, StringComparison.OrdinalIgnoreCase)
                        || plain.Contains(number.Value, StringComparison.OrdinalIgnoreCase),
                        $"{page.Name}, {one.Name}: {number.Value} is not in the case");
            }
    }

    static string AmountsOf(DeniedClaim of)
    {
        var amounts = new StringBuilder();
        foreach (var payment in of.Payments)
            for (var i = 0; i <= payment.Lines.Length; i++)
            {
                if (i > 0) amounts.Append($"{payment.Lines[i - 1].Charge} {payment.Lines[i - 1].Paid} ");
                foreach (ref readonly var adjustment in payment.Adjustments.Of(i))
                    amounts.Append($"{adjustment.Amount} ");
            }
        return amounts.ToString();
    }

    /// <summary>Codes, dates and amounts.</summary>
    [GeneratedRegex(@"[A-Z]?\d[\dA-Z.-]*\d")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"(January|February|March|April|May|June|July|August|September|October|November|December) \d+, \d{4}")]
    private static partial Regex LongDay();

    static string IsoDays(string text) => LongDay().Replace(text, static m =>
        DateOnly.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What a letter says, in one line, but for the rule and our reading of the codes: words of our
    /// rows.</summary>
    static string Flat(Letter letter)
    {
        var (text, isRule) = (new StringBuilder(), false);
        foreach (var block in letter.Blocks)
        {
            if (block is LetterHeading { Text: var heading }) isRule = heading == "The rule";
            if (isRule) continue;
            text.Append(block switch
            {
                LetterParagraph p => p.Text.StartsWith("As we read", StringComparison.Ordinal)
                    || p.Text.StartsWith("Your decision is due", StringComparison.Ordinal) ? "" : p.Text,
                LetterLines l => string.Join(' ', l.Lines),
                LetterList l => string.Join(' ', l.Items),
                LetterTable t => string.Join(' ', t.Rows.SelectMany(static r => r)),
                _ => "",
            }).Append(' ');
        }
        return text.ToString();
    }

    [Fact]
    public void What_is_missing_is_listed_and_not_said()
    {
        var letter = LetterOf("""
            payer medicare  dos 2026-07-06  dx M17.11
            paid 2026-08-03 status 4
            all CO-50 N115
            fact coverage-criteria-met policy=L1
            today 2026-08-10
            """);
        var text = TextOf(letter);
        Assert.Contains("Missing: The diagnosis is documented in the record.", string.Join('\n', letter.Before),
            StringComparison.Ordinal);
        Assert.DoesNotContain("failed", text, StringComparison.Ordinal);
        // what the record does not say is for the practice alone
        Assert.DoesNotContain("does not say", text, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", text, StringComparison.Ordinal);
        Assert.Contains("Not signed yet.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("627011234", "62701-1234"), InlineData("627010000", "62701"), InlineData("62701", "62701")]
    [InlineData("K1A 0B1", "K1A 0B1"), InlineData("", "")]
    public void A_ZIP_code_is_written_as_people_write_it(string zip, string written) =>
        Assert.Equal(written, PostalText.Zip(zip));

    [Theory]
    [InlineData("2175550100", "217-555-0100"), InlineData("217-555-0100", "217-555-0100"), InlineData("", "")]
    public void A_telephone_number_is_written_as_people_write_it(string phone, string written) =>
        Assert.Equal(written, PostalText.Phone(phone));

    [Fact]
    public void Each_fact_has_a_name_of_its_own_that_is_plain()
    {
        var labels = FactKinds.Shipped.All.Select(static k => FactStatements.Shipped.LabelOf(k.Name)).ToList();
        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.All(labels, static l => Assert.InRange(l.Length, 5, 60));
        Assert.All(labels, static l => Assert.Empty(PlainEnglish.BannedIn(l)));
    }

    [Fact]
    public void Each_fact_of_the_record_has_its_sentence() =>
        Assert.Equal(FactKinds.Shipped.All.Select(static k => k.Name).Order(),
            FactStatements.Shipped.Facts.Order());

    /// <summary>Rows of the three tables read, and each sentence is plain.</summary>
    [Fact]
    public void Rows_are_plain()
    {
        var faults = new List<string>();
        foreach (var row in LetterRow.All)
        {
            faults.AddRange(PlainEnglish.Faults(row.Title, row.Ask));
            faults.AddRange(PlainEnglish.BannedIn(row.Title));
        }
        foreach (var row in Criterion.All) faults.AddRange(PlainEnglish.Faults(row.Cause, row.Asks));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void What_is_to_be_done_first_is_plain()
    {
        var desk = new LetterDesk(Book.Value);
        var faults = new HashSet<string>();
        foreach (var (_, of, _) in AllCases())
        {
            desk.Write(of, null, out var letter);
            foreach (var item in letter?.Before ?? []) faults.UnionWith(PlainEnglish.BannedIn(item));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    const string Denied = """
        payer PAYER  dos 2026-07-06  dx M17.11
        paid 2026-08-03 status 4
        all CO-50 N115
        fact coverage-criteria-met policy=L1
        today 2026-10-10
        """;

    /// <summary>
    /// Each level goes to whom its row says, by its day, with what it needs. Days by hand: September 1 and 5 days of
    /// the mail and 180 days are March 5, 2027; and 60 days, November 5; four months after it, January 1.
    /// </summary>
    [Theory]
    [InlineData("medicare", 1, "Request for redetermination", "120 days from receipt", "CMS-20027")]
    [InlineData("medicare", 2, "Request for reconsideration", "March 5, 2027: 180 days from receipt", "CMS-20033")]
    [InlineData("medicare", 3, "administrative law judge", "November 5, 2026: 60 days from receipt", "OMHA-100")]
    [InlineData("medicare", 4, "Medicare Appeals Council", "November 5, 2026: 60 days from receipt", "DAB-101")]
    [InlineData("medicare-advantage", 3, "administrative law judge", "November 5, 2026", "OMHA-100")]
    [InlineData("medicaid", 2, "Provider appeal (second level)", "Look up the last day", "Copy of the first decision")]
    [InlineData("tricare", 2, "Request for a formal review", "October 31, 2026: 60 days", "the reconsideration")]
    [InlineData("commercial", 2, "Appeal (second level)", "Look up the last day", "Copy of the first decision")]
    [InlineData("commercial", 3, "Request for an external review", "January 1, 2027: 4 months", "signed consent")]
    [InlineData("workers-comp", 2, "independent review of a bill", "Look up the last day", "second review")]
    public void A_level_has_its_address_its_day_and_its_enclosures(string payer, int level, string title, string day,
        string needs)
    {
        var of = LetterExamples.Read(Denied.Replace("PAYER", payer, StringComparison.Ordinal));
        var why = new LetterDesk(Book.Value).Write(of, LetterKind.Appeal, out var letter, level, new(2026, 9, 1));
        Assert.True(letter is not null, why);
        var text = TextOf(letter!).ReplaceLineEndings(" ");
        while (text.Contains("  ", StringComparison.Ordinal))
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        Assert.Contains(title, letter!.Title, StringComparison.Ordinal);
        Assert.Contains(day, text, StringComparison.Ordinal);
        Assert.Contains(needs, text, StringComparison.Ordinal);
        Assert.Equal(level > 1, text.Contains("Date of the decision that is appealed: September 1, 2026",
            StringComparison.Ordinal));
        Assert.Empty(letter.Before.SelectMany(PlainEnglish.BannedIn));
    }

    /// <summary>In controversy are 50.50: a hearing in 2026 needs 200.00. Of 2027 no amount is known here.</summary>
    [Theory]
    [InlineData("2026-10-10", "50.50", "Do not send it for this claim alone: $50.50 are in controversy")]
    [InlineData("2026-10-10", "500.50", "")]
    [InlineData("2027-01-02", "50.50", "Look up the least amount in controversy")]
    public void A_hearing_needs_its_amount(string today, string charge, string says)
    {
        var first = decimal.Parse(charge, System.Globalization.CultureInfo.InvariantCulture) - 12.5m;
        var of = LetterExamples.Read(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            payer medicare  dos 2026-07-06  dx M17.11
            1  96372  x1  charge {first:0.00}
            2  J3420-JZ  x1  charge 12.50
            paid 2026-08-03 status 4
            all CO-50 N115
            fact coverage-criteria-met policy=L1
            today {today}
            """));
        new LetterDesk(Book.Value).Write(of, LetterKind.Appeal, out var letter, 3, new(2026, 9, 1));
        var before = string.Join('\n', letter!.Before);
        Assert.Contains($"Amount in controversy: ${charge}", TextOf(letter), StringComparison.Ordinal);
        Assert.Equal(says.Length > 0, before.Contains("controversy", StringComparison.Ordinal));
        Assert.Contains(says, before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medicare-advantage", 2, "The plan itself sends the case on")]
    [InlineData("medicaid", 4, "no letter of level 4 is known")]
    [InlineData("commercial", 4, "no letter of level 4 is known")]
    public void A_level_that_is_not_there_gets_no_letter(string payer, int level, string says)
    {
        var of = LetterExamples.Read(Denied.Replace("PAYER", payer, StringComparison.Ordinal));
        var why = new LetterDesk(Book.Value).Write(of, LetterKind.Appeal, out var letter, level);
        Assert.Null(letter);
        Assert.StartsWith(says, why, StringComparison.Ordinal);
    }

    const string Hostile = "</main><script>alert(1)</script><img/src=x/onerror=alert(2)>\u202E&\"'";

    [Fact]
    public void A_hostile_text_is_shown_and_does_nothing()
    {
        var of = LetterExamples.Read("""
            payer commercial  dos 2026-07-06  pos 22  dx L50.0
            1  96372  x1  charge 41.00
            paid 2026-08-03 status 4 control PC1
            all CO-5 M77
            fact place-was pos=11 from=location-master where=HOSTILE
            terms correctedDays=120
            """.Replace("HOSTILE", Hostile, StringComparison.Ordinal));
        foreach (var field in (ReadOnlySpan<PartyField>)[PartyField.Name, PartyField.First, PartyField.MemberId])
            of.Claim!.Set(Party.Subscriber, field, Encoding.UTF8.GetBytes(Hostile));
        of.Claim!.Set(Party.Billing, PartyField.Name, Encoding.UTF8.GetBytes(Hostile));
        new LetterDesk(Book.Value).Write(of, null, out var letter);
        var html = LetterHtml.Of(letter!);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "</main>"));
        Assert.DoesNotMatch("(src|href)=|url\\(|@import", Regex.Replace(html, "&lt;.*?&gt;", ""));
        using var pdf = PdfDocument.Open(LetterPdf.Of(letter!));
        Assert.True(pdf.NumberOfPages >= 1);
    }

    /// <summary>Thousands of characters without a blank, and hundreds of lines, still come to pages.</summary>
    [Fact]
    public void A_long_text_is_broken_over_pages()
    {
        var letter = new Letter(LetterKind.Appeal, "Appeal");
        letter.Blocks.Add(new LetterHeading("Why"));
        letter.Blocks.Add(new LetterTable(["A", "B"], [[new string('x', 20_000), "Łódź"]], [], [1, 1]));
        letter.Blocks.Add(new LetterList([.. Enumerable.Range(0, 200).Select(static i => new Statement($"item {i}"))]));
        using var pdf = PdfDocument.Open(LetterPdf.Of(letter));
        var text = string.Concat(pdf.GetPages().SelectMany(static p => p.Letters).Select(static l => l.Value));
        Assert.True(pdf.NumberOfPages > 5);
        Assert.Equal(20_000, text.Count(static c => c == 'x') - 0);
        Assert.Contains("Łódź", text, StringComparison.Ordinal);
        foreach (var page in pdf.GetPages())
            foreach (var mark in page.Letters)
                Assert.InRange(mark.Location.X, 60, 552);
    }

    [Fact]
    public void The_pdf_says_what_the_text_says_in_its_order_and_is_tagged()
    {
        var desk = new LetterDesk(Book.Value);
        foreach (var (of, asked) in Examples)
        {
            desk.Write(of, asked, out var letter);
            if (letter is null) continue;
            var bytes = LetterPdf.Of(letter);
            using var pdf = PdfDocument.Open(bytes);
            Assert.Equal(letter.Title, pdf.Information.Title);
            var text = Squeezed(string.Concat(pdf.GetPages().SelectMany(static p => p.Letters)
                .Select(static l => l.Value)));
            var from = 0;
            foreach (var heading in letter.Blocks.OfType<LetterHeading>())
            {
                var at = text.IndexOf(Squeezed(heading.Text), from, StringComparison.Ordinal);
                Assert.True(at >= from, $"{letter.Title}: {heading.Text}");
                from = at;
            }
            Assert.DoesNotContain(Squeezed(letter.Before[0]), text, StringComparison.Ordinal);
            var raw = Encoding.Latin1.GetString(bytes);
            foreach (var mark in (ReadOnlySpan<string>)["/S/H1", "/S/H2", "/S/P", "/S/Table", "/S/TH", "/S/TD", "/S/LI",
                "/Marked true", "/Lang(en-US)", "/DisplayDocTitle true", "/FontFile2", "/MarkInfo", "/ParentTree"])
                Assert.Contains(mark, raw, StringComparison.Ordinal);
            // every header cell says what it heads, and every page takes its order from the structure
            Assert.Equal(Regex.Count(raw, "/S ?/TH"), Regex.Count(raw, "/Scope ?/(Column|Row)"));
            Assert.Contains(letter.Blocks, static b => b is LetterTable);
            foreach (var page in pdf.GetPages())
                Assert.Equal("S", ((UglyToad.PdfPig.Tokens.NameToken)page.Dictionary.Data["Tabs"]).Data);
            Assert.All(pdf.GetPages(), static page => Assert.Empty(page.GetImages())); // none needs a text
        }
    }

    static string Squeezed(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));

    [Fact]
    public void The_command_writes_text_html_and_pdf()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("case.json", Case);
        var (exit, text, _) = CommandLine.Run("letter", file);
        Assert.Equal(0, exit);
        Assert.Contains("Corrected claim", text, StringComparison.Ordinal);
        foreach (var ending in (ReadOnlySpan<string>)["html", "pdf"])
        {
            var target = Path.Combine(folder.Path, $"letter.{ending}");
            var (done, none, first) = CommandLine.Run("letter", file, "--output", target);
            Assert.Equal((0, ""), (done, none));
            Assert.StartsWith("Before you send it", first, StringComparison.Ordinal);
            Assert.StartsWith(ending == "pdf" ? "%PDF-1." : "<!doctype html>",
                File.ReadAllText(target, Encoding.Latin1), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("letter CASE --kind appeal", 1, "must not be sent")]
    [InlineData("letter CASE --kind refund", 1, "does not fit")]
    [InlineData("letter CASE --kind apeal", 2, "did you mean appeal?")]
    [InlineData("letter CASE --level 5", 2, "--level is a number from 1 to 4")]
    [InlineData("letter CASE --level 2 --decided soon", 2, "--decided is a day")]
    [InlineData("letter CASE --level 2", 1, "no letter of level 2")]
    [InlineData("letter CASE --output letter.doc", 2, ".html")]
    [InlineData("letter CASE --output CASE", 2, "--output is one of the files that are read")]
    public void The_command_says_why_not(string line, int exit, string says)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("case.json", Case);
        var (code, output, error) = CommandLine.Run(line.Replace("CASE", file, StringComparison.Ordinal).Split(' '));
        Assert.Equal(exit, code);
        Assert.Equal("", output);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    const string Case = """
        { "claim": { "id": "P1", "placeOfService": "22", "payer": { "kind": "commercial" }, "diagnoses": ["L50.0"],
            "lines": [ { "number": 1, "code": "96372", "units": 1, "charge": 41.00, "date": "2026-07-06" } ] },
          "record": [ { "fact": "place-was", "pos": "11", "from": "location-master", "where": "list of rooms" } ],
          "remittance": { "produced": "2026-08-03" },
          "payments": [ { "id": "P1", "status": "4", "charge": 41.00, "paid": 0.00, "payerControl": "PC1",
            "lines": [ { "procedure": { "kind": "HC", "code": "96372" }, "charge": 41.00, "paid": 0.00,
              "adjustments": [ { "group": "CO", "reason": "5", "amount": 41.00 } ],
              "remarks": [ { "kind": "HE", "code": "M77" } ] } ] } ],
          "terms": { "correctedDays": 120 }, "today": "2026-08-03" }
        """;

    sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory().FullName;

        public string Write(string name, string text)
        {
            var file = System.IO.Path.Combine(Path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
