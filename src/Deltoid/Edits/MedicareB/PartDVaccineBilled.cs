using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Vaccines that Medicare pays under Part D, and those that Part B pays only after an injury.</summary>
internal sealed class PartDVaccineBilled : Edit
{
    static readonly FindingInfo Routine = new()
    {
        Id = "MCB0121", Name = "part-d-vaccine-billed", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Benefits("ch. 15, §50.4.4.2"),
        Message = "{0} is a Part D vaccine: Part B does not pay it",
        Rules = "INJ-067", Fix = Remedy.Chart("Remove it and its administration; bill the Part D plan"),
        Predicts = [new("PR-96", "N130"), new("PR-204")],
    };

    static readonly FindingInfo Injury = new()
    {
        Id = "MCB0122", Name = "vaccine-without-injury", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Benefits("ch. 15, §50.4.4.2"),
        Message = "Part B pays {0} only after an injury, and no injury is among the diagnoses",
        Rules = "INJ-067", Fix = Remedy.Chart("Add the injury if the chart has it; otherwise bill the Part D plan"),
        Predicts = [new("PR-96", "N130")],
    };

    public override FindingInfo Info => Routine;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Routine, Injury];

    public override CodeGroups All => Group.VaccineProduct;

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.HasPartD) return;
        foreach (var line in claim.LinesIn(Group.VaccineProduct))
        {
            if (claim.ModifiersOf(line).Has(Modifier.GY)) continue;
            if (claim.Is(line, Group.PartDVaccine))
                Report(claim, findings, Routine, line, Field.Code, CodeAt(claim, line), first: RemoveLine(claim, line));
            else if (IsForInjury(claim, line) && !HasInjury(claim))
                Report(claim, findings, Injury, line, Field.Diagnoses, CodeAt(claim, line));
        }
    }

    static bool IsForInjury(BoundClaim claim, int line)
    {
        var drugs = claim.Book.DrugsBilledAs(claim.CodeOf(line));
        return drugs.Count > 0 && claim.Book.Drugs[drugs[0]].Vaccine is { Part: "injury" };
    }

    static bool HasInjury(BoundClaim claim) =>
        claim.HasDiagnosis(DiagnosisKind.Injury) || claim.HasDiagnosis(DiagnosisKind.RabiesExposure);
}
