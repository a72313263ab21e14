using System.Numerics;
using System.Text;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Claims;

#pragma warning disable CS1591 // the names say it
/// <summary>
/// Who has a part in a claim. A facility's claim names the attending provider where a professional one names the
/// rendering.
/// </summary>
public enum Party : byte
{
    Billing, Rendering, Supervising, Ordering, Referring, ServiceFacility, Attending, Subscriber, Patient
}
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>
/// What is said of a party. Group and plan are the subscriber's (SBR03, SBR04); the relationship is the patient's to
/// the subscriber (PAT01).
/// </summary>
public enum PartyField : byte
{
    Name, First, Middle, Suffix, Npi, TaxId, MemberId, BirthDate, Sex, Address, City, State, Zip, Taxonomy, Phone,
    Group, Plan, Relationship
}
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>
/// Texts of the claim as a whole: CLM01, the payer's, references, and the statements of CLM06 to CLM10 (signature,
/// assignment, benefits, release, who signed for the patient). The two days are the dates of items 31 and 12 of the
/// paper form, and OtherPlan is its item 11d (Y or N); X12 has no elements for them. Responsibility is SBR01; a
/// facility's claim has a type of bill (CLM05-1) and an admission (CL1).
/// </summary>
public enum ClaimText : byte
{
    Id, PayerId, PayerName, Filing, PriorAuthorization, OriginalReference, Narrative, Clia, Responsibility, Signature,
    Assignment, Benefits, Release, TypeOfBill, AdmissionType, AdmissionSource, DischargeStatus,
    PatientSignature, SignatureDate, ReleaseDate, OtherPlan,
}
#pragma warning restore CS1591

/// <summary>A segment of X12 that the claim keeps as it came.</summary>
/// <param name="Row">Its segment in the guide from 1, or 0 where it has none or was not looked for.</param>
/// <param name="Ordinal">From ST = 1, or 0 when the claim was not read from X12.</param>
/// <param name="Place">Its loop, where it is named (<see cref="SegmentBuffer.PlaceOf"/>); else 0.</param>
internal readonly record struct ClaimSegment(TextRange Text, ushort Row, int Ordinal, ushort Place = 0);

/// <summary>Which part of the chart a line came from.</summary>
internal readonly record struct Origin(int Line, Part Part, int Ordinal);

/// <summary>
/// One claim over one byte buffer. What edits, pricing and screens read is decoded; every other text is a slice of the
/// buffer, decoded when asked. <see cref="SegmentBuffer.Segments"/> are, of a claim read from X12, all of them from ISA
/// on; else those that say what no field here says, each with its loop. A worker refills one instance after
/// <see cref="Clear()"/>; <see cref="Detach"/> gives one that owns its bytes.
/// </summary>
public sealed class Claim : SegmentBuffer
{
    /// <summary>The most diagnoses that a claim holds.</summary>
    public const int MaxDiagnoses = 12;

    const int PartyFields = (int)PartyField.Relationship + 1;
    const int Parties = (int)Party.Patient + 1;
    const int Texts = (int)ClaimText.OtherPlan + 1;

    TextRange[] texts = new TextRange[Texts + (Parties * PartyFields)];
    ServiceLine[] lines = new ServiceLine[8];
    int lineCount;
    int named; // a bit for each party of which something was set since it was cleared
    Code[] diagnoses = new Code[MaxDiagnoses];

