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
            if (!IsOf(given, row.Drugs) || !IsFor(visit, given, row)) continue;
            var whole = row.Procedures == "*";
            var procedure = procedures.Find(p => !p.Givens.Contains(given) && Phrase.Covers(row.Procedures, p.Code) && (row.IsCertain || !IsOwn(visit, given, p, isSuspect: true)));
            if (procedure is null && !whole) continue;
            Take(visit, given, row, procedure?.Code ?? default);
            return;
        }
    }

    /// <summary>Whether the drug is one of the row's, by name, group or code.</summary>
    static bool IsOf(Given given, string[] drugs)
    {
        if (drugs.Length == 0) return true;
        var name = DrugName.Fold(given.Charted.Drug);
        foreach (var drug in drugs)
        {
            if (drug.StartsWith("group:", StringComparison.Ordinal)) { if (given.Drug?.Group == drug[6..]) return true; }
            else if (drug.StartsWith("code:", StringComparison.Ordinal)) { if (IsCoded(given, drug[5..])) return true; }
            else if (given.Drug is { } known ? known.Name == drug : Phrase.Match(name, drug) > 0) return true;
        }
        return false;
    }

    /// <summary>A charted code counts too where the book does not hold it: what kind of drug it is, its number says.</summary>
    static bool IsCoded(Given given, string codes) => Phrase.Covers(codes, given.Hcpcs.IsNone ? given.Charted.Hcpcs : given.Hcpcs);

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
    /// A charted reason of its own: a diagnosis that is not the procedure's, or an indication that names another condition. It is
    /// what makes an injection distinct; where on the body it was given is not.
    /// </summary>
    /// <param name="isSuspect">The drug is one that procedures often bring with them: then the first diagnosis counts as the procedure's.</param>
    public static bool IsOwn(Case visit, Given given, Draft procedure, bool isSuspect)
    {
        var diagnosis = OwnDiagnosis(visit, given, Of(visit, procedure, isSuspect));
        if (!diagnosis.IsNone)
        {
            visit.Ask(given, Questions.OwnDiagnosis, Answer.Yes, given.At(Field.Diagnoses), Case.Name(given), Arg.Diagnosis(diagnosis));
            return true;
        }
        if (given.Indication.Length == 0 || !HasIndication(visit, given, "own") || HasIndication(visit, given, "procedure")) return false;
        visit.Ask(given, Questions.OwnIndication, Answer.Yes, given.At(Field.Indication), Case.Name(given));
        return true;
    }

    static bool HasIndication(Case visit, Given given, string value) => BodySite.HasTerm(visit.Book, "indication", value, given.Indication);

    static Code OwnDiagnosis(Case visit, Given given, List<Code> theirs)
    {
        foreach (var code in given.Charted.Diagnoses)
            if (theirs.Contains(code) || IsOfProcedure(visit, code)) return default;
        if (given.Charted.Diagnoses.Count > 0) return given.Charted.Diagnoses[0];
        if (theirs.Exists(code => Pointing.Supports(given, code, visit.Date))) return default;
        return visit.Encounter.Diagnoses.Find(code => !theirs.Contains(code) && !IsOfProcedure(visit, code) && Pointing.Supports(given, code, visit.Date));
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

    /// <summary>Pain, nausea and aftercare are what a procedure brings with it, not a reason apart.</summary>
    static bool IsOfProcedure(Case visit, Code code)
    {
        foreach (var row in visit.Book.Terms)
            if (row.Kind == "diagnosis" && Array.Exists(row.Words, word => Pointing.Covers(word, code))) return true;
        return false;
    }
}
