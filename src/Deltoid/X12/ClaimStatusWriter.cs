using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>Writes a 277CA set. Levels are numbered here; the envelope around it is the caller's.</summary>
public sealed partial class ClaimStatusWriter : AnswerWriter
{
    static readonly string[] LevelLoops = ["2000A", "2000B", "2000C", "2000D"], NameLoops = ["2100A", "2100B", "2100C", "2100D"], TraceLoops = ["2200A", "2200B", "2200C", "2200D"];

    readonly int[] levelLoops, nameLoops, traceLoops; // by owner
    readonly int lineLoop, end;
    readonly int[] numbers = new int[4]; // of the levels that are open, by owner
    ClaimStatus status = new();
    int level, provider, claim, line, nextStatus;

    public ClaimStatusWriter(SegmentWriter output) : base(output, Guides.ClaimStatus)
    {
        (levelLoops, nameLoops, traceLoops) = (Array.ConvertAll(LevelLoops, Guide.LoopIndex), Array.ConvertAll(NameLoops, Guide.LoopIndex), Array.ConvertAll(TraceLoops, Guide.LoopIndex));
        (lineLoop, end) = (Guide.LoopIndex("2220D"), Guide.SegmentIndex("ST", "SE"));
    }

    ref ProviderStatus Provider => ref status.Providers.Span[provider];

    ref StatusOfClaim Claim => ref status.Claims.Span[claim];

    ref StatusOfLine Line => ref status.Lines.Span[line];

    /// <summary>Writes one set, ST to SE.</summary>
    public void Write(ClaimStatus one)
    {
        (status, level) = (one, 0);
        Open(one);
        Output.Segments = 0;
        Enter(0);
        Write(Guide.Loops[0].First, Guide.SegmentIndex("ST", "BHT"));
        for (var owner = StatusOwner.Source; owner <= StatusOwner.File; owner++) WriteOwner(owner);
        for (provider = 0; provider < one.Providers.Count; provider++) WriteProvider();
        while (NextKept < one.Segments.Length && RowOf(NextKept) != end) CopyNext();
        Enter(0);
        Write(end, end);
        while (NextKept < one.Segments.Length) CopyNext();
    }

    /// <summary>The level, name and trace of an owner.</summary>
    void WriteOwner(StatusOwner owner)
    {
        WriteLevel(owner);
        nextStatus = 0;
        if (owner != StatusOwner.Provider || NextLoop == traceLoops[(int)owner] || Provider.Statuses.Count > 0 || !Provider.Trace.IsEmpty) WriteTrace(owner);
    }

    void WriteLevel(StatusOwner owner)
    {
        var outer = levelLoops[Math.Min((int)owner, (int)StatusOwner.Provider)];
        if (owner == StatusOwner.Claim) Reach(levelLoops[(int)owner], outer);
        WriteLoop(levelLoops[(int)owner]);
        WriteLoop(nameLoops[(int)owner]);
        while (NextLoop == nameLoops[(int)owner]) CopyNext(); // a second name
    }

    void WriteTrace(StatusOwner owner)
    {
        var (loop, outer) = (traceLoops[(int)owner], levelLoops[(int)owner]);
        Reach(loop, outer);
        Enter(loop);
        FitStatuses(loop);
        Write(Guide.Loops[loop].First, LastOf(loop));
        while (owner != StatusOwner.Claim && NextLoop == loop) CopyNext(); // a second trace
    }

    void WriteProvider()
    {
        Reach(levelLoops[(int)StatusOwner.Provider], levelLoops[(int)StatusOwner.File]);
        WriteOwner(StatusOwner.Provider);
        var (first, thru) = (Provider.FirstClaim, Provider.FirstClaim + Provider.ClaimCount);
        for (claim = first; claim < thru; claim++)
        {
            if (!Claim.Continues || claim == first)
            {
                PassEmptyPatients();
                WriteLevel(StatusOwner.Claim);
            }
            nextStatus = 0;
            WriteTrace(StatusOwner.Claim);
            WriteLines();
        }
        while (NextLoop >= 0 && NextLoop != levelLoops[(int)StatusOwner.Provider] && NextLoop != 0) CopyNext(); // what was kept and is no more in the fields
    }

