using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>One part of a claim: what the fields say and what was kept, loop by loop, in the order it came.</summary>
public sealed partial class ClaimWriter
{
    /// <summary>Fields of one loop at most.</summary>
    const int MostFields = 32;

    /// <summary>
    /// Writes the part that was entered. A loop that was kept is written where it came; one that only fields say is
    /// written in the guide's order.
    /// </summary>
    void WritePart(Section part)
    {
        var loops = rows[part];
        if (next == partEnd)
        {
            WriteFields(loops);
            return;
        }
        if (CopyPart(part)) return;
        var written = 0;
        while (next < partEnd)
        {
            var loop = LoopOf(next);
            var end = EndOfRun(loop);
            var own = -1;
            for (var i = 0; i < loops.Length; i++)
            {
                if ((written >> i & 1) != 0) continue;
                if (loops[i].Loop == loop && places[next].IsFirst) own = i;
                else if (loops[i].First > rows.Guide.Loops[loop].First || IsKept(loops[i].Loop)) continue;
                else WriteLoop(loops[i], next);
                written |= 1 << i;
            }
            if (own >= 0) WriteLoop(loops[own], end);
            else
                for (; next < end; next++) output.Segment(claim[claim.Segments[next].Text]);
        }
        for (var i = 0; i < loops.Length; i++)
            if ((written >> i & 1) == 0) WriteLoop(loops[i], next);
    }

    /// <summary>Writes a part of which nothing was kept.</summary>
    void WriteFields(ClaimFields.FieldLoop[] loops)
    {
        foreach (ref readonly var loop in loops.AsSpan())
            for (var field = loop.From; field < loop.Thru; field++) WriteField(field, -1);
    }

    /// <summary>The loop of a kept segment; of one without a row that of the one before.</summary>
    int LoopOf(int kept)
    {
        while (kept > 0 && claim.Segments[kept].Row == 0) kept--;
        return claim.Segments[kept].Row == 0 ? 0 : rows.Guide.Segments[claim.Segments[kept].Row - 1].Loop;
    }

    /// <summary>
    /// The first kept segment after <see cref="next"/> that is of another loop, or of the next of its kind.
    /// </summary>
    int EndOfRun(int loop)
    {
        var end = next + 1;
        for (; end < partEnd; end++)
        {
            var row = claim.Segments[end].Row - 1;
            if (row < 0) continue;
            if (rows.Guide.Segments[row].Loop != loop || row == rows.Guide.Loops[loop].First) break;
            if (places[end].IsFirst != places[next].IsFirst) break;
        }
        return end;
    }

    /// <summary>Whether the first loop of its kind is among what is left of the part.</summary>
    bool IsKept(int loop)
    {
        for (var i = next; i < partEnd; i++)
            if (places[i].IsFirst && claim.Segments[i].Row > 0
                && rows.Guide.Segments[claim.Segments[i].Row - 1].Loop == loop)
                return true;
        return false;
    }

    /// <summary>Writes the fields of a loop and, up to <paramref name="end"/>, what was kept of it.</summary>
    void WriteLoop(in ClaimFields.FieldLoop loop, int end)
    {
        Span<int> templates = stackalloc int[MostFields];
        templates.Fill(-1);
        for (var i = next; i < end; i++)
            if (rows.FieldOf(claim.Segments[i].Row - 1) is >= 0 and var field
                && templates[field - loop.From] < 0)
                templates[field - loop.From] = i;
        var done = 0u;
        for (; next < end; next++)
        {
            var row = claim.Segments[next].Row - 1;
            if (row >= 0) WriteFields(loop, row, templates, ref done);
            var field = rows.FieldOf(row);
            if (field >= 0 && templates[field - loop.From] == next) WriteField(field, next);
            else output.Segment(claim[claim.Segments[next].Text]);
        }
        WriteFields(loop, int.MaxValue, templates, ref done);
    }

    /// <summary>Writes the fields that come before a row and have no template.</summary>
    void WriteFields(in ClaimFields.FieldLoop loop, int before, ReadOnlySpan<int> templates, ref uint done)
    {
        for (var field = loop.From; field < loop.Thru && rows.Fields[field].Row < before; field++)
        {
            var bit = 1u << (field - loop.From);
            if (templates[field - loop.From] >= 0 || (done & bit) != 0) continue;
            WriteField(field, -1);
            done |= bit;
        }
    }

