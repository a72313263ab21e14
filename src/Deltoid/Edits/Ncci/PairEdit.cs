using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// Procedure-to-procedure pairs of the practitioner or hospital table, by the line's day. Indicator 0: never both.
/// Indicator 1: with a modifier that attests a distinct service; on the visit where one of the two is a visit, else on
/// column two. 22, 76 and 77 never count.
/// </summary>
internal sealed class PairEdit : Edit
{
    static readonly DateOnly EitherColumnSince = new(2019, 7, 1); // CR 11168

    static readonly FindingInfo Never = new()
    {
        Id = "NCC0001", Name = "pair-edit", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §E; PTP edit tables"),
        Message = "{0} is not paid beside {1} on the same day; no modifier allows it",
        Rules = "INJ-086 INJ-161 INJ-059 INJ-018 INJ-022 INJ-027 INJ-028 INJ-072 C-08",
        Fix = Remedy.Chart("Remove line {line}"), Predicts = [new("CO-236"), new("CO-97", "M80")],
    };

    static readonly FindingInfo Visit = new()
    {
        Id = "NCC0002", Name = "pair-without-visit-modifier", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §D, §E; PTP edit tables"),
        Message = "{0} beside {1} on the same day needs modifier 25, which says "
            + "that the visit was significant and separate",
        Rules = "INJ-072 INJ-077 INJ-078 INJ-079 INJ-161 C-09 C-28",
        Fix = Remedy.Chart("Add 25 to line {line} if the visit has its own note; otherwise remove the visit"),
        Predicts = [new("CO-97", "M14", "M15"), new("CO-4", "N822")],
    };

    static readonly FindingInfo Distinct = new()
    {
        Id = "NCC0003", Name = "pair-without-distinct-modifier", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §E; PTP edit tables"),
        Message = "{0} is part of {1} on the same day unless a modifier (XE, XS, "
            + "XP, XU or 59) says that it was distinct",
        Rules = "INJ-015 INJ-017 INJ-060 INJ-070 INJ-086 INJ-161 INJ-141 C-10 C-12 C-18 C-29",
        Fix = Remedy.Chart(
            "Add the most specific of XE, XS, XP, XU to line {line} if the chart shows another structure or "
                + "encounter, or a drug with a reason of its own; otherwise remove the line"),
        Predicts = [new("CO-236"), new("CO-97", "M80")],
    };

    public override FindingInfo Info => Never;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Never, Visit, Distinct];

    public override CodeGroups All => Group.HasPairs;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.FollowsNcci) return;
        var table = claim.IsFacilityClaim ? claim.Book.HospitalPairs : claim.Book.PractitionerPairs;
        foreach (var one in claim.LinesIn(Group.HasPairs))
        {
            if (!table.HasColumnOne(claim.At(one).Id) || !claim.IsFirstOfItsCode(one)) continue;
            foreach (var two in claim.LinesIn(Group.HasPairs))
                if (one != two && claim.Day(one) == claim.Day(two)
                    && table.TryFind(claim.At(one).Id, claim.At(two).Id, claim.Day(one).DayNumber, out var pair))
                    Judge(claim, findings, one, two, pair.Indicator);
        }
    }

    static void Judge(BoundClaim claim, FindingList findings, int one, int two, byte indicator)
    {
        if (indicator == 0)
        {
            Report(claim, findings, Never, two, Field.Code, CodeAt(claim, two), CodeAt(claim, one), other: one,
                first: RemoveLine(claim, two));
            return;
        }
        if (indicator != 1) return; // 9: the edit was withdrawn from its first day
        var visit = claim.Is(two, Group.Visit) ? two : claim.Is(one, Group.Visit) ? one : -1;
        if (visit < 0)
        {
            if (!IsDistinct(claim, one, two))
                Report(claim, findings, Distinct, two, Field.Modifiers, CodeAt(claim, two), CodeAt(claim, one),
                    other: one, first: Supply(claim, two, Field.Modifiers));
            return;
        }
        var other = visit == two ? one : two;
        if (HasVisitModifier(claim, visit) || (visit == one && HasBypass(claim, two))
            || (claim.Is(other, Group.Visit) && HasVisitModifier(claim, other)))
            return;
        Report(claim, findings, Visit, visit, Field.Modifiers, CodeAt(claim, visit), CodeAt(claim, other), other: other,
            first: AddModifier(claim, visit, Modifier.M25));
    }

    static bool HasVisitModifier(BoundClaim claim, int line)
    {
        var modifiers = claim.ModifiersOf(line);
        return modifiers.Has(Modifier.M25) || modifiers.Has(Modifier.M24) || modifiers.Has(Modifier.M57)
            || (claim.IsFacilityClaim && modifiers.Has(M27));
    }

    static readonly Modifier M27 = Modifier.Of("27");

    /// <summary>
    /// Any NCCI modifier on column two, or 59 or X on column one; both are read on every line of the column-one code.
    /// </summary>
    static bool IsDistinct(BoundClaim claim, int one, int two)
    {
        if (HasBypass(claim, two)) return true;
        if (claim.Day(two) < EitherColumnSince) return false;
        for (var i = 0; i < claim.Count; i++)
            if (claim.CodeOf(i) == claim.CodeOf(one) && claim.Day(i) == claim.Day(one)
                && !claim.ModifiersOf(i).Distinct.IsNone)
                return true;
        return false;
    }

    static bool HasBypass(BoundClaim claim, int line)
    {
        var modifiers = claim.ModifiersOf(line);
        for (var i = 0; i < modifiers.Count; i++)
        {
            var rows = claim.Book.Modifier(modifiers[i]);
            for (var r = 0; r < rows.Count; r++)
                if ((rows[r].Groups & (ModifierGroups.Ncci | ModifierGroups.Em)) == ModifierGroups.Ncci) return true;
        }
        return false;
    }
}