    /// <summary>Patient levels that were kept without a claim stay as they were.</summary>
    void PassEmptyPatients()
    {
        var (patientLevel, trace) = (Guide.Loops[levelLoops[(int)StatusOwner.Claim]].First, Guide.Loops[traceLoops[(int)StatusOwner.Claim]].First);
        while (NextKept < status.Segments.Length && RowOf(NextKept) == patientLevel)
        {
            var next = NextKept + 1;
            while (next < status.Segments.Length && RowOf(next) != patientLevel && RowOf(next) != trace && RowOf(next) != end) next++;
            if (next == status.Segments.Length || RowOf(next) != patientLevel) return;
            while (NextKept < next) CopyNext();
        }
    }

    void WriteLines()
    {
        var (first, thru) = (Claim.FirstLine, Claim.FirstLine + Claim.LineCount);
        for (line = first; line < thru; line++)
        {
            nextStatus = 0;
            Reach(lineLoop, traceLoops[(int)StatusOwner.Claim]);
            Enter(lineLoop);
            FitStatuses(lineLoop);
            Write(Guide.Loops[lineLoop].First, LastOf(lineLoop));
        }
        while (NextLoop == lineLoop) CopyNext();
    }

    StatusRun RunOf(int loop) =>
        loop == lineLoop ? Line.Statuses : loop == traceLoops[(int)StatusOwner.Claim] ? Claim.Statuses : loop == traceLoops[(int)StatusOwner.Provider] ? Provider.Statuses : loop == traceLoops[(int)StatusOwner.File] ? status.FileStatuses : default;

    void FitStatuses(int loop)
    {
        var row = Guide.SegmentIndex(Guide.Loops[loop].Name, "STC");
        if (row < 0) return;
        var kept = 0;
        for (var i = NextTemplate(row, -1); i >= 0; i = NextTemplate(row, i)) kept++;
        Drop(row, kept != RunOf(loop).Count);
    }

    private protected override bool IsList(SegmentRow row) => (StatusAction)row.Action == StatusAction.Status;

    ref StatusTotals TotalsOf(StatusOwner owner)
    {
        if (owner == StatusOwner.Provider) return ref Provider.Totals;
        return ref status.Totals;
    }

    private protected override bool Needs(SegmentRow row, int count)
    {
        var owner = (StatusOwner)row.Whose;
        return (StatusAction)row.Action == StatusAction.Status ? nextStatus < RunOf(row.Loop).Count : count == 0 && (StatusAction)row.Action switch
        {
            StatusAction.Head => IsNew || !status.Number.IsEmpty || status.Made != default,
            StatusAction.Level => IsNew || owner > StatusOwner.File,
            StatusAction.Name => IsNew || !NameOf(owner).IsNone,
            StatusAction.Trace => IsNew || !TraceOf(owner).IsEmpty,
            StatusAction.Received => status.Received != default,
            StatusAction.Processed => status.Processed != default,
            StatusAction.Count => CountOf(row, owner) is not null,
            StatusAction.Charge => ChargeOf(row, owner) is not null,
            StatusAction.PayerControl => !Claim.PayerControl.IsEmpty,
            StatusAction.ClearinghouseControl => !Claim.ClearinghouseControl.IsEmpty,
            StatusAction.BillType => !Claim.BillType.IsEmpty,
            StatusAction.Days => (owner == StatusOwner.Line ? Line.From : Claim.From) != default,
            StatusAction.Control => !Line.Control.IsEmpty,
            StatusAction.Prescription => !Line.Prescription.IsEmpty,
            _ => true,
        };
    }

    static bool IsAccepted(SegmentRow row) => row.Keys[0] is var key && (key == SegmentReader.PackOf("90") || key == SegmentReader.PackOf("QA") || key == SegmentReader.PackOf("YU"));

    Quantity? CountOf(SegmentRow row, StatusOwner owner) => IsAccepted(row) ? TotalsOf(owner).Accepted : TotalsOf(owner).Rejected;

    Money? ChargeOf(SegmentRow row, StatusOwner owner) => IsAccepted(row) ? TotalsOf(owner).AcceptedCharge : TotalsOf(owner).RejectedCharge;
}
