using System.Text;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.PayerRules;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Payer rules that users write: what they ask, what they say, what is wrong with a file.</summary>
public sealed class PayerRuleTests
{
    internal const string Head = "rule OWN0001 needs-authorization\nseverity warning\noutcome denial\n"
        + "predicts CO-197 N517\nmessage This payer wants an authorization\ncitation Drug policy, 2026-01\n"
        + "from 2026-01-01\nthru 2026-12-31\n";

    internal const string Cases = "case fires\n  1 96372 x1\ncase quiet\n  1 96372 x1\n";

    internal static IReadOnlyList<PayerRule> Read(string text) => PayerRuleFile.Read(Encoding.UTF8.GetBytes(text));

    static PayerRule Rule(string conditions) => Assert.Single(Read(Head + conditions + "\n" + Cases));

    const string Sent = "payer commercial payerid 60054 dos 2026-03-02 pos 11 dx D51.0 E11.9 born 1980-03-03 sex F\n"
        + "1 96372 x1 dx A charge 40\n2 J3420-JZ x2 dx B charge 12.50\n";

    static Claim Notation(string text)
    {
        var claim = new Claim();
        ClaimNotation.Read(text, claim);
        return claim;
    }

    /// <summary>What the rule says of the claim's first line or its second, and of the claim among all edits.</summary>
    static (bool? First, bool? Second, bool Speaks) Ask(string conditions, string claim)
    {
        var rule = Rule(conditions);
        var trial = new RuleTrial([rule], EditPages.Book);
        var bound = trial.Of(Notation(claim));
        return (rule.Holds(bound, 0), bound.Count > 1 ? rule.Holds(bound, 1) : null, trial.Findings.Has("OWN0001"));
    }

    /// <summary>Each field and each way to ask, on the line of 96372 and on that of J3420.</summary>
    [Theory]
    [InlineData("when payer is 60054", true, true)]
    [InlineData("when payer is 60055", false, false)]
    [InlineData("when payer is not 60055", true, true)]
    [InlineData("when payer is 6005*", true, true)]
    [InlineData("when payer is \"6005*\"", false, false)]
    [InlineData("when payer-kind is commercial", true, true)]
    [InlineData("when payer-kind is medicare medicaid", false, false)]
    [InlineData("when payer-name is missing", true, true)]
    [InlineData("when code is 96372 J1885", true, false)]
    [InlineData("when code is j3420", false, true)]
    [InlineData("when code is not 96372", false, true)]
    [InlineData("when code is J0000-J9999", false, true)]
    [InlineData("when code is J3421-J9999", false, false)]
    [InlineData("when code is J3*", false, true)]
    [InlineData("when code is 9*", true, false)]
    [InlineData("when place is 22 11", true, true)]
    [InlineData("when place is not 11", false, false)]
    [InlineData("when place is missing", false, false)]
    [InlineData("when modifier is JZ", false, true)]
    [InlineData("when modifier is not JZ", true, false)]
    [InlineData("when modifier is missing", true, false)]
    [InlineData("when modifiers are none", true, false)]
    [InlineData("when modifiers are JZ", false, true)]
    [InlineData("when modifiers are JZ-59", false, false)]
    [InlineData("when diagnosis is D51", true, false)]
    [InlineData("when diagnosis is E11.9", false, true)]
    [InlineData("when diagnosis is D50-D53", true, false)]
    [InlineData("when diagnosis is D52-D53", false, false)]
    [InlineData("when first-diagnosis is E1", false, true)]
    [InlineData("when units over 1", false, true)]
    [InlineData("when units at least 2", false, true)]
    [InlineData("when units under 2", true, false)]
    [InlineData("when units at most 1.5", true, false)]
    [InlineData("when units is 2", false, true)]
    [InlineData("when charge over 39.99", true, false)]
    [InlineData("when charge over 40.00", false, false)]
    [InlineData("when charge at most 12.50", false, true)]
    [InlineData("when total over 52.49", true, true)]
    [InlineData("when total over 52.50", false, false)]
    [InlineData("when beside is J3420", true, false)]
    [InlineData("when beside is not 96372", true, false)]
    [InlineData("when ndc is missing", true, true)]
    [InlineData("when ndc is given", false, false)]
    [InlineData("when narrative is missing", true, true)]
    [InlineData("when authorization is missing", true, true)]
    [InlineData("when authorization is given", false, false)]
    [InlineData("when setting is professional", true, true)]
    [InlineData("when setting is facility", false, false)]
    [InlineData("when frequency is 1", true, true)]
    [InlineData("when age under 46", true, true)]
    [InlineData("when age under 45", false, false)]
    [InlineData("when age at least 46", false, false)]
    [InlineData("when sex is F", true, true)]
    [InlineData("when sex is M X", false, false)]
    [InlineData("when code is 96372 or modifier is JZ", true, true)]
    [InlineData("when code is J3420 and modifier is JZ", false, true)]
    [InlineData("when not code is J3420", true, false)]
    [InlineData("when not (code is J3420 or place is 11)", false, false)]
    [InlineData("when (code is 96372 or code is J3420) and units over 1", false, true)]
    [InlineData("when code is 96372 or code is J3420 and units over 5", true, false)]
    [InlineData("when code is 96372\nand units over 1", false, false)]
    public void Each_field_and_each_way_to_ask(string conditions, bool first, bool second) =>
        Assert.Equal((first, second, first || second), Ask(conditions, Sent));

