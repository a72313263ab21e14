using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Reads the claims of an 837, professional or institutional, one after the other into a claim that is handed in again
/// and again. What is wrong is a finding of the claim it concerns, or of the set as a whole; nothing is thrown and
/// nothing that was read is lost.
/// </summary>
internal sealed partial class ClaimReader
{
    readonly SetReader reader = new() { ReadsOn = true, EndsShifted = true };
    readonly Claim shared = new(); // what the levels above say of all claims below them
    readonly FindingList waiting = new(); // of a subscriber or patient whose claim has not begun
    readonly FindingList setFindings = new();
    readonly int[] starts = new int[3]; // where each level's segments begin among those shared; 0 where it has not come
    Claim claim = null!;
    FindingList findings = null!;
    byte[] buffer = [];
    int held; // the row of the current segment, which is taken by the next Read; -1 where it has no place
    bool isHeld;
    bool open;
    Guide? loopsOf; // the guide whose loops these are
    int billingLoop, subscriberLoop, patientLoop;

    public ClaimReader() => Segment = reader.Segment;

    SegmentReader Segment { get; }

    internal bool IsCareful { set => reader.IsCareful = value; }

    /// <summary>Findings of what was read that belong to no claim; the caller takes and clears them.</summary>
    public FindingList SetFindings => setFindings;

    /// <summary>Begins a part of an 837.</summary>
    public void Open(byte[] bytes, SetPart setPart)
    {
        reader.Open(bytes, setPart);
        buffer = bytes;
        isHeld = false;
        open = false;
        made = default;
        var guide = reader.Guide;
        if (guide != loopsOf) FindLoops(guide);
        (isForced, Unread) = (false, null);
        shared.Clear();
        shared.Lend(bytes);
        (shared.Delimiters, shared.Setting) = (setPart.Set.Delimiters,
            guide == ClaimSets.Institutional.Guide ? Setting.Facility : Setting.Professional);
        Array.Clear(starts);
        levels = new Levels { Last = setPart.Level, Count = setPart.Level };
    }

    void FindLoops(Guide guide)
    {
        loopsOf = guide;
        (billingLoop, subscriberLoop, patientLoop) = (guide.LoopIndex("2000A"), guide.LoopIndex("2000B"),
            guide.LoopIndex("2000C"));
        (claimLoop, lineLoop) = (guide.LoopIndex("2300"), guide.LoopIndex("2400"));
    }

    /// <summary>Reads the next claim; false at the end of the part.</summary>
    /// <param name="into">Refilled; its texts are slices of the buffer and hold until the buffer is used for something
    /// else.</param>
    /// <param name="about">Gets what is wrong with this claim's segments.</param>
    public bool Read(Claim into, FindingList about)
    {
        claim = into;
        findings = about;
        open = false;
        Unread = null;
        reader.Faults.Target = waiting;
        while (isHeld || reader.Next())
        {
            var row = isHeld ? held : Place();
            if (!isHeld && open && (EndsClaim(row) || (reader.Walk.Supplied is >= 0 and var made && EndsClaim(made))))
                return Hold(row);
            isHeld = false;
            Take(row);
        }
        if (open) CloseSetPart();
        else if (!reader.SetPart.IsLast) CloseLevels();
        Flush(setFindings);
        return open;
    }

    bool Hold(int row)
    {
        (isHeld, held) = (true, row);
        Finish();
        return true;
    }

    /// <summary>A claim ends where the next one, another level or the set's end begins.</summary>
    bool EndsClaim(int row)
    {
        if (row < 0) return false;
        ref readonly var of = ref reader.Use(row);
        return of.Loop == 0 || (ClaimAction)of.Action is ClaimAction.Claim or ClaimAction.Level;
    }

    void Take(int row)
    {
        if (reader.Walk.Supplied >= 0) Supply();
        var into = open ? claim : shared;
        if (row < 0)
        {
            if (open) MissPart();
            Keep(into, NoRow);
            return;
        }
        ref readonly var of = ref reader.Use(row);
        if (open && IsOutOfPlace(of))
        {
            reader.Check(row);
            Keep(claim, NoRow);
            return;
        }
        var action = (ClaimAction)of.Action;
        if (action == ClaimAction.Level) EnterLevel(of.Loop);
        else if (action == ClaimAction.Claim) Begin(row);
        else if (of.Loop == 0)
        {
            Flush(setFindings);
            reader.Faults.Target = setFindings;
        }
        reader.Check(row);
        Keep(open ? claim : shared, row);
        if (action != ClaimAction.None) Fill(action, of, row);
        if (open && reader.IsShifted) MissPart();
    }

    /// <summary>
    /// A segment of an earlier part of the claim, out of place here: it is reported and kept, and fills no field.
    /// </summary>
    bool IsOutOfPlace(in RowUse of) =>
        of.Section < Section.Claim
            ? of.Loop != 0 && (ClaimAction)of.Action != ClaimAction.Level
            : of.Section == Section.Claim && !claim.Lines.IsEmpty && (ClaimAction)of.Action != ClaimAction.Claim;

