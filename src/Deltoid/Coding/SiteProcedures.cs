using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Injections that are procedures by where they go: joint, tendon, muscle, nerve, eye, lesion, implant (INJ-015 to INJ-032).</summary>
internal static class SiteProcedures
{
    public static void Bill(Case visit)
    {
        BillStructures(visit, Service.Joint, "joint");
        BillStructures(visit, Service.Tendon, "tendon");
        BillStructures(visit, Service.Nerve, "nerve");
        BillStructures(visit, Service.Epidural, "epidural");
        BillStructures(visit, Service.Toxin, "toxin");
        BillTriggerPoints(visit);
        BillEyes(visit);
        BillLesions(visit);
        BillAllergens(visit);
        foreach (var given in visit.Givens) BillSingle(visit, given);
    }

    /// <summary>A charted procedure says its side in its site, where the code takes one.</summary>
    public static void MarkCharted(Case visit, Draft draft, Place at)
    {
        if (draft.Modifiers.Has(Modifier.RT) || draft.Modifiers.Has(Modifier.LT) || draft.Modifiers.Has(Modifier.M50)) return;
        if (IsBilateral(visit, draft.Code) && draft.Where.Side != Side.None) Mark(visit, draft, at, draft.Where.Side);
    }

    static bool IsBilateral(Case visit, Code code) => visit.Book.TryFee(code, visit.Date, out var fee) && fee.Bilateral == 1;

    /// <summary>Whether a joint or eye injection was charted once for both sides.</summary>
    public static bool IsBothSides(Given given) => given.Service is Service.Joint or Service.Eye && given.Where.Side == Side.Both;

    /// <summary>RT, LT or 50 of an injection into the eye; none of any other.</summary>
    public static Modifier EyeSide(Given given) => given.Service == Service.Eye ? ModifierOf(given.Where.Side) : default;

    static Modifier ModifierOf(Side side) => side switch { Side.Right => Modifier.RT, Side.Left => Modifier.LT, Side.Both => Modifier.M50, _ => default };