    /// <summary>CLM05-3: 1 original, 7 replacement, 8 void.</summary>
    public char Frequency
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.Head);
    } = '1';

    /// <summary>Professional (837P, CMS-1500) or facility (837I, UB-04).</summary>
    public Setting Setting
    {
        get;
        set => (field, Changed) = (value, ChangedFields.All);
    }

    /// <summary>The two digits of CMS's list; of a facility's claim none.</summary>
    public Code PlaceOfService
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.Head);
    }

    /// <summary>The kind of payer: it chooses the rules that hold for all payers of its kind.</summary>
    public PayerKind PayerKind
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.PayerKind);
    }

    /// <summary>The sum of the line charges, or null when no charges were given.</summary>
    public Money? Charge
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.Head);
    }

    /// <summary>The patient's birth date; null when not known.</summary>
    public DateOnly? BirthDate
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.BirthAndSex);
    }

    /// <summary>The patient's sex, as the claim says it.</summary>
    public Sex Sex
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.BirthAndSex);
    }

    /// <summary>AMT F5: what the patient has paid, or null when it is not said.</summary>
    public Money? PatientPaid
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.Paid);
    }

    /// <summary>
    /// The first line's service date, or of a claim without lines or their days the visit's; the day that chooses the
    /// rows of the code book.
    /// </summary>
    public DateOnly ServiceDate => lineCount == 0 || lines[0].Date == default ? VisitDate : lines[0].Date;

    /// <summary>
    /// The day whose version of ICD codes the diagnoses: of a stay its last; default where it is that of the services.
    /// </summary>
    internal DateOnly CodedOn { get; set; }

    /// <summary>The day on which the file of the claim was made (BHT04); default where it is not known.</summary>
    public DateOnly Made { get; set; }

    /// <summary>The day of the visit; of a facility's claim the first day of its statement (DTP 434).</summary>
    public DateOnly VisitDate
    {
        get;
        set => (field, Changed) = (value, Changed | ChangedFields.VisitDate);
    }

    /// <summary>How many diagnoses there are; pointers count from 1.</summary>
    public int DiagnosisCount { get; private set; }

    /// <summary>
    /// The ICD-10-CM codes, without a point, in their order. The span holds until the claim is changed.
    /// </summary>
    public ReadOnlySpan<Code> Diagnoses => diagnoses.AsSpan(0, DiagnosisCount);

    /// <summary>
    /// The service lines in their order, to be read and written in place. The span holds until a line is added or
    /// removed.
    /// </summary>
    public ReadOnlySpan<ServiceLine> Lines => lines.AsSpan(0, lineCount);

    /// <summary>The lines, to be changed.</summary>
    public Span<ServiceLine> EditLines()
    {
        Changed |= ChangedFields.Lines;
        return lines.AsSpan(0, lineCount);
    }

    /// <summary>
    /// Says that a reader has filled in all that the segments say; until something is changed, they are written as they
    /// came.
    /// </summary>
    internal void MarkAsRead() => Changed = ChangedFields.None;

    /// <summary>
    /// The lines, for a reader to fill. Before <see cref="MarkAsRead"/> all counts as changed, so nothing is noted.
    /// </summary>
    internal Span<ServiceLine> FillLines() => lines.AsSpan(0, lineCount);

    /// <summary>
    /// Some of its charges could not be read, which was reported: the sum of those that were is not compared.
    /// </summary>
    internal bool IsSumUnknown { get; set; }

    /// <summary>Where in the chart each line came from; empty when the claim was not coded here.</summary>
    internal List<Origin> Origins { get; private set; } = [];

    /// <summary>
    /// Whether the claim carries another insured (loop 2320): a segment of that loop or, where loops are not named, an
    /// SBR that is not the subscriber's own, which is the one that follows the HL of its level.
    /// </summary>
    public bool HasOtherInsured
    {
        get
        {
            var isOwn = false;
            foreach (ref readonly var segment in Segments)
            {
                if (PlaceOf(segment).StartsWith("2320"u8)) return true;
                if (segment.Place > 0) continue;
                var text = this[segment.Text];
                if (IsNamed(text, "HL"u8)) isOwn = true;
                else if (IsNamed(text, "CLM"u8)) isOwn = false;
                else if (IsNamed(text, "LX"u8)) return false;
                else if (IsNamed(text, "SBR"u8) && !isOwn) return true;
                else if (IsNamed(text, "SBR"u8)) isOwn = false;
            }
            return false;
        }
    }

    bool IsNamed(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> name) =>
        segment.Length > name.Length && segment.StartsWith(name) && segment[name.Length] == Delimiters.Element;

    /// <summary>Adds a diagnosis; false when twelve are there already.</summary>
    public bool AddDiagnosis(Code diagnosis)
    {
        if (DiagnosisCount == MaxDiagnoses) return false;
        Changed |= ChangedFields.Diagnoses;
        diagnoses[DiagnosisCount++] = diagnosis;
        return true;
    }

    /// <summary>Removes every diagnosis; the pointers of the lines stay as they are.</summary>
    public void ClearDiagnoses() => (DiagnosisCount, Changed) = (0, Changed | ChangedFields.Diagnoses);

    /// <summary>The position of a diagnosis, from 1, or 0.</summary>
    public int PositionOf(Code diagnosis) => Diagnoses.IndexOf(diagnosis) + 1;

    /// <summary>Adds a line, numbered after the last one, and hands it out to be filled.</summary>
    public ref ServiceLine AddLine()
    {
        Changed |= ChangedFields.Lines;
        if (lineCount == lines.Length) Array.Resize(ref lines, Math.Max(8, lineCount * 2));
        ref var line = ref lines[lineCount++];
        line = new ServiceLine { Number = lineCount };
        return ref line;
    }

    /// <summary>
    /// The index of the line with this number, or -1. Numbers that rise are at or before their own place.
    /// </summary>
    public int IndexOf(int number)
    {
        if (number < 1) return -1;
        for (var i = Math.Min(number, lineCount) - 1; i >= 0; i--)
            if (lines[i].Number == number) return i;
        for (var i = number; i < lineCount; i++)
            if (lines[i].Number == number) return i;
        return -1;
    }

    /// <summary>Whether two lines have one number, so that it names neither.</summary>
    public bool IsNumberedTwice()
    {
        var highest = 0;
        foreach (ref readonly var line in Lines)
        {
            if (line.Number <= highest) return Lines.ToArray().DistinctBy(static l => l.Number).Count() < lineCount;
            highest = line.Number;
        }
        return false;
    }

    /// <summary>Gives the claim its number, and each line that has none its control number, which begins with it.
    /// </summary>
    /// <param name="id">Empty: the claim has no number, and its lines have none.</param>
    internal void Number(ReadOnlySpan<byte> id)
    {
        Set(ClaimText.Id, id);
        if (id.IsEmpty) return;
        foreach (ref var line in EditLines())
            if (line.Control.IsEmpty)
                line.Control = Append(Encoding.UTF8.GetBytes($"{Text(ClaimText.Id)}-{line.Number}"));
    }

    /// <summary>Keeps this many lines and removes those after them.</summary>
    public void RemoveLines(int from) => (lineCount, Changed) = (from, Changed | ChangedFields.Lines);

    /// <summary>Takes off the line with this number; the others keep theirs.</summary>
    internal void RemoveLine(int number)
    {
        var index = IndexOf(number);
        if (index < 0) return;
        lines.AsSpan((index + 1)..lineCount).CopyTo(lines.AsSpan(index));
        RemoveLines(lineCount - 1);
    }

    /// <summary>
    /// A text of the claim as UTF-8; empty when the claim does not say it. It holds until the claim is changed.
    /// </summary>
    public ReadOnlySpan<byte> this[ClaimText text] => this[texts[(int)text]];

    /// <summary>
    /// What is said of a party, as UTF-8; empty when the claim does not say it. It holds until the claim is changed.
    /// </summary>
    public ReadOnlySpan<byte> this[Party party, PartyField field] => this[texts[Slot(party, field)]];

    /// <summary>Whose fields the patient's are: their own, or those of the insured, who is the patient.</summary>
    internal Party PatientParty =>
        this[Party.Patient, PartyField.Name].IsEmpty ? Party.Subscriber : Party.Patient;

    /// <summary>Whether anything is said of a party.</summary>
    public bool Has(Party party)
    {
        if ((named >> (int)party & 1) == 0) return false;
        for (var field = 0; field < PartyFields; field++)
            if (!texts[Slot(party, (PartyField)field)].IsEmpty) return true;
        return false;
    }

    /// <summary>A text of the claim; empty when the claim does not say it.</summary>
    public string Text(ClaimText text) => Encoding.UTF8.GetString(this[text]);

    /// <summary>What is said of a party; empty when the claim does not say it.</summary>
    public string Text(Party party, PartyField field) => Encoding.UTF8.GetString(this[party, field]);

    /// <summary>Writes a text of the claim, in UTF-8; an empty one removes it.</summary>
    public void Set(ClaimText text, ReadOnlySpan<byte> value) => Set(text, Append(value));

    /// <summary>Writes what is said of a party, in UTF-8; an empty text removes it.</summary>
    public void Set(Party party, PartyField field, ReadOnlySpan<byte> value) => Set(party, field, Append(value));

    /// <summary>Sets a text to a slice of the bytes that were lent.</summary>
    public void Set(ClaimText text, TextRange value) =>
        (texts[(int)text], Changed) = (value, Changed | ChangedField.Of(text));

    /// <inheritdoc cref="Set(ClaimText, TextRange)"/>
    public void Set(Party party, PartyField field, TextRange value)
    {
        (texts[Slot(party, field)], named) = (value, named | (1 << (int)party));
        Changed |= ChangedField.Of(party);
    }

    /// <summary>
    /// As <see cref="Set(ClaimText, TextRange)"/>, by a reader that says <see cref="MarkAsRead"/> in the end.
    /// </summary>
    internal void Fill(ClaimText text, TextRange value) => texts[(int)text] = value;

    /// <inheritdoc cref="Fill(ClaimText, TextRange)"/>
    internal void Fill(Party party, PartyField field, TextRange value) =>
        (texts[Slot(party, field)], named) = (value, named | (1 << (int)party));

    /// <summary>Where a text of the claim is in its buffer.</summary>
    public TextRange Range(ClaimText text) => texts[(int)text];

    /// <summary>Where a text of a party is in the claim's buffer.</summary>
    public TextRange Range(Party party, PartyField field) => texts[Slot(party, field)];

    /// <summary>Forgets all of a party.</summary>
    public void Clear(Party party)
    {
        Changed |= ChangedField.Of(party);
        if ((named >> (int)party & 1) == 0) return; // there is nothing
        Array.Clear(texts, Slot(party, 0), PartyFields);
        named &= ~(1 << (int)party);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Array.Clear(texts);
        named = 0;
        ClearLists();
        CopyValues(Empty);
    }

    static readonly Claim Empty = new();

    void ClearLists()
    {
        Origins.Clear();
        lineCount = DiagnosisCount = 0;
    }

    /// <summary>
    /// Becomes a claim with what another says of all claims below it: parties, texts, segments, and the bytes it was
    /// lent. It has no lines and no diagnoses yet.
    /// </summary>
    public void Begin(Claim shared)
    {
        Borrow(shared);
        CopyTexts(shared);
        ClearLists();
        CopyValues(shared);
    }

    /// <summary>Of parties that neither names, nothing is there to copy or to forget.</summary>
    void CopyTexts(Claim from)
    {
        from.texts.AsSpan(0, Texts).CopyTo(texts);
        for (var parties = named | from.named; parties != 0; parties &= parties - 1)
        {
            var slot = Slot((Party)BitOperations.TrailingZeroCount(parties), 0);
            from.texts.AsSpan(slot, PartyFields).CopyTo(texts.AsSpan(slot));
        }
        named = from.named;
    }

    void CopyValues(Claim from)
    {
        (Frequency, Setting, PlaceOfService) = (from.Frequency, from.Setting, from.PlaceOfService);
        (PayerKind, Charge, PatientPaid) = (from.PayerKind, from.Charge, from.PatientPaid);
        BirthDate = from.BirthDate;
        Sex = from.Sex;
        VisitDate = from.VisitDate;
        (Made, IsSumUnknown, CodedOn) = (from.Made, from.IsSumUnknown, from.CodedOn);
    }

    /// <summary>A copy that owns its bytes, for screens, stores and tests.</summary>
    public Claim Detach() => (Claim)Copy();

    private protected override void OwnLists()
    {
        (texts, diagnoses) = ((TextRange[])texts.Clone(), (Code[])diagnoses.Clone());
        lines = Lines.ToArray();
        Origins = [.. Origins];
    }

    private protected override void MoveTexts(Func<TextRange, TextRange> moved)
    {
        foreach (ref var text in texts.AsSpan()) text = moved(text);
        foreach (ref var line in lines.AsSpan(0, lineCount))
            (line.NdcText, line.Control, line.Narrative) = (moved(line.NdcText), moved(line.Control),
                moved(line.Narrative));
    }

    static int Slot(Party party, PartyField field) => Texts + ((int)party * PartyFields) + (int)field;
}
