using System.Globalization;

namespace Deltoid.Tests;

/// <summary>Claims: sums of lines and of other payers, each thing said in one place, days that agree.</summary>
internal sealed partial class SpecimenSums
{
    /// <summary>
    /// The claim's charge is the sum of its lines; what another payer paid and adjusted is the charge.
    /// </summary>
    void WriteClaim(SpecimenLoop claim)
    {
        var lines = In(claim, "2400").ToList();
        var decisions = In(claim, "2430").ToList();
        foreach (var loop in In(claim, "2320").Concat(decisions)) FillAdjustments(loop);
        if (decisions.Count > 0 && !In(claim, "2320").Any(CanDecide)) builder.AddLoop(claim, guide.LoopIndex("2320"));
        var payers = In(claim, "2320").ToList();
        WriteTurns(claim, payers);
        var decided = Decide(decisions, payers.FindAll(CanDecide));
        var total = lines.Sum(Charge);
        claim.First[2] = Money(total);
        foreach (var payer in payers)
            WritePayer(payer, total, decided.FindAll(d => d.Payer == payer).ConvertAll(static d => d.Decision));
        if (guide.Name == "837P") WritePointers(claim, lines);
        WriteVersion(claim);
        foreach (var service in claim.Flat().Where(static s => s.Row.Name == "SV1" && s[3] == "MJ"))
            service[1, 2] = "00400";
        foreach (var payer in payers.FindAll(static p => p.First[9] is "MA" or "MB"))
            if (payer.Loops.FirstOrDefault(static l => l.Row.Name == "2330A") is { } insured)
                insured.First[9] = "1EG4TE5MK73";
    }

    long Charge(SpecimenLoop line)
    {
        var charge = 100000 + (100 * (long)(line.Id % 1000));
        if (line.Segment(guide.Name == "837P" ? "SV1" : "SV2") is not { } service) return 0;
        service[guide.Name == "837P" ? 2 : 3] = Money(charge);
        return charge;
    }

    /// <summary>A payer that decides lines has paid something in all, and no day of its own for the claim.</summary>
    bool CanDecide(SpecimenLoop payer)
    {
        if (Day(payer) is { HoldsPins: true } || payer.Segment("AMT", "A8") is { HoldsPins: true }) return false;
        return payer.Segment("AMT", "D") is not null
            || builder.AddSegment(payer, guide.SegmentIndex("2320", "AMT", "D")) is not null;
    }

    static SpecimenLoop? Name(SpecimenLoop payer) => payer.Loops.FirstOrDefault(static l => l.Row.Name == "2330B");

    static SpecimenSegment? Day(SpecimenLoop payer) => Name(payer)?.Segment("DTP");

    /// <summary>Each line's decisions are of different payers, as far as there are some.</summary>
    List<(SpecimenLoop Decision, SpecimenLoop Payer)> Decide(List<SpecimenLoop> decisions, List<SpecimenLoop> payers)
    {
        var decided = new List<(SpecimenLoop, SpecimenLoop)>();
        foreach (var decision in payers.Count > 0 ? decisions : [])
        {
            var payer = payers[decision.Parent!.Loops.Where(static l => l.Row.Name == "2430").ToList().IndexOf(decision)
                % payers.Count];
            decision.First[1] = Name(payer)?.First[9] ?? "";
            decision.First[2] = Money(Charge(decision.Parent) - Adjusted(decision));
            decided.Add((decision, payer));
        }
        return decided;
    }

    void WritePayer(SpecimenLoop payer, long total, List<SpecimenLoop> decisions)
    {
        if (payer.Segment("AMT", "A8") is { } none) none[2] = Money(total);
        if (payer.Segment("AMT", "EAF") is { } owed)
            foreach (var twice in decisions.Select(static d => d.Segment("AMT", "EAF")).OfType<SpecimenSegment>()
                .ToList())
                (owed.HoldsPins ? twice : owed).Parent!.Items.Remove(owed.HoldsPins ? twice : owed);
        if (payer.Segment("AMT", "D") is not { } paid) return;
        paid[2] = Money(total - Adjusted(payer) - decisions.Sum(Adjusted));
        if (decisions.Count > 0 && Day(payer) is { } day) day.Parent!.Items.Remove(day);
        else if (decisions.Count == 0 && Day(payer) is null && Name(payer) is { } name)
            builder.AddSegment(name, guide.SegmentIndex("2330B", "DTP", "573"));
    }

