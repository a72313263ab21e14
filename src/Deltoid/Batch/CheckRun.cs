using System.Buffers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Batch;

/// <summary>One set that was checked.</summary>
/// <param name="Kind">The guide, or ST01 of a set that is not supported.</param>
/// <param name="Claims">Claims, payments, statuses or verdicts in it.</param>
/// <param name="Findings">By severity: info, warning, error.</param>
internal sealed record CheckedSet(SourcePlace Place, string Kind, string Control, bool IsRead, long Claims,
    long[] Findings)
{
    public long Claims { get; set; } = Claims;
}

/// <summary>
/// Reads every set of a stream as its receiver would, in the order of the file, and hands on what is wrong: with a
/// claim of an 837, with the set or with the envelope. A long set is never held: what is found goes out as it is found.
/// </summary>
/// <param name="writer">Null where nobody reads the findings, only the acknowledgment and the counts.</param>
public sealed class CheckRun(BlockSource source, CodeBook book, Acknowledger? acknowledger, FindingsWriter? writer,
    Action<ReadOnlyMemory<byte>, long> deliver)
{
    readonly SetReadings readings = new();
    readonly Scrubber scrubber = new(CheckEdits.Set);
    readonly ClaimPayers payers = new(book);
    readonly ClaimNumbers numbers = new();
    readonly JoinedSegments joined = new();
    readonly FindingList findings = new();
    readonly FindingList ofOne = new(); // findings about one claim
    readonly Claim named = new(); // of which only the number is known
    readonly ArrayBufferWriter<byte> text = new(64 * 1024);
    SourcePlace place;
    CheckedSet? set;
    long items;

    /// <summary>What was found so far.</summary>
    public Totals Totals { get; } = new();

    /// <summary>Sets that were read, or passed over.</summary>
    internal List<CheckedSet> Sets { get; } = [];

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
                else if (SetChoice.All.Of(item) is { } setPart) Read(block.Bytes, setPart);
            }
            source.Return(block);
            deliver(text.WrittenMemory, items);
            text.ResetWrittenCount();
            items = 0;
        }
    }

    void Take(EnvelopePart part)
    {
        if (SetChoice.All.IsRead(part)) Totals.Read++;
        else if (SetChoice.All.IsRefused(part)) Totals.Refused++;
        if (part.Kind == EnvelopeKind.Set) BeginSet(part);
        place = part.Place;
        if (part.Kind == EnvelopeKind.SetEnd) joined.Settle(part.Findings);
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
        joined.Begin();
    }

    void Read(byte[] bytes, SetPart setPart)
    {
        place = new(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, 0, 0, 0, 0, 0);
        var reading = readings.Of(setPart.Set.Guide!.Set);
        reading.KeepsSet = false;
        reading.Open(bytes, setPart);
        while (reading.Next(findings))
        {
            if (set is not null) set.Claims++;
            if (reading.Claim is { } claim) Finish(claim, reading);
            else Close(findings, reading);
        }
        if (set is not null && reading.Listed > 0) set.Claims = reading.Listed;
        Close(reading.SetFindings, reading);
    }

    void Finish(Claim claim, SetReading reading)
    {
        joined.Take(findings);
        numbers.Judge(claim, findings);
        scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
        Totals.Claims++;
        if (findings.Count == 0) Totals.Clean++;
        Count(findings);
        items += writer?.Write(claim, findings, text) ?? 0;
        Acknowledge(findings, reading);
        findings.Clear();
    }

    /// <summary>
    /// Findings of an item without a claim, or of the set as such: by the claims that they are about, in their order.
    /// </summary>
    void Close(FindingList found, SetReading reading)
    {
        joined.Take(found);
        for (var from = 0; from < found.Count;)
        {
            var claim = reading.ClaimOf(found[from]);
            ofOne.Clear();
            while (from < found.Count && reading.ClaimOf(found[from]).Id.SequenceEqual(claim.Id))
                ofOne.Add(found[from++]);
            if (claim.Id.IsEmpty) Tell(ofOne);
            else TellOf(claim.Id, ofOne);
            var unit = reading.UnitId.IsEmpty ? claim : new NamedClaim(reading.UnitId, reading.UnitStart);
            acknowledger?.Take(ofOne, reading.UnitKind, unit.Id, unit.Start);
        }
        found.Clear();
    }

    void TellOf(ReadOnlySpan<byte> claimId, FindingList found)
    {
        Count(found);
        named.Clear();
        named.Set(ClaimText.Id, claimId);
        items += writer?.Write(named, found, text) ?? 0;
    }

    void Tell(FindingList found)
    {
        Count(found);
        items += writer?.Write(place, found, text) ?? 0;
    }

    void Acknowledge(FindingList found, SetReading reading)
    {
        if (found.Count > 0) acknowledger?.Take(found, reading.UnitKind, reading.UnitId, reading.UnitStart);
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