    /// <summary>
    /// Writes the segment that a field fills, over the one that was kept of it; that one itself where no change
    /// concerns it.
    /// </summary>
    void WriteField(int field, int kept)
    {
        if (kept >= 0 && (rows.SourcesOf(field) & changed) == 0)
        {
            output.Segment(claim[claim.Segments[kept].Text]);
            return;
        }
        candidate = kept;
        var (row, action, party) = rows.Fields[field];
        if (kept < 0 && isPatientNext && party == Party.Subscriber && IsOfPatientOnly(action)) return;
        switch (action)
        {
            case ClaimAction.Level: WriteLevel(row); break;
            case ClaimAction.Subscriber: WriteInsurance(row); break;
            case ClaimAction.PatientRelation: WriteRelation(row); break;
            case ClaimAction.Name when party == Party.Ordering: WriteOrdering(row); break;
            case ClaimAction.Name: WriteName(row, party); break;
            case ClaimAction.Street: WriteStreet(row, party); break;
            case ClaimAction.City: WriteCity(row, party); break;
            case ClaimAction.Tax: WriteTax(row); break;
            case ClaimAction.Taxonomy: WriteTaxonomy(row, party); break;
            case ClaimAction.Phone: WritePhone(row); break;
            case ClaimAction.Demographics: WriteDemographics(row, party); break;
            case ClaimAction.Payer: WritePayer(row); break;
            default: WriteClaimField(row, action); break;
        }
    }

    /// <summary>
    /// A subscriber beside a dependent has no address and no birth date in an 837 (X222A1 2010BA; X12 RFI 1925, 2281).
    /// The paper form has them, so a claim may hold both.
    /// </summary>
    static bool IsOfPatientOnly(ClaimAction action) =>
        action is ClaimAction.Street or ClaimAction.City or ClaimAction.Demographics;

    void WriteClaimField(int row, ClaimAction action)
    {
        switch (action)
        {
            case ClaimAction.Claim: WriteHead(row); break;
            case ClaimAction.Statement: WriteStatement(row); break;
            case ClaimAction.Admission: WriteAdmission(row); break;
            case ClaimAction.Paid: WritePaid(row); break;
            case ClaimAction.Authorization: WriteText(row, "G1"u8, claim[ClaimText.PriorAuthorization]); break;
            case ClaimAction.Original: WriteText(row, "F8"u8, claim[ClaimText.OriginalReference]); break;
            case ClaimAction.Clia: WriteText(row, "X4"u8, claim[ClaimText.Clia]); break;
            case ClaimAction.Note: WriteText(row, "ADD"u8, claim[ClaimText.Narrative]); break;
            case ClaimAction.Diagnoses: WriteDiagnoses(row); break;
            default: WriteLineField(row, action, claim.Lines[lineNumber - 1]); break;
        }
    }

    void WriteLineField(int row, ClaimAction action, in ServiceLine line)
    {
        switch (action)
        {
            case ClaimAction.Line: WriteLineStart(row); break;
            case ClaimAction.Professional: WriteProfessional(row, line); break;
            case ClaimAction.Institutional: WriteInstitutional(row, line); break;
            case ClaimAction.ServiceDate: WriteDays(row, line); break;
            case ClaimAction.Control: WriteControl(row, line); break;
            case ClaimAction.Drug: WriteDrug(row, line); break;
            case ClaimAction.DrugQuantity: WriteDrugQuantity(row, line); break;
        }
    }

    /// <summary>
    /// The one provider who ordered all lines of a claim that never was X12; in X12 each line names its own, who stays.
    /// </summary>
    void WriteOrdering(int row)
    {
        if (candidate >= 0) output.Segment(claim[claim.Segments[candidate].Text]);
        else if (!IsKeptAnywhere(row)) WriteName(row, Party.Ordering);
    }

    bool IsKeptAnywhere(int row)
    {
        foreach (ref readonly var segment in claim.Segments)
            if (segment.Row == row + 1) return true;
        return false;
    }

    /// <summary>A segment of a code and a text.</summary>
    void WriteText(int row, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> text)
    {
        if (!Open(row, !text.IsEmpty)) return;
        Put(default, kind);
        Put(text);
        Close();
    }
}
