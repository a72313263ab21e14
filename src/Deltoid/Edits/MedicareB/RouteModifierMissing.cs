using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// A drug that is given by vein or under the skin, under one code, says which by JA or JB where the payer lists it.
/// </summary>
internal sealed class RouteModifierMissing : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0140", Name = "route-modifier-missing", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Cited.Payer("MAC articles A53033, A53066, A52571"),
        Message = "{0} is given by vein or under the skin, and neither JA nor JB says which",
        Rules = "INJ-104 C-26", Fix = Remedy.Chart("Add JA for by vein or JB for under the skin, as charted"),
        Predicts = [new("CO-16", "N822")],
    };

    public override CodeGroups All => Group.DrugCode;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.HasRouteModifierCodes) return;
        foreach (var line in claim.LinesIn(Group.DrugCode))
        {
            var modifiers = claim.ModifiersOf(line);
            if (!modifiers.Has(Modifier.JA) && !modifiers.Has(Modifier.JB)
                && claim.Payer.NeedsRouteModifier(claim.CodeOf(line)))
                Report(claim, findings, Info, line, Field.Modifiers, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Modifiers));
        }
    }
}