    /// <summary>What a claim does not say fulfills neither a condition nor its opposite.</summary>
    [Theory]
    [InlineData("payer is 60054")]
    [InlineData("payer is not 60054")]
    [InlineData("age over 1")]
    [InlineData("age under 100")]
    [InlineData("charge under 100.00")]
    [InlineData("place is not 22")]
    [InlineData("diagnosis is not D51")]
    [InlineData("sex is not F")]
    [InlineData("taxonomy is 207R*")]
    [InlineData("administrations.route is im")]
    [InlineData("administrations.consent is missing")]
    [InlineData("patient.established is yes or visits.minutes over 5")]
    public void What_is_not_known_makes_no_rule_fire(string condition)
    {
        const string Bare = "payer commercial dos 2026-03-02\n1 96372 x1\n";
        Assert.Equal((null, null, false), Ask("when " + condition, Bare));
        Assert.Equal((null, null, false), Ask($"when not ({condition})", Bare));
        Assert.True(Ask($"when {condition} or code is 96372", Bare).Speaks);
        Assert.Equal((false, null, false), Ask($"when ({condition}) and code is J3420", Bare));
    }

    internal const string Visit = """
        { "serviceDate": "2026-03-02", "placeOfService": "11", "payer": { "kind": "commercial" },
          "patient": { "established": true }, "provider": { "supervision": "on-site", "role": "ma" },
          "diagnoses": ["D51.0"], "visits": [ { "code": "99213", "separateNote": true, "minutes": 20 } ],
          "administrations": [ { "drug": "B12", "dose": "1000 mcg", "route": "im", "container": "single-dose",
          "containerAmount": "1000 mcg", "site": "left deltoid", "given": true, "consent": false, "muscles": 2,
          "lastGiven": "2026-02-02", "order": { "by": "Dr", "standing": true } } ] }
        """;

