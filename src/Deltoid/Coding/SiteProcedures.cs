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
        if (!visit.Book.TryFee(draft.Code, visit.Date, out var fee) || fee.Bilateral != 1) return;
        if (SideOf(draft.Site) is var side and not Side.None) Mark(visit, draft, at, side);
    }

    enum Side : byte { None, Right, Left, Both }

    static Side SideOf(string site)
    {
        var (right, left, both) = (false, false, false);
        foreach (var part in site.AsSpan().Split(' '))
        {
            switch (site.AsSpan()[part])
            {
                case "right" or "rt" or "r" or "od": right = true; break;
                case "left" or "lt" or "l" or "os": left = true; break;
                case "bilateral" or "both" or "bilat" or "ou" or "bil": both = true; break;
            }
        }
        return both || (right && left) ? Side.Both : right ? Side.Right : left ? Side.Left : Side.None;
    }

    /// <summary>Whether a joint or eye injection was charted once for both sides.</summary>
    public static bool IsBothSides(Given given) => given.Service is Service.Joint or Service.Eye && SideOf(Where(given)) == Side.Both;

    /// <summary>RT, LT or 50 of an injection into the eye; none of any other.</summary>
    public static Modifier EyeSide(Given given) => given.Service == Service.Eye ? ModifierOf(SideOf(Where(given))) : default;

    static Modifier ModifierOf(Side side) => side switch { Side.Right => Modifier.RT, Side.Left => Modifier.LT, Side.Both => Modifier.M50, _ => default };

    static string Where(Given given) => DrugName.Fold(given.Charted.Target + " " + given.Charted.Site);

    /// <summary>The structure whose words are the longest match in the charted site.</summary>
    static SiteRow? Find(Case visit, string kind, string text)
    {
        SiteRow? best = null;
        var length = 0;
        foreach (var row in visit.Book.Sites)
        {
            if (row.Kind != kind) continue;
            foreach (var part in row.Words.AsSpan().Split('|'))
            {
                var word = row.Words.AsSpan()[part];
                if (word.Length > length && text.AsSpan().Contains(word, StringComparison.Ordinal)) (best, length) = (row, word.Length);
            }
        }
        return best;
    }

    static void BillStructures(Case visit, Service service, string kind)
    {
        var lines = new List<(string Structure, Side Side, Draft Draft)>();
        foreach (var given in visit.Givens)
        {
            if (given.Service != service) continue;
            var where = Where(given);
            if (Find(visit, kind, where) is not { } row)
            {
                visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
                visit.Say(CodingFindings.TargetNotNamed, given.At(Field.Target));
                continue;
            }
            var code = Guided(visit, given, row);
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), Arg.Of(code), value: Arg.Of(code));
            AddStructure(visit, given, code, row.Words, SideOf(where), lines);
        }
    }

    static Code Guided(Case visit, Given given, SiteRow row)
    {
        var image = given.Charted.Guidance.Contains("ultraso", StringComparison.OrdinalIgnoreCase) || (row.Kind == "epidural" && given.Charted.Guidance.Length > 0 && !given.Charted.Guidance.Contains("no", StringComparison.OrdinalIgnoreCase));
        if (row.WithUltrasound.IsNone || (!image && visit.Charted(given, row.WithUltrasound) is null)) return row.Code;
        visit.Ask(given, Questions.Guided, Answer.Yes, given.At(Field.Guidance));
        return row.WithUltrasound;
    }

    /// <summary>One unit for a joint (or nerve) however many punctures; both sides are 50 on one line; another structure is another line.</summary>
    static void AddStructure(Case visit, Given given, Code code, string structure, Side side, List<(string Structure, Side Side, Draft Draft)> lines)
    {
        var index = lines.FindIndex(l => l.Structure == structure && l.Draft.Code == code);
        var bilateral = visit.Book.TryFee(code, visit.Date, out var fee) && fee.Bilateral == 1;
        if (index >= 0 && (lines[index].Side == side || side == Side.None || !bilateral)) { lines[index].Draft.Givens.Add(given); return; }
        if (index >= 0 && lines[index].Side is not (Side.Both or Side.None))
        {
            lines[index].Draft.Givens.Add(given);
            lines[index].Draft.Modifiers = lines[index].Draft.Modifiers.Without(Modifier.RT).Without(Modifier.LT).With(Modifier.M50);
            lines[index] = (structure, Side.Both, lines[index].Draft);
            visit.Ask(lines[index].Draft, Questions.Side, Answer.Yes, given.At(Field.Site), Arg.Of(Modifier.M50));
            return;
        }
        var draft = visit.Bill(given, code);
        if (lines.Exists(l => l.Draft.Code == code)) draft.Modifiers = draft.Modifiers.With(visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59 ? Modifier.M59 : Modifier.XS);
        if (bilateral) MarkSide(visit, draft, given, side);
        lines.Add((structure, side, draft));
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
        var muscles = 0;
        var named = new HashSet<string>();
        foreach (var given in all)
        {
            if (given.Charted.Muscles is { } count) muscles += count;
            else if (given.Site.Length > 0 && given.Charted.Muscles is null && all.Count > 1 && named.Add(given.Site)) muscles++;
        }
        if (muscles == 0)
        {
            visit.Ask(all[0], Questions.Muscles, Answer.Unknown, all[0].At(Field.Muscles));
            visit.Say(CodingFindings.MusclesNotCharted, all[0].At(Field.Muscles));
            return;
        }
        visit.Ask(all[0], Questions.Muscles, Answer.Value, all[0].At(Field.Muscles), Arg.Count(muscles), value: Arg.Count(muscles));
        visit.Bill(all[0], muscles <= 2 ? Known.TriggerFew : Known.TriggerMany).Givens.AddRange(all.Skip(1));
    }

    static void BillEyes(Case visit)
    {
        var lines = new List<(string, Side, Draft)>();
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.Eye) continue;
            var code = given.Charted.Route switch { Route.Subconjunctival => Known.Subconjunctival, Route.SubTenon => Known.SubTenon, Route.Retrobulbar => Known.Retrobulbar, _ => Known.Intravitreal };
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Route), Arg.Of(code), value: Arg.Of(code));
            AddStructure(visit, given, code, "eye", SideOf(Where(given)), lines);
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
            case Service.Implant: visit.Bill(given, Where(given).Contains("pellet", StringComparison.Ordinal) || DrugName.Fold(given.Charted.Drug).Contains("pellet", StringComparison.Ordinal) ? Known.Pellets : Known.ImplantInsertion); break;
            case Service.SkinTest:
                visit.Bill(given, Known.TuberculinTest);
                given.BillsDrug = false;
                visit.Say(CodingFindings.TestReading, given.At(Field.None), Arg.Of(Known.TuberculinTest));
                break;
        }
    }
}
