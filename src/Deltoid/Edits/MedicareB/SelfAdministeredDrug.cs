using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Part B does not pay a drug that patients usually give themselves, nor giving it.</summary>
internal sealed class SelfAdministeredDrug : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0132", Name = "self-administered-drug", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Benefits("ch. 15, §50.2; MAC self-administered drug lists"),
        Message = "{0} is on the self-administered drug lists: Part B pays neither it nor its administration",
        Rules = "INJ-208 C-06 C-26", Fix = Remedy.Chart("Bill the pharmacy benefit; add GY if a denial is wanted"),
        Predicts = [new("PR-96", "N130", "N426")], Explains = "NCC0013",
    };

    public override CodeGroups All => Group.SelfAdministered;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.ExcludesSelfAdministered) return;
        foreach (var line in claim.LinesIn(Group.SelfAdministered))
            if (!claim.ModifiersOf(line).Has(Modifier.GY) && IsSubcutaneous(claim, line))
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), first: RemoveLine(claim, line));
    }

    /// <summary>A code that is given by vein too says its route by JA or JB.</summary>
    static bool IsSubcutaneous(BoundClaim claim, int line) =>
        claim.ModifiersOf(line).Has(Modifier.JB) || !claim.Payer.NeedsRouteModifier(claim.CodeOf(line));
}
