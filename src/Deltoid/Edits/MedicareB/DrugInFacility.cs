using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>At a facility the drug is the facility's, so a practitioner's claim has no drug line.</summary>
internal sealed class DrugInFacility : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0112", Name = "drug-in-facility", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 17, §10; ch. 12, §20.4.2"),
        Message = "{0} on a practitioner's claim for place of service {1}: the drug is the facility's",
        Rules = "INJ-111",
        Fix = Remedy.Chart("If it was given in the office, correct the place of service; otherwise remove line {line}"),
        Predicts = [new("CO-5", "M77"), new("CO-96", "M97")],
    };

    public override CodeGroups All => Group.FacilityPlace | Group.DrugCode;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage | Group.Commercial;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        foreach (var line in claim.LinesIn(Group.DrugCode))
            if (claim.At(line).AtFacility
                && claim.RuleOf(line) is not { Pays: PlacePays.Contract or PlacePays.Telehealth })
                Report(claim, findings, Info, line, Field.PlaceOfService, CodeAt(claim, line),
                    Arg.Place(claim.PlaceOf(line)), first: Supply(claim, line, Field.PlaceOfService));
    }
}
