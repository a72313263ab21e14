using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;

namespace Deltoid.Cli;

/// <summary>
/// Reads an 835 that was just written as its receiver would, and reports what is wrong by the fields that were written
/// for it.
/// </summary>
sealed class EmittedRemittance(bool isOneOfMany)
{
    readonly RemittanceReader reader = new();
    readonly RemittanceBalance balance = new();
    readonly Remittance head = new();
    readonly RemittanceSums sums = new();
    readonly ClaimPayment claim = new();
    readonly FindingList findings = new();
    readonly Claim noClaim = new();
    readonly List<string> reported = [];
    int payment, claims; // from 1; of the payment

    /// <summary>One sentence for each error, and what to do about it; empty when a receiver would find none.</summary>
    public IReadOnlyList<string> Of(byte[] file)
    {
        var source = new BlockSource(new MemoryStream(file));
        while (source.Next() is { } block)
        {
            foreach (var item in block.Items)
            {
                if (item.Part is { } part) Report(part.Findings, "file", -1);
                else if (item.SetPart is { Set.Guide: not null } setPart) Read(block.Bytes, setPart);
            }
            source.Return(block);
        }
        return reported;
    }

    void Read(byte[] bytes, SetPart setPart)
    {
        if (setPart.Data.Ordinal == 1)
        {
            balance.Begin();
            (payment, claims) = (payment + 1, 0);
        }
        reader.Open(bytes, setPart, head, sums);
        while (reader.Read(claim, findings)) Report(findings, $"claim {++claims} ({claim.Text(claim.Id)})", claims - 1);
        balance.Add(head, sums);
        if (setPart.IsLast) balance.Judge(reader.SetFindings);
        Report(reader.SetFindings, "payment", -1);
    }

    void Report(FindingList found, string subject, int ofClaim)
    {
        var start = isOneOfMany && payment > 0 ? $"remittance {payment}, {subject}: " : subject + ": ";
        foreach (ref readonly var finding in found.Span)
        {
            if (finding.Severity != Severity.Error) continue;
            var field = RemittancePaths.Of(finding, ofClaim) is { Length: > 0 } path ? path + ": " : "";
            var sentence = Sentence.Of(finding, noClaim, GuideNames.NameOf);
            var remedy = FindingText.Fix(finding, GuideNames.NameOf);
            var line = $"{start}{field}{sentence} [{finding.Info.Id}]{(remedy.Length > 0 ? $"\n  try: {remedy}" : "")}";
            if (!reported.Contains(line)) reported.Add(line);
        }
        found.Clear();
    }
}
