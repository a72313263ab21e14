using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Whether this claim bills a drug in this place, by the rows of <c>places.tsv</c> and the facility flag of the place.
/// What is not billed makes no line, so that it is not priced either, and the finding says how the place is paid
/// (INJ-170, INJ-233 to INJ-236).
/// </summary>
internal static class Places
{
    /// <summary>False when nothing of the drug is billed here; why is then said.</summary>
    public static bool Bills(Case visit, Given given)
    {
        CheckDialysis(visit, given);
        var rule = RuleOf(visit, given.Class == DrugClass.Vaccine ? given.Drug?.Vaccine?.Family ?? "" : null);
        if (rule is null) return BillsByFacility(visit, given);
        switch (rule.Pays)
        {
            case PlacePays.Lines: return Stands(visit, given, rule);
            case PlacePays.Bundle when Bundles.HasOne(visit, given): return true;
            case PlacePays.Home when Staff.IsPractitioner(visit, given): return true;
            case PlacePays.Home: return Noted(visit, given, CodingFindings.AtHome, Case.Name(given));
            case PlacePays.Conditions: return Noted(visit, given, CodingFindings.PaidUnderConditions);
            case PlacePays.Contract: return Noted(visit, given, CodingFindings.PaidByContract);
            case PlacePays.DrugOnly: return BillsDrugAlone(visit, given);
            case PlacePays.Rate when IsPartD(visit, given): return true; // said where vaccines are billed
            case PlacePays.Rate: return Off(visit, given, InsideRate(visit));
            case PlacePays.CostReport: return Off(visit, given, CodingFindings.OnCostReport, LastDayOf(rule));
            case PlacePays.Hospice: return Off(visit, given, CodingFindings.HospicePays);
            case PlacePays.Program: return Off(visit, given, CodingFindings.ProgramPays);
            case PlacePays.Dialysis: return Off(visit, given, CodingFindings.FacilityBills);
            case PlacePays.Bundle: return Off(visit, given, CodingFindings.NotInProgram);
            case PlacePays.Telehealth: return Off(visit, given, CodingFindings.TelehealthPlace);
            default: return Off(visit, given, CodingFindings.PlaceGivesNone);
        }
    }

    /// <summary>A drug of the dialysis bundle, given to a patient on dialysis outside the dialysis facility.</summary>
    static void CheckDialysis(Case visit, Given given)
    {
        if (!visit.Profile.IsMedicare || RuleOf(visit, null) is { Pays: PlacePays.Dialysis or PlacePays.DrugOnly })
            return;
        if (!IsDialysisDrug(visit, given)) return;
        if (visit.Encounter.Diagnoses.Contains(Known.OnDialysis) || given.Charted.Diagnoses.Contains(Known.OnDialysis))
            visit.Say(CodingFindings.DialysisPatient, given.At(Field.Drug), Case.Name(given));
    }

    /// <summary>A drug that treats the kidney disease itself, so that nobody has to ask.</summary>
    static bool IsDialysisDrug(Case visit, Given given) =>
        visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Groups.Has(Group.DialysisDrug);

    /// <summary>
    /// The first row of the place that fits payer, day, setting and vaccine; null when the place has none.
    /// </summary>
    /// <param name="family">The vaccine's family; null when it is no vaccine.</param>
    public static PlaceRule? RuleOf(Case visit, string? family)
    {
        var setting = visit.Institutional ? Setting.Facility : Setting.Professional;
        foreach (var rule in visit.Book.PlaceRules)
            if (rule.IsFor(visit.Encounter.PlaceOfService, visit.Date, setting, family)
                && visit.Profile.IsNamedIn(rule.Payers))
                return rule;
        return null;
    }

