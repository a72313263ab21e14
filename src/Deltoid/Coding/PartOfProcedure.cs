using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Drugs that belong to a procedure of the day: for its pain, its sedation, its nausea, against infection of its wound; the drug of
/// a test; the care of a line (NCCI manual I-C, I-G, IX-E, XI-B-9 to XI-B-12, XI-I-10; OPPS packages the same). Giving them is not
/// billed. What may belong to it and shows no reason of its own is held.
/// </summary>
internal static class PartOfProcedure
{
    public static void Settle(Case visit)
    {
        var procedures = visit.Drafts.FindAll(d => !d.IsVisit && !d.IsDrug && !d.LeftOff);
        foreach (var given in visit.Givens)
            if (given.Service is Service.Injection or Service.Intravenous or Service.ScInfusion or Service.IntraArterial or Service.Declotting) Settle(visit, given, procedures);
    }

    static void Settle(Case visit, Given given, List<Draft> procedures)
    {
        foreach (var row in visit.Book.Parts)
        {
            if (!Drugs.IsOf(given, row.Drugs) || !IsFor(visit, given, row)) continue;
            var whole = row.Procedures == "*";
            var procedure = procedures.Find(p => !p.Givens.Contains(given) && Phrase.Covers(row.Procedures, p.Code) && (row.IsCertain || !IsOwn(visit, given, p)));
            if (procedure is null && !whole) continue;
            Take(visit, given, row, procedure?.Code ?? default);
            return;
        }
    }

    static bool IsFor(Case visit, Given given, PartRow row)
    {
        if (row.IsAlways || (row.Purposes & (1u << (int)given.Charted.Purpose)) != 0) return true;
        if (given.Indication.Length == 0 || row.Indications.Length == 0) return false;
        foreach (var term in visit.Book.Terms)
            if (term.Kind == "indication" && Phrase.Lists(row.Indications, term.Value) && Phrase.Match(given.Indication, term.Words) > 0) return true;
        return false;
    }

    static void Take(Case visit, Given given, PartRow row, Code procedure)
    {
        given.Service = Service.None;
        given.BillsAdministration = false;
        var beside = procedure.IsNone ? Case.Name(given) : Arg.Of(procedure);
        visit.Ask(given, Questions.PartOfProcedure, row.IsCertain ? Answer.Yes : Answer.Unknown, given.At(Field.Indication), Case.Name(given), beside);
        if (!row.IsCertain) given.BillsDrug = false;
        else if (!row.BillsDrug && !visit.Institutional) given.BillsDrug = false; // a hospital's claim keeps the line: OPPS packages it
        var info = !row.IsCertain ? CodingFindings.PerhapsPart
            : row.Kind switch { PartKind.Test => CodingFindings.PartOfTest, PartKind.Flush => CodingFindings.LineCare, _ => CodingFindings.PartOfOperation };
        visit.Say(info, given.At(Field.Indication), Case.Name(given), beside);
    }

    /// <summary>
    /// Whether a charted reason of its own makes the drug's line distinct: a diagnosis that is not the procedure's, or an indication
    /// that names another condition. Where on the body it was given is no reason.
    /// </summary>
    public static bool Tells(Case visit, Given given, Draft procedure, Draft line)
    {
        var diagnosis = OwnDiagnosis(visit, given, Of(visit, procedure, isSuspect: false));
        if (!diagnosis.IsNone) visit.Ask(line, Questions.OwnDiagnosis, Answer.Yes, given.At(Field.Diagnoses), Case.Name(given), Arg.Diagnosis(diagnosis));
        else if (HasOwnIndication(visit, given)) visit.Ask(line, Questions.OwnIndication, Answer.Yes, given.At(Field.Indication), Case.Name(given));
        else return false;
        return true;
    }

    /// <summary>As <see cref="Tells"/>, for a drug that procedures often bring with them: the first diagnosis counts as the procedure's.</summary>
    static bool IsOwn(Case visit, Given given, Draft procedure) =>
        HasOwnIndication(visit, given) || !OwnDiagnosis(visit, given, Of(visit, procedure, isSuspect: true)).IsNone;

    static bool HasOwnIndication(Case visit, Given given) => HasIndication(visit, given, "own") && !HasIndication(visit, given, "procedure");

    static bool HasIndication(Case visit, Given given, string value) => BodySite.HasTerm(visit.Book, "indication", value, given.Indication);

    static Code OwnDiagnosis(Case visit, Given given, List<Code> theirs)
    {
        // pain, nausea and aftercare are what a procedure brings with it, not a reason apart
        foreach (var code in given.Charted.Diagnoses)
            if (theirs.Contains(code) || visit.IsDiagnosis(code, "procedure")) return default;
        if (given.Charted.Diagnoses.Count > 0) return given.Charted.Diagnoses[0];
        if (theirs.Exists(code => Pointing.Supports(given, code, visit.Date))) return default;
        return visit.Encounter.Diagnoses.Find(code => !theirs.Contains(code) && !visit.IsDiagnosis(code, "procedure") && Pointing.Supports(given, code, visit.Date));
    }

    /// <summary>The procedure's diagnoses: its own; else those of its drugs; else those of the visit that no drug is given for.</summary>
    static List<Code> Of(Case visit, Draft procedure, bool isSuspect)
    {
        if (procedure.Diagnoses.Count > 0) return procedure.Diagnoses;
        var own = new List<Code>();
        foreach (var given in procedure.Givens) own.AddRange(given.Charted.Diagnoses);
        if (own.Count > 0) return own;
        var all = visit.Encounter.Diagnoses;
        own = all.FindAll(code => !visit.Givens.Exists(g => g.Charted.Diagnoses.Contains(code) || Pointing.Supports(g, code, visit.Date)));
        if (all.Count > 0 && (own.Count == 0 || isSuspect) && !own.Contains(all[0])) own.Add(all[0]);
        return own;
    }
}
