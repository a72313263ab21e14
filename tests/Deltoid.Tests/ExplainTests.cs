using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Cli;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Whatever a user meets has a page: what it is, what to do, who says so.</summary>
public sealed partial class ExplainTests
{
    static string Page(string asked)
    {
        var (exit, output, _) = CommandLine.Run("explain", asked);
        Assert.True(exit == Exit.Clean, $"{asked}: exit {exit}");
        return string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("INJ-072", "modifier 25", "NCCI manual XI-B-8", "NCC0002")]
    [InlineData("inj-95", "INJ-095", "CMS claims manual ch. 17 §40", "expert judgement")]
    [InlineData("D-03", "order", "CMS benefit manual ch. 15 §60", "knock-out")]
    [InlineData("DN-2", "payer says", "what to do", "never")]
    [InlineData("C-09", "not true", "NCCI edits 90460-90474", "vaccine")]
    [InlineData("MCB0107", "nurse-visit-with-injection", "INJ-071: 99211", "CO-97 (Included in")]
    [InlineData("X12P1705", "2300 CLM", "element too many", "reported")]
    [InlineData("PFS26", "source PFS26", "Medicare physician fee schedule", "regulation")]
    public void Rules_findings_and_sources(string asked, params string[] facts) => Says(asked, facts);

    [Fact]
    public void A_kind_of_finding_leaves_open_what_a_claim_fills_in()
    {
        Assert.Contains("says error: … is not paid with … on the same day", Page("MCB0107"), StringComparison.Ordinal);
        Assert.Contains("fix Remove line …", Page("MCB0107"), StringComparison.Ordinal);
        Assert.All(FindingHelp.All(Shipped.Edits), static info => Assert.DoesNotContain('{', SaysOf(info)));
    }

    static string SaysOf(FindingInfo info)
    {
        var text = new StringBuilder();
        FindingHelp.Of(info, "").Write(new TextPage(line => text.Append(line), false));
        return text.ToString();
    }

