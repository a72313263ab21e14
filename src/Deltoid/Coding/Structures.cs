using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Joints, tendons, nerves and the spinal canal: the structure that the words name, with the guidance that is
/// charted.
/// </summary>
internal static class Structures
{
    public const string Epidural = "epidural";

    public static void Bill(Case visit, Service service, string kind)
    {
        foreach (var given in SiteProcedures.SidesFirst(visit))
        {
            if (given.Service != service) continue;
            given.Where = Where(visit, given, kind);
            if (Charted(visit, given, kind) is { } procedure) Join(visit, given, procedure);
            else if (given.Where.Structure is { } row) BillRow(visit, given, row);
            else
            {
                visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
                visit.Say(CodingFindings.TargetNotNamed, given.At(Field.Target));
            }
        }
    }

    /// <summary>A level of the spine names its region; a catheter into the spinal canal has its own codes.</summary>
    static BodySite Where(Case visit, Given given, string kind)
    {
        if (kind != Epidural) return BodySite.Read(visit.Book, given.Words, kind);
        var isCatheter = BodySite.HasTerm(visit.Book, "spine", "catheter", given.Words);
        var words = given.Words + " " + SpinalLevels.RegionIn(given.Charted.Target + " " + given.Charted.Site);
        return BodySite.Read(visit.Book, words, isCatheter ? "epidural-catheter" : kind);
    }

    /// <summary>
    /// The charted procedure into this structure: its code is one of the structure's, or of the kind where the words
    /// name none.
    /// </summary>
    static Draft? Charted(Case visit, Given given, string kind)
    {
        var row = given.Where.Structure;
        var fits = visit.Drafts.FindAll(d => d.Part == Part.Procedure && IsOfKind(visit, d.Code, kind));
        fits.RemoveAll(d =>
            (row is not null && !row.Has(d.Code)) || d.Where.Compare(given.Where) == Likeness.Different);
        return fits.Find(d => d.Where.Compare(given.Where) == Likeness.Same) ?? fits.Find(d => d.Givens.Count == 0);
    }

    static bool IsOfKind(Case visit, Code code, string kind)
    {
        foreach (var row in visit.Book.Sites)
            if (row.Kind == kind && row.Has(code)) return true;
        return false;
    }

    /// <summary>A charted procedure takes the drug in; a place that only the drug's entry names is its place.</summary>
    static void Join(Case visit, Given given, Draft procedure)
    {
        var code = Arg.Of(procedure.Code);
        visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), code, value: code);
        procedure.Givens.Add(given);
        procedure.Where = procedure.Where.Completed(given.Where);
        SiteProcedures.MarkSide(visit, procedure, given, given.Where.Side);
    }

    static void BillRow(Case visit, Given given, SiteRow row)
    {
        var code = CodeOf(visit, given, row);
        visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), Arg.Of(code), value: Arg.Of(code));
        SiteProcedures.AddStructure(visit, given, code);
        BillFluoroscopy(visit, given, row);
    }

    /// <summary>
    /// The structure's code: with the guidance that it knows where that is charted, and the hospital's own where it
    /// has one.
    /// </summary>
    static Code CodeOf(Case visit, Given given, SiteRow row)
    {
        var guidance = Guidance.Of(visit.Book, given);
        if (row.Guided.IsNone || guidance.DeniesImage || !Phrase.Lists(row.GuidedBy, guidance.By)) return row.Code;
        visit.Ask(given, Questions.Guided, Answer.Yes, given.At(Field.Guidance));
        var code = visit.Institutional && visit.Profile.IsMedicare && !row.Facility.IsNone ? row.Facility : row.Guided;
        if (guidance is { By: "ultrasound", HasImage: false })
            visit.Say(CodingFindings.ImageNotCharted, given.At(Field.Guidance), Arg.Of(code));
        return code;
    }

    /// <summary>
    /// Fluoroscopy beside a joint whose code does not hold it is 77002 (its listed parents: 20600, 20605, 20610).
    /// </summary>
    static void BillFluoroscopy(Case visit, Given given, SiteRow row)
    {
        if (Guidance.Of(visit.Book, given).By != "fluoroscopy" || Phrase.Lists(row.GuidedBy, "fluoroscopy")) return;
        if (visit.Book.AddOn(Known.Fluoroscopy, visit.Date) is not { } addOn) return;
        if (!Array.Exists(visit.Book.Parents(addOn).ToArray(), row.Has)) return;
        if (visit.Drafts.Exists(d => d.Code == Known.Fluoroscopy)) return;
        var draft = visit.Bill(given, Known.Fluoroscopy);
        if (visit.IsProfessionalInFacility) draft.Modifiers = draft.Modifiers.With(Modifier.M26);
        visit.Ask(draft, Questions.Fluoroscopy, Answer.Yes, given.At(Field.Guidance));
    }
}
