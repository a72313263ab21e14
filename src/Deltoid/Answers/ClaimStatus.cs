using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>A name and number of a 277CA (NM1).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct NamedParty
{
    /// <summary>NM101: who it is.</summary>
    public Code Role;
    public TextRange Name, First, Middle, Suffix, IdKind, Id;

    public readonly bool IsNone =>
        Role.IsNone && Name.IsEmpty && First.IsEmpty && Middle.IsEmpty && Suffix.IsEmpty && IdKind.IsEmpty
            && Id.IsEmpty;
}

/// <summary>A claim status (STC01, STC10, STC11): category, code, and who it concerns.</summary>
internal readonly record struct StatusCode(Code Category, Code Code, Code Entity)
{
    public bool IsNone => Category.IsNone && Code.IsNone && Entity.IsNone;
}

/// <summary>What is said of a file, a provider, a claim or a line (STC).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StatusInfo
{
    public StatusCode First, Second, Third;
    public DateOnly Day;
    /// <summary>STC03: WQ accepted, U rejected.</summary>
    public Code Action;
    public Money? Charge;
    /// <summary>STC12.</summary>
    public TextRange Words;
}

/// <summary>
/// Where the statuses of one file, provider, claim or line are in <see cref="ClaimStatus.Statuses"/>.
/// </summary>
internal record struct StatusRun(int First, int Count);

/// <summary>Claims and charges accepted and rejected (QTY, AMT); null where nothing is said.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StatusTotals
{
    public Quantity? Accepted, Rejected;
    public Money? AcceptedCharge, RejectedCharge;
}

/// <summary>A billing provider (2000C) and the totals of its claims.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ProviderStatus
{
    public NamedParty Name;
    /// <summary>2200C TRN02.</summary>
    public TextRange Trace;
    public StatusRun Statuses;
    public StatusTotals Totals;
    public int FirstClaim, ClaimCount;
}

/// <summary>What became of a claim before adjudication (2200D).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StatusOfClaim
{
    public NamedParty Patient;
    /// <summary>It is under the same patient level as the claim before it.</summary>
    public bool Continues;
    /// <summary>TRN02: CLM01 of the claim.</summary>
    public TextRange Id;
    public StatusRun Statuses;
    /// <summary>REF 1K, D9, BLT.</summary>
    public TextRange PayerControl, ClearinghouseControl, BillType;
    public DateOnly From;
    /// <summary>The last day of a span, or the default.</summary>
    public DateOnly Thru;
    public int FirstLine, LineCount;
    /// <summary>Its first and last segment, from ST = 1; 0 when it was not read from X12.</summary>
    public int FirstSegment, LastSegment;
}

/// <summary>A line that had its claim rejected (2220D).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StatusOfLine
{
    public Procedure Procedure;
    public Code RevenueCode;
    public Money? Charge;
    public Quantity? Units;
    public StatusRun Statuses;
    /// <summary>REF FJ: the line's control number, or its number.</summary>
    public TextRange Control;
    /// <summary>REF XZ.</summary>
    public TextRange Prescription;
    public DateOnly From;
    /// <summary>The last day of a span, or the default.</summary>
    public DateOnly Thru;
}

/// <summary>
/// A 277CA: which claims of a file were taken for adjudication and which were rejected before it, and why.
/// </summary>
internal sealed class ClaimStatus : Answer
{
    NamedParty source, receiver;
    StatusRun statuses;
    StatusTotals totals;

    /// <summary>ST02.</summary>
    public TextRange Control { get; set; }

    /// <summary>BHT03.</summary>
    public TextRange Number { get; set; }

    /// <summary>BHT04 and BHT05.</summary>
    public DateOnly Made { get; set; }

    public TextRange Time { get; set; }

    /// <summary>2100A: the payer or clearinghouse that says so.</summary>
    public ref NamedParty SaidBy => ref source;

    /// <summary>2200A TRN02.</summary>
    public TextRange SourceTrace { get; set; }

    /// <summary>The days the file was received and processed.</summary>
    public DateOnly Received { get; set; }

    public DateOnly Processed { get; set; }

    /// <summary>2100B: who sent the claims.</summary>
    public ref NamedParty Submitter => ref receiver;

    /// <summary>2200B TRN02: BHT03 of the claims' file.</summary>
    public TextRange Batch { get; set; }

    /// <summary>2200B: statuses of the file as a whole.</summary>
    public ref StatusRun FileStatuses => ref statuses;

