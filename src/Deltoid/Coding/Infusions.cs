using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Intravenous services: one initial service for each access, everything else sequential, concurrent or a further hour
/// (INJ-009 to INJ-012, INJ-050 to INJ-060). A practitioner's initial service is the primary reason for the visit; a facility's
/// follows the fixed order chemotherapy, therapy, hydration; infusion before push.
/// </summary>
internal static class Infusions
{
    enum Kind : byte { Chemo, Therapy, Hydration }

    /// <summary>One bag or push: the drugs in it, how long it ran, and from when to when (minutes of the day, past 1440 after midnight).</summary>
    sealed class Run
    {
        public required Given Lead { get; init; }
        public List<Given> Givens { get; } = [];
        public Kind Kind { get; init; }
        public bool IsPush { get; init; }
        public int Minutes { get; set; }
        public int? From { get; init; }
        public int? Thru => From + Minutes;

        /// <summary>Chemotherapy that runs on by pump for more than eight hours: only its start is billed, by a code that is neither first nor further hour (INJ-039).</summary>
        public bool IsPump => Kind == Kind.Chemo && !IsPush && Minutes > 480;

        /// <summary>Facility order: chemotherapy infusion, chemotherapy push, therapeutic infusion, therapeutic push, hydration.</summary>
        public int Rank => Kind switch { Kind.Chemo => IsPush ? 2 : 1, Kind.Therapy => IsPush ? 5 : 4, _ => 7 };
    }

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
        foreach (var given in visit.Givens.Where(g => g.Service == Service.Intravenous).OrderBy(g => g.Class == DrugClass.Hydration)) // a drug names the bag, its fluid does not
        {
            if (runs.Find(r => SameBag(r.Lead, given)) is { } bag) { Mix(visit, bag, given); continue; }
            var run = NewRun(visit, given);
            if (!run.IsPush && runs.Find(r => !r.IsPush && r.Lead.IsSameDrug(given) && r.Kind != Kind.Hydration && r.Lead.Where.Compare(given.Where) != Likeness.Different && IsContinued(r, run)) is { } again) { again.Minutes += run.Minutes; again.Givens.Add(given); continue; }
            runs.Add(run);
        }
        runs.Sort(static (x, y) => (x.From ?? int.MaxValue, x.Lead.Ordinal).CompareTo((y.From ?? int.MaxValue, y.Lead.Ordinal)));
        return runs;
    }

    /// <summary>Drugs of one bag are one infusion; the fluid that carries a drug is not billed.</summary>
    static void Mix(Case visit, Run bag, Given given)
    {
        bag.Givens.Add(given);
        visit.Ask(given, Questions.OneSyringe, Answer.Yes, given.At(Field.Syringe));
        if (given.Class != DrugClass.Hydration || bag.Kind == Kind.Hydration) return;
        given.BillsDrug = false;
        visit.Say(CodingFindings.Anesthetic, given.At(Field.Drug), Case.Name(given), Arg.Class((byte)DrugClass.Diluent));
    }

    static bool SameBag(Given one, Given other) => one.Charted.Syringe.Length > 0 && one.Charted.Syringe.Equals(other.Charted.Syringe, StringComparison.OrdinalIgnoreCase);

    static Run NewRun(Case visit, Given given)
    {
        var charted = given.Charted;
        var kind = given.Class switch
        {
            DrugClass.Antineoplastic or DrugClass.HormonalAntineoplastic or DrugClass.Complex => Kind.Chemo,
            DrugClass.Hydration => Kind.Hydration,
            _ when charted.Purpose == Purpose.Hydration => Kind.Hydration,
            _ => Kind.Therapy,
        };
        if (given.Minutes is null && charted.Route != Route.IvPush)
        {
            visit.Ask(given, Questions.Minutes, Answer.Unknown, given.At(Field.Stop), Case.Name(given));
            visit.Say(CodingFindings.StopNotCharted, given.At(Field.Stop), Case.Name(given));
        }
        else if (given.Minutes is { } minutes) visit.Ask(given, Questions.Minutes, Answer.Value, given.At(Field.Minutes), Case.Name(given), Arg.Minutes(minutes), Arg.Minutes(minutes));
        var run = new Run
        {
            Lead = given, Kind = kind, Minutes = given.Minutes ?? 0, From = charted.Start is { } start ? (start.Hour * 60) + start.Minute : null,
            IsPush = kind != Kind.Hydration && (charted.Route == Route.IvPush || given.Minutes is null or <= 15),
        };
        run.Givens.Add(given);
        return run;
    }

    /// <summary>Runs by access: more than one only when the chart counts several and the sites differ.</summary>
    static List<List<Run>> Accesses(Case visit, List<Run> runs)
    {
        if (visit.Encounter.VascularAccesses is not > 1) return [runs];
        var accesses = new List<List<Run>>();
        foreach (var run in runs)
        {
            if (accesses.Find(a => IsOneAccess(a[0].Lead, run.Lead)) is { } access) access.Add(run); else accesses.Add([run]);
        }
        return accesses;
    }

    static bool IsOneAccess(Given one, Given other) => one.Site == other.Site || one.Where.Compare(other.Where) == Likeness.Same;

    static void BillAccess(Case visit, List<Run> runs, bool second)
    {
        var initial = Initial(visit, runs);
        if (initial is null) return; // only hydration that is too short
        var draft = BillInitial(visit, initial);
        if (second)
        {
            draft.Modifiers = draft.Modifiers.With(visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59 ? Modifier.M59 : Modifier.XS);
            visit.Say(CodingFindings.SecondAccess, initial.Lead.At(Field.Site), Arg.Of(draft.Code));
        }
        var pushed = new List<Run> { initial };
        var infused = new List<Run>();
        if (!initial.IsPush) infused.Add(initial);
        foreach (var run in runs)
        {
            if (run == initial) continue;
            if (run.Kind == Kind.Hydration) BillMoreHydration(visit, run, runs);
            else if (run.IsPush) BillPush(visit, run, pushed);
            else BillInfusion(visit, run, infused);
        }
    }

    static Run? Initial(Case visit, List<Run> runs)
    {
        var able = runs.FindAll(r => r.Kind != Kind.Hydration || Alone(r, runs) >= 31);
        foreach (var run in runs) if (!able.Contains(run)) TooShort(visit, run, Alone(run, runs));
        if (able.Count == 0) return null;
        if (able.Exists(r => !r.IsPump)) able.RemoveAll(r => r.IsPump);
        if (visit.Institutional)
        {
            var ranked = Best(able);
            visit.Ask(ranked.Lead, Questions.Initial, Answer.Value, ranked.Lead.At(Field.Drug), Case.Name(ranked.Lead));
            return ranked;
        }
        var primary = visit.Encounter.Diagnoses.Count > 0 ? visit.Encounter.Diagnoses[0] : default;
        var reasons = able.FindAll(r => r.Lead.Charted.Purpose != Purpose.Premedication && r.Lead.Charted.Diagnoses.Contains(primary));
        if (reasons.Count == 0) reasons = able.FindAll(r => r.Lead.Charted.Purpose != Purpose.Premedication);
        var chosen = Best(reasons.Count > 0 ? reasons : able);
        visit.Ask(chosen.Lead, Questions.PrimaryReason, Answer.Value, chosen.Lead.At(Field.Drug), Case.Name(chosen.Lead));
        return chosen;
    }

    static Run Best(List<Run> runs)
    {
        var best = runs[0];
        foreach (var run in runs) if (run.Rank < best.Rank || (run.Rank == best.Rank && !run.IsPush && run.Minutes > best.Minutes)) best = run;
        return best;
    }

    static Draft BillInitial(Case visit, Run run)
    {
        var (first, more) = (run.Kind, run.IsPush) switch
        {
            (Kind.Chemo, true) => (Known.ChemoPushFirst, default),
            _ when run.IsPump => (Known.ChemoPumpStart, default),
            (Kind.Chemo, _) => (Known.ChemoFirst, Known.ChemoMore),
            (Kind.Therapy, true) => (Known.PushFirst, default),
            (Kind.Therapy, _) => (Known.InfusionFirst, Known.InfusionMore),
            _ => (Known.HydrationFirst, Known.HydrationMore),
        };
        var draft = Line(visit, run, first);
        if (!more.IsNone) BillHours(visit, run, more);
        return draft;
    }

    /// <summary>A line for a run; an add-on of the same code counts up the line it has.</summary>
    static Draft Line(Case visit, Run run, Code code, long units = 1)
    {
        var draft = visit.Book.AddOn(code, visit.Date) is null ? null : visit.Drafts.Find(d => d.Code == code && d.Part == Part.Administration);
        if (draft is null)
        {
            draft = visit.Bill(run.Lead, code, units);
            foreach (var other in run.Givens) if (other != run.Lead) draft.Givens.Add(other);
            return draft;
        }
        if (code != Known.InfusionConcurrent) draft.Units += Quantity.Of(units); // 96368 is once for the encounter, whatever the number of drugs or the time
        draft.Givens.AddRange(run.Givens);
        return draft;
    }

    /// <summary>A further hour counts when it runs more than 30 minutes beyond the last (INJ-054).</summary>
    static void BillHours(Case visit, Run run, Code code)
    {
        var hours = Math.Max(0, (run.Minutes - 31) / 60);
        if (run.Minutes < 91) return;
        var draft = Line(visit, run, code, hours);
        visit.Ask(draft, Questions.MoreHours, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(run.Minutes), Arg.Count(hours), Arg.Count(hours));
    }

    static void BillPush(Case visit, Run run, List<Run> earlier)
    {
        var same = earlier.FindLast(e => e.Lead.IsSameDrug(run.Lead));
        if (same is null)
        {
            var draft = Line(visit, run, run.Kind == Kind.Chemo ? Known.ChemoPushNew : Known.PushNew);
            visit.Ask(draft, Questions.Sequential, Answer.Yes, run.Lead.At(Field.Drug), Case.Name(run.Lead));
        }
        else if (visit.Institutional && run.Kind == Kind.Therapy && run.From - same.From > 30) Line(visit, run, Known.PushAgain);
        else visit.Say(CodingFindings.PushNotAgain, run.Lead.At(Field.None), Case.Name(run.Lead));
        earlier.Add(run);
    }

    static void BillInfusion(Case visit, Run run, List<Run> earlier)
    {
        if (run.IsPump) { Line(visit, run, Known.ChemoPumpStart); return; }
        var beside = run.Kind == Kind.Therapy && earlier.Exists(e => Overlap(e, run) > 15);
        visit.Ask(run.Lead, Questions.Concurrent, beside ? Answer.Yes : Answer.No, run.Lead.At(Field.Start), Case.Name(run.Lead));
        earlier.Add(run);
        if (beside)
        {
            Line(visit, run, Known.InfusionConcurrent);
            return;
        }
        var more = run.Kind == Kind.Chemo ? Known.ChemoMore : Known.InfusionMore;
        if (earlier.Exists(e => e != run && e.Lead.IsSameDrug(run.Lead))) { BillAgain(visit, run, more); return; }
        var draft = Line(visit, run, run.Kind == Kind.Chemo ? Known.ChemoSequential : Known.InfusionSequential);
        visit.Ask(draft, Questions.Sequential, Answer.Yes, run.Lead.At(Field.Drug), Case.Name(run.Lead));
        BillHours(visit, run, more);
    }

    /// <summary>The same drug infused again later: further hours, from 31 minutes on (INJ-056).</summary>
    static void BillAgain(Case visit, Run run, Code more)
    {
        if (run.Minutes < 31) { visit.Say(CodingFindings.TooShortAgain, run.Lead.At(Field.Minutes), Case.Name(run.Lead), Arg.Minutes(run.Minutes)); return; }
        var draft = Line(visit, run, more, (run.Minutes + 29) / 60);
        visit.Ask(draft, Questions.MoreHours, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(run.Minutes), Arg.Of(draft.Units), Arg.Of(draft.Units));
    }

    /// <summary>Hydration after another service: from 31 minutes on its own (INJ-055).</summary>
    static void BillMoreHydration(Case visit, Run run, List<Run> runs)
    {
        var alone = Alone(run, runs);
        visit.Ask(run.Lead, Questions.HydrationTime, Answer.Value, run.Lead.At(Field.Minutes), Arg.Minutes(alone), value: Arg.Minutes(alone));
        if (alone >= 31) Line(visit, run, Known.HydrationMore, (alone + 29) / 60); // a shorter one was said when the initial service was sought
    }

    static void TooShort(Case visit, Run run, int alone) => visit.Say(CodingFindings.HydrationTooShort, run.Lead.At(Field.Minutes), Arg.Minutes(alone));

    /// <summary>Minutes of a hydration outside every other infusion; fluid that carries a drug is not hydration.</summary>
    static int Alone(Run run, List<Run> runs)
    {
        var minutes = run.Minutes;
        foreach (var other in runs) if (other != run && !other.IsPush && other.Kind != Kind.Hydration) minutes -= Overlap(other, run);
        return Math.Max(0, minutes);
    }

