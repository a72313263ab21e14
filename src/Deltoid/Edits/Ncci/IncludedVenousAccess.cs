using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>Starting a line, drawing from or flushing a port belong to giving the drug.</summary>
internal sealed class IncludedVenousAccess : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "NCC0109", Name = "included-venous-access", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. XI §B-4, §B-9, §W-15, §W-16"),
        Message = "{0} is part of {1}: access and flush are part of giving the drug",
        Rules = "INJ-059", Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-97"), new("CO-236")],
        Explains = "NCC0001",
    };

    public override CodeGroups All => Group.VenousAccess | Group.DrugAdministration;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Group.VenousAccess))
            if (claim.ModifiersOf(line).Distinct.IsNone
                && claim.FirstWith(Group.DrugAdministration, line) is >= 0 and var given)
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, given), other: given,
                    first: RemoveLine(claim, line));
    }
}
