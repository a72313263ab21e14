using Deltoid.Answers;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What a clearinghouse or a payer said before the claim was judged: the statuses of a 277CA that are about the claim,
/// the verdict of a 999 on its set, of a TA1 on its interchange.
/// </summary>
internal static class Refusals
{
    static readonly string[] Rejecting = ["A3", "A6", "A7", "A8"];

    /// <summary>
    /// The statuses of the claim and its lines; where it is not named, those of its provider, else of the file.
    /// </summary>
    public static List<StatusCode> StatusesOf(DeniedClaim of)
    {
        var codes = new List<StatusCode>();
        if (of.Status is not { } status) return codes;
        var id = of.Claim is { } claim ? claim[Claims.ClaimText.Id] : default;
        foreach (ref readonly var said in status.Claims.Span)
        {
            if (status.Claims.Count > 1 && !status[said.Id].SequenceEqual(id)) continue;
            Add(codes, status, said.Statuses);
            foreach (ref readonly var line in status.LinesOf(said)) Add(codes, status, line.Statuses);
        }
        if (codes.Count > 0) return codes;
        foreach (ref readonly var provider in status.Providers.Span) Add(codes, status, provider.Statuses);
        if (codes.Count == 0) Add(codes, status, status.FileStatuses);
        return codes;
    }

    static void Add(List<StatusCode> codes, ClaimStatus status, StatusRun run)
    {
        foreach (ref readonly var info in status.StatusesOf(run))
            foreach (var code in (ReadOnlySpan<StatusCode>)[info.First, info.Second, info.Third])
                if (!code.IsNone) codes.Add(code);
    }

    public static bool IsRejecting(in StatusCode code) =>
        Array.IndexOf(Rejecting, code.Category.ToString()) >= 0;

    /// <summary>Whether the claim was refused; unknown where nothing that came back says so.</summary>
    public static Truth IsRefused(DeniedClaim of)
    {
        var codes = StatusesOf(of);
        if (codes.Count > 0) return Truths.Of(codes.Exists(static c => IsRejecting(c)));
        if (of.Acknowledgment is { } group)
        {
            if (group.Sets.Count == 0)
                return group.Verdict == default ? Truth.Unknown : Truths.Of(group.Verdict is not ('A' or 'E'));
            foreach (ref readonly var set in group.Sets.Span)
                if (!set.IsAccepted) return Truth.Yes;
            return Truth.No;
        }
        return of.InterchangeVerdict is { } interchange ? Truths.Of(interchange.Verdict == 'R') : Truth.Unknown;
    }

    /// <summary>What was said, in our words.</summary>
    public static string Says(DeniedClaim of)
    {
        var codes = StatusesOf(of);
        var at = Math.Max(0, codes.FindIndex(static c => IsRejecting(c)));
        if (codes.Count > 0)
            return $"277CA {codes[at].Category}:{codes[at].Code}, {WordsOf(codes[at])}";
        if (of.Acknowledgment is { } group)
            foreach (ref readonly var rejection in group.Rejections.Span)
                return $"999: segment {rejection.Segment}, number {rejection.Ordinal} of the set";
        return of.Acknowledgment is not null ? "999: the set"
            : of.InterchangeVerdict is { } verdict ? $"TA1 {verdict.Verdict}, {verdict.Fault}"
            : "no answer about the claim";
    }

    /// <summary>A status in our words: its category, and what is meant of whom.</summary>
    public static string WordsOf(in StatusCode code)
    {
        var (book, entity) = (ResponseCodes.Shipped, code.Entity.IsNone ? "" : code.Entity.ToString());
        var who = entity.Length > 0 ? book.Words(ResponseKind.Entity, entity) : "";
        var what = book.Find(ResponseKind.Status, code.Code.ToString())?.Words(who) ?? code.Code.ToString();
        return $"{book.Words(ResponseKind.Category, code.Category.ToString())}: {what}";
    }

    /// <summary>
    /// Whether the 999 names this claim, or another, as the one at fault; null where it names none.
    /// </summary>
    public static bool? NamesThis(DeniedClaim of)
    {
        if (of.Acknowledgment is not { } group || of.Claim is not { } claim) return null;
        bool? names = null;
        foreach (ref readonly var rejection in group.Rejections.Span)
        {
            if (rejection.UnitNumber.IsEmpty) continue;
            if (group[rejection.UnitNumber].SequenceEqual(claim[Claims.ClaimText.Id])) return true;
            names = false;
        }
        return names;
    }
}
