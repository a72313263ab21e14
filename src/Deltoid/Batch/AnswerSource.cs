using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Status;

namespace Deltoid.Batch;

/// <summary>
/// The acknowledgments of a stream (999, TA1, 277CA), in the order of the file. Each is small and held whole.
/// </summary>
internal static class AnswerSource
{
    /// <param name="refuser">Leads each to the claims as sent.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static List<AnsweredFile> Read(Stream stream, Refuser refuser, CancellationToken stop)
    {
        var (source, answers, unused) = (new BlockSource(stream), new List<AnsweredFile>(), new FindingList());
        var (group, groups) = (new Acknowledgment(), new AcknowledgmentReader());
        var (status, statuses) = (new ClaimStatus(), new ClaimStatusReader());
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (item.Part is { Kind: EnvelopeKind.Acknowledgment } part)
                    answers.Add(refuser.Answer(AcknowledgmentReader.Read(part, unused)));
                if (item.SetPart is not { } setPart) continue;
                var set = setPart.Set.Guide?.Set;
                if (set == AcknowledgmentSet.Set)
                {
                    groups.Read(block.Bytes, setPart, group, unused);
                    answers.Add(refuser.Answer(group));
                }
                else if (set == ClaimStatusSet.Set)
                {
                    statuses.Read(block.Bytes, setPart, status, unused);
                    if (setPart.IsLast) answers.Add(refuser.Answer(status));
                }
                unused.Clear();
            }
            source.Return(block);
        }
        return answers;
    }
}
