using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// NCCI pairs among the procedures of the day: the column-two line is distinct by a charted fact, or it is said
/// (INJ-060, INJ-086, INJ-161).
/// </summary>
internal static class Pairs
{
    public static (Code One, Code Two, int Indicator)? Find(Case visit, Code a, Code b)
    {
        if (visit.Book.TryPair(a, b, visit.Date, visit.Institutional, out var row)) return (a, b, row.Indicator);
        return visit.Book.TryPair(b, a, visit.Date, visit.Institutional, out row) ? (b, a, row.Indicator) : null;
    }

    public static void Separate(Case visit)
    {
        if (!visit.Profile.FollowsNcci) return;
        var lines = visit.Drafts.FindAll(d => !d.IsDrug && !d.IsVisit && !d.LeftOff);
        // a day has few codes, however many lines
        var known = new Dictionary<(Code, Code), (Code One, Code Two, int Indicator)?>();
        for (var i = 0; i < lines.Count; i++)
            for (var j = i + 1; j < lines.Count; j++)
            {
                var (a, b) = (lines[i], lines[j]);
                if (a.Code == b.Code || a.LeftOff || b.LeftOff) continue;
                var codes = (a.Code, b.Code);
                if (!known.TryGetValue(codes, out var pair)) known[codes] = pair = Find(visit, a.Code, b.Code);
                if (pair is not { } found) continue;
                var (one, two) = found.One == a.Code ? (a, b) : (b, a);
                Settle(visit, one, two, found.Indicator);
            }
    }

    static void Settle(Case visit, Draft one, Draft two, int indicator)
    {
        var at = Place.Of(two.Part, two.Ordinal, Field.None);
        visit.Ask(two, Questions.Pair, Answer.Yes, at, Arg.Of(one.Code), Arg.Of(two.Code));
        if (indicator == 0)
        {
            visit.Say(CodingFindings.PairNotAllowed, at, Arg.Of(two.Code), Arg.Of(one.Code));
            two.LeftOff = true;
            return;
        }
        if (!two.Modifiers.Distinct.IsNone) return;
        if (!IsDistinct(visit, one, two))
        {
            visit.Say(CodingFindings.PairNotExplained, at, Arg.Of(two.Code), Arg.Of(one.Code));
            return;
        }
        var isBesideProcedure = IsDrugService(visit, two) && !IsDrugService(visit, one);
        MarkDistinct(visit, two, at, isBesideProcedure ? Modifier.XU : Modifier.XS);
    }

    /// <summary>59, or the X modifier that says more; in the style the payer takes.</summary>
    static void MarkDistinct(Case visit, Draft two, Place at, Modifier precise)
    {
        var modifier = visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59 ? Modifier.M59 : precise;
        two.Modifiers = two.Modifiers.With(modifier);
        visit.Ask(two, Questions.Repeat, Answer.Yes, at, Arg.Of(modifier));
    }

    /// <summary>
    /// Two drug services: another drug. A drug beside a procedure: a reason of its own. Two procedures: another
    /// structure or side. Lines for one and the same administration never are distinct.
    /// </summary>
    static bool IsDistinct(Case visit, Draft one, Draft two)
    {
        foreach (var given in two.Givens)
            if (one.Givens.Contains(given)) return false;
        if (IsOf(visit, two, Group.Visit)) return false; // a visit takes 25, or nothing
        return (IsDrugService(visit, one), IsDrugService(visit, two)) switch
        {
            (true, true) => IsOtherDrug(visit, one, two),
            (false, true) => HasOwnReason(visit, two, one, two),
            (true, false) => HasOwnReason(visit, one, two, two),
            _ => IsOtherStructure(visit, one, two),
        };
    }

    static bool HasOwnReason(Case visit, Draft drug, Draft procedure, Draft line) =>
        drug.Givens.Count > 0 && drug.Givens.TrueForAll(given => PartOfProcedure.Tells(visit, given, procedure, line));

    /// <summary>
    /// A service that gives a drug, wherever on the body: an injection, an infusion, a vaccine, an allergen, a skin
    /// test.
    /// </summary>
    public static bool IsDrugService(Case visit, Draft draft) => IsOf(visit, draft, DrugServices);

    static bool IsOf(Case visit, Draft draft, CodeGroups groups) =>
        visit.Book.TryCode(draft.Code, visit.Date, out var row) && row.Groups.HasAny(groups);

    static readonly CodeGroups DrugServices = Group.DrugAdministration | Group.VaccineAdministration
        | Group.MedicareVaccineAdministration | Group.AllergenInjection | Group.SkinTest | Group.PrepAdministration;

    static bool IsOtherDrug(Case visit, Draft one, Draft two)
    {
        if (one.Givens.Count == 0 || two.Givens.Count == 0) return false;
        if (two.Givens.Exists(t => one.Givens.Exists(o => o.IsSameDrug(t)))) return false;
        var at = Place.Of(two.Part, two.Ordinal, Field.Drug);
        visit.Ask(two, Questions.DifferentDrug, Answer.Yes, at, Case.Name(two.Givens[0]));
        return true;
    }

    static bool IsOtherStructure(Case visit, Draft one, Draft two)
    {
        if (one.Where.Compare(two.Where) != Likeness.Different) return false;
        visit.Ask(two, Questions.OtherStructure, Answer.Yes, Place.Of(two.Part, two.Ordinal, Field.Site));
        return true;
    }
}
