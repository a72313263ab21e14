using Deltoid.Books;
using Deltoid.Pages;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What holds for every denied claim, over many made at random from all rows and facts.</summary>
public sealed class DenialPropertyTests
{
    const int Cases = 4_000;

    static readonly Resolver One = new(StarterBook.Open()), Other = new(StarterBook.Open());
    static readonly Lock Worker = new(); // a resolver serves one worker

    static void ForAll(Action<DeniedCases, Random> holds)
    {
        lock (Worker)
            for (var seed = 0; seed < Cases; seed++)
            {
                var random = new Random(seed);
                holds(new DeniedCases(random), random);
            }
    }

    static string WithFacts(DeniedCases make, Random random)
    {
        var text = make.Claim();
        for (var i = random.Next(4); i > 0; i--) text += "\n" + make.Fact();
        return text;
    }

    static HashSet<string> Proposed(Resolution of) =>
        [Steps.Words[of.Step], .. of.Alternatives.Select(static a => Steps.Words[a.Step])];

    [Fact]
    public void NothingIsProposedAndForbidden() => ForAll((make, random) =>
    {
        var text = WithFacts(make, random);
        var answer = One.Resolve(DenialNotation.Read(text));
        Assert.True(!answer.Never.Exists(n => Proposed(answer).Contains(n.Step)),
            $"{text}\n{DenialPage.Print(answer)}");
    });

    [Fact]
    public void AsksTheSameTwice() => ForAll((make, random) =>
    {
        var text = WithFacts(make, random);
        Assert.Equal(DenialPage.Print(One.Resolve(DenialNotation.Read(text))),
            DenialPage.Print(Other.Resolve(DenialNotation.Read(text))));
    });

    /// <summary>
    /// Group CO, Medicaid, workers' compensation, a QMB: no bill to the patient, whatever the facts say.
    /// </summary>
    [Fact]
    public void TheProtectedAreNotBilled() => ForAll((make, random) =>
    {
        var text = WithFacts(make, random);
        var isProtected = text.StartsWith("payer medicaid", StringComparison.Ordinal)
            || text.StartsWith("payer workers", StringComparison.Ordinal)
            || text.Split('\n').Any(static l => l.StartsWith("fact medicaid-dual qmb=true", StringComparison.Ordinal));
        var isOurs = !Array.Exists([" PR-", " PI-", " OA-"], g => text.Contains(g, StringComparison.Ordinal));
        // who was no member on the day is not protected by Medicaid
        if ((!isProtected && !isOurs) || text.Contains("\nnot eligibility-result", StringComparison.Ordinal)) return;
        var answer = One.Resolve(DenialNotation.Read(text));
        Assert.True(!Proposed(answer).Contains("bill-patient"), $"{text}\n{DenialPage.Print(answer)}");
        if (isProtected) Assert.Equal(Money.Zero, answer.PatientOwes);
    });

    /// <summary>
    /// The reasons of which nothing is posted: what a first claim was paid, what is not decided yet.
    /// </summary>
    static readonly HashSet<string> Unposted = [.. CauseTable.Shipped.All
        .Where(static r => r.Posting == PostingKind.None && r.Kind is AnswerKind.NotADenial or AnswerKind.Pending)
        .SelectMany(static r => r.Codes)
        .Select(static c => c.Split('/')[0][(c.Split('/')[0].IndexOf('-', StringComparison.Ordinal) + 1)..])];

    [Fact]
    public void ALineComesToItsCharge() => ForAll((make, random) =>
    {
        var text = WithFacts(make, random);
        var of = DenialNotation.Read(text);
        var answer = One.Resolve(of);
        if (of.Payments is not [var payment]) return;
        for (var i = 0; i < payment.Lines.Length; i++)
        {
            var left = payment.Lines[i].Charge!.Value;
            foreach (var posting in answer.Postings.Where(p => p.Line == i + 1)) left -= posting.Amount;
            var open = new HashSet<Money> { Money.Zero };
            foreach (ref readonly var adjustment in payment.Adjustments.Of(i + 1))
                if (Unposted.Contains(adjustment.Reason.ToString()))
                    foreach (var sum in open.ToArray()) open.Add(sum + adjustment.Amount!.Value);
            Assert.True(open.Contains(left), $"line {i + 1}: {left} is not posted\n{text}\n{DenialPage.Print(answer)}");
        }
    });

    [Fact]
    public void AReversalAndItsTwinComeToNothing() => ForAll((make, random) =>
    {
        var text = make.Claim(isTakenBack: true);
        for (var i = random.Next(3); i > 0; i--) text += "\n" + make.Fact();
        var answer = One.Resolve(DenialNotation.Read(text));
        foreach (var postings in answer.Postings.GroupBy(static p => (p.Line, p.Group, p.Reason)))
            Assert.True(postings.Sum(static p => p.Amount.Cents) == 0,
                $"{postings.Key} does not net\n{text}\n{DenialPage.Print(answer)}");
    });

    [Fact]
    public void AFactChangesASureStepOnlyAsEvidence()
    {
        var changed = 0;
        ForAll((make, random) => changed += ChangesAsEvidence(make, random) ? 1 : 0);
        Assert.True(changed > Cases / 200, $"only {changed} facts changed a step");
    }

    static bool ChangesAsEvidence(DeniedCases make, Random random)
    {
        var text = WithFacts(make, random);
        var before = One.Resolve(DenialNotation.Read(text));
        if (before.Confidence != Confidence.High) return false;
        var fact = make.Fact();
        var of = DenialNotation.Read($"{text}\n{fact}");
        var after = One.Resolve(of);
        if (after.Step == before.Step) return false;
        Assert.True(after.Evidence.Exists(e => e.At == of.Record[^1].At),
            $"{Steps.Words[before.Step]} became {Steps.Words[after.Step]}: {fact}\n{text}\n{DenialPage.Print(after)}");
        return true;
    }
}
