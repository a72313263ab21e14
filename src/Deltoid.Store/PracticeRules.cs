using System.Text;
using Deltoid.PayerRules;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What a rule would have said of the claims that were answered lately, and what came back.</summary>
/// <param name="Right">Refused for its reason; <paramref name="Other"/>, for another one.</param>
/// <param name="FalseAlarms">Paid, or left to the patient.</param>
public sealed record BackTest(int Days, long Claims, long Right, long Other, long FalseAlarms, long Refused, long Paid)
{
    public long Spoke => Right + Other + FalseAlarms;

    /// <summary>Enough lines, and more than half of them right even at the low end of the interval.</summary>
    public bool Holds => new Share(Right, Spoke) is { IsShown: true, Interval.Low: >= 0.5m };
}

/// <summary>A rule that the remittances propose.</summary>
public sealed record RuleProposal(string Text, string Payer, string Code, string Reason, long Refused, long Lines,
    long Cents);

/// <summary>A finding of the shipped edits or of a rule, graded by what came back.</summary>
public sealed record GradedFinding(string Id, string Name, string Payer, long Right, long Other, long FalseAlarms,
    long Refused);

/// <summary>What remittances say of the edits and of rules.</summary>
/// <param name="IsCut">There are more answered claims than were looked at.</param>
public sealed record Grades(long Claims, bool IsCut, IReadOnlyList<GradedFinding> Findings,
    IReadOnlyList<RuleProposal> Proposals);

/// <summary>
/// Payer rules of the practice: proposed by its remittances or written by a person, tried on what was answered in the
/// last 90 days, and switched on by a person. From then on every claim is asked.
/// </summary>
public static class PracticeRules
{
    public const int Days = 90;

    /// <summary>The most claims that a rule is tried on; the latest count.</summary>
    const int MostClaims = 20_000;

    const int AtOnce = 1_000;

    /// <summary>The engine with the rules that the practice has switched on.</summary>
    public static async Task<Engine> For(this Engine engine, PracticeDb db, CancellationToken stop = default) =>
        engine.With(db.RuleText ??= (await db.SetUp(stop)).RuleText);

    /// <summary>Reads the text of one rule, and tries its own cases.</summary>
    /// <exception cref="InputException">It does not read, or a case does not come out as it says.</exception>
    internal static PayerRule Read(string text, Engine engine)
    {
        var rules = PayerRuleFile.Read(Encoding.UTF8.GetBytes(text));
        if (rules.Count != 1) throw new InputException("text", "this is more than one rule", "give one at a time");
        if (new RuleTrial(rules, engine.Book).FaultsOf(rules[0]).FirstOrDefault() is { } fault)
            throw new InputException($"line {fault.Line}", fault.Words, "change the rule or the case");
        return rules[0];
    }

    /// <summary>Grades what a scrubber says of the claims that were answered in the last 90 days.</summary>
    static async Task<(Grader Grader, bool IsCut)> Grade(PracticeDb db, Engine engine, DateOnly from, DateOnly thru,
        CancellationToken stop)
    {
        var ids = await db.ClaimOutcomes.Where(o => o.Answered >= from && o.Answered <= thru)
            .OrderByDescending(static o => o.Answered).ThenBy(static o => o.ClaimId).Select(static o => o.ClaimId)
            .Take(MostClaims + 1).ToListAsync(stop);
        var grader = new Grader(engine.Book, new(engine.Edits));
        var known = new SentAndPaid(db, stop);
        foreach (var some in ids.Take(MostClaims).Chunk(AtOnce))
        {
            await known.Load(some);
            foreach (var id in some)
                if (known.Of(id) is { } standing
                    && standing.Answers.Find(static a => !a.Claim.IsReversal) is { } first)
                    grader.Add(standing.Claim, first);
        }
        return (grader, ids.Count > MostClaims);
    }

    /// <summary>The edits and the practice's rules, graded; and the rules that unforeseen denials propose.</summary>
    public static async Task<Grades> Grades(PracticeDb db, Engine engine, DateOnly today,
        CancellationToken stop = default)
    {
        var (grader, isCut) = await Grade(db, await engine.For(db, stop), today.AddDays(-Days), today, stop);
        var next = await NextNumber(db, stop);
        var payers = grader.Payers;
        return new(grader.Claims, isCut, [.. grader.Grades.Select(g => new GradedFinding(g.Info.Id, g.Info.Name,
            payers.GetValueOrDefault(g.Payer) is { Length: > 0 } name ? name : g.Payer, g.True, g.Other, g.False,
            g.Refused.Cents))],
            [.. MissedDenials.Of(grader.Lines).Shown.Where(static m => m.IsProposed).Select((m, i) =>
                new RuleProposal(TextOf(new(m, next + i, today.AddDays(-Days), today)), m.Slice.Payer,
                    m.Slice.Code.ToString(), m.Refusal.ToString(), m.All.Hits, m.All.Of, m.Amount.Cents))]);
    }

