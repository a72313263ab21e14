using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Intravenous services: one initial service for each access, everything else sequential, concurrent or a further hour
/// (INJ-009 to INJ-012, INJ-050 to INJ-060). A practitioner's initial service is the primary reason for the visit; a
/// facility's follows the fixed order chemotherapy, therapy, hydration; infusion before push.
/// </summary>
internal static class Infusions
{
    public static void Bill(Case visit)
    {
        var runs = Runs(visit);
        if (runs.Count == 0) return;
        var first = true;
        foreach (var access in Accesses(visit, runs))
        {
            BillAccess(visit, access, second: !first);
            first = false;
        }
    }

    static List<Run> Runs(Case visit)
    {
        var runs = new List<Run>();
        // a drug names the bag, its fluid does not
        foreach (var given in visit.Givens.Where(g => g.Service == Service.Intravenous)
            .OrderBy(g => g.Class == DrugClass.Hydration))
        {
            if (runs.Find(r => SameBag(r.Lead, given)) is { } bag)
            {
                Mix(visit, bag, given);
                continue;
            }
            AskMinutes(visit, given);
            runs.Add(Run.Of(given));
        }
        foreach (var run in runs) run.FollowPastMidnight(runs);
        var merged = new List<Run>();
        foreach (var run in runs)
        {
            if (merged.Find(r => r.IsContinuedBy(run)) is { } again) again.Continue(run);
            else merged.Add(run);
        }
        merged.RemoveAll(r => r.Kind == Run.Sort.Hydration && !Fluids.HasOwnNeed(visit, r, merged));
        merged.Sort(static (x, y) => (x.From ?? int.MaxValue, x.Lead.Ordinal)
            .CompareTo((y.From ?? int.MaxValue, y.Lead.Ordinal)));
        return merged;
    }

    /// <summary>Drugs of one bag are one infusion; the fluid that carries a drug is not billed.</summary>
    static void Mix(Case visit, Run bag, Given given)
    {
        bag.Givens.Add(given);
        visit.Ask(given, Questions.OneSyringe, Answer.Yes, given.At(Field.Syringe));
        if (given.Class != DrugClass.Hydration || bag.Kind == Run.Sort.Hydration) return;
        given.BillsDrug = false;
        visit.Say(CodingFindings.Anesthetic, given.At(Field.Drug), Case.Name(given),
            Arg.Class((byte)DrugClass.Diluent));
    }

    static bool SameBag(Given one, Given other) =>
        one.Charted.Syringe.Length > 0
            && one.Charted.Syringe.Equals(other.Charted.Syringe, StringComparison.OrdinalIgnoreCase);

    static void AskMinutes(Case visit, Given given)
    {
        if (given.Minutes is null && given.Charted.Route != Route.IvPush)
        {
            visit.Ask(given, Questions.Minutes, Answer.Unknown, given.At(Field.Stop), Case.Name(given));
            visit.Say(CodingFindings.StopNotCharted, given.At(Field.Stop), Case.Name(given));
        }
        else if (given.Minutes is { } minutes)
            visit.Ask(given, Questions.Minutes, Answer.Value, given.At(Field.Minutes), Case.Name(given),
                Arg.Minutes(minutes), Arg.Minutes(minutes));
    }

    /// <summary>Runs by access: more than one only when the chart counts several and the sites differ.</summary>
    static List<List<Run>> Accesses(Case visit, List<Run> runs)
    {
        if (visit.Encounter.VascularAccesses is not > 1) return [runs];
        var accesses = new List<List<Run>>();
        foreach (var run in runs)
        {
            if (accesses.Find(a => IsOneAccess(a[0].Lead, run.Lead)) is { } access)
                access.Add(run);
            else
                accesses.Add([run]);
        }
        return accesses;
    }

    static bool IsOneAccess(Given one, Given other) =>
        one.Site == other.Site || one.Where.Compare(other.Where) == Likeness.Same;

    static void BillAccess(Case visit, List<Run> runs, bool second)
    {
        if (Initial(visit, runs) is not var (initial, question)) return; // only hydration that is too short
        var draft = BillInitial(visit, initial, runs);
        visit.Ask(draft, question, Answer.Value, initial.Lead.At(Field.Drug), Case.Name(initial.Lead));
        if (second)
        {
            draft.Modifiers = draft.Modifiers.With(visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59
                ? Modifier.M59
                : Modifier.XS);
            visit.Say(CodingFindings.SecondAccess, initial.Lead.At(Field.Site), Arg.Of(draft.Code));
        }
        var pushed = new List<Run> { initial };
        var infused = new List<Run>();
        if (!initial.IsPush) infused.Add(initial);
        foreach (var run in runs)
        {
            if (run == initial) continue;
            if (run.Kind == Run.Sort.Hydration) BillMoreHydration(visit, run, runs);
            else if (run.IsPush) BillPush(visit, run, pushed);
            else BillInfusion(visit, run, infused);
        }
    }

