using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Writes claims as 837, professional or institutional by their setting, in the order they come. Fields are written as
/// the guide wants them; a segment that the claim kept from X12 is its template: what it says beyond the fields stays,
/// and so do segments that have no field. Claims that share a billing provider or subscriber share the level; every
/// count and number of a level, line, set, group and interchange is made here. Belongs to one thread.
/// </summary>
public sealed partial class ClaimWriter
{
    readonly EnvelopeTerms terms;
    readonly SegmentWriter output;
    readonly ClaimFields professional = ClaimFields.Professional, institutional = ClaimFields.Institutional;
    readonly KeptPlaces places = new();
    Claim claim = null!;
    ClaimFields rows = null!;
    int next, partEnd;
    int lineNumber;

    /// <param name="terms">The envelope of claims that kept none of their own.</param>
    public ClaimWriter(EnvelopeTerms terms)
    {
        this.terms = terms;
        output = new() { Delimiters = terms.Delimiters };
        envelope = new(output, terms);
    }

    /// <summary>What was written; the caller takes it and clears it as it likes.</summary>
    public SegmentWriter Output => output;

    /// <summary>
    /// Writes one claim after the others. A field that the claim does not have is left out: check what was written, as
    /// a receiver would.
    /// </summary>
    public void Write(Claim one)
    {
        claim = one;
        rows = claim.Setting == Setting.Facility ? institutional : professional;
        OpenEnvelope();
        if (!Copy()) WriteFields();
        claimsInSet++;
    }

    /// <summary>
    /// Writes the header of a new set, the levels that are new, and the claim from its fields over what it kept.
    /// </summary>
    void WriteFields()
    {
        places.Find(claim, rows.Guide);
        (next, lineNumber, partEnd) = (0, 0, 0);
        if (claim.Segments.Length > 0 && claim.Delimiters != output.Delimiters)
            Translation.Of(claim, output.Delimiters);
        changed = ChangedFields.Numbers | (IsCareful || isNewSet ? ChangedFields.All : claim.Changed);
        WriteHeader();
        WriteLevels();
        WriteClaim();
    }

    ChangedFields changed; // segments that say something else go out as they came

    /// <summary>Makes every segment of a field from it, also of what was not changed.</summary>
    internal bool IsCareful { get; init; }

    /// <summary>
    /// Where segments of the last claim were kept that could not be written: loops that the guide does not have, or of
    /// lines that the claim does not have.
    /// </summary>
    public IReadOnlyList<string> Lost => places.Lost;

    /// <summary>
    /// The kept segments of a part of the claim (of the lines: of one line) are those from here to
    /// <see cref="partEnd"/>.
    /// </summary>
    void Enter(Section part)
    {
        partEnd = next;
        while (partEnd < claim.Segments.Length && places[partEnd] is var spot && spot.Section == part
            && spot.Line == lineNumber)
            partEnd++;
    }

    /// <summary>Writes what is left of the part as it came.</summary>
    void Leave()
    {
        for (; next < partEnd; next++) output.Segment(claim[claim.Segments[next].Text]);
    }

    /// <summary>
    /// Begins the segment of a row over the kept segment that is its template. False when there is neither a template
    /// nor a need.
    /// </summary>
    bool Open(int row, bool needed)
    {
        if (row < 0 || (candidate < 0 && !needed)) return false;
        DropTemplate();
        if (candidate >= 0)
        {
            var text = claim.Segments[candidate].Text;
            (hasTemplate, template, templateEnd) = (true, text.Start, text.Start + text.Length);
            NextOfTemplate();
        }
        Log?.Add(new(row, lineNumber, output.Length));
        output.Begin(rows.Guide.Segments[row].NameBytes);
        return true;
    }

    /// <summary>
    /// Where the segments of fields begin in the output, for those who compare them; null when nobody does.
    /// </summary>
    internal List<LogEntry>? Log { get; init; }

    internal readonly record struct LogEntry(int Row, int Line, int Start);

    int candidate = -1; // the kept segment of the row that is written next
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

    /// <summary>
    /// The next element: the field, or what the template has where the field says nothing; without a template what is
    /// usual.
    /// </summary>
    void Put(ReadOnlySpan<byte> field, ReadOnlySpan<byte> otherwise = default)
    {
        if (!hasTemplate)
        {
            output.Text(field.IsEmpty ? otherwise : field);
            return;
        }
        var kept = NextOfTemplate();
        if (field.IsEmpty) output.Raw(kept);
        else output.Text(field);
    }

    /// <summary>Elements that no field holds.</summary>
    void Pass(int count = 1)
    {
        if (!hasTemplate) output.Skip(count);
        else
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
