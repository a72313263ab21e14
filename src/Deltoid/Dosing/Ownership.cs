using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Dosing;

/// <summary>
/// Whose drug it is: what the practice did not pay for, or did not give as a service of its own, is not on its claim
/// (Pub. 100-02, ch. 15, §50.3).
/// </summary>
internal static class Ownership
{
    /// <summary>Supplied at no cost to the practice.</summary>
    public static bool IsFree(DrugSource source) =>
        source is DrugSource.PatientSupplied or DrugSource.SpecialtyPharmacy or DrugSource.Sample
            or DrugSource.Vfc or DrugSource.Study;

    /// <summary>Free, except a state-supplied vaccine that the payer wants on the claim with its modifier.</summary>
    public static bool IsFree(Administration charted, bool isVaccine, PayerProfile payer) =>
        IsFree(charted.Source)
            && !(charted.Source == DrugSource.Vfc && isVaccine && payer.StateVaccineModifier.Length > 0);

    /// <summary>
    /// The patient or someone close gave it: the drug is billed only where it came from stock and the payer is not
    /// Medicare.
    /// </summary>
    public static bool IsSelfGiven(Administration charted, PayerProfile payer) =>
        charted.Performer is StaffRole.Patient or StaffRole.Caregiver
            && (payer.IsMedicare || charted.Source != DrugSource.Stock);

    /// <summary>Given for what is included in another service, or for looks.</summary>
    public static bool IsOfAnotherService(Purpose purpose) =>
        purpose is Purpose.Cosmetic or Purpose.Anesthesia or Purpose.PartOfProcedure
            or Purpose.PostProcedure or Purpose.Flush;

    /// <summary>Whether the charted dose is one that the practice bills the drug of.</summary>
    public static bool IsBilled(Administration charted, bool isVaccine, PayerProfile payer) =>
        charted.Given != false && !IsFree(charted, isVaccine, payer) && !IsSelfGiven(charted, payer)
        && !IsOfAnotherService(charted.Purpose);

    /// <summary>
    /// Whether a charted dose is of this code: by the code that is charted, else by the products of the drug that is.
    /// </summary>
    public static bool IsOf(CodeBook book, Administration charted, Code code)
    {
        if (!charted.Hcpcs.IsNone) return charted.Hcpcs == code;
        if (book.DrugNamed(charted.Drug) is not { } drug) return false;
        foreach (ref readonly var product in drug.Products.Span)
            if (product.Hcpcs == code) return true;
        return false;
    }
}
