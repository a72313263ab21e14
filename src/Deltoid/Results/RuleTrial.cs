using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.PayerRules;

namespace Deltoid.Results;

/// <summary>What is wrong with the cases of a rule.</summary>
/// <param name="Case">Null where the rule has no near miss.</param>
internal sealed record RuleFault(PayerRule Rule, RuleCase? Case)
{
    public string Words => Case is null
        ? $"{Rule.Info.Id}: no quiet case is a near miss, on which all but one of the conditions and dates hold"
        : $"{Rule.Info.Id}: the rule {(Case.Fires ? "is quiet" : "fires")} on this case, and should "
            + (Case.Fires ? "fire" : "be quiet");

    /// <summary>The line of the file that it is about, from 1.</summary>
    public int Line => Case?.Line ?? Rule.Line;
}

/// <summary>
/// Tries rules on claims and visits, as scrubbing and coding would ask them: among all edits, with the payer's profile
/// and, of a visit, its chart.
/// </summary>
internal sealed class RuleTrial(IReadOnlyList<PayerRule> rules, CodeBook book)
{
    readonly Scrubber scrubber = new(PayerRuleEdit.WithShipped(rules));
    readonly ClaimPayers payers = new(book);
    readonly BoundClaim bound = new();

    public FindingList Findings { get; private set; } = new();

    /// <summary>Scrubs a claim and gives it bound, until the next one.</summary>
    public BoundClaim Of(Claim claim)
    {
        Findings.Clear();
        var payer = payers.Of(claim);
        scrubber.Check(claim, book, payer, null, null, Findings);
        Binder.Bind(bound, claim, book, payer, null, null);
        return bound;
    }

    /// <summary>Codes and scrubs a visit.</summary>
    public BoundClaim Of(Encounter visit)
    {
        var coded = CodedVisit.Of(visit, book, scrubber);
        Findings = coded.Findings;
        Binder.Bind(bound, coded.Claim, book, coded.Payer, visit.History, visit);
        return bound;
    }

    /// <summary>The cases of a rule that do not come out as they say, and a near miss that is due.</summary>
    public IEnumerable<RuleFault> FaultsOf(PayerRule rule)
    {
        var isNear = false;
        foreach (var of in rule.Cases)
        {
            var claim = of.Claim is { } sent ? Of(sent) : Of(of.Visit!);
            if (Findings.Has(rule.Info.Id) != of.Fires) yield return new(rule, of);
            for (var i = 0; i < claim.Count && !of.Fires; i++) isNear |= rule.IsNearMiss(claim, i);
        }
        if (!isNear) yield return new(rule, null);
    }
}
