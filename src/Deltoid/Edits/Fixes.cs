using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits;

/// <summary>
/// Applies what a machine may apply: clerical fixes, which say nothing that claim or chart does not say already. A
/// modifier that attests a fact, a diagnosis or a removed line is never applied here. Applying a fix twice is applying
/// it once.
/// </summary>
public static class Fixes
{
    /// <summary>
    /// Changes the claim; false, and no change, when the finding has no clerical fix or the fix is applied already.
    /// </summary>
    public static bool Apply(Claim claim, in Finding finding)
    {
        if (finding.Info.Fix is not { Safety: FixSafety.Clerical }) return false;
        var changed = Apply(claim, finding.First);
        return Apply(claim, finding.Second) || changed;
    }

    /// <summary>
    /// Changes the claim as a finding's fix says, where a person has found in the record what it asserts; false, and no
    /// change, where it leaves the value to the person. The caller keeps who attested it.
    /// </summary>
    internal static bool ApplyAttested(Claim claim, in Finding finding)
    {
        if (finding.Info.Fix is not { Safety: FixSafety.NeedsChart }) return false;
        var changed = Attested(claim, finding.First);
        return Attested(claim, finding.Second) || changed;
    }

    static bool Attested(Claim claim, in Change change)
    {
        var index = claim.IndexOf(change.Place.Line);
        if (index < 0 || change.Place.Part != Part.None) return false;
        if (change is { Op: ChangeOp.Remove, Place.ClaimField: Field.Lines })
        {
            claim.RemoveLine(change.Place.Line);
            return true;
        }
        ref var line = ref claim.EditLines()[index];
        switch (change)
        {
            case { Place.ClaimField: Field.Modifiers, Value.Kind: ArgKind.Modifier }:
                var (modifiers, modifier) = (line.Modifiers, new Modifier((ushort)change.Value.Value));
                line.Modifiers = change.Op == ChangeOp.Remove ? modifiers.Without(modifier) : modifiers.With(modifier);
                return line.Modifiers != modifiers;
            case { Op: ChangeOp.Replace, Place.ClaimField: Field.Units, Value.Kind: ArgKind.Quantity }:
                return Apply(ref line, change);
            case { Op: ChangeOp.Replace, Place.ClaimField: Field.Code, Value.Kind: ArgKind.Code }:
                (var old, line.Code) = (line.Code, new Code((ulong)change.Value.Value));
                return line.Code != old;
            default: return false;
        }
    }

    static bool Apply(Claim claim, in Change change)
    {
        if (change.Op == ChangeOp.Replace && change.Place is { Line: 0, ClaimField: Field.Charge }
            && change.Value.Kind == ArgKind.Money)
        {
            var charge = new Money(change.Value.Value);
            if (claim.Charge == charge) return false;
            claim.Charge = charge;
            return true;
        }
        var index = claim.IndexOf(change.Place.Line);
        return index >= 0 && Apply(ref claim.EditLines()[index], change);
    }

    static bool Apply(ref ServiceLine line, in Change change)
    {
        if (change is { Op: ChangeOp.Replace, Place.ClaimField: Field.Units, Value.Kind: ArgKind.Quantity })
        {
            var units = new Quantity(change.Value.Value);
            if (line.Units == units) return false;
            line.Units = units;
            return true;
        }
        if (change is not { Op: ChangeOp.Remove, Place.ClaimField: Field.Modifiers }) return false;
        var once = WithoutRepeats(line.Modifiers);
        if (once == line.Modifiers) return false;
        line.Modifiers = once;
        return true;
    }

    /// <summary>Each modifier once, where it first stood.</summary>
    static Modifiers WithoutRepeats(Modifiers modifiers)
    {
        var once = default(Modifiers);
        for (var i = 0; i < modifiers.Count; i++) once = once.With(modifiers[i]);
        return once;
    }
}