    /// <summary>
    /// A charted procedure of a clinic that is paid by the visit's rate is inside that rate, as a drug is.
    /// </summary>
    public static void SettleProcedures(Case visit)
    {
        if (RuleOf(visit, null) is not { Pays: PlacePays.Rate }) return;
        foreach (var draft in visit.Drafts)
        {
            if (draft.Part != Part.Procedure) continue;
            draft.LeftOff = true;
            var at = Place.Of(Part.Procedure, draft.Ordinal, Field.Code);
            visit.Say(InsideRate(visit), at, PlaceOf(visit), Arg.Of(draft.Code));
        }
    }

    static Arg PlaceOf(Case visit) => Arg.Place(visit.Encounter.PlaceOfService);

    static Arg LastDayOf(PlaceRule rule) => Arg.Of(DateOnly.FromDayNumber(rule.Dates.ThruDay));

    /// <summary>The rate is paid for a visit: with one the drug is inside it, without one it waits for one.</summary>
    static FindingInfo InsideRate(Case visit) =>
        visit.Encounter.Visits.Exists(v => IsVisit(visit, v.Code))
            ? CodingFindings.InsideVisitRate
            : CodingFindings.RuralOrCenter;

    static bool IsVisit(Case visit, Code code) =>
        visit.Book.TryCode(code, visit.Date, out var row) && row.Groups.HasAny(Group.Visit)
            && !row.Groups.HasAny(Group.NurseVisit);

    static bool IsPartD(Case visit, Given given) =>
        given.Class == DrugClass.Vaccine && visit.Profile.HasPartD && given.Drug?.Vaccine is { Part: "D" };

    /// <summary>Billed as charted; a clinic that else has a rate says how.</summary>
    static bool Stands(Case visit, Given given, PlaceRule rule)
    {
        if (RuleOf(visit, null) is { Pays: PlacePays.Rate } && rule.Vaccines.Length > 0)
            visit.Say(CodingFindings.ClinicBillsVaccine, given.At(Field.None), PlaceOf(visit), Case.Name(given));
        return true;
    }

    static bool Noted(Case visit, Given given, FindingInfo info)
    {
        visit.Say(info, given.At(Field.None), PlaceOf(visit), Case.Name(given));
        return true;
    }

    static bool Noted(Case visit, Given given, FindingInfo info, Arg of)
    {
        visit.Say(info, given.At(Field.None), of);
        return true;
    }

    static bool BillsDrugAlone(Case visit, Given given)
    {
        given.BillsAdministration = false;
        visit.Say(CodingFindings.GivingInRate, given.At(Field.None), Case.Name(given));
        if (!IsDialysisDrug(visit, given))
            visit.Say(CodingFindings.NotForDialysis, given.At(Field.Indication), Case.Name(given));
        return true;
    }

    static bool Off(Case visit, Given given, FindingInfo info, Arg detail = default)
    {
        given.BillsDrug = given.BillsAdministration = false;
        visit.Ask(given, Questions.PaidInPlace, Answer.No, given.At(Field.None), PlaceOf(visit), Case.Name(given));
        visit.Say(info, given.At(Field.None), PlaceOf(visit), Case.Name(given), detail);
        return false;
    }

    /// <summary>
    /// A practitioner in a facility bills the procedure alone where it has a facility price, and nothing of an
    /// injection.
    /// </summary>
    static bool BillsByFacility(Case visit, Given given)
    {
        if (!visit.IsProfessionalInFacility) return true;
        var place = PlaceOf(visit);
        if (!AdministrationChoice.IsPaidInFacility(given.Charted.Route, given.Class))
        {
            given.BillsDrug = given.BillsAdministration = false;
            visit.Ask(given, Questions.FacilityPlace, Answer.No, given.At(Field.Drug), place);
            visit.Say(CodingFindings.FacilityBills, given.At(Field.None), place, Case.Name(given));
            return false;
        }
        if (!given.BillsDrug) return true;
        given.BillsDrug = false; // the practitioner's procedure, the facility's drug
        visit.Say(CodingFindings.FacilityBillsDrug, given.At(Field.None), place, Case.Name(given));
        return true;
    }
}
