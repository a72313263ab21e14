using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Diagnoses, drugs and codes that are for one sex or for some ages, against the patient (INJ-203; <c>persons.tsv</c>).
/// Asked about, never changed.
/// </summary>
internal static class Persons
{
    public static void Check(Case visit)
    {
        var encounter = visit.Encounter;
        for (var i = 0; i < encounter.Diagnoses.Count; i++)
            CheckDiagnosis(visit, encounter.Diagnoses[i], Place.Of(Part.Diagnosis, i, Field.Diagnoses));
        foreach (var given in visit.Givens)
        {
            foreach (var code in given.Charted.Diagnoses)
                if (!encounter.Diagnoses.Contains(code)) CheckDiagnosis(visit, code, given.At(Field.Diagnoses));
            if (given.Charted.Given != false) CheckDrug(visit, given);
        }
    }

    static void CheckDiagnosis(Case visit, Code code, Place at)
    {
        foreach (var rule in visit.Book.PersonRules)
        {
            if (rule.Kind != PersonRuleKind.Diagnosis || !rule.Names(code)) continue;
            if (IsOtherSex(visit, rule.Sex)) visit.Say(CodingFindings.DiagnosisOfOtherSex, at, Arg.Diagnosis(code));
            else if (IsOtherAge(visit, rule) is { } age)
                visit.Say(CodingFindings.DiagnosisOfOtherAge, at, Arg.Diagnosis(code), Arg.Count(age));
            else
                continue;
            return;
        }
    }

    static void CheckDrug(Case visit, Given given)
    {
        foreach (var rule in visit.Book.PersonRules)
        {
            if (!Names(rule, given)) continue;
            var (at, name) = (given.At(Field.Drug), Case.Name(given));
            if (IsOtherSex(visit, rule.Sex) && !IsAffirming(visit))
                visit.Say(CodingFindings.DrugOfOtherSex, at, name);
            if (IsOtherAge(visit, rule) is { } age)
                visit.Say(CodingFindings.DrugOfOtherAge, at, name, Arg.Count(age), Arg.Count(rule.AgeFrom),
                    Arg.Count(rule.AgeThru));
        }
    }

    static bool Names(PersonRule rule, Given given) => rule.Kind switch
    {
        PersonRuleKind.Drug => given.Drug is { } drug && rule.NamesDrug(drug.Name),
        PersonRuleKind.Code => !given.Hcpcs.IsNone && rule.Names(given.Hcpcs),
        _ => false,
    };

    /// <summary>A hormone of the other sex is the treatment there.</summary>
    static bool IsAffirming(Case visit) =>
        visit.Encounter.Diagnoses.Exists(d => visit.Book.DiagnosisKinds.Is(DiagnosisKind.AffirmingCare, d));

    static bool IsOtherSex(Case visit, Sex sex) =>
        sex != Sex.None && visit.Encounter.Sex is Sex.Female or Sex.Male && visit.Encounter.Sex != sex;

    static int? IsOtherAge(Case visit, PersonRule rule) =>
        rule.HasAges && visit.Encounter.Age is { } age && !rule.IsFor(age) ? age : null;
}
