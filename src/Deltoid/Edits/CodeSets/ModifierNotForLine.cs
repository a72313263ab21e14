using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// A modifier on a line of the wrong kind. One row a modifier: what it is for decides; the fee schedule's indicators
/// settle 26, TC, 50 and 51.
/// </summary>
internal sealed class ModifierNotForLine : Edit
{
    static readonly Prediction[] Denials = [new("CO-4", "N519")];

    static readonly Citation AppendixA = Cited.Cpt("Appendix A");

    static readonly FindingInfo
        Visit = Row("BND0030", "modifier-not-for-line", Severity.Error, AppendixA,
            "modifier {0} belongs on a visit, not on {1}", "INJ-075 C-28"),
        Drug = Row("BND0031", "drug-modifier-on-service", Severity.Error, Cited.Hcpcs("modifiers"),
            "modifier {0} belongs on a drug line, not on {1}", "INJ-153"),
        Component = Row("BND0032", "component-modifier-on-service", Severity.Error,
            Cited.FeeSchedule("PC/TC indicator"),
            "{1} has no professional and technical parts for modifier {0} to name", "INJ-144"),
        Bilateral = Row("BND0033", "bilateral-modifier-not-allowed", Severity.Error,
            Cited.FeeSchedule("bilateral indicator"),
            "modifier {0} does not apply to {1}: its bilateral indicator says no", "INJ-143 INJ-018 INJ-022"),
        Side = Row("BND0034", "side-modifier-on-injection", Severity.Warning, AppendixA,
            "modifier {0} says nothing on {1}; the site belongs in the record", "INJ-143"),
        Multiple = Row("BND0035", "multiple-modifier-not-needed", Severity.Info,
            Cited.FeeSchedule("multiple-procedure indicator"),
            "modifier {0} is not needed on {1}, which is not reduced", "INJ-145"),
        Assistant = Row("BND0036", "assistant-modifier-on-injection", Severity.Error, Cited.Hcpcs("modifiers"),
            "modifier {0} is for assistance at surgery, not for {1}", "INJ-151"),
        Telehealth = Row("BND0037", "telehealth-modifier-on-injection", Severity.Error, AppendixA,
            "modifier {0} does not go with {1}: nothing is injected from afar", "INJ-152 INJ-084"),
        Reduced = Row("BND0038", "reduced-injection", Severity.Warning, AppendixA,
            "modifier {0} on {1} is rare: the record must show an injection that was begun", "INJ-142 C-33"),
        Teaching = Row("BND0039", "teaching-modifier-on-injection", Severity.Warning, Cited.Claims("ch. 12, §100"),
            "modifier {0} on {1}, which staff usually gives: it belongs there only if a resident did", "INJ-146 C-32");

    static FindingInfo Row(string id, string name, Severity severity, Citation citation, string message,
        string rules) => new()
    {
        Id = id, Name = name, Severity = severity, Outcome = severity == Severity.Info ? Outcome.None : Outcome.Denial,
        Snip = 5, Citation = citation,
        Message = message,
        Rules = rules, Fix = Remedy.Chart("Remove {0} from line {line}, or put it where it belongs"),
        Predicts = severity == Severity.Info ? null : Denials,
    };

    public override FindingInfo Info => Visit;

    public override IReadOnlyList<FindingInfo> Infos { get; } =
        [Visit, Drug, Component, Bilateral, Side, Multiple, Assistant, Telehealth, Reduced, Teaching];

    static readonly CodeGroups Products = Group.DrugCode | Group.VaccineProduct;

    /// <summary>All that <see cref="KindFor"/> names; most claims have none of them on a line.</summary>
    static readonly ulong Judged = Modifiers.Of(Modifier.M25, Modifier.M24, Modifier.M57, Modifier.AS).Bits
        | Modifiers.Of(Modifier.JW, Modifier.JZ, Modifier.JA, Modifier.JB).Bits
        | Modifiers.Of(Modifier.TB, Modifier.JG, Modifier.M95, Modifier.M93).Bits
        | Modifiers.Of(Modifier.M52, Modifier.M53, Modifier.GC, Modifier.GE).Bits
        | Modifiers.Of(Modifier.RT, Modifier.LT, Modifier.M26, Modifier.MTC).Bits
        | Modifiers.Of(Modifier.M50, Modifier.M51).Bits;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if ((claim.ModifierBits & Judged) == 0) return;
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            if (modifiers.IsEmpty || claim.Is(i, Group.Unbound)) continue;
            for (var m = 0; m < modifiers.Count; m++)
                if (KindFor(claim, i, modifiers[m]) is { } info)
                    Report(claim, findings, info, i, Field.Modifiers, Arg.Of(modifiers[m]), CodeAt(claim, i),
                        first: RemoveModifier(claim, i, modifiers[m]));
        }
    }

    static FindingInfo? KindFor(BoundClaim claim, int line, Modifier modifier)
    {
        if (modifier == Modifier.M25 || modifier == Modifier.M24 || modifier == Modifier.M57)
            return IsVisit(claim, line) ? null : Visit;
        if (modifier == Modifier.JW || modifier == Modifier.JZ || modifier == Modifier.JA || modifier == Modifier.JB
            || modifier == Modifier.TB || modifier == Modifier.JG)
            return claim.Is(line, Products) ? null : Drug;
        if (claim.Is(line, Products)) return null;
        if (modifier == Modifier.AS) return claim.Is(line, Group.DrugAdministration) ? Assistant : null;
        if (claim.Is(line,
            Group.DrugAdministration | Group.VaccineAdministration | Group.MedicareVaccineAdministration))
        {
            if (modifier == Modifier.M95 || modifier == Modifier.M93) return Telehealth;
            if (modifier == Modifier.M52 || modifier == Modifier.M53) return Reduced;
            if (modifier == Modifier.GC || modifier == Modifier.GE) return Teaching;
            if (modifier == Modifier.RT || modifier == Modifier.LT) return Side;
        }
        return ByFeeSchedule(claim, line, modifier);
    }

    static bool IsVisit(BoundClaim claim, int line) =>
        claim.Is(line, Group.Visit | Group.PreventiveVisit | Group.Evaluation);

    static FindingInfo? ByFeeSchedule(BoundClaim claim, int line, Modifier modifier)
    {
        if (modifier != Modifier.M26 && modifier != Modifier.MTC && modifier != Modifier.M50
            && modifier != Modifier.M51)
            return null;
        if (!claim.Book.Fees.TryGet(claim.At(line).Id, claim.Day(line).DayNumber, out var fee)) return null;
        if (modifier == Modifier.M50) return fee.Bilateral is 0 or 2 ? Bilateral : null;
        if (modifier == Modifier.M51) return fee.Multiple == 0 ? Multiple : null;
        return fee.PcTc is 0 or 5 ? Component : null;
    }
}
