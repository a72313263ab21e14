using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Status;

/// <summary>Writes a 277CA set. Levels are numbered here; the envelope around it is the caller's.</summary>
internal sealed partial class ClaimStatusWriter : AnswerWriter
{
    static readonly string[] LevelLoops = ["2000A", "2000B", "2000C", "2000D"],
        NameLoops = ["2100A", "2100B", "2100C", "2100D"], TraceLoops = ["2200A", "2200B", "2200C", "2200D"];

    readonly int[] levelLoops, nameLoops, traceLoops; // by owner
    readonly int lineLoop, patientRow, claimRow;
    readonly int[] numbers = new int[4]; // of the levels that are open, by owner
    readonly int[] statuses = new int[5]; // how many are written, by owner
    readonly HashSet<int> entered = []; // loops of which the fields have one, of the owner that is written
    ClaimStatus status = new();
    int level, provider, claim, line;
    int claimBefore; // the last one before the patient's level
    bool isClaimless; // the patient's level was kept without a claim: it stays as it was
    int again; // the loop of a name or trace that no field came from, since it stands here a second time

    public ClaimStatusWriter(SegmentWriter output) : base(output, ClaimStatusSet.Set.Guide)
    {
        (levelLoops, nameLoops, traceLoops) = (Array.ConvertAll(LevelLoops, Guide.LoopIndex),
            Array.ConvertAll(NameLoops, Guide.LoopIndex), Array.ConvertAll(TraceLoops, Guide.LoopIndex));
        (lineLoop, patientRow, claimRow) = (Guide.LoopIndex("2220D"), Guide.SegmentIndex("2000D", "HL"),
            Guide.SegmentIndex("2200D", "TRN"));
    }

    ref ProviderStatus Provider => ref status.Providers.Span[provider];

    ref StatusOfClaim Claim => ref status.Claims.Span[claim];

    ref StatusOfLine Line => ref status.Lines.Span[line];

    /// <summary>The provider has a claim after the current one.</summary>
    bool HasNext => claim + 1 < Provider.FirstClaim + Provider.ClaimCount;

    /// <summary>Writes one set, ST to SE.</summary>
    public void Write(ClaimStatus one)
    {
        status = one;
        level = 0;
        provider = -1;
        again = -1;
        entered.Clear();
        WriteSet(one);
    }

    private protected override void Enter(int loop)
    {
        var (leveled, named, traced) = (Array.IndexOf(levelLoops, loop), Array.IndexOf(nameLoops, loop),
            Array.IndexOf(traceLoops, loop));
        if (leveled >= 0) EnterLevel((StatusOwner)leveled);
        if (traced >= 0) statuses[traced] = 0;
        if (traced == (int)StatusOwner.Claim) line = status.Claims[++claim].FirstLine - 1;
        else if (loop == lineLoop) (line, statuses[(int)StatusOwner.Line]) = (line + 1, 0);
        var isOnce = named >= 0 || (traced >= 0 && traced < (int)StatusOwner.Claim);
        again = (isOnce && !entered.Add(loop)) || (named == (int)StatusOwner.Claim && !IsPatientOfClaim) ? loop : -1;
    }

    void EnterLevel(StatusOwner owner)
    {
        if (owner == StatusOwner.Provider) claim = status.Providers[++provider].FirstClaim - 1;
        if (owner >= StatusOwner.Provider) entered.ExceptWith([nameLoops[(int)owner], traceLoops[(int)owner]]);
        claimBefore = claim;
        isClaimless = owner == StatusOwner.Claim && Has(patientRow) && !Has(claimRow);
    }

    private protected override bool IsList(SegmentRow row) =>
        ((StatusAction)row.Action, (StatusOwner)row.Owner) is (StatusAction.Status or StatusAction.Line,
                _) or (StatusAction.Level, >= StatusOwner.Provider) or (StatusAction.Trace, StatusOwner.Claim);

    private protected override bool IsSource(SegmentRow row, int kept) => row.Loop != again && base.IsSource(row, kept);

