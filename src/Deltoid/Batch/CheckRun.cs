using System.Buffers;
using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;

namespace Deltoid.Batch;

/// <summary>One set that was checked.</summary>
/// <param name="Kind">The guide, or ST01 of a set that is not supported.</param>
/// <param name="Claims">Claims, payments, statuses or verdicts in it.</param>
/// <param name="Findings">By severity: info, warning, error.</param>
public sealed record CheckedSet(SourcePlace Place, string Kind, string Control, bool IsRead, long Claims, long[] Findings)
{
    public long Claims { get; set; } = Claims;
}

/// <summary>
/// Reads every set of a stream as its receiver would, in the order of the file, and hands on what is wrong: with a claim of an 837, with
/// the set or with the envelope. A long set is never held: what is found goes out as it is found.
/// </summary>
/// <param name="writer">Null where nobody reads the findings, only the acknowledgment and the counts.</param>
public sealed class CheckRun(BlockSource source, CodeBook book, Acknowledger? acknowledger, FindingsWriter? writer, Action<ReadOnlyMemory<byte>, long> deliver)
{
    readonly ClaimReader claims = new();
    readonly RemittanceReader remittances = new();
    readonly ClaimStatusReader statuses = new();
    readonly AcknowledgmentReader acknowledgments = new();
    readonly Claim claim = new();
    readonly Remittance remittance = new();
    readonly RemittanceSums sums = new();
    readonly RemittanceBalance balance = new();
    readonly ClaimPayment payment = new();
    readonly ClaimStatus status = new();
    readonly Acknowledgment acknowledgment = new();
    readonly Scrubber scrubber = new(CheckEdits.Set);
    readonly ClaimPayers payers = new(book);
    readonly FindingList findings = new();
    readonly ArrayBufferWriter<byte> text = new(64 * 1024);
    SourcePlace place;
    CheckedSet? set;
    long items;

    /// <summary>What was found so far.</summary>
    public Totals Totals { get; } = new();

    /// <summary>Sets that were read, or passed over.</summary>
    public List<CheckedSet> Sets { get; } = [];

    /// <summary>Findings by type of testing; index 1 to 7.</summary>
    public long[] Types { get; } = new long[FindingInfo.MostSnip + 1];

    /// <summary>Runs to the end.</summary>
    /// <exception cref="IOException">The input cannot be read or the output not be written.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public void Run(CancellationToken stop)
    {
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (item.Part is { } part) Take(part);
                else if (item.Stretch is { Set.Guide: not null } stretch) Read(block.Bytes, stretch);
            }
            source.Return(block);
            deliver(text.WrittenMemory, items);
            text.ResetWrittenCount();
            items = 0;
        }
    }

    void Take(EnvelopePart part)
    {
        if (part.Kind == EnvelopeKind.Set) BeginSet(part);
        else if (part.Kind == EnvelopeKind.Stray) Totals.Refused++;
        place = part.Place;
        Tell(part.Findings);
        acknowledger?.Take(part);
        part.Findings.Clear();
        if (part.Kind == EnvelopeKind.SetEnd) set = null;
    }

    void BeginSet(EnvelopePart part)
    {
        var guide = part.Set!.Guide;
        set = new(part.Place, guide?.Name ?? part.Element(1), part.Element(2), guide is not null, 0, new long[3]);
        Sets.Add(set);
        if (guide is null) Totals.Refused++; else Totals.Read++;
    }

    void Read(byte[] bytes, Stretch stretch)
    {
        place = new(stretch.Set.Interchange, stretch.Set.Group, stretch.Set.Set, 0, 0, 0, 0, 0);
        switch (stretch.Set.Guide!.Info.Set)
        {
            case "837": ReadClaims(bytes, stretch); break;
            case "835": ReadPayments(bytes, stretch); break;
            case "277": ReadStatuses(bytes, stretch); break;
            default: ReadVerdicts(bytes, stretch); break;
        }
    }

    void ReadClaims(byte[] bytes, Stretch stretch)
    {
        claims.Open(bytes, stretch);
        while (claims.Read(claim, findings))
        {
            scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
            Totals.Claims++;
            if (set is not null) set.Claims++;
            if (findings.Count == 0) Totals.Clean++;
            Count(findings);
            items += writer?.Write(claim, findings, text) ?? 0;
            Acknowledge(findings, "CLM01"u8, claim[ClaimText.Id], claim.Source.Segment);
            findings.Clear();
        }
        Close(claims.SetFindings);
    }

    void ReadPayments(byte[] bytes, Stretch stretch)
    {
        if (stretch.Data.Ordinal == 1) balance.Begin();
        remittances.Open(bytes, stretch, remittance, sums);
        while (remittances.Read(payment, findings))
        {
            if (set is not null) set.Claims++;
            Close(findings, "TRN02"u8, remittance[RemittanceText.Trace]);
        }
        balance.Add(remittance, sums);
        if (stretch.IsLast) balance.Judge(remittances.SetFindings);
        Close(remittances.SetFindings, "TRN02"u8, remittance[RemittanceText.Trace]);
    }

    void ReadStatuses(byte[] bytes, Stretch stretch)
    {
        statuses.Read(bytes, stretch, status, findings);
        if (set is not null) set.Claims = status.Claims.Count;
        Close(findings);
    }

    void ReadVerdicts(byte[] bytes, Stretch stretch)
    {
        acknowledgments.Read(bytes, stretch, acknowledgment, findings);
        if (set is not null) set.Claims = acknowledgment.Sets.Count;
        Close(findings);
    }

    /// <summary>Findings of the set as such.</summary>
    void Close(FindingList found, ReadOnlySpan<byte> kind = default, ReadOnlySpan<byte> unit = default)
    {
        if (found.Count == 0) return;
        Tell(found);
        Acknowledge(found, kind, unit, 3); // the trace stands behind ST and the payment
        found.Clear();
    }

    void Tell(FindingList found)
    {
        Count(found);
        items += writer?.Write(place, found, text) ?? 0;
    }

    void Acknowledge(FindingList found, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> unit, int from)
    {
        if (found.Count > 0) acknowledger?.Take(found, kind, unit, from);
    }

    void Count(FindingList found)
    {
        Totals.Count(found);
        foreach (ref readonly var finding in found.Span)
        {
            if (finding.Under != 0) continue;
            Types[finding.Info.Snip]++;
            if (set is not null) set.Findings[(int)finding.Severity]++;
        }
    }
}
