using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>
/// Codes that the fee schedule marks as not valid (I) or not covered (N) for Medicare, the well-known ones by name.
/// </summary>
internal sealed class NotPayableByMedicare : Edit
{
    static readonly FindingInfo Invalid = new()
    {
        Id = "MCB0133", Name = "not-payable-by-medicare", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.FeeSchedule("status indicator I"),
        Message = "{0} is not valid for Medicare, which takes another code for it",
        Rules = "INJ-029 INJ-034", Fix = Remedy.Chart("Find the code that Medicare takes"),
        Predicts = [new("CO-16", "M20"), new("CO-96", "N56")], Explains = "NCC0013",
    };

    static readonly FindingInfo NotCovered = new()
    {
        Id = "MCB0134", Name = "not-covered-by-medicare", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.FeeSchedule("status indicator N"),
        Message = "{0} is not covered by Medicare",
        Rules = "INJ-035 INJ-078", Fix = Remedy.Chart("Bill the patient; add GY if a denial is wanted"),
        Predicts = [new("PR-96", "N425"), new("PR-204")], Explains = "NCC0013",
    };

    static readonly FindingInfo Preventive = new()
    {
        Id = "MCB0131", Name = "preventive-visit-not-covered", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Law("SSA 1862(a)(7)"),
        Message = "{0} is not covered by Medicare, which has G0402, G0438 and G0439",
        Rules = "INJ-078 INJ-077 C-09", Fix = Remedy.Chart("Use the wellness visit that was done, or bill the patient"),
        Predicts = [new("PR-96", "N425")], Explains = "NCC0013",
    };

    static readonly FindingInfo Allergen = new()
    {
        Id = "MCB0135", Name = "allergen-complete-service", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 12, §200"),
        Message = "{0} covers extract and injection in one code; Medicare pays them by "
            + "separate codes: 95115 or 95117, and 95144 to 95170",
        Rules = "INJ-029 INJ-028", Fix = Remedy.Chart("Split line {line}"), Predicts = [new("CO-96", "N56")],
        Explains = "NCC0013",
    };

    static readonly FindingInfo Rhig = new()
    {
        Id = "MCB0136", Name = "rhig-code-for-medicare", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.FeeSchedule("status indicator I"),
        Message = "{0} is not valid for Medicare, which takes J2788, J2790, J2791 or J2792 for Rho(D) immune globulin",
        Rules = "INJ-034", Fix = Remedy.Chart("Use the code of the product given"), Predicts = [new("CO-16", "M20")],
        Explains = "NCC0013",
    };

    public override FindingInfo Info => Invalid;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Invalid, NotCovered, Preventive, Allergen, Rhig];

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Is(i, Group.Unbound) || claim.ModifiersOf(i).Has(Modifier.GY) || KindOf(claim, i) is not { } info)
                continue;
            Report(claim, findings, info, i, Field.Code, CodeAt(claim, i), first: Supply(claim, i, Field.Code));
        }
    }

    static FindingInfo? KindOf(BoundClaim claim, int line)
    {
        if (claim.Is(line, Group.PreventiveVisit)) return claim.Payer.CoversPreventiveVisits ? null : Preventive;
        ref readonly var fee = ref claim.Book.Fees.Find(claim.At(line).Id, claim.Day(line).DayNumber);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(in fee)) return null;
        if (fee.Status == 'I')
            return claim.Is(line, Group.RhImmuneGlobulin) ? Rhig
                : claim.Is(line, Group.CompleteAllergenService) ? Allergen
                : Invalid;
        return fee.Status == 'N' && !claim.Is(line, Group.PartDVaccine | Group.SelfAdministered) ? NotCovered : null;
    }
}
