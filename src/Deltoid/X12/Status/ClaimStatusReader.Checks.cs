using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Status;

/// <summary>
/// Whether the levels of a 277CA are numbered, and its totals agree with each other and with the claims that are
/// listed.
/// </summary>
internal sealed partial class ClaimStatusReader
{
    int listedAccepted, listedRejected;
    /// <summary>How many were listed before the provider in hand.</summary>
    (int Accepted, int Rejected, int Claims) before;
    bool isEachListed;
    Finding fileCharge, fileCount, fileAccepted, fileRejected, providerCharge, providerAccepted, providerRejected;

    static readonly Code Accepted = Code.Of("WQ"), Rejected = Code.Of("U");

    void BeginChecks()
    {
        levels.Begin();
        listedAccepted = 0;
        listedRejected = 0;
        before = default;
        isWhole = isEachListed = true;
        fileCharge = fileCount = fileAccepted = fileRejected = default;
        providerCharge = providerAccepted = providerRejected = default;
    }

    void JudgeNumber(int row)
    {
        var text = Segment[9];
        if (text.IsEmpty) return;
        if (Segment[8].SequenceEqual("XX"u8) && !ElementForms.IsOf(Outside.Npi, text))
            reader.Report(ClaimStatusFindings.NumberForm, row, 9);
        if (Segment[8].SequenceEqual("FI"u8) && !ElementForms.IsOf(Outside.Tax, text))
            reader.Report(ClaimStatusFindings.TaxForm, row, 9);
    }

    /// <summary>All statuses of one owner say accepted, or all say rejected; a claim is counted by its first.</summary>
    void JudgeStatus(StatusOwner owner, StatusRun run, in StatusInfo status, int row)
    {
        if (!isWhole) return; // a claim whose trace is missing is in the run of the one before it
        var first = into.Statuses[run.First].Action;
        if (run.Count > 1 && status.Action != first) reader.Report(ClaimStatusFindings.ActionsDiffer, row, 3);
        if (status.Action == Accepted && status.First.Category is var category && category.Length == 2
            && category[0] == 'E')
            reader.Report(ClaimStatusFindings.ActionBarred, row, 3, detail: Arg.Of(category));
        if (run.Count > 1) return;
        if (owner == StatusOwner.Claim && IsContrary(status)) return; // which was reported: it is in neither count
        if (owner == StatusOwner.File)
            (fileCharge, fileCount) = (drafts.Of(ClaimStatusFindings.ChargeTotal, row, 4),
                drafts.Of(ClaimStatusFindings.CountMissing, row));
        else if (owner == StatusOwner.Provider) providerCharge = drafts.Of(ClaimStatusFindings.ChargeTotal, row, 4);
        else if (owner == StatusOwner.Claim && status.Action == Accepted) listedAccepted++;
        else if (owner == StatusOwner.Claim && status.Action == Rejected) listedRejected++;
    }

    /// <summary>The category says accepted and the action rejected, or the other way round.</summary>
    static bool IsContrary(in StatusInfo status) =>
        status.First.Category is { Length: 2 } category && category[0] == 'A'
            && (category[1] is '2' or '5' ? status.Action == Rejected
                : category[1] is '3' or '4' or '6' or '7' or '8' && status.Action == Accepted);

    void JudgeCount(StatusOwner owner, bool isAccepted, Quantity? count, int row)
    {
        if (count is { Thousandths: 0 }) reader.Report(ClaimStatusFindings.ZeroTotal, row, 2);
        var draft = drafts.Of(ClaimStatusFindings.ClaimCount, row, 2);
        if (owner == StatusOwner.File) (isAccepted ? ref fileAccepted : ref fileRejected) = draft;
        else if (owner == StatusOwner.Provider) (isAccepted ? ref providerAccepted : ref providerRejected) = draft;
    }

    static readonly Code Hcpcs = Code.Of("HC"), Revenue = Code.Of("NU");

