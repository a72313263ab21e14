using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>An injection into an eye names the eye.</summary>
internal sealed class EyeWithoutSide : Edit
{
    static readonly Modifier[] Sides =
        [Modifier.RT, Modifier.LT, Modifier.M50, Modifier.Of("E1"), Modifier.Of("E2"), Modifier.Of("E3"),
            Modifier.Of("E4")];

    public override FindingInfo Info { get; } = new()
    {
        Id = "BND0051", Name = "eye-without-side", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 5,
        Citation = Cited.FeeSchedule("bilateral indicator 1"),
        Message = "{0} does not say which eye: RT, LT or 50",
        Rules = "INJ-025 INJ-026", Fix = Remedy.Chart("Add the side that the chart names"),
        Predicts = [new("CO-4", "N822")],
    };

    public override CodeGroups All => Group.EyeInjection;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.EyeInjection))
            if (!HasSide(claim.ModifiersOf(line)))
                Report(claim, findings, Info, line, Field.Modifiers, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Modifiers));
    }

    static bool HasSide(Modifiers modifiers)
    {
        foreach (var side in Sides)
            if (modifiers.Has(side)) return true;
        return false;
    }
}
