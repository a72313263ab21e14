using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Drugs that belong to a procedure of the day: for its pain, its sedation, its nausea, against infection of its
/// wound; the drug of a test; the care of a line (NCCI manual I-C, I-G, IX-E, XI-B-9 to XI-B-12, XI-I-10; OPPS
/// packages the same). Giving them is not billed. What may belong to it and shows no reason of its own is held.
/// </summary>
internal static class PartOfProcedure
{
    public static void Settle(Case visit)
    {
        var procedures = visit.Drafts.FindAll(d => !d.IsVisit && !d.IsDrug && !d.LeftOff);
        var taken = false;
        foreach (var given in visit.Givens)
            if (IsSystemic(given)) taken |= IsTaken(visit, given, procedures);
        if (taken && !visit.Givens.Exists(IsSystemic)) LeaveOffGiving(visit, procedures);
    }

    /// <summary>
    /// Into muscle, skin or vessel: a service that acts on the whole body, not at the place of a procedure.
    /// </summary>
    static bool IsSystemic(Given given) =>
        given.Service is Service.Injection or Service.Intravenous or Service.ScInfusion or Service.IntraArterial
            or Service.Declotting;

    static bool IsTaken(Case visit, Given given, List<Draft> procedures)
    {
        foreach (var row in visit.Book.Parts)
        {
            if (!Drugs.IsOf(given, row.Drugs) || !IsFor(visit, given, row)) continue;
            var beside = procedures.FindAll(p => Phrase.Covers(row.Procedures, p.Code));
            var procedure = beside.Find(p => row.IsCertain || !IsOwn(visit, given, p));
            if (procedure is null && row.Procedures != "*") continue;
            Take(visit, given, row, procedure?.Code ?? default);
            return true;
        }
        return false;
    }

    static bool IsFor(Case visit, Given given, PartRow row)
    {
        if (row.IsAlways || (row.Purposes & (1u << (int)given.Charted.Purpose)) != 0) return true;
        if (given.Indication.Length == 0 || row.Indications.Length == 0) return false;
        foreach (var value in row.Indications.Split(' '))
            if (HasIndication(visit, given, value)) return true;
        return false;
    }

    static void Take(Case visit, Given given, PartRow row, Code procedure)
    {
        given.Service = Service.None;
        given.BillsAdministration = false;
        var beside = procedure.IsNone ? Case.Name(given) : Arg.Of(procedure);
        var answer = row.IsCertain ? Answer.Yes : Answer.Unknown;
        visit.Ask(given, Questions.PartOfProcedure, answer, given.At(Field.Indication), Case.Name(given), beside);
        // a hospital's claim keeps the drug line: OPPS says whether it is packaged
        if (!visit.Institutional && !(row.IsCertain && row.BillsDrug)) given.BillsDrug = false;
        var info = row.IsCertain ? Certain(row.Kind) : CodingFindings.PerhapsPart;
        if (info == CodingFindings.PartOfOperation && visit.Institutional) info = CodingFindings.DrugKeepsLine;
        if (info == CodingFindings.PerhapsPart && visit.Institutional) info = CodingFindings.GivingHeld;
        visit.Say(info, given.At(Field.Indication), Case.Name(given), beside);
    }

    static FindingInfo Certain(PartKind kind) => kind switch
    {
        PartKind.Test => CodingFindings.PartOfTest,
        PartKind.Flush => CodingFindings.LineCare,
        _ => CodingFindings.PartOfOperation,
    };

    /// <summary>
    /// A charted code for giving the drug goes with it, when no other drug is left that it could be for.
    /// </summary>
    static void LeaveOffGiving(Case visit, List<Draft> procedures)
    {
        var kept = procedures.Find(p => !Pairs.IsDrugService(visit, p));
        if (kept is null) return;
        foreach (var draft in procedures)
        {
            if (draft.Part != Part.Procedure || draft.Givens.Count > 0) continue;
            if (!IsAdministration(visit, draft.Code)) continue;
            draft.LeftOff = true;
            var at = Place.Of(Part.Procedure, draft.Ordinal, Field.Code);
            visit.Say(CodingFindings.InsideProcedure, at, Arg.Of(draft.Code), Arg.Of(kept.Code));
        }
    }

