using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Injections under the skin and into muscle: one code for each puncture, and what sets a second one apart (INJ-002,
/// INJ-061 to INJ-063, C-10).
/// </summary>
internal static class Injections
{
    public static void Bill(Case visit)
    {
        var punctures = Punctures(visit);
        for (var i = 0; i < punctures.Count; i++)
        {
            var lead = punctures[i][0];
            if (lead.Unsupervised && lead.AdministrationCode == Known.Injection)
            {
                BillNurseVisit(visit, lead);
                continue;
            }
            var earlier = EarlierWithCode(punctures, i);
            if (earlier.Count > 0 && visit.Profile.RepeatDistinct == RepeatStyle.Units
                && Draft(visit, lead.AdministrationCode) is { } line)
            {
                line.Units += Quantity.One;
                line.Givens.AddRange(punctures[i]);
                continue;
            }
            var draft = visit.Bill(lead, lead.AdministrationCode);
            foreach (var other in punctures[i].Skip(1)) draft.Givens.Add(other);
            if (earlier.Count > 0) Distinguish(visit, draft, lead, earlier);
            BillOtherSide(visit, draft, lead);
        }
    }

    /// <summary>
    /// Administrations that shared a needle: those of one syringe, and the parts of one divided dose where the payer
    /// counts it once.
    /// </summary>
    static List<List<Given>> Punctures(Case visit)
    {
        var punctures = new List<List<Given>>();
        foreach (var given in visit.Givens)
        {
            if (given.Service != Service.Injection) continue;
            var shared = punctures.Find(p => SharesSyringe(p[0], given));
            if (shared is not null) visit.Ask(given, Questions.OneSyringe, Answer.Yes, given.At(Field.Syringe));
            else if (given.Charted.SplitDose == true
                && punctures.Find(p => p[0].Charted.SplitDose == true && p[0].IsSameDrug(given)) is { } parts)
            {
                visit.Ask(given, Questions.SplitDose, Answer.Yes, given.At(Field.SplitDose));
                if (visit.Profile.SplitDose == SplitDoseStyle.OneUnit)
                {
                    shared = parts;
                    if (parts.Count == 1)
                        visit.Say(CodingFindings.SplitDose, given.At(Field.SplitDose), Case.Name(given),
                            Arg.Count(visit.Givens.Count(g => g.Charted.SplitDose == true && g.IsSameDrug(given))));
                }
            }
            if (shared is null) punctures.Add([given]);
            else if (shared[0].AdministrationCode == Known.Injection && given.AdministrationCode != Known.Injection)
                shared.Insert(0, given); // the more complex drug names the service
            else
                shared.Add(given);
        }
        return punctures;
    }

    /// <summary>
    /// Charted once for both sides: the two syringes of a kit of two drugs are two injections (INJ-061); one drug
    /// divided over both sides is one or two by the payer's rule (INJ-062).
    /// </summary>
    static void BillOtherSide(Case visit, Draft draft, Given given)
    {
        var isKit = given.Charted is { Container: ContainerKind.Kit, DoseOfOthers.Length: > 0 };
        if (given.Where.Side != Side.Both)
        {
            if (isKit) visit.Say(CodingFindings.SecondSiteNotCharted, given.At(Field.Site), Case.Name(given));
            return;
        }
        if (isKit) visit.Ask(draft, Questions.DifferentDrug, Answer.Yes, given.At(Field.Dose), Case.Name(given));
        else visit.Ask(given, Questions.SplitDose, Answer.Yes, given.At(Field.Site));
        if (!isKit && visit.Profile.SplitDose == SplitDoseStyle.OneUnit)
        {
            visit.Say(CodingFindings.SplitDose, given.At(Field.Site), Case.Name(given), Arg.Count(2));
            return;
        }
        if (visit.Profile.RepeatDistinct == RepeatStyle.Units)
        {
            draft.Units += Quantity.One;
            return;
        }
        Mark(visit, visit.Bill(given, given.AdministrationCode), given, visit.Profile.RepeatDistinct);
    }

    static bool SharesSyringe(Given one, Given other) =>
        one.Charted.Syringe.Length > 0
            && one.Charted.Syringe.Equals(other.Charted.Syringe, StringComparison.OrdinalIgnoreCase);

    static List<Given> EarlierWithCode(List<List<Given>> punctures, int index)
    {
        var earlier = new List<Given>();
        for (var i = 0; i < index; i++)
            if (punctures[i][0].AdministrationCode == punctures[index][0].AdministrationCode
                && !punctures[i][0].Unsupervised)
                earlier.Add(punctures[i][0]);
        return earlier;
    }

    static Draft? Draft(Case visit, Code code) => visit.Drafts.Find(d => d.Code == code);

    /// <summary>The modifier of a second line: only from a charted fact, in the style the payer takes.</summary>
    static void Distinguish(Case visit, Draft draft, Given given, List<Given> earlier)
    {
        if (!earlier.Exists(e => e.IsSameDrug(given)))
        {
            visit.Ask(draft, Questions.DifferentDrug, Answer.Yes, given.At(Field.Drug), Case.Name(given));
            Mark(visit, draft, given, visit.Profile.RepeatDistinct);
        }
        else if (IsRepeatedByOrder(given, earlier))
        {
            visit.Ask(draft, Questions.RepeatedByOrder, Answer.Yes, given.At(Field.Start), Case.Name(given));
            Mark(visit, draft, given, visit.Profile.RepeatSame);
        }
        else
        {
            visit.Ask(draft, Questions.Repeat, Answer.Unknown, given.At(Field.Site));
            visit.Say(CodingFindings.RepeatNotExplained, given.At(Field.None), Arg.Of(draft.Code));
        }
    }

    /// <summary>
    /// The same drug at another charted time, or by an order charted for this dose, and not as part of one dose.
    /// </summary>
    static bool IsRepeatedByOrder(Given given, List<Given> earlier)
    {
        if (given.Charted.SplitDose == true) return false;
        var same = earlier.FindAll(e => e.IsSameDrug(given));
        return (given.Charted.Start is { } start
            && same.TrueForAll(e => e.Charted.Start is { } before && before != start))
            || (given.Charted.Order is { } order
            && same.TrueForAll(e => e.Charted.Order is { } before && before != order));
    }

    static void Mark(Case visit, Draft draft, Given given, RepeatStyle style)
    {
        var modifier = style switch
        {
            RepeatStyle.M59 => Modifier.M59,
            RepeatStyle.M76 => Modifier.M76,
            _ => Modifier.XS
        };
        draft.Modifiers = draft.Modifiers.With(modifier);
        visit.Ask(draft, Questions.Repeat, Answer.Yes, given.At(Field.None), Arg.Of(modifier));
    }

    static void BillNurseVisit(Case visit, Given given)
    {
        visit.Say(CodingFindings.NurseVisitInstead, given.At(Field.None), Arg.Of(given.AdministrationCode));
        if (Draft(visit, Known.NurseVisit) is { } line)
            line.Givens.Add(given);
        else
            visit.Bill(given, Known.NurseVisit);
    }
}
