using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Batch;

/// <summary>Counts of a run.</summary>
public sealed class Totals
{
    /// <summary>Claims and other items that were written with findings.</summary>
    public long Items { get; set; }

    /// <summary>Claims that were read.</summary>
    public long Claims { get; set; }

    /// <summary>Claims without a finding.</summary>
    public long Clean { get; set; }

    /// <summary>Findings by severity: info, warning, error.</summary>
    public long[] Findings { get; } = new long[3];

    /// <summary>Sets, or text outside of them, of which nothing was read.</summary>
    public long Refused { get; set; }

    /// <summary>Sets that were read.</summary>
    public long Read { get; set; }

    internal Tally Tally { get; } = new();

    /// <summary>Sets every count to zero.</summary>
    public void Clear()
    {
        Tally.Clear();
        Items = Claims = Clean = Refused = Read = 0;
        Array.Clear(Findings);
    }

    /// <summary>Adds the counts of another run or block.</summary>
    public void Add(Totals more)
    {
        Items += more.Items;
        Claims += more.Claims;
        Clean += more.Clean;
        Refused += more.Refused;
        Read += more.Read;
        for (var i = 0; i < Findings.Length; i++) Findings[i] += more.Findings[i];
        Tally.Add(more.Tally);
    }

    /// <summary>Counts a claim and what was found on it.</summary>
    public void Count(Claim claim, FindingList findings)
    {
        Claims++;
        if (findings.Count == 0) Clean++;
        Tally.Add(claim, findings);
        CountSeverities(findings);
    }

    /// <summary>Counts findings that belong to no claim.</summary>
    public void Count(FindingList findings)
    {
        Tally.Add(findings);
        CountSeverities(findings);
    }

    void CountSeverities(FindingList findings)
    {
        foreach (ref readonly var finding in findings.Span)
            if (finding.Under == 0) Findings[(int)finding.Severity]++;
    }
}
