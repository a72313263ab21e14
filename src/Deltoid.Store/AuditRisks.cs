using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A sign that a claim deserves a look.</summary>
/// <param name="Rule">The rule that it is about; empty where it is none.</param>
internal readonly record struct RiskSign(string Says, int Points, string Rule);

/// <summary>
/// What makes a claim riskier than another: what people asserted or set aside, what is unusual beside the practice's
/// other claims, and what earlier audits found.
/// </summary>
internal sealed class AuditRisks
{
    /// <summary>So many times the middle of a code's units is unusual; a code is known from so many lines on.</summary>
    const int UnusualTimes = 2, FewestLines = 5;

    readonly Dictionary<long, List<string>> aside;
    readonly HashSet<long> attested;
    readonly HashSet<long> appealed;
    readonly HashSet<(string Npi, string Code)> wrongBefore;
    readonly Dictionary<Code, long> usual = [];

    AuditRisks(Dictionary<long, List<string>> aside, HashSet<long> attested, HashSet<long> appealed,
        HashSet<(string, string)> wrongBefore) =>
        (this.aside, this.attested, this.appealed, this.wrongBefore) = (aside, attested, appealed, wrongBefore);

    public static async Task<AuditRisks> Load(PracticeDb db, CancellationToken stop)
    {
        var aside = (await db.Overrides.AsNoTracking().Select(static o => new { o.ClaimId, o.FindingId })
            .ToListAsync(stop)).GroupBy(static o => o.ClaimId)
            .ToDictionary(static g => g.Key, static g => g.Select(static o => o.FindingId).Distinct().Order().ToList());
        var attested = (await db.Events.AsNoTracking().Where(static e => e.Act == "attest")
            .Select(static e => e.Subject).Distinct().ToListAsync(stop))
            .Select(static s => long.TryParse(s.AsSpan("claim/".Length), out var id) ? id : 0).ToHashSet();
        var appealed = (await db.Appeals.AsNoTracking().Select(static a => a.ClaimId).ToListAsync(stop)).ToHashSet();
        var wrong = await db.SampledLines.AsNoTracking().Where(static l => l.Verdict > LineVerdict.Agree)
            .Join(db.SampledClaims, static l => l.SampledClaimId, static c => c.Id, static (l, c) =>
                new { c.Npi, l.Code }).Distinct().ToListAsync(stop);
        return new(aside, attested, appealed, [.. wrong.Select(static w => (w.Npi, w.Code))]);
    }

    /// <summary>Learns how many units of each code are usual: the middle of all lines.</summary>
    public void Learn(IEnumerable<(Code Code, long Units)> lines)
    {
        foreach (var of in lines.GroupBy(static l => l.Code, static l => l.Units))
            if (of.Order().ToList() is { Count: >= FewestLines } units) usual[of.Key] = units[units.Count / 2];
    }

    /// <summary>The signs of a claim.</summary>
    public List<RiskSign> Of(long claimId, string npi, int warnings, Claim claim)
    {
        var signs = new List<RiskSign>();
        if (aside.TryGetValue(claimId, out var ids))
            signs.Add(new($"a person set a finding aside ({string.Join(", ", ids)})", 2, ""));
        if (attested.Contains(claimId)) signs.Add(new("a person said what the record supports", 1, "INJ-275"));
        if (appealed.Contains(claimId)) signs.Add(new("it was denied and appealed", 1, "INJ-274"));
        if (warnings > 0) signs.Add(new("it left with a warning", 1, ""));
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Modifiers.Has(Modifier.M25)) signs.Add(new($"{line.Code} with modifier 25", 1, "INJ-273"));
            if (line.Modifiers.Distinct is { IsNone: false } distinct)
                signs.Add(new($"{line.Code} with modifier {distinct}", 2, "INJ-140"));
            if (line.Modifiers.Has(Modifier.JW)) signs.Add(new($"waste of {line.Code} is billed", 1, "INJ-270"));
            if (usual.TryGetValue(line.Code, out var units) && line.Units.Thousandths > units * UnusualTimes)
                signs.Add(new($"more units of {line.Code} than usual", 2, "INJ-273"));
            if (wrongBefore.Contains((npi, line.Code.ToString())))
                signs.Add(new($"an audit found an error with {line.Code} of this provider", 3, ""));
        }
        return [.. signs.Distinct()];
    }

    public static string Say(IEnumerable<RiskSign> signs) => string.Join("; ", signs.Select(static s =>
        s.Rule.Length > 0 ? $"{s.Says} ({s.Rule})" : s.Says));
}