    /// <summary>The initial service and what decided it; null when nothing ran long enough to be one.</summary>
    static (Run Run, Question Why)? Initial(Case visit, List<Run> runs)
    {
        var able = runs.FindAll(r => r.Kind != Run.Sort.Hydration || Alone(r, runs) >= 31);
        foreach (var run in runs)
            if (!able.Contains(run)) TooShort(visit, run, Alone(run, runs));
        if (able.Count == 0) return null;
        if (able.Exists(r => !r.IsPump)) able.RemoveAll(r => r.IsPump);
        if (runs.Count == 1) return (runs[0], Questions.OnlyService);
        if (visit.Institutional) return (Best(able), Questions.Initial);
        var primary = visit.Encounter.Diagnoses.Count > 0 ? visit.Encounter.Diagnoses[0] : default;
        var others = able.FindAll(static r => r.Lead.Charted.Purpose != Purpose.Premedication);
        var reasons = others.FindAll(r => r.Lead.Charted.Diagnoses.Contains(primary));
        if (reasons.Count > 0) return (Best(reasons), Questions.PrimaryReason);
        return (Best(others.Count > 0 ? others : able), Questions.RankedFirst);
    }

    static Run Best(List<Run> runs)
    {
        var best = runs[0];
        foreach (var run in runs)
            if (run.Rank < best.Rank || (run.Rank == best.Rank && !run.IsPush && run.Minutes > best.Minutes))
                best = run;
        return best;
    }

    static Draft BillInitial(Case visit, Run run, List<Run> runs)
    {
        var (first, more) = (run.Kind, run.IsPush) switch
        {
            (Run.Sort.Chemo, true) => (Known.ChemoPushFirst, default),
            _ when run.IsPump => (Known.ChemoPumpStart, default),
            (Run.Sort.Chemo, _) => (Known.ChemoFirst, Known.ChemoMore),
            (Run.Sort.Therapy, true) => (Known.PushFirst, default),
            (Run.Sort.Therapy, _) => (Known.InfusionFirst, Known.InfusionMore),
            _ => (Known.HydrationFirst, Known.HydrationMore),
        };
        var draft = Line(visit, run, first);
        if (!more.IsNone) BillHours(visit, run, run.Kind == Run.Sort.Hydration ? Alone(run, runs) : run.Minutes, more);
        return draft;
    }

    /// <summary>A line for a run; an add-on of the same code counts up the line it has.</summary>
    static Draft Line(Case visit, Run run, Code code, long units = 1)
    {
        var draft = visit.Book.AddOn(code, visit.Date) is null
            ? null
            : visit.Drafts.Find(d => d.Code == code && d.Part == Part.Administration);
        if (draft is null)
        {
            draft = visit.Bill(run.Lead, code, units);
            foreach (var other in run.Givens)
                if (other != run.Lead) draft.Givens.Add(other);
            return draft;
        }
        if (code != Known.InfusionConcurrent)
            // 96368 is once for the encounter, whatever the number of drugs or the time
            draft.Units += Quantity.Of(units);
        draft.Givens.AddRange(run.Givens);
        return draft;
    }

    /// <summary>A further hour counts when it runs more than 30 minutes beyond the last (INJ-054).</summary>
    static void BillHours(Case visit, Run run, int minutes, Code code)
    {
        if (minutes < 91) return;
        var hours = (minutes - 31) / 60;
        var draft = Line(visit, run, code, hours);
        visit.Ask(draft, Questions.MoreHours, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(minutes),
            Arg.Count(hours), Arg.Count(hours));
    }

    static void BillPush(Case visit, Run run, List<Run> earlier)
    {
        var same = earlier.FindLast(e => e.Lead.IsSameDrug(run.Lead));
        if (same is null)
        {
            var draft = Line(visit, run, run.Kind == Run.Sort.Chemo ? Known.ChemoPushNew : Known.PushNew);
            visit.Ask(draft, Questions.Sequential, Answer.Yes, run.Lead.At(Field.Drug), Case.Name(run.Lead));
        }
        else if (visit.Institutional && run.Kind == Run.Sort.Therapy && run.From - same.From > 30)
            Line(visit, run, Known.PushAgain);
        else
            visit.Say(CodingFindings.PushNotAgain, run.Lead.At(Field.None), Case.Name(run.Lead));
        earlier.Add(run);
    }

