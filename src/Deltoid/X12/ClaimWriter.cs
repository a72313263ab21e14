using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Writes claims as 837, professional or institutional by their setting, in the order they come. Fields are written as the guide wants
/// them; a segment that the claim kept from X12 is its template: what it says beyond the fields stays, and so do segments that no
/// field stands for. Claims that share a billing provider or subscriber share the level; every count and number of a level, line, set,
/// group and interchange is made here.
/// </summary>
public sealed partial class ClaimWriter(EnvelopeTerms terms)
{
    readonly SegmentWriter output = new() { Delimiters = terms.Delimiters };
    readonly Rows professional = new(Guides.Professional), institutional = new(Guides.Institutional);
    bool[] isUsed = new bool[64]; // by kept segment: it is written
    int[] anchors = new int[64];
    Claim claim = null!;
    Rows rows = null!;
    int next, sectionEnd;
    int lineNumber;

    /// <summary>What was written; the caller takes it and clears it as it likes.</summary>
    public SegmentWriter Output => output;

    /// <summary>Where a guide's actions have their rows, and how rows are ordered.</summary>
    sealed class Rows
    {
        readonly int[] byAction = new int[((int)ClaimAction.LineOwed + 1) * 16];

        public Rows(Guide guide)
        {
            Guide = guide;
            Array.Fill(byAction, -1);
            for (var i = guide.Segments.Length - 1; i >= 0; i--) byAction[(guide.Segments[i].Action * 16) + guide.Segments[i].Whose] = i;
            LineStart = guide.SegmentIndex("2400", "LX");
            Levels = [guide.SegmentIndex("2000A", "HL"), guide.SegmentIndex("2000B", "HL"), guide.SegmentIndex("2000C", "HL")];
            OtherDiagnoses = guide.SegmentIndex("2300", "HI", "BF");
        }

        public Guide Guide { get; }

        public int LineStart { get; }

        /// <summary>HL of billing provider, subscriber and patient.</summary>
        public int[] Levels { get; }

        /// <summary>The HI of a facility's further diagnoses.</summary>
        public int OtherDiagnoses { get; }

        public int this[ClaimAction action, Party party = default] => byAction[((int)action * 16) + (int)party];

        public Section SectionOf(int row) => Guide.Segments[row].Section;
    }

    /// <summary>Writes one claim behind the others.</summary>
    public void Write(Claim one)
    {
        claim = one;
        rows = claim.Setting == Setting.Facility ? institutional : professional;
        if (claim.Segments.Length > 0) KeptRows.Find(claim, rows.Guide);
        OpenEnvelope();
        if (claim.Segments.Length > 0 && claim.Delimiters != output.Delimiters) Translation.Of(claim, output.Delimiters);
        Prepare();
        WriteHeader();
        WriteLevels();
        WriteClaim();
        claimsInSet++;
    }

    /// <summary>Sets each kept segment's anchor: the row behind which nothing earlier goes, since loops that repeat run through the same rows again.</summary>
    void Prepare()
    {
        var count = claim.Segments.Length;
        if (isUsed.Length < count) (isUsed, anchors) = (new bool[count * 2], new int[count * 2]);
        isUsed.AsSpan(0, count).Clear();
        var (section, highest) = (Section.Header, 0);
        for (var i = 0; i < count; i++)
        {
            var row = claim.Segments[i].Row - 1;
            if (row >= 0 && (rows.SectionOf(row) != section || row == rows.LineStart)) (section, highest) = (rows.SectionOf(row), 0);
            if (row > highest) highest = row;
            anchors[i] = highest;
        }
        next = 0;
    }

