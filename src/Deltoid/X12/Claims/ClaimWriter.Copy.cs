using Deltoid.Claims;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// What nobody changed since it was read, a claim or a part of one: its segments are copied as they came.
/// </summary>
public sealed partial class ClaimWriter
{
    /// <summary>
    /// Copies the levels that are new, the claim and its lines, into the set that is open. False, and nothing, where
    /// that cannot be.
    /// </summary>
    bool Copy()
    {
        if (IsCareful || !claim.IsAsRead || claim.Segments.IsEmpty || isNewSet || claim.Delimiters != output.Delimiters)
            return false;
        if (open.HasPatient && !claim.Has(Party.Patient)) return false; // it may belong above the open level
        var segments = claim.Segments;
        var (part, copies, line) = (Section.Header, false, 0);
        for (var i = 0; i < segments.Length; i++)
        {
            var row = segments[i].Row - 1;
            if (row >= 0)
            {
                var (section, action) = rows.PlaceOf(row);
                if (section != part) (part, copies) = (section, section >= Section.Claim);
                if (action == ClaimAction.Level)
                {
                    copies = open.EntersAt(part, segments[i].Ordinal);
                    if (copies) CopyLevel(part, claim[segments[i].Text]);
                    continue;
                }
                if (action == ClaimAction.Line)
                {
                    WriteLineStart(claim[segments[i].Text], ++line);
                    continue;
                }
            }
            if (copies) output.Segment(claim[segments[i].Text]);
        }
        return true;
    }

    /// <summary>
    /// Copies the part that was entered, with new numbers, where no change concerns it. False, and nothing, where it
    /// must be written from fields.
    /// </summary>
    bool CopyPart(Section part)
    {
        if ((rows.SourcesOf(part) & changed) != 0) return false;
        if (part == Section.Line && MakesControl(claim.Lines[lineNumber - 1])) return false;
        var first = rows.FieldOf(claim.Segments[next].Row - 1);
        if (first < 0 || rows.Fields[first].Action is not (ClaimAction.Level or ClaimAction.Claim or ClaimAction.Line))
            return false; // what begins the part is missing
        WriteField(first, next++);
        Leave();
        return true;
    }

    /// <summary>HL with the numbers of this file.</summary>
    void CopyLevel(Section part, ReadOnlySpan<byte> text)
    {
        if (part == Section.Subscriber) EndSubscriber();
        isPatientNext = part == Section.Subscriber && claim.Has(Party.Patient);
        var saidBelow = SegmentText.Element(text, 4, claim.Delimiters) is [(byte)'1'];
        output.Begin("HL"u8);
        WriteLevelNumbers(part, saidBelow);
        output.End();
    }

    /// <summary>LX with the number of the line.</summary>
    void WriteLineStart(ReadOnlySpan<byte> text, int line)
    {
        if (text is [(byte)'L', (byte)'X', _, var digit] && digit - '0' == line)
        {
            output.Segment(text);
            return;
        }
        output.Begin("LX"u8);
        output.Number(line);
        output.End();
    }
}
