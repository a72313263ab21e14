using System.Text;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>A slice of a claim's own bytes.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}

public enum Party : byte { Billing, Rendering, Supervising, Ordering, Referring, ServiceFacility, Subscriber, Patient }

public enum PartyField : byte { Name, First, Npi, TaxId, MemberId, BirthDate, Sex, Address, City, State, Zip, Taxonomy }

public enum ClaimText : byte { Id, PayerId, PayerName, Filing, PriorAuthorization, OriginalReference, Narrative, Clia }

/// <summary>Which part of the chart a line came from.</summary>
public readonly record struct Origin(int Line, Part Part, int Ordinal);

/// <summary>
/// One claim over one byte buffer. What edits, pricing and screens read is decoded; every other text is a slice of the buffer,
/// decoded when asked; and segments that have no field here are kept as they came (<see cref="Other"/>), so nothing read is lost.
/// A worker refills one instance with <see cref="Clear"/>; <see cref="Detach"/> gives one that owns its bytes.
/// </summary>
public sealed class Claim
{
    public const int MaxDiagnoses = 12;

    const int PartyFields = (int)PartyField.Taxonomy + 1;
    const int Parties = (int)Party.Patient + 1;
    const int Texts = (int)ClaimText.Clia + 1;

    readonly TextRange[] texts = new TextRange[Texts + (Parties * PartyFields)];
    readonly List<TextRange> other = [];
    byte[] bytes = new byte[512];
    int used;
    ServiceLine[] lines = new ServiceLine[8];
    int lineCount;
    readonly Code[] diagnoses = new Code[MaxDiagnoses];

    /// <summary>CLM05-3: 1 original, 7 replacement, 8 void.</summary>
    public char Frequency { get; set; } = '1';

    public Setting Setting { get; set; }

    public Code PlaceOfService { get; set; }

    public PayerKind PayerKind { get; set; }

    /// <summary>The sum of the line charges, or null when no charges were given.</summary>
    public Money? Charge { get; set; }

    public DateOnly? BirthDate { get; set; }

    public Sex Sex { get; set; }

    /// <summary>The first line's service date, or of a claim without lines the visit's; the day that chooses the rows of the code book.</summary>
    public DateOnly ServiceDate => lineCount == 0 ? VisitDate : lines[0].Date;

    public DateOnly VisitDate { get; set; }

    public int DiagnosisCount { get; private set; }

    public ReadOnlySpan<Code> Diagnoses => diagnoses.AsSpan(0, DiagnosisCount);

    public Span<ServiceLine> Lines => lines.AsSpan(0, lineCount);

    /// <summary>Where in the chart each line came from; empty when the claim was not coded here.</summary>
    public List<Origin> Origins { get; } = [];

    public IReadOnlyList<TextRange> Other => other;

    /// <summary>Where the claim stands in the file it was read from.</summary>
    public SourcePlace Source { get; set; }

    /// <summary>Adds a diagnosis; false when twelve are there already.</summary>
    public bool AddDiagnosis(Code diagnosis)
    {
        if (DiagnosisCount == MaxDiagnoses) return false;
        diagnoses[DiagnosisCount++] = diagnosis;
        return true;
    }

    public void ClearDiagnoses() => DiagnosisCount = 0;

    /// <summary>The position of a diagnosis, from 1, or 0.</summary>
    public int PositionOf(Code diagnosis) => Diagnoses.IndexOf(diagnosis) + 1;

    public ref ServiceLine AddLine()
    {
        if (lineCount == lines.Length) Array.Resize(ref lines, lineCount * 2);
        ref var line = ref lines[lineCount++];
        line = new ServiceLine { Number = lineCount };
        return ref line;
    }

    public void RemoveLines(int from) => lineCount = from;

    public ReadOnlySpan<byte> this[TextRange range] => bytes.AsSpan(range.Start, range.Length);

    public ReadOnlySpan<byte> this[ClaimText text] => this[texts[(int)text]];

    public ReadOnlySpan<byte> this[Party party, PartyField field] => this[texts[Slot(party, field)]];

    public bool Has(Party party)
    {
        for (var field = 0; field < PartyFields; field++) if (!texts[Slot(party, (PartyField)field)].IsEmpty) return true;
        return false;
    }

    public string Text(ClaimText text) => Encoding.UTF8.GetString(this[text]);

    public string Text(Party party, PartyField field) => Encoding.UTF8.GetString(this[party, field]);

    public string Text(TextRange range) => Encoding.UTF8.GetString(this[range]);

    public void Set(ClaimText text, ReadOnlySpan<byte> value) => texts[(int)text] = Append(value);

    public void Set(Party party, PartyField field, ReadOnlySpan<byte> value) => texts[Slot(party, field)] = Append(value);

    public void AddOther(ReadOnlySpan<byte> segment) => other.Add(Append(segment));

    /// <summary>Copies a text into the claim's bytes.</summary>
    public TextRange Append(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return default;
        if (used + value.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + value.Length));
        value.CopyTo(bytes.AsSpan(used));
        used += value.Length;
        return new(used - value.Length, value.Length);
    }

    public void Clear()
    {
        Array.Clear(texts);
        other.Clear();
        Origins.Clear();
        used = lineCount = DiagnosisCount = 0;
        Frequency = '1';
        Setting = default;
        PlaceOfService = default;
        PayerKind = default;
        Charge = null;
        BirthDate = null;
        Sex = default;
        VisitDate = default;
        Source = default;
    }

    /// <summary>A copy that owns its bytes, for screens, stores and tests.</summary>
    public Claim Detach()
    {
        var copy = new Claim
        {
            bytes = bytes.AsSpan(0, used).ToArray(), used = used, lines = lines.AsSpan(0, lineCount).ToArray(), lineCount = lineCount, DiagnosisCount = DiagnosisCount,
            Frequency = Frequency, Setting = Setting, PlaceOfService = PlaceOfService, PayerKind = PayerKind, Charge = Charge, BirthDate = BirthDate, Sex = Sex, VisitDate = VisitDate, Source = Source,
        };
        texts.CopyTo(copy.texts, 0);
        diagnoses.CopyTo(copy.diagnoses, 0);
        copy.other.AddRange(other);
        copy.Origins.AddRange(Origins);
        return copy;
    }

    static int Slot(Party party, PartyField field) => Texts + ((int)party * PartyFields) + (int)field;
}