    private protected override bool IsGone(SegmentRow row, int kept) => ((StatusAction)row.Action,
        (StatusOwner)row.Owner) switch
    {
        (StatusAction.Level, StatusOwner.Provider) => provider + 1 == status.Providers.Count,
        (StatusAction.Level, StatusOwner.Claim) => !HasNext && Has(claimRow, kept, EndOf(kept)),
        _ => base.IsGone(row, kept),
    };

    /// <summary>A claim follows in the patient's level: its fields say the patient's name.</summary>
    bool IsPatientOfClaim => !isClaimless && claim == claimBefore && HasNext;

    StatusRun RunOf(StatusOwner owner) => owner switch
    {
        StatusOwner.Line => Line.Statuses,
        StatusOwner.Claim => Claim.Statuses,
        StatusOwner.Provider => Provider.Statuses,
        _ => status.FileStatuses
    };

    ref StatusTotals TotalsOf(StatusOwner owner)
    {
        if (owner == StatusOwner.Provider) return ref Provider.Totals;
        return ref status.Totals;
    }

    private protected override bool Needs(SegmentRow row)
    {
        var owner = (StatusOwner)row.Owner;
        if (row.Loop == again) return false;
        return (StatusAction)row.Action switch
        {
            StatusAction.Head => IsNew || !status.Number.IsEmpty || status.Made != default,
            StatusAction.Level => NeedsLevel(row),
            StatusAction.Name => NeedsName(owner) && !IsElsewhere(row),
            StatusAction.Trace => NeedsTrace(owner) && !IsElsewhere(row),
            StatusAction.Status => statuses[(int)owner] < RunOf(owner).Count,
            StatusAction.Received => status.Received != default,
            StatusAction.Processed => status.Processed != default,
            StatusAction.Count => CountOf(row, owner) is not null,
            StatusAction.Charge => ChargeOf(row, owner) is not null,
            StatusAction.PayerControl => !Claim.PayerControl.IsEmpty,
            StatusAction.ClearinghouseControl => !Claim.ClearinghouseControl.IsEmpty,
            StatusAction.BillType => !Claim.BillType.IsEmpty,
            StatusAction.Days => (owner == StatusOwner.Line ? Line.From : Claim.From) != default,
            StatusAction.Line => line + 1 < Claim.FirstLine + Claim.LineCount,
            StatusAction.Control => !Line.Control.IsEmpty,
            StatusAction.Prescription => !Line.Prescription.IsEmpty,
            StatusAction.End => true,
            _ => false,
        };
    }

    bool NeedsLevel(SegmentRow row) => (StatusOwner)row.Owner switch
    {
        StatusOwner.Claim => HasNext,
        StatusOwner.Provider => provider + 1 < status.Providers.Count && !IsToCome(row.Index),
        _ => IsNew
    };

    bool NeedsName(StatusOwner owner) =>
        owner == StatusOwner.Claim ? IsPatientOfClaim && !NameOf(owner).IsNone : IsNew || !NameOf(owner).IsNone;

    bool NeedsTrace(StatusOwner owner) => owner switch
    {
        StatusOwner.Claim => !isClaimless && HasNext && (claim == claimBefore || status.Claims[claim + 1].Continues),
        StatusOwner.Provider => Provider.Statuses.Count > 0 || !Provider.Trace.IsEmpty,
        _ => IsNew || !TraceOf(owner).IsEmpty,
    };

    /// <summary>What a set has once was kept in another level than it should be.</summary>
    bool IsElsewhere(SegmentRow row) =>
        (StatusOwner)row.Owner <= StatusOwner.File && Has(row.Index, 0, status.Segments.Length);

    static bool IsAccepted(SegmentRow row) =>
        row.Keys[0] is var key
            && (key == SegmentReader.PackOf("90") || key == SegmentReader.PackOf("QA")
                || key == SegmentReader.PackOf("YU"));

    Quantity? CountOf(SegmentRow row, StatusOwner owner) =>
        IsAccepted(row) ? TotalsOf(owner).Accepted : TotalsOf(owner).Rejected;

    Money? ChargeOf(SegmentRow row, StatusOwner owner) =>
        IsAccepted(row) ? TotalsOf(owner).AcceptedCharge : TotalsOf(owner).RejectedCharge;
}