    /// <summary>
    /// What ran beside another infusion is concurrent, once for the encounter; what is left of 16 minutes and more is
    /// sequential. Chemotherapy has no code for running beside chemotherapy: only what is left counts, or it is asked
    /// about (INJ-057).
    /// </summary>
    static void BillInfusion(Case visit, Run run, List<Run> earlier)
    {
        if (run.IsPump)
        {
            Line(visit, run, Known.ChemoPumpStart);
            return;
        }
        var more = run.Kind == Run.Sort.Chemo ? Known.ChemoMore : Known.InfusionMore;
        var beside = run.Beside(earlier.Where(e =>
            !e.Lead.IsSameDrug(run.Lead) && (run.Kind == Run.Sort.Therapy || e.Kind == Run.Sort.Chemo)));
        var left = run.Minutes - beside;
        var isAgain = earlier.Exists(e => e.Lead.IsSameDrug(run.Lead));
        earlier.Add(run);
        var isBeside = beside > 0 && (beside > 15 || left <= 15);
        if (isBeside) BillBeside(visit, run, beside, left);
        if (isBeside && left <= 15) return;
        if (isAgain)
        {
            BillAgain(visit, run, left, more);
            return;
        }
        var draft = Line(visit, run, run.Kind == Run.Sort.Chemo ? Known.ChemoSequential : Known.InfusionSequential);
        var (at, name) = (run.Lead.At(Field.Drug), Case.Name(run.Lead));
        if (isBeside) visit.Ask(draft, Questions.Remainder, Answer.Yes, at, name, Arg.Minutes(left));
        else visit.Ask(draft, Questions.Sequential, Answer.Yes, at, name);
        BillHours(visit, run, left, more);
    }

    /// <summary>
    /// The minutes beside other infusions: 96368 for a drug; chemotherapy beside chemotherapy has no code.
    /// </summary>
    static void BillBeside(Case visit, Run run, int beside, int left)
    {
        var (at, name) = (run.Lead.At(Field.Start), Case.Name(run.Lead));
        if (run.Kind == Run.Sort.Therapy)
            visit.Ask(Line(visit, run, Known.InfusionConcurrent), Questions.Concurrent, Answer.Yes, at, name,
                Arg.Minutes(beside));
        else if (left <= 15) visit.Say(CodingFindings.ChemoBesideChemo, at, name);
    }

    /// <summary>The same drug infused again later: further hours, from 31 minutes on (INJ-056).</summary>
    static void BillAgain(Case visit, Run run, int minutes, Code more)
    {
        if (minutes < 31)
        {
            visit.Say(CodingFindings.TooShortAgain, run.Lead.At(Field.Minutes), Case.Name(run.Lead),
                Arg.Minutes(minutes));
            return;
        }
        var hours = (minutes + 29) / 60;
        var draft = Line(visit, run, more, hours);
        visit.Ask(draft, Questions.MoreHours, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(minutes),
            Arg.Count(hours), Arg.Count(hours));
    }

    /// <summary>Hydration after another service: from 31 minutes on its own (INJ-055).</summary>
    static void BillMoreHydration(Case visit, Run run, List<Run> runs)
    {
        var alone = Alone(run, runs);
        visit.Ask(run.Lead, Questions.HydrationTime, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(alone),
            value: Arg.Minutes(alone));
        if (alone >= 31)
            // a shorter one was said when the initial service was sought
            Line(visit, run, Known.HydrationMore, (alone + 29) / 60);
    }

    /// <summary>Said only of charted minutes: without them the missing stop is said.</summary>
    static void TooShort(Case visit, Run run, int alone)
    {
        if (run.IsMinutesKnown)
            visit.Say(CodingFindings.HydrationTooShort, run.Lead.At(Field.Minutes), Arg.Minutes(alone));
    }

    /// <summary>
    /// Minutes of a hydration outside every other infusion; fluid that carries a drug is not hydration.
    /// </summary>
    static int Alone(Run run, List<Run> runs) =>
        Math.Max(0, run.Minutes - run.Beside(runs.Where(o => o != run && o.IsInfusion)));

    /// <summary>
    /// An infusion under the skin by pump: the first hour from 16 minutes, then further hours (INJ-013).
    /// </summary>
    public static void BillUnderSkin(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.ScInfusion);
        if (all.Count == 0) return;
        var pumped = Run.Of(all[0]);
        foreach (var given in all.Skip(1)) pumped.Continue(Run.Of(given));
        var minutes = pumped.Minutes;
        visit.Ask(all[0], Questions.Minutes, Answer.Value, all[0].At(Field.Minutes), Case.Name(all[0]),
            Arg.Minutes(minutes), Arg.Minutes(minutes));
        var draft = visit.Bill(all[0], Known.ScInfusionFirst);
        draft.Givens.AddRange(all.Skip(1));
        if (minutes >= 91) visit.Bill(all[0], Known.ScInfusionMore, (minutes - 31) / 60);
    }

    /// <summary>Into an artery: a push, or chemotherapy by push or infusion (INJ-010, INJ-039).</summary>
    public static void BillIntraArterial(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.IntraArterial) continue;
            var chemo = given.Class is DrugClass.Antineoplastic or DrugClass.Complex;
            if (!chemo)
            {
                visit.Bill(given, Known.IntraArterialPush);
                continue;
            }
            visit.Bill(given, given.Minutes is > 15 ? Known.IntraArterialChemoInfusion : Known.IntraArterialChemoPush);
            if (given.Minutes is { } minutes and >= 91)
                visit.Bill(given, Known.IntraArterialChemoHour, (minutes - 31) / 60);
        }
    }
}
