using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Codes that the fee schedule marks as not valid (I) or not covered (N) for Medicare, the well-known ones by name.</summary>
public sealed class NotPayableByMedicare : Edit
{
    static readonly Code RhigFull = Code.Of("90384"), RhigIv = Code.Of("90386"), AllergenFirst = Code.Of("95120"), AllergenLast = Code.Of("95134");

    static readonly FindingInfo
        Invalid = new("MCB0133", "not-payable-by-medicare", Severity.Error, Outcome.Denial, Cited.FeeSchedule("status indicator I"),
            "{0} is not valid for Medicare, which takes another code for it", "INJ-029 INJ-034", Remedy.Chart("Find the code that Medicare takes"), [new("CO-16", "M20"), new("CO-96", "N56")], Explains: "NCC0013"),
        NotCovered = new("MCB0134", "not-covered-by-medicare", Severity.Error, Outcome.Denial, Cited.FeeSchedule("status indicator N"),
            "{0} is not covered by Medicare", "INJ-035 INJ-078", Remedy.Chart("Bill the patient; add GY if a denial is wanted"), [new("PR-96", "N425"), new("PR-204")], Explains: "NCC0013"),
        Preventive = new("MCB0131", "preventive-visit-not-covered", Severity.Error, Outcome.Denial, Cited.Law("SSA 1862(a)(7)"),
            "{0} is not covered by Medicare, which has G0402, G0438 and G0439", "INJ-078 INJ-077 C-09", Remedy.Chart("Use the wellness visit that was done, or bill the patient"), [new("PR-96", "N425")], Explains: "NCC0013"),
        Allergen = new("MCB0135", "allergen-complete-service", Severity.Error, Outcome.Denial, Cited.Claims("ch. 12, §200"),
            "{0} covers extract and injection in one code; Medicare pays them by separate codes: 95115 or 95117, and 95144 to 95170", "INJ-029 INJ-028", Remedy.Chart("Split line {line}"), [new("CO-96", "N56")], Explains: "NCC0013"),
        Rhig = new("MCB0136", "rhig-code-for-medicare", Severity.Error, Outcome.Denial, Cited.FeeSchedule("status indicator I"),
            "{0} is not valid for Medicare, which takes J2788, J2790, J2791 or J2792 for Rho(D) immune globulin", "INJ-034", Remedy.Chart("Use the code of the product given"), [new("CO-16", "M20")], Explains: "NCC0013");

    public override FindingInfo Info => Invalid;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Invalid, NotCovered, Preventive, Allergen, Rhig];

    public override CodeGroups Any => Group.Medicare | Group.MedicareAdvantage;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsFacilityClaim) return;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Is(i, Group.Unbound) || claim.ModifiersOf(i).Has(Modifier.GY) || KindOf(claim, i) is not { } info) continue;
            Report(claim, findings, info, i, Field.Code, CodeAt(claim, i), first: Supply(claim, i, Field.Code));
        }
    }

    static FindingInfo? KindOf(BoundClaim claim, int line)
    {
        var code = claim.CodeOf(line);
        if (claim.Is(line, Group.PreventiveVisit)) return claim.Payer.CoversPreventiveVisits ? null : Preventive;
        ref readonly var fee = ref claim.Book.Fees.Find(claim.At(line).Id, claim.Day(line).DayNumber);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(in fee)) return null;
        if (fee.Status == 'I') return code == RhigFull || code == RhigIv ? Rhig : !(code < AllergenFirst) && !(code > AllergenLast) ? Allergen : Invalid;
        return fee.Status == 'N' && !claim.Is(line, Group.PartDVaccine | Group.SelfAdministered) ? NotCovered : null;
    }
}
