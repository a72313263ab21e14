using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>What a Medication is made of: one drug with its strength, or several that were mixed in one syringe.
/// </summary>
internal sealed partial class BundleReader
{
    /// <summary>Nobody mixes more in one syringe, and no name of a drug is longer.</summary>
    const int MostMixed = 6, LongestName = 200;

    Drug? Named(string name) => name.Length <= LongestName ? book?.DrugNamed(name) : null;

    static List<FhirNode> ActiveIn(FhirNode medication) =>
        [.. medication["ingredient"u8].Items.Where(static i => i["isActive"u8].Peek() != "false")];

    /// <summary>It has the code of a product, which is one drug, whatever is in it.</summary>
    static bool IsProduct(FhirNode concept) => Codings(concept).Any(static c => c.Code.Length > 0
        && (c.System is FhirSystems.Ndc or FhirSystems.RxNorm or FhirSystems.Cvx || FhirSystems.IsProcedure(c.System)));

    /// <summary>
    /// The ingredients of a mixture that are drugs of their own: the book knows each of them, and none of their names
    /// together as one product (ampicillin with sulbactam), and each strength says how much is in all that was given.
    /// Empty where one drug was given, or it is not clear.
    /// </summary>
    List<FhirNode> MixedIn(FhirNode given)
    {
        var medication = Resolve(given["medicationReference"u8], given);
        var active = ActiveIn(medication);
        if (book is null || active.Count is < 2 or > MostMixed || !given["medicationCodeableConcept"u8].IsNone
            || IsProduct(medication["code"u8])) return [];
        var drugs = active.ConvertAll(i => Named(NameIn(i, given)));
        return ProductOf(active, given, medication).Length == 0 && !drugs.Contains(null)
            && drugs.Distinct().Count() == drugs.Count
            && active.TrueForAll(i => IsOfAll(i["strength"u8]["denominator"u8], given, medication)) ? active : [];
    }

    /// <summary>
    /// The name, or those of the ingredients together, where they are one drug that is none of the ingredients.
    /// </summary>
    string ProductOf(List<FhirNode> active, FhirNode given, FhirNode medication)
    {
        if (book is null || active.Count is < 2 or > MostMixed) return "";
        var names = active.ConvertAll(i => NameIn(i, given));
        var drugs = names.ConvertAll(Named);
        var turned = Enumerable.Reverse(names).ToList();
        var together = new[] { medication["code"u8]["text"u8].Peek(), string.Join(" and ", names),
            string.Join(" and ", turned), string.Join(' ', names), string.Join(' ', turned) };
        return Array.Find(together, all => Named(all) is { } drug && !drugs.Contains(drug)) ?? "";
    }

    /// <summary>What an ingredient is: its own concept, or that of the Medication that it points to.</summary>
    FhirNode ItemIn(FhirNode ingredient, FhirNode given) => ingredient["itemCodeableConcept"u8] is { IsNone: false } own
        ? own : Resolve(ingredient["itemReference"u8], given)["code"u8];

    string NameIn(FhirNode ingredient, FhirNode given) => WordsOf(ItemIn(ingredient, given));

    /// <summary>
    /// A strength in a volume is that of the mixture where it is the volume that was given, or of the whole Medication.
    /// In one milliliter it may be that of a vial, before the drugs were mixed.
    /// </summary>
    static bool IsOfAll(FhirNode denominator, FhirNode given, FhirNode medication) =>
        VolumeOf(denominator) is { Value: > 0 } volume
            && (volume == VolumeOf(given["dosage"u8]["dose"u8])
                || volume == VolumeOf(medication["amount"u8]["numerator"u8]));

    /// <summary>A volume in milliliters; of anything else nothing.</summary>
    static Amount VolumeOf(FhirNode quantity)
    {
        var unit = quantity["unit"u8].Peek() is { Length: > 0 } words ? words : quantity["code"u8].Peek();
        return Amount.TryParse($"{quantity["value"u8].Peek()} {unit}", out var amount) && amount.IsVolume
            ? amount : default;
    }

    /// <summary>How much is in which volume, as <c>40 mg/1 mL</c>; empty where it is not known.</summary>
    string StrengthOf(FhirNode ingredient)
    {
        ingredient["itemCodeableConcept"u8].Done();
        ingredient["isActive"u8].Done();
        var strength = ingredient["strength"u8];
        var (of, per) = (AmountOf(strength["numerator"u8], "the strength"),
            AmountOf(strength["denominator"u8], "the volume of the strength"));
        return of.Length > 0 && per.Length > 0 ? $"{of}/{per}" : "";
    }

    /// <summary>One drug of a mixture, with the same syringe as the others.</summary>
    void ReadPart(FhirNode ingredient, FhirNode given, JsonDraft one)
    {
        var medication = Resolve(given["medicationReference"u8], given);
        medication["code"u8].Done();
        medication["form"u8].Done();
        medication["amount"u8].Done();
        Own(medication, one, OfAdministration);
        ReadDrug(ItemIn(ingredient, given), one);
        one.Text("concentration", StrengthOf(ingredient));
        one.Text("syringe", $"s{given.Index}");
        var vial = Resolve(ingredient["itemReference"u8], given)["batch"u8];
        one.Text("lot", vial["lotNumber"u8].Text());
        ReadExpiry(vial["expirationDate"u8], one);
    }
}