    static void BillStructures(Case visit, Service service, string kind)
    {
        foreach (var given in visit.Givens)
        {
            if (given.Service != service) continue;
            given.Where = BodySite.Read(visit.Book, given.Words, kind);
            if (Charted(visit, given, kind) is { } procedure)
            {
                visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), Arg.Of(procedure.Code), value: Arg.Of(procedure.Code));
                Join(visit, given, procedure);
            }
            else if (given.Where.Structure is { } row && Code(visit, given, row) is { IsNone: false } code)
            {
                visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), Arg.Of(code), value: Arg.Of(code));
                AddStructure(visit, given, code);
                BillFluoroscopy(visit, given, row);
            }
            else
            {
                visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
                visit.Say(CodingFindings.TargetNotNamed, given.At(Field.Target));
            }
        }
    }

    /// <summary>The charted procedure into this structure: its code is one of the structure's, or of the kind where the words name none.</summary>
    static Draft? Charted(Case visit, Given given, string kind)
    {
        var fits = visit.Drafts.FindAll(d => d.Part == Part.Procedure && IsOfKind(visit, d.Code, kind) && (given.Where.Structure is not { } row || row.Has(d.Code)) && d.Where.Compare(given.Where) != Likeness.Different);
        return fits.Find(d => d.Where.Compare(given.Where) == Likeness.Same) ?? fits.Find(d => d.Givens.Count == 0);
    }

    static bool IsOfKind(Case visit, Code code, string kind)
    {
        foreach (var row in visit.Book.Sites) if (row.Kind == kind && row.Has(code)) return true;
        return false;
    }

    /// <summary>A charted procedure takes the drug in; a side that only the drug's entry names is its side.</summary>
    static void Join(Case visit, Given given, Draft procedure)
    {
        procedure.Givens.Add(given);
        if (IsBilateral(visit, procedure.Code)) MarkSide(visit, procedure, given, given.Where.Side);
    }

    /// <summary>The structure's code: with the guidance that it knows where that is charted, and the hospital's own where it has one.</summary>
    static Code Code(Case visit, Given given, SiteRow row)
    {
        var guidance = Guidance.Of(visit.Book, given);
        if (row.Guided.IsNone || guidance.By.Length == 0 || !Phrase.Lists(row.GuidedBy, guidance.By) || guidance.DeniesImage) return row.Code;
        visit.Ask(given, Questions.Guided, Answer.Yes, given.At(Field.Guidance));
        var code = visit.Institutional && visit.Profile.IsMedicare && !row.Facility.IsNone ? row.Facility : row.Guided;
        if (guidance.By == "ultrasound" && !guidance.HasImage) visit.Say(CodingFindings.ImageNotCharted, given.At(Field.Guidance), Arg.Of(code));
        return code;
    }

    /// <summary>Fluoroscopy beside a joint whose code does not hold it is 77002 (its listed parents: 20600, 20605, 20610).</summary>
    static void BillFluoroscopy(Case visit, Given given, SiteRow row)
    {
        if (Guidance.Of(visit.Book, given).By != "fluoroscopy" || Phrase.Lists(row.GuidedBy, "fluoroscopy")) return;
        if (visit.Book.AddOn(Known.Fluoroscopy, visit.Date) is not { } addOn || !Array.Exists(visit.Book.Parents(addOn).ToArray(), row.Has)) return;
        if (visit.Drafts.Exists(d => d.Code == Known.Fluoroscopy)) return;
        var draft = visit.Bill(given, Known.Fluoroscopy);
        if (visit.IsProfessionalInFacility) draft.Modifiers = draft.Modifiers.With(Modifier.M26);
        visit.Ask(draft, Questions.Fluoroscopy, Answer.Yes, given.At(Field.Guidance));
    }

    /// <summary>
    /// One unit for a joint (or nerve) however many punctures; both sides are 50 on one line; another structure is another line. What
    /// cannot be told apart is one, and is asked.
    /// </summary>
    static void AddStructure(Case visit, Given given, Code code)
    {
        var same = visit.Drafts.FindAll(d => d.Code == code);
        var line = same.Find(l => l.Where.Compare(given.Where) == Likeness.Same);
        if (line is null && same.Find(l => l.Where.Compare(given.Where) == Likeness.Unknown) is { } unknown)
        {
            line = unknown;
            visit.Say(CodingFindings.SameOrAnother, given.At(Field.Site), Arg.Of(code));
        }
        if (line is not null)
        {
            line.Givens.Add(given);
            return;
        }
        var bilateral = IsBilateral(visit, code);
        if (bilateral && same.Find(l => IsOtherSide(l.Where, given.Where)) is { } other)
        {
            other.Givens.Add(given);
            other.Where = other.Where with { Side = Side.Both };
            other.Modifiers = other.Modifiers.Without(Modifier.RT).Without(Modifier.LT).With(Modifier.M50);
            visit.Ask(other, Questions.Side, Answer.Yes, given.At(Field.Site), Arg.Of(Modifier.M50));
            return;
        }
        var draft = visit.Bill(given, code);
        if (same.Count > 0) MarkDistinct(visit, draft, given.At(Field.Site));
        if (bilateral) MarkSide(visit, draft, given, given.Where.Side);
    }

    static bool IsOtherSide(in BodySite one, in BodySite other) =>
        (one.Side, other.Side) is (Side.Right, Side.Left) or (Side.Left, Side.Right) && (one with { Side = other.Side }).Compare(other) == Likeness.Same;

    /// <summary>A second line of one code, for another structure or side.</summary>
    public static void MarkDistinct(Case visit, Draft draft, Place at)
    {
        var modifier = visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59 ? Modifier.M59 : Modifier.XS;
        draft.Modifiers = draft.Modifiers.With(modifier);
        visit.Ask(draft, Questions.OtherStructure, Answer.Yes, at, Arg.Of(modifier));
    }

    static void MarkSide(Case visit, Draft draft, Given given, Side side)
    {
        if (draft.Modifiers.Has(Modifier.RT) || draft.Modifiers.Has(Modifier.LT) || draft.Modifiers.Has(Modifier.M50)) return;
        if (side == Side.None) visit.Say(CodingFindings.SideNotCharted, given.At(Field.Site), Arg.Of(draft.Code));
        else Mark(visit, draft, given.At(Field.Site), side);
    }

    static void Mark(Case visit, Draft draft, Place at, Side side)
    {
        var modifier = ModifierOf(side);
        draft.Modifiers = draft.Modifiers.With(modifier);
        visit.Ask(draft, Questions.Side, Answer.Yes, at, Arg.Of(modifier));
    }

    /// <summary>20552 for one or two muscles, 20553 for three or more: once, whatever the number of punctures.</summary>
    static void BillTriggerPoints(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.TriggerPoint);
        if (all.Count == 0) return;
        var muscles = Muscles(visit, all);
        if (muscles == 0)
        {
            visit.Ask(all[0], Questions.Muscles, Answer.Unknown, all[0].At(Field.Muscles));
            visit.Say(CodingFindings.MusclesNotCharted, all[0].At(Field.Muscles));
            return;
        }
        visit.Ask(all[0], Questions.Muscles, Answer.Value, all[0].At(Field.Muscles), Arg.Count(muscles), value: Arg.Count(muscles));
        visit.Bill(all[0], muscles <= 2 ? Known.TriggerFew : Known.TriggerMany).Givens.AddRange(all.Skip(1));
    }

    /// <summary>The muscles charted as a count, or each named once with its side; 0 when an entry has neither.</summary>
    static int Muscles(Case visit, List<Given> all)
    {
        var named = new HashSet<(string, Side)>();
        var counted = 0;
        foreach (var given in all)
        {
            if (given.Charted.Muscles is { } count) { counted += count; continue; }
            var muscle = BodySite.Term(visit.Book, "muscle", given.Words);
            if (muscle.Length == 0 || all.Count == 1) return 0; // one entry may name one muscle of several
            named.Add((muscle, given.Where.Side));
        }
        return counted + named.Count;
    }

    static readonly SiteRow Eye = new([], "eye", default, default, "", default);

    static void BillEyes(Case visit)
    {
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.Eye) continue;
            var code = given.Charted.Route switch { Route.Subconjunctival => Known.Subconjunctival, Route.SubTenon => Known.SubTenon, Route.Retrobulbar => Known.Retrobulbar, _ => Known.Intravitreal };
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Route), Arg.Of(code), value: Arg.Of(code));
            given.Where = new(Eye, null, given.Where.Side, ("", "", ""));
            AddStructure(visit, given, code);
        }
    }

    /// <summary>By lesions, not punctures: up to seven, or eight and more; a chemotherapy agent has its own pair of codes.</summary>
    static void BillLesions(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Intralesional);
        if (all.Count == 0) return;
        if (all.TrueForAll(g => g.Charted.Lesions is null))
        {
            visit.Ask(all[0], Questions.Lesions, Answer.Unknown, all[0].At(Field.Lesions));
            visit.Say(CodingFindings.LesionsNotCharted, all[0].At(Field.Lesions));
            return;
        }
        var lesions = all.Sum(g => g.Charted.Lesions ?? 0);
        var chemo = all.Exists(g => g.Class == DrugClass.Antineoplastic);
        visit.Ask(all[0], Questions.Lesions, Answer.Value, all[0].At(Field.Lesions), Arg.Count(lesions), value: Arg.Count(lesions));
        var code = (chemo, lesions <= 7) switch { (true, true) => Known.LesionsChemoFew, (true, _) => Known.LesionsChemoMany, (_, true) => Known.LesionsFew, _ => Known.LesionsMany };
        visit.Bill(all[0], code).Givens.AddRange(all.Skip(1));
    }

    /// <summary>95115 for one injection, 95117 for two or more: once, with no drug line of its own.</summary>
    static void BillAllergens(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Allergen);
        if (all.Count == 0) return;
        visit.Bill(all[0], all.Count == 1 ? Known.AllergenOne : Known.AllergenMore).Givens.AddRange(all.Skip(1));
        foreach (var given in all) given.BillsDrug = false;
    }

    static void BillSingle(Case visit, Given given)
    {
        switch (given.Service)
        {
            case Service.OnBody: visit.Bill(given, Known.OnBody); break;
            case Service.Declotting: visit.Bill(given, Known.Declotting); break;
            case Service.Implant: visit.Bill(given, given.Words.Contains("pellet", StringComparison.Ordinal) || DrugName.Fold(given.Charted.Drug).Contains("pellet", StringComparison.Ordinal) ? Known.Pellets : Known.ImplantInsertion); break;
            case Service.SkinTest:
                visit.Bill(given, Known.TuberculinTest);
                given.BillsDrug = false;
                visit.Say(CodingFindings.TestReading, given.At(Field.None), Arg.Of(Known.TuberculinTest));
                break;
        }
    }
}
