using System.Numerics;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>Situational rules: what one segment or element asks of another, judged where its loop ends.</summary>
sealed partial class GuideWalk
{
    void JudgeLoop(in Level level, LoopRow loop, SegmentReader segment)
    {
        var (bits, rules) = (new Bits(level.Seen, level.Holds), loop.Rules);
        if (IsCareful || !IsKnownFine(level.Loop, bits, rules)) JudgeAll(level.Loop, rules, bits, segment);
    }

    void Judge(SituationalRule[] rules, in Bits bits, SegmentReader segment)
    {
        foreach (var rule in rules)
        {
            if (!IsAwake(rule, bits)) continue;
            var demanded = rule.DemandLoop < 0 ? bits : BitsOf(rule.DemandLoop);
            var (isAsked, isBarred) = (!rule.Needs.IsEmpty && !rule.Needs.AnyIn(demanded), rule.Bars.AnyIn(demanded));
            if (!isAsked && !isBarred) continue;
            isBroken = true;
            if (RestsOnMissing(rule)) continue;
            if (isAsked) Tell(rule, asked: true, segment);
            if (isBarred) Tell(rule, asked: false, segment);
        }
    }

    /// <summary>What holds in an open loop; nothing when it is not open.</summary>
    Bits BitsOf(int loop)
    {
        for (var level = depth; level >= 0; level--)
            if (levels[level].Loop == loop) return new(levels[level].Seen, levels[level].Holds);
        return default;
    }

    bool HoldsOutside(SituationalRule rule)
    {
        foreach (var outer in rule.Outer)
        {
            var bits = BitsOf(outer.Loop);
            if (!outer.When.AllIn(bits) || outer.WhenNot.AnyIn(bits)) return false;
        }
        return true;
    }

    /// <summary>
    /// Judges the rules between elements of the segment that was just checked; whether none is broken.
    /// </summary>
    public bool JudgeSegment(SegmentRow row, ulong holds, SegmentReader segment)
    {
        if (IsKnownFine(row, holds)) return true;
        isBroken = false;
        Judge(row.Rules, new(0, holds), segment);
        if (!isBroken && !Array.Exists(row.Rules, static r => r.IsWide)) fineRows[row.Index] = ~holds;
        return !isBroken;
    }

    bool IsAwake(SituationalRule rule, in Bits bits) =>
        rule.When.AllIn(bits) && !rule.WhenNot.AnyIn(bits) && (rule.Outer.Length == 0 || HoldsOutside(rule));

    /// <summary>
    /// A rule that is broken is reported where its remedy belongs: at the element, at the segment, or where the loop
    /// ends.
    /// </summary>
    void Tell(SituationalRule rule, bool asked, SegmentReader segment)
    {
        var target = rule.Target;
        var trigger = rule.Trigger.Segment < 0 || lasts[rule.Trigger.Segment].Ordinal == 0
            ? default
            : Arg.Trigger(guide.Letter, rule.Trigger.Segment, lasts[rule.Trigger.Segment].Ordinal, rule.Trigger.Element,
                rule.Trigger.Component);
        if (trigger != default && faults.HasFault(lasts[rule.Trigger.Segment].Ordinal, rule.Trigger))
            return; // what it says does not count
        var row = guide.Segments[target.Loop >= 0 ? guide.Loops[target.Loop].First : target.Segment];
        if (target.Element == 0 && asked)
        {
            var (ordinal, start) = PlaceFor(target, segment);
            if (faults.Asked(row, ordinal) || TakeStray(row, ordinal)) return; // by another rule, or for its name
            faults.Report(target.Loop >= 0 ? X12Findings.LoopAsked : X12Findings.SegmentAsked, rule.Row, row.Id,
                row.Loop, 0, detail: trigger, ordinal: ordinal, inFile: start);
            return;
        }
        if (target.Element == 0)
        {
            if (faults.IsOutOfSequence(lasts[row.Index].Ordinal)) return;
            faults.Report(X12Findings.SegmentBarred, rule.Row, row.Id, row.Loop, 0, detail: trigger,
                ordinal: lasts[row.Index].Ordinal, inFile: PlaceOf(row.Index, segment));
            return;
        }
        if (IsToldMissing(row)) return;
        var info = !asked
            ? NamesValue(target) ? X12Findings.CodeBarred : X12Findings.ElementBarred
            : rule.Needs.Holds != 0 && NeedsValue(target) ? X12Findings.CodeBarred : X12Findings.ElementAsked;
        if (info == X12Findings.CodeBarred && !asked
            && faults.HasBadCode(lasts[target.Segment].Ordinal, target.Element, target.Component))
            return;
        if (info == X12Findings.ElementBarred) faults.Withdraw(lasts[target.Segment].Ordinal, target);
        if (info == X12Findings.CodeBarred || info == X12Findings.ElementAsked || info == X12Findings.ElementBarred)
            faults.WithdrawAfter(Arg.Trigger(
                guide.Letter, target.Segment, lasts[target.Segment].Ordinal, target.Element, target.Component));
        if (faults.HasFault(lasts[target.Segment].Ordinal, target)) return;
        faults.Report(info, rule.Row, row.Id, row.Loop, 0, target.Element, target.Component, detail: trigger,
            ordinal: lasts[target.Segment].Ordinal, inFile: PlaceOf(target.Segment, segment));

        bool NamesValue(RuleTarget at) => Array.Exists(
            row.Conditions, c => (rule.Bars.Holds & c.Bit) != 0 && c.Values.Length > 0 && c.Element == at.Element);

        bool NeedsValue(RuleTarget at) =>
            Array.Exists(row.Conditions,
                c => c.Element == at.Element && c.Component == at.Component && (rule.Needs.Holds & c.Bit) != 0
                    && (c.Values.Length > 0));
    }

