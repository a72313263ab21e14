using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>
/// Medically unlikely edits. Indicator 1 judges each line; 2 and 3 the sum of all lines of the code on the day, and
/// then every unit of the day denies. A code without a row has no published limit, which is not the same as none.
/// </summary>
internal sealed class UnitLimit : Edit
{
    static readonly Citation Manual = Cited.Ncci("ch. I §V; MUE tables");

    static readonly FindingInfo Clinical = new()
    {
        Id = "NCC0012", Name = "unit-limit", Severity = Severity.Error, Outcome = Outcome.Denial, Citation = Manual,
        Message = "{1} units of {0} on one day; above {2} all units are denied, with any "
            + "modifiers and on any number of lines (MAI 3)",
        Rules = "INJ-160 INJ-113 INJ-016 C-11",
        Fix = Remedy.Chart("Check the units against the record; if they are right, be ready to appeal with the record"),
        Predicts = [new("CO-151", "N362"), new("CO-222")],
    };

    static readonly FindingInfo PerLine = new()
    {
        Id = "NCC0010", Name = "unit-limit-per-line", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Manual,
        Message = "{1} units of {0} on one line; above {2} the line is denied (MAI 1)",
        Rules = "INJ-160 C-11",
        Fix = Remedy.Chart("Check the units; separate lines are judged one by one, if a true "
            + "modifier (59, X, 76, 77, 91 or anatomic) sets them apart"),
        Predicts = [new("CO-151", "N362")],
    };

    static readonly FindingInfo Policy = new()
    {
        Id = "NCC0011", Name = "unit-limit-by-policy", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Manual,
        Message = "{1} units of {0} on one day; above {2} all units are denied and no appeal changes it (MAI 2)",
        Rules = "INJ-160 INJ-018 INJ-027 INJ-028 INJ-057 C-11", Fix = Remedy.Chart("Correct the units to {2} or fewer"),
        Predicts = [new("CO-151", "N362")],
    };

    static readonly FindingInfo Zero = new()
    {
        Id = "NCC0013", Name = "unit-limit-zero", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Manual,
        Message = "{0} has a unit limit of 0 in this setting: Medicare always denies it",
        Rules = "INJ-160 INJ-113 C-07 C-25", Fix = Remedy.Chart("Find the code that is paid"),
        Predicts = [new("CO-151", "N362"), new("CO-96")],
    };

    public override FindingInfo Info => Clinical;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Clinical, PerLine, Policy, Zero];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.Payer.FollowsNcci) return;
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Is(i, Group.Unbound)
                || !claim.Book.TryUnitLimit(claim.At(i).Id, claim.Day(i), claim.IsFacilityClaim, out var limit))
                continue;
            if (limit.Limit == 0) JudgeZero(claim, findings, i);
            else if (limit.Mai == 1) Judge(claim, findings, PerLine, i, PerDay(claim, i), limit.Limit);
            else if (claim.IsFirstOfItsCode(i))
                Judge(claim, findings, limit.Mai == 2 ? Policy : Clinical, i, OfDay(claim, i), limit.Limit);
        }
    }

    /// <summary>A limit of 0 is Medicare's coverage as much as a limit: other payers may cover the code.</summary>
    static void JudgeZero(BoundClaim claim, FindingList findings, int line)
    {
        if (claim.Payer.IsMedicare && claim.IsFirstOfItsCode(line) && !claim.ModifiersOf(line).Has(Modifier.GY))
            Report(claim, findings, Zero, line, Field.Units, CodeAt(claim, line),
                first: Supply(claim, line, Field.Code));
    }

    static void Judge(BoundClaim claim, FindingList findings, FindingInfo info, int line, Quantity units, int limit)
    {
        if (units > Quantity.Of(limit))
            Report(claim, findings, info, line, Field.Units, CodeAt(claim, line), Arg.Of(units), Arg.Count(limit),
                first: Supply(claim, line, Field.Units));
    }

    static Quantity OfDay(BoundClaim claim, int line)
    {
        var sum = Quantity.Zero;
        for (var i = 0; i < claim.Count; i++)
            if (claim.CodeOf(i) == claim.CodeOf(line) && claim.Day(i) == claim.Day(line)) sum += PerDay(claim, i);
        return sum;
    }

    /// <summary>A line over a span of days counts its units by the day, rounded as CMS rounds them.</summary>
    static Quantity PerDay(BoundClaim claim, int index)
    {
        ref readonly var line = ref claim.Line(index);
        var days = line.Thru > line.Date && line.Date != default ? line.Thru.DayNumber - line.Date.DayNumber + 1 : 1;
        return days == 1
            ? line.Units
            : Quantity.Of((long)decimal.Round(line.Units.Value / days, 0, MidpointRounding.AwayFromZero));
    }
}
