using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// The shipped groups, bit by bit. Which codes belong to one, and when, is rows of the book (groups.tsv); the last ones are
/// facts of the whole claim, so that an edit can ask for them in the same mask.
/// </summary>
public enum Group : byte
{
    AnyLine, NurseVisit, OfficeVisit, Visit, PreventiveVisit, PreventiveCounseling, WellnessVisit, FacilityVisit, DrugAdministration, Injection, InitialInfusion, Hydration, ConcurrentInfusion, FacilityPush,
    ChemoAdministration, OnBodyInjection, AddOn, VaccineAdministration, MedicareVaccineAdministration, CounseledVaccineAdministration, CovidAdministration, RsvAdministration, PrepAdministration, AllergenInjection, AllergenExtract,
    SkinTest, JointInjection, ImageGuidance, TendonInjection, TriggerPoint, NerveBlock, Chemodenervation, EyeInjection, Intralesional, ImplantInsertion, VenousAccess, ComplexityAddOn, OtpBundle, WaivedTest, UnlistedProcedure,
    DrugCode, UnclassifiedDrug, PerDoseDrug, ToxinDrug, LocalAnestheticDrug, VaccineProduct, FluVaccine, PneumococcalVaccine, HepatitisBVaccine, PartDVaccine, ImmuneGlobulinProduct, RsvProduct, SelfAdministered, MinorProcedure,
    HasPairs, Unbound, Medicare, MedicareAdvantage, Medicaid, Commercial, FacilityPlace, Institutional, ChartPresent, HistoryPresent,
}

/// <summary>A set of groups: 64 shipped, 64 handed out to a user's own rules when they are loaded.</summary>
public readonly record struct CodeGroups(ulong Shipped, ulong Own = 0)
{
    public static readonly CodeGroups None;

    public bool IsEmpty => (Shipped | Own) == 0;

    public static implicit operator CodeGroups(Group group) => new(1UL << (int)group);

    /// <summary>The handed-out group with this number, 0 to 63.</summary>
    public static CodeGroups OfOwn(int number) => new(0, 1UL << number);

    public static CodeGroups operator |(CodeGroups left, CodeGroups right) => new(left.Shipped | right.Shipped, left.Own | right.Own);

    public static CodeGroups operator &(CodeGroups left, CodeGroups right) => new(left.Shipped & right.Shipped, left.Own & right.Own);

    public bool Has(CodeGroups all) => (Shipped & all.Shipped) == all.Shipped && (Own & all.Own) == all.Own;

    public bool HasAny(CodeGroups any) => ((Shipped & any.Shipped) | (Own & any.Own)) != 0;
}