    /// <summary>Fields of the chart on the lines that were coded from it.</summary>
    [Theory]
    [InlineData("administrations.route is im", "J3420", true)]
    [InlineData("administrations.route is im", "96372", true)]
    [InlineData("administrations.route is im", "99213", null)]
    [InlineData("administrations.route is sc", "J3420", false)]
    [InlineData("administrations.container is single-dose", "J3420", true)]
    [InlineData("administrations.site is given", "96372", true)]
    [InlineData("administrations.lot is missing", "J3420", true)]
    [InlineData("administrations.lot is given", "J3420", false)]
    [InlineData("administrations.consent is no", "J3420", true)]
    [InlineData("administrations.checked is no", "J3420", null)]
    [InlineData("administrations.checked is missing", "J3420", true)]
    [InlineData("administrations.muscles over 1", "J3420", true)]
    [InlineData("administrations.lastGiven under 29", "J3420", true)]
    [InlineData("administrations.lastGiven under 28", "J3420", false)]
    [InlineData("administrations.order.standing is yes", "J3420", true)]
    [InlineData("visits.separateNote is yes", "99213", true)]
    [InlineData("visits.separateNote is yes", "96372", null)]
    [InlineData("visits.minutes under 20", "99213", false)]
    [InlineData("patient.established is yes", "96372", true)]
    [InlineData("provider.supervision is general", "96372", false)]
    [InlineData("provider.role is ma", "96372", true)]
    [InlineData("counseling is missing", "96372", true)]
    public void Facts_of_the_chart(string condition, string code, bool? holds)
    {
        var rule = Rule("when " + condition);
        var trial = new RuleTrial([rule], EditPages.Book);
        var bound = trial.Of(EncounterJson.Read(Encoding.UTF8.GetBytes(Visit), ""));
        var line = Enumerable.Range(0, bound.Count).Single(i => bound.CodeOf(i) == Code.Of(code));
        Assert.Equal(holds, rule.Holds(bound, line));
        Assert.Equal(Enumerable.Range(0, bound.Count).Any(i => rule.Holds(bound, i) == true),
            trial.Findings.Has("OWN0001"));
    }

    /// <summary>Every field has an example that reads, and each is asked by a case of this page.</summary>
    [Fact]
    public void The_example_of_each_field_reads()
    {
        foreach (var field in RuleFields.All) Assert.NotEmpty(Rule("when " + field.Example).Conditions);
        Assert.Equal(RuleFields.All.Count, RuleFields.All.Select(static f => f.Word).Distinct().Count());
    }

    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    public void Both_ends_of_the_dates_are_in_force(string day, bool speaks) =>
        Assert.Equal(speaks, Ask("when code is 96372", $"dos {day} pos 11 dx D51.0\n1 96372 x1\n").Speaks);

    /// <summary>The day of the line decides, not that of the claim.</summary>
    [Fact]
    public void Each_line_has_its_own_day() =>
        Assert.Equal((true, false, true), Ask("when code is 96372",
            "dos 2026-12-31 pos 11 dx D51.0\n1 96372 x1\n2 96372 x1 date 2027-01-01\n"));

    /// <summary>
    /// A rule proposes words: its finding carries no change, and its remedy is only shown. It is on the field that is
    /// missing.
    /// </summary>
    [Theory]
    [InlineData("error")]
    [InlineData("warning")]
    [InlineData("info")]
    public void No_severity_makes_a_rule_change_a_claim(string severity)
    {
        var text = Head.Replace("severity warning", $"severity {severity}", StringComparison.Ordinal)
            + "remedy Add modifier 25 and diagnosis D51.0\nwhen authorization is missing\nand code is 96372\n" + Cases;
        var trial = new RuleTrial(Read(text), EditPages.Book);
        var claim = Notation(Sent);
        trial.Of(claim);
        var finding = trial.Findings.Span.ToArray().Single(static f => f.Info.Id == "OWN0001");
        Assert.Equal((severity, Field.PriorAuthorization, FixSafety.DisplayOnly, 0, ChangeOp.None, ChangeOp.None),
            (FindingText.Of(finding.Severity), finding.Place.ClaimField, finding.Info.Fix!.Safety, finding.Under,
            finding.First.Op, finding.Second.Op));
        Assert.False(Fixes.Apply(claim, finding));
        Assert.Equal("This payer wants an authorization", FindingText.Message(finding));
    }

    [Fact]
    public void About_the_claim_it_speaks_once()
    {
        var rules = Read(Head + "about claim\nwhen units over 0\n" + Cases);
        var trial = new RuleTrial(rules, EditPages.Book);
        trial.Of(Notation(Sent));
        Assert.Equal(0, trial.Findings.Span.ToArray().Single(static f => f.Info.Id == "OWN0001").Place.Line);
    }

