using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Batch;

/// <summary>What came of the claims of one kind of payer.</summary>
internal record struct PayerTally(long Claims, long Clean, long Errors);

/// <summary>How often each kind of finding was made, and what came of the claims by kind of payer.</summary>
internal sealed class Tally
{
    readonly Dictionary<FindingInfo, long> kinds = [];
    readonly PayerTally[] payers = new PayerTally[(int)PayerKind.SelfPay + 1];

    /// <summary>Kinds of findings, the most frequent first, then by id.</summary>
    public IEnumerable<KeyValuePair<FindingInfo, long>> Kinds =>
        kinds.OrderByDescending(static k => k.Value).ThenBy(static k => k.Key.Id, StringComparer.Ordinal);

    /// <summary>By kind of payer; <see cref="PayerKind.None"/> where a claim does not say.</summary>
    public ReadOnlySpan<PayerTally> Payers => payers;

    /// <summary>Counts a claim and its findings; those that belong to another are not counted.</summary>
    public void Add(Claim claim, FindingList findings)
    {
        ref var payer = ref payers[(int)claim.PayerKind];
        payer.Claims++;
        if (findings.Count == 0) payer.Clean++;
        foreach (ref readonly var finding in findings.Span)
            if (finding.Under == 0 && finding.Severity == Severity.Error) payer.Errors++;
        Add(findings);
    }

    /// <summary>Counts findings that belong to no claim.</summary>
    public void Add(FindingList findings)
    {
        var (last, count) = (default(FindingInfo), 0L); // one after another they are often of one kind
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Under != 0) continue;
            if (finding.Info != last && last is not null)
            {
                Add(last, count);
                count = 0;
            }
            (last, count) = (finding.Info, count + 1);
        }
        if (last is not null) Add(last, count);
    }

    public void Add(FindingInfo info, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(kinds, info, out _) += count;

    public void Add(PayerKind kind, PayerTally more)
    {
        ref var payer = ref payers[(int)kind];
        payer = new(payer.Claims + more.Claims, payer.Clean + more.Clean, payer.Errors + more.Errors);
    }

    public void Add(Tally more)
    {
        foreach (var (info, count) in more.kinds) Add(info, count);
        for (var i = 0; i < payers.Length; i++) Add((PayerKind)i, more.payers[i]);
    }

    public void Clear()
    {
        kinds.Clear();
        Array.Clear(payers);
    }
}
