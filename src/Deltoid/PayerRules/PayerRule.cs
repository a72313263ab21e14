using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Findings;

namespace Deltoid.PayerRules;

/// <summary>A case of a rule: a claim or a visit, and whether the rule speaks on it. One of the two is null.</summary>
/// <param name="Line">The line of the file on which the case begins, from 1.</param>
internal sealed record RuleCase(bool Fires, Claim? Claim, Encounter? Visit, int Line);

/// <summary>
/// A rule that a user wrote: it speaks of a line on which all its conditions hold. It has no loops, no formulas and no
/// code, so its cost is known. It proposes words only: nothing of it can change a claim.
/// </summary>
/// <param name="Conditions">All of them must hold.</param>
/// <param name="OfClaim">It speaks once of the claim, where a line of it fulfills the conditions.</param>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
internal sealed record PayerRule(FindingInfo Info, RuleCondition[] Conditions, bool OfClaim,
    IReadOnlyList<RuleCase> Cases, int Line)
{
    /// <summary>What the ids of users' rules begin with; no id of ours does.</summary>
    public const string Prefix = "OWN";

    /// <summary>The field that its finding points to: the one that is missing, or the code.</summary>
    public Field Points { get; } = PointsOf(Conditions);

    static Field PointsOf(RuleCondition[] conditions)
    {
        foreach (var condition in conditions)
            if (condition is RuleTest { Way: RuleWay.Missing, Field: { IsOfChart: false } field }) return field.Points;
        return Field.Code;
    }

    /// <summary>Whether it speaks of a line; null where a condition is not known and no other is against it.</summary>
    public bool? Holds(BoundClaim claim, int line)
    {
        bool? all = Info.IsInForce(claim.Day(line));
        foreach (var condition in Conditions)
        {
            if (all == false) return false;
            all &= condition.Holds(claim, line);
        }
        return all;
    }

    /// <summary>Of a line on which all but one hold, the one that does not; its dates count as one.</summary>
    public bool IsNearMiss(BoundClaim claim, int line)
    {
        var against = Info.IsInForce(claim.Day(line)) ? 0 : 1;
        foreach (var condition in Conditions)
            if (condition.Holds(claim, line) != true) against++;
        return against == 1;
    }
}