    /// <summary>
    /// A level whose HL is missing, which was reported, begins all the same; a line without LX counts.
    /// </summary>
    void Supply()
    {
        var of = reader.Guide.Segments[reader.Walk.Supplied];
        reader.Walk.Supplied = -1;
        isWhole = false;
        if ((ClaimAction)of.Action == ClaimAction.Level)
        {
            EnterLevel(of.Loop);
            levels.Count++;
            Enter(of.Loop, ++levels.Last);
        }
        else if ((ClaimAction)of.Action == ClaimAction.Line) SupplyLine();
    }

    /// <summary>
    /// A segment of the claim, or what is in it, has no place, which was reported: sums that it may be part of and
    /// pointers to it are not judged.
    /// </summary>
    void MissPart()
    {
        isWhole = false;
        sumKnown &= !IsOfCharges();
        if (Segment.Id == Hi) lastDiagnosis = MostDiagnoses;
    }

    /// <summary>What the walk says of a segment without a place in the guide.</summary>
    const int NoRow = -1;

    void Keep(Claim into, int row) => into.Keep(
        Segment.Start, Segment.Length, (ushort)(row + 1), reader.InEnvelope ? 0 : reader.Faults.Ordinal);

    /// <summary>What was found of a subscriber without a claim stays with the set.</summary>
    void Flush(FindingList target)
    {
        foreach (ref readonly var finding in waiting.Span) target.Add(finding);
        waiting.Clear();
    }

    /// <summary>A billing provider, subscriber or patient begins: what the one before said is forgotten.</summary>
    void EnterLevel(int loop)
    {
        Flush(setFindings);
        reader.Faults.Target = loop == billingLoop ? setFindings : waiting;
        if (loop == billingLoop)
        {
            Restart(OfBilling);
            shared.Clear(Party.Billing);
            ForgetSubscriber();
        }
        else if (loop == subscriberLoop)
        {
            Restart(OfSubscriber);
            ForgetSubscriber();
        }
        else Restart(OfPatient);
        shared.Clear(Party.Patient);
        (shared.BirthDate, shared.Sex) = (null, Sex.None);
    }

    const int OfBilling = 0, OfSubscriber = 1, OfPatient = 2;

    /// <summary>
    /// Keeps the segments above a level, and forgets those of the level and below it. Where the level comes for the
    /// first time, nothing is forgotten, but where it begins is noted.
    /// </summary>
    void Restart(int level)
    {
        if (starts[level] == 0) starts[level] = shared.Segments.Length;
        else shared.KeepOnly(starts[level]);
        starts.AsSpan(level + 1).Clear();
    }

    void ForgetSubscriber()
    {
        shared.Clear(Party.Subscriber);
        foreach (var text in (ReadOnlySpan<ClaimText>)[ClaimText.PayerId, ClaimText.PayerName, ClaimText.Filing,
            ClaimText.Responsibility])
            shared.Fill(text, default(TextRange));
        shared.PayerKind = PayerKind.None;
    }

    void Begin(int row)
    {
        claim.Begin(shared);
        if (shared.BirthDate is null) DecodePatient();
        claim.Source = reader.Faults.Here(Segment.Start);
        open = true;
        Flush(findings);
        reader.Faults.Target = findings;
        BeginBalance(row);
        if (isForced) Lose(ClaimFindings.NoLevel, row);
    }

    /// <summary>The patient's birth date and sex; the subscriber's where the patient is the subscriber.</summary>
    void DecodePatient()
    {
        var party = claim.Has(Party.Patient) ? Party.Patient : Party.Subscriber;
        if (ElementForms.TryDay(claim[party, PartyField.BirthDate], out var day)) claim.BirthDate = day;
        claim.Sex = claim[party, PartyField.Sex] is [var sex]
            ? sex switch { (byte)'F' => Sex.Female, (byte)'M' => Sex.Male, _ => Sex.Other }
            : Sex.None;
    }

    /// <summary>
    /// The part ends, and with it the claim: the next segment would begin a level below the billing provider.
    /// </summary>
    void CloseSetPart()
    {
        if (!Segment.IsCut && !reader.SetPart.IsCut) CloseLevels();
        adjudication.IsKnown &= !reader.SetPart.IsCut; // its adjustments would have followed
        sumKnown &= !reader.SetPart.IsLast; // without SE the set is cut off: lines may have followed
        Finish();
    }

    void CloseLevels() => reader.Walk.CloseTo(billingLoop, Segment);

    void Finish()
    {
        JudgePayers();
        Balance();
        if (Unread is null) claim.MarkAsRead();
        reader.Faults.Line = 0;
    }
}
