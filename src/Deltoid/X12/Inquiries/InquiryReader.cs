using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// Reads questions to payers and their answers (270, 271, 276, 277). A large set comes in several parts, which one
/// reader reads in order. Nothing is thrown, and nothing that was read is lost.
/// </summary>
internal sealed class InquiryReader
{
    static readonly ulong Level = SegmentReader.PackOf("HL"), Diagnoses = SegmentReader.PackOf("HI"),
        Service = SegmentReader.PackOf("SVC");

    readonly SetReader reader = new();
    readonly Dictionary<Guide, InquiryKinds> kindsOfGuides = [];
    InquiryKinds kinds = null!;
    readonly LevelNumbers levels;
    int diagnoses;

    public InquiryReader() => levels = new LevelNumbers(reader);

    /// <summary>Reads a part of a set.</summary>
    /// <param name="into">
    /// Cleared when the part begins its set, else continued. It owns its bytes. Null where the set is only checked.
    /// </param>
    /// <param name="about">Gets what is wrong with the set.</param>
    public void Read(byte[] bytes, SetPart setPart, Inquiry? into, FindingList about)
    {
        var begins = setPart.Data.Ordinal == 1;
        reader.Open(bytes, setPart, continues: !begins);
        reader.Faults.Target = about;
        if (begins) Begin(setPart, into);
        var hasEnd = false;
        while (reader.Next())
        {
            var row = reader.Place();
            into?.Keep(KeptAs(into, row));
            levels.Take(row);
            reader.Walk.Supplied = -1;
            if (row < 0) continue;
            reader.Check(row);
            var of = reader.Guide.Segments[row];
            hasEnd |= of.Name == "SE";
            Judge(of);
        }
        // who follows the envelope reports a set without SE
        if (setPart.IsLast && hasEnd) reader.Walk.End(reader.Segment);
    }

    /// <summary>How many questions, benefits or claims were read since the set began.</summary>
    public int Items { get; private set; }

    void Begin(SetPart setPart, Inquiry? into)
    {
        var guide = reader.Guide;
        if (!kindsOfGuides.TryGetValue(guide, out var known)) kindsOfGuides[guide] = known = new InquiryKinds(guide);
        kinds = known;
        levels.Begin();
        (diagnoses, Items) = (0, 0);
        if (into is null) return;
        into.Clear();
        (into.Guide, into.Delimiters) = (guide, setPart.Set.Delimiters);
        into.Source = new(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, 1, 0, 0, 0,
            setPart.Data.FileOffset);
    }

    ClaimSegment KeptAs(Inquiry into, int row) =>
        new(into.Append(reader.Segment.Text), (ushort)(row + 1), reader.InEnvelope ? 0 : reader.Faults.Ordinal);

    void Judge(SegmentRow row)
    {
        var segment = reader.Segment;
        if (row.Id == Level) diagnoses = 0;
        else if (row.Id == Diagnoses) CountDiagnoses();
        if (kinds.IsItem(row.Index)) Items++;
        if (kinds.Of(row.Index) is { } kind) JudgeForm(row, kind);
        if (InquiryKinds.PointerOf(row.Id) is > 0 and var pointers) JudgePointers(row, pointers);
        if (row.Id == Service && Quantity.TryParse(segment[7], out var units) && units.Thousandths <= 0)
            Report(InquiryFindings.Units, row, 7, 0);
    }

    static int Number(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 9 && ElementForms.AllDigits(text) && Digits.TryScaled(text, 0, out var number)
            ? (int)number : -1;

    void CountDiagnoses()
    {
        diagnoses = 0;
        for (var element = 1; element <= reader.Segment.Elements; element++)
            if (reader.Segment.LengthOf(element) > 0) diagnoses = element;
    }

    /// <summary>A number or code has the form of the kind that another element names.</summary>
    void JudgeForm(SegmentRow row, InquiryKind kind)
    {
        var text = reader.Segment[kind.Element, kind.Component];
        var list = InquiryKinds.ListOf(kind, reader.Segment[kind.KindElement, 1]);
        if (text.IsEmpty || reader.Segment.IsCut || ElementForms.IsOf(list, text)) return;
        var info = kind.IsCode ? InquiryFindings.CodeForm : InquiryFindings.NumberForm;
        Report(info, row, kind.Element, kind.IsComponent ? kind.Component : 0);
    }

    void JudgePointers(SegmentRow row, int element)
    {
        if (diagnoses == 0) return; // a rule of the guide asks for them
        for (var component = 1; component <= 4; component++)
            if (reader.Segment[element, component] is { IsEmpty: false } text && Number(text) is var pointer
                && (pointer == 0 || pointer > diagnoses))
                Report(InquiryFindings.Diagnosis, row, element, component);
    }

    /// <summary>Reports an element of the current segment under the row that is about it.</summary>
    void Report(FindingInfo info, SegmentRow row, int element, int component)
    {
        var spec = reader.Guide.Specs[row.FirstSpec + element - 1];
        if (component > 0) spec = reader.Guide.Specs[spec.FirstComponent + component - 1];
        var at = reader.Segment.StartOf(element);
        if (component > 1) at = reader.Segment.OffsetOf(reader.Segment[element, component]);
        reader.Faults.Report(info, spec.Row, row.Id, row.Loop, at, element, component);
    }
}
