namespace Deltoid.Tests;

/// <summary>Totals of a 277CA, verdicts of a 999.</summary>
internal sealed partial class SpecimenSums
{
    void WriteStatus()
    {
        foreach (var loop in Root.All())
        {
            Agree(loop);
            if (loop.First.Row.Name == "SVC") WriteService(loop.First);
        }
        var (accepted, rejected) = (0, 0);
        foreach (var claim in Loops("2200D"))
            if (claim.Segment("STC")?[3] == "WQ") accepted++;
            else rejected++;
        foreach (var owner in Root.All().Where(static l => l.Row.Name is "2200B" or "2200C"))
        {
            var isFile = owner.Row.Name == "2200B";
            if (isFile) AddTotals(owner, accepted, rejected);
            var own = owner.Parent is { } level ? Loops("2200D").Where(c => c.Outward(level.Index) == level).ToList() : [];
            foreach (var count in owner.Segments.Where(static s => s.Row.Name == "QTY"))
            {
                var isAccepted = count[1] is "90" or "QA";
                var listed = isFile ? (isAccepted ? accepted : rejected)
                    : own.Count(c => c.Segment("STC")?[3] == "WQ" == isAccepted);
                count[2] = Text(listed == 0 ? 50 : listed);
            }
            var amounts = owner.Segments.Where(static s => s.Row.Name == "AMT").ToList();
            foreach (var amount in amounts) amount[2] = Money(5000);
            foreach (var status in owner.Segments.Where(static s => s.Row.Name == "STC"))
                status[4] = Money(amounts.Count == 0 ? 12300 : 5000 * amounts.Count);
        }
        foreach (var line in Loops("2220D"))
            if (line.First[7].Length > 0) line.First[7] = "2";
    }

    /// <summary>All statuses of one owner say accepted, or all say rejected, and their categories with them.</summary>
    static void Agree(SpecimenLoop loop)
    {
        var all = loop.Segments.Where(static s => s.Row.Name == "STC").ToList();
        if (all.Count == 0) return;
        var action = (all.Find(static s => s.IsFixed(3, 0)) ?? all[0])[3];
        if (all.Exists(static s => s.IsFixed(1, 1) && IsRefusal(s[1, 1]))) action = "U";
        else if (all.Exists(static s => s.IsFixed(1, 1) && s[1, 1] is "A2" or "A5")) action = "WQ";
        foreach (var status in all)
        {
            if (!status.IsFixed(3, 0)) status[3] = action;
            if (!status.IsFixed(1, 1)
                && (action == "WQ" ? IsRefusal(status[1, 1]) : status[1, 1] is "A2" or "A5" or "A1" or "A0"))
                status[1, 1] = action == "WQ" ? "A2" : "A7";
        }
    }

    static bool IsRefusal(string category) => category is "A3" or "A4" or "A6" or "A7" or "A8" or ['E', ..];

    /// <summary>The file counts at least the claims that are listed.</summary>
    void AddTotals(SpecimenLoop file, int accepted, int rejected)
    {
        foreach (var (count, row, key) in (ReadOnlySpan<(int, string, string)>)[
            (accepted, "QTY", "90"),
            (accepted, "AMT", "YU"),
            (rejected, "QTY", "AA"),
            (rejected, "AMT", "YY")
        ])
            if (count > 0 && file.Segment(row, key) is null)
                builder.AddSegment(file, guide.SegmentIndex("2200B", row, key));
    }

    /// <summary>The verdict on the group agrees with those on its sets.</summary>
    void WriteAcknowledgment()
    {
        if (Root.Segment("AK9") is not { } verdict) return;
        var sets = Loops("2000").ToList();
        Once(verdict, 5, 9);
        for (var i = 0; i < sets.Count && verdict.IsFixed(1, 0); i++)
            if (sets[i].Segment("IK5") is { } own && !own.IsFixed(1, 0))
                own[1] = verdict[1] switch { "A" => "A", "E" => "E", "P" => i == 0 ? "A" : "R", _ => "R" };
        foreach (var set in sets) WriteSet(set);
        var accepted = sets.Count(static s => s.Segment("IK5")?[1] is "A" or "E");
        if (!verdict.IsFixed(1, 0))
            verdict[1] = sets.Count > 0 && accepted == 0 ? "R"
                : accepted < sets.Count ? "P"
                : sets.Exists(static s => s.Segment("IK5")?[1] != "A") ? "E"
                : "A";
        var received = sets.Count > 0 ? sets.Count : 1;
        if (sets.Count == 0) accepted = verdict[1] is "A" or "E" ? 1 : 0;
        (verdict[2], verdict[3], verdict[4]) = (Text(received), Text(received), Text(accepted));
        if (sets.Count == 0 && verdict[5].Length > 0 && !verdict.IsFixed(1, 0)) (verdict[1], verdict[4]) = ("R", "0");
        if (sets.Count == 0 && verdict[1] != "A" && verdict[5].Length == 0) verdict[5] = "1";
        if (Root.Segment("AK1") is { } group) group[1] = "HC";
    }

    /// <summary>What is pinned agrees: statuses of one owner, the verdict on a group with those on its sets.</summary>
    bool Agrees()
    {
        foreach (var loop in Root.All())
        {
            var actions = loop.Segments.Where(static s => s.Row.Name == "STC").ToList();
            if (actions.Exists(s => s[3] != actions[0][3] || (s[3] == "WQ" && s[1].StartsWith('E')))) return false;
        }
        if (!Loops("2300").All(HasTurns) || !AreCorrected()) return false;
        if (Root.Segment("AK9") is not { } verdict) return true;
        var sets = Loops("2000").Select(static s => s.Segment("IK5")?[1] ?? "").ToList();
        var accepted = sets.Count(static s => s is "A" or "E");
        return sets.Count == 0 || verdict[1] switch
        {
            "A" => sets.TrueForAll(static s => s == "A"),
            "E" => accepted == sets.Count,
            "P" => accepted > 0 && accepted < sets.Count,
            _ => accepted == 0
        };
    }

    void WriteSet(SpecimenLoop set)
    {
        var ordinal = 2;
        foreach (var segment in set.Loops) segment.First[2] = Text(ordinal++);
        if (set.Segment("IK5") is not { } verdict) return;
        if (verdict[1] != "A" && set.Loops.Any() && !Codes(verdict, 2, 6).Any(static c => c is "5" or "I5"))
            AddFault(verdict);
        Once(verdict, 2, 6);
        foreach (var element in set.Flat().Where(static s => s.Row.Name == "IK4"))
            if (element[3] is "1" or "2" or "I9") element[4] = "";
    }

    static void AddFault(SpecimenSegment verdict)
    {
        for (var element = 2; element <= 6; element++)
        {
            if (verdict.IsFixed(element, 0)) continue;
            verdict[element] = "5";
            return;
        }
    }

    static IEnumerable<string> Codes(SpecimenSegment segment, int from, int thru) =>
        Enumerable.Range(from, thru - from + 1).Select(e => segment[e]);

    /// <summary>No fault twice.</summary>
    void Once(SpecimenSegment segment, int from, int thru)
    {
        var used = new HashSet<string>();
        foreach (var element in Enumerable.Range(from, thru - from + 1)
            .OrderByDescending(e => segment.IsFixed(e, 0) || segment[e] is "5" or "I5"))
        {
            if (segment[element].Length == 0 || used.Add(segment[element])) continue;
            segment[element] = builder.Values.Codes(builder.SpecOf(segment.Row, element, 0)).First(c => used.Add(c));
        }
    }
}