    void JudgeLine(in StatusOfLine line, int row)
    {
        var text = Segment[1, 2];
        var list = line.Procedure.Kind == Hcpcs ? Outside.Procedure
            : line.Procedure.Kind == Revenue ? Outside.Revenue
            : Outside.None;
        if (!text.IsEmpty && !ElementForms.IsOf(list, text))
            reader.Report(ClaimStatusFindings.ServiceForm, row, 1, 2, Arg.Of(line.Procedure.Kind));
        if (line.Units is { Thousandths: <= 0 } units)
            reader.Report(ClaimStatusFindings.UnitsNotPositive, row, 7, detail: Arg.Of(units));
    }

    /// <summary>A provider's charges accepted and rejected are its charges in all, and its claims are counted.</summary>
    void JudgeProvider()
    {
        if (into.Providers.Count == 0) return;
        ref readonly var provider = ref into.Providers.Span[^1];
        var about = reader.Faults.Target;
        if (providerCharge.Info is not null) JudgeCharge(provider.Statuses, provider.Totals, providerCharge, about);
        var (accepted, rejected) = (listedAccepted - before.Accepted, listedRejected - before.Rejected);
        // what is wrong with a claim's own status is reported there
        var isEach = accepted + rejected == into.Claims.Count - before.Claims;
        JudgeListed(provider.Totals.Accepted, accepted, providerAccepted, isEach, about);
        JudgeListed(provider.Totals.Rejected, rejected, providerRejected, isEach, about);
        isEachListed &= isEach && accepted + rejected > 0
            && !(provider.Totals.Accepted > Quantity.Of(accepted))
            && !(provider.Totals.Rejected > Quantity.Of(rejected));
        providerCharge = providerAccepted = providerRejected = default;
        before = (listedAccepted, listedRejected, into.Claims.Count);
    }

    void JudgeCharge(StatusRun run, in StatusTotals totals, in Finding reported, FindingList about)
    {
        if (!isWhole || run.Count == 0 || into.Statuses[run.First].Charge is not { } charge
            || (totals.AcceptedCharge is null && totals.RejectedCharge is null))
            return;
        // a charge without its count, or a count without its charge, is asked for by a rule
        if (totals.AcceptedCharge is null != totals.Accepted is null
            || totals.RejectedCharge is null != totals.Rejected is null)
            return;
        var left = (totals.AcceptedCharge?.Cents ?? 0) + (totals.RejectedCharge?.Cents ?? 0) - charge.Cents;
        if (left != 0)
            about.Add(reported with
            {
                B = Arg.Of(charge), C = Arg.Of(totals.AcceptedCharge ?? Money.Zero),
                D = Arg.Of(totals.RejectedCharge ?? Money.Zero),
            });
    }

    /// <summary>The set is complete.</summary>
    void JudgeSet(FindingList about)
    {
        if (Segment.IsCut) return; // totals may be cut off
        JudgeProvider();
        if (fileCharge.Info is not null) JudgeCharge(into.FileStatuses, into.Totals, fileCharge, about);
        var totals = into.Totals;
        JudgeListed(totals.Accepted, listedAccepted, fileAccepted, isEachListed, about);
        if (totals is { Accepted: null, AcceptedCharge: null }) CountMissing(listedAccepted, about);
        JudgeListed(totals.Rejected, listedRejected, fileRejected, isEachListed, about);
        if (totals is { Rejected: null, RejectedCharge: null }) CountMissing(listedRejected, about);
    }

    /// <summary>
    /// Claims that were accepted may be left out, and those of a provider that was rejected as a whole: but then all of
    /// them, so a count may be more than what is listed only where nothing is.
    /// </summary>
    /// <param name="isEach">No provider is without a claim, and no claim without a verdict.</param>
    void JudgeListed(Quantity? counted, int listed, in Finding draft, bool isEach, FindingList about)
    {
        if (!isWhole || listed == 0 || counted is not { } count || draft.Info is null) return;
        if (count < Quantity.Of(listed) || (isEach && count > Quantity.Of(listed)))
            about.Add(draft with { D = Arg.Count(listed) });
    }

    void CountMissing(int listed, FindingList about)
    {
        if (isWhole && listed > 0 && fileCount.Info is not null)
            about.Add(fileCount with { D = Arg.Count(listed) });
    }
}
