using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>What a drug is when it comes to giving it: it decides the administration family.</summary>
internal enum DrugClass : byte
{
    None, Simple, Complex, Antineoplastic, HormonalAntineoplastic, Vaccine, ImmuneGlobulin, RsvAntibody, CovidAntibody,
    Allergen, Toxin, Hydration, LocalAnesthetic, Diluent, SkinTest, Implant, Prep, Eye, Hyaluronate, Contrast, Blood,
}

/// <summary>
/// The class of a drug for a payer, over a span of days; <see cref="NeedsNeoplasm"/> rows hold only with a cancer
/// diagnosis.
/// </summary>
internal readonly record struct ClassRow(DateRange Dates, DrugClass Class, string Payers, bool NeedsNeoplasm,
    byte Source);

/// <summary>Whom a product's code is for, where its text says so: patients in dialysis, or all others.</summary>
internal enum ForPatient : byte { Any, InDialysis, NotInDialysis }

/// <summary>
/// The code a drug takes, where it depends on brand, dose, strength, route, patient or payer. Rows stand more specific
/// first.
/// </summary>
/// <param name="MinStrength">Milligrams a milliliter, from and to, both within; from and to alike: what the brand has
/// in its name. 0 and 0 where the code does not depend on it.</param>
/// <param name="NdcUnit">What the NDC quantity of the product counts, whatever its dose is measured in: UN for a
/// powder, F2 for a clotting factor. None where the volume does.</param>
internal readonly record struct ProductRow(
    Code Hcpcs, string Brand, Amount MinDose, Amount MaxDose, string Routes, string Payers, byte Source,
    ForPatient For = ForPatient.Any, int MinStrength = 0, int MaxStrength = 0, NdcUnit NdcUnit = NdcUnit.None);

/// <summary>
/// What the label or a policy says of dose, route and interval; of one brand alone where it names one.
/// </summary>
/// <param name="Usual">The usual single dose, from and to; none where the row does not say.</param>
internal readonly record struct DoseRow(string Brand, Route Route, Amount MaxSingle, int MinIntervalDays, int AgeFrom,
    string RoutesOnly, byte Source, (Amount From, Amount Thru) Usual = default);

/// <summary>A container on the market, by its NDC.</summary>
internal readonly record struct VialRow(Ndc Ndc, Amount Strength, Amount StrengthPer, Amount Content,
    ContainerKind Container, byte Source);

/// <summary>What decides between the codes of one drug, where its name alone does not.</summary>
internal enum DecidedBy : byte { None, Brand, Maker }

/// <summary>A drug by its generic name, with the names people use for it.</summary>
internal sealed class Drug(int index, string name, string group)
{
    public DecidedBy DecidedBy { get; set; }

    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>A plain category: antibiotic, steroid, vitamin …</summary>
    public string Group { get; } = group;

    public List<string> Brands { get; } = [];

    public List<string> Slang { get; } = [];

    public RowList<Route> Routes { get; } = new();

    public RowList<ClassRow> Classes { get; } = new();

    public RowList<ProductRow> Products { get; } = new();

    public RowList<DoseRow> Doses { get; } = new();

    /// <summary>
    /// The usual single dose of the first row that fits; none where none fits. A row of one brand or of an age is not
    /// taken where these are not known.
    /// </summary>
    public (Amount From, Amount Thru) UsualDose(Route route, int? age)
    {
        foreach (var row in Doses)
            if (!row.Usual.From.IsNone && row.Brand.Length == 0 && (row.Route == Route.None || row.Route == route)
                && (row.AgeFrom == 0 || age >= row.AgeFrom))
                return row.Usual;
        return default;
    }

    public RowList<VialRow> Vials { get; } = new();

    public RowList<PolicyRow> Policies { get; } = new();

    /// <summary>Codes that hold the drug and giving it.</summary>
    public List<BundleRow> Bundles { get; } = [];

    /// <summary>On the lists of drugs that patients usually give themselves, and without a code of its own.</summary>
    public bool IsSelfAdministered { get; set; }

    /// <summary>
    /// Set for vaccines: the family (influenza, zoster …), components for 90461, how it is given, which part of
    /// Medicare pays.
    /// </summary>
    public VaccineFacts? Vaccine { get; set; }
}

internal sealed record VaccineFacts(Code Code, string Family, int Components, string Route, string Part);

/// <summary>
/// How a diagnosis (or its category, as a prefix) relates to a drug: it supports it, or does not on its own.
/// </summary>
internal readonly record struct PolicyRow(DateRange Dates, string Diagnosis, bool Supports, string Payers, byte Source);