    public ref StatusTotals Totals => ref totals;

    /// <summary>All statuses: of the file first, then of providers, their claims and lines as they come.</summary>
    public RowList<StatusInfo> Statuses { get; private set; } = new();

    public RowList<ProviderStatus> Providers { get; private set; } = new();

    public RowList<StatusOfClaim> Claims { get; private set; } = new();

    public RowList<StatusOfLine> Lines { get; private set; } = new();

    public ReadOnlySpan<StatusInfo> StatusesOf(StatusRun run) => Statuses.Span.Slice(run.First, run.Count);

    public ReadOnlySpan<StatusOfClaim> ClaimsOf(in ProviderStatus provider) =>
        Claims.Span.Slice(provider.FirstClaim, provider.ClaimCount);

    public ReadOnlySpan<StatusOfLine> LinesOf(in StatusOfClaim claim) =>
        Lines.Span.Slice(claim.FirstLine, claim.LineCount);

    public ref ProviderStatus AddProvider()
    {
        Providers.Add(new ProviderStatus { FirstClaim = Claims.Count });
        return ref Providers.Span[^1];
    }

    /// <summary>Adds a claim to the last provider; there is one.</summary>
    public ref StatusOfClaim AddClaim()
    {
        Claims.Add(new StatusOfClaim { FirstLine = Lines.Count });
        Providers.Span[^1].ClaimCount++;
        return ref Claims.Span[^1];
    }

    /// <summary>Adds a line to the last claim; there is one.</summary>
    public ref StatusOfLine AddLine()
    {
        Lines.Add(default);
        Claims.Span[^1].LineCount++;
        return ref Lines.Span[^1];
    }

    /// <summary>
    /// Adds a status to a run. A run that others were added after moves to the end, so that it stays one run.
    /// </summary>
    public ref StatusInfo AddStatus(ref StatusRun run)
    {
        var (first, end) = (run.First, run.First + run.Count);
        if (run.Count == 0 || end != Statuses.Count) run.First = Statuses.Count;
        for (var i = first; run.First != first && i < end; i++) Statuses.Add(Statuses[i]);
        run.Count++;
        Statuses.Add(default);
        return ref Statuses.Span[^1];
    }

    public override void Clear()
    {
        base.Clear();
        Statuses.Clear();
        Providers.Clear();
        Claims.Clear();
        Lines.Clear();
        Control = default;
        Number = default;
        Made = default;
        Time = default;
        SourceTrace = default;
        Received = default;
        Processed = default;
        Batch = default;
        source = default;
        receiver = default;
        statuses = default;
        totals = default;
    }

    /// <summary>A copy that owns its bytes.</summary>
    public ClaimStatus Detach() => (ClaimStatus)Copy();

    private protected override void OwnLists() =>
        (Statuses, Providers, Claims, Lines) = (CopyOf(Statuses), CopyOf(Providers), CopyOf(Claims), CopyOf(Lines));

    private protected override void MoveTexts(Func<TextRange, TextRange> moved)
    {
        Control = moved(Control);
        Number = moved(Number);
        Time = moved(Time);
        SourceTrace = moved(SourceTrace);
        Batch = moved(Batch);
        Move(ref source, moved);
        Move(ref receiver, moved);
        foreach (ref var status in Statuses.Span) status.Words = moved(status.Words);
        foreach (ref var provider in Providers.Span)
        {
            Move(ref provider.Name, moved);
            provider.Trace = moved(provider.Trace);
        }
        foreach (ref var claim in Claims.Span)
        {
            Move(ref claim.Patient, moved);
            claim.Id = moved(claim.Id);
            claim.PayerControl = moved(claim.PayerControl);
            claim.ClearinghouseControl = moved(claim.ClearinghouseControl);
            claim.BillType = moved(claim.BillType);
        }
        foreach (ref var line in Lines.Span)
            (line.Control, line.Prescription, line.Procedure.Text, line.Procedure.Description) = (moved(line.Control),
                moved(line.Prescription), moved(line.Procedure.Text), moved(line.Procedure.Description));
    }

    static void Move(ref NamedParty party, Func<TextRange, TextRange> moved)
    {
        party.Name = moved(party.Name);
        party.First = moved(party.First);
        party.Middle = moved(party.Middle);
        party.Suffix = moved(party.Suffix);
        (party.IdKind, party.Id) = (moved(party.IdKind), moved(party.Id));
    }
}
