using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Routes whose injection has a code of its own, by drug, words and diagnosis (<c>routes.tsv</c>): bladder, spinal
/// canal, chest, implants …
/// </summary>
internal static class OwnRoutes
{
    /// <summary>The service of this route; null when the route has no row that fits, and other rules decide.</summary>
    public static Service? Choose(Case visit, Given given, Route route)
    {
        if (Find(visit, given, route) is not { } row) return null;
        var at = given.At(Field.Route);
        if (row.Code.IsNone)
        {
            given.BillsAdministration = false;
            visit.Ask(given, Questions.Target, Answer.Unknown, at);
            visit.Say(CodingFindings.RouteServiceOpen, at, Case.Name(given), Arg.Of(given.Charted.Route));
            return Service.None;
        }
        given.AdministrationCode = row.Code;
        var (name, charted, code) = (Case.Name(given), Arg.Of(given.Charted.Route), Arg.Of(row.Code));
        visit.Ask(given, Questions.OwnRoute, Answer.Value, at, name, charted, code);
        var isInjection = row.Code == Known.Injection || row.Code == Known.HormonalInjection;
        return isInjection ? Service.Injection : Service.OwnRoute;
    }

    public static void Bill(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.OwnRoute) continue;
            Line(visit, given);
            if (Row(visit, given.AdministrationCode) is { Holds.Length: > 0 } row) LeaveOff(visit, row);
        }
    }

    /// <summary>
    /// The charted procedure of this route, or a line that the same service has already, or a new one.
    /// </summary>
    static void Line(Case visit, Given given)
    {
        var code = given.AdministrationCode;
        var free = visit.Drafts.FindAll(d => d.Part == Part.Procedure && d.Givens.Count == 0);
        var line = free.Find(d => IsOfRoute(visit, d.Code, code))
            ?? visit.Drafts.Find(d => d.Code == code && !d.IsDrug);
        if (line is null) visit.Bill(given, code);
        else line.Givens.Add(given);
    }

    /// <summary>
    /// Whether both codes are of one route: the chart may name another of them (11983 where 11981 would be chosen).
    /// </summary>
    static bool IsOfRoute(Case visit, Code charted, Code chosen)
    {
        if (charted == chosen) return true;
        if (Row(visit, charted) is not { } one || Row(visit, chosen) is not { } other) return false;
        return Array.Exists(one.Routes, route => Array.IndexOf(other.Routes, route) >= 0);
    }

    static OwnRouteRow? Row(Case visit, Code code)
    {
        foreach (var row in visit.Book.OwnRoutes)
            if (row.Code == code) return row;
        return null;
    }

    static void LeaveOff(Case visit, OwnRouteRow row)
    {
        foreach (var draft in visit.Drafts)
        {
            if (draft.Part != Part.Procedure || draft.LeftOff || !Phrase.Covers(row.Holds, draft.Code)) continue;
            draft.LeftOff = true;
            var at = Place.Of(Part.Procedure, draft.Ordinal, Field.Code);
            visit.Say(CodingFindings.InsideProcedure, at, Arg.Of(draft.Code), Arg.Of(row.Code));
        }
    }

    static OwnRouteRow? Find(Case visit, Given given, Route route)
    {
        var words = DrugName.Fold(given.Charted.Drug) + " " + given.Words + " " + given.Indication;
        foreach (var row in visit.Book.OwnRoutes)
        {
            if (Array.IndexOf(row.Routes, route) < 0 || !Drugs.IsOf(given, row.Drugs)) continue;
            if (IsSaid(visit, given, row, words)) return row;
        }
        return null;
    }

    static bool IsSaid(Case visit, Given given, OwnRouteRow row, string words)
    {
        if (row.Words.Length == 0 && row.Diagnoses.Length == 0) return true;
        return Phrase.Match(words, row.Words) > 0 || HasDiagnosis(visit, given, row.Diagnoses);
    }

    /// <summary>
    /// Whether a diagnosis of the injection, else of the visit, begins as one of a list; <c>neoplasm</c> is any
    /// cancer.
    /// </summary>
    public static bool HasDiagnosis(Case visit, Given given, string list)
    {
        var all = given.Charted.Diagnoses.Count > 0 ? given.Charted.Diagnoses : visit.Encounter.Diagnoses;
        foreach (var prefix in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var has = prefix == "neoplasm"
                ? visit.HasNeoplasm(given)
                : all.Exists(code => Pointing.Covers(prefix, code));
            if (has) return true;
        }
        return false;
    }
}