    /// <summary>
    /// A condition of the rule is of a segment that was reported missing: what it would have said is not known.
    /// </summary>
    bool RestsOnMissing(SituationalRule rule)
    {
        if ((rule.When.Seen & levels[depth].Guessed) != 0 || IsThereMisnamed(rule)) return true;
        for (var level = depth; level >= 0; level--)
        {
            ref var open = ref levels[level];
            if (((guide.Loops[open.Loop].MustHave & ~open.Seen) | open.Told) == 0 && !open.IsSupplied) continue;
            var bits = level == depth ? rule.When.Holds | rule.WhenNot.Holds : 0;
            foreach (var outer in rule.Outer)
                if (outer.Loop == open.Loop) bits |= outer.When.Holds | outer.WhenNot.Holds;
            if (bits == 0) continue;
            foreach (var (bit, segment) in OwnersOf(open.Loop))
                if ((bit & bits) != 0 && IsToldMissing(segment)) return true;
        }
        return false;
    }

    /// <summary>
    /// What the rule asks about and was not seen, in its loop or in one around it, is there, and was reported for its
    /// name or code.
    /// </summary>
    bool IsThereMisnamed(SituationalRule rule)
    {
        if (!faults.HasStrays) return false;
        if (IsThereMisnamed(levels[depth], rule.WhenNot.Seen)) return true;
        foreach (var outer in rule.Outer)
            for (var level = depth; level >= 0; level--)
                if (levels[level].Loop == outer.Loop && IsThereMisnamed(levels[level], outer.WhenNot.Seen)) return true;
        return false;
    }

    bool IsThereMisnamed(in Level level, ulong entries)
    {
        for (entries &= ~level.Seen; entries != 0; entries &= entries - 1)
        {
            ref var entry = ref guide.Loops[level.Loop].Entries[BitOperations.TrailingZeroCount(entries)];
            if (TakeStray(guide.Segments[entry.Segment], faults.Ordinal, level.Loop)) return true;
        }
        return false;
    }

    readonly List<(ulong Bit, SegmentRow Segment)>?[] owners;

    /// <summary>Which segment of a loop each of its conditions is of.</summary>
    List<(ulong Bit, SegmentRow Segment)> OwnersOf(int loop)
    {
        if (owners[loop] is { } known) return known;
        var found = new List<(ulong, SegmentRow)>();
        foreach (var segment in guide.Segments)
            if (segment.Loop == loop)
                foreach (var condition in segment.Conditions) found.Add((condition.Bit, segment));
        return owners[loop] = found;
    }

    /// <summary>The segment that the element is of is not there, which was reported.</summary>
    bool IsToldMissing(SegmentRow row)
    {
        for (var level = depth; level >= 0; level--)
        {
            if (levels[level].Loop != row.Loop) continue;
            if (guide.Loops[row.Loop].First == row.Index) return levels[level].IsSupplied;
            var entry = Array.FindIndex(guide.Loops[row.Loop].Entries, e => e.Child < 0 && e.Segment == row.Index);
            if (entry < 0) return false;
            var isAbsent = (guide.Loops[row.Loop].MustHave & ~levels[level].Seen) >> entry & 1;
            return isAbsent != 0 || (levels[level].Told >> entry & 1) != 0;
        }
        return false;
    }

    /// <summary>Where the last segment of a row began in the file; the current one where none has come.</summary>
    long PlaceOf(int row, SegmentReader segment) =>
        lasts[row].Ordinal > 0 ? lasts[row].Start : faults.InFile(At(segment));
}
