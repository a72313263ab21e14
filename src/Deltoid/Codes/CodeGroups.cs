using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// The shipped groups, bit by bit. Which codes belong to one, and when, is rows of the book (groups.tsv); the last ones
/// are facts of the whole claim, so that an edit can ask for them in the same mask.
/// </summary>
internal enum GroupBit : byte
{
    AnyLine, NurseVisit, OfficeVisit, Visit, PreventiveVisit, PreventiveCounseling, WellnessVisit, FacilityVisit,
    DrugAdministration, Injection, InitialInfusion, Hydration, ConcurrentInfusion, FacilityPush,
    ChemoAdministration, OnBodyInjection, AddOn, VaccineAdministration, MedicareVaccineAdministration,
    CounseledVaccineAdministration, CovidAdministration, RsvAdministration, PrepAdministration, AllergenInjection,
    AllergenExtract,
    SkinTest, JointInjection, ImageGuidance, TendonInjection, TriggerPoint, NerveBlock, Chemodenervation, EyeInjection,
    Intralesional, ImplantInsertion, VenousAccess, ComplexityAddOn, OtpBundle, WaivedTest, UnlistedProcedure,
    DrugCode, UnclassifiedDrug, PerDoseDrug, ToxinDrug, LocalAnestheticDrug, VaccineProduct, FluVaccine,
    PneumococcalVaccine, HepatitisBVaccine, PartDVaccine, ImmuneGlobulinProduct, RsvProduct, SelfAdministered,
    MinorProcedure, DialysisDrug, NewPatientVisit, Evaluation, PrepDrug, CompleteAllergenService, RhImmuneGlobulin,
    OralDrug, InhaledDrug,
    PairsKnown, HasPairs, Unbound, Medicare, MedicareAdvantage, Medicaid, Commercial, FacilityPlace, Institutional,
    ChartPresent, HistoryPresent,
}

/// <summary>A set of groups, a bit for each; room for 128.</summary>
internal readonly record struct CodeGroups(ulong Low, ulong High = 0)
{
    /// <summary>How many groups a set has room for. A test holds that <see cref="GroupBit"/> has no more.</summary>
    public const int Most = 128;

    public static readonly CodeGroups None;

    public bool IsEmpty => (Low | High) == 0;

    /// <exception cref="ArgumentOutOfRangeException">There is no such bit.</exception>
    public static CodeGroups Of(GroupBit bit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)bit, Most, nameof(bit));
        return (int)bit < 64 ? new(1UL << (int)bit) : new(0, 1UL << ((int)bit - 64));
    }

    public static CodeGroups operator |(CodeGroups left, CodeGroups right) =>
        new(left.Low | right.Low, left.High | right.High);

    public static CodeGroups operator &(CodeGroups left, CodeGroups right) =>
        new(left.Low & right.Low, left.High & right.High);

    public static CodeGroups operator ~(CodeGroups groups) => new(~groups.Low, ~groups.High);

    public bool Has(CodeGroups all) => (Low & all.Low) == all.Low && (High & all.High) == all.High;

    public bool HasAny(CodeGroups any) => ((Low & any.Low) | (High & any.High)) != 0;
}