/// <summary>The next bag of one infusion: no times are charted to tell them apart, or hardly a pause between them.</summary>
    static bool IsContinued(Run one, Run next) => one.From is null || next.From is null || (next.From - one.Thru is >= 0 and <= 5);

    static int Overlap(Run one, Run other) =>
        one.From is { } a && other.From is { } b ? Math.Max(0, Math.Min(a + one.Minutes, b + other.Minutes) - Math.Max(a, b)) : 0;

    /// <summary>An infusion under the skin by pump: the first hour from 16 minutes, then further hours (INJ-013).</summary>
    public static void BillUnderSkin(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.ScInfusion);
        if (all.Count == 0) return;
        var minutes = all.Max(g => g.Minutes ?? 0);
        visit.Ask(all[0], Questions.Minutes, Answer.Value, all[0].At(Field.Minutes), Case.Name(all[0]), Arg.Minutes(minutes), Arg.Minutes(minutes));
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
            if (!chemo) { visit.Bill(given, Known.IntraArterialPush); continue; }
            visit.Bill(given, given.Minutes is > 15 ? Known.IntraArterialChemoInfusion : Known.IntraArterialChemoPush);
            if (given.Minutes is { } minutes and >= 91) visit.Bill(given, Known.IntraArterialChemoHour, (minutes - 31) / 60);
        }
    }
}