    /// <summary>Each mistake has its line, column and word, and what to write; no word of it is repeated.</summary>
    [Theory]
    [InlineData("rule X1 a\n", "line 1, column 6", "write: rule OWN0001")]
    [InlineData("rule NCC0001 pair\n", "line 1, column 6", "write: rule OWN0001")]
    [InlineData("rule OWN0001 Se-cret\n", "line 1, column 6", "write: rule OWN0001")]
    [InlineData("secret\n", "line 1, column 1", "write: rule OWN0001")]
    [InlineData(Head + "when secret is 1\n" + Cases, "line 9, column 6", "use one of: payer, payer-name")]
    [InlineData(Head + "when code over 5\n" + Cases, "line 9, column 11", "write for example: code is")]
    [InlineData(Head + "when code is\n" + Cases, "line 9, column 13", "write for example: code is")]
    [InlineData(Head + "when code is 96372 se-cret\n" + Cases, "line 9, column 20", "write for example: code is")]
    [InlineData(Head + "when code is J9999-J0000\n" + Cases, "line 9, column 14", "write for example: code is")]
    [InlineData(Head + "when code is 9637\n" + Cases, "line 9, column 14", "write for example: code is")]
    [InlineData(Head + "when place is 1A\n" + Cases, "line 9, column 15", "write for example: place is")]
    [InlineData(Head + "when payer-kind is secret\n" + Cases, "line 9, column 20", "payer-kind is medicare")]
    [InlineData(Head + "when units over many\n" + Cases, "line 9, column 17", "write for example: units over")]
    [InlineData(Head + "when units over 1 2\n" + Cases, "line 9, column 17", "write for example: units over")]
    [InlineData(Head + "when units over -1\n" + Cases, "line 9, column 17", "write for example: units over")]
    [InlineData(Head + "when ndc is 1\n" + Cases, "line 9, column 13", "write for example: ndc is missing")]
    [InlineData(Head + "when ndc is missing secret\n" + Cases, "line 9, column 21", "remove it")]
    [InlineData(Head + "when units is missing\n" + Cases, "line 9, column 15", "write for example: units over")]
    [InlineData(Head + "when (code is 96372\n" + Cases, "line 9, column 20", "close it with )")]
    [InlineData(Head + "when code is 96372)\n" + Cases, "line 9, column 19", "remove it")]
    [InlineData(Head + "when payer is \"secret\n" + Cases, "line 9, column 15", "close it with \"")]
    [InlineData(Head + "when code is 96372 or\n" + Cases, "line 9, column 22", "use one of: payer")]
    [InlineData(Head + "when not\n" + Cases, "line 9, column 9", "use one of: payer")]
    [InlineData(Head + "and code is 96372\n" + Cases, "line 9, column 1", "write: when")]
    [InlineData(Head + "when code is 96372\nwhen place is 11\n" + Cases, "line 10, column 1", "begin further")]
    [InlineData(Head + "when code is 96372\nand code is 96372\n" + Cases, "line 10, column 5", "keep one")]
    [InlineData(Head + "severity error\nwhen code is 96372\n" + Cases, "line 9, column 1", "keep one")]
    [InlineData(Head + Cases, "line 1, column 1", "add: when")]
    [InlineData(Head + "secret x\nwhen code is 96372\n" + Cases, "line 9, column 1", "use one of: severity")]
    [InlineData(Head + "remedy\nwhen code is 96372\n" + Cases, "line 9, column 7", "on the same line")]
    [InlineData(Head + "remedy a {0}\nwhen code is 96372\n" + Cases, "line 9, column 10", "as it is to be shown")]
    [InlineData(Head + "about secret\nwhen code is 96372\n" + Cases, "line 9, column 7", "write one of: line, claim")]
    [InlineData(Head + "url http://secret\nwhen code is 96372\n" + Cases, "line 9, column 5", "https://")]
    [InlineData(Head + "predicts secret\nwhen code is 96372\n" + Cases, "line 9, column 10", "predicts CO-197")]
    [InlineData(Head + "when code is 96372\n", "line 1, column 1", "add: case fires")]
    [InlineData(Head + "when code is 96372\ncase fires\n  1 96372 x1\n", "line 1, column 1", "add: case quiet")]
    [InlineData(Head + "when code is 96372\ncase secret\n  1 96372 x1\n" + Cases, "line 10, column 6", "case fires")]
    [InlineData(Head + "when code is 96372\ncase fires\n  secret\n" + Cases, "line 11, column 3", "")]
    [InlineData(Head + "when code is 96372\ncase fires\n" + Cases, "line 10, column 1", "1 96372 x1")]
    [InlineData(Head + "when code is 96372\ncase fires\n  { \"other\": 1 }\n" + Cases, "line 10, column 1", "")]
    [InlineData(Head + "when code is 96372\n" + Cases + "rule OWN0001 again\n", "line 14, column 6", "next free")]
    [InlineData(Head + "when code is 96372\n" + Cases + "rule OWN0002 needs-authorization\n", "line 14, column 6",
        "another name")]
    [InlineData("", "", "begin with: rule")]
    [InlineData("# nothing\n", "", "begin with: rule")]
    public void Mistakes_have_a_place_and_a_remedy(string text, string at, string tryThis)
    {
        var fault = Assert.Throws<InputException>(() => Read(text));
        Assert.Equal(at, fault.At);
        Assert.Contains(tryThis, fault.Try, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message + fault.Try, StringComparison.Ordinal);
    }

