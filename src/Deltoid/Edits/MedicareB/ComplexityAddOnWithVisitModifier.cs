using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// G2211 is not paid where the visit carries 25, unless (from 2025) all that happened beside it is preventive.
/// </summary>
internal sealed class ComplexityAddOnWithVisitModifier : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "MCB0130", Name = "complexity-add-on-with-visit-modifier", Severity = Severity.Error,
        Outcome = Outcome.Denial, Citation = Cited.Law("CY2024 and CY2025 PFS final rules (88 FR 78818; 89 FR 97710)"),
        Message = "{0} is not paid with {1}-25, unless all that the modifier is for is preventive",
        Rules = "INJ-076 C-39", Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-97")],
        Effective = DateRange.Of(new(2024, 1, 1)),
    };

    public override CodeGroups All => Group.ComplexityAddOn | Group.OfficeVisit;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.RestrictsComplexityAddOn) return;
        foreach (var line in claim.LinesIn(Group.ComplexityAddOn))
            if (VisitWith25(claim, line) is >= 0 and var visit
                && !(claim.Payer.ComplexityAddOnBesidePreventive && OnlyPreventive(claim, line)))
                Report(claim, findings, Info, line, Field.Code, CodeAt(claim, line), CodeAt(claim, visit), other: visit,
                    first: RemoveLine(claim, line));
    }

    static int VisitWith25(BoundClaim claim, int line)
    {
        foreach (var visit in claim.LinesIn(Group.OfficeVisit))
            if (claim.Day(visit) == claim.Day(line) && claim.ModifiersOf(visit).Has(Modifier.M25)) return visit;
        return -1;
    }

    static readonly CodeGroups Preventive = Group.WellnessVisit | Group.VaccineAdministration
        | Group.MedicareVaccineAdministration | Group.CovidAdministration;
    static readonly CodeGroups Beside = Group.OfficeVisit | Group.ComplexityAddOn | Group.DrugCode
        | Group.VaccineProduct;

    /// <summary>
    /// Something preventive is there, and every other service of the day is preventive, a visit or a product.
    /// </summary>
    static bool OnlyPreventive(BoundClaim claim, int line)
    {
        var any = false;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Day(i) != claim.Day(line) || claim.Is(i, Beside)) continue;
            if (!claim.Is(i, Preventive)) return false;
            any = true;
        }
        return any;
    }
}