    [Fact]
    public void A_category_III_code_is_no_anesthesia()
    {
        var page = Page("96372");
        Assert.Contains("anesthesia: 00100 00102-00104", page, StringComparison.Ordinal);
        Assert.Contains("new technology (category III): 0042T", page, StringComparison.Ordinal);
        Assert.DoesNotContain("anesthesia: 0042T", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_days_of_a_diagnosis_are_those_of_its_edition() =>
        Assert.Contains("billable in the edition from 2026-10-01 thru 2027-09-30", Page("E53.8"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("25", "modifier 25", "note of its own", "never", "INJ-075", "place of service 25")]
    [InlineData("JZ", "modifier JZ", "single-dose container", "2023-01-01", "Never with JW")]
    [InlineData("JW", "modifier JW", "thrown away", "CMS claims manual ch. 17 §40")]
    [InlineData("XS", "modifier XS", "separate body structure", "opens a pair")]
    [InlineData("59", "modifier 59", "indicator 0")]
    [InlineData("76", "modifier 76", "never opens an NCCI pair")]
    [InlineData("KX", "modifier KX", "policy")]
    [InlineData("GA", "modifier GA", "signed before the service")]
    [InlineData("TB", "modifier TB", "340B")]
    [InlineData("modifier ec", "modifier EC", "kidney disease")]
    [InlineData("11", "place of service 11", "office rate", "adjustment reason 11")]
    [InlineData("POS 22", "place of service 22", "facility", "NCCI manual XI-B-7")]
    [InlineData("place of service 20", "full office rate")]
    [InlineData("JZ modifier", "modifier JZ")]
    [InlineData("place 72", "place of service 72", "no visit")]
    public void Modifiers_and_places(string asked, params string[] facts) => Says(asked, facts);

    [Theory]
    [InlineData("CO-97", "adjustment reason 97", "adjustment group CO", "DN-2", "DN-22", "Never bill the patient")]
    [InlineData("97", "adjustment reason 97", "COD0007", "can be", "more")]
    [InlineData("PR-1", "deductible", "adjustment group PR")]
    [InlineData("N115", "remark N115", "LCD", "DN-7")]
    [InlineData("MA130", "remark MA130", "new claim")]
    [InlineData("CO-16 N822", "adjustment reason 16", "adjustment group CO", "remark N822")]
    [InlineData("PI", "adjustment group PI", "appeal")]
    [InlineData("OA", "adjustment group OA", "duplicate")]
    [InlineData("denial CO-29", "filing", "adjustment group CO")]
    [InlineData("carc 253", "Sequestration", "ND-INFO")]
    public void Denials(string asked, params string[] facts) => Says(asked, facts);

    [Theory]
    [InlineData("96372", "96372 ", "in force", "Units a day", "Rules that name it", "INJ-002:")]
    [InlineData("Z29.13", "Rules that name it", "INJ-223:")]
    [InlineData("96372+99211", "pair 96372 + 99211", "indicator 0", "no modifier opens it", "PTP26")]
    [InlineData("99213+96372", "25 on 99213", "2009-01-01 thru 2019-12-31")]
    [InlineData("96372 with 90471", "no pair")]
    [InlineData("96372 / 20610", "20610 is paid and 96372 is not")]
    [InlineData("flu shot", "90471", "for Medicare G0008", "90656")]
    [InlineData("Ozempic", "semaglutide", "self-administered", "Part B")]
    [InlineData("99213-25", "line 99213-25", "may be on 99213", "modifier 25")]
    [InlineData("96372-25", "line 96372-25", "belongs on a visit", "BND0030")]
    [InlineData("J1885-JZ", "line J1885-JZ", "modifier JZ")]
    [InlineData("ketorolac", "a simple drug", "96372", "96374", "J1885", "15 mg", "60 mg")]
    [InlineData("Toradol", "ketorolac", "J1885")]
    [InlineData("Vivitrol", "naltrexone extended-release", "J2315", "1 mg", "96372", "28 days")]
    [InlineData("E53.8", "diagnosis E53.8", "billable", "cyanocobalamin")]
    [InlineData("M54.5", "diagnosis M54.5", "header", "M54.50")]
    [InlineData("0517-0031-25", "ndc", "00517003125")]
    [InlineData("0517003125", "three ways", "00517003125")]
    public void Codes_pairs_drugs_diagnoses_and_packages(string asked, params string[] facts) => Says(asked, facts);

    static void Says(string asked, string[] facts)
    {
        var page = Page(asked);
        foreach (var fact in facts)
            Assert.True(page.Contains(fact, StringComparison.OrdinalIgnoreCase),
                $"{asked} does not say '{fact}':\n{page}");
    }

    [Theory]
    [InlineData("toradal", "ketorolac")]
    [InlineData("pair-edti", "")]
    [InlineData("nurse-visit-with-injectio", "nurse-visit-with-injection")]
    [InlineData("INJ-999", "")]
    [InlineData("zzqqxx", "codes find")]
    public void What_nobody_knows_is_a_usage_error_with_the_nearest_names(string asked, string near)
    {
        var (exit, output, error) = CommandLine.Run("explain", asked);
        Assert.Equal(Exit.Usage, exit);
        Assert.Empty(output);
        Assert.Contains(near, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("25", "modifier", "place-of-service")]
    [InlineData("CO-97", "adjustment-reason", "adjustment-group")]
    [InlineData("22", "modifier", "place-of-service", "adjustment-reason")]
    [InlineData("B12", "drug", "adjustment-reason")]
    [InlineData("96372", "code")]
    [InlineData("Toradol", "drug")]
    [InlineData("INJ-072", "rule")]
    public void The_same_as_json(string asked, params string[] kinds)
    {
        var (exit, output, _) = CommandLine.Run("explain", asked, "--json");
        Assert.Equal(Exit.Clean, exit);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(asked, json.RootElement.GetProperty("asked").GetString());
        Assert.Equal(kinds,
            json.RootElement.GetProperty("meanings").EnumerateArray().Select(m => m.GetProperty("kind").GetString()!));
        Assert.All(json.RootElement.GetProperty("meanings").EnumerateArray(),
            m => Assert.NotEmpty(m.GetProperty("facts").EnumerateArray()));
    }

    [Fact]
    public void Reasons_are_labelled_in_our_own_words()
    {
        var faults = new List<string>();
        foreach (var reason in ReasonCodes.Shipped.All)
        {
            if (reason.Label.Length is 0 or > 70) faults.Add($"{reason.Code}: label of {reason.Label.Length}");
            if (reason.Denial.Length > 0 && RuleBook.Shipped.Find(reason.Denial) is null)
                faults.Add($"{reason.Code}: {reason.Denial} is no rule");
            faults.AddRange(PlainEnglish.Faults(reason.Code, reason.Meaning)
                .Concat(PlainEnglish.Faults(reason.Code, reason.Do)));
        }
        Assert.Empty(faults);
        Assert.True(ReasonCodes.Shipped.All.Count(r => r.Kind != ReasonKind.Group) >= 150);
    }

    /// <summary>No label repeats five words in a row of the published wording.</summary>
    [Fact]
    public void No_label_is_the_published_text()
    {
        OfficialFiles.Need();
        var official = OfficialFiles.Lines("carc-rarc-pos-2024-06/adj_codes.tsv").Select(l => l.Split('\t'))
            .Where(c => c.Length > 2).GroupBy(c => c[0])
            .ToDictionary(g => g.Key, g => Words(string.Join(' ', g.Select(c => c[2]))));
        var faults = ReasonCodes.Shipped.All.Where(r => official.TryGetValue(r.Code, out var text)
            && Runs(Words(r.Label)).Any(run => text.Contains(run, StringComparison.Ordinal)))
            .Select(r => $"{r.Code}: {r.Label}");
        Assert.Empty(faults);
    }

    static string Words(string text) =>
        $" {string.Join(' ', NotWord().Split(text.ToLowerInvariant()).Where(static w => w.Length > 0))} ";

    static IEnumerable<string> Runs(string words)
    {
        const int Long = 5;
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + Long <= all.Length; i++) yield return $" {string.Join(' ', all[i..(i + Long)])} ";
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();

    [Fact]
    public void Modifiers_and_places_cite_rules()
    {
        var book = Books.StarterBook.Open();
        var faults = new List<string>();
        foreach (var use in Uses.Shipped.Modifiers)
        {
            foreach (var text in (string[])[use.Says, use.On, use.Chart, use.Never])
                faults.AddRange(PlainEnglish.Faults($"modifier {use.Modifier}", text));
            faults.AddRange(use.Rules.Split(' ').Where(static id => RuleBook.Shipped.Find(id) is null)
                .Select(id => $"{use.Modifier}: {id}"));
        }
        foreach (var row in OfficialFiles.Starter("modifiers"))
            if (Uses.Shipped.Modifier(row["code"]) is null) faults.Add($"{row["code"]} has no use");
        foreach (var row in OfficialFiles.Starter("pos"))
            if (Uses.Shipped.Place(row["code"]) is null) faults.Add($"place {row["code"]} has no use");
        foreach (var use in Uses.Shipped.Places)
        {
            if (book.Place(Code.Of(use.Place), book.Release) is null)
                faults.Add($"place {use.Place} is not in the book");
            faults.AddRange(PlainEnglish.Faults($"place {use.Place}", use.Says));
            faults.AddRange(use.Rules.Split(' ').Where(static id => RuleBook.Shipped.Find(id) is null)
                .Select(id => $"place {use.Place}: {id}"));
        }
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_predicted_adjustment_has_a_label()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var prediction in FindingHelp.All(Shipped.Edits).SelectMany(static info => info.Predicts ?? []))
        {
            if (ReasonCodes.Shipped.Carc(
                prediction.Carc[(prediction.Carc.IndexOf('-', StringComparison.Ordinal) + 1)..]) is null)
                faults.Add(prediction.Carc);
            foreach (var remark in prediction.Rarcs)
                if (ReasonCodes.Shipped.Rarc(remark) is null) faults.Add(remark);
        }
        Assert.Empty(faults);
    }
}
