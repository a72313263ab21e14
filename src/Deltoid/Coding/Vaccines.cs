using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Vaccines and RSV antibodies: the product and its administration, by payer, age, counseling and route (INJ-066 to
/// INJ-070, INJ-035).
/// </summary>
internal static class Vaccines
{
    public static void Bill(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Vaccine && IsCovered(visit, g));
        var ordinary = new List<Given>();
        foreach (var given in all)
        {
            var code = PayerCode(visit, given);
            if (code.IsNone)
            {
                ordinary.Add(given);
                continue;
            }
            visit.Bill(given, code);
            visit.Ask(given, Questions.VaccineCode, Answer.Value, given.At(Field.Drug), Arg.Of(code));
        }
        if (ordinary.Count > 0) BillSeries(visit, ordinary);
        BillRsv(visit);
    }

    /// <summary>Part D vaccines are not Part B's, but tetanus after an injury is.</summary>
    static bool IsCovered(Case visit, Given given)
    {
        if (!visit.Profile.HasPartD || given.Drug?.Vaccine is not { } facts || facts.Part is "B" or "") return true;
        if (facts.Part == "injury" && (HasInjury(visit, given.Charted.Diagnoses) || HasInjury(visit, visit.Encounter.Diagnoses)))
            return true;
        given.BillsDrug = false;
        visit.Say(CodingFindings.PartD, given.At(Field.Drug), Case.Name(given));
        return false;
    }

    static bool HasInjury(Case visit, List<Code> diagnoses) =>
        diagnoses.Exists(code => visit.Book.DiagnosisKinds.Is(DiagnosisKind.Injury, code));

    /// <summary>Codes that name the vaccine: G0008 to G0010 for Medicare, 90480 for COVID-19.</summary>
    static Code PayerCode(Case visit, Given given)
    {
        var family = given.Drug?.Vaccine?.Family ?? "";
        if (family == "covid-19") return Known.CovidVaccine;
        if (!visit.Profile.VaccineGCodes) return default;
        return family switch
        {
            "influenza" => Known.FluMedicare,
            "pneumococcal" => Known.PneumococcalMedicare,
            "hepatitis-b" => Known.HepatitisBMedicare,
            _ => default
        };
    }

    static void BillSeries(Case visit, List<Given> vaccines)
    {
        var young = visit.Encounter.Age is <= 18;
        var counseled = young && visit.Encounter.Counseling == true;
        if (young)
            visit.Ask(vaccines[0], Questions.Counseled,
                counseled ? Answer.Yes : visit.Encounter.Counseling is null ? Answer.Unknown : Answer.No,
                Place.OfEncounter(Field.Counseling), Arg.Count(visit.Encounter.Age!.Value));
        if (counseled)
        {
            BillCounseled(visit, vaccines);
            return;
        }
        // an injection opens the series when there is one; only one code of the day is a first one
        var injected = vaccines.FindAll(v => IsInjected(v));
        var swallowed = vaccines.FindAll(v => !IsInjected(v));
        BillFirstAndMore(visit, injected, Known.VaccineFirst, Known.VaccineMore);
        BillFirstAndMore(visit, swallowed, injected.Count > 0 ? Known.VaccineOralMore : Known.VaccineOralFirst,
            Known.VaccineOralMore);
        if (young && visit.Encounter.Counseling is null)
            visit.Say(CodingFindings.CounselingMissing, Place.OfEncounter(Field.Counseling),
                Arg.Of(injected.Count > 0 ? Known.VaccineFirst : Known.VaccineOralFirst));
    }

    static bool IsInjected(Given given) =>
        given.Charted.Route is Route.Oral or Route.Intranasal
            ? false
            : given.Drug?.Vaccine?.Route is not ("oral" or "nasal");

    static void BillFirstAndMore(Case visit, List<Given> vaccines, Code first, Code more)
    {
        Draft? further = null;
        for (var i = 0; i < vaccines.Count; i++)
        {
            var code = i == 0 ? first : more;
            visit.Ask(vaccines[i], Questions.VaccineCode, Answer.Value, vaccines[i].At(Field.Drug), Arg.Of(code));
            if (i == 0)
            {
                var opened = visit.Bill(vaccines[i], code);
                if (first == more) further = opened;
            }
            else if (further is null) further = visit.Bill(vaccines[i], code);
            else
            {
                further.Units += Quantity.One;
                further.Givens.Add(vaccines[i]);
            }
        }
    }

    /// <summary>One 90460 for each vaccine, one 90461 for each further component of it.</summary>
    static void BillCounseled(Case visit, List<Given> vaccines)
    {
        var line = visit.Bill(vaccines[0], Known.VaccineCounseled, vaccines.Count);
        line.Givens.AddRange(vaccines.Skip(1));
        var more = vaccines.Sum(v => (v.Drug?.Vaccine?.Components ?? 1) - 1);
        foreach (var vaccine in vaccines)
            visit.Ask(vaccine, Questions.VaccineCode, Answer.Value, vaccine.At(Field.Drug),
                Arg.Of(Known.VaccineCounseled));
        if (more == 0) return;
        var components = visit.Bill(vaccines[0], Known.VaccineComponent, more);
        components.Givens.AddRange(vaccines.Skip(1));
    }

    static void BillRsv(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.Rsv) continue;
            var code = visit.Encounter.Counseling == true ? Known.RsvCounseled : Known.Rsv;
            if (!visit.Book.TryCode(code, visit.Date, out _)) code = Known.Injection; // before the codes existed
            visit.Bill(given, code);
            visit.Ask(given, Questions.RsvCode, Answer.Value, given.At(Field.Drug), Arg.Of(code));
        }
    }
}
