using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>
/// The act and the drug are two lines: either alone is the most frequent loss or denial of an injection claim.
/// </summary>
internal sealed class AdministrationWithoutDrug : Edit
{
    static readonly CodeGroups Products = Group.DrugCode | Group.VaccineProduct | Group.RsvProduct
        | Group.ImmuneGlobulinProduct | Group.Unbound | Group.AllergenExtract;
    static readonly CodeGroups Takers = Group.Injection | Group.OnBodyInjection | Group.PrepAdministration
        | Group.RsvAdministration;
    static readonly CodeGroups Givers = Group.DrugAdministration | Group.JointInjection | Group.TendonInjection
        | Group.TriggerPoint | Group.NerveBlock | Group.Chemodenervation | Group.EyeInjection | Group.Intralesional
        | Group.ImplantInsertion | Group.VaccineAdministration | Group.MedicareVaccineAdministration | Group.OtpBundle
        | Group.Unbound | Group.SkinTest | Group.MinorProcedure;

    static readonly FindingInfo NoDrug = new()
    {
        Id = "DRG0151", Name = "administration-without-drug", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Payer("payer policies on 96372; Pub. 100-04, ch. 17"),
        Message = "{0} has no drug beside it on this day",
        Rules = "INJ-090 DN-3",
        Fix = Remedy.Chart(
            "Add the drug line, or record that the drug cost nothing (sample, patient's own, pharmacy supplied)"),
        Predicts = [new("CO-16", "M20"), new("CO-B15")],
    };

    static readonly FindingInfo NoAdministration = new()
    {
        Id = "DRG0150", Name = "drug-without-administration", Severity = Severity.Warning,
        Outcome = Outcome.Underpayment, Citation = Cited.Cpt("drug administration"),
        Message = "nothing on this day says that {0} was given",
        Rules = "INJ-090 INJ-270", Fix = Remedy.Chart("Add the administration that was done"),
        Predicts = [new("CO-B15")],
    };

    public override FindingInfo Info => NoDrug;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [NoDrug, NoAdministration];

    public override CodeGroups Any => Takers | Group.DrugCode;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsCoded) return;
        foreach (var i in claim.LinesIn(Takers))
            if (!AtFacility(claim, i) && claim.IsFirstOfItsCode(i) && claim.FirstWith(Products, i) < 0
                && !AllFree(claim))
                Report(claim, findings, NoDrug, i, Field.Lines, CodeAt(claim, i), first: Supply(claim, i, Field.Lines));
        foreach (var i in claim.LinesIn(Group.DrugCode))
            if (!AtFacility(claim, i) && claim.IsFirstOfItsCode(i) && claim.FirstWith(Givers, i) < 0)
                Report(claim, findings, NoAdministration, i, Field.Lines, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Lines));
    }

    /// <summary>
    /// On a practitioner's claim for a facility the line itself is the fault, not what is beside it.
    /// </summary>
    static bool AtFacility(BoundClaim claim, int line) => !claim.IsFacilityClaim && claim.At(line).AtFacility;

    /// <summary>The chart says that no drug given was paid for by the practice.</summary>
    static bool AllFree(BoundClaim claim)
    {
        if (claim.Encounter is not { Administrations.Count: > 0 } chart) return false;
        foreach (var given in chart.Administrations)
            if (!Ownership.IsFree(given.Source)) return false;
        return true;
    }
}