    /// <summary>The kept segments of a section (of the lines: up to the next LX) are those from here to <see cref="sectionEnd"/>.</summary>
    void Enter(Section section)
    {
        sectionEnd = next;
        var segments = claim.Segments;
        while (sectionEnd < segments.Length)
        {
            var row = segments[sectionEnd].Row - 1;
            if (row >= 0 && (rows.SectionOf(row) != section || (row == rows.LineStart && sectionEnd > next))) break;
            if (row == rows.LineStart && segments[sectionEnd].Ordinal == 0 && LineOf(claim, segments[sectionEnd]) != lineNumber) break; // JSON keeps only lines that have more to say
            sectionEnd++;
        }
    }

    /// <summary>The number of the line that a kept LX begins.</summary>
    internal static long LineOf(Claim claim, in ClaimSegment segment) => Digits.TryScaled(KeptRows.Element(claim[segment.Text], 1, claim.Delimiters), 0, out var number) ? number : 0;

    /// <summary>Writes what is left of the section as it stands.</summary>
    void Leave()
    {
        for (; next < sectionEnd; next++) if (!isUsed[next]) output.Segment(claim[claim.Segments[next].Text]);
    }

    /// <summary>
    /// Begins the segment of a row: whatever was kept before it goes first, and a kept segment of the row becomes its template. False when
    /// there is neither a template nor a need.
    /// </summary>
    bool Open(int row, bool needed)
    {
        if (row < 0) return false;
        var segments = claim.Segments;
        while (next < sectionEnd && anchors[next] < row)
        {
            if (!isUsed[next]) output.Segment(claim[segments[next].Text]);
            next++;
        }
        var found = -1;
        for (var i = next; i < sectionEnd && found < 0; i++) if (!isUsed[i] && segments[i].Row == row + 1) found = i;
        if (found < 0 && !needed) return false;
        DropTemplate();
        if (found >= 0)
        {
            isUsed[found] = hasTemplate = true;
            (template, templateEnd) = (segments[found].Text.Start, segments[found].Text.Start + segments[found].Text.Length);
            NextOfTemplate();
        }
        Log?.Add(new(row, lineNumber, output.Length));
        output.Begin(rows.Guide.Segments[row].NameBytes);
        return true;
    }

    /// <summary>Where the segments of fields begin in the output, for those who compare them; null when nobody does.</summary>
    internal List<LogEntry>? Log { get; init; }

    internal readonly record struct LogEntry(int Row, int Line, int Start);

    int template, templateEnd; // what is left of the template, in the claim's bytes
    bool hasTemplate;

    /// <summary>What the template says further is not written.</summary>
    void DropTemplate() => (template, templateEnd, hasTemplate) = (0, -1, false);

    /// <summary>Takes the next element off the template.</summary>
    ReadOnlySpan<byte> NextOfTemplate()
    {
        if (template > templateEnd) return default;
        var rest = claim[new TextRange(template, templateEnd - template)];
        var cut = rest.IndexOf(claim.Delimiters.Element);
        template = cut < 0 ? templateEnd + 1 : template + cut + 1;
        return cut < 0 ? rest : rest[..cut];
    }

    /// <summary>The next element: the field, or what the template has where the field says nothing; without a template what is usual.</summary>
    void Put(ReadOnlySpan<byte> field, ReadOnlySpan<byte> otherwise = default)
    {
        var kept = NextOfTemplate();
        if (!field.IsEmpty) output.Text(field);
        else if (hasTemplate) output.Raw(kept);
        else output.Text(otherwise);
    }

    /// <summary>Elements that no field stands for.</summary>
    void Pass(int count = 1)
    {
        for (; count > 0; count--) output.Raw(NextOfTemplate());
    }

    void PutNumber(Money? amount)
    {
        var kept = NextOfTemplate();
        if (amount is { } value) output.Number(value);
        else output.Raw(kept);
    }

    void PutNumber(Quantity quantity)
    {
        var kept = NextOfTemplate();
        if (quantity == Quantity.Zero && !kept.IsEmpty) output.Raw(kept);
        else output.Number(quantity);
    }

    void Close()
    {
        while (template <= templateEnd) output.Raw(NextOfTemplate());
        output.End();
    }
}