    /// <summary>Days that are none, and a last day before the first.</summary>
    [Theory]
    [InlineData("from 2026-02-29", "line 7, column 6")]
    [InlineData("from 03/02/2026", "line 7, column 6")]
    [InlineData("from 2026-1-2", "line 7, column 6")]
    [InlineData("from 2026-02-01\nthru ?", "line 8, column 6")]
    [InlineData("from 2026-02-01\nthru 2026-01-31", "line 1, column 1")]
    [InlineData("thru 2026-01-31", "line 1, column 1")]
    public void Bad_days(string days, string at)
    {
        var text = Head[..Head.IndexOf("from", StringComparison.Ordinal)] + days + "\nwhen code is 96372\n" + Cases;
        Assert.Equal(at, Assert.Throws<InputException>(() => Read(text)).At);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var fault = Assert.Throws<InputException>(() => Read("rule OWN0001 a\nseverity x\nwhen y\n"));
        Assert.Equal(["line 3, column 6", "line 1, column 1", "line 1, column 1", "line 1, column 1",
            "line 1, column 1", "line 1, column 1", "line 1, column 1"], fault.Also.Select(static f => f.At));
    }

    /// <summary>Deep, long and many: refused with a place, and soon.</summary>
    [Fact]
    public void What_is_too_much_is_refused()
    {
        static string Deep(int depth) => $"when {new string('(', depth)}code is 96372{new string(')', depth)}\n";
        static InputException Fault(string text) => Assert.Throws<InputException>(() => Read(text));
        Assert.Single(Read(Head + Deep(PayerRuleFile.MostDepth - 1) + Cases));
        foreach (var depth in (int[])[PayerRuleFile.MostDepth, 9_000])
            Assert.Contains("8 deep", Fault(Head + Deep(depth) + Cases).Message, StringComparison.Ordinal);
        var nots = string.Concat(Enumerable.Repeat("not ", 4000));
        Assert.Contains("8 deep", Fault(Head + $"when {nots}code is 96372\n" + Cases).Message,
            StringComparison.Ordinal);
        var many = string.Join(" or ", Enumerable.Repeat("code is 96372", 101));
        Assert.Contains("100 fields", Fault(Head + $"when {many}\n" + Cases).Message, StringComparison.Ordinal);
        var values = string.Join(' ', Enumerable.Repeat("96372", 501));
        Assert.Contains("500 values", Fault(Head + $"when code is {values}\n" + Cases).Message,
            StringComparison.Ordinal);
        Assert.Contains("20,000", Fault(Head + $"message {new string('a', 20_001)}\n" + Cases).Message,
            StringComparison.Ordinal);
        Assert.Contains("8 MB", Fault(new string('#', (8 << 20) + 1)).Message, StringComparison.Ordinal);
        var faults = Fault(string.Concat(Enumerable.Repeat("rule X1 a\n", 100_000)));
        Assert.InRange(faults.Also.Count, 1, 60);
        var one = Head + "when code is 96372\n" + Cases;
        var all = string.Concat(Enumerable.Range(0, 10_001).Select(i => one
            .Replace("OWN0001", $"OWN{i % 10_000:0000}", StringComparison.Ordinal)
            .Replace("needs-authorization", $"r-{i}", StringComparison.Ordinal)));
        Assert.Contains("10,000 rules", Fault(all).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever bytes come, they are rules or a mistake with words.</summary>
    [Fact]
    public void Mutilated_files_are_refused_and_never_a_bug()
    {
        var whole = Encoding.UTF8.GetBytes(Repository.Read("examples", "payer.rules"));
        var random = new Random(12);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = whole[..random.Next(whole.Length / 2, whole.Length)];
            for (var k = random.Next(4); k > 0; k--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try { PayerRuleFile.Read(bytes); }
            catch (InputException e) { Assert.NotEmpty(e.Message); }
        }
    }

    static readonly string[] Parts =
    [
        "payer is 60054", "code is 96372", "code is J3*", "place is 11", "modifier is JZ", "age over 18",
        "diagnosis is D51", "units over 1", "administrations.route is im", "ndc is missing", "payer-kind is commercial",
    ];

    /// <summary>
    /// However a rule is found and woken, it speaks on the lines on which its conditions hold, and on no other: rules
    /// of random conditions against asking each line outright.
    /// </summary>
    [Fact]
    public void Sleeping_changes_no_answer()
    {
        var (random, text) = (new Random(7), new StringBuilder());
        for (var i = 0; i < 300; i++)
        {
            var (part, other) = (Part(random), Part(random));
            text.Append(Head.Replace("OWN0001 needs-authorization", $"OWN{i:0000} r-{i}", StringComparison.Ordinal))
                .Append("when ").Append(part);
            if (random.Next(2) == 0 && other != part) text.Append("\nand ").Append(other);
            text.Append('\n').Append(Cases);
        }
        var rules = Read(text.ToString());
        var trial = new RuleTrial(rules, EditPages.Book);
        var (spoke, silent) = (0, 0);
        foreach (var claim in (string[])[Sent, "payer medicare dos 2026-03-02\n1 J3420 x1\n",
            "payerid 60054 dos 2026-05-02 dx D51.0\n1 J3301 x4\n2 96372-59 x1\n", "dos 2026-05-02\n1 - x1\n"])
        {
            var bound = trial.Of(Notation(claim));
            foreach (var rule in rules)
            {
                var lines = Enumerable.Range(0, bound.Count).Where(l => rule.Holds(bound, l) == true)
                    .Select(l => bound.Line(l).Number);
                var found = trial.Findings.Span.ToArray().Where(f => f.Info == rule.Info)
                    .Select(static f => f.Place.Line);
                Assert.Equal(lines, found);
                if (lines.Any()) spoke++;
                else silent++;
            }
        }
        Assert.True(spoke > 100 && silent > 100);
    }

    static string Part(Random random)
    {
        var part = Parts[random.Next(Parts.Length)];
        return random.Next(5) switch
        {
            0 => $"not {part}", 1 => $"{part} or {Parts[random.Next(Parts.Length)]}",
            2 => $"({part} and {Parts[random.Next(Parts.Length)]})", _ => part,
        };
    }
}
