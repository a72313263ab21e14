using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>The procedures that the chart names by their codes, each with its place on the body as values.</summary>
internal static class ChartedProcedures
{
    public static void Add(Case visit)
    {
        for (var i = 0; i < visit.Encounter.Procedures.Count; i++)
        {
            var charted = visit.Encounter.Procedures[i];
            if (charted.Code.IsNone) continue; // said as not understood
            var where = Where(visit, charted.Code, charted.Site);
            var draft = new Draft(charted.Code, Part.Procedure, i) { Units = charted.Units, Where = where };
            foreach (var modifier in charted.Modifiers) draft.Modifiers = draft.Modifiers.With(modifier);
            if (draft.Where.Side == Side.None) draft.Where = draft.Where with { Side = SideOf(draft.Modifiers) };
            draft.Diagnoses.AddRange(charted.Diagnoses);
            SiteProcedures.MarkCharted(visit, draft, Place.Of(Part.Procedure, i, Field.Site));
            if (!IsOfStructures(visit, charted.Code) || !IsAgain(visit, draft)) visit.Drafts.Add(draft);
        }
    }

    static Side SideOf(Modifiers modifiers)
    {
        if (modifiers.Has(Modifier.M50)) return Side.Both;
        return modifiers.Has(Modifier.RT) ? Side.Right : modifiers.Has(Modifier.LT) ? Side.Left : Side.None;
    }

    /// <summary>
    /// Where it was done. A code that one structure alone has names that structure, whatever the site says of it.
    /// </summary>
    static BodySite Where(Case visit, Code code, string site)
    {
        var (only, rows) = (default(SiteRow), 0);
        foreach (var row in visit.Book.Sites)
            if (row.Has(code)) (only, rows) = (row, rows + 1);
        var where = BodySite.Read(visit.Book, DrugName.Fold(site), only?.Kind ?? BodySite.RegionKind);
        return rows == 1 && !IsOfMuscles(visit, code) ? where with { Structure = only } : where;
    }

    /// <summary>A trigger point code covers any muscle, though one joint without imaging has it too.</summary>
    static bool IsOfMuscles(Case visit, Code code) =>
        visit.Book.TryCode(code, visit.Date, out var row) && row.Groups.HasAny(Group.TriggerPoint);

    static bool IsOfStructures(Case visit, Code code)
    {
        foreach (var row in visit.Book.Sites)
            if (row.Has(code)) return true;
        return false;
    }

    /// <summary>
    /// The same code again: for the same structure it is one service; for another it is distinct; what cannot be known
    /// is one, and asked.
    /// </summary>
    static bool IsAgain(Case visit, Draft draft)
    {
        var earlier = visit.Drafts.FindAll(d => d.Part == Part.Procedure && d.Code == draft.Code);
        var at = Place.Of(Part.Procedure, draft.Ordinal, Field.Site);
        if (earlier.Exists(d => d.Where.Compare(draft.Where) == Likeness.Same))
        {
            visit.Say(CodingFindings.ChartedTwice, at, Arg.Of(draft.Code));
            return true;
        }
        if (earlier.Exists(d => d.Where.Compare(draft.Where) == Likeness.Unknown))
        {
            visit.Say(CodingFindings.SameOrAnother, at, Arg.Of(draft.Code));
            return true;
        }
        if (earlier.Exists(d => d.Modifiers == draft.Modifiers)) SiteProcedures.MarkDistinct(visit, draft, at);
        return false;
    }
}
