using System.Text;
using Deltoid.Binding;
using Deltoid.PayerRules;

namespace Deltoid.Results;

/// <summary>The page of a payer rule: what it says, when it speaks, and on a claim, why it does or does not.</summary>
internal static class RulePage
{
    public static FactSheet Of(PayerRule rule) => FindingHelp.Of(rule.Info, Text(rule));

    /// <summary>The conditions and cases in Markdown.</summary>
    public static string Text(PayerRule rule)
    {
        var text = new StringBuilder(rule.OfClaim
            ? "Fires once for a claim, if one of its lines meets all of this:\n"
            : "Fires on each line that meets all of this:\n");
        foreach (var condition in rule.Conditions) text.Append("- ").Append(condition.Words).Append('\n');
        if (Array.Exists(rule.Conditions, static c => c.NeedsChart))
            text.Append("\nIt needs the chart: without one it is quiet.\n");
        else if (Array.Exists(rule.Conditions, static c => c.Tests.Any(static t => t.Field.IsOfChart)))
            text.Append("\nIt asks for the chart: without one it can be quiet.\n");
        var fires = rule.Cases.Count(static c => c.Fires);
        return text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"\nCases: {fires} on which it fires, {rule.Cases.Count - fires} on which it is quiet.\n").ToString();
    }

    /// <summary>Why the rule speaks or does not on each line of a claim; true where it speaks of one.</summary>
    public static bool Write(PayerRule rule, BoundClaim claim, TextPage page)
    {
        var any = false;
        page.Line(page.Strong($"{rule.Info.Id}  {rule.Info.Name}"));
        for (var i = 0; i < claim.Count; i++)
        {
            var holds = rule.Holds(claim, i);
            any |= holds == true;
            page.Line($"  line {claim.Line(i).Number}  {claim.CodeOf(i)}: " + holds switch
            {
                true => "fires", false => "quiet", null => "quiet, since something is not known",
            });
            if (!rule.Info.IsInForce(claim.Day(i)))
                page.Wrap("    no           ", $"the day is from {rule.Info.Effective}");
            foreach (var condition in rule.Conditions)
                page.Wrap(condition.Holds(claim, i) switch
                {
                    true => "    yes          ", false => "    no           ", null => "    not known    ",
                }, condition.Words + WhyUnknown(condition, claim, i));
        }
        return any;
    }

    /// <summary>Which of its fields are not known, and why.</summary>
    static string WhyUnknown(RuleCondition condition, BoundClaim claim, int line)
    {
        if (condition.Holds(claim, line) is not null) return "";
        var reasons = condition.Tests.Where(t => t.Holds(claim, line) is null).DistinctBy(static t => t.Field)
            .GroupBy(t => WhyUnknown(t.Field, claim))
            .Select(static g => $"{g.Key}: {string.Join(", ", g.Select(static t => t.Field.Word))}");
        return $" ({string.Join("; ", reasons)})";
    }

    static string WhyUnknown(RuleField field, BoundClaim claim) =>
        !field.IsOfChart ? "the claim does not say"
            : claim.Encounter is null ? "no chart was given"
            : "the chart does not say of this line";
}
