using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Asking;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Rules;

namespace Deltoid.Tests.Asking;

/// <summary>Questions as people type them: what must hold of each answer, and what must hold of all.</summary>
public sealed class QuestionTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly DateOnly Usual = new(2026, 11, 28);

    /// <summary>A question with what is expected of its answer.</summary>
    sealed record Case(string Question, DateOnly On, string[] Kinds, string[] Says, string[] Never, string[] Cites,
        string[] Asks);

    static List<Case> Own()
    {
        var cases = new List<Case>();
        foreach (var line in Repository.Read("tests/Deltoid.Tests/Asking/questions.tsv").Split('\n').Skip(1))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t').Concat(Enumerable.Repeat("", 7)).ToArray();
            string[] List(int at) => cells[at].Split(" && ", StringSplitOptions.RemoveEmptyEntries);
            cases.Add(new(cells[0], cells[6].Length > 0 ? DateOnly.Parse(cells[6])
                : Usual, cells[1].Split('/'), List(2),
                List(3), List(4), List(5)));
        }
        return cases;
    }

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    static IEnumerable<string> Faults(Case of)
    {
        var dropped = new List<string>();
        var reply = Assistant.Answer(of.Question, Book, of.On, dropped.Add);
        var kind = ReplyJson.KindOf(reply.Kind);
        var facts = string.Join('\n', reply.Facts.Select(static f => $"{f.Of} {f.Value}"));
        var cited =
            string.Join('\n', reply.Citations.Select(static c => $"{c.Authority} {c.Section} {c.Rule} {c.Source}"));
        var asks = string.Join('\n', reply.Asks.Select(static a => $"{a.Fact} {a.Why}"));
        foreach (var drop in dropped) yield return "dropped " + drop;
        if (!of.Kinds.Contains(kind)) yield return $"is {kind}";
        foreach (var pattern in of.Says)
            if (!Has(reply.Text + "\n" + facts, pattern)) yield return $"does not say {pattern}";
        foreach (var pattern in of.Never)
            if (Has(reply.Text, pattern)) yield return $"says {pattern}";
        foreach (var pattern in of.Cites)
            if (!Has(cited, pattern)) yield return $"does not cite {pattern}";
        foreach (var pattern in of.Asks)
            if (!Has(asks, pattern)) yield return $"does not ask for {pattern}";
        foreach (var fault in FaultsOfAny(reply)) yield return fault;
    }

    static bool Has(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>What holds of every answer: facts for all it says, a source, and few questions.</summary>
    static IEnumerable<string> FaultsOfAny(Reply reply)
    {
        if (reply.Kind != ReplyKind.Ask && Held.FirstLoose(reply.Text, reply.Facts) is { Length: > 0 } loose)
            yield return $"'{loose}' is in no fact";
        if (reply.Kind == ReplyKind.Answer && reply.Citations.Count == 0) yield return "cites nothing";
        if (reply.Asks.Count > 3) yield return "asks for more than three facts";
        foreach (var cited in reply.Citations)
            if (cited.Authority.Length == 0 || cited.Section.Length == 0 || cited.Date == default)
                yield return "has a citation that is not whole";
        foreach (var fact in reply.Facts)
            if (fact.Edition.Length == 0) yield return $"has a fact without an edition: {fact.Of}";
    }

    static void AllHold(IEnumerable<Case> cases)
    {
        var faults = cases.SelectMany(static of => Faults(of).Select(fault => $"\"{of.Question}\" {fault}")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Our_own_questions_are_answered()
    {
        var cases = Own();
        Assert.True(cases.Count >= 150);
        AllHold(cases);
    }

    /// <summary>The cases beside the clone, where they are.</summary>
    [Fact]
    public void Questions_beside_the_clone_are_answered()
    {
        var file = Path.Combine(Path.GetDirectoryName(OfficialFiles.Folder)!, "cases", "questions.json");
        Assert.SkipUnless(File.Exists(file), "the questions are not beside this clone (../shared/cases)");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        AllHold(document.RootElement.EnumerateArray().Select(static each =>
        {
            var expected = each.GetProperty("expected");
            string[] List(string name) =>
                [.. expected.GetProperty(name).EnumerateArray().Select(static v => v.GetString()!)];
            return new Case(each.GetProperty("question")
                .GetString()!, DateOnly.Parse(each.GetProperty("on").GetString()!),
                [expected.GetProperty("kind").GetString()!, .. List("alsoKind")], List("mustSay"), List("mustNotSay"),
                List("mustCite"), List("mustAsk"));
        }));
    }

    /// <summary>Capitals, marks and blanks change nothing.</summary>
    [Fact]
    public void How_a_question_is_written_changes_nothing()
    {
        foreach (var of in Own().Where(static (_, i) => i % 7 == 0))
        {
            var plain = Assistant.Answer(of.Question, Book, of.On);
            foreach (var other in (ReadOnlySpan<string>)[of.Question.ToUpperInvariant(), $"  {of.Question}  ??"])
                Assert.Equal((of.Question, plain.Kind), (of.Question, Assistant.Answer(other, Book, of.On).Kind));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?????")]
    [InlineData("'; drop table claims; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("99999999999999999999999999 mg of 9999999999999999999999")]
    [InlineData("0/0/00 31/31/99 25:61 to 99:99")]
    [InlineData("\u0000\ud800 \u202e 96372")]
    public void Hostile_lines_are_answered_and_stated(string question)
    {
        var reply = Assistant.Answer(question, Book, Usual);
        Assert.Empty(FaultsOfAny(reply));
    }

    /// <summary>
    /// Two drugs by any two ways, or none said: a code for giving them is stated only where the way of both is known, and
    /// is then that of the ways. A vein alone is neither a push nor an infusion.
    /// </summary>
    [Theory]
    [InlineData("what changed for Prolia this quarter", "J0897 since 2026-10-01")]
    [InlineData("what changed this quarter for J1885", "J1885 since 2026-10-01")]
    [InlineData("drew up the vaccine but kid wiggled and it fell", "nothing was injected")]
    [InlineData("the nurse forgot the lot number, can I still bill", "late entry")]
    [InlineData("what dx pays for vitamin b12", "E53.8")]
    public void A_question_is_answered_and_not_refused(string question, string says)
    {
        var reply = Assistant.Answer(question, Book, new(2026, 11, 28));
        Assert.Equal(ReplyKind.Answer, reply.Kind);
        Assert.Contains(says, reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("toradol 30 mg", "zofran 4 mg")]
    [InlineData("decadron 8 mg", "benadryl 25 mg")]
    [InlineData("phenergan 25 mg", "ketorolac 60 mg")]
    public void A_code_for_giving_rests_on_a_way_that_is_said(string one, string other)
    {
        (string Said, string Code)[] ways = [("", ""), ("iv", ""), ("im", "96372"), ("ivp", "96374")];
        foreach (var first in ways)
            foreach (var second in ways)
            {
                var question = $"{one} {first.Said} and {other} {second.Said}, what are the admin codes";
                var text = Assistant.Answer(question, Book, Usual).Text;
                var isKnown = second.Code.Length > 0 && (first.Code.Length > 0 || first.Said.Length == 0);
                foreach (var code in (ReadOnlySpan<string>)["96372", "96374"])
                {
                    var isDue = isKnown && (second.Code == code || first.Code == code);
                    Assert.Equal((question, code, isDue),
                        (question, code, Has(text, $"(?:Given|Giving)[^.:]*: [^.]*{code}")));
                }
            }
    }

    [Theory]
    [InlineData("hydration {0} liters of saline")]
    [InlineData("bicillin {0} million units im")]
    [InlineData("heparin {0} thousand units")]
    [InlineData("96372 was paid ${0}, is that right")]
    [InlineData("they paid $1 to ${0}")]
    [InlineData("{0} to {0} dollars for 96372")]
    [InlineData("b12 {0} mcg im for {0} hours and {0} min")]
    [InlineData("bill {0} units of J1885, {0} vials, age {0}, {0} year old, {0} months")]
    [InlineData("one hour and a half, {0} and a half hours, {0} 1/2 hours of remicade")]
    public void A_number_of_any_length_is_no_bug(string question)
    {
        foreach (var digits in (ReadOnlySpan<int>)[5, 9, 10, 12, 19, 29, 30, 60])
            Assert.Empty(FaultsOfAny(Assistant.Answer(
                question.Replace("{0}", new('9', digits), StringComparison.Ordinal), Book, Usual)));
    }

    [Fact]
    public void A_long_line_is_cut_and_answered() =>
        Assert.Empty(FaultsOfAny(
            Assistant.Answer(string.Concat(Enumerable.Repeat("why was 96372 denied ", 20_000)), Book, Usual)));

    [Theory]
    [InlineData("J1885 is 4 units: one unit is 15 mg.", "")]
    [InlineData("J1885 is 5 units.", "5")]
    [InlineData("It is J1886.", "J1886")]
    [InlineData("Since 2024-04-01.", "2024-04-01")]
    [InlineData("Add JZ.", "JZ")]
    public void A_wording_is_held_to_the_facts(string text, string loose) =>
        Assert.Equal(loose,
            Held.FirstLoose(text,
                [new("J1885", "units", "4", "", "HCP26"), new("J1885", "one unit", "15 mg", "", "HCP26")]));

    [Fact]
    public void Rows_name_what_there_is()
    {
        foreach (var row in IntentRows.Shipped.All)
        {
            Assert.True(Answerers.Find(row.By) is not null, row.By);
            foreach (var id in row.Rules) Assert.True(RuleBook.Shipped.Find(id) is not null, $"{row.Id}: {id}");
            foreach (var ask in row.Asks) Assert.True(AskRows.Shipped.Find(ask) is not null, $"{row.Id}: {ask}");
        }
        Assert.Equal(IntentRows.Shipped.All.Count, IntentRows.Shipped.All.Select(static row => row.Id)
            .Distinct().Count());
    }
}
