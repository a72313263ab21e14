using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Nothing is injected over a telephone: the injection is a second encounter in its own place.</summary>
public sealed class TelehealthInjection : Edit
{
    static readonly Code Elsewhere = Code.Of("02"), AtHome = Code.Of("10");

    public override FindingInfo Info { get; } = new("MCB0113", "telehealth-injection", Severity.Error, Outcome.Denial, Cited.Claims("ch. 26, §10.5 (places 02 and 10)"),
        "{0} cannot be given by telehealth (place of service {1})", "INJ-084 INJ-170",
        Remedy.Chart("Put line {line} at the place where the patient was injected"), [new("CO-5", "M77")]);

    public override CodeGroups Any =>
        Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration
            | Group.JointInjection | Group.TendonInjection | Group.TriggerPoint | Group.AllergenInjection;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var line in claim.LinesIn(Any))
            if (IsTelehealth(claim.PlaceOf(line))) Report(claim, findings, Info, line, Field.PlaceOfService, CodeAt(claim, line), Arg.Place(claim.PlaceOf(line)), first: Supply(claim, line, Field.PlaceOfService));
    }

    internal static bool IsTelehealth(Code place) => place == Elsewhere || place == AtHome;
}
