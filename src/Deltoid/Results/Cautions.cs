using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// What must not be added to a claim as it is, and why: said before someone tries. Each row is a sentence and the
/// premise on which it is true; the sentence is printed for the first line on which this very claim and book prove the
/// premise, and else not at all.
/// </summary>
internal static class Cautions
{
    readonly record struct Row(string Text, string Rules, Func<CodedVisit, int, bool> Holds);

    static readonly Row[] Rows =
    [
        new("No 25 on {0}: 25 belongs on a visit, and only when the visit has a note of its own.", "INJ-075", IsGiving),
        new("No 99211 beside {0}: NCCI allows no modifier for the two, 25 included.", "INJ-071", TakesInNurseVisit),
        new("No 59, XS or 76 on {0}: no other line of this claim takes it in, and it was given once.",
            "INJ-060 INJ-061", StandsAlone),
        new("No JW beside JZ on {0}: JZ says that no billable amount was discarded.", "INJ-095", HasNoWaste),
        new("No JW or JZ on {0}: a multi-dose container has no waste to bill.", "INJ-099", IsMultiDose),
    ];

    public static List<(string Text, string Rules)> Of(CodedVisit visit)
    {
        var cautions = new List<(string, string)>();
        foreach (var row in Rows)
            for (var i = 0; i < visit.Claim.Lines.Length; i++)
            {
                if (!row.Holds(visit, i)) continue;
                cautions.Add((row.Text.Replace("{0}", visit.Claim.Lines[i].Code.ToString(), StringComparison.Ordinal),
                    row.Rules));
                break;
            }
        return cautions;
    }

    static CodeGroups GroupsOf(CodedVisit visit, int index, out CodeRow row)
    {
        ref readonly var line = ref visit.Claim.Lines[index];
        return visit.Book.TryCode(line.Code, line.Date, out row) ? row.Groups : CodeGroups.None;
    }

    static bool IsGiving(CodedVisit visit, int index) => GroupsOf(visit, index, out _).Has(Group.DrugAdministration);

    /// <summary>
    /// No visit is on the claim, the payer follows NCCI, and the table of the setting has the pair without a modifier.
    /// </summary>
    static bool TakesInNurseVisit(CodedVisit visit, int index)
    {
        if (!IsGiving(visit, index) || !visit.Payer.FollowsNcci) return false;
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
            if (GroupsOf(visit, i, out _).HasAny(Group.Visit | Group.NurseVisit)) return false;
        return Pair(visit, visit.Claim.Lines[index].Code, Known.NurseVisit, index) is { Indicator: 0 };
    }

    static PairRow? Pair(CodedVisit visit, Code one, Code two, int index)
    {
        var hospital = visit.Claim.Setting == Setting.Facility;
        return visit.Book.TryPair(one, two, visit.Claim.Lines[index].Date, hospital, out var row) ? row : null;
    }

    /// <summary>
    /// Given once, on one line with one unit and no such modifier, and the pairs of every other line are known and do
    /// not take it in.
    /// </summary>
    static bool StandsAlone(CodedVisit visit, int index)
    {
        ref readonly var line = ref visit.Claim.Lines[index];
        if (!IsGiving(visit, index) || !visit.Payer.FollowsNcci || line.Units != Quantity.One) return false;
        if (!line.Modifiers.Distinct.IsNone || line.Modifiers.Has(Modifier.M76) || line.Modifiers.Has(Modifier.M77))
            return false;
        if (Administrations(visit, index) != 1) return false;
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
            if (i != index && MayTakeIn(visit, i, index)) return false;
        return true;
    }

    /// <summary>
    /// Another line of the same code, a procedure whose pairs the book does not have, or one of column one over this
    /// line.
    /// </summary>
    static bool MayTakeIn(CodedVisit visit, int other, int index)
    {
        var (code, groups) = (visit.Claim.Lines[other].Code, GroupsOf(visit, other, out var row));
        if (code == visit.Claim.Lines[index].Code || row.Dates == default) return true;
        if (row.Kind == CodeKind.Procedure && !groups.Has(Group.HasPairs)) return true;
        return Pair(visit, code, visit.Claim.Lines[index].Code, index) is not null;
    }

    static int Administrations(CodedVisit visit, int index)
    {
        var count = 0;
        foreach (var origin in visit.OriginsOf(index + 1))
            if (origin.Part == Part.Administration) count++;
        return count;
    }

    static bool HasNoWaste(CodedVisit visit, int index) => visit.Claim.Lines[index].Modifiers.Has(Modifier.JZ);

    /// <summary>A drug without JW and JZ, all of whose charted containers are for several doses.</summary>
    static bool IsMultiDose(CodedVisit visit, int index)
    {
        ref readonly var line = ref visit.Claim.Lines[index];
        GroupsOf(visit, index, out var row);
        if (row.Kind != CodeKind.Drug || line.Modifiers.Has(Modifier.JW) || line.Modifiers.Has(Modifier.JZ))
            return false;
        foreach (var origin in visit.OriginsOf(index + 1))
            if (origin.Part == Part.Administration && ContainerOf(visit, origin) != ContainerKind.MultiDose)
                return false;
        return Administrations(visit, index) > 0;
    }

    static ContainerKind ContainerOf(CodedVisit visit, Origin origin) =>
        visit.Encounter is { } chart ? chart.Administrations[origin.Ordinal].Container : ContainerKind.None;
}