    /// <summary>No two payers of a claim have the same turn.</summary>
    void WriteTurns(SpecimenLoop claim, List<SpecimenLoop> payers)
    {
        var used = new HashSet<string>();
        if (claim.Outward(guide.LoopIndex("2000B"))?.Segment("SBR") is { } own) used.Add(own[1]);
        foreach (var segment in payers.ConvertAll(static p => p.First).OrderByDescending(static s => s.IsFixed(1, 0)))
        {
            if (segment[1] == "U" || used.Add(segment[1]) || segment.IsFixed(1, 0)) continue;
            segment[1] = builder.Values.Codes(builder.SpecOf(segment.Row, 1, 0)).First(c => c == "U" || used.Add(c));
        }
    }

    /// <summary>No two payers of the claim have the same turn: those that stay as they are may.</summary>
    bool HasTurns(SpecimenLoop claim)
    {
        List<string> turns = [.. In(claim, "2320").Select(static p => p.First[1])];
        if (claim.Outward(guide.LoopIndex("2000B"))?.Segment("SBR") is { } own) turns.Add(own[1]);
        turns.RemoveAll(static t => t == "U");
        return turns.Distinct().Count() == turns.Count;
    }

    /// <summary>
    /// All diagnoses are of one version of ICD, which was in force on the days of the claim; admitted before the stay.
    /// </summary>
    static void WriteVersion(SpecimenLoop claim)
    {
        var places = claim.Segments.Where(static s =>
            s.Row.Name == "HI" && Unversioned(s[1, 1]) is "BK" or "BF" or "BJ" or "BN" or "PR")
            .SelectMany(static s => Enumerable.Range(1, 12).Where(e => e <= s.Row.Elements && s[e].Length > 0)
                .Select(e => (Segment: s, Element: e))).ToList();
        var isOld = places.Exists(static p => p.Segment.IsFixed(p.Element, 1) && p.Segment[p.Element, 1][0] != 'A');
        foreach (var (segment, element) in places)
        {
            segment[element, 1] = (isOld ? "" : "A") + Unversioned(segment[element, 1]);
            if (isOld == char.IsAsciiLetter(segment[element, 2][0])) segment[element, 2] = isOld ? "25000" : "J45123";
        }
        foreach (var day in claim.Flat().Where(static s => s.Row.Name == "DTP"
            && s[1] is "434" or "435" or "472" or "573"))
        {
            if (day[1] == "573") // no payer decides before the service
            {
                day[3] = day[3].Replace("202501", "202503", StringComparison.Ordinal);
                continue;
            }
            day[3] = isOld
                ? day[3].Replace("2025", "2014", StringComparison.Ordinal)
                : day[3].Replace("2014", "2025", StringComparison.Ordinal);
            if (day[1] is "434" or "435" && day[3].Length >= 8) day[3] = day[3][..6] + "01" + day[3][8..];
        }
    }

    static string Unversioned(string qualifier) => qualifier.TrimStart('A');

    /// <summary>There are as many diagnoses as the lines point to.</summary>
    void WritePointers(SpecimenLoop claim, List<SpecimenLoop> lines)
    {
        var most = lines.SelectMany(static l => (l.Segment("SV1")?[7] ?? "").Split(':')).Where(static p => p.Length > 0)
            .Select(static p => int.Parse(p, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var diagnoses = claim.Segments.FirstOrDefault(static s => s.Row.Name == "HI" && Unversioned(s[1, 1]) == "BK");
        for (var i = 2; i <= most && diagnoses is not null; i++)
            if (diagnoses[i].Length == 0) builder.Fill(diagnoses, i, 0);
    }
}
