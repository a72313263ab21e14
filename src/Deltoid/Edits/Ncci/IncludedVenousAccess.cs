using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>Starting a line, drawing from or flushing a port belong to giving the drug.</summary>
public sealed class IncludedVenousAccess : Edit
{
    public override FindingInfo Info { get; } = new("NCC0109", "included-venous-access", Severity.Error, Outcome.Denial, Cited.Ncci("ch. XI §B-4, §B-9, §W-15, §W-16"),
        "{0} is part of {1}: access and flush are part of giving the drug", "INJ-059",
        Remedy.Chart("Remove line {line}"), [new("CO-97"), new("CO-236")], Explains: "NCC0001");

    public override CodeGroups All => Group.VenousAccess | Group.DrugAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.VenousAccess))
            if (claim.ModifiersOf(line).Distinct.IsNone && claim.FirstWith(Group.DrugAdministration, line) is >= 0 and var given)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, given), other: given, first: RemoveLine(claim, line));
    }
}
