using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Status;

/// <summary>
/// Reads a 277CA, one set at a time. A large set comes in several parts, which one reader reads in order into the
/// same object; what holds
/// for the set as a whole is judged with the last. Nothing is thrown and nothing that was read is lost.
/// </summary>
internal sealed partial class ClaimStatusReader
{
    /// <summary>Amounts and counts beyond this are not decoded: what is decoded can be added up without end.</summary>
    const long Most = 1_000_000_000_000;

    readonly SetReader reader = new();

    internal bool IsCareful { set => reader.IsCareful = value; }

    readonly Drafts drafts;
    readonly LevelNumbers levels;
    ClaimStatus into = null!;
    NamedParty patient;
    bool isSamePatient; // a claim of the patient level has come
    readonly HashSet<StatusOwner> traced = []; // whose trace has come
    bool isAgain; // a trace stands here a second time: what it says stays with the segments
    int shift; // from the reader's buffer to the answer's own bytes
    int patientSegment; // where the patient level began
    bool inClaim;

    public ClaimStatusReader() => (drafts, levels) = (new Drafts(reader), new LevelNumbers(reader));

    SegmentReader Segment => reader.Segment;

    /// <summary>Reads a part of a 277CA.</summary>
    /// <param name="status">Cleared when the part begins its set, else gone on with; it owns its bytes.</param>
    /// <param name="about">Gets what is wrong with the set.</param>
    public void Read(byte[] bytes, SetPart setPart, ClaimStatus status, FindingList about)
    {
        var begins = setPart.Data.Ordinal == 1;
        reader.Open(bytes, setPart, continues: !begins);
        reader.Faults.Target = about;
        into = status;
        if (begins) Begin(setPart);
        var hasEnd = false;
        while (reader.Next())
        {
            var row = reader.Place();
            Keep(row);
            levels.Take(row);
            if (reader.Walk.Supplied >= 0) (reader.Walk.Supplied, isWhole) = (-1, false);
            if ((row < 0 && !reader.InEnvelope) || reader.Walk.IsUnsure) isWhole = false; // what it says is in no sum
            if (row < 0) continue;
            reader.Check(row);
            var of = reader.Guide.Segments[row];
            if (of.Loop == 0) inClaim = false;
            hasEnd |= (StatusAction)of.Action == StatusAction.End;
            Fill((StatusAction)of.Action, (StatusOwner)of.Owner, row);
        }
        if (!setPart.IsLast) return;
        if (hasEnd) reader.Walk.End(Segment); // a set without SE was reported by the reader of the envelope
        JudgeSet(about);
    }

    void Begin(SetPart setPart)
    {
        into.Clear();
        into.Delimiters = setPart.Set.Delimiters;
        into.Source = new(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, 1, 0, 0, 0,
            setPart.Data.FileOffset);
        patient = default;
        isSamePatient = false;
        isAgain = false;
        inClaim = false;
        traced.Clear();
        BeginChecks();
    }

    bool isWhole; // every segment of the set has its place

    void Keep(int row)
    {
        if (inClaim && (row < 0 || reader.Guide.Segments[row].Loop > 0 && !IsLevel(row)))
            into.Claims.Span[^1].LastSegment = reader.Faults.Ordinal;
        var kept = into.Append(Segment.Text);
        shift = kept.Start - Segment.Start;
        into.Keep(new ClaimSegment(kept, (ushort)(row + 1), reader.InEnvelope ? 0 : reader.Faults.Ordinal));
    }

    bool IsLevel(int row) => (StatusAction)reader.Guide.Segments[row].Action == StatusAction.Level;

    TextRange Range(int element) =>
        Segment.LengthOf(element) == 0 ? default : new(Segment.StartOf(element) + shift, Segment.LengthOf(element));

    TextRange Range(int element, int component)
    {
        var text = Segment[element, component];
        return text.IsEmpty ? default : new(Segment.OffsetOf(text) + shift, text.Length);
    }

    static Code CodeOf(ReadOnlySpan<byte> text) => Code.TryParse(text, out var code) ? code : default;

    Money? AmountAt(int element) =>
        Money.TryParse(Segment[element], out var amount) && amount.Cents is <= Most and >= -Most ? amount : null;

    Quantity? CountAt(int element) =>
        Quantity.TryParse(Segment[element], out var count) && count.Thousandths is <= Most and >= -Most ? count : null;

    DateOnly DayAt(int element) => ElementForms.TryDay(Segment[element], out var day) ? day : default;