    static bool IsAdministration(Case visit, Code code) =>
        visit.Book.TryCode(code, visit.Date, out var row) && row.Groups.HasAny(Group.Injection | Group.InitialInfusion);

    /// <summary>
    /// Whether a charted reason of its own makes the drug's line distinct: a diagnosis that is not the procedure's,
    /// or an indication that names another condition. Where on the body it was given is no reason.
    /// </summary>
    public static bool Tells(Case visit, Given given, Draft procedure, Draft line)
    {
        var diagnosis = OwnDiagnosis(visit, given, DiagnosesOf(visit, procedure, isSuspect: false));
        if (!diagnosis.IsNone)
        {
            var at = given.At(Field.Diagnoses);
            visit.Ask(line, Questions.OwnDiagnosis, Answer.Yes, at, Case.Name(given), Arg.Diagnosis(diagnosis));
            return true;
        }
        if (!HasOwnIndication(visit, given)) return false;
        visit.Ask(line, Questions.OwnIndication, Answer.Yes, given.At(Field.Indication), Case.Name(given));
        return true;
    }

    /// <summary>
    /// As <see cref="Tells"/>, for a drug that procedures often bring with them: the first diagnosis is the
    /// procedure's.
    /// </summary>
    static bool IsOwn(Case visit, Given given, Draft procedure) =>
        HasOwnIndication(visit, given)
            || !OwnDiagnosis(visit, given, DiagnosesOf(visit, procedure, isSuspect: true)).IsNone;

    static bool HasOwnIndication(Case visit, Given given) =>
        HasIndication(visit, given, "own") && !HasIndication(visit, given, "procedure");

    static bool HasIndication(Case visit, Given given, string value) =>
        BodySite.HasTerm(visit.Book, "indication", value, given.Indication);

    static Code OwnDiagnosis(Case visit, Given given, List<Code> theirs)
    {
        // pain, nausea and aftercare are what a procedure brings with it, not a reason apart
        bool IsTheirs(Code code) =>
            theirs.Contains(code) || visit.Book.DiagnosisKinds.Is(DiagnosisKind.Procedure, code);
        var own = given.Charted.Diagnoses;
        if (own.Count > 0) return own.Exists(IsTheirs) ? default : own[0];
        if (theirs.Exists(code => Pointing.Supports(given, code, visit.Date))) return default;
        return visit.Encounter.Diagnoses.Find(code => !IsTheirs(code) && Pointing.Supports(given, code, visit.Date));
    }

    /// <summary>
    /// The procedure's diagnoses: its own; else those of its drugs; else those of the visit that no drug is given
    /// for.
    /// </summary>
    public static List<Code> DiagnosesOf(Case visit, Draft procedure, bool isSuspect)
    {
        var own = new List<Code>();
        if (procedure.Part == Part.Procedure) own.AddRange(visit.Encounter.Procedures[procedure.Ordinal].Diagnoses);
        if (own.Count > 0) return own;
        foreach (var given in procedure.Givens) own.AddRange(given.Charted.Diagnoses);
        if (own.Count > 0) return own;
        var all = visit.Encounter.Diagnoses;
        own = all.FindAll(code => !visit.Givens.Exists(g => IsOfDrug(visit, g, code)));
        if (all.Count > 0 && (own.Count == 0 || isSuspect) && !own.Contains(all[0])) own.Add(all[0]);
        return own;
    }

    static bool IsOfDrug(Case visit, Given given, Code code) =>
        given.Charted.Diagnoses.Contains(code) || Pointing.Supports(given, code, visit.Date);
}
