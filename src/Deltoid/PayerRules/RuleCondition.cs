using Deltoid.Binding;

namespace Deltoid.PayerRules;

/// <summary>
/// A condition of a rule on a line of a claim: yes, no, or null where claim and chart do not say it. A rule speaks only
/// on yes, so what is not known never makes it speak.
/// </summary>
/// <param name="Words">As it was written.</param>
internal abstract record RuleCondition(string Words)
{
    public abstract bool? Holds(BoundClaim claim, int line);

    /// <summary>Without a chart it can never be yes.</summary>
    public abstract bool NeedsChart { get; }

    /// <summary>The fields in it, each as often as it is asked.</summary>
    public abstract IEnumerable<RuleTest> Tests { get; }

    protected static IEnumerable<RuleTest> TestsOf(RuleCondition[] parts) => parts.SelectMany(static p => p.Tests);
}

/// <summary>How a field is looked at.</summary>
internal enum RuleWay : byte { Is, IsNot, Missing, Given }

/// <summary>One field, held against values.</summary>
internal sealed record RuleTest(string Words, RuleField Field, RuleWay Way, RuleValues Values) : RuleCondition(Words)
{
    public override bool NeedsChart => Field.IsOfChart;

    public override IEnumerable<RuleTest> Tests => [this];

    public override bool? Holds(BoundClaim claim, int line)
    {
        var seen = Field.Look(claim, line, Values);
        if (Way is RuleWay.Missing or RuleWay.Given)
        {
            if ((seen & (Seen.Within | Seen.Outside)) != 0) return Way == RuleWay.Given;
            return (seen & Seen.Unasked) != 0 ? null : Way == RuleWay.Missing;
        }
        if ((seen & Seen.Within) != 0) return Way == RuleWay.Is;
        return (seen & (Seen.Unsaid | Seen.Unasked)) != 0 ? null : Way == RuleWay.IsNot;
    }
}

/// <summary>All of them.</summary>
internal sealed record RuleAll(string Words, RuleCondition[] Parts) : RuleCondition(Words)
{
    public override bool NeedsChart => Array.Exists(Parts, static p => p.NeedsChart);

    public override IEnumerable<RuleTest> Tests => TestsOf(Parts);

    public override bool? Holds(BoundClaim claim, int line)
    {
        bool? all = true;
        foreach (var part in Parts)
        {
            all &= part.Holds(claim, line);
            if (all == false) return false;
        }
        return all;
    }
}

/// <summary>At least one of them.</summary>
internal sealed record RuleAny(string Words, RuleCondition[] Parts) : RuleCondition(Words)
{
    public override bool NeedsChart => Array.TrueForAll(Parts, static p => p.NeedsChart);

    public override IEnumerable<RuleTest> Tests => TestsOf(Parts);

    public override bool? Holds(BoundClaim claim, int line)
    {
        bool? any = false;
        foreach (var part in Parts)
        {
            any |= part.Holds(claim, line);
            if (any == true) return true;
        }
        return any;
    }
}

/// <summary>Not this; what is not known stays not known.</summary>
internal sealed record RuleNot(string Words, RuleCondition Part) : RuleCondition(Words)
{
    public override bool NeedsChart => Part.NeedsChart;

    public override IEnumerable<RuleTest> Tests => Part.Tests;

    public override bool? Holds(BoundClaim claim, int line) => !Part.Holds(claim, line);
}
