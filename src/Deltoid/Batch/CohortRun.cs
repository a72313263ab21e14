using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Reports;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;
using Deltoid.X12.Status;

namespace Deltoid.Batch;

/// <summary>Reads claims and the answers to them from X12 into a cohort. Belongs to one thread.</summary>
internal sealed class CohortRun(Cohort into)
{
    static readonly SetChoice Choice =
        new([.. ClaimSets.All, RemittanceSet.Set, ClaimStatusSet.Set, AcknowledgmentSet.Set]);

    readonly ClaimReader claims = new();
    readonly RemittanceReader remittances = new();
    readonly ClaimStatusReader statuses = new();
    readonly ClaimStatus status = new();
    readonly AcknowledgmentReader acknowledgments = new();
    readonly Acknowledgment acknowledgment = new();
    readonly RemittanceSums sums = new();
    readonly Remittance head = new();
    readonly ClaimPayment payment = new();
    readonly Claim claim = new();
    readonly FindingList unused = new(); // `check` says what is wrong
    Remittance? kept; // the head of the set that is read

    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    /// <returns>How many sets were read.</returns>
    public long Read(Stream x12, CancellationToken stop)
    {
        var (source, sets) = (new BlockSource(x12), 0L);
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (Choice.Of(item) is { } part) Read(block.Bytes, part);
                else if (item.Part is { } envelope && Choice.IsRefused(envelope)) into.Refused++;
                else if (item.Part is { } begin && Choice.IsRead(begin)) sets++;
            }
            source.Return(block);
        }
        return sets;
    }

    void Read(byte[] bytes, SetPart part)
    {
        var set = part.Set.Guide!.Set;
        if (set == RemittanceSet.Set) ReadPayments(bytes, part);
        else if (set == ClaimStatusSet.Set) ReadStatus(bytes, part);
        else if (set == AcknowledgmentSet.Set) ReadAcknowledgment(bytes, part);
        else ReadClaims(bytes, part);
        unused.Clear();
    }

    void ReadClaims(byte[] bytes, SetPart part)
    {
        claims.Open(bytes, part);
        for (; claims.Read(claim, unused); unused.Clear()) into.Add(claim);
        claims.SetFindings.Clear();
    }

    void ReadPayments(byte[] bytes, SetPart part)
    {
        remittances.Open(bytes, part, head, sums);
        if (part.Data.Ordinal == 1) kept = null;
        for (; remittances.Read(payment, unused); unused.Clear())
            into.Payments.Add(new(kept ??= head.Detach(), payment.Detach()));
        remittances.SetFindings.Clear();
    }

    void ReadStatus(byte[] bytes, SetPart part)
    {
        statuses.Read(bytes, part, status, unused);
        if (part.IsLast) into.Statuses.Add(status.Detach());
    }

    void ReadAcknowledgment(byte[] bytes, SetPart part)
    {
        acknowledgments.Read(bytes, part, acknowledgment, unused);
        if (part.IsLast) into.Acknowledgments.Add(acknowledgment.Detach());
    }
}