    void Fill(StatusAction action, StatusOwner owner, int row)
    {
        if (action == StatusAction.Trace && owner < StatusOwner.Claim) isAgain = !traced.Add(owner);
        if (isAgain && owner < StatusOwner.Claim
            && action is StatusAction.Trace or StatusAction.Received or StatusAction.Processed or StatusAction.Status
                or StatusAction.Count or StatusAction.Charge)
            return;
        switch (action)
        {
            case StatusAction.Start: into.Control = Range(2); break;
            case StatusAction.Head: (into.Number, into.Made, into.Time) = (Range(3), DayAt(4), Range(5)); break;
            case StatusAction.Level: EnterLevel(owner, row); break;
            case StatusAction.Name: FillName(owner, row); break;
            case StatusAction.Trace: FillTrace(owner); break;
            case StatusAction.Received: into.Received = DayAt(3); break;
            case StatusAction.Processed: into.Processed = DayAt(3); break;
            case StatusAction.Status: FillStatus(owner, row); break;
            case StatusAction.Count: FillCount(owner, row); break;
            case StatusAction.Charge: FillCharge(owner, row); break;
            default:
                if (into.Claims.Count > 0) FillClaim(action, owner, row);
                break;
        }
    }

    void EnterLevel(StatusOwner owner, int row)
    {
        if (owner == StatusOwner.Provider)
        {
            JudgeProvider();
            into.AddProvider();
            traced.Remove(owner);
        }
        patient = default;
        isSamePatient = false;
        inClaim = false;
        patientSegment = reader.Faults.Ordinal;
    }

    /// <summary>
    /// The claim that a finding is about, among the claims of the set; -1 when it is about none. What is missing in a
    /// claim is reported
    /// where the segment after the claim begins.
    /// </summary>
    public int ClaimOf(in Finding finding)
    {
        var at = finding.Source.Segment;
        var (low, high) = (0, into.Claims.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (into.Claims[middle].FirstSegment <= at) low = middle + 1;
            else high = middle;
        }
        var claim = low - 1; // the last that begins there or before
        if (claim > 0 && at == into.Claims[claim].FirstSegment && at == into.Claims[claim - 1].LastSegment + 1)
            return IsAtBeginning(finding) ? claim : claim - 1;
        if (claim < 0 || at > into.Claims[claim].LastSegment + 1) return -1;
        return at <= into.Claims[claim].LastSegment || IsInClaim(finding) ? claim : -1;
    }

    static readonly ulong LevelName = SegmentReader.PackOf("HL"), TraceName = SegmentReader.PackOf("TRN");

    /// <summary>It is about the segment that begins a claim, not about what is missing before it.</summary>
    static bool IsAtBeginning(in Finding finding) =>
        finding.B.Kind == ArgKind.Segment && (ulong)finding.B.Value is var name
            && (name == LevelName || name == TraceName);

    /// <summary>It names the loop of a claim or of a line, and is not about a level that begins.</summary>
    static bool IsInClaim(in Finding finding) =>
        !IsAtBeginning(finding) && ClaimStatusSet.Set.Guide.LoopOf(finding)?.Name is "2100D" or "2200D" or "2220D";

    void FillName(StatusOwner owner, int row)
    {
        var name = new NamedParty
        {
            Role = CodeOf(Segment[1]), Name = Range(3), First = Range(4), Middle = Range(5), Suffix = Range(7),
            IdKind = Range(8), Id = Range(9)
        };
        ref var place = ref PlaceOf(owner);
        if (place.IsNone) place = name; // a second name stays with the segments
        if (owner == StatusOwner.Provider) JudgeNumber(row);
    }

    ref NamedParty PlaceOf(StatusOwner owner)
    {
        switch (owner)
        {
            case StatusOwner.Source: return ref into.SaidBy;
            case StatusOwner.File: return ref into.Submitter;
            case StatusOwner.Provider when into.Providers.Count > 0: return ref into.Providers.Span[^1].Name;
            default: return ref patient;
        }
    }

    void FillTrace(StatusOwner owner)
    {
        if (owner == StatusOwner.Source) into.SourceTrace = Range(2);
        else if (owner == StatusOwner.File) into.Batch = Range(2);
        else if (owner == StatusOwner.Provider)
        {
            if (into.Providers.Count > 0) into.Providers.Span[^1].Trace = Range(2);
        }
        else if (into.Providers.Count > 0)
        {
            ref var claim = ref into.AddClaim();
            (claim.Patient, claim.Continues, claim.Id) = (patient, isSamePatient, Range(2));
            claim.FirstSegment = isSamePatient ? reader.Faults.Ordinal : patientSegment;
            claim.LastSegment = reader.Faults.Ordinal;
            isSamePatient = inClaim = true;
        }
    }