    /// <summary>
    /// The text of a rule for the denials of a list: those that come most often, on lines that are alike, without an
    /// edit that foresees them.
    /// </summary>
    /// <returns>Null where none comes often enough to be compared.</returns>
    public static async Task<string?> OfList(PracticeDb db, Engine engine, OutcomeFilter list, DateOnly today,
        CancellationToken stop = default)
    {
        var claims = list.Of(db, today).Select(static o => o.ClaimId);
        var refused = (await db.RefusedLines.Where(r => claims.Contains(r.ClaimId))
            .Select(static r => new { r.Code, r.Reason }).Distinct().ToListAsync(stop))
            .Select(static r => (r.Code, r.Reason)).ToHashSet();
        if (refused.Count == 0) return null;
        var (grader, _) = await Grade(db, await engine.For(db, stop), today.AddDays(-Days), today, stop);
        return MissedDenials.Of(grader.Lines).Shown.Find(m => refused.Contains((m.Slice.Code.ToString(),
            m.Refusal.ToString()))) is { } missed
            ? TextOf(new(missed, await NextNumber(db, stop), today.AddDays(-Days), today)) : null;
    }

    static string TextOf(ProposedRule rule) => string.Join('\n', rule.Lines()) + "\n";

    /// <summary>The next number of a rule: none is used twice.</summary>
    public static async Task<int> NextNumber(PracticeDb db, CancellationToken stop = default) =>
        1 + (await db.PracticeRules.MaxAsync(static r => (int?)r.Number, stop) ?? 0);

    /// <summary>What the rule would have said of the claims of the last 90 days.</summary>
    /// <exception cref="InputException">It does not read, or a case does not come out as it says.</exception>
    public static async Task<BackTest> Try(PracticeDb db, Engine engine, string text, DateOnly today,
        CancellationToken stop = default)
    {
        var rule = Read(text, engine);
        return await Test(db, engine.With(text), rule.Info.Id, today.AddDays(-Days), today, stop);
    }

    static async Task<BackTest> Test(PracticeDb db, Engine engine, string id, DateOnly from, DateOnly thru,
        CancellationToken stop)
    {
        var (grader, _) = await Grade(db, engine, from, thru, stop);
        var own = grader.Grades.Where(g => g.Info.Id == id).ToList();
        return new(thru.DayNumber - from.DayNumber, grader.Claims, own.Sum(static g => g.True),
            own.Sum(static g => g.Other), own.Sum(static g => g.False), own.Sum(static g => g.Refused.Cents),
            own.Sum(static g => g.Paid.Cents));
    }

    /// <summary>What became of claims that left with what the rule warns of since it is on.</summary>
    public static Task<BackTest> Since(PracticeDb db, Engine engine, PracticeRule rule, DateOnly today,
        CancellationToken stop = default) => Test(db, engine.With(rule.Text), Read(rule.Text, engine).Info.Id,
            DateOnly.FromDateTime(rule.OnAt!.Value), today, stop);

    /// <summary>
    /// Switches a rule on, with what its back-test said; an earlier version of it goes off. Claims that have not left
    /// are judged with it.
    /// </summary>
    /// <exception cref="InputException">It does not read, or a case does not come out as it says.</exception>
    public static async Task<PracticeRule> SwitchOn(PracticeDb db, Engine engine, string text, DateTime now,
        DateOnly today, CancellationToken stop = default)
    {
        text = text.ReplaceLineEndings("\n").Trim() + "\n";
        var test = await Try(db, engine, text, today, stop);
        var number = int.Parse(Read(text, engine).Info.Id[PayerRule.Prefix.Length..],
            System.Globalization.CultureInfo.InvariantCulture);
        return await db.Change(async practice =>
        {
            var earlier = await db.PracticeRules.Where(r => r.Number == number).OrderByDescending(static r => r.Version)
                .ToListAsync(stop);
            foreach (var old in earlier.Where(static r => r.IsOn)) old.OffAt = now;
            var rule = new PracticeRule
            {
                Number = number, Version = 1 + (earlier.FirstOrDefault()?.Version ?? 0), Text = text, At = now,
                PersonId = db.PersonId, OnAt = now, TestedDays = test.Days, Right = (int)test.Right,
                Other = (int)test.Other, FalseAlarms = (int)test.FalseAlarms, Refused = test.Refused,
            };
            db.PracticeRules.Add(rule);
            await db.SaveChangesAsync(stop);
            db.Record(now, "switch-on", $"rule/{number}", "", new { rule.Version, rule.Text, test.Right, test.Spoke });
            db.RuleText = null;
            await OpenClaims.JudgeAgain(db, engine, practice, now, stop);
            return rule;
        }, stop);
    }

    /// <summary>Nobody is asked by the rule any more.</summary>
    /// <exception cref="InputException">It is not on.</exception>
    public static Task<PracticeRule> SwitchOff(PracticeDb db, Engine engine, int number, DateTime now,
        CancellationToken stop = default) => db.Change(async practice =>
    {
        var rule = await db.PracticeRules.SingleOrDefaultAsync(r => r.Number == number && r.OnAt != null
            && r.OffAt == null, stop) ?? throw new InputException("", "this rule is not on", "load the page again");
        rule.OffAt = now;
        await db.SaveChangesAsync(stop);
        db.Record(now, "switch-off", $"rule/{number}", "", new { rule.Version });
        db.RuleText = null;
        await OpenClaims.JudgeAgain(db, engine, practice, now, stop);
        return rule;
    }, stop);
}
