using System.Runtime.InteropServices;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Why a line is paid otherwise: the table of the book that changed.</summary>
internal enum ImpactCause : byte { CodeEnded, BillingUnit, AspLimit, FeeSchedule, ConversionFactor, Opps, OtherLines,
    Other }

/// <summary>How many things there are, and the dollars they come to.</summary>
internal record struct Moved(long Count, long Cents)
{
    public readonly Money Money => new(Cents);
}

/// <summary>What a change of books comes to by code, by kind of payer, by cause, and by kind of finding.</summary>
internal sealed class ImpactTotals
{
    readonly Dictionary<ulong, Moved> codes = [];
    readonly Moved[] payers = new Moved[(int)PayerKind.SelfPay + 1], causes = new Moved[(int)ImpactCause.Other + 1];
    readonly Dictionary<FindingInfo, (long New, long Gone)> findings = [];

    /// <summary>Codes whose lines are paid otherwise, most dollars first.</summary>
    public IEnumerable<(Code Code, Moved Moved)> Codes =>
        codes.OrderByDescending(static c => Math.Abs(c.Value.Cents)).ThenBy(static c => c.Key)
            .Select(static c => (new Code(c.Key), c.Value));

    /// <summary>Claims that come out otherwise, by kind of payer.</summary>
    public IEnumerable<(PayerKind Kind, Moved Moved)> Payers =>
        Counted(payers).Select(static p => ((PayerKind)p.Index, p.Moved));

    /// <summary>Lines that are paid otherwise, by what changed.</summary>
    public IEnumerable<(ImpactCause Cause, Moved Moved)> Causes =>
        Counted(causes).Select(static c => ((ImpactCause)c.Index, c.Moved));

    /// <summary>Findings that one book makes and the other does not.</summary>
    public IEnumerable<(FindingInfo Info, long New, long Gone)> Findings =>
        findings.OrderByDescending(static f => f.Value.New + f.Value.Gone)
            .ThenBy(static f => f.Key.Id, StringComparer.Ordinal)
            .Select(static f => (f.Key, f.Value.New, f.Value.Gone));

    static IEnumerable<(int Index, Moved Moved)> Counted(Moved[] all) =>
        all.Select(static (moved, index) => (index, moved)).Where(static m => m.moved.Count > 0)
            .OrderByDescending(static m => Math.Abs(m.moved.Cents));

    public void AddLine(Code code, ImpactCause cause, Money difference)
    {
        Add(ref CollectionsMarshal.GetValueRefOrAddDefault(codes, code.Packed, out _), new(1, difference.Cents));
        Add(ref causes[(int)cause], new(1, difference.Cents));
    }

    public void AddClaim(PayerKind payer, Money difference) => Add(ref payers[(int)payer], new(1, difference.Cents));

    public void AddFinding(FindingInfo info, bool isNew)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(findings, info, out _);
        count = isNew ? (count.New + 1, count.Gone) : (count.New, count.Gone + 1);
    }

    public void Add(ImpactTotals more)
    {
        foreach (var (code, moved) in more.codes)
            Add(ref CollectionsMarshal.GetValueRefOrAddDefault(codes, code, out _), moved);
        for (var i = 0; i < payers.Length; i++) Add(ref payers[i], more.payers[i]);
        for (var i = 0; i < causes.Length; i++) Add(ref causes[i], more.causes[i]);
        foreach (var (info, count) in more.findings)
        {
            ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(findings, info, out _);
            all = (all.New + count.New, all.Gone + count.Gone);
        }
    }

    static void Add(ref Moved all, Moved more) => all = new(all.Count + more.Count, checked(all.Cents + more.Cents));
}
