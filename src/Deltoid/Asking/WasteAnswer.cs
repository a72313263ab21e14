using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// What becomes of the rest of a container: the engine is asked with a single-dose container and with a multi-dose one
/// where the question does not say which it is, for the drug's name never says so.
/// </summary>
internal static class WasteAnswer
{
    /// <param name="from">Where the words of this drug begin, of several.</param>
    public static void Add(Inquiry asked, Administration given, ReplyDraft draft, int from = 0, int end = int.MaxValue)
    {
        var isMedicare = asked.Payer is PayerKind.Medicare or PayerKind.MedicareAdvantage;
        if (given.Dose.IsNone && asked.Has("waste-word") && !asked.Has("class:Vaccine"))
        {
            SayRules(draft);
            return;
        }
        if (given.Dose.IsNone
            || (!isMedicare && !asked.Has("modifier-word") && !asked.Has("waste-word") && !asked.Has("mod:JW") && !asked.Has("mod:JZ"))
            || asked.Has("class:Vaccine"))
            return;
        Amount Said(AmountRole role) => InUnitOf(given, asked.Amounts.FindAll(said => said.Role == role
            && said.At >= from && said.At < end) is [var first, ..] ? first : null);
        var (holds, discarded) = (Said(AmountRole.Container), Said(AmountRole.Discarded));
        if (!holds.IsNone && !holds.IsComparableTo(given.Dose)) holds = default; // its volume
        if (discarded.IsNone && holds.IsNone && asked.Has("used-all"))
            (holds, discarded) = (given.Dose, given.Dose with { Value = 0 });
        if (holds.IsNone && discarded.IsNone && !asked.Has("waste-word") && !asked.Has("modifier-word")) return;
        if (!holds.IsNone && !discarded.IsNone && discarded.Value > 0 && discarded.IsComparableTo(holds)
            && holds.Base != given.Dose.Base + discarded.Base)
        {
            draft.SayRule("INJ-102").SayRule("INJ-095").AskAgain("container-amount"); // the amounts do not add up
            return;
        }
        if (holds.IsNone && !discarded.IsNone && discarded.IsComparableTo(given.Dose)) holds = given.Dose + discarded;
        if (discarded.IsNone && !holds.IsNone && holds.IsComparableTo(given.Dose) && holds.Base >= given.Dose.Base)
            discarded = holds - given.Dose;
        (given.ContainerAmount, given.Discarded) = (holds, discarded);
        given.NothingDiscarded = !discarded.IsNone && discarded.Value == 0;
        State(asked, draft);
        if (asked.Container == ContainerKind.None) SayBoth(asked, given, draft);
        else Say(asked, given, asked.Container, "", draft);
        draft.CiteRule("INJ-095").CiteRule("INJ-096").SayRule("INJ-102");
    }

    static void State(Inquiry asked, ReplyDraft draft)
    {
        foreach (var amount in asked.Amounts) draft.FromQuestion(amount.Role.ToString(), amount.Text);
    }

    static Amount InUnitOf(Administration given, SaidAmount? said) => said is not { } amount ? default
        : amount.Amount.IsNone ? new(amount.Bare, given.Dose.Unit) : amount.Amount;

    static void SayRules(ReplyDraft draft) =>
        draft.SayRule("INJ-095").SayRule("INJ-096").SayRule("INJ-099").Ask("container").Ask("container-amount");

    static void SayBoth(Inquiry asked, Administration given, ReplyDraft draft)
    {
        if (given.ContainerAmount.IsNone)
        {
            SayRules(draft);
            return;
        }
        Say(asked, given, ContainerKind.SingleDose, "From a single-dose container: ", draft);
        draft.SayRule("INJ-099").Ask("container");
    }

    static void Say(Inquiry asked, Administration given, ContainerKind container, string lead, ReplyDraft draft)
    {
        given.Container = container;
        var payer = asked.Payer;
        // who asks for JW or JZ and names no payer asks about Medicare, whose modifiers they are
        if (payer == PayerKind.None && (asked.Has("mod:JW") || asked.Has("mod:JZ"))) asked.Payer = PayerKind.Medicare;
        var lines = Trial.Lines(Trial.Code(asked, given), drugs: true);
        asked.Payer = payer;
        if (lines.Count == 0) return;
        var texts = lines.ConvertAll(static line => Trial.Said(line));
        foreach (var (line, text) in lines.Zip(texts)) draft.Reckoned(line.Code.ToString(), "line", text);
        var no = asked.Has("mod:JW") && lines is [{ Modifiers: var own }] && own.Has(Modifier.Of("JZ")) ? "No line with JW: " : "";
        draft.Say(lead + no + string.Join(" and ", texts));
        if (container == ContainerKind.SingleDose && lines.Count == 1 && lines[0].Modifiers.Count == 0)
            draft.SayRule("INJ-095");
        if (container == ContainerKind.MultiDose) draft.SayRule("INJ-099");
    }
}
