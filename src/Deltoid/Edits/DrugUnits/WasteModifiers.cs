using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>JW (thrown away) and JZ (nothing thrown away) on drugs from single-dose containers.</summary>
public sealed class WasteModifiers : Edit
{
    static readonly Citation Manual = Cited.Claims("ch. 17, §40");

    static readonly FindingInfo
        Missing = new("DRG0132", "waste-modifiers", Severity.Warning, Outcome.Denial, Manual,
            "{0} has neither JW nor JZ; that is right only for a multiple-dose container", "INJ-095 INJ-096 C-38 DN-9",
            Remedy.Chart("If the container was for a single dose, add JZ, or bill the discarded units with JW"), [new("CO-16", "N822", "MA130")], Effective: DateRange.Of(new(2023, 7, 1))) { Snip = 7 },
        Both = new("DRG0131", "jw-and-jz-on-one-line", Severity.Error, Outcome.Denial, Manual,
            "{0} has JW and JZ on one line; they contradict each other: JW reports waste, JZ reports none", "INJ-097", Remedy.Chart("Keep the modifier that the record supports"), [new("CO-16", "N519", "N823")]) { Snip = 7 },
        Alone = new("DRG0130", "jw-without-administered-line", Severity.Error, Outcome.Denial, Manual,
            "{0} is billed as discarded, but no line bills the drug that was given", "INJ-095 INJ-097", Remedy.Chart("Add the line of the drug given"), [new("CO-16", "N822")]) { Snip = 7 },
        Contradiction = new("DRG0133", "jz-beside-jw", Severity.Error, Outcome.Denial, Manual,
            "{0} is billed as discarded on one line, but JZ on another line says that nothing was discarded", "INJ-095 INJ-097", Remedy.Chart("Remove JZ from line {line} if the record has the waste"), [new("CO-16", "N519")]) { Snip = 7 },
        MultiDose = new("DRG0134", "waste-modifier-on-multi-dose", Severity.Error, Outcome.Compliance, Manual,
            "{0} has {1}, but the chart shows a multiple-dose container", "INJ-099", Remedy.Chart("Remove {1} from line {line}"), [new("CO-16")]) { Snip = 7 },
        Vaccine = new("DRG0135", "waste-modifier-on-vaccine", Severity.Warning, Outcome.Denial, Manual,
            "{1} does not apply to the vaccine {0}", "INJ-100", Remedy.Chart("Remove {1} from line {line}"), [new("CO-4", "N519")]) { Snip = 7 },
        Single = new("DRG0136", "waste-modifier-missing", Severity.Error, Outcome.Denial, Manual,
            "{0} came from a single-dose container and has neither JW nor JZ", "INJ-095 INJ-096 C-38 DN-9",
            Remedy.Chart("Add JZ, or bill the discarded units with JW, as charted"), [new("CO-16", "N822", "MA130")], Effective: DateRange.Of(new(2023, 7, 1))) { Snip = 7 };

    public override FindingInfo Info => Missing;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Missing, Both, Alone, Contradiction, MultiDose, Vaccine, Single];

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
        {
            var modifiers = claim.ModifiersOf(i);
            var (jw, jz) = (modifiers.Has(Modifier.JW), modifiers.Has(Modifier.JZ));
            if (claim.Is(i, Group.VaccineProduct)) { if (jw || jz) Report(claim, findings, Vaccine, i, Field.Modifiers, CodeAt(claim, i), Arg.Of(jw ? Modifier.JW : Modifier.JZ)); }
            else if (jw && jz) Report(claim, findings, Both, i, Field.Modifiers, CodeAt(claim, i));
            else if (jw && Given(claim, i) < 0) Report(claim, findings, Alone, i, Field.Lines, CodeAt(claim, i), first: Supply(claim, i, Field.Lines));
            else if (jz && Discarded(claim, i) is >= 0 and var waste) Report(claim, findings, Contradiction, i, Field.Modifiers, CodeAt(claim, i), other: waste, first: RemoveModifier(claim, i, Modifier.JZ));
            else if (jw || jz)
            {
                if (Charted(claim, i) == ContainerKind.MultiDose)
                    Report(claim, findings, MultiDose, i, Field.Modifiers, CodeAt(claim, i),
                        Arg.Of(jw ? Modifier.JW : Modifier.JZ),
                        first: RemoveModifier(claim, i, jw ? Modifier.JW : Modifier.JZ));
            }
            else if (Discarded(claim, i) < 0) JudgeMissing(claim, findings, i);
        }
    }

    /// <summary>Asked only of drugs that are paid by themselves: a denied or free one needs neither.</summary>
    static void JudgeMissing(BoundClaim claim, FindingList findings, int line)
    {
        if (claim.Payer.Waste != Payers.WasteModifiers.JwAndJz || claim.IsCoded || claim.Is(line, Group.SelfAdministered) || claim.ModifiersOf(line).Has(Modifier.GY)) return;
        if (claim.Line(line).Charge is { Cents: 0 } || (claim.Book.TryFee(claim.CodeOf(line), claim.Day(line), out var fee) && fee.Status is 'I' or 'N')) return;
        if (claim.IsFacilityClaim && claim.Book.IsPackaged(claim.CodeOf(line), claim.Day(line))) return;
        switch (Charted(claim, line))
        {
            case ContainerKind.MultiDose: return;
            case ContainerKind.None: Report(claim, findings, Missing, line, Field.Modifiers, CodeAt(claim, line), first: Supply(claim, line, Field.Modifiers)); return;
            default: Report(claim, findings, Single, line, Field.Modifiers, CodeAt(claim, line), first: Supply(claim, line, Field.Modifiers)); return;
        }
    }

    static int Given(BoundClaim claim, int line) => Other(claim, line, discarded: false);

    static int Discarded(BoundClaim claim, int line) => Other(claim, line, discarded: true);

    /// <summary>Another line of the code on the day, of what was given or of what was discarded, or -1.</summary>
    static int Other(BoundClaim claim, int line, bool discarded)
    {
        for (var i = 0; i < claim.Count; i++)
            if (i != line && claim.CodeOf(i) == claim.CodeOf(line) && claim.Day(i) == claim.Day(line) && claim.ModifiersOf(i).Has(Modifier.JW) == discarded) return i;
        return -1;
    }

    /// <summary>The one kind of container of the line's charted doses; none when it has no chart, none or several kinds. Another's drug is not looked at.</summary>
    static ContainerKind Charted(BoundClaim claim, int line)
    {
        var kind = ContainerKind.None;
        if (claim.Encounter is null) return kind;
        foreach (var given in claim.Encounter.Administrations)
        {
            if (!Ownership.IsOf(claim.Book, given, claim.CodeOf(line)) || !Ownership.IsBilled(given, false, claim.Payer)) continue;
            if (kind != ContainerKind.None && given.Container != kind) return ContainerKind.None;
            kind = given.Container;
        }
        return kind;
    }
}
