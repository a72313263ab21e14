using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;
using Deltoid.X12.Inquiries;

namespace Deltoid.Cli;

/// <summary>
/// Reads questions to payers that were just written as their receiver would, and reports what is wrong by the fields of
/// the claims that they were made from.
/// </summary>
/// <param name="isFromClaims">Each subscriber's level was made from one claim, in order.</param>
sealed class EmittedInquiry(bool isFromClaims)
{
    readonly List<string> reported = [];

    /// <summary>One sentence for each error, and what to do about it; empty when a receiver would find none.</summary>
    public IReadOnlyList<string> Of(byte[] file)
    {
        var (source, reader, inquiry, findings) =
            (new BlockSource(new MemoryStream(file)), new InquiryReader(), new Inquiry(), new FindingList());
        while (source.Next() is { } block)
        {
            foreach (var item in block.Items)
            {
                if (item.Part is { } part) Report(part.Findings, null);
                if (item.SetPart is not { Set.Guide: not null } setPart) continue;
                reader.Read(block.Bytes, setPart, inquiry, findings);
                if (setPart.IsLast) Report(findings, inquiry);
            }
            source.Return(block);
        }
        return reported;
    }

    void Report(FindingList found, Inquiry? inquiry)
    {
        foreach (ref readonly var finding in found.Span)
        {
            if (finding.Severity != Severity.Error) continue;
            var path = isFromClaims ? InquiryPaths.Of(finding) : "";
            var isShared = path.StartsWith("--", StringComparison.Ordinal)
                || path.StartsWith("/billingProvider", StringComparison.Ordinal)
                || path.StartsWith("/payer", StringComparison.Ordinal);
            var ofClaim = isFromClaims && !isShared && inquiry is not null;
            var subject = ofClaim ? $"claim {InquiryPaths.ClaimAt(inquiry!, finding.Source.Segment)}: "
                : inquiry is null ? "file: " : "";
            var place = path.Length > 0 ? path : FindingPaths.Of(finding);
            var sentence = Sentence.Of(finding, new Claim(), GuideNames.NameOf);
            var remedy = FindingText.Fix(finding, GuideNames.NameOf);
            var id = GuideNames.RowOf(finding) is { Length: > 0 } row ? row : finding.Info.Id;
            var line = $"{subject}{(place.Length > 0 ? place + ": " : "")}{sentence} [{id}]"
                + (remedy.Length > 0 ? $"\n  try: {remedy}" : "");
            if (!reported.Contains(line)) reported.Add(line);
        }
        found.Clear();
    }
}
