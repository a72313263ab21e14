using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Nothing is injected over a telephone: the injection is a second encounter in its own place.</summary>
internal sealed class TelehealthInjection : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0113", Name = "telehealth-injection", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 26, §10.5 (places 02 and 10)"),
        Message = "{0} cannot be given by telehealth (place of service {1})",
        Rules = "INJ-084 INJ-170", Fix = Remedy.Chart("Put line {line} at the place where the patient was injected"),
        Predicts = [new("CO-5", "M77")],
    };

    public override CodeGroups Any =>
        Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration
            | Group.JointInjection | Group.TendonInjection | Group.TriggerPoint | Group.AllergenInjection
            | Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var isReported = false;
        foreach (var line in claim.LinesIn(Any))
        {
            if (claim.Is(line, Group.DrugCode) || !IsTelehealth(claim, line)) continue;
            Report(claim, findings, line);
            isReported = true;
        }
        if (isReported) return; // the drug stands where it was given
        foreach (var line in claim.LinesIn(Group.DrugCode))
            if (IsTelehealth(claim, line)) Report(claim, findings, line);
    }

    void Report(BoundClaim claim, FindingList findings, int line) =>
        Report(claim, findings, Info, line, Field.PlaceOfService, CodeAt(claim, line), Arg.Place(claim.PlaceOf(line)),
            first: Supply(claim, line, Field.PlaceOfService));

    /// <summary>A place in which nobody is at the patient's side; rows of <c>places.tsv</c> say which.</summary>
    internal static bool IsTelehealth(BoundClaim claim,
        int line) => claim.RuleOf(line) is { Pays: PlacePays.Telehealth };
}