/// <summary>The shipped groups as masks, so that they combine: <c>Group.NurseVisit | Group.Injection</c>.</summary>
internal static class Group
{
    public static CodeGroups AnyLine => CodeGroups.Of(GroupBit.AnyLine);
    public static CodeGroups NurseVisit => CodeGroups.Of(GroupBit.NurseVisit);
    public static CodeGroups OfficeVisit => CodeGroups.Of(GroupBit.OfficeVisit);
    public static CodeGroups Visit => CodeGroups.Of(GroupBit.Visit);
    public static CodeGroups PreventiveVisit => CodeGroups.Of(GroupBit.PreventiveVisit);
    public static CodeGroups PreventiveCounseling => CodeGroups.Of(GroupBit.PreventiveCounseling);
    public static CodeGroups WellnessVisit => CodeGroups.Of(GroupBit.WellnessVisit);
    public static CodeGroups FacilityVisit => CodeGroups.Of(GroupBit.FacilityVisit);
    public static CodeGroups DrugAdministration => CodeGroups.Of(GroupBit.DrugAdministration);
    public static CodeGroups Injection => CodeGroups.Of(GroupBit.Injection);
    public static CodeGroups InitialInfusion => CodeGroups.Of(GroupBit.InitialInfusion);
    public static CodeGroups Hydration => CodeGroups.Of(GroupBit.Hydration);
    public static CodeGroups ConcurrentInfusion => CodeGroups.Of(GroupBit.ConcurrentInfusion);
    public static CodeGroups FacilityPush => CodeGroups.Of(GroupBit.FacilityPush);
    public static CodeGroups ChemoAdministration => CodeGroups.Of(GroupBit.ChemoAdministration);
    public static CodeGroups OnBodyInjection => CodeGroups.Of(GroupBit.OnBodyInjection);
    public static CodeGroups AddOn => CodeGroups.Of(GroupBit.AddOn);
    public static CodeGroups VaccineAdministration => CodeGroups.Of(GroupBit.VaccineAdministration);
    public static CodeGroups MedicareVaccineAdministration => CodeGroups.Of(GroupBit.MedicareVaccineAdministration);
    public static CodeGroups CounseledVaccineAdministration => CodeGroups.Of(GroupBit.CounseledVaccineAdministration);
    public static CodeGroups CovidAdministration => CodeGroups.Of(GroupBit.CovidAdministration);
    public static CodeGroups RsvAdministration => CodeGroups.Of(GroupBit.RsvAdministration);
    public static CodeGroups PrepAdministration => CodeGroups.Of(GroupBit.PrepAdministration);
    public static CodeGroups AllergenInjection => CodeGroups.Of(GroupBit.AllergenInjection);
    public static CodeGroups AllergenExtract => CodeGroups.Of(GroupBit.AllergenExtract);
    public static CodeGroups SkinTest => CodeGroups.Of(GroupBit.SkinTest);
    public static CodeGroups JointInjection => CodeGroups.Of(GroupBit.JointInjection);
    public static CodeGroups ImageGuidance => CodeGroups.Of(GroupBit.ImageGuidance);
    public static CodeGroups TendonInjection => CodeGroups.Of(GroupBit.TendonInjection);
    public static CodeGroups TriggerPoint => CodeGroups.Of(GroupBit.TriggerPoint);
    public static CodeGroups NerveBlock => CodeGroups.Of(GroupBit.NerveBlock);
    public static CodeGroups Chemodenervation => CodeGroups.Of(GroupBit.Chemodenervation);
    public static CodeGroups EyeInjection => CodeGroups.Of(GroupBit.EyeInjection);
    public static CodeGroups Intralesional => CodeGroups.Of(GroupBit.Intralesional);
    public static CodeGroups ImplantInsertion => CodeGroups.Of(GroupBit.ImplantInsertion);
    public static CodeGroups VenousAccess => CodeGroups.Of(GroupBit.VenousAccess);
    public static CodeGroups ComplexityAddOn => CodeGroups.Of(GroupBit.ComplexityAddOn);
    public static CodeGroups OtpBundle => CodeGroups.Of(GroupBit.OtpBundle);
    public static CodeGroups WaivedTest => CodeGroups.Of(GroupBit.WaivedTest);
    public static CodeGroups UnlistedProcedure => CodeGroups.Of(GroupBit.UnlistedProcedure);
    public static CodeGroups DrugCode => CodeGroups.Of(GroupBit.DrugCode);
    public static CodeGroups UnclassifiedDrug => CodeGroups.Of(GroupBit.UnclassifiedDrug);
    public static CodeGroups PerDoseDrug => CodeGroups.Of(GroupBit.PerDoseDrug);
    public static CodeGroups ToxinDrug => CodeGroups.Of(GroupBit.ToxinDrug);
    public static CodeGroups LocalAnestheticDrug => CodeGroups.Of(GroupBit.LocalAnestheticDrug);
    public static CodeGroups VaccineProduct => CodeGroups.Of(GroupBit.VaccineProduct);
    public static CodeGroups FluVaccine => CodeGroups.Of(GroupBit.FluVaccine);
    public static CodeGroups PneumococcalVaccine => CodeGroups.Of(GroupBit.PneumococcalVaccine);
    public static CodeGroups HepatitisBVaccine => CodeGroups.Of(GroupBit.HepatitisBVaccine);
    public static CodeGroups PartDVaccine => CodeGroups.Of(GroupBit.PartDVaccine);
    public static CodeGroups ImmuneGlobulinProduct => CodeGroups.Of(GroupBit.ImmuneGlobulinProduct);
    public static CodeGroups RsvProduct => CodeGroups.Of(GroupBit.RsvProduct);
    public static CodeGroups SelfAdministered => CodeGroups.Of(GroupBit.SelfAdministered);
    public static CodeGroups MinorProcedure => CodeGroups.Of(GroupBit.MinorProcedure);
    public static CodeGroups DialysisDrug => CodeGroups.Of(GroupBit.DialysisDrug);
    public static CodeGroups NewPatientVisit => CodeGroups.Of(GroupBit.NewPatientVisit);
    /// <summary>Evaluation and management of every kind, also where <see cref="Visit"/> does not list it.</summary>
    public static CodeGroups Evaluation => CodeGroups.Of(GroupBit.Evaluation);
    public static CodeGroups PrepDrug => CodeGroups.Of(GroupBit.PrepDrug);
    public static CodeGroups CompleteAllergenService => CodeGroups.Of(GroupBit.CompleteAllergenService);
    public static CodeGroups RhImmuneGlobulin => CodeGroups.Of(GroupBit.RhImmuneGlobulin);
    public static CodeGroups OralDrug => CodeGroups.Of(GroupBit.OralDrug);
    public static CodeGroups InhaledDrug => CodeGroups.Of(GroupBit.InhaledDrug);
    /// <summary>Codes of which the book has every pair; of two others it may have none.</summary>
    public static CodeGroups PairsKnown => CodeGroups.Of(GroupBit.PairsKnown);
    public static CodeGroups HasPairs => CodeGroups.Of(GroupBit.HasPairs);
    public static CodeGroups Unbound => CodeGroups.Of(GroupBit.Unbound);
    public static CodeGroups Medicare => CodeGroups.Of(GroupBit.Medicare);
    public static CodeGroups MedicareAdvantage => CodeGroups.Of(GroupBit.MedicareAdvantage);
    public static CodeGroups Medicaid => CodeGroups.Of(GroupBit.Medicaid);
    public static CodeGroups Commercial => CodeGroups.Of(GroupBit.Commercial);
    public static CodeGroups FacilityPlace => CodeGroups.Of(GroupBit.FacilityPlace);
    public static CodeGroups Institutional => CodeGroups.Of(GroupBit.Institutional);
    public static CodeGroups ChartPresent => CodeGroups.Of(GroupBit.ChartPresent);
    public static CodeGroups HistoryPresent => CodeGroups.Of(GroupBit.HistoryPresent);
}