    /// <summary>Where the statuses of the current owner stand; those of a claim that is none are nowhere.</summary>
    ref StatusRun RunOf(StatusOwner owner)
    {
        switch (owner)
        {
            case StatusOwner.Provider when into.Providers.Count > 0: return ref into.Providers.Span[^1].Statuses;
            case StatusOwner.Claim when into.Claims.Count > 0: return ref into.Claims.Span[^1].Statuses;
            case StatusOwner.Line when into.Lines.Count > 0: return ref into.Lines.Span[^1].Statuses;
            default: return ref into.FileStatuses;
        }
    }

    void FillStatus(StatusOwner owner, int row)
    {
        ref var run = ref RunOf(owner);
        ref var status = ref into.AddStatus(ref run);
        (status.First, status.Second, status.Third) = (StatusAt(1), StatusAt(10), StatusAt(11));
        (status.Day, status.Action, status.Charge, status.Words) = (DayAt(2), CodeOf(Segment[3]), AmountAt(4),
            Range(12));
        JudgeStatus(owner, run, status, row);
    }

    StatusCode StatusAt(int element) =>
        Segment.LengthOf(element) == 0
            ? default
            : new(CodeOf(Segment[element, 1]), CodeOf(Segment[element, 2]), CodeOf(Segment[element, 3]));

    ref StatusTotals TotalsOf(StatusOwner owner)
    {
        if (owner == StatusOwner.Provider && into.Providers.Count > 0) return ref into.Providers.Span[^1].Totals;
        return ref into.Totals;
    }

    void FillCount(StatusOwner owner, int row)
    {
        ref var totals = ref TotalsOf(owner);
        var isAccepted = Segment[1].SequenceEqual("90"u8) || Segment[1].SequenceEqual("QA"u8);
        var count = CountAt(2);
        if (isAccepted) totals.Accepted = count;
        else totals.Rejected = count;
        JudgeCount(owner, isAccepted, count, row);
    }

    void FillCharge(StatusOwner owner, int row)
    {
        ref var totals = ref TotalsOf(owner);
        var charge = AmountAt(2);
        if (Segment[1].SequenceEqual("YU"u8)) totals.AcceptedCharge = charge;
        else totals.RejectedCharge = charge;
        if (charge is { Cents: 0 }) reader.Report(ClaimStatusFindings.ZeroTotal, row, 2);
    }

    void FillClaim(StatusAction action, StatusOwner owner, int row)
    {
        ref var claim = ref into.Claims.Span[^1];
        switch (action)
        {
            case StatusAction.PayerControl: claim.PayerControl = Range(2); break;
            case StatusAction.ClearinghouseControl: claim.ClearinghouseControl = Range(2); break;
            case StatusAction.BillType: claim.BillType = Range(2); break;
            case StatusAction.Days when owner == StatusOwner.Claim: (claim.From, claim.Thru) = Days(); break;
            case StatusAction.Line: FillLine(row); break;
            default:
                if (into.Lines.Count > 0) FillLineField(action);
                break;
        }
    }

    (DateOnly From, DateOnly Thru) Days()
    {
        if (!Segment[1].SequenceEqual("472"u8)) return default; // the only DTP of the loop takes others too, as faults
        if (ElementForms.TryDay(Segment[3], out var day)) return (day, default);
        return ElementForms.TrySpan(Segment[3], out var from, out var thru) ? (from, thru) : default;
    }

    void FillLine(int row)
    {
        ref var line = ref into.AddLine();
        line.Procedure.Kind = CodeOf(Segment[1, 1]);
        if (!Code.TryParse(Segment[1, 2], out line.Procedure.Code)) line.Procedure.Text = Range(1, 2);
        ulong packed = 0;
        for (var i = 0; i < Modifiers.Max && Modifier.TryParse(Segment[1, 3 + i], out var modifier); i++)
            packed |= (ulong)modifier.Packed << (48 - (16 * i));
        line.Procedure.Modifiers = new(packed);
        (line.Charge, line.RevenueCode, line.Units) = (AmountAt(2), CodeOf(Segment[4]), CountAt(7));
        JudgeLine(line, row);
    }

    void FillLineField(StatusAction action)
    {
        ref var line = ref into.Lines.Span[^1];
        switch (action)
        {
            case StatusAction.Control: line.Control = Range(2); break;
            case StatusAction.Prescription: line.Prescription = Range(2); break;
            case StatusAction.Days: (line.From, line.Thru) = Days(); break;
        }
    }
}
