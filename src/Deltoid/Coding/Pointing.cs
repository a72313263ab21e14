using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Which diagnoses each line points to: those charted for it, else those the drug is given for, else what is left
/// (INJ-128, C-24).
/// </summary>
internal static class Pointing
{
    public static void Point(Case visit)
    {
        foreach (var given in visit.Givens) JudgeSupport(visit, given);
        foreach (var draft in visit.Drafts)
        {
            if (draft.Diagnoses.Count > 0) continue;
            if (draft.Givens.Count > 0) PointAdministration(visit, draft);
            else draft.Diagnoses.AddRange(Others(visit, draft));
        }
    }

    static void PointAdministration(Case visit, Draft draft)
    {
        var charted = draft.Givens.Exists(g => g.Charted.Diagnoses.Count > 0);
        foreach (var given in draft.Givens)
        {
            if (charted && given.Charted.Diagnoses.Count == 0) continue;
            var chosen = given.Charted.Diagnoses.Count > 0 ? given.Charted.Diagnoses : Inferred(visit, given);
            foreach (var code in chosen)
                if (!draft.Diagnoses.Contains(code)) draft.Diagnoses.Add(code);
            if (chosen.Count > 0)
                visit.Ask(draft, Questions.Pointer, Answer.Value, given.At(Field.Diagnoses), Arg.Diagnosis(chosen[0]),
                    value: Arg.Diagnosis(chosen[0]));
            if (chosen.Count > 0 && given.Charted.Diagnoses.Count == 0 && visit.Encounter.Diagnoses.Count > 1
                && !Supports(given, chosen[0], visit.Date) && visit.Drafts.Find(d => d.Givens.Contains(given)) == draft)
                visit.Say(CodingFindings.PointerInferred, given.At(Field.Diagnoses), Case.Name(given),
                    Arg.Diagnosis(chosen[0]));
        }
    }

    static List<Code> Inferred(Case visit, Given given)
    {
        if (visit.Encounter.Diagnoses.Count <= 1) return visit.Encounter.Diagnoses;
        var supported = visit.Encounter.Diagnoses.FindAll(code => Supports(given, code, visit.Date));
        var procedures = visit.Drafts.FindAll(d => IsProcedure(visit, d) && !d.Givens.Contains(given));
        var theirs = procedures.SelectMany(p => PartOfProcedure.DiagnosesOf(visit, p, isSuspect: true)).ToList();
        var apart = supported.FindAll(code => !theirs.Contains(code));
        if (apart.Count > 0) return apart;
        if (supported.Count > 0) return supported;
        var free = visit.Encounter.Diagnoses
            .FindAll(code => !visit.Givens.Exists(other =>
                other != given && (Supports(other, code, visit.Date) || other.Charted.Diagnoses.Contains(code))));
        return free.Count > 0 ? free : visit.Encounter.Diagnoses;
    }

    static bool IsProcedure(Case visit, Draft draft) =>
        draft.Part == Part.Procedure && !Pairs.IsDrugService(visit, draft);

    public static bool Supports(Given given, Code code, DateOnly day) =>
        given.Drug is { } drug && Relates(drug, code, day, supports: true);

    static bool Relates(Drug drug, Code code, DateOnly day, bool supports)
    {
        foreach (var row in drug.Policies)
            if (row.Supports == supports && row.Dates.Contains(day) && Covers(row.Diagnosis, code)) return true;
        return false;
    }

    /// <summary>A policy row names a code or the beginning of one; its dot is not part of it.</summary>
    public static bool Covers(string row, Code code)
    {
        var index = 0;
        foreach (var c in row)
            if (c != '.' && code[index++] != c) return false;
        return true;
    }

    /// <summary>
    /// A procedure points to what no drug is given for; a preventive visit to what it was for; other visits to the
    /// rest, without the vaccination.
    /// </summary>
    static List<Code> Others(Case visit, Draft draft)
    {
        var all = visit.Encounter.Diagnoses;
        if (IsProcedure(visit, draft)) return PartOfProcedure.DiagnosesOf(visit, draft, isSuspect: false);
        if (!draft.IsVisit || all.Count <= 1) return all;
        var encounterFor = all.FindAll(code => visit.Book.DiagnosisKinds.Is(DiagnosisKind.PreventiveVisit, code));
        if (encounterFor.Count > 0 && visit.Book.TryCode(draft.Code, visit.Date, out var row)
            && row.Groups.HasAny(Group.PreventiveVisit | Group.WellnessVisit))
            return encounterFor;
        var rest = all.FindAll(code => code != Known.Z23 && !encounterFor.Contains(code));
        return rest.Count > 0 ? rest : all;
    }

    /// <summary>Diagnoses that are known not to support the drug by themselves.</summary>
    static void JudgeSupport(Case visit, Given given)
    {
        if (given.Drug is not { Policies.Count: > 0 } drug || given.Service == Service.None) return;
        var own = given.Charted.Diagnoses.Count > 0 ? given.Charted.Diagnoses : visit.Encounter.Diagnoses;
        if (own.Exists(code => Supports(given, code, visit.Date))) return;
        foreach (var code in own)
            if (Relates(drug, code, visit.Date, supports: false))
                visit.Say(CodingFindings.DiagnosisInsufficient, given.At(Field.Diagnoses), Arg.Diagnosis(code),
                    Arg.Drug(drug.Index));
    }
}
