using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>JW (thrown away) and JZ (nothing thrown away) on drugs from single-dose containers.</summary>
internal sealed class WasteModifiers : Edit
{
    static readonly Citation Manual = Cited.Claims("ch. 17, §40");

    static readonly FindingInfo Missing = new()
    {
        Id = "DRG0132", Name = "waste-modifiers", Severity = Severity.Warning, Outcome = Outcome.Denial, Snip = 7,
        Citation = Manual,
        Message = "{0} has neither JW nor JZ; that is right only for a multiple-dose container",
        Rules = "INJ-095 INJ-096 C-38 DN-9",
        Fix = Remedy.Chart("If the container was for a single dose, add JZ, or bill the discarded units with JW"),
        Predicts = [new("CO-16", "N822", "MA130")], Effective = DateRange.Of(new(2023, 7, 1)),
    };

    static readonly FindingInfo Both = new()
    {
        Id = "DRG0131", Name = "jw-and-jz-on-one-line", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Manual,
        Message = "{0} has JW and JZ on one line; they contradict each other: JW reports waste, JZ reports none",
        Rules = "INJ-097", Fix = Remedy.Chart("Keep the modifier that the record supports"),
        Predicts = [new("CO-16", "N519", "N823")],
    };

    static readonly FindingInfo Alone = new()
    {
        Id = "DRG0130", Name = "jw-without-administered-line", Severity = Severity.Error, Outcome = Outcome.Denial,
        Snip = 7, Citation = Manual,
        Message = "{0} is billed as discarded, but no line bills the drug that was given",
        Rules = "INJ-095 INJ-097", Fix = Remedy.Chart("Add the line of the drug given"),
        Predicts = [new("CO-16", "N822")],
    };

    static readonly FindingInfo Contradiction = new()
    {
        Id = "DRG0133", Name = "jz-beside-jw", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Manual,
        Message = "{0} is billed as discarded on one line, but JZ on another line says that nothing was discarded",
        Rules = "INJ-095 INJ-097", Fix = Remedy.Chart("Remove JZ from line {line} if the record has the waste"),
        Predicts = [new("CO-16", "N519")],
    };

    static readonly FindingInfo MultiDose = new()
    {
        Id = "DRG0134", Name = "waste-modifier-on-multi-dose", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Snip = 7, Citation = Manual,
        Message = "{0} has {1}, but the chart shows a multiple-dose container",
        Rules = "INJ-099", Fix = Remedy.Chart("Remove {1} from line {line}"), Predicts = [new("CO-16")],
    };

    static readonly FindingInfo Vaccine = new()
    {
        Id = "DRG0135", Name = "waste-modifier-on-vaccine", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Snip = 7, Citation = Manual,
        Message = "{1} does not apply to the vaccine {0}",
        Rules = "INJ-100", Fix = Remedy.Chart("Remove {1} from line {line}"), Predicts = [new("CO-4", "N519")],
    };

    static readonly FindingInfo Single = new()
    {
        Id = "DRG0136", Name = "waste-modifier-missing", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 7,
        Citation = Manual,
        Message = "{0} came from a single-dose container and has neither JW nor JZ",
        Rules = "INJ-095 INJ-096 C-38 DN-9",
        Fix = Remedy.Chart("Add JZ, or bill the discarded units with JW, as charted"),
        Predicts = [new("CO-16", "N822", "MA130")], Effective = DateRange.Of(new(2023, 7, 1)),
    };

    public override FindingInfo Info => Missing;

    public override IReadOnlyList<FindingInfo> Infos { get; } =
        [Missing, Both, Alone, Contradiction, MultiDose, Vaccine, Single];

    public override CodeGroups Any => Group.DrugCode | Group.VaccineProduct;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
        {
            var modifiers = claim.ModifiersOf(i);
            var (jw, jz) = (modifiers.Has(Modifier.JW), modifiers.Has(Modifier.JZ));
            if (claim.Is(i, Group.VaccineProduct))
            {
                if (jw || jz)
                    Report(claim, findings, Vaccine, i, Field.Modifiers, CodeAt(claim, i),
                        Arg.Of(jw ? Modifier.JW : Modifier.JZ));
            }
            else if (jw && jz) Report(claim, findings, Both, i, Field.Modifiers, CodeAt(claim, i));
            else if (jw && Given(claim, i) < 0)
                Report(claim, findings, Alone, i, Field.Lines, CodeAt(claim, i), first: Supply(claim, i, Field.Lines));
            else if (jz && Discarded(claim, i) is >= 0 and var waste)
                Report(claim, findings, Contradiction, i, Field.Modifiers, CodeAt(claim, i), other: waste,
                    first: RemoveModifier(claim, i, Modifier.JZ));
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
        if (claim.Payer.Waste != Payers.WasteModifiers.JwAndJz || claim.IsCoded
            || claim.Is(line, Group.SelfAdministered) || claim.ModifiersOf(line).Has(Modifier.GY))
            return;
        if (claim.Line(line).Charge is { Cents: 0 }
            || (claim.Book.TryFee(claim.CodeOf(line), claim.Day(line), out var fee) && fee.Status is 'I' or 'N'))
            return;
        if (claim.IsFacilityClaim && claim.Book.IsPackaged(claim.CodeOf(line), claim.Day(line))) return;
        switch (Charted(claim, line))
        {
            case ContainerKind.MultiDose: return;
            case ContainerKind.None:
                Report(claim, findings, Missing, line, Field.Modifiers, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Modifiers));
                return;
            default:
                Report(claim, findings, Single, line, Field.Modifiers, CodeAt(claim, line),
                    first: Supply(claim, line, Field.Modifiers));
                return;
        }
    }

    static int Given(BoundClaim claim, int line) => Other(claim, line, discarded: false);

    static int Discarded(BoundClaim claim, int line) => Other(claim, line, discarded: true);

    /// <summary>Another line of the code on the day, of what was given or of what was discarded, or -1.</summary>
    static int Other(BoundClaim claim, int line, bool discarded)
    {
        for (var i = 0; i < claim.Count; i++)
            if (i != line && claim.CodeOf(i) == claim.CodeOf(line) && claim.Day(i) == claim.Day(line)
                && claim.ModifiersOf(i).Has(Modifier.JW) == discarded)
                return i;
        return -1;
    }

    /// <summary>
    /// The one kind of container of the line's charted doses; none when it has no chart, none or several kinds.
    /// Another's drug is not looked at.
    /// </summary>
    static ContainerKind Charted(BoundClaim claim, int line)
    {
        var kind = ContainerKind.None;
        if (claim.Encounter is null) return kind;
        foreach (var given in claim.Encounter.Administrations)
        {
            if (!Ownership.IsOf(claim.Book, given, claim.CodeOf(line))
                || !Ownership.IsBilled(given, false, claim.Payer))
                continue;
            if (kind != ContainerKind.None && given.Container != kind) return ContainerKind.None;
            kind = given.Container;
        }
        return kind;
    }
}
