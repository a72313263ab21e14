using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Remits;

/// <summary>
/// Where in a claim an acknowledgment points: a 999 by segment and element, a 277CA by its status code and the number
/// of the line.
/// </summary>
internal static class RefusedPlaces
{
    static readonly Lazy<Dictionary<(string Code, string Entity), Field>> OfStatus = new(ReadStatuses);

    static Dictionary<(string, string), Field> ReadStatuses()
    {
        var rows = ShippedRows.Open("rules/status-fields.tsv");
        int code = rows.Column("code"), entity = rows.Column("entity"), field = rows.Column("field");
        var fields = new Dictionary<(string, string), Field>();
        while (rows.Next())
            fields.Add((rows[code].ToString(), rows[entity].ToString()),
                Enum.TryParse<Field>(rows[field], out var known) ? known : throw rows.Wrong(field, "is not a field"));
        return fields;
    }

    /// <summary>Fields that are the line's where a line is named.</summary>
    static readonly Field[] OfLines =
    [
        Field.Code, Field.Modifiers, Field.Units, Field.Charge, Field.Date, Field.Pointers, Field.Ndc, Field.NdcUnit,
        Field.NdcQuantity, Field.RevenueCode, Field.Control, Field.PlaceOfService, Field.Narrative,
    ];

    /// <summary>The field that a claim status is about.</summary>
    /// <param name="line">The line that it was said of, or 0.</param>
    public static Place Of(in StatusCode status, int line)
    {
        var (code, entity) = (status.Code.ToString(), status.Entity.IsNone ? "" : status.Entity.ToString());
        if (!OfStatus.Value.TryGetValue((code, entity), out var field))
            OfStatus.Value.TryGetValue((code, ""), out field);
        return Place.OfLine(Array.IndexOf(OfLines, field) >= 0 || field == Field.None ? line : 0, field);
    }

    /// <summary>The line of a claim that a status of a line names: by its control number, else by its code.</summary>
    public static int LineOf(Claim claim, ClaimStatus status, in StatusOfLine said)
    {
        var byCode = 0;
        foreach (ref readonly var line in claim.Lines)
        {
            if (!said.Control.IsEmpty && status[said.Control].SequenceEqual(claim[line.Control])) return line.Number;
            if (line.Code == said.Procedure.Code && !line.Code.IsNone) byCode = byCode == 0 ? line.Number : -1;
        }
        if (byCode > 0) return byCode;
        return int.TryParse(status.Text(said.Control), out var number) && claim.IndexOf(number) >= 0 ? number : 0;
    }

    /// <summary>The line and field that a segment and element of a claim's file are.</summary>
    /// <param name="claim">As it was sent; null where it is not known.</param>
    public static Place Of(Claim? claim, Acknowledgment group, Guide? guide, in Rejection at)
    {
        var line = 0;
        var row = default(SegmentRow);
        if (claim is { Source.Segment: > 0 })
        {
            guide = ClaimPlaces.GuideOf(claim);
            row = RowAt(claim, guide, at, out line);
        }
        if (row is null && guide is not null) row = RowOf(guide, at.Segment.ToString(), group.Text(at.Loop));
        if (row is null) return default;
        if (line == 0 && claim is { Lines.Length: 1 } && !guide!.Loops[row.Loop].IsAboveLines) line = 1;
        var field = at.Element == 0 ? Field.None
            : (ClaimAction)row.Action == ClaimAction.Diagnoses ? Field.Diagnoses
            : ClaimPlaces.FieldOf(row, at.Element, at.Component);
        return Place.OfLine(guide!.Loops[row.Loop].IsAboveLines ? 0 : line, field);
    }

    /// <summary>The segment of the claim at a place in its set; the line is that of the segments before it.</summary>
    static SegmentRow? RowAt(Claim claim, Guide guide, in Rejection at, out int line)
    {
        line = 0;
        foreach (ref readonly var segment in claim.Segments)
        {
            if (segment.Row == 0 || segment.Ordinal > at.Ordinal) continue;
            var row = guide.Segments[segment.Row - 1];
            if ((ClaimAction)row.Action == ClaimAction.Line) line++;
            if (segment.Ordinal == at.Ordinal && row.Name == at.Segment.ToString()) return row;
        }
        return null;
    }

    /// <summary>The one row of a name in a loop; null where there are several.</summary>
    static SegmentRow? RowOf(Guide guide, string name, string loop)
    {
        var rows = Array.FindAll(guide.Segments, s => s.Name == name && guide.Loops[s.Loop].Name == loop);
        return rows.Length == 1 ? rows[0] : null;
    }
}
