using System.Buffers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Batch;

/// <summary>What a block of claims came to: its text, and what is counted of it.</summary>
internal sealed class ScrubbedBlock
{
    public ArrayBufferWriter<byte> Text { get; } = new(64 * 1024);

    public Totals Totals { get; } = new();
}

/// <summary>
/// One worker's tools for scrubbing blocks of an 837: reader, scrubber, writer, all used again for every claim.
/// </summary>
/// <param name="keeps">The kinds of findings that are asked for; all when null.</param>
internal sealed class ScrubWorker(CodeBook book, PatientHistory? history, FindingsWriter writer,
    Func<FindingInfo, bool>? keeps = null, EditSet? edits = null)
{
    readonly ClaimReader reader = new();
    readonly Scrubber scrubber = new(edits ?? Shipped.Edits);
    readonly ClaimPayers payers = new(book);
    readonly Claim claim = new();
    readonly FindingList findings = new();
    readonly HashSet<int> joined = []; // among those of the set, what stands with claims

    /// <summary>Scrubs the claims of a block.</summary>
    public void Scrub(Block block, ScrubbedBlock made)
    {
        foreach (var item in block.Items)
        {
            if (item.Part is { } part) Tell(part, made);
            else if (SetChoice.Claims.Of(item) is { } setPart) Scrub(block.Bytes, setPart, made);
        }
    }

    /// <summary>What was found of the envelope.</summary>
    public void Tell(EnvelopePart part, ScrubbedBlock made)
    {
        if (keeps is not null) part.Findings.Keep(keeps);
        made.Totals.Count(part.Findings);
        if (SetChoice.Claims.IsRead(part)) made.Totals.Read++;
        else if (SetChoice.Claims.IsRefused(part)) made.Totals.Refused++;
        made.Totals.Items += writer.Write(part.Place, part.Findings, made.Text);
    }

    /// <summary>
    /// What is wrong with the billing provider was found once, before its claims; where an edit finds the same in a
    /// claim, it stands there.
    /// </summary>
    void JoinOfLevels()
    {
        if (findings.Count == 0) return;
        for (var i = 0; i < reader.SetFindings.Count; i++)
        {
            ref readonly var found = ref reader.SetFindings[i];
            if (ClaimPlaces.Has(claim, found.Source.Segment)
                && Joining.TryJoin(findings, found, claim, ClaimFaults.IsOneField))
                joined.Add(i);
        }
    }

    void RemoveJoined()
    {
        if (joined.Count == 0) return;
        for (var i = reader.SetFindings.Count - 1; i >= 0; i--)
            if (joined.Contains(i)) reader.SetFindings.RemoveAt(i);
        joined.Clear();
    }

    /// <summary>Scrubs the claims of a part of a set.</summary>
    public void Scrub(byte[] bytes, SetPart setPart, ScrubbedBlock made)
    {
        reader.Open(bytes, setPart);
        findings.Clear();
        while (reader.Read(claim, findings))
        {
            scrubber.Check(claim, book, payers.Of(claim), history, null, findings);
            JoinOfLevels();
            if (keeps is not null) findings.Keep(keeps);
            made.Totals.Count(claim, findings);
            made.Totals.Items += writer.Write(claim, findings, made.Text);
            findings.Clear();
        }
        if (keeps is not null) reader.SetFindings.Keep(keeps);
        RemoveJoined();
        if (reader.SetFindings.Count == 0) return;
        made.Totals.Count(reader.SetFindings);
        made.Totals.Items += writer.Write(new SourcePlace(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set,
                0, 0, 0, 0, 0), reader.SetFindings, made.Text);
        reader.SetFindings.Clear();
    }
}
